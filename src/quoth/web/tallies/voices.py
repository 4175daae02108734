"""Who speaks in a case: how much, through whom, and where they came to say something else."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quoth.model import Alias, Entity, Question, Relation, RelationType, Statement, Value
from quoth.names import fold
from quoth.web.once import once
from quoth.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entity that speaks: how many statements, known utterances behind them, questions they answer, and when."""

    entity: Entity
    statements: int
    origins: int
    questions: int
    first: datetime.date | None
    last: datetime.date | None


@once
def sources(snapshot: Snapshot) -> tuple[Source, ...]:
    """All who speak under a name, those with most statements first."""
    made = [_source(snapshot, id, said) for id, said in snapshot.spoken_by.items() if id in snapshot.entities]
    return tuple(sorted(made, key=lambda s: (-s.statements, s.entity.name.casefold(), s.entity.id)))


def _source(snapshot: Snapshot, id: str, said: Iterable[Statement]) -> Source:
    said = tuple(said)
    origin_of, answering = snapshot.comparison.origin_of, snapshot.answering
    days = [day for statement in said if (day := snapshot.said_on(statement))]
    return Source(
        entity=snapshot.entities[id],
        statements=len(said),
        origins=len({origin_of[s.id] for s in said if s.id in origin_of}),
        questions=len({question for s in said for question in answering.get(s.id, ())}),
        first=min(days, default=None),
        last=max(days, default=None),
    )


@once
def _folded(snapshot: Snapshot) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (source.entity.id, tuple({f" {fold(name)} " for name in _names(source.entity)})) for source in sources(snapshot)
    )


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *(alias.name for alias in entity.aliases))


def called(snapshot: Snapshot, name: str) -> frozenset[str]:
    """The ids of those who speak and have a name in which a word begins as these do, in any script."""
    wanted = f" {fold(name)}"
    return frozenset(id for id, names in _folded(snapshot) if wanted.strip() and any(wanted in n for n in names))


@once
def unnamed(snapshot: Snapshot) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Document → what is said in it by nobody with a name, in the order of the text; most of it first.

    An outlet's own voice is not in it: that has a name.
    """
    speakers = snapshot.comparison.speaker_of
    found = (
        (id, tuple(s for s in said if s.id not in speakers and not _is_own(s)))
        for id, said in snapshot.of_document.items()
    )
    return tuple(sorted(((id, said) for id, said in found if said), key=lambda entry: (-len(entry[1]), entry[0])))


def _is_own(statement: Statement) -> bool:
    return statement.source.kind is not None and statement.source.kind.value == "narrator"


def ordered_aliases(entity: Entity) -> tuple[Alias, ...]:
    """The names that an entity goes by, the most used first."""
    return tuple(sorted(entity.aliases, key=lambda alias: (-len(alias.statements), alias.name)))


# ---------------------------------------------------------------- through whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayer:
    """Somebody through whom a source's words come: as the outlet that prints them (`printed` documents), or on the way
    to other outlets (`passed`).  `only`: how many of the `origins` are known through nobody else of that role."""

    name: str
    printed: int
    passed: int
    origins: int
    only: int


def relayers(snapshot: Snapshot, said: Iterable[Statement]) -> tuple[Relayer, ...]:
    """Whoever prints or passes on these statements, those with most reports first; an outlet without a name is ""."""
    printed: defaultdict[str, set[str]] = defaultdict(set)
    passed: defaultdict[str, set[str]] = defaultdict(set)
    origins: defaultdict[str, set[str]] = defaultdict(set)
    prints: defaultdict[str, set[str]] = defaultdict(set)
    ways: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for statement in said:
        document = snapshot.documents[statement.document_id]
        outlet = document.outlet or ""
        way = frozenset(relay.name for relay in (*statement.via, *document.relays)) - {outlet}
        printed[outlet].add(document.id)
        for relay in way:
            passed[relay].add(document.id)
        origin = snapshot.comparison.origin_of.get(statement.id)
        if origin is not None:
            prints[origin].add(outlet)
            ways[origin].append(way)
            for name in (outlet, *way):
                origins[name].add(origin)
    made = [
        Relayer(
            name=name,
            printed=len(printed.get(name, ())),
            passed=len(passed.get(name, ())),
            origins=len(origins.get(name, ())),
            only=sum(
                prints[origin] == {name} or all(name in way for way in ways[origin]) for origin in origins.get(name, ())
            ),
        )
        for name in printed.keys() | passed.keys()
    ]
    return tuple(sorted(made, key=lambda r: (-(r.printed + r.passed), r.name.casefold())))


# ---------------------------------------------------------------- what they changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One voice gave one answer to a question, then another.

    `earlier` and `later` are the statements by which it did, `from_day` and `to_day` when (None where no day is known).
    """

    question: Question
    before: Value
    after: Value
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    from_day: datetime.date | None
    to_day: datetime.date | None

    @property
    def is_ordered(self) -> bool:
        """Whether it is known which answer came later."""
        return self.from_day is not None and self.to_day is not None and self.from_day < self.to_day

    @property
    def relation(self) -> Relation | None:
        """How the two stand to each other, where that was worked out: what replaces first, then what divides."""
        first, second = frozenset(self.earlier), frozenset(self.later)
        found = (
            relation
            for relation in self.question.relations
            if (relation.a in first and relation.b in second) or (relation.a in second and relation.b in first)
        )
        return min(found, key=lambda relation: _TELLS.get(relation.type, len(_TELLS)), default=None)


