"""Things of a case, found by a name or by the beginning of an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from quoth.errors import NotFound
from quoth.model import Article, Comparison, Document, Entity, Origin, Question, Statement
from quoth.names import fold
from quoth.versions import address

T = TypeVar("T", Question, Origin, Entity)


def entity_named(entities: Sequence[Entity], name: str) -> Entity:
    """The one of that name, by any of its names, or whose id begins so.  Raises NotFound."""
    wanted = fold(name)
    exact = [e for e in entities if any(fold(n) == wanted for n in _names(e))]
    part = exact or [e for e in entities if any(f" {wanted} " in f" {fold(n)} " for n in _names(e)) and wanted]
    if len(part) == 1:
        return part[0]
    if part:
        several = ", ".join(e.name for e in part[:4])
        raise NotFound(f"several are called {name!r}: {several}", remedy="give the whole name, or the id")
    found = _beginning(entities, name, "agent")
    if found is None:
        raise NotFound(f"nobody in the case is called {name!r}, and no agent has an id that begins so")
    return found


def spoken_by(who: Comparison, name: str) -> set[str]:
    """The ids of the statements of everybody who has a name that holds the words of this one, in any script."""
    wanted = f" {fold(name)} "
    so_called = {e.id for e in who.entities if any(wanted in f" {fold(n)} " for n in _names(e))}
    return {statement_id for statement_id, entity_id in who.speaker_of.items() if entity_id in so_called}


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *(alias.name for alias in entity.aliases))


def question_with(questions: Iterable[Question], id_prefix: str) -> Question:
    """The one whose id begins so.  Raises NotFound."""
    found = _beginning(questions, id_prefix, "question")
    if found is None:
        what = f"no question has an id that begins with {id_prefix!r}"
        raise NotFound(what, remedy="ids go with the articles: `quoth questions` lists those of today")
    return found


def origin_with(comparison: Comparison, id_prefix: str, statement: Callable[[str], Statement]) -> Origin:
    """The utterance whose id begins so, or the one that the statement of this id reports; `statement` finds that.

    Raises NotFound when there is none, also for a statement whose lineage is unknown.
    """
    found = _beginning(comparison.origins, id_prefix, "origin")
    if found is not None:
        return found
    try:
        reporting = statement(id_prefix)
    except NotFound as error:
        raise NotFound(f"no origin or statement has an id that begins with {id_prefix!r}") from error
    origin_id = comparison.origin_of.get(reporting.id)
    if origin_id is None:
        raise NotFound(
            f"where statement {reporting.id} comes from is unknown, so that it counts as no origin",
            remedy="show it to see its words",
        )
    return next(origin for origin in comparison.origins if origin.id == origin_id)


def article_with(articles: Sequence[Article], which: str, document: Callable[[str], Document]) -> Article:
    """The one at this address, or of which the document whose id begins so is a version; `document` finds that.

    Raises NotFound when there is none, also for a document that is there in one version only.
    """
    if "/" in which:
        found = [a for a in articles if address(a.url) == address(which)]
        nothing = f"nothing that was published at {which} is there in several versions"
    else:
        known = document(which)
        found = [a for a in articles if known.id in (v.document for v in a.versions)]
        nothing = f"document {known.id} is there in one version only"
    if not found:
        raise NotFound(nothing, remedy="`quoth versions` lists what has several")
    return found[0]


def _beginning(things: Iterable[T], id_prefix: str, what: str) -> T | None:
    """The thing whose id begins so, None if there is none.  Raises NotFound when there are several."""
    wanted = id_prefix.strip().lower()
    found = [thing for thing in things if wanted and thing.id.startswith(wanted)]
    for thing in found:
        if thing.id == wanted:
            return thing
    if len(found) > 1:
        ids = ", ".join(thing.id for thing in found[:2])
        raise NotFound(f"several {what}s have ids that begin with {id_prefix!r}: {ids} …", remedy="give more of the id")
    return found[0] if found else None
