"""Truth discovery: votes by hand, and what each method leans to."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare.truth import METHODS, Vote, copies_and_time, crh, favourites, latest, majority, truthfinder, weighed
from quoth.model import Comparison, EventFrame, Factuality, Origin, Question, Slot, Value, When

NOON = datetime.datetime(2031, 5, 4, 12)


def test_the_last_value_of_a_source_is_its_vote():
    votes = [
        Vote("toll", "Relay", NOON, "9"),
        Vote("toll", "Relay", NOON - datetime.timedelta(hours=1), "7"),
        Vote("toll", "Relay", None, "5"),
        Vote("toll", "Courier", None, "8"),
    ]
    assert latest(votes) == {"toll": {"Courier": "8", "Relay": "9"}}


def test_majority_counts_sources_and_says_when_they_tie():
    votes = {"a": {"A": "1", "B": "1", "C": "2"}, "b": {"A": "1", "B": "2"}}
    assert majority(votes) == {"a": {"1": 2.0, "2": 1.0}, "b": {"1": 1.0, "2": 1.0}}
    assert favourites(majority(votes)["a"]) == ("1",)
    assert favourites(majority(votes)["b"]) == ("1", "2")
    assert favourites({}) == ()


@pytest.mark.parametrize("method", [truthfinder, crh, copies_and_time])
def test_a_source_that_agrees_elsewhere_outweighs_one_that_does_not(method):
    votes = {f"item {n}": {"A": "1", "B": "1", "C": "1", "D": "2"} for n in range(8)}
    votes["open"] = {"A": "yes", "D": "no"}
    assert favourites(method(votes)["open"]) == ("yes",)
    assert favourites(majority(votes)["open"]) == ("no", "yes")


def test_those_who_share_false_values_are_counted_less():
    # Three echo each other's wrong values; A, B and E err each on their own.
    votes = {f"true {n}": {"A": "t", "B": "t", "E": "t", "X": f"f{n}", "Y": f"f{n}"} for n in range(12)}
    votes["open"] = {"A": "yes", "X": "no", "Y": "no"}
    assert favourites(majority(votes)["open"]) == ("no",)
    assert favourites(copies_and_time(votes)["open"]) == ("yes",)


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.dictionaries(st.sampled_from("PQRS"), st.sampled_from("12"), min_size=1),
        min_size=1,
    )
)
def test_every_method_weighs_exactly_the_values_that_were_given(votes):
    for weigh in METHODS.values():
        weights = weigh(votes)
        assert {item: set(of) for item, of in weights.items()} == {i: set(by.values()) for i, by in votes.items()}
        assert all(favourites(of) for of in weights.values())


def test_voices_vote_with_their_last_answer_and_no_one_with_what_he_denies():
    days = [datetime.date(2031, 5, day) for day in (1, 2, 3, 4)]
    said = [When(earliest=d, latest=d) for d in days]
    voices = ("Ilse Brandt", "Ilse Brandt", "Tomas Arden", "Rana Sol")
    origins = tuple(
        Origin(id=str(n), voice=voice, said=said[n], statements=(f"s{n}",), documents=("d",))
        for n, voice in enumerate(voices)
    )

    def value(origin: int, number: int, label: str | None = None) -> Value:
        return Value(
            value=(number, number),
            text=str(number),
            statements=(f"s{origin}",),
            origins=(str(origin),),
            voices=(voices[origin],),
            documents=("d",),
            factuality=Factuality.CERTAIN,
            label=label,
        )

    def asked(*values: Value) -> Comparison:
        question = Question(
            id="q", text="How many died?", event=EventFrame(predicate="death"), slot=Slot.QUANTITY, values=values
        )
        return Comparison(questions=(question,), origins=origins)

    (one,) = weighed(asked(value(0, 4), value(1, 6), value(2, 6), value(3, 9)))
    assert (one.question, one.text, one.voices) == ("q", "How many died?", 3)
    assert one.believed["majority"] == ("6",)
    assert set(one.believed) == set(METHODS)
    assert weighed(asked(value(1, 6), value(2, 6), value(3, 9, "denied"))) == ()
    assert weighed(asked(value(1, 6), value(2, 6, "planned"))) == ()
