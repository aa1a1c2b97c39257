"""Markdown to HTML: what authors write, and what a reader's browser gets."""

from __future__ import annotations

import re

import lxml.html
import pytest

from generator.config import MarkdownSettings
from generator.markdown.render import Rendered, Renderer
from generator.model import Places
from generator.references import elsewhere, resolve

SANITIZE = MarkdownSettings()
ALLOW = MarkdownSettings(html="allow")


def rendered(text: str, settings: MarkdownSettings = SANITIZE, *sources: str) -> Rendered:
    numbers = {source: number for number, source in enumerate(sources, 1)}
    return Renderer("articles", settings, numbers).body(text)


def page(text: str, settings: MarkdownSettings = SANITIZE, *sources: str) -> lxml.html.HtmlElement:
    html = rendered(text, settings, *sources).fragment.html
    return lxml.html.fragment_fromstring(html, create_parent="body")


FEATURES = [
    ("paragraph", "One\nparagraph.", "p", "One\nparagraph."),
    ("emphasis", "*a*", "p/em", "a"),
    ("strong", "**a**", "p/strong", "a"),
    ("code", "`a < b`", "p/code", "a < b"),
    ("hard line break", "a\\\nb", "p/br", ""),
    ("quote", "> a", "blockquote/p", "a"),
    ("bullet list", "- a\n- b", "ul/li[2]", "b"),
    ("ordered list", "3. a\n4. b", "ol[@start='3']/li[2]", "b"),
    ("rule", "a\n\n---", "hr", ""),
    ("link", "[a](https://example.org/ 'T')", "p/a[@href='https://example.org/'][@title='T']", "a"),
    ("reference link", "[a][x]\n\n[x]: https://example.org/", "p/a[@href='https://example.org/']", "a"),
    ("autolink", "<https://example.org/>", "p/a", "https://example.org/"),
    ("GFM autolink", "see https://example.org/a.", "p/a[@href='https://example.org/a']",
     "https://example.org/a"),
    ("GFM autolink of www", "see www.example.org", "p/a[@href='http://www.example.org']",
     "www.example.org"),
    ("GFM autolink of mail", "to me@example.org", "p/a[@href='mailto:me@example.org']",
     "me@example.org"),
    ("GFM strikethrough", "~~a~~", "p/s", "a"),
    ("GFM table", "|a|b|\n|-|:-:|\n|1|2|", "table/tbody/tr/td[2]", "2"),
    ("GFM table head", "|a|b|\n|-|-|\n|1|2|", "table/thead/tr/th[1]", "a"),
    ("task list", "- [x] done\n- [ ] open", "ul/li[1]/label[input[@checked][@type='checkbox']]",
     " done"),
    ("task list with raw HTML", "- [ ] <b>open</b>", "ul/li[1]/label[input[@type='checkbox']]", " open"),
    ("task list with room", "- [ ] open\n\n  More.", "ul/li[1]/p[1]/label[input]", " open"),
    ("footnote", "a[^1]\n\n[^1]: note", "section//li/p", "note"),
    ("definition list", "Term\n: Meaning", "dl/dd", "Meaning"),
    ("heading", "## A part", "h2[@id='a-part']", "A part"),
    ("admonition", "> [!NOTE]\n> Mind this.", "*[contains(@class, 'note')]", "Note\nMind this."),
    ("fenced code", "```\na < b\n```", "pre/code", "a < b\n"),
    ("indented code", "    a\n", "pre/code", "a\n"),
    ("highlighted code", "```python\nimport os\n```", "pre/code[@class='language-python']/span[1]",
     "import"),
    ("unknown language", "```nosuch\nx\n```", "pre/code[@class='language-nosuch']", "x\n"),
    ("figure", "![alt](https://example.org/a.png 'The caption')", "figure/figcaption",
     "The caption"),
    ("figure's image", "![alt](https://example.org/a.png 'The caption')",
     "figure/img[@alt='alt'][not(@title)]", ""),
    ("image in a line", "x ![alt](https://example.org/a.png)", "p/img[@loading='lazy']", ""),
    ("entity", "&copy; &amp;", "p", "© &"),
    ("emoji shortcodes stay text", ":smile:", "p", ":smile:"),
    ("template syntax stays text", "{{ x }} {% y %} {# z #}", "p", "{{ x }} {% y %} {# z #}"),
    ("CDATA's end", "a ]]> b", "p", "a ]]> b"),
    ("U+2028 and U+0085 in a line", "# a\u2028b\u0085c", "h2", "a\u2028b\u0085c"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "content"), [row[1:] for row in FEATURES], ids=[row[0] for row in FEATURES]
)
def test_markdown_becomes_the_element_it_means(text: str, path: str, content: str) -> None:
    [element] = page(text).xpath(
        f"//body/{path}" if not path.startswith("section") else f"//{path}"
    )
    for back in element.xpath(".//a[@class='footnote-backref']"):
        back.drop_tree()
    words = element.text_content()
    assert words.strip() == content.strip()


