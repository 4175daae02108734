"""Contents without an event of their own: "asked for twelve boats", "called it an insult", "denied any wrongdoing".

What happens in them is the cue's own verb, done to what the noun phrase names.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from quoth.model import Agent, Event, Factuality, Mention, When
from quoth.read.english import times
from quoth.read.english.attribution import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.events.predicates import class_of
from quoth.read.english.parse import Layers
from quoth.read.english.statements.contents import Piece
from quoth.read.english.tokens import Token

HEADS = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})


def events(
    found: Found,
    piece: Piece,
    layers: Layers,
    text: str,
    agent_of: Callable[[Token], Agent | None],
    reference: datetime.date | None,
) -> tuple[Event, ...]:
    """An event of the cue's verb for each noun phrase joined in the content, and what a thing is called as another."""
    if not found.cue:
        return ()
    cue = found.parse.tokens[found.cue[0]]
    verbal = cue.pos_ in {"VERB", "AUX", "NOUN"}
    inside = {t.i for t in piece.tokens}
    read: list[Event] = []
    heads = [t for t in piece.tokens if t.pos_ in HEADS and _is_head(t, inside)]
    numbers = [t for t in heads if _is_number(t, layers)]
    put_at = numbers[0] if numbers and found.pattern == Pattern.VERB_OBJECT_WITH_PHRASE else None
    for head in (t for t in heads if t is not put_at or len(heads) == 1):
        below = {t.i for t in (*head.subtree, *(put_at.subtree if put_at is not None else ()))} & inside
        quantity = next((q.quantity for q in layers.quantities if q.head in below or q.first in below), None)
        theme = agent_of(head)
        lemma = (found.entry.lemma or cue.lemma_.lower()).split()[0] if verbal else "be"
        known = class_of(lemma)
        trigger = Mention.of(text, *(found.parse.spans([cue.i]) if verbal else piece.parse.spans([head.i])))
        read.append(
            Event(
                predicate=lemma,
                predicate_class=None if known is None else known.name,
                trigger=trigger,
                theme=theme,
                quantity=quantity,
                time=_time(layers, below, text, reference),
                place=next((p.place for p in layers.places if p.first in below), None),
                factuality=Factuality.UNKNOWN if found.entry.factuality is Factuality.UNKNOWN else Factuality.CERTAIN,
            )
        )
        if head.pos_ == "NOUN" and found.pattern == "verb+predicate":
            named = Mention.of(text, *piece.parse.spans([head.i]))
            read.append(Event(predicate=head.lemma_.lower(), trigger=named, quantity=quantity))
    return tuple(read)


def _is_number(head: Token, layers: Layers) -> bool:
    """The 47 percent of "put Tamba at 47 percent": what the other phrase is put at."""
    below = {t.i for t in head.subtree}
    return head.dep_ == "pobj" and any(q.head in below or q.first in below for q in layers.quantities)


def _time(layers: Layers, below: set[int], text: str, reference: datetime.date | None) -> When | None:
    """The time in a noun phrase: a phrase alone is of what is to come, unless it names what has been."""
    for found in layers.times:
        if found.first in below and found.stop - 1 in below:
            when = times.resolve(found.expression, reference=reference, tense=times.Tense.FUTURE)
            if when is not None:
                span = layers.parse.span(found.first, found.stop)
                return replace(when, text=span.words(text), spans=(span,))
    return None


def _is_head(token: Token, inside: set[int]) -> bool:
    """The head of a phrase of the content, or of one joined to it ("for nine years and for a fine")."""
    if token.head.i not in inside or token.head == token:
        return True
    if token.dep_ == "pobj":
        preposition = token.head
        return preposition.head.i not in inside or preposition.dep_ == "conj"
    return token.dep_ == "conj" and _is_head(token.head, inside)
