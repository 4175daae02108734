"""The comparison kept beside the case: used where it is of what stands, made again where it is not."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

import quoth
from quoth import comparing
from quoth.compared import SUFFIX, Compared, fingerprint
from quoth.model import Agenda, Ask, Comparison, DeclaredAgent, Heading, JudgementKind, Origin, Question, Roster, Slot

ARTICLES = Path(__file__).parents[1] / "examples" / "articles"
ROSTER = Roster(declared=(DeclaredAgent(name="Ines Dorn"),))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file with the bundled articles in it."""
    path = tmp_path_factory.mktemp("read") / "case.db"
    with quoth.open(path, profile="rules") as case:
        case.add(ARTICLES)
    return path


@pytest.fixture
def path(read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, small as it is worth keeping a comparison for."""
    monkeypatch.setattr(comparing, "WORTH_KEEPING", 1)
    copy = tmp_path / "case.db"
    copy.write_bytes(read.read_bytes())
    return copy


@pytest.fixture
def beside(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def compared(path: Path) -> Comparison:
    with quoth.open(path, profile="rules") as case:
        return case.comparison()


@pytest.fixture
def no_comparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails whatever compares."""

    def fails(*_: object) -> None:
        raise AssertionError("it was compared")

    monkeypatch.setattr("quoth.compare.Comparer.compare", fails)


# ---------------------------------------------------------------- through the case


def test_kept_comparison_serves_the_next_program(path: Path, request: pytest.FixtureRequest) -> None:
    before = compared(path)
    request.getfixturevalue("no_comparing")
    with quoth.open(path) as case:
        assert case.headings() == tuple(sorted(map(Heading.of, before.questions), key=lambda h: h.contest))
        assert case.question(before.questions[3].id[:10]) == before.questions[3]
        assert case.origin(before.origins[2].id[:10]) == before.origins[2]
        assert case.questions() == before.questions
        assert case.comparison() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda case: case.review("reject", case.origins()[0].statements[0], by="eva"),
        lambda case: case.review("same", "Aldo Ferrenc", "Greta Sohn", by="eva"),
    ],
)
def test_kept_comparison_is_not_used_after_a_judgement(path: Path, change: object) -> None:
    before = compared(path)
    with quoth.open(path) as case:
        change(case)  # type: ignore[operator]
    after = compared(path)
    with quoth.open(path) as case:
        assert case.comparison() == after
    assert after != before


def test_kept_comparison_is_of_the_agents_declared(path: Path) -> None:
    before = compared(path)
    (path.parent / "agents.toml").write_text('[[agent]]\nname = "Ines of the Gulf"\naliases = ["Ines Marrash"]\n')
    after = compared(path)
    assert "Ines of the Gulf" in {entity.name for entity in after.entities}
    (path.parent / "agents.toml").unlink()
    assert compared(path) == before


def test_kept_comparison_with_a_withdrawn_judgement(path: Path) -> None:
    before = compared(path)
    with quoth.open(path) as case:
        rejected = next(iter(before.questions[0].values)).statements[0]
        case.review(JudgementKind.REJECT, rejected, by="eva")
        assert rejected not in case.comparison().origin_of
        case.review(JudgementKind.WITHDRAW, rejected, by="eva")
        assert case.comparison() == before
    assert compared(path) == before


def test_small_cases_keep_none(path: Path, beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "WORTH_KEEPING", 10_000)
    compared(path)
    assert not beside.exists()


def test_opened_read_only_it_leaves_nothing_and_uses_what_is_there(path: Path, beside: Path) -> None:
    with quoth.open(path, read_only=True) as case:
        before = case.comparison()
    assert not beside.exists()
    compared(path)
    with quoth.open(path, read_only=True) as case:
        assert case.comparison() == before


def test_whoever_may_not_read_the_case_may_not_read_what_is_kept(path: Path, beside: Path) -> None:
    path.chmod(0o600)
    compared(path)
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_interrupted_it_keeps_none(path: Path, beside: Path) -> None:
    case = quoth.open(path)
    case.comparison()
    case.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not beside.exists()