def test_emoji_shortcodes_where_the_site_wants_them() -> None:
    settings = MarkdownSettings(emoji=True)
    assert page(":tada: :nosuch:", settings).text_content().strip() == "🎉 :nosuch:"


def test_code_without_colours_where_the_site_wants_none() -> None:
    code = page("```python\nimport os\n```", MarkdownSettings(highlight=False))
    assert code.xpath("//code/span") == []


def test_headings_have_distinct_anchors_and_a_list_of_contents() -> None:
    body = rendered("# Part\n\n## Part\n\n## Part\n\n## שלום\n\n## !\n\n## Part-2")
    listed = [(each.level, each.anchor, each.text) for each in body.fragment.headings]
    # The page's own title is its h1, so that the text's begin with h2.
    assert listed == [
        (2, "part", "Part"),
        (3, "part-2", "Part"),
        (3, "part-3", "Part"),
        (3, "שלום", "שלום"),
        (3, "section", "!"),
        (3, "part-2-2", "Part-2"),
    ]
    html = lxml.html.fragment_fromstring(body.fragment.html, create_parent="body")
    assert [each.get("id") for each in html] == [anchor for _, anchor, _ in listed]


def test_citations_are_numbered_and_linked_to_their_sources() -> None:
    html = page("One [@a]. Two [@b; @a], three [@a,@b].", SANITIZE, "a", "b")
    links = [(a.text, a.get("href"), a.get("id")) for a in html.xpath("//a")]
    assert links == [
        ("1", "#source-a", "cite-a-1"),
        ("2", "#source-b", "cite-b-1"),
        ("1", "#source-a", "cite-a-2"),
        ("1", "#source-a", "cite-a-3"),
        ("2", "#source-b", "cite-b-2"),
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("One [@a][@b]", "One[1][2]"),
        ("One [@a](see x)", "One[1](see x)"),
        ("One [@a](ibid)", "One[1](ibid)"),
        ("One [@a](p.4)", "One[1](p.4)"),
        ("One [@a](https://example.org", "One[1](https://example.org"),
        ("One [@a][]", "One[1][]"),
        ("One [@a][b]", "One[1][b]"),
        ("One [@a][@b](https://example.org/)", "One[1]@b"),
        ("One [@a][^1]\n\n[^1]: Note", "One[1][1]"),
    ],
)
def test_a_citation_is_one_whatever_follows_it(text: str, seen: str) -> None:
    html = page(text, SANITIZE, "a", "b")
    assert html.xpath("string(.//p)") == seen
    assert html.xpath(".//a[@class='cite']")


NO_CITATIONS = [
    "[@a](about.md)",
    "[@a](<x y>)",
    '[@a](/about/ "About")',
    "[@a][]\n\n[@a]: https://example.org/",
    "[@a](https://example.org/)",
    "[@a][x]\n\n[x]: https://example.org/",
    "[@a]\n\n[@a]: https://example.org/",
    "`[@a]`",
    "```\n[@a]\n```",
    r"\[@a]",
    "[a@b]",
    "[@ a]",
]


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_links_and_code_are_no_citations(text: str) -> None:
    body = rendered(text, SANITIZE, "a")
    assert "cite" not in body.fragment.html
    assert body.notes == ()


def test_an_undefined_citation_is_told_with_its_line() -> None:
    body = rendered("Good [@a].\n\nBad [@b]\nand [@c; @a].\n", SANITIZE, "a")
    assert [(each.line, each.word, each.severity) for each in body.notes] == [
        (2, "[@b]", "error"),
        (3, "[@c; @a]", "error"),
    ]
    assert "no source has the id 'b'" in body.notes[0].message
    assert body.notes[0].hint == "the sources are: a"


LINKS = [
    ("absolute", "https://example.org/x?y=1#z", "https://example.org/x?y=1#z"),
    ("mail", "mailto:me@example.org", "mailto:me@example.org"),
    ("anchor", "#part", "#part"),
    ("another host's", "//example.org/x", "//example.org/x"),
    ("from the root", "/about/", "content:/about/"),
    ("a file beside", "other.md#part", "content:articles/other.md#part"),
    ("a file above", "../pages/about.md", "content:pages/about.md"),
    ("a folder", "../images/", "content:images/"),
]


