"""The English reader: its components in their order, one article after another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

from quoth.errors import QuothError
from quoth.evidence import name_of
from quoth.model import (
    DEFAULT_PROFILE,
    Document,
    Note,
    Place,
    PlacePrecision,
    Profile,
    Quantity,
    Reading,
    Span,
    Statement,
)
from quoth.read import places as gazetteering
from quoth.read.component import checked, component
from quoth.read.countries import demonym_country, host_country
from quoth.read.english import places as mentions
from quoth.read.english import quantities, statements, times
from quoth.read.english.agents import cast
from quoth.read.english.attribution import attributions
from quoth.read.english.attribution.learned import network_for
from quoth.read.english.described_places import described
from quoth.read.english.draft import Draft
from quoth.read.english.parse import Layers, PlaceFound, QuantityFound, TimeFound
from quoth.read.english.pipeline import parse_all
from quoth.read.english.statements import narrator
from quoth.read.english.tokens import Doc
from quoth.read.english.version import reader_name
from quoth.read.gazetteer import default_gazetteer
from quoth.sweeping import unswept


class UnreadDocument(QuothError):
    """A document that the reader stumbled over: a fault of the reader, kept with the document's name."""

    code = "Q202"


@component("times", requires=["passages"], assigns=["times"])
def find_times(draft: Draft) -> None:
    found = [(parse, times.find(parse.tokens.text)) for parse in draft.parses]
    told = iter(times.narrated([e for _, expressions in found for e in expressions], draft.reference))
    for parse, expressions in found:
        layers = Layers(parse)
        draft.layers[id(parse)] = layers
        starts = [token.idx for token in parse.tokens]
        for _, expression in zip(expressions, told, strict=False):
            first = bisect_right(starts, expression.start) - 1
            stop = bisect_left(starts, expression.end)
            layers.times.append(TimeFound(max(first, 0), max(stop, first + 1), expression))


@component("quantities", requires=["passages", "times"], assigns=["quantities"])
def find_quantities(draft: Draft) -> None:
    text = draft.document.text
    for parse in draft.parses:
        layers = draft.of(parse)
        taken = [(t.expression.start, t.expression.end) for t in layers.times]
        for found in quantities.find(parse.tokens, taken):
            span = parse.span(found.first, found.stop)
            layers.quantities.append(QuantityFound(found.first, found.stop, found.head, _quantity(found, text, span)))


def _quantity(found: quantities.QuantityWords, text: str, span: Span) -> Quantity:
    return Quantity.of(
        text,
        span,
        min=found.min,
        max=found.max,
        unit=found.unit,
        approximate=found.approximate,
        counted=found.counted,
        counting=found.counting,
        per=found.per,
    )


@component("places", requires=["passages"], assigns=["places"])
def find_places(draft: Draft) -> None:
    gazetteer = default_gazetteer()
    text = draft.document.text
    parses = draft.parses
    listed = [mentions.find(parse.tokens, gazetteer) for parse in parses]
    unlisted = mentions.unlisted([parse.tokens for parse in parses], listed)
    found = [
        (parse, first, stop, name)
        for parse, there, beside in zip(parses, listed, unlisted, strict=True)
        for first, stop, name in sorted([*there, *beside])
    ]
    spans = [parse.span(first, stop) for parse, first, stop, _ in found]
    names = gazetteering.place_names(text, spans, gazetteer, [name for _, _, _, name in found])
    home = host_country(_host(draft.document.url))
    entries = gazetteering.resolve(names, gazetteer, stated=_stated(parse.tokens for parse in parses), home=home)
    for (parse, first, stop, _), span, entry in zip(found, spans, entries, strict=True):
        known = None if entry is None else gazetteering.as_place(entry, text, [span])
        place = known or Place.of(text, span, name=parse.tokens.span(first, stop).text)
        draft.of(parse).places.append(PlaceFound(first, stop, place))
    for parse in parses:
        layers = draft.of(parse)
        for first, stop in described(parse.tokens, [(place.first, place.stop) for place in layers.places]):
            name = parse.span(first + (parse.tokens[first].dep_ == "det"), stop).words(text)
            place = Place.of(text, parse.span(first, stop), name=name, precision=PlacePrecision.DESCRIBED)
            layers.places.append(PlaceFound(first, stop, place))


