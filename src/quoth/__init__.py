"""Quoth: a ledger of who said what, through whom, when and how sure, with the exact words as evidence.

    import quoth

    with quoth.open("case.db") as case:
        case.add("articles/")
        for statement in case.statements(source="Lukashenko"):
            print(statement.source.name, statement.act, statement.content.text)

Names are imported when they are first used, so that `import quoth` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quoth.case import Case, open
    from quoth.errors import LedgerError, NotFound, QuothError, SpanMismatch
    from quoth.model import (
        Act,
        Agenda,
        Agent,
        AgentKind,
        Alias,
        Article,
        Ask,
        Assessment,
        Attribution,
        Change,
        ChangeKind,
        Clock,
        Comparison,
        Credibility,
        Distance,
        Document,
        Edit,
        EditKind,
        Entity,
        Event,
        EventFrame,
        Factuality,
        Footing,
        Heading,
        JudgedQuestion,
        JudgementKind,
        Mention,
        Origin,
        Passage,
        Place,
        Polarity,
        Quantity,
        Question,
        QuestionJudgement,
        QuoteType,
        Rated,
        Rating,
        Reading,
        Relation,
        RelationType,
        Relay,
        Reliability,
        Slot,
        SourceGrade,
        SourceRole,
        Span,
        Statement,
        Value,
        Version,
        Weighing,
        When,
    )
    from quoth.outcomes import Added, Item, Outcome
    from quoth.version import __version__ as __version__

__all__ = [
    "Act",
    "Added",
    "Agenda",
    "Agent",
    "AgentKind",
    "Alias",
    "Article",
    "Ask",
    "Assessment",
    "Attribution",
    "Case",
    "Change",
    "ChangeKind",
    "Clock",
    "Comparison",
    "Credibility",
    "Distance",
    "Document",
    "Edit",
    "EditKind",
    "Entity",
    "Event",
    "EventFrame",
    "Factuality",
    "Footing",
    "Heading",
    "Item",
    "JudgedQuestion",
    "JudgementKind",
    "LedgerError",
    "Mention",
    "NotFound",
    "Origin",
    "Outcome",
    "Passage",
    "Place",
    "Polarity",
    "Quantity",
    "Question",
    "QuestionJudgement",
    "QuoteType",
    "QuothError",
    "Rated",
    "Rating",
    "Reading",
    "Relation",
    "RelationType",
    "Relay",
    "Reliability",
    "Slot",
    "SourceGrade",
    "SourceRole",
    "Span",
    "SpanMismatch",
    "Statement",
    "Value",
    "Version",
    "Weighing",
    "When",
    "open",
]

_HOMES = {
    **dict.fromkeys(("Added", "Item", "Outcome"), "quoth.outcomes"),
    **dict.fromkeys(("Case", "open"), "quoth.case"),
    "__version__": "quoth.version",
    **dict.fromkeys(("LedgerError", "NotFound", "QuothError", "SpanMismatch"), "quoth.errors"),
}


def __getattr__(name: str) -> Any:
    if name not in (*__all__, "__version__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "quoth.model")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
