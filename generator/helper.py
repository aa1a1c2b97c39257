"""A forked copy of this process that works beside it, and is at hand for more.

To start one costs a few milliseconds, where an executor of processes takes fifty with what it has
to load. It is there for builds that somebody waits for, in which little is to be done.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from struct import Struct as Layout
from typing import Any, BinaryIO, NoReturn, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_LENGTH = Layout("<Q")


def can_fork() -> bool:
    """Whether this process may go on as two: not with threads, of which a copy has only one."""
    return sys.platform == "linux" and threading.active_count() == 1


class Helper:
    """Does `first`, makes itself ready with `then`, and does tasks one after the other.

    None in place of an answer says that it has failed, and will not answer again.
    """

    def __init__(self, first: Callable[[], bytes], then: Callable[[], object]) -> None:
        reading, asking = os.pipe()
        answered, answering = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.close(asking)
            os.close(answered)
            _serve(first, then, reading, answering)
        os.close(reading)
        os.close(answering)
        self._asks = os.fdopen(asking, "wb")
        self._answers = os.fdopen(answered, "rb")

    @cached_property
    def first(self) -> bytes | None:
        """What `first` came to."""
        return _received(self._answers)

    def do(
        self, task: Callable[[Sequence[_Item]], Sequence[_Result]], items: Sequence[_Item]
    ) -> Sequence[_Result] | None:
        """What the task comes to."""
        import pickle

        if self.first is None:
            return None
        try:
            _send(self._asks, pickle.dumps((task, items)))
        except BrokenPipeError:
            return None
        answer = _received(self._answers)
        result: Sequence[_Result] | None = pickle.loads(answer) if answer else None  # noqa: S301  # its own
        return result

    def close(self) -> None:
        """Ends the helper, whatever it is doing."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self._answers.close()
        with suppress(BrokenPipeError):
            self._asks.close()


def _serve(
    first: Callable[[], bytes], then: Callable[[], object], reading: int, answering: int
) -> NoReturn:
    """All that the copy does. Whatever goes wrong ends it, and is left for its parent to find."""
    try:
        from queue import SimpleQueue

        asked: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=_listen, args=(reading, asked.put), daemon=True).start()
        with os.fdopen(answering, "wb") as answers:
            _send(answers, first())
            then()
            import pickle

            while True:
                task, items = pickle.loads(asked.get())  # noqa: S301  # from its own parent
                _send(answers, pickle.dumps(task(items)))
    finally:
        os._exit(1)


def _listen(reading: int, take: Callable[[bytes], Any]) -> None:
    """Takes what is asked; ends the process when there is nobody any more who could ask.

    What its parent has locked is locked until then.
    """
    with os.fdopen(reading, "rb") as asks:
        while (asked := _received(asks)) is not None:
            take(asked)
    os._exit(1)


def _send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _received(pipe: BinaryIO) -> bytes | None:
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(length)
    data = pipe.read(size)
    return data if len(data) == size else None
