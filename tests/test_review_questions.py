"""Questions merged, split, named and asked, from the shell and from Python: shown everywhere, and undone."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import quoth
from quoth.case import Case
from quoth.cli import cli
from quoth.errors import NotFound
from quoth.evidence import identified
from quoth.judging import BadQuestion
from quoth.ledger import open_ledger
from quoth.model import Agent, AgentKind, Block, BlockKind, Document, Event, Mention, Reading, Span, Statement, When

HOSTILE = "<b>When</b>\x1b[31m | *does* it open?"
SAID = [
    # speaker, thing, month
    ("Ana Holm", "Heron ferry", "May"),
    ("Bo Lind", "Heron ferry", "June"),
    ("Cy Voss", "Plover tug", "July"),
    ("Di Rask", "Plover tug", "August"),
]
MONTHS = ("May", "June", "July", "August")


def _read(number: int, reader: str = "by hand/1") -> tuple[Document, Reading]:
    speaker, thing, month = SAID[number]
    text = f"{speaker} said that the {thing} will be delivered in {month}."
    document = Document(
        id=f"{number}" * 32, sha256="0" * 64, text=text, blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
        outlet=f"Paper {number}", published=datetime.date(2031, 1, 10 + number),
    )  # fmt: skip

    def words(of: str) -> Span:
        return Span(text.index(of), text.index(of) + len(of))

    day = datetime.date(2031, 5 + MONTHS.index(month), 1)
    event = Event(
        predicate="deliver",
        trigger=Mention.of(text, words("delivered")),
        theme=Agent.of(text, words(thing), name=thing),
        time=When(earliest=day, latest=day.replace(day=30), text=month, spans=(words(month),)),
    )
    statement = Statement(
        id="",
        document_id=document.id,
        source=Agent.of(text, words(speaker), name=speaker, kind=AgentKind.PERSON),
        cue=Mention.of(text, words("said")),
        content=Mention.of(text, words(f"the {thing} will be delivered in {month}")),
        events=(event,),
        context=Span(0, len(text)),
        pattern=reader,
    )
    return document, Reading(document_id=document.id, reader=reader, statements=(identified(statement),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_ledger(tmp_path / "case.db") as ledger:
        for number in range(len(SAID)):
            ledger.add(*_read(number))
    return tmp_path / "case.db"


def ids(case: Case) -> tuple[str, str]:
    """The question about the ferry and the one about the tug, as articles raise them."""
    ferry, tug = sorted(case.questions(), key=lambda q: q.event.theme or "")
    return ferry.id, tug.id


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_merge_name_split_and_undo_in_the_shell(run: Callable[..., Result], case: Case) -> None:
    before = case.comparison()
    ferry, tug = ids(case)
    merged = run("review", "merge", ferry[:8], tug[:8], "--note", "one boat")
    assert (merged.exit_code, merged.stdout) == (0, "")
    assert merged.stderr == (
        "merged “When will the Heron ferry be delivered?” and “When will the Plover tug be delivered?”, by ana\n"
    )
    assert run("review", "name", ferry[:8], "When can one go?").exit_code == 0
    [line] = lines(run("questions", "--format", "jsonl"))
    assert (line["id"], line["question"], line["wording"], line["asked"]) == (
        ferry, "When can one go?", "When will the Heron ferry be delivered?", False
    )  # fmt: skip
    listed = lines(run("review", "list", "--format", "jsonl"))
    assert line["judgements"] == [j["id"] for j in listed]
    assert [(j["kind"], j["subject"], j["object"], j["note"]) for j in listed] == [
        ("merge", ferry, tug, "one boat"),
        ("name", ferry, "When can one go?", None),
    ]
    one = next(case.statements()).id
    assert run("review", "split", ferry[:8], one[:8]).stderr == (
        f"split “When can one go?”: 1 statement of 4 ({one[:8]}), by ana\n"
    )
    assert len(lines(run("questions", "--format", "jsonl"))) == 2
    *_, row = run("review", "list", "--format", "csv").stdout.splitlines()
    assert row.endswith(f",True,When can one go?,{one},False")
    table = run("review", "list").stdout
    assert "“When will the Heron ferry be delivered?” and “When will the Plover tug be delivered?”" in table
    for left in (2, 1, 0):
        assert run("review", "undo", ferry[:8]).stderr == "undid 1 judgement, by ana\n"
        assert sum(j.standing for j in case.judgements()) == left
    assert case.comparison() == before
    assert "split (undone)" in run("review", "list").stdout
    assert run("verify").exit_code == 0


def test_a_name_is_shown_everywhere_and_escaped(run: Callable[..., Result], case: Case) -> None:
    ferry, _ = ids(case)
    assert run("review", "name", ferry, HOSTILE).exit_code == 0
    shown = r"<b>When</b>\u001b[31m | *does* it open?"
    for command in (
        ("questions",),
        ("show", ferry[:8]),
        ("timeline",),
        ("weigh",),
        ("changes", "--since", "2031-01-11"),
    ):
        text = run(*command).stdout
        assert shown in re.sub(r"\s+", " ", text), command
        assert "\x1b[31m" not in text
    assert "in Quoth’s words: When will the Heron ferry be delivered?" in run("questions").stdout
    page = run("brief").stdout
    assert "&lt;b&gt;When&lt;/b&gt;" in page
    assert "<b>When" not in page
    assert "When will the Heron ferry be delivered?" in page
    assert r"\*does\* it open?" in run("brief", "--format", "md").stdout
    assert "<b>" not in run("timeline", "-o", "-").stdout
    rows = run("questions", "--format", "csv").stdout.splitlines()
    assert rows[0].endswith(",wording,judgements,asked")
    assert any("When will the Heron ferry be delivered?" in row for row in rows[1:])


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("merge", "FERRY", "FERRY"), "cannot be merged with itself"),
        (("merge", "FERRY", "ffff"), "no question has an id that begins with 'ffff' (ids go with the articles"),
        (("merge", "FERRY"), "Missing argument 'OTHER'"),
        (("split", "FERRY", "ffff"), "no statement whose id begins with 'ffff' answers “When will the Heron"),
        (
            ("split", "FERRY", "FIRST", "SECOND"),
            "would leave “When will the Heron ferry be delivered?” without answers",
        ),
        (("name", "FERRY", " "), "lacks the words of the name"),
        (("name", "FERRY", "Why?", "--by", ""), "lacks who judges"),
        (("name", "ffff", "Why?"), "no question has an id"),
        (("undo", "FERRY"), "no judgement stands on question"),
        (("undo", "ffff"), "no judgement stands, and no statement or question is there"),
    ],
)
def test_what_cannot_be_judged_is_said_and_nothing_written(
    run: Callable[..., Result], case: Case, arguments: tuple[str, ...], what: str
) -> None:
    first, second, *_ = (s.id for s in case.statements())
    names = {"FERRY": ids(case)[0], "FIRST": first, "SECOND": second}
    result = run("review", *(names.get(a, a) for a in arguments))
    assert result.exit_code == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr
    assert list(case.judgements()) == []


def test_review_of_questions_in_python(case: Case) -> None:
    ferry, tug = ids(case)
    before = case.comparison()
    [merged] = case.review("merge", ferry[:9], tug[:9], by="ana", note="one boat")
    assert [q.statements for q in merged.questions] != [(), ()]
    (question,) = case.questions()
    first = question.values[0].statements[0]
    [split] = case.review("split", ferry, first, by="bo")
    part = next(q for q in case.questions() if q.judgements == (merged.id, split.id) and q.id != ferry)
    assert [v.statements for v in part.values] == [(first,)]
    case.review("name", part.id, "The first of them", by="bo")
    assert {q.text for q in case.questions()} == {"The first of them", "When will the Heron ferry be delivered?"}
    case.review("withdraw", split.id, by="bo")
    assert [q.text for q in case.questions()] == [
        "When will the Heron ferry be delivered?"
    ]  # the part's name goes with it
    case.review("withdraw", ferry, by="ana")
    assert case.comparison() == before
    for kind, subjects, error in (
        ("merge", (ferry,), ValueError),
        ("split", (ferry,), ValueError),
        ("name", (ferry, "a", "b"), ValueError),
        ("merge", (ferry, "f" * 32), NotFound),
        ("merge", (ferry, ferry), BadQuestion),
    ):
        with pytest.raises(error):
            case.review(kind, *subjects, by="ana")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_judged_can_be_undone_in_any_order(data: st.DataObject) -> None:
    with Case(open_ledger(":memory:")) as case:
        for number in range(len(SAID)):
            case.ledger.add(*_read(number))
        before = case.comparison()
        made = []
        for number in range(data.draw(st.integers(1, 5))):
            question = data.draw(st.sampled_from(case.questions()))
            others = [q.id for q in case.questions() if q.slot is question.slot and q.id != question.id]
            answering = sorted({s for value in question.values for s in value.statements})
            kind, more = data.draw(st.sampled_from([("name", [f"Named {number}"]), ("merge", others[:1]),
                                                    ("split", answering[:-1])]))  # fmt: skip
            if more:
                made += [j.id for j in case.review(kind, question.id, *more, by="ana")]
        for judgement in data.draw(st.permutations(made)):
            case.review("withdraw", judgement, by="bo")
        assert case.comparison() == before
        assert list(case.verify()) == []


def test_judgements_outlive_another_reading_and_a_rejection(path: Path, case: Case) -> None:
    ferry, tug = ids(case)
    case.review("merge", ferry, tug, by="ana")
    case.review("name", ferry, "When can one go?", by="ana")
    old = [s.id for s in case.statements()]
    with open_ledger(path) as ledger:
        for number in range(len(SAID)):
            ledger.add(*_read(number, "by hand/2"))
    assert set(old).isdisjoint(s.id for s in case.statements())
    assert [(q.text, len(q.values)) for q in case.questions()] == [("When can one go?", 4)]
    first = next(case.statements()).id
    case.review("reject", first, by="ana")
    assert [(q.text, len(q.values)) for q in case.questions()] == [("When can one go?", 3)]
    assert not list(case.verify())


def test_what_rests_is_listed_and_counts_again_when_its_statements_come_back(
    run: Callable[..., Result], case: Case, tmp_path: Path
) -> None:
    _, tug = ids(case)
    [first] = case.review("name", tug, "When is the tug due?", by="ana")
    assert case.resting() == frozenset()
    [second] = case.review("name", tug, "When does it come?", by="ana")
    assert case.resting() == {first.id}
    of_tug = [s.id for s in case.statements() if "tug" in s.content.text]
    rejected = case.review("reject", *of_tug, by="bo")
    assert case.resting() == {first.id, second.id}
    (tmp_path / "case.toml").write_text("[[ask]\n")  # what is asked has no part in it
    listed = lines(run("review", "list", "--format", "jsonl"))
    assert [(j["kind"], j["standing"], j["rests"]) for j in listed] == [
        ("name", True, True), ("name", True, True), ("reject", True, False), ("reject", True, False)
    ]  # fmt: skip
    table = run("review", "list")
    assert table.stdout.count("named (rests)") == 2
    assert table.stderr == "4 judgements, 2 of them resting\n"
    case.review("withdraw", rejected[0].id, by="bo")
    assert case.resting() == {first.id}
    assert [line["rests"] for line in lines(run("review", "list", "--format", "jsonl"))][-1] is False
    assert "reject (rests)" not in run("review", "list").stdout


def test_what_is_done_already_or_was_undone_rests(case: Case) -> None:
    ferry, tug = ids(case)
    [merged] = case.review("merge", ferry, tug, by="ana")
    (question,) = case.questions()
    one = question.values[0].statements[0]
    [split] = case.review("split", ferry, one, by="ana")
    part = next(q for q in case.questions() if q.id != ferry)
    [named] = case.review("name", part.id, "The first", by="ana")
    assert case.resting() == frozenset()
    case.review("withdraw", split.id, by="ana")
    assert case.resting() == {named.id}
    case.review("withdraw", merged.id, by="ana")
    assert case.resting() == {named.id}


def test_judgements_count_in_what_a_case_knew_on_a_day(case: Case) -> None:
    ferry, tug = ids(case)
    case.review("merge", ferry, tug, by="ana")
    for until, answers in ((12, 3), (13, 4)):
        (question,) = case.questions(as_of=datetime.date(2031, 1, until))
        assert len(question.values) == answers


ASKS = """
[[ask]]
ask = "When will it come?"
slot = "time"
event = { predicate = "deliver", theme = "Heron ferry" }
[[ask]]
ask = "What does <it> cost?"
slot = "quantity"
event = { theme = "Heron ferry" }
unit = "crowns"
"""


def test_case_toml_beside_the_case(run: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(ASKS)
    found = {str(line["question"]): line for line in lines(run("questions", "--format", "jsonl"))}
    assert list(found)[-1] == "What does <it> cost?"
    assert {text: (line["asked"], len(line["values"])) for text, line in found.items()} == {  # type: ignore[arg-type]
        "When will it come?": (True, 2),
        "When will the Plover tug be delivered?": (False, 2),
        "What does <it> cost?": (True, 0),
    }
    asked = str(found["What does <it> cost?"]["id"])
    table = run("questions")
    assert "no answer yet\nAsked in case.toml" in re.sub(r" +\n", "\n", table.stdout)
    assert table.stderr == "3 questions\n"
    unanswered = f"{asked},What does <it> cost?,quantity,,,,,0,0,,,,,,,,,,,,,True"
    assert unanswered in run("questions", "--format", "csv").stdout.splitlines()
    assert "no answer yet" in run("show", asked[:8]).stdout
    page, text = run("brief").stdout, run("brief", "--format", "md").stdout
    assert "They answer 2 questions" in page
    assert "1 question that is asked has no answer yet." in page
    assert "What does &lt;it&gt; cost?" in page
    assert "## No answer yet" in text
    assert "What does" not in run("timeline").stdout
    assert [c["question"] for c in lines(run("changes", "--since", "2031-01-12", "--format", "jsonl"))] == [
        "When will the Plover tug be delivered?"
    ]
    refused = run("review", "name", asked[:8], "Other words")
    assert (refused.exit_code, "is asked in case.toml (change there" in refused.stderr) == (2, True)


def test_case_toml_by_option_and_environment(run: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    other = tmp_path / "asks.toml"
    other.write_text(ASKS)
    assert len(lines(run("questions", "--format", "jsonl"))) == 2
    assert len(lines(run("--asks", str(other), "questions", "--format", "jsonl"))) == 3
    result = CliRunner(env={"QUOTH_ASKS": str(other)}).invoke(cli, ["--case", str(path), "questions"])
    assert "no answer yet" in result.stdout
    with quoth.open(path, asks=other) as case:
        assert sum(q.asked for q in case.questions()) == 2
        other.write_text(ASKS.partition('[[ask]]\nask = "What')[0])
        assert sum(q.asked for q in case.questions()) == 1
    other.write_text("[[ask]]\nask = 'Who?'\n")
    broken = run("--asks", str(other), "questions")
    assert (broken.exit_code, broken.stderr) == (
        2, f"Error: {other}, ask 1: slot is None (it may be time, quantity, place, agent, polarity)\n"
    )  # fmt: skip


def test_a_broken_case_toml_stops_nothing_that_asks_no_questions(
    run: Callable[..., Result], path: Path, tmp_path: Path
) -> None:
    whole, one = run("agents").stdout, run("agents", "Holm").stdout
    (tmp_path / "case.toml").write_text("[[ask]\n")
    assert run("questions").exit_code == 2
    assert (run("agents").stdout, run("agents", "Holm").stdout) == (whole, one)
    assert "Ana Holm" in one
    with quoth.open(path) as case:
        assert [s.source.name for s in case.statements(source="Holm")] == ["Ana Holm"]


def test_dataclasses_of_the_agenda_round_trip() -> None:
    agenda = quoth.Agenda(asks=(quoth.Ask(text="Who?", slot=quoth.Slot.AGENT, theme="fire"),))
    assert quoth.model.from_dict(quoth.Agenda, quoth.model.to_dict(agenda)) == agenda
    assert dataclasses.replace(agenda, asks=()) == quoth.Agenda()
