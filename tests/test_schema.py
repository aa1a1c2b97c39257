"""The JSON Schema that editors' programs check with agrees with what the generator takes."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import read_settings
from generator.commands.schema import schemas_for
from generator.frontmatter.split import split
from generator.site_fields import DEFAULT_TAXONOMIES

ROOT = Path(__file__).parent.parent
SCHEMAS = schemas_for(DEFAULT_TAXONOMIES, keep_unknown=False)


class Editor(yaml.SafeLoader):
    """YAML as an editor's program reads it: numbers are numbers, dates are text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def wrong(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """What is wrong with a value by the keywords of JSON Schema that the schemas use."""
    unknown = set(schema) - {
        "$schema", "title", "description", "type", "enum", "anyOf", "oneOf", "properties",
        "additionalProperties", "required", "items", "pattern", "format", "minimum", "maximum",
    }  # fmt: skip
    assert not unknown, f"a keyword that this test does not know: {unknown}"
    if not schema:
        return
    found = list(_wrong_value(value, schema, at))
    if found:
        yield from found
        return
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            found = [list(wrong(value, each, at)) for each in schema[keyword]]
            if all(found):
                yield from min(found, key=len)
    if isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            yield from wrong(each, schema["items"], f"{at}[{number}]")
    if isinstance(value, dict) and "type" in schema:
        yield from _wrong_object(value, schema, at)


def _wrong_value(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    number = isinstance(value, int | float) and not isinstance(value, bool)
    # Python's True is an int, JSON's is not.
    types = [name for name in names if number or name not in ("number", "integer")]
    if names and not any(isinstance(value, TYPES[name]) for name in types):
        yield f"{at}: {value!r} is not {' or '.join(names)}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    elif isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    elif number and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value} is out of bounds"


def _wrong_object(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name, each in value.items():
        if name in known:
            yield from wrong(each, known[name], f"{at}.{name}")
        elif others is False:
            yield f"{at}: unknown key {name}"
        elif isinstance(others, dict):
            yield from wrong(each, others, f"{at}.{name}")


def content(kind: str) -> list[Path]:
    return sorted((ROOT / "content" / kind).rglob("*.md"))


def front_matter(path: Path) -> Any:
    parts = split(path.read_text(encoding="utf-8"))
    if parts.form == "toml":
        # TOML's dates are text to JSON Schema too.
        return json.loads(json.dumps(tomllib.loads(parts.front), default=str))
    # Of a header no editor's program knows more than that its values are text.
    return yaml.load(parts.front, Editor) if parts.form == "yaml" else {"title": parts.front}


@pytest.mark.parametrize("kind", ["articles", "pages", "digests"])
def test_the_newsletters_own_front_matter_is_valid(kind: str) -> None:
    config, _ = read_settings(ROOT)
    assert config is not None
    # Its articles may use the taxonomies that its site.yaml adds.
    own = schemas_for(config.load.taxonomies, keep_unknown=False)
    files = content(kind)
    assert files
    for path in files:
        found = list(wrong(front_matter(path), own[kind.removesuffix("s")]))
        assert found == [], path.relative_to(ROOT)


def test_the_newsletters_own_settings_are_valid() -> None:
    data = yaml.load((ROOT / "site.yaml").read_text(encoding="utf-8"), Editor)
    assert list(wrong(data, SCHEMAS["site"])) == []


REFUSED = [
    ("article", "dtae: 2026-11-20"),
    ("article", "title: [a]"),
    ("article", "draft: perhaps"),
    ("article", "weight: heavy"),
    ("article", "analysis: {by: robot}"),
    ("article", "analysis: {model: m}"),
    ("article", "sources: [{title: no id}]"),
    ("article", "sources: [{id: a, title: A, link: x}]"),
    ("article", "source: {name: P, url: ftp://p.example/}"),
    ("article", "implications: [{claim: c, probability: 2}]"),
    ("article", "timeline: [{date: 2024}]"),
    ("article", "comparison: {columns: [a]}"),
    ("page", "tittle: T"),
    ("digest", "week: 47"),
    ("site", "paginate: 0"),
    ("site", "markdown: {html: perhaps}"),
]


@pytest.mark.parametrize(("what", "front"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_mistake_is_seen_while_it_is_typed(what: str, front: str) -> None:
    start = {"article": "title: T\n", "site": "title: T\nurl: https://a.example/\n"}.get(what, "")
    text = front if front.startswith("title") else start + front
    assert list(wrong(yaml.load(text, Editor), SCHEMAS[what]))


def test_a_sites_own_taxonomies_are_known() -> None:
    schema = schemas_for(("companies",), keep_unknown=False)["article"]
    assert list(wrong({"title": "T", "companies": ["Acme"]}, schema)) == []
    assert list(wrong({"title": "T", "tags": ["x"]}, schema))


def test_unknown_keys_are_fine_where_the_site_keeps_them() -> None:
    schema = schemas_for((), keep_unknown=True)["article"]
    assert list(wrong({"title": "T", "mood": {"x": 1}}, schema)) == []


def test_every_key_says_what_it_is_for() -> None:
    for name, schema in SCHEMAS.items():
        silent = [key for key, each in schema["properties"].items() if not each.get("description")]
        assert silent == [], name


def test_the_schemas_are_json() -> None:
    assert json.loads(json.dumps(SCHEMAS)) == SCHEMAS
