"""What Quoth's reader makes of single words of a text: how sure the writer is that what they name takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quoth.measure.attribution.reading import plain_document
from quoth.model import Factuality, Span
from quoth.read.dates import Tense
from quoth.read.english import pipeline
from quoth.read.english.events import triggers
from quoth.read.english.events.factuality import Judge
from quoth.read.english.events.realis import signals
from quoth.read.english.events.tenses import tense
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Token

Asked = tuple[str, Sequence[Span]]
"""A text, and the spans of the events in it, code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An event's value, tense and signals; `event`: whether the reader takes the word for an event at all."""

    factuality: Factuality
    tense: Tense
    signals: tuple[str, ...]
    event: bool


def judge_words(texts: Iterable[Asked]) -> Iterator[tuple[Judged | None, ...]]:
    """For each text what is made of its spans, by the word that heads each; None where no word stands."""
    asked = list(texts)
    plain = (plain_document(str(n), text, headline=False) for n, (text, _) in enumerate(asked))
    for (_, spans), (_, passages) in zip(asked, pipeline.parse_all(plain), strict=True):
        parses = [parse for passage in passages for parse in reversed(passage.parses)]  # quotations before their frame
        judges = {id(parse): Judge({token.i for token in parse.tokens}) for parse in parses}
        events = {id(parse): {t.token.i for t in triggers.find(parse.tokens)} for parse in parses}
        found = (_head(parses, span) for span in spans)
        yield tuple(
            None if one is None else _judged(one[1], judges[id(one[0])], one[1].i in events[id(one[0])])
            for one in found
        )


def _judged(token: Token, judge: Judge, event: bool) -> Judged:
    return Judged(
        factuality=judge.degree(token).factuality,
        tense=tense(token),
        signals=signals(token, judge),
        event=event,
    )


def _head(parses: Iterable[Parse], span: Span) -> tuple[Parse, Token] | None:
    """The token that heads a span: of those that touch it, the first whose head does not."""
    for parse in parses:
        touching = [t for t in parse.tokens if parse.starts[t.i] < span.end and span.start < parse.ends[t.i]]
        own = {t.i for t in touching}
        heads = [t for t in touching if t.head.i not in own or t.head.i == t.i]
        if heads:
            return parse, next((t for t in heads if not t.is_punct), heads[0])
    return None
