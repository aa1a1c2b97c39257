"""What is related to an article and why, and articles that tell one thing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Article
from generator.plan.duplicates import page_of
from generator.plan.library import Content, select
from generator.plan.related import Match, Related
from generator.plan.related_lists import Remembered, related_lists
from generator.plan.terms import index_terms
from generator.resemblance import resemblance
from tests.published import Published, article, publish, words
from tests.sites import load
from tests.sites import settings as site

law = settings(max_examples=100, deadline=None, derandomize=True, database=None)
CONFIG = site()
_WORDS = "kiln glaze clay wheel slip bisque cone ash harbour tide mast keel rope sail".split()


def loaded(name: str, front: str = "", body: str = "", day: int = 1) -> Article:
    text = f"---\ntitle: {name}\ndate: 2026-10-{day:02}\n{front}\n---\n{body}\n"
    found = load(text, f"articles/{name.lower()}.md").article
    assert found is not None
    return found


def related(articles: Sequence[Article]) -> dict[str, tuple[Match, ...]]:
    """What is related to each article, by its title."""
    listed = select(Content(articles=tuple(articles)), datetime(2027, 1, 1, tzinfo=UTC)).articles
    indexes = [index_terms(each, listed)[0] for each in CONFIG.taxonomies]
    found = Related(listed, indexes)
    by_slug = {each.slug: each for each in listed}
    return {
        each.title.text: found.to(each, [by_slug[name] for name in each.related]) for each in listed
    }


def shown(matches: Sequence[Match]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.article.title.text, each.shares) for each in matches]


TEXTS = [
    loaded("Pots", body="The kiln was fired twice, and the glaze ran off the clay.", day=1),
    loaded("Boats", body="A harbour at low tide: every mast leans, every keel rests.", day=2),
    loaded("Firing", body="How a kiln is packed, so that no glaze touches a shelf.", day=3),
    loaded("Sailing", body="We left the harbour with the tide, under one sail.", day=4),
    loaded("Bread", body="Flour, water, salt. Nothing else goes into the oven.", day=5),
]


def test_articles_without_terms_are_related_by_what_their_texts_are_about() -> None:
    found = related(TEXTS)
    assert shown(found["Pots"]) == [("Firing", ("glaze", "kiln"))]
    assert shown(found["Sailing"]) == [("Boats", ("harbour", "tide"))]
    assert found["Bread"] == ()


def test_one_word_alone_relates_nothing() -> None:
    one, two = loaded("One", body="A kiln in spring."), loaded("Two", body="My kiln was sold.")
    assert related([one, two])["One"] == ()


def test_texts_without_spaces_are_related_and_the_reason_is_whole_words() -> None:
    found = related(
        [
            loaded(
                "A",
                body="量子コンピュータの誤り訂正について、東京の研究者が新しい方法を示した。",
                day=1,
            ),
            loaded("B", body="銀行は量子コンピュータに備えて、暗号を替えはじめている。", day=2),
            loaded("C", body="春の祭りでは、山から神輿が下りてくる。", day=3),
        ]
    )
    assert shown(found["A"]) == [("B", ("量子コンピュータ",))]
    assert found["C"] == ()


def test_shared_terms_weigh_more_than_words_and_are_the_reason() -> None:
    tagged = loaded("Tagged", "tags: [WebSub, RSS]", "Nothing about pottery.", 6)
    asks = loaded("Asks", "tags: [RSS, WebSub]", "The kiln ate the glaze.", 7)
    found = related([*TEXTS, tagged, asks])
    assert shown(found["Asks"])[0] == ("Tagged", ("RSS", "WebSub"))
    assert ("Pots", ("glaze", "kiln")) in shown(found["Asks"])


def test_rare_terms_weigh_more_than_common_ones() -> None:
    common = [loaded(f"Common{n}", "tags: [news]", day=20 + n) for n in range(6)]
    rare = loaded("Rare", "tags: [bees]", day=1)
    asks = loaded("Asks", "tags: [news, bees]", day=28)
    assert related([*common, rare, asks])["Asks"][0].article is rare


def test_who_wrote_it_is_the_reason_only_where_there_is_no_other() -> None:
    one = loaded("One", "authors: [Ada]\ntags: [tea]", day=1)
    two = loaded("Two", "authors: [Ada]\ntags: [tea]", day=2)
    three = loaded("Three", "authors: [Ada]", day=3)
    found = related([one, two, three])
    assert shown(found["One"]) == [("Two", ("tea",)), ("Three", ("Ada",))]


def test_those_chosen_by_hand_come_first_and_are_filled_up_to_four() -> None:
    others = [loaded(f"Other{n}", "tags: [tea]", day=n) for n in range(1, 7)]
    bread = loaded("Bread", body="Flour and salt.", day=9)
    asks = loaded("Asks", "tags: [tea]\nrelated: [bread, other1]", day=8)
    titles = [each.article.title.text for each in related([*others, bread, asks])["Asks"]]
    assert titles == ["Bread", "Other1", "Other6", "Other5"]


def test_no_part_of_its_own_story_is_related_to_an_article() -> None:
    parts = [loaded(f"Part{n}", "tags: [tea]\nstory: saga", day=n) for n in (1, 2)]
    third = loaded("Part3", "tags: [tea]\nstory: saga\nrelated: [part1]", day=3)
    outside = loaded("Outside", "tags: [tea]", day=4)
    found = related([*parts, third, outside])
    assert [each.article.title.text for each in found["Part3"]] == ["Outside"]
    assert len(found["Outside"]) == 3


ARTICLES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["red", "green", "blue"]), max_size=2, unique=True),
        st.lists(st.sampled_from(_WORDS), max_size=8, unique=True),
        st.integers(1, 28),
        st.sampled_from(["", "saga", "epic"]),
        st.lists(st.integers(0, 9), max_size=3, unique=True),
    ),
    min_size=1,
    max_size=10,
)


@law
@given(ARTICLES, st.randoms(use_true_random=False))
def test_what_is_related_has_laws(
    rows: list[tuple[list[str], list[str], int, str, list[int]]], random
) -> None:  # type: ignore[no-untyped-def]
    base = loaded("Base")
    articles = [
        msgspec.structs.replace(
            base,
            source=f"articles/a{n}.md",
            slug=f"a{n}",
            title=msgspec.structs.replace(base.title, text=f"a{n}"),
            date=base.date + timedelta(days=day),
            terms={"tags": tuple(tags)} if tags else {},
            keywords=" ".join(sorted(keywords)),
            story=story,
            related=tuple(f"a{each}" for each in picked if each < len(rows) and each != n),
        )
        for n, (tags, keywords, day, story, picked) in enumerate(rows)
    ]
    found = related(articles)
    for own in articles:
        matches = found[own.title.text]
        names = [each.article.slug for each in matches]
        assert len(set(names)) == len(names)
        assert own.slug not in names
        chosen = [
            name
            for name in own.related
            if not own.story or articles[int(name[1:])].story != own.story
        ]
        assert names[: len(chosen)] == chosen
        assert len(names) <= max(4, len(chosen))
        assert not own.story or all(each.article.story != own.story for each in matches)
        for each in matches[len(chosen) :]:
            both = {*own.keywords.split(), *own.terms.get("tags", ())}
            assert each.shares
            assert set(each.shares) <= both & {
                *each.article.keywords.split(),
                *each.article.terms.get("tags", ()),
            }
    shuffled = list(articles)
    random.shuffle(shuffled)
    assert related(shuffled) == found


_LONG = " ".join(
    f"Sentence {n} tells of the {_WORDS[n % 14]} and then of the {_WORDS[n * 5 % 14]}."
    for n in range(40)
)


@pytest.mark.parametrize(
    ("name", "edited"),
    [
        ("a sentence is added", f"{_LONG} This was added yesterday, by somebody."),
        ("a word is mended", _LONG.replace("Sentence 31 tells", "Sentence 31 speaks")),
        ("a sentence is left out", _LONG.replace("Sentence 30 tells of the", "It is the")),
    ],
)
def test_a_small_edit_leaves_the_keywords_as_they_are(name: str, edited: str) -> None:
    assert loaded("Long", body=edited).keywords == loaded("Long", body=_LONG).keywords


def test_keywords_are_frequent_words_and_those_at_the_beginning_but_no_common_ones() -> None:
    end = "The archive has an archive in an archive of archive boxes. "
    text = "A lighthouse keeper writes about 2026. " + "Much was said. " * 200 + end
    found = loaded("Hello", "hook: A *lamp* in the fog", text).keywords.split()
    assert {"lighthouse", "keeper", "archive", "lamp", "fog", "hello"} <= set(found)
    assert not {"the", "about", "2026", "much"} & set(found)


FILES = {
    "content/articles/a.md": article("A", "2026-11-01", "tags: [RSS, WebSub]"),
    "content/articles/b.md": article("B", "2026-11-02", "tags: [WebSub, RSS]"),
}


@pytest.fixture
def letter(tmp_path: Path) -> Published:
    return publish(tmp_path, FILES)


def test_the_page_shows_what_is_shared_below_each_related_card(letter: Published) -> None:
    [section] = letter.page("/articles/a/").xpath("//section[@class='related']")
    [reason] = section.xpath(".//p[@class='shares']")
    assert words(reason) == "Both about: RSS, WebSub"


def test_what_only_people_have_in_common_is_not_called_a_subject(tmp_path: Path) -> None:
    files = {
        f"content/articles/{name}.md": article(name.title(), "2026-11-01", "authors: [Ada Quay]")
        for name in ("kiln", "harbour")
    }
    page = publish(tmp_path, files).page("/articles/kiln/")
    [reason] = page.xpath("//p[@class='shares']")
    assert words(reason) == "In common: Ada Quay"


def test_a_new_article_renders_only_those_again_whose_related_list_changed(tmp_path: Path) -> None:
    files = {
        f"content/articles/{name}{n}.md": article(
            f"{name} {n}", f"2026-{month}-{n + 1:02}", f"tags: [{name}]", body=f"About {name}.\n"
        )
        for name, month in (("tea", 11), ("bees", 10))
        for n in range(8)
    }
    publish(tmp_path, files)
    new = {"content/articles/z.md": article("New", "2026-09-01", "tags: [bees]", body="Hives.\n")}
    rendered = [path for path, _ in publish(tmp_path, new).report.rendered]
    assert [path for path in rendered if path.startswith("articles/tea")] == []


SAME_PAGE = [
    ("https://Example.com/a", "HTTPS://example.COM/a/"),
    ("https://example.com/a", "http://example.com:80/a#part"),
    ("https://example.com/a?b=1&utm_source=x", "https://example.com/a?utm_medium=y&b=1"),
    ("https://example.com/?p=3", "https://example.com?p=3"),
    ("https://example.com/a?c=2&b=1", "https://example.com/a?b=1&c=2"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAGE)
def test_addresses_of_one_page_are_equal_however_they_are_written(one: str, other: str) -> None:
    assert page_of(one) == page_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a", "https://example.com/a?page=2"),
        ("https://example.com/a", "https://example.org/a"),
    ],
)
def test_other_pages_are_not(one: str, other: str) -> None:
    assert page_of(one) != page_of(other)


def test_the_front_page_of_a_site_is_no_source_of_a_story() -> None:
    assert page_of("https://example.com/") == ""


def test_two_articles_on_one_source_are_told_with_both_files(tmp_path: Path) -> None:
    def on(address: str, date: str, *more: str) -> str:
        return article("Report", date, "source:", "  name: Wire", f"  url: {address}", *more)

    files = {
        "content/articles/a.md": on("https://wire.example/story/", "2026-11-01"),
        "content/articles/b.md": on("https://wire.example/story?utm_source=x", "2026-11-03"),
        "content/articles/c.md": on("https://wire.example/other", "2026-11-04"),
        "content/articles/d.md": on("https://wire.example/other", "2026-11-05", "draft: true"),
    }
    assert publish(tmp_path, files).told == [
        (
            "content/articles/b.md:6:8: warning: this is the source of articles/a.md too"
            " (merge the two, or name the source that is this article's own)"
        )
    ]


_STORY = (
    "The ferry that crosses the bay every morning will stop in March, the owner said on Monday. "
    "It has carried eighty thousand people a year since 1961. A bridge was promised for 2030, and "
    "nobody on the island believes in it. The school will have to find another way to bring its "
    "teachers over, and the baker has already ordered a second freezer."
)


def test_two_articles_with_nearly_the_same_text_are_told_with_both_files(tmp_path: Path) -> None:
    files = {
        "content/articles/a.md": article("Ferry", "2026-11-01", body=_STORY),
        "content/articles/b.md": article(
            "Boat", "2026-11-02", body=_STORY.replace("Monday", "Tuesday").replace("baker", "cook")
        ),
        "content/articles/c.md": article("Draft", "2026-11-03", "draft: true", body=_STORY),
    }
    told = [
        (
            "content/articles/b.md: warning: the text is nearly that of articles/a.md"
            " (keep one of the two, with the other's address among its aliases)"
        )
    ]
    assert publish(tmp_path, files).told == told
    assert publish(tmp_path, {}).told == told
    other = {"content/articles/b.md": article("Boat", "2026-11-02", body="Something else.")}
    assert publish(tmp_path, other).told == []


def test_however_many_articles_have_one_text_each_of_them_is_told(tmp_path: Path) -> None:
    copies = {
        f"content/articles/{n:02}.md": article(f"Ferry {n}", "2026-11-01", body=_STORY)
        for n in range(15)
    }
    told = publish(tmp_path, copies).told
    assert [each.partition(":")[0] for each in told] == list(copies)[1:]
    assert all("the text is nearly that of articles/00.md" in each for each in told)


def test_an_article_more_renders_no_other_of_its_week_but_the_one_before(tmp_path: Path) -> None:
    texts = ("ferry island bridge", "violin oak varnish", "comet orbit telescope")
    files = {
        f"content/articles/{n}.md": article(f"Number {n}", f"2026-11-1{n + 6}", body=f"{text} " * 9)
        for n, text in enumerate(texts)
    }
    publish(tmp_path, files)
    more = {"content/articles/3.md": article("Number 3", "2026-11-19", body="bread rye oven " * 9)}
    rendered = [path for path, _ in publish(tmp_path, more).report.rendered]
    articles = [path for path in rendered if path.startswith("articles/") and "html" in path]
    assert articles == ["articles/3/index.html", "articles/2/index.html"]


def test_short_texts_and_the_formulas_of_a_weekly_are_no_duplicates(tmp_path: Path) -> None:
    frame = "Welcome to the week in lamps. {} Send us your news by Friday. Thank you for reading!"
    news = [f"This week a {a} met a {b} at the {c}, and they talked about {d} for hours, while the"
            f" {e} burned down slowly in its {b} holder." for a, b, c, d, e in
            zip(_WORDS, _WORDS[3:], _WORDS[5:], _WORDS[7:], _WORDS[9:], strict=False)]  # fmt: skip
    files = {
        f"content/articles/{n}.md": article(f"Issue {n}", f"2026-11-0{n + 1}", body=frame.format(each))
        for n, each in enumerate(news[:4])
    } | {
        f"content/articles/short{n}.md": article(f"Short {n}", f"2026-10-0{n + 1}", body="See you soon.")
        for n in range(3)
    }  # fmt: skip
    assert publish(tmp_path, files).told == []


@law
@given(st.text(alphabet="ab .\n", max_size=300), st.text(alphabet="ab .\n", max_size=300))
def test_resemblance_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= resemblance(one, other) == resemblance(other, one) <= 1


_ARTICLES = st.dictionaries(
    st.sampled_from("abcdefghij"),
    st.tuples(
        st.lists(st.sampled_from(_WORDS), min_size=3, max_size=8),
        st.lists(st.sampled_from(["red", "Red", "green"]), max_size=2),
        st.integers(1, 20),
        st.sampled_from(["", "story: pots"]),
        st.lists(st.sampled_from("abcdefghij"), max_size=2),
    ),
    max_size=9,
)
_Drawn = dict[str, tuple[list[str], list[str], int, str, list[str]]]


def _listed(drawn: _Drawn) -> tuple[Article, ...]:
    found = [
        loaded(name, f"tags: [{', '.join(tags)}]\n{story}", " ".join(texts), day)
        for name, (texts, tags, day, story, _) in drawn.items()
    ]
    return select(Content(articles=tuple(found)), datetime(2027, 1, 1, tzinfo=UTC)).articles


@law
@given(_ARTICLES, _ARTICLES)
def test_what_is_kept_of_the_last_plan_changes_nothing(before: _Drawn, changes: _Drawn) -> None:
    def lists(drawn: _Drawn, last: Remembered) -> Remembered:
        listed = _listed(drawn)
        by_slug = {each.slug: each for each in listed}
        picked = {
            each.source: tuple(
                by_slug[name]
                for name in drawn[each.slug][4]
                if name in by_slug and name != each.slug
            )
            for each in listed
        }
        indexes = [index_terms(each, listed)[0] for each in CONFIG.taxonomies]
        return related_lists(listed, indexes, picked, last)

    # Some articles go, some change, some come.
    after = {name: each for name, each in {**before, **changes}.items() if name not in "ab"}
    assert lists(after, lists(before, Remembered())) == lists(after, Remembered())


_BASE = loaded("Base")
_TERMS = ["red", "Red", "green", "blue"]


def _made(name: str, seed: Random) -> Article:
    """An article with words of which many have the same, by the numbers of the seed."""
    return msgspec.structs.replace(
        _BASE,
        source=f"articles/{name}.md",
        slug=name,
        date=_BASE.date + timedelta(days=seed.randrange(30)),
        terms={"tags": tuple(seed.sample(_TERMS, seed.randrange(3)))},
        keywords=" ".join(sorted(seed.sample(_WORDS, seed.randrange(2, 6)))),
        story=seed.choice(["", "", "", "pots"]),
    )


@pytest.mark.parametrize("size", [20, 60, 200])
@pytest.mark.parametrize("seed", range(12))
def test_after_some_changes_among_many_articles_the_lists_are_as_if_found_anew(
    size: int, seed: int
) -> None:
    chance = Random(seed)
    articles = {f"a{n}": _made(f"a{n}", chance) for n in range(size)}
    last = Remembered()
    for _ in range(8):
        content = Content(articles=tuple(articles.values()))
        listed = select(content, datetime(2027, 1, 1, tzinfo=UTC)).articles
        indexes = [index_terms(each, listed)[0] for each in CONFIG.taxonomies]
        last = related_lists(listed, indexes, {}, last)
        assert last == related_lists(listed, indexes, {}, Remembered())
        for name in chance.sample(sorted(articles), chance.randrange(1, 4)):
            del articles[name]
            again = chance.choice([name, name, f"{name}x", ""])
            if again:
                articles[again] = _made(again, chance)
