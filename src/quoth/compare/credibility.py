"""How credible an answer is by the Admiralty code, from independent voices and contradictions alone.

NATO STANAG 2511 (as in AJP-2.1) defines: 1, confirmed by other sources, where the information surely comes from another
source than what was known; 2, probably true, where independence cannot be guaranteed; 3, possibly true, where it is
not confirmed and does not conflict; 4, doubtful, where it tends to conflict; 5, improbable, where it is positively
contradicted; 6, truth cannot be judged, where there is nothing to compare it with.  `RULES` says what that means here.

Who is believed elsewhere has no part in it: the doctrine judges the source and the information apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from quoth.compare.relations import EVERY_PAIR
from quoth.model import Act, Comparison, Credibility, Factuality, Question, RelationType, Statement, Value

OPPOSED = frozenset({RelationType.CONTRADICT, RelationType.DENY})
FITTING = frozenset({RelationType.AGREE, RelationType.REFINE})
STATES_NOTHING = frozenset({Act.REQUEST, Act.PROPOSE, Act.THREATEN, Act.DECLINE})
"""Acts by which nobody says that it is so."""
CONFIRMING = 3
"""Named voices that confirm an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """Voices that say one thing: how many, how many of these are named, of how many declared sides the named ones are,
    and for how many of them no side is declared."""

    voices: int
    named: int
    sides: int
    no_side: int

    @property
    def at_least(self) -> int:
        """How many they are for sure: an unnamed voice may be any other unnamed one, or a named one off the record."""
        return max(self.named, min(self.voices, 1))

    @property
    def independent(self) -> bool:
        """Whether the named ones are more than one side that speaks with many voices.

        Voices for which no side is declared are no side; two of them are as independent as two voices ever are.
        """
        return self.sides > 1 or self.no_side > 1

    def outnumbers(self, other: Camp) -> bool:
        return self.at_least > other.voices and self.independent

    def __str__(self) -> str:
        unnamed = self.voices - self.named
        plural = "" if self.voices == 1 else "s"
        if not self.named and unnamed:
            return f"{unnamed} unnamed voice{plural}"
        told = [f"{unnamed} unnamed"] if unnamed else []
        if self.named > 1 and not self.independent:
            of_one = "all but one of one side" if self.no_side else "all of one side"
            told.append(f"the named {of_one}" if unnamed else of_one)
        return f"{self.voices} voice{plural}" + (f" ({', '.join(told)})" if told else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """All that a grade rests on.  `stated`: somebody says, or said, that it is so; `overtaken`: something later took
    the place of what some said; `fits`: a value that somebody else gives agrees with it; `disputed`: something
    contradicts it, be it of unknown lineage."""

    stated: bool
    behind: Camp
    against: Camp
    overtaken: bool = False
    fits: bool = False
    disputed: bool = False


def grade(bearing: Bearing) -> tuple[Credibility, str]:
    """The grade, and why in words.  Every bearing has one: the last rule holds always."""
    return next((of, why(bearing)) for of, holds, why in RULES if holds(bearing))


def _contradicted(b: Bearing) -> str:
    return f"given by {b.behind}; contradicted by {b.against}"


RULES: tuple[tuple[Credibility, Callable[[Bearing], bool], Callable[[Bearing], str]], ...] = (
    (
        Credibility.CANNOT_BE_JUDGED,
        lambda b: not b.stated,
        lambda b: "nobody says that it is so: it is asked for, proposed, threatened, withheld or only implied",
    ),
    (
        Credibility.CANNOT_BE_JUDGED,
        lambda b: b.behind.voices == 0,
        lambda b: "a later word has taken its place" if b.overtaken else "where it comes from is not known",
    ),
    (Credibility.IMPROBABLE, lambda b: b.against.outnumbers(b.behind), _contradicted),
    (Credibility.POSSIBLY_TRUE, lambda b: b.against.voices > 0 and b.behind.outnumbers(b.against), _contradicted),
    (Credibility.DOUBTFUL, lambda b: b.against.voices > 0, _contradicted),
    (
        Credibility.POSSIBLY_TRUE,
        lambda b: b.disputed and b.behind.voices > 1,
        lambda b: f"given by {b.behind}; contradicted by reports whose lineage is unknown",
    ),
    (
        Credibility.CONFIRMED,
        lambda b: b.behind.named >= CONFIRMING and b.behind.independent,
        lambda b: f"given by {b.behind}; none contradicts it",
    ),
    (
        Credibility.PROBABLY_TRUE,
        lambda b: b.behind.voices > 1,
        lambda b: f"given by {b.behind}; none contradicts it",
    ),
    (
        Credibility.POSSIBLY_TRUE,
        lambda b: b.fits,
        lambda b: f"given by {b.behind}; what another voice says agrees with it, and none contradicts it",
    ),
    (
        Credibility.CANNOT_BE_JUDGED,
        lambda b: b.disputed,
        lambda b: f"given by {b.behind}; contradicted only by reports whose lineage is unknown",
    ),
    (
        Credibility.CANNOT_BE_JUDGED,
        lambda b: True,
        lambda b: f"given by {b.behind}; nothing that another voice says confirms or contradicts it",
    ),
)
"""In this order; the first that holds decides."""


# ---------------------------------------------------------------- from a comparison


@dataclass(frozen=True, slots=True)
class Voices:
    """The utterances of known statements, whose they are, which voices are named, and which side a voice takes.

    `declared`: the case declares sides at all.
    """

    origin_of: Mapping[str, str]
    voice_of: Mapping[str, str]
    named: frozenset[str]
    side_of: Mapping[str, str]
    declared: bool

    @classmethod
    def of(cls, comparison: Comparison) -> Voices:
        sides = {entity.id: entity.side for entity in comparison.entities if entity.side is not None}
        voice_of = {s: origin.voice for origin in comparison.origins for s in origin.statements}
        spoken = ((voice, sides.get(comparison.speaker_of.get(s, ""))) for s, voice in voice_of.items())
        side_of = {voice: side for voice, side in spoken if side is not None}
        named = frozenset(voice for s, voice in voice_of.items() if s in comparison.speaker_of)
        return cls(comparison.origin_of, voice_of, named, side_of, bool(sides))

    def of_statements(self, statements: Set[str]) -> frozenset[str]:
        """The voices of those whose lineage is known."""
        return frozenset(self.voice_of[s] for s in statements if s in self.voice_of)

    def camp(self, voices: Set[str]) -> Camp:
        named = voices & self.named
        sides = [self.side_of[v] for v in named if v in self.side_of]
        return Camp(voices=len(voices), named=len(named), sides=len(set(sides)), no_side=len(named) - len(sides))


def states(statement: Statement) -> bool:
    """Whether its source says by it that something is so, or is not."""
    return statement.act not in STATES_NOTHING and statement.factuality is not Factuality.UNKNOWN


def bearings(question: Question, voices: Voices, stating: Set[str]) -> tuple[Bearing, ...]:
    """What the grade of each value rests on.  `stating`: ids of all statements by which somebody says that something is
    so.  What something later took the place of counts neither for a value nor against another."""
    overtaken = _overtaken(question, voices)
    opposed, fitting = _neighbours(question, OPPOSED), _neighbours(question, FITTING)
    return tuple(_bearing(question, value, voices, stating, overtaken, opposed, fitting) for value in question.values)


Neighbours = Mapping[str, Set[str]]
"""Statement → those that stand so to it."""


def _bearing(
    question: Question,
    value: Value,
    voices: Voices,
    stating: Set[str],
    overtaken: Set[str],
    opposing: Neighbours,
    agreeing: Neighbours,
) -> Bearing:
    own = set(value.statements)
    said = own & stating if value.value is not None else set()
    standing = said - overtaken
    behind = voices.of_statements(standing)
    opposed = _others(standing, opposing) - overtaken
    fitting = voices.of_statements((_others(standing, agreeing) & stating) - overtaken)
    return Bearing(
        stated=bool(said),
        behind=voices.camp(behind),
        against=voices.camp(voices.of_statements(_with_their_values(question, opposed) - overtaken)),
        overtaken=bool(said & overtaken),
        fits=bool(fitting - behind),
        disputed=bool(opposed),
    )


def _overtaken(question: Question, voices: Voices) -> frozenset[str]:
    """The statements that another value supersedes, and the other reports of their utterances in the same value."""
    value_of = {s: number for number, value in enumerate(question.values) for s in value.statements}
    gone = {
        r.a
        for r in question.relations
        if r.type is RelationType.SUPERSEDE and r.a in value_of and value_of[r.a] != value_of.get(r.b)
    }
    utterances = {(value_of[s], voices.origin_of[s]) for s in gone if s in voices.origin_of}
    return frozenset(gone | {s for s, n in value_of.items() if (n, voices.origin_of.get(s)) in utterances})


def _neighbours(question: Question, types: Set[RelationType]) -> Neighbours:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for relation in question.relations:
        if relation.type in types:
            found[relation.a].add(relation.b)
            found[relation.b].add(relation.a)
    return found


def _others(own: Set[str], neighbours: Neighbours) -> set[str]:
    """The statements that stand so to one of these and are none of them."""
    return set().union(*(neighbours.get(s, ()) for s in own)) - own


def _with_their_values(question: Question, opposed: set[str]) -> set[str]:
    """Where a question has too many answers to relate them all, one that opposes stands for all that say the same."""
    if sum(len(value.statements) for value in question.values) <= EVERY_PAIR:
        return opposed
    return opposed.union(*(value.statements for value in question.values if opposed & set(value.statements)))
