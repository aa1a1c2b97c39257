"""A site's settings: the frozen values that `site.yaml` is read into.

What each key means is told where it is read, in `generator.site_fields`.
"""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from generator.model import Inline, Story


class Person(msgspec.Struct, frozen=True):
    """Who publishes the newsletter."""

    name: str = ""
    url: str = ""
    email: str = ""
    logo: str = ""
    # Their pages on other sites, as addresses.
    profiles: tuple[str, ...] = ()

    @property
    def x_account(self) -> str:
        """The name on X, as in `@openpage`, where one of the profiles is there; else empty."""
        for profile in self.profiles:
            parts = urlsplit(profile)
            if (parts.hostname or "").removeprefix("www.") in ("x.com", "twitter.com"):
                name = parts.path.strip("/")
                return f"@{name}" if name and "/" not in name else ""
        return ""


class NavLink(msgspec.Struct, frozen=True):
    """One link of the site's navigation."""

    title: str
    url: str


class Taxonomy(msgspec.Struct, frozen=True):
    """A way of grouping articles. `name` is its front matter key and its address.

    `title` and `singular` may be empty in settings: the plan names it in the site's language.
    """

    name: str
    title: str = ""
    singular: str = ""
    feeds: bool = True
    names: dict[str, str] = {}
    matrix: bool = False


class MarkdownSettings(msgspec.Struct, frozen=True):
    """How Markdown is read."""

    html: Literal["sanitize", "allow"] = "sanitize"
    emoji: bool = False
    highlight: bool = True


class LoadSettings(msgspec.Struct, frozen=True):
    """All settings that the load of a content file depends on, beside its bytes."""

    timezone: str
    host: str
    taxonomies: tuple[str, ...]
    unknown_keys: Literal["error", "keep"]
    key_map: dict[str, str | None]
    defaults: dict[str, Any]
    markdown: MarkdownSettings
    permalink: str


class ContentSettings(msgspec.Struct, frozen=True):
    """Where the content is. All paths are relative; those but `folder` to the content folder."""

    folder: str = "content"
    articles: tuple[str, ...] = ("articles",)
    pages: tuple[str, ...] = ("pages",)
    digests: tuple[str, ...] = ("digests",)
    stories: tuple[str, ...] = ("stories",)
    ignore: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    on_error: Literal["fail", "skip"] = "fail"


class FeedSettings(msgspec.Struct, frozen=True):
    """How much a feed holds, and the WebSub hub that tells its subscribers of news."""

    entries: int = 20
    content: Literal["full", "summary"] = "full"
    hub: str = ""


class DigestSettings(msgspec.Struct, frozen=True):
    """How a week's articles are grouped: by a taxonomy's name, by `weight`, or not (`none`).

    `title` may be empty in settings: the plan fills it in. A week with fewer articles than
    `minimum` is merged into the next one.
    """

    group_by: str
    title: str = ""
    minimum: int = 0


class Subscribe(msgspec.Struct, frozen=True):
    """A form: where it is sent, what the address is called there, and fields that readers do not see.

    `provider` is who gets the address. `button` and `note` are the owner's words, or empty.
    """

    action: str
    field: str
    provider: str
    hidden: tuple[tuple[str, str], ...] = ()
    button: str = ""
    note: str = ""


class ImageSettings(msgspec.Struct, frozen=True):
    """How images are published; `widths` are in pixels and rise, `sizes` is HTML's attribute."""

    process: bool = True
    widths: tuple[int, ...] = (480, 800, 1200, 1600, 2400)
    quality: int = 80
    sizes: str = "(min-width: 48em) 44em, 100vw"


class Config(msgspec.Struct, frozen=True):
    """A site's settings, complete and checked. `url` ends with `/`."""

    title: str
    url: str
    load: LoadSettings
    content: ContentSettings
    feeds: FeedSettings
    digest: DigestSettings
    taxonomies: tuple[Taxonomy, ...]
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    # Empty for dates in the form of each page's language.
    date_format: str = ""
    publisher: Person = Person()
    rights: Inline | None = None
    output: str = "output"
    layouts: str = "layouts"
    articles_permalink: str = "/articles/{slug}/"
    paginate: int = 20
    share: tuple[str, ...] = ()
    nav: tuple[NavLink, ...] = ()
    stories: tuple[Story, ...] = ()
    share_cards: bool = False
    fresh_hours: int = 24
    search: bool = False
    subscribe: Subscribe | None = None
    images: ImageSettings = ImageSettings()
    extra: dict[str, Any] = {}

    @property
    def base_path(self) -> str:
        """The path of the site's address: `/`, or `/blog/` where it lives in a folder."""
        return urlsplit(self.url).path

    @property
    def host(self) -> str:
        """What makes an address from the host's root absolute: `https://example.org`."""
        return self.url.removesuffix(self.base_path)
