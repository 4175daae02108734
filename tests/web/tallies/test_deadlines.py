"""Deadlines: what was announced for when, and what is said to have become of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from quoth.model import Act, AgentKind, EventFrame, Factuality, Phase, Polarity, Precision, RelationType, Slot
from quoth.web.tallies.announcing import announces
from quoth.web.tallies.deadlines import Deadline, announced, became, deadlines
from quoth.web.tallies.fates import Became, Fate

FRAME = EventFrame(predicate="deliver", theme="ferries")
MAY, JULY = datetime.date(2031, 5, 31), datetime.date(2031, 7, 31)
SAID = datetime.date(2031, 3, 1)
LIKELY = Factuality.PROBABLE


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def plan(told: Any, make: Any) -> Any:
    """Dorn announces ferries by the end of May, in two papers."""
    time = make.when(None, "2031-05-31", "by the end of May", Precision.MONTH)
    told.article("a", "Courier", "2031-03-01")
    told.article("b", "Observer", "2031-03-02")
    for id in ("a1", "b1"):
        told.says(id, id[0], "Ana Dorn", f"ferries by the end of May {id}", said="2031-03-01", act=Act.PLAN,
                  factuality=LIKELY, events=(make.event(time=time, factuality=LIKELY),))  # fmt: skip
    told.origin("one", "Ana Dorn", "a1", "b1")
    return told


def asked(plan: Any, *values: Any, relations: tuple[Any, ...] = ()) -> None:
    may = plan.value((None, MAY), "by the end of May", "a1", "b1")
    plan.question("q", "When will ferries be delivered?", Slot.TIME, FRAME, may, *values, relations=relations)


def only(plan: Any) -> Deadline:
    [found] = [d for d in deadlines(plan.snapshot()) if d.end == MAY]
    return found


def told_of(plan: Any) -> tuple[Became, ...]:
    snapshot = plan.snapshot()
    [found] = [d for d in deadlines(snapshot) if d.end == MAY]
    told, number = became(snapshot, found, 100)
    assert number == len(told)
    assert set(found.last) == {one.fate for one in told}
    return told


# ---------------------------------------------------------------- what is announced


@pytest.mark.parametrize(
    ("act", "factuality", "earliest", "latest", "announced"),
    [
        (Act.PLAN, LIKELY, None, "2031-05-31", True),
        (Act.PROMISE, LIKELY, "2031-05-01", None, True),
        (Act.REQUEST, Factuality.UNKNOWN, "2031-05-01", "2031-05-01", True),
        (Act.ESTIMATE, Factuality.POSSIBLE, "2031-01-01", "2031-12-31", True),
        (Act.ASSERT, LIKELY, None, "2031-12-31", True),
        (Act.ASSERT, Factuality.CERTAIN, "2031-03-02", "2031-03-02", True),
        (Act.ASSERT, Factuality.CERTAIN, "2031-01-01", "2031-12-31", False),  # it may be over
        (Act.PLAN, LIKELY, None, "2031-03-01", False),
        (Act.PLAN, LIKELY, "2031-02-01", "2031-02-28", False),
        (Act.PLAN, Factuality.CERTAINLY_NOT, None, "2031-05-31", False),
        (Act.DENY, Factuality.CERTAIN, None, "2031-05-31", False),
        (Act.DECLINE, Factuality.UNKNOWN, None, "2031-05-31", False),
        (Act.PLAN, LIKELY, None, None, False),
    ],
)
def test_what_is_an_announcement(
    make: Any, act: Act, factuality: Factuality, earliest: str | None, latest: str | None, announced: bool
) -> None:
    event = make.event(time=make.when(earliest, latest), factuality=factuality)
    assert announces(event, act, SAID) is announced


def test_without_a_day_said_or_a_time_nothing_is_announced(make: Any) -> None:
    event = make.event(time=make.when(None, "2031-05-31"), factuality=LIKELY)
    assert not announces(event, Act.PLAN, None)
    assert not announces(make.event(factuality=LIKELY), Act.PLAN, SAID)
    negative = make.event(time=make.when(None, "2031-05-31"), factuality=LIKELY, polarity=Polarity.NEGATIVE)
    assert not announces(negative, Act.PLAN, SAID)


def test_an_answer_of_several_reports_is_one_deadline(plan: Any) -> None:
    asked(plan)
    snapshot = plan.snapshot()
    [deadline] = deadlines(snapshot)
    assert deadline.question == "q"
    assert deadline.event == "When will ferries be delivered?"
    assert (deadline.earliest, deadline.latest, deadline.precision) == (None, MAY, Precision.MONTH)
    [word] = announced(snapshot, deadline)
    assert (word.voice, word.entity, word.day, word.origin) == ("Ana Dorn", "entity-Ana Dorn", SAID, "one")
    assert word.statements == ("a1", "b1")
    assert deadline.last == {}


def test_what_no_question_asks_is_listed_by_utterance(plan: Any) -> None:
    snapshot = plan.snapshot()
    [deadline] = deadlines(snapshot)
    assert deadline.question is None
    assert deadline.event == "ferries by the end of May a1"
    assert deadline.text == "by the end of May"
    assert [w.statements for w in announced(snapshot, deadline)] == [("a1", "b1")]


def test_unknown_lineage_is_a_word_of_its_own(plan: Any, make: Any) -> None:
    time = make.when(None, "2031-05-31", "by the end of May")
    plan.says("b2", "b", "some", "by May", kind=AgentKind.UNATTRIBUTED, act=Act.PLAN, factuality=LIKELY,
              events=(make.event(time=time, factuality=LIKELY),))  # fmt: skip
    plan.question("q", "When?", Slot.TIME, FRAME, plan.value((None, MAY), "by the end of May", "a1", "b1", "b2"))
    first, second = announced(plan.snapshot(), only(plan))
    assert (first.origin, second.origin, second.entity) == ("one", None, None)


# ---------------------------------------------------------------- what became of it


def test_nothing_said_is_ahead_until_the_last_day_and_then_passed(plan: Any) -> None:
    asked(plan)
    deadline = only(plan)
    assert deadline.fates(day("2031-05-31")) == (Fate.AHEAD,)
    assert deadline.fates(day("2031-06-01")) == (Fate.PASSED,)
    assert deadline.last_fate(day("2031-06-01")) is Fate.PASSED


def test_an_open_time_is_over_when_it_begins(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    event = make.event(time=make.when("2031-07-01", None, "from July"), factuality=LIKELY)
    told.says("a1", "a", "Ana Dorn", "from July", act=Act.PLAN, factuality=LIKELY, events=(event,))
    [deadline] = deadlines(told.snapshot())
    assert deadline.end == day("2031-07-01")


def test_a_later_date_takes_its_place(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-05-10")
    time = make.when(None, "2031-07-31", "by the end of July")
    plan.says("c1", "c", "Ana Dorn", "by the end of July", act=Act.PLAN, factuality=LIKELY,
              events=(make.event(time=time, factuality=LIKELY),))  # fmt: skip
    superseded = tuple(make.relation(a, "c1", RelationType.SUPERSEDE) for a in ("a1", "b1"))
    asked(plan, plan.value((None, JULY), "by the end of July", "c1"), relations=superseded)
    may, july = deadlines(plan.snapshot())
    [moved] = told_of(plan)
    assert (moved.fate, moved.answer, moved.word.voice) == (Fate.MOVED, "by the end of July", "Ana Dorn")
    assert moved.word.day == day("2031-05-10")
    assert july.last == {}
    assert may.fates(day("2031-08-01")) == (Fate.MOVED,)


def test_a_denial_and_an_excluding_answer(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-03-05")
    plan.says("c1", "c", "Piet Marsh", "no ferries were ordered", act=Act.DENY, factuality=Factuality.CERTAINLY_NOT)
    plan.says("c2", "c", "Yard", "in February", kind=AgentKind.ORGANIZATION)
    asked(plan, plan.value("x", "in February", "c2"),
          relations=(make.relation("a1", "c1", RelationType.DENY), make.relation("c2", "b1", RelationType.CONTRADICT),
                     make.relation("c2", "c1", RelationType.CONTRADICT)))  # fmt: skip
    found = {(b.fate, b.word.voice, b.answer) for b in told_of(plan)}
    assert found == {(Fate.DENIED, "Piet Marsh", ""), (Fate.CONTRADICTED, "Yard", "in February")}


def test_who_reports_it_as_done_and_who_as_not_done(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-06-02")
    plan.says("c1", "c", "Ana Dorn", "they were delivered", events=(make.event(phase=Phase.BEGIN),))
    plan.says("c2", "c", "Piet Marsh", "none was delivered", factuality=Factuality.CERTAINLY_NOT,
              events=(make.event(polarity=Polarity.NEGATIVE, factuality=Factuality.CERTAINLY_NOT),))  # fmt: skip
    asked(plan)
    plan.question("p", "Were ferries delivered?", Slot.POLARITY, FRAME,
                  plan.value("yes", "yes", "c1"), plan.value("no", "no", "c2"))  # fmt: skip
    done, not_done = told_of(plan)
    assert (done.fate, done.word.voice, done.phase) == (Fate.DONE, "Ana Dorn", Phase.BEGIN)
    assert (not_done.fate, not_done.word.voice) == (Fate.NOT_DONE, "Piet Marsh")
    assert only(plan).fates(day("2031-07-01")) == (Fate.DONE, Fate.NOT_DONE)


@pytest.mark.parametrize(
    ("published", "predicate", "fields"),
    [
        ("2031-02-01", "deliver", {}),  # before it was announced
        ("2031-04-01", "paint", {}),  # another event
        ("2031-04-01", "deliver", {"factuality": Factuality.POSSIBLE}),
        ("2031-04-01", "deliver", {"polarity": Polarity.NEGATIVE, "factuality": Factuality.CERTAINLY_NOT}),  # not yet
        ("2031-04-01", "deliver", {"phase": Phase.STOP}),
    ],
)
def test_what_does_not_say_that_it_is_done(
    plan: Any, make: Any, published: str, predicate: str, fields: dict[str, Any]
) -> None:
    plan.article("c", "Gazette", published)
    plan.says("c1", "c", "Ana Dorn", "so it is", events=(make.event(predicate, **fields),))
    asked(plan)
    plan.question("p", "Were ferries delivered?", Slot.POLARITY, FRAME, plan.value("yes", "yes", "c1"))
    assert told_of(plan) == ()


def test_what_is_still_announced_is_not_done(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-04-01")
    slip = make.event("slip", make.when("2031-06-01", "2031-06-30"), factuality=LIKELY)
    plan.says("c1", "c", "Ana Dorn", "delivery slips to June", factuality=LIKELY, events=(slip, make.event()))
    asked(plan)
    plan.question("p", "Were ferries delivered?", Slot.POLARITY, FRAME, plan.value("yes", "yes", "c1"))
    assert told_of(plan) == ()


def test_a_later_stage_stated_as_a_fact_is_reported_as_done(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-05-20")
    plan.says("c1", "c", "Yard", "entered the harbour", kind=AgentKind.ORGANIZATION, events=(make.event("enter"),))
    asked(plan, plan.value((day("2031-05-19"), day("2031-05-19")), "on Monday", "c1"),
          relations=(make.relation("a1", "c1", RelationType.SUPERSEDE, rule="later-stage"),))  # fmt: skip
    [done] = told_of(plan)
    assert (done.fate, done.word.voice, done.answer) == (Fate.DONE, "Yard", "on Monday")


def test_the_last_word_marks_it(plan: Any, make: Any) -> None:
    plan.article("c", "Gazette", "2031-06-02")
    plan.article("d", "Gazette", "2031-06-09")
    plan.says("c1", "c", "Ana Dorn", "delivered", events=(make.event(),))
    plan.says("d1", "d", "Piet Marsh", "not delivered",
              events=(make.event(polarity=Polarity.NEGATIVE, factuality=Factuality.CERTAINLY_NOT),))  # fmt: skip
    asked(plan)
    plan.question("p", "Were they?", Slot.POLARITY, FRAME, plan.value("yes", "yes", "c1"), plan.value("no", "no", "d1"))
    assert only(plan).last_fate(day("2031-07-01")) is Fate.NOT_DONE


def test_deadlines_are_in_order_of_time(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    for number, latest in enumerate(("2032-01-01", "2031-04-01", "2031-09-01")):
        event = make.event(time=make.when(latest, latest, latest), factuality=LIKELY)
        told.says(f"a{number}", "a", "Ana Dorn", f"on {latest}", act=Act.PLAN, factuality=LIKELY, events=(event,))
    assert [str(d.end) for d in deadlines(told.snapshot())] == ["2031-04-01", "2031-09-01", "2032-01-01"]
