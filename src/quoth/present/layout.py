"""From statements and their comparison to a view: pure functions, run once for every form of the brief."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from quoth.model import (
    Agent,
    AgentKind,
    Article,
    Assessment,
    Clock,
    Comparison,
    Document,
    Heading,
    Origin,
    Question,
    RelationType,
    Statement,
    Value,
)
from quoth.present import words
from quoth.present.snippet import Piece, edited, snippet
from quoth.present.standing import Reason, Standing, by_contest, standings, verdict
from quoth.present.view import (
    Answer,
    BriefView,
    DocumentView,
    Evidence,
    Grades,
    Passage,
    QuestionView,
    RelationView,
    SourceView,
    Utterance,
)

UNNAMED = "an outlet not named"
Shorten = Callable[[str], str]

SHORT_ID = 8
"""Digits of an id shown to people, where that is enough to tell the case's ids apart."""


PAIRS = 4
"""Pairs of statements that the brief lists at once for a relation between two answers; it folds the others."""


def build_view(
    comparison: Comparison,
    statements: Sequence[Statement],
    documents: Sequence[Document],
    *,
    title: str = "Who said what",
    made: datetime.date | None = None,
    version: str = "",
    head: str = "",
    unread: Sequence[tuple[str, str]] = (),
    as_of: datetime.date | None = None,
    clock: Clock = Clock.PUBLISHED,
    assessments: Mapping[str, Sequence[Assessment]] | None = None,
    articles: Sequence[Article] = (),
    part: str = "",
) -> BriefView:
    """Lay a case out; `assessments`, where given, hold one for each value of each question; `articles` are those that
    are there in several versions; `part` says in words of what part of a case these are all.

    Statements of documents that are not given are an error (KeyError).
    """
    ids = [d.id for d in documents] + [s.id for s in statements] + [q.id for q in comparison.questions]
    short = shortener(ids + [o.id for o in comparison.origins])
    per_document: dict[str, int] = {}
    for statement in statements:
        per_document[statement.document_id] = per_document.get(statement.document_id, 0) + 1
    ordered = sorted(documents, key=_by_day)
    views = {d.id: _document(n, d, short, per_document.get(d.id, 0)) for n, d in enumerate(ordered, 1)}
    views |= {d: replace(views[d], version=told, edits=edits) for d, told, edits in _versions(articles) if d in views}
    texts = {d.id: d.text for d in documents}
    origins = {o.id: o for o in comparison.origins}
    sides = _sides_of(comparison)
    evidence = {
        s.id: _evidence(s, views[s.document_id], texts[s.document_id], short, comparison.origin_of.get(s.id), sides)
        for s in statements
    }
    questions = by_contest(comparison.questions)
    outlets = list(dict.fromkeys(v.outlet for v in views.values() if v.outlet != UNNAMED))
    days = sorted(d.published for d in documents if d.published)
    return BriefView(
        title=title,
        made=words.day(made) if made else "",
        version=version,
        head=head,
        as_of=f"as {clock.value} by {words.day(as_of)}" if as_of else "",
        outlets=tuple(outlets),
        period=words.interval(days[0], days[-1]) if days else "",
        undated=sum(d.published is None for d in documents),
        voices=len({o.voice for o in comparison.origins}),
        origins=len(comparison.origins),
        unknown=sum(s.id not in comparison.origin_of for s in statements),
        questions=tuple(
            _question(n, q, evidence, origins, short, assessments[q.id] if assessments is not None else None)
            for n, q in enumerate(questions, 1)
        ),
        sources=_sources(statements, evidence, views),
        documents=tuple(views.values()),
        statements=len(statements),
        unread=tuple(unread),
        part=part,
    )


def statement_views(
    statements: Sequence[Statement], documents: Iterable[Document], comparison: Comparison
) -> list[Evidence]:
    """These statements of a case, in the order given; `documents` and `comparison` are the whole case's."""
    ordered = sorted(documents, key=_by_day)
    ids = [d.id for d in ordered] + [s.id for s in statements] + list(comparison.origin_of)
    short = shortener(ids + [o.id for o in comparison.origins] + [q.id for q in comparison.questions])
    views = {d.id: _document(n, d, short, 0) for n, d in enumerate(ordered, 1)}
    texts = {d.id: d.text for d in ordered}
    sides = _sides_of(comparison)
    return [
        _evidence(s, views[s.document_id], texts[s.document_id], short, comparison.origin_of.get(s.id), sides)
        for s in statements
    ]


