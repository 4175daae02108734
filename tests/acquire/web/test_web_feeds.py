"""Feeds of every kind, and broken and hostile ones, to the pages that they announce."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.acquire.web.feeds import LONGEST_HINT, MOST_ITEMS, read_feed
from quoth.acquire.web.opml import feeds_in
from quoth.acquire.web.urls import parse_url
from quoth.acquire.web.xml import kind_of
from quoth.errors import BadListing

FEED = parse_url("https://post.example/rss.xml")
DAY = datetime.date(2021, 5, 6)


def rss(items: str, channel: str = "") -> bytes:
    start = '<?xml version="1.0"?><rss version="2.0"><channel><title>Marvik Post</title>'
    return f"{start}{channel}{items}</channel></rss>".encode()


WHEN = "Thu, 06 May 2021 22:00:00 -0400"
ITEM = f"<item><title>Quay</title><link>https://post.example/a</link><pubDate>{WHEN}</pubDate></item>"

RSS_1 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Marvik Post</title></channel>
  <item><title>Quay</title><link>https://post.example/a</link><dc:date>2021-05-06T22:00:00Z</dc:date></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Marvik Post</title>
  <entry><title type="html">Quay</title><link rel="self" href="/self"/><link rel="alternate" href="/a"/>
  <published>2021-05-06T22:00:00Z</published></entry></feed>"""
