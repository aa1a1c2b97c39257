"""`broadsheet watch`, from outside: files are edited, and a browser's side of it is read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.tiny import LAYOUTS, SITE, article, write

# How long to wait for what must come; nothing waits that long when all is well.
PATIENCE = 30


class Browser:
    """What an open page sees: answers, and the events that it listens to."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self._client = httpx.Client(base_url=address, timeout=PATIENCE)

    def close(self) -> None:
        self._client.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._client.get(path, headers=headers)

    @contextmanager
    def events(self) -> Iterator[Iterator[tuple[str, Any]]]:
        """Events as (name, data), from the one on that says what is wrong now."""
        with self._client.stream("GET", f"{_origin(self.address)}/.broadsheet/events") as stream:
            yield _parsed(stream.iter_lines())


def _origin(address: str) -> str:
    return "/".join(address.split("/")[:3])


def _parsed(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


def _until(events: Iterator[tuple[str, Any]], name: str) -> Any:
    return next(data for each, data in events if each == name)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write(folder, {"site.yaml": SITE, **LAYOUTS})
    for number, name in enumerate(("alpha", "beta", "gamma")):
        write(folder, {f"content/articles/{name}.md": article(name, day=15 + number)})
    write(folder, {"content/pages/about.md": "---\ntitle: About\n---\nText.\n"})
    return folder


@contextmanager
def watching(site: Path, *options: str) -> Iterator[Browser]:
    command = [sys.executable, "-m", "generator", "watch", "--site", str(site), "--port", "0"]
    process = subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "http://" in line:
                browser = Browser(process, line.split(" at ")[1].split(",")[0])
                yield browser
                browser.close()
                break
        else:
            pytest.fail(f"it never listened: {process.stderr.read() if process.stderr else ''}")
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def test_an_edit_reloads_open_pages_which_then_show_it(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        assert next(events) == ("mistakes", [])
        path = site / "content/articles/alpha.md"
        path.write_text(path.read_text() + "\nA sentence that is new.\n")
        _until(events, "reload")
        assert "A sentence that is new." in browser.get("articles/alpha/").text


def test_an_editor_that_saves_by_rename_is_seen(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        path = site / "content/articles/alpha.md"
        other = site / "content/articles/.alpha.swp"
        other.write_text(path.read_text() + "\nSaved by rename.\n")
        other.replace(path)
        _until(events, "reload")
        assert "Saved by rename." in browser.get("articles/alpha/").text


def test_a_style_sheet_is_swapped_in_without_a_reload(site: Path) -> None:
    write(site, {"layouts/assets/style.css": "p { color: red }"})
    with watching(site) as browser, browser.events() as events:
        assert next(events)[0] == "mistakes"
        write(site, {"layouts/assets/style.css": "p { color: green }"})
        assert next(events) == ("styles", ["assets/style.css"])
        assert "green" in browser.get("assets/style.css").text


def test_a_mistake_is_shown_with_the_text_around_it_until_it_is_mended(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        assert next(events) == ("mistakes", [])
        path = site / "content/articles/alpha.md"
        good = path.read_text()
        path.write_text(good + "[@nope]\n")
        (mistake,) = _until(events, "mistakes")
        assert (mistake["file"], mistake["line"]) == ("content/articles/alpha.md", 7)
        assert "no source has the id 'nope'" in mistake["message"]
        assert [7, "[@nope]"] in mistake["text"]
        assert "Text of alpha" in browser.get("articles/alpha/").text
        path.write_text(good)
        assert _until(events, "mistakes") == []


def test_who_opens_a_page_while_something_is_wrong_is_told_at_once(site: Path) -> None:
    write(site, {"content/articles/alpha.md": "---\ntitle: [\n---\n"})
    with watching(site) as browser, browser.events() as events:
        name, mistakes = next(events)
        assert name == "mistakes"
        assert mistakes[0]["file"] == "content/articles/alpha.md"
        answer = browser.get("")
        assert answer.status_code == 404
        assert "live.js" in answer.text


def test_a_changed_template_and_changed_settings_are_seen(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        write(site, {"layouts/page.html": "<h1>A new template</h1>"})
        _until(events, "reload")
        assert "A new template" in browser.get("about/").text
        write(site, {"site.yaml": SITE.replace("Tiny", "Another name")})
        _until(events, "reload")
        assert "Another name" in browser.get("").text


def test_a_folder_that_goes_and_comes_back_is_seen(site: Path, tmp_path: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        assert next(events) == ("mistakes", [])
        (site / "content").rename(tmp_path / "away")
        (mistake,) = _until(events, "mistakes")
        assert mistake["file"] == "content"
        shutil.copytree(tmp_path / "away", site / "content")
        while _until(events, "mistakes"):
            pass
        path = site / "content/articles/beta.md"
        path.write_text(path.read_text() + "\nBack again.\n")
        _until(events, "reload")
        assert "Back again." in browser.get("articles/beta/").text


def test_many_files_at_once_are_one_change_in_the_end(site: Path) -> None:
    """As when another branch is checked out."""
    with watching(site) as browser, browser.events() as events:
        for number in range(30):
            write(site, {f"content/articles/new-{number}.md": article(f"new {number}", day=10)})
        (site / "content/articles/alpha.md").unlink()
        _until(events, "reload")
        while browser.get("articles/new-29/").status_code != 200:
            _until(events, "reload")
        assert browser.get("articles/alpha/").status_code == 404


def test_a_site_that_is_its_own_content_folder_is_watched_but_for_its_output(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    settings = SITE.replace("content: {", "content: {folder: ., ")
    write(site, {"site.yaml": settings, **LAYOUTS, "articles/alpha.md": article("alpha", day=15)})
    with watching(site) as browser, browser.events() as events:
        assert next(events) == ("mistakes", [])
        write(site, {"articles/2026/beta.md": article("beta", day=16)})
        _until(events, "reload")
        write(site, {"articles/2026/beta.md": article("beta", day=16) + "\nMore.\n"})
        _until(events, "reload")
        assert "More." in browser.get("articles/beta/").text


def test_a_page_that_something_else_has_changed_is_mended_when_there_is_time(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        page = site / "output/articles/beta/index.html"
        before = page.read_text()
        page.write_text("not Broadsheet's")
        path = site / "content/articles/alpha.md"
        path.write_text(path.read_text() + "\nMore.\n")
        _until(events, "reload")
        _until(events, "reload")
        assert page.read_text() == before
        assert "More." in browser.get("articles/alpha/").text


def test_a_port_in_use_is_said_and_the_next_free_one_taken(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with watching(site, "--port", str(port)) as browser:
            assert browser.address != f"http://127.0.0.1:{port}/"
            assert browser.get("").status_code == 200


def test_ctrl_c_ends_it_though_pages_are_open(site: Path) -> None:
    with watching(site) as browser, browser.events() as events:
        next(events)
        browser.process.send_signal(signal.SIGINT)
        assert browser.process.wait(PATIENCE) == 0
        assert browser.process.stderr is not None
        assert "Traceback" not in browser.process.stderr.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("about/", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("articles/alpha/index.md", "text/markdown; charset=utf-8"),
    ],
)
def test_files_have_their_content_types(served: Browser, path: str, kind: str) -> None:
    answer = served.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("served")
    write(folder, {"site.yaml": SITE, **LAYOUTS, "secret.txt": "not yours"})
    write(folder, {"content/articles/alpha.md": article("alpha")})
    write(folder, {"content/pages/about.md": "---\ntitle: About\n---\nText.\n"})
    with watching(folder) as browser:
        yield browser


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "assets/../../secret.txt",
        ".broadsheet-files", "%00", "nothing/", "/etc/passwd",
    ],
)  # fmt: skip
def test_nothing_but_the_output_folder_is_served(served: Browser, path: str) -> None:
    host, port = _origin(served.address).removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as raw:
        raw.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.split(b" ")[1] in (b"404", b"400")
    assert b"not yours" not in answer


def test_an_unchanged_file_is_not_sent_again(served: Browser) -> None:
    for path in ("", "assets/style.css", "feed.xml"):
        etag = served.get(path).headers["etag"]
        again = served.get(path, **{"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_part_of_a_file_can_be_had(served: Browser) -> None:
    whole = served.get("feed.xml").content
    part = served.get("feed.xml", Range="bytes=5-14")
    assert (part.status_code, part.content) == (206, whole[5:15])
    assert part.headers["content-range"] == f"bytes 5-14/{len(whole)}"


def test_a_folder_without_its_slash_leads_to_it(served: Browser) -> None:
    answer = served.get("about")
    assert answer.headers["location"].endswith("/about/")


def test_the_script_is_in_the_answer_and_not_in_the_file(site: Path) -> None:
    with watching(site) as browser:
        assert "/.broadsheet/live.js" in browser.get("").text
        assert "EventSource" in browser.get("/.broadsheet/live.js").text
        assert ".broadsheet" not in (site / "output/index.html").read_text()


def test_a_site_that_lives_in_a_folder_is_served_in_it(site: Path) -> None:
    write(site, {"site.yaml": SITE.replace("https://example.org/", "https://example.org/blog/")})
    with watching(site) as browser:
        assert browser.address.endswith("/blog/")
        assert browser.get("articles/alpha/").status_code == 200
        assert httpx.get(_origin(browser.address) + "/").headers["location"] == "/blog/"