def _sides_of(comparison: Comparison) -> dict[str, str]:
    """The id of a statement → the side that is declared for whoever speaks in it."""
    sides = {entity.id: entity.side for entity in comparison.entities}
    return {s: side for s, entity in comparison.speaker_of.items() if (side := sides.get(entity))}


def shortener(ids: Sequence[str]) -> Shorten:
    """Cuts ids to the shortest common length, `SHORT_ID` or more digits, that keeps these apart."""
    different = set(ids)
    longest = max(map(len, different), default=0)
    digits = SHORT_ID
    while digits < longest and len({i[:digits] for i in different}) < len(different):
        digits += 1
    return lambda id: id[:digits]


def _by_day(document: Document) -> tuple[datetime.date, str, str, str, str]:
    last = str(document.updated or ""), str(document.retrieved or "")
    return (document.published or datetime.date.max, document.outlet or "", *last, document.id)


def _versions(articles: Sequence[Article]) -> Iterator[tuple[str, str, tuple[tuple[Piece, ...], ...]]]:
    """Of each document that is a version of an article: its id, which one it is, and what it changed."""
    for article in articles:
        for number, version in enumerate(article.versions, 1):
            told = f"version {number} of {len(article.versions)}"
            yield version.document, told, tuple(edited(edit) for edit in version.edits)


def _document(number: int, document: Document, short: Shorten, statements: int) -> DocumentView:
    url = document.url or ""
    outlet = document.outlet or UNNAMED
    return DocumentView(
        number=number,
        id=document.id,
        short=short(document.id),
        label=f"{outlet}, {words.day(document.published) if document.published else 'date not known'}",
        outlet=outlet,
        title=document.title or document.file or document.url or "untitled",
        where=document.url or document.file or "standard input",
        link=url if url.casefold().startswith(("https://", "http://")) else None,
        date=words.day(document.published) if document.published else "date not known",
        relays=words.listed([relay.name for relay in document.relays]),
        statements=statements,
        characters=len(document.text),
        sha256=document.sha256,
        notes=tuple(
            note.message + (f" [{note.span.start}–{note.span.end})" if note.span else "") for note in document.notes
        ),
    )


def _evidence(
    statement: Statement,
    document: DocumentView,
    text: str,
    short: Shorten,
    origin: str | None,
    sides: Mapping[str, str],
) -> Evidence:
    source = statement.source
    same = _bare(source.text) == _bare(_name(source)) or (not source.why and _name(source) in source.text)
    return Evidence(
        id=statement.id,
        short=short(statement.id),
        source=_name(source),
        named="" if same else source.text,
        kind=words.KIND[source.kind] if source.kind else "",
        why_name=source.why or "",
        via=tuple(relay.name for relay in statement.via),
        act=words.ACT[statement.act],
        certainty=words.CERTAINTY[statement.factuality],
        code=statement.factuality.value,
        distance=f"{words.DISTANCE[statement.distance.kind]} (“{statement.distance.text}”)"
        if statement.distance
        else "",
        quote=words.QUOTE[statement.quote],
        said=words.said(statement.said),
        where=statement.block.value,
        document=document,
        offsets=", ".join(f"[{s.start}–{s.end})" for s in statement.content.spans),
        snippet=snippet(statement, text),
        origin=origin and short(origin),
        side=sides.get(statement.id, ""),
    )


def _bare(name: str) -> str:
    """A name without its article, for telling whether two forms of it differ."""
    return re.sub(r"^(the|an?) ", "", " ".join(name.casefold().split()))


def _name(source: Agent) -> str:
    nobody = source.kind is AgentKind.UNATTRIBUTED or not source.name
    return "No source named" if nobody else source.name


