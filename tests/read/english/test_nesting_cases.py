"""Relay chains in short articles: each case of the part that rules were worked on, and a floor for the held-out one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quoth.measure.nesting import Judged, NestingCase, Said, judge_cases, load_cases

CASES = load_cases(Path(__file__).parent / "nesting_cases.toml")
HELD_RIGHT = 31
"""Expected statements of the held-out part that have source and chain right, as measured; it may only rise."""


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge_cases(CASES)


def test_nesting_cases_are_halved_case_by_case() -> None:
    assert [case.part for case in CASES] == ["tune", "held"] * 35
    assert len({case.text for case in CASES}) == len(CASES)
    assert set(Counter(case.construction for case in CASES).values()) == {2}


@pytest.mark.parametrize("id", [case.id for case in CASES if case.part == "tune"])
def test_nesting_source_and_chain(judged: list[Judged], id: str) -> None:
    here = [one for one in judged if one.case.id == id]
    assert here
    assert [one.got for one in here if not one.both] == [], [one.said.shown for one in here]


def test_nesting_held_out_cases_do_not_fall(judged: list[Judged]) -> None:
    held = [one for one in judged if one.case.part == "held"]
    assert len(held) == 38
    assert sum(one.both for one in held) >= HELD_RIGHT


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("The mayor has been quoted in the Hill Tribune as saying that *.", "mayor", ["Hill Tribune"]),
        ("As first reported by the Hill Tribune, the mayor said that *.", "mayor", ["Hill Tribune"]),
        ("In comments reported by the Hill Tribune, the mayor said that *.", "mayor", ["Hill Tribune"]),
        ("The striker said through her agent that *.", "striker", ["agent"]),
        ("Speaking to Radio Delta in an interview carried by the Courier Post, Dobre said *.", "Dobre",
         ["Radio Delta", "Courier Post"]),
        ("The duchess said in a note published by the palace that *.", "duchess", ["palace"]),
        ("The envoy conveyed the king’s warning that *.", "king", ["envoy"]),
        ("The Delta Times reported on Monday, citing the state agency Norpress, that Ana Ruiz had said *.", "Ana Ruiz",
         ["Norpress", "Delta Times"]),
        ("Money was short, according to an article in the Delta Times that cited a clerk, because *.", "clerk",
         ["Delta Times"]),
        ("Three officials told Reuters the minister had said that *.", "minister", ["officials", "Reuters"]),
        ("“The king said to me: ‘I promise you that *,’” the poet told Radio Vell.", "king", ["poet", "Radio Vell"]),
        ("Reuters, citing the law, said that *.", "Reuters", []),
        ("Kyodo reported that it rained. The agency also said an engineer had told it that *.", "engineer", ["Kyodo"]),
    ],
)  # fmt: skip
def test_nesting_widened(text: str, source: str, via: list[str]) -> None:
    words = "the old bridge was closed"
    said = Said(source=(source,), via=tuple((relay,) for relay in via), words=words)
    case = NestingCase(id="", part="", construction="", text=text.replace("*", words), says=(said,))
    [one] = judge_cases([case])
    assert one.both, one.got
