"""An id, or the beginning of one, to the thing that has it, and that thing to what the terminal shows of it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from quoth.case import Case
from quoth.errors import NotFound
from quoth.model import Document, Origin, Question, Statement, Value
from quoth.present import tables, words
from quoth.present.event import event_line
from quoth.present.gather import brief_view
from quoth.present.layout import UNNAMED, shortener, statement_views
from quoth.present.snippet import in_place
from quoth.present.standing import by_contest

REPORTS = 8
"""Other reports of an utterance that are listed with one of them."""

Thing = Statement | Document | Question | Origin


def find(case: Case, prefix: str) -> Thing:
    """The one thing whose id begins so.  Raises NotFound."""
    wanted = prefix.strip().lower()
    things: list[Thing] = [*case.statements(), *case.documents()]
    comparison = case.comparison()
    found = [t for t in [*things, *comparison.questions, *comparison.origins] if wanted and t.id.startswith(wanted)]
    exact = [t for t in found if t.id == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        several = ", ".join(f"{t.id} ({type(t).__name__.lower()})" for t in found[:4])
        more = f" and {len(found) - 4} more" if len(found) > 4 else ""
        raise NotFound(f"several ids begin with {prefix!r}: {several}{more}", remedy="give more of the id")
    try:
        return case.statement(prefix)  # of an earlier reading
    except NotFound as error:
        if error.what.startswith("several"):
            raise
        nothing = f"no statement, question, origin or document has an id that begins with {prefix!r}"
        raise NotFound(nothing, where=case.path, remedy="`quoth statements` and `quoth questions` list ids") from error


def shown(case: Case, thing: Thing) -> list[RenderableType]:
    """A statement, document, question or origin, with the words it rests on."""
    by_id = {d.id: d for d in case.documents()}
    if isinstance(thing, Statement):
        return [_statement(case, thing, by_id)]
    view_of_all = brief_view(case)
    if isinstance(thing, Document):
        [shown] = [d for d in view_of_all.documents if d.id == thing.id]
        return [tables.document_group(shown, thing.text)]
    if isinstance(thing, Question):
        [asked] = [q for q in view_of_all.questions if q.id == thing.id]
        evidence = [e for a in asked.answers for u in a.utterances for p in u.passages for e in (p.lead, *p.also)]
        if not evidence:
            return [tables.questions_group([asked])]
        grades = tables.grades_table(asked.answers)
        return [tables.questions_group([asked]), grades, Text(), tables.statements_table(evidence)]
    said = {s.id: s for s in case.statements()}
    short = shortener([*said, *by_id, *(o.id for o in case.origins())])
    return [tables.origin_tree(thing, said, by_id, short)]


def _statement(case: Case, statement: Statement, documents: dict[str, Document]) -> RenderableType:
    comparison = case.comparison()
    [view] = statement_views([statement], documents.values(), comparison)
    short = shortener([*(s.id for s in case.statements()), *documents, *(q.id for q in comparison.questions)])
    answers = [
        f"{short(question.id)} {question.text} {_answer(value)}"
        for question in by_contest(comparison.questions)
        for value in question.values
        if statement.id in value.statements
    ]
    origin_id = comparison.origin_of.get(statement.id)
    others = [id for o in comparison.origins if o.id == origin_id for id in o.statements if id != statement.id]
    reports = []
    for other in map(case.statement, others[:REPORTS]):
        document = documents[other.document_id]
        day = words.day(document.published) if document.published else "date not known"
        reports.append(f"{short(other.id)} {document.outlet or UNNAMED}, {day}, {other.block}")
    if len(others) > REPORTS:
        reports.append(f"and {len(others) - REPORTS} more: quoth origins {short(statement.id)}")
    lines = [event_line(event, statement) for event in statement.events] or ["none was read in it"]
    return tables.evidence_group(view, in_place(statement, documents[statement.document_id]), lines, answers, reports)


def _answer(value: Value) -> str:
    more = "; ".join(part for part in (words.spelled(value.value, value.text), value.label or "") if part)
    return f"“{value.text}”" + (f" ({more})" if more else "")
