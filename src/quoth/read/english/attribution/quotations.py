"""Quotations that no verb holds: after a colon, the second half of a split quote, a speaker carried over."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.model import BlockKind, Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import SPEECH, SPOKEN, cues
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

SPEAKING = SPOKEN | {"relay"}
MAX_CARRY = 2
"""Passages of quotation alone that one speaker's words may run on for without being named again."""


def link(passages: Sequence[Passage], found: Sequence[Found]) -> list[Found]:
    """`found`, with split quotes made whole, and new attributions for the free quotations that none of them holds."""
    result = list(found)
    carried: Found | None = None
    silent = 0
    for number, passage in enumerate(passages):
        here = sorted((f for f in result if f.passage == number and _speaks(f)), key=_position)
        loose = [k for k in passage.insides if not _held(passage.quotations[k].inner, result)]
        named = False
        for k in loose:
            inner = passage.quotations[k].inner
            colon = _after_colon(passage, number, k)
            if colon is not None:
                result.append(colon)
                here = sorted([*here, colon], key=_position)
                continue
            beside = _beside(passage, inner, here)
            if beside is not None:
                beside.content = tuple(sorted((*beside.content, inner)))
                continue
            if carried is not None and _runs_on(passages, number, k) and silent < MAX_CARRY:
                carried.content = tuple(sorted((*carried.content, inner)))
                named = True
        introduced = _introduced(passages, number, result)
        if introduced is not None:
            result.append(introduced)
            here.append(introduced)
        if here:
            carried, silent = _last_speaker(here), 0
        elif named:
            silent += 1
        elif passage.block.kind is BlockKind.PARAGRAPH:
            carried = None
    return result


def _last_speaker(here: Sequence[Found]) -> Found:
    """The last attribution that no other one of the passage holds."""
    outermost = (f for f in reversed(here) if not any(_contains(other, f) for other in here if other is not f))
    return next(outermost, here[-1])


def _contains(outer: Found, inner: Found) -> bool:
    if not inner.cue or outer.parse is not inner.parse:
        return False
    at = inner.parse.starts[inner.cue[0]]
    return any(span.start <= at < span.end for span in outer.content)


def _position(found: Found) -> int:
    return found.content[0].start


def _speaks(found: Found) -> bool:
    return found.entry.kind in SPEAKING and found.source is not None


def _held(inner: Span, found: Sequence[Found]) -> bool:
    return any(span.overlaps(inner) for f in found for span in f.content)


def _after_colon(passage: Passage, number: int, k: int) -> Found | None:
    """ "The minister was blunt: “…”": the subject of the sentence before the colon speaks."""
    parse = passage.frame
    at = passage.placeholders[k]
    i = at - 1
    while i >= 0 and parse.tokens[i].text in clauses.QUOTES:
        i -= 1
    if i < 1 or parse.tokens[i].text != ":":
        return None
    root = parse.tokens[i - 1].sent.root
    source = _speaker_of(root, {*passage.placeholders.values()})
    if source is None:
        return None
    cue = (root.i, i) if root.pos_ in {"VERB", "AUX"} else (i,)
    inner = passage.quotations[k].inner
    return Found(number, parse, cue, source.i, (inner,), SPEECH, Pattern.COLON_QUOTE)


def _introduced(passages: Sequence[Passage], number: int, found: Sequence[Found]) -> Found | None:
    """ "Orlova added:" at a paragraph's end: the next paragraph is what she said."""
    passage = passages[number]
    doc = passage.frame.tokens
    if number + 1 == len(passages) or not len(doc) or doc[-1].text != ":":
        return None
    following = passages[number + 1]
    if not passage.block.kind is following.block.kind is BlockKind.PARAGRAPH or _held(following.block.span, found):
        return None
    root = doc[-1].sent.root
    entry = cues().get((root.lemma_.lower(), "v"))
    source = _speaker_of(root, {*passage.placeholders.values()})
    quoted = any(q.span.start == following.block.span.start for q in following.quotations)
    if source is None or not (quoted or (entry is not None and "q" in entry.frames)):
        return None
    content = tuple(q.inner for q in following.quotations) if quoted else (following.block.span,)
    return Found(
        number, passage.frame, (root.i, len(doc) - 1), source.i, content, entry or SPEECH, Pattern.COLON_PARAGRAPH
    )


def _speaker_of(root: Token, holders: set[int]) -> Token | None:
    subject = clauses.own_subject(root, holders)
    if subject is None or subject.lower_ in {"it", "this", "that", "there", "which", "what"}:
        return None
    return subject if subject.pos_ in {"PROPN", "PRON", "NOUN"} else None


def _beside(passage: Passage, inner: Span, here: Sequence[Found]) -> Found | None:
    """The attribution in the same paragraph whose quotation this one goes on from, or whose cue follows it at once."""
    quoted = [f for f in here if any(q.inner.overlaps(s) for q in passage.quotations for s in f.content)]
    before = [f for f in here if f.content[0].start < inner.start and (f in quoted or f.sentence.start < inner.start)]
    if before:
        return before[-1]
    after = [f for f in quoted if f.content[0].start > inner.start]
    return after[0] if after else None


def _runs_on(passages: Sequence[Passage], number: int, k: int) -> bool:
    """Whether a quotation opens its paragraph or goes on from the one before, so that its speaker need not be named."""
    passage = passages[number]
    quotation = passage.quotations[k]
    if quotation.continues:
        return True
    return passage.placeholders[k] <= 1 and passage.block.kind is BlockKind.PARAGRAPH
