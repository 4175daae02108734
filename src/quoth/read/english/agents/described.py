"""Whom a phrase headed by a common noun means: a role, people, a body, a document or a thing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from quoth.model import AgentKind, BlockKind
from quoth.names import fold
from quoth.read.countries import country_name, country_of, demonym_country
from quoth.read.english.agents.bodies import FIRMS, SAME_NOUN, Bodies
from quoth.read.english.agents.clusters import Member, body_key
from quoth.read.english.agents.mentioned import Sort, noun_sort
from quoth.read.english.agents.mentions import Name
from quoth.read.english.agents.phrases import content, join
from quoth.read.english.agents.register import Register, is_plural
from quoth.read.english.agents.roles import (
    Role,
    anonymous_nouns,
    body_noun,
    body_nouns,
    country_in,
    document_nouns,
    listed,
    plain,
    singular,
)
from quoth.read.english.agents.who import Who, bare, differs, short, state
from quoth.read.english.parse import Parse

_INDEFINITE = listed("a an another some any one two three several many")
_COLLECTIVE = frozenset({"family", "crowd", "couple", "public", "audience"})
_ADVOCATES = listed("lawyer attorney solicitor barrister")
_IN_THE_KNOW = listed("familiar close briefed involved knowledge informed aware privy direct inside")
_NEAR = 800
"""Characters back within which the only person with a fitting role is meant, when several bear it."""


class Descriptions:
    """Reads such phrases against the register of their article."""

    def __init__(
        self,
        register: Register,
        who: Callable[[Parse, int], Who],
        named: Callable[[Name, Member], Who],
        outlet: str | None,
    ) -> None:
        self._register = register
        self._who = who
        self._named = named
        self._outlet = outlet
        self._bodies = Bodies(register)

    def read(self, parse: Parse, head: int) -> Who:
        """A phrase headed by a common noun: a role, people, a body, a document or a thing."""
        doc = parse.tokens
        token = doc[head]
        first, stop = self._register.np(parse, head)
        words = [t.text for t in doc[first:stop]]
        sort = noun_sort(doc, head)
        people = sort in {Sort.HUMAN, Sort.BODY}
        title = content(parse, self._register.text, first, head, stop, whole=people)
        place = country_in(words)
        code = place[0] if place else None
        if sort in {Sort.HUMAN, None}:
            person = self._register.apposed_person(parse, head)
            if person is not None:
                return self._as(person, words)
        if sort is Sort.HUMAN:
            if is_plural(token):
                return self._people(parse, head, title, code)
            return self._somebody(parse, head, title, code)
        if sort is Sort.BODY:
            return self._body(parse, head, title, code)
        if sort is Sort.DOCUMENT:
            return Who(title, AgentKind.DOCUMENT, None)
        if token.text.casefold() == "office" and (office := self._office(parse, first, head, title)) is not None:
            return office
        return Who(title)

    def _office(self, parse: Parse, first: int, head: int, title: str) -> Who | None:
        """The office of whoever holds it: "Nagy's office", "the foreign minister's office", "her office"."""
        doc = parse.tokens
        holder = self._leader_in(parse, first, head)
        if holder is not None:
            return Who(f"{holder.name}’s office", AgentKind.ORGANIZATION, holder.country)
        owner = next((t for t in doc[head].lefts if t.dep_ == "poss"), None)
        if owner is None:
            link = next((t for t in doc[head].rights if t.text.casefold() == "of"), None)
            owner = next((t for t in link.rights if t.dep_ == "pobj"), None) if link is not None else None
        if owner is None:
            return None
        who = self._who(parse, owner.i)
        if owner.tag_ == "PRP$":
            known = who.kind in {AgentKind.PERSON, AgentKind.ORGANIZATION}
            return Who(f"{who.name}’s office", AgentKind.ORGANIZATION, who.country, who.why) if known else None
        if noun_sort(doc, owner.i) is not Sort.HUMAN:
            return None
        if owner.i > head:
            return Who(title, AgentKind.ORGANIZATION, who.country)
        held = content(parse, self._register.text, owner.left_edge.i, owner.i, owner.i + 1)
        return Who(f"{held}’s office", AgentKind.ORGANIZATION, who.country)

    def _as(self, person: Member, words: Sequence[str]) -> Who:
        surface = " ".join(words)
        why = None if person.name in surface else f"'{short(surface)}' is said of {person.name} in the article"
        return Who(person.name, AgentKind.PERSON, person.country, why)

    def _people(self, parse: Parse, head: int, title: str, code: str | None) -> Who:
        doc = parse.tokens
        one = singular(doc[head].text.casefold())
        hidden = anonymous_nouns().get(one) == "anonymous"
        if one in {"people", "person", "individual"}:  # "three people died", but "people briefed on the talks"
            first, stop = self._register.np(parse, head)
            hidden = any(t.text.casefold() in _IN_THE_KNOW for t in doc[first:stop])
        return Who(title, AgentKind.ANONYMOUS if hidden else AgentKind.GROUP, code)

    def _somebody(self, parse: Parse, head: int, title: str, code: str | None) -> Who:
        """One person who is not named here."""
        doc = parse.tokens
        first, _ = self._register.np(parse, head)
        opening = doc[first].text.casefold()
        heading = parse.block is BlockKind.HEADLINE and not parse.quoted
        definite = opening not in _INDEFINITE and (heading or opening != doc[head].text.casefold())
        role = self._register.role(parse, head)
        if role is not None and role.noun in _ADVOCATES and (client := self._client(parse, first, head)) is not None:
            person = self._acting_for(role, client, parse.starts[head])
            if person is not None:
                return Who(person.name, AgentKind.PERSON, person.country, f"{person.name} is {role.noun} for {client}")
            if opening != "the" or doc[first + 1].ent_type_ or first + 1 < head:
                return Who(f"{role.noun} for {client}", AgentKind.ANONYMOUS, code)
        hidden = anonymous_nouns().get(singular(doc[head].text.casefold())) == "anonymous"
        pointing = opening in {"the", "this", "that"}
        if hidden and pointing and (again := self._named_before(parse, first, head)) is not None:
            return again
        if role is not None and definite and role.families != frozenset({"human"}):
            person = self._bearer(role, parse.starts[head], first_named=heading)
            if person is not None:
                said = short(self._register.surface(parse, first, head + 1))
                why = f"'{said}' is {person.name}, the {'first' if heading else 'only'} one of that role named"
                return Who(person.name, AgentKind.PERSON, person.country, why)
        if role is not None and "spokesman" in role.families and role.noun != "representative":
            voice = self._spoken_for(parse, head, role)
            if voice is not None:
                return voice
        if pointing and (again := self._named_before(parse, first, head)) is not None:
            return again
        country = (role.country if role else None) or code
        if singular(doc[head].text.casefold()) in _COLLECTIVE:
            return Who(title, AgentKind.GROUP, country)
        if definite and role is not None and not hidden and role.voice != "own" and "spokesman" not in role.families:
            return Who(title, AgentKind.PERSON, country)
        return Who(title, AgentKind.ANONYMOUS, country)

    def _client(self, parse: Parse, first: int, head: int) -> str | None:
        """Whose lawyer somebody is: "Nostar's lawyer", "a lawyer for Nostar"."""
        doc = parse.tokens
        link = doc[head + 1] if head + 1 < len(doc) and doc[head + 1].text.casefold() in {"for", "of"} else None
        owner = next((t for t in doc[head].lefts if t.dep_ == "poss"), None)
        if owner is None and link is not None:
            owner = next((t for t in link.rights if t.dep_ == "pobj"), None)
        if owner is None:
            return None
        index = self._register.at.get((self._register.number[id(parse)], owner.i))
        if index is None:
            return None
        return self._named(self._register.names[index], self._register.members[index]).name

    def _acting_for(self, role: Role, client: str, start: int) -> Member | None:
        """The one person named with that role and client."""
        family = client.split()[-1]
        fitting = [
            m
            for m in dict.fromkeys(self._register.members.values())
            if m.kind is AgentKind.PERSON
            and m.name != client
            and any(own.fits(role) and own.body and own.body.split()[-1] == family for own, _ in m.roles)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _named_before(self, parse: Parse, first: int, head: int) -> Who | None:
        """The unnamed person that "the diplomat" points back to."""
        earlier = self._register.earlier(parse, head, {Sort.HUMAN})
        if earlier is None:
            return None
        who = self._who(self._register.parses[earlier.parse], earlier.head)
        return replace(
            who, why=f"'{short(self._register.surface(parse, first, head + 1))}' was named before: {who.name}"
        )

    def _bearer(self, role: Role, start: int, *, first_named: bool = False) -> Member | None:
        """The one person of the article who can be called by `role`, or the only one just before `start`; in a
        headline, which leaves out the name, the first one named after it."""
        fitting = [
            m
            for m in dict.fromkeys(self._register.members.values())
            if m.kind is AgentKind.PERSON
            and any(own.fits(role) and not _elsewhere(role, own) for own, _ in m.roles)
            and not (role.country and m.country and role.country != m.country)
            and not (role.gender and m.gender and role.gender != m.gender)
            and not (role.country and not m.country and role.voice == "own")
        ]
        if len(fitting) > 1 and role.country:
            fitting = [m for m in fitting if m.country == role.country] or fitting
        if len(fitting) > 1 and role.modifiers:  # "the UN chief" rather than any chairman
            fitting = [m for m in fitting if any(role.modifiers <= own.modifiers for own, _ in m.roles)] or fitting
        if len(fitting) > 1 and first_named:
            fitting = [min(fitting, key=lambda m: min((s for s in m.starts if s > start), default=math.inf))]
        if len(fitting) > 1:
            fitting = [m for m in fitting if any(start - _NEAR < s < start for s in m.starts)]
        return fitting[0] if len(fitting) == 1 else None

    def _spoken_for(self, parse: Parse, head: int, role: Role) -> Who | None:
        """The body that an unnamed spokesman speaks for."""
        doc = parse.tokens
        first, stop = self._register.np(parse, head)
        surface = short(self._register.surface(parse, first, stop))
        for i in [*range(first, head), *range(head + 1, stop)]:
            index = self._register.at.get((self._register.number[id(parse)], i))
            if index is not None:
                who = self._named(self._register.names[index], self._register.members[index])
                if who.kind is AgentKind.COUNTRY and self._owned_person(parse, i, stop):
                    continue  # "Norvale's Halloran"
                if who.kind is AgentKind.PERSON and any(t.text.casefold() == "office" for t in doc[i + 1 : stop]):
                    continue
                if who.kind is AgentKind.PERSON:
                    return Who(f"{role.noun} for {who.name}", AgentKind.ANONYMOUS, who.country)
                if who.kind is AgentKind.COUNTRY and any(
                    noun_sort(doc, j) is Sort.BODY for j in range(first, stop) if j != head and j > i
                ):
                    continue
                return replace(who, why=f"'{surface}' speaks for {who.name}")
            if doc[i].tag_ == "PRP$" and doc[i].head.i == head:
                who = self._who(parse, i)
                if who.kind in {AgentKind.ORGANIZATION, AgentKind.COUNTRY}:
                    return replace(who, why=f"'{surface}' speaks for {who.name}")
            if (doc[i].tag_ in {"NN", "NNS"} and noun_sort(doc, i) is Sort.BODY) or doc[i].text.casefold() == "office":
                who = self._who(parse, i)
                if who.kind is not None or doc[i].text.casefold() != "office":
                    return replace(who, why=f"'{surface}' speaks for {who.name}")
        if role.country:
            return replace(state(role.country, surface), why=f"'{surface}' speaks for {country_name(role.country)}")
        return None

    def _owned_person(self, parse: Parse, i: int, stop: int) -> bool:
        """Whether a person's name follows the possessive at i."""
        n = self._register.number[id(parse)]
        behind = [self._register.at.get((n, j)) for j in range(i + 1, min(i + 3, stop))]
        return any(k is not None and self._register.members[k].kind is AgentKind.PERSON for k in behind)

    def _body(self, parse: Parse, head: int, title: str, code: str | None) -> Who:
        """A body called by a common noun: "the ministry", "Belarusian authorities", "the company"."""
        doc = parse.tokens
        word = doc[head].text.casefold()
        entry = body_noun(word)
        assert entry is not None
        first, stop = self._register.np(parse, head)
        surface = short(self._register.surface(parse, first, stop))
        key = body_key(title)
        narrow = key - {fold(plain(word))} - {fold(w) for w in ("new", "current", "former", "local", "entire", "whole")}
        opening = doc[first].text.casefold()
        if word not in body_nouns() and is_plural(doc[head]):
            return Who(title, AgentKind.GROUP, code)
        if entry.kind == "country" and not narrow and code is not None:
            return state(code, surface)
        if not narrow and entry.kind == "country" and "country" in entry.classes:
            if (leader := self._leader_in(parse, first, head)) is not None:
                return state(leader.country, surface) if leader.country else Who(title)
            pointing = opening in {"the", "this", "that", "its", "their", "his", "her"}
            return (self._country_before(parse, head, surface) if pointing else None) or Who(title)
        if word in {"administration", "government"} and (leader := self._leader_in(parse, first, head)) is not None:
            return Who(title, AgentKind.COUNTRY if leader.country else AgentKind.ORGANIZATION, leader.country)
        members = [
            m
            for m in dict.fromkeys(self._register.members.values())
            if m.kind is AgentKind.ORGANIZATION and not (code and m.country and m.country != code)
        ]
        exact = [m for m in members if body_key(m.name) == key and len(key) > 1]
        if len(exact) == 1:
            return Who(exact[0].name, AgentKind.ORGANIZATION, exact[0].country or code, differs(surface, exact[0].name))
        apposed = self._bodies.behind(parse, head)
        if apposed is not None and opening != "a":
            return Who(apposed.name, AgentKind.ORGANIZATION, apposed.country or code, differs(surface, apposed.name))
        told = self._bodies.told_of(parse, head, code) if opening in {"the", "this", "that"} else None
        if told is not None:
            why = f"'{surface}' is {told.name}, described so in the article"
            return Who(told.name, AgentKind.ORGANIZATION, told.country or code, why)
        if opening in {"the", "this", "that"} and not narrow:
            start = parse.starts[head]
            classes = frozenset({"bank"}) if "bank" in entry.classes else entry.classes - SAME_NOUN
            near = [
                m
                for m in members
                if (
                    m.classes & classes
                    or (m.classes & entry.classes and fold(plain(word)) in body_key(m.name))
                    or (word in FIRMS and not m.classes)
                )
                and any(s < start for s in m.starts)
            ]
            earlier = self._register.earlier(parse, head, {Sort.BODY}, fuller=True)
            since = -1 if earlier is None else earlier.start
            near = [m for m in near if max(s for s in m.starts if s < start) > since]
            last = self._bodies.central(near, parse, head)
            if last is not None:
                why = f"'{surface}' is {last.name}, {'named last' if len(near) == 1 else 'in focus'}"
                return Who(last.name, AgentKind.ORGANIZATION, last.country or code, why)
            if earlier is not None and (not entry.classes & SAME_NOUN or start - since < _NEAR):
                who = self._who(self._register.parses[earlier.parse], earlier.head)
                return replace(who, why=f"'{surface}' was named before: {who.name}")
            if (
                "media" in entry.classes
                and word in {"paper", "newspaper", "outlet"}
                and opening == "this"
                and self._outlet
            ):
                return Who(bare(self._outlet), AgentKind.NARRATOR)
        if word in document_nouns() and opening in _INDEFINITE | {"the"} and word not in {"newspaper"}:
            return Who(title, AgentKind.DOCUMENT)
        named = self._with_country(parse, first, head, stop, title)
        return Who(named, AgentKind.ORGANIZATION, code)

    def _with_country(self, parse: Parse, first: int, head: int, stop: int, title: str) -> str:
        """A body's name keeps the country that owns it: "Belarus' security council"."""
        found = country_in([t.text for t in parse.tokens[first : head + 1]])
        if found is None or found[1] > 1 or demonym_country(parse.tokens[first + found[1]].text):
            return title
        return join(parse, self._register.text, [t.i for t in parse.tokens[first + found[1] : stop] if t.tag_ != "DT"])

    def _leader_in(self, parse: Parse, first: int, head: int) -> Member | None:
        for i in range(first, head):
            index = self._register.at.get((self._register.number[id(parse)], i))
            if index is not None and self._register.members[index].kind is AgentKind.PERSON:
                return self._register.members[index]
        return None

    def _country_before(self, parse: Parse, head: int, surface: str) -> Who | None:
        start = parse.starts[head]
        for i in range(len(self._register.names) - 1, -1, -1):
            name = self._register.names[i]
            if name.start < start and (code := country_of(name.text)) is not None:
                return Who(
                    country_name(code),
                    AgentKind.COUNTRY,
                    code,
                    f"'{surface}' is the country named last: {country_name(code)}",
                )
        return None


def _elsewhere(role: Role, own: Role) -> bool:
    """Whether the phrase speaks of another office or another kinship: "the UN leader" is no country's leader."""
    if "kin" in role.families:
        return role.noun != own.noun and role.noun not in {"parent", "partner"}
    if role.voice == "government" and role.country and not role.body and own.body:  # a region's president
        return own.voice == "government" and own.body.casefold() not in {"republic", "state", "government", "nation"}
    return bool(role.body and not role.country and not own.body and (own.country or own.voice == "government"))
