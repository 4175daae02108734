"""What is said to have become of what was announced: who reports that it was done, or was not, or put off.

Nothing is said to have happened.
"""

from __future__ import annotations

import bisect
import datetime
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quoth.model import (
    Act,
    Event,
    EventFrame,
    Factuality,
    Phase,
    Polarity,
    Question,
    Relation,
    RelationType,
    Statement,
    When,
)
from quoth.web.once import once
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.announcing import STATED, announces


class Fate(enum.StrEnum):
    """What became of something announced.  Several can hold at once, as those who tell of it may differ."""

    DONE = "done"
    NOT_DONE = "not done"
    DENIED = "denied"
    CONTRADICTED = "contradicted"
    MOVED = "moved"
    AHEAD = "ahead"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One utterance, or one statement of unknown lineage: whose, when, and the statements that report it."""

    voice: str
    entity: str | None
    day: datetime.date | None
    origin: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """One thing that somebody said of it: `answer` is another date in words, `phase` which part is reported as done."""

    fate: Fate
    word: Word
    answer: str = ""
    phase: Phase = Phase.WHOLE
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tale:
    """That a statement says what became of something; `answer`: the words of another answer that it gives."""

    fate: Fate
    day: datetime.date
    statement: Statement
    answer: str = ""
    phase: Phase = Phase.WHOLE
    why: str = ""


class Told:
    """What is said of each event across a snapshot, looked up by its frame; how answers stand to others."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._of_frame: defaultdict[EventFrame, dict[str, None]] = defaultdict(dict)
        for question in snapshot.comparison.questions:
            for value in question.values:
                self._of_frame[question.event].update(dict.fromkeys(value.statements))
        self._reports: dict[EventFrame, list[Tale]] = {}
        self._last_reports: dict[EventFrame, dict[Fate, Tale]] = {}
        self._related: dict[str, dict[int, list[Tale]]] = {}

    def about(self, statement: Statement, predicate: str) -> Question | None:
        """A question about what a statement says happens."""
        questions = (self.snapshot.questions[q] for q in self.snapshot.answering.get(statement.id, ()))
        return next((q for q in questions if q.event.predicate == predicate), None)

    def of(self, question: str, answer: int | None, since: datetime.date, end: datetime.date) -> Iterator[Tale]:
        """What is said to have become of something announced from a day on until another; `answer`: the number of the
        value that it is of its question, if it is one."""
        asked = self.snapshot.questions[question]
        if answer is not None:
            yield from self._related_to(asked).get(answer, ())
        reports = self._reports_of(asked.event)
        for tale in reports[bisect.bisect_left(reports, since, key=lambda tale: tale.day) :]:
            if _counts(tale, since, end):
                yield tale

    def last(self, question: str, answer: int | None, since: datetime.date, end: datetime.date) -> dict[Fate, Tale]:
        """The last of these of each fate."""
        asked = self.snapshot.questions[question]
        if asked.event not in self._last_reports:
            self._last_reports[asked.event] = {tale.fate: tale for tale in self._reports_of(asked.event)}
        found = {fate: t for fate, t in self._last_reports[asked.event].items() if _counts(t, since, end)}
        for tale in self._related_to(asked).get(answer, ()) if answer is not None else ():
            if tale.fate not in found or found[tale.fate].day < tale.day:
                found[tale.fate] = tale
        return found

    def _related_to(self, question: Question) -> dict[int, list[Tale]]:
        """Answer → what takes its place, denies it, or excludes it; one tale for each statement and fate."""
        if question.id not in self._related:
            answers: dict[str, set[int]] = defaultdict(set)
            for number, value in enumerate(question.values):
                for id in value.statements:
                    answers[id].add(number)
            found: dict[int, dict[tuple[Fate, str], Relation]] = defaultdict(dict)
            for relation in question.relations:
                fate = _BY_RELATION.get(relation.type)
                if fate is None:
                    continue
                a, b = relation.a, relation.b
                for number in answers[a] - answers[b]:
                    found[number].setdefault((fate, b), relation)
                for number in answers[b] - answers[a] if fate is Fate.CONTRADICTED else ():
                    found[number].setdefault((fate, a), relation)
            text = {id: question.values[min(numbers)].text for id, numbers in answers.items() if numbers}
            self._related[question.id] = {
                number: [self._tale(fate, b, text.get(b, ""), relation) for (fate, b), relation in tales.items()]
                for number, tales in found.items()
            }
        return self._related[question.id]

    def _tale(self, fate: Fate, id: str, answer: str, relation: Relation) -> Tale:
        statement = self.snapshot.statements[id]
        if fate is Fate.MOVED and relation.rule == LATER_STAGE and self._states(statement):
            fate = Fate.DONE
        day = self.snapshot.said_on(statement) or datetime.date.min
        return Tale(fate, day, statement, answer, why=relation.why)

    def _states(self, statement: Statement) -> bool:
        """Whether a statement gives something as a fact, and announces nothing."""
        said = self.snapshot.said_on(statement)
        factual = statement.factuality is Factuality.CERTAIN and statement.act in STATED
        return factual and not any(announces(event, statement.act, said) for event in statement.events)

    def _reports_of(self, frame: EventFrame) -> list[Tale]:
        """Who says for certain that such an event has happened, or has not, until then, by day.

        What announces anything is none of it, whatever else it says.
        """
        if frame not in self._reports:
            found = []
            for id in self._of_frame[frame]:
                statement = self.snapshot.statements[id]
                event, day = _main(statement, frame), self.snapshot.said_on(statement)
                if event is None or day is None or any(announces(e, statement.act, day) for e in statement.events):
                    continue
                if is_done(event, statement, day):
                    found.append(Tale(Fate.DONE, day, statement, phase=event.phase))
                elif is_not_done(event, statement, day):
                    found.append(Tale(Fate.NOT_DONE, day, statement))
            self._reports[frame] = sorted(found, key=lambda tale: (tale.day, tale.statement.id))
        return self._reports[frame]


