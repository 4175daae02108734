"""Several programs that add to one case at once: nothing is lost, nothing is doubled, readers see whole documents."""

from __future__ import annotations

import multiprocessing

import pytest
import stories

from quoth.ledger import open_ledger

EACH = 6
"""Articles that every program writes, and as many that it alone writes."""


@pytest.fixture(params=["postgres", "sqlite"])
def case(request, tmp_path):
    if request.param == "sqlite":
        yield str(tmp_path / "case.db")
        return
    server = request.getfixturevalue("postgres")
    address = server.new_case()
    yield address
    server.take_back(address)


FORK = multiprocessing.get_context("fork")


def started(case, programs):
    """Programs that write as soon as the last of them is there."""
    start = FORK.Event()
    writers = [
        FORK.Process(target=stories.write_with_others, args=(case, f"writer {n}", 1000 * (n + 1), EACH, start))
        for n in range(programs)
    ]
    for each in writers:
        each.start()
    start.set()
    return writers


@pytest.mark.parametrize("programs", [2, 8])
def test_programs_that_add_at_once_lose_and_double_nothing(case, programs):
    writers = started(case, programs)
    looks = 0
    with open_ledger(case) as reader:
        while any(each.is_alive() for each in writers) or not looks:
            looks += 1
            assert {len(ids) for ids in reader.current().values()} <= {stories.STATEMENTS}
            assert reader.counts().unread == 0
    assert [each.exitcode for each in writers] == [0] * programs

    documents = EACH + EACH * programs
    with open_ledger(case) as ledger:
        assert list(ledger.verify()) == []
        counts = ledger.counts()
        assert (counts.documents, counts.readings) == (documents, documents)
        assert (counts.statements, counts.failures) == (documents * stories.STATEMENTS, 1)
        expected = {*range(EACH), *(1000 * (n + 1) + i for n in range(programs) for i in range(EACH))}
        assert set(ledger.current()) == {stories.story(number)[0].id for number in expected}
        ratings = list(ledger.ratings())
        assert len(ratings) == 2 * EACH * programs
        assert [rating.previous for rating in ratings[1:]] == [rating.id for rating in ratings[:-1]]
        assert all(ledger.original(document.sha256) for document in ledger.documents())


def test_two_people_at_one_case_see_each_others_work(case):
    with open_ledger(case) as ana, open_ledger(case) as bo:
        for number in range(6):
            stories.write((ana, bo)[number % 2], number)
            assert ana.revision() == bo.revision()
        assert ana.head() == bo.head()
        assert list(ana.statements()) == list(bo.statements())


def test_what_is_verified_while_another_writes_is_of_one_moment(case):
    with open_ledger(case) as ledger:
        for number in range(3):
            stories.write(ledger, number)
    (other,) = started(case, 1)
    with open_ledger(case) as ledger:
        while other.is_alive():
            assert list(ledger.verify()) == []
        assert other.exitcode == 0
        assert ledger.counts().documents == 2 * EACH
