"""One agent under all its names, across a case: each merge has its rule and its reason.

What a user declares comes first, then what a person judged, then what the names themselves tell: a family name that
only one full name fits, an initial, another spelling or script, a body without its country or by its initials.  Who
is only described ("a U.S. official", "witnesses", "documents") is nobody's name and is left to `voices`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar

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
from quoth.compare.specifics import Fullest
from quoth.compare.tables import word_set
from quoth.compare.unions import Unions
from quoth.identity import content_id
from quoth.model import Agent, AgentKind, Alias, DeclaredAgent, Entity, Event, Relay, Roster, Statement

_ACTORS = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP})

T = TypeVar("T")
Whole = TypeVar("Whole", Statement, Event)


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


@dataclass(frozen=True, slots=True)
class _Mention:
    """`place`: its number among the agents of its statement."""

    agent: Agent
    statement_id: str
    place: int

    @property
    def order(self) -> tuple[str, int]:
        return self.statement_id, self.place


@dataclass(slots=True)
class _Borne:
    """A key with all uses of it, and what they tell of whoever bears it; worked out anew when a use comes or goes."""

    uses: dict[_Used, list[_Mention]] = field(default_factory=dict)
    holds: frozenset[tuple[str, str]] = frozenset()
    """Of a person: (country, office)."""
    described: frozenset[str] = frozenset()
    """Of a description with a country: the offices that it names."""
    declared: frozenset[str] = frozenset()


class Agents:
    """Who is who in some statements, kept as documents come, change and go; no order of them matters."""

    def __init__(self, statements: Iterable[Statement] = (), roster: Roster | None = None) -> None:
        self._roster = roster or Roster()
        self._apart = _vetoes(self._roster)
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self._taken_for: dict[str, Counter[AgentKind]] = defaultdict(Counter)
        self._naming: dict[str, set[str]] = defaultdict(set)
        self._kinds: dict[str, AgentKind] = {}
        self._uses: dict[str, dict[_Used, list[_Mention]]] = {}
        self._full: Fullest[Key] = Fullest(self._says_less, near)
        self._borne: dict[Key, _Borne] = defaultdict(_Borne)
        self._filed: dict[str, dict[_Used, Key]] = {}
        self._made: dict[frozenset[Key], Entity] = {}
        self.bearer: dict[Key, Entity] = {}
        self.entities: tuple[Entity, ...] = ()
        """All who are named, by name."""
        self.update(by_document(statements))

    def update(self, documents: Mapping[str, Sequence[Statement]]) -> set[str]:
        """Take these for all statements of each document (none: it has gone).

        Returns the documents of which something may be renamed otherwise than before.
        """
        stale = self._count(documents) | documents.keys()
        for document in stale:
            self._uses[document] = self._used_in(document)
            self._full.put(document, {used.key for used in self._uses[document]})
        stale |= self._full.settle()
        return stale | self._merge(self._refiled(stale))

    @property
    def declared(self) -> tuple[DeclaredAgent, ...]:
        """Those that a user declares, whether or not they are in the statements."""
        return self._roster.declared

    @property
    def speakers(self) -> dict[str, Entity]:
        """Statement id → who speaks, where that is somebody by name."""
        every = (s for statements in self._statements.values() for s in statements)
        found = ((s.id, self.entity(s.source, s.document_id, speaks=True)) for s in every)
        return {statement_id: entity for statement_id, entity in found if entity is not None}

    def entity(self, agent: Agent | None, document_id: str, *, speaks: bool = False) -> Entity | None:
        """Who an agent of that document is; None for nobody by name.  `speaks`: it is a statement's source."""
        key = self.key_of(agent, document_id, speaks=speaks) if agent is not None else None
        return self.bearer.get(key) if key else None

    def key_of(self, agent: Agent, document_id: str, *, speaks: bool = False) -> Key | None:
        """The key in `bearer` of an agent of that document."""
        key = self._key(agent, speaks)
        return self._full.of(document_id).get(key) if key else None

    def renamed(self, statement: Statement) -> Statement:
        """The statement with everybody in it by the name that the case has for them; its id stays."""
        here = statement.document_id
        return _with(
            statement,
            source=self._renamed(statement.source, self.entity(statement.source, here, speaks=True)),
            via=tuple(self._relay(relay) for relay in statement.via),
            events=tuple(self._event(event, here) for event in statement.events),
        )

    def _event(self, event: Event, document_id: str) -> Event:
        agent, theme, recipient = (
            a and self._renamed(a, self.entity(a, document_id)) for a in (event.agent, event.theme, event.recipient)
        )
        return _with(event, agent=agent, theme=theme, recipient=recipient)

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

    def _count(self, documents: Mapping[str, Sequence[Statement]]) -> set[str]:
        """Person or organization: keep what the case mostly takes a name for that it takes for both; returns the
        documents with a name that it takes for something else now."""
        touched: set[str] = set()
        for document, statements in documents.items():
            for name, kind in _taken(self._statements.pop(document, ())):
                touched.add(name)
                self._taken_for[name][kind] -= 1
                self._naming[name].discard(document)
            if statements:
                self._statements[document] = tuple(sorted(statements, key=lambda s: s.id))
            for name, kind in _taken(statements):
                touched.add(name)
                self._taken_for[name][kind] += 1
                self._naming[name].add(document)
        stale: set[str] = set()
        for name in touched:
            kinds = +self._taken_for[name]
            both = len(kinds) > 1 and not is_bare_role(name.title())
            mostly = max(sorted(kinds), key=lambda kind: kinds[kind]) if both else None
            if mostly is not self._kinds.get(name):
                stale |= self._naming[name]
                if mostly is None:
                    del self._kinds[name]
                else:
                    self._kinds[name] = mostly
        return stale

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

    def _used_in(self, document: str) -> dict[_Used, list[_Mention]]:
        found: dict[_Used, list[_Mention]] = defaultdict(list)
        for s in self._statements.get(document, ()):
            for place, (agent, speaks) in enumerate(_agents_in(s)):
                key = self._key(agent, speaks)
                if key:
                    found[_Used(document, agent.name, key)].append(_Mention(agent, s.id, place))
        return found

    def _refiled(self, documents: Iterable[str]) -> set[Key]:
        """File the uses of these documents by the keys that theirs stand for; returns the keys with other uses now."""
        dirty: set[Key] = set()
        for document in documents:
            for used, key in self._filed.pop(document, {}).items():
                del self._borne[key].uses[used]
                dirty.add(key)
            full = self._full.of(document)
            filed = {used: full[used.key] for used in self._uses[document]}
            for used, key in filed.items():
                self._borne[key].uses[used] = self._uses[document][used]
                dirty.add(key)
            if filed:
                self._filed[document] = filed
            else:
                del self._uses[document]
        for key in dirty:
            if self._borne[key].uses:
                self._look_at(key)
            else:
                del self._borne[key]
        return dirty

    def _look_at(self, key: Key) -> None:
        """What the uses of a key tell of its bearer."""
        borne = self._borne[key]
        names_used = {used.name for used in borne.uses}
        if key[0] == "person":
            borne.holds = frozenset(
                (m.agent.country, office)
                for mentions in borne.uses.values()
                for m in mentions
                if m.agent.country
                for office in offices(m.agent.role or "") | offices(m.agent.text) | offices(m.agent.name)
            )
        elif key[0] == "described" and key[1]:
            last = max(borne.uses, key=lambda used: borne.uses[used][0].order)
            borne.described = offices(last.name)
        declared = (self._declared(name) for name in names_used) if self._roster.declared else ()
        borne.declared = frozenset(d.name for d in declared if d is not None)

    # -------------------------------------------------------------- merging

    def _merge(self, dirty: set[Key]) -> set[str]:
        """Tell anew who bears which keys; returns the documents in which somebody has another name, or for another
        reason."""
        unions = Unions(sorted(self._borne))
        self._join_holders(unions)
        self._join_declared(unions)
        judged = self._judged(unions)
        parts = [frozenset(keys) for keys in unions.groups()]
        kept = {part: self._made[part] for part in parts if part in self._made and part.isdisjoint(dirty)}
        self._made = {part: kept.get(part) or self._entity_of(self._uses_of(part), judged) for part in parts}
        told = _told_apart(self._made.values())
        bearer = {key: told[entity.id] for part, entity in self._made.items() for key in part}
        before, self.bearer = self.bearer, bearer
        self.entities = tuple(sorted(told.values(), key=lambda e: (fold(e.name), e.id)))
        return {
            used.document_id
            for key, entity in bearer.items()
            if key in before and before[key] != entity
            for renamed in [_renamed_otherwise(before[key], entity)]
            if renamed is None or renamed
            for used in self._borne[key].uses
            if renamed is None or used.name in renamed
        }

    def _uses_of(self, part: Iterable[Key]) -> dict[_Used, list[_Mention]]:
        return {used: mentions for key in part for used, mentions in self._borne[key].uses.items()}

    def _join_holders(self, unions: Unions[Key]) -> None:
        """ "The Belarusian leader" is the one person whom the case names with that office of that country."""
        holders: dict[tuple[str, str], set[Key]] = defaultdict(set)
        for key, borne in self._borne.items():
            for held in borne.holds:
                holders[held].add(key)
        for key, borne in sorted(self._borne.items(), key=itemgetter(0)):
            one = {unions.find(k) for office in borne.described for k in holders.get((key[1], office), ())}
            if len(one) == 1 and not self._apart.of(key[2:], min(one)[1:]):
                unions.join(one.pop(), key)

    def _join_declared(self, unions: Unions[Key]) -> None:
        """One key for each declared agent, whatever articles take its names for."""
        first: dict[str, Key] = {}
        for key, borne in sorted(self._borne.items(), key=itemgetter(0)):
            for declared in sorted(borne.declared):
                unions.join(first.setdefault(declared, key), key)

    def _judged(self, unions: Unions[Key]) -> dict[str, str]:
        """Join what was judged the same; who said so, by folded name."""
        if not self._roster.same:
            return {}
        by_name: dict[str, set[Key]] = defaultdict(set)
        for key, borne in self._borne.items():
            for used in borne.uses:
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

    def _entity_of(self, uses: Mapping[_Used, list[_Mention]], judged: Mapping[str, str]) -> Entity:
        counts = Counter(dict.fromkeys(sorted({u.name for u in uses}), 0))
        statements: dict[str, set[str]] = defaultdict(set)
        for used, mentions in uses.items():
            counts[used.name] += len(mentions)
            statements[used.name].update(m.statement_id for m in mentions)
        declared = next((d for d in map(self._declared, sorted(counts)) if d is not None), None)
        agents = [m.agent for mentions in uses.values() for m in mentions]
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


