"""Into how many parts the search index is cut, and in which of them an article is."""

from __future__ import annotations

from generator.fingerprint import fingerprint_bytes

# Where the index is, in the output folder.
FOLDER = "pagefind"
# An edit costs a new index of the part that its article is in; a search asks all of them.
_IN_A_PART = 64
_MOST_PARTS = 16


def parts(articles: int) -> int:
    """Into how many parts the index of so many articles is cut: 1, 2, 4, 8 or 16."""
    count = 1
    while count < _MOST_PARTS and articles > count * _IN_A_PART:
        count *= 2
    return count


def part_of(path: str, count: int) -> int:
    """The part of so many that a page is in: its own for good, whatever becomes of the others.

    As it says nothing of the page, words are about as frequent in one part as in another, which
    makes their scores comparable.
    """
    return int(fingerprint_bytes(path.encode()), 16) % count