@pytest.mark.parametrize(("written", "href"), [row[1:] for row in LINKS], ids=[r[0] for r in LINKS])
@pytest.mark.parametrize(
    "form", ["[x]({})", "<b>y</b> <a href='{}'>x</a>"], ids=["Markdown", "raw"]
)
def test_links_to_files_become_references(form: str, written: str, href: str) -> None:
    body = rendered(form.format(written))
    html = lxml.html.fragment_fromstring(body.fragment.html, create_parent="body")
    assert html.xpath("//a/@href") == [href]
    assert body.references == ((href,) if href.startswith("content:") else ())


UNSAFE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "  javascript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "content:secret",
    "view-source:x",
]


@pytest.mark.parametrize("url", UNSAFE)
@pytest.mark.parametrize(
    "form",
    ["[x](<{}>)", "[x][r]\n\n[r]: <{}>", "![x](<{}>)", '<a href="{}">x</a>', '<img src="{}">'],
)
@pytest.mark.parametrize("settings", [SANITIZE, ALLOW], ids=["sanitize", "allow"])
def test_addresses_that_can_run_code_are_dropped(
    settings: MarkdownSettings, form: str, url: str
) -> None:
    html = page("Text " + form.format(url), settings)
    kept = [each for each in html.xpath("//@href | //@src") if not each.startswith("content:")]
    assert kept == []


def test_a_dropped_link_leaves_its_text_and_is_told() -> None:
    body = rendered("One.\n\nA [bad *link*](javascript:x) here.")
    assert re.sub("<[^>]+>", "", body.fragment.html) == "One.\nA bad link here.\n"
    [note] = body.notes
    assert note.line == 2
    assert note.message.startswith("link dropped: 'javascript:x'")


def test_images_may_be_data_of_pictures_only() -> None:
    png = "data:image/png;base64,iVBORw0KGgo="
    assert page(f"![x]({png})").xpath("//img/@src") == [png]
    assert page("![x](data:image/svg+xml;base64,PHN2Zz4=)").xpath("//img") == []
    assert page(f"[x]({png})").xpath("//a") == []


SANITISED = [
    ("script", "a <script>alert(1)</script> b", "a  b"),
    ("script block", "<script>\nalert(1)\n</script>\n\nb", "b"),
    ("style", "<style>p {color: red}</style>\n\nb", "b"),
    ("iframe", "<iframe src='https://example.org/'></iframe>\n\nb", "b"),
    ("handler", '<b onclick="alert(1)">a</b>', "a"),
    ("style attribute", '<b style="position: fixed">a</b>', "a"),
    ("unknown element", "the <nick> said", "the <nick> said"),
    ("generic type", "A Span<T> is", "A Span<T> is"),
    ("comment", "a <!-- hidden --> b", "a  b"),
    ("comment block", "<!-- hidden -->\n\na", "a"),
    ("control as entity", "<div>a&#1;b&#xFFFE;</div>", "ab"),
    ("nothing to do", "<kbd>Ctrl</kbd>", "Ctrl"),
]


@pytest.mark.parametrize(
    ("text", "content"), [row[1:] for row in SANITISED], ids=[row[0] for row in SANITISED]
)
def test_raw_html_is_made_safe(text: str, content: str) -> None:
    html = page(text)
    assert html.text_content().strip() == content
    assert html.xpath("//script | //style | //iframe") == []
    assert html.xpath("//@*[starts-with(name(), 'on') or name() = 'style']") == []


def test_what_is_removed_is_told() -> None:
    [note] = rendered("a\n\n<iframe src='https://example.org/'></iframe>").notes
    assert (note.line, note.message, note.severity) == (2, "<iframe> is left out", "warning")


def test_raw_html_is_kept_where_the_site_trusts_its_authors() -> None:
    html = page("<iframe src='https://example.org/' onload='go()'></iframe>", ALLOW)
    assert html.xpath("//iframe/@onload") == ["go()"]


BALANCED = [
    "<table><tr><td>open",
    "<div><div>\n\ntext",
    "</div></section> stray",
    "<b>*a</b>*",
    "<p><ul><li>x",
    "<b " + "<b>" * 200,
    "<a href='x\"y'>z",
    "<!-- open",
    "<ul>\n<li>a\n\nb",
]


