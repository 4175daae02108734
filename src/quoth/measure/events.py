"""Events, who takes part in them, and times, against texts that were annotated in CAT XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quoth.measure.cat import CREATION_TIME, CatDocument, EventMention, Markable
from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.sentences import ROLES, Found, FoundEvent
from quoth.measure.timex import days_of
from quoth.model import Span

ROLE_OF = {"Arg0": "agent", "Arg1": "theme", "Arg2": "recipient", "Argm-LOC": "place"}
"""PropBank's numbered roles by the model's.  MEANTIME has no Argm-TMP: its times are joined by TLINKs."""

OF_COPULAS = ROLE_OF | {"Arg1": "agent", "Arg2": "theme"}
"""PropBank's be.01, become.01 and remain.01 have what is said to be so as Arg1; the model has it as agent."""
COPULAS = frozenset({"be", "become", "remain"})

PARTS = ("verb", "noun", "other")


def triple(name: str, *, optional: bool = False) -> tuple[Measure, ...]:
    """Precision, recall and F1 of what is found."""
    return (
        Measure(f"{name}_p", Kind.PROPORTION, optional=optional),
        Measure(f"{name}_r", Kind.PROPORTION, optional=optional),
        Measure(f"{name}_f1", Kind.F1, of=(f"{name}_p", f"{name}_r"), optional=optional),
    )


