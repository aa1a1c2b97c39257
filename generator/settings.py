"""Reads `site.yaml` into the settings of a site, with the checks across its keys."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from generator.config import (
    Config,
    ContentSettings,
    DigestSettings,
    FeedSettings,
    ImageSettings,
    LoadSettings,
    MarkdownSettings,
    NavLink,
    Person,
    Taxonomy,
)
from generator.content.fields import article_record
from generator.content.reading import place
from generator.diagnostics import Diagnostic, Position, did_you_mean
from generator.frontmatter.document import Document
from generator.frontmatter.yaml_form import parse_yaml
from generator.markdown.render import Renderer
from generator.model import Story
from generator.schema.problems import Problem, Problems
from generator.site_fields import DEFAULT_TAXONOMIES, SITE
from generator.subscribing import subscribe
from generator.text import decode, slugify
from generator.workspace import FILE


def read_site(data: bytes, path: str = FILE) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """The settings in the bytes of a `site.yaml`; None where any is wrong."""
    decoded = decode(data)
    document = parse_yaml(decoded.text)
    found = [
        Diagnostic("warning", path, each.message, place(decoded.text, each.offset), each.hint)
        for each in decoded.problems
    ]
    found += [
        Diagnostic(
            "error" if each.fatal else "warning", path, each.message, each.position, each.hint
        )
        for each in document.mistakes
    ]
    if any(each.fatal for each in document.mistakes):
        return None, tuple(found)
    problems = Problems()
    values = SITE.read(document.data, (), problems) or {}
    _check_across(values, problems)
    found += [_diagnostic(each, document, path) for each in problems.found]
    if any(each.severity == "error" for each in found):
        return None, tuple(found)
    return _config(values), tuple(found)


def _diagnostic(problem: Problem, document: Document, path: str) -> Diagnostic:
    position = document.position(problem) if problem.path else Position(1)
    return Diagnostic(problem.severity, path, problem.message, position, problem.hint)


def _check_across(values: dict[str, Any], problems: Problems) -> None:
    names = list(values.get("taxonomies") or DEFAULT_TAXONOMIES)
    group = (values.get("digest") or {}).get("group_by")
    if group and group not in (*names, "weight", "none"):
        hint = did_you_mean(group, [*names, "weight", "none"])
        problems.error(("digest", "group_by"), f"there is no taxonomy {group!r}", hint)
    declared = values.get("taxonomies") or {}
    compared = [name for name, each in declared.items() if (each or {}).get("matrix")]
    for name in compared[1:]:
        message = f"{compared[0]} has the comparison matrix already"
        problems.error(("taxonomies", name, "matrix"), message, "only one taxonomy can have it")
    mapping = (values.get("front_matter") or {}).get("map") or {}
    known = set(article_record(tuple(names), "UTC", False).fields)
    for old, new in mapping.items():
        if new is not None and new.split(".")[0] not in known:
            hint = did_you_mean(new, sorted(known))
            problems.error(("front_matter", "map", old), f"there is no key {new!r}", hint)
    output = PurePosixPath(values.get("output") or "output")
    content = PurePosixPath((values.get("content") or {}).get("folder") or "content")
    if output == content or output in content.parents:
        problems.error(("output",), "the output folder holds the content folder")


def _config(values: dict[str, Any]) -> Config:
    taxonomies = _taxonomies(values.get("taxonomies"))
    names = tuple(each.name for each in taxonomies)
    content = dict(values.get("content") or {})
    front_matter = values.get("front_matter") or {}
    digest = values.get("digest") or {}
    markdown = MarkdownSettings(**_given(values.get("markdown")))
    permalink = (values.get("permalinks") or {}).get("articles") or "/articles/{slug}/"
    load = LoadSettings(
        timezone=values.get("timezone") or "UTC",
        host=urlsplit(values["url"]).hostname or "",
        taxonomies=names,
        unknown_keys=content.pop("unknown_keys", None) or "error",
        key_map=front_matter.get("map") or {},
        defaults=front_matter.get("defaults") or {},
        markdown=markdown,
        permalink=permalink,
    )
    plain = (
        "description",
        "language",
        "timezone",
        "date_format",
        "output",
        "layouts",
        "paginate",
        "share_cards",
    )
    line = Renderer("", markdown).inline
    return Config(
        title=values["title"],
        url=values["url"],
        load=load,
        content=ContentSettings(**_given(content)),
        feeds=FeedSettings(**_given(values.get("feeds"))),
        digest=DigestSettings(
            group_by=digest.get("group_by") or (names[0] if names else "none"),
            **_given({name: digest.get(name) for name in ("title", "minimum")}),
        ),
        taxonomies=taxonomies,
        publisher=Person(**_given(values.get("publisher"))),
        rights=line(values["rights"]) if values.get("rights") else None,
        articles_permalink=permalink,
        share=values.get("share") or (),
        nav=tuple(NavLink(each["title"], each["url"]) for each in values.get("nav") or ()),
        stories=_stories(values.get("stories") or {}, line),
        fresh_hours=values.get("fresh_hours") or 24,
        search=bool(values.get("search")),
        subscribe=subscribe(values["subscribe"]) if values.get("subscribe") else None,
        images=_images(values.get("images") or {}),
        extra=values.get("extra") or {},
        **_given({name: values.get(name) for name in plain}),
    )


def _given(values: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (values or {}).items() if value is not None}


def _images(values: dict[str, Any]) -> ImageSettings:
    widths = values.get("widths")
    if widths is not None:
        values = {**values, "widths": tuple(sorted(set(widths)))}
    return ImageSettings(**_given(values))


def _taxonomies(values: dict[str, Any] | None) -> tuple[Taxonomy, ...]:
    if values is None:
        values = {name: {} for name in DEFAULT_TAXONOMIES}
    return tuple(
        Taxonomy(
            name,
            each.get("title") or "",
            each.get("singular") or "",
            each.get("feeds") is not False,
            {slugify(key): shown for key, shown in (each.get("names") or {}).items()},
            bool(each.get("matrix")),
        )
        for name, each in values.items()
    )


def _stories(values: dict[str, Any], line: Any) -> tuple[Story, ...]:
    return tuple(
        Story(
            slugify(slug),
            line(each["title"], links=False),
            line(each["description"]) if each.get("description") else None,
        )
        for slug, each in values.items()
    )
