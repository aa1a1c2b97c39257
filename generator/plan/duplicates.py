"""Published articles that report one source: told to the editor, who may have forgotten the first."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.model import Article
from generator.plan.findings import Finding

_PORTS = {"http": ":80", "https": ":443"}


def one_source(articles: Sequence[Article]) -> tuple[Finding, ...]:
    """A warning for each article on a source that an earlier one is on, naming the first of them.

    `articles` are newest first.
    """
    first: dict[str, Article] = {}
    found = []
    for article in reversed(articles):
        address = page_of(article.origin.url) if article.origin and article.origin.url else ""
        earlier = first.setdefault(address, article) if address else article
        if earlier is not article:
            message = f"this is the source of {earlier.source} too"
            hint = "merge the two, or name the source that is this article's own"
            found.append(Finding("warning", article.source, message, hint, ("source", "url")))
    return tuple(found)


def page_of(address: str) -> str:
    """What two addresses of one page have in common; "" where one names no page but a whole site.

    Scheme and host are compared without case (RFC 3986, section 6.2.2.1) and default port, and
    http is the same as https, and a host the same with `www.` before it. Fragments, slashes at the
    end and `utm_` parameters, by which visits are counted, are left out; the order of the other
    parameters does not matter.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(_PORTS.get(scheme, ":")).removeprefix("www.")
    path = parts.path.rstrip("/")
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not name.lower().startswith("utm_")
        )
    )
    return f"{host}{path}?{query}" if path or query else ""
