"""Which share cards there are, what they say, and where they lie."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from generator.config import Config
from generator.fingerprint import fingerprint
from generator.plan.catalogue import Catalogue
from generator.routes import beside
from generator.views import SHARE_CARD, ArticleView, DigestView, Page, ShareCard

_Shown = TypeVar("_Shown", ArticleView, DigestView)


def article_card(view: ArticleView, config: Config) -> ShareCard | None:
    """The card of an article; None where previews show its image, or the site has no cards."""
    article = view.article
    if not config.share_cards or (article.image and not article.image.is_drawing):
        return None
    day = article.date.astimezone(ZoneInfo(config.timezone)).date()
    return ShareCard(
        title=article.title.text,
        publication=config.title,
        label=view.section.text if view.section else "",
        begins=day,
        ends=day,
        host=_host(config),
        language=article.lang or config.language,
        date_format=config.date_format,
    )


def digest_card(view: DigestView, catalogue: Catalogue) -> ShareCard | None:
    """The card of a digest; None where the site has no cards."""
    config, words = catalogue.config, catalogue.words
    if not config.share_cards:
        return None
    return ShareCard(
        title=view.title.text,
        publication=config.title,
        label=(
            words.weekly_digest_for(audience=view.audience.text)
            if view.audience
            else words.weekly_digest
        ),
        begins=view.begins,
        ends=view.ends,
        host=_host(config),
        language=config.language,
        date_format=config.date_format,
    )


def with_card(view: _Shown, card: ShareCard | None) -> _Shown:
    """The view with the address of its card, if there is one."""
    if card is None:
        return view
    return msgspec.structs.replace(view, share_card=beside(view.url, _name(card)))


def card_page(path: str, card: ShareCard, origin: str) -> Page:
    """The card of the page whose file is at `path`."""
    return Page(beside(path, _name(card)), SHARE_CARD, card, origin)


def _name(card: ShareCard) -> str:
    # Other sites keep a picture for long under its address: so what looks otherwise has another.
    return f"card-{fingerprint(card)[:10]}.png"


def _host(config: Config) -> str:
    return (urlsplit(config.url).hostname or "").removeprefix("www.")
