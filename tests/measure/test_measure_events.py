"""Events, roles, times and quantities of CAT XML, scored on a text of own writing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quoth.measure.cat import read_cat
from quoth.measure.events import gold_events, measure_events, one_to_one
from quoth.measure.sentences import Found, FoundEvent, FoundTime
from quoth.measure.timex import days_of
from quoth.measure.values import measure_quantities
from quoth.model import Quantity, Span

WORDS = "Berg sold and shipped 12 boats on Friday"
MARKED = """
<EVENT_MENTION m_id="1"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="2"><token_anchor t_id="4"/></EVENT_MENTION>
<EVENT_MENTION m_id="3"><token_anchor t_id="2"/><token_anchor t_id="4"/></EVENT_MENTION>
<ENTITY_MENTION m_id="4"><token_anchor t_id="1"/></ENTITY_MENTION>
<TIMEX3 m_id="5" type="DATE" value="2031-03-07"><token_anchor t_id="8"/></TIMEX3>
<VALUE m_id="6" type="QUANTITY"><token_anchor t_id="5"/></VALUE>
"""
ROLE = '<HAS_PARTICIPANT sem_role="Arg0"><source m_id="3"/><target m_id="4"/></HAS_PARTICIPANT>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tokens = "".join(f'<token t_id="{k}" sentence="0">{w}</token>' for k, w in enumerate(WORDS.split(), 1))
    path = tmp_path / "a.xml"
    path.write_text(
        f"<Document>{tokens}<Markables>{MARKED}</Markables><Relations>{ROLE}</Relations></Document>", encoding="utf-8"
    )
    return path


def test_who_takes_part_in_joined_events_takes_part_in_each(path: Path) -> None:
    gold = gold_events(read_cat(path))
    assert [event.mention.id for event in gold] == ["1", "2"]
    assert [[filler.id for filler in event.fillers["agent"]] for event in gold] == [["4"], ["4"]]


def test_what_is_said_to_be_so_is_the_agent_of_a_copula(path: Path) -> None:
    marked = path.read_text(encoding="utf-8").replace("Arg0", "Arg1")
    path.write_text(marked, encoding="utf-8")
    assert [list(event.fillers) for event in gold_events(read_cat(path))] == [["theme"], ["theme"]]
    path.write_text(marked.replace('m_id="3">', 'm_id="3" pred="be">'), encoding="utf-8")
    assert [list(event.fillers) for event in gold_events(read_cat(path))] == [["agent"], ["agent"]]


def test_what_overlaps_most_is_paired_first() -> None:
    gold = [(Span(0, 4),), (Span(4, 10),)]
    assert one_to_one(gold, [(Span(3, 10),), (Span(0, 3),)]) == {1: 0, 0: 1}
    assert one_to_one(gold, [(Span(3, 10),)]) == {1: 0}


def test_figures_of_what_was_read(path: Path) -> None:
    sold = FoundEvent(trigger=(Span(5, 9),), part="verb", roles={"agent": Span(0, 4), "theme": Span(25, 30)})
    extra = FoundEvent(trigger=(Span(25, 30),), part="noun", roles={})
    quantity = Quantity(text="12", spans=(Span(22, 24),), min=12, max=12, unit="boats")
    document = read_cat(path)
    starts = [token.span.start for token in document.tokens]
    found = Found(
        events=[sold, extra],
        times=[FoundTime(span=Span(31, 40), when=None)],
        quantities=[quantity],
        parts=dict.fromkeys(starts, "verb"),
        governors=dict.fromkeys(starts, 5),
    )
    figures = {f.name: f.value for f in measure_events("a", [(document, found)]).figures}
    assert (figures["events_p"], figures["events_r"], figures["events_f1"]) == (0.5, 0.5, 0.5)
    assert (figures["roles_p"], figures["roles_r"]) == (0.5, 1.0)
    assert (figures["agent_f1"], figures["theme_p"]) == (1.0, 0.0)
    assert (figures["times_f1"], figures["time_exact"]) == (1.0, 0.0)
    counted = {f.name: f.value for f in measure_quantities("a", [(document, found)]).figures}
    assert counted == {"quantities_p": 1.0, "quantities_r": 1.0, "quantities_f1": 1.0, "type": 1.0}


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2031-03-07T18:00", (date(2031, 3, 7), date(2031, 3, 7))),
        ("2031-02", (date(2031, 2, 1), date(2031, 2, 28))),
        ("2031-Q4", (date(2031, 10, 1), date(2031, 12, 31))),
        ("2031-W01", (date(2030, 12, 30), date(2031, 1, 5))),
        ("203", (date(2030, 1, 1), date(2039, 12, 31))),
        ("2031-13", None),
        ("P2Y", None),
        ("XXXX-XX-XX", None),
        (None, None),
    ],
)
def test_values_of_times_as_days(value: str | None, days: object) -> None:
    assert days_of(value) == days
