"""An id, or the beginning of one, to the thing that has it, and that thing to what the terminal shows of it."""

from __future__ import annotations

from rich.console import RenderableType

from quoth.case import Case
from quoth.errors import NotFound
from quoth.model import Document, Origin, Question, Statement
from quoth.present import tables
from quoth.present.gather import brief_view
from quoth.present.layout import shortener, statement_views

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
        [view] = statement_views([thing], by_id.values(), case.comparison())
        text = by_id[thing.document_id].text
        near = [b.span.words(text) for b in by_id[thing.document_id].blocks if b.span.overlaps(thing.context)]
        return [tables.evidence_group(view, "\n".join(near) or thing.context.words(text))]
    view_of_all = brief_view(case)
    if isinstance(thing, Document):
        [shown] = [d for d in view_of_all.documents if d.id == thing.id]
        return [tables.document_group(shown, thing.text)]
    if isinstance(thing, Question):
        [asked] = [q for q in view_of_all.questions if q.id == thing.id]
        evidence = [e for a in asked.answers for u in a.utterances for p in u.passages for e in (p.lead, *p.also)]
        return [tables.questions_group([asked]), tables.statements_table(evidence)]
    said = {s.id: s for s in case.statements()}
    short = shortener([*said, *by_id, *(o.id for o in case.origins())])
    return [tables.origin_tree(thing, said, by_id, short)]
