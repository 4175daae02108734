"""How reliable an analyst holds the sources behind an answer: whom a rating rates, and which rating counts.

The letters are the analyst's.  They are shown beside whoever bears them, and never joined, averaged or passed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from quoth import names
from quoth.compare.names import singular, tokens
from quoth.errors import NotFound
from quoth.evidence import BadEvidence
from quoth.model import (
    Comparison,
    Document,
    Entity,
    Question,
    Rated,
    Rating,
    Reliability,
    SourceGrade,
    SourceRole,
    Statement,
    Value,
)

T = TypeVar("T", Entity, str)


def name_key(name: str) -> str:
    """Equal for two forms of one name: folded, without its article."""
    return names.fold(name).removeprefix("the ")


class Sources:
    """Everybody in a case who can be rated: its agents under all their names, its outlets, and its other voices."""

    def __init__(self, comparison: Comparison, statements: Iterable[Statement], documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self.statements = {statement.id: statement for statement in statements}
        self.speaker_of = comparison.speaker_of
        self.voice_of = {s: origin.voice for origin in comparison.origins for s in origin.statements}
        outlets = {outlet for s in self.statements.values() for outlet in outlets_of(s, self.documents[s.document_id])}
        outlets |= {document.outlet for document in self.documents.values() if document.outlet}
        unnamed = {voice for s, voice in self.voice_of.items() if s not in self.speaker_of}
        self.outlets = tuple(sorted(outlets))
        self._agents = _by_key((entity.name, entity) for entity in comparison.entities)
        self._aliases = _by_key((alias.name, entity) for entity in comparison.entities for alias in entity.aliases)
        self._others = _by_key((name, name) for name in sorted(outlets | unnamed))

    def named(self, name: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
        """The agents, and the outlets and other voices, of exactly that name; an agent's outlet has all its names."""
        wanted = name_key(name)
        agents: Sequence[Entity] = self._agents.get(wanted) or self._aliases.get(wanted) or ()
        keys = {wanted}
        if len(agents) == 1:
            keys |= {name_key(n) for n in (agents[0].name, *(a.name for a in agents[0].aliases))}
        return tuple(agents), tuple(sorted(other for key in keys for other in self._others.get(key, ())))

    def identity(self, name: str) -> str:
        """Equal for two names of one agent, and for two forms of one name."""
        agents, _ = self.named(name)
        return agents[0].id if len(agents) == 1 else name_key(name)

    def whole(self, name: str) -> str:
        """The name itself where somebody bears it, else the one name of which it is a part, else itself again.

        Raises NotFound when it fits several.
        """
        agents, others = self.named(name)
        called = [agent.name for agent in agents]
        if not agents and not others:
            wanted = f" {name_key(name)} "
            named = [*self._agents.items(), *self._aliases.items()]
            known = [(key, entity.name) for key, entities in named for entity in entities]
            known += [(name_key(outlet), outlet) for outlet in self.outlets]
            called = list({name_key(shown): shown for key, shown in known if wanted in f" {key} "}.values())
        if len(called) > 1:
            told = ", ".join(called[:4])
            raise NotFound(f"several are called {name!r}: {told}", remedy="give the whole name, or tell them apart")
        return name if agents or others or not called else self.whole(called[0])


