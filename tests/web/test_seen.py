from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from quoth.model import EventFrame, Heading, Slot
from quoth.web.seen import News, Seen, figures, news

HEADING = Heading(
    id="q1", text="When?", event=EventFrame(predicate="deliver"), slot=Slot.TIME,
    answers=2, statements=4, reports=3, origins=2, disputes=0, tensions=0, replaced=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("grown", "told"),
    [
        ({}, None),
        ({"tensions": 1}, None),
        ({"disputes": 1, "answers": 3}, News.DISPUTE),
        ({"answers": 3, "origins": 3}, News.ANSWER),
        ({"replaced": 1}, News.REPLACED),
        ({"origins": 3, "reports": 4}, News.ORIGIN),
        ({"reports": 4, "statements": 5}, News.REPORT),
        ({"answers": 1}, News.LESS),
        ({"statements": 5}, News.LESS),
    ],
)
def test_what_is_new(grown: dict[str, int], told: News | None) -> None:
    assert news(figures(HEADING), replace(HEADING, **grown)) == told


def test_a_question_never_seen_is_new() -> None:
    assert news(None, HEADING) is News.NEW


def test_whoever_looks_for_the_first_time_has_seen_all() -> None:
    seen = Seen(":memory:")
    assert seen.by("ana", {"q1": HEADING}) == {"q1": figures(HEADING)}
    grown, other = replace(HEADING, answers=3), replace(HEADING, id="q2")
    headings = {"q1": grown, "q2": other}
    before = seen.by("ana", headings)
    assert [news(before.get(id), heading) for id, heading in headings.items()] == [News.ANSWER, News.NEW]
    assert seen.by("bo", headings) == {id: figures(heading) for id, heading in headings.items()}


def test_one_question_or_all_of_them(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "case.db-desk")
    seen.by("ana", {"q1": HEADING})
    grown, other = replace(HEADING, answers=3), replace(HEADING, id="q2")
    seen.one("ana", grown)
    assert seen.by("ana", {}) == {"q1": figures(grown)}
    seen.all("ana", [other])
    assert seen.by("ana", {}) == {"q2": figures(other)}
    seen.close()
    again = Seen(tmp_path / "case.db-desk")
    assert again.by("ana", {}) == {"q2": figures(other)}
    assert stat.S_IMODE((tmp_path / "case.db-desk").stat().st_mode) == 0o600
    again.close()
