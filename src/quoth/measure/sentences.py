"""What Quoth's components read in the sentences of a whole annotated text, whoever says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quoth.measure.attribution.reading import plain_document
from quoth.measure.cat import CatDocument
from quoth.model import Quantity, Span, When

if TYPE_CHECKING:
    from quoth.read.english.draft import Draft
    from quoth.read.english.events.frames import Frame
    from quoth.read.english.parse import Parse

ROLES = ("agent", "theme", "recipient", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """An event: the words that speak of it, and the head word of whoever fills each role (of a place, its last)."""

    trigger: tuple[Span, ...]
    part: str
    roles: Mapping[str, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTime:
    """A time expression; `when` is None where it is no calendar time, or belongs to no event."""

    span: Span
    when: When | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in one text.  `parts` gives each word, by its first character, its part of speech in the parse:
    verb, noun or other; `governors` leads from each word to the one that governs it, itself where none does."""

    events: list[FoundEvent] = field(default_factory=list)
    times: list[FoundTime] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)
    governors: dict[int, int] = field(default_factory=dict)

    def heads(self, span: Span) -> frozenset[int]:
        """Where the words of a span begin that are governed from outside it."""
        inside = {at for at in self.parts if span.start <= at < span.end}
        return frozenset(at for at in inside if self.governors[at] == at or self.governors[at] not in inside)


def read_sentences(documents: Iterable[CatDocument]) -> Iterator[tuple[CatDocument, Found]]:
    """Each document with what is read in it: the reader's own components, sentence by sentence, without attribution.

    Raises NoReader where the English model is not installed.
    """
    from quoth.read.english import pipeline, reader
    from quoth.read.english.draft import Draft

    listed = list(documents)
    plain = [replace(plain_document(d.where, d.text), published=d.created) for d in listed]
    for gold, (document, passages) in zip(listed, pipeline.parse_all(plain), strict=True):
        draft = Draft(document, passages)
        for step in (reader.find_times, reader.find_quantities, reader.find_places, reader.find_agents):
            step.run(draft)
        found = Found()
        for parse in draft.parses:
            _read_parse(draft, parse, found)
        yield gold, found


def _read_parse(draft: Draft, parse: Parse, found: Found) -> None:
    from quoth.read.english.events import frames_with_circumstances, worder

    layers = draft.of(parse)
    found.quantities.extend(q.quantity for q in layers.quantities)
    for token in parse.tokens:
        found.parts.setdefault(parse.starts[token.i], _part(token.tag_))
        found.governors.setdefault(parse.starts[token.i], parse.starts[token.head.i])
    whens: dict[Span, When] = {}
    for sentence in parse.tokens.sents:
        frames = frames_with_circumstances(
            layers,
            list(sentence),
            agent_of=lambda token: draft.agent_of(token, parse),
            reference=draft.reference,
            words=worder(parse, draft.document.text),
        )
        for frame in frames:
            found.events.append(_event(parse, frame))
            if frame.time is not None and frame.time.spans:
                whens[frame.time.spans[0].hull(frame.time.spans[-1])] = frame.time
    for time in layers.times:
        span = parse.span(time.first, time.stop)
        found.times.append(FoundTime(span=span, when=whens.get(span)))


def _event(parse: Parse, frame: Frame) -> FoundEvent:
    heads = {name: getattr(frame.roles, name) for name in ("agent", "theme", "recipient")}
    roles = {name: parse.span(head.i, head.i + 1) for name, head in heads.items() if head is not None}
    if frame.place is not None and frame.place.spans:
        roles["place"] = frame.place.spans[-1]
    return FoundEvent(trigger=parse.spans(frame.trigger.words), part=_part(frame.trigger.token.tag_), roles=roles)


def _part(tag: str) -> str:
    return "verb" if tag.startswith("VB") else "noun" if tag.startswith("NN") else "other"