def turns(snapshot: Snapshot, entity: str) -> tuple[Turn, ...]:
    """Where one speaker gave different answers, the latest first; worked out once for each.

    What is withheld or only implied is no answer, and two readings of one utterance are none that differ.
    """
    kept = _kept_turns(snapshot)
    if entity not in kept:
        kept[entity] = _turns_of(snapshot, snapshot.spoken_by.get(entity, ()))
    return kept[entity]


@once
def _kept_turns(snapshot: Snapshot) -> dict[str, tuple[Turn, ...]]:
    return {}


def _turns_of(snapshot: Snapshot, said: Iterable[Statement]) -> tuple[Turn, ...]:
    own = {statement.id: statement for statement in said}
    asked = dict.fromkeys(question for id in own for question in snapshot.answering.get(id, ()))
    found = [turn for id in asked for turn in _turns(snapshot, snapshot.questions[id], own)]
    return tuple(sorted(found, key=lambda t: (-(t.to_day or datetime.date.min).toordinal(), t.question.text)))


def _turns(snapshot: Snapshot, question: Question, own: Mapping[str, Statement]) -> Iterator[Turn]:
    given = [(value, [own[s] for s in value.statements if s in own]) for value in question.values]
    given = [(value, those) for value, those in given if those and value.value is not None]
    if len(given) < 2:
        return
    groups = _in_order(snapshot, given)
    for (before, earlier, day), (after, later, next_day) in itertools.pairwise(groups):
        if before.value == after.value or _one_utterance(snapshot, earlier, later):
            continue
        yield Turn(
            question=question,
            before=before,
            after=after,
            earlier=tuple(earlier),
            later=tuple(later),
            from_day=day,
            to_day=next_day,
        )


def _in_order(
    snapshot: Snapshot, given: list[tuple[Value, list[Statement]]]
) -> list[tuple[Value, list[str], datetime.date | None]]:
    """The answers in order of time: each stretch in which only one was given, with the statements and its first day."""
    moments = sorted(
        ((snapshot.said_on(s), number, s.id) for number, (_, those) in enumerate(given) for s in those),
        key=lambda moment: (moment[0] or datetime.date.max, moment[1], moment[2]),
    )
    groups: list[tuple[int, list[str], datetime.date | None]] = []
    for day, number, id in moments:
        if groups and groups[-1][0] == number:
            groups[-1][1].append(id)
        else:
            groups.append((number, [id], day))
    return [(given[number][0], ids, day) for number, ids, day in groups]


def _one_utterance(snapshot: Snapshot, a: Iterable[str], b: Iterable[str]) -> bool:
    origin_of = snapshot.comparison.origin_of
    first, second = ({origin_of.get(id) for id in ids} for ids in (a, b))
    return first == second and None not in first


_TELLS = {
    RelationType.SUPERSEDE: 0,
    RelationType.CONTRADICT: 1,
    RelationType.DENY: 2,
    RelationType.TENSION: 3,
    RelationType.REFINE: 4,
}


# ---------------------------------------------------------------- when they spoke


def by_month(snapshot: Snapshot, said: Iterable[Statement]) -> dict[tuple[int, int], int]:
    """(year, month) → how many of the statements were made then, without gaps; what has no day is left out."""
    counted = Counter((day.year, day.month) for s in said if (day := snapshot.said_on(s)))
    if not counted:
        return {}
    first, last = (year * 12 + month - 1 for year, month in (min(counted), max(counted)))
    months = ((n // 12, n % 12 + 1) for n in range(first, last + 1))
    return {month: counted[month] for month in months}
