"""The `broadsheet` command: declares arguments; what they do is imported when it is needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__

if TYPE_CHECKING:
    from datetime import datetime

_SITE = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The newsletter's folder, with its site.yaml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Turns a folder of Markdown into a newsletter: a static site, feeds and weekly digests."""


@main.command()
@_SITE
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the site is written (default: as site.yaml says, else output/ in the site).",
)
@click.option("--now", metavar="ISO-8601", help="Build as if it were this moment.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes (0: as it pays).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How mistakes and the result are told.",
)
@click.option("--explain", is_flag=True, help="Say for each page why it was rendered.")
@click.option("-v", "--verbose", is_flag=True, help="Name every file that is held back.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only errors.")
def build(
    site: Path,
    output: Path | None,
    now: str | None,
    drafts: bool,
    jobs: int,
    form: str,
    explain: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Build the newsletter: exit 0 built, 1 its content has errors, 2 wrong usage."""
    from generator.build import Options
    from generator.commands.run_build import run

    options = Options(
        site.absolute(), _moment(now), output.absolute() if output else None, drafts, jobs
    )
    raise SystemExit(run(options, form, explain=explain, verbose=verbose, quiet=quiet))


@main.command()
@_SITE
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="As for build.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port (0: any); the next free one where it is in use.",
)
@click.option("--open", "browse", is_flag=True, help="Open the newsletter in a browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
def watch(
    site: Path, output: Path | None, host: str, port: int, browse: bool, drafts: bool
) -> None:
    """Build whenever a file changes, serve the newsletter, and reload open pages."""
    from generator.build import Options
    from generator.commands.watch import run

    options = Options(
        site.absolute(),
        _moment(None),
        output.absolute() if output else None,
        drafts,
        plain_assets=True,
    )
    raise SystemExit(run(options, host, port, browse=browse, clock=lambda: _moment(None)))


@main.group()
def new() -> None:
    """Begin an article or a digest's words."""


@new.command("article")
@click.argument("title")
@_SITE
@click.option("--now", metavar="ISO-8601", help="The article's date (default: now).")
def new_article(title: str, site: Path, now: str | None) -> None:
    """Write a commented article file called TITLE."""
    from generator.commands.new import article

    raise SystemExit(article(site.absolute(), title, _moment(now)))


@new.command("digest")
@_SITE
@click.option("--week", metavar="2026-W47", help="The ISO week (default: this week).")
@click.option("--now", metavar="ISO-8601", help="What this week is (default: now).")
def new_digest(site: Path, week: str | None, now: str | None) -> None:
    """Write the file for an editor's words of a week."""
    from generator.commands.new import digest

    raise SystemExit(digest(site.absolute(), week, _moment(now)))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new newsletter in DIR, ready to be built."""
    from datetime import UTC, datetime

    from generator.commands.init import make

    raise SystemExit(make(Path(os.path.normpath(folder.absolute())), datetime.now(UTC)))


@main.command()
@click.argument(
    "what", type=click.Choice(["article", "page", "digest", "site", "article-json"]), required=False
)
@_SITE
def schema(what: str | None, site: Path) -> None:
    """Print the JSON Schema of front matter and site.yaml, for editors that complete and check.

    article-json is that of what is published: the JSON of each article.
    """
    from generator.commands.schema import show

    raise SystemExit(show(what, site.absolute()))


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(f"broadsheet {__version__}")


def _moment(text: str | None) -> datetime:
    """The moment that `--now` names, else the clock's; the only place where the clock is read."""
    from datetime import UTC, datetime

    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    from generator.dates import BadDate, read_moment

    try:
        return read_moment(text, UTC).moment
    except BadDate as why:
        raise click.BadParameter(str(why), param_hint="--now") from None
