from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from desks import opened_desk
from hypothesis import given
from hypothesis import strategies as st

import quoth
from quoth.errors import QuothError
from quoth.model import Act, Clock, Factuality
from quoth.web.desk import Desk
from quoth.web.selection import BadFilter, Dispute, Selection, selected_statements

days = st.none() | st.dates()
selections = st.builds(
    Selection,
    text=st.text().map(str.strip),
    source=st.text().map(str.strip),
    outlet=st.text().map(str.strip),
    side=st.text().map(str.strip),
    since=days,
    until=days,
    act=st.none() | st.sampled_from(Act),
    certainty=st.none() | st.sampled_from(Factuality),
    dispute=st.none() | st.sampled_from(Dispute),
    changed=st.booleans(),
    as_of=days,
    clock=st.sampled_from(Clock),
)


def of_text(query: str) -> Selection:
    return Selection.from_query(dict(parse_qsl(query, keep_blank_values=True)))


@given(selections.filter(lambda s: "\ud800" not in str(s)))
def test_a_selection_comes_back_from_its_query(selection: Selection) -> None:
    assert of_text(selection.query()) == selection


@given(selections)
def test_each_filter_can_be_taken_away(selection: Selection) -> None:
    told = selection.told()
    assert [name for name, _, _ in told] == [
        name
        for name in ("text", "source", "outlet", "side", "since", "until", "act", "certainty", "dispute", "changed")
        if getattr(selection, name)
    ]
    for name, _, without in told:
        assert name not in dict(parse_qsl(without))
        assert len(of_text(without).told()) == len(told) - 1


def test_no_filter_is_no_query() -> None:
    assert Selection().query() == ""
    assert Selection().is_all
    assert Selection(as_of=datetime.date(2031, 3, 4)).query() == "as_of=2031-03-04"
    assert Selection().query(page=2) == "page=2"


@pytest.mark.parametrize(
    ("query", "where"),
    [({"since": "soon"}, "since"), ({"act": "shout"}, "act"), ({"clock": "noon"}, "clock"), ({"as_of": "31"}, "as_of")],
)
def test_a_filter_that_is_none_is_told(query: dict[str, str], where: str) -> None:
    with pytest.raises(BadFilter) as raised:
        Selection.from_query(query)
    assert raised.value.where == where
    assert raised.value.remedy


@pytest.fixture(scope="module")
def desk(ferries: Path) -> Iterator[Desk]:
    with opened_desk(ferries) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("text=ferries", {"text": "ferries"}),
        ("text=injured+harbour&act=assert", {"text": "injured harbour", "act": Act.ASSERT}),
        ("source=Dorn", {"source": "Dorn"}),
        ("outlet=herald", {"outlet": "herald"}),
        ("act=deny", {"act": Act.DENY}),
        ("certainty=CT-", {"factuality": Factuality.CERTAINLY_NOT}),
        ("since=2031-03-06", {"since": datetime.date(2031, 3, 6)}),
        ("since=2031-03-05&until=2031-03-06", {"since": datetime.date(2031, 3, 5), "until": datetime.date(2031, 3, 6)}),
        ("until=2031-03-03", {"until": datetime.date(2031, 3, 3)}),
    ],
)
def test_filters_take_what_the_case_takes(desk: Desk, ferries: Path, query: str, filters: dict[str, object]) -> None:
    with quoth.open(ferries) as case:
        wanted = {s.id for s in case.statements(**filters)}
        every = {s.id for s in case.statements()}
    assert wanted < every
    for _ in range(2):  # the second time from what is held
        assert selected_statements(desk, desk.snapshot(), of_text(query)) == wanted


def test_no_filter_takes_all_and_nothing_to_search_for_is_told(desk: Desk) -> None:
    assert selected_statements(desk, desk.snapshot(), Selection(dispute=Dispute.DISPUTED)) is None
    with pytest.raises(QuothError, match="nothing to search for"):
        selected_statements(desk, desk.snapshot(), Selection(text="!?"))
