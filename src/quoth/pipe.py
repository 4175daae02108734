"""Quoth's attributions in anyone's spaCy pipeline: `nlp.add_pipe("quoth_attribution")`.

The component reads the text with Quoth's own English parse, whatever else the pipeline holds, and writes what it finds
to `doc.spans`: each attribution's spans share an `id` and are labelled SOURCE, CUE and CONTENT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example

from quoth.measure.attribution import ALL, Annotated, Attribution, compare
from quoth.measure.attribution.figures import Rate, figures, total
from quoth.measure.attribution.reading import plain_document
from quoth.model import DEFAULT_PROFILE, Profile
from quoth.model import Span as Offsets
from quoth.read import profile_of
from quoth.read.english.attribution import attributions, sure
from quoth.read.english.attribution.learned import network_for
from quoth.read.english.attribution.spans import spans_of
from quoth.read.english.pipeline import parse_all

ROLES = ("source", "cue", "content")
SCORES = {"content": "content.relaxed", "pair": "pair.relaxed", "triple": "triple.relaxed"}
"""What a score's name stands for: see `quoth eval attribution --help`."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution of a Doc; a role may have several spans, or none."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


def linked(doc: Doc, spans_key: str = "attribution") -> tuple[Linked, ...]:
    """The attributions that `doc.spans[spans_key]` holds, in text order."""
    group = doc.spans.get(spans_key, ())
    parts: dict[int, dict[str, list[Span]]] = {}
    for span in group:
        parts.setdefault(span.id, {role: [] for role in ROLES})[span.label_.lower()].append(span)
    sure_of = group.attrs.get("confidence", {}) if isinstance(group, SpanGroup) else {}
    return tuple(
        Linked(
            source=tuple(roles["source"]),
            cue=tuple(roles["cue"]),
            content=tuple(roles["content"]),
            confidence=sure_of.get(str(id), 1.0),
        )
        for id, roles in sorted(parts.items())
    )


@Language.factory(
    "quoth_attribution",
    default_config={"profile": DEFAULT_PROFILE.value, "spans_key": "attribution", "headline": False},
    assigns=["doc.spans"],
    default_score_weights={"attribution_triple_f": 1.0, "attribution_pair_f": 0.0, "attribution_content_f": 0.0},
)
def make(nlp: Language, name: str, profile: str, spans_key: str, headline: bool) -> AttributionPipe:
    """`profile`: rules, fast or accurate; `headline`: whether a text's first line is one.  Raises NoReader where what
    the profile needs is not installed."""
    return AttributionPipe(profile_of(profile), spans_key, headline)


class AttributionPipe:
    """The component.  It holds no state beside its options."""

    def __init__(
        self, profile: Profile = DEFAULT_PROFILE, spans_key: str = "attribution", headline: bool = False
    ) -> None:
        self.profile, self.spans_key, self.headline = profile, spans_key, headline
        network_for(profile)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Each Doc with its attributions; `batch_size` Docs are parsed together."""
        docs = iter(stream)
        network = network_for(self.profile)
        while batch := list(islice(docs, batch_size)):
            plain = [plain_document(str(n), doc.text, headline=self.headline) for n, doc in enumerate(batch)]
            for doc, (_, passages) in zip(batch, parse_all(plain, entities=False), strict=True):
                group = SpanGroup(doc, name=self.spans_key)
                confidence: dict[str, float] = {}
                for number, found in enumerate(sure(attributions(passages, network)), 1):
                    spans = spans_of(found)
                    confidence[str(number)] = round(found.confidence, 3)
                    for role in ROLES:
                        for span in getattr(spans, role):
                            group.append(_span(doc, span, role.upper(), number))
                group.attrs["confidence"] = confidence
                doc.spans[self.spans_key] = group
            yield from batch

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, float]:
        """Precision, recall and F1 of content, pair and triple, as `quoth eval attribution` defines them; the gold
        attributions stand in the reference's `doc.spans` as the component writes them."""
        compared = []
        for number, example in enumerate(examples):
            gold = Annotated(
                id=str(number), text=example.reference.text, attributions=_plain(example.reference, self.spans_key)
            )
            compared.append(compare(gold, _plain(example.predicted, self.spans_key)))
        read = figures(total(compared), ALL).rates
        return {
            f"attribution_{name}_{which}": value
            for name, figure in SCORES.items()
            for which, value in _values(read[figure])
        }

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> AttributionPipe:
        return self

    def to_disk(self, _: Any, **__: Any) -> None:
        """The options are in the pipeline's config, the weights in Quoth: there is nothing to write."""

    def from_disk(self, _: Any, **__: Any) -> AttributionPipe:
        return self


def _values(rate: Rate) -> tuple[tuple[str, float], ...]:
    return ("p", rate.p), ("r", rate.r), ("f", rate.f1)


def _span(doc: Doc, span: Offsets, label: str, id: int) -> Span:
    """The tokens that the offsets touch: another tokenizer may cut words otherwise."""
    found = doc.char_span(span.start, span.end, label=label, span_id=id, alignment_mode="expand")
    assert found is not None  # "expand" always finds tokens
    return found


def _plain(doc: Doc, spans_key: str) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(source=_offsets(a.source), cue=_offsets(a.cue), content=_offsets(a.content))
        for a in linked(doc, spans_key)
    )


def _offsets(spans: Iterable[Span]) -> tuple[Offsets, ...]:
    return tuple(Offsets(span.start_char, span.end_char) for span in spans)
