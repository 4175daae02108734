"""What the English reader takes for places in annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quoth.measure.attribution.reading import plain_document
from quoth.measure.places.files import Article
from quoth.model import Place, PlacePrecision, Span


def read_names(articles: Sequence[Article]) -> Iterator[tuple[Article, list[tuple[Span, Place]]]]:
    """Each article with the named places found in it, in text order."""
    from quoth.read.english.draft import Draft
    from quoth.read.english.pipeline import parse_all
    from quoth.read.english.reader import find_places, find_times

    documents = (
        replace(
            plain_document(str(n), article.text, headline=False),
            url=f"https://{article.host}/" if article.host else None,
        )
        for n, article in enumerate(articles)
    )
    for document, passages in parse_all(documents):
        draft = Draft(document, passages)
        for step in (find_times, find_places):
            step.run(draft)
        found = [
            (layers.parse.span(place.first, place.stop), place.place)
            for layers in draft.layers.values()
            for place in layers.places
            if place.place.precision is not PlacePrecision.DESCRIBED
        ]
        yield articles[int(document.id)], sorted(found, key=lambda pair: pair[0])
