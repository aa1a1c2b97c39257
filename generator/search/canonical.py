"""Puts what Pagefind writes in an order of its own making into one that is always the same.

Pagefind gives each filter's values in the order of a hash table that is seeded anew in every run. The
names of filter files, the index of the index and its name follow from that; so they are made again
here.
"""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import Any

# Before the CBOR of each of its files.
_SIGNATURE = b"pagefind_dcd"
# Where in the index of the index the filters are.
_FILTERS = 3


def canonical(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index, of one language, with the same bytes for the same records."""
    entry = json.loads(files["pagefind-entry.json"])
    (language,) = entry["languages"]
    about = entry["languages"][language]
    meta_name = f"pagefind.{about['hash']}.pf_meta"
    found = {
        name: data
        for name, data in files.items()
        if not name.startswith("filter/") and name not in (meta_name, "pagefind-entry.json")
    }
    meta = _read(files[meta_name])
    filters = []
    for name, stamp in sorted(meta[_FILTERS]):
        filter_name, values = _read(files[f"filter/{stamp}.pf_filter"])
        own = _write((filter_name, sorted(values)))
        stamp = f"{language}_{_stamp(own)}"
        found[f"filter/{stamp}.pf_filter"] = own
        filters.append((name, stamp))
    meta[_FILTERS] = filters
    packed = _write(meta)
    about["hash"] = f"{language}_{_stamp(packed)}"
    found[f"pagefind.{about['hash']}.pf_meta"] = packed
    found["pagefind-entry.json"] = json.dumps(entry, sort_keys=True).encode()
    return found


def dates(files: dict[str, bytes]) -> bytes:
    """The date of every article in an index, as JSON by the ids that its results have.

    Pagefind can sort the results in one index, not those in several.
    """
    found = {}
    for name, data in files.items():
        if name.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(data).removeprefix(_SIGNATURE))
            found[name[len("fragment/") : -len(".pf_fragment")]] = fragment["meta"]["date"]
    return json.dumps(found, sort_keys=True, separators=(",", ":")).encode()


def _stamp(data: bytes) -> str:
    return sha256(data).hexdigest()[:10]


def _read(data: bytes) -> Any:
    import cbor2

    return cbor2.loads(gzip.decompress(data).removeprefix(_SIGNATURE))


def _write(value: Any) -> bytes:
    import cbor2

    return gzip.compress(_SIGNATURE + cbor2.dumps(value), mtime=0)