def _counts(tale: Tale, since: datetime.date, end: datetime.date) -> bool:
    """Whether a report is of what was announced: that it was done, from then on, that it was not, once it is time."""
    return tale.day >= (since if tale.fate is Fate.DONE else max(since, end))


@once
def told(snapshot: Snapshot) -> Told:
    return Told(snapshot)


LATER_STAGE = "later-stage"
"""The rule by which a comparison says that what one planned, another gives as a fact (or as under way)."""

_BY_RELATION = {
    RelationType.SUPERSEDE: Fate.MOVED,
    RelationType.DENY: Fate.DENIED,
    RelationType.CONTRADICT: Fate.CONTRADICTED,
}


def _main(statement: Statement, frame: EventFrame) -> Event | None:
    """The event of a statement that a question is about."""
    return next((e for e in statement.events if frame.predicate in (e.predicate_class, e.predicate)), None)


def is_done(event: Event, statement: Statement, said: datetime.date | None) -> bool:
    """Whether a statement presents an event as a fact of the day it was said, or of an earlier one."""
    certain = event.factuality is Factuality.CERTAIN and event.polarity is Polarity.POSITIVE
    return statement.act in STATED and certain and event.phase is not Phase.STOP and _is_over(event.time, said)


def is_not_done(event: Event, statement: Statement, said: datetime.date | None) -> bool:
    """Whether a statement says for certain that an event has not happened until then."""
    negative = event.factuality is Factuality.CERTAINLY_NOT
    return statement.act in STATED | {Act.DENY} and negative and _is_over(event.time, said)


def _is_over(time: When | None, said: datetime.date | None) -> bool:
    if time is None or said is None:
        return time is None
    begun = time.earliest or time.latest
    return begun is None or begun <= said


def words_of(snapshot: Snapshot, statements: Iterable[Statement]) -> tuple[Word, ...]:
    """Statements gathered by utterance, in order of the day."""
    together: defaultdict[tuple[str, bool], list[Statement]] = defaultdict(list)
    comparison = snapshot.comparison
    for statement in statements:
        origin = comparison.origin_of.get(statement.id)
        together[(origin or statement.id, origin is not None)].append(statement)
    made = []
    for (id, known), reports in together.items():
        days = [day for s in reports if (day := snapshot.said_on(s))]
        voice = snapshot.origins[id].voice if known else reports[0].source.name
        made.append(
            Word(
                voice=voice,
                entity=comparison.speaker_of.get(reports[0].id),
                day=min(days, default=None),
                origin=id if known else None,
                statements=tuple(s.id for s in reports),
            )
        )
    return tuple(sorted(made, key=lambda w: (w.day or datetime.date.max, w.voice, w.statements)))


def once_each(snapshot: Snapshot, tales: Iterable[Tale], most: int) -> tuple[tuple[Became, ...], int]:
    """One for each fate and utterance, and each other date that it gives, with all its statements; by day.

    At most so many of them, and how many there are.
    """
    origin_of = snapshot.comparison.origin_of
    together: dict[tuple[Fate, str, str], list[Tale]] = {}
    for tale in tales:
        utterance = origin_of.get(tale.statement.id, tale.statement.id)
        answer = tale.answer if tale.fate is Fate.MOVED else ""
        together.setdefault((tale.fate, utterance, answer), []).append(tale)
    ordered = sorted(together.values(), key=lambda t: (min(one.day for one in t), _ORDER[t[0].fate], t[0].statement.id))
    return tuple(_became(snapshot, alike) for alike in ordered[:most]), len(ordered)


def _became(snapshot: Snapshot, tales: Sequence[Tale]) -> Became:
    fullest = next((tale for tale in tales if tale.answer), tales[0])
    [word] = words_of(snapshot, {tale.statement.id: tale.statement for tale in tales}.values())
    return Became(fate=fullest.fate, word=word, answer=fullest.answer, phase=fullest.phase, why=fullest.why)


_ORDER = {fate: number for number, fate in enumerate(Fate)}