def _question(
    number: int,
    question: Question,
    evidence: dict[str, Evidence],
    origins: dict[str, Origin],
    short: Shorten,
    assessed: Sequence[Assessment] | None,
) -> QuestionView:
    found = standings(question)
    answers = tuple(
        _answer(n, value, evidence, origins, short, assessed[n - 1] if assessed else None)
        for n, value in enumerate(question.values, 1)
    )
    return QuestionView(
        number=number,
        id=question.id,
        short=short(question.id),
        text=question.text,
        hand=_hand(question, short),
        verdict=verdict(question),
        contested=Heading.of(question).disputes > 0,
        statements=len({id for value in question.values for id in value.statements}),
        answers=answers,
        relations=tuple(_relation(s, answers, short) for s in found),
    )


def _hand(question: Question, short: Shorten) -> str:
    if question.asked:
        return "Asked in case.toml"
    own = f"; in Quoth’s words: {question.wording}" if question.wording != question.text else ""
    return f"As judged ({', '.join(map(short, question.judgements))}){own}" if question.judgements else ""


def _answer(
    number: int,
    value: Value,
    evidence: dict[str, Evidence],
    origins: dict[str, Origin],
    short: Shorten,
    assessed: Assessment | None,
) -> Answer:
    known = short_origins = [short(o) for o in value.origins]
    groups: dict[str | None, list[Evidence]] = {o: [] for o in short_origins}
    for id in value.statements:
        item = evidence[id]
        groups.setdefault(item.origin if item.origin in known else None, []).append(item)
    by_short = {short(o): origins[o] for o in value.origins if o in origins}
    unknown = len({e.document.id for e in groups.get(None, [])})
    return Answer(
        number=number,
        text=value.text,
        spelled=words.spelled(value.value, value.text),
        label=value.label or "",
        certainty=words.CERTAINTY[value.factuality],
        code=value.factuality.value,
        origins=len(value.origins),
        reports=len(value.documents),
        voices=len(value.voices),
        unknown=unknown,
        standing=_standing(value, unknown, assessed),
        utterances=tuple(
            _utterance(origin, by_short.get(origin or ""), rows) for origin, rows in groups.items() if rows
        ),
        grades=_grades(assessed) if assessed else None,
    )


def _grades(assessed: Assessment) -> Grades:
    told = [
        (mark, rated.source, words.rating(rated))
        for mark, rated in zip(assessed.marks, assessed.reliability, strict=True)
    ]
    return Grades(
        figure=assessed.credibility.value,
        words=words.CREDIBILITY[assessed.credibility],
        why=assessed.why,
        rated=tuple(told),
        sides=words.sides(assessed),
    )


def _standing(value: Value, unknown: int, assessed: Assessment | None) -> str:
    told = [words.count(len(value.documents), "report"), words.count(len(value.origins), "origin")]
    if value.voices:
        told.append(words.count(len(value.voices), "voice"))
    if assessed and assessed.sides:
        told.append(words.count(len(assessed.sides), "side"))
    if assessed and assessed.no_side:
        told.append(f"{len(assessed.no_side)} with no side declared" if assessed.sides else "no side declared")
    if unknown and value.origins:
        told.append(f"{unknown} of unknown lineage")
    elif unknown:
        told.append("lineage unknown")
    return ", ".join(told)


def _utterance(origin: str | None, known: Origin | None, rows: list[Evidence]) -> Utterance:
    outlets = dict.fromkeys(e.document.outlet + (f" (through {', '.join(e.via)})" if e.via else "") for e in rows)
    return Utterance(
        origin=origin,
        voice=known.voice if known else words.listed(list(dict.fromkeys(e.source for e in rows))),
        side=rows[0].side if known else "",
        said=words.said(known.said) if known else words.listed(list(dict.fromkeys(e.said for e in rows))),
        outlets=words.listed(list(outlets)),
        reports=len({e.document.id for e in rows}),
        passages=_passages(rows),
    )


def _passages(rows: list[Evidence]) -> tuple[Passage, ...]:
    alike: dict[str, list[Evidence]] = {}
    for item in rows:
        words_shown = " ".join("".join(piece.text for piece in item.snippet).split())
        alike.setdefault(f"{item.act} {item.code} {words_shown}", []).append(item)
    return tuple(Passage(group[0], tuple(group[1:])) for group in alike.values())


