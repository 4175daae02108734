"""A program that is killed at any moment leaves whole documents or nothing; what goes on from there ends as if it had
not been.

A few kills in the ordinary suite; `make robust` kills a hundred times for each kind of store.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time

import pytest
import stories

from quoth.ledger import open_ledger

KILLS = int(os.environ.get("QUOTH_KILLS", "6"))
"""Of each kind of store."""
COUNT = 30
"""Articles of a run."""


class Kills:
    """Cases of one kind: each begins empty, is written to by programs that are killed, and one day is whole."""

    def __init__(self, new_case, longest, seed):
        self._new_case = new_case
        self._longest = longest
        self._random = random.Random(seed)
        self._fork = multiprocessing.get_context("fork")

    def once(self, case):
        """Kill a program that writes, after a moment; whether it was still at it."""
        program = self._fork.Process(target=stories.write_all, args=(case, COUNT))
        program.start()
        time.sleep(self._random.uniform(0, self._longest))
        os.kill(program.pid, signal.SIGKILL)
        program.join()
        return program.exitcode == -signal.SIGKILL

    def all(self, undisturbed):
        killed = 0
        while killed < KILLS:
            case = self._new_case()
            while self.once(case):
                killed += 1
                self.check(case)
                if killed == KILLS:
                    break
            stories.write_all(case, COUNT)
            assert self.whole(case) == undisturbed

    @staticmethod
    def check(case):
        with open_ledger(case, now=lambda: stories.NOON) as ledger:  # may have to make it
            counts = ledger.counts()
            assert list(ledger.verify()) == []
            assert (counts.unread, counts.readings) == (0, counts.documents)
            assert counts.statements == stories.STATEMENTS * counts.documents
            assert all(ledger.original(document.sha256) for document in ledger.documents())

    @staticmethod
    def whole(case):
        with open_ledger(case) as ledger:
            assert list(ledger.verify()) == []
            return ledger.current(), ledger.head()


def test_a_case_file_survives_programs_that_are_killed(tmp_path):
    names = iter(range(10_000))
    undisturbed = str(tmp_path / "undisturbed.db")
    stories.write_all(undisturbed, COUNT)

    def new_case():
        return str(tmp_path / f"{next(names)}.db")

    Kills(new_case, 0.15, seed=1).all(Kills.whole(undisturbed))
    left = [path.name for path in tmp_path.rglob("*-originals/*/*") if not path.name.startswith(".")]
    assert all(len(name) == 64 for name in left)


@pytest.fixture
def new_case(postgres):
    """Cases on the server that were born at the same moment, as their logs tell."""
    used = []

    def give():
        used.append(postgres.new_case())
        return used[-1]

    yield give
    for address in used:
        postgres.take_back(address)


def test_a_case_on_a_server_survives_programs_that_are_killed(new_case):
    undisturbed = new_case()
    stories.write_all(undisturbed, COUNT)
    Kills(new_case, 0.6, seed=2).all(Kills.whole(undisturbed))
