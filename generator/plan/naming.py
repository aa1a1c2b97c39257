"""What the settings do not name and the site's language does: taxonomies and digests."""

from __future__ import annotations

import msgspec

from generator.config import Config, Taxonomy
from generator.words import Words

# The taxonomies that have words of their own: title and singular.
_NAMED = ("tags", "authors", "audiences", "publishers")


def named(config: Config, words: Words) -> Config:
    """The settings with a name for each taxonomy, and for what a week's digest is called."""
    digest = config.digest
    if not digest.title:
        title = words.week_title(number="{number}", year="{year}")
        digest = msgspec.structs.replace(digest, title=title)
    taxonomies = tuple(_named(each, words) for each in config.taxonomies)
    return msgspec.structs.replace(config, digest=digest, taxonomies=taxonomies)


def _named(taxonomy: Taxonomy, words: Words) -> Taxonomy:
    name = taxonomy.name
    title, singular = name.capitalize(), name.removesuffix("s").capitalize()
    if name in _NAMED:
        title, singular = words[name], words[name.removesuffix("s")]
    return msgspec.structs.replace(
        taxonomy,
        title=taxonomy.title or title.replace("_", " "),
        singular=taxonomy.singular or singular.replace("_", " "),
    )
