"""The write stage: makes the output folder equal to what was rendered.

Files are first written to a folder of their own in the output folder (staged); when everything has been
rendered, each is moved to its place (published), so that a file is whole or not there at all, and a
build that fails changes nothing. The first build stages a whole tree, and publishes it by moving
the few folders that it begins with. A list of everything that Broadsheet wrote lies in the output
folder, and only what is on it is ever removed. The list is written with the old names and the new
before the first file is moved, and again after the last, so that a build killed in between leaves
nothing unaccounted for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

MANIFEST = ".broadsheet-files"
STAGING = ".broadsheet-staging"
# Where in the stage the first build puts files as they are to lie in the output folder.
_TREE = "tree"
_HEADER = "Files that Broadsheet wrote here; it removes no others.\n"


class Staged(msgspec.Struct, frozen=True):
    """A file of the site: its path in the output folder, and where its new bytes wait.

    `name` is "" for a file that has these bytes already.
    """

    path: str
    name: str = ""


class Written(msgspec.Struct, frozen=True):
    """How many files a build changed and removed."""

    changed: int = 0
    removed: int = 0


class Stage:
    """Where one process puts the files of a build before they are published."""

    def __init__(self, output: Path, prefix: str) -> None:
        self._place = f"{output}/"
        self._staging = f"{output}/{STAGING}/"
        self._prefix = prefix
        self._serial = 0
        self._is_first = _holds_nothing(output)
        self._made: set[str] = set()

    def put(self, path: str, data: bytes) -> Staged:
        """Stages a file's bytes, unless the file has them already. Raises OSError."""
        if self._is_first:
            name = f"{_TREE}/{path}"
            _make_folder(self._staging, name, self._made)
        elif _holds(self._place + path, data):
            return Staged(path)
        else:
            self._serial += 1
            name = f"{self._prefix}-{self._serial}"
        with open(self._staging + name, "wb") as file:
            file.write(data)
        return Staged(path, name)


def open_stage(output: Path) -> None:
    """Makes the output folder and an empty stage in it, whatever a killed build left there."""
    staging = output / STAGING
    if staging.is_symlink():
        staging.unlink()
    _remove_folder(staging)
    staging.mkdir(parents=True)


def close_stage(output: Path) -> None:
    """Removes the stage and what is still in it."""
    _remove_folder(output / STAGING)


def _remove_folder(folder: Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def listed(output: Path) -> AbstractSet[str]:
    """Every file in the output folder that builds wrote."""
    try:
        text = (output / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return {line for line in text.split("\n")[1:] if line and _inside(line)}


def foreign(output: Path, staged: Sequence[Staged], before: AbstractSet[str]) -> list[str]:
    """The staged files for which something that no build wrote would have to go or be entered.

    That is a file in the same place, a folder there that holds one, or a file or symbolic link
    where a folder must be. `before` are the files that builds wrote (`listed`).
    """
    if _holds_nothing(output):
        return []
    place = f"{output}/"
    new = [each.path for each in staged if each.name]
    parents = {parent for path in new for parent in _parents(path)}
    closed = {
        parent
        for parent in parents
        if os.path.islink(place + parent)
        or (parent not in before and os.path.isfile(place + parent))
    }
    return [
        path
        for path in new
        if _is_foreign(output, path, before) or (closed and not closed.isdisjoint(_parents(path)))
    ]


def _is_foreign(output: Path, path: str, before: AbstractSet[str]) -> bool:
    """Whether there is a file at the path, or a folder with any in it, that no build wrote."""
    try:
        kind = os.lstat(f"{output}/{path}").st_mode
    except OSError:
        return False
    if not stat.S_ISDIR(kind):
        return path not in before
    files = (file for file in (output / path).rglob("*") if not file.is_dir())
    return any(file.relative_to(output).as_posix() not in before for file in files)


def publish(
    output: Path, wanted: AbstractSet[str], staged: Sequence[Staged], before: AbstractSet[str]
) -> Written:
    """Moves the staged files to their places; of what earlier builds wrote, only `wanted` stays.

    `before` are the files that builds wrote (`listed`). Raises OSError where the folder cannot be
    written.
    """
    if wanted is before:
        return Written(_move(output, staged))
    if not wanted <= before:
        _list(output, before | wanted)
    removed = _clear_the_way(output, before - wanted, wanted)
    changed = _move(output, staged)
    removed += sum(_remove(output, path) for path in sorted(before - wanted))
    if wanted != before:
        _list(output, wanted)
    return Written(changed, removed)


def _move(output: Path, staged: Sequence[Staged]) -> int:
    """Moves the staged files to their places, and tells how many."""
    # Joined as texts: with paths this costs as much as the moves do.
    place, staging = f"{output}/", f"{output}/{STAGING}/"
    tree = Path(staging + _TREE)
    if tree.is_dir():
        for each in sorted(tree.iterdir()):
            os.replace(each, place + each.name)
        return len(staged)
    made: set[str] = set()
    changed = 0
    for file in staged:
        if file.name:
            _make_folder(place, file.path, made)
            os.replace(staging + file.name, place + file.path)
            changed += 1
    return changed


def _make_folder(place: str, path: str, made: set[str]) -> None:
    """Makes the folder in which a file is to lie, unless it is among those made before."""
    folder = path.rpartition("/")[0]
    if folder not in made:
        Path(place + folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)


def _holds(target: str, data: bytes) -> bool:
    try:
        if os.stat(target).st_size != len(data):
            return False
        with open(target, "rb") as file:
            return file.read() == data
    except OSError:
        return False


def _holds_nothing(output: Path) -> bool:
    """Whether the output folder has nothing in it but the stage."""
    return [each.name for each in output.iterdir()] == [STAGING]


def _clear_the_way(output: Path, old: AbstractSet[str], wanted: AbstractSet[str]) -> int:
    """Removes old files where new folders must be, and old folders where new files must be."""
    if not old:
        return 0
    folders = {parent for path in wanted for parent in _parents(path)}
    blocking = (
        path
        for path in sorted(old)
        if path in folders or any(parent in wanted for parent in _parents(path))
    )
    return sum(_remove(output, path) for path in blocking)


def _remove(output: Path, path: str) -> bool:
    """Removes a file that a build wrote, and the folders that this leaves empty."""
    target = output / path
    if target.is_symlink() or not target.is_file():
        return False
    target.unlink()
    for parent in _parents(path):
        try:
            (output / parent).rmdir()
        except OSError:
            break
    return True


def _parents(path: str) -> list[str]:
    """The folders that a path is in, the innermost first."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def _inside(path: str) -> bool:
    return not path.startswith(("/", "\\")) and (".." not in path or ".." not in path.split("/"))


def _list(output: Path, paths: Iterable[str]) -> None:
    staged = output / STAGING / "files"
    staged.write_text(_HEADER + "".join(f"{path}\n" for path in sorted(paths)), "utf-8")
    os.replace(staged, output / MANIFEST)
