"""How well a story's statements are read: found, and each field of those found.

An expected statement is *found* when one that was read covers at least half of its anchor.  Of several, the one
with the right source and the most right fields is taken.  `end_to_end` is the share of expected statements that are
found with source, factuality and every stated slot right; `readings_per_anchor` is how many statements compete for
an anchor.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.names import same_name
from quoth.measure.reading import Readings
from quoth.measure.story import NARRATOR, UNATTRIBUTED, Days, Expected, Numbers, Story
from quoth.model import AgentKind, Quantity, Statement, When

FIELDS = ("source", "act", "factuality", "said", "quote", "predicate", "time", "quantity", "place", "via")
SLOTS = frozenset({"source", "factuality", "time", "quantity", "place"})
"""What has to be right, where stated, from end to end."""

MEASURES = (
    Measure("gold", Kind.COUNT),
    Measure("predicted", Kind.COUNT),
    Measure("found", Kind.PROPORTION),
    *(Measure(field, Kind.PROPORTION, optional=True) for field in FIELDS),
    Measure("end_to_end", Kind.PROPORTION),
    Measure("readings_per_anchor", Kind.MEAN),
    Measure("traps_sprung", Kind.COUNT),
    Measure("traps", Kind.COUNT),
)

_NAMELESS = frozenset({AgentKind.ANONYMOUS, AgentKind.GROUP, AgentKind.DOCUMENT, AgentKind.ORGANIZATION})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One field of a found statement."""

    right: bool
    wanted: str
    got: str


def measure_statements(story: Story, readings: Readings) -> Measured:
    """Judge what was read against what the story expects."""
    scores = [Score("gold", 1) for _ in story.statements] + [Score("predicted", 1) for _ in readings.statements]
    misses = []
    for expected in story.statements:
        here = (expected.anchor.file,)
        near = readings.near(expected.anchor)
        scores.append(Score("found", bool(near), here))
        if not near:
            scores.append(Score("end_to_end", 0, here))
            misses.append(_miss("not found", expected, expected.anchor.words, ""))
            continue
        scores.append(Score("readings_per_anchor", len(near), here))
        chosen, verdicts = best(expected, near)
        scores += [Score(field, verdict.right, here) for field, verdict in verdicts.items()]
        whole = all(verdict.right for field, verdict in verdicts.items() if field in SLOTS)
        scores.append(Score("end_to_end", whole, here))
        for field, verdict in verdicts.items():
            if not verdict.right:
                misses.append(_miss(field, expected, verdict.wanted, verdict.got, chosen))
    for trap in story.traps:
        scores.append(Score("traps", 1))
        sprung = readings.near(trap.anchor)
        if sprung:
            scores.append(Score("traps_sprung", 1))
            words = sprung[0].content.text
            misses.append(Miss(what="trap", ids=trap.anchor.file, wanted=trap.why, got="a statement", words=words))
    return Measured(name=story.name, measures=MEASURES, scores=tuple(scores), misses=tuple(misses))


def _miss(what: str, expected: Expected, wanted: str, got: str, chosen: Statement | None = None) -> Miss:
    words = expected.anchor.words or (chosen.content.text if chosen else "")
    return Miss(what=what, ids=expected.id, wanted=wanted, got=got, words=f"{expected.anchor.file}: {words}")


def best(expected: Expected, near: Iterable[Statement]) -> tuple[Statement, dict[str, Verdict]]:
    """The statement that is taken for the expected one, of several (one at least), with its verdicts."""

    def quality(judged: tuple[Statement, dict[str, Verdict]]) -> tuple[bool, int]:
        verdicts = judged[1]
        return verdicts["source"].right, sum(verdict.right for verdict in verdicts.values())

    return max(((statement, judge(expected, statement)) for statement in near), key=quality)


