"""What a build promises of its output: the same bytes, nothing half-written, nobody else's files."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from generator.lock import locked
from tests.pictures import image
from tests.published import Published, article, attempt, contents, hrefs, publish, rebuild, words
from tests.sites import NOW, File, write

ROOT = Path(__file__).parent.parent
LETTER = Path(__file__).parent / "data" / "letter"
MANIFEST = ".broadsheet-files"
STAGE = ".broadsheet-staging"
A = "content/articles/2026-11-20-a.md"
B = "content/articles/2026-11-21-b.md"


def command(site: Path, *arguments: str) -> list[str]:
    now = NOW.isoformat()
    return [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--site",
        str(site),
        "--now",
        now,
        *arguments,
    ]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def run(site: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """One build in a process of its own."""
    return subprocess.run(
        command(site, *arguments),
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )


def newsletter(folder: Path) -> Path:
    """A copy of this repository's own newsletter."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yaml", folder)
    return folder


# --- The same bytes


def test_processes_clocks_and_hashes_do_not_change_a_byte(tmp_path: Path) -> None:
    variants: list[tuple[tuple[str, ...], dict[str, str]]] = [
        (("--jobs", "1"), {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
        # At every moment it is another day there than in Kiritimati.
        (("--jobs", "2"), {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8"}),
    ]
    built: list[Mapping[str, File]] = []
    for number, (arguments, variables) in enumerate(variants):
        site = newsletter(tmp_path / str(number))
        for path in site.rglob("*.md"):
            os.utime(path, (number * 10**8, number * 10**8))
        done = run(site, *arguments, **variables)
        assert done.returncode == 0, done.stderr
        built.append(contents(site / "output"))
    assert len(built[0]) > 200
    assert built[0] == built[1]


def test_the_place_of_the_site_and_of_its_output_does_not_change_a_byte(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "far" / "there"
    shutil.copytree(LETTER, here)
    shutil.copytree(LETTER, there)
    assert rebuild(here).files() == rebuild(there, output=tmp_path / "elsewhere").files()


def test_a_later_build_of_the_same_moment_changes_no_file(tmp_path: Path) -> None:
    shutil.copytree(LETTER, tmp_path / "site")
    first = rebuild(tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in first.output.rglob("*")}
    again = rebuild(tmp_path / "site")
    assert {path: path.stat().st_mtime_ns for path in again.output.rglob("*")} == before
    assert again.report.written.changed == 0


# --- What waits


def held(site: Published) -> list[tuple[str, str, datetime | None]]:
    return [(each.source, each.reason, each.due) for each in site.report.held]


def test_what_is_not_published_is_named_with_its_moment(tmp_path: Path) -> None:
    files = {
        "content/articles/a.md": article("Draft", "2026-11-01", "draft: true"),
        "content/articles/b.md": article("Unpublished", "2026-11-01", "published: false"),
        "content/articles/c.md": article("Soon", "2026-11-25T12:00:01Z"),
        "content/articles/d.md": article("Later", "2026-12-24T18:00:00+01:00"),
        "content/articles/e.md": article("Gone", "2026-11-01", "expires: 2026-11-25T12:00:00Z"),
        "content/articles/f.md": article("Going", "2026-11-01", "expires: 2026-11-26"),
        "content/pages/g.md": "---\ntitle: Page\ndraft: true\n---\n",
    }
    site = publish(tmp_path, files)
    assert held(site) == [
        ("content/articles/a.md", "draft", None),
        ("content/articles/b.md", "draft", None),
        ("content/articles/c.md", "future", datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC)),
        ("content/articles/d.md", "future", datetime(2026, 12, 24, 17, tzinfo=UTC)),
        ("content/articles/e.md", "expired", None),
        ("content/pages/g.md", "draft", None),
    ]
    assert site.report.articles == 1
    assert site.report.next_due == datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC)
    assert not any(site.has(f"articles/{name}/index.html") for name in "abcde")

    drafts = rebuild(tmp_path, drafts=True)
    assert [source for source, _, _ in held(drafts)] == [
        "content/articles/c.md", "content/articles/d.md", "content/articles/e.md",
    ]  # fmt: skip
    assert drafts.has("articles/a/index.html")
    assert drafts.has("g/index.html")

    assert site.report.next_due is not None
    due = rebuild(tmp_path, site.report.next_due)
    assert due.has("articles/c/index.html")
    assert not due.has("articles/a/index.html")
    assert due.report.next_due == datetime(2026, 11, 26, tzinfo=UTC)

    last = rebuild(tmp_path, datetime(2026, 12, 31, tzinfo=UTC))
    assert last.has("articles/d/index.html")
    assert not last.has("articles/f/index.html")
    assert last.report.next_due is None


def test_the_next_change_is_told_whatever_the_clock_changes(tmp_path: Path) -> None:
    """The end of a week that has a digest, and the day on which a prediction falls due."""
    said = "implications: [{claim: It rains., by: 2026-11-26}]"
    drafted = article("Draft", "2026-11-23", "draft: true", said)
    files = {
        "content/articles/a.md": article("A", "2026-11-23"),
        "content/articles/draft.md": drafted,
    }
    week = datetime(2026, 11, 30, tzinfo=UTC)
    assert publish(tmp_path / "one", files).report.next_due == week
    files["content/articles/b.md"] = article("B", "2026-11-23", said)
    due = datetime(2026, 11, 27, tzinfo=UTC)
    site = publish(tmp_path / "two", files)
    assert site.report.next_due == due
    assert rebuild(tmp_path / "two", due).report.next_due == week


def test_the_files_of_an_article_that_waits_wait_with_it(tmp_path: Path) -> None:
    files = {
        "content/articles/2026-12-01-later/index.md": article("Later", "2026-12-01"),
        "content/articles/2026-12-01-later/secret.png": image("PNG"),
    }
    site = publish(tmp_path, files)
    assert not list(site.output.rglob("secret.png"))
    assert rebuild(tmp_path, datetime(2026, 12, 2, tzinfo=UTC)).has("articles/later/secret.png")


def test_a_file_beside_a_draft_waits_with_it_unless_others_show_it(tmp_path: Path) -> None:
    draft = article("Draft", "2026-11-21", "draft: true", "image: {src: own.svg, alt: Own}",
                    body="![both](both.png) [more](more.pdf) ![far](/images/far.png)\n")  # fmt: skip
    files = {
        A: article("A", "2026-11-20", body="![both](both.png)\n"),
        B: draft,
        "content/articles/own.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/articles/more.pdf": b"%PDF-1.4",
        "content/articles/both.png": image("PNG"),
        "content/images/far.png": image("PNG"),
    }
    site = publish(tmp_path, files)
    there = [name for name in ("own.svg", "more.pdf", "both.png") if site.has(f"articles/{name}")]
    assert there == ["both.png"]
    assert site.has("images/far.png")
    assert rebuild(tmp_path, drafts=True).has("articles/own.svg")


def test_a_link_to_what_is_not_published_is_told_and_only_its_text_is_shown(
    tmp_path: Path,
) -> None:
    body = "See [the b](2026-11-21-b.md), [c] or [the page](../pages/p.md#x).\n\n[c]: 2026-11-21-b.md\n"
    files = {
        A: article("A", "2026-11-20", "hook: 'And [this](2026-11-21-b.md)'", body=body),
        B: article("B", "2026-11-21", "draft: true", "slug: zzsecret"),
        "content/pages/p.md": "---\ntitle: P\ndraft: true\nslug: zzhidden\n---\nText.\n",
    }
    site = publish(tmp_path, files)
    article_is = "warning: link to 'articles/2026-11-21-b.md': the article is not published"
    assert site.told == [
        f"{A}:4:19: {article_is}",
        f"{A}:6:58: warning: link to 'pages/p.md': the page is not published",
    ]
    page = site.page("/articles/a/")
    assert words(page.find(".//main")).count("See the b, c or the page.") == 1
    told = [name for name, data in site.files().items() if b"zz" in data]
    assert told == []
    assert "[the b](<>), [c] or [the page](<>)." in site.text("articles/a/index.md")
    assert "/articles/zzsecret/" in hrefs(rebuild(tmp_path, drafts=True).page("/articles/a/"))


# --- What goes and what stays


def test_a_failed_build_leaves_the_last_good_site(tmp_path: Path) -> None:
    good = publish(tmp_path, {A: article("Good", "2026-11-20")}).files()
    for broken in (
        {A: "---\ndate: 2026-11-20\n---\nNo title.\n"},
        {A: article("[", "2026-11-20", "titel: x")},
        {"site.yaml": "title: [\n"},
        {"layouts/article.html": "{% if %}"},
        {"layouts/feed/article.html": "{{ page.nothing.at.all }}"},
    ):
        failed = attempt(tmp_path, broken)
        assert failed.report.output is None, broken
        assert any(": error: " in each for each in failed.told)
        assert failed.files() == good
        for name in broken:
            (tmp_path / name).unlink()
        mended = publish(tmp_path, {A: article("Good", "2026-11-20")})
        assert mended.files() == good


def test_the_pages_of_a_removed_article_go_and_its_folder_with_them(tmp_path: Path) -> None:
    folder = "content/articles/2026-11-21-b"
    files = {
        A: article("A", "2026-11-20", "tags: [kept]"),
        f"{folder}/index.md": article("B", "2026-11-21", "tags: [gone]", "aliases: [/old/]"),
        f"{folder}/b.png": image("PNG"),
    }
    site = publish(tmp_path, files)
    for name in ("articles/b/b.png", "tags/gone/feed.xml", "old/index.html", "_redirects"):
        assert site.has(name)
    shutil.rmtree(tmp_path / folder)
    after = rebuild(tmp_path)
    for name in ("articles/b", "tags/gone", "old", "_redirects"):
        assert not (after.output / name).exists()
    clean = publish(tmp_path / "clean", {A: files[A]})
    assert after.files() == clean.files()


def test_files_that_the_build_did_not_write_are_never_touched(tmp_path: Path) -> None:
    own: dict[str, bytes] = {
        "CNAME": b"letter.example\n",
        ".well-known/security.txt": b"Contact: x\n",
        "articles/b/mine.txt": b"mine\n",
        "page/7/index.html": b"mine too\n",
        "empty/.gitkeep": b"",
    }
    for name, data in own.items():
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    stamps = {name: (tmp_path / "output" / name).stat().st_mtime_ns for name in own}
    publish(tmp_path, {A: article("A", "2026-11-20"), B: article("B", "2026-11-21")})
    (tmp_path / B).unlink()
    site = rebuild(tmp_path)
    assert not site.has("articles/b/index.html")
    for name, data in own.items():
        assert site.bytes(name) == data
        assert (site.output / name).stat().st_mtime_ns == stamps[name]


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    name = "content/articles/2026-11-20-a.md"
    as_file = {name: article("A", "2026-11-20", "aliases: [/x.y]")}
    as_folder = {name: article("A", "2026-11-20", "aliases: [/x.y/z/]")}
    first = publish(tmp_path, as_file).files()
    assert "x.y" in first
    second = publish(tmp_path, as_folder)
    assert second.has("x.y/z/index.html")
    assert publish(tmp_path, as_file).files() == first


def test_nothing_of_the_work_is_left_in_the_output(tmp_path: Path) -> None:
    site = publish(tmp_path, {A: article("A", "2026-11-20")})
    hidden = [path.name for path in site.output.iterdir() if path.name.startswith(".")]
    assert hidden == [MANIFEST]
    listed = site.text(MANIFEST).split("\n")[1:-1]
    assert sorted(listed) == sorted(set(site.files()) - {MANIFEST})


# --- Killed


def states() -> tuple[dict[str, File], dict[str, File]]:
    """The files of a site before and after an edit that changes nearly every page."""
    before: dict[str, File] = dict(contents(LETTER))
    after = dict(before)
    del after["content/articles/2026-11-10-first.md"]
    after["site.yaml"] = (LETTER / "site.yaml").read_bytes().replace(b"Letter & Co", b"Card & Co")
    after["content/articles/2026-11-22-new.md"] = article("New", "2026-11-22", "tags: [new]")
    return before, after


def put(site: Path, files: Mapping[str, File]) -> None:
    """Makes the site's own files these."""
    shutil.rmtree(site / "content", ignore_errors=True)
    write(site, files)


def visible(output: Path) -> dict[str, File]:
    """The files of a site that a server would show."""
    return {name: data for name, data in contents(output).items() if not name.startswith(".broad")}


def test_a_killed_build_leaves_every_file_whole_and_the_next_puts_all_right(
    tmp_path: Path, slow: bool
) -> None:
    both = states()
    clean: list[dict[str, File]] = []
    for number, files in enumerate(both):
        clean.append(visible(publish(tmp_path / f"clean{number}", files).output))
    site = tmp_path / "site"
    put(site, both[0])
    started = time.perf_counter()
    assert run(site).returncode == 0
    whole = time.perf_counter() - started
    random = Random(20261125)
    killed = 0
    for number in range(50 if slow else 10):
        state = (number + 1) % 2
        put(site, both[state])
        killed += kill_a_build(site, random.uniform(0, whole), while_writing=number % 3 > 0)
        found = visible(site / "output")
        for name, data in found.items():
            old, new = clean[1 - state].get(name), clean[state].get(name)
            assert data in (old, new), f"kill {number}: {name} is neither the old file nor the new"
        # What both states have is there throughout.
        assert set(clean[0]) & set(clean[1]) <= set(found)
        report = rebuild(site).report
        assert report.output is not None, [each.text() for each in report.diagnostics]
        assert visible(site / "output") == clean[state]
        assert not (site / "output" / STAGE).exists()
    assert killed > 0


def kill_a_build(site: Path, after: float, *, while_writing: bool) -> bool:
    """Starts a build and kills it that many seconds later; False where it was done before that.

    A build that is to be killed `while_writing` is given a tenth of the time from when it begins to
    write.
    """
    build = subprocess.Popen(command(site, "--quiet", "--jobs", "1"), env=environment())
    if while_writing:
        wait_for_the_stage(site, build)
        after /= 10
    try:
        build.wait(after)
    except subprocess.TimeoutExpired:
        build.kill()
        build.wait()
        return True
    return False


def wait_for_the_stage(site: Path, build: subprocess.Popen[bytes]) -> None:
    """Returns when the build has begun to write its files, or has ended."""
    while build.poll() is None and not list((site / "output" / STAGE).glob("*")):
        pass


def test_the_workers_of_a_killed_build_do_not_hold_up_the_next(tmp_path: Path) -> None:
    site = newsletter(tmp_path)
    build = subprocess.Popen(
        command(site, "--jobs", "2", "--quiet"), env=environment(), start_new_session=True
    )
    try:
        wait_for_the_stage(site, build)
        build.kill()
        build.wait()
        done = run(site)
        assert done.returncode == 0, done.stderr
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGKILL)


# --- In each other's way


def test_an_output_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write(tmp_path, {A: article("A", "2026-11-20"), "output": "a file\n"})
    failed = rebuild(tmp_path)
    assert failed.report.output is None
    (told,) = failed.told
    assert told.startswith(f"{tmp_path}/output: error: cannot be written: ")
    assert (tmp_path / "output").read_text() == "a file\n"


def test_a_file_of_ones_own_where_a_page_must_be_is_told_and_never_touched(tmp_path: Path) -> None:
    own = tmp_path / "output" / "robots.txt"
    own.parent.mkdir()
    own.write_text("User-agent: mine\n")
    failed = attempt(tmp_path, {A: article("A", "2026-11-20")})
    assert failed.report.output is None
    assert any("not written by Broadsheet" in each for each in failed.told), failed.told
    assert own.read_text() == "User-agent: mine\n"
    own.unlink()
    assert rebuild(tmp_path).report.output is not None


def test_a_folder_where_a_page_must_be_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    blocked = tmp_path / "output" / "articles" / "a" / "index.html"
    blocked.mkdir(parents=True)
    (blocked / "mine.txt").write_text("mine")
    failed = attempt(tmp_path, {A: article("A", "2026-11-20")})
    assert failed.report.output is None
    assert any("articles/a/index.html" in each for each in failed.told), failed.told
    assert (blocked / "mine.txt").read_text() == "mine"


def test_one_build_at_a_time_writes_to_an_output_folder(tmp_path: Path) -> None:
    write(tmp_path, {A: article("A", "2026-11-20")})
    with locked(tmp_path / "output"):
        failed = rebuild(tmp_path)
    assert failed.report.output is None
    assert [each.split(": ", 1)[1] for each in failed.told] == [
        "error: another build of this site is running"
    ]
    assert rebuild(tmp_path).report.output is not None


def test_two_builds_at_once_give_one_whole_site(tmp_path: Path) -> None:
    site = newsletter(tmp_path / "site")
    builds = [
        subprocess.Popen(
            command(site, "--quiet"), env=environment(), stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ended = [(build.communicate()[1], build.returncode) for build in builds]
    assert 0 in [code for _, code in ended]
    for said, code in ended:
        assert code == 0 or "another build of this site is running" in said
    clean = newsletter(tmp_path / "clean")
    assert visible(site / "output") == visible(rebuild(clean).output)


def test_two_output_folders_of_one_site_do_not_mix(tmp_path: Path) -> None:
    write(tmp_path, {A: article("A", "2026-11-20"), B: article("B", "2026-11-21")})
    one = rebuild(tmp_path, output=tmp_path / "one")
    (tmp_path / B).unlink()
    two = rebuild(tmp_path, output=tmp_path / "two")
    assert one.has("articles/b/index.html")
    assert not two.has("articles/b/index.html")
    assert rebuild(tmp_path, output=tmp_path / "one").files() == two.files()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_site_without_a_content_folder_is_told_so(tmp_path: Path, jobs: int) -> None:
    write(tmp_path, {})
    (tmp_path / "content").rmdir()
    failed = rebuild(tmp_path, jobs=jobs)
    (told,) = failed.told
    assert told.startswith("content: error: there is no such folder (make it, or name another one")
