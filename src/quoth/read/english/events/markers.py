"""What a word makes of the event it governs: the lexicon of modality, looked up, and the scale it speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quoth.model import Act, Factuality, Polarity
from quoth.read.english.events import syntax
from quoth.read.english.events.triggers import predicate_of
from quoth.read.english.lexicon import rows, words
from quoth.read.english.tokens import Token

_RANKS = {"CT": 3, "PR": 2, "PS": 1, "U": 0}
_SCALE = {(3, 1): "CT+", (2, 1): "PR+", (1, 1): "PS+", (3, -1): "CT-", (2, -1): "PR-", (1, -1): "PS-"}


@dataclass(frozen=True, slots=True)
class Degree:
    """A point of the scale: `rank` 3 certain, 2 probable, 1 possible, 0 unknown; `sign` 1 or -1.

    The sign of an unknown is that of its own clause ("if they do not come").
    """

    rank: int = 3
    sign: int = 1

    @property
    def factuality(self) -> Factuality:
        return Factuality(_SCALE[self.rank, self.sign]) if self.rank else Factuality.UNKNOWN

    @property
    def polarity(self) -> Polarity:
        return Polarity.POSITIVE if self.sign > 0 else Polarity.NEGATIVE

    def under(self, effect: Degree) -> Degree:
        """This clause, seen through what governs it: the weaker certainty, the product of the signs."""
        return Degree(min(self.rank, effect.rank), self.sign * effect.sign)


CERTAIN = Degree()
PROBABLE = Degree(2)
UNKNOWN = Degree(0)


@dataclass(frozen=True, slots=True)
class Marker:
    """A row of the lexicon: what the word makes of the event it governs."""

    positive: Degree
    negated: Degree
    act: Act | None
    nominal: bool
    passes: bool
    own: bool

    @property
    def factive(self) -> bool:
        return self.positive == self.negated == CERTAIN

    def effect(self, governor: Degree) -> Degree:
        """What the complement becomes, where the governing word itself stands at `governor`."""
        if self.factive:
            return CERTAIN
        effect = self.positive if governor.sign > 0 else self.negated
        return Degree(min(effect.rank, governor.rank), effect.sign)


def _degree(text: str) -> Degree:
    return UNKNOWN if text == "U" else Degree(_RANKS[text[:2]], 1 if text[2] == "+" else -1)


@cache
def _markers() -> dict[tuple[str, str], Marker]:
    found: dict[tuple[str, str], Marker] = {}
    for kind, positive, negated, act, complements, listed in rows("modality.tsv"):
        marker = Marker(
            _degree(positive),
            _degree(negated),
            None if act == "-" else Act(act),
            nominal=complements in {"any", "pass", "own"},
            passes=complements == "pass",
            own=complements == "own",
        )
        for word in words(listed):
            found[complements if complements in {"to", "from"} else kind, word] = marker
    return found


def marker(kind: str, word: str) -> Marker | None:
    """The lexicon's entry; `kind` as in its file, or "to" and "from" for verbs that mean another thing with these."""
    return _markers().get((kind, word))


def marker_of(governor: Token, dependent: Token | None = None) -> Marker | None:
    """The entry of a verb, adjective or noun that governs an event."""
    base = syntax.lemma(governor)
    if syntax.is_verb(governor):
        pair = predicate_of(governor)
        if pair != base and (found := marker("verb", pair)) is not None:
            return found
        if governor.tag_ == "VBN" and (found := marker("participle", base)) is not None and syntax.is_passive(governor):
            return found
        if dependent is not None and syntax.is_infinitive(dependent) and (found := marker("to", base)) is not None:
            return found
        if dependent is not None and dependent.dep_ in {"pcomp", "pobj"} and dependent.head.lower_ == "from":
            found = marker("from", base)
            if found is not None:
                return found
        if dependent is not None and syntax.particle(governor) is not None:
            return marker("verb", base) if syntax.is_verb(dependent) else None
        return marker("verb", base)
    if governor.pos_ == "NOUN":
        return marker("noun", base)
    return marker("adjective", base) or marker("adjective", governor.lower_)


def says_of_itself(token: Token) -> bool:
    """Whether a content under this word is about the word itself: "capable of", "has the right to"."""
    found = marker_of(token)
    return found is not None and found.own
