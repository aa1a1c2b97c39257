"""What can be wrong with Pagefind; apart from its use, which most builds have none for."""

from __future__ import annotations


class NoPagefind(Exception):
    """Pagefind is not installed."""


class PagefindFailed(Exception):
    """Pagefind did not do its work; the argument is what it said last."""