def _with(whole: Whole, **parts: Any) -> Whole:
    """The statement or event with these parts; itself where they are its own."""
    return whole if all(getattr(whole, name) == part for name, part in parts.items()) else replace(whole, **parts)


def by_document(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        found[s.document_id].append(s)
    return found


def _agents_in(s: Statement) -> Iterator[tuple[Agent, bool]]:
    """Everybody in a statement, and whether they speak in it."""
    yield s.source, True
    for e in s.events:
        yield from ((a, False) for a in (e.agent, e.theme, e.recipient) if a is not None)


def _taken(statements: Iterable[Statement]) -> Iterator[tuple[str, AgentKind]]:
    """The folded names that statements take for a person or an organization."""
    for s in statements:
        for agent, _ in _agents_in(s):
            if agent.kind in (AgentKind.PERSON, AgentKind.ORGANIZATION):
                yield fold(agent.name), agent.kind


def _renamed_otherwise(before: Entity, now: Entity) -> set[str] | None:
    """The names whose bearer statements show otherwise; None for all of them."""
    if (before.name, before.kind, before.country, before.side) != (now.name, now.kind, now.country, now.side):
        return None
    whys = [{(a.name, a.why) for a in entity.aliases} for entity in (before, now)]
    return {name for name, _ in whys[0] ^ whys[1]}


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
            told[entity.id] = entity if shown == entity.name else replace(entity, name=shown)
    return told


def _most(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None
