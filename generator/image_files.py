"""Makes and stages the files derived of images, in worker processes or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import msgspec

from generator.cache.images import ImageCache
from generator.cache.site import PageRecord
from generator.code import images_fingerprint
from generator.diagnostics import Diagnostic, error
from generator.images.recipe import Recipe
from generator.jobs import Workers
from generator.output import Stage, Staged

# How many pages take as long as one derived file does.
_PAGES_EACH = 20


class Derived(msgspec.Struct, frozen=True):
    """A derived file that was staged, and whether it had to be made."""

    staged: Staged
    is_made: bool


class ImageFolders(msgspec.Struct, frozen=True):
    """Where originals are, where derived files are staged and where they are kept."""

    site: str
    output: str
    workspace: str


class _File(msgspec.Struct, frozen=True):
    path: str
    key: str
    recipe: Recipe


class _Task(msgspec.Struct, frozen=True):
    """All files to derive of one image, which is read and decoded once for them."""

    source: str
    files: tuple[_File, ...]


def derive_images(
    pages: Sequence[PageRecord], folders: ImageFolders, build: str, workers: Workers
) -> Iterator[Derived | Diagnostic]:
    """Every derived file staged, in their order, or what is wrong with an image.

    `build` is a name that no other build has.
    """
    tasks = [
        _Task(source, tuple(_file(page) for page in of_one))
        for source, of_one in groupby(pages, key=lambda page: page.source)
    ]
    if not tasks:
        return
    work = partial(_derive, folders, build, images_fingerprint())
    yield from workers.run(work, tasks, len(pages) * _PAGES_EACH, 1)


def image_cache(workspace: Path) -> ImageCache:
    """The cache of a workspace's derived files."""
    return ImageCache(workspace, images_fingerprint())


def _file(page: PageRecord) -> _File:
    assert page.recipe is not None, "only these are derived"
    return _File(page.path, page.values, page.recipe)


def _derive(
    folders: ImageFolders, build: str, version: str, tasks: Sequence[_Task]
) -> list[Derived | Diagnostic]:
    cache = ImageCache(Path(folders.workspace), version)
    return [each for task in tasks for each in _derive_all(folders, build, cache, task)]


def _derive_all(
    folders: ImageFolders, build: str, cache: ImageCache, task: _Task
) -> Iterator[Derived | Diagnostic]:
    # A name of its own for each image: the process stages pages, too.
    stage = Stage(Path(folders.output), f"{build}-{task.files[0].key}")
    known = {file.key: cache.read(file.key) for file in task.files}
    missing = [file for file in task.files if known[file.key] is None]
    if missing:
        made = _made(Path(folders.site) / task.source, missing)
        if isinstance(made, str):
            yield error(task.source, made, hint="copy the file again from where it came from")
            return
        for key, data in made.items():
            cache.write(key, data)
        known |= made
    for file in task.files:
        yield Derived(stage.put(file.path, known[file.key] or b""), file in missing)


def _made(original: Path, files: Sequence[_File]) -> dict[str, bytes] | str:
    """The bytes of each file by its key; what is wrong with the original, where it is damaged."""
    # Pillow is loaded only where an image has to be decoded.
    from generator.images.derive import Original
    from generator.images.header import BadImage

    image = Original(original.read_bytes())
    try:
        return {file.key: image.derive(file.recipe) for file in files}
    except BadImage as why:
        return str(why)
