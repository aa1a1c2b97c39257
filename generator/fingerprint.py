"""A canonical value to a short hash of its content."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec


def _refuse(value: Any) -> Any:
    raise TypeError(f"a {type(value).__name__} has no canonical encoding")


# Sets would be accepted and their order is not theirs: "deterministic" sorts them, and dictionaries.
_encoder = msgspec.msgpack.Encoder(enc_hook=_refuse, order="deterministic")


def fingerprint(*values: Any) -> str:
    """The hash of the values: 32 hexadecimal digits, equal exactly when the values are equal.

    Takes what msgpack can say: None, bool, int, float, str, bytes, datetime, tuples, lists,
    dictionaries and msgspec structs of them. Raises TypeError for anything else.
    """
    return blake2b(_encoder.encode(values), digest_size=16).hexdigest()


def fingerprint_bytes(data: bytes) -> str:
    """The hash of a file's content: 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def stamp(value: Any) -> bytes:
    """Eight bytes in place of a fingerprint, where very many are kept and two seldom compared."""
    return blake2b(_encoder.encode(value), digest_size=8).digest()