def _relation(standing: Standing, answers: tuple[Answer, ...], short: Shorten) -> RelationView:
    def name(n: int | None) -> str:
        return "another statement" if n is None else _named(answers[n])

    between = words.RELATION[standing.type]
    inside = standing.a == standing.b
    if standing.type is RelationType.SAME and None in (standing.a, standing.b) and not inside:
        answered = standing.b if standing.a is None else standing.a
        sentence = (name(answered), "has a further report of its utterance,", "one that gives no answer of its own")
    elif inside and standing.type in {RelationType.SAME, RelationType.AGREE}:
        of = "are of one utterance" if standing.type is RelationType.SAME else "agree with each other"
        sentence = ("Reports of", name(standing.a), of)
    elif inside:
        sentence = ("One statement for", name(standing.a), f"{between} another")
    elif standing.type in {RelationType.SAME, RelationType.AGREE}:
        sentence = (name(standing.a), "and", f"{name(standing.b)} {between}")
    else:
        sentence = (name(standing.a), between, name(standing.b))
    first, rest = _split(standing.reasons)
    return RelationView(
        type=standing.type,
        heading=words.RELATION_HEADING[standing.type],
        sentence=sentence,
        pairs=standing.pairs,
        reasons=tuple(_sides(r, short) for r in standing.reasons),
        first=tuple((r.why, tuple((short(a), short(b)) for a, b in r.pairs)) for r in first),
        rest=tuple(_sides(r, short) for r in rest),
        more=sum(len(r.pairs) for r in rest),
    )


def _sides(reason: Reason, short: Shorten) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return reason.why, tuple(map(short, reason.a)), tuple(map(short, reason.b))


def _split(reasons: Sequence[Reason]) -> tuple[list[Reason], list[Reason]]:
    """The reasons as far as their first `PAIRS` pairs go, and what remains of them."""
    first, rest, room = [], [], PAIRS
    for reason in reasons:
        if reason.pairs[:room]:
            first.append(Reason(reason.why, reason.pairs[:room]))
        if reason.pairs[room:]:
            rest.append(Reason(reason.why, reason.pairs[room:]))
        room = max(0, room - len(reason.pairs))
    return first, rest


def _named(answer: Answer) -> str:
    more = "; ".join(part for part in (answer.spelled, answer.label) if part)
    return f"“{answer.text}”" + (f" ({more})" if more else "")


def _sources(
    statements: Sequence[Statement], evidence: dict[str, Evidence], documents: dict[str, DocumentView]
) -> tuple[SourceView, ...]:
    """Sources by name; unnamed ones of two documents stay two, for nobody knows that they are one."""
    unnamed = {AgentKind.ANONYMOUS, AgentKind.UNATTRIBUTED}
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        source = statement.source
        apart = statement.document_id if source.kind in unnamed else ""
        groups.setdefault((source.name.casefold(), apart), []).append(statement)

    def moment(s: Statement) -> tuple[datetime.date, int, int]:
        known = (s.said.earliest or s.said.latest) if s.said else None
        return (known or datetime.date.max, documents[s.document_id].number, s.content.hull.start)

    def speaks_for_itself(rows: list[Statement]) -> bool:
        return all(s.source.kind in {AgentKind.NARRATOR, AgentKind.UNATTRIBUTED} for s in rows)

    ordered = sorted(groups.items(), key=lambda item: (speaks_for_itself(item[1]), -len(item[1]), item[0]))
    found = []
    for number, ((_, apart), rows) in enumerate(ordered, 1):
        kinds = list(dict.fromkeys(evidence[s.id].kind for s in rows if evidence[s.id].kind))
        kind = words.listed(kinds) + (f", in {documents[apart].label}" if apart else "")
        name = _name(rows[0].source)
        found.append(
            SourceView(
                number=number,
                name=name,
                kind=kind,
                evidence=tuple(evidence[s.id] for s in sorted(rows, key=moment)),
            )
        )
    return tuple(found)
