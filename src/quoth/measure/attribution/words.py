"""A text as words, and its quotation marks: what spans are compared by.

A token is a run of letters, digits and underscores, joined over an inner `. , / & -` ("U.S", "1,000", "so-called"), or
one punctuation mark.  Words are the tokens that are no punctuation; the "s" of a possessive is none either.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from quoth.measure.attribution.lists import listed
from quoth.model import QuoteType, Span

TOKEN = re.compile(r"\w+(?:[.,/&-]\w+)*|[^\w\s]")
Words = frozenset[int]
"""Numbers of tokens of one text."""

OPENERS, CLOSERS, STRAIGHT = "“„«‟〝", "”»〞", '"＂'
TYPED = {"``": "“", "''": "”"}
"""Marks typed as two characters, and what they stand for."""
SINGLE_OPENERS, SINGLE_CLOSERS = "‘'", "’'"
MAX_SINGLE = 400
"""Single marks farther apart than this are apostrophes."""

HEAD_STOPS = re.compile(r'[,;:()\[\]—–"“”\n]')
HEAD_GAP = 3
"""A stretch of a source ends where more than two tokens are left out."""


class Text:
    """A text with its tokens and its quoted stretches."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]

    @cached_property
    def is_word(self) -> Sequence[bool]:
        """Of each token, whether it is a word."""
        return [self._is_word(token) for token in range(len(self.starts))]

    def _is_word(self, token: int) -> bool:
        start = self.starts[token]
        first = self.text[start]
        possessive = token > 0 and self.lower(token) == "s" and self.text[start - 1] in "'’"
        return _is_word_character(first) and not possessive

    @cached_property
    def quoted(self) -> Sequence[int]:
        """Of each character, 1 where it stands inside quotation marks (or is one), else 0."""
        mask = bytearray(len(self.text))
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            for stretch in _double_quoted(self.text, start, end):
                mask[stretch.start : stretch.end] = b"\1" * len(stretch)
            for stretch in _single_quoted(self.text, start, end, mask):
                mask[stretch.start : stretch.end] = b"\1" * len(stretch)
            start = end + 1
        return mask

    def lower(self, token: int) -> str:
        return self.text[self.starts[token] : self.ends[token]].lower()

    def tokens(self, spans: Iterable[Span]) -> Words:
        """Every token that the spans touch; one shared character is enough."""
        return frozenset(
            token
            for span in spans
            for token in range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))
        )

    def words(self, spans: Iterable[Span]) -> Words:
        """The words that the spans touch; the punctuation where they touch no word."""
        tokens = self.tokens(spans)
        return frozenset(token for token in tokens if self.is_word[token]) or tokens

    def quote_type(self, spans: Iterable[Span]) -> QuoteType:
        """Whether all, some or none of the words under the spans stand inside quotation marks."""
        inside = {
            bool(self.quoted[match.start()])
            for span in spans
            for match in TOKEN.finditer(self.text, span.start, span.end)
            if _is_word_character(match[0][0])
        }
        if True not in inside:
            return QuoteType.INDIRECT
        return QuoteType.MIXED if False in inside else QuoteType.DIRECT

    def head(self, words: Words) -> int | None:
        """The head of a source, by rule: the last word before its first comma, gap or modifier.

        "Robby Mook, a spokesman for X" → "Mook"; "a spokesman for X" → "spokesman".
        """
        best: int | None = None
        for word in sorted(words):
            if best is not None and self._leaves_head(best, word):
                break
            best = word
        return best

    def _leaves_head(self, last: int, word: int) -> bool:
        between = self.text[self.ends[last] : self.starts[word]]
        return (
            word - last > HEAD_GAP or HEAD_STOPS.search(between) is not None or self.lower(word) in listed("modifiers")
        )

    def runs(self, roles: Iterable[Words]) -> frozenset[tuple[int, int]]:
        """The unbroken runs of words of several attributions' roles: first and last token of each."""
        return frozenset(run for words in roles for run in self._runs(words))

    def _runs(self, words: Words) -> Iterator[tuple[int, int]]:
        run: tuple[int, int] | None = None
        for word in sorted(words):
            if run is not None and not any(self.is_word[run[1] + 1 : word]):
                run = (run[0], word)
                continue
            if run is not None:
                yield run
            run = (word, word)
        if run is not None:
            yield run


def _is_word_character(character: str) -> bool:
    return character.isalnum() or character == "_"


# ---------------------------------------------------------------- quotation marks of one line, text[start:end]


def _double_quoted(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches in double marks, marks included.

    A directed opener opens, a directed closer closes, a straight mark does whichever is due, but opens only where it
    does not follow a digit (inches).  What nothing closes runs to the end of the line.
    """
    begun: int | None = None
    at = start
    while at < end:
        pair = TYPED.get(text[at : at + 2])
        mark, after = (pair, at + 2) if pair else (text[at], at + 1)
        left = text[at - 1] if at > start else " "
        right = text[after] if after < end else " "
        if begun is None:
            if _opens(mark, left, right):
                begun = at
        elif _closes(mark, left, right):
            yield Span(begun, after)
            begun = None
        at = after
    if begun is not None:
        yield Span(begun, end)


def _opens(mark: str, left: str, right: str) -> bool:
    if mark in STRAIGHT:
        return not left.isdigit()
    return mark in OPENERS or (mark in CLOSERS and left.isspace() and right.isalnum())


def _closes(mark: str, left: str, right: str) -> bool:
    """An opener closes too where it can be nothing else: a space after it, none before."""
    return mark in CLOSERS or mark in STRAIGHT or (mark in OPENERS and right.isspace() and not left.isspace())


def _single_quoted(text: str, start: int, end: int, mask: Sequence[int]) -> Iterator[Span]:
    """Stretches in single marks outside double ones: a word starts after the opener, one ends before the closer."""
    at = start
    while at < end:
        left = text[at - 1] if at > start else " "
        opens = text[at] in SINGLE_OPENERS and not mask[at] and (left.isspace() or left in "([—–-")
        if opens and at + 1 < end and text[at + 1].isalnum():
            last = _single_closer(text, at + 1, end, mask)
            if last is not None:
                yield Span(at, last + 1)
                at = last
        at += 1


def _single_closer(text: str, start: int, end: int, mask: Sequence[int]) -> int | None:
    """The first closer, or the last one of those that may be the apostrophe of a plural ("the workers' …")."""
    last: int | None = None
    for at in range(start, min(end, start - 1 + MAX_SINGLE)):
        if mask[at]:
            break
        right = text[at + 1] if at + 1 < end else " "
        if text[at] in SINGLE_CLOSERS and not text[at - 1].isspace() and not right.isalnum():
            last = at
            if not (text[at - 1] in "sS" and right == " "):
                break
    return last
