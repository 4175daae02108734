"""Files of what is selected: they hold that and nothing else, and say what it is."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re

import pytest
from fastapi.testclient import TestClient

from quoth.present.flat import csv_text, statement_row
from quoth.present.part import part_of
from quoth.web import lines
from quoth.web.exporting import BLOCK, Format, Kind, exported, file_name
from quoth.web.pages.exporting import styled
from quoth.web.selecting import Selected
from quoth.web.selection import Dispute, Selection


def got(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


# ---------------------------------------------------------------- rows and lines


def test_a_file_holds_what_is_selected(client):
    answer = client.get("/export?kind=statements&format=csv&source=Dorn")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="quoth-statements-selected.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["source"] for row in rows] == ["Ana Dorn", "Ana Dorn"]
    listed = client.get("/api/v1/statements?source=Dorn").json()["items"]
    assert answer.text == "".join(csv_text(map(statement_row, listed)))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_in_every_form(client, kind):
    [array] = [json.loads(got(client, f"/export?kind={kind}&format=json"))]
    written = got(client, f"/export?kind={kind}&format=jsonl").splitlines()
    assert [json.loads(line) for line in written] == array
    rows = list(csv.reader(io.StringIO(got(client, f"/export?kind={kind}&format=csv"))))
    assert all(len(row) == len(rows[0]) for row in rows)
    if array:
        assert len(rows) > len(array)
    assert kind is Kind.ARTICLES or array


def test_a_file_of_another_day(client):
    answer = client.get("/export?kind=documents&format=jsonl&as_of=2031-03-04")
    assert answer.headers["content-disposition"] == 'attachment; filename="quoth-documents-2031-03-04.jsonl"'
    assert [json.loads(line)["outlet"] for line in answer.text.splitlines()] == ["The Courier"]


def test_names_of_files_hold_nothing_that_was_typed():
    hostile = Selection(text='"; filename="../x', source="\n", as_of=datetime.date(2031, 3, 4))
    assert file_name(Kind.QUESTIONS, Format.CSV, hostile) == "quoth-questions-selected-2031-03-04.csv"


def test_a_long_file_comes_in_blocks(snapshot):
    """What is written is not held: lines are made as blocks are taken."""
    made = []

    class Counted(dict):
        def values(self):
            for statement in list(super().values()) * 400:
                made.append(statement.id)
                yield statement

    class Many:
        def __init__(self):
            self.snapshot = snapshot

        @property
        def statements(self):
            return Lazy()

    class Lazy:
        def __iter__(self):
            return Counted(snapshot.statements).values()

    blocks = exported(Many(), Kind.STATEMENTS, Format.JSONL)  # type: ignore[arg-type]
    first = next(blocks)
    assert BLOCK <= len(first) < 2 * BLOCK
    so_far = len(made)
    whole = first + "".join(blocks)
    assert so_far < len(made) / 4
    assert len(whole.splitlines()) == len(made)


def test_no_cell_is_a_formula(own_client):
    body = {"kind": "same", "names": ["Piet Marsh", "=HYPERLINK(1)"]}
    name = own_client.get("/api/v1/questions").json()["items"][0]["id"]
    words = {"kind": "name", "question": name, "words": '=HYPERLINK("http://x")'}
    for one in (body, words):
        own_client.post("/api/v1/judgements", json=one, headers={"Authorization": "Bearer a-token-for-tests"})
    rows = csv.reader(io.StringIO(got(own_client, "/export?kind=questions&format=csv")))
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://x")' in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("query", ["kind=everything", "kind=statements&format=xls", "kind=statements&since=yesterday"])
def test_what_there_is_no_file_of(client, query):
    assert client.get(f"/export?{query}").status_code == 400


def test_the_page_offers_files_of_what_is_selected(client):
    page = got(client, "/export?source=Dorn")
    assert "said by Dorn" in page
    for kind in ("statements", "questions", "origins", "sources", "documents"):
        assert f'href="/export?kind={kind}&amp;format=csv&amp;source=Dorn"' in page
    assert re.search(r"Statements</th><td class=\"number\">2<", page)


# ---------------------------------------------------------------- the brief


def test_a_brief_of_a_part_says_so_and_holds_no_more(client):
    page = got(client, "/brief?text=injured&title=The+harbour")
    assert "<h1><bdi>The harbour</bdi></h1>" in page
    assert "A part of the case, chosen by: holding “injured”. It has 2 of 4 questions, each with all its ans" in page
    assert "injured" in page
    assert "How many ferries" not in page
    assert "Nobody asked us" not in page
    whole = got(client, "/brief")
    assert "A part of the case" not in whole
    assert "Nobody asked us" in whole


def test_a_brief_of_an_earlier_day(client):
    page = got(client, "/brief?as_of=2031-03-04&source=Dorn")
    assert "as published by 4 March 2031" in page
    assert "1 of 3 statements" in page or "1 of 2 statements" in page
    assert "9 ferries" not in page


def test_a_brief_in_markdown(client):
    answer = client.get("/brief?format=md&text=injured&title=*Harbour*")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# \\*Harbour\\*\n")
    assert "A part of the case, chosen by: holding “injured”" in answer.text


def test_the_brief_s_own_style_is_allowed_and_nothing_else(client):
    answer = client.get("/brief")
    policy = answer.headers["content-security-policy"]
    assert policy == styled(answer.text)["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", policy)
    assert "unsafe" not in policy
    assert policy != styled(answer.text.replace("<style>", "<style> "))["Content-Security-Policy"]


def test_a_hostile_title_is_words(client):
    page = got(client, "/brief?title=<style>*{}</style>\u202e")
    assert "<style>*" not in page
    assert "&lt;style&gt;*{}&lt;/style&gt;\\u202e" in page


def test_a_brief_that_nobody_could_read(client, monkeypatch):
    monkeypatch.setattr("quoth.web.briefing.MOST", 3)
    answer = client.get("/brief")
    assert answer.status_code == 400
    assert "would be too long" in answer.text


def test_the_timeline_of_a_part(client):
    answer = client.get("/timeline.svg?text=injured")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "injured" in answer.text
    assert "ferries" not in answer.text
    assert client.get("/timeline.svg?source=nobody").status_code == 404


# ---------------------------------------------------------------- what a part rests on


def test_a_part_has_its_questions_whole(snapshot):
    question = next(q for q in snapshot.questions.values() if len(q.values) > 1)
    all_of = tuple(snapshot.statements.values())
    part = part_of(snapshot.comparison, all_of, snapshot.in_order, [question])
    ids = {s for value in question.values for s in value.statements}
    assert part.comparison.questions == (question,)
    assert {s.id for s in part.statements} == ids
    assert {d.id for d in part.documents} == {s.document_id for s in part.statements}
    assert {o for value in question.values for o in value.origins} == {o.id for o in part.comparison.origins}
    for origin in part.comparison.origins:
        assert set(origin.statements) <= ids
        assert set(origin.documents) <= {d.id for d in part.documents}
    assert set(part.comparison.origin_of) <= ids
    assert set(part.comparison.speaker_of) <= ids


def test_a_part_has_further_statements_too(snapshot):
    unasked = next(s for s in snapshot.statements.values() if s.id not in snapshot.answering)
    all_of = tuple(snapshot.statements.values())
    part = part_of(snapshot.comparison, all_of, snapshot.in_order, [], [unasked])
    assert [s.id for s in part.statements] == [unasked.id]
    assert [d.id for d in part.documents] == [unasked.document_id]


# ---------------------------------------------------------------- what is selected


def test_selected_things_go_with_one_another(snapshot):
    taken = frozenset(s.id for s in snapshot.statements.values() if "injured" in s.content.text)
    found = Selected(snapshot, Selection(text="injured"), taken)
    assert {s.id for s in found.statements} == taken
    assert {d.id for d in found.documents} == {s.document_id for s in found.statements}
    assert all(not taken.isdisjoint(o.statements) for o in found.origins)
    assert found.questions
    assert {q for s in taken for q in snapshot.answering.get(s, ())} <= {q.id for q in found.questions}
    moved = Selected(snapshot, Selection(dispute=Dispute.MOVED), None)
    assert moved.questions
    assert all(heading.replaced for heading in moved.headings)
    assert moved.statement_ids == {s for q in moved.questions for v in q.values for s in v.statements}
    fresh = next(iter(snapshot.headings))
    changed = Selected(snapshot, Selection(changed=True), None, {fresh})
    assert [q.id for q in changed.questions] == [fresh]
    assert Selected(snapshot, Selection(changed=True), None).questions == []


def test_a_line_names_the_speaker_as_the_wire_does(snapshot):
    from quoth.present.wire import statement_line

    for statement in snapshot.statements.values():
        whole = statement_line(statement, snapshot.documents[statement.document_id], snapshot.comparison)
        assert lines.statement_line(snapshot, statement) == whole
