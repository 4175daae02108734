"""The words of a document cut into pieces that know which statements they belong to, and as what.

Statements nest (one within another's content), overlap, and come in fragments.  A piece is a stretch in which nothing
begins or ends, so that a page can show each as one element, and none has to close before its inner one.
"""

from __future__ import annotations

import bisect
import enum
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.model import Document, Span, Statement


class Role(enum.StrEnum):
    """What words are to a statement; the first of two that overlap in one statement is the one shown."""

    SOURCE = "source"
    VIA = "via"
    CUE = "cue"
    CONTENT = "content"


_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Mark:
    """That words are a statement's source, relay, cue or content."""

    statement: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`text` from `start` on.  `marks`: all that it belongs to, outermost first.  `opens` and `closes` are those of
    them of which a fragment begins or ends with it; `first` the ids of the statements whose content begins here."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()
    first: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def shown(self) -> Mark | None:
        """What it is shown as: its part in the innermost statement."""
        if not self.marks:
            return None
        innermost = self.marks[-1].statement
        return next(mark for mark in self.marks if mark.statement == innermost)

    @property
    def depth(self) -> int:
        """Contents that it lies in, one within the other."""
        return sum(mark.role is Role.CONTENT for mark in self.marks)

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of those that it belongs to, outermost first."""
        return tuple(dict.fromkeys(mark.statement for mark in self.marks))

    def opens_shown(self) -> bool:
        return self.shown in self.opens

    def closes_shown(self) -> bool:
        return self.shown in self.closes


def spans_of(statement: Statement) -> Iterator[tuple[Span, Role]]:
    """The words of a statement: each fragment, and what it is."""
    for span in statement.source.spans:
        yield span, Role.SOURCE
    for relay in statement.via:
        for span in relay.spans:
            yield span, Role.VIA
    for span in statement.cue.spans if statement.cue else ():
        yield span, Role.CUE
    for span in statement.content.spans:
        yield span, Role.CONTENT


def hull_of(statement: Statement) -> Span:
    """From the first of its words to the last."""
    spans = [span for span, _ in spans_of(statement)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def highlights(
    text: str, statements: Iterable[Statement], within: Span | None = None, edges: Iterable[int] = ()
) -> tuple[Piece, ...]:
    """`text`, or the part `within` it, in pieces: joined they are exactly that text, and each span of each statement is
    covered by exactly the pieces that are marked with it.  It is cut at the `edges` too."""
    start, end = (within.start, within.end) if within else (0, len(text))
    if start >= end:
        return ()
    begins: dict[int, list[_Fragment]] = defaultdict(list)
    ends: dict[int, list[_Fragment]] = defaultdict(list)
    first: dict[int, list[tuple[_Order, str]]] = defaultdict(list)
    for statement in statements:
        hull = hull_of(statement)
        order = (hull.start - hull.end, hull.start, statement.id)
        beginning = statement.content.hull.start
        if start <= beginning < end:
            first[beginning].append((order, statement.id))
        for span, role in spans_of(statement):
            if span.start < end and start < span.end:
                fragment = _Fragment(order, Mark(statement.id, role), span)
                begins[max(span.start, start)].append(fragment)
                ends[min(span.end, end)].append(fragment)
    cuts = sorted(
        {start, end} | begins.keys() | ends.keys() | first.keys() | {edge for edge in edges if start < edge < end}
    )
    return tuple(_swept(text, cuts, begins, ends, first))


_Order = tuple[int, int, str]
"""By which the outer one of two statements comes first: the longer one, then the earlier one."""


@dataclass(frozen=True, slots=True)
class _Fragment:
    order: _Order
    mark: Mark
    span: Span

    @property
    def place(self) -> tuple[_Order, int]:
        return self.order, _RANK[self.mark.role]


def _swept(
    text: str,
    cuts: Sequence[int],
    begins: Mapping[int, Sequence[_Fragment]],
    ends: Mapping[int, Sequence[_Fragment]],
    first: Mapping[int, Sequence[tuple[_Order, str]]],
) -> Iterator[Piece]:
    open_now: list[_Fragment] = []
    for here, there in itertools.pairwise(cuts):
        for fragment in ends.get(here, ()):
            open_now.remove(fragment)
        for fragment in begins.get(here, ()):
            bisect.insort(open_now, fragment, key=lambda f: f.place)
        yield Piece(
            text=text[here:there],
            start=here,
            marks=_once(f.mark for f in open_now),
            opens=_once(f.mark for f in open_now if f.span.start == here),
            closes=_once(f.mark for f in open_now if f.span.end == there),
            first=tuple(id for _, id in sorted(first.get(here, ()))),
        )


def _once(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(marks))


# ---------------------------------------------------------------- a document in parts


PART = 30_000
"""Characters of a document that a page shows at once; almost all articles are shorter."""


def parts(document: Document, most: int = PART) -> tuple[Span, ...]:
    """Stretches of the text that together are all of it, at most `most` characters each, cut between blocks where
    that leaves none too short; none for a document without text."""
    found: list[Span] = []
    start, last = 0, 0
    for edge in (*(block.span.start for block in document.blocks), len(document.text)):
        while edge - start > most:
            cut = last if last - start > most // 2 else start + most
            found.append(Span(start, cut))
            start = cut
        last = edge
    if start < len(document.text):
        found.append(Span(start, len(document.text)))
    return tuple(found)


def part_with(stretches: Sequence[Span], point: int) -> int:
    """The number, from 0, of the part that holds a character."""
    return max(0, bisect.bisect_right([span.start for span in stretches], point) - 1)
