"""The words of the interface in one language, as templates and the plan use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup, escape

from generator.languages import Language, fallbacks

# A text, or a text for each plural form that the CLDR names; `{name}` stands for a value.
Forms = str | dict[str, str]

# What every other language falls back to: it has all words.
BASE = "en"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Vocabulary(msgspec.Struct, frozen=True):
    """All words of the interface by their keys, for pages in one language."""

    language: str
    texts: dict[str, Forms]


def vocabulary(tag: str, catalogues: Mapping[str, Mapping[str, Forms]]) -> Vocabulary:
    """The words for a language tag: of the nearest catalogue, what it lacks of the more general."""
    by_tag = {name.lower(): texts for name, texts in catalogues.items()}
    texts = dict(by_tag.get(BASE, {}))
    for each in reversed(fallbacks(tag.lower())):
        texts.update(by_tag.get(each, {}))
    return Vocabulary(tag, texts)


class Words:
    """One language's words: every key is an attribute.

    A key without placeholders is a text; one with placeholders, or with plural forms, is called
    with their values by name: `words.articles(n=3)`. `n` chooses the plural form, and is written
    as the language writes numbers.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        language = Language(vocabulary.language)
        for key, forms in vocabulary.texts.items():
            fixed = isinstance(forms, str) and not PLACEHOLDER.search(forms)
            self.__dict__[key] = forms if fixed else _Phrase(key, forms, language)
        self.language = language

    def __getattr__(self, key: str) -> Any:
        """Only asked for a key that is not there. Raises AttributeError."""
        raise AttributeError(f"there is no word {key!r}")

    def __getitem__(self, name: str) -> Any:
        """The word whose key is the name with `_` for each space: `did_not` for `did not`."""
        return self.__dict__[name.replace(" ", "_")]


class _Phrase:
    """A text with placeholders, in one or more plural forms."""

    def __init__(self, key: str, forms: Forms, language: Language) -> None:
        self._key = key
        self._language = language
        self._texts = {"other": forms} if isinstance(forms, str) else forms
        # Texts at even places, names of placeholders at odd ones.
        self._forms = {form: PLACEHOLDER.split(text) for form, text in self._texts.items()}
        self._counted: dict[int, str] = {}

    @property
    def forms(self) -> Mapping[str, str]:
        """Its text for each plural form, with the placeholders, for scripts that count."""
        return self._texts

    def __call__(self, **values: Any) -> str:
        """The text; HTML where any of the values is. Raises TypeError where a value lacks."""
        number = values.get("n")
        if number is not None and len(values) == 1:
            # Most phrases are counts, of few different numbers.
            known = self._counted.get(number)
            if known is None:
                known = self._counted[number] = self._made(values)
            return known
        return self._made(values)

    def _made(self, values: Mapping[str, Any]) -> str:
        pieces = self._pieces(values.get("n"))
        html = any(hasattr(each, "__html__") for each in values.values())
        made = []
        for place, piece in enumerate(pieces):
            text = self._value(piece, values) if place % 2 else piece
            made.append(escape(text) if html else str(text))
        return Markup("").join(made) if html else "".join(made)

    def _pieces(self, number: int | None) -> list[str]:
        if number is None:
            return self._forms["other"]
        form = self._language.plural(number) if len(self._forms) > 1 else "other"
        return self._forms.get(form) or self._forms["other"]

    def _value(self, name: str, values: Mapping[str, Any]) -> Any:
        try:
            value = values[name]
        except KeyError:
            raise TypeError(f"words.{self._key} needs a value for {name!r}") from None
        return self._language.number(value) if name == "n" else value
