"""What the terminal shows: rich tables and trees.  Document text is plain text here, never markup or control codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from quoth.model import Document, Link, Origin, RelationType, Statement, Weighing
from quoth.present import words
from quoth.present.escape import one_line, visible
from quoth.present.snippet import Piece
from quoth.present.view import (
    Answer,
    BriefView,
    DocumentView,
    Evidence,
    Grades,
    QuestionView,
    RelationView,
    Shorten,
    Utterance,
)

if TYPE_CHECKING:
    from quoth.ledger import Problem
    from quoth.outcomes import Added

STYLE = {"content": "bold", "source": "underline", "cue": "italic", "via": "underline", "": "dim"}
OPPOSED = {RelationType.CONTRADICT: "red", RelationType.DENY: "red", RelationType.TENSION: "yellow"}


SUMMED, ANSWERS = 12, 6
"""Questions in the summary of a case, and answers to each."""
GRADE = 18
"""Columns that a grade takes, so that who and when keep theirs."""
REASONS = 2
"""Reasons told on the terminal for how two answers stand to each other; the brief has them all."""


def plain(text: str, style: str = "") -> Text:
    """Text from anywhere, as itself, on one line."""
    return Text(one_line(text), style=style)


def snippet_text(pieces: Iterable[Piece]) -> Text:
    """A snippet with its content, source and cue told apart by style."""
    return Text.assemble(*((one_line(piece.text), STYLE[piece.mark]) for piece in pieces))


def _table(*headings: str, wide: str | None = None, whole: tuple[str, ...] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, ratio=1 if heading == wide else None, overflow="fold", no_wrap=heading in whole)
    return table


def documents_table(documents: Sequence[DocumentView]) -> Table:
    """One line a document, with its notes."""
    table = _table("id", "published", "outlet", "title", "statements", wide="title", whole=("id", "published"))
    for d in documents:
        title = plain(d.title)
        if d.version:
            title.append(f"\n{d.version}", style="dim")
        for note in d.notes:
            title.append("\n" + one_line(note), style="yellow")
        relays = plain(f"{d.outlet} (relays {d.relays})" if d.relays else d.outlet)
        table.add_row(plain(d.short, "cyan"), plain(d.date), relays, title, str(d.statements))
    return table


def statements_table(rows: Sequence[Evidence]) -> Table:
    """One line a statement: who, when, act and certainty, words."""
    table = _table("id", "said", "who", "act", "content", "in", wide="content", whole=("id",))
    for e in rows:
        content = Text(" … ").join([plain(piece.text) for piece in e.snippet if piece.mark == "content"])
        who = plain(e.source)
        if e.via:
            who.append(f"\nvia {one_line(', '.join(e.via))}", style="dim")
        act = plain(e.act).append(f"\n{e.certainty}", style="dim")
        table.add_row(plain(e.short, "cyan"), plain(e.said), who, act, content, plain(e.document.outlet, "dim"))
    return table


def questions_group(questions: Sequence[QuestionView]) -> Group:
    """Every question with its answers and how they stand to each other."""
    parts: list[Table | Text | Padding] = []
    for q in questions:
        parts.append(Text.assemble((one_line(q.text), "bold"), "  ", (q.short, "cyan")))
        parts.append(Text(q.verdict, style="red" if q.contested else "dim"))
        if q.hand:
            parts.append(plain(q.hand, "dim italic"))
        if q.answers:
            parts.append(_answers(q.answers))
        parts += [_relation(relation) for relation in q.relations]
        parts.append(Text())
    return Group(*parts)


def _answers(answers: Sequence[Answer]) -> Table:
    graded = any(a.grades for a in answers)
    table = _table("answer", "stands on", "who, when", "how sure", *["grade"] * graded, wide="who, when")
    if graded:
        table.columns[-1].max_width = GRADE
    for a in answers:
        answer = plain(a.text, "bold")
        if a.spelled:
            answer.append(f"\n{one_line(a.spelled)}", style="not bold dim")
        if a.label:
            answer.append(f"\n{one_line(a.label)}", style="not bold dim")
        who = Text("\n").join([plain(f"{_voice(u)}, {u.said}; {u.outlets}") for u in a.utterances])
        grade = [_grade(a.grades)] if a.grades else []
        table.add_row(answer, plain(a.standing), who, plain(f"{a.certainty} ({a.code})"), *grade)
    return table


def _voice(utterance: Utterance) -> str:
    return utterance.voice + (f" (side: {utterance.side})" if utterance.side else "")


def _grade(grades: Grades) -> Text:
    text = plain(grades.figure).append(f" {grades.words}", style="dim")
    for mark, source, _ in grades.rated:
        text.append(f"\n{mark}").append(f" {one_line(source)}", style="dim")
    return text


def grades_table(answers: Sequence[Answer]) -> Table:
    """The grades of each answer with their reasons; ratings of sources, and sides, where there are any."""
    graded = [(a, a.grades) for a in answers if a.grades]
    columns = {
        "answer": [plain(a.text, "bold") for a, _ in graded],
        "grade": [plain(f"{g.figure} {g.words}") for _, g in graded],
        "because": [plain(g.why) for _, g in graded],
        "sources as rated": [
            Text("\n").join([plain(f"{mark} {source}: {how}") for mark, source, how in g.rated]) for _, g in graded
        ],
        "sides": [plain(g.sides) for _, g in graded],
    }
    told = {heading: cells for heading, cells in columns.items() if any(cell.plain for cell in cells)}
    table = _table(*told, wide="because")
    for row in zip(*told.values(), strict=True):
        table.add_row(*row)
    return table


def _relation(relation: RelationView) -> Padding:
    text = Text()
    text.append(f"{relation.heading}: ", style=OPPOSED.get(relation.type, "dim"))
    text.append(one_line(" ".join(relation.sentence)))
    whys = [why for why, _, _ in relation.reasons]
    more = f"; and {words.count(len(whys) - REASONS, 'more reason')}" if len(whys) > REASONS else ""
    text.append(f" ({one_line('; '.join(whys[:REASONS]) + more)})", style="dim")
    return Padding(text, (0, 0, 0, 2))


def evidence_group(
    e: Evidence, around: Sequence[Piece], events: Sequence[str], answers: Sequence[str], reports: Sequence[str]
) -> Group:
    """One statement in full: its words in their place, what was read in them, the questions it answers, and the
    other reports of its utterance."""
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    told = [
        ("statement", e.id),
        ("who", e.source + (f" ({e.kind})" if e.kind else "")),
        ("named as", e.named + (f": {e.why_name}" if e.why_name else "") if e.named else ""),
        ("through", ", then ".join(e.via)),
        ("when", e.said),
        ("act", e.act),
        ("how sure", f"{e.certainty} ({e.code})"),
        ("distance", e.distance),
        ("quotation", e.quote),
        ("document", f"{e.document.label}: {e.document.title}"),
        ("", f"{e.document.where} ({e.document.id})"),
        ("characters", e.offsets),
        *_rows("event" if len(events) == 1 else "events", events),
        *_rows("answers", answers),
        ("origin", f"{e.origin}, the only report of it" if e.origin else "lineage unknown: it counts as no origin"),
    ]
    if e.origin and reports:
        told[-1:] = [("origin", f"{e.origin}, of which these are other reports:"), *_rows("", reports)]
    for heading, value in told:
        if value:
            facts.add_row(heading, plain(value))
    return Group(Text.assemble(*((visible(p.text), STYLE[p.mark]) for p in around)), Text(), facts)


def _rows(heading: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(heading if n == 0 else "", value) for n, value in enumerate(values)]


def document_group(d: DocumentView, text: str) -> Group:
    """A document's metadata and its whole text."""
    return Group(documents_table([d]), plain(f"{d.where}, SHA-256 {d.sha256}", "dim"), Text(), Text(visible(text)))


