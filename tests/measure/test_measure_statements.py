from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from quoth.measure.statements import judge, measure_statements
from quoth.measure.story import Anchor, Trap
from quoth.model import Act, AgentKind, Factuality, QuoteType


def figures(make: SimpleNamespace, statements: list[Any], gold: list[Any], traps: tuple[Trap, ...] = ()) -> Any:
    measured = measure_statements(make.story(gold, traps), make.readings(statements))
    return {figure.name: round(figure.value, 4) for figure in measured.figures}, measured.misses


def test_figures_of_a_small_story(make: SimpleNamespace) -> None:
    """Found and right; found with the wrong source; found without its quantity; not found."""
    ten = make.quantity(10, 10)
    gold = [
        make.expected("A1", predicate=("sail",)),
        make.expected("A2", file="b.txt"),
        make.expected("A3", file="c.txt", quantity=(10, 10)),
        make.expected("A4", file="d.txt"),
    ]
    read = [
        make.statement("1", quantity=ten),
        make.statement("2", file="b.txt", source="Pavel Oden"),
        make.statement("3", file="c.txt"),
        make.statement("4", file="c.txt", words="ten crew", quantity=ten),
    ]
    found, misses = figures(make, read, gold)
    assert found == {
        "gold": 4,
        "predicted": 4,
        "found": 0.75,
        "source": 0.6667,
        "act": 1.0,
        "factuality": 1.0,
        "quote": 1.0,
        "predicate": 1.0,
        "quantity": 0.0,
        "end_to_end": 0.25,
        "readings_per_anchor": 1.0,
        "traps_sprung": 0,
        "traps": 0,
    }
    assert [(miss.what, miss.ids, miss.wanted, miss.got) for miss in misses] == [
        ("source", "A2", "Solberg", "Pavel Oden (person)"),
        ("quantity", "A3", "10", ""),
        ("not found", "A4", "The ferry sails on Monday", ""),
    ]


def test_half_of_the_anchor_is_enough(make: SimpleNamespace) -> None:
    gold = [make.expected("A1", words="The ferry sails")]
    assert figures(make, [make.statement("1", words="The ferry")], gold)[0]["found"] == 1.0
    assert figures(make, [make.statement("1", words="The fer")], gold)[0]["found"] == 0.0


def test_of_rival_readings_the_source_decides_then_the_most_right(make: SimpleNamespace) -> None:
    gold = [make.expected("A1", act=("deny",), factuality=("CT-",))]
    wrong_source = make.statement("1", source="Pavel Oden", act=Act.DENY, factuality=Factuality.CERTAINLY_NOT)
    right_source = make.statement("2")
    better = make.statement("3", act=Act.DENY)
    found, misses = figures(make, [wrong_source, right_source, better], gold)
    assert (found["source"], found["act"], found["factuality"]) == (1.0, 1.0, 0.0)
    assert found["readings_per_anchor"] == 3.0
    assert [miss.what for miss in misses] == ["factuality"]


def test_a_trap_is_sprung_by_what_covers_it(make: SimpleNamespace) -> None:
    start = make.text.index("ten crew")
    traps = tuple(
        Trap(anchor=Anchor(file=file, start=start, end=start + 8, words="ten crew"), why="a credit")
        for file in ("a.txt", "b.txt")
    )
    found, misses = figures(make, [make.statement("1", words="with ten crew")], [make.expected("A1")], traps)
    assert (found["traps_sprung"], found["traps"]) == (1, 2)
    assert ("trap", "a.txt", "a credit", "with ten crew") in [(m.what, m.ids, m.wanted, m.words) for m in misses]


@pytest.mark.parametrize(
    ("wanted", "kind", "name", "right"),
    [
        ({"source": ("@narrator",)}, AgentKind.NARRATOR, "", True),
        ({"source": ("@narrator",)}, AgentKind.PERSON, "narrator", False),
        ({"source": ("@unattributed",)}, AgentKind.UNATTRIBUTED, "", True),
        ({"source": ("@unattributed",)}, AgentKind.ANONYMOUS, "an official", True),
        ({"source": ("@unattributed",)}, AgentKind.NARRATOR, "", False),
        ({"anonymous": True}, AgentKind.ANONYMOUS, "a U.S. official", True),
        ({"anonymous": True}, AgentKind.ANONYMOUS, "", False),
        ({"anonymous": True}, AgentKind.PERSON, "Ida Solberg", False),
        ({"source": ("Oden", "Solberg")}, AgentKind.PERSON, "Ida Solberg", True),
        ({"source": ("Oden",)}, AgentKind.PERSON, "", False),
    ],
)
def test_who_is_right(make: SimpleNamespace, wanted: Any, kind: AgentKind, name: str, right: bool) -> None:
    verdicts = judge(make.expected("A1", **wanted), make.statement("1", source=name, kind=kind))
    assert verdicts["source"].right is right


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2031, month, number)


@pytest.mark.parametrize(
    ("wanted", "ends", "right"),
    [
        ((None, "2031-12-31"), (None, day(12, 31)), True),
        ((None, "2031-12-31"), (day(1, 1), day(12, 31)), False),
        (("2031-02-01", "2031-02-31"), (day(2, 1), day(2, 28)), True),
        (("2031-02-01", "2031-02-27"), (day(2, 1), day(2, 28)), False),
        ((None, "2031-12-31"), (None, None), False),
        ((None, "2031-12-31"), None, False),
    ],
)
def test_when_is_right(make: SimpleNamespace, wanted: Any, ends: Any, right: bool) -> None:
    when = None if ends is None else make.when(*ends)
    verdicts = judge(make.expected("A1", time=wanted, said=wanted), make.statement("1", time=when, said=when))
    assert verdicts["time"].right is right
    assert verdicts["said"].right is right


@pytest.mark.parametrize(
    ("wanted", "ends", "right"),
    [
        ((2, None), (2, None), True),
        ((2, None), (2, 12), False),
        ((12, 12), (12.0, 12.0), True),
        ((2, None), (None, None), False),
        ((2, None), None, False),
    ],
)
def test_how_many_is_right(make: SimpleNamespace, wanted: Any, ends: Any, right: bool) -> None:
    quantity = None if ends is None else make.quantity(*ends)
    verdicts = judge(make.expected("A1", quantity=wanted), make.statement("1", quantity=quantity))
    assert verdicts["quantity"].right is right


def test_where_what_and_through_whom_are_right(make: SimpleNamespace) -> None:
    gold = make.expected("A1", place=("Emeric", "Tarn"), predicate=("set_sail", "leave"), via=("Merrow Wire", "TASS"))
    got = make.statement(
        "1", place=make.place("Port Emeric"), predicate="sail", via=(make.relay("ТАСС"), make.relay("the Merrow Wire"))
    )
    verdicts = judge(gold, got)
    assert all(verdicts[field].right for field in ("place", "predicate", "via"))
    verdicts = judge(gold, make.statement("1", predicate="arrive", via=(make.relay("TASS"),)))
    assert not any(verdicts[field].right for field in ("place", "predicate", "via"))
    assert (verdicts["via"].wanted, verdicts["via"].got) == ("Merrow Wire, TASS", "TASS")


def test_a_statement_without_events_has_no_slot_right(make: SimpleNamespace) -> None:
    gold = make.expected("A1", predicate=("sail",), time=(None, "2031-12-31"), quantity=(1, 1), place=("Tarn",))
    verdicts = judge(gold, make.statement("1", events=(), quote=QuoteType.DIRECT))
    wrong = [field for field, verdict in verdicts.items() if not verdict.right]
    assert wrong == ["quote", "predicate", "time", "quantity", "place"]
