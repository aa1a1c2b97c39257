"""The form by which readers subscribe: where it is, what it sends where, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.published import article, attempt, publish, words
from tests.sites import SITE

FILES = {"content/articles/tiny.md": article("Tiny", "2026-11-19")}
PLACES = ["/", "/articles/tiny/", "/digest/2026-W47/", "/feeds/"]

UUID = "5c8dbbd1-2a5e-4c5b-9f38-3f7a9d0a5a11"
SENT: list[tuple[str, str, dict[str, list[str]], str]] = [
    (
        "{buttondown: tiny-letter}",
        "https://buttondown.com/api/emails/embed-subscribe/tiny-letter",
        {"email": [""], "embed": ["1"]},
        "Buttondown",
    ),
    (
        f"{{listmonk: {{url: https://lists.example/, lists: [{UUID}, other]}}}}",
        "https://lists.example/subscription/form",
        {"email": [""], "l": [UUID, "other"], "nonce": [""]},
        "lists.example",
    ),
    (
        "{mailchimp: 'https://x.us1.list-manage.com/subscribe/post?u=1&id=2'}",
        "https://x.us1.list-manage.com/subscribe/post?u=1&id=2",
        {"EMAIL": [""]},
        "Mailchimp",
    ),
    (
        "{action: https://post.example/in, field: mail, hidden: {list: [a, b]}, name: The Post}",
        "https://post.example/in",
        {"mail": [""], "list": ["a", "b"]},
        "The Post",
    ),
]


def form(page: Any) -> Any:
    """The form of a page, if it has one."""
    return page.find(".//section[@class='signup']")


@pytest.mark.parametrize(("setting", "action", "sent", "provider"), SENT)
def test_the_form_sends_what_the_provider_wants(
    tmp_path: Path, setting: str, action: str, sent: dict[str, list[str]], provider: str
) -> None:
    site = publish(tmp_path, {**FILES, "site.yaml": f"{SITE}subscribe: {setting}\n"})
    section = form(site.page("/feeds/"))
    assert section.find("form").get("action") == action
    assert section.find("form").get("method") == "post"
    fields: dict[str, list[str]] = {}
    for each in section.iterfind(".//input"):
        fields.setdefault(each.get("name"), []).append(each.get("value", ""))
    assert fields == sent
    assert provider in words(section)


@pytest.mark.parametrize("path", PLACES)
def test_every_place_where_a_reader_may_want_more_has_a_form_that_can_be_used(
    tmp_path: Path, path: str
) -> None:
    setting = "subscribe: {buttondown: tiny, button: Join, note: Sent on Fridays.}\n"
    section = form(publish(tmp_path, {**FILES, "site.yaml": SITE + setting}).page(path))
    field = section.find(".//input[@type='email']")
    assert field.get("id") == section.find(".//label").get("for")
    assert field.get("autocomplete") == "email"
    assert field.get("required") is not None
    assert words(section.find(".//button")) == "Join"
    assert words(section).endswith("Sent on Fridays.")


@pytest.mark.parametrize("path", PLACES)
def test_there_is_no_form_where_no_provider_is_set(tmp_path: Path, path: str) -> None:
    assert form(publish(tmp_path, FILES).page(path)) is None


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            "{action: 'http://lists.example/'}",
            (
                "3:21: error: 'http://lists.example/' is not encrypted: "
                "what readers type could be read on the way"
            ),
        ),
        (
            "{action: lists}",
            "3:21: error: 'lists' is no web address such as https://lists.example.org/",
        ),
        (
            "{buttondown: a/b}",
            "3:25: error: 'a/b' is no name at Buttondown, such as my-letter",
        ),
        (
            "{note: Hello}",
            (
                "3:12: error: it is not said where the form is sent "
                "(known here: action, buttondown, listmonk, mailchimp)"
            ),
        ),
        (
            "{buttondown: a, mailchimp: 'https://b.example/'}",
            "3:39: error: buttondown is the provider already (name one)",
        ),
        ("{listmonk: {url: https://l.example/}}", "3:23: error: 'lists' is missing"),
        ("{butondown: a}", "3:13: error: unknown key 'butondown' (did you mean 'buttondown'?)"),
        ("tiny", "3:12: error: expected a mapping, not 'tiny'"),
    ],
)
def test_a_mistake_in_the_setting_is_told_where_it_is(
    tmp_path: Path, setting: str, told: str
) -> None:
    site = attempt(tmp_path, {**FILES, "site.yaml": f"{SITE}subscribe: {setting}\n"})
    assert any(each.startswith(f"site.yaml:{told}") for each in site.told), site.told


def test_the_page_of_feeds_shows_a_beginner_the_way(tmp_path: Path) -> None:
    page = publish(tmp_path, FILES).page("/feeds/")
    (steps,) = page.xpath("//ol[@class='steps']")
    assert len(steps) == 3
    assert words(steps.find(".//code")) == "https://letter.example/feed.xml"
    assert steps.find(".//a[@data-copy]").get("href") == "https://letter.example/feed.xml"
    assert page.find(".//a[@download]").get("href") == "/feeds/feeds.opml"
