"""The queue without a script: one reading after the other, what was judged, and the way back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from looking import every, followed, one, post, seen, words

import quoth
from quoth.model import Act, JudgementKind
from quoth.web.guard import Reader, Role
from quoth.web.guard.link import Link


def place(page) -> str:  # type: ignore[no-untyped-def]
    return str(one(page, "#item").get("data-place"))


def form(page, what: str) -> tuple[str, dict[str, str]]:  # type: ignore[no-untyped-def]
    """The address of a button, and what its form sends besides."""
    button = one(page, f"button[value='{what}']")
    [around] = button.xpath("ancestor::form")
    hidden = {e.get("name"): e.get("value") for e in every(around, "input[type='hidden']")}
    return button.get("formaction") or around.get("action"), {k: v for k, v in hidden.items() if k != "csrf"}


def test_skipping_meets_every_doubtful_reading_once_the_least_sure_first(client: TestClient, ferries: Path) -> None:
    page, met = seen(client.get("/review?below=1")), []
    while every(page, "#item[data-place]"):
        met.append((place(page), words(page, "#item header strong")[0]))
        page = seen(client.get(str(one(page, "a[rel='next']").get("href"))))
    with quoth.open(ferries) as case:
        doubtful = sorted((s.confidence, s.id) for s in case.statements() if s.confidence < 1)
    assert [f"{confidence:.4f}-{id}" for confidence, id in doubtful] == [at for at, _ in met]
    assert [told.split(" doubtful")[0] for _, told in met] == [f"{n} of {len(met)}" for n in range(1, len(met) + 1)]
    assert words(page, "h2") == ["That was the last one"]
    page = seen(client.get(f"/review?below=1&before={met[2][0]}"))
    assert place(page) == met[1][0]
    assert not every(seen(client.get("/review?below=1")), "a[rel='prev']")


def test_the_threshold_decides_what_is_doubtful(client: TestClient, ferries: Path) -> None:
    with quoth.open(ferries) as case:
        some = sorted(s.confidence for s in case.statements())
    limit = some[len(some) // 2]
    page = seen(client.get(f"/review?below={limit}"))
    fitting = sum(c < limit for c in some)
    assert words(page, "#item header strong") == [f"1 of {fitting} doubtful"] if fitting else words(page, "h2")
    assert words(seen(client.get("/review?below=0")), "h2") == ["Nothing to review"]
    assert client.get("/review?below=much").status_code == 400
    assert client.get("/review?after=there").status_code == 400


def test_filters_narrow_the_queue_and_stay(client: TestClient, ferries: Path) -> None:
    with quoth.open(ferries) as case:
        gazette = {s.id for s in case.statements(outlet="Gazette")}
        disputed = {s for h in case.questions() if len(h.values) > 1 for v in h.values for s in v.statements}
    page, met = seen(client.get("/review?below=1&outlet=Gazette")), set()
    while every(page, "#item[data-place]"):
        met.add(place(page).split("-")[1])
        page = seen(client.get(str(one(page, "a[rel='next']").get("href"))))
    assert met == gazette
    page = seen(client.get("/review?below=1&dispute=disputed"))
    if every(page, "#item[data-place]"):
        assert place(page).split("-")[1] in disputed
    else:
        assert "without them" in one(page, "#item").text_content()


def test_judging_leads_to_the_next_and_undoing_back(own_client: TestClient, own_ferries: Path) -> None:
    first = seen(own_client.get("/review?below=1"))
    address, hidden = form(first, "accept")
    second = followed(own_client, post(own_client, address, **hidden, note="heard"))
    assert place(second) > place(first)
    assert words(second, "#done p") == ["Accepted."]
    address, hidden = form(second, "reject")
    third = followed(own_client, post(own_client, address, **hidden))
    assert words(third, "#done p") == ["Rejected."]
    undo = one(third, "#done form")
    hidden = {e.get("name"): e.get("value") for e in every(undo, "input") if e.get("name") != "csrf"}
    back = followed(own_client, post(own_client, str(undo.get("action")), **hidden))
    assert place(back) == place(second)
    with quoth.open(own_ferries) as case:
        judged = list(case.judgements())
    assert [j.kind for j in judged] == [JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.WITHDRAW]
    assert judged[0].note == "heard"
    again = seen(own_client.get("/review?below=1"))
    assert place(again) == place(second)


def test_a_correction_from_the_queue_leads_to_the_next(own_client: TestClient, own_ferries: Path) -> None:
    first = seen(own_client.get("/review?below=1"))
    [correction] = one(first, "details.correct form").xpath(".")
    hidden = {e.get("name"): e.get("value") for e in every(correction, "input[type='hidden']")}
    del hidden["csrf"]
    answer = post(own_client, str(correction.get("action")), **hidden, act="threaten")
    second = followed(own_client, answer)
    assert place(second) > place(first)
    assert words(second, "#done p") == ["Corrected."]
    with quoth.open(own_ferries) as case:
        [new] = [s for s in case.statements() if s.act is Act.THREATEN]
    assert new.confidence == 1.0


def test_with_a_script_what_is_judged_answers_in_json(own_client: TestClient) -> None:
    page = seen(own_client.get("/review?below=1"))
    token = str(every(page, "input[name='csrf']")[0].get("value"))
    address, hidden = form(page, "reject")
    json = {"accept": "application/json"}
    told = own_client.post(address, data={"csrf": token, **hidden}, headers=json)
    assert told.status_code == 200
    assert re.fullmatch(r"[0-9a-f]{32}", told.json()["judgement"])
    id = place(page).split("-")[1]
    wrong = own_client.post(f"/statements/{id}/correct", data={"csrf": token, "said": "soon"}, headers=json)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["said"])


@pytest.mark.parametrize("queue", ["below=much", "act=sing", "as_of=soon"])
def test_a_form_with_filters_that_are_none_is_refused(own_client: TestClient, queue: str) -> None:
    page = seen(own_client.get("/review?below=1"))
    address, hidden = form(page, "accept")
    answer = post(own_client, address, **{**hidden, "queue": queue})
    assert answer.status_code == 400


def test_a_form_cannot_lead_to_another_site(own_client: TestClient) -> None:
    page = seen(own_client.get("/review?below=1"))
    address, hidden = form(page, "accept")
    answer = post(own_client, address, **{**hidden, "queue": "below=1&next=//evil.example", "place": "//evil.example"})
    assert answer.headers["location"].startswith("/review?below=1&after=%2F%2Fevil.example&done=")


def test_the_log_has_all_that_was_judged_and_undoes_it(own_client: TestClient, own_ferries: Path) -> None:
    assert words(seen(own_client.get("/judgements")), ".empty a") == ["review doubtful readings"]
    with quoth.open(own_ferries) as case:
        some = sorted(case.statements(), key=lambda s: s.id)
        case.review("accept", some[0].id, by="bo", note="<b>note</b>")
        case.review("reject", some[0].id, by="ana")
        case.review("same", "Ana Dorn", "Piet Marsh", by="ana")
        case.review("name", case.questions()[0].id, "What is it called?", by="bo")
    page = seen(own_client.get("/judgements"))
    assert [told.split()[0] for told in words(page, "tbody th")] == ["named", "the", "rejected", "accepted"]
    assert words(page, "tr.rests th") == ["accepted rests"]
    assert "What is it called?" in words(page, "tbody tr")[0]
    assert "“Ana Dorn” and “Piet Marsh”" in words(page, "tbody tr")[1]
    assert some[0].content.text[:40] in words(page, "tbody tr")[2]
    assert "<b>note</b>" in words(page, "tbody tr")[3]
    undo = every(page, "tr.stands form")[-1]
    page = followed(own_client, post(own_client, str(undo.get("action")), then="judgements"))
    assert words(page, "tr.undone th") == ["rejected undone by ana"]
    assert not every(page, "tr.rests")
    assert [told.split()[0] for told in words(page, "tbody th")] == ["undid", "named", "the", "rejected", "accepted"]
    page = seen(own_client.get("/judgements?by=bo"))
    assert len(every(page, "tbody tr")) == 2


def test_who_only_reads_sees_no_form_and_judges_nothing(
    own_client: TestClient, own_ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with quoth.open(own_ferries) as case:
        said = next(iter(case.statements()))
        [accepted] = case.review("accept", said.id, by="ana")
    token = str(every(seen(own_client.get("/review?below=1")), "input[name='csrf']")[0].get("value"))
    monkeypatch.setattr(Link, "session", lambda self, session: Reader("bo", Role.READER))
    article = seen(own_client.get(f"/articles/{said.document_id}?statement={said.id}"))
    assert "Accepted by ana" in words(article, "#reading .state")[0]
    for page in (article, seen(own_client.get("/review?below=1")), seen(own_client.get("/judgements"))):
        assert not page.xpath("//main//form[@method='post']")
    assert every(seen(own_client.get("/review?below=1")), "a[rel='next']")
    for what in (f"/statements/{said.id}/{kind}" for kind in ("accept", "reject", "correct")):
        assert own_client.post(what, data={"csrf": token, "act": "deny"}).status_code == 403
    assert own_client.post(f"/judgements/{accepted.id}/undo", data={"csrf": token}).status_code == 403
    with quoth.open(own_ferries) as case:
        assert [j.id for j in case.judgements()] == [accepted.id]
