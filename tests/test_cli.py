"""The command line: what each command does, says and returns, at a terminal and in a pipe."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.commands.cli import main
from tests.published import article, hrefs, parse, words
from tests.sites import SITE, write

ROOT = Path(__file__).parent.parent
NOW = ("--now", "2026-11-25T12:00:00Z")
GOOD = {"content/articles/2026-11-20-a.md": article("A", "2026-11-20")}
BAD = {"content/articles/2026-11-20-a.md": article("A", "2026-11-20", "titel: B")}
DOUBTFUL = {"content/articles/2026-11-20-a.md": article("A", "2026-11-20", "tags: [a, [b]]")}
MISTAKE = "content/articles/2026-11-20-a.md:4:1: error: unknown key 'titel' (did you mean 'title'?)"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", GOOD)


def call(*arguments: str | Path) -> Result:
    """A command in this process; a traceback fails the test."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def build(site: Path, *more: str | Path) -> Result:
    return call("build", "--site", site, *NOW, *more)


def spawn(*arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def at_a_terminal(*arguments: str | Path, cwd: Path, **variables: str) -> tuple[int, str]:
    """A command whose output is a terminal: its exit code, and all that the terminal got."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    got = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has gone
            break
        if not some:
            break
        got += some
    os.close(ours)
    return started.wait(), got.decode()


# --- build


def test_a_build_says_in_one_line_what_it_made(site: Path) -> None:
    result = build(site)
    assert result.exit_code == 0
    assert re.fullmatch(
        r"1 article, 1 week, \d+ pages in \d+\.\d s → .*output/\n", result.stdout
    ), result.stdout
    assert result.stderr == ""
    assert (site / "output" / "articles" / "a" / "index.html").is_file()


def test_the_site_is_the_folder_one_is_in(site: Path) -> None:
    done = spawn("build", *NOW, cwd=site)
    assert done.returncode == 0
    assert done.stdout.endswith(" → output/\n")


def test_the_output_folder_is_the_settings_or_the_one_asked_for(site: Path) -> None:
    write(site, {"site.yaml": SITE + "output: public\n"})
    assert build(site).exit_code == 0
    assert (site / "public" / "index.html").is_file()
    assert build(site, "--output", site.parent / "elsewhere").exit_code == 0
    assert (site.parent / "elsewhere" / "index.html").is_file()
    assert not (site / "output").exists()


def test_mistakes_are_told_on_standard_error_and_end_with_1(site: Path) -> None:
    write(site, BAD)
    result = build(site)
    assert result.exit_code == 1
    assert result.stderr.split("\n") == [MISTAKE, "nothing published: 1 error", ""]
    assert result.stdout == ""
    assert not (site / "output" / "index.html").exists()


def test_warnings_are_told_and_the_site_is_published(site: Path) -> None:
    write(site, DOUBTFUL)
    result = build(site)
    assert result.exit_code == 0
    assert "content/articles/2026-11-20-a.md:4:" in result.stderr
    assert ": warning: a list within a list" in result.stderr


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [(GOOD, 0, ""), (DOUBTFUL, 0, ""), (BAD, 1, MISTAKE)],
    ids=["good", "doubtful", "bad"],
)
def test_quiet_tells_nothing_but_errors(
    site: Path, files: dict[str, str], code: int, said: str
) -> None:
    write(site, files)
    result = build(site, "-q")
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.strip() == said


HELD = {
    "content/articles/2026-12-01-later.md": article("Later", "2026-12-01"),
    "content/articles/2026-11-01-gone.md": article("Gone", "2026-11-01", "expires: 2026-11-02"),
    **{
        f"content/articles/2026-11-{n:02}-draft.md": article("D", f"2026-11-{n:02}", "draft: true", f"slug: d{n}")
        for n in range(1, 16)
    },
}  # fmt: skip


def test_what_waits_is_counted_and_named(site: Path) -> None:
    write(site, HELD)
    lines = build(site).stdout.split("\n")
    assert lines[0].startswith(
        "15 drafts: content/articles/2026-11-01-draft.md, content/articles/2026-11-02-draft"
    )
    assert lines[0].endswith("and 3 more (-v names all)")
    assert lines[1] == "1 future: content/articles/2026-12-01-later.md (2026-12-01 00:00+00:00)"
    assert lines[2] == "1 expired: content/articles/2026-11-01-gone.md"
    assert lines[3] == "next change due: 2026-12-01 00:00+00:00"
    assert lines[4].startswith("1 article, 1 week, ")


def test_verbose_names_all_that_waits(site: Path) -> None:
    write(site, HELD)
    first = build(site, "-v").stdout.split("\n")[0]
    assert first.endswith("articles/2026-11-15-draft.md")
    assert first.count("-draft.md") == 15


def test_drafts_are_published_on_request(site: Path) -> None:
    write(site, HELD)
    assert "15 drafts" in build(site).stdout
    assert "15 drafts" not in build(site, "--drafts").stdout
    assert (site / "output" / "articles" / "d1" / "index.html").is_file()


def test_now_is_the_moment_one_says(site: Path) -> None:
    write(site, HELD)
    call("build", "--site", site, "--now", "2026-12-01T00:00:00Z")
    assert (site / "output" / "articles" / "later" / "index.html").is_file()
    call("build", "--site", site, "--now", "2026-11-30T23:59:59Z")
    assert not (site / "output" / "articles" / "later" / "index.html").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_any_number_of_processes_builds_the_site(site: Path, jobs: str) -> None:
    assert build(site, "--jobs", jobs).exit_code == 0


# --- build for machines


def test_json_holds_everything_that_was_told(site: Path) -> None:
    write(site, {**HELD, **DOUBTFUL})
    result = build(site, "--format", "json", "-q")
    assert result.exit_code == 0
    assert result.stderr == ""
    report = json.loads(result.stdout)
    assert report["published"] is True
    assert report["output"] == str(site / "output")
    assert (report["articles"], report["weeks"]) == (1, 1)
    assert report["pages"] > 5
    assert report["next_due"] == "2026-12-01T00:00:00+00:00"
    assert {
        "file": "content/articles/2026-12-01-later.md",
        "reason": "future",
        "due": "2026-12-01T00:00:00+00:00",
    } in report["held"]
    (told,) = report["diagnostics"]
    assert told["severity"] == "warning"
    assert (told["file"], told["line"]) == ("content/articles/2026-11-20-a.md", 4)


def test_json_tells_mistakes_and_where_they_are(site: Path) -> None:
    write(site, BAD)
    result = build(site, "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["published"] is False
    assert report["output"] is None
    assert report["diagnostics"] == [
        {
            "severity": "error",
            "file": "content/articles/2026-11-20-a.md",
            "line": 4,
            "column": 1,
            "message": "unknown key 'titel'",
            "hint": "did you mean 'title'?",
        }
    ]


def test_github_is_told_in_its_own_commands(site: Path) -> None:
    write(site, BAD)
    result = build(site, "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.split("\n")[0] == (
        "::error file=content/articles/2026-11-20-a.md,line=4,col=1"
        "::unknown key 'titel' (did you mean 'title'?)"
    )


def test_github_commands_are_escaped(site: Path) -> None:
    name = "content/articles/2026-11-20-a,b:c 100%.md"
    write(site, {name: article("A", "2026-11-20", '"50%25\\r": B')})
    lines = build(site, "--format", "github").stdout.split("\n")
    assert lines[0].startswith(
        "::error file=content/articles/2026-11-20-a%2Cb%3Ac 100%25.md,line=4"
    )
    assert "50%2525" in lines[0]


# --- At a terminal and in a pipe


def test_colours_and_progress_are_for_terminals(site: Path) -> None:
    write(site, BAD)
    code, got = at_a_terminal("build", *NOW, cwd=site)
    assert code == 1
    assert "\x1b[31m\x1b[1merror\x1b[0m" in got
    code, got = at_a_terminal("build", *NOW, cwd=site, NO_COLOR="1")
    assert code == 1
    assert "\x1b[" not in got
    assert MISTAKE in got
    done = spawn("build", *NOW, cwd=site)
    assert "\x1b" not in done.stdout + done.stderr


def test_long_work_shows_how_far_it_is_at_a_terminal_only(site: Path) -> None:
    many = {f"content/articles/2026/a{n}.md": article(f"A{n}", "2026-11-20") for n in range(210)}
    write(site, {**many, "site.yaml": SITE + "feeds: {entries: 1}\n"})
    code, got = at_a_terminal("build", *NOW, cwd=site)
    assert code == 0
    assert re.search(r"\d+ %", got)
    assert re.search(r"211 articles, .* → output/\r?\n$", got)
    write(site, {"content/articles/2026/a0.md": article("New", "2026-11-20")})
    done = spawn("build", *NOW, cwd=site)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_a_reader_that_has_gone_is_no_mistake(site: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "generator", "build", *NOW],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    said = started.stderr.read().decode()
    started.stderr.close()
    assert started.wait() == 0
    assert "Traceback" not in said
    assert "Exception" not in said


# --- Wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--fast"], "No such option"),
        (["build", "--site", "/nowhere/at/all"], "there is no folder /nowhere/at/all"),
        (["build", "--now", "soon"], "'soon' is no date"),
        (["build", "--now", "2026-02-30"], "day is out of range"),
        (["build", "--jobs", "many"], "'many' is not a valid integer"),
        (["build", "--jobs", "-1"], "-1 is not in the range"),
        (["build", "--format", "xml"], "'xml' is not one of 'text', 'json', 'github'"),
        (["new"], "Usage"),
        (["new", "article"], "Missing argument 'TITLE'"),
        (["new", "digest", "--week", "2026-W54"], "the year 2026 has no week 54"),
        (["new", "digest", "--week", "next"], "'next' is no ISO week such as 2026-W47"),
        (["init"], "Missing argument 'DIR'"),
        (["schema", "poem"], "'poem' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_and_ends_with_2(
    arguments: list[str], said: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["build"], ["new"], ["new", "article"], ["new", "digest"], ["init"], ["schema"]],
)
def test_every_command_explains_itself(arguments: list[str]) -> None:
    for flag in ("--help", "-h"):
        result = call(*arguments, flag)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")


def test_a_folder_without_settings_is_told_how_to_begin(tmp_path: Path) -> None:
    result = build(tmp_path)
    assert result.exit_code == 1
    assert "site.yaml: error: cannot be read" in result.stderr
    assert "`broadsheet init DIR`" in result.stderr


def test_mistakes_in_the_settings_have_their_place(site: Path) -> None:
    write(site, {"site.yaml": SITE + "langauge: de\n"})
    result = build(site)
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "site.yaml:3:1: error: unknown key 'langauge' (did you mean 'language'?)\n"
    )


# --- new


def test_a_new_article_builds_as_it_was_written(site: Path) -> None:
    title = 'Quotes: "these", #that & `code`'
    result = call("new", "article", title, "--site", site, "--now", "2026-11-24T08:30:00+01:00")
    assert result.exit_code == 0
    path = Path(result.stdout.strip())
    assert path == site / "content/articles/2026/2026-11-24-quotes-these-that-code.md"
    assert "1 draft: content/articles/2026/2026-11-24" in build(site).stdout
    text = path.read_text()
    assert "draft: true\n" in text
    path.write_text(text.replace("draft: true\n", ""))
    result = build(site)
    assert result.exit_code == 0
    assert result.stderr == ""
    page = parse((site / "output/articles/quotes-these-that-code/index.html").read_bytes())
    assert words(page.find(".//h1")) == 'Quotes: "these", #that & code'
    data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"][0]
    assert data["@id"] == "tag:letter.example,2026-11-24:quotes-these-that-code"
    assert data["datePublished"] == "2026-11-24T07:30:00Z"


def test_a_new_article_explains_every_part_that_there_is(site: Path) -> None:
    result = call("new", "article", "Parts", "--site", site, *NOW)
    text = Path(result.stdout.strip()).read_text()
    front = text.split("---\n")[1]
    # Comments have one space after their mark; what is only switched off has none, or more.
    switched_on = re.sub(r"^#(?=\w|  )", "", front, flags=re.MULTILINE)
    assert set(yaml.safe_load(switched_on)) == set(
        "id title date draft hook summary tags authors publishers source tldr analysis takeaways"
        " comparison deep_dive implications timeline sources image related corrections".split()
    )


@pytest.mark.parametrize("title", ["日本語の題", "!!!", "a/b\\..//c", "x" * 400])
def test_any_title_makes_a_file_in_the_articles_folder(site: Path, title: str) -> None:
    result = call("new", "article", title, "--site", site, *NOW)
    assert result.exit_code == 0
    path = Path(result.stdout.strip())
    assert path.parent == site / "content/articles/2026"
    assert path.is_file()
    path.write_text(path.read_text().replace("draft: true\n", ""))
    assert build(site).exit_code == 0


def test_a_new_article_does_not_replace_another(site: Path) -> None:
    first = call("new", "article", "Same", "--site", site, *NOW)
    text = Path(first.stdout.strip()).read_text()
    again = call("new", "article", "Same", "--site", site, *NOW)
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert Path(first.stdout.strip()).read_text() == text


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((), "2026-W48.md"),
        (("--week", "2026-W47"), "2026-W47.md"),
        (("--week", "2020W53"), "2020-W53.md"),
        (("--now", "2026-11-29T23:30:00Z"), "2026-W49.md"),
    ],
)
def test_a_new_digest_is_of_a_week_where_the_site_is(
    site: Path, arguments: tuple[str, ...], name: str
) -> None:
    write(site, {"site.yaml": SITE + "timezone: Europe/Berlin\n"})
    now = () if "--now" in arguments else NOW
    result = call("new", "digest", "--site", site, *now, *arguments)
    assert result.exit_code == 0
    assert Path(result.stdout.strip()) == site / "content/digests" / name


def test_a_new_digest_builds_as_it_was_written(site: Path) -> None:
    result = call("new", "digest", "--site", site, "--week", "2026-W47")
    path = Path(result.stdout.strip())
    path.write_text(path.read_text().replace("title:\n", "title: Our words\n") + "Dear reader.\n")
    built = build(site)
    assert (built.exit_code, built.stderr) == (0, "")
    page = parse((site / "output/digest/2026-W47/index.html").read_bytes())
    assert words(page.find(".//h1")) == "Our words"
    assert "Dear reader." in words(page.find(".//main"))


def test_new_files_need_settings_that_can_be_read(tmp_path: Path) -> None:
    for arguments in (("new", "article", "A"), ("new", "digest")):
        result = call(*arguments, "--site", tmp_path)
        assert result.exit_code == 1
        assert "site.yaml: error: cannot be read" in result.stderr


# --- init, schema, version


def test_a_new_newsletter_builds(tmp_path: Path) -> None:
    folder = tmp_path / "my-letters"
    result = call("init", folder)
    assert result.exit_code == 0
    assert str(folder) in result.stdout
    # Its first article is of the day on which it was made.
    built = call("build", "--site", folder, "--now", "2999-01-01")
    assert (built.exit_code, built.stderr) == (0, "")
    home = parse((folder / "output/index.html").read_bytes())
    assert words(home.find(".//h1")) == "My Letters"
    assert "/articles/hello/" in hrefs(home)
    assert "/about/" in hrefs(home)


def test_a_new_newsletter_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("mine")
    result = call("init", tmp_path)
    assert result.exit_code == 1
    assert "exists already; nothing was written" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["site.yaml"]
    assert (tmp_path / "site.yaml").read_text() == "mine"


def schema(*arguments: str | Path) -> Any:
    result = call("schema", *arguments)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_the_schema_tells_every_key_with_the_sites_own_taxonomies(site: Path) -> None:
    write(site, {"site.yaml": SITE + "taxonomies: [companies]\n"})
    found = schema("article", "--site", site)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["required"] == ["title"]
    assert {"title", "date", "tldr", "implications", "companies"} <= set(found["properties"])
    assert "tags" not in found["properties"]
    every = schema("--site", site)
    assert {"article", "page", "digest", "site"} <= set(every["$defs"])
    assert "timezone" in schema("site", "--site", site)["properties"]


def test_the_schema_needs_no_site(tmp_path: Path) -> None:
    assert "tags" in schema("article", "--site", tmp_path)["properties"]


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert call("version").stdout == f"broadsheet {__version__}\n"
    assert spawn("version", cwd=tmp_path).stdout == f"broadsheet {__version__}\n"


def test_without_now_a_build_takes_the_clock(site: Path) -> None:
    year = datetime.now().astimezone().year
    write(
        site,
        {
            "content/articles/past.md": article("Past", "2000-01-01"),
            "content/articles/2026-11-20-a.md": article("A", f"{year + 2}-01-01"),
        },
    )
    report = json.loads(call("build", "--site", site, "--format", "json").stdout)
    assert report["articles"] == 1
    assert [each["reason"] for each in report["held"]] == ["future"]