def _by_key(called: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for name, what in called:
        same = found.setdefault(name_key(name), [])
        if what not in same:
            same.append(what)
    return found


def outlets_of(statement: Statement, document: Document) -> tuple[str, ...]:
    """Who published a statement or passed it on, the document's own outlet last."""
    relays = [relay.name for relay in (*statement.via, *document.relays)]
    return tuple(dict.fromkeys([*relays, *filter(None, [document.outlet])]))


def rated(ratings: Iterable[Rating], sources: Sources) -> tuple[Rated, ...]:
    """All ratings in their order; of those on one source and topic the last stands, unless it takes back.

    A name that several agents bear alike rates none of them.
    """
    found: list[Rated] = []
    last: dict[tuple[str, frozenset[str]], int] = {}
    for number, rating in enumerate(ratings):
        agents, others = sources.named(rating.name)
        one = agents if len(agents) == 1 else ()
        shown = tuple(dict.fromkeys([*(e.name for e in one), *others]))
        found.append(Rated(rating=rating, names=shown, agents=tuple(e.id for e in one), standing=False))
        last[sources.identity(rating.name), topic_key(rating.topic or "")] = number
    standing = {number for number in last.values() if found[number].rating.grade is not None}
    return tuple(
        Rated(rating=r.rating, names=r.names, agents=r.agents, standing=n in standing) for n, r in enumerate(found)
    )


def of_source(ratings: Iterable[Rated], name: str, sources: Sources) -> tuple[Rated, ...]:
    """Those of whoever is called so.  Raises NotFound for a name that fits several."""
    wanted = sources.identity(sources.whole(name))
    return tuple(r for r in ratings if sources.identity(r.rating.name) == wanted)


def rateable(
    name: str, grade: Reliability | str | None, topic: str | None, sources: Sources, ratings: Iterable[Rated]
) -> tuple[str, Reliability | None]:
    """A source's whole name and its letter, None for one that is taken back, as they are to be written down.

    Raises ValueError for another letter, BadEvidence for a name or topic without words, NotFound for a name that fits
    several, and when no rating stands that could be taken back.
    """
    given = Reliability(grade.upper()) if isinstance(grade, str) else grade
    if not name_key(name) or (topic is not None and not topic_key(topic)):
        raise BadEvidence(f"a rating needs words: {name!r}" + ("" if topic is None else f", about {topic!r}"))
    whole = sources.whole(name)
    if given is None:
        about = topic_key(topic or "")
        own = of_source(ratings, whole, sources)
        if not any(r.standing and topic_key(r.rating.topic or "") == about for r in own):
            of_topic = f" about {topic!r}" if topic is not None else ""
            raise NotFound(f"no rating of {whole!r}{of_topic} stands", remedy="`quoth rate` lists what does")
    return whole, given


def fits(topic: str, question: Question) -> bool:
    """Whether all words of a topic are in the question's wording or among the names of its event."""
    event = question.event
    asked = " ".join(filter(None, (question.text, event.predicate, event.agent, event.theme, event.place)))
    words = topic_key(topic)
    return bool(words) and words <= topic_key(asked)


def topic_key(topic: str) -> frozenset[str]:
    """The words of a topic, folded and in the singular."""
    return frozenset(names.fold(singular(token)) for token in tokens(topic)) - {""}


def reliability_of(
    question: Question, value: Value, sources: Sources, ratings: Sequence[Rated]
) -> tuple[SourceGrade, ...]:
    """The grades of the sources behind a value, as far as they are rated: voices by name, then outlets by name.

    A rating for a topic comes before a general one; of several topics that fit, the one of most words, then the latest.
    """
    fitting = [r for r in ratings if r.standing and (r.rating.topic is None or fits(r.rating.topic, question))]
    fitting.sort(key=lambda r: len(topic_key(r.rating.topic or "")))
    found = []
    for outlet, name, agent in sorted(set(_behind(value, sources))):
        on = [r.rating for r in fitting if (agent in r.agents if agent else name in r.names)]
        if on and on[-1].grade is not None:
            role = SourceRole.OUTLET if outlet else SourceRole.VOICE
            found.append(SourceGrade(source=name, role=role, grade=on[-1].grade, topic=on[-1].topic, by=on[-1].by))
    return tuple(found)


def _behind(value: Value, sources: Sources) -> Iterator[tuple[bool, str, str]]:
    """All who said it, published it or passed it on: whether as an outlet, the name, and the speaking agent's id."""
    for statement_id in value.statements:
        statement = sources.statements[statement_id]
        if statement_id in sources.voice_of:
            yield False, sources.voice_of[statement_id], sources.speaker_of.get(statement_id, "")
        for outlet in outlets_of(statement, sources.documents[statement.document_id]):
            yield True, outlet, ""
