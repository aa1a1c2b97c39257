"""What the digests' pages show, and those pages: the site's weeks, and each audience's editions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.dates import Week, week_of, week_on
from generator.model import Article
from generator.plan.catalogue import Catalogue
from generator.plan.corrections import correction_line
from generator.plan.digests import Digests, Series
from generator.plan.news import News
from generator.plan.prediction_lines import prediction_line
from generator.plan.priority import reason
from generator.plan.share_cards import card_page, digest_card, with_card
from generator.plan.terms import AUDIENCES
from generator.plan.weeks import Digest
from generator.routes import absolute, output_path, url
from generator.views import (
    Card,
    CorrectionLine,
    Development,
    DigestGroup,
    DigestIndexView,
    DigestView,
    FeedLinks,
    Link,
    Page,
    PredictionLine,
    WeekLink,
)
from generator.words import Words


class DigestViews:
    """The views of all digests; what several of them show is made once and shared."""

    def __init__(self, catalogue: Catalogue, digests: Digests) -> None:
        self._catalogue = catalogue
        self._digests = digests
        self._links = {
            series.path: {
                week: catalogue.digest_link(digest, series.path_of(week))
                for week, digest in series.digests.items()
            }
            for series in digests.series
        }
        self._editions: dict[Week, list[Link]] = {}
        for series in digests.editions:
            for week, link in self._links[series.path].items():
                edition = Link(_name(series), link.url, link.count)
                self._editions.setdefault(week, []).append(edition)
        self._views = {series.path: dict(self._of(series)) for series in digests.series}

    def of(self, series: Series) -> dict[Week, DigestView]:
        """The views of a series, newest first."""
        return self._views[series.path]

    def pages(self) -> Iterator[Page]:
        """Of each series the list of all its weeks, and each week's digest with its share card."""
        config = self._catalogue.config
        for series in self._digests.series:
            index = DigestIndexView(
                weeks=tuple(self._links[series.path].values()),
                audience=self._audience(series),
                feeds=self._feeds(series) if series.audience and series.has_feeds else None,
            )
            what = "the list of digests"
            own = url(series.path, config)
            yield Page(output_path(series.path), "digests.html", index, what, own)
            for week, view in self.of(series).items():
                path = output_path(series.path_of(week))
                origin = f"the digest of {week}"
                yield Page(path, "digest.html", view, origin, view.url)
                card = digest_card(view, self._catalogue)
                if card:
                    yield card_page(path, card, origin)

    def _feeds(self, series: Series) -> FeedLinks:
        title = self._catalogue.words.site_digest_for(
            site=self._catalogue.config.title, audience=_name(series)
        )
        return self._catalogue.feed_links(series.path, title)

    def _of(self, series: Series) -> Iterator[tuple[Week, DigestView]]:
        links = self._links[series.path]
        order = list(series.digests)
        for place, (week, digest) in enumerate(series.digests.items()):
            newer = links[order[place - 1]] if place else None
            older = links[order[place + 1]] if place + 1 < len(order) else None
            view = self._view(series, digest, newer, older)
            yield week, with_card(view, digest_card(view, self._catalogue))

    def _view(
        self, series: Series, digest: Digest, newer: WeekLink | None, older: WeekLink | None
    ) -> DigestView:
        catalogue = self._catalogue
        week = digest.week
        path = series.path_of(week)
        edition = series.audience is not None
        return DigestView(
            week=week,
            title=catalogue.week_title(week),
            url=url(path, catalogue.config),
            permalink=absolute(path, catalogue.config),
            begins=digest.period.begins,
            ends=digest.period.ends,
            running=digest.running,
            wanted=catalogue.config.digest.minimum if digest.period.thin else 0,
            picks=self._cards(digest.picks),
            groups=self._groups(digest),
            developing=tuple(self._development(series, digest, a) for a in digest.developing),
            corrected=tuple(self._correction(each) for each in digest.corrected),
            resolved=tuple(self._prediction(each) for each in digest.resolved),
            due=tuple(self._prediction(each) for each in digest.due),
            scores=self._scores(digest),
            count=len(digest.articles),
            minutes=sum(article.minutes for article in digest.articles),
            # An editor's words are about the whole week.
            notes=None if edition else digest.notes,
            newer=newer,
            older=older,
            audience=self._audience(series),
            whole=self._links[self._digests.whole.path][week] if edition else None,
            editions=() if edition else tuple(self._editions.get(week, ())),
        )

    def _audience(self, series: Series) -> Link | None:
        if series.audience is None:
            return None
        return self._catalogue.term_link(AUDIENCES, series.audience.slug)

    def _groups(self, digest: Digest) -> tuple[DigestGroup, ...]:
        taxonomy = self._catalogue.config.digest.group_by
        return tuple(
            DigestGroup(
                group.name,
                self._catalogue.term_link(taxonomy, group.slug).url if group.slug else "",
                self._cards(group.articles),
            )
            for group in digest.groups
        )

    def _cards(self, articles: tuple[Article, ...]) -> tuple[Card, ...]:
        return tuple(self._catalogue.cards[article.source] for article in articles)

    def _scores(self, digest: Digest) -> dict[str, str]:
        priorities = self._digests.desk.priorities
        return {
            self._catalogue.url_of(article): reason(
                priorities[article.source], self._catalogue.words
            )
            for article in digest.articles
            if priorities[article.source].points
        }

    def _development(self, series: Series, digest: Digest, article: Article) -> Development:
        earlier = self._digests.desk.before[article.source]
        week = week_of(earlier.date, self._catalogue.zone)
        named = self._digests.names[week]
        # A reader of an edition stays in it, where it had the earlier part, too.
        place = series if self._is_for(series, earlier) else self._digests.whole
        link = self._links[place.path][named]
        return Development(
            self._catalogue.cards[article.source],
            self._catalogue.title_link(earlier),
            _when(self._catalogue.words, week, digest),
            link.url if named != digest.week else "",
        )

    def _is_for(self, series: Series, article: Article) -> bool:
        audience, index = series.audience, self._digests.audiences
        return not (audience and index) or audience.slug in index.slugs_of(article)

    def _correction(self, news: News) -> CorrectionLine:
        assert news.correction, "it is a correction"
        return correction_line(self._catalogue, news.article, news.correction)

    def _prediction(self, news: News) -> PredictionLine:
        assert news.prediction, "it is a prediction"
        return prediction_line(self._catalogue, news.prediction)


def _name(series: Series) -> str:
    return series.audience.name if series.audience else ""


def _when(words: Words, week: Week, digest: Digest) -> str:
    """When a part of that week was told, as a reader of the digest says: `last week`."""
    period = digest.period
    one = period.first == period.week
    if period.first <= week:
        return str(words.earlier_this_week if one else words.earlier_in_these_weeks)
    if one and week_on(week.monday + timedelta(days=7)) == period.week:
        return str(words.last_week)
    if week.year == period.week.year:
        return str(words.in_week(number=week.number))
    return str(words.in_week_of(number=week.number, year=week.year))
