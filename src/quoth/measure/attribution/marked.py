"""An attribution of an annotated or a read text, as spans and as words."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.measure.attribution.cues import CueKind, kind_of
from quoth.measure.attribution.words import Text, Words
from quoth.model import QuoteType, Span

Spans = tuple[Span, ...]
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who (`source`) is said to say (`cue`) what (`content`); a role may have several spans, or none."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    type: QuoteType | None = None
    """As the file gives it; None where the quotation marks are to tell."""

    def role(self, name: str) -> Spans:
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An attribution as words of its text; `tokens` of the content have its punctuation too."""

    attribution: Attribution
    source: Words
    cue: Words
    content: Words
    tokens: Words
    type: QuoteType
    cue_kind: CueKind

    @classmethod
    def of(cls, text: Text, attribution: Attribution, *, type: QuoteType | None = None) -> Marked:
        """Without a `type`, the quotation marks tell it."""
        return cls(
            attribution=attribution,
            source=text.words(attribution.source),
            cue=text.words(attribution.cue),
            content=text.words(attribution.content),
            tokens=text.tokens(attribution.content),
            type=type or text.quote_type(attribution.content),
            cue_kind=kind_of(text, attribution.cue),
        )

    def role(self, name: str) -> Words:
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]
