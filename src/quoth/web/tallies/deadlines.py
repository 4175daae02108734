"""What was announced for when, and what became of it as far as this case tells.  Nothing is said to have happened: only
who reports that it did, or did not, or that it was put off."""

from __future__ import annotations

import datetime
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quoth.model import (
    Act,
    Event,
    EventFrame,
    Factuality,
    Phase,
    Polarity,
    Precision,
    Question,
    RelationType,
    Slot,
    Statement,
    Value,
    When,
)
from quoth.web.once import once
from quoth.web.snapshot import Snapshot

INTENDED = frozenset({Act.PLAN, Act.PROMISE, Act.REQUEST, Act.PROPOSE, Act.THREATEN, Act.ESTIMATE})
STATED = frozenset({Act.ASSERT, Act.CONFIRM})
NOT_SO = frozenset({Factuality.CERTAINLY_NOT, Factuality.PROBABLY_NOT, Factuality.POSSIBLY_NOT})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something announced for a time; `question` asks when it is, where it is asked, `text` are the words for the time.

    `event` are the words of what is announced, those of the first statement.
    """

    id: str
    question: str | None
    event: str
    text: str
    earliest: datetime.date | None
    latest: datetime.date | None
    precision: Precision
    announced: tuple[Word, ...]
    became: tuple[Became, ...]

    @property
    def end(self) -> datetime.date:
        """The last day of the time, or the first where it is open."""
        end = self.latest or self.earliest
        assert end is not None
        return end

    def fates(self, today: datetime.date) -> tuple[Fate, ...]:
        """What is said to have become of it; where nothing is, whether it still lies ahead of that day."""
        told = tuple(dict.fromkeys(became.fate for became in self.became))
        return told or ((Fate.AHEAD,) if self.end >= today else (Fate.PASSED,))

    def last_fate(self, today: datetime.date) -> Fate:
        """By the last word on it."""
        dated = [b for b in self.became if b.word.day is not None] or list(self.became)
        last = max(dated, key=lambda b: b.word.day or datetime.date.min, default=None)
        return last.fate if last else self.fates(today)[0]


@once
def deadlines(snapshot: Snapshot) -> tuple[Deadline, ...]:
    """All of them, by the time announced."""
    told = _Told(snapshot)
    found = []
    answered: set[tuple[str, object]] = set()
    for question in snapshot.comparison.questions:
        if question.slot is Slot.TIME:
            for value in question.values:
                deadline = _of_value(told, question, value, answered)
                if deadline is not None:
                    found.append(deadline)
    found += _of_others(told, answered)
    return tuple(sorted(found, key=lambda d: (d.end, d.earliest or d.end, d.id)))


# ---------------------------------------------------------------- what is announced


def announces(event: Event, act: Act, said: datetime.date | None) -> bool:
    """Whether a time lies after the day on which it was said, and the event is held out for it.

    What is plainly stated has to lie after that day as a whole: "in 2025" may be the part of the year that is over.
    """
    time = event.time
    if time is None or said is None or event.polarity is Polarity.NEGATIVE or event.factuality in NOT_SO:
        return False
    end = time.latest or time.earliest
    if end is None or end <= said:
        return False
    if act in INTENDED or (act in STATED and event.factuality is not Factuality.CERTAIN):
        return True
    ahead = time.earliest is not None and time.earliest > said
    return act in STATED and ahead and time.precision is not Precision.MINUTE


def _of_value(told: _Told, question: Question, value: Value, answered: set[tuple[str, object]]) -> Deadline | None:
    """The deadline that an answer to "when" is, if anybody announced it."""
    time = value.value
    if not isinstance(time, tuple):
        return None
    announcing: list[tuple[Statement, When]] = []
    for id in value.statements:
        statement = told.snapshot.statements[id]
        said = told.snapshot.said_on(statement)
        events = [e for e in statement.events if announces(e, statement.act, said)]
        fitting = next((e.time for e in events if e.time and (e.time.earliest, e.time.latest) == time), None)
        if fitting is not None:
            announcing.append((statement, fitting))
            answered.add((id, time))
    if not announcing:
        return None
    return told.deadline(question, value, announcing)


def _of_others(told: _Told, answered: set[tuple[str, object]]) -> Iterator[Deadline]:
    """What is announced by statements that answer no question of when."""
    snapshot = told.snapshot
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
        asked = next((q for s, _ in announcing if (q := told.about(s, predicate)) is not None), None)
        yield told.deadline(asked, None, announcing)


# ---------------------------------------------------------------- what became of it


class _Told:
    """What is said of each event across a snapshot, looked up by its frame."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._of_frame: defaultdict[EventFrame, dict[str, None]] = defaultdict(dict)
        for question in snapshot.comparison.questions:
            for value in question.values:
                self._of_frame[question.event].update(dict.fromkeys(value.statements))
        self._reports: dict[EventFrame, list[tuple[datetime.date, Statement, Event]]] = {}

    def about(self, statement: Statement, predicate: str) -> Question | None:
        """A question about what a statement says happens."""
        questions = (self.snapshot.questions[q] for q in self.snapshot.answering.get(statement.id, ()))
        return next((q for q in questions if q.event.predicate == predicate), None)

    def deadline(
        self, question: Question | None, value: Value | None, announcing: Sequence[tuple[Statement, When]]
    ) -> Deadline:
        snapshot = self.snapshot
        first = min(announcing, key=lambda a: (snapshot.said_on(a[0]) or datetime.date.max, a[0].id))
        announced = words_of(snapshot, [statement for statement, _ in announcing])
        time = first[1]
        made = Deadline(
            id=f"{first[0].id[:16]}-{time.latest or time.earliest}",
            question=question.id if question else None,
            event=question.text if question and value else first[0].content.text,
            text=value.text if value else time.text or "",
            earliest=time.earliest,
            latest=time.latest,
            precision=time.precision,
            announced=announced,
            became=(),
        )
        became = list(self._related(question, value)) if question and value else []
        if question is not None:
            since = snapshot.said_on(first[0])
            assert since is not None
            own = {s.id for s, _ in announcing}
            became += self._reported(question.event, since, made.end, own)
        return _with(made, _once_each(became))

    def _related(self, question: Question, value: Value) -> Iterator[Became]:
        """What takes the place of an answer, denies it, or excludes it."""
        own = set(value.statements)
        answer_of = {id: other for other in question.values if other is not value for id in other.statements}
        for relation in question.relations:
            a, b = relation.a, relation.b
            if relation.type is RelationType.CONTRADICT and b in own:
                a, b = b, a
            fate = _BY_RELATION.get(relation.type)
            if fate is None or a not in own or b in own:
                continue
            statement = self.snapshot.statements[b]
            other = answer_of.get(b)
            if fate is Fate.MOVED and relation.rule == LATER_STAGE and self._states(statement):
                fate = Fate.DONE
            [word] = words_of(self.snapshot, [statement])
            yield Became(fate=fate, word=word, answer=other.text if other else "", why=relation.why)

    def _states(self, statement: Statement) -> bool:
        """Whether a statement gives something as a fact, and announces nothing."""
        said = self.snapshot.said_on(statement)
        factual = statement.factuality is Factuality.CERTAIN and statement.act in STATED
        return factual and not any(announces(event, statement.act, said) for event in statement.events)

    def _reported(self, frame: EventFrame, since: datetime.date, end: datetime.date, own: set[str]) -> Iterator[Became]:
        """Who reports since then that such an event has happened, or, from the last day on, that it has not."""
        for day, statement, event in self._reports_of(frame):
            if day < since or statement.id in own:
                continue
            done = is_done(event, statement, day)
            if done or day >= end:
                [word] = words_of(self.snapshot, [statement])
                yield Became(fate=Fate.DONE if done else Fate.NOT_DONE, word=word, phase=event.phase)

    def _reports_of(self, frame: EventFrame) -> list[tuple[datetime.date, Statement, Event]]:
        """What is said for certain of an event that is over, by day."""
        if frame not in self._reports:
            found = []
            for id in self._of_frame[frame]:
                statement = self.snapshot.statements[id]
                event, day = _main(statement, frame), self.snapshot.said_on(statement)
                if event is None or day is None or any(announces(e, statement.act, day) for e in statement.events):
                    continue
                if is_done(event, statement, day) or is_not_done(event, statement, day):
                    found.append((day, statement, event))
            self._reports[frame] = sorted(found, key=lambda f: (f[0], f[1].id))
        return self._reports[frame]


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


def _once_each(became: Iterable[Became]) -> tuple[Became, ...]:
    """One for each fate and utterance, with all its statements, by day."""
    kept: dict[tuple[Fate, str, str], Became] = {}
    for one in became:
        key = (one.fate, one.word.origin or one.word.statements[0], one.answer if one.fate is Fate.MOVED else "")
        before = kept.get(key)
        if before is None:
            kept[key] = one
        else:
            both = tuple(dict.fromkeys((*before.word.statements, *one.word.statements)))
            kept[key] = _told_by(before if before.answer or not one.answer else one, both)
    return tuple(sorted(kept.values(), key=lambda b: (b.word.day or datetime.date.max, _ORDER[b.fate], b.word.voice)))


_ORDER = {fate: number for number, fate in enumerate(Fate)}


def _told_by(became: Became, statements: tuple[str, ...]) -> Became:
    return replace(became, word=replace(became.word, statements=statements))


def _with(deadline: Deadline, became: tuple[Became, ...]) -> Deadline:
    return replace(deadline, became=became)
