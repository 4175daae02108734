"""The pages of sources and outlets, and the forms on them."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient


def csrf(html: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found
    return found[1]


def address_of(client: TestClient, name: str) -> str:
    html = client.get("/sources", params={"name": name}).text
    found = re.search(r'href="(/sources/[0-9a-f]+)"', html)
    assert found, name
    return found[1]


def test_the_list_has_who_speaks_and_finds_by_name(client: TestClient) -> None:
    html = client.get("/sources").text
    assert "Ana Dorn" in html
    assert "Piet Marsh" in html
    found = client.get("/sources", params={"name": "Дорн"}).text
    assert "Ana Dorn" in found
    assert "Piet Marsh" not in found
    assert "Nobody fits these filters" in client.get("/sources", params={"name": "Nobody Here"}).text


@pytest.mark.parametrize("order", ["statements", "origins", "questions", "last", "name", "nonsense"])
def test_every_order_shows_everybody(client: TestClient, order: str) -> None:
    html = client.get("/sources", params={"sort": order}).text
    assert {"Ana Dorn", "Piet Marsh", "Coast Watch"} <= set(re.findall(r"<bdi>([^<]+)</bdi></a><small>", html))


def test_a_source_has_all_it_said_with_links_and_what_it_changed(client: TestClient) -> None:
    html = client.get(address_of(client, "Ana Dorn")).text
    assert "What they changed" in html
    assert "by the end of 2031" in html
    assert "by the end of June 2032" in html
    assert re.search(r'href="/articles/[0-9a-f]+\?statement=[0-9a-f]+#s-[0-9a-f]+"', html)
    assert re.search(r'href="/questions/[0-9a-f]+', html)
    assert "/outlets/The%20Courier" in html
    assert "Statements by month" in html or "<figure" not in html


def test_a_source_is_filtered_by_act_and_month(client: TestClient) -> None:
    own = address_of(client, "Piet Marsh")
    denied = client.get(own, params={"act": "deny"}).text
    assert "any ferries had been ordered" in denied
    assert "Nobody asked us" not in denied
    later = client.get(own, params={"month": "2031-04-01/2031-04-30"}).text
    assert "Nothing of theirs fits these filters" in later


def test_what_is_no_source_is_not_found(client: TestClient) -> None:
    assert client.get("/sources/ffffffff").status_code == 404
    assert client.get("/sources/<script>").status_code == 404
    assert client.get(address_of(client, "Ana Dorn"), params={"act": "shout"}).status_code == 400


def test_sources_not_named_are_listed_by_article(client: TestClient) -> None:
    assert client.get("/sources/unnamed").status_code == 200


def test_outlets_and_agencies(client: TestClient) -> None:
    html = client.get("/outlets").text
    for name in ("The Courier", "Port Herald", "Gazette"):
        assert name in html
    found = client.get("/outlets", params={"name": "cour"}).text
    assert "The Courier" in found
    assert "Gazette" not in found


def test_an_outlet_states_what_it_counts(client: TestClient) -> None:
    html = client.get("/outlets/The%20Courier").text
    assert "utterances that it reports with nobody named between the speaker and itself" in html
    assert "of unknown lineage" in html
    assert "Ana Dorn" in html
    assert client.get("/outlets/the courier").text == html
    assert client.get("/outlets/Nobody").status_code == 404
    listed = client.get("/outlets/The%20Courier", params={"list": "only"}).text
    assert re.search(r'href="/origins/[0-9a-f]+"', listed)
    assert client.get("/outlets/The%20Courier", params={"list": "bad"}).status_code == 200


def test_rating_and_taking_back(own_client: TestClient) -> None:
    own = address_of(own_client, "Ana Dorn")
    token = csrf(own_client.get(own).text)
    form = {
        "name": "Ana Dorn",
        "grade": "B",
        "topic": "ferries",
        "note": "<b>often right</b>",
        "csrf": token,
        "back": own,
    }
    answer = own_client.post("/ratings", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, own)
    html = own_client.get(own).text
    assert "usually reliable" in html
    assert "about <bdi>ferries</bdi>" in html
    assert "&lt;b&gt;often right&lt;/b&gt;" in html
    own_client.post("/ratings", data={**form, "grade": ""})
    assert "Nobody has rated" in own_client.get(own).text


def test_an_outlet_is_rated(own_client: TestClient) -> None:
    token = csrf(own_client.get("/outlets/Gazette").text)
    back = "/outlets/Gazette"
    own_client.post("/ratings", data={"name": "Gazette", "grade": "E", "csrf": token, "back": back})
    assert "unreliable" in own_client.get(back).text.split("How reliable")[1].split("<details")[0]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_form_leads_nowhere_else(own_client: TestClient, back: str) -> None:
    token = csrf(own_client.get("/outlets/Gazette").text)
    answer = own_client.post("/ratings", data={"name": "Gazette", "grade": "A", "csrf": token, "back": back})
    assert answer.headers["location"] == "/sources"


def test_forms_without_sense_or_token_are_refused(own_client: TestClient) -> None:
    token = csrf(own_client.get("/outlets/Gazette").text)
    assert own_client.post("/ratings", data={"name": "Gazette", "grade": "Z", "csrf": token}).status_code == 400
    assert own_client.post("/ratings", data={"name": "Gazette", "grade": "A"}).status_code == 403
    assert own_client.post("/names", data={"kind": "merge", "a": "x", "b": "y", "csrf": token}).status_code == 400
    assert own_client.post("/names", data={"kind": "same", "a": "x", "b": " ", "csrf": token}).status_code == 400
    assert own_client.post("/names", data={"kind": "same", "a": "x", "b": "y"}).status_code == 403


def test_two_names_are_judged_one_and_that_is_undone(own_client: TestClient) -> None:
    own = address_of(own_client, "Ana Dorn")
    token = csrf(own_client.get(own).text)
    answer = own_client.post("/names", data={"kind": "same", "a": "Ana Dorn", "b": "Coast Watch", "csrf": token})
    assert answer.status_code == 303
    joined = own_client.get(answer.headers["location"]).text
    assert "Ana Dorn" in joined
    assert "Coast Watch" in joined
    assert "Judged" in joined
    judgement = re.search(r'name="judgement" value="([^"]+)"', joined)
    assert judgement
    own_client.post("/names/undo", data={"judgement": judgement[1], "csrf": token})
    assert address_of(own_client, "Coast Watch") != address_of(own_client, "Ana Dorn")