def test_verify_and_the_case_file_know_nothing_of_it(path: Path) -> None:
    with quoth.open(path) as case:
        before = case.ledger.fingerprint()
        case.comparison()
    with quoth.open(path) as case:
        assert case.ledger.fingerprint() == before
        assert list(case.verify()) == []


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("damage", ["no database", "cut off", "no tables", "empty"])
def test_a_damaged_file_is_made_again(path: Path, beside: Path, damage: str) -> None:
    before = compared(path)
    whole = beside.read_bytes()
    match damage:
        case "no database":
            beside.write_bytes(b"something else entirely" * 300)
        case "cut off":
            beside.write_bytes(whole[: len(whole) // 2])
        case "no tables":
            beside.unlink()
            with sqlite3.connect(beside) as connection:
                connection.execute("CREATE TABLE questions (id)")
        case _:
            beside.write_bytes(b"")
    assert compared(path) == before
    with quoth.open(path) as case:
        key = fingerprint(case.ledger.fingerprint(), Roster(), Agenda())
    assert Compared.beside(path).comparison(key) == before


def test_damaged_rows_are_not_used(path: Path, beside: Path) -> None:
    before = compared(path)
    with sqlite3.connect(beside) as connection:
        connection.execute("UPDATE questions SET payload = x'00' WHERE number = 2")
        connection.execute("UPDATE headings SET payload = x'00'")
    with quoth.open(path) as case:
        assert len(case.headings()) == len(before.questions)
        assert case.comparison() == before


def test_a_file_that_another_program_writes_to_is_left(
    path: Path, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quoth.compared.WAIT", 0.01)
    before = compared(path)
    with quoth.open(path) as case:
        case.review("reject", case.origins()[0].statements[0], by="eva")
    other = sqlite3.connect(beside, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    after = compared(path)
    other.execute("ROLLBACK")
    other.close()
    assert Compared.beside(path).comparison("of nothing") is None
    assert compared(path) == after
    assert after.origin_of.keys() < before.origin_of.keys()


def test_a_killed_writer_leaves_what_was_there(path: Path, beside: Path) -> None:
    before = compared(path)
    writer = sqlite3.connect(beside, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM questions")
    writer.close()  # as the end of its process does
    with quoth.open(path) as case:
        key = fingerprint(case.ledger.fingerprint(), Roster(), Agenda())
    assert Compared.beside(path).comparison(key) == before


def test_a_folder_that_may_not_be_written_to(path: Path, beside: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    path.parent.chmod(0o500)
    try:
        compared(path)
        assert not beside.exists()
    finally:
        path.parent.chmod(0o700)


def test_fingerprint_tells_what_a_comparison_is_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = fingerprint("evidence", Roster(), Agenda())
    assert plain == fingerprint("evidence", Roster(), Agenda())
    asks = Agenda(asks=(Ask(text="When?", slot=Slot.TIME, predicate="open"),))
    others = ("other evidence", Roster(), Agenda()), ("evidence", ROSTER, Agenda()), ("evidence", Roster(), asks)
    assert len({plain, *(fingerprint(*other) for other in others)}) == 4
    monkeypatch.setattr("quoth.compared.code_version", lambda: "another version")
    assert fingerprint("evidence", Roster(), Agenda()) != plain


def test_beginnings_of_ids(path: Path) -> None:
    before = compared(path)
    with quoth.open(path) as case:
        key = fingerprint(case.ledger.fingerprint(), Roster(), Agenda())
    file = Compared.beside(path)
    question, origin = before.questions[0], before.origins[0]
    assert file.beginning(key, Question, question.id[:12]) == [question]
    assert file.beginning(key, Origin, origin.id) == [origin]
    assert file.beginning(key, Question, "zz") == []
    assert file.beginning("another", Question, question.id) is None


def test_nothing_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "case.db").write_bytes(b"")
    file = Compared.beside(tmp_path / "case.db", read_only=True)
    assert file.comparison("any") is None
    assert file.headings("any") is None
    assert not file.keep("any", Comparison(questions=(), origins=()))
    empty = Comparison(questions=(), origins=())
    assert Compared.beside(tmp_path / "case.db").keep("any", empty)
    assert file.comparison("any") == empty
