"""The places of a parse, handed to the events that they locate, by syntax."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from quoth.model import Agent, AgentKind, Place, PlacePrecision
from quoth.read.countries import capital_country
from quoth.read.english.described_places import is_moved, kind_of
from quoth.read.english.events import syntax
from quoth.read.english.events.circumstances import DESCRIBES, Hosts, top_of
from quoth.read.english.events.frames import Frame
from quoth.read.english.events.predicates import class_of
from quoth.read.english.events.triggers import Sort
from quoth.read.english.lexicon import word_set
from quoth.read.english.parse import Layers
from quoth.read.english.tokens import Token

AgentOf = Callable[[Token], Agent | None]
_CLIMBS = frozenset(
    {
        "nsubj",
        "prep",
        "pobj",
        "npadvmod",
        "advmod",
        "appos",
        "conj",
        "dobj",
        "oprd",
        "nsubjpass",
        "pcomp",
        "dative",
        "agent",
        "dep",
    }
)
_GROUNDS = word_set("grounds")
"""Nouns that only say what sort of place the name names ("the city of Dnipro", "German soil")."""
_PREPOSITIONS = {word: rank for rank, name in enumerate(("at", "near", "for", "from")) for word in word_set(name)}
_FINENESS = {
    PlacePrecision.SITE: 0,
    PlacePrecision.CITY: 1,
    PlacePrecision.REGION: 2,
    PlacePrecision.COUNTRY: 3,
    PlacePrecision.CONTINENT: 4,
    PlacePrecision.DESCRIBED: 0,
}
_UNLISTED = _FINENESS[PlacePrecision.CITY]
"""A name that no gazetteer lists is mostly that of a town or of less."""

_SPEAKING = word_set("speaking")
_AT_OBJECT = word_set("at object")
"""Classes whose object, where it is a place, is also where they happen ("hit Dnipro")."""


def attach_places(layers: Layers, inside: Set[int], frames: Sequence[Frame], hosts: Hosts, agent_of: AgentOf) -> None:
    """Give each place among the tokens `inside` to the event that it locates.

    Of several, one with a name goes before a described one, then a destination, then the finest.
    """
    offers: dict[int, list[tuple[bool, int, int, int, Place]]] = {}
    for found in layers.places:
        if not all(i in inside for i in range(found.first, found.stop)):
            continue
        host, rank = _place_host(top_of(layers.parse.tokens[found.first : found.stop]), hosts)
        if host is not None and not _is_addressee(found.place, host, layers.parse.tokens[found.first]):
            fineness = _FINENESS[found.place.precision] if found.place.precision is not None else _UNLISTED
            nameless = found.place.precision is PlacePrecision.DESCRIBED
            offers.setdefault(host.at, []).append((nameless, rank, fineness, found.first, found.place))
    for frame in frames:
        if frame.at in offers:
            frame.place = min(offers[frame.at], key=lambda offer: offer[:4])[4]
        if not is_named(frame.place):
            frame.place = country_as_place(frame, inside, agent_of) or frame.place
        if frame.trigger.sort is Sort.NOUN and _is_agent_too(frame):
            frame.roles = replace(frame.roles, agent=None)


def is_named(place: Place | None) -> bool:
    """Whether there is a place, and by name: not "a village in the north"."""
    return place is not None and place.precision is not PlacePrecision.DESCRIBED


def _is_agent_too(frame: Frame) -> bool:
    """ "the Minsk blast": where it was is not who made it."""
    doer, place = frame.roles.agent, frame.place
    return doer is not None and place is not None and doer.dep_ in DESCRIBES and place.text.split()[-1] == doer.text


def _is_addressee(place: Place, host: Frame, first: Token) -> bool:
    """ "a request to Moscow", "told Paris": whom one speaks to is no place of the speaking."""
    group = class_of(host.trigger.predicate)
    return group is not None and group.name in _SPEAKING and (first.dep_ == "dobj" or first.head.lower_ in {"to", "on"})


def _place_host(token: Token, hosts: Hosts) -> tuple[Frame | None, int]:
    """The event that a place's head token locates, and the rank of its preposition (0 is best)."""
    rank = 2
    itself, nested = True, False  # itself: the place is the argument, not something at it
    for _ in range(12):
        label, head = syntax.relation(token)
        if (
            head.i == token.i
            or (label == "nsubj" and itself)
            or label in {"agent", "csubj", "relcl", "acl", "advcl", "ccomp", "xcomp"}
        ):
            return None, rank
        if label == "prep" or (label == "dative" and token.pos_ == "ADP"):
            if token.lower_ in {"of", "with", "by", "like", "as", "about", "than", "without"}:
                part = syntax.lemma(head) in _GROUNDS or (not itself and kind_of(head) is not None)
                out = head.lower_ == "out"  # "out of the water"
                if not (token.lower_ == "of" and (part or out or head.i in hosts)):
                    return None, rank
            else:
                if token.lower_ == "from" and not nested and _is_origin(head) and head.i not in hosts:
                    return None, rank
                if not nested:
                    rank = _PREPOSITIONS.get(token.lower_, 2)
                nested, itself = head.pos_ == "ADP", False  # "from Oslo to Rome": the first one is the place's own
        elif (label in DESCRIBES and syntax.lemma(head) not in _GROUNDS and head.i not in hosts) or (
            label not in _CLIMBS and label not in DESCRIBES and label != "attr"
        ):
            return None, rank
        if head.i in hosts:
            host = hosts[head.i]
            group = class_of(host.trigger.predicate)
            if label == "nsubj" and group is not None and group.name in _SPEAKING:
                return None, rank
            if (
                itself
                and label in {"dobj", "oprd", "nsubjpass", "dative"}
                and (group is None or group.name not in _AT_OBJECT)
            ):
                return None, rank
            return host, rank
        if syntax.is_verb(head):
            return None, rank
        token = head
    return None, rank


def _is_origin(noun: Token) -> bool:
    """ "an envoy from Oslo": whence somebody is, unless he is moved from there ("recalled its envoy from Oslo")."""
    label, verb = syntax.relation(noun)
    return noun.pos_ in {"NOUN", "PROPN"} and not (label in {"dobj", "nsubjpass"} and is_moved(verb))


def country_as_place(frame: Frame, inside: Set[int], agent_of: AgentOf) -> Place | None:
    """ "to the country", "on its territory": a country in a place's stead, as the cast resolves it."""
    anchor = frame.trigger.light or frame.trigger.token
    for origin in {anchor.i: anchor, frame.at: frame.trigger.token}.values():
        for prep, target in syntax.prepositional(origin):
            if _PREPOSITIONS.get(prep.lower_, 9) > 1 or target.i not in inside or target.dep_ != "pobj":
                continue
            candidates = [target]
            if syntax.lemma(target) in _GROUNDS:
                candidates += [c for c in target.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
                owner = syntax.of_object(target)
                candidates += [owner] if owner is not None else []
            for candidate in candidates:
                who = None if capital_country(candidate.text) else agent_of(candidate)  # "sanctions on Minsk"
                if who is not None and who.kind is AgentKind.COUNTRY:
                    return Place(
                        text=who.text,
                        spans=who.spans,
                        name=who.name,
                        country=who.country,
                        precision=PlacePrecision.COUNTRY,
                    )
    return None
