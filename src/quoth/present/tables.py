"""What the terminal shows: rich tables and trees.  Document text is plain text here, never markup or control codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from quoth.model import Document, Link, Origin, RelationType, Statement
from quoth.present import words
from quoth.present.escape import one_line, visible
from quoth.present.layout import Shorten
from quoth.present.snippet import Piece
from quoth.present.view import Answer, BriefView, DocumentView, Evidence, QuestionView, RelationView

if TYPE_CHECKING:
    from quoth.case import Added
    from quoth.ledger import Problem

STYLE = {"content": "bold", "source": "underline", "cue": "italic", "via": "underline", "": "dim"}
OPPOSED = {RelationType.CONTRADICT: "red", RelationType.DENY: "red", RelationType.TENSION: "yellow"}


def plain(text: str, style: str = "") -> Text:
    """Text from anywhere, as itself, on one line."""
    return Text(one_line(text), style=style)


def snippet_text(pieces: Iterable[Piece]) -> Text:
    """A snippet with its content, source and cue told apart by style."""
    return Text.assemble(*((one_line(piece.text), STYLE[piece.mark]) for piece in pieces))


def _table(*headings: str, wide: str | None = None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, ratio=1 if heading == wide else None, overflow="fold")
    return table


def documents_table(documents: Sequence[DocumentView]) -> Table:
    """One line a document, with its notes."""
    table = _table("id", "published", "outlet", "title", "statements", wide="title")
    for d in documents:
        title = plain(d.title)
        for note in d.notes:
            title.append("\n" + one_line(note), style="yellow")
        relays = plain(f"{d.outlet} (relays {d.relays})" if d.relays else d.outlet)
        table.add_row(plain(d.short, "cyan"), plain(d.date), relays, title, str(d.statements))
    return table


def statements_table(rows: Sequence[Evidence]) -> Table:
    """One line a statement: who, when, act and certainty, words."""
    table = _table("id", "said", "who", "act", "content", "in", wide="content")
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
        parts.append(_answers(q.answers))
        parts += [_relation(relation) for relation in q.relations]
        parts.append(Text())
    return Group(*parts)


def _answers(answers: Sequence[Answer]) -> Table:
    table = _table("answer", "stands on", "who, when", "how sure", wide="who, when")
    for a in answers:
        answer = plain(a.text, "bold")
        if a.spelled:
            answer.append(f"\n{one_line(a.spelled)}", style="not bold dim")
        if a.label:
            answer.append(f"\n{one_line(a.label)}", style="not bold dim")
        who = Text("\n").join([plain(f"{u.voice}, {u.said}; {u.outlets}") for u in a.utterances])
        table.add_row(answer, plain(a.standing), who, plain(f"{a.certainty} ({a.code})"))
    return table


def _relation(relation: RelationView) -> Padding:
    text = Text()
    text.append(f"{relation.heading}: ", style=OPPOSED.get(relation.type, "dim"))
    text.append(one_line(" ".join(relation.sentence)))
    text.append(f" ({one_line('; '.join(why for why, _, _ in relation.reasons))})", style="dim")
    return Padding(text, (0, 0, 0, 2))


def evidence_group(e: Evidence, around: str = "") -> Group:
    """One statement in full; `around` is the paragraph or paragraphs in which it stands."""
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
        ("origin", e.origin or "lineage unknown"),
    ]
    for heading, value in told:
        if value:
            facts.add_row(heading, plain(value))
    parts: list[Table | Text] = [snippet_text(e.snippet), Text(), facts]
    if around:
        parts += [Text(), Text("In its place:", style="dim"), Text(visible(around), style="dim")]
    return Group(*parts)


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


def summary_group(view: BriefView) -> Group:
    """The case in one table: each question that several statements answer, and what the answers stand on."""
    table = _table("question", "answer", "stands on", wide="question")
    once = 0
    for q in view.questions:
        if q.statements < 2:
            once += 1
            continue
        for n, a in enumerate(q.answers):
            question = plain(q.text, "red" if q.contested else "") if n == 0 else Text()
            more = ", ".join(part for part in (a.spelled, a.label) if part)
            answer = plain(a.text, "bold").append(f" ({one_line(more)})" if more else "", style="not bold dim")
            table.add_row(question, answer, plain(a.standing), end_section=n == len(q.answers) - 1)
    rest = [plain(f"and {words.count(once, 'question')} that one statement answers", "dim")] if once else []
    return Group(table, *rest)
