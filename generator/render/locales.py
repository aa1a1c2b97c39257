"""Language tags in the form that Open Graph takes: a language and a territory."""

from __future__ import annotations

# Where a language without a territory is spoken most (CLDR, likely subtags). Open Graph's own
# value for Arabic names no single country.
_TERRITORIES = {
    "ar": "AR",
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "en": "US",
    "es": "ES",
    "fa": "IR",
    "fi": "FI",
    "fr": "FR",
    "he": "IL",
    "hi": "IN",
    "hu": "HU",
    "id": "ID",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "nb": "NO",
    "nl": "NL",
    "pl": "PL",
    "pt": "BR",
    "ro": "RO",
    "ru": "RU",
    "sv": "SE",
    "th": "TH",
    "tr": "TR",
    "uk": "UA",
    "vi": "VN",
    "zh": "CN",
}


def locale(tag: str) -> str:
    """The locale of a language tag (BCP 47), as in `pt_BR`; the language alone where it is rare."""
    language, *rest = tag.split("-")
    # A script such as `Hant` has four letters, an extension begins with a single one.
    territory = next((each.upper() for each in rest if len(each) == 2), "")
    if not territory and "Hant" in rest:
        territory = "TW"
    territory = territory or _TERRITORIES.get(language.lower(), "")
    return f"{language.lower()}_{territory}" if territory else language.lower()
