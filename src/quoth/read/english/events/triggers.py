"""Which words of a parse speak of events: verbs, predicates of copulas, and nouns that name events."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.read.english.events import syntax
from quoth.read.english.events.predicates import class_of, event_noun, is_listed
from quoth.read.english.lexicon import word_set
from quoth.read.english.quantities.counted import STATES
from quoth.read.english.tokens import Token

LIGHT_VERBS = word_set("light")
"""Verbs that lend an event noun their subject ("carried out a strike"); kept as events of their own when in `KEPT`."""

KEPT = word_set("light that stay")

_NO_EVENT = frozenset(
    {"aux", "auxpass", "amod", "prep", "case", "mark", "compound", "punct", "cc", "det", "intj", "nmod"}
)
_ARGUMENTS = frozenset(
    {"of", "by", "on", "against", "to", "for", "with", "between", "from", "in", "over", "into", "at"}
)
_EVENT_TAKERS = word_set("takes events")
_TALLIES = word_set("tallies")
TALLY = "number"
"""The predicate of a noun that stands for a number."""
PUT_AT = ("at", "as", "to")
"""What joins a number to what is put at it."""
_TIMES = frozenset({"DATE", "TIME"})


class Sort(enum.Enum):
    VERB = enum.auto()
    NOUN = enum.auto()
    STATE = enum.auto()
    """The adjective or noun that a copula predicates."""
    TALLY = enum.auto()
    """A noun for a number, put at something by a verb that is not in the content."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word of an event; `predicate` is its verb's lemma with its particle.  `light` is the light verb of a noun."""

    token: Token
    predicate: str
    sort: Sort
    light: Token | None = None

    @property
    def words(self) -> tuple[int, ...]:
        """The tokens that speak of the event, in text order."""
        found = [self.token.i]
        if self.sort is Sort.VERB and (prt := syntax.particle(self.token)) is not None:
            found.append(prt.i)
        return tuple(sorted(found))


def find(tokens: Sequence[Token]) -> list[Trigger]:
    """The triggers among `tokens`, in text order."""
    inside = {t.i for t in tokens}
    found: list[Trigger] = []
    for token in tokens:
        trigger = _verb(token) if syntax.is_verb(token) else _noun(token) if token.pos_ == "NOUN" else None
        if trigger is None and token.pos_ in {"ADJ", "NOUN", "VERB", "ADV"} and not syntax.is_verb(token):
            trigger = _state(token)
        if trigger is None and token.dep_ == "dobj" and token.head.i not in inside:
            trigger = _tally(token)
        if trigger is not None:
            found.append(trigger)
    return found


def light_verb(noun: Token) -> Token | None:
    """The light verb whose object the event noun is."""
    label, head = syntax.relation(noun)
    if label == "conj":
        label, head = syntax.relation(syntax.leader(noun))
    if label in {"dobj", "nsubjpass"} and syntax.lemma(head) in LIGHT_VERBS and syntax.is_verb(head):
        return head
    if label == "nsubj" and syntax.lemma(head) in LIGHT_VERBS and syntax.is_passive(head):
        return head
    return None


def predicate_of(verb: Token) -> str:
    """The verb's lemma, with a particle, preposition or bare object where the lexicon lists them together: "call off",
    "claim lives", "go on duty"."""
    base = syntax.lemma(verb)
    for prep, target in syntax.prepositional(verb):
        if is_listed(phrase := f"{base} {prep.lower_} {target.lower_}"):
            return phrase
    if verb.tag_ == "VBG" and is_listed(verb.lower_) and syntax.child(verb, "dobj") is None:
        return verb.lower_  # "are missing"
    prt = syntax.particle(verb)
    if prt is not None:
        object_ = syntax.child(verb, "dobj")
        phrase = f"{base} {prt.lower_} {object_.lower_}" if object_ is not None else ""
        return phrase if is_listed(phrase) else f"{base} {prt.lower_}"
    for follower in verb.children:
        if follower.i > verb.i and follower.dep_ in {"prep", "dobj", "advmod", "acomp"}:
            pair = f"{base} {follower.lower_}"
            if is_listed(pair) and not _dates(follower):
                return pair
    return base


def _dates(preposition: Token) -> bool:
    """ "move in May" is no "move in"."""
    governed = syntax.child(preposition, "pobj")
    return governed is not None and governed.ent_type_ in {"DATE", "TIME"}


