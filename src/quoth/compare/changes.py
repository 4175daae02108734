"""What changed between two states of a case: new questions and answers, moved voices, new disputes, more origins.

Questions of the two states are one when they ask for one slot and share the most statements, and those that an analyst
asks, when they are the same; answers, when their value and label are equal.  Nothing is said to have become true.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quoth.model import Change, ChangeKind, Comparison, Question, Relation, RelationType, Value

_DISPUTES = frozenset({RelationType.CONTRADICT, RelationType.DENY})
_ORDER = {kind: n for n, kind in enumerate(ChangeKind)}


def changes(before: Comparison, after: Comparison) -> tuple[Change, ...]:
    """All changes from one state of a case to a later one, by question and kind; disputes first."""
    earlier = _earlier(before.questions, after.questions)
    found = [change for question in after.questions for change in _changes(earlier.get(question.id), question)]
    return tuple(sorted(found, key=lambda c: (_ORDER[c.kind], c.question, c.answer or "", c.statements)))


def _earlier(before: Sequence[Question], after: Sequence[Question]) -> dict[str, Question]:
    """Question of the later state → the one that it was: of one slot, with the most statements in common."""
    asking: dict[str, list[Question]] = defaultdict(list)
    for question in before:
        for statement in _statements(question) if not question.asked else ():
            asking[statement].append(question)
    by_id = {question.id: question for question in before}
    found = {question.id: by_id[question.id] for question in after if question.asked and question.id in by_id}
    for question in after:
        if question.asked:
            continue
        shared = Counter(q.id for s in _statements(question) for q in asking[s] if q.slot is question.slot)
        if shared:
            found[question.id] = by_id[min(shared, key=lambda id: (-shared[id], id))]
    return found


def _changes(before: Question | None, after: Question) -> Iterator[Change]:
    known = {_key(value): value for value in before.values} if before is not None else {}
    if before is None:
        yield _change(ChangeKind.QUESTION, after, None, sorted(_statements(after)), after.values)
    told_before = {s for value in known.values() for s in value.statements}
    held = _held(before.values if before is not None else ())
    for value in after.values:
        new = tuple(s for s in value.statements if s not in told_before)
        earlier = known.get(_key(value))
        if before is not None and new and earlier is None:
            yield _change(ChangeKind.ANSWER, after, value, new)
        elif earlier is not None and len(value.origins) > len(earlier.origins):
            yield _change(ChangeKind.SUPPORT, after, value, new, origins=(len(earlier.origins), len(value.origins)))
        for voice in value.voices:
            said = held.get(voice)
            if new and value.value is not None and said is not None and _key(value) not in {_key(v) for v in said}:
                yield _change(ChangeKind.MOVED, after, value, new, said, voice=voice)
    disputed = {_pair(r) for r in before.relations if r.type in _DISPUTES} if before is not None else set()
    fresh = [r for r in after.relations if r.type in _DISPUTES and _pair(r) not in disputed]
    if fresh:
        yield _change(ChangeKind.DISPUTE, after, None, sorted({s for r in fresh for s in (r.a, r.b)}), whys=fresh)


def _change(
    kind: ChangeKind,
    question: Question,
    value: Value | None,
    statements: Iterable[str],
    earlier: Sequence[Value] = (),
    *,
    voice: str | None = None,
    origins: tuple[int, int] | None = None,
    whys: Sequence[Relation] = (),
) -> Change:
    return Change(
        kind=kind,
        question=question.id,
        text=question.text,
        answer=value.text if value is not None else None,
        value=value.value if value is not None else None,
        before=tuple(v.text for v in earlier),
        voice=voice,
        origins=origins,
        why=tuple(dict.fromkeys(r.why for r in whys)),
        statements=tuple(statements),
    )


def _held(values: Sequence[Value]) -> Mapping[str, list[Value]]:
    """Voice → the answers that it gave; what is withheld or only implied is none."""
    found: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        for voice in value.voices:
            if value.value is not None:
                found[voice].append(value)
    return found


def _key(value: Value) -> tuple[object, str | None]:
    return (value.value if value.value is not None else value.text, value.label)


def _statements(question: Question) -> set[str]:
    return {statement for value in question.values for statement in value.statements}


def _pair(relation: Relation) -> frozenset[str]:
    return frozenset((relation.a, relation.b))
