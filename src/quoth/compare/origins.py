"""Utterances behind statements: one utterance is one origin, however many times it is reported.

An origin is one voice, one occasion and one thing said.  Two reports are of one utterance when the voice is one,
the occasions can be one, nothing that they say excludes the other, and they are about one event, or share their
words, or run on from each other.  Sets of reports grow from the surest pair down; a pair that would put two
occasions or two incompatible answers into one utterance is left apart.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from quoth.compare.agents import by_document
from quoth.compare.events import Group, Matched
from quoth.compare.intervals import Lie, days, lie, meeting
from quoth.compare.names import fold
from quoth.compare.occasions import common, known, narrowest, presumed
from quoth.compare.paraphrase import Words, adds, continues, overlaps, resembles
from quoth.compare.quantities import provably_disjoint
from quoth.compare.relays import links_of
from quoth.compare.unions import Unions
from quoth.identity import content_id
from quoth.model import Act, AgentKind, BlockKind, DateRange, Document, EventFrame, Origin, Quantity, Statement

HEADLINE = 45
"""How surely a headline reports what its article quotes in much the same words; it reports one utterance only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report says about one event, as far as two reports can differ on it."""

    event: EventFrame
    time: DateRange | None
    quantity: Quantity | None
    negative: bool


@dataclass(frozen=True)
class Report:
    """A statement of a known voice.  `publication`: its document, or what that is a copy of; `main`: the main event.

    `turn`: the turn to speak that it belongs to, by its document and number; nobody else is quoted within a turn.
    `place`: its own number among the statements of its document that have a voice.
    """

    statement: Statement
    document: Document | None
    publication: str
    voice: str
    words: Words
    main: EventFrame | None
    answers: tuple[Answer, ...]
    turn: tuple[str, int] = ("", 0)
    place: int = 0

    @property
    def id(self) -> str:
        return self.statement.id

    @cached_property
    def events(self) -> frozenset[EventFrame]:
        return frozenset(a.event for a in self.answers)

    @cached_property
    def order(self) -> tuple[str, str, int, str]:
        published = str(self.document.published) if self.document and self.document.published else "9"
        s = self.statement
        return published, s.document_id, s.content.hull.start, s.id

    @cached_property
    def occasion(self) -> tuple[int, int]:
        """The first and the last day on which it may have been said, if need be by presumption, as ordinals."""
        first, last = presumed(self.statement, self.document) or (None, None)
        return (first or datetime.date.min).toordinal(), (last or datetime.date.max).toordinal()


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
    for document_id, said in by_document(statements).items():
        publication = copy_of.get(document_id, document_id)
        for report in reports_in(said, documents.get(document_id), publication, voices, answers):
            by_voice[report.voice].append(report)
    made = [origin_of(cluster) for reports in by_voice.values() for cluster in utterances(reports)]
    return tuple(sorted(made, key=origin_order))


def origin_order(origin: Origin) -> tuple[str, str]:
    return origin.voice, origin.id


def reports_in(
    statements: Sequence[Statement],
    document: Document | None,
    publication: str,
    voices: Mapping[str, str],
    answers: Mapping[str, Sequence[tuple[Answer, bool]]],
    words_of: Callable[[Statement, Document | None], Words] = Words.of,
) -> Iterator[Report]:
    """The reports in the statements of one document.  `answers`: by statement, and whether by its main event."""
    turn, last = 0, ""
    known = sorted((s for s in statements if s.id in voices), key=lambda s: (s.content.hull.start, s.id))
    for place, s in enumerate(known):
        turn += voices[s.id] != last
        last = voices[s.id]
        found = answers.get(s.id, ())
        yield Report(
            statement=s,
            document=document,
            publication=publication,
            voice=last,
            words=words_of(s, document),
            main=next((a.event for a, main in found if main), None),
            answers=tuple(a for a, _ in found),
            turn=(s.document_id, turn),
            place=place,
        )


def _answers(groups: Sequence[Group]) -> dict[str, list[tuple[Answer, bool]]]:
    found: dict[str, list[tuple[Answer, bool]]] = defaultdict(list)
    for group in groups:
        for member in group.members:
            found[member.claim.statement.id].append(answer_of(member, group.frame))
    return found


def answer_of(member: Matched, event: EventFrame) -> tuple[Answer, bool]:
    """What a claim answers about an event, and whether that is its statement's main one."""
    c = member.claim
    return Answer(event, days(c.event.time), c.event.quantity, c.negative), c.main


