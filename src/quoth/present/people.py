"""What the terminal shows of who is who, and of what people judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from quoth.judging import OF_QUESTIONS
from quoth.model import Entity, JudgementKind, Rated, Statement
from quoth.present.escape import one_line
from quoth.present.words import RELIABILITY, count, listed

if TYPE_CHECKING:
    from quoth.ledger import JudgementRecord

WORDS = 70
"""Code points of a statement's words that stand beside a judgement."""

JUDGED = {
    JudgementKind.ACCEPT: "accepted",
    JudgementKind.REJECT: "rejected",
    JudgementKind.CORRECT: "corrected",
    JudgementKind.SAME: "the same",
    JudgementKind.APART: "kept apart",
    JudgementKind.MERGE: "merged",
    JudgementKind.SPLIT: "split",
    JudgementKind.NAME: "named",
    JudgementKind.WITHDRAW: "undid",
}


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def entities_table(entities: Sequence[Entity]) -> Table:
    """One line a name: who, and why the name is taken for that agent; the agents with most statements first."""
    table = _table("agent", "is", "named as", "statements", "because")
    for entity in sorted(entities, key=lambda e: (-sum(len(a.statements) for a in e.aliases), e.name)):
        told = (entity.kind.value, entity.role, entity.country, entity.side and f"side: {entity.side}")
        kind = ", ".join(part for part in told if part)
        for number, alias in enumerate(entity.aliases):
            first = number == 0
            table.add_row(
                Text(one_line(entity.name) if first else "", style="bold"),
                Text(one_line(kind) if first else "", style="dim"),
                Text(one_line(alias.name)),
                str(len(alias.statements)),
                Text("" if alias.rule == "name" else one_line(f"{alias.why} ({alias.rule})"), style="dim"),
            )
    return table


def wordings_table(entity: Entity, statements: Mapping[str, Statement]) -> Table:
    """The articles' own words for an agent that speaks, where they differ from its names, and what they rest on."""
    table = _table("words", "read as", "statements", "because")
    names = {alias.name for alias in entity.aliases} | {entity.name}
    found: dict[tuple[str, str, str], int] = {}
    for statement_id in {i for alias in entity.aliases for i in alias.statements}:
        source = statements[statement_id].source if statement_id in statements else None
        if source is not None and source.name in names and source.text not in names:
            key = (source.text, source.name, source.why or "")
            found[key] = found.get(key, 0) + 1
    for (words, name, why), number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(Text(one_line(words)), Text(one_line(name)), str(number), Text(one_line(why), style="dim"))
    return table


def judgements_table(
    judgements: Iterable[JudgementRecord], statements: Mapping[str, Statement], resting: Collection[str]
) -> Table:
    """One line a judgement: what of, by whom, when, and whether it counts; `resting` are the ids of those that stand,
    but change nothing at present."""
    table = _table("id", "recorded", "by", "judged", "what", "note")
    known = {j.id: j for j in judgements}
    for judgement in known.values():
        style = "" if judgement.standing and judgement.id not in resting else "dim"
        table.add_row(
            Text(judgement.id[:8], style="cyan"),
            Text(judgement.recorded_at.strftime("%Y-%m-%d %H:%M"), style="dim"),
            Text(one_line(judgement.by), style=style),
            Text(JUDGED[judgement.kind] + _effect(judgement, resting), style=style),
            Text(_what(judgement, known, statements), style=style),
            Text(one_line(judgement.note or ""), style="dim"),
        )
    return table


def _effect(judgement: JudgementRecord, resting: Collection[str]) -> str:
    if judgement.standing:
        return " (rests)" if judgement.id in resting else ""
    return "" if _is_undoing(judgement) else " (undone)"


def _is_undoing(judgement: JudgementRecord) -> bool:
    return judgement.kind is JudgementKind.WITHDRAW


def _what(judgement: JudgementRecord, known: Mapping[str, JudgementRecord], statements: Mapping[str, Statement]) -> str:
    if judgement.kind in (JudgementKind.SAME, JudgementKind.APART):
        return one_line(f"{judgement.subject} | {judgement.object}")
    if judgement.kind in OF_QUESTIONS:
        return one_line(_of_questions(judgement))
    if _is_undoing(judgement):
        undone = known[judgement.subject]
        return f"{JUDGED[undone.kind]} {undone.id[:8]}"
    statement = statements[judgement.subject]
    words = one_line(f"{statement.source.name}: {statement.content.text}")
    shown = words if len(words) <= WORDS else words[: WORDS - 1] + "…"
    return f"{judgement.subject[:8]} {shown}"


def _of_questions(judgement: JudgementRecord) -> str:
    """What was judged of questions, by the words that they had."""
    asked = [f"“{question.text}”" for question in judgement.questions]
    match judgement.kind:
        case JudgementKind.MERGE:
            return " and ".join(asked)
        case JudgementKind.SPLIT:
            answers = count(len(judgement.parted), "statement")
            return f"{asked[0]}: {answers} of {len(judgement.questions[0].statements)} ({_short(judgement.parted)})"
    return f"{asked[0]}: “{judgement.object}”"


def _short(ids: Sequence[str]) -> str:
    return ", ".join(i[:8] for i in ids)


def told(judgements: Sequence[JudgementRecord]) -> str:
    """One line on what was just written down."""
    kind = JUDGED[judgements[0].kind]
    what = "judgement" if _is_undoing(judgements[0]) else "statement"
    if judgements[0].kind in (JudgementKind.SAME, JudgementKind.APART):
        return one_line(f"{judgements[0].subject} and {judgements[0].object}: {kind}, by {judgements[0].by}")
    if judgements[0].kind in OF_QUESTIONS:
        return one_line(f"{kind} {_of_questions(judgements[0])}, by {judgements[0].by}")
    return one_line(f"{kind} {count(len(judgements), what)}, by {judgements[0].by}")


def ratings_table(ratings: Iterable[Rated]) -> Table:
    """One line a rating, in the order they were recorded: of whom, whom that rates here, by whom, when."""
    table = _table("recorded", "by", "source", "grade", "about", "rates here", "note")
    for rated in ratings:
        rating = rated.rating
        style = "" if rated.standing else "dim"
        grade = f"{rating.grade.value} {RELIABILITY[rating.grade]}" if rating.grade else "taken back"
        over = "" if rated.standing or rating.grade is None else " (no longer)"
        table.add_row(
            Text(rating.recorded_at.strftime("%Y-%m-%d %H:%M"), style="dim"),
            Text(one_line(rating.by), style=style),
            Text(one_line(rating.name), style=style),
            Text(grade + over, style=style),
            Text(one_line(rating.topic or "everything"), style=style if rating.topic else "dim"),
            Text(one_line(", ".join(rated.names) or "nobody yet"), style=style),
            Text(one_line(rating.note or ""), style="dim"),
        )
    return table


def rating_told(rated: Rated) -> list[str]:
    """What was just written down, and a second line where the name is nobody's."""
    rating = rated.rating
    grade = f"{rating.grade.value}, {RELIABILITY[rating.grade]}" if rating.grade else "rating taken back"
    about = f", about {rating.topic}" if rating.topic else ""
    who = listed([name for name in rated.names if name != rating.name])
    told = [one_line(f"{rating.name}{f' ({who})' if who else ''}: {grade}{about}, by {rating.by}")]
    if not rated.names:
        told.append(one_line(f"nobody in the case is called {rating.name} yet: it rates whoever bears that name later"))
    return told
