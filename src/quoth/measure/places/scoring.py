"""How near the places come to the gold ones, given the names, and which names the reader finds by itself.

Accuracy within 161 km (100 miles), mean and median error and the AUC are those of Gritta, Pilehvar and Collier 2019,
"A pragmatic guide to geoparsing evaluation"; Quoth takes 0 km for the very same GeoNames place, and takes the AUC for
the mean of ln(1 + km) / ln(1 + 20,038), which their trapezium rule comes to with many places.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.places.files import Article, Sort, Toponym
from quoth.measure.places.reading import read_names
from quoth.model import Place, Span
from quoth.read.countries import demonym_country
from quoth.read.gazetteer import Entry, Gazetteer, default_gazetteer
from quoth.read.places import distance_km, place_names, resolve

RADIUS_KM = 161.0
FARTHEST_KM = 20_038.0
AROUND = 40
"""Characters of the text that a miss shows on each side."""

NAMES_GIVEN = (
    Measure("accuracy_161km", Kind.PROPORTION),
    Measure("country", Kind.PROPORTION, optional=True),
    Measure("accuracy_161km_literal", Kind.PROPORTION, optional=True),
    Measure("accuracy_161km_associative", Kind.PROPORTION, optional=True),
    Measure("not_in_gazetteer", Kind.PROPORTION),
    Measure("mean_km", Kind.MEAN, optional=True),
    Measure("median_km", Kind.MEDIAN, optional=True),
    Measure("auc", Kind.MEAN, optional=True),
)
"""Of the toponyms with coordinates, one without a place being wrong; `country` of those whose country is stated; the
last three of those that got coordinates, the lower the better."""

NAMES_FOUND = (
    Measure("precision", Kind.PROPORTION),
    Measure("recall", Kind.PROPORTION),
    Measure("f1", Kind.F1, of=("precision", "recall")),
    Measure("precision_literal", Kind.PROPORTION, optional=True),
    Measure("recall_literal", Kind.PROPORTION, optional=True),
    Measure("f1_literal", Kind.F1, of=("precision_literal", "recall_literal"), optional=True),
    Measure("recall_associative", Kind.PROPORTION, optional=True),
    Measure("found_161km", Kind.PROPORTION),
    Measure("found_country", Kind.PROPORTION, optional=True),
)
"""A name found is right when it overlaps a toponym, a toponym found when a name overlaps it; `…_literal` where the
file tells types: only those that stand for the place itself.  `found_…` are of the names that are right."""

ADRIFT = Measure("adrift", Kind.COUNT)
"""Toponyms that were left out, as their words do not stand at their offsets."""

MEASURES = (*NAMES_GIVEN, *NAMES_FOUND, ADRIFT)

Telling = Callable[[str], None]


def measure_places(
    name: str, articles: Sequence[Article], *, found: bool = True, gazetteer: Gazetteer | None = None
) -> Measured:
    """The figures of a file's articles; without `found` nothing is read, and only given names are measured."""
    gazetteer = gazetteer or default_gazetteer()
    scores: list[Score] = []
    misses: list[Miss] = []
    for article in articles:
        _score_given(article, gazetteer, scores, misses)
        scores += [Score("adrift", article.adrift, (article.id,))] * bool(article.adrift)
    if found:
        for article, places in read_names(articles):
            _score_found(article, places, scores, misses)
    measures = MEASURES if found else (*NAMES_GIVEN, ADRIFT)
    return Measured(name=name, measures=measures, scores=tuple(scores), misses=tuple(misses))


def error_km(got: Entry | Place, gold: Toponym) -> float | None:
    """How far off a place is; None where one of both has no coordinates."""
    if got.geonames is not None and got.geonames == gold.geonames:
        return 0.0
    if got.latitude is None or got.longitude is None or gold.point is None:
        return None
    return distance_km((got.latitude, got.longitude), gold.point)


def _score_given(article: Article, gazetteer: Gazetteer, scores: list[Score], misses: list[Miss]) -> None:
    golds = [toponym for toponym in article.toponyms if toponym.point is not None]
    names = place_names(article.text, [gold.span for gold in golds], gazetteer)
    entries = resolve(names, gazetteer, stated=_stated(article.text), home=article.home)

    def add(measure: str, got: float) -> None:
        scores.append(Score(measure, got, (article.id,)))

    for gold, entry in zip(golds, entries, strict=True):
        km = None if entry is None else error_km(entry, gold)
        near = km is not None and km <= RADIUS_KM
        add("accuracy_161km", near)
        add("not_in_gazetteer", entry is None)
        if gold.sort is not None:
            add(f"accuracy_161km_{gold.sort.value}", near)
        if gold.country is not None:
            add("country", entry is not None and entry.country == gold.country)
        if km is not None:
            add("mean_km", km)
            add("median_km", km)
            add("auc", math.log1p(km) / math.log1p(FARTHEST_KM))
        if not near:
            misses.append(_miss("161 km", article, gold.span, _shown(gold), _entry(entry)))


def _score_found(
    article: Article, places: Sequence[tuple[Span, Place]], scores: list[Score], misses: list[Miss]
) -> None:
    typed = any(gold.sort is not None for gold in article.toponyms)

    def add(measure: str, got: float) -> None:
        scores.append(Score(measure, got, (article.id,)))

    for span, place in places:
        matches = [gold for gold in article.toponyms if gold.span.overlaps(span)]
        add("precision", bool(matches))
        if typed:
            add("precision_literal", any(gold.sort is Sort.LITERAL for gold in matches))
        if not matches:
            misses.append(_miss("no place", article, span, "", place.name))
        placed = next((gold for gold in matches if gold.point is not None), None)
        if placed is not None:
            km = error_km(place, placed)
            add("found_161km", km is not None and km <= RADIUS_KM)
            if placed.country is not None:
                add("found_country", place.country == placed.country)
    for gold in article.toponyms:
        is_found = any(gold.span.overlaps(span) for span, _ in places)
        add("recall", is_found)
        if gold.sort is not None:
            add(f"recall_{gold.sort.value}", is_found)
        if not is_found and gold.sort is not Sort.ASSOCIATIVE:
            misses.append(_miss("not found", article, gold.span, _shown(gold), ""))


def _stated(text: str) -> Counter[str]:
    """How often each country is named by an adjective or a people."""
    words = (demonym_country(word.strip(".,;:'’\"“”()")) for word in text.split())
    return Counter(code for code in words if code)


def _miss(what: str, article: Article, span: Span, wanted: str, got: str) -> Miss:
    words = article.text[max(0, span.start - AROUND) : span.end + AROUND]
    return Miss(what=what, ids=article.id, wanted=wanted, got=got, words=" ".join(words.split()))


def _shown(gold: Toponym) -> str:
    at = "" if gold.point is None else f" ({gold.point[0]:.2f}, {gold.point[1]:.2f})"
    return gold.name + at


def _entry(entry: Entry | None) -> str:
    if entry is None:
        return ""
    at = "" if entry.latitude is None else f" ({entry.latitude:.2f}, {entry.longitude:.2f})"
    held: Iterable[str | None] = (entry.name, entry.region if entry.region != entry.name else None, entry.country)
    return ", ".join(_known(held)) + at


def _known(words: Iterable[str | None]) -> Iterator[str]:
    return (word for word in words if word)
