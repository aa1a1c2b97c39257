# `make site` builds the newsletter in content/; `make test` runs every test. Both set up what they
# need in .venv: nothing but Python 3.11, git and make has to be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site watch test lint bench clean

site: $(VENV)/site
	$(BIN)/broadsheet build

watch: $(VENV)/site
	$(BIN)/broadsheet watch

test: $(VENV)/dev
	$(BIN)/pytest -n 2 $(PYTEST_OPTIONS)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

$(VENV)/site: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q generator
	touch $@

$(VENV)/dev: $(VENV)/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache
