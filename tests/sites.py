"""Tiny newsletters for tests: settings, single articles, and whole sites built at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.catalogues import read_catalogues
from generator.config import Config
from generator.content.article import LoadedArticle, load_article
from generator.settings import read_site
from generator.theme import default_layouts
from generator.words import Vocabulary, vocabulary

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SITE = "title: The Tiny Letter\nurl: https://letter.example/\n"
ARTICLE = "articles/2026-11-20-tiny.md"

File = str | bytes


def settings(more: str = "") -> Config:
    """The settings of a site with these further lines in its `site.yaml`."""
    config, diagnostics = read_site((SITE + more).encode())
    assert config is not None, [each.text() for each in diagnostics]
    return config


def interface(language: str = "en") -> Vocabulary:
    """The default theme's words for pages in that language."""
    catalogues, wrong = read_catalogues((default_layouts(),), "layouts")
    assert not wrong
    return vocabulary(language, catalogues)


def load(text: File, name: str = ARTICLE, more: str = "") -> LoadedArticle:
    """One article's file, loaded under the settings that `more` adds to."""
    data = text if isinstance(text, bytes) else text.encode()
    return load_article(name, data, settings(more).load)


def article(front: str = "", body: str = "", more: str = "") -> LoadedArticle:
    """An article with a title and these further lines of front matter."""
    return load(f"---\ntitle: Tiny\n{front}\n---\n{body}", more=more)


def good(front: str = "", body: str = "", more: str = "") -> Any:
    """The article itself, of which nothing at all is to be said."""
    loaded = article(front, body, more)
    assert told(loaded) == []
    assert loaded.article is not None
    return loaded.article


def told(loaded: Any) -> list[str]:
    """Diagnostics as a user reads them, in the order of lines."""
    return [each.text() for each in sorted(loaded.diagnostics, key=lambda each: each.position)]


def write(root: Path, files: Mapping[str, File]) -> Path:
    """Writes a site's files, with a `site.yaml` where they have none."""
    for name, text in {"site.yaml": SITE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (root / "content").mkdir(exist_ok=True)
    return root
