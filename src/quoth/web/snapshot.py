"""All of a case that a page may ask for, by id: as it stands, or stood on some day.  Nothing here reads a store."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from quoth.errors import NotFound
from quoth.ledger import FailureRecord, JudgementRecord
from quoth.model import (
    Article,
    Assessment,
    Clock,
    Comparison,
    Document,
    Entity,
    Heading,
    Origin,
    Question,
    Rated,
    Rating,
    Statement,
)
from quoth.present.layout import shortener

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Documents in the order they were added; the statements that stand; how these compare; what people judged.

    `revision` differs where anything else does.  What is worked out from these is so once, when it is first asked for.
    Mappings are by whole ids; the methods take any beginning of an id and raise NotFound.
    """

    revision: str
    documents: Mapping[str, Document]
    statements: Mapping[str, Statement]
    comparison: Comparison
    judgements: tuple[JudgementRecord, ...] = ()
    ratings: tuple[Rating, ...] = ()
    failures: tuple[FailureRecord, ...] = ()
    articles: tuple[Article, ...] = ()
    as_of: datetime.date | None = None
    clock: Clock = Clock.PUBLISHED

    selected: dict[Any, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    """What filters were found to take, by these (`quoth.web.selection`)."""

    # -------------------------------------------------------------- by id

    @cached_property
    def headings(self) -> Mapping[str, Heading]:
        """The most contested first."""
        made = [Heading.of(question) for question in self.comparison.questions]
        return {heading.id: heading for heading in sorted(made, key=lambda heading: heading.contest)}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """In the order of `headings`."""
        by_id = {question.id: question for question in self.comparison.questions}
        return {id: by_id[id] for id in self.headings}

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        return {origin.id: origin for origin in self.comparison.origins}

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.comparison.entities}

    def document(self, id_prefix: str) -> Document:
        return self._one(self.documents, id_prefix, "document")

    def statement(self, id_prefix: str) -> Statement:
        return self._one(self.statements, id_prefix, "statement")

    def question(self, id_prefix: str) -> Question:
        return self._one(self.questions, id_prefix, "question")

    def origin(self, id_prefix: str) -> Origin:
        return self._one(self.origins, id_prefix, "origin")

    def entity(self, id_prefix: str) -> Entity:
        return self._one(self.entities, id_prefix, "source")

    def _one(self, things: Mapping[str, T], id_prefix: str, what: str) -> T:
        wanted = id_prefix.strip().lower()
        if wanted in things:
            return things[wanted]
        found = [id for id in things if wanted and id.startswith(wanted)]
        if len(found) == 1:
            return things[found[0]]
        if found:
            several = ", ".join(found[:2])
            raise NotFound(f"several {what}s have ids that begin with {id_prefix!r}: {several} …")
        day = f" as it stood on {self.as_of}" if self.as_of else ""
        raise NotFound(f"no {what} of this case{day} has an id that begins with {id_prefix!r}")

    @cached_property
    def short(self) -> Callable[[str], str]:
        """An id as people see it: as short as keeps all of the case apart."""
        ids: Iterable[str] = (*self.documents, *self.statements, *self.questions, *self.origins, *self.entities)
        return shortener(list(ids))

    def prepare(self) -> None:
        """Work out what most pages ask for, before any of them does."""
        for name in ("questions", "origins", "entities", "short", "answering", "of_document", "spoken_by", "outlets"):
            getattr(self, name)

    # -------------------------------------------------------------- what goes with what

    @cached_property
    def answering(self) -> Mapping[str, tuple[str, ...]]:
        """Statement → the questions that it answers."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for question in self.questions.values():
            for statement in dict.fromkeys(s for value in question.values for s in value.statements):
                found[statement].append(question.id)
        return {statement: tuple(ids) for statement, ids in found.items()}

    @cached_property
    def of_document(self) -> Mapping[str, tuple[Statement, ...]]:
        """Document → its statements, in the order of the text."""
        found: dict[str, list[Statement]] = {id: [] for id in self.documents}
        for statement in self.statements.values():
            found[statement.document_id].append(statement)
        return {id: tuple(sorted(those, key=_place)) for id, those in found.items()}

    @cached_property
    def spoken_by(self) -> Mapping[str, tuple[Statement, ...]]:
        """Entity → what it said, in order of time; what has no day comes last."""
        found: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement, entity in self.comparison.speaker_of.items():
            if statement in self.statements:
                found[entity].append(self.statements[statement])
        return {entity: tuple(sorted(those, key=self._moment)) for entity, those in found.items()}

    @cached_property
    def side_of(self) -> Mapping[str, str]:
        """Statement → the side declared for whoever speaks in it, where one is."""
        sides = {entity.id: entity.side for entity in self.comparison.entities if entity.side}
        return {s: sides[e] for s, e in self.comparison.speaker_of.items() if e in sides}

    @cached_property
    def outlets(self) -> Mapping[str, tuple[str, ...]]:
        """Outlet → its documents, by the outlets' names; those that name none are under ""."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document in self.documents.values():
            found[document.outlet or ""].append(document.id)
        return {name: tuple(found[name]) for name in sorted(found, key=str.casefold)}

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """All that are declared for anybody who speaks."""
        return tuple(sorted(set(self.side_of.values()), key=str.casefold))

    @cached_property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day on which anything was published."""
        days = [document.published for document in self.documents.values() if document.published]
        return (min(days), max(days)) if days else None

    @cached_property
    def assess(self) -> Callable[[Question], tuple[Assessment, ...]]:
        """Assesses one question, at its own cost."""
        from quoth.compare.assessing import assessor

        return assessor(self.comparison, tuple(self.statements.values()), self.in_order, self.ratings)

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """All ratings, in the order in which they were recorded, with whom each rates here."""
        from quoth.compare.reliability import Sources, rated

        return rated(self.ratings, Sources(self.comparison, tuple(self.statements.values()), self.in_order))

    @cached_property
    def in_order(self) -> Sequence[Document]:
        return tuple(self.documents.values())

    def said_on(self, statement: Statement) -> datetime.date | None:
        """The first day on which it may have been said; otherwise that of its publication."""
        said = statement.said
        known = (said.earliest or said.latest) if said else None
        return known or self.documents[statement.document_id].published

    def _moment(self, statement: Statement) -> tuple[datetime.date, str, tuple[int, int]]:
        return self.said_on(statement) or datetime.date.max, statement.document_id, _place(statement)


def _place(statement: Statement) -> tuple[int, int]:
    hull = statement.content.hull
    return hull.start, -hull.end
