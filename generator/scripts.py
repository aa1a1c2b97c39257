"""Scripts that are written without spaces between words: Thai, Chinese, Japanese; Hangul joins particles."""

from __future__ import annotations

import re
from functools import cache

# Nearly every text without these scripts is told by a small class: one of so many thousand
# characters takes milliseconds to compile, which every build would wait for.
_PERHAPS = re.compile("[^\x00-\u0dff\u2000-\u2fff]")


def has_unspaced(text: str) -> bool:
    """Whether any character of the text is of a script without spaces."""
    return not text.isascii() and bool(_PERHAPS.search(text) and unspaced().search(text))


@cache
def unspaced() -> re.Pattern[str]:
    """Matches a run of characters of these scripts."""
    return re.compile(
        "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
    )
