"""What the harness asks of a generator."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.generate import Newsletter, Post
from benchmarks.trash import Trash
from generator.theme import default_layouts

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# The default theme's style, script and icon, which every generator copies.
ASSETS = default_layouts() / "assets"
ABOUT = "A newsletter that was made to be measured. *Nobody* writes it.\n"


class Unavailable(Exception):
    """A generator cannot be had on this machine; the reason is for the reader of the table."""


@dataclass(frozen=True)
class Site:
    """A newsletter as one generator's files."""

    root: Path
    # The newest article's file, and the slug that is in its address.
    newest: Path
    slug: str
    # A template that every page includes.
    partial: Path

    @property
    def output(self) -> Path:
        return self.root / "output"


@dataclass(frozen=True)
class Change:
    """What is different since the last build: one of the report's cases."""

    case: str


@dataclass(frozen=True)
class Command:
    """How one build is started."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class Generator(ABC):
    """One generator: how it is installed, given a newsletter, and started."""

    name: str
    # Said beside its numbers: what it does otherwise than the others.
    note = ""
    # Whether a build makes use of the one before it.
    incremental = False

    def __init__(self, work: Path) -> None:
        self.home = work / "generators" / self.name

    @abstractmethod
    def install(self) -> str:
        """Its version, once it is there to be run. Raises Unavailable."""

    @abstractmethod
    def write(self, newsletter: Newsletter, posts: Iterable[Post], root: Path) -> Site:
        """Writes the newsletter's files below `root`."""

    @abstractmethod
    def command(self, site: Site, change: Change) -> Command:
        """Builds the site after a change; `cold` begins from nothing."""

    def forget(self, site: Site, trash: Trash) -> None:
        """Removes the output, and all that a build keeps for the next one."""
        for name in ("output", *self.caches):
            trash.take(site.root / name)

    # Folders below the site's in which a build keeps what the next one uses.
    caches: tuple[str, ...] = ()

    def retitled(self, text: str, title: str) -> str:
        """An article's text with another title."""
        before, key, rest = text.partition("title: ")
        return f"{before}{key}{json.dumps(title)}\n{rest.partition(chr(10))[2]}"


def navigation(taxonomies: Sequence[str]) -> list[dict[str, str]]:
    """The links at the head of every page."""
    first = taxonomies[0]
    links = {
        "Latest": "/",
        "Weekly digest": "/digest/",
        first.capitalize(): f"/{first}/",
        "About": "/about/",
        "Feeds": "/feeds/",
    }
    return [{"name": name, "url": url} for name, url in links.items()]


def yaml_post(post: Post, terms: Mapping[str, Iterable[str]], more: Mapping[str, Any]) -> str:
    """An article with YAML front matter; JSON's strings and lists are YAML's too."""
    lines = [f"title: {json.dumps(post.title)}", f"date: {post.stamp}"]
    lines += (f"{name}: {json.dumps(list(values))}" for name, values in terms.items())
    lines += (f"{name}: {json.dumps(value)}" for name, value in more.items())
    front = "\n".join(lines)
    return f"---\n{front}\nhook: {json.dumps(post.hook)}\n---\n\n{post.body}"


def write_posts(folder: Path, texts: Iterable[tuple[Post, str]]) -> Post:
    """Writes articles, the newest first, and returns that one."""
    newest = None
    for post, text in texts:
        newest = newest or post
        path = folder / post.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert newest is not None, "a newsletter has articles"
    return newest


def python_environment(home: Path, packages: Iterable[str]) -> Path:
    """The programs of a virtual environment that has these packages. Raises Unavailable."""
    programs = home / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    stamp = home / "installed"
    wanted = "\n".join(packages)
    if not (stamp.exists() and stamp.read_text() == wanted):
        shutil.rmtree(home, ignore_errors=True)
        tried([sys.executable, "-m", "venv", str(home / "env")])
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet"]
        tried([*pip, "--disable-pip-version-check", *wanted.split("\n")])
        stamp.write_text(wanted)
    return programs


def tried(command: list[str], folder: Path | None = None) -> str:
    """What a command of the installation says. Raises Unavailable."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=900, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise Unavailable(f"{Path(command[0]).name} cannot be run: {why}") from why
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Unavailable(f"{Path(command[0]).name}: {' '.join(said)[:200]}")
    return done.stdout.strip()
