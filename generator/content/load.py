"""One content file of any kind to its record: the one function of the load stage."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from generator.config import LoadSettings
from generator.content.article import load_article
from generator.content.discover import Found
from generator.content.others import load_digest, load_page, load_story
from generator.diagnostics import Diagnostic, error
from generator.model import Article, Asset, Body, DigestNotes, Story, TextPage

# The files whose headers are read.
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


class Load(msgspec.Struct, frozen=True):
    """What a file is loaded to: a record (None where it cannot be published), an article's body."""

    value: Article | TextPage | DigestNotes | Story | Asset | None
    body: Body | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: str = ""
    # Of an article's text, to find others like it.
    sketch: bytes = b""
    # An article's blocks of code, which its next load need not colour again.
    coloured: dict[str, str] = {}


def load_file(
    file: Found,
    fingerprint: str,
    data: bytes,
    settings: LoadSettings,
    coloured: Mapping[str, str] | None = None,
) -> Load:
    """The record in a file's bytes, whose fingerprint is given; pure, and never raises.

    `coloured` is what the file's last load found so.
    """
    if file.kind == "article":
        loaded = load_article(file.source, data, settings, coloured)
        return Load(
            loaded.article,
            loaded.body,
            loaded.diagnostics,
            loaded.left_out,
            loaded.sketch,
            loaded.coloured,
        )
    if file.kind == "page":
        page = load_page(file.source, file.below, data, settings)
        return Load(page.value, None, page.diagnostics)
    if file.kind == "digest":
        digest = load_digest(file.source, data, settings)
        return Load(digest.value, None, digest.diagnostics)
    if file.kind == "story":
        story = load_story(file.source, data, settings)
        return Load(story.value, None, story.diagnostics)
    return _load_asset(file.source, fingerprint, data)


def _load_asset(source: str, fingerprint: str, data: bytes) -> Load:
    if not source.lower().endswith(IMAGES):
        return Load(Asset(source, fingerprint))
    # Loaded only for sites with images.
    from generator.images.header import BadImage, read_header

    try:
        return Load(Asset(source, fingerprint, read_header(source, data)))
    except BadImage as why:
        damaged = Asset(source, fingerprint, is_damaged=True)
        return Load(damaged, diagnostics=(error(source, str(why), hint=why.hint),))
