"""Builds whole newsletters that others wrote, each with one command and a few lines of settings.

    BROADSHEET_CORPORA=folder python -m benchmarks.corpora

The folder holds the newsletters as `NAME.tar.gz`. Each is unpacked to a temporary folder, gets the
`site.yaml` below and is built; then it is checked from outside that every article was published or
was named with the reason why not, that every feed is valid, and that every ISO week in which an
article falls has a digest with a link to it. The archives hold texts without their images, which
`content.on_error: skip` lets pass with a warning; an article that it left out is told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

import lxml.html

from tests.feed_rules import problems

FOLDER = "BROADSHEET_CORPORA"
# After the newest article of any of them.
NOW = "2026-09-01T00:00:00Z"
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True)
class Corpus:
    """One newsletter: its settings, and the folders below the unpacked one where its articles are."""

    name: str
    url: str
    timezone: str
    articles: str
    settings: str
    # Patterns of files among the articles that are none.
    beside: tuple[str, ...] = ()


CORPORA = (
    Corpus(
        "this-week-in-rust",
        "https://this-week-in-rust.org/",
        "America/New_York",
        "content",
        """\
title: This Week in Rust
url: https://this-week-in-rust.org/
timezone: America/New_York
content:
  articles: [.]
  unknown_keys: keep
  on_error: skip
front_matter:
  map: {category: tags}
feeds: {entries: 1000}
permalinks:
  articles: /blog/{year}/{month}/{day}/{slug}/
taxonomies: [tags]
digest: {group_by: none}
""",
        beside=("content/pages/*",),
    ),
    Corpus(
        "pony",
        "https://www.ponylang.io/",
        "America/New_York",
        "pony/docs/blog/posts",
        """\
title: Pony
url: https://www.ponylang.io/
timezone: America/New_York
content:
  folder: pony/docs/blog
  articles: [posts]
  ignore: [index.md]
  unknown_keys: keep
  on_error: skip
front_matter:
  map: {categories: tags, description: summary}
feeds: {entries: 1000}
permalinks:
  articles: /blog/{year}/{month}/{slug}/
taxonomies: [tags, authors]
""",
    ),
    Corpus(
        "18f",
        "https://18f.gsa.gov/",
        "America/New_York",
        "18f/content/posts",
        """\
