"""A case that changes while it is open is compared as one that is opened anew, and is read only where it changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

import quoth
from quoth.case import Case
from quoth.compare import compare
from quoth.judging import roster_of
from quoth.model import Clock, Heading
from quoth.present.gather import brief_view, case_timeline
from quoth.present.standing import by_contest

ARTICLES = sorted((Path(__file__).parents[1] / "examples" / "articles").glob("*.txt"))
DAY = datetime.date(2031, 4, 15)


@pytest.fixture(scope="module")
def case() -> Case:
    """All bundled articles, in memory; each test may add judgements, which are no one else's concern."""
    case = quoth.open(":memory:", profile="rules")
    case.add(*ARTICLES)
    return case


def anew(case: Case) -> object:
    return compare(list(case.ledger.statements()), list(case.ledger.documents()), roster_of((), case.judgements()))


def test_a_case_that_grows_and_is_judged() -> None:
    with quoth.open(":memory:", profile="rules") as case:
        changes: list[Callable[[], object]] = [
            *(lambda some=ARTICLES[n : n + 4]: case.add(*some) for n in range(0, len(ARTICLES), 4)),  # type: ignore[misc]
            lambda: case.review("reject", case.origins()[0].statements[0], by="eva"),
            lambda: case.review("correct", case.origins()[2].statements[0], by="eva", source="Ada Nowhere"),
            lambda: case.review("same", "Aldo Ferrenc", "Greta Sohn", by="eva"),
            lambda: case.review("withdraw", "Aldo Ferrenc", "Greta Sohn", by="eva"),
        ]
        for change in changes:
            change()
            assert case.comparison() == anew(case)
            assert case.known() == (list(case.ledger.statements()), list(case.ledger.documents()))


def test_only_what_changed_is_read_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.comparison()
    read: list[object] = []
    statements = case.ledger.statements
    monkeypatch.setattr(case.ledger, "statements", lambda **how: read.append(how) or statements(**how))
    judged = case.origins()[0].statements[0]
    case.review("reject", judged, by="eva")
    assert judged not in case.comparison().origin_of
    assert read == [{"document": case.statement(judged).document_id}]
    case.review("withdraw", judged, by="eva")


def test_a_brief_of_the_past_compares_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from quoth.compare import Comparer

    compared: list[int] = []
    whole = Comparer.compare
    monkeypatch.setattr(Comparer, "compare", lambda self, *given: compared.append(1) or whole(self, *given))
    view = brief_view(case, as_of=DAY)
    timeline = case_timeline(case, as_of=DAY)
    assert (len(compared), view.as_of, bool(timeline.days)) == (1, "as published by 15 April 2031", True)
    case.changes(DAY, DAY)
    case.changes(DAY, DAY)
    assert len(compared) == 2


def test_the_past_is_what_comparing_its_documents_gives(case: Case) -> None:
    days = sorted({d.published for d in case.documents() if d.published is not None})
    for day in (days[2], days[-1], days[0], days[4]):
        statements, documents = case.known(day)
        assert {d.published for d in documents} == {d for d in days if d <= day}
        assert case.comparison(as_of=day) == compare(statements, documents, roster_of((), case.judgements()))
    today = datetime.datetime.now(datetime.UTC).date()
    assert case.comparison(as_of=today, clock=Clock.RECORDED) == case.comparison()


def test_headings_are_the_questions_in_the_order_of_every_list(case: Case) -> None:
    headings = case.headings()
    asked = by_contest(case.questions())
    assert headings == tuple(map(Heading.of, asked))
    assert [h.contest for h in headings] == sorted(h.contest for h in headings)
    for heading, question in zip(headings, asked, strict=True):
        assert heading.answers == len(question.values)
        assert heading.statements == len({s for value in question.values for s in value.statements})
        assert heading.origins == len({o for value in question.values for o in value.origins})
    assert case.headings(as_of=DAY) == tuple(map(Heading.of, by_contest(case.questions(as_of=DAY))))
    assert any(h.disputes for h in headings)
