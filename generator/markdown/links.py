"""Addresses in content: which are allowed, and which mean another file of the content folder."""

from __future__ import annotations

import re
from posixpath import join, normpath
from urllib.parse import unquote

import msgspec

REFERENCE = "content:"

# An address that is read as it is written, from end to end.
PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?"
    r"(?:[/?#](?:[A-Za-z0-9;/?:@&=+$,._!~*()#-]|%[0-9A-Fa-f]{2})*)?"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# What browsers leave out of an address before they read its scheme (WHATWG URL, section 4.4).
_IGNORED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# What Pelican's authors write before the name of a content file.
_PELICAN = re.compile(r"^(?:\{|%7B)(?:filename|static|attach)(?:\}|%7D)", re.IGNORECASE)
_ALLOWED = frozenset(
    "http https mailto tel sms xmpp irc ircs matrix ftp sftp news nntp gemini gopher geo magnet "
    "webcal feed git ssh urn doi acct".split()
)
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=%]*", re.I)


class Address(msgspec.Struct, frozen=True):
    """What becomes of an address: `url` to write, or None to drop it.

    `reference` is the file of the content folder that it means, or "".
    """

    url: str | None
    reference: str = ""


def address(url: str, folder: str, *, image: bool = False) -> Address:
    """Judges an address written in a file of `folder` (relative to the content folder).

    Relative ones become `content:PATH`, which the plan resolves; `/…`, from the site's root,
    becomes `content:/…`. Schemes that can run code or are unknown are dropped.
    """
    bare = _IGNORED.sub("", url).strip().replace(" ", "%20")
    scheme = _SCHEME.match(bare)
    if scheme:
        if scheme[1].lower() in _ALLOWED or (image and _DATA_IMAGE.fullmatch(bare)):
            return Address(bare)
        return Address(None)
    if not bare or bare[0] in "#?" or bare.startswith("//"):
        return Address(bare)
    if bare[0] == "/":
        return Address(REFERENCE + bare, bare)
    path, mark, rest = _cut(_PELICAN.sub("", bare))
    if path.startswith("/"):
        # Pelican's `{filename}/x.md` begins at the content folder.
        folder, path = "", path.lstrip("/")
    target = normpath(join(folder, path)) + ("/" if path.endswith("/") else "")
    return Address(f"{REFERENCE}{target}{mark}{rest}", unquote(target))


def _cut(url: str) -> tuple[str, str, str]:
    """A path, and what follows it from the first `?` or `#` on."""
    for index, character in enumerate(url):
        if character in "?#":
            return url[:index], character, url[index + 1 :]
    return url, "", ""
