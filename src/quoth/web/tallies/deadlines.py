"""What was announced for when, and what became of it as far as this case tells."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.model import Precision, Question, Slot, Statement, Value, When
from quoth.web.once import once
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.announcing import announces
from quoth.web.tallies.fates import Became, Fate, Tale, Told, Word, once_each, told, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something announced for a time by `statements`, the earliest first, from the day `since` on.

    `question` asks when it is, where that is asked, and `answer` is the number of its value; `text` are the words for
    the time, `event` those of what is announced.  `last`: the last word for each thing that is said to have become of
    it.
    """

    id: str
    question: str | None
    answer: int | None
    event: str
    text: str
    earliest: datetime.date | None
    latest: datetime.date | None
    precision: Precision
    statements: tuple[str, ...]
    since: datetime.date
    last: Mapping[Fate, Tale]

    @property
    def end(self) -> datetime.date:
        """The last day of the time, or the first where it is open."""
        end = self.latest or self.earliest
        assert end is not None
        return end

    def fates(self, today: datetime.date) -> tuple[Fate, ...]:
        """What is said to have become of it; where nothing is, whether it still lies ahead of that day."""
        return tuple(self.last) or ((Fate.AHEAD,) if self.end >= today else (Fate.PASSED,))

    def last_fate(self, today: datetime.date) -> Fate:
        """By the last word on it."""
        return (
            max(self.last, key=lambda fate: (self.last[fate].day, self.last[fate].statement.id))
            if self.last
            else self.fates(today)[0]
        )


@once
def deadlines(snapshot: Snapshot) -> tuple[Deadline, ...]:
    """All of them, by the time announced."""
    telling = told(snapshot)
    found = []
    answered: set[tuple[str, object]] = set()
    for question in snapshot.comparison.questions:
        if question.slot is Slot.TIME:
            for number, value in enumerate(question.values):
                announcing = list(_announcing(snapshot, value, answered))
                if announcing:
                    found.append(_deadline(telling, question, number, announcing))
    found += _of_others(telling, answered)
    return tuple(sorted(found, key=lambda d: (d.end, d.earliest or d.end, d.id)))


def announced(snapshot: Snapshot, deadline: Deadline) -> tuple[Word, ...]:
    """Who announced it, the earliest first."""
    return words_of(snapshot, (snapshot.statements[id] for id in deadline.statements))


def became(snapshot: Snapshot, deadline: Deadline, most: int) -> tuple[tuple[Became, ...], int]:
    """What is said to have become of it, the earliest word first, one for each utterance: so many, and how many are."""
    d = deadline
    tales = told(snapshot).of(d.question, d.answer, d.since, d.end) if d.question is not None else ()
    return once_each(snapshot, tales, most)


def _announcing(
    snapshot: Snapshot, value: Value, answered: set[tuple[str, object]]
) -> Iterator[tuple[Statement, When]]:
    """The statements that announce an answer to "when"; they are added to `answered`."""
    if not isinstance(value.value, tuple):
        return
    for id in value.statements:
        statement = snapshot.statements[id]
        said = snapshot.said_on(statement)
        for event in statement.events:
            time = event.time
            if time and (time.earliest, time.latest) == value.value and announces(event, statement.act, said):
                answered.add((id, value.value))
                yield statement, time
                break


def _of_others(telling: Told, answered: set[tuple[str, object]]) -> Iterator[Deadline]:
    """What is announced by statements that answer no question of when."""
    snapshot = telling.snapshot
    found: dict[tuple[str, str, object], list[tuple[Statement, When]]] = defaultdict(list)
    for statement in snapshot.statements.values():
        for event in statement.events:
            time = event.time
            if time is None or (statement.id, (time.earliest, time.latest)) in answered:
                continue
            if announces(event, statement.act, snapshot.said_on(statement)):
                utterance = snapshot.comparison.origin_of.get(statement.id, statement.id)
                key = utterance, event.predicate_class or event.predicate, (time.earliest, time.latest)
                found[key].append((statement, time))
                answered.add((statement.id, (time.earliest, time.latest)))
    for (_, predicate, _), announcing in found.items():
        asked = next((q for s, _ in announcing if (q := telling.about(s, predicate)) is not None), None)
        yield _deadline(telling, asked, None, announcing)


def _deadline(
    telling: Told, question: Question | None, answer: int | None, announcing: Sequence[tuple[Statement, When]]
) -> Deadline:
    said_on = telling.snapshot.said_on
    ordered = sorted(announcing, key=lambda a: (said_on(a[0]) or datetime.date.max, a[0].id))
    first, time = ordered[0]
    since = said_on(first)
    assert since is not None
    asked = question is not None and answer is not None
    made = Deadline(
        id=f"{first.id[:16]}-{time.latest or time.earliest}",
        question=question.id if question else None,
        answer=answer,
        event=question.text if question and asked else first.content.text,
        text=question.values[answer].text if question and answer is not None else time.text or "",
        earliest=time.earliest,
        latest=time.latest,
        precision=time.precision,
        statements=tuple(statement.id for statement, _ in ordered),
        since=since,
        last={},
    )
    if question is None:
        return made
    return replace(made, last=telling.last(question.id, answer, since, made.end))
