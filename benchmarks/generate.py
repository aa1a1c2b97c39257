"""Made-up newsletters, the same on every machine: their words, their terms and their articles.

The words are made of syllables and drawn by Zipf's law, so that nothing in them is anybody's text,
compression and caches find what they find in prose, and no two articles are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

# The moment at which the newest article is a few hours old.
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_NEWEST_DAY = datetime(2026, 11, 22, tzinfo=UTC)

_SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe fi fo ga ge go ha he hi ho ka ke la le li lo lu ma me "
    "mi mo mu na ne ni no pa pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi wa we".split()
)
_ENDINGS = ("", "", "n", "r", "s", "t", "l", "ng", "st", "m")
_CODE = """\
def {0}({1}, *, {2}=None):
    \"\"\"Return every {3} that {1} names.\"\"\"
    found = []
    for {4} in {1}.{5}():
        if {2} is None or {4}.{6} == "{7}":
            found.append(({4}, len(found) + {8}))
    return sorted(found, key=lambda each: each[1])
"""


@dataclass(frozen=True)
class Newsletter:
    """One newsletter to be built, and how each generator is to be asked for it."""

    name: str
    title: str
    count: int
    size: int
    per_day: int
    terms: dict[str, tuple[str, ...]]
    term_feeds: bool = True
    heavy: bool = False

    @property
    def taxonomies(self) -> tuple[str, ...]:
        return tuple(self.terms)


@dataclass(frozen=True)
class Post:
    """One article."""

    slug: str
    title: str
    date: datetime
    hook: str
    terms: dict[str, tuple[str, ...]]
    body: str

    @property
    def path(self) -> str:
        """Its file, below the folder of articles."""
        return f"{self.date:%Y/%m}/{self.slug}.md"

    @property
    def week(self) -> str:
        year, number, _ = self.date.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def stamp(self) -> str:
        return f"{self.date:%Y-%m-%dT%H:%M:%SZ}"


def light(count: int) -> Newsletter:
    """A newsletter of articles of 3 KB: 40 tags, ten articles a day."""
    rng = Random("light")
    vocabulary = _vocabulary(rng, 400)
    terms = {
        "tags": tuple(vocabulary[:40]),
        "authors": tuple(
            f"{a} {b}" for a, b in zip(vocabulary[40:48], vocabulary[48:56], strict=True)
        ),
    }
    return Newsletter(f"light-{count}", "The Daily Measure", count, 3_000, 10, terms)


def heavy(count: int = 700) -> Newsletter:
    """A newsletter of articles of 200 KB, thick with links and lists; 3,000 terms."""
    rng = Random("heavy")
    vocabulary = _vocabulary(rng, 3_000)
    sizes = {"companies": 900, "models": 500, "topics": 600, "people": 1_000}
    terms, start = {}, 0
    for name, size in sizes.items():
        terms[name] = tuple(vocabulary[start : start + size])
        start += size
    return Newsletter(
        f"heavy-{count}", "The Weighty Measure", count, 200_000, 1, terms, False, True
    )


def posts(newsletter: Newsletter) -> Iterator[Post]:
    """Its articles, the newest first."""
    words = _Words(Random(f"words of {newsletter.name}"))
    write = _heavy_body if newsletter.heavy else _light_body
    others = [""]
    for number in range(newsletter.count):
        rng = Random(f"{newsletter.name} {number}")
        words.rng = rng
        slug = f"{words.one()}-{words.one()}-{number + 1}"
        day, place = divmod(number, newsletter.per_day)
        others = [*others[-20:], slug]
        yield Post(
            slug=slug,
            title=words.title(),
            date=_NEWEST_DAY - timedelta(days=day) + timedelta(hours=20 - place),
            hook=words.sentence(),
            terms={
                name: _chosen(rng, number, values, newsletter)
                for name, values in newsletter.terms.items()
            },
            body=write(words, newsletter.size, others[rng.randrange(len(others))] or slug),
        )


def _chosen(
    rng: Random, number: int, values: tuple[str, ...], newsletter: Newsletter
) -> tuple[str, ...]:
    """The terms of one article; every term is somebody's, and some are everybody's."""
    if not newsletter.heavy:
        return tuple(rng.sample(values, 3 if len(values) > 10 else 1))
    fixed = values[number % len(values) :: newsletter.count][:3]
    drawn = (values[int(len(values) * rng.random() ** 2)] for _ in range(rng.randint(6, 14)))
    return tuple(dict.fromkeys((*fixed, *drawn)))


def _vocabulary(rng: Random, count: int) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < count:
        length = rng.choice((1, 2, 2, 2, 3, 3, 4))
        words["".join(rng.choice(_SYLLABLES) for _ in range(length)) + rng.choice(_ENDINGS)] = None
    return list(words)


class _Words:
    """Draws words by Zipf's law from a vocabulary, many at once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._vocabulary = _vocabulary(rng, 4_000)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(4_000)))

    def some(self, count: int) -> list[str]:
        return self.rng.choices(self._vocabulary, cum_weights=self._weights, k=count)

    def one(self) -> str:
        return self.rng.choice(self._vocabulary)

    def title(self) -> str:
        return " ".join(self.some(self.rng.randint(5, 9))).capitalize()

    def sentence(self) -> str:
        return " ".join(self.some(self.rng.randint(8, 20))).capitalize() + "."

    def paragraph(self, link: str) -> str:
        """Four to six sentences, one of them with emphasis, a link and code."""
        sentences = [self.sentence() for _ in range(self.rng.randint(3, 5))]
        first, second, third, fourth, fifth = self.some(5)
        sentences.insert(1, f"*{first}* {second} [{third} {fourth}]({link}), `{fifth}`.")
        return " ".join(sentences)

    def address(self) -> str:
        return f"https://{self.one()}.example/{self.one()}/{self.rng.randrange(10_000)}"

    def link(self) -> str:
        return f"[{' '.join(self.some(3))}]({self.address()})"


