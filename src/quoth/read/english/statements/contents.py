"""The content of an attribution in pieces that can be read one by one: sentences of a quotation, joined clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.model import QuoteType, Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import cues
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

BREAKS = frozenset({"…", "...", ";"})
MIN_WORDS = 2
ADJOINING = frozenset({"because", "as", "while", "whereas", "although", "though"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens of one parse, in text order, that make one readable part of a content."""

    parse: Parse
    tokens: tuple[Token, ...]

    @property
    def top(self) -> Token | None:
        """The first token that nothing inside the piece governs: its own verb, where the parse is sound."""
        inside = {t.i for t in self.tokens}
        return next((t for t in self.tokens if t.head.i not in inside or t.head == t), None)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The document spans of the piece; gaps that hold no word of `text`, the document's, are closed."""
        joined: list[Span] = []
        for span in self.parse.spans(t.i for t in self.tokens):
            if joined and not any(c.isalnum() for c in text[joined[-1].end : span.start]):
                joined[-1] = joined[-1].hull(span)
            else:
                joined.append(span)
        return tuple(joined)


def pieces(passages: Sequence[Passage], content: Sequence[Span]) -> list[Piece]:
    """The pieces of a content, in text order.  Pieces of fewer than `MIN_WORDS` words join the one before."""
    cut: list[Piece] = []
    for passage in _holding(passages, content):
        holders = set(passage.placeholders.values())
        for parse in passage.parses:
            tokens = [t for t in parse.tokens_in(content) if parse.quoted or t.i not in holders]
            for part in _parts(tokens):
                cut.append(Piece(parse, tuple(part)))
    cut.sort(key=lambda piece: piece.parse.starts[piece.tokens[0].i])
    return list(_joined(cut))


def _holding(passages: Sequence[Passage], content: Sequence[Span]) -> Sequence[Passage]:
    """The passages from the content's first word to its last."""
    if not content:
        return ()
    first = bisect_right(passages, content[0].start, key=lambda p: p.block.span.start) - 1
    stop = bisect_left(passages, content[-1].end, key=lambda p: p.block.span.start)
    return passages[max(first, 0) : stop]


def _joined(cut: list[Piece]) -> Iterator[Piece]:
    pending: Piece | None = None
    for piece in cut:
        words = [t for t in piece.tokens if t.is_alpha or t.like_num]
        small = len(words) < MIN_WORDS
        if small and pending is not None and pending.parse is piece.parse:
            pending = Piece(piece.parse, pending.tokens + piece.tokens)
            continue
        if pending is not None:
            yield pending
        pending = piece if words else None
    if pending is not None:
        yield pending


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """By sentence, by "…" and ";" between clauses, and by finite clauses joined with subjects of their own."""
    sentences: dict[int, list[Token]] = {}
    for token in tokens:
        sentences.setdefault(token.sent.start, []).append(token)
    for sentence in sentences.values():
        for stretch in _stretches(sentence):
            yield from (part for part in map(clauses.trimmed, _coordinated(stretch)) if part)


def _stretches(sentence: list[Token]) -> Iterator[list[Token]]:
    stretch: list[Token] = []
    for k, token in enumerate(sentence):
        stretch.append(token)
        if token.text in BREAKS and _has_verb(stretch) and _has_verb(sentence[k + 1 :]):
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in tokens)


def _coordinated(stretch: list[Token]) -> Iterator[list[Token]]:
    inside = {t.i for t in stretch}
    roots = [t for t in stretch if t.head.i not in inside or t.head == t]
    tops = {t.i for t in roots}
    joined: list[Token] = []
    for token in stretch:
        if _spliced(token, tops) or _adjoined(token, tops) or _stands_alone(token, tops, inside):
            joined.append(token)
    if not joined:
        yield stretch
        return
    taken: set[int] = set()
    parts = []
    for clause in reversed(joined):
        own = [t for t in stretch if t.i not in taken and (t == clause or clause.is_ancestor(t))]
        taken |= {t.i for t in own}
        parts.append(own)
    yield [t for t in stretch if t.i not in taken]
    yield from reversed(parts)


def _stands_alone(token: Token, tops: set[int], inside: set[int]) -> bool:
    """A finite clause joined to the content's own, with a subject or a modality of its own."""
    if token.dep_ != "conj" or token.i in tops or not clauses.is_finite(token):
        return False
    anchor = token.head
    while anchor.dep_ == "conj" and anchor.i in inside and anchor.i not in tops:
        anchor = anchor.head
    if anchor.i not in tops:
        return False
    modal = "MD" in {clauses.finite_tag(token), clauses.finite_tag(anchor)}
    return clauses.own_subject(token) is not None or (modal and clauses.finite_tag(token) != clauses.finite_tag(anchor))


def _adjoined(token: Token, tops: set[int]) -> bool:
    """A finite clause that gives a reason or a contrast: what it says is said outright, whatever the main clause is."""
    if token.dep_ != "advcl" or token.head.i not in tops or not clauses.is_finite(token):
        return False
    marked = any(c.dep_ == "mark" and c.lower_ in ADJOINING for c in token.children)
    return marked and clauses.own_subject(token) is not None


def _spliced(token: Token, tops: set[int]) -> bool:
    """A clause set before the next with a comma alone: "They left, this was a shock"."""
    if token.dep_ != "ccomp" or token.head.i not in tops or token.i > token.head.i or not clauses.is_finite(token):
        return False
    own = clauses.own_subject(token) is not None and clauses.own_subject(token.head) is not None
    return own and (token.head.lemma_.lower(), "v") not in cues()


def quote_type(passages: Sequence[Passage], spans: Sequence[Span], text: str) -> QuoteType:
    """DIRECT when all words stand inside quotation marks, MIXED when some do, INDIRECT when none does.

    A name or a single word in marks amid other words ("the “Bear” class") is no quotation of speech.
    """
    near = _holding(passages, spans)
    quoted = [q.inner for p in near for q in p.quotations if any(q.span.overlaps(s) for s in spans)]
    if not quoted:
        return QuoteType.INDIRECT
    whole = any(q.contains(span) for q in quoted for span in spans)
    quoted = [q for q in quoted if whole or len(q.words(text).split()) >= MIN_WORDS]
    if not any(_has_word(text, max(q.start, s.start), min(q.end, s.end)) for q in quoted for s in spans):
        return QuoteType.INDIRECT
    outside = any(_has_word(text, start, end) for span in spans for start, end in _gaps(span, quoted))
    return QuoteType.MIXED if outside else QuoteType.DIRECT


def _has_word(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _gaps(span: Span, holes: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where the stretches begin and end that `holes` leave of a span; some may be empty."""
    start = span.start
    for hole in sorted(holes):
        yield start, min(hole.start, span.end)
        start = max(start, hole.end)
    yield start, span.end
