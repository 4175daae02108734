"""Contents without an event of their own: "asked for twelve boats", "called it an insult", "denied any wrongdoing".

What happens in them is the cue's own verb, done to what the noun phrase names.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from quoth.model import Agent, Event, Factuality, Mention
from quoth.read.english.attribution import Found
from quoth.read.english.events.predicates import class_of
from quoth.read.english.parse import Layers
from quoth.read.english.statements.contents import Piece

HEADS = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})


def events(
    found: Found, piece: Piece, layers: Layers, text: str, agent_of: Callable[[Token], Agent | None]
) -> tuple[Event, ...]:
    """An event of the cue's verb for each noun phrase joined in the content, and what a thing is called as another."""
    if not found.cue:
        return ()
    cue = found.parse.doc[found.cue[0]]
    if cue.pos_ not in {"VERB", "AUX", "NOUN"}:
        return ()
    trigger = Mention.of(text, *found.parse.spans([cue.i]))
    inside = {t.i for t in piece.tokens}
    read: list[Event] = []
    for head in (t for t in piece.tokens if t.pos_ in HEADS and _is_head(t, inside)):
        below = {t.i for t in head.subtree} & inside
        quantity = next((q.quantity for q in layers.quantities if q.head in below or q.first in below), None)
        theme = agent_of(head)
        lemma = (found.entry.lemma or cue.lemma_.lower()).split()[0]
        known = class_of(lemma)
        read.append(
            Event(
                predicate=lemma,
                predicate_class=None if known is None else known.name,
                trigger=trigger,
                theme=theme,
                quantity=quantity,
                factuality=Factuality.UNKNOWN if found.entry.factuality is Factuality.UNKNOWN else Factuality.CERTAIN,
            )
        )
        if head.pos_ == "NOUN" and found.pattern == "verb+predicate":
            named = Mention.of(text, *piece.parse.spans([head.i]))
            read.append(Event(predicate=head.lemma_.lower(), trigger=named, quantity=quantity))
    return tuple(read)


def _is_head(token: Token, inside: set[int]) -> bool:
    """The head of a phrase of the content, or of one joined to it ("for nine years and for a fine")."""
    if token.head.i not in inside or token.head == token:
        return True
    if token.dep_ == "pobj":
        preposition = token.head
        return preposition.head.i not in inside or preposition.dep_ == "conj"
    return token.dep_ == "conj" and _is_head(token.head, inside)
