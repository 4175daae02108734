"""The JSON interface from outside: what a program gets, page by page, and what it is told when it cannot be."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import pytest
from desks import TOKEN
from fastapi.testclient import TestClient

import quoth
from quoth.present.wire import json_text, question_line, statement_line
from quoth.web.api.description import LEADS
from quoth.web.guard import Reader, Role

AT = "/api/v1"


def got(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(AT + path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(client: TestClient, path: str, **query: Any) -> list[str]:
    return [item["id"] for item in got(client, path, **query)["items"]]


# ---------------------------------------------------------------- lists and single things


def test_statements_are_the_lines_of_the_command(client, ferries):
    with quoth.open(ferries, read_only=True) as case:
        comparison = case.comparison()
        lines = [statement_line(s, case.document(s.document_id), comparison) for s in case.statements()]
    assert got(client, "/statements", limit=500)["items"] == [json.loads(json_text(line)) for line in lines]


def test_questions_are_the_lines_of_the_command(client, ferries):
    with quoth.open(ferries, read_only=True) as case:
        assessed = case.assessments()
        lines = {q.id: json.loads(json_text(question_line(q, assessed[q.id]))) for q in case.questions()}
        order = [heading.id for heading in case.headings()]
    assert got(client, "/questions")["items"] == [lines[id] for id in order]
    assert ids(client, "/headings") == order


@pytest.mark.parametrize("path", ["questions", "statements", "origins", "sources", "documents"])
def test_each_thing_of_a_list_can_be_got_by_the_beginning_of_its_id(client, path):
    listed = got(client, f"/{path}")["items"]
    assert listed
    for item in listed:
        assert got(client, f"/{path}/{item['id'][:12]}") == item


def test_a_list_comes_in_parts(client):
    whole = ids(client, "/statements")
    first = got(client, "/statements", limit=2)
    assert (first["total"], first["offset"], first["limit"]) == (len(whole), 0, 2)
    found, part = [], first
    while True:
        found += [item["id"] for item in part["items"]]
        if part["next"] is None:
            break
        part = client.get(part["next"]).json()
    assert found == whole


def test_the_next_part_keeps_the_filters(client):
    part = got(client, "/statements", source="Dorn", clock="recorded", as_of="2999-01-01", limit=1)
    assert part["total"] == 2
    assert part["next"] == f"{AT}/statements?as_of=2999-01-01&clock=recorded&limit=1&source=Dorn&offset=1"


def test_filters(client):
    everything = got(client, "/statements")["total"]
    assert {s["source"]["name"] for s in got(client, "/statements", source="Dorn")["items"]} == {"Ana Dorn"}
    assert {s["act"] for s in got(client, "/statements", act="deny")["items"]} == {"deny"}
    assert {s["document"]["outlet"] for s in got(client, "/statements", outlet="gazette")["items"]} == {"Gazette"}
    assert got(client, "/statements", since="2031-03-05")["total"] < everything


@pytest.mark.parametrize(
    ("dispute", "counted"), [("disputed", "disputes"), ("tension", "tensions"), ("moved", "replaced")]
)
def test_questions_by_how_their_answers_stand(client, dispute, counted):
    headings = got(client, "/headings")["items"]
    found = got(client, "/questions", dispute=dispute)["items"]
    assert [q["id"] for q in found] == [h["id"] for h in headings if h[counted]]
    answering = {s for q in found for value in q["values"] for s in value["statements"]}
    assert set(ids(client, "/statements", dispute=dispute)) == answering


def test_questions_that_a_selected_statement_answers(client):
    [said] = ids(client, "/statements", source="Dorn", since="2031-03-05")
    found = got(client, "/questions", source="Dorn", since="2031-03-05")["items"]
    assert found
    assert all(any(said in value["statements"] for value in q["values"]) for q in found)


def test_as_it_stood(client):
    assert len(ids(client, "/documents", as_of="2031-03-04")) == 1
    assert len(ids(client, "/documents")) == 3
    assert ids(client, "/documents", as_of="1999-01-01") == []
    late = ids(client, "/documents")[-1]
    assert client.get(f"{AT}/documents/{late}", params={"as_of": "2031-03-04"}).status_code == 404


def test_offsets_count_in_the_text(client):
    [document, *_] = ids(client, "/documents")
    text = got(client, f"/documents/{document}/text")["text"]
    statements = got(client, f"/documents/{document}/statements")["items"]
    assert statements
    for said in statements:
        assert " … ".join(text[start:end] for start, end in said["content"]["spans"]) == said["content"]["text"]


def test_the_original_bytes(client, ferries):
    [document, *_] = got(client, "/documents")["items"]
    answer = client.get(f"{AT}/documents/{document['id']}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content == (ferries.parent / "articles" / document["file"].split("/")[-1]).read_bytes()


def test_what_a_source_said_and_an_utterance_s_reports(client):
    [dorn] = [s for s in got(client, "/sources")["items"] if s["name"] == "Ana Dorn"]
    said = got(client, f"/sources/{dorn['id']}/statements")["items"]
    assert [s["document"]["published"] for s in said] == ["2031-03-04", "2031-03-06"]
    with_origin = next(s for s in said if s["origin"])
    assert got(client, f"/statements/{with_origin['id']}/origin")["id"] == with_origin["origin"]


def test_what_is_new(client):
    found = got(client, "/changes", since="2031-03-05")
    assert "question" in {change["kind"] for change in found["items"]}
    assert {s for change in found["items"] for s in change["statements"]} <= set(ids(client, "/statements"))
    assert got(client, "/changes", since="2031-04-05")["total"] == 0


def test_search(client):
    found = got(client, "/search", text="ferries")
    assert found["totals"]["questions"] > 0
    assert found["totals"]["documents"] == 3
    assert [s["name"] for s in got(client, "/search", text="dorn")["sources"]] == ["Ana Dorn"]


def test_the_case(client, ferries):
    with quoth.open(ferries, read_only=True) as case:
        head, counts = case.head(), case.counts()
    told = got(client, "/case")
    assert told["head"] == {"size": head.size, "root": head.root}
    assert told["counts"]["statements"] == counts.statements
    assert told["counts"]["questions"] == got(client, "/headings")["total"]


def test_the_description_s_links_lead_somewhere(client):
    paths = got(client, "/openapi.json")["paths"]
    by_id = {operation["operationId"]: (path, operation) for path, item in paths.items() for operation in item.values()}
    for listing, leads in LEADS.items():
        path, operation = by_id[listing]
        links = operation["responses"]["200"]["links"]
        assert {link["operationId"] for link in links.values()} == {to for those in leads.values() for to in those}
        items = got(client, path)["items"]
        for parameter, those in leads.items():
            for to in those if items else ():
                answer = client.get(AT + by_id[to][0].replace(f"{{{parameter}}}", items[0]["id"]))
                assert answer.status_code == 200 or to == "get_versions_of_document"


# ---------------------------------------------------------------- files


def test_an_export_has_the_lines_of_the_list(client):
    listed = got(client, "/statements", source="Dorn")["items"]
    lines = client.get(f"{AT}/export", params={"kind": "statements", "source": "Dorn"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert lines.headers["content-disposition"] == 'attachment; filename="quoth-statements-selected.jsonl"'
    assert [json.loads(line) for line in lines.text.splitlines()] == listed
    array = client.get(f"{AT}/export", params={"kind": "statements", "source": "Dorn", "format": "json"})
    assert array.json() == listed
    rows = client.get(f"{AT}/export", params={"kind": "statements", "source": "Dorn", "format": "csv"})
    assert [row["id"] for row in csv.DictReader(io.StringIO(rows.text))] == [item["id"] for item in listed]


# ---------------------------------------------------------------- unchanged


def test_what_is_known_is_not_sent_again(own_client):
    first = own_client.get(f"{AT}/statements")
    tag = first.headers["etag"]
    again = own_client.get(f"{AT}/statements", headers={"If-None-Match": f'"another", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert own_client.get(f"{AT}/statements", params={"as_of": "2031-03-05"}).headers["etag"] != tag
    judged(own_client, kind="reject", statements=[first.json()["items"][0]["id"]])
    after = own_client.get(f"{AT}/statements", headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert after.json()["total"] == first.json()["total"] - 1


# ---------------------------------------------------------------- what people judge


def judged(client: TestClient, **body: Any) -> Any:
    answer = client.post(f"{AT}/judgements", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 201, answer.text
    return answer.json()["judgements"]


def test_statements_are_accepted_rejected_and_corrected(own_client):
    first, second, third, *_ = ids(own_client, "/statements")
    one, other = judged(own_client, kind="accept", statements=[first, second[:10]], note="as it says")
    assert (one["kind"], one["subject"], one["by"], one["note"]) == ("accept", first, "ana", "as it says")
    assert other["subject"] == second
    judged(own_client, kind="reject", statements=[third])
    assert third not in ids(own_client, "/statements")
    correction = {"act": "deny", "factuality": "CT-", "time": ["2031-12-01", None]}
    [done] = judged(own_client, kind="correct", statement=first, correction=correction)
    corrected = got(own_client, f"/statements/{done['object']}")
    assert (corrected["act"], corrected["factuality"], corrected["pattern"]) == ("deny", "CT-", "review")
    assert corrected["events"][0]["time"]["earliest"] == "2031-12-01"
    judged(own_client, kind="withdraw", of=done["id"])
    assert first in ids(own_client, "/statements")
    listed = got(own_client, "/judgements")["items"]
    assert [j["kind"] for j in listed] == ["withdraw", "correct", "reject", "accept", "accept"]
    assert [j["standing"] for j in listed[1:]] == [False, True, True, True]
    assert got(own_client, f"/judgements/{done['id'][:10]}") == listed[1]


def test_names_are_the_same_or_apart(own_client):
    judged(own_client, kind="same", names=["Piet Marsh", "Coast Watch"])
    assert "Coast Watch" in {
        a["name"] for e in got(own_client, "/sources", source="Marsh")["items"] for a in e["names"]
    }
    judged(own_client, kind="withdraw", of=["Coast Watch", "Piet Marsh"])
    assert len(got(own_client, "/sources", source="Marsh")["items"][0]["names"]) == 1


def test_questions_are_named_split_and_merged(own_client):
    question = next(q for q in got(own_client, "/questions")["items"] if len(q["values"]) > 1)
    judged(own_client, kind="name", question=question["id"], words="How many, then?")
    assert got(own_client, f"/questions/{question['id']}")["question"] == "How many, then?"
    judged(own_client, kind="split", question=question["id"], statements=question["values"][0]["statements"])
    parts = [q for q in got(own_client, "/questions")["items"] if q["slot"] == question["slot"]]
    assert len(parts) > 1
    judged(own_client, kind="merge", questions=[parts[0]["id"], parts[1]["id"]])
    assert len([q for q in got(own_client, "/questions")["items"] if q["slot"] == question["slot"]]) < len(parts)


def test_sources_are_rated(own_client):
    body = {"name": "Courier", "grade": "B", "note": "corrects its errors"}
    answer = own_client.post(f"{AT}/ratings", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 201
    assert got(own_client, "/ratings")["items"] == [answer.json()]
    assert answer.json()["rates"] == ["The Courier"]


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("path", "status", "code", "where"),
    [
        ("/nothing", 404, "Q600", "/api/v1/nothing"),
        ("/statements/zzz", 404, "Q400", None),
        ("/statements?sorce=Dorn", 422, "Q600", "query sorce"),
        ("/statements?since=20310304", 422, "Q600", "query since"),
        ("/statements?since=2031-02-30", 422, "Q600", "query since"),
        ("/statements?act=shout", 422, "Q600", "query act"),
        ("/statements?limit=100000", 422, "Q600", "query limit"),
        ("/statements?text=...", 422, "Q303", None),
        ("/changes", 422, "Q600", "query since"),
        ("/changes?since=0001-01-01", 422, "Q600", "query since"),
    ],
)
def test_errors_have_one_shape(client, path, status, code, where):
    answer = client.get(AT + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    error = answer.json()["error"]
    assert list(error) == ["code", "what", "where", "remedy"]
    assert (error["code"], error["where"]) == (code, where)


def sent(client: TestClient, body: Any, **headers: str) -> tuple[int, str]:
    answer = client.post(f"{AT}/judgements", json=body, headers=headers)
    return answer.status_code, answer.json()["error"]["code"]


def test_what_is_sent_and_does_not_fit(own_client):
    key = {"Authorization": f"Bearer {TOKEN}"}
    [statement, *_] = ids(own_client, "/statements")
    [question, *_] = ids(own_client, "/questions")
    assert sent(own_client, {"kind": "accept", "statements": ["zzz"]}, **key) == (404, "Q400")
    assert sent(own_client, {"kind": "believe", "statements": [statement]}, **key) == (422, "Q600")
    assert sent(own_client, {"kind": "accept", "statements": [statement], "why": "so"}, **key) == (422, "Q600")
    assert sent(own_client, {"kind": "correct", "statement": statement, "correction": {}}, **key) == (422, "Q402")
    assert sent(own_client, {"kind": "merge", "questions": [question, question]}, **key) == (409, "Q403")
    assert sent(own_client, {"kind": "same", "names": [" ", "Ana Dorn"]}, **key) == (422, "Q302")
    broken = own_client.post(f"{AT}/judgements", content="{", headers={**key, "Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "Q600")
    assert got(own_client, "/judgements")["total"] == 0


def test_a_session_has_to_show_that_the_desk_itself_asks(own_client):
    [statement, *_] = ids(own_client, "/statements")
    assert sent(own_client, {"kind": "accept", "statements": [statement]})[0] == 403
    assert got(own_client, "/judgements")["total"] == 0


def test_a_reader_changes_nothing(own_client, monkeypatch):
    monkeypatch.setattr(own_client.app.state.guard.link, "_reader", Reader("rea", Role.READER))
    [statement, *_] = ids(own_client, "/statements")
    key = {"Authorization": f"Bearer {TOKEN}"}
    assert sent(own_client, {"kind": "accept", "statements": [statement]}, **key) == (403, "Q520")


def test_a_case_that_is_being_compared(client, monkeypatch):
    from quoth.web.desk import Desk, Pending

    def pending(*asked: Any) -> None:
        raise Pending("how things stand", 3.0)

    monkeypatch.setattr(Desk, "snapshot", pending)
    answer = client.get(f"{AT}/statements")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["error"]["code"] == "Q601"


# ---------------------------------------------------------------- tallies


def test_outlets(client):
    listed = got(client, "/outlets")["items"]
    assert {outlet["name"] for outlet in listed} >= {"The Courier", "Port Herald", "Gazette"}
    courier = got(client, "/outlet", name="courier")
    assert courier in listed
    assert courier["documents"] == ids(client, "/documents", outlet="Courier")
    assert sum(courier["acts"].values()) == courier["statements"]
    assert client.get(f"{AT}/outlet", params={"name": "The Moon"}).status_code == 404


def test_places(client):
    [vell] = [p for p in got(client, "/places")["items"] if p["name"] == "Port Vell"]
    assert set(vell["statements"]) <= set(ids(client, "/statements"))
    named = got(client, "/places", text="injured")["items"]
    assert all(set(p["statements"]) & set(ids(client, "/statements", text="injured")) for p in named)
    assert got(client, "/places", source="nobody")["items"] == []


def test_deadlines(client):
    listed = got(client, "/deadlines")["items"]
    assert {d["latest"] for d in listed} >= {"2031-12-31", "2032-06-30"}
    for deadline in listed:
        assert deadline["last_fate"] in deadline["fates"]
        assert deadline["announced"][0]["statements"]
        assert len(deadline["became"]) <= deadline["said"]
    ahead = got(client, "/deadlines", when="ahead", as_of="2031-03-08")["items"]
    assert [d["id"] for d in ahead] == [d["id"] for d in listed if d["latest"] >= "2031-03-08"]
    assert got(client, "/deadlines", month="2033-01")["items"] == []


def test_the_queue_is_of_doubtful_readings_that_nobody_judged(own_client):
    waiting = got(own_client, "/queue", below=1)["items"]
    assert waiting
    sure = [s["confidence"] for s in waiting]
    assert sure == sorted(sure)
    assert all(s["confidence"] < 0.5 for s in got(own_client, "/queue")["items"])
    judged(own_client, kind="accept", statements=[waiting[0]["id"]])
    assert ids(own_client, "/queue", below=1) == [s["id"] for s in waiting[1:]]


# ---------------------------------------------------------------- jobs

KEY = {"Authorization": f"Bearer {TOKEN}"}


def ended(client: TestClient, job: Any) -> Any:
    until = time.monotonic() + 60
    while job["state"] not in {"done", "stopped", "broken off"}:
        assert time.monotonic() < until, job
        time.sleep(0.1)
        job = got(client, f"/jobs/{job['id']}")
    return job


def test_a_text_is_added(own_client):
    text = "Harbour master Lena Holt said on Monday that the quay will be closed in May 2031."
    body = {"kind": "text", "text": text, "outlet": "Quay Times", "published": "2031-03-10", "title": "The quay"}
    answer = own_client.post(f"{AT}/jobs", json=body, headers=KEY)
    assert answer.status_code == 201, answer.text
    job = ended(own_client, answer.json())
    assert (job["state"], job["counts"], job["by"]) == ("done", {"new": 1}, "ana")
    [event] = job["events"]
    document = got(own_client, f"/documents/{event['document']}")
    assert (document["outlet"], document["published"], document["title"]) == ("Quay Times", "2031-03-10", "The quay")
    assert got(own_client, f"/jobs/{job['id']}", after=1)["events"] == []
    assert [j["id"] for j in got(own_client, "/jobs")["items"]] == [job["id"]]


def test_files_are_added(own_client):
    files = [("files", ("../../a.txt", b"Ana Dorn said that nothing had changed.")), ("files", ("b.bin", bytes(99)))]
    answer = own_client.post(f"{AT}/jobs/files", files=files, data={"outlet": "Quay Times"}, headers=KEY)
    assert answer.status_code == 201, answer.text
    job = ended(own_client, answer.json())
    assert job["counts"] == {"new": 1, "failed": 1}
    assert {event["where"] for event in job["events"]} == {"a.txt", "b.bin"}
    failed = next(event for event in job["events"] if event["outcome"] == "failed")
    assert failed["error"]["code"].startswith("Q")


def test_a_job_is_stopped_before_its_turn(own_client, monkeypatch):
    monkeypatch.setattr(own_client.app.state.jobs, "_next", lambda: None)
    body = {"kind": "addresses", "addresses": ["https://example.org/a", "https://example.org/b"]}
    job = own_client.post(f"{AT}/jobs", json=body, headers=KEY).json()
    assert (job["state"], job["title"], job["total"]) == ("waiting", "https://example.org/a and 1 more", None)
    assert own_client.post(f"{AT}/jobs/{job['id']}/stop", headers=KEY).json()["state"] == "stopped"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "addresses", "addresses": ["ftp://example.org/a"]}, 422),
        ({"kind": "addresses", "addresses": []}, 422),
        ({"kind": "text", "text": "  "}, 422),
        ({"kind": "text", "text": "Words.", "published": "yesterday"}, 422),
        ({"kind": "text", "text": "Words.", "by": "somebody"}, 422),
    ],
)
def test_what_cannot_be_added(own_client, body, status):
    answer = own_client.post(f"{AT}/jobs", json=body, headers=KEY)
    assert (answer.status_code, list(answer.json()["error"])) == (status, ["code", "what", "where", "remedy"])
    assert got(own_client, "/jobs")["items"] == []


def test_more_jobs_than_can_wait(own_client, monkeypatch):
    monkeypatch.setattr(own_client.app.state.jobs, "_next", lambda: None)
    answers = [own_client.post(f"{AT}/jobs", json={"kind": "text", "text": "Words."}, headers=KEY) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "30"
