"""A brief and a timeline of what is selected, with the words that say so."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from quoth import __version__
from quoth.errors import QuothError
from quoth.model import Statement
from quoth.present.layout import build_view
from quoth.present.moments import Timeline, timeline
from quoth.present.part import Part, part_of
from quoth.present.view import BriefView
from quoth.present.words import count
from quoth.web.selecting import Selected

MOST = 3_000
"""Statements of one brief: a longer one is of no use to a reader, and heavy for a browser."""


class TooLong(QuothError):
    """A brief that nobody could read."""

    code = "Q603"


def rests_on(selected: Selected) -> Part:
    """The selected questions with all their answers, and the statements that single filters take; all of the case,
    where nothing is left out.  Raises TooLong."""
    snapshot = selected.snapshot
    statements, documents = tuple(snapshot.statements.values()), snapshot.in_order
    if selected.selection.is_all:
        part = Part(snapshot.comparison, statements, documents)
    else:
        further: Sequence[Statement] = selected.statements if selected.selection.is_of_statements else ()
        part = part_of(snapshot.comparison, statements, documents, selected.questions, further)
    if len(part.statements) > MOST:
        what = f"a brief of {count(len(part.statements), 'statement')} would be too long"
        raise TooLong(what, remedy="choose fewer by filters; `quoth brief` writes one of any length")
    return part


def brief_of(
    selected: Selected, *, title: str, made: datetime.date, head: str, unread: Sequence[tuple[str, str]] = ()
) -> tuple[BriefView, Timeline]:
    """What a brief of the selection says, and its timeline.  Raises TooLong."""
    part, snapshot = rests_on(selected), selected.snapshot
    view = build_view(
        part.comparison,
        part.statements,
        part.documents,
        title=title,
        made=made,
        version=__version__,
        head=head,
        unread=unread,
        as_of=snapshot.as_of,
        clock=snapshot.clock,
        assessments={q.id: snapshot.assess(snapshot.questions[q.id]) for q in part.comparison.questions},
        articles=snapshot.articles,
        part=told(selected, part),
    )
    return view, timeline_of(part)


def timeline_of(part: Part) -> Timeline:
    return timeline(part.comparison, part.statements, part.documents)


def told(selected: Selected, part: Part) -> str:
    """Which part of the case it is; "" where it is the whole."""
    if selected.selection.is_all:
        return ""
    snapshot = selected.snapshot
    chosen = "; ".join(how for _, how, _ in selected.selection.told())
    figures = [
        _of(len(part.comparison.questions), len(snapshot.questions), "question", ", each with all its answers"),
        _of(len(part.statements), len(snapshot.statements), "statement"),
        _of(len(part.documents), len(snapshot.documents), "article"),
    ]
    return f"A part of the case, chosen by: {chosen}. It has {', '.join(figures[:2])}, and {figures[2]}."


def _of(some: int, all: int, what: str, more: str = "") -> str:
    return f"{some:,} of {count(all, what)}{more}"
