"""One question laid out for reading: its answers with who gives them, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quoth.model import Assessment, Heading, Origin, Question, RelationType, Value
from quoth.present import words
from quoth.present.standing import Reason, Standing, standings, verdict
from quoth.present.view import Answer, Evidence, Grades, Passage, QuestionView, RelationView, Shorten, Utterance

Lay = Callable[[str], Evidence]
"""From a statement's id to the statement laid out."""

PAIRS = 4
"""Pairs of statements that a page lists at once for a relation between two answers; it folds the others."""


def question_view(
    number: int,
    question: Question,
    lay: Lay,
    document_of: Callable[[str], str],
    origins: Mapping[str, Origin],
    origin_of: Mapping[str, str],
    short: Shorten,
    assessed: Sequence[Assessment] | None,
    most: int | None = None,
    related: Sequence[Standing] | None = None,
    heading: Heading | None = None,
) -> QuestionView:
    """A question with its answers, at most the first `most` utterances of each; the counts are of all.

    `document_of` names the document of a statement; only what is shown is laid out.  `related`: what is told of how the
    answers stand to each other, all of it unless given; `heading`: that of the question, where it is at hand.
    """
    heading = heading or Heading.of(question)
    answers = tuple(
        _answer(n, value, lay, document_of, origins, origin_of, short, assessed[n - 1] if assessed else None, most)
        for n, value in enumerate(question.values, 1)
    )
    return QuestionView(
        number=number,
        id=question.id,
        short=short(question.id),
        text=question.text,
        hand=_hand(question, short),
        verdict=verdict(heading),
        contested=heading.disputes > 0,
        statements=len({id for value in question.values for id in value.statements}),
        answers=answers,
        relations=tuple(_relation(s, answers, short) for s in (standings(question) if related is None else related)),
    )


def _hand(question: Question, short: Shorten) -> str:
    if question.asked:
        return "Asked in case.toml"
    own = f"; in Quoth’s words: {question.wording}" if question.wording != question.text else ""
    return f"As judged ({', '.join(map(short, question.judgements))}){own}" if question.judgements else ""


def spoken(value: Value, origin_of: Mapping[str, str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """What an answer has of each origin, as ids of statements; those of unknown lineage stand together, under None."""
    known = set(value.origins)
    groups: dict[str | None, list[str]] = {origin: [] for origin in value.origins}
    for id in value.statements:
        origin = origin_of.get(id)
        groups.setdefault(origin if origin in known else None, []).append(id)
    return [(origin, tuple(ids)) for origin, ids in groups.items() if ids]


def _answer(
    number: int,
    value: Value,
    lay: Lay,
    document_of: Callable[[str], str],
    origins: Mapping[str, Origin],
    origin_of: Mapping[str, str],
    short: Shorten,
    assessed: Assessment | None,
    most: int | None,
) -> Answer:
    groups = spoken(value, origin_of)
    unknown = len({document_of(id) for origin, ids in groups if origin is None for id in ids})
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
            utterance(origin and short(origin), origins.get(origin or ""), [lay(id) for id in ids])
            for origin, ids in groups[:most]
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


def utterance(origin: str | None, known: Origin | None, rows: Sequence[Evidence]) -> Utterance:
    """The reports of one utterance; without `known`, reports of unknown lineage."""
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


def _passages(rows: Sequence[Evidence]) -> tuple[Passage, ...]:
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