def origins_group(
    origins: Sequence[Origin], statements: dict[str, Statement], documents: dict[str, Document], short: Shorten
) -> Group:
    """Each origin as a tree: the voice, whoever passed it on, the statements that report it."""
    return Group(*(origin_tree(origin, statements, documents, short) for origin in origins))


def origin_tree(
    origin: Origin, statements: dict[str, Statement], documents: dict[str, Document], short: Shorten
) -> Tree:
    """The relay tree of one utterance.  Who is reached by no link stands directly under the voice."""
    head = Text.assemble(
        (one_line(origin.voice), "bold"),
        f", {words.said(origin.said)}: {words.count(origin.reports, 'report')}  ",
        (short(origin.id), "cyan"),
    )
    tree = Tree(head, guide_style="dim")
    children: dict[str, list[Link]] = {}
    for link in origin.links:
        children.setdefault(link.parent, []).append(link)
    placed: dict[str, list[str]] = {}
    for id in origin.statements:
        placed.setdefault(_place(id, origin, statements, documents), []).append(id)

    def leaf(id: str) -> Text:
        statement = statements.get(id)
        if statement is None:
            return plain(short(id), "cyan")
        outlet = documents[statement.document_id].outlet or "an outlet not named"
        content = one_line(statement.content.text)
        content = content if len(content) <= 160 else f"{content[:159]}…"
        return Text.assemble((short(id), "cyan"), f" {one_line(outlet)}: ", (content, "italic"))

    def grow(branch: Tree, name: str, above: frozenset[str]) -> None:
        for id in placed.pop(name, []):
            branch.add(leaf(id))
        for child in dict.fromkeys(link.child for link in children.get(name, [])):
            if child in above:
                branch.add(plain(f"{child} (again)", "dim"))
            else:
                grow(branch.add(plain(child)), child, above | {child})

    grow(tree, origin.voice, frozenset({origin.voice}))
    targets = {link.child for link in origin.links}
    for name in [name for name in children if name not in targets and name != origin.voice]:
        grow(tree.add(plain(name)), name, frozenset({origin.voice, name}))
    for ids in placed.values():
        for id in ids:
            tree.add(leaf(id))
    return tree


