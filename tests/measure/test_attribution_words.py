"""Texts as words: what spans touch, what is quoted, where a source's head stands."""

from __future__ import annotations

import pytest

from quoth.measure.attribution.words import Text
from quoth.model import QuoteType, Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def words(text: str, *fragments: str) -> list[str]:
    read = Text(text)
    return [text[read.starts[w] : read.ends[w]] for w in sorted(read.words([span(text, f) for f in fragments]))]


@pytest.mark.parametrize(
    ("text", "fragment", "wanted"),
    [
        ("“We won,” she said.", "“We won,” ", ["We", "won"]),
        ("the U.S. paid 1,000 so-called R&D/IT people", "U.S. paid 1,000 so-called R&D/IT", None),
        ("a sentence", "ente", ["sentence"]),  # one shared character is enough
        ("Smith: no", ":", [":"]),  # where there is no word, the punctuation
        ("Trump’s plan's end", "Trump’s plan's", ["Trump", "plan"]),
        ("the 's", "s", ["s"]),  # no word here but the clitic
        ("don't go", "don't", ["don", "t"]),
    ],
)
def test_words_that_a_span_touches(text: str, fragment: str, wanted: list[str] | None) -> None:
    assert words(text, fragment) == (wanted or ["U.S", "paid", "1,000", "so-called", "R&D/IT"])


def test_fragments_are_one_set_of_words() -> None:
    assert words("We, he said, won again, we won", "We", "won again", "won") == ["We", "won", "again"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and left.", "“yes”"),
        ('He said "yes" and left.', '"yes"'),
        ("He said ``yes'' and left.", "``yes''"),
        ("„Ja“ sagte er.", "„Ja“"),  # an opener that closes: a space after it, none before
        ("„Ja” sagte er.", "„Ja”"),
        ('A 6" nail is "long" here.', '"long"'),
        ("He said ”yes” and left.", "”yes”"),
        ("“It goes on\nand here it does not", "“It goes on"),
        ("‘No way’ he said, it's not ours", "‘No way’"),
        ("The workers' pay and the owners' pay", ""),
        ("‘The workers’ pay’ is it", "‘The workers’ pay’"),
        ("it's what 'twas, isn't it", ""),
        ("“the ‘best’ one” he said", "“the ‘best’ one”"),
    ],
)
def test_quoted_stretches(text: str, quoted: str) -> None:
    mask = Text(text).quoted
    assert "".join(c for c, inside in zip(text, mask, strict=True) if inside) == quoted


@pytest.mark.parametrize(
    ("fragments", "wanted"),
    [
        (["“We won,”"], QuoteType.DIRECT),
        (["We won"], QuoteType.DIRECT),
        (["that it was “close”"], QuoteType.MIXED),
        (["that it was"], QuoteType.INDIRECT),
        (["“We won,”", "that it was"], QuoteType.MIXED),
    ],
)
def test_type_is_told_by_quotation_marks(fragments: list[str], wanted: QuoteType) -> None:
    text = "“We won,” she said, and that it was “close”."
    assert Text(text).quote_type([span(text, f) for f in fragments]) is wanted


def test_type_without_words_is_indirect() -> None:
    assert Text("a b").quote_type([]) is QuoteType.INDIRECT


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("Robby Mook, a spokesman for X", "Mook"),
        ("a spokesman for X", "spokesman"),
        ("for X", "X"),  # a modifier does not end what has not begun
        ("The New York Post", "Post"),
        ("officials — many of them", "officials"),
    ],
)
def test_head_of_a_source(source: str, head: str) -> None:
    text = Text(source)
    found = text.head(text.words([Span(0, len(source))]))
    assert found is not None
    assert text.lower(found) == head.lower()


def test_head_stands_before_a_gap() -> None:
    text = "officials who had met said so, spokesmen too"
    read = Text(text)
    head = read.head(read.words([span(text, "officials"), span(text, "spokesmen")]))
    assert head is not None
    assert read.lower(head) == "officials"
    assert read.head(frozenset()) is None


def test_runs_go_on_over_punctuation_alone() -> None:
    text = "one, two three four"
    read = Text(text)
    roles = [read.words([span(text, "one"), span(text, "two")]), read.words([span(text, "four")])]
    assert read.runs(roles) == {(0, 2), (4, 4)}
    assert read.runs([frozenset()]) == frozenset()
