"""Stories: the parts of each in order, their pages, and where an article stands in its story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from generator.model import Article, Story
from generator.plan.catalogue import Catalogue
from generator.plan.collections import Collection
from generator.plan.findings import Finding
from generator.plan.paging import paged
from generator.plan.prediction_lines import prediction_line
from generator.plan.predictions import Prediction
from generator.plan.timelines import Timelines
from generator.routes import absolute, output_path, story_path, url
from generator.views import Link, Page, Section, StoriesView, StoryLink, StoryPart, StoryView

_PATH = "/stories/"
# How many parts before an article, and how many after it, its page lists.
_NEAR = 5
# How many open predictions a story's page lists.
_OPEN = 20


class Told(msgspec.Struct, frozen=True):
    """A story with at least one published part; the parts in the order of time."""

    story: Story
    parts: tuple[Article, ...]


def told_stories(
    stories: Iterable[Story], articles: Sequence[Article]
) -> tuple[tuple[Told, ...], tuple[Finding, ...]]:
    """The stories that articles (newest first) are parts of, the one with the newest part first.

    An article whose story is nowhere named is an error.
    """
    named = {story.slug: story for story in stories}
    members: dict[str, list[Article]] = {}
    findings = []
    for article in articles:
        if article.story in named:
            members.setdefault(article.story, []).append(article)
        elif article.story:
            message = f"there is no story {article.story!r}"
            hint = "name it under `stories:` in site.yaml, or by a file in content/stories/"
            findings.append(Finding("error", article.source, message, hint, ("story",)))
    told = tuple(Told(named[slug], tuple(reversed(parts))) for slug, parts in members.items())
    return told, tuple(findings)


def story_parts(catalogue: Catalogue, stories: Iterable[Told]) -> dict[str, StoryPart]:
    """For each article of a story, by its file: the parts before it and after it."""
    found: dict[str, StoryPart] = {}
    for told in stories:
        links = [catalogue.title_link(article) for article in told.parts]
        address = url(story_path(told.story.slug), catalogue.config)
        for place, article in enumerate(told.parts):
            found[article.source] = StoryPart(
                title=told.story.title,
                description=told.story.description,
                earlier=tuple(links[max(0, place - _NEAR) : place]),
                later=tuple(links[place + 1 : place + 1 + _NEAR]),
                url=address,
                number=place + 1,
                total=len(links),
            )
    return found


class StoryPages:
    """All that is made of stories; nothing where there is none."""

    def __init__(
        self,
        catalogue: Catalogue,
        stories: Sequence[Told],
        timelines: Timelines,
        predictions: Iterable[Prediction],
    ) -> None:
        self._catalogue = catalogue
        self._stories = stories
        self._timelines = timelines
        self._open = _open_predictions(predictions)

    def links(self) -> tuple[Section, ...]:
        """The link to /stories/."""
        address = url(_PATH, self._catalogue.config)
        return (Section("stories", address),) if self._stories else ()

    def pages(self) -> Iterator[Page]:
        """/stories/, and each story's page, with those that follow it."""
        if not self._stories:
            return
        own = url(_PATH, self._catalogue.config)
        view = StoriesView(tuple(self._link(told) for told in self._stories))
        yield Page(output_path(_PATH), "stories.html", view, "the stories", own)
        for told in self._stories:
            yield from self._pages_of(told)

    def collections(self) -> tuple[Collection, ...]:
        """Each story's feeds, the newest part first."""
        return tuple(
            Collection(
                path=story_path(told.story.slug),
                title=told.story.title.text,
                about=told.story.description.text if told.story.description else "",
                articles=told.parts[::-1],
                group=self._catalogue.words.stories,
            )
            for told in self._stories
        )

    def _pages_of(self, told: Told) -> Iterator[Page]:
        config, path = self._catalogue.config, story_path(told.story.slug)
        story, cards = told.story, self._catalogue.cards
        foretold = self._open.get(story.slug, ())
        for pagination, parts, place in paged(config, told.parts, path):
            first = pagination.number == 1
            view = StoryView(
                title=story.title,
                description=story.description,
                summary=story.summary if first else None,
                parts=tuple(cards[article.source] for article in parts),
                before=(pagination.number - 1) * config.paginate,
                count=len(told.parts),
                begins=told.parts[0].date,
                latest=told.parts[-1].date,
                pagination=pagination,
                timeline=self._timelines.block(told.parts, path) if first else None,
                predictions=tuple(
                    prediction_line(self._catalogue, each) for each in foretold[:_OPEN] if first
                ),
                feeds=self._catalogue.feed_links(path, story.title.text),
                stories=url(_PATH, config),
                permalink=absolute(place, config),
            )
            own = url(place, config)
            yield Page(output_path(place), "story.html", view, f"the story {path}", own)
        of = Link(story.title.text, url(path, config))
        yield from self._timelines.own_pages(told.parts, path, of)

    def _link(self, told: Told) -> StoryLink:
        return StoryLink(
            title=told.story.title,
            description=told.story.description,
            url=url(story_path(told.story.slug), self._catalogue.config),
            count=len(told.parts),
            begins=told.parts[0].date,
            latest=self._catalogue.title_link(told.parts[-1]),
            open=len(self._open.get(told.story.slug, ())),
        )


def _open_predictions(predictions: Iterable[Prediction]) -> Mapping[str, Sequence[Prediction]]:
    """By story: what is open, and what is due with no outcome, the soonest first."""
    found: dict[str, list[Prediction]] = {}
    for each in predictions:
        if each.article.story and each.state in ("open", "due"):
            found.setdefault(each.article.story, []).append(each)
    for listed in found.values():
        listed.sort(key=lambda each: (each.due, each.article.source, each.number))
    return found
