"""An attribution's words as spans of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quoth.model import Span
from quoth.read.english.attribution.found import Found
from quoth.read.english.tokens import Token

ADDITIONS = frozenset({"relcl", "acl", "appos", "punct"})
"""What hangs on a noun without being of its phrase: relative clauses, participles, appositions, marks."""


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    """Spans in text order; a role may have several, and none where nobody is named or no word introduces it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def spans_of(found: Found) -> AttributionSpans:
    """The spans of an attribution; the source's are the words that a network read, else those of its noun phrase."""
    parse = found.source_parse
    phrase = () if found.source is None else parse.spans(noun_phrase(parse.tokens[found.source]))
    source = found.named or phrase
    return AttributionSpans(source=source, cue=found.parse.spans(found.cue), content=found.content)


def noun_phrase(head: Token) -> Iterator[int]:
    """The tokens of a noun's phrase: all that hangs on it but `ADDITIONS`."""
    added = {token.i for child in head.children if child.dep_ in ADDITIONS for token in child.subtree}
    return (token.i for token in head.subtree if token.i not in added)