def _stated(docs: Iterable[Doc]) -> dict[str, int]:
    """How often each country is named by an adjective or a people."""
    counts: dict[str, int] = {}
    for doc in docs:
        for entity in doc.ents:
            code = demonym_country(entity.text) if entity.label_ == "NORP" else None
            if code is not None:
                counts[code] = counts.get(code, 0) + 1
    return counts


@component("agents", requires=["passages"], assigns=["cast"])
def find_agents(draft: Draft) -> None:
    draft.cast = cast(draft.parses, outlet=draft.document.outlet, text=draft.document.text)


@component("attribution", requires=["passages"], assigns=["found"])
def find_attributions(draft: Draft) -> None:
    draft.found = attributions(draft.passages, draft.network)


@component("statements", requires=["times", "quantities", "places", "cast", "found"], assigns=["statements"])
def read_statements(draft: Draft) -> None:
    draft.statements = statements.statements(draft)


@component("narrator", requires=["times", "quantities", "places", "cast", "statements"], assigns=["statements"])
def read_narrator(draft: Draft) -> None:
    draft.statements += narrator.statements(draft, draft.statements)


@component("notes", requires=["statements"], assigns=["notes"])
def take_notes(draft: Draft) -> None:
    unresolved = [span for s in draft.statements for span in _unresolved(s)]
    if unresolved and draft.reference is None:
        draft.notes.append(
            Note(
                code="unresolved-time",
                message=f"{len(set(unresolved))} times stay unresolved: the document's date is not known",
            )
        )


def _unresolved(statement: Statement) -> Iterator[tuple[Span, ...]]:
    for when in (statement.said, *(event.time for event in statement.events)):
        if when is not None and when.spans and when.earliest is None and when.latest is None:
            yield when.spans


COMPONENTS = checked(
    [
        find_times,
        find_quantities,
        find_places,
        find_agents,
        find_attributions,
        read_statements,
        read_narrator,
        take_notes,
    ],
    given=["passages"],
)


class EnglishReader:
    """Reads English on spaCy's parse, attributions as `profile` says.  The models are loaded at the first document."""

    def __init__(self, profile: Profile = DEFAULT_PROFILE) -> None:
        self.profile = profile

    @property
    def name(self) -> str:
        return reader_name(self.profile)

    def read(self, document: Document) -> Reading:
        """All statements of a document.  Raises QuothError when it cannot be read."""
        [(_, reading)] = self.read_all([document])
        if isinstance(reading, QuothError):
            raise reading
        return reading

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Each document with its reading, in order; one that a component fails on comes with its error.

        An article's words hang on one another in circles: until it is read, Python looks for none, and finds all of
        them young.
        """
        network = network_for(self.profile)
        for document, passages in parse_all(documents):
            with unswept():
                result = self._read(Draft(document, passages, network))
                del passages
            yield document, result

    def _read(self, draft: Draft) -> Reading | QuothError:
        try:
            for step in COMPONENTS:
                step.run(draft)
        except QuothError as error:
            return error
        except Exception as error:
            return _stumbled(draft.document, error)
        return _reading(draft, self.name)


def _host(url: str | None) -> str:
    """The host that a document's address names; "" where it has none, or one that is no address."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _stumbled(document: Document, error: Exception) -> UnreadDocument:
    fault = UnreadDocument(
        f"the reader stumbled ({type(error).__name__}: {error})",
        where=name_of(document),
        remedy="the document is kept and will be tried again; please report it",
    )
    fault.__cause__ = error
    return fault


def _reading(draft: Draft, reader: str) -> Reading:
    ordered = sorted(draft.statements, key=lambda s: (s.content.spans[0], s.content.spans[-1].end, s.id))
    return Reading(
        document_id=draft.document.id,
        reader=reader,
        statements=tuple({s.id: s for s in ordered}.values()),
        notes=tuple(draft.notes),
    )


@cache
def english_reader(profile: Profile = DEFAULT_PROFILE) -> EnglishReader:
    """The one English reader of this process for a profile.  Raises NoReader where what it needs is not installed."""
    network_for(profile)
    return EnglishReader(profile)