@pytest.mark.parametrize("settings", [SANITIZE, ALLOW], ids=["sanitize", "allow"])
@pytest.mark.parametrize("text", BALANCED)
def test_no_article_swallows_what_follows_it(text: str, settings: MarkdownSettings) -> None:
    html = rendered(text, settings).fragment.html
    around = lxml.html.document_fromstring(f"<main>{html}</main><footer>end</footer>")
    assert around.xpath("string(//body/footer)") == "end"


def test_a_line_of_text_holds_phrasing_only() -> None:
    renderer = Renderer("", SANITIZE)
    line = renderer.inline("A <table><tr><td>*big*</td></tr></table>\nline\n\nof <b>text")
    assert line.html == "A <em>big</em> line of <b>text</b>"


def test_a_title_is_no_place_for_links() -> None:
    renderer = Renderer("", SANITIZE)
    title = renderer.inline("[A](https://a.example/) <a href='/b'>b</a> c", links=False)
    assert title.html == "A b c"
    assert title.text == "A b c"


TITLES = [
    ("Span<T> & co", "Span&lt;T&gt; &amp; co", "Span<T> & co"),
    ("<strike>old</strike> new", "<strike>old</strike> new", "old new"),
    ("Fish &amp; chips&#160;now", "Fish &amp; chips\u00a0now", "Fish & chips now"),
    ("*Emphasis*", "<em>Emphasis</em>", "Emphasis"),
    ("snake_case_name: 3 < 4", "snake_case_name: 3 &lt; 4", "snake_case_name: 3 < 4"),
    ("Is ](this) ok [", "Is ](this) ok [", "Is ](this) ok ["),
]


@pytest.mark.parametrize(("written", "html", "text"), TITLES)
def test_a_line_is_html_and_plain_text(written: str, html: str, text: str) -> None:
    line = Renderer("", SANITIZE).inline(written)
    assert (line.html, line.text) == (html, text)


def test_an_excerpt_is_the_first_paragraph_or_what_comes_before_more() -> None:
    assert rendered("# Head\n\nFirst *one*.\n\nSecond.").excerpt == "First one."
    assert rendered("First.\n\nSecond.\n\n<!-- more -->\n\nThird.").excerpt == "First. Second."
    assert rendered("- only\n- a list").excerpt == "only a list"
    assert rendered("").excerpt == ""


def test_references_are_resolved_in_tags_and_nowhere_else() -> None:
    html = rendered(
        '[x](other.md)\n\n```html\n<a href="content:quoted">\n```\n\n'
        '<p title="a > b">="content:said" href="content:said" <img src="/i.png" alt="x > y"></p>'
    ).fragment.html
    addresses = {"content:articles/other.md": "/articles/other/", "content:/i.png": "/i.png"}
    shown = resolve(
        html, Places(addresses | {"content:said": "/said/", "content:quoted": "/quoted/"})
    )
    body = lxml.html.fragment_fromstring(shown, create_parent="body")
    assert body.xpath("//a/@href | //img/@src") == ["/articles/other/", "/i.png"]
    assert '="content:said" href="content:said"' in body.text_content()
    assert 'href="content:quoted"' in body.text_content()


def test_html_moved_to_another_page_brings_no_ids_and_leads_back() -> None:
    html = rendered(
        'See[^1] [here](#part) and ![i](/i.png).\n\n## Part\n\n[^1]: Note <img srcset="a.png 2x">'
    ).fragment.html
    html = resolve(html, Places({"content:/i.png": "/i.png"}))
    moved = lxml.html.fragment_fromstring(
        elsewhere(html, "https://letter.example/articles/x/"), create_parent="body"
    )
    assert moved.xpath("//@id") == []
    addresses = moved.xpath("//@href | //@src | //@srcset")
    assert addresses
    assert all(each.startswith("https://letter.example/") for each in addresses)


HEAVY = [
    "[" * 2_000, "![" * 2_000, ">" * 10_000, "*a" * 5_000, "`" * 10_000, "<" * 10_000, "[^" * 2_000,
    "[@a" * 2_000, "- " * 5_000, "<b>" * 5_000, "<div>\n\n" * 2_000, "".join("  " * i + "- a\n" for i in range(300)),
]  # fmt: skip


@pytest.mark.parametrize("text", HEAVY, ids=[each[:5] for each in HEAVY])
def test_deep_nesting_is_rendered_and_never_an_exception(text: str) -> None:
    assert rendered(text).fragment.html
