"""Whether events came about: Quoth's graded reading against people's ratings (It-Happened, -3 to 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from quoth.measure.factuality.happened import RatedSentence
from quoth.measure.factuality.reading import Judged, judge_words
from quoth.measure.figures import Figure
from quoth.measure.intervals import Sums, Values, with_intervals
from quoth.measure.printed import printed
from quoth.model import Factuality, Span
from quoth.read.english.events.realis import realis

MEANS = {
    Factuality.CERTAIN: 1.83,
    Factuality.PROBABLE: -0.73,
    Factuality.POSSIBLE: -1.08,
    Factuality.UNKNOWN: -0.90,
    Factuality.CERTAINLY_NOT: 0.13,
    Factuality.PROBABLY_NOT: -0.74,
    Factuality.POSSIBLY_NOT: -0.83,
}
"""The mean rating, in the training part of It-Happened 2, of the events that the reader gives each value: the rating
that the seven values by themselves foretell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedReading:
    """An event with its rating and what the reader makes of it; `sentence` is its id."""

    sentence: str
    text: str
    words: str
    rating: float
    judged: Judged

    @property
    def graded(self) -> float:
        return realis(self.judged.signals)


def read_rated(sentences: Sequence[RatedSentence]) -> Iterator[RatedReading]:
    """Every rated event as the reader judges it, in order."""
    texts: list[tuple[str, list[Span]]] = []
    for sentence in sentences:
        text, at = printed(sentence.words)
        texts.append((text, [at[e.first].hull(at[e.stop - 1]) for e in sentence.events]))
    for sentence, (text, spans), judged in zip(sentences, texts, judge_words(texts), strict=True):
        for event, span, one in zip(sentence.events, spans, judged, strict=True):
            assert one is not None  # every token is a word of the text
            yield RatedReading(sentence=sentence.id, text=text, words=span.words(text), rating=event.rating, judged=one)


def graded_figures(read: Iterable[RatedReading]) -> tuple[Figure, ...]:
    """Pearson's r and the mean absolute error of the graded reading, and r of the seven values by themselves."""
    groups: dict[str, Sums] = {}
    n = 0
    for one in read:
        n += 1
        x, plain, y = one.graded, MEANS[one.judged.factuality], one.rating
        row = np.array([1, x, x * x, plain, plain * plain, y, y * y, x * y, plain * y, abs(x - y)])
        groups[one.sentence] = groups.get(one.sentence, np.zeros(len(row))) + row
    names = ("pearson_r", "mean_absolute_error", "pearson_r_of_values")
    return with_intervals(list(groups.values()), _graded, n=dict.fromkeys(names, n), unit="sentences")


def _graded(sums: Sums) -> Values:
    n, x, xx, plain, plain2, y, yy, xy, plain_y, apart = sums.T

    def pearson(a: Sums, aa: Sums, ay: Sums) -> Sums:
        with np.errstate(invalid="ignore", divide="ignore"):
            r: Sums = (n * ay - a * y) / np.sqrt((n * aa - a * a) * (n * yy - y * y))
            return r

    return {
        "pearson_r": pearson(x, xx, xy),
        "mean_absolute_error": apart / n,
        "pearson_r_of_values": pearson(plain, plain2, plain_y),
    }
