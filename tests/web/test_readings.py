"""The reading of a statement in words: every pattern is told, and what was not read is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desks import opened_desk

from quoth.corrections import PATTERN
from quoth.model import Agent, AgentKind, Statement
from quoth.read.english.attribution.patterns import Pattern
from quoth.web.readings import country_of, found_by, patterns, reading_of, sureness
from quoth.web.snapshot import Snapshot


@pytest.fixture(scope="module")
def snapshot(ferries: Path) -> Snapshot:
    with opened_desk(ferries) as desk:
        return desk.snapshot()


@pytest.fixture
def said(snapshot: Snapshot) -> Statement:
    return next(s for s in snapshot.statements.values() if "9 ferries" in s.content.text)


def test_every_pattern_is_told_in_words() -> None:
    assert set(patterns()) == {*Pattern, "narrator", PATTERN}
    assert all(found.words for found in patterns().values())
    assert all(patterns()[pattern].example for pattern in set(Pattern) - {Pattern.NETWORK})


def test_a_pattern_of_another_reader_goes_by_its_name() -> None:
    assert (found_by("magic").pattern, found_by("magic").example) == ("magic", "")


def test_a_reading_tells_who_what_when_and_why(said: Statement, snapshot: Snapshot) -> None:
    view = reading_of(said, snapshot)
    assert (view.source, view.kind, view.act, view.code) == ("Ana Dorn", "person", "plans", "PR+")
    assert "transport minister" in view.role
    assert dict(view.events[0].roles)["how many"].startswith("9 ferries")
    assert view.entity
    assert view.origin
    assert view.reports >= 1
    assert {q.question for q in view.questions} == {
        snapshot.questions[id].text for id in snapshot.answering.get(said.id, ())
    }
    assert view.questions
    assert view.line.startswith("Ana Dorn plans: ")


def test_what_was_not_read_is_left_out(said: Statement, snapshot: Snapshot) -> None:
    nobody = Agent(text="", spans=(), name="", kind=AgentKind.UNATTRIBUTED)
    bare = replace(said, id="f" * 32, source=nobody, cue=None, via=(), distance=None, said=None, events=())
    view = reading_of(bare, snapshot)
    assert view.source == "No source named"
    assert (view.cue, view.distance, view.basis, view.origin, view.entity) == ("", "", "", "", "")
    assert (view.questions, view.events, view.said) == ((), (), "day not known")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("verb+clause", "about 25 are right"), ("network", "how sure the network is"), (PATTERN, "a person read it so")],
)
def test_what_a_confidence_says_depends_on_what_gave_it(said: Statement, pattern: str, told: str) -> None:
    assert told in sureness(replace(said, pattern=pattern, confidence=0.25))


def test_a_country_goes_by_name_and_code() -> None:
    assert country_of("BY") == "Belarus (BY)"
    assert country_of("QQ") == "QQ"
    assert country_of(None) == ""
