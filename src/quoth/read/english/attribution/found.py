"""An attribution as the rules find it: tokens of one parse, content anywhere in its block or the block before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quoth.model import Span
from quoth.read.english.attribution.cues import Cue
from quoth.read.english.attribution.patterns import confidence
from quoth.read.english.parse import Parse

NOT_GIVEN = -1.0
"""As a confidence: the pattern's is to be taken.  0 is one that is given."""


@dataclass(slots=True)
class Found:
    """`source` is the head token of the source's noun phrase in `parse`, None where nobody is named; `cue` the
    cue's tokens, its head first.  `confidence` is, unless given, the pattern's.  `addressee` and `relay` are head
    tokens of who was told and of who passed it on.  `outer` is the attribution whose content holds this one.  A source
    that stands in another parse does so in `source_in`.  `relays` are others who passed it on, nearest to the source
    first, as heads in their parses; `cited`: the nearest of them cites the source, and it was he who told the
    addressee.  `named`: the source's words, where a network read them.
    """

    passage: int
    parse: Parse
    cue: tuple[int, ...]
    source: int | None
    content: tuple[Span, ...]
    entry: Cue
    pattern: str
    confidence: float = NOT_GIVEN
    addressee: int | None = None
    relay: int | None = None
    negated: bool = False
    outer: Found | None = None
    source_in: Parse | None = None
    cited: bool = False
    named: tuple[Span, ...] = ()
    relays: list[tuple[Parse, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.confidence == NOT_GIVEN:
            self.confidence = confidence(self.pattern, self.entry.kind)

    @property
    def source_parse(self) -> Parse:
        """The parse in which `source` stands: another than `parse` where the source is carried over."""
        return self.source_in or self.parse

    @property
    def sentence(self) -> Span:
        """The document span of the sentence in which the cue (else the source, else the content) stands."""
        anchor = self.cue[0] if self.cue else self.source
        if anchor is None or (not self.cue and self.source_in is not None):
            return Span(self.content[0].start, self.content[-1].end)
        sent = self.parse.tokens[anchor].sent
        return self.parse.span(sent.start, sent.end)


def without(spans: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` less `holes`; pieces that hold nothing remain out."""
    pieces = list(spans)
    for hole in holes:
        cut: list[Span] = []
        for span in pieces:
            if not span.overlaps(hole):
                cut.append(span)
                continue
            if span.start < hole.start:
                cut.append(Span(span.start, hole.start))
            if hole.end < span.end:
                cut.append(Span(hole.end, span.end))
        pieces = cut
    return tuple(pieces)