def utterances(reports: Sequence[Report], likenesses: Likenesses | None = None) -> list[list[Report]]:
    """Reports of one voice, those of one utterance together; the order in which they come does not matter.

    `likenesses`: those kept of this voice.
    """
    ordered = sorted(reports, key=lambda r: r.order)
    unions = Unions(range(len(ordered)))
    held = {i: [r] for i, r in enumerate(ordered)}
    scored = (likenesses or Likenesses()).of(ordered)
    for strength, i, j in scored:
        a, b = unions.find(i), unions.find(j)
        if strength == -HEADLINE and not any(is_headline(r) for x in (a, b) if len(held[x]) == 1 for r in held[x]):
            continue
        if a != b and _can_be_one(held[a], held[b]):
            root = unions.join(a, b)
            held[root] = held.pop(a) + held.pop(b)
    return [sorted(cluster, key=lambda r: r.order) if len(cluster) > 1 else cluster for cluster in held.values()]


class Likenesses:
    """How surely pairs of one voice's reports are of one utterance, kept for reports that stay as they are."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._like: dict[str, dict[str, int]] = {}

    def of(self, ordered: Sequence[Report]) -> list[tuple[int, int, int]]:
        """(minus likeness, i, j) of all pairs of the reports that are alike at all, the surest first."""
        places = {r.id: i for i, r in enumerate(ordered)}
        fresh = {r.id for r in ordered if (held := self._reports.get(r.id)) is None or not same_report(held, r)}
        for gone in self._reports.keys() - places.keys() | (fresh & self._reports.keys()):
            for other in self._like.pop(gone, ()):
                del self._like[other][gone]
        self._reports = {r.id: r for r in ordered}
        for i, j in _candidates(ordered, fresh):
            likely = likeness(ordered[i], ordered[j])
            if likely:
                a, b = ordered[i].id, ordered[j].id
                self._like.setdefault(a, {})[b] = self._like.setdefault(b, {})[a] = likely
        return sorted(
            (-likely, i, places[b])
            for i, r in enumerate(ordered)
            for b, likely in self._like.get(r.id, {}).items()
            if i < places[b]
        )


def same_report(a: Report, b: Report) -> bool:
    """Whether two reports with one id say one thing in one place."""
    kept = a.statement is b.statement and a.document is b.document
    return kept and (a.publication, a.main, a.answers, a.turn, a.place) == (
        b.publication, b.main, b.answers, b.turn, b.place
    )  # fmt: skip


def _candidates(reports: Sequence[Report], fresh: Set[str]) -> Iterator[tuple[int, int]]:
    """Pairs worth looking at, those with a fresh one: from one publication; or of days that meet, and about one event
    or with a run of words in common."""
    published: dict[object, list[int]] = defaultdict(list)
    blocks: dict[object, list[int]] = defaultdict(list)
    for i, r in enumerate(reports):
        published[r.publication].append(i)
        for key in {*r.events, *r.words.runs}:
            blocks[key].append(i)
    new = {i for i, r in enumerate(reports) if r.id in fresh}
    spans = [r.occasion for r in reports]
    pairs: set[tuple[int, int]] = set()
    for block in published.values():
        for i in new.intersection(block) if len(block) > 1 else ():
            pairs.update((i, j) if i < j else (j, i) for j in block if i != j)
    for block in blocks.values():
        pairs.update(meeting(block, spans, new) if len(block) > 1 else ())
    yield from sorted(pairs)


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
    if a.turn[0] == b.turn[0] and (_one_breath(a, b) or _goes_on(*sorted((a, b), key=lambda r: r.place))):
        return 75
    if a.statement.document_id == b.statement.document_id:
        if Act.DECLINE in (a.statement.act, b.statement.act):
            return 35
        if is_headline(a) != is_headline(b) and resembles(a.words, b.words, loosely=True):
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
    if is_headline(first) or second.place != first.place + 1:
        return False
    return second.words.quoted or adds(second.words)


def is_headline(report: Report) -> bool:
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


def origin_of(cluster: Sequence[Report]) -> Origin:
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
