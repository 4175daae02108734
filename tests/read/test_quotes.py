"""Quotations are found by their marks, whatever the marks and however many paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Span
from quoth.read.quotes import scan


def paragraphs(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line:
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def inner(text: str) -> list[str]:
    return [q.inner.words(text) for q in scan(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We leave,” he said.", ["We leave,"]),
        ('"We leave," he said. "Tomorrow."', ["We leave,", "Tomorrow."]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("«We leave», he said.", ["We leave"]),
        ("He called it ‘a farce’ and left.", ["a farce"]),
        ("It's the miners' union's plan.", []),
        ("‘The workers’ plan is ready,’ she said.", ["The workers’ plan is ready,"]),
        ("“He told me ‘never’ twice,” she said.", ["He told me ‘never’ twice,"]),
        ('A 12" pipe and a 6" pipe', []),
        ("“”", []),
        ("“Go on", ["Go on"]),
        ("''We leave,'' he said. ''Tomorrow.''", ["We leave,", "Tomorrow."]),
        ("``We leave,'' he said.", ["We leave,"]),
        ("The beam is 6'2'' long, she said.", []),
    ],
)
def test_marks_of_every_kind_are_matched(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_over_two_paragraphs_goes_on_where_the_second_opens_anew() -> None:
    text = "“First part.\n“Second part,” she said."
    first, second = scan(text, paragraphs(text))
    assert (first.open_end, first.continues) == (True, False)
    assert (second.open_end, second.continues) == (False, True)


def test_a_paragraph_that_does_not_open_anew_ends_the_quotation() -> None:
    text = "“First part.\nHe left. “Bye now,” he said."
    assert [q.continues for q in scan(text, paragraphs(text))] == [False, False]


@given(st.text(alphabet="ab “”\"'‘’«».,\n", max_size=80))
def test_quotations_lie_inside_their_paragraphs_in_order(text: str) -> None:
    spans = paragraphs(text)
    found = scan(text, spans)
    for quotation in found:
        assert quotation.span.contains(quotation.inner)
        assert any(p.contains(quotation.span) for p in spans)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
