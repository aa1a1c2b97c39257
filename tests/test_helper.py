"""A helper works beside a build; whatever becomes of it, the build comes to the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import generator.jobs
from generator.helper import Helper, can_fork
from generator.jobs import Workers
from tests.published import publish, rebuild
from tests.tiny import LAYOUTS, SITE, article, write

ONE, TWO = "content/articles/one.md", "content/articles/two.md"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are safe on Linux only")


def nothing() -> None:
    """It needs no more to be ready."""


def doubled(numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


def processes(_: Sequence[int]) -> list[int]:
    return [os.getpid()]


def failing(_: Sequence[int]) -> list[int]:
    raise ValueError("not to be had")


def dying(_: Sequence[int]) -> list[int]:
    os._exit(1)


def test_it_answers_from_a_process_of_its_own() -> None:
    assert can_fork()
    helper = Helper(lambda: b"%d" % os.getpid(), nothing)
    try:
        assert helper.first
        assert int(helper.first) != os.getpid()
        assert helper.do(doubled, [1, 2]) == [2, 4]
        assert helper.do(processes, [1]) == [int(helper.first)]
    finally:
        helper.close()


def test_what_it_did_first_need_not_be_asked_for() -> None:
    helper = Helper(lambda: b"", nothing)
    try:
        assert helper.do(doubled, [1]) == [2]
    finally:
        helper.close()


@pytest.mark.parametrize("task", [failing, dying])
def test_one_that_fails_says_nothing(task: Callable[[Sequence[int]], list[int]]) -> None:
    helper = Helper(lambda: b"", nothing)
    try:
        assert helper.do(task, [1]) is None
        assert helper.do(doubled, [1]) is None
    finally:
        helper.close()


def test_what_a_helper_fails_to_do_is_done_here() -> None:
    here = os.getpid()

    def only_here() -> bytes:
        if os.getpid() != here:
            raise ValueError
        return b"found"

    with Workers(2) as workers:
        found = workers.begin(only_here, nothing, generator.jobs.WORTH_A_HELPER)
        assert found() == b"found"
        assert list(workers.run(processes, [1], 1, 1, helped=True)) == [here]


def test_a_small_task_is_helped_with_when_it_is_asked_for() -> None:
    with Workers(2) as workers:
        workers.begin(lambda: b"", nothing, generator.jobs.WORTH_A_HELPER)
        (helper,) = workers.run(processes, [1], 1, 1, helped=True)
        (own,) = workers.run(processes, [1], 1, 1)
    assert helper != os.getpid()
    assert own == os.getpid()


def test_it_ends_with_its_parent_and_lets_go_of_what_that_had() -> None:
    # Its output is read until the last process that can write to it has ended.
    script = (
        "import os; from generator.helper import Helper\n"
        "waiting, _ = os.pipe()\n"
        "Helper(lambda: os.read(waiting, 1), lambda: None)\n"
        "os._exit(7)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, b"", b"")


@pytest.mark.parametrize("helped", [True, False])
def test_an_edit_is_built_the_same_with_and_without_one(
    helped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator.jobs, "WORTH_A_HELPER", 0 if helped else 10**6)
    code = "One.\n\n```python\nx = 1\n```\n"
    old = {
        **LAYOUTS,
        "site.yaml": SITE,
        ONE: article("one"),
        TWO: article("two", body=f"{code}\nText"),
    }
    new = {TWO: article("two", body=f"{code.replace('1', '2')}\nText")}
    publish(tmp_path / "edited", old)
    (tmp_path / "edited/output/index.html").write_text("damaged")
    write(tmp_path / "edited", new)
    edited = rebuild(tmp_path / "edited", jobs=0)
    rendered = dict(edited.report.rendered)
    assert rendered["index.html"] == ("its file in the output folder",)
    assert "articles/one/index.html" not in rendered
    assert edited.files() == publish(tmp_path / "clean", {**old, **new}).files()
