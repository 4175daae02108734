"""Pieces of a document's text: all of it, cut where a statement's words begin or end, each knowing whose they are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.model import Agent, Block, BlockKind, Document, Mention, Relay, Span, Statement
from quoth.web.drawn.highlights import Mark, Piece, Role, highlights, hull_of, part_with, parts, spans_of

TEXT = "According to the Courier, Mayor Arden said that the minister denied the bridge was late."
HOSTILE = st.text(
    alphabet=st.sampled_from("ab <>&\"'\n\t\u202e\u2066\u200b\u0000\ufeffàé😀e\u0301</mark>א"), min_size=1, max_size=80
)


def at(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def statement(id: str, text: str, source: list[Span], content: list[Span], cue: list[Span], via: list[Span]):
    return Statement(
        id=id,
        document_id="d",
        source=Agent.of(text, *source, name="x") if source else Agent(text="", spans=(), name="x"),
        cue=Mention.of(text, *cue) if cue else None,
        content=Mention.of(text, *content),
        via=(Relay(name="r", text="r", spans=tuple(via)),) if via else (),
        context=Span(0, len(text)),
        pattern="verb+clause",
    )


@pytest.fixture
def outer() -> Statement:
    content = at("the minister denied the bridge was late")
    return statement("outer", TEXT, [at("Mayor Arden")], [content], [at("said")], [at("the Courier")])


@pytest.fixture
def inner() -> Statement:
    return statement("inner", TEXT, [at("the minister")], [at("the bridge was late")], [at("denied")], [])


@st.composite
def read(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    """A text of hostile characters and statements anywhere in it."""
    text = draw(HOSTILE)

    def spans(least: int) -> list[Span]:
        pairs = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
            lambda p: Span(min(p[0], len(text) - 1), max(p[0] + 1, min(p[0] + p[1], len(text))))
        )
        return draw(st.lists(pairs, min_size=least, max_size=3))

    ids = [f"s{n}" for n in range(draw(st.integers(0, 5)))]
    return text, [statement(id, text, spans(0), spans(1), spans(0), spans(0)) for id in ids]


@given(read())
def test_the_pieces_joined_are_the_text_and_stand_where_they_say(given: tuple[str, list[Statement]]) -> None:
    text, statements = given
    pieces = highlights(text, statements)
    assert "".join(piece.text for piece in pieces) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    assert all(a.end == b.start for a, b in itertools.pairwise(pieces))


@given(read())
def test_each_span_is_covered_by_exactly_the_pieces_marked_with_it(given: tuple[str, list[Statement]]) -> None:
    text, statements = given
    pieces = highlights(text, statements)
    for read in statements:
        for role in Role:
            spans = [span for span, is_a in spans_of(read) if is_a is role]
            meant = {point for span in spans for point in range(span.start, span.end)}
            marked = [piece for piece in pieces if Mark(read.id, role) in piece.marks]
            assert {point for piece in marked for point in range(piece.start, piece.end)} == meant
            assert {piece.start for piece in pieces if Mark(read.id, role) in piece.opens} == {s.start for s in spans}
            assert {piece.end for piece in pieces if Mark(read.id, role) in piece.closes} == {s.end for s in spans}


@given(read())
def test_every_statement_is_told_once_where_its_content_begins(given: tuple[str, list[Statement]]) -> None:
    text, statements = given
    told = [(id, piece.start) for piece in highlights(text, statements) for id in piece.first]
    assert sorted(told) == sorted((s.id, s.content.hull.start) for s in statements)


@given(read(), st.integers(0, 80), st.integers(0, 80))
def test_a_part_has_the_pieces_of_the_whole(given: tuple[str, list[Statement]], a: int, b: int) -> None:
    text, statements = given
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    if start == end:
        return
    whole = {point: piece.marks for piece in highlights(text, statements) for point in range(piece.start, piece.end)}
    part = highlights(text, statements, Span(start, end))
    assert "".join(piece.text for piece in part) == text[start:end]
    assert all(piece.marks == whole[point] for piece in part for point in range(piece.start, piece.end))


def test_what_is_within_a_content_is_shown_as_its_own_statement_s(outer: Statement, inner: Statement) -> None:
    pieces = highlights(TEXT, [inner, outer])
    shown = {piece.text: piece.shown for piece in pieces}
    assert shown["the Courier"] == Mark("outer", Role.VIA)
    assert shown["Mayor Arden"] == Mark("outer", Role.SOURCE)
    assert shown["said"] == Mark("outer", Role.CUE)
    assert shown["the minister"] == Mark("inner", Role.SOURCE)
    assert shown["denied"] == Mark("inner", Role.CUE)
    assert shown["the bridge was late"] == Mark("inner", Role.CONTENT)
    assert shown["."] is None
    [deepest] = [piece for piece in pieces if piece.text == "the bridge was late"]
    assert deepest.statements == ("outer", "inner")
    assert deepest.depth == 2
    assert deepest.closes == (Mark("outer", Role.CONTENT), Mark("inner", Role.CONTENT))
    assert deepest.closes_shown()
    assert deepest.opens_shown()


def test_the_order_of_the_statements_does_not_matter(outer: Statement, inner: Statement) -> None:
    assert highlights(TEXT, [outer, inner]) == highlights(TEXT, [inner, outer])


def test_overlapping_ones_are_cut_where_they_cross() -> None:
    text = "abcdef"
    one = statement("one", text, [], [Span(0, 4)], [], [])
    two = statement("two", text, [], [Span(2, 6)], [], [])
    assert [(p.text, p.statements) for p in highlights(text, [one, two])] == [
        ("ab", ("one",)),
        ("cd", ("one", "two")),
        ("ef", ("two",)),
    ]


def test_two_statements_of_one_content_are_both_told_before_it() -> None:
    text = "A and B agreed to go"
    one, two = (statement(n, text, [at(w, text)], [at("to go", text)], [], []) for n, w in (("1", "A"), ("2", "B")))
    [piece] = [p for p in highlights(text, [one, two]) if p.text == "to go"]
    assert set(piece.first) == {"1", "2"}
    assert set(piece.statements) == {"1", "2"}


def test_a_source_within_its_own_content_is_shown_as_the_source() -> None:
    text = "a plan of his own"
    own = statement("s", text, [at("his", text)], [Span(0, len(text))], [], [])
    assert [(p.text, p.shown and p.shown.role) for p in highlights(text, [own])] == [
        ("a plan of ", Role.CONTENT),
        ("his", Role.SOURCE),
        (" own", Role.CONTENT),
    ]


def test_text_without_statements_is_one_piece_and_no_text_none() -> None:
    assert highlights("abc", []) == (Piece(text="abc", start=0),)
    assert highlights("", []) == ()


def test_a_line_of_a_megabyte_with_a_thousand_statements() -> None:
    text = "ab cd ef " * 120_000
    many = [statement(f"{n}", text, [Span(n * 9, n * 9 + 2)], [Span(n * 9, n * 9 + 900)], [], []) for n in range(1000)]
    pieces = highlights(text, many)
    assert "".join(piece.text for piece in pieces) == text
    assert sum(len(piece.first) for piece in pieces) == 1000
    assert max(piece.depth for piece in pieces) == 100


def test_the_hull_goes_from_the_first_word_to_the_last(outer: Statement) -> None:
    assert hull_of(outer).words(TEXT) == TEXT[TEXT.index("the Courier") : -1]


def document(text: str, *spans: Span) -> Document:
    return Document(id="d", sha256="0", text=text, blocks=tuple(Block(span=s, kind=BlockKind.PARAGRAPH) for s in spans))


@given(st.lists(st.integers(1, 40), max_size=12), st.integers(1, 30), st.integers(0, 5))
@example([40, 1, 1], 10, 0)
def test_the_parts_are_the_text_and_none_is_too_long(lengths: list[int], most: int, rest: int) -> None:
    ends = list(itertools.accumulate(lengths))
    text = "x" * (sum(lengths) + rest)
    blocks = [Span(a, b) for a, b in itertools.pairwise([0, *ends])]
    found = parts(document(text, *blocks), most)
    assert "".join(span.words(text) for span in found) == text
    assert all(len(span) <= most for span in found)
    assert all(part_with(found, point) == n for n, span in enumerate(found) for point in (span.start, span.end - 1))


def test_parts_are_cut_between_blocks_where_that_can_be() -> None:
    assert parts(document("x" * 30, Span(0, 8), Span(8, 16), Span(16, 30)), 20) == (Span(0, 16), Span(16, 30))
    assert (
        parts(
            document(
                "",
            ),
            20,
        )
        == ()
    )