def _light_body(words: _Words, size: int, other: str) -> str:
    """Sections, two lists, a table, links and one code block."""
    parts = [words.paragraph(f"/articles/{other}/")]
    parts += [f"## {words.title()}", words.paragraph(words.address())]
    parts.append("\n".join(f"- {words.link()}: {words.sentence()}" for _ in range(3)))
    parts += [f"## {words.title()}", _table(words), words.paragraph(words.address())]
    code = _CODE.format(*words.some(8), words.rng.randrange(100))
    parts += [f"### {words.title()}", f"```python\n{code}```"]
    parts.append("\n".join(f"{n}. {words.sentence()}" for n in range(1, 4)))
    length = sum(map(len, parts))
    while length < size - 700:
        parts.append(words.paragraph(words.address()))
        length += len(parts[-1])
    return "\n\n".join(parts) + "\n"


def _table(words: _Words) -> str:
    head = "| {} | {} | {} |\n| :--- | ---: | --- |\n".format(*words.some(3))
    return head + "\n".join(
        f"| {' '.join(words.some(2))} | {words.rng.randrange(1_000)} | {words.link()} |"
        for _ in range(4)
    )


def _heavy_body(words: _Words, size: int, other: str) -> str:
    """Lists in lists, with links in every item; now and then a table or a quotation."""
    parts = [words.paragraph(f"/articles/{other}/")]
    length = 0
    while length < size:
        part = [f"## {words.title()}", words.paragraph(words.address())]
        part += (_items(words) for _ in range(4))
        part.append(f"### {words.title()}\n\n> {words.paragraph(words.address())}")
        part += (_items(words), _table(words))
        parts += part
        length += sum(map(len, part))
    return "\n\n".join(parts) + "\n"


def _items(words: _Words) -> str:
    lines = []
    for _ in range(words.rng.randint(4, 8)):
        first, second = words.some(2)
        lines.append(
            f"- **{first} {second}**: {words.link()} {words.sentence()} *{words.one()}*, "
            f"{words.link()} {words.sentence()}"
        )
        lines += (
            f"  - {words.link()} `{words.one()}`: {words.sentence()} ([{words.one()}]"
            f"({words.address()}))"
            for _ in range(words.rng.randrange(4))
        )
    return "\n".join(lines)
