"""A prediction in sentences of plain text, as calendars and feeds tell it."""

from __future__ import annotations

from generator.localised import Dates
from generator.views import PredictionLine
from generator.words import Words


def standing_title(line: PredictionLine, words: Words) -> str:
    """A title that stands alone: what is known of the claim by now, and the claim."""
    stated = words.due if line.state == "open" else words[line.state]
    return str(words.stated_claim(state=stated, claim=line.claim.text))


def facts(line: PredictionLine, words: Words, dates: Dates) -> list[str]:
    """What is known of a prediction beside its claim, in sentences."""
    who = words.list_comma.join([link.text for link in line.who])
    found = [words.fact_said(who=who, date=dates.shown(line.said))]
    if line.probability is not None:
        found.append(words.fact_probability(percent=words.language.percent(line.probability)))
    found.append(words.fact_due(date=dates.shown(line.due)))
    if line.resolved:
        date = dates.shown(line.resolved)
        found.append(words.fact_resolved(state=words[line.state], date=date))
    found.append(words.fact_article(title=line.title.text))
    for source in line.sources:
        parts = (source.title.text, source.publisher, source.url)
        listed = words.list_comma.join([part for part in parts if part])
        found.append(words.fact_source(source=listed))
    return found
