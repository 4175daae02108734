"""How sure and whether it was: Quoth's reading of events in CAT XML in four classes, against the annotated ones.

An annotated event is PR/PS where its certainty is PROBABLE or POSSIBLE; else U/future where the certainty is
UNDERSPECIFIED, the time FUTURE, or it stands in an if-clause (COND_IF_CLAUSE); else CT- where its polarity is NEG, and
CT+ otherwise.  One without a certainty is left out (attributes of the NewsReader guidelines, NWR-2014-2-2).

Of ours, CT+ and CT- are themselves and U is U/future.  What is to come ("will", "plan to") is PR+ or PR- in Quoth, by
its tense or by what governs it: it is U/future, unless somebody's estimate makes it probable ("is likely to"): that is
PR/PS, as are PS+, PS- and what is probable of the present and the past.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from quoth.measure.cat import CatDocument, EventMention
from quoth.measure.factuality.reading import Judged, judge_words
from quoth.measure.figures import Figure
from quoth.measure.intervals import Sums, Values, with_intervals
from quoth.model import Act, Factuality, Span
from quoth.read.dates import Tense


class Class(enum.StrEnum):
    CERTAIN = "CT+"
    CERTAINLY_NOT = "CT-"
    POSSIBLE = "PR/PS"
    OPEN = "U/future"


_SURE = {
    Factuality.CERTAIN: Class.CERTAIN,
    Factuality.CERTAINLY_NOT: Class.CERTAINLY_NOT,
    Factuality.UNKNOWN: Class.OPEN,
}
_TO_COME = frozenset({Factuality.PROBABLE, Factuality.PROBABLY_NOT})
_ESTIMATED = f"governor of {Act.ESTIMATE}"
_ENABLED = {
    f"main clause {Factuality.PROBABLE} future",
    f"positive governor {Factuality.POSSIBLE}/{Factuality.CERTAINLY_NOT}",
}
"""What "they will be able to" and "it will allow them to" leave open: it is to come."""
_INTENDED = {f"governor of {act}" for act in (Act.PLAN, Act.PROMISE, Act.THREATEN)}


def annotated_class(event: EventMention) -> Class | None:
    """The class of an annotated event; None for one without a certainty."""
    if event.certainty is None:
        return None
    if event.certainty in {"PROBABLE", "POSSIBLE"}:
        return Class.POSSIBLE
    if event.certainty == "UNDERSPECIFIED" or event.time == "FUTURE" or event.special_cases == "COND_IF_CLAUSE":
        return Class.OPEN
    return Class.CERTAINLY_NOT if event.polarity == "NEG" else Class.CERTAIN


def read_class(judged: Judged) -> Class:
    """The class of what the reader makes of an event."""
    if judged.factuality in _SURE:
        return _SURE[judged.factuality]
    if judged.factuality is Factuality.POSSIBLE and set(judged.signals) >= _ENABLED:
        return Class.OPEN
    to_come = judged.tense is Tense.FUTURE or not _INTENDED.isdisjoint(judged.signals)
    ahead = to_come and _ESTIMATED not in judged.signals
    return Class.OPEN if judged.factuality in _TO_COME and ahead else Class.POSSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassedReading:
    """An annotated event with its class; `read` is None where the reader takes the word for no event."""

    document: str
    sentence: str
    words: str
    gold: Class
    read: Class | None


def read_classes(documents: Sequence[CatDocument]) -> Iterator[ClassedReading]:
    """Every annotated event that has a class, as the reader judges it, in order."""
    marked = [[(e, gold) for e in d.events if e.tokens and (gold := annotated_class(e))] for d in documents]
    texts = [(d.text, [_span(d, event) for event, _ in events]) for d, events in zip(documents, marked, strict=True)]
    for document, events, (text, spans), judged in zip(documents, marked, texts, judge_words(texts), strict=True):
        for (event, gold), span, one in zip(events, spans, judged, strict=True):
            at = document.tokens[event.tokens[0]].sentence
            line = [t.span for t in document.tokens if t.sentence == at]
            yield ClassedReading(
                document=document.name,
                sentence=line[0].hull(line[-1]).words(text),
                words=span.words(text),
                gold=gold,
                read=read_class(one) if one is not None and one.event else None,
            )


def _span(document: CatDocument, event: EventMention) -> Span:
    return document.tokens[event.tokens[0]].span.hull(document.tokens[event.tokens[-1]].span)


def confusion(read: Iterable[ClassedReading]) -> dict[Class, dict[Class | None, int]]:
    """How many events of each annotated class (first) were read as each class; None: as no event."""
    table: dict[Class, dict[Class | None, int]] = {gold: dict.fromkeys([*Class, None], 0) for gold in Class}
    for one in read:
        table[one.gold][one.read] += 1
    return table


def class_figures(read: Iterable[ClassedReading]) -> tuple[Figure, ...]:
    """F1 of each class that occurs, their mean and the accuracy over the events read as such; the share of those."""
    readings = list(read)
    tables: dict[str, list[ClassedReading]] = {}
    for one in readings:
        tables.setdefault(one.document, []).append(one)
    groups = [[n for row in confusion(of).values() for n in row.values()] for of in tables.values()]
    found = [one for one in readings if one.read is not None]
    n = {f"f1 {c}": sum(one.gold is c for one in found) for c in Class}
    n |= {"macro_f1": len(found), "accuracy": len(found), "found": len(readings)}
    figures = with_intervals(groups, _figures, n=n, unit="documents")
    return tuple(figure for figure in figures if figure.n)


def _figures(sums: Sums) -> Values:
    table = sums.reshape(len(sums), len(Class), len(Class) + 1)
    square = table[:, :, :-1]
    right = np.diagonal(square, axis1=1, axis2=2)
    gold, got = square.sum(axis=2), square.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = 2 * right / (gold + got)
        f1 = np.where(gold > 0, np.nan_to_num(f1), np.nan)
        values = {f"f1 {c}": f1[:, at] for at, c in enumerate(Class)}
        there = (gold > 0).sum(axis=1)
        values["macro_f1"] = np.nansum(f1, axis=1) / np.maximum(there, 1)
        values["accuracy"] = right.sum(axis=1) / square.sum(axis=(1, 2))
        values["found"] = square.sum(axis=(1, 2)) / table.sum(axis=(1, 2))
    return values
