"""Questions and answers in print: "Q: Was it safe?" / "A: It was not.": who answers is named before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoth.model import Span
from quoth.read.english.attribution.cues import SPEECH
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

QUESTION, ANSWER = frozenset({"q", "question"}), frozenset({"a", "answer"})
MARKS = frozenset({":", "."})


def find(passages: Sequence[Passage]) -> Iterator[Found]:
    """The answers, as words of the person whom the narration names last before the first question."""
    answering: tuple[Parse, Token] | None = None
    asked = False
    surnames: set[str] = set()
    for number, passage in enumerate(passages):
        label = _label(passage)
        if label is None:
            doc = passage.frame.tokens
            surnames.update(e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)
            person = next((t for t in reversed(doc) if t.ent_type_ == "PERSON" or t.text in surnames), None)
            if person is not None:
                answering, asked = (passage.frame, person), False
            continue
        asked = asked or label.lower_ in QUESTION
        if asked and label.lower_ in ANSWER and answering is not None:
            yield from _answer(passage, number, label, *answering)


def _label(passage: Passage) -> Token | None:
    """The "Q" or "A" that a paragraph begins with."""
    doc = passage.frame.tokens
    if len(doc) < 3 or doc[0].lower_ not in QUESTION | ANSWER or doc[1].text not in MARKS:
        return None
    return doc[0]


def _answer(passage: Passage, number: int, label: Token, named_in: Parse, person: Token) -> Iterator[Found]:
    parse = passage.frame
    quoted = tuple(q.inner for q in passage.quotations if q.span.start <= parse.starts[label.i + 2])
    after = [t for t in parse.tokens[label.i + 2 :] if not t.is_space]
    while after and after[-1].text in {".", "!"}:
        after.pop()
    if not after:
        return
    content = quoted or (Span(parse.starts[after[0].i], parse.ends[after[-1].i]),)
    yield Found(number, parse, (label.i + 1,), person.i, content, SPEECH, Pattern.ANSWER, source_in=named_in)
