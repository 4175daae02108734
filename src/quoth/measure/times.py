"""Time expressions against marked ones: found, and their first and last day right.

An expression is found where its words overlap a marked one, one to one, in text order; "from May 5 to 7" is read as one
where TIMEX marks two, and finds both.  A value is compared where the
mark's value is a day, week, month, quarter, half, year or decade (`timex.days_of`); durations, sets and "PRESENT_REF"
are only to be found.  It is right where both days are; where the mark says START, MID or END of a stretch, which TIMEX
gives no days, a part of that stretch is right.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quoth.measure.attribution.reading import plain_document
from quoth.measure.figures import Figure
from quoth.measure.inline_times import MarkedText, MarkedTime
from quoth.measure.intervals import Sums, Values, with_intervals
from quoth.model import Span, When
from quoth.read.english import pipeline, times
from quoth.read.english.events import syntax
from quoth.read.english.events.circumstances import top_of
from quoth.read.english.events.tenses import tense
from quoth.read.english.tokens import Token


@dataclass(frozen=True, slots=True)
class ReadTime:
    """What the reader makes of an expression; `when` is None where it is no calendar time."""

    span: Span
    when: When | None


@dataclass(frozen=True, slots=True)
class Paired:
    """A marked expression and the one read for it; either is None where the other stands alone.

    `end`: the marked one is the beginning (0) or the end (1) of a range, which is read as one expression.
    """

    text: MarkedText
    gold: MarkedTime | None
    read: ReadTime | None
    end: int | None = None

    @property
    def right(self) -> bool | None:
        """None where there is no value to compare."""
        days = self.gold.days if self.gold is not None else None
        if days is None or self.gold is None or self.read is None:
            return None
        when = self.read.when
        if when is None:
            return False
        if self.gold.modified in {"START", "MID", "END"} and when.earliest and when.latest and days[0] and days[1]:
            return days[0] <= when.earliest and when.latest <= days[1]
        if self.end is not None:  # one end of a range
            return days[self.end] == (when.earliest, when.latest)[self.end]
        ends = when.earliest, when.latest
        open_ended = None in ends and ends != (None, None)  # "by", "since": TIMEX has the day alone
        return any(mine is not None and mine in days for mine in ends) if open_ended else ends == days


def read_times(texts: Iterable[MarkedText]) -> Iterator[tuple[MarkedText, list[ReadTime]]]:
    """Every expression that the reader finds in each text, seen from the day it was written and by its verb's tense."""
    given = list(texts)
    yield from ((one, _read_phrase(one)) for one in given if one.phrase)
    asked = [one for one in given if not one.phrase]
    plain = (plain_document(str(n), one.text, headline=False) for n, one in enumerate(asked))
    for one, (_, passages) in zip(asked, pipeline.parse_all(plain), strict=True):
        found: list[ReadTime] = []
        parses = [parse for passage in passages for parse in passage.parses]
        stated = [(parse, times.find(parse.doc.text)) for parse in parses]
        told = iter(times.narrated([e for _, expressions in stated for e in expressions], one.written))
        for parse, expressions in stated:
            anchor: datetime.date | None = None
            for _, expression in zip(expressions, told, strict=False):
                span = parse.doc.char_span(expression.start, expression.end, alignment_mode="expand")
                above = _tense_above(parse.tokens[span.start : span.end]) if span is not None else times.Tense.PAST
                expression = times.reached(expression)  # TIMEX marks "May" in "before May"
                when = times.resolve(expression, reference=one.written, tense=above, anchor=anchor)
                if when is not None:
                    anchor = when.earliest or when.latest or anchor
                if span is not None:
                    found.append(ReadTime(parse.span(span.start, span.end), when))
        yield one, sorted(found, key=lambda read: read.span)


def _read_phrase(phrase: MarkedText) -> list[ReadTime]:
    """A phrase has no verb: it is meant for what is to come."""
    found = times.find(phrase.text)
    return [
        ReadTime(Span(e.start, e.end), times.resolve(e, reference=phrase.written, tense=times.Tense.FUTURE))
        for e in found
    ]


def _tense_above(words: Sequence[Token]) -> times.Tense:
    """The tense of the verb above an expression; past where there is none."""
    token = top_of(words)
    while not syntax.is_verb(token):
        if token.head.i == token.i:
            return times.Tense.PAST
        token = token.head
    return tense(token)


def paired(text: MarkedText, read: Sequence[ReadTime]) -> list[Paired]:
    """Marked and read expressions, one to one where they overlap; the two ends of a range that is read as one are both
    found by it."""
    left = list(read)
    pairs: list[Paired] = []
    for gold in sorted(text.times, key=lambda time: time.span):
        match = next((one for one in left if one.span.overlaps(gold.span)), None)
        if match is not None:
            left.remove(match)
        before = pairs[-1] if pairs else None
        if match is None and before and before.read and before.end is None and before.read.span.overlaps(gold.span):
            pairs[-1] = replace(before, end=0)
            pairs.append(Paired(text, gold, before.read, end=1))
        else:
            pairs.append(Paired(text, gold, match))
    return pairs + [Paired(text, None, one) for one in left]


def time_figures(pairs: Sequence[Sequence[Paired]]) -> tuple[Figure, ...]:
    """Precision, recall and F1 of finding, and values right of those compared; one group of pairs a document."""
    groups = []
    for group in pairs:
        both = [p for p in group if p.gold is not None and p.read is not None]
        compared = [p for p in both if p.right is not None]
        right = sum(bool(p.right) for p in compared)
        marked = sum(p.gold is not None for p in group)
        read = sum(p.read is not None and p.end != 1 for p in group)
        groups.append([marked, read, len(both), sum(p.end != 1 for p in both), len(compared), right])
    marked, read, _, _, compared, _ = (sum(column) for column in zip(*groups, strict=True))
    n = {"times_p": read, "times_r": marked, "value": compared}
    return with_intervals(groups, _figures, n=n, unit="documents")


def _figures(sums: Sums) -> Values:
    marked, read, found, right_read, compared, right = sums.T
    precision, recall = right_read / read.clip(1), found / marked.clip(1)
    return {
        "times_p": precision,
        "times_r": recall,
        "times_f1": 2 * precision * recall / (precision + recall).clip(1e-9),
        "value": right / compared.clip(1),
    }
