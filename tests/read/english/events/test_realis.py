"""How far an event has come about: the sum of the weights of named signals, within the scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.english import pipeline
from quoth.read.english.events.factuality import Judge
from quoth.read.english.events.realis import BASE, HIGHEST, LOWEST, realis, signals
from quoth.read.english.lexicon import rows
from quoth.read.english.tokens import Doc

WEIGHTS = {signal: float(weight) for signal, weight, _ in rows("realis.tsv")}


def signals_of(text: str, word: str) -> tuple[str, ...]:
    doc = Doc(pipeline.load()(text))
    token = next(t for t in doc if t.text == word)
    return signals(token, Judge({t.i for t in doc}))


def test_the_value_is_the_sum_of_the_weights() -> None:
    one, other = [signal for signal in sorted(WEIGHTS) if signal != BASE][:2]
    assert realis([one, other, "no such signal"]) == pytest.approx(WEIGHTS[BASE] + WEIGHTS[one] + WEIGHTS[other])


@given(st.lists(st.sampled_from(sorted(WEIGHTS))))
def test_the_value_stays_within_the_scale(some: list[str]) -> None:
    assert LOWEST <= realis(some) <= HIGHEST


@pytest.mark.parametrize(
    ("text", "word", "signal"),
    [
        ("The boat will sink.", "sink", "auxiliary will"),
        ("The boat did not sink.", "sink", "negated past"),
        ("If the boat sinks, they swim.", "sinks", "condition"),
        ("Did the boat sink?", "sink", "question"),
        ("Close the port at once.", "Close", "imperative"),
        ("They plan to close the port.", "close", "governor of plan"),
        ("She closed the port.", "closed", "subject third"),
        ("We closed the port.", "closed", "subject first"),
    ],
)
def test_what_speaks_for_or_against_an_event(text: str, word: str, signal: str) -> None:
    assert signal in signals_of(text, word)


def test_what_happened_stands_above_what_is_to_come_and_what_did_not() -> None:
    texts = {"sank": "The boat sank.", "open": "They plan to open the port.", "sink": "The boat did not sink."}
    happened, planned, never = (realis(signals_of(text, word)) for word, text in texts.items())
    assert happened > planned
    assert happened > never
