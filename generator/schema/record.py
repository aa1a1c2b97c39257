"""Mappings with known keys, and mappings whose keys are the author's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.diagnostics import did_you_mean
from generator.schema.kinds import Anything, Kind, Schema
from generator.schema.problems import Path, Problems, shown


class Field(msgspec.Struct, frozen=True):
    """One key of a record: what it holds and what it is for."""

    kind: Kind
    doc: str = ""
    required: bool = False
    # A value that cannot be read is left out with a warning instead of being an error.
    lenient: bool = False


class Record(msgspec.Struct, frozen=True):
    """A mapping with known keys.

    `shorthand` names the key that a value which is no mapping stands for: `image: a.png` for
    `image: {src: a.png}`. `open` keeps unknown keys under `extra` instead of refusing them.
    """

    fields: Mapping[str, Field]
    shorthand: str = ""
    open: bool = False

    def read(self, value: Any, path: Path, problems: Problems) -> dict[str, Any] | None:
        """The values of the known keys that are there; None when it is no mapping."""
        if not isinstance(value, dict):
            if not self.shorthand or value is None or isinstance(value, list):
                problems.error(path, f"expected a mapping, not {shown(value)}")
                return None
            value = {self.shorthand: value}
        values = self._known(value, path, problems)
        for name, field in self.fields.items():
            if field.required and _is_empty(value.get(name)):
                problems.error(path, f"{name!r} is missing", field.doc)
        return values

    def _known(self, value: dict[Any, Any], path: Path, problems: Problems) -> dict[str, Any]:
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, each in value.items():
            field = self.fields.get(key) if isinstance(key, str) else None
            if field is None:
                self._unknown(str(key), each, extra, path, problems)
            elif each is not None:
                values[key] = _read(field, each, (*path, key), problems)
        if self.open:
            values["extra"] = {**extra, **(values.get("extra") or {})}
        return values

    def _unknown(
        self, key: str, value: Any, extra: dict[str, Any], path: Path, problems: Problems
    ) -> None:
        if self.open:
            extra[key] = Anything().read(value, (*path, key), problems)
        else:
            hint = did_you_mean(key, list(self.fields))
            problems.error((*path, key), f"unknown key {key!r}", hint, on_key=True)

    def json_schema(self) -> Schema:
        """An object schema; with the shorthand as its alternative where there is one."""
        properties = {
            name: {**field.kind.json_schema(), **({"description": field.doc} if field.doc else {})}
            for name, field in self.fields.items()
        }
        schema: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": self.open,
        }
        required = [name for name, field in self.fields.items() if field.required]
        if required:
            schema["required"] = required
        if self.shorthand:
            return {"anyOf": [schema, self.fields[self.shorthand].kind.json_schema()]}
        return schema


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _read(field: Field, value: Any, path: Path, problems: Problems) -> Any:
    if not field.lenient:
        return field.kind.read(value, path, problems)
    inner = Problems()
    read = field.kind.read(value, path, inner)
    for each in inner.found:
        problems.warning(each.path, each.message, each.hint or "left out", on_key=each.on_key)
    return read


class MapOf(msgspec.Struct, frozen=True):
    """A mapping from names of the author's to values of one kind; nothing is the empty mapping."""

    kind: Kind

    def read(self, value: Any, path: Path, problems: Problems) -> dict[str, Any] | None:
        """The values by name, in the order of the document."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            problems.error(path, f"expected a mapping, not {shown(value)}")
            return None
        return {
            str(key): self.kind.read(each, (*path, str(key)), problems)
            for key, each in value.items()
        }

    def json_schema(self) -> Schema:
        """An object schema whose every property is of the kind."""
        return {"type": "object", "additionalProperties": self.kind.json_schema()}
