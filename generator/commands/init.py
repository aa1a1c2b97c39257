"""`broadsheet init`: a new newsletter that builds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

_SITE = """\
# The settings of this newsletter. `broadsheet schema site` tells every key.
title: {title}
url: https://example.org/
description: A newsletter.
language: en
timezone: UTC
taxonomies: [tags, authors, audiences, publishers]
share: [email, copy]
"""

_FIRST = """\
---
title: Hello
date: {day}
tags: [news]
hook: The first article of this newsletter.
tldr:
  changed: There is a newsletter.
  next: Change this file, build, and look at `output/`.
---

This text is *Markdown*. Articles live in `content/articles/`; `broadsheet new article "Title"`
begins another one.
"""

_ABOUT = """\
---
title: About
---

What this newsletter is about, and who writes it.
"""


def make(folder: Path, now: datetime) -> int:
    """Writes the files of a new newsletter; 1 where any of them is there already."""
    day = f"{now:%Y-%m-%d}"
    title = folder.name.replace("-", " ").replace("_", " ").strip().title() or "Newsletter"
    files = {
        "site.yaml": _SITE.format(title=f'"{title}"'),
        f"content/articles/{day}-hello.md": _FIRST.format(day=day),
        "content/pages/about.md": _ABOUT,
        ".gitignore": "/output/\n/.broadsheet/\n",
    }
    there = [name for name in files if (folder / name).exists()]
    if there:
        click.echo(f"{folder / there[0]} exists already; nothing was written", err=True)
        return 1
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as why:
        click.echo(f"{why.filename}: {why.strerror}", err=True)
        return 1
    click.echo(f"a new newsletter in {folder}; `broadsheet build --site {folder}` builds it")
    return 0
