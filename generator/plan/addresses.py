"""Where everything goes: articles, pages and assets to paths, and references to addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from posixpath import dirname, relpath
from urllib.parse import unquote, urljoin

from generator.config import Config
from generator.images.unshown import HINT, WHY, is_unshown
from generator.markdown.links import REFERENCE
from generator.model import Article, Asset, Picture, Places, TextPage
from generator.plan.findings import Finding, severity_of_images
from generator.plan.library import Content, Selection
from generator.plan.pictures import picture_of
from generator.plan.waiting import waiting_files
from generator.routes import article_path, url

_MARKDOWN = (".md", ".markdown")


class Addresses:
    """The path from the site's root of every article, page and asset, by its file."""

    def __init__(self, content: Content, selection: Selection, config: Config) -> None:
        self._config = config
        self.articles = {a.source: article_path(a, config) for a in content.articles}
        self._published = {article.source for article in selection.articles}
        self._published |= {page.source for page in selection.pages}
        # Whose missing images are told: what is not published lacks its images anyhow.
        self._told = self._published | {each.source for each in content.digests}
        self._pages = {page.source: page_path(page) for page in content.pages}
        folders = {a.folder: a for a in content.articles if a.folder}
        waiting = waiting_files(content, selection)
        free = [asset for asset in content.assets if asset.path not in waiting]
        self.assets = dict(self._asset_paths(free, folders))
        self._assets = {asset.path: asset for asset in content.assets}
        self._at = {path: name for name, path in self.assets.items()}

    def _asset_paths(
        self, assets: Sequence[Asset], folders: dict[str, Article]
    ) -> Iterable[tuple[str, str]]:
        """An article's own files go beside its page, and are held back with it."""
        for asset in assets:
            folder = dirname(asset.path)
            while folder and folder not in folders:
                folder = dirname(folder)
            owner = folders.get(folder)
            if owner is None:
                yield asset.path, "/" + asset.path
            elif owner.source in self._published:
                place = self.articles[owner.source]
                beside = place if place.endswith("/") else dirname(place) + "/"
                yield asset.path, beside + asset.path[len(folder) + 1 :]

    def resolve(
        self, references: Iterable[str], source: str, own_url: str, images: Iterable[str] = ()
    ) -> tuple[Places, tuple[Finding, ...]]:
        """Where each reference leads that stands in the file `source`, whose page is `own_url`.

        One to an article or page that is not published leads nowhere (""), which is a finding.
        One that leads to no file is taken as relative to the page; where it looks like a file's
        name, or is one of the `images` that are shown, that is a finding.
        """
        images = frozenset(images)
        found: dict[str, str] = {}
        pictures: dict[str, Picture] = {}
        findings: list[Finding] = []
        for reference in references:
            path, rest = _split(reference.removeprefix(REFERENCE))
            if reference in images:
                asset = self.asset_of(reference)
                picture = (
                    picture_of(asset, self.assets[asset.path], self._config) if asset else None
                )
                if picture is not None:
                    pictures[reference] = picture
                elif asset is None and source in self._told and not path.startswith("/"):
                    findings.append(self._missing(source, path))
            if path.startswith("/"):
                found[reference] = self._config.base_path + path[1:] + rest
                continue
            target = self._target(unquote(path))
            if target is not None:
                name, place, kind = target
                if kind and name not in self._published:
                    # Its address is made of its own words, and leads nowhere.
                    found[reference] = ""
                    findings.append(_finding(source, path, f"the {kind} is not published"))
                else:
                    found[reference] = url(place, self._config) + rest
                continue
            slash = "/" if path.endswith("/") else ""
            joined = urljoin(own_url, _relative(path, dirname(source)) + slash)
            # With more `..` than there are folders, urljoin loses the first slash.
            found[reference] = f"/{joined.lstrip('/')}{rest}"
            if _looks_like_file(path) and reference not in images:
                findings.append(_finding(source, path, "there is no such file"))
        return Places(found, pictures), tuple(findings)

    def asset_of(self, reference: str) -> Asset | None:
        """The published asset that a reference leads to, if it leads to one."""
        path = unquote(_split(reference.removeprefix(REFERENCE))[0])
        name = self._at.get(path, "") if path.startswith("/") else path
        return self._assets[name] if name in self.assets else None

    def _missing(self, source: str, path: str) -> Finding:
        word = path.rsplit("/", 1)[-1]
        name = unquote(path).lstrip("/")
        if name in self._assets:
            message = (
                f"the image {unquote(path)!r} is held back with the article that it belongs to"
            )
            hint = "move it to a folder of its own"
        elif is_unshown(name):
            message, hint = f"the image {unquote(path)!r} cannot be shown: {WHY}", HINT
        else:
            message, hint = f"there is no image {unquote(path)!r}", self._near(name)
        severity = severity_of_images(self._config)
        return Finding(severity, source, message, hint, word=word)

    def _near(self, name: str) -> str:
        """A hint with the file whose name is another only by capital letters, which systems hide."""
        for known in self._assets:
            if known.lower() == name.lower():
                return f"did you mean {known.rsplit('/', 1)[-1]!r}?"
        return "put it there, or mend its name"

    def _target(self, path: str) -> tuple[str, str, str] | None:
        """The file that is meant, its path from the site's root, and what has to be published."""
        bare = path.rstrip("/")
        tables = ((self.articles, "article"), (self._pages, "page"), (self.assets, ""))
        for name in (bare, *(bare + end for end in (*_MARKDOWN, "/index.md"))):
            for table, kind in tables:
                if name in table:
                    return name, table[name], kind
        return None


def _relative(path: str, folder: str) -> str:
    """The way from one folder to a path; both may lie above the content folder.

    Both hang below a root that is deep enough: else the folder in which the build runs would count.
    """
    root = "/" + "_/" * path.count("..")
    return relpath(root + path, root + folder)


def page_path(page: TextPage) -> str:
    """A page's path from the site's root."""
    return f"/{page.path}/" if page.path else "/"


def _split(reference: str) -> tuple[str, str]:
    for index, character in enumerate(reference):
        if character in "?#":
            return reference[:index], reference[index:]
    return reference, ""


def _looks_like_file(path: str) -> bool:
    return path.lower().endswith((*_MARKDOWN, ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"))


def _finding(source: str, path: str, what: str) -> Finding:
    word = path.rsplit("/", 1)[-1]
    return Finding("warning", source, f"link to {path!r}: {what}", word=word)