title: 18F
url: https://18f.gsa.gov/
timezone: America/New_York
content:
  folder: 18f/content
  articles: [posts]
  ignore: [pages/feed/*, pages/tags/*, pages/pif/*, "*.html", "*.js", "*.liquid"]
  unknown_keys: keep
  on_error: skip
front_matter:
  map: {excerpt: summary, image_alt: image.alt, redirect_from: aliases, description: null}
feeds: {entries: 1000}
permalinks:
  articles: /{year}/{month}/{day}/{slug}/
taxonomies: [tags, authors]
""",
    ),
    Corpus(
        "lwkd",
        "https://lwkd.info/",
        "America/Los_Angeles",
        "lwkd/_posts",
        """\
title: Last Week in Kubernetes Development
url: https://lwkd.info/
timezone: America/Los_Angeles
content:
  folder: lwkd
  articles: [_posts]
  ignore: [future/*]
  unknown_keys: keep
  on_error: skip
feeds: {entries: 1000}
permalinks:
  articles: /{year}/{slug}/
taxonomies: [tags]
""",
    ),
)


@dataclass
class Outcome:
    """What a build of a corpus gave; `complaints` is empty where all is well."""

    name: str
    report: dict[str, Any] = field(default_factory=dict)
    feeds: int = 0
    seconds: float = 0.0
    complaints: list[str] = field(default_factory=list)

    @property
    def warnings(self) -> int:
        return sum(each["severity"] == "warning" for each in self.report.get("diagnostics", ()))


def unpack(corpus: Corpus, folder: Path, target: Path) -> None:
    """The newsletter and its settings in the folder `target`."""
    with tarfile.open(folder / f"{corpus.name}.tar.gz") as archive:
        archive.extractall(target, filter="data")
    (target / "site.yaml").write_text(corpus.settings, encoding="utf-8")


def build(site: Path) -> tuple[dict[str, Any], str]:
    """What `broadsheet build` reports of the site, and what it says when it fails."""
    command = [sys.executable, "-m", "generator", "build", "--now", NOW, "--format", "json"]
    done = subprocess.run(
        [*command, "--site", str(site)], capture_output=True, text=True, check=False
    )
    try:
        return json.loads(done.stdout), done.stderr
    except ValueError:
        return {}, done.stdout + done.stderr


def check(corpus: Corpus, site: Path) -> Outcome:
    """Builds the unpacked newsletter and looks at all that came of it."""
    started = time.perf_counter()
    report, said = build(site)
    outcome = Outcome(corpus.name, report, seconds=time.perf_counter() - started)
    if not report.get("published"):
        errors = [f"{each['file']}:{each['line']}: {each['message']}" for each in _errors(report)]
        outcome.complaints += [f"it was not published: {said}", *errors]
        return outcome
    outcome.complaints += _articles_missing(corpus, site, report)
    output = Path(report["output"])
    for path in sorted(output.rglob("feed.*")):
        outcome.feeds += 1
        name = path.relative_to(output).as_posix()
        wrong = problems(name, path.read_bytes(), corpus.url + quote(name, safe="/~!$&'()*+,;=:@"))
        outcome.complaints += [f"{name}: {each}" for each in wrong]
    outcome.complaints += _weeks_missing(corpus, output, report)
    return outcome


def _errors(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in report.get("diagnostics", ()) if each["severity"] == "error"]


def _articles_missing(corpus: Corpus, site: Path, report: dict[str, Any]) -> Iterator[str]:
    """Every source file is an article, or is named among those that wait or are left out."""
    beside = {path for pattern in corpus.beside for path in site.glob(pattern)}
    sources = [
        path
        for path in (site / corpus.articles).rglob("*")
        if path.suffix in MARKDOWN and path not in beside
    ]
    named = {each["file"] for each in (*report["held"], *report["left_out"])}
    published = [path for path in sources if not any(path.match(name) for name in named)]
    if len(published) != report["articles"]:
        yield f"{len(published)} files are articles, and {report['articles']} were published"
    for each in report["left_out"]:
        if each["reason"] != "no date":
            yield f"{each['file']} is left out: {each['reason']}"


def _weeks_missing(corpus: Corpus, output: Path, report: dict[str, Any]) -> Iterator[str]:
    """Every article's page says when it is of; that week's digest links to it."""
    zone = ZoneInfo(corpus.timezone)
    digests: dict[str, set[str]] = {}
    found = 0
    for path in sorted(output.rglob("*.html")):
        story = _news_article(path)
        if story is None:
            continue
        found += 1
        moment = datetime.fromisoformat(story["datePublished"]).astimezone(zone)
        week = f"{moment:%G-W%V}"
        if week not in digests:
            digests[week] = _links(output / "digest" / week / "index.html")
        if unquote(urlsplit(story["url"]).path) not in digests[week]:
            yield f"the digest of {week} does not link to {story['url']}"
    if found != report["articles"]:
        yield f"{found} pages say that they are articles, of {report['articles']}"
    if len(digests) != report["weeks"]:
        yield f"articles fall in {len(digests)} weeks, and {report['weeks']} have a digest"


def _news_article(path: Path) -> dict[str, Any] | None:
    text = path.read_text(encoding="utf-8")
    if '"NewsArticle"' not in text:
        return None
    for script in lxml.html.fromstring(text.encode()).iter("script"):
        if script.get("type") == "application/ld+json":
            things: list[dict[str, Any]] = json.loads(script.text or "")["@graph"]
            return next((thing for thing in things if thing["@type"] == "NewsArticle"), None)
    return None


def _links(page: Path) -> set[str]:
    if not page.exists():
        return set()
    root = lxml.html.fromstring(page.read_bytes())
    return {unquote(urlsplit(a.get("href")).path) for a in root.iter("a") if a.get("href")}


def table(outcomes: list[Outcome]) -> str:
    """One row for each newsletter."""
    rows = [
        ("newsletter", "articles", "left out", "weeks", "pages", "feeds", "warnings", "seconds")
    ]
    for each in outcomes:
        report = each.report
        left_out = len(report.get("left_out", ()))
        numbers = (report.get("articles", 0), left_out, report.get("weeks", 0))
        counts = (*numbers, report.get("pages", 0), each.feeds, each.warnings)
        rows.append((each.name, *map(str, counts), f"{each.seconds:.1f}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def main() -> int:
    """Builds and checks all; 1 where anything is not as it must be."""
    if not os.environ.get(FOLDER):
        print(f"{FOLDER} names no folder of newsletters", file=sys.stderr)
        return 2
    outcomes = []
    for corpus in CORPORA:
        with tempfile.TemporaryDirectory() as folder:
            unpack(corpus, Path(os.environ[FOLDER]), Path(folder))
            outcomes.append(check(corpus, Path(folder)))
    print(table(outcomes))
    for each in outcomes:
        for left in each.report.get("left_out", ()):
            print(f"{each.name}: {left['file']} is left out: {left['reason']}")
        for complaint in each.complaints:
            print(f"{each.name}: {complaint}", file=sys.stderr)
    return 1 if any(each.complaints for each in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
