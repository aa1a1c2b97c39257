"""A machine that edits a small newsletter at random and holds every build against a clean one.

Run as `python -m tests.incremental EXAMPLES STEPS JOBS SEED`; it exits with 1 and hypothesis' own
explanation when an incremental build and a clean one differ.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    get_state_machine_test,
    initialize,
    invariant,
    precondition,
    rule,
)

import generator.jobs
from generator.build import Options, Report, build
from generator.cache.signature import signature_of
from generator.output import STAGING
from generator.routes import is_for_programs
from tests.pictures import image, photo, picture
from tests.tiny import LAYOUTS, SITE, article, write

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
FOREIGN = "CNAME"

NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")
names = st.sampled_from(NAMES)
# An upright picture, one that a telephone was held sideways for under another format's name, one
# that moves, and one that is wider than the narrowest width.
IMAGES = {
    "one": image("PNG", 24, 16),
    "two": photo(40, 30, orientation=6),
    "three": image("GIF", 20, 10, save_all=True, append_images=[picture(20, 10).rotate(180)]),
    "four": image("PNG", 500, 20),
}
# Of the tiny theme.
_RELATED = re.compile(rb"<aside>.*?</aside>", re.DOTALL)
words = st.sampled_from(("one", "two", "three", "four"))
tag_lists = st.lists(st.sampled_from(("red", "Red", "green", "blue")), max_size=3, unique=True)


class Newsletter(RuleBasedStateMachine):
    """Every rule is something that an author, a program or an accident does to a site."""

    jobs = 1
    # How many examples have begun, and whether one has failed: shrinking begins more.
    begun = 0
    failed = False

    @initialize(watched=st.booleans())
    def begin(self, watched: bool) -> None:
        type(self).begun += 1
        # A build under `watch` is told what has changed since the last one.
        self.watched = watched
        self.seen: dict[Path, object] | None = None
        # Every other time, the author saves again before all is made.
        self.waits = False
        self.root = Path(tempfile.mkdtemp(prefix="broadsheet-machine-"))
        self.site = self.root / "site"
        self.now = START
        self.drafts = False
        self.good = True
        write(self.site, {"site.yaml": SITE, **LAYOUTS})
        for number, name in enumerate(NAMES[:3]):
            write(self.site, {f"content/articles/{name}.md": article(name, day=15 + number)})
        write(self.site, {"content/pages/about.md": "---\ntitle: About\n---\nText.\n"})

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    # What authors do to articles

    @rule(name=names, day=st.integers(8, 29), tags=tag_lists, word=words)
    def write_article(self, name: str, day: int, tags: list[str], word: str) -> None:
        self._write(f"articles/{name}.md", article(name, day=day, tags=tags, body=word))

    @rule(name=names, word=words)
    def edit_body(self, name: str, word: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            path.write_text(path.read_text() + f"\n{word} more.\n")

    @rule(name=names, word=words)
    def edit_title(self, name: str, word: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            path.write_text(path.read_text().replace("title: ", f"title: {word} ", 1))

    @rule(name=names, other=names)
    def link(self, name: str, other: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            path.write_text(path.read_text() + f"\n[to]({other}.md)\n")
            if self._content(f"{other}.png").is_file():
                path.write_text(path.read_text() + f"\n![shown](/{other}.png)\n")

    @rule(name=names, key=st.sampled_from(("draft: true", "expires: 2026-11-24", "weight: 5",
                                           "aliases: [/old/]", "related: [alpha]", "hook: A hook",
                                           "corrections: [{date: 2026-11-20, text: Wrong.}]",
                                           "corrections: [{date: 2026-11-26, text: Late.}]",
                                           "tldr: {changed: It, audience: [Makers]}",
                                           "timeline: [{date: 2026-11, event: It began}]",
                                           "timeline: [{date: 2026-11, event: It began again}]",
                                           "comparison: {columns: [Lamp, Watt], rows: [[A, 7]]}",
                                           "story: saga", "story: other", "slug: chosen")))  # fmt: skip
    def add_key(self, name: str, key: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file() and key.partition(":")[0] + ":" not in path.read_text():
            path.write_text(path.read_text().replace("---\n", f"---\n{key}\n", 1))

    @rule(name=names, by=st.integers(19, 30), resolved=st.integers(19, 30),
          outcome=st.sampled_from(("", "true", "false", "withdrawn")),
          more=st.sampled_from(("", ", who: Ann", ", probability: 0.7", ", said: 2026-10")))  # fmt: skip
    def foretell(self, name: str, by: int, resolved: int, outcome: str, more: str) -> None:
        """Dates near the moment of the builds, so that time passes them."""
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            kept = [line for line in path.read_text().split("\n") if "implications:" not in line]
            known = f", outcome: {outcome}, resolved: 2026-11-{resolved}" if outcome else ""
            claim = f"{{claim: It will, by: 2026-11-{by}{known}{more}}}"
            path.write_text("\n".join([kept[0], f"implications: [{claim}]", *kept[1:]]))

    @rule(name=names, other=names)
    def rename(self, name: str, other: str) -> None:
        source, target = (self._content(f"articles/{each}.md") for each in (name, other))
        if source.is_file() and not target.exists():
            source.rename(target)

    @rule(name=names)
    def move(self, name: str) -> None:
        source = self._content(f"articles/{name}.md")
        target = self._content(f"articles/below/{name}/index.md")
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            (target.parent / "pic.png").write_bytes(IMAGES["one"])
            target.write_text(target.read_text() + "\n![pic](pic.png)\n")

    @rule(name=names)
    def delete(self, name: str) -> None:
        self._content(f"articles/{name}.md").unlink(missing_ok=True)
        shutil.rmtree(self._content(f"articles/below/{name}"), ignore_errors=True)

    @rule(name=names, other=names)
    def swap(self, name: str, other: str) -> None:
        first, second = (self._content(f"articles/{each}.md") for each in (name, other))
        if first.is_file() and second.is_file() and first != second:
            one, two = first.read_bytes(), second.read_bytes()
            first.write_bytes(two)
            second.write_bytes(one)

    # What tools do to files

    @rule(name=names)
    def touch(self, name: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            path.touch()

    @rule(name=names)
    def edit_and_restore_the_time(self, name: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            before = path.stat()
            text = path.read_text()
            path.write_text(text.replace("one", "ONE").replace("Text", "TEXT"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(name=names)
    def save_by_rename(self, name: str) -> None:
        path = self._content(f"articles/{name}.md")
        if path.is_file():
            other = path.with_suffix(".tmp")
            other.write_text(path.read_text() + "\nSaved.\n")
            other.replace(path)

    # Pages, digests, images

    @rule(name=names, word=words)
    def write_page(self, name: str, word: str) -> None:
        self._write(
            f"pages/{name}-page.md", f"---\ntitle: {word}\n---\n{name} [a](../articles/alpha.md)\n"
        )

    @rule(name=names)
    def delete_page(self, name: str) -> None:
        self._content(f"pages/{name}-page.md").unlink(missing_ok=True)

    @rule(week=st.integers(46, 49), pick=names, word=words)
    def write_digest(self, week: int, pick: str, word: str) -> None:
        self._write(
            f"digests/2026-W{week}.md", f"---\ntitle: {word}\npicks: [{pick}]\n---\n{word}\n"
        )

    @rule(week=st.integers(46, 49))
    def delete_digest(self, week: int) -> None:
        self._content(f"digests/2026-W{week}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(("saga", "other")), word=words)
    def write_story(self, name: str, word: str) -> None:
        self._write(
            f"stories/{name}.md", f"---\ntitle: {word}\n---\n{word} [a](../articles/alpha.md)\n"
        )

    @rule(name=st.sampled_from(("saga", "other")))
    def delete_story(self, name: str) -> None:
        self._content(f"stories/{name}.md").unlink(missing_ok=True)

    @rule(name=names, word=words)
    def write_image(self, name: str, word: str) -> None:
        self._content(f"{name}.png").write_bytes(IMAGES[word])

    @rule(name=names)
    def delete_image(self, name: str) -> None:
        self._content(f"{name}.png").unlink(missing_ok=True)
        for path in self._content("articles").rglob("*.md"):
            path.write_text(path.read_text().replace(f"![shown](/{name}.png)", ""))

    @rule(name=names)
    def lose_an_image(self, name: str) -> None:
        self._content(f"{name}.png").unlink(missing_ok=True)

    @rule(name=names)
    def cut_an_image(self, name: str) -> None:
        path = self._content(f"{name}.png")
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-9])

    # Theme and settings

    @rule(name=st.sampled_from(tuple(LAYOUTS)), word=words)
    def edit_layout(self, name: str, word: str) -> None:
        path = self.site / name
        path.write_text(LAYOUTS[name] + f"{word}\n")

    @rule(word=words)
    def add_optional_partial(self, word: str) -> None:
        (self.site / "layouts/partials/optional.html").write_text(f"<p>{word}</p>")

    @rule()
    def remove_optional_partial(self) -> None:
        (self.site / "layouts/partials/optional.html").unlink(missing_ok=True)

    @rule(word=words)
    def override_an_asset(self, word: str) -> None:
        write(self.site, {"layouts/assets/style.css": f"/* {word} */"})

    @rule(line=st.sampled_from(("title: Other", "paginate: 2", "language: de",
                                "permalinks: {articles: '/{year}/{slug}/'}",
                                "taxonomies: [tags]", "taxonomies: {tags: {matrix: true}}", "url: https://example.org/sub/",
                                "timezone: Pacific/Auckland", "digest: {group_by: weight}",
                                "images: {process: false}", "images: {widths: [16, 32]}",
                                "digest: {minimum: 2}", "digest: {minimum: 3}",
                                "feeds: {entries: 2, content: summary}",
                                "share_cards: true")))  # fmt: skip
    def change_settings(self, line: str) -> None:
        key = line.split(":", maxsplit=1)[0]
        lines = [each for each in SITE.splitlines() if not each.startswith(f"{key}:")]
        (self.site / "site.yaml").write_text("\n".join((*lines, line, "")))

    @rule()
    def restore_settings(self) -> None:
        (self.site / "site.yaml").write_text(SITE)

    # Time, mistakes and accidents

    @rule(hours=st.sampled_from((-90, -1, 1, 13, 40, 170)))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def toggle_drafts(self) -> None:
        self.drafts = not self.drafts

    @rule(name=names)
    def break_a_file(self, name: str) -> None:
        self._write(f"articles/{name}.md", "---\ntitle: [\n---\nBroken\n")

    @rule(name=names)
    def break_a_template(self, name: str) -> None:
        (self.site / "layouts/article.html").write_text("{{ page.nothing }}" + name)

    @rule()
    def mend_templates(self) -> None:
        write(self.site, LAYOUTS)

    @rule(moment=st.integers(1, 60))
    def kill_a_build(self, moment: int) -> None:
        """A build that ends at its nth write, like one that was killed there."""
        child = os.fork()
        if child == 0:
            try:
                _die_at(moment)
                build(self._options())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        self.seen = None

    @rule(number=st.integers(0, 40), how=st.sampled_from(("delete", "change", "empty")))
    def damage_output(self, number: int, how: str) -> None:
        files = sorted(p for p in (self.site / "output").rglob("*") if p.is_file())
        files = [each for each in files if each.name != FOREIGN]
        # What is written there is looked at by builds that are not told what has changed.
        self.seen = None
        if files:
            path = files[number % len(files)]
            if how == "delete":
                path.unlink()
            else:
                path.write_bytes(b"damaged" if how == "change" else b"")

    @rule()
    def lose_the_cache(self) -> None:
        shutil.rmtree(self.site / ".broadsheet", ignore_errors=True)

    @rule(number=st.integers(0, 12))
    def damage_the_cache(self, number: int) -> None:
        folder = self.site / ".broadsheet"
        files = sorted(
            (*folder.glob("*.sqlite"), *folder.glob("templates/*"), *folder.glob("images/*"))
        )
        if files:
            path = files[number % len(files)]
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 3] + b"\0" * 64 + data[len(data) // 3 + 64 :])

    @precondition(lambda self: (self.site / "output").is_dir())
    @rule()
    def add_a_file_of_ones_own(self) -> None:
        (self.site / "output" / FOREIGN).write_text("example.org")

    # The law

    @invariant()
    def the_output_is_that_of_a_clean_build(self) -> None:
        if not hasattr(self, "site"):
            return
        try:
            self._compare()
        except AssertionError:
            if not type(self).failed:
                type(self).failed = True
                print(f"failed first at example {type(self).begun}", file=sys.stderr)
            raise

    def _compare(self) -> None:
        before = _files(self.site / "output")
        foreign = before.get(FOREIGN)
        seen = self._sources()
        changed = self._changed(seen)
        report = build(msgspec.structs.replace(self._options(), changed=changed))
        self.seen = seen if report.output else None
        clean_report, clean = self._clean()
        assert report.diagnostics == clean_report.diagnostics
        after = _files(self.site / "output")
        assert after.pop(FOREIGN, None) == foreign, "a file of the author's own was touched"
        if report.output is None:
            before.pop(FOREIGN, None)
            # What a killed build had not published yet is no part of the site.
            before = {path: data for path, data in before.items() if not path.startswith(STAGING)}
            assert after == before, "a build that failed changed the site"
            return
        assert sorted(after) == sorted(clean)
        if changed is not None:
            self._compare_pages(after, clean)
            self.waits = not self.waits
            if not self.waits:
                return
            assert build(self._options()).output
            after = _files(self.site / "output")
            after.pop(FOREIGN, None)
        different = [path for path, data in clean.items() if after[path] != data]
        assert not different, {path: (clean[path], after[path]) for path in different[:2]}

    @staticmethod
    def _compare_pages(after: dict[str, bytes], clean: dict[str, bytes]) -> None:
        """What open pages show is there at once; feeds and related articles wait for their time."""
        different = [path for path in clean if _seen(after[path]) != _seen(clean[path])]
        assert all(map(is_for_programs, different)), different[:2]

    def _clean(self) -> tuple[Report, dict[str, bytes]]:
        copy = self.root / "clean"
        shutil.rmtree(copy, ignore_errors=True)
        ignored = shutil.ignore_patterns(".broadsheet", "output")
        shutil.copytree(self.site, copy, ignore=ignored)
        report = build(Options(copy, self.now, None, self.drafts, 1))
        return report, _files(copy / "output")

    def _sources(self) -> dict[Path, object]:
        """The state of every file that a build reads."""
        files = (path for path in self.site.rglob("*") if path.is_file())
        own = (self.site / "output", self.site / ".broadsheet")
        return {
            path: signature_of(path)
            for path in files
            if not any(path.is_relative_to(folder) for folder in own)
        }

    def _changed(self, now: dict[Path, object]) -> frozenset[Path] | None:
        before = self.seen
        if not self.watched or before is None:
            return None
        return frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))

    def _options(self) -> Options:
        return Options(self.site, self.now, None, self.drafts, self.jobs)

    def _content(self, path: str) -> Path:
        return self.site / "content" / path

    def _write(self, path: str, text: str) -> None:
        write(self.site, {f"content/{path}": text})


def _seen(page: bytes) -> bytes:
    return _RELATED.sub(b"", page)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _die_at(moment: int) -> None:
    """Lets this process end, with nothing tidied up, at its nth staged or published file."""
    left = moment
    replace, put = os.replace, _stage().put

    def counted() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os._exit(9)

    def dying_replace(*args: object, **kwargs: object) -> None:
        counted()
        replace(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def dying_put(self: object, path: str, data: bytes) -> object:
        counted()
        return put(self, path, data)  # type: ignore[arg-type]  # passed on as they came

    os.replace = dying_replace  # type: ignore[assignment]  # in a child process that ends soon
    _stage().put = dying_put  # type: ignore[method-assign,assignment]  # in a child that ends soon


def _stage() -> type:
    from generator.output import Stage

    return Stage


def run(examples: int, steps: int, jobs: int, start: int) -> None:
    """Runs the machine; raises what hypothesis raises when the law does not hold.

    `start` is the seed: different ones give different examples, the same one the same. With 0 jobs
    builds choose for themselves, and have a helper as those of a large newsletter do.
    """
    Newsletter.jobs = jobs
    if not jobs:
        generator.jobs.WORTH_A_HELPER = 0
    test = get_state_machine_test(
        Newsletter,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    seed(start)(test)()


if __name__ == "__main__":
    run(*(int(each) for each in sys.argv[1:5]))
