"""Published articles with nearly the same text: looked for beside the plan, which knows no bodies."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from generator.cache.content import ContentCache
from generator.fingerprint import fingerprint
from generator.loading import Loaded
from generator.model import Body
from generator.plan.findings import Finding
from generator.resemblance import candidates, resemblance

# Issues of a weekly that are short share up to two thirds by their formulas alone.
ALIKE = 0.7
_KEPT = "alike"


class _Judged(msgspec.Struct, frozen=True):
    """The pairs that were found, and by the fingerprints of bodies that were compared: if alike."""

    key: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    alike: dict[str, bool] = {}


def alike_texts(
    cache: ContentCache, loaded: Loaded, left_out: Collection[str], told: Collection[str]
) -> list[Finding]:
    """A warning for each article whose text is nearly that of one before it by path, naming both.

    The articles in `left_out` are not published; of those in `told` it is known already.
    """
    last = _last(cache)
    same, once = _by_body(loaded, left_out)
    key = fingerprint(once)
    pairs = last.pairs if last.key == key else tuple(candidates(once))
    alike = {}
    findings: dict[str, Finding] = {}
    for first, second in sorted((*same, *pairs)):
        bodies = fingerprint(loaded.bodies[first], loaded.bodies[second])
        found = last.alike.get(bodies)
        alike[bodies] = _are_alike(cache, first, second) if found is None else found
        if alike[bodies] and second not in told:
            message = f"the text is nearly that of {first}"
            hint = "keep one of the two, with the other's address among its aliases"
            findings.setdefault(second, Finding("warning", second, message, hint))
    now = _Judged(key, pairs, alike)
    if now != last:
        cache.put(_KEPT, msgspec.msgpack.encode(now))
    return list(findings.values())


def _by_body(
    loaded: Loaded, left_out: Collection[str]
) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Each article with the body of one before it, paired with that; the sketches of the others."""
    first: dict[str, str] = {}
    same = []
    once = {}
    for source, sketch in loaded.sketches.items():
        if source in left_out:
            continue
        earlier = first.setdefault(loaded.bodies[source], source)
        if earlier == source:
            once[source] = sketch
        else:
            same.append((earlier, source))
    return same, once


def _last(cache: ContentCache) -> _Judged:
    kept = cache.get(_KEPT)
    return msgspec.msgpack.decode(kept, type=_Judged) if kept else _Judged()


def _are_alike(cache: ContentCache, first: str, second: str) -> bool:
    decode = msgspec.msgpack.Decoder(Body).decode
    one, other = (decode(cache.body(each)).markdown for each in (first, second))
    return resemblance(one, other) >= ALIKE