def judge(expected: Expected, got: Statement) -> dict[str, Verdict]:
    """A verdict on each field that is stated, in the order of `FIELDS`."""
    verdicts = {
        "source": Verdict(_source_right(expected, got), _any_of(expected.source), _source(got)),
        "act": Verdict(got.act.value in expected.act, _any_of(expected.act), got.act.value),
        "factuality": Verdict(
            got.factuality.value in expected.factuality, _any_of(expected.factuality), got.factuality.value
        ),
    }
    if expected.said is not None:
        right = _days_right(expected.said, got.said)
        verdicts["said"] = Verdict(right, _range(expected.said), _shown_days(got.said))
    verdicts["quote"] = Verdict(got.quote.value in expected.quote, _any_of(expected.quote), got.quote.value)
    events = got.events
    if expected.predicate:
        wanted = {word for predicate in expected.predicate for word in predicate.split("_")}
        right = any(wanted & set(event.predicate.replace("_", " ").split()) for event in events)
        verdicts["predicate"] = Verdict(right, _any_of(expected.predicate), _listed(e.predicate for e in events))
    if expected.time is not None:
        right = any(_days_right(expected.time, event.time) for event in events)
        verdicts["time"] = Verdict(right, _range(expected.time), _listed(_shown_days(e.time) for e in events))
    if expected.quantity is not None:
        right = any(_numbers(event.quantity) == expected.quantity for event in events)
        shown = _listed(_range(numbers) for e in events if (numbers := _numbers(e.quantity)))
        verdicts["quantity"] = Verdict(right, _range(expected.quantity), shown)
    if expected.place:
        names = [name for e in events if e.place for name in (e.place.name, e.place.text) if name]
        right = _any_same(expected.place, names)
        verdicts["place"] = Verdict(right, _any_of(expected.place), _listed(names))
    if expected.via:
        through = [name for relay in got.via if (name := relay.name or relay.text)]
        right = all(_any_same([name], through) for name in expected.via)
        verdicts["via"] = Verdict(right, ", ".join(expected.via), _listed(through))
    return verdicts


def _any_same(wanted: Iterable[str], got: list[str]) -> bool:
    return any(same_name(a, b) for a in wanted for b in got)


def _source_right(expected: Expected, got: Statement) -> bool:
    source = got.source
    if NARRATOR in expected.source:
        return source.kind is AgentKind.NARRATOR
    if UNATTRIBUTED in expected.source:
        return source.kind in {AgentKind.UNATTRIBUTED, AgentKind.ANONYMOUS}
    if expected.anonymous:
        return source.kind in _NAMELESS and bool(source.text or source.name)
    return _any_same(expected.source, [name for name in (source.name, source.text) if name])


def _days(when: When | None) -> Days | None:
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return _iso(when.earliest), _iso(when.latest)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _days_right(wanted: Days, when: When | None) -> bool:
    got = _days(when)
    return got is not None and all(map(_same_day, wanted, got))


def _same_day(a: str | None, b: str | None) -> bool:
    """The last day of a month may be written 28 to 31."""
    if a is None or b is None:
        return a is b
    return a == b or (a[:7] == b[:7] and a[8:] >= "28" and b[8:] >= "28")


def _numbers(quantity: Quantity | None) -> Numbers | None:
    if quantity is None or (quantity.min is None and quantity.max is None):
        return None
    return quantity.min, quantity.max


# ---------------------------------------------------------------- what people are shown


def _any_of(readings: Iterable[str]) -> str:
    return " or ".join(readings)


def _listed(readings: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(reading for reading in readings if reading))


def _range(ends: Days | Numbers) -> str:
    low, high = ("" if end is None else str(end) for end in ends)
    return low if low == high else f"{low}…{high}"


def _shown_days(when: When | None) -> str:
    days = _days(when)
    return _range(days) if days else ""


def _source(got: Statement) -> str:
    kind = f" ({got.source.kind.value})" if got.source.kind else ""
    return f"{got.source.name or got.source.text}{kind}"
