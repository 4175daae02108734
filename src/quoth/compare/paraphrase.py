"""Whether two reports share their words: one inside the other, one quotation, one running on, a paraphrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from quoth.compare.names import fold, singular
from quoth.compare.tables import word_set
from quoth.model import Document, QuoteType, Span, Statement

RUN = 5
"""Words in a row that two quotations must share to be looked at together."""
QUOTATION = 88.0
"""Alignment of the shorter quotation inside the longer one, in percent, from which they are one quotation."""
PARAPHRASE = 85.0
LOOSE_PARAPHRASE = 60.0
"""Shared words in percent (rapidfuzz's token_set_ratio); the loose one only together with other evidence."""
FEWEST_WORDS = 4

_WORD = re.compile(r"\w+")
_MARKS = frozenset('"“”„«»‟')
_CONTINUING = re.compile(r"\b(?:add(?:s|ed|ing)?|continu(?:es|ed|ing)|went on|goes on|going on)\b", re.I)


@dataclass(frozen=True, slots=True)
class Words:
    """A statement's content, folded, and where it stands in the `text` of its document."""

    document: str
    spans: tuple[Span, ...]
    context: Span
    cue: str
    quoted: bool
    folded: str
    content: str
    text: str

    @classmethod
    def of(cls, statement: Statement, document: Document | None) -> Words:
        words = _WORD.findall(fold(statement.content.text))
        return cls(
            document=statement.document_id,
            spans=statement.content.spans,
            context=statement.context,
            cue=statement.cue.text if statement.cue else "",
            quoted=statement.quote in (QuoteType.DIRECT, QuoteType.MIXED),
            folded=" ".join(words),
            content=" ".join(singular(w) for w in words if w not in word_set("light")),
            text=document.text if document else "",
        )

    @property
    def runs(self) -> set[tuple[str, ...]]:
        """The runs of words of a quotation; none for other contents."""
        words = self.folded.split() if self.quoted else []
        return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def overlaps(a: Words, b: Words) -> bool:
    """Whether the contents are the same words: of one document, or one quotation inside another."""
    if a.document == b.document and any(x.overlaps(y) for x in a.spans for y in b.spans):
        return True
    short = min(len(a.folded.split()), len(b.folded.split()))
    if not (a.quoted and b.quoted) or short < RUN:
        return False
    return fuzz.partial_ratio(a.folded, b.folded) >= QUOTATION


def continues(a: Words, b: Words) -> bool:
    """Whether one runs on from the other in one document: a quotation not yet closed, or "…, adding that"."""
    if a.document != b.document:
        return False
    first, second = (a, b) if a.spans[0] <= b.spans[0] else (b, a)
    between = first.text[first.spans[-1].end : second.spans[0].start]
    if (
        a.quoted
        and b.quoted
        and between is not None
        and not _MARKS & set(between)
        and len(between) < 1000
        and "\n" not in between
    ):
        return True
    return adds(second) and a.context.overlaps(b.context)


def adds(words: Words) -> bool:
    """Whether it is reported as running on: "he added"."""
    return bool(_CONTINUING.search(words.cue))


def resembles(a: Words, b: Words, *, loosely: bool) -> bool:
    """Whether the contents share most of their words, whatever their order."""
    if min(len(a.content.split()), len(b.content.split())) < FEWEST_WORDS:
        return False
    return fuzz.token_set_ratio(a.content, b.content) >= (LOOSE_PARAPHRASE if loosely else PARAPHRASE)
