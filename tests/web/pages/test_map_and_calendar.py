"""The map and the calendar as pages."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from quoth.web.drawn.geography import Spot
from quoth.web.drawn.projecting import Window
from quoth.web.pages.map import most_said, window_of


def spot(name: str, longitude: float, latitude: float, statements: int) -> Spot:
    return Spot(key=name, name=name, country=None, precision=None, longitude=longitude, latitude=latitude,
                statements=statements, origins=0)  # fmt: skip


EAST = [spot("Minsk", 27.6, 53.9, 60), spot("Moscow", 37.6, 55.8, 30), spot("Washington", -77, 38.9, 10)]


def test_the_map_begins_where_most_is_said() -> None:
    assert [s.name for s in most_said(EAST)] == ["Minsk", "Moscow"]
    assert most_said([]) == []
    window = window_of({}, EAST, None)
    assert 25 < window.longitude < 40
    assert window_of({"view": "places"}, EAST, None).longitude < 0
    assert window_of({"view": "world"}, EAST, None).is_world
    assert window_of({}, [], None).is_world


def test_a_window_by_numbers_is_kept_within_the_world() -> None:
    assert window_of({"lon": "27", "lat": "53", "span": "12"}, EAST, None) == Window(27, 53, 12)
    assert window_of({"lon": "9999", "lat": "53", "span": "0"}, EAST, None) == Window(180, 53, 3)
    for bad in ("nan", "inf", "x", ""):
        assert window_of({"lon": bad, "lat": "53", "span": "12"}, EAST, EAST[0]).span == 16
    assert window_of({"place": "Minsk"}, EAST, EAST[0]) == Window(27.6, 53.9, 16)


def test_the_map_says_whose_boundaries_it_has(client: TestClient) -> None:
    html = client.get("/map").text
    assert "Crimea and Sevastopol are in Ukraine (General Assembly resolution 68/262)" in html
    assert "Port Vell" in html
    assert "style=" not in html


def test_a_place_has_what_is_said_there(client: TestClient) -> None:
    html = client.get("/map").text
    key = re.search(r'href="(/map\?place=[^"#]+)#said"[^>]*><bdi>Port Vell', html)
    assert key
    told = client.get(key[1].replace("&amp;", "&")).text
    assert "ferries will be delivered to" in told
    assert client.get("/map", params={"place": "nowhere"}).status_code == 404
    assert client.get("/map", params={"lon": "x", "lat": "1e999", "span": "-4"}).status_code == 200


def test_the_calendar_has_deadlines_by_month_with_what_became_of_them(client: TestClient) -> None:
    html = client.get("/calendar").text
    assert html.index('id="m-2031-12"') < html.index('id="m-2032-06"')
    assert "by 31 December 2031" in html
    assert "Ana Dorn" in html
    moved = html.index('class="became">another date since')
    assert html.index('id="m-2031-12"') < moved < html.index('id="m-2032-06"')


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"text": "june"}, "by 30 June 2032", "by 31 December 2031"),
        ({"text": "nobody at all"}, "No deadline fits these filters", "by 30 June 2032"),
        ({"month": "2032-01"}, "by 30 June 2032", "by 31 December 2031"),
        ({"became": "moved"}, "by 31 December 2031", "by 30 June 2032"),
        ({"when": "ahead", "as_of": "2031-12-31"}, "by 31 December 2031", "No deadline fits"),
        ({"when": "past", "as_of": "2032-01-01"}, "by 31 December 2031", "by 30 June 2032"),
    ],
)
def test_the_calendar_is_filtered(client: TestClient, query: dict[str, str], shown: str, hidden: str) -> None:
    html = client.get("/calendar", params=query).text
    assert shown in html
    assert hidden not in html


def test_before_the_second_word_nothing_was_moved(client: TestClient) -> None:
    html = client.get("/calendar", params={"as_of": "2031-03-05"}).text
    assert "Still ahead." in html
    assert "by 30 June 2032" not in html


def test_the_calendar_file_has_the_same_deadlines(client: TestClient) -> None:
    answer = client.get("/calendar.ics", params={"text": "june"})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert "DTEND;VALUE=DATE:20320701" in answer.text
    assert client.get("/calendar.ics", params={"text": "nobody at all"}).status_code == 404
