"""What is read a short way comes out as the libraries themselves would give it."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import Token

from generator.frontmatter.full_yaml import load_any
from generator.frontmatter.plain_yaml import read_plain
from generator.markdown.citations import Citations, citations_plugin
from generator.markdown.code import spans
from generator.markdown.lexing import Lexing
from generator.markdown.parser import parser_for
from generator.markdown.tasks import tasks_plugin
from tests.test_laws import law

CODE = {
    "python": '@x\ndef f(a, *, b=0x1F):\n    """Doc."""\n    return f"{a!r:>{b}}" if a else r\'\\d\'\n',
    "pycon": ">>> print('a')\na\n>>> 1/0\nTraceback (most recent call last):\nZeroDivisionError: x\n",
    "javascript": "const f = async (x) => { await x?.y; return `a${x / 2}b`; } // /re/\nvar r = /a\\/[/]/g\n",
    "typescript": "interface A<T> { readonly b?: T[] }\nexport type C = keyof A<string>;\n",
    "bash": 'for f in *.md; do echo "${f%.md} $(wc -l < "$f")"; done <<EOF\n$HOME\nEOF\n',
    "console": "$ ls -l | grep x\ntotal 0\n# make\n",
    "html": "<!doctype html><p class=a id='b'>x &amp; y</p><script>let a = 1;</script><!-- c -->\n",
    "css": "@media (min-width: 1em) { a:hover > b::after { color: #fff; content: '\\201C' } }\n",
    "c": '#include <x.h>\nint main(void) { /* c */ char *s = "a\\n%d"; return 0x1f + 1.5e3; }\n',
    "rust": "fn f<'a>(x: &'a str) -> u8 { let r = r#\"x\"#; println!(\"{}\", r); 1_000u8 }\n",
    "go": "package main\nfunc (s *S) F(a ...int) (err error) { c := `raw`; return <-ch }\n",
    "sql": "SELECT a.*, COUNT(*) FROM t AS a WHERE b = 'it''s' -- c\nGROUP BY 1;\n",
    "toml": '[a.b]\nc = """x\ny"""\nd = 1979-05-27T07:32:00Z\n',
    "yaml": "a: &x [1, 'b']\nc: |\n  text\n# d\n",
    "json": '{"a": [1, -2.5e3, true, null, "\\u00e9"]}\n',
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n",
    "docker": "FROM a AS b\nRUN apt-get update && \\\n  x\nCOPY --from=b /c /d\n",
    "ruby": "class A < B\n  def c(d: 1) = \"#{d} #{%w[a b]}\"\nend\n=begin\nx\n=end\n",
    "php": "<p><?php function f(int $a): ?string { return \"$a {$b->c}\"; } ?>\n",
    "haskell": "module A where\nf :: Int -> [a]\nf x = case x of { _ | x > 0 -> [] } -- c\n",
}  # fmt: skip
MIXED = "".join(CODE.values()) + "\t\x0c é 𝒳 ſK\x00 \\"


def assert_same_tokens(lexer: Any, code: str) -> None:
    assert list(Lexing(lexer, worth_it=0).tokens(code)) == list(lexer.get_tokens(code))


@pytest.mark.parametrize("language", CODE)
def test_code_has_the_tokens_that_its_lexer_gives(language: str) -> None:
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    for code in (CODE[language], MIXED, ""):
        assert_same_tokens(lexer, code)


def test_any_lexer_gives_the_same_tokens(slow: bool) -> None:
    names = [aliases[0] for _, aliases, _, _ in get_all_lexers() if aliases]
    for name in names if slow else names[::25]:
        assert_same_tokens(get_lexer_by_name(name), MIXED[:: 1 if slow else 3])


@law
@given(
    st.sampled_from(["python", "javascript", "bash", "css", "sql", "rust"]),
    st.lists(st.sampled_from([*MIXED, *MIXED.split()]) | st.text(max_size=4), max_size=20),
)
def test_any_text_has_the_tokens_that_a_lexer_gives(language: str, parts: list[str]) -> None:
    assert_same_tokens(get_lexer_by_name(language), "".join(parts))


KINDS = st.sampled_from(
    [Token.Text, Token.Text.Whitespace, Token.Keyword, Token.Name, Token.Name.Own, Token.Error]
)


def assert_same_spans(tokens: list[tuple[Any, str]]) -> None:
    written = StringIO()
    HtmlFormatter(nowrap=True).format(tokens, written)
    assert spans(tokens) == written.getvalue()


@pytest.mark.parametrize("language", CODE)
def test_code_has_the_spans_that_pygments_writes(language: str) -> None:
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    for code in (CODE[language], MIXED, "\n", ""):
        assert_same_spans(list(lexer.get_tokens(code)))


@law
@given(st.lists(st.tuples(KINDS, st.text("ab<&>\"'\n\t", max_size=5)), max_size=12))
def test_any_tokens_become_the_spans_that_pygments_writes(tokens: list[tuple[Any, str]]) -> None:
    assert_same_spans(tokens)


PIECES = st.lists(
    st.sampled_from(
        [
            "*", "**", "_", "__", "~~", "`", "``", "[", "](", "]", ")", "(", "!", "![", "<", ">", "&amp;", "&",
            "\\", "\n", "\n\n", "  \n", "- ", "* ", "1. ", "2) ", "> ", "# ", "---", "***", "```\n", "~~~\n",
            "| a | b |\n|---|:-:|\n", "|", "\\|", "`a|b`", "    ", "\t", " ", " ", "a", "word", "Foo9", "x.",
            "é", "—", "[a](https://x.example/y)", "[b c](/d)", "[x]( y )", "[x](y_*z)", "[a](b 't')", "[]()",
            "[r]", "[r]: /u\n", "[^1]", "[^1]: note\n", "^[in]", "www.x.example", "http://a.example/c",
            "me@x.example", "mailto:a@b.example", "[@a]", "[@a; @z]", "[@a][@a]", "[@a](see)",
            "<b>", "<!-- c -->", "<https://x.example>",
            "*em*", "**strong**", "_e_", "*a b*,", "**a**b", "a*b*", "* *", "*(x)*", "*www.x.example*",
            "Term\n: Def\n", "- [x] t\n", "[!NOTE]", "===\n", "![i](j.png 't')", "[![i](j)](k)", ":", ".", "1",
            "w", "@", "^", "\u00a0", '"', "<script>",
        ]
    ),
    max_size=16,
).map("".join)  # fmt: skip
OWN_RULES = ("footnote_block_open", "th_open", "td_open", "fence", "code_block")


def written(md: MarkdownIt, text: str) -> str:
    return str(md.render(text, {"citations": Citations({"a": 1}), "colours": None}))


def library_parser(like: MarkdownIt) -> MarkdownIt:
    """The library's own parser with all rules, writing what the newsletter's own rules write."""
    options = {key: like.options[key] for key in ("html", "maxNesting", "tasklists", "alerts")}
    md = MarkdownIt("commonmark", options | {"xhtmlOut": False}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin).use(citations_plugin).use(tasks_plugin)
    if "gfm_autolink_www" in like.get_all_rules()["inline"]:
        md.use(gfm_autolink_plugin)
    md.validateLink = lambda url: True
    md.renderer.rules |= {name: like.renderer.rules[name] for name in OWN_RULES}
    return md


@law
@given(PIECES)
def test_any_markdown_becomes_the_html_that_the_library_makes(text: str) -> None:
    md = parser_for(text)
    assert written(md, text) == written(library_parser(md), text)


WORDS = st.sampled_from(
    [
        "x", "word two", "12", "007", "0", "-1", "1e3", "true", "no", "null", "a#b", "a #b", "a:b", "a: b",
        "é", "1.10", "2026-08-15T12:00:00Z", "https://x.example/z?a=1#b", "/a/b", "C++", '"q s"', "'it'",
        '""', "''", "'it''s'", '"a\\nb"', "a, b", "a[b]", 'a "b"', "_x", "50%", "e  f", "f ", "x:", "|", ">",
        "&a b", "*a", "{}", "? x", "! x", "- x", "~", "<<", "# c", "\u00a0", "it's", '"a: b"', "",
    ]
)  # fmt: skip
FLOW = st.lists(WORDS, max_size=4).map(lambda words: f"[{', '.join(words)}]")
ITEMS = st.tuples(
    st.sampled_from(["\n- ", "\n  - ", "\n    -  "]), st.lists(WORDS, max_size=3)
).map(lambda list_: "".join(list_[0] + word for word in list_[1]))
LINES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c-d", "E_1", "true", "a b", "- a", "  a"]),
        st.sampled_from([": ", ":", ":  "]),
        WORDS | FLOW | ITEMS,
    ).map("".join),
    max_size=5,
).map("\n".join)


@law
@given(LINES)
def test_plain_yaml_is_read_as_pyyaml_reads_it(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        data, doubled = load_any(text)
        # The same, and of the same types.
        assert (repr(data or {}), doubled) == (repr(plain), [])


@pytest.mark.parametrize(
    "text",
    [
        "title: A title\ndate: 2026-11-20\ndraft: false\nweight: 3\n",
        'title: "Quoted: yes"\ntags: [one, "two words", \'three\']\nauthors:\n  - Ann Example\n',
        "source: https://example.org/\nlang:\n",
    ],
)
def test_ordinary_front_matter_is_plain(text: str) -> None:
    assert read_plain(text) == load_any(text)[0]
