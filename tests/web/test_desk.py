"""The case behind the desk: snapshots that follow what anybody writes, and never wait for it."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import opened_desk

import quoth
from quoth.case import Case
from quoth.errors import LedgerError, NotFound
from quoth.model import Clock, Comparison
from quoth.web import desk as desks
from quoth.web.desk import Desk, Pending
from quoth.web.snapshot import Snapshot


def test_a_snapshot_is_the_case(ferries: Path) -> None:
    with opened_desk(ferries) as desk, quoth.open(ferries) as case:
        snapshot = desk.snapshot()
        assert list(snapshot.statements.values()) == list(case.statements())
        assert list(snapshot.documents.values()) == list(case.documents())
        assert snapshot.comparison == case.comparison()
        assert list(snapshot.headings.values()) == list(case.headings())
        assert [snapshot.assess(q) for q in case.questions()] == [case.assessments()[q.id] for q in case.questions()]
        assert not desk.is_behind


def test_what_goes_with_what(ferries: Path) -> None:
    with opened_desk(ferries) as desk:
        snapshot = desk.snapshot()
    for question in snapshot.questions.values():
        for statement in (s for value in question.values for s in value.statements):
            assert question.id in snapshot.answering[statement]
    told = [s for those in snapshot.of_document.values() for s in those]
    assert {s.id for s in told} == set(snapshot.statements)
    dorn = next(e for e in snapshot.entities.values() if e.name == "Ana Dorn")
    said = [snapshot.said_on(s) for s in snapshot.spoken_by[dorn.id]]
    assert said == sorted(said)
    assert {s.document_id for s in snapshot.spoken_by[dorn.id]} == {
        d.id for d in snapshot.documents.values() if d.outlet in {"The Courier", "Port Herald"}
    }
    assert snapshot.days == (datetime.date(2031, 3, 4), datetime.date(2031, 3, 7))
    assert list(snapshot.outlets) == ["Gazette", "Port Herald", "The Courier"]


def test_things_by_the_beginning_of_their_ids(ferries: Path) -> None:
    with opened_desk(ferries) as desk:
        snapshot = desk.snapshot()
    statement = next(iter(snapshot.statements.values()))
    assert snapshot.statement(f" {snapshot.short(statement.id).upper()} ") is statement
    with pytest.raises(NotFound, match="no question of this case has an id that begins with 'zz'"):
        snapshot.question("zz")
    with pytest.raises(NotFound):
        snapshot.document("")


def test_a_change_is_in_the_next_snapshot(own_ferries: Path) -> None:
    with opened_desk(own_ferries) as desk:
        before = desk.snapshot()
        statement = next(iter(before.statements))
        [judged] = desk.change(lambda case: case.review("reject", statement, by="ana"))
        after = desk.snapshot()
    assert statement in before.statements
    assert statement not in after.statements
    assert [j.id for j in after.judgements] == [judged.id]
    assert after.revision != before.revision


def test_a_rating_is_in_the_next_snapshot(own_ferries: Path) -> None:
    with opened_desk(own_ferries) as desk:
        desk.change(lambda case: case.rate("Gazette", "C", by="ana"))
        assert [rating.name for rating in desk.snapshot().ratings] == ["Gazette"]


def test_what_another_program_adds_is_seen(own_ferries: Path) -> None:
    with opened_desk(own_ferries) as desk:
        with quoth.open(own_ferries) as other:
            other.add(_article(own_ferries.parent))
        desk.wait(30)
        assert "Evening Post" in desk.snapshot().outlets


def test_declared_agents_are_read_anew(own_ferries: Path) -> None:
    with opened_desk(own_ferries) as desk:
        assert desk.snapshot().sides == ()
    own_ferries.with_name("agents.toml").write_text('[[agent]]\nname = "Ana Dorn"\nside = "government"\n')
    with opened_desk(own_ferries) as desk:
        assert desk.snapshot().sides == ("government",)
        own_ferries.with_name("agents.toml").write_text('[[agent]]\nname = "Ana Dorn"\nside = "cabinet"\n')
        desk.wait(30)
        assert desk.snapshot().sides == ("cabinet",)


def test_how_it_stood(ferries: Path) -> None:
    day = datetime.date(2031, 3, 5)
    with opened_desk(ferries) as desk, quoth.open(ferries) as case:
        then = desk.snapshot(day)
        assert then.comparison == case.comparison(as_of=day)
        assert [d.outlet for d in then.documents.values()] == ["The Courier"]
        assert then is desk.snapshot(day)
        recorded = desk.snapshot(datetime.date(2031, 3, 5), Clock.RECORDED)
        assert len(recorded.documents) == 3
        with pytest.raises(NotFound, match="as it stood on 2031-03-05"):
            then.document("zz")


def test_a_slow_day_is_pending_and_then_there(ferries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "PATIENCE", 0.05)
    go = threading.Event()
    real = Case.comparison

    def slow(case: Case, **options: object) -> Comparison:
        go.wait(10)
        return real(case, **options)  # type: ignore[arg-type]

    with opened_desk(ferries) as desk:
        monkeypatch.setattr(Case, "comparison", slow)
        with pytest.raises(Pending, match="how things stood on 2031-03-05"):
            desk.snapshot(datetime.date(2031, 3, 5))
        assert desk.snapshot().as_of is None
        go.set()
        assert _soon(lambda: desk.snapshot(datetime.date(2031, 3, 5))).as_of == datetime.date(2031, 3, 5)


def test_a_look_that_finds_nothing_new_is_no_change(ferries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looking, state = threading.Event(), Case.state

    def slow(case: Case) -> str:
        looking.set()
        time.sleep(0.3)
        return state(case)

    with opened_desk(ferries) as desk:
        monkeypatch.setattr(Case, "state", slow)
        desk.wake()
        assert looking.wait(10)
        assert not desk.is_behind


def _soon(snapshot: Callable[[], desks.Snapshot]) -> desks.Snapshot:
    for _ in range(200):
        try:
            return snapshot()
        except Pending:
            pass
    raise AssertionError("it never came")


def test_a_case_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    path.write_text("no case")
    desk = Desk(path)
    try:
        with pytest.raises(LedgerError, match="not a"):
            desk.snapshot()
    finally:
        desk.close()


def test_asking_names_what_is_wrong(ferries: Path) -> None:
    with opened_desk(ferries) as desk, pytest.raises(NotFound):
        desk.ask(lambda case: case.statement("zz"))


def _article(folder: Path) -> Path:
    path = folder / "post.txt"
    path.write_text(
        "---\noutlet: Evening Post\npublished: 2031-03-09\n---\nFerries\n\n"
        "Ana Dorn said that 12 ferries were ordered.\n"
    )
    return path


def test_what_takes_long_is_worked_out_ahead(ferries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "LOOK", 0.05)
    done: list[str] = []
    all_done = threading.Event()

    def counted(snapshot: Snapshot) -> None:
        done.append(snapshot.revision)
        raise ValueError("what fails here is told by the page that needs it")

    def last(snapshot: Snapshot) -> None:
        all_done.set()

    desk = Desk(ferries, ahead=(counted, last))
    try:
        assert all_done.wait(30)
        assert done == [desk.snapshot().revision]
        assert desk.trouble == ""
    finally:
        desk.close()
