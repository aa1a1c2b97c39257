"""`broadsheet new`: files to begin with, complete and commented."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.build import read_settings
from generator.commands.console import show_diagnostics
from generator.config import Config
from generator.dates import BadDate, parse_week, week_of
from generator.text import slugify

_ARTICLE = """\
---
# The article's permanent id: feed readers know it by this. Never change it.
id: {id}
title: {title}
date: {date}
# Not published while this is true; a build with --drafts shows it all the same.
draft: true

# One line that makes a reader want to read on, and a sentence or two for lists and feeds.
hook:
summary:
{taxonomies}
# Where the story was first published.
#source: {{name: , url: https://, published: {day}}}

# The 30-second summary.
#tldr:
#  changed:
#  matters:
#  next:
#  audience: []

# Who made the analysis below: ai, human or mixed. Readers are told.
#analysis: {{by: ai, model: , reviewed_by: }}
#takeaways:
#  -
#comparison:
#  caption:
#  columns: ["", A, B]
#  rows:
#    - [Price, 1, 2]
#deep_dive:
#  - {{term: , text: }}
#implications:
#  - {{claim: , who: , by: 2030-12, probability: 0.7, sources: []}}
#timeline:
#  - {{date: 2024-03, event: }}

# Cited in any text as [@id].
#sources:
#  - {{id: spec, title: , url: https://, publisher: , date: 2024}}

#image: {{src: picture.png, alt: What it shows, credit: }}
#related: []
#corrections:
#  - {{date: {day}, text: }}
---

The article begins here. [CommonMark](https://commonmark.org/help/) is all it takes.
"""

_DIGEST = """\
---
# The words above the articles of {week} ({monday} to {sunday}).
title:
# The subject line of the e-mail.
subject:
# Slugs of the articles that come first, in this order.
picks: []
# The order of the groups.
order: []
#sponsor: {{name: , url: https://, text: }}
---

"""


def article(site: Path, title: str, now: datetime) -> int:
    """Writes an article's file below the first folder of articles; 1 where that cannot be."""
    config = _config(site)
    if config is None:
        return 1
    local = now.astimezone(ZoneInfo(config.timezone)).replace(microsecond=0)
    slug = slugify(title) or f"article-{local:%H%M%S}"
    folder = site / config.content.folder / config.content.articles[0] / f"{local.year:04}"
    path = folder / f"{local:%Y-%m-%d}-{slug}.md"
    # A JSON string is a YAML string, whatever the title holds.
    text = _ARTICLE.format(
        id=json.dumps(f"tag:{config.load.host},{local:%Y-%m-%d}:{slug}", ensure_ascii=True),
        title=json.dumps(title, ensure_ascii=False),
        date=local.isoformat(),
        day=f"{local:%Y-%m-%d}",
        taxonomies="".join(
            f"{name}: []\n" for name in config.load.taxonomies if name not in ("audiences",)
        ),
    )
    return _write(path, text)


def digest(site: Path, week_text: str | None, now: datetime) -> int:
    """Writes the file for a week's words; 1 where that cannot be."""
    config = _config(site)
    if config is None:
        return 1
    try:
        zone = ZoneInfo(config.timezone)
        week = parse_week(week_text) if week_text else week_of(now, zone)
    except BadDate as why:
        raise click.BadParameter(str(why), param_hint="--week") from None
    path = site / config.content.folder / config.content.digests[0] / f"{week}.md"
    return _write(path, _DIGEST.format(week=week, monday=week.monday, sunday=week.sunday))


def _config(site: Path) -> Config | None:
    config, said = read_settings(site)
    if config is None:
        show_diagnostics(said, "text")
    return config


def _write(path: Path, text: str) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        click.echo(f"{path} exists already", err=True)
        return 1
    except OSError as why:
        click.echo(f"{path}: {why.strerror}", err=True)
        return 1
    click.echo(str(path))
    return 0
