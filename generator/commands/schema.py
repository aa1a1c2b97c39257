"""`broadsheet schema`: JSON Schema of what an author writes as data, and of published articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.build import read_settings
from generator.content.fields import article_record, digest_record, page_record
from generator.render.article_json import article_schema
from generator.site_fields import DEFAULT_TAXONOMIES, SITE

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def show(what: str | None, site: Path) -> int:
    """Prints one schema, or all of them as definitions of one; with the site's own taxonomies."""
    config, _ = read_settings(site)
    if what == "article-json":
        click.echo(article_schema(config.url if config else "/"), nl=False)
        return 0
    taxonomies = config.load.taxonomies if config else DEFAULT_TAXONOMIES
    keep = config is not None and config.load.unknown_keys == "keep"
    schemas = schemas_for(taxonomies, keep_unknown=keep)
    if what is not None:
        chosen: dict[str, Any] = {"$schema": _DRAFT, **schemas[what]}
    else:
        chosen = {"$schema": _DRAFT, "$defs": schemas}
    click.echo(json.dumps(chosen, indent=2, ensure_ascii=False))
    return 0


def schemas_for(taxonomies: tuple[str, ...], *, keep_unknown: bool) -> dict[str, dict[str, Any]]:
    """The schemas by what they are of."""
    article = article_record(taxonomies, "UTC", keep_unknown).json_schema()
    return {
        "article": {"title": "An article's front matter", **article, "required": ["title"]},
        "page": {
            "title": "A page's front matter",
            **page_record("UTC", keep_unknown).json_schema(),
        },
        "digest": {"title": "A digest's front matter", **digest_record(keep_unknown).json_schema()},
        "site": {"title": "site.yaml", **SITE.json_schema()},
    }
