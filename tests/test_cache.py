"""What is kept between builds helps and never harms: each test is a fault that was there once."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.build import Options, Report, build
from generator.render.compiled import CompiledTemplates
from tests.tiny import LAYOUTS, SITE, article, write

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALPHA = "content/articles/alpha.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, {"site.yaml": SITE, **LAYOUTS})
    for number, name in enumerate(("alpha", "beta", "gamma")):
        write(tmp_path, {f"content/articles/{name}.md": article(name, day=15 + number)})
    made(tmp_path)
    return tmp_path


def made(site: Path) -> Report:
    return build(Options(site, NOW, jobs=1))


def files(site: Path) -> dict[str, bytes]:
    output = site / "output"
    found = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def test_nothing_is_rendered_when_nothing_changed(site: Path) -> None:
    assert made(site).rendered == ()


def test_an_edited_body_renders_what_shows_it_and_says_why(site: Path) -> None:
    path = site / ALPHA
    path.write_text(path.read_text() + "\nMore.\n")
    rendered = dict(made(site).rendered)
    assert rendered["articles/alpha/index.html"] == ("the body of an article",)
    assert "feed.xml" in rendered
    assert "articles/beta/index.html" not in rendered
    assert "index.html" not in rendered


def test_code_that_an_edit_leaves_as_it_was_keeps_its_colours(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = site / ALPHA
    path.write_text(f"{path.read_text()}\n```python\nx = 1\n```\n")
    made(site)
    # To make a lexer ready takes most of the time of such an edit.
    monkeypatch.setattr("generator.markdown.code._highlight", lambda *_: "coloured again")
    path.write_text(f"{path.read_text()}\n```python\ny = 2\n```\n")
    made(site)
    page = files(site)["articles/alpha/index.html"].decode()
    assert '<span class="n">x</span>' in page
    assert page.count("coloured again") == 1


def test_an_edited_partial_renders_every_page_that_uses_it(site: Path) -> None:
    write(
        site,
        {"layouts/partials/article.html": "<h2>{{ page.article.title }}</h2>{{ page.body|body }}"},
    )
    rendered = dict(made(site).rendered)
    assert rendered["articles/alpha/index.html"] == ("its templates",)
    assert "feed.xml" in rendered
    assert "about/index.html" not in rendered


def test_the_plan_of_a_build_that_failed_is_not_taken_for_the_last_one(site: Path) -> None:
    before = files(site)
    good = (site / ALPHA).read_text()
    (site / ALPHA).write_text("---\ntitle: [\n---\n")
    assert made(site).output is None
    (site / ALPHA).write_text(good)
    assert made(site).output is not None
    assert files(site) == before


def test_a_lost_page_comes_back_also_when_only_a_body_changed(site: Path) -> None:
    (site / "output/index.html").unlink()
    path = site / ALPHA
    path.write_text(path.read_text() + "\nMore.\n")
    assert "index.html" in dict(made(site).rendered)
    assert (site / "output/index.html").is_file()


@pytest.mark.parametrize(
    ("table", "column"), [("bodies", "value"), ("files", "value"), ("state", "value")]
)
def test_a_damaged_value_of_the_content_is_read_again(site: Path, table: str, column: str) -> None:
    before = files(site)
    with sqlite3.connect(site / ".broadsheet/content.sqlite") as cache:
        cache.execute(f"UPDATE {table} SET {column} = x'0000000081a17800'")
    cache.close()
    write(site, {"layouts/base.html": LAYOUTS["layouts/base.html"] + "<hr>"})
    assert made(site).output is not None
    write(site, LAYOUTS)
    made(site)
    assert files(site) == before


@pytest.mark.parametrize("table", ["pages", "state", "views"])
def test_a_damaged_value_of_the_pages_is_made_again(site: Path, table: str) -> None:
    before = files(site)
    column = {"pages": "record"}.get(table, "value")
    (path,) = (site / ".broadsheet").glob("pages-*.sqlite")
    with sqlite3.connect(path) as cache:
        cache.execute(f"UPDATE {table} SET {column} = substr({column}, 1, 9)")
    cache.close()
    (site / "output/articles/alpha/index.html").unlink()
    assert made(site).output is not None
    assert files(site) == before


def test_a_page_that_is_missing_from_the_cache_is_not_missing_from_the_site(site: Path) -> None:
    before = files(site)
    (path,) = (site / ".broadsheet").glob("pages-*.sqlite")
    with sqlite3.connect(path) as cache:
        cache.execute("DELETE FROM pages WHERE path = 'index.html'")
    cache.close()
    made(site)
    assert files(site) == before


def test_a_cache_of_another_version_is_not_trusted(site: Path) -> None:
    with sqlite3.connect(site / ".broadsheet/content.sqlite") as cache:
        cache.execute("UPDATE version SET id = 'another'")
        cache.execute("UPDATE bodies SET value = x'00'")
    cache.close()
    (site / "output/articles/alpha/index.html").unlink()
    assert made(site).output is not None


def swap_contents(folder: Path) -> None:
    paths = sorted(folder.iterdir())
    found = [path.read_bytes() for path in paths]
    for path, data in zip(paths, found[1:] + found[:1], strict=True):
        path.write_bytes(data)


def cut_short(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])


def put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


@pytest.mark.parametrize("harm", [swap_contents, cut_short, put_a_file_in_its_place, shutil.rmtree])
def test_templates_are_compiled_again_where_their_code_is_not_in_order(
    site: Path, harm: Callable[[Path], None]
) -> None:
    before = files(site)
    harm(site / ".broadsheet/templates")
    shutil.rmtree(site / "output")
    assert made(site).output is not None
    assert files(site) == before


def test_the_code_of_a_template_is_of_one_version_and_one_text(tmp_path: Path) -> None:
    env = Environment(autoescape=True)
    bucket = CompiledTemplates(tmp_path, "1").get_bucket(env, "a.html", "/a.html", "{{ x }}")
    bucket.code = env.compile("{{ x }}")
    CompiledTemplates(tmp_path, "1").set_bucket(bucket)

    def knows(version: str, text: str) -> bool:
        cache = CompiledTemplates(tmp_path, version)
        return cache.get_bucket(env, "a.html", "/a.html", text).code is not None

    assert knows("1", "{{ x }}")
    assert not knows("2", "{{ x }}")
    assert not knows("1", "{{ y }}")


@pytest.mark.parametrize("taken_back", [False, True])
def test_feeds_wait_while_an_author_does_and_are_made_when_there_is_time(
    site: Path, taken_back: bool
) -> None:
    def quick() -> set[str]:
        told = Options(site, NOW, jobs=1, changed=frozenset([site / ALPHA]))
        return {path for path, _ in build(told).rendered}

    before = files(site)
    text = (site / ALPHA).read_text()
    write(site, {ALPHA: text + "\nMore.\n"})
    assert quick() == {"articles/alpha/index.html"}
    if taken_back:
        write(site, {ALPHA: text})
        assert quick() == {"articles/alpha/index.html"}
    rendered = {path for path, _ in made(site).rendered}
    assert "articles/alpha/index.html" not in rendered
    assert ("feed.xml" in rendered) != taken_back
    assert (files(site) == before) == taken_back
    assert (b"More." in files(site)["feed.xml"]) != taken_back
    assert made(site).rendered == ()


def test_related_articles_wait_while_an_author_does(site: Path) -> None:
    about = "\n\nThe zeppelin of Zanzibar flew, and the zeppelin of Zanzibar fell.\n"
    for name in ("beta", "gamma"):
        path = site / f"content/articles/{name}.md"
        path.write_text(path.read_text().replace("[red]", f"[{name}]") + about)
    write(site, {ALPHA: article("alpha", tags=("other",)) + "\nFirst.\n"})
    made(site)
    write(site, {ALPHA: (site / ALPHA).read_text() + about})
    quick = build(Options(site, NOW, jobs=1, changed=frozenset([site / ALPHA])))
    assert [path for path, _ in quick.rendered] == ["articles/alpha/index.html"]
    page = files(site)["articles/alpha/index.html"]
    assert b"zeppelin" in page
    assert b'href="/articles/gamma/"' not in page.partition(b"<aside>")[2].partition(b"</aside>")[0]
    assert "articles/alpha/index.html" in dict(made(site).rendered)
    page = files(site)["articles/alpha/index.html"]
    assert b'href="/articles/gamma/"' in page.partition(b"<aside>")[2].partition(b"</aside>")[0]


def test_what_a_filter_makes_of_a_constant_is_not_kept_for_another_address(site: Path) -> None:
    write(
        site, {"layouts/partials/article.html": """{{ "/about/"|absolute }} {{ page.body|body }}"""}
    )
    made(site)
    settings = (site / "site.yaml").read_text()
    write(site, {"site.yaml": settings.replace("https://", "https://new.")})
    made(site)
    about = re.findall(rb"https://\S+/about/", files(site)["articles/alpha/index.html"])
    assert about
    assert all(each.startswith(b"https://new.") for each in about)


def test_an_edit_whose_time_was_put_back_is_seen(site: Path) -> None:
    path = site / ALPHA
    before = path.stat()
    path.write_text(path.read_text().replace("Text", "TEXT"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    made(site)
    assert "TEXT of alpha" in (site / "output/articles/alpha/index.html").read_text()


def test_a_site_that_cannot_be_written_is_built_elsewhere(site: Path, tmp_path: Path) -> None:
    write(site, {".broadsheet.keep": ""})
    shutil.rmtree(site / ".broadsheet")
    (site / ".broadsheet").write_text("a file where the folder would be")
    report = build(Options(site, NOW, tmp_path / "elsewhere", jobs=1))
    assert report.output is not None
