"""The rules of feeds find what breaks them: each feed here breaks one, and is told so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.feed_rules import atom_problems, html_problems, json_feed_problems, rss_problems

ADDRESS = "https://x.example/feed"
RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>X</title><link>https://x.example/</link><description>About X</description>
<language>en</language><lastBuildDate>Fri, 20 Nov 2026 10:00:00 +0000</lastBuildDate>
<atom:link href="https://x.example/feed" rel="self" type="application/rss+xml"/>
<item><title>One</title><link>https://x.example/1</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0000</pubDate><dc:creator>Ann</dc:creator>
<source url="https://y.example/">Y</source><description>Words</description>
<content:encoded>&lt;p&gt;&lt;a href="https://x.example/"&gt;x&lt;/a&gt;&lt;/p&gt;</content:encoded>
<media:content url="https://x.example/i.png" medium="image"/></item>
<item><title>Two</title><link>https://x.example/2</link><guid>https://x.example/2</guid></item>
</channel></rss>
"""
ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>X</title>
<id>https://x.example/</id><updated>2026-11-20T10:00:00Z</updated><author><name>Ann</name></author>
<link rel="self" type="application/atom+xml" href="https://x.example/feed"/>
<link rel="alternate" type="text/html" href="https://x.example/"/>
<entry><title>One</title><id>tag:x.example,2026:1</id><updated>2026-11-20T10:00:00Z</updated>
<published>2026-11-20T09:00:00Z</published><category term="a"/><summary>Words</summary>
<link rel="alternate" type="text/html" href="https://x.example/1"/>
<content type="html">&lt;p&gt;Words&lt;/p&gt;</content>
<source><id>https://y.example/</id><title>Y</title><updated>2026-11-20T08:00:00Z</updated></source>
</entry></feed>
"""
JSON: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "X",
    "feed_url": ADDRESS,
    "language": "en",
    "authors": [{"name": "Ann"}],
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {
            "id": "1",
            "url": "https://x.example/1",
            "content_html": "<p>Words</p>",
            "date_published": "2026-11-20T10:00:00Z",
            "tags": ["a"],
        }
    ],
}


def test_valid_feeds_break_no_rule() -> None:
    assert rss_problems(RSS.encode(), ADDRESS) == []
    assert atom_problems(ATOM.encode(), ADDRESS) == []
    assert json_feed_problems(json.dumps(JSON).encode(), ADDRESS) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("</rss>", "", "is not well-formed"),
        ('encoding="UTF-8"', 'encoding="ISO-8859-1"', "encoding is ISO-8859-1"),
        ('version="2.0"', 'version="0.91"', "the root is"),
        ("<title>X</title>", "", "channel has no <title>"),
        ("<title>X</title>", "<title> </title>", "<title> is empty"),
        ("<title>X</title>", "<title>X &amp;amp; Y</title>", "holds markup"),
        ("<link>https://x.example/</link>", "", "channel has no <link>"),
        ("<link>https://x.example/</link>", "<link>/</link>", "<link> '/' is no web address"),
        ("<description>About X</description>", "", "channel has no <description>"),
        ("<language>en</language>", "<language>English</language>", "is no language"),
        ("<language>en</language>", "<language>en</language>" * 2, "<language> stands 2 times"),
        ("<language>en</language>", "<editor>Ann</editor>", "<editor> is unknown in <channel>"),
        ("<language>en</language>", "<managingEditor>Ann</managingEditor>", "no e-mail address"),
        ("<language>en</language>", "<ttl>soon</ttl>", "is no number of minutes"),
        ("<language>en</language>", "<image><url>https://x.example/i</url></image>", "no <title>"),
        ("Fri, 20 Nov", "Thu, 20 Nov", "is no RFC 822 date"),
        ("Fri, 20 Nov", "20 Nov", "is no RFC 822 date"),
        ("10:00:00 +0000</pub", "10:00:00 UTC</pub", "is no RFC 822 date"),
        ("10:00:00 +0000</last", "25:00:00 +0000</last", "is no RFC 822 date"),
        ('rel="self"', 'rel="hub"', "has 0 links to the feed itself"),
        ('href="https://x.example/feed"', 'href="https://x.example/f"', "and the feed is at"),
        ("application/rss+xml", "text/xml", "has the type 'text/xml'"),
        ('<guid isPermaLink="false">tag:1</guid>', "", "item 1: has no <guid>"),
        ('<guid isPermaLink="false">', "<guid>", "<guid> 'tag:1' claims to be an address"),
        ('isPermaLink="false"', 'isPermaLink="no"', "neither true nor false"),
        ("<guid>https://x.example/2", '<guid isPermaLink="false">tag:1', "'tag:1' stands 2 times"),
        ("<title>Two</title>", "", "item 2: has neither <title> nor <description>"),
        ("<title>Two</title>", "<title>Two</title><author>Ann</author>", "is no e-mail address"),
        (
            "<title>Two</title>",
            "<title>Two</title><dc:author>Ann</dc:author>",
            "Dublin Core has no",
        ),
        ("<title>Two</title>", "<title>Two</title><comments/>", "<comments> is empty"),
        ("<title>Two</title>", '<title>Two</title><enclosure url="a"/>', "<enclosure url='a'>"),
        ('<source url="https://y.example/">', "<source>", "<source url=None> is no web address"),
        ("Ann</dc:creator>", "</dc:creator>", "<creator> is empty"),
        ("https://x.example/i.png", "/i.png", "<media:content url='/i.png'>"),
        ('medium="image"', 'medium="picture"', "<media:content medium='picture'>"),
        ('a href="https://x.example/"', 'a href="/"', "<encoded> holds the relative address"),
        ("<description>Words", "<description>&lt;img src=i.png&gt;", "<description> holds the rel"),
    ],
)
def test_rules_of_rss(old: str, new: str, complaint: str) -> None:
    assert old in RSS
    found = rss_problems(RSS.replace(old, new, 1).encode(), ADDRESS)
    assert any(complaint in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("</feed>", "", "is not well-formed"),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "the root is"),
        ("<title>X</title>", "", "schema"),
        ("<title>X</title>", "<title>X</title>" * 2, "schema"),
        ("<title>X</title>", "<title/>", "<title> is empty"),
        ("<title>X</title>", "<title>X</title><editor/>", "schema"),
        ("<title>One</title>", "<title type='CDATA'>One</title>", "neither text, html nor xhtml"),
        ("<title>One</title>", "", "schema"),
        ('<content type="html">', '<content type="CDATA">', "neither text, html nor xhtml"),
        ("<id>https://x.example/</id>", "<id>/</id>", "<id> '/' is no absolute address"),
        ("<id>https://x.example/</id>", "", "schema"),
        ("<author><name>Ann</name></author>", "", "has an author"),
        ("<name>Ann</name>", "", "schema"),
        ("<name>Ann</name>", "<name>Ann</name><uri>ann</uri>", "<uri> 'ann' is no absolute"),
        ("<name>Ann</name>", "<name>Ann</name><email>ann</email>", "is no e-mail address"),
        ('xml:lang="en"', 'xml:lang="English language"', "schema"),
        ("2026-11-20T10:00:00Z</updated><author>", "2026-11-20</updated><author>", "schema"),
        (
            "2026-11-20T10:00:00Z</updated><author>",
            "now</updated><author>",
            "is no RFC 3339 moment",
        ),
        ('rel="self"', 'rel="via"', "has 0 links to the feed itself"),
        ('"https://x.example/feed"', '"https://x.example/f"', "and the feed is at"),
        ('href="https://x.example/1"', 'href="/1"', "<link href='/1'> is no absolute address"),
        ('href="https://x.example/1"', "", "schema"),
        (
            "<category",
            '<link href="https://x.example/2" type="text/html"/><category',
            "2 alternate",
        ),
        ('<category term="a"/>', '<category term=""/>', "a category has no term"),
        ('<category term="a"/>', "<category/>", "schema"),
        ("<published>2026-11-20T09", "<published>2026-11-20T11", "before it was published"),
        ("<source><id>https://y.example/</id>", "<source>", "<source> has no <id>"),
        ("&lt;p&gt;Words", "&lt;script&gt;&lt;/script&gt;", "<content> holds <script>"),
        ("<summary>Words</summary>", "<summary></summary>", "<summary> is empty"),
        ("</entry>", "</entry><entry><id>tag:x.example,2026:1</id></entry>", "stands 2 times"),
    ],
)
def test_rules_of_atom(old: str, new: str, complaint: str) -> None:
    assert old in ATOM
    found = atom_problems(ATOM.replace(old, new, 1).encode(), ADDRESS)
    assert any(complaint in each for each in found), found


@pytest.mark.parametrize(
    ("feed", "item", "complaint"),
    [
        ({"version": "https://jsonfeed.org/version/1"}, {}, "is not that of JSON Feed 1.1"),
        ({"title": None}, {}, "'title' is no str"),
        ({"title": ""}, {}, "'title' is empty"),
        ({"feed_url": "https://x.example/f"}, {}, "and the feed is at"),
        ({"home_page_url": "/"}, {}, "'home_page_url' is no web address"),
        ({"author": {"name": "Ann"}}, {}, "the key 'author' is unknown"),
        ({"authors": [{"email": "a@x.example"}]}, {}, "has neither name, url nor avatar"),
        ({"authors": [{"name": "Ann", "url": "ann"}]}, {}, "'ann' is no web address"),
        ({"hubs": [{"url": "https://hub.example/"}]}, {}, "lacks a type"),
        ({"language": "English language"}, {}, "is no language"),
        ({"items": [{"id": "1", "content_text": ""}] * 2}, {}, "the id '1' stands 2 times"),
        ({}, {"id": 1}, "'id' is no str"),
        ({}, {"url": "1"}, "'url' is no web address"),
        ({}, {"image": "/i.png"}, "'image' is no web address"),
        ({}, {"tags": "a"}, "'tags' is no list"),
        ({}, {"tags": ["a", " "]}, "is no text"),
        ({}, {"tags": []}, "'tags' is empty"),
        ({}, {"date_published": "2026-11-20"}, "is no RFC 3339 moment"),
        ({}, {"date_published": "2026-13-20T10:00:00Z"}, "is no RFC 3339 moment"),
        ({}, {"content_html": None}, "has neither content_html nor content_text"),
        ({}, {"content_html": "<a href='/x'>x</a>"}, "holds the relative address"),
        ({}, {"summary": "a\x08b"}, "holds a control character"),
    ],
)
def test_rules_of_json_feed(feed: dict[str, Any], item: dict[str, Any], complaint: str) -> None:
    changed = {**JSON, "items": [{**JSON["items"][0], **item}], **feed}
    found = json_feed_problems(json.dumps(changed).encode(), ADDRESS)
    assert any(complaint in each for each in found), found


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<a href="#here">x</a>', "relative"),
        ('<a href="../up">x</a>', "relative"),
        ('<img src="//x.example/i.png">', "relative"),
        ('<img srcset="https://x.example/i.png 1x, j.png 2x">', "j.png"),
        ('<blockquote cite="page">x</blockquote>', "relative"),
        ('<a href="javascript:x()">x</a>', "unsafe"),
        ('<img src="data:image/png;base64,AAAA">', "unsafe"),
        ('<a href="content:other.md">x</a>', "which is no address"),
        ('<p onclick="x()">x</p>', "the attribute onclick"),
        ('<td style="text-align:right">x</td>', "the attribute style"),
        ("<style>p { color: red }</style>", "<style>"),
        ('<iframe src="https://x.example/"></iframe>', "<iframe>"),
    ],
)
def test_rules_of_html_in_feeds(html: str, complaint: str) -> None:
    found = html_problems(html)
    assert len(found) == 1
    assert complaint in found[0]
