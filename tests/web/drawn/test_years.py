"""The strip over the calendar and the chart of months: where bars stand."""

from __future__ import annotations

import datetime
import itertools

import pytest

from quoth.web.drawn.months import HEIGHT, charted
from quoth.web.drawn.years import SHAPE, WIDTH, Span, strip
from quoth.web.tallies.fates import Fate


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def span(id: str, first: str | None, last: str | None, fate: str = "passed") -> Span:
    return Span(id, day(first), day(last), fate, id)


TODAY = datetime.date(2031, 6, 1)


def test_a_bar_goes_from_the_first_to_the_last_day() -> None:
    made = strip([span("half", "2031-01-01", "2031-06-30"), span("year", "2031-01-01", "2031-12-31")], TODAY)
    assert made is not None
    half, year = made.bars
    assert half.x == year.x
    assert (half.end - half.x) / (year.end - year.x) == pytest.approx(180 / 364)
    assert half.at == half.end
    assert made.today is not None
    assert half.x < made.today < half.end


def test_bars_of_one_lane_do_not_touch() -> None:
    spans = [span(f"{n}", f"2031-{1 + n % 9:02}-01", f"2031-{1 + n % 9 + n % 3:02}-20") for n in range(30)]
    made = strip(spans, TODAY)
    assert made is not None
    lanes: dict[float, list[tuple[float, float]]] = {}
    for bar in made.bars:
        lanes.setdefault(bar.y, []).append((bar.x, bar.end))
    for bars in lanes.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(bars)):
            assert end < start
    assert 1 < len(lanes) < 30
    assert max(lanes) < made.height
    assert all(0 <= bar.x <= bar.end <= WIDTH for bar in made.bars)


def test_an_open_end_runs_on_and_the_mark_stays_at_the_known_one() -> None:
    made = strip([span("by", None, "2031-05-31"), span("from", "2031-05-31", None)], TODAY)
    assert made is not None
    by, since = sorted(made.bars, key=lambda bar: bar.opens)
    assert (by.opens, since.opens) == ("left", "right")
    assert by.x < by.at == by.end
    assert since.x == since.at < since.end


def test_one_day_and_thousands_of_years_can_be_drawn() -> None:
    assert strip([], TODAY) is None
    one = strip([span("day", "2031-05-31", "2031-05-31")], datetime.date(2040, 1, 1))
    assert one is not None
    assert one.today is None
    long = strip([span("ages", "0001-01-01", "9999-12-31")], TODAY)
    assert long is not None
    assert 0 < len(long.ticks) < 20


def test_ticks_are_few_and_years_are_strong() -> None:
    made = strip([span("half", "2030-10-01", "2031-06-30")], TODAY)
    assert made is not None
    assert 2 < len(made.ticks) <= 14
    assert [tick.label for tick in made.ticks if tick.strong] == ["2031"]


def test_every_fate_has_a_sign_of_its_own() -> None:
    assert set(SHAPE) == {fate.value for fate in Fate}
    assert len(set(SHAPE.values())) == len(SHAPE)


def test_columns_are_as_high_as_their_numbers() -> None:
    made = charted({(2030, 12): 5, (2031, 1): 0, (2031, 2): 10})
    assert [c.height for c in made.columns] == [HEIGHT / 2, 0, HEIGHT]
    assert [c.name for c in made.columns] == ["December 2030", "January 2031", "February 2031"]
    assert [c.label for c in made.columns] == ["2030", "2031", ""]
    assert (made.columns[0].first, made.columns[0].last) == (day("2030-12-01"), day("2030-12-31"))


def test_many_months_are_drawn_as_years() -> None:
    counts = {(2000 + n // 12, n % 12 + 1): 1 for n in range(240)}
    made = charted(counts)
    assert [c.name for c in made.columns] == [str(year) for year in range(2000, 2020)]
    assert {c.number for c in made.columns} == {12}
    assert charted({}).columns == ()
