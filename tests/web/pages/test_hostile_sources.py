"""Names, places and words that mean harm, on the pages of sources and outlets, on the map and in the calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from desks import client_of
from fastapi.testclient import TestClient
from hostile import hostile_case
from looking import seen
from telling import Make, Told

from quoth.model import Act, AgentKind, Entity, EventFrame, Factuality, RelationType, Slot
from quoth.web.snapshot import Snapshot

WICKED = '\u202e</bdi></title><img src=x onerror=alert(1)><script>alert(2)</script>"\' onfocus="alert(3)'


def harmless(client: TestClient, place: str) -> str:
    answer = client.get(place)
    page = seen(answer)
    assert not page.xpath("//img | //script[not(@src)] | //*[@style] | //u"), place
    assert not page.xpath("//@*[starts-with(name(), 'on') or starts-with(., 'javascript')]"), place
    assert not set("\u202e\u2066\u200b") & set(answer.text), place
    return answer.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with client_of(hostile_case(tmp_path_factory.mktemp("hostile"))) as client:
        yield client


def test_hostile_articles_stay_words_everywhere(hostile: TestClient) -> None:
    outlet = quote("<img src=x onerror=alert(1)>", safe="")
    listed = seen(hostile.get("/sources")).xpath("//tbody//th/a/@href")
    assert listed
    places = ["/sources", "/sources/unnamed", "/outlets", f"/outlets/{outlet}", f"/outlets/{outlet}?list=only"]
    for place in [*places, f"/outlets/{quote('<u>relay</u>', safe='')}", "/map", "/calendar", *map(str, listed[:3])]:
        harmless(hostile, place)


def wicked_snapshot() -> Snapshot:
    """A voice, an outlet, a place, a deadline and an answer with harmful names."""
    told, make, likely = Told(), Make, Factuality.PROBABLE
    told.article("a", WICKED, "2031-03-01", WICKED)
    told.entities[WICKED] = Entity(id="e1", name=WICKED, kind=AgentKind.PERSON, aliases=(), side=WICKED, role=WICKED)
    place = make.place(WICKED, "UA", (44.6, 33.5), 1)
    hidden = make.place(WICKED + " described")
    for number, latest in ((1, "2031-05-31"), (2, "2031-07-31")):
        event = make.event(time=make.when(None, latest, WICKED), factuality=likely, place=place)
        told.says(f"a{number}", "a", WICKED, f"{WICKED} {number}", said=f"2031-03-0{number}", act=Act.PLAN,
                  via=(WICKED,), factuality=likely, events=(event, make.event("see", place=hidden)))  # fmt: skip
    told.origin("one", WICKED, "a1", links=((WICKED, WICKED + "x", "a"), (WICKED + "x", WICKED, "a")))
    may, july = ((None, make.when(None, day).latest) for day in ("2031-05-31", "2031-07-31"))
    told.question("q", WICKED, Slot.TIME, EventFrame(predicate="deliver"),
                  told.value(may, WICKED, "a1", label=WICKED), told.value(july, WICKED, "a2"),
                  relations=(make.relation("a1", "a2", RelationType.SUPERSEDE, WICKED),))  # fmt: skip
    return told.snapshot()


def test_hostile_names_stay_words_everywhere(ferries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = wicked_snapshot()
    with client_of(ferries) as client:
        monkeypatch.setattr(client.app.state.desk, "snapshot", lambda *_: snapshot)  # type: ignore[attr-defined]
        assert "What they changed" in harmless(client, "/sources/e1")
        harmless(client, f"/outlets/{quote(WICKED, safe='')}")
        harmless(client, f"/outlets/{quote(WICKED, safe='')}?list=direct")
        assert "<circle" in harmless(client, "/map?view=places")
        assert "(2)" in harmless(client, "/map?place=1")
        assert "another date since" in harmless(client, "/calendar")
        assert client.get("/calendar.ics").text.count("BEGIN:VEVENT\r\n") == 2
        for address in (
            f"/sources?name={quote(WICKED)}",
            f"/calendar?text={quote(WICKED)}",
            f"/outlets?name={quote(WICKED)}",
        ):
            harmless(client, address)