def _place(id: str, origin: Origin, statements: dict[str, Statement], documents: dict[str, Document]) -> str:
    """Under whom a statement hangs in the tree: its own outlet where a link leads there, else the voice."""
    reached = {link.child for link in origin.links}
    outlet = documents[statements[id].document_id].outlet if id in statements else None
    named = [link.child for link in origin.links if link.statement_id == id]
    return outlet if outlet and outlet in reached else named[-1] if named else origin.voice


def problems_table(problems: Sequence[Problem]) -> Table:
    """What `verify` found wrong."""
    table = _table("kind", "where", "what", wide="what")
    for problem in problems:
        table.add_row(plain(problem.kind.value, "red"), plain(problem.where), plain(problem.what))
    return table


def added_group(added: Added, case: str | None) -> Group:
    """What became of what was added to the `case` (None where none was made), and what could not be read."""
    told = [
        f"{words.count(added.new, 'document')} added" if added.new else "",
        f"{added.read_again} read again" if added.read_again else "",
        f"{added.known} already there" if added.known else "",
        f"{added.off_topic} off topic, kept unread" if added.off_topic else "",
        words.count(added.statements, "statement"),
        f"{len(added.failed)} could not be read" if added.failed else "",
    ]
    parts = [Text(", ".join(part for part in told if part), style="bold")]
    parts[0].append(f"  case: {one_line(case)}" if case else "  no case was made", style="not bold dim")
    for item in added.failed:
        why = str(item.error)
        where_and_why = why if why.startswith(item.where) else f"{item.where}: {why}"
        parts.append(Text.assemble(("  ✗ ", "red"), one_line(where_and_why)))
    return Group(*parts)


def summary_group(view: BriefView, case: str) -> Group:
    """The case on a page or two, for a terminal of 80 columns: the documents, a line each, and the most contested
    questions with their answers and what these stand on."""
    several = [q for q in view.questions if q.statements > 1]
    parts: list[Table | Text] = [_documents_in_lines(view), Text()]
    for q in several[:SUMMED]:
        parts += [plain(q.text, "bold"), plain(f"  {q.verdict}", "red" if q.contested else "dim"), _summed(q), Text()]
    if len(view.questions) > SUMMED:
        left = words.count(len(view.questions) - len(several[:SUMMED]), "more question")
        parts.append(plain(f"and {left}: quoth --case {case} questions"))
    return Group(*parts)


def _documents_in_lines(view: BriefView) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        padding=(0, 2, 0, 0),
        title=f"{words.count(len(view.documents), 'document')}, {words.count(view.statements, 'statement')}, "
        f"{words.count(view.origins, 'origin')}",
        title_justify="left",
        title_style="bold",
    )
    day = max([9, *(len(d.date) for d in view.documents)])
    outlet = min(18, max([6, *(cell_len(one_line(d.outlet)) for d in view.documents)]))
    table.add_column("published", no_wrap=True, width=day)
    table.add_column("outlet", no_wrap=True, width=outlet)
    table.add_column("title")  # the one that gives way where the terminal is narrow
    table.add_column("statements", justify="right", no_wrap=True, width=10)
    for d in view.documents:
        title = Text(one_line(d.title), no_wrap=True, overflow="ellipsis")
        table.add_row(plain(d.date), plain(d.outlet), title, str(d.statements))
    return table


def _summed(question: QuestionView) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1, no_wrap=True)
    for width in (11, 10):
        table.add_column(justify="right", no_wrap=True, min_width=width)
    for a in question.answers[:ANSWERS]:
        more = ", ".join(part for part in (a.spelled, a.label) if part)
        answer = plain(a.text).append(f" ({one_line(more)})" if more else "", style="dim")
        table.add_row("", answer, words.count(a.reports, "report"), words.count(a.origins, "origin"))
    if len(question.answers) > ANSWERS:
        table.add_row("", plain(f"and {words.count(len(question.answers) - ANSWERS, 'more answer')}", "dim"), "", "")
    return table


def weighings_table(weighings: Iterable[Weighing]) -> Table:
    """One line a question and answer that some method leans to, with the methods that do."""
    table = _table("question", "voices", "leans to", "by", wide="question")
    for weighing in weighings:
        leaning: dict[tuple[str, ...], list[str]] = {}
        for method, answers in weighing.believed.items():
            leaning.setdefault(answers, []).append(method.replace("_", " "))
        for n, (answers, methods) in enumerate(leaning.items()):
            first = n == 0
            table.add_row(
                plain(weighing.text if first else "", "bold"),
                Text(str(weighing.voices) if first else ""),
                plain(" or ".join(f"“{answer}”" for answer in answers) + (" (tied)" if len(answers) > 1 else "")),
                Text(", ".join(methods)),
            )
    return table
