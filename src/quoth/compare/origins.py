"""Utterances behind statements: one utterance is one origin, however many times it is reported.

An origin is one voice, one occasion and one thing said.  Two reports are of one utterance when the voice is one,
the occasions can be one, nothing that they say excludes the other, and they are about one event, or share their
words, or run on from each other.  Sets of reports grow from the surest pair down; a pair that would put two
occasions or two incompatible answers into one utterance is left apart.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.compare.events import Group
from quoth.compare.intervals import Lie, days, lie
from quoth.compare.names import fold
from quoth.compare.occasions import common, known, narrowest, presumed
from quoth.compare.paraphrase import Words, adds, continues, overlaps, resembles
from quoth.compare.quantities import provably_disjoint
from quoth.compare.relays import links_of
from quoth.compare.unions import Unions
from quoth.identity import content_id
from quoth.model import Act, AgentKind, BlockKind, DateRange, Document, Origin, Quantity, Statement

HEADLINE = 45
"""How surely a headline reports what its article quotes in much the same words; it reports one utterance only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report says about one event, as far as two reports can differ on it."""

    event: int
    time: DateRange | None
    quantity: Quantity | None
    negative: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A statement of a known voice.  `publication`: its document, or what that is a copy of; `main`: the main event.

    `turn`: which turn to speak it belongs to, and its place among all statements; nobody else is quoted within a turn.
    """

    statement: Statement
    document: Document | None
    publication: str
    voice: str
    words: Words
    main: int | None
    answers: tuple[Answer, ...]
    turn: tuple[int, int] = (0, 0)

    @property
    def events(self) -> frozenset[int]:
        return frozenset(a.event for a in self.answers)

    @property
    def order(self) -> tuple[str, str, int, str]:
        published = str(self.document.published) if self.document and self.document.published else "9"
        s = self.statement
        return published, s.document_id, s.content.hull.start, s.id


def origins_of(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    copy_of: Mapping[str, str],
    voices: Mapping[str, str],
    groups: Sequence[Group],
) -> tuple[Origin, ...]:
    """The utterances behind all statements whose voice is known, by voice and id."""
    by_voice: dict[str, list[Report]] = defaultdict(list)
    answers = _answers(groups)
    turns = _turns(statements, voices)
    for s in statements:
        if s.id in voices:
            found = answers.get(s.id, [])
            by_voice[voices[s.id]].append(
                Report(
                    statement=s,
                    document=documents.get(s.document_id),
                    publication=copy_of.get(s.document_id, s.document_id),
                    voice=voices[s.id],
                    words=Words.of(s, documents.get(s.document_id)),
                    main=next((a.event for a, main in found if main), None),
                    answers=tuple(a for a, _ in found),
                    turn=turns[s.id],
                )
            )
    made = [_origin(cluster) for reports in by_voice.values() for cluster in utterances(reports)]
    return tuple(sorted(made, key=lambda o: (o.voice, o.id)))


