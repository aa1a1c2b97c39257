"""The form by which readers subscribe by e-mail: what `site.yaml` says of it, for each provider."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from generator.config import Subscribe
from generator.diagnostics import did_you_mean
from generator.schema.kinds import Kind, ListOf, Matching, Text, is_web_address
from generator.schema.problems import Path, Problems
from generator.schema.record import Field, MapOf, Record

PROVIDERS = ("action", "buttondown", "listmonk", "mailchimp")


def _encrypted(text: str) -> str:
    if not is_web_address(text):
        raise ValueError(f"{text!r} is no web address such as https://lists.example.org/")
    if urlsplit(text).scheme != "https":
        raise ValueError(f"{text!r} is not encrypted: what readers type could be read on the way")
    return text


def _name(text: str) -> str:
    if not text or not text.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"{text!r} is no name at Buttondown, such as my-letter")
    return text


_ADDRESS: Kind = Matching(_encrypted, "An address that begins with https://.")

_RECORD = Record(
    {
        "action": Field(_ADDRESS, "Where the form is sent."),
        "field": Field(Text(), "What the provider calls the address (default: email)."),
        "hidden": Field(MapOf(ListOf(Text())), "Further fields that the provider wants."),
        "buttondown": Field(Matching(_name, "A name."), "The newsletter's name at Buttondown."),
        "listmonk": Field(
            Record(
                {
                    "url": Field(_ADDRESS, "Where listmonk is.", required=True),
                    "lists": Field(ListOf(Text()), "The lists' UUIDs.", required=True),
                }
            ),
            "A listmonk of your own.",
        ),
        "mailchimp": Field(
            Record(
                {"url": Field(_ADDRESS, "The form's address at Mailchimp.", required=True)},
                shorthand="url",
            ),
            "The address of the embedded form at Mailchimp.",
        ),
        "name": Field(Text(), "Who gets the address, as readers are told."),
        "button": Field(Text(), "The button's words."),
        "note": Field(Text(), "A sentence below the form."),
    }
)


class SubscribeKind:
    """The form's settings, which name one provider."""

    def read(self, value: Any, path: Path, problems: Problems) -> dict[str, Any] | None:
        """The settings as they were written; None where there is a mistake."""
        values = _RECORD.read(value, path, problems)
        if values is None:
            return None
        named = [name for name in PROVIDERS if name in value]
        if not named:
            hint = did_you_mean("", PROVIDERS)
            problems.error(path, "it is not said where the form is sent", hint)
        for name in named[1:]:
            problems.error((*path, name), f"{named[0]} is the provider already", "name one")
        return values

    def json_schema(self) -> dict[str, Any]:
        """The record, with exactly one provider."""
        return {**_RECORD.json_schema(), "oneOf": [{"required": [name]} for name in PROVIDERS]}


def subscribe(values: dict[str, Any]) -> Subscribe:
    """The form that settings without mistakes ask for.

    The fields are those of each provider's own embedded form.
    """
    button, note = values.get("button") or "", values.get("note") or ""
    more = tuple((key, each) for key, all_ in (values.get("hidden") or {}).items() for each in all_)
    hidden: tuple[tuple[str, str], ...] = ()
    if name := values.get("buttondown"):
        action = f"https://buttondown.com/api/emails/embed-subscribe/{quote(name)}"
        field, provider, hidden = "email", "Buttondown", (("embed", "1"),)
    elif listmonk := values.get("listmonk"):
        action = listmonk["url"].rstrip("/") + "/subscription/form"
        field, provider = "email", urlsplit(action).hostname or ""
        hidden = (*(("l", each) for each in listmonk["lists"]), ("nonce", ""))
    elif mailchimp := values.get("mailchimp"):
        action, field, provider = mailchimp["url"], "EMAIL", "Mailchimp"
    else:
        action = values["action"]
        field, provider = "email", urlsplit(action).hostname or ""
    return Subscribe(
        action,
        values.get("field") or field,
        values.get("name") or provider,
        (*hidden, *more),
        button,
        note,
    )
