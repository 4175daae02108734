"""From statements and their comparison to a view: pure functions, run once for every form of the brief."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from quoth.model import (
    Agent,
    AgentKind,
    Article,
    Assessment,
    Clock,
    Comparison,
    Document,
    Statement,
)
from quoth.present import words
from quoth.present.answers import Lay, question_view
from quoth.present.snippet import Piece, edited, snippet
from quoth.present.standing import by_contest
from quoth.present.view import (
    BriefView,
    DocumentView,
    Evidence,
    Shorten,
    SourceView,
)

UNNAMED = "an outlet not named"

SHORT_ID = 8
"""Digits of an id shown to people, where that is enough to tell the case's ids apart."""


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
    document_of = {s.id: s.document_id for s in statements}
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
            question_view(
                n,
                q,
                evidence.__getitem__,
                document_of.__getitem__,
                origins,
                comparison.origin_of,
                short,
                assessments[q.id] if assessments is not None else None,
            )
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


def laying(
    statements: Mapping[str, Statement],
    documents: Mapping[str, Document],
    origin_of: Mapping[str, str],
    side_of: Mapping[str, str],
    short: Shorten,
) -> Lay:
    """Lays statements out one by one, each when it is first asked for, whatever else the case holds."""

    @cache
    def of_document(id: str) -> DocumentView:
        return _document(0, documents[id], short, 0)

    @cache
    def lay(id: str) -> Evidence:
        s = statements[id]
        view = of_document(s.document_id)
        return _evidence(s, view, documents[s.document_id].text, short, origin_of.get(id), side_of)

    return lay


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
