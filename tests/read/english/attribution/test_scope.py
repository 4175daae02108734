"""Reporting clauses that the parser hung too low: what they report, and who goes on speaking."""

from __future__ import annotations

import pytest
from articles import article  # type: ignore[import-not-found]
from finding import read, triple  # type: ignore[import-not-found]

from quoth.read.english.attribution import scope
from quoth.read.english.pipeline import parse_all
from quoth.read.english.tokens import Token


def triples(text: str) -> list[tuple[str | None, str, str]]:
    return [triple(found, text) for found in read(text)]


def token(text: str, word: str) -> Token:
    [(_, [passage])] = parse_all([article(text)])
    return next(t for t in passage.frame.tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Rats can carry the worm, warns Ada Holm, a vet at the harbour.", "Holm", "warns", "Rats can carry the worm"),
        ("The work started flowing in March, she went on.", "she", "went", "The work started flowing in March"),
        (
            "The northern side has assumed all costs of the port, Minister Ivo Brandl informed during the visit.",
            "Brandl",
            "informed",
            "The northern side has assumed all costs of the port",
        ),
        (
            "A blood test found no drug, his lawyer, Ivo Holm, told the Courier.",
            "lawyer",
            "told",
            "A blood test found no drug",
        ),
        (
            "The toll of the sinking on Lake Orrin has risen to nine, the Nordpress news agency reported on Monday.",
            "agency",
            "reported",
            "The toll of the sinking on Lake Orrin has risen to nine",
        ),
    ],
)  # fmt: skip
def test_a_reporting_clause_at_the_end_is_over_the_whole_sentence(
    text: str, source: str, cue: str, content: str
) -> None:
    assert (source, cue, content) in triples(text)


def test_who_reports_what_somebody_said_is_over_his_saying_it() -> None:
    text = "Her minister, Ivo Brandl, said that ‘some boats are here’ and that more would come, the Herald reported."
    found = triples(text)
    assert ("minister", "said", "that ‘some boats are here’ and that more would come") in found
    assert ("Herald", "reported", text[: text.index(", the Herald")]) in found


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the bridge was safe.",
        "The bridge is safe, and the mayor said that nobody would close it.",
        "The mayor, who said he was ill, left.",
    ],
)
def test_a_verb_that_goes_on_with_what_is_said_is_set_behind_nothing(text: str) -> None:
    assert scope.reported_host(token(text, "said")) is None


def test_a_participle_behind_a_comma_goes_on_from_who_speaks_not_from_whom_he_speaks_of() -> None:
    text = "Her lawyer, Ivo Brandl, denied that his client had taken money, insisting that the yard paid her fees."
    found = triples(text)
    assert ("lawyer", "denied", "that his client had taken money") in found
    assert ("lawyer", "insisting", "that the yard paid her fees") in found


def test_a_joined_verb_of_saying_is_the_speakers_where_what_stands_between_cannot_speak() -> None:
    text = "Ivo Brandl complained that the leak had poisoned the panel and asked that a mistrial be declared."
    found = triples(text)
    assert ("Brandl", "complained", "that the leak had poisoned the panel") in found
    assert ("Brandl", "asked", "that a mistrial be declared") in found


def test_a_joined_verb_stays_with_whoever_may_have_done_both() -> None:
    verb = token("Ivo Brandl said that the mayor had seen the plan and rejected it.", "rejected")
    assert scope.resumed(verb) is None


def test_what_is_said_goes_on_behind_a_reporting_clause_between_two_joined_ones() -> None:
    text = "The province has paid for it, he said, and property taxes may rise next year."
    assert ("he", "said", "The province has paid for it … property taxes may rise next year") in triples(text)
