"""Feeds, sitemaps and tables to the documents of the pages that they list; what is known is not asked for again."""

from __future__ import annotations

import contextlib
import datetime
import gzip
from collections import Counter
from pathlib import Path

import pytest

from quoth.acquire import Failure, Web, acquire
from quoth.acquire.web import Known, acquire_addresses
from quoth.acquire.web.patience import Patience
from quoth.acquire.web.schedule import Schedule
from quoth.acquire.web.sitemaps import DEEPEST
from quoth.errors import BadAddress, BadListing, LedgerError, NoArticle
from quoth.model import Document, Fetch

from .conftest import PROSE, Site, answer, page, terms, wire
from .test_web_pages import HEAD, Board


def feed(site: Site, *paths: str, extra: str = "") -> bytes:
    items = "".join(
        f"<item><title>Title of {path}</title><link>{site.url(path)}</link><pubDate>6 May 2021</pubDate></item>"
        for path in paths
    )
    data = f"<rss><channel><title>Marvik Post</title><language>en-GB</language>{extra}{items}</channel></rss>"
    return answer(data, content_type="application/rss+xml", etag=f'"{len(data)}"')


def sitemap(*entries: tuple[str, str]) -> bytes:
    urls = "".join(f"<url><loc>{loc}</loc>{rest}</url>" for loc, rest in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def index(*entries: tuple[str, str]) -> bytes:
    maps = "".join(f"<sitemap><loc>{loc}</loc>{rest}</sitemap>" for loc, rest in entries)
    return f"<sitemapindex>{maps}</sitemapindex>".encode()


def run(site: Site, web: Web, path: str, shelf: Board | None = None) -> list[object]:
    board = shelf if shelf is not None else Board()
    found = list(acquire_addresses([site.url(path)], web, shelf=board))
    board.fetches += [thing for thing in found if isinstance(thing, Fetch)]
    return found


def documents(found: list[object]) -> dict[str, Document]:
    return {str(thing.file): thing for thing in found if isinstance(thing, Document)}


def telling(**changed: object) -> tuple[Web, list[str]]:
    told: list[str] = []
    return Web(terms(**changed), wire(**changed), tell=told.append), told


# ---------------------------------------------------------------- feeds


def test_the_pages_of_a_feed_become_documents(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a", "/b"), "/a": page(title="Own title", head=HEAD), "/b": page(title="")}
    found = run(site, web, "/rss", board)
    by_file = documents(found)
    a, b = by_file[site.url("/a")], by_file[site.url("/b")]
    assert (a.title, a.outlet) == ("Own title", "Marvik Post"), "what the page states counts"
    assert (b.title, b.outlet, b.published) == ("Title of /b", "Marvik Post", datetime.date(2021, 5, 6))
    assert isinstance(found[-1], Fetch)
    assert found[-1].url == site.url("/rss"), "the feed is recorded after all that it announces"
    assert len(board.there) == 2, "and its own bytes are not kept"


def test_what_is_known_is_not_asked_for_again_and_an_unchanged_feed_not_read(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a"), "/a": page(), "/b": page(PROSE + " And more.")}
    run(site, web, "/rss", board)
    site.answers["/rss"] = feed(site, "/b", "/a")
    found = run(site, web, "/rss", board)
    assert list(documents(found)) == [site.url("/b")]
    assert Known(site.url("/a")) in found
    assert Counter(site.targets()) == {"/rss": 2, "/a": 1, "/b": 1}
    site.answers["/rss"] = answer(status=304)
    assert run(site, web, "/rss", board) == [Known(site.url("/rss"))]
    assert "if-none-match" in site.asked[-1].headers


def test_a_page_that_its_feed_says_was_updated_is_asked_for_again(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a"), "/a": page(etag='"1"')}
    run(site, web, "/rss", board)
    later = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).strftime("%d %b %Y")
    site.answers["/rss"] = answer(
        f"<rss><channel><item><link>{site.url('/a')}</link><pubDate>{later}</pubDate></item></channel></rss>"
    )
    run(site, web, "/rss", board)
    assert site.asked[-1].headers["if-none-match"] == '"1"'


def test_a_feed_one_of_whose_pages_failed_is_read_again(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a", "/b"), "/a": page()}
    found = run(site, web, "/rss", board)
    assert [thing.where for thing in found if isinstance(thing, Failure)] == [site.url("/b")]
    assert board.latest(site.url("/rss")) is None
    site.answers["/b"] = page(PROSE + " And more.")
    found = run(site, web, "/rss", board)
    assert list(documents(found)) == [site.url("/b")]
    assert board.latest(site.url("/rss")) is not None


def test_a_run_that_is_broken_off_in_a_feed_finds_the_rest(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a", "/b", "/c")}
    site.answers |= {f"/{name}": page(f"{PROSE} {name}") for name in "abc"}
    going = acquire_addresses([site.url("/rss")], web, shelf=board)
    first, record, *_ = (next(going) for _ in range(2))
    assert isinstance(first, Document)
    assert isinstance(record, Fetch)
    board.fetches.append(record)
    going.close()  # type: ignore[attr-defined]
    rest = documents(run(site, web, "/rss", board))
    assert sorted([first.file or "", *rest]) == [site.url(f"/{name}") for name in "abc"]


def test_a_limit_leaves_the_rest_for_the_next_time(site: Site) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, *(f"/{i}" for i in range(5)))}
    site.answers |= {f"/{i}": page(f"{PROSE} {i}") for i in range(5)}
    web, told = telling(limit=2)
    for expected in (2, 2, 1, 0):
        assert len(documents(run(site, web, "/rss", board))) == expected
    assert told[0] == f"{site.url('/rss')}: 3 more are left for another time (--limit 2)"


def test_items_before_a_day_are_left_out_and_those_without_one_taken(site: Site) -> None:
    site.answers |= {"/rss": feed(site, "/a", extra=f"<item><link>{site.url('/b')}</link></item>")}
    site.answers |= {f"/{name}": page(f"{PROSE} {name}") for name in "ab"}
    web, _ = telling(since=datetime.date(2021, 5, 7))
    assert list(documents(run(site, web, "/rss"))) == [site.url("/b")]
    web, _ = telling(since=datetime.date(2021, 5, 6))
    assert len(documents(run(site, web, "/rss"))) == 2


def test_a_feed_that_was_read_from_a_day_on_is_read_whole_later(site: Site, web: Web) -> None:
    board = Board()
    site.answers |= {"/rss": feed(site, "/a"), "/a": page()}
    late, _ = telling(since=datetime.date(2021, 5, 7))
    assert not documents(run(site, late, "/rss", board))
    assert list(documents(run(site, web, "/rss", board))) == [site.url("/a")]
    assert "if-none-match" not in site.asked[-1].headers


def test_a_broken_feed_is_told(site: Site, web: Web) -> None:
    site.answers["/rss"] = answer("<rss><channel><item><link>file:///x</link></item></channel></rss>")
    web.tell = (told := []).append
    assert not documents(run(site, web, "/rss"))
    assert told == [f"{site.url('/rss')}: file:///x: file: addresses are not fetched"]
    site.answers["/a"] = answer("<rss>" * 5, content_type="text/xml")
    [record] = run(site, web, "/a")
    assert isinstance(record, Fetch)


def test_a_feed_within_a_feed_is_no_article(site: Site, web: Web) -> None:
    site.answers |= {"/rss": feed(site, "/other"), "/other": feed(site, "/a"), "/a": page()}
    [failure] = [thing for thing in run(site, web, "/rss") if isinstance(thing, Failure)]
    assert isinstance(failure.error, NoArticle)
    assert "/a" not in site.targets()


def test_a_shelf_that_cannot_take_the_bytes_ends_the_run(site: Site, web: Web) -> None:
    class Full(Board):
        def keep(self, data: bytes) -> str:
            raise LedgerError("the disk is full")

    site.answers |= {"/rss": feed(site, "/a"), "/a": page()}
    with pytest.raises(LedgerError):
        run(site, web, "/rss", Full())


# ---------------------------------------------------------------- sitemaps

NEWS = (
    '<n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:publication><n:name>Marvik Post</n:name>'
    "<n:language>en</n:language></n:publication><n:publication_date>2021-05-06</n:publication_date>"
    "<n:title>Quay &amp; boats</n:title></n:news>"
    '<i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><i:loc>/x.png</i:loc><i:title>Image</i:title></i:image>'
)


def test_a_sitemap_of_news_says_what_its_pages_do_not(site: Site, web: Web) -> None:
    site.answers |= {"/map": answer(sitemap((site.url("/a"), NEWS))), "/a": page(title="")}
    [document] = documents(run(site, web, "/map")).values()
    assert (document.title, document.outlet, document.published) == (
        "Quay & boats", "Marvik Post", datetime.date(2021, 5, 6)
    )  # fmt: skip


def test_the_newest_pages_come_first_and_a_day_bounds_them(site: Site) -> None:
    days = {f"/{day}": f"<lastmod>2021-05-{day:02}T10:00:00Z</lastmod>" for day in (3, 9, 1, 7)}
    undated = {"/x": "", "/y": "<lastmod>soon</lastmod>"}
    entries = [(site.url(path), rest) for path, rest in (undated | days).items()]
    site.answers |= {path: page(f"{PROSE} {path}") for path in days | undated}
    site.answers["/map"] = answer(sitemap(*entries, ("", ""), ("file:///x", "")))
    web, told = telling(limit=2)
    assert list(documents(run(site, web, "/map"))) == [site.url("/9"), site.url("/7")]
    web, told = telling(since=datetime.date(2021, 5, 3))
    assert sorted(documents(run(site, web, "/map"))) == [site.url(p) for p in ("/3", "/7", "/9")]
    assert f"{site.url('/map')}: 2 pages without a date are left out (--since)" in told
    assert f"{site.url('/map')}: 2 entries hold no address and are left out" in told


def test_an_index_leads_to_its_sitemaps_compressed_or_not_and_old_ones_are_left(site: Site) -> None:
    site.answers |= {
        "/index": answer(index((site.url("/new.xml.gz"), "<lastmod>2021-05-09</lastmod>"), (site.url("/gone"), ""),
                               (site.url("/old"), "<lastmod>2019-01-01</lastmod>"), (site.url("/plain"), ""))),
        "/new.xml.gz": answer(gzip.compress(sitemap((site.url("/a"), "<lastmod>2021-05-09</lastmod>"))),
                              content_type="application/gzip"),
        "/plain": answer(gzip.compress(sitemap((site.url("/b"), "<lastmod>2021-05-08</lastmod>"))),
                         content_encoding="gzip"),
        "/old": answer(sitemap((site.url("/c"), "<lastmod>2021-05-09</lastmod>"))),
    }  # fmt: skip
    site.answers |= {f"/{name}": page(f"{PROSE} {name}") for name in "abc"}
    web, _ = telling(since=datetime.date(2021, 1, 1))
    found = run(site, web, "/index")
    assert sorted(documents(found)) == [site.url("/a"), site.url("/b")]
    assert [thing.where for thing in found if isinstance(thing, Failure)] == [site.url("/gone")]


def test_indexes_in_a_circle_and_without_end_come_to_one(site: Site) -> None:
    site.answers["/i"] = answer(index((site.url("/i"), ""), (site.url("/j"), "")))
    site.answers["/j"] = answer(index((site.url("/i"), ""), (site.url("/j"), "")))
    web, told = telling()
    run(site, web, "/i")
    assert Counter(site.targets()) == {"/i": 1, "/j": 1}
    site.answers |= {f"/{i}": answer(index((site.url(f"/{i + 1}"), ""))) for i in range(9)}
    run(site, web, "/0")
    assert sum(target[1:].isdigit() for target in site.targets()) == DEEPEST + 1
    assert f"deeper than {DEEPEST}" in told[-1]


def test_a_sitemap_that_is_a_bomb_does_not_go_off(site: Site) -> None:
    site.answers["/map.gz"] = answer(gzip.compress(b"<urlset>" + bytes(5_000_000)))
    web, _ = telling(decoded=1_000_000)
    first, *_ = run(site, web, "/map.gz")
    assert isinstance(first, Failure)
    assert "larger than 1 MB" in first.error.what


# ---------------------------------------------------------------- several addresses, and those that are none


def test_addresses_that_are_none_stop_no_other(site: Site, web: Web) -> None:
    site.answers["/a"] = page()
    found = list(
        acquire(("http://ana:secret@post.example/", site.url("/a"), site.url("/a#again"), "http://1.1/"), web=web)
    )
    assert [type(thing) for thing in found] == [Failure, Failure, Document, Fetch]
    assert "secret" not in repr(found)
    [failure] = acquire("ftp://post.example/a")
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, BadAddress)


def test_without_a_word_a_private_address_is_refused() -> None:
    [failure] = acquire("http://127.0.0.1/a")
    assert isinstance(failure, Failure)
    assert "this machine itself" in failure.error.what


# ---------------------------------------------------------------- tables of addresses


def table(folder: Path, text: str, name: str = "urls.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_addresses_is_fetched_only_when_asked_to(site: Site, tmp_path: Path) -> None:
    path = table(tmp_path, f"id,title,publish_date,media_name,url\n1,Quay,2021-05-06,Marvik Post,{site.url('/a')}\n")
    site.answers["/a"] = page(title="")
    for web in (None, telling()[0]):
        [failure] = acquire(path, web=web)
        assert isinstance(failure, Failure)
        assert isinstance(failure.error, BadListing)
        assert "--fetch" in str(failure.error)
    assert site.asked == []
    document, record = acquire(path, web=telling(fetch=True)[0])
    assert isinstance(document, Document)
    assert isinstance(record, Fetch)
    assert (document.title, document.outlet, document.published) == ("Quay", "Marvik Post", datetime.date(2021, 5, 6))
    assert document.file == site.url("/a")


def test_rows_without_a_page_are_told_and_the_rest_fetched(site: Site, tmp_path: Path) -> None:
    rows = ["url,title", f"{site.url('/a')},A", ",B", "file:///x,C", f"{site.url('/a')},D", f"{site.url('/b')},E"]
    site.answers |= {"/a": page(), "/b": page(PROSE + " b")}
    board = Board()
    web, _ = telling(fetch=True)
    found = list(acquire(table(tmp_path, "\n".join(rows)), web=web, shelf=board))
    assert [thing.where.rpartition("#")[2] for thing in found if isinstance(thing, Failure)] == ["2", "3"]
    assert sorted(documents(found)) == [site.url("/a"), site.url("/b")]
    board.fetches += [thing for thing in found if isinstance(thing, Fetch)]
    again = list(acquire(table(tmp_path, "\n".join(rows)), web=web, shelf=board))
    assert [thing.where for thing in again if isinstance(thing, Known)] == [site.url("/a"), site.url("/b")]


# ---------------------------------------------------------------- watching


def test_each_feed_has_its_own_time(site: Site) -> None:
    now = 1000.0
    web = Web(terms(), wire(), patience=Patience(lambda: now))
    site.answers |= {"/slow": feed(site, extra="<ttl>60</ttl>"), "/quick": feed(site)}
    feeds = [site.url(path) for path in ("/slow", "/quick", "/gone")]
    schedule = Schedule(feeds, 900, web, lambda: now)
    looked = Counter[str]()
    for _ in range(4 * 4):  # four hours, by quarters of one
        for address in schedule.due():
            looked[address.rpartition("/")[2]] += 1
            run(site, web, "/" + address.rpartition("/")[2])
            schedule.looked(address)
        assert 0 < schedule.pause() <= 900
        now += 900
    assert looked == {"slow": 4, "quick": 16, "gone": 5}


def test_a_page_that_fails_rests_while_its_feed_is_watched(site: Site) -> None:
    now = 0.0
    web = Web(terms(), wire(), patience=Patience(lambda: now))
    site.answers |= {"/rss": feed(site, "/gone", "/a"), "/a": page()}
    board = Board()
    for _ in range(3):
        run(site, web, "/rss", board)
    assert Counter(site.targets()) == {"/rss": 3, "/gone": 1, "/a": 1}
    now = 700.0
    run(site, web, "/rss", board)
    assert Counter(site.targets())["/gone"] == 2


def test_a_feed_that_failed_and_did_not_change_works_again(site: Site) -> None:
    patience = Patience()
    web = Web(terms(), wire(), patience=patience)
    board = Board()
    site.answers |= {"/rss": feed(site, "/a"), "/a": page()}
    run(site, web, "/rss", board)
    site.answers["/rss"] = answer("", 500)
    run(site, web, "/rss", board)
    assert patience.until(site.url("/rss")) is not None
    site.answers["/rss"] = answer(status=304)
    run(site, web, "/rss", board)
    assert patience.until(site.url("/rss")) is None


def test_closing_ends_what_waits(site: Site) -> None:
    site.answers |= {f"/{i}": page() for i in range(3)}
    with contextlib.closing(Web(terms(pause=30.0), wire(pause=30.0))) as web:
        going = acquire_addresses([site.url(f"/{i}") for i in range(3)], web)
        web.close()
        assert all(isinstance(thing, Failure) for thing in going)
