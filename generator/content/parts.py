"""The structured parts of an article: read values to the model, with the checks across them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.content.forecasts import forecast_problems
from generator.content.reading import Reading
from generator.diagnostics import did_you_mean
from generator.markdown.links import address
from generator.markdown.render import Renderer
from generator.model import (
    Analysis,
    CitedSource,
    Comparison,
    Correction,
    Detail,
    Event,
    Image,
    Implication,
    Inline,
    Origin,
    Tldr,
)
from generator.schema.problems import Path, Problem


class Parts:
    """Builds every structured part of one article; the body must have been rendered before."""

    def __init__(
        self, reading: Reading, renderer: Renderer, values: dict[str, Any], zone: ZoneInfo
    ) -> None:
        self._reading = reading
        self._renderer = renderer
        self._values = values
        self._day = values["date"].astimezone(zone).date()

    def read(self) -> dict[str, Any]:
        """The parts by the names they have in the model; those that are not there are left out."""
        found: dict[str, Any] = {
            "hook": self._line(self._values.get("hook"), "hook"),
            "summary": self._line(self._values.get("summary"), "summary"),
            "rights": self._line(self._values.get("rights"), "rights"),
            "origin": self._origin(),
            "tldr": self._tldr(),
            "analysis": self._analysis(),
            "takeaways": self._lines(self._values.get("takeaways"), "takeaways"),
            "comparison": self._comparison(),
            "deep_dive": self._deep_dive(),
            "implications": self._implications(),
            "timeline": self._timeline(),
            "image": self._image(),
            "corrections": self._corrections(),
            "updated": self._updated(),
        }
        # Last, because the parts above cite the sources.
        found["sources"] = self._sources()
        return {name: part for name, part in found.items() if part}

    def _line(self, text: str | None, *path: str | int) -> Inline | None:
        return self._renderer.inline(text, path) if text else None

    def _lines(self, texts: Any, *path: str | int) -> tuple[Inline, ...]:
        return tuple(self._renderer.inline(text, (*path, i)) for i, text in enumerate(texts or ()))

    def _problem(self, path: Path, message: str, hint: str = "") -> None:
        self._reading.problem(Problem(path, message, hint))

    def _origin(self) -> Origin | None:
        values = self._values.get("source")
        if not values or not values.get("name"):
            return None
        return Origin(
            values["name"],
            values.get("url") or "",
            values.get("author") or "",
            values.get("published"),
        )

    def _tldr(self) -> Tldr | None:
        values = self._values.get("tldr")
        if not values:
            return None
        lines = {
            name: self._line(values.get(name), "tldr", name)
            for name in ("changed", "matters", "next")
        }
        return Tldr(**lines, audience=values.get("audience") or ())

    def _analysis(self) -> Analysis | None:
        values = self._values.get("analysis")
        if not values or not values.get("by"):
            return None
        return Analysis(
            values["by"],
            values.get("model") or "",
            values.get("reviewed_by") or "",
            values.get("reviewed"),
        )

    def _comparison(self) -> Comparison | None:
        values = self._values.get("comparison")
        if not values or not values.get("columns"):
            return None
        columns = self._lines(values["columns"], "comparison", "columns")
        rows = []
        for number, cells in enumerate(values.get("rows") or ()):
            path: Path = ("comparison", "rows", number)
            if len(cells) != len(columns):
                wrong = f"this row has {len(cells)} cells, the table has {len(columns)} columns"
                self._problem(path, wrong)
            rows.append(self._lines(cells, *path))
        return Comparison(
            columns, tuple(rows), self._line(values.get("caption"), "comparison", "caption")
        )

    def _deep_dive(self) -> tuple[Detail, ...]:
        return tuple(
            Detail(
                self._renderer.inline(item["text"], ("deep_dive", i, "text")),
                self._line(item.get("term"), "deep_dive", i, "term"),
            )
            for i, item in enumerate(self._values.get("deep_dive") or ())
            if item.get("text")
        )

    def _implications(self) -> tuple[Implication, ...]:
        items = []
        for i, item in enumerate(self._values.get("implications") or ()):
            if not item.get("claim"):
                continue
            sources = item.get("sources") or ()
            for j, source in enumerate(sources):
                self._check_source(source, ("implications", i, "sources", j))
            for problem in forecast_problems(item, ("implications", i), self._day):
                self._reading.problem(problem)
            items.append(
                Implication(
                    claim=self._renderer.inline(item["claim"], ("implications", i, "claim")),
                    who=item.get("who") or "",
                    said=item.get("said"),
                    rationale=self._line(item.get("rationale"), "implications", i, "rationale"),
                    by=item.get("by"),
                    probability=item.get("probability"),
                    outcome=item.get("outcome"),
                    resolved=item.get("resolved"),
                    sources=sources,
                )
            )
        return tuple(items)

    def _timeline(self) -> tuple[Event, ...]:
        events = []
        for i, item in enumerate(self._values.get("timeline") or ()):
            if not item.get("event") or not item.get("date"):
                continue
            source = item.get("source") or ""
            if source:
                self._check_source(source, ("timeline", i, "source"))
            text = self._renderer.inline(item["event"], ("timeline", i, "event"))
            events.append(Event(item["date"], text, source))
        return tuple(sorted(events, key=lambda event: event.date))

    def _check_source(self, source: str, path: Path) -> None:
        known = self._renderer.citations.numbers
        if source not in known:
            hint = did_you_mean(source, list(known)) or "add it under `sources:`"
            self._problem(path, f"no source has the id {source!r}", hint)

    def _sources(self) -> tuple[CitedSource, ...]:
        counts = self._renderer.citations.counts
        seen: set[str] = set()
        found = []
        for i, item in enumerate(self._values.get("sources") or ()):
            name = item.get("id")
            if not name or not item.get("title"):
                continue
            if name in seen:
                self._problem(("sources", i, "id"), f"two sources have the id {name!r}")
            seen.add(name)
            found.append(
                CitedSource(
                    id=name,
                    number=i + 1,
                    title=self._renderer.inline(
                        item["title"], ("sources", i, "title"), links=False
                    ),
                    url=item.get("url") or "",
                    publisher=item.get("publisher") or "",
                    date=item.get("date"),
                    cited=counts.get(name, 0),
                )
            )
        return tuple(found)

    def _image(self) -> Image | None:
        values = self._values.get("image")
        if not values or not values.get("src"):
            return None
        if not values.get("alt"):
            self._without_alt()
        src = address(values["src"], self._renderer.folder, image=True)
        if src.url is None:
            self._problem(("image", "src"), f"{values['src'][:40]!r} is no address of an image")
            return None
        if src.reference:
            self._renderer.references.append(src.url)
            self._renderer.images.append(src.url)
        credit = self._line(values.get("credit"), "image", "credit")
        return Image(src.url, values.get("alt") or "", credit)

    def _without_alt(self) -> None:
        """An error where the mapping leaves it out; a bare file name comes from other generators."""
        bare = not isinstance(self._reading.value_of("image"), dict)
        message = "the image has no `alt` text for readers who cannot see it"
        hint = "write image: {src: …, alt: …}"
        self._reading.problem(Problem(("image",), message, hint, "warning" if bare else "error"))

    def _corrections(self) -> tuple[Correction, ...]:
        found = [
            Correction(
                item["date"], self._renderer.inline(item["text"], ("corrections", i, "text"))
            )
            for i, item in enumerate(self._values.get("corrections") or ())
            if item.get("text") and item.get("date")
        ]
        return tuple(sorted(found, key=lambda each: each.date, reverse=True))

    def _updated(self) -> datetime | None:
        """The author's `updated`, where it is later than the article's date."""
        updated: datetime | None = self._values.get("updated")
        date = self._values.get("date")
        return updated if updated and (date is None or updated > date) else None
