"""What once went wrong at the edges, each as a plain test."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import Options, Report, build
from generator.cache.database import pack, unpack
from tests.tiny import article, write

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = "title: Tiny\nurl: https://example.org/\n"


def made(site: Path, files: dict[str, str], output: Path | None = None) -> Report:
    write(site, {"site.yaml": SITE, "content/articles/alpha.md": article("alpha"), **files})
    return build(Options(site, NOW, output, jobs=1))


def told(report: Report) -> str:
    return "\n".join(each.text() for each in report.diagnostics)


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%41b", "with space", "ümläut"])
def test_a_site_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    assert made(tmp_path / name, {}).output is not None


@pytest.mark.parametrize(
    "body",
    [
        "<!--a-->" * 40 + "x\n",
        "# a" + " " * 4000 + "b\n\nText\n",
        "é \ufffd " + " ".join("`" * length for length in range(1, 300)) + "\n",
    ],
    ids=["comments", "spaces in a heading", "backticks"],
)
def test_no_text_takes_a_pattern_for_ever(tmp_path: Path, body: str) -> None:
    """In a process of its own: a pattern that hangs cannot be interrupted from within."""
    write(
        tmp_path,
        {"site.yaml": SITE, "content/articles/2026-11-20-x.md": f"---\ntags: a\n---\n{body}"},
    )
    command = [sys.executable, "-m", "generator", "build", "--site", str(tmp_path), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in (0, 1), done.stderr


def test_no_reference_of_the_programs_own_reaches_a_reader(tmp_path: Path) -> None:
    report = made(
        tmp_path,
        {
            "site.yaml": SITE + 'rights: "[terms](/about/), [text](articles/alpha.md)"\n',
            "content/stories/saga.md": '---\ntitle: Saga\ndescription: "[a](articles/alpha.md)"\n---\n',
            "content/articles/beta.md": article("beta").replace("---\n", "---\nstory: saga\n", 1),
            "content/pages/about.md": "---\ntitle: About\n---\n![content:x](https://e.org/a.png)\n",
        },
    )
    assert report.output is not None, told(report)
    for path in report.output.rglob("*"):
        if path.suffix in (".html", ".xml", ".atom", ".json"):
            assert '="content:' not in path.read_text().replace("&quot;", '"').replace(
                'alt="content:', ""
            )
    assert 'href="/articles/alpha/"' in (report.output / "articles/beta/index.html").read_text()


def test_a_citation_in_a_title_is_no_link_within_a_link(tmp_path: Path) -> None:
    text = article("beta").replace(
        "title: beta", 'title: "Beta [@q] now"\nsources: [{id: q, title: Q}]'
    )
    report = made(tmp_path, {"content/articles/beta.md": text})
    assert report.output is not None
    assert "cite-q" not in (report.output / "index.html").read_text()
    assert "cite-q-1" in (report.output / "articles/beta/index.html").read_text()


@pytest.mark.parametrize("title", ["<br>", "<!-- x -->", "![](x.png)"])
def test_a_title_without_words_is_told_at_its_line(tmp_path: Path, title: str) -> None:
    text = article("beta").replace("title: beta", f"title: '{title}'")
    assert "content/articles/beta.md:2:8: error: the title has no text" in told(
        made(tmp_path, {"content/articles/beta.md": text})
    )


def test_the_id_of_a_file_named_by_its_date_survives_another_title(tmp_path: Path) -> None:
    ids = []
    for title in ("First", "Second"):
        report = made(
            tmp_path, {"content/articles/2026-11-20.md": f"---\ntitle: {title}\n---\nx\n"}
        )
        assert report.output is not None
        ids.append(
            "tag:example.org,2026-11-20:2026-11-20<" in (report.output / "feed.xml").read_text()
        )
    assert ids == [True, True]


def test_a_folder_of_ones_own_in_the_way_leaves_the_last_good_site(tmp_path: Path) -> None:
    first = made(tmp_path, {})
    assert first.output is not None
    before = (first.output / "index.html").read_bytes()
    blocked = first.output / "about"
    blocked.write_text("mine")
    failed = made(tmp_path, {"content/pages/about.md": "---\ntitle: About\n---\nx\n"})
    assert failed.output is None
    assert (first.output / "index.html").read_bytes() == before
    assert blocked.read_text() == "mine"


def test_nothing_is_written_through_a_symbolic_link_in_the_output(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "site/output").mkdir(parents=True)
    (tmp_path / "site/output/articles").symlink_to(outside)
    assert made(tmp_path / "site", {}).output is None
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("alias", ["/.htaccess", "/.broadsheet-files", "/a/.b/"])
def test_an_alias_cannot_name_a_hidden_file(tmp_path: Path, alias: str) -> None:
    text = article("beta").replace("---\n", f"---\naliases: [{alias}]\n", 1)
    assert "is no path on this site" in told(made(tmp_path, {"content/articles/beta.md": text}))


@pytest.mark.parametrize("name", ["content", "content/below", "layouts", ".broadsheet", "."])
def test_the_output_is_not_mixed_with_what_the_site_is_made_from(tmp_path: Path, name: str) -> None:
    assert "the output cannot be where" in told(made(tmp_path, {}, tmp_path / name))


def test_taxonomies_may_be_none_at_all(tmp_path: Path) -> None:
    report = made(tmp_path, {"site.yaml": SITE + "taxonomies: []\ncontent: {unknown_keys: keep}\n"})
    assert report.output is not None, told(report)
    assert not (report.output / "tags").exists()


def test_a_damaged_value_is_known_by_its_checksum() -> None:
    packed = pack(b"value")
    assert unpack(packed) == b"value"
    with pytest.raises(Exception, match="damaged"):
        unpack(packed[:-1] + b"x")
