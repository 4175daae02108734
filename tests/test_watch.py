"""`quoth add` with addresses, and `quoth watch`, against a site on this machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import quoth
from quoth.acquire import Terms
from quoth.cli import cli
from quoth.model import Document, Reading

from .acquire.web.conftest import FAST, PROSE, Site, answer, listening_here, page, serving_at

Run = Callable[..., Result]


class Silent:
    """Reads that nobody says anything."""

    name = "silent/1"

    def read(self, document: Document) -> Reading:
        return Reading(document_id=document.id, reader=self.name, statements=())

    def read_all(self, documents: list[Document]) -> Iterator[tuple[Document, Reading]]:
        for document in documents:
            yield document, self.read(document)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_at(Site(listening_here())) as serving:
        yield serving


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program on a case of its own, on terms that wait for nothing."""
    monkeypatch.setattr("quoth.case._own_reader_for", lambda: lambda language, **_: Silent())
    monkeypatch.setattr("quoth.commands.add.prepare_gazetteer", lambda: None)
    monkeypatch.setattr("quoth.commands.watch.prepare_gazetteer", lambda: None)
    monkeypatch.setattr("quoth.acquire.Terms", lambda **given: Terms(**{**FAST, **given}))

    def invoke(command: str, *arguments: str) -> Result:
        case = str(tmp_path / "case.db")
        return CliRunner(env={"COLUMNS": "300"}).invoke(cli, ["--case", case, command, *arguments])

    return invoke


def test_watching_reads_in_as_many_processes_as_it_may(site: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []

    def reader_for(language: str, **how: object) -> Silent:
        asked.append(how)
        return Silent()

    monkeypatch.setattr("quoth.case._own_reader_for", lambda: reader_for)
    site.answers["/story"] = page(PROSE)
    assert (
        run(
            "watch", site.url("/story", "127.0.0.1"), "--allow-private", "--once", "--jobs", "3", "--no-cache"
        ).exit_code
        == 0
    )
    assert [(how["jobs"], how["cache"]) for how in asked] == [(3, False)]


def documents(folder: Path) -> list[str]:
    with quoth.open(folder / "case.db") as case:
        assert list(case.verify()) == []
        return sorted(str(document.url).rpartition("/")[2] for document in case.documents())


def feed(site: Site, *names: str) -> bytes:
    items = "".join(f"<item><link>{site.url(f'/{name}', '127.0.0.1')}</link></item>" for name in names)
    return answer(f"<rss><channel><title>Marvik Post</title>{items}</channel></rss>", content_type="text/xml")


def test_addresses_are_added_and_what_fails_is_told(site: Site, run: Run, tmp_path: Path) -> None:
    site.answers["/a"] = page()
    a, gone = site.url("/a", "127.0.0.1"), site.url("/gone", "127.0.0.1")
    refused = run("add", a)
    assert (refused.exit_code, site.asked) == (2, [])
    assert "--allow-private" in refused.stderr
    done = run("add", a, gone, "--allow-private", "--title", "Own")
    assert done.exit_code == 0
    assert "1 document added" in done.stderr
    assert f"{gone}: there is no such page (status 404)" in done.stderr
    assert documents(tmp_path) == ["a"]
    again = run("add", a, "--allow-private")
    assert (again.exit_code, "1 already there" in again.stderr) == (0, True)


def test_a_table_is_fetched_when_asked_to(site: Site, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "urls.csv"
    table.write_text("url\n" + "".join(f"{site.url(f'/{name}', '127.0.0.1')}\n" for name in "abc"))
    site.answers |= {f"/{name}": page(f"{PROSE} {name}") for name in "abc"}
    refused = run("add", str(table), "--allow-private")
    assert refused.exit_code == 2
    assert "a table of 3 addresses and no articles (--fetch fetches the pages)" in refused.stderr
    assert site.asked == []
    done = run("add", str(table), "--allow-private", "--fetch", "--limit", "2")
    assert "2 documents added" in done.stderr
    assert "1 more are left for another time (--limit 2)" in done.stderr
    assert documents(tmp_path) == ["a", "b"]


def test_feeds_are_watched_and_only_what_is_new_is_added(site: Site, run: Run, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    feeds = [site.url(path, "127.0.0.1") for path in ("/rss", "/gone")]
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in [*feeds, "ftp://post.example/"])
    opml.write_text(f"<opml><body>{outlines}</body></opml>")
    site.answers |= {"/rss": feed(site, "a", "b")} | {f"/{name}": page(f"{PROSE} {name}") for name in "abc"}
    first = run("watch", str(opml), "--once", "--allow-private")
    assert first.exit_code == 0
    assert "ftp: addresses are not fetched" in first.stderr
    assert f"{feeds[0]}: 2 documents added\n" in first.stderr
    assert f"{feeds[1]}: nothing new, 1 could not be read\n" in first.stderr
    site.answers["/rss"] = feed(site, "c", "a", "b")
    second = run("watch", str(opml), "--once", "--allow-private")
    assert f"{feeds[0]}: 1 document added, 2 already there\n" in second.stderr
    assert documents(tmp_path) == ["a", "b", "c"]
    assert Counter(site.targets()) == {"/rss": 2, "/gone": 2, "/a": 1, "/b": 1, "/c": 1}


def test_watching_goes_on_until_it_is_stopped(
    site: Site, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers |= {"/rss": feed(site, "a"), "/a": page(), "/b": page(f"{PROSE} b")}
    waits: list[float] = []
    now = [0.0]

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds
        site.answers["/rss"] = feed(site, "b", "a")
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("quoth.commands.watch.time.sleep", wait)
    schedule = quoth.acquire.web.schedule.Schedule  # type: ignore[attr-defined]
    monkeypatch.setattr(
        "quoth.acquire.web.schedule.Schedule", lambda feeds, every, web: schedule(feeds, every, web, lambda: now[0])
    )
    stopped = run("watch", site.url("/rss", "127.0.0.1"), "--every", "30", "--allow-private")
    assert stopped.exit_code == 130
    assert "What was written down before that stays" in stopped.stderr
    assert waits == [1800.0, 1800.0, 1800.0]
    assert documents(tmp_path) == ["a", "b"]
    assert stopped.stderr.count("already there") == 1, "where nothing is new, nothing is told"


def test_when_no_feed_can_be_had_the_exit_status_says_so(site: Site, run: Run, tmp_path: Path) -> None:
    assert run("watch", site.url("/gone", "127.0.0.1"), "--once", "--allow-private").exit_code == 2
    missing = run("watch", str(tmp_path / "none.opml"), "--once")
    assert (missing.exit_code, "No such file" in missing.stderr) == (2, True)
    (tmp_path / "no.opml").write_text("nonsense")
    wrong = run("watch", str(tmp_path / "no.opml"), "--once")
    assert (wrong.exit_code, "no XML" in wrong.stderr) == (2, True)
    assert run("watch", "x.opml", "--every", "0").exit_code == 2
