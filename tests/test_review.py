"""Review from the shell and from Python: judgements decide what is shown, and every one can be undone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import quoth
from quoth.case import Case
from quoth.cli import cli
from quoth.errors import NotFound
from quoth.evidence import BadEvidence, identified
from quoth.ledger import open_ledger
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Document,
    Event,
    Mention,
    Reading,
    Span,
    Statement,
)

ARTICLES = {
    "a": "Ana Réka said that the barges left Lodia.",
    "b": "Réka said that the barges left Lodia.",
    "c": "The harbour master said that the barges left Lodia.",
}


def _read(letter: str) -> tuple[Document, Reading]:
    text = ARTICLES[letter]
    whole = Span(0, len(text))
    cut = text.index(" said")
    document = Document(
        id=letter * 32, sha256=letter * 64, text=text, blocks=(Block(whole, BlockKind.PARAGRAPH),),
        file=f"{letter}.txt", outlet=f"Paper {letter}",
    )  # fmt: skip
    start = text.index("left")
    name = text[:cut].removeprefix("The ").capitalize() if letter == "c" else text[:cut]
    kind = AgentKind.ORGANIZATION if letter == "c" else AgentKind.PERSON
    statement = Statement(
        id="",
        document_id=document.id,
        source=Agent.of(text, Span(0, cut), name=name, kind=kind),
        cue=Mention.of(text, Span(cut + 1, cut + 5)),
        content=Mention.of(text, Span(cut + 6, len(text) - 1)),
        events=(Event(predicate="leave", trigger=Mention.of(text, Span(start, start + 4))),),
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


def ids() -> list[str]:
    return [_read(letter)[1].statements[0].id for letter in ARTICLES]


def shown(run: Callable[..., Result], *arguments: str) -> list[dict[str, object]]:
    result = run("statements", "--format", "jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_review_reject_and_undo(run: Callable[..., Result]) -> None:
    first, second, third = ids()
    result = run("review", "reject", first[:8], second[:8], "--note", "captions")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "rejected 2 statements, by ana\n")
    assert [line["id"] for line in shown(run)] == [third]
    assert run("review", "undo", first[:8], "--by", "bo").stderr == "undid 1 judgement, by bo\n"
    assert [line["id"] for line in shown(run)] == [first, third]
    listed = [json.loads(line) for line in run("review", "list", "--format", "jsonl").stdout.splitlines()]
    assert [(j["kind"], j["by"], j["note"], j["standing"]) for j in listed] == [
        ("reject", "ana", "captions", False),
        ("reject", "ana", "captions", True),
        ("withdraw", "bo", None, False),
    ]
    table = run("review", "list").stdout
    assert "rejected (undone)" in table
    assert f"rejected {listed[0]['id'][:8]}" in table
    assert run("verify").exit_code == 0


def test_review_correct_and_undo_by_either_id(run: Callable[..., Result]) -> None:
    first = ids()[0]
    result = run("review", "correct", first, "--act", "deny", "--factuality", "CT-", "--time", "2031-05-01..2031-05-31")
    assert (result.exit_code, result.stderr) == (0, "corrected 1 statement, by ana\n")
    line = shown(run)[0]
    assert (line["act"], line["factuality"], line["pattern"]) == ("deny", "CT-", "review")
    [event] = line["events"]  # type: ignore[misc]
    assert (event["time"]["earliest"], event["time"]["precision"], event["polarity"]) == ("2031-05-01", "month", "-")
    assert run("show", first[:10]).exit_code == 0
    assert run("review", "undo", str(line["id"])).exit_code == 0
    assert [line["id"] for line in shown(run)] == ids()


def test_review_accept_is_on_record(run: Callable[..., Result]) -> None:
    assert run("review", "accept", ids()[0]).stderr == "accepted 1 statement, by ana\n"
    assert [line["id"] for line in shown(run)] == ids()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("correct", "ID"), "nothing is corrected"),
        (("correct", "ID", "--time", "soon"), "'soon' is no day and no interval of days"),
        (("correct", "ID", "--time", ".."), "is no day"),
        (("correct", "ID", "--quantity", "many"), "'many' is no number and no range"),
        (("correct", "ID", "--quantity", "5..3"), "max 3 below min 5"),
        (("correct", "ID", "--place", "Lodia", "--event", "4"), "there is no event 4"),
        (("reject", "ffff"), "no statement has an id that begins with 'ffff'"),
        (("reject", "ID", "--by", " "), "lacks who judges"),
        (("same", "Dorn", " "), "lacks the other name"),
        (("undo", "ID"), "no judgement stands on statement"),
        (("undo", "Dorn", "Voss"), "no judgement stands on 'Dorn' and 'Voss'"),
        (("undo", "ffff"), "no judgement stands, and no statement or question is there"),
        (("undo", "a", "b", "c"), "give one id, or two names"),
    ],
)
def test_review_says_what_is_wrong_and_writes_nothing(
    run: Callable[..., Result], case: Case, arguments: tuple[str, ...], what: str
) -> None:
    result = run("review", *(ids()[0] if a == "ID" else a for a in arguments))
    assert result.exit_code == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr
    assert list(case.judgements()) == []


def test_agents_are_shown_with_their_names_and_reasons(run: Callable[..., Result]) -> None:
    table = run("agents")
    assert "no other full name fits the family name here than Ana Réka (family-name)" in table.stdout
    assert table.stderr == "2 agents, 1 of them under several names\n"
    [line] = [json.loads(text) for text in run("agents", "РЕКА", "--format", "jsonl").stdout.splitlines()]
    assert [(n["name"], n["rule"], n["statements"]) for n in line["names"]] == [
        ("Ana Réka", "name", [ids()[0]]),
        ("Réka", "family-name", [ids()[1]]),
    ]
    rows = run("agents", "--format", "csv").stdout.splitlines()
    assert (len(rows), rows[0]) == (4, "id,agent,kind,country,side,name,rule,why,statements")
    assert run("agents", "Nobody").exit_code == 2


def test_a_merge_is_undone_and_made(run: Callable[..., Result]) -> None:
    assert run("review", "apart", "Ana Réka", "Réka").stderr == "Ana Réka and Réka: kept apart, by ana\n"
    assert run("agents").stderr == "3 agents, 0 of them under several names\n"
    assert run("review", "same", "Réka", "Harbour master").exit_code == 0
    assert "ana judged it to be a name of" in run("agents").stdout
    assert run("review", "undo", "Réka", "Ana Réka").exit_code == 0
    assert run("agents").stderr == "1 agent, 1 of them under several names\n"


def test_agents_toml_beside_the_case_and_by_option(run: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    declared = '[[agent]]\nname = "Ana Réka"\naliases = ["Harbour master"]\nkind = "person"\nside = "Lodia"\n'
    (tmp_path / "agents.toml").write_text(declared)
    assert {(line["speaker"]["name"], line["speaker"]["side"]) for line in shown(run)} == {("Ana Réka", "Lodia")}  # type: ignore[index]
    assert [line["id"] for line in shown(run, "--source", "harbour master")] == ids()
    with quoth.open(path) as case:
        assert len({o.voice for o in case.origins()}) == 1
    other = tmp_path / "other.toml"
    other.write_text('[[agent]]\nname = "Harbour master"\nside = "port"\n')
    result = CliRunner(env={"QUOTH_AGENTS": str(other)}).invoke(cli, ["--case", str(path), "agents"])
    assert "side: port" in result.stdout.replace("\n", " ")
    other.write_text("[[agent]]\n")
    broken = CliRunner().invoke(cli, ["--case", str(path), "--agents", str(other), "questions"])
    assert (broken.exit_code, "agent 1: name has no words" in broken.stderr) == (2, True)


def test_review_in_python(case: Case) -> None:
    first, second, _ = ids()
    before = case.comparison()
    [judged] = case.review("correct", first[:8], by="ana", source="Ana R.", act=Act.PROMISE, note="she promised")
    assert next(case.statements()).act is Act.PROMISE
    assert case.comparison() != before
    assert case.review("withdraw", judged.id, by="ana")[0].subject == judged.id
    assert case.comparison() == before
    case.review("reject", second, by="ana")
    assert [s.id for s in case.statements(source="Réka")] == [first]
    assert case.entity("reka").name == "Ana Réka"
    for kind, subjects, error in (
        ("reject", ("ffff",), NotFound),
        ("reject", (), ValueError),
        ("same", ("Dorn",), ValueError),
        ("like", (first,), ValueError),
        ("same", ("Dorn", ""), BadEvidence),
    ):
        with pytest.raises(error):
            case.review(kind, *subjects, by="ana")


def test_a_source_is_found_under_any_of_its_names(case: Case) -> None:
    assert [s.id for s in case.statements(source="Ana Réka")] == ids()[:2]
    assert [s.id for s in case.statements(source="Ана Река")] == ids()[:2]
    assert list(case.statements(source="Nobody")) == []


def test_of_two_judgements_on_the_same_words_or_names_the_earlier_rests(path: Path, case: Case) -> None:
    first, second, _ = ids()
    [accepted] = case.review("accept", first, by="ana")
    [rejected] = case.review("reject", second, by="ana")
    [same] = case.review("same", "Ana Réka", "Harbour master", by="ana")
    assert case.resting() == frozenset()
    case.review("correct", first, by="bo", act=Act.DENY)
    case.review("apart", "harbour master", "ana reka", by="bo")
    assert case.resting() == {accepted.id, same.id}
    document, _ = _read("b")
    with open_ledger(path) as ledger:
        ledger.add(document, Reading(document_id=document.id, reader="by hand/2", statements=()))
    assert case.resting() == {accepted.id, same.id, rejected.id}  # its words are no statement any more
    other = dataclasses.replace(_read("b")[1].statements[0], pattern="by hand, anew")
    with open_ledger(path) as ledger:
        ledger.add(document, Reading(document_id=document.id, reader="by hand/3", statements=(identified(other),)))
    assert case.resting() == {accepted.id, same.id}
