# `make site` builds the newsletter in content/; `make test` runs every test. Both set up what they
# need in .venv: nothing but Python 3.11, git and make has to be there. The tests in a browser want
# Chromium, Java and npm too, which `make test` installs where it may.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site watch test lint lighthouse screenshots bench clean

site: $(VENV)/site
	$(BIN)/broadsheet build

watch: $(VENV)/site
	$(BIN)/broadsheet watch

test: $(VENV)/dev $(VENV)/browser
	$(BIN)/pytest -n 2 --dist worksteal $(PYTEST_OPTIONS)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lighthouse: $(VENV)/dev $(VENV)/browser
	$(BIN)/python -m tests.browser.lighthouse

# The pictures of the README, in docs/screenshots/.
screenshots: $(VENV)/dev $(VENV)/browser
	$(BIN)/python -m tests.browser.screenshots

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

$(VENV)/site: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[search]'
	$(BIN)/python -m compileall -q generator
	touch $@

$(VENV)/dev: $(VENV)/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# Without these some tests are skipped, and say so; only where CI is set must all of them run.
$(VENV)/browser: tests/browser/install tests/browser/package-lock.json | $(VENV)/site
	if tests/browser/install $(VENV)/npm; then touch $@; else test -z "$$CI"; fi

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache
