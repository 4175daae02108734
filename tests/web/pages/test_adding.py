"""The pages that add articles: files, a text, addresses; what becomes of them, live and without a script."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of, site_with
from fastapi.testclient import TestClient
from httpx import Response

import quoth
from quoth.web.guard import Role
from quoth.web.guard.csrf import word_of
from quoth.web.jobs import Jobs

STORY = "Minister Ana Dorn said on Monday that 14 ferries will be delivered to Port Vell by the end of 2033."


def word(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/add").text)
    assert found is not None
    return found[1]


def sent(client: TestClient, *files: tuple[str, bytes], **fields: str) -> Response:
    parts = [("csrf", (None, word(client)))]
    parts += [(name, (None, value)) for name, value in fields.items()]
    parts += [("file", file) for file in files]
    return client.post("/add", files=parts)


def jobs_of(client: TestClient) -> Jobs:
    jobs: Jobs = client.app.state.jobs  # type: ignore[attr-defined]
    return jobs


def over(client: TestClient, answer: Response) -> str:
    """The page of a job, once it is over."""
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    until = time.monotonic() + 60
    while not jobs_of(client).job(where.rsplit("/", 1)[1]).is_over:
        assert time.monotonic() < until
        time.sleep(0.05)
    return client.get(where).text


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_adding_files(own_client: TestClient, own_ferries: Path) -> None:
    answer = sent(own_client, ("story.txt", STORY.encode()), ("none.docx", b"x"), kind="files", outlet="The  Courier")
    told = text_of(over(own_client, answer))
    assert "2 of 2: 1 new, 0 already there, 1 failed" in told
    assert "story.txt new, 1 statement" in told
    assert ".docx files are not read" in told
    with quoth.open(own_ferries) as case:
        (document,) = [document for document in case.documents() if document.file == "story.txt"]
    assert document.outlet == "The Courier"
    assert "story.txt" in text_of(own_client.get("/add").text)


def test_adding_a_text(own_client: TestClient, own_ferries: Path) -> None:
    answer = sent(
        own_client, kind="text", text=f"{STORY}\r\n\r\nMore.", title="Ferries late", outlet="Gazette",
        published="2033-01-04", url="https://gazette.example/late",
    )  # fmt: skip
    assert "1 new" in text_of(over(own_client, answer))
    with quoth.open(own_ferries) as case:
        (document,) = [document for document in case.documents() if document.title == "Ferries late"]
    assert (document.outlet, str(document.published), document.url) == (
        "Gazette", "2033-01-04", "https://gazette.example/late",
    )  # fmt: skip
    assert document.text == f"{STORY}\n\nMore."


def test_adding_shows_in_the_desk(own_client: TestClient) -> None:
    over(own_client, sent(own_client, kind="text", text=STORY, published="2033-01-03"))
    until = time.monotonic() + 20
    while "2033" not in own_client.get("/").text:
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.fixture
def site() -> Iterator[str]:
    """A server on this machine, with a page."""
    with site_with(STORY) as address:
        yield address


def test_adding_addresses(own_client: TestClient, own_ferries: Path, site: str) -> None:
    answer = sent(
        own_client, kind="addresses", addresses=f"{site}/story.html\n{site}/nowhere.html\n{site}/story.html", limit="5"
    )
    told = text_of(over(own_client, answer))
    assert "1 new" in told
    assert "1 failed" in told
    with quoth.open(own_ferries) as case:
        assert f"{site}/story.html" in {document.url for document in case.documents()}


def test_adding_addresses_private_ones_are_refused_unless_that_was_allowed(own_client: TestClient, site: str) -> None:
    jobs_of(own_client)._own["allow_private"] = False
    told = text_of(over(own_client, sent(own_client, kind="addresses", addresses=f"{site}/story.html")))
    assert "0 new" in told
    assert "1 failed" in told


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "files"}, "There is nothing to add"),
        ({"kind": "text", "text": " \n "}, "There is no text"),
        ({"kind": "addresses", "addresses": ""}, "There is no address"),
        ({"kind": "addresses", "addresses": "/etc/passwd"}, "this is no address of the web"),
        ({"kind": "addresses", "addresses": "file:///etc/passwd"}, "this is no address of the web"),
        ({"kind": "addresses", "addresses": "-"}, "this is no address of the web"),
        ({"kind": "addresses", "addresses": "http://user:word@host.example/"}, "user name or password"),
        ({"kind": "addresses", "addresses": "https://a.example", "limit": "many"}, "no number from 1"),
        ({"kind": "addresses", "addresses": "https://a.example", "since": "May"}, "is no day"),
        ({"kind": "addresses", "addresses": " ".join(f"https://a.example/{n}" for n in range(501))}, "More than 500"),
        ({"kind": "text", "text": STORY, "published": "31.12.2030"}, "is no day"),
        ({"kind": "text", "text": STORY, "url": "javascript:alert(1)"}, "javascript: addresses are not fetched"),
    ],
)
def test_adding_what_does_not_fit_is_told_beside_its_form(
    own_client: TestClient, fields: dict[str, str], why: str
) -> None:
    answer = sent(own_client, **fields)
    assert answer.status_code == 400
    told = re.search(r'<p role="alert".*?</p>', answer.text, re.DOTALL)
    assert told is not None
    assert why in text_of(told[0])
    for value in fields.values():
        if value.strip() and len(value) < 200 and value not in ("files", "text", "addresses", "May", "many"):
            assert value in text_of(answer.text) or value in answer.text
    assert jobs_of(own_client).all() == ()
    folder = jobs_of(own_client)._folder
    assert folder is not None
    assert list(folder.iterdir()) == []


def test_adding_needs_the_session_s_word_first(own_client: TestClient) -> None:
    right = word(own_client)
    behind = [("kind", (None, "text")), ("text", (None, STORY)), ("csrf", (None, right))]
    assert own_client.post("/add", files=behind).status_code == 403
    assert own_client.post("/add", data={"csrf": right, "kind": "text", "text": STORY}).status_code == 400
    assert jobs_of(own_client).all() == ()


def test_adding_a_form_that_breaks_off_leaves_nothing(own_client: TestClient) -> None:
    head = f'--B\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{word(own_client)}\r\n--B\r\n'
    body = head + 'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of'
    answer = own_client.post("/add", content=body, headers={"Content-Type": "multipart/form-data; boundary=B"})
    assert answer.status_code == 400
    assert "The form broke off" in text_of(answer.text)
    folder = jobs_of(own_client)._folder
    assert folder is not None
    assert list(folder.iterdir()) == []


def test_adding_hostile_names_and_texts_are_shown_as_text(own_client: TestClient) -> None:
    name = "<img src=x onerror=alert(1)>.docx"
    page = over(own_client, sent(own_client, (name, b"x"), kind="files"))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.docx" in page
    answer = sent(own_client, kind="text", text="</textarea><script>alert(1)</script>", published="x")
    assert "<script>alert" not in answer.text


def told_events(stream: str) -> list[dict[str, object]]:
    return [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line.startswith("data: ")]


def test_adding_tells_as_it_goes_along_and_goes_on_after_a_break(own_client: TestClient) -> None:
    files = [(f"{n}.txt", STORY.replace("14", str(n)).encode()) for n in range(2, 6)]
    where = sent(own_client, *files, kind="files").headers["location"]
    answer = own_client.get(f"{where}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = told_events(answer.text)
    rows = "".join(str(event["rows"]) for event in events)
    assert [f"{n}.txt" in rows for n in range(2, 6)] == [True] * 4
    assert [event["over"] for event in events][-1] is True
    assert "Done" in str(events[-1]["status"])
    assert answer.text.rstrip().splitlines()[-2] == "id: 4"
    again = told_events(own_client.get(f"{where}/events", headers={"Last-Event-ID": "3"}).text)
    assert len(again) == 1
    assert str(again[0]["rows"]).count("<li") == 1
    for strange in ("x", "-1", "99999999999999999999", "²"):
        assert own_client.get(f"{where}/events", headers={"Last-Event-ID": strange.encode()}).status_code == 200


def test_adding_without_a_script_the_page_comes_again_by_itself(own_client: TestClient) -> None:
    answer = sent(own_client, ("a.txt", STORY.encode()), kind="files")
    running = own_client.get(answer.headers["location"]).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in running
    assert "<progress" in running
    page = over(own_client, answer)
    assert "refresh" not in page
    assert "<progress" not in page


def test_adding_stopped(own_client: TestClient) -> None:
    files = [(f"{n}.txt", (STORY.replace("14", str(n)) * 50).encode()) for n in range(2, 60)]
    answer = sent(own_client, *files, kind="files")
    where = answer.headers["location"]
    assert own_client.post(f"{where}/stop").status_code == 403
    assert own_client.post(f"{where}/stop", data={"csrf": word(own_client)}).headers["location"] == where
    assert "Stopped; what was written down until then stays" in text_of(over(own_client, answer))


def test_adding_a_job_that_is_none(own_client: TestClient) -> None:
    for path in ("/add/nowhere", "/add/nowhere/events"):
        assert own_client.get(path).status_code == 404
    assert own_client.post("/add/nowhere/stop", data={"csrf": word(own_client)}).status_code == 404


def test_adding_is_for_reviewers(ferries: Path) -> None:
    with client_of(ferries, role=Role.READER) as client:
        assert client.get("/add").status_code == 403
        assert client.get("/add/nowhere").status_code == 403
        assert client.get("/add/nowhere/events").status_code == 403
        token = csrf(client)
        assert client.post("/add", files=[("csrf", (None, token))]).status_code == 403
        assert client.post("/add/nowhere/stop", data={"csrf": token}).status_code == 403
        assert jobs_of(client)._folder is None


def csrf(client: TestClient) -> str:
    return word_of(client.cookies["quoth-80"])