MEASURES = (
    *triple("events"),
    *(m for part in PARTS for m in triple(part)),
    *triple("roles"),
    *(m for role in ROLES for m in triple(role)),
    *triple("times"),
    Measure("time_exact", Kind.PROPORTION),
    Measure("time_value", Kind.PROPORTION, optional=True),
)
"""`verb` to `other`: events by the part of speech of their word in Quoth's parse; `roles`: the four roles together."""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event mention with those who fill each of its roles; several who share a role fill it together."""

    mention: EventMention
    spans: tuple[Span, ...]
    fillers: Mapping[str, tuple[Markable, ...]]


def gold_events(document: CatDocument) -> list[GoldEvent]:
    """The single event mentions of a document in text order.

    A mention that only joins others ("released … announced") is left out, and whoever takes part in it takes part in
    each of them, as the guidelines mean it.
    """
    events = [m for m in document.events if m.tokens]
    parts = {m.id: [o for o in events if o is not m and set(o.tokens) < set(m.tokens)] for m in events}
    joint = {id for id, inner in parts.items() if len(inner) > 1 and _covers(id, inner, events)}
    copulas = {m.id for m in events if m.pred in COPULAS}
    fillers: dict[str, dict[str, list[Markable]]] = {m.id: {} for m in events}
    for relation in document.participants:
        role = (OF_COPULAS if relation.event in copulas else ROLE_OF).get(relation.role)
        filler = document.markables.get(relation.participant)
        if role is None or filler is None or not filler.tokens or relation.event not in fillers:
            continue
        members = [m.id for m in parts[relation.event]] if relation.event in joint else [relation.event]
        for id in members:
            fillers[id].setdefault(role, []).append(filler)
    return [
        GoldEvent(m, document.spans(m.tokens), {role: tuple(of) for role, of in fillers[m.id].items()})
        for m in sorted(events, key=lambda m: m.tokens)
        if m.id not in joint
    ]


def _covers(id: str, inner: Sequence[EventMention], events: Sequence[EventMention]) -> bool:
    whole = next(m for m in events if m.id == id)
    return {t for m in inner for t in m.tokens} == set(whole.tokens)


def one_to_one(gold: Sequence[Sequence[Span]], got: Sequence[Sequence[Span]]) -> dict[int, int]:
    """Each gold stretch with the one found that shares most characters with it, each used once, largest share first."""
    shares = [
        (shared, i, j)
        for i, wanted in enumerate(gold)
        for j, found in enumerate(got)
        if (shared := sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in wanted for b in found))
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(shares, key=lambda s: (-s[0], s[1], s[2])):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def measure_events(name: str, read: Iterable[tuple[CatDocument, Found]]) -> Measured:
    """The figures of all documents together.  Nothing after the last annotated sentence counts."""
    scores: list[Score] = []
    misses: list[Miss] = []
    for document, found in read:
        one = _Compared(document, found)
        scores += one.scores
        misses += one.misses
    return Measured(name=name, measures=MEASURES, scores=tuple(scores), misses=tuple(misses))


class _Compared:
    """One document's gold beside what was found in it."""

    def __init__(self, document: CatDocument, found: Found) -> None:
        self.document, self.found = document, found
        self.scores: list[Score] = []
        self.misses: list[Miss] = []
        self._events()
        self._times()

    def score(self, measure: str, got: bool) -> None:
        self.scores.append(Score(measure, got, (self.document.where,)))

    def miss(self, what: str, wanted: str, got: str, at: Span) -> None:
        self.misses.append(Miss(what=what, ids=self.document.id, wanted=wanted, got=got, words=self.line(at)))

    def line(self, at: Span) -> str:
        text = self.document.text
        start, end = text.rfind("\n", 0, at.start) + 1, text.find("\n", at.end)
        return text[start : end if end >= 0 else len(text)]

    def _events(self) -> None:
        gold = gold_events(self.document)
        got = [e for e in self.found.events if self.document.annotated.contains(e.trigger[0])]
        pairs = one_to_one([g.spans for g in gold], [e.trigger for e in got])
        text = self.document.text
        for i, wanted in enumerate(gold):
            part = self.found.parts.get(wanted.spans[0].start, "other")
            for measure in ("events", part):
                self.score(f"{measure}_r", i in pairs)
            if i not in pairs:
                self.miss(f"missed {part}", wanted.spans[0].words(text), "", wanted.spans[0])
        for j, event in enumerate(got):
            for measure in ("events", event.part):
                self.score(f"{measure}_p", j in pairs.values())
            if j not in pairs.values():
                self.miss(f"extra {event.part}", "", event.trigger[0].words(text), event.trigger[0])
        for i, j in pairs.items():
            self._roles(gold[i], got[j])

    def _roles(self, gold: GoldEvent, got: FoundEvent) -> None:
        text = self.document.text
        event = gold.spans[0].words(text)
        for role in ROLES:
            fillers, head = gold.fillers.get(role, ()), got.roles.get(role)
            right = head is not None and any(self._is_head(head, filler) for filler in fillers)
            if fillers:
                for measure in ("roles", role):
                    self.score(f"{measure}_r", right)
            if head is not None:
                for measure in ("roles", role):
                    self.score(f"{measure}_p", right)
            if (fillers or head is not None) and not right:
                wanted = " | ".join(self.document.words(f.tokens) for f in fillers)
                self.miss(f"{role} of {event}", wanted, head.words(text) if head else "", gold.spans[0])

    def _is_head(self, head: Span, filler: Markable) -> bool:
        """Whether a word is the head of a mention: by its `head` where given, else as the parse has it."""
        for span in self.document.spans(filler.tokens):
            if span.overlaps(head):
                named = getattr(filler, "head", None)
                return head.words(self.document.text) == named or any(
                    head.start <= at < head.end for at in self.found.heads(span)
                )
        return False

    def _times(self) -> None:
        document, text = self.document, self.document.text
        ours = [t for t in document.times if t.function == CREATION_TIME]
        own = [span for t in ours for span in document.spans(t.tokens)]
        gold = [t for t in document.times if t.tokens and t not in ours]
        spans = [document.spans(t.tokens) for t in gold]
        got = [
            t
            for t in self.found.times
            if document.annotated.contains(t.span) and not any(t.span.overlaps(o) for o in own)
        ]
        pairs = one_to_one(spans, [(t.span,) for t in got])
        for i, time in enumerate(gold):
            self.score("times_r", i in pairs)
            if i not in pairs:
                self.miss("missed time", spans[i][0].words(text), "", spans[i][0])
                continue
            found = got[pairs[i]]
            self.score("time_exact", found.span == spans[i][0])
            days = days_of(time.value)
            if days is not None and found.when is not None:
                same = (found.when.earliest, found.when.latest) == days
                self.score("time_value", same)
                if not same:
                    shown = f"{found.when.earliest} to {found.when.latest}"
                    self.miss("time value", f"{spans[i][0].words(text)}: {time.value}", shown, spans[i][0])
        for j, found in enumerate(got):
            self.score("times_p", j in pairs.values())
            if j not in pairs.values():
                self.miss("extra time", "", found.span.words(text), found.span)
