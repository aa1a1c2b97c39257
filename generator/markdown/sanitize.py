"""Raw HTML of authors to safe and balanced HTML, by nh3 (the `ammonia` parser for Rust)."""

from __future__ import annotations

import re

from generator.markdown.links import REFERENCE, address

_EXTRA_TAGS = frozenset(
    "article aside audio details dfn figcaption figure footer header input label main mark nav picture "
    "rb rp rt rtc ruby samp section small source summary time track video wbr bdi bdo".split()
)
_GLOBAL = frozenset("class id lang dir title tabindex".split())
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "hreflang", "rel", "target", "name"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading", "srcset", "sizes"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start", "type", "reversed"},
    "source": {"src", "srcset", "type", "media", "sizes"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "scope", "align"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"controls", "loop", "muted", "preload", "src", "poster", "width", "height"},
}
_SCHEMES = {REFERENCE.rstrip(":"), "http", "https", "mailto", "tel", "data"}
_ADDRESSES = frozenset({"href", "src", "poster", "cite"})

TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE_NAME = re.compile(r"""[\s"'/]([A-Za-z_:@][^\s=>"'/]*)""")

# Left out together with what is in them; authors are told.
_REMOVED = ("script", "style", "iframe", "object", "embed", "form", "noscript", "template")
_REMOVED_TAG = re.compile(rf"<({'|'.join(_REMOVED)})\b", re.IGNORECASE)

KNOWN_TAGS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote "
    "body br button canvas caption center cite code col colgroup data datalist dd del details dfn "
    "dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 "
    "h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main "
    "map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option "
    "output p param picture pre progress q rb rp rt rtc ruby s samp script search section select "
    "slot small source span strike strong style sub summary sup svg table tbody td template "
    "textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)

# What may stand within a line of text (HTML, "phrasing content"), and what may be linked as a whole.
PHRASING = frozenset(
    "a abbr acronym b bdi bdo br cite code data del dfn em i img ins kbd mark picture q rb rp rt rtc "
    "ruby s samp small source span strike strong sub sup time tt u var wbr".split()
)
LINKABLE = PHRASING - {"a"}


def removed_tag(html: str) -> str:
    """The name of an element in raw HTML that sanitising leaves out whole, or ""."""
    found = _REMOVED_TAG.search(html)
    return found[1].lower() if found else ""


def sanitize(html: str, folder: str, within: frozenset[str] | None = None) -> str:
    """Safe, balanced HTML: known elements and attributes only, no script, no foreign schemes.

    Of the known elements only those `within` the given ones are kept, where some are given.
    """
    import nh3

    known = nh3.ALLOWED_TAGS | _EXTRA_TAGS
    return nh3.clean(
        html,
        tags=set(known if within is None else known & within),
        clean_content_tags=set(_REMOVED),
        attributes=_with_globals(_ATTRIBUTES),
        attribute_filter=_Filter(folder),
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def balance(html: str, folder: str) -> str:
    """The same HTML with every element closed: for sites that trust their authors."""
    import nh3

    tags = {name.lower() for name in TAG_NAME.findall(html)}
    names = {name.lower() for name in _ATTRIBUTE_NAME.findall(html)}
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=set(),
        attributes=dict.fromkeys(tags, names),
        attribute_filter=_Filter(folder),
        url_schemes={scheme.lower() for scheme in re.findall(r"([A-Za-z][\w+.-]*):", html)},
        link_rel=None,
        strip_comments=False,
    )


def _with_globals(attributes: dict[str, set[str]]) -> dict[str, set[str]]:
    return {**attributes, "*": set(_GLOBAL)}


class _Filter:
    """Turns the addresses of raw HTML into references like those of Markdown."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        if name not in _ADDRESSES or value.startswith(REFERENCE):
            return value
        return address(value, self.folder, image=tag == "img").url