def _verb(token: Token) -> Trigger | None:
    if token.dep_ in _NO_EVENT or token.tag_ == "MD" or not token.is_alpha:
        return None
    base = syntax.lemma(token)
    if base in {"be", "'s", "'re"}:
        return None if _only_links(token) else Trigger(token, "be", Sort.VERB)
    if base in LIGHT_VERBS and base not in KEPT and _carries_noun(token):
        return None
    causes = [syntax.caused(g) for c in syntax.children(token, "dobj") for g in c.children]
    return None if any(causes) else Trigger(token, predicate_of(token), Sort.VERB)


def _only_links(be: Token) -> bool:
    """ "is" in "is to deploy", "there was an explosion" and before a bare participle: no event of its own."""
    if syntax.child(be, "expl") is not None:
        subject = syntax.child(be, "attr", "nsubj")
        return subject is not None and event_noun(syntax.lemma(subject)) is not None
    predicated = syntax.child(be, "acomp")
    if predicated is not None and (syntax.child(predicated, "xcomp", "ccomp") or _is_formal(be)):
        return True
    if syntax.copular_complement(be) is None and syntax.child(be, "prep") is None:
        return any(syntax.is_infinitive(c) for c in syntax.children(be, "xcomp", "ccomp"))
    return False


def _is_formal(be: Token) -> bool:
    """ "it is likely that …"."""
    subject = syntax.child(be, "nsubj")
    return subject is not None and subject.lower_ == "it" and syntax.child(be, "ccomp", "xcomp", "advcl") is not None


def _carries_noun(verb: Token) -> bool:
    nouns = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    heads = [inner for c in nouns for inner in (c, *(g for g in c.children if syntax.swapped(g) is not None))]
    return any(n.pos_ == "NOUN" and event_noun(syntax.lemma(n)) is not None and n.tag_ != "NNP" for n in heads)


def _noun(token: Token) -> Trigger | None:
    event = event_noun(syntax.lemma(token)) or event_noun(token.lower_)
    if event is None:
        return None
    if token.dep_ in {"compound", "nmod", "npadvmod", "amod"} and syntax.swapped(token) is None:
        whole = event_noun(syntax.lemma(token.head))
        if whole is None or token.head.pos_ != "NOUN" or event.argued or whole.predicate == event.predicate:
            return None
    light = light_verb(token)
    if event.argued and light is None and not _has_arguments(token):
        return None
    return Trigger(token, event.predicate, Sort.NOUN, light)


def _has_arguments(noun: Token) -> bool:
    for c in syntax.modifiers(noun):
        if c.dep_ in {"poss", "acl"} or (c.dep_ == "prep" and c.lower_ in _ARGUMENTS):
            return True
        if c.ent_type_ in _TIMES or c.ent_type_ == "NORP":
            return True
    label, head = syntax.relation(noun)
    if label in {"dobj", "nsubjpass", "nsubj"} and syntax.is_verb(head):
        group = class_of(syntax.lemma(head))
        if (
            group is not None
            and group.name in _EVENT_TAKERS
            and (label != "nsubj" or syntax.child(head, "dobj") is None)
        ):
            return True
    return syntax.swapped(noun) is not None


def _tally(token: Token) -> Trigger | None:
    """ "Put the number of dead at 33": what the content says is the number."""
    if token.lower_ not in _TALLIES or not any(c.i > token.i for c, _ in syntax.prepositional(token.head, *PUT_AT)):
        return None
    return Trigger(token, TALLY, Sort.TALLY)


def _state(token: Token) -> Trigger | None:
    """What a copula predicates, or an adjective after its noun ("capable of …")."""
    if token.dep_ in {"acomp", "attr", "oprd"} and syntax.lemma(token.head) in syntax.COPULAS:
        if token.ent_type_ or token.pos_ == "NUM" or syntax.child(token.head, "expl") is not None:
            return None
        return Trigger(token, syntax.lemma(token), Sort.STATE)
    if token.pos_ == "ADJ" and token.dep_ in {"amod", "acl", "oprd", "ccomp", "xcomp"} and token.i > token.head.i:
        return Trigger(token, syntax.lemma(token), Sort.STATE)
    counted = any(c.dep_ == "nummod" and c.i < token.i for c in token.children) and token.lower_ in STATES
    if counted and token.dep_ in {"ROOT", "ccomp", "conj", "dep"}:  # a headline's "At least 11 dead after …"
        return Trigger(token, token.lower_, Sort.STATE)
    return None