def _turns(statements: Sequence[Statement], voices: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """The turns in which the voices of each document speak, by statement; an article's own words are no turn."""
    found: dict[str, tuple[int, int]] = {}
    turn, last = 0, ("", "")
    for s in sorted(statements, key=lambda s: (s.document_id, s.content.hull.start, s.id)):
        if s.id in voices:
            turn += (s.document_id, voices[s.id]) != last
            last = (s.document_id, voices[s.id])
            found[s.id] = (turn, len(found))
    return found


def _answers(groups: Sequence[Group]) -> dict[str, list[tuple[Answer, bool]]]:
    found: dict[str, list[tuple[Answer, bool]]] = defaultdict(list)
    for number, group in enumerate(groups):
        for member in group.members:
            c = member.claim
            answer = Answer(number, days(c.event.time), c.event.quantity, c.negative)
            found[c.statement.id].append((answer, c.main))
    return found


def utterances(reports: Sequence[Report]) -> list[list[Report]]:
    """Reports of one voice, those of one utterance together; the order in which they come does not matter."""
    ordered = sorted(reports, key=lambda r: r.order)
    unions = Unions(range(len(ordered)))
    held = {i: [r] for i, r in enumerate(ordered)}
    scored = []
    for i, j in _candidates(ordered):
        likely = likeness(ordered[i], ordered[j])
        if likely:
            scored.append((-likely, i, j))
    for strength, i, j in sorted(scored):
        a, b = unions.find(i), unions.find(j)
        if strength == -HEADLINE and not any(_is_headline(r) for x in (a, b) if len(held[x]) == 1 for r in held[x]):
            continue
        if a != b and _can_be_one(held[a], held[b]):
            root = unions.join(a, b)
            held[root] = held.pop(a) + held.pop(b)
    return [sorted(cluster, key=lambda r: r.order) for cluster in held.values()]


def _candidates(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Pairs worth looking at: about one event, from one publication, or with a run of words in common."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for i, r in enumerate(reports):
        keys: set[object] = {("event", e) for e in r.events} | {("publication", r.publication)}
        keys |= {("run", *run) for run in r.words.runs}
        for key in keys:
            blocks[key].append(i)
    yield from sorted({pair for block in blocks.values() for pair in itertools.combinations(block, 2)})


def likeness(a: Report, b: Report) -> int:
    """How surely two reports of one voice are of one utterance: 0 not at all, more is surer."""
    near, together = _occasion(a, b)
    if not near or not compatible(a, b):
        return 0
    one_text = a.publication == b.publication
    if overlaps(a.words, b.words):
        return 100
    if one_text and continues(a.words, b.words):
        return 80
    if a.turn[0] == b.turn[0] and (_one_breath(a, b) or _goes_on(*sorted((a, b), key=lambda r: r.turn))):
        return 75
    if a.statement.document_id == b.statement.document_id:
        if Act.DECLINE in (a.statement.act, b.statement.act):
            return 35
        if _is_headline(a) != _is_headline(b) and resembles(a.words, b.words, loosely=True):
            return HEADLINE
    if a.statement.source.kind is AgentKind.DOCUMENT:
        return 70
    about = (a.main is not None and a.main in b.events) or (b.main is not None and b.main in a.events)
    if about and together:
        return 60 + (5 if one_text else 0) + (3 if a.main == b.main else 0)
    if one_text and a.events & b.events:
        return 50
    if about and (_same_answer(a, b) or resembles(a.words, b.words, loosely=True)):
        return 40
    return 30 if together and resembles(a.words, b.words, loosely=False) else 0


def _one_breath(a: Report, b: Report) -> bool:
    """Whether one verb of saying has both: "said that the dam was whole and that no water had been released"."""
    x, y = a.statement.cue, b.statement.cue
    return x is not None and y is not None and x.spans == y.spans


def _goes_on(first: Report, second: Report) -> bool:
    """Whether a quotation follows what it is quoted for, or more is added to it."""
    if _is_headline(first) or second.turn[1] != first.turn[1] + 1:
        return False
    return second.words.quoted or adds(second.words)


def _is_headline(report: Report) -> bool:
    return report.statement.block is BlockKind.HEADLINE


def _occasion(a: Report, b: Report) -> tuple[bool, bool]:
    """Whether the occasions can be one, and whether that is more than presumed."""
    x, y = known(a.statement.said), known(b.statement.said)
    if x is not None and y is not None:
        near = lie(x, y) is not Lie.DISJOINT
        return near, near
    if a.publication == b.publication:
        return True, True
    p, q = presumed(a.statement, a.document), presumed(b.statement, b.document)
    if p is None or q is None:
        return True, False
    return lie(p, q) is not Lie.DISJOINT, False


def compatible(a: Report, b: Report) -> bool:
    """Whether nothing that they say about one event excludes the other."""
    return not any(x.event == y.event and _excludes(x, y) for x in a.answers for y in b.answers)


def _excludes(x: Answer, y: Answer) -> bool:
    if x.negative != y.negative:
        return True
    if x.time is not None and y.time is not None and lie(x.time, y.time) is Lie.DISJOINT:
        return True
    if x.negative:
        return False
    return x.quantity is not None and y.quantity is not None and provably_disjoint(x.quantity, y.quantity)


def _same_answer(a: Report, b: Report) -> bool:
    return any(
        x.event == y.event
        and (
            (x.time is not None and x.time == y.time)
            or (x.quantity is not None and y.quantity is not None and _equal(x.quantity, y.quantity))
        )
        for x in a.answers
        for y in b.answers
    )


def _equal(a: Quantity, b: Quantity) -> bool:
    return (a.min, a.max, a.counting) == (b.min, b.max, b.counting)


def _can_be_one(a: Sequence[Report], b: Sequence[Report]) -> bool:
    occasions = {r for report in (*a, *b) if (r := known(report.statement.said)) is not None}
    return common(list(occasions)) is not None and all(compatible(x, y) for x in a for y in b)


def _origin(cluster: Sequence[Report]) -> Origin:
    first = cluster[0]
    reported = list(dict.fromkeys(r.statement.document_id for r in cluster))
    return Origin(
        id=content_id("origin", fold(first.voice), first.statement.id),
        voice=first.voice,
        said=narrowest([r.statement.said for r in cluster if r.statement.said is not None]),
        statements=tuple(r.statement.id for r in cluster),
        documents=tuple(reported),
        links=links_of(first.voice, [(r.statement, r.document) for r in cluster]),
    )
