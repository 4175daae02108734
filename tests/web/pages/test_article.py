"""The page of an article, a statement's reading, and what is judged from there; without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of
from fastapi.testclient import TestClient
from hostile import LINE, hostile_case
from looking import every, followed, one, post, seen, words

import quoth
from quoth.case import Case
from quoth.model import Act, Factuality, JudgementKind, Statement


def statement(path: Path, words: str) -> Statement:
    with quoth.open(path) as case:
        return next(s for s in case.statements() if words in s.content.text)


def test_the_list_finds_sorts_and_counts(client: TestClient) -> None:
    page = seen(client.get("/articles"))
    assert words(page, "tbody td:nth-child(2)") == ["Gazette", "Port Herald", "The Courier"]
    page = seen(client.get("/articles?sort=oldest"))
    assert words(page, "tbody td:nth-child(2)") == ["The Courier", "Port Herald", "Gazette"]
    page = seen(client.get("/articles?source=Coast+Watch&act=assert"))
    assert words(page, "tbody td:nth-child(2)") == ["Gazette", "Port Herald"]
    assert all(re.fullmatch(r"\d of \d", told) for told in words(page, "tbody td:nth-child(4)"))
    assert every(seen(client.get("/articles?title=nothing+of+this")), ".empty")
    assert len(every(seen(client.get("/articles?title=FERRIES")), "tbody tr")) == 3


def test_all_of_an_article_is_there_with_a_link_for_each_statement(client: TestClient, ferries: Path) -> None:
    with quoth.open(ferries) as case:
        for document in case.documents():
            page = seen(client.get(f"/articles/{document.id}"))
            [text] = every(page, ".text")
            statements = list(case.statements(document=document.id))
            chips = every(text, "a.chip")
            assert {chip.get("data-statement") for chip in chips} == {s.id[:8] for s in statements}
            for chip in chips:
                chip.drop_tree()
            assert "".join(text.text_content().split()) == "".join(document.text.split())
            for s in statements:
                marked = "".join(e.text_content() for e in every(text, f".m[data-of~='{s.id[:8]}']"))
                assert all(part in marked for part in (*s.source.text.split(), *s.content.text.split()))


def test_a_link_opens_the_reading_behind_its_paragraph(client: TestClient, ferries: Path) -> None:
    said = statement(ferries, "12 ferries will be delivered")
    page = seen(client.get(f"/articles/{said.document_id}?statement={said.id[:12]}"))
    [panel] = every(page, "#reading")
    assert every(panel.getprevious(), f"#s-{said.id[:8]}")
    told = " ".join(panel.text_content().split())
    parts = ["Ana Dorn", "minister", said.content.text, "probable PR+", "4 March 2031", "deliver", "12 ferries"]
    parts += ["Port Vell", "by 31 December 2031", f"{said.confidence:.2f}", said.pattern, "Nobody has judged"]
    assert [part for part in parts if part not in told] == []
    assert every(page, "a.chip[aria-current='true']")[0].get("data-statement") == said.id[:8]
    fragment = seen(client.get(f"/articles/{said.document_id}/readings/{said.id}"))
    assert every(fragment, "#reading")
    assert not every(fragment, "nav[aria-label='Desk']")


def test_a_statement_s_own_address_leads_into_its_article(client: TestClient, ferries: Path) -> None:
    said = statement(ferries, "12 ferries will be delivered")
    answer = client.get(f"/statements/{said.id[:10]}?as_of=2031-03-05")
    where = f"/articles/{said.document_id[:8]}?as_of=2031-03-05&statement={said.id[:8]}#s-{said.id[:8]}"
    assert answer.headers["location"] == where


@pytest.mark.parametrize("address", ["/articles/ffffffffff", "/statements/zz", "/articles/zz/original", "/articles/ "])
def test_what_is_not_there_is_told(client: TestClient, address: str) -> None:
    assert every(seen(client.get(address), 404), "[role='alert']")


def test_a_statement_of_another_article_is_not_there(client: TestClient, ferries: Path) -> None:
    said = statement(ferries, "12 ferries will be delivered")
    other = statement(ferries, "five people were injured")
    assert client.get(f"/articles/{other.document_id}?statement={said.id}").status_code == 404


def test_the_original_is_saved_and_never_shown(client: TestClient, ferries: Path) -> None:
    with quoth.open(ferries) as case:
        document = next(case.documents())
        answer = client.get(f"/articles/{document.id}/original")
        assert answer.content == case.original(document.id)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')


def test_accepting_rejecting_and_undoing_are_rows_of_their_own(own_client: TestClient, own_ferries: Path) -> None:
    said = statement(own_ferries, "12 ferries will be delivered")
    page = followed(own_client, post(own_client, f"/statements/{said.id}/accept", note="heard it"))
    assert "Accepted by ana" in every(page, "#reading .state")[0].text_content()
    page = followed(own_client, post(own_client, f"/statements/{said.id}/reject"))
    [panel] = every(page, "#reading.rejected")
    assert [told.split(" by")[0] for told in words(panel, ".history li")] == ["rejected", "accepted"]
    assert every(page, f"a.chip.gone[data-statement='{said.id[:8]}']")
    assert every(page, ".m.gone")
    assert not every(panel, ".judge")
    with quoth.open(own_ferries) as case:
        assert said.id not in {s.id for s in case.statements()}
    undo = every(panel, ".history form")[0].get("action")
    page = followed(own_client, post(own_client, undo, then="article"))
    assert "Accepted by ana" in every(page, "#reading .state")[0].text_content()
    [withdrawn] = words(page, ".history .withdrawn")
    assert "undone by ana" in withdrawn
    with quoth.open(own_ferries) as case:
        assert [j.kind for j in case.judgements()] == [
            JudgementKind.ACCEPT,
            JudgementKind.REJECT,
            JudgementKind.WITHDRAW,
        ]
        assert {j.by for j in case.judgements()} == {"ana"}


def test_a_correction_is_another_reading_of_the_same_words(own_client: TestClient, own_ferries: Path) -> None:
    said = statement(own_ferries, "12 ferries will be delivered")
    form = {
        "source": "Ana Dorn",
        "act": "promise",
        "time-1": "..2031-06-30",
        "quantity-1": "",
        "note": "see the minutes",
    }
    page = followed(own_client, post(own_client, f"/statements/{said.id}/correct", **form))
    told = " ".join(every(page, "#reading")[0].text_content().split())
    assert "promises" in told
    assert "by 30 June 2031" in told
    assert "How many" not in " ".join(words(page, "#reading .events"))
    with quoth.open(own_ferries) as case:
        [new] = [s for s in case.statements() if s.footing == said.footing]
    assert new.act is Act.PROMISE
    assert new.events[0].quantity is None
    assert every(followed(own_client, own_client.get(f"/statements/{said.id}")), "#reading")


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        ({"time-1": "soon"}, "time-1", "is no day"),
        ({"quantity-1": "many"}, "quantity-1", "is no number"),
        ({"time-1": "2031-05-02..2031-05-01"}, "", "ends"),
        ({"source": ""}, "source", "has a name"),
        ({"source_country": "Belarus"}, "source_country", "two letters"),
        ({"act": "sing"}, "act", "there is no"),
        ({"place-1": "x" * 301}, "place-1", "longer than"),
        ({}, "", "nothing is changed"),
        ({"source": "a\x00b"}, "", "NUL"),
    ],
)
def test_what_cannot_be_corrected_is_told_beside_the_field_and_kept(
    own_client: TestClient, own_ferries: Path, fields: dict[str, str], name: str, told: str
) -> None:
    said = statement(own_ferries, "12 ferries will be delivered")
    for then in ("article", "review"):
        answer = post(own_client, f"/statements/{said.id}/correct", **fields, then=then, queue="below=1")
        page = seen(answer, 422)
        [wrong] = [e for e in every(page, "[data-wrong]") if e.get("hidden") is None]
        assert wrong.get("data-wrong") == name
        assert told in wrong.text_content()
        assert every(page, "details.correct")[0].get("open") is not None
        for field, value in fields.items():
            found = page.xpath(f"//*[@name='{field}']")[0]
            if found.tag == "input" and "\0" not in value:
                assert found.get("value") == value
    with quoth.open(own_ferries) as case:
        assert not list(case.judgements())


def test_two_events_are_corrected_one_after_the_other(tmp_path: Path) -> None:
    file, path = tmp_path / "a.txt", tmp_path / "case.db"
    file.write_text("The foreign minister’s office denied that Vash had called for a blockade of the harbour.\n")
    with quoth.open(path) as case:
        case.add(file)
    said = statement(path, "blockade of the harbour")
    assert len(said.events) == 2
    with client_of(path) as client:
        form = {"factuality": "PS-", "time-1": "2031-05-01", "time-2": "2031-05-02"}
        page = followed(client, post(client, f"/statements/{said.id}/correct", **form))
        assert len(every(page, ".history li")) == 2
    with quoth.open(path) as case:
        [new] = [s for s in case.statements() if s.footing == said.footing]
    assert [str(e.time.earliest) for e in new.events if e.time] == ["2031-05-01", "2031-05-02"]
    assert new.factuality is Factuality.POSSIBLY_NOT


def test_without_the_field_of_the_session_nothing_is_written(own_client: TestClient, own_ferries: Path) -> None:
    said = statement(own_ferries, "12 ferries will be delivered")
    for what in ("accept", "reject", "correct"):
        assert own_client.post(f"/statements/{said.id}/{what}", data={"source": "X"}).status_code == 403
    with quoth.open(own_ferries) as case:
        assert not list(case.judgements())


def test_on_an_earlier_day_nothing_is_judged(client: TestClient, ferries: Path) -> None:
    said = statement(ferries, "12 ferries will be delivered")
    page = seen(client.get(f"/articles/{said.document_id}?statement={said.id}&as_of=2031-03-05"))
    assert every(page, "#reading")
    assert not every(page, "#reading form")
    assert client.get(f"/articles/{said.document_id}?as_of=2031-03-01").status_code == 404


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(hostile_case(tmp_path_factory.mktemp("hostile"))) as client:
        yield client


def address(client: TestClient, title: str) -> str:
    [row] = [r for r in every(seen(client.get("/articles")), "tbody tr") if title in r.text_content()]
    return str(one(row, "th a").get("href"))


def test_what_a_hostile_article_says_stays_words(hostile: TestClient) -> None:
    where = address(hostile, "gnihton")
    page = seen(hostile.get(where))
    chips = [chip.get("data-statement") for chip in every(page, "a.chip")]
    assert len(chips) == 4
    assert "<script>alert(4)</script>" in one(page, ".text").text_content()
    places = (where, *(f"{where}?statement={chip}" for chip in chips), "/articles", "/review", "/judgements")
    for place in places:
        answer = hostile.get(place)
        page = seen(answer)
        assert not page.xpath("//img | //svg | //u | //b[not(ancestor::a)] | //script[not(@src)]"), place
        assert not page.xpath("//@*[starts-with(name(), 'on') or starts-with(., 'javascript')]"), place
        assert not set("\u202e\u2066\u200b") & set(answer.text), place
        assert "\\u202e" in answer.text or place in ("/review", "/judgements"), place


def test_one_said_within_another_lies_deeper(hostile: TestClient) -> None:
    page = seen(hostile.get(address(hostile, "gnihton")))
    deep = [e for e in every(page, ".m.content.d2") if "unsafe" in e.text_content()]
    assert [e.text_content() for e in deep] == ["that the bridge was unsafe"]
    assert len(deep[0].get("data-of").split()) == 2


def test_a_line_of_a_megabyte_comes_in_parts_and_a_statement_in_its_own(hostile: TestClient) -> None:
    where = address(hostile, "A line")
    found = []
    for number in range(1, 33):
        page = seen(hostile.get(f"{where}?part={number}"))
        text = one(page, ".text")
        for chip in every(text, "a.chip"):
            chip.drop_tree()
        assert len(text.text_content()) < 31_000
        found.append("".join(text.text_content().split()))
    assert "".join(found) == "---outlet:Xtitle:Alinepublished:2031-03-05---" + "".join(LINE.split())
    assert words(seen(hostile.get(f"{where}?part=999999")), ".pager p") == ["Part 32 of 32"]
    assert words(seen(hostile.get(f"{where}?part=x")), ".pager p") == ["Part 1 of 32"]
    last = every(seen(hostile.get(f"{where}?part=1")), "a.chip")[-1].get("data-statement")
    page = seen(hostile.get(f"{where}?statement={last}"))
    for _ in range(3):
        page = seen(hostile.get(str(one(page, "#reading a.step[rel='next']").get("href"))))
    assert words(page, ".pager p") == ["Part 2 of 32"]


def test_bytes_that_are_no_text_are_saved_as_they_came(hostile: TestClient) -> None:
    where = address(hostile, "Bytes")
    assert b"\x00" in hostile.get(f"{where}/original").content
    assert "\x00" not in hostile.get(where).text


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Case]]:
    folder = tmp_path_factory.mktemp("versions")
    head = "---\noutlet: The Courier\ntitle: Bridge\nurl: https://courier.example/bridge\npublished: 2031-03-04\n"
    text = "Mayor Arden said that the bridge would open in {}.\n\nThe council said that the road was closed.\n"
    (folder / "a.txt").write_text(f"{head}---\n{text.format('May')}", encoding="utf-8")
    (folder / "b.txt").write_text(f"{head}updated: 2031-03-06\n---\n{text.format('July')}", encoding="utf-8")
    with quoth.open(folder / "case.db") as case:
        case.add(folder / "a.txt", folder / "b.txt")
        with client_of(folder / "case.db") as client:
            yield client, case


def test_versions_are_listed_with_what_changed(versions: tuple[TestClient, Case]) -> None:
    client, case = versions
    [article] = case.articles()
    first, last = (version.document for version in article.versions)
    page = seen(client.get(f"/articles/{last}"))
    assert words(page, ".versions del") == ["May"]
    assert words(page, ".versions ins") == ["July"]
    assert every(page, ".versions a")[0].get("href") == f"/articles/{first[:8]}"
    assert sum("version 1 of 2" in row for row in words(seen(client.get("/articles")), "tbody tr")) == 1
    [again] = [s for s in case.statements(document=first) if "road" in s.content.text]
    page = seen(client.get(f"/articles/{first}?statement={again.id}"))
    assert "says this again" in every(page, "#reading")[0].text_content()
