"""Reads the catalogues of the interface's words, `words/LANGUAGE.yaml` in the layouts, with checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path as File
from typing import Any

import msgspec

from generator.diagnostics import Diagnostic, Position, did_you_mean, warning
from generator.frontmatter.document import Document
from generator.frontmatter.yaml_form import parse_yaml
from generator.languages import Language, fallbacks
from generator.schema.problems import Path, Problem, Problems, shown
from generator.text import decode
from generator.words import BASE, PLACEHOLDER, Forms

FOLDER = "words"

Catalogues = dict[str, dict[str, Forms]]


def read_catalogues(
    folders: Sequence[File], layouts: str
) -> tuple[Catalogues, tuple[Diagnostic, ...]]:
    """The words by language tag, of all folders of layouts, and what is wrong with them.

    A word of an earlier folder takes the place of a later one's; `layouts` is the name of the first
    folder in messages.
    """
    found: Catalogues = {}
    said: list[Diagnostic] = []
    english: tuple[bytes, ...] = ()
    for folder in reversed(folders):
        # English first: the others are held against it.
        paths = sorted((folder / FOLDER).glob("*.yaml"), key=lambda path: (path.stem != BASE, path))
        for path in paths:
            name = f"{layouts}/{FOLDER}/{path.name}"
            base = found.get(BASE, {})
            data = path.read_bytes()
            texts, wrong = _read(data, path.stem, english)
            said += (msgspec.structs.replace(each, path=name) for each in wrong)
            if path.stem == BASE:
                english = (*english, data)
            if base and not any(each in found for each in fallbacks(path.stem)):
                said += _incomplete(name, texts, base)
            found.setdefault(path.stem, {}).update(texts)
    return found, tuple(said)


@lru_cache(maxsize=64)
def _read(
    data: bytes, tag: str, english: tuple[bytes, ...]
) -> tuple[dict[str, Forms], tuple[Diagnostic, ...]]:
    """The words in a catalogue, and what is wrong with it, of no named file.

    `english` are the English catalogues before it, against which it is held.
    """
    base: dict[str, Forms] = {}
    for number, each in enumerate(english):
        base.update(_read(each, BASE, english[:number])[0])
    document = parse_yaml(decode(data).text)
    said = [
        Diagnostic("error" if each.fatal else "warning", "", each.message, each.position, each.hint)
        for each in document.mistakes
    ]
    problems = Problems()
    texts = dict(_checked(document.data, tag, base, problems))
    said += [_diagnostic(each, document) for each in problems.found]
    return texts, tuple(said)


def _diagnostic(problem: Problem, document: Document) -> Diagnostic:
    position = document.position(problem) if problem.path else Position(1)
    return Diagnostic(problem.severity, "", problem.message, position, problem.hint)


def _checked(
    data: Mapping[str, Any], tag: str, base: Mapping[str, Forms], problems: Problems
) -> Iterator[tuple[str, Forms]]:
    """The words that can be used. English itself, read first, says which there are."""
    plurals = Language(tag).plural_forms
    for key, forms in data.items():
        if base and key not in base:
            hint = did_you_mean(key, sorted(base))
            problems.error((key,), f"there is no word {key!r}", hint, on_key=True)
        elif base and isinstance(base[key], str) and isinstance(forms, dict):
            problems.error((key,), f"{key!r} has no plural forms", "write one text")
        elif _is_text(key, forms, problems):
            _check_forms(key, forms, tag, plurals, problems)
            if base:
                _check_placeholders(key, forms, base[key], problems)
            counted = isinstance(base.get(key), dict) and isinstance(forms, str)
            yield key, {"other": forms} if counted else forms


def _is_text(key: str, forms: Any, problems: Problems) -> bool:
    texts = forms.values() if isinstance(forms, dict) else (forms,)
    wrong = next((each for each in texts if not isinstance(each, str)), None)
    if wrong is not None:
        hint = "put it into quotes"
        problems.error((key,), f"expected text, not {shown(wrong)}", hint)
    elif isinstance(forms, dict) and "other" not in forms:
        problems.error((key,), "the plural form 'other' is missing")
    return wrong is None and (isinstance(forms, str) or "other" in forms)


def _check_forms(key: str, forms: Forms, tag: str, known: Set[str], problems: Problems) -> None:
    if isinstance(forms, str):
        return
    for form in forms:
        if form not in known:
            hint = "known here: " + ", ".join(sorted(known))
            problems.error((key, form), f"{tag} has no plural form {form!r}", hint, on_key=True)
    missing = sorted(known - forms.keys())
    if missing:
        message = f"the plural form {missing[0]!r} is missing"
        problems.warning((key,), message, "`other` stands for it", on_key=True)


def _check_placeholders(key: str, forms: Forms, base: Forms, problems: Problems) -> None:
    wanted = placeholders(base)
    texts: dict[Path, str] = (
        {(key,): forms}
        if isinstance(forms, str)
        else {(key, form): text for form, text in forms.items()}
    )
    for path, text in texts.items():
        here = set(PLACEHOLDER.findall(text))
        for name in sorted(here - wanted):
            hint = "known here: " + ", ".join(f"{{{each}}}" for each in sorted(wanted))
            problems.error(path, f"{{{name}}} stands for nothing", hint if wanted else "")
        # A form may say the number in words, as many languages do for one and two.
        for name in sorted(wanted - here - {"n"}):
            problems.error(path, f"{{{name}}} is missing")


def placeholders(forms: Forms) -> set[str]:
    """The names of all placeholders of a word."""
    texts = forms.values() if isinstance(forms, dict) else (forms,)
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _incomplete(
    name: str, texts: Mapping[str, Forms], base: Mapping[str, Forms]
) -> Iterator[Diagnostic]:
    missing = [key for key in base if key not in texts]
    if missing:
        message = f"{len(missing)} of {len(base)} words are missing: {', '.join(missing[:3])}"
        hint = "the English ones stand for them"
        yield warning(name, f"{message} …" if len(missing) > 3 else message, hint=hint)
