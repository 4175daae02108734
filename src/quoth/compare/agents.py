"""One agent under all its names, across a case: each merge has its rule and its reason.

What a user declares comes first, then what a person judged, then what the names themselves tell: a family name that
only one full name fits, an initial, another spelling or script, a body without its country or by its initials.  Who
is only described ("a U.S. official", "witnesses", "documents") is nobody's name and is left to `voices`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from quoth import names
from quoth.compare.names import fold, is_bare_role, name_words, tokens
from quoth.compare.naming import (
    Key,
    body_less,
    body_words,
    is_description,
    near,
    offices,
    person_less,
    person_words,
    tie,
)
from quoth.compare.specifics import fullest
from quoth.compare.tables import word_set
from quoth.compare.unions import Unions
from quoth.identity import content_id
from quoth.model import Agent, AgentKind, Alias, DeclaredAgent, Entity, Event, Relay, Roster, Statement

_ACTORS = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP})

T = TypeVar("T")


def is_unnamed(agent: Agent) -> bool:
    """Whether only a description is given: an anonymous source, or a group that is no institution."""
    if agent.kind is AgentKind.ANONYMOUS:
        return True
    return agent.kind is AgentKind.GROUP and not set(name_words(agent.name)) & word_set("institutions")


@dataclass(frozen=True, slots=True)
class _Used:
    """A name, as one document uses it for one kind of agent."""

    document_id: str
    name: str
    key: Key


class Agents:
    """Who is who in some statements; the order of the statements does not matter."""

    def __init__(self, statements: Sequence[Statement], roster: Roster | None = None) -> None:
        self._roster = roster or Roster()
        self._apart = _vetoes(self._roster)
        self._statements = statements
        self._entity: dict[_Used, Entity] = {}
        self.entities = self._merged()
        """All who are named, by name."""

    @property
    def declared(self) -> tuple[DeclaredAgent, ...]:
        """Those that a user declares, whether or not they are in the statements."""
        return self._roster.declared

    @property
    def speakers(self) -> dict[str, Entity]:
        """Statement id → who speaks, where that is somebody by name."""
        found = ((s.id, self.entity(s.source, s.document_id, speaks=True)) for s in self._statements)
        return {statement_id: entity for statement_id, entity in found if entity is not None}

    def entity(self, agent: Agent | None, document_id: str, *, speaks: bool = False) -> Entity | None:
        """Who an agent of that document is; None for nobody by name.  `speaks`: it is a statement's source."""
        if agent is None:
            return None
        key = self._key(agent, speaks)
        return self._entity.get(_Used(document_id, agent.name, key)) if key else None

    def renamed(self, statement: Statement) -> Statement:
        """The statement with everybody in it by the name that the case has for them; its id stays."""
        here = statement.document_id
        return replace(
            statement,
            source=self._renamed(statement.source, self.entity(statement.source, here, speaks=True)),
            via=tuple(self._relay(relay) for relay in statement.via),
            events=tuple(self._event(event, here) for event in statement.events),
        )

    def _event(self, event: Event, document_id: str) -> Event:
        agent, theme, recipient = (
            a and self._renamed(a, self.entity(a, document_id)) for a in (event.agent, event.theme, event.recipient)
        )
        return replace(event, agent=agent, theme=theme, recipient=recipient)

    def _relay(self, relay: Relay) -> Relay:
        declared = self._declared(relay.name)
        return replace(relay, name=declared.name) if declared else relay

    @staticmethod
    def _renamed(agent: Agent, entity: Entity | None) -> Agent:
        if entity is None or (entity.name, entity.country or agent.country) == (agent.name, agent.country):
            return agent
        alias = next((a for a in entity.aliases if a.name == agent.name), None)
        why = "; ".join(w for w in (agent.why, alias and alias.why) if w) or None
        kind = agent.kind if entity.side is None and agent.kind else entity.kind
        return replace(agent, name=entity.name, country=entity.country or agent.country, kind=kind, why=why)

    # -------------------------------------------------------------- keys

    def _key(self, agent: Agent, speaks: bool) -> Key | None:
        declared = self._declared(agent.name)
        if declared is None:
            return self._key_by_name(agent, speaks)
        as_declared = replace(
            agent,
            name=declared.name,
            kind=declared.kind or agent.kind,
            country=declared.country or agent.country,
        )
        return self._key_by_name(as_declared, speaks) or ("declared", declared.name)

    def _key_by_name(self, agent: Agent, speaks: bool) -> Key | None:
        kind = self._kinds.get(fold(agent.name), agent.kind)
        if kind is AgentKind.COUNTRY:
            return ("country", agent.country or fold(agent.name))
        if is_unnamed(agent) or not (kind in _ACTORS or (kind is None and speaks)):
            return None
        if kind in (AgentKind.PERSON, None):
            if is_bare_role(agent.name) or not (speaks or any(c.isupper() for c in agent.name)):
                return None
            words = self._told(agent.name, person_words(agent.name))
            return ("described", agent.country or "", *words) if is_description(agent.name) else ("person", *words)
        return ("organization", agent.country or "", *self._told(agent.name, body_words(agent.name, agent.country)))

    def _told(self, name: str, words: list[str]) -> list[str]:
        """Two names judged apart that would read alike are told by how they are written."""
        return [*words, f"({_written(name)})"] if _written(name) in self._apart.alike else words

    @cached_property
    def _kinds(self) -> dict[str, AgentKind]:
        """Person or organization: what the case mostly takes a name for that it takes for both."""
        counts: dict[str, Counter[AgentKind]] = defaultdict(Counter)
        for s in self._statements:
            for agent in (s.source, *(a for e in s.events for a in (e.agent, e.theme, e.recipient))):
                if agent is not None and agent.kind in (AgentKind.PERSON, AgentKind.ORGANIZATION):
                    counts[fold(agent.name)][agent.kind] += 1
        both = {name: kinds for name, kinds in counts.items() if len(kinds) > 1 and not is_bare_role(name.title())}
        return {name: max(sorted(kinds), key=lambda kind: kinds[kind]) for name, kinds in both.items()}

    @cached_property
    def _by_alias(self) -> dict[str, DeclaredAgent]:
        found: dict[str, DeclaredAgent] = {}
        for declared in self._roster.declared:
            for name in (declared.name, *declared.aliases):
                found.setdefault(names.fold(name), declared)
        return found

    def _declared(self, name: str) -> DeclaredAgent | None:
        found = self._by_alias.get(names.fold(name))
        if found is not None and self._apart.of(person_words(name), person_words(found.name)):
            return None
        return found

    # -------------------------------------------------------------- merging

    def _mentions(self) -> Iterator[tuple[_Used, Agent, str]]:
        for s in self._statements:
            agents = [(s.source, True)] + [(a, False) for e in s.events for a in (e.agent, e.theme, e.recipient)]
            for agent, speaks in agents:
                key = self._key(agent, speaks) if agent is not None else None
                if agent is not None and key:
                    yield _Used(s.document_id, agent.name, key), agent, s.id

    def _merged(self) -> tuple[Entity, ...]:
        found: dict[_Used, list[tuple[Agent, str]]] = defaultdict(list)
        for used, agent, statement_id in self._mentions():
            found[used].append((agent, statement_id))
        full = fullest(((u.document_id, u.key) for u in found), self._says_less, near)
        final = {u: full[u.document_id, u.key] for u in found}
        unions = Unions(sorted(set(final.values())))
        self._join_holders(found, final, unions)
        self._join_declared(final, unions)
        judged = self._judged(final, unions)
        parts: dict[Key, list[_Used]] = defaultdict(list)
        for used, key in final.items():
            parts[unions.find(key)].append(used)
        made = []
        for uses in parts.values():
            entity = self._entity_of({u: found[u] for u in uses}, judged)
            made.append(entity)
            self._entity.update(dict.fromkeys(uses, entity))
        told = _told_apart(made)
        self._entity = {used: told[entity.id] for used, entity in self._entity.items()}
        return tuple(sorted(told.values(), key=lambda e: (fold(e.name), e.id)))

    def _join_holders(
        self, found: Mapping[_Used, list[tuple[Agent, str]]], final: Mapping[_Used, Key], unions: Unions[Key]
    ) -> None:
        """ "The Belarusian leader" is the one person whom the case names with that office of that country."""
        holders: dict[tuple[str, str], set[Key]] = defaultdict(set)
        described: dict[Key, frozenset[str]] = {}
        for used, mentions in found.items():
            key = final[used]
            for agent, _ in mentions:
                if key[0] == "described" and key[1]:
                    described[key] = offices(agent.name)
                elif key[0] == "person" and agent.country:
                    for office in offices(agent.role or "") | offices(agent.text) | offices(agent.name):
                        holders[agent.country, office].add(key)
        for key, held in sorted(described.items()):
            one = {unions.find(k) for office in held for k in holders.get((key[1], office), ())}
            if len(one) == 1 and not self._apart.of(key[2:], min(one)[1:]):
                unions.join(one.pop(), key)

    def _join_declared(self, final: Mapping[_Used, Key], unions: Unions[Key]) -> None:
        """One key for each declared agent, whatever articles take its names for."""
        first: dict[str, Key] = {}
        for used in sorted(final, key=lambda u: (u.name, u.document_id, u.key)):
            declared = self._declared(used.name)
            if declared is not None:
                unions.join(first.setdefault(declared.name, final[used]), final[used])

    def _judged(self, final: Mapping[_Used, Key], unions: Unions[Key]) -> dict[str, str]:
        """Join what was judged the same; who said so, by folded name."""
        by_name: dict[str, set[Key]] = defaultdict(set)
        for used, key in final.items():
            by_name[names.fold(used.name)].add(key)
        said: dict[str, str] = {}
        for pair in self._roster.same:
            keys = [*by_name.get(names.fold(pair.a), ()), *by_name.get(names.fold(pair.b), ())]
            for key in keys[1:]:
                unions.join(unions.find(keys[0]), unions.find(key))
            for name in (pair.a, pair.b):
                said.setdefault(names.fold(name), pair.by)
        return said

    def _says_less(self, a: Key, b: Key) -> bool:
        if a == b or a[0] != b[0] or a[0] not in ("person", "organization"):
            return False
        start = 1 if a[0] == "person" else 2
        if self._apart.of(a[start:], b[start:]) or a[-1].endswith(")") or b[-1].endswith(")"):
            return False
        return person_less(a[1:], b[1:]) if a[0] == "person" else body_less(a, b)

    # -------------------------------------------------------------- entities

    def _entity_of(self, uses: Mapping[_Used, list[tuple[Agent, str]]], judged: Mapping[str, str]) -> Entity:
        counts = Counter(dict.fromkeys(sorted({u.name for u in uses}), 0))
        statements: dict[str, set[str]] = defaultdict(set)
        for used, mentions in uses.items():
            counts[used.name] += len(mentions)
            statements[used.name].update(statement_id for _, statement_id in mentions)
        declared = next((d for d in map(self._declared, sorted(counts)) if d is not None), None)
        agents = [agent for mentions in uses.values() for agent, _ in mentions]
        kind = (declared and declared.kind) or _most(a.kind for a in agents) or AgentKind.PERSON
        name = declared.name if declared else _best(kind, counts)
        country = (declared and declared.country) or _most(a.country for a in agents)
        return Entity(
            id=content_id("entity", *sorted({" ".join(u.key) for u in uses})),
            name=name,
            kind=kind,
            country=country,
            side=declared.side if declared else None,
            role=_most(a.role for a in agents),
            aliases=tuple(
                Alias(name=n, statements=tuple(sorted(statements[n])), **self._reason(n, name, kind, country, judged))
                for n in sorted(counts, key=lambda n: (n != name, -counts[n], n))
            ),
        )

    def _reason(
        self, name: str, full: str, kind: AgentKind, country: str | None, judged: Mapping[str, str]
    ) -> dict[str, str]:
        if name == full:
            return {"rule": "name", "why": "the name that the case goes by"}
        if self._declared(name) is not None:
            return {"rule": "declared", "why": f"declared to be a name of {full}"}
        rule, why = tie(name, full, kind, country)
        by = judged.get(names.fold(name)) or (judged.get(names.fold(full)) if rule == "other" else None)
        if rule == "other" and by:
            return {"rule": "judged", "why": f"{by} judged it to be a name of {full}"}
        return {"rule": rule, "why": why}


