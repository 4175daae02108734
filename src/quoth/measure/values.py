"""Quantities against texts that were annotated in CAT XML: its VALUE elements."""

from __future__ import annotations

from collections.abc import Iterable

from quoth.measure.cat import CatDocument
from quoth.measure.events import one_to_one, triple
from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.sentences import Found
from quoth.model import Quantity

MEASURES = (*triple("quantities"), Measure("type", Kind.PROPORTION))
_ARTICLES = frozenset({"a", "an"})


def measure_quantities(name: str, read: Iterable[tuple[CatDocument, Found]]) -> Measured:
    """Found where one overlaps, one to one; `type`: PERCENT, MONEY or QUANTITY, of those found.

    An article that Quoth counts ("a ferry") is no VALUE, and nothing after the last annotated sentence counts.
    """
    scores: list[Score] = []
    misses: list[Miss] = []
    for document, found in read:
        at = (document.where,)
        spans = [document.spans(v.tokens) for v in document.values]
        kept = [i for i, s in enumerate(spans) if s and document.annotated.contains(s[0])]
        gold = [document.values[i] for i in kept]
        spans = [spans[i] for i in kept]
        got = [
            q for q in found.quantities if document.annotated.contains(q.spans[0]) and q.text.lower() not in _ARTICLES
        ]
        pairs = one_to_one(spans, [q.spans for q in got])
        for i, value in enumerate(gold):
            words = document.words(value.tokens)
            scores.append(Score("quantities_r", i in pairs, at))
            if i not in pairs:
                misses.append(Miss(what="missed", ids=document.id, wanted=words, got="", words=words))
                continue
            right = type_of(got[pairs[i]]) == value.type
            scores.append(Score("type", right, at))
            if not right:
                shown = type_of(got[pairs[i]])
                misses.append(Miss(what="type", ids=document.id, wanted=value.type or "", got=shown, words=words))
        for j, quantity in enumerate(got):
            scores.append(Score("quantities_p", j in pairs.values(), at))
            if j not in pairs.values():
                misses.append(Miss(what="extra", ids=document.id, wanted="", got=quantity.text, words=quantity.text))
    return Measured(name=name, measures=MEASURES, scores=tuple(scores), misses=tuple(misses))


def type_of(quantity: Quantity) -> str:
    """A VALUE's type: PERCENT, MONEY (an ISO 4217 code) or QUANTITY."""
    unit = quantity.unit or ""
    return "PERCENT" if unit == "percent" else "MONEY" if len(unit) == 3 and unit.isupper() else "QUANTITY"