RSS_091 = b"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
  <rss version="0.91"><channel><title>Marvik Post</title><item><title>Quay</title><link>https://post.example/a</link>
  <pubDate>06 May 2021</pubDate></item></channel></rss>"""


@pytest.mark.parametrize("data", [rss(ITEM), RSS_1, ATOM, RSS_091, b"  \n" + rss(ITEM), b"\xef\xbb\xbf" + rss(ITEM)])
def test_feeds_of_every_kind_say_the_same(data: bytes) -> None:
    feed = read_feed(data, FEED)
    assert feed.title == "Marvik Post"
    [item] = feed.items
    assert str(item.url) == "https://post.example/a"
    assert (item.said.title, item.said.outlet, item.said.published) == ("Quay", "Marvik Post", DAY)
    assert item.changed == DAY
    assert kind_of(data) == "feed"


def test_a_feed_in_another_encoding() -> None:
    data = (
        rss(ITEM.replace("Quay", "Причал")).decode().replace('version="1.0"', 'version="1.0" encoding="windows-1251"')
    )
    [item] = read_feed(data.encode("cp1251"), FEED).items
    assert item.said.title == "Причал"


def test_dates_of_publication_and_of_updates_are_kept_apart() -> None:
    data = ATOM.replace(b"</published>", b"</published><updated>2021-05-09T01:00:00Z</updated>")
    [item] = read_feed(data, FEED).items
    assert (item.said.published, item.said.updated) == (DAY, datetime.date(2021, 5, 9))
    assert item.changed == datetime.date(2021, 5, 9)


def test_titles_are_words_and_no_markup() -> None:
    titles = (
        "<![CDATA[<b>Quay</b> &amp; boats]]>",
        "Quay &amp;amp; boats",
        "Quay &#38; boats",
        "<b>Quay</b> &amp; boats",
    )
    for title in titles:
        [item] = read_feed(rss(ITEM.replace("Quay", title)), FEED).items
        assert item.said.title == "Quay & boats"


def test_links_are_found_where_feeds_put_them() -> None:
    for link, address in (
        ("<link>b</link>", "https://post.example/b"),
        ("<link> \n http://other.example/b#x \n</link>", "http://other.example/b"),
        ('<link href="/b"/>', "https://post.example/b"),
        ("<guid>https://post.example/b</guid>", "https://post.example/b"),
        ('<guid isPermaLink="true">https://post.example/b</guid>', "https://post.example/b"),
        (
            '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/self"/><link>/b</link>',
            "https://post.example/b",
        ),
    ):
        [item] = read_feed(rss(f"<item>{link}</item>"), FEED).items
        assert str(item.url) == address
    base = ATOM.replace(b"<feed ", b'<feed xml:base="http://base.example/x/" ').replace(b'href="/a"', b'href="a"')
    assert str(read_feed(base, FEED).items[0].url) == "http://base.example/x/a"


def test_items_without_a_page_are_told_and_the_others_kept() -> None:
    items = "".join(
        f"<item>{link}</item>"
        for link in ("", "<guid>123</guid>", '<guid isPermaLink="false">https://x.example/</guid>', "<link/>",
                     "<link>javascript:alert(1)</link>", "<link>file:///etc/passwd</link>", "<link>http://a@b/</link>")
    )  # fmt: skip
    feed = read_feed(rss(items + ITEM), FEED)
    assert len(feed.items) == 1
    assert len(feed.broken) == 4
    assert "an item without a link" in feed.broken[0]
    assert feed.broken[-1] == "and 4 more"


def test_an_item_that_is_announced_twice_is_one() -> None:
    feed = read_feed(rss(ITEM + ITEM.replace("Quay", "Again") + ITEM.replace("/a<", "/a#top<")), FEED)
    assert [item.said.title for item in feed.items] == ["Quay"]


def test_days_that_are_none_are_left_out() -> None:
    for day in ("", "yesterday", "05/06/2021", "32 May 2021", "9" * 5000):
        [item] = read_feed(rss(ITEM.replace(WHEN, day)), FEED).items
        assert item.said.published is None


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>90</ttl>", 90), ("<ttl>999999</ttl>", LONGEST_HINT.total_seconds() / 60), ("<ttl>-5</ttl>", None),
        ("<ttl>x</ttl>", None), ("", None),
        ('<s:updatePeriod xmlns:s="http://purl.org/rss/1.0/modules/syndication/">hourly</s:updatePeriod>', 60),
        ('<s:updatePeriod xmlns:s="x">daily</s:updatePeriod><s:updateFrequency xmlns:s="x">4</s:updateFrequency>', 360),
        ('<s:updatePeriod xmlns:s="x">hourly</s:updatePeriod><s:updateFrequency xmlns:s="x">0</s:updateFrequency>', 60),
    ],
)  # fmt: skip
def test_how_long_a_feed_asks_to_be_left_alone(channel: str, minutes: float | None) -> None:
    hint = read_feed(rss(ITEM, channel), FEED).hint
    assert (hint.total_seconds() / 60 if hint is not None else None) == minutes


# ---------------------------------------------------------------- hostile ones

BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">%s]><rss><channel><title>P&i;&nbsp;ost</title>
<item><title>Q&i;uay &eacute; &x;</title><link>https://post.example/a?&x;</link></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(8)
)
EXTERNAL = b"""<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/passwd"><!ENTITY x SYSTEM "http://127.0.0.1/">
<!ENTITY %% p SYSTEM "http://127.0.0.1/x.dtd"> %%p;]>""" + BOMB[BOMB.index(b"<rss>") :]


@pytest.mark.parametrize("data", [BOMB, EXTERNAL])
def test_entities_of_a_feed_s_own_are_never_expanded(data: bytes) -> None:
    feed = read_feed(data, FEED)
    [item] = feed.items
    assert feed.title in ("P ost", "Post")
    assert item.said.title is not None
    assert item.said.title.startswith("Quay")
    assert "root:" not in repr(feed)
    assert len(repr(feed)) < 1_000


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    for broken in (
        rss(ITEM)[:-20],
        rss(ITEM).replace(b"<title>Marvik Post</title>", b"<title>Marvik & Post"),
        rss(ITEM.replace("Quay", "Quay & boats < all")),
        rss(ITEM.replace("Quay", "Quay\x0b\x01")),
        rss(ITEM) + b"trailing <junk",
        rss(ITEM).replace(b"</item>", b"</wrong></item>"),
    ):
        assert [str(item.url) for item in read_feed(broken, FEED).items] == ["https://post.example/a"]


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"nonsense", b"{}", b"<html><body>no feed</body></html>", b"\0" * 99, b"<?xml?>"]
)
def test_what_is_no_feed_is_told(data: bytes) -> None:
    with pytest.raises(BadListing) as caught:
        read_feed(data, FEED)
    assert caught.value.where == str(FEED)


def test_a_huge_and_a_deep_feed_take_bounded_time() -> None:
    huge = rss("".join(ITEM.replace("/a<", f"/{i}<") for i in range(100_000)))
    begun = time.monotonic()
    feed = read_feed(huge, FEED)
    assert (len(feed.items), feed.beyond) == (MOST_ITEMS, 100_000 - MOST_ITEMS)
    deep = rss("<item>" * 200_000)
    read_feed(deep, FEED)
    with pytest.raises(BadListing, match="larger than"):
        read_feed(b"<rss>" + b" " * 20_000_000, FEED)
    assert time.monotonic() - begun < 5


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_damage_gives_a_feed_or_an_error(junk: bytes, at: int) -> None:
    data = rss(ITEM)
    for damaged in (data[:at] + junk + data[at:], data[:at] + junk, junk):
        try:
            read_feed(damaged, FEED)
        except BadListing:
            continue


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><body><p>rss</p></body></html>", None),
        (b"<!-- <rss> --><!doctype html><html>", None),
        (b'<?xml version="1.0"?>\n<!-- c --><urlset xmlns="x">', "sitemap"),
        (b"<sitemapindex>", "sitemap"),
        (b"plain text", None),
        (b"", None),
        ('<?xml version="1.0"?><feed>'.encode("utf-16"), "feed"),
    ],
)
def test_a_feed_is_told_from_a_page_by_its_beginning(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


# ---------------------------------------------------------------- lists of feeds

MANY = "<opml>" + "".join(f'<outline xmlUrl="http://a.example/{i}"/>' for i in range(6000)) + "</opml>"
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Harbour</title></head><body>
<outline text="Post" type="rss" xmlUrl="https://post.example/rss.xml"/>
<outline text="More"><outline xmlurl="http://Wire.example/atom#x"/><outline XMLURL="https://post.example/rss.xml"/></outline>
<outline xmlUrl="file:///etc/passwd"/><outline text="no feed"/></body></opml>"""


def test_an_opml_lists_feeds_however_they_are_nested_and_written() -> None:
    feeds, wrong = feeds_in(OPML.encode(), "feeds.opml")
    assert feeds == ["https://post.example/rss.xml", "http://wire.example/atom"]
    assert ["file: addresses" in problem.what for problem in wrong] == [True]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no XML"), (b"text", "no XML"), (rss(ITEM), "no OPML but <rss>"), (b"<opml><body/></opml>", "no feed"),
        (MANY.encode(), "6000 feeds"),
    ],
)  # fmt: skip
def test_what_is_no_opml_is_told(data: bytes, what: str) -> None:
    with pytest.raises(BadListing, match=what) as caught:
        feeds_in(data, "feeds.opml")
    assert caught.value.where == "feeds.opml"