# ---------------------------------------------------------------- names that people keep apart


@dataclass(frozen=True, slots=True)
class _Vetoes:
    """`pairs` of names by their words; `alike`: the names that only their writing tells apart."""

    pairs: frozenset[frozenset[str]]
    alike: frozenset[str]

    def of(self, a: Iterable[str], b: Iterable[str]) -> bool:
        return bool(self.pairs) and frozenset((" ".join(a), " ".join(b))) in self.pairs


def _written(name: str) -> str:
    return " ".join(name.casefold().split())


def _vetoes(roster: Roster) -> _Vetoes:
    pairs: set[frozenset[str]] = set()
    alike: set[str] = set()
    for pair in roster.apart:
        for words in (person_words, name_words):
            a, b = (" ".join(words(name)) for name in (pair.a, pair.b))
            pairs.add(frozenset((a, b)))
            if a == b:
                alike.update((_written(pair.a), _written(pair.b)))
    return _Vetoes(frozenset(pairs), frozenset(alike))


# ---------------------------------------------------------------- what they are called


def _best(kind: AgentKind, counts: Counter[str]) -> str:
    """A person by the longest name, all others by the most frequent one that has more than common nouns."""
    if kind is AgentKind.PERSON:
        return min(counts, key=lambda n: (is_description(n), -len(tokens(n)), -counts[n], n))
    common = {w for n in counts for w in n.split() if w.islower()}
    proper = {n: any(w[:1].isupper() and w.casefold() not in common for w in n.split()) for n in counts}
    return min(counts, key=lambda n: (not proper[n], -counts[n], n))


def _told_apart(entities: Iterable[Entity]) -> dict[str, Entity]:
    """By id; names that are one for several entities get the entity's country, or a number."""
    alike: dict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(entities, key=lambda e: (e.kind.value, e.country or "", e.id)):
        alike[entity.name].append(entity)
    used = set(alike)
    told: dict[str, Entity] = {}
    for name, several in sorted(alike.items()):
        for number, entity in enumerate(several):
            shown = name
            if len(several) > 1:
                body = entity.kind is not AgentKind.PERSON
                shown = f"{name} ({entity.country})" if body and entity.country else name
                while number and shown in used:
                    number += 1
                    shown = f"{name} ({number})"
            used.add(shown)
            told[entity.id] = replace(entity, name=shown)
    return told


def _most(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None
