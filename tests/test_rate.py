"""Ratings from the shell and from Python: written, listed, shown beside answers, taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from quoth.case import Case
from quoth.errors import NotFound
from quoth.evidence import BadEvidence, identified
from quoth.ledger import open_ledger
from quoth.model import (
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Document,
    Event,
    Mention,
    Quantity,
    Reading,
    Reliability,
    Span,
    Statement,
)

ARTICLES = {
    "a": ("The Lodia Courier", "Ana Réka said that 3 barges reached Lodia."),
    "b": ("Harbour Wire", "Réka said that 3 barges reached Lodia."),
    "c": ("Evening Courier", "Karl Voss said that 9 barges reached Lodia."),
}


def _read(letter: str) -> tuple[Document, Reading]:
    outlet, text = ARTICLES[letter]
    whole, cut, start = Span(0, len(text)), text.index(" said"), text.index("reached")
    many = Span(text.index("that ") + 5, start - 1)
    barges = Span(many.start + 2, many.end)
    document = Document(
        id=letter * 32,
        sha256=letter * 64,
        text=text,
        blocks=(Block(whole, BlockKind.PARAGRAPH),),
        file=f"{letter}.txt",
        outlet=outlet,
    )
    event = Event(
        predicate="reach",
        predicate_class="reach",
        trigger=Mention.of(text, Span(start, start + 7)),
        agent=Agent.of(text, barges, name="barges"),
        quantity=Quantity.of(text, many, min=int(text[many.start]), max=int(text[many.start]), unit="barges"),
    )
    statement = Statement(
        id="",
        document_id=document.id,
        source=Agent.of(text, Span(0, cut), name=text[:cut], kind=AgentKind.PERSON),
        cue=Mention.of(text, Span(cut + 1, cut + 5)),
        content=Mention.of(text, Span(cut + 6, len(text) - 1)),
        events=(event,),
        context=whole,
        pattern="by hand",
    )
    return document, Reading(document_id=document.id, reader="by hand/1", statements=(identified(statement),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_ledger(tmp_path / "case.db") as ledger:
        for letter in ARTICLES:
            ledger.add(*_read(letter))
    return tmp_path / "case.db"


def values(run: Callable[..., Result]) -> dict[str, dict[str, object]]:
    """The words of each answer of the only question → its line."""
    result = run("questions", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    [line] = [json.loads(text) for text in result.stdout.splitlines()]
    return {value["text"]: value for value in line["values"]}


def letters(run: Callable[..., Result]) -> dict[str, list[str]]:
    return {
        text: [f"{of['grade']} {of['source']}" for of in value["reliability"]]  # type: ignore[attr-defined]
        for text, value in values(run).items()
    }


def test_rate_list_and_take_back(run: Callable[..., Result]) -> None:
    result = run("rate", "Réka", "b", "--note", "was right before")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Réka (Ana Réka): B, usually reliable, by ana\n"
    assert run("rate", "harbour wire", "F", "--by", "bo").exit_code == 0
    assert letters(run) == {"3 barges": ["B Ana Réka", "F Harbour Wire"], "9 barges": []}
    assert run("rate", "Ana Réka", "none").stderr == "Ana Réka: rating taken back, by ana\n"
    assert letters(run) == {"3 barges": ["F Harbour Wire"], "9 barges": []}
    listed = [json.loads(line) for line in run("rate", "--format", "jsonl").stdout.splitlines()]
    assert [(r["name"], r["grade"], r["by"], r["note"], r["standing"], r["rates"]) for r in listed] == [
        ("Réka", "B", "ana", "was right before", False, ["Ana Réka"]),
        ("harbour wire", "F", "bo", None, True, ["Harbour Wire"]),
        ("Ana Réka", None, "ana", None, False, ["Ana Réka"]),
    ]
    table = run("rate")
    assert "B usually reliable (no longer)" in table.stdout
    assert table.stderr == "3 ratings, 1 of them standing\n"
    [row] = csv.DictReader(io.StringIO(run("rate", "Harbour Wire", "--format", "csv").stdout))
    assert (row["grade"], row["rates"]) == ("F", "Harbour Wire")
    assert len(json.loads(run("rate", "Réka", "--format", "json").stdout)) == 2
    assert run("verify").exit_code == 0


def test_rate_a_part_of_one_name_is_that_name_and_one_of_nobody_is_kept(run: Callable[..., Result]) -> None:
    assert run("rate", "Voss", "D").stderr == "Karl Voss: D, not usually reliable, by ana\n"
    assert letters(run)["9 barges"] == ["D Karl Voss"]
    told = run("rate", "Morning Tide", "C").stderr.splitlines()
    assert told[0] == "Morning Tide: C, fairly reliable, by ana"
    assert told[1].startswith("nobody in the case is called Morning Tide yet")
    assert "nobody yet" in run("rate").stdout


def test_rate_for_a_topic_comes_before_the_general_rating(run: Callable[..., Result]) -> None:
    for arguments in (("Voss", "A"), ("Voss", "E", "--topic", "barge"), ("Voss", "B", "--topic", "taxes")):
        assert run("rate", *arguments).exit_code == 0
    [rated] = values(run)["9 barges"]["reliability"]  # type: ignore[misc]
    assert rated == {"source": "Karl Voss", "as": "voice", "grade": "E", "topic": "barge", "by": "ana"}
    assert run("rate", "Voss", "none", "--topic", "Barges").exit_code == 0
    assert letters(run)["9 barges"] == ["A Karl Voss"]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("Voss", "G"), "'G' is not one of"),
        (("Voss", "3"), "'3' is not one of"),
        (("Courier", "B"), "several are called 'Courier': Evening Courier, The Lodia Courier"),
        (("…", "B"), "a rating needs words"),
        (("Voss", "B", "--topic", "…"), "a rating needs words"),
        (("Voss", "B", "--by", " "), "lacks who judges"),
        (("Voss", "none"), "no rating of 'Karl Voss' stands"),
        (("Voss", "none", "--topic", "barges"), "no rating of 'Karl Voss' about 'barges' stands"),
        (("Voss", "--topic", "barges"), "--topic and --note go with a grade"),
        (("Courier",), "several are called"),
    ],
)
def test_rate_says_what_is_wrong_and_writes_nothing(
    run: Callable[..., Result], case: Case, arguments: tuple[str, ...], what: str
) -> None:
    result = run("rate", *arguments)
    assert result.exit_code == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr
    assert case.ratings() == ()


def test_rate_moves_no_answer_and_is_shown_with_the_question(run: Callable[..., Result]) -> None:
    before = values(run)
    assert run("rate", "Voss", "E").exit_code == 0
    after = values(run)
    assert list(before) == list(after)
    assert {t: v["credibility"] for t, v in before.items()} == {t: v["credibility"] for t, v in after.items()}
    assert after["9 barges"]["sides"] is None
    line = json.loads(run("questions", "--format", "jsonl").stdout)
    shown = run("show", line["id"]).stdout
    assert "E6 Karl Voss: unreliable; rated by ana" in shown
    assert "given by 1 voice; nothing that another voice says confirms or contradicts it" in shown
    assert "E6 Karl Voss" in run("questions").stdout
    assert "E6: truth cannot be judged" in run("brief").stdout
    assert "E6: truth cannot be judged" in run("brief", "--format", "md").stdout


def test_sides_are_told_where_they_are_declared(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "agents.toml").write_text('[[agent]]\nname = "Ana Réka"\nside = "port"\n')
    found = values(run)
    assert (found["3 barges"]["sides"], found["3 barges"]["no_side"]) == (["port"], [])
    assert (found["9 barges"]["sides"], found["9 barges"]["no_side"]) == ([], ["Karl Voss"])
    table = " ".join(run("questions").stdout.split())
    assert "1 voice, 1 side" in table
    assert "1 voice, no side declared" in table


def test_rate_in_python(case: Case) -> None:
    before = case.comparison()
    rated = case.rate("Réka", "b", by="ana", topic="barges", note="was right before")
    assert (rated.rating.grade, rated.names, rated.standing) == (Reliability.USUALLY, ("Ana Réka",), True)
    assert case.comparison() is before, "a rating needs no new comparison"
    [question] = case.questions()
    first, second = case.assessments()[question.id]
    assert (first.marks, second.marks) == (("B6",), ())
    assert case.rate("Ana Réka", None, by="ana", topic="barge").standing is False
    assert [r.rating.grade for r in case.ratings(name="Réka")] == [Reliability.USUALLY, None]
    assert case.rate("Réka", Reliability.CANNOT_BE_JUDGED, by="ana").standing
    for arguments, error in ((("Réka", "G"), ValueError), (("Courier", "A"), NotFound), (("!", "A"), BadEvidence)):
        with pytest.raises(error):
            case.rate(*arguments, by="ana")
