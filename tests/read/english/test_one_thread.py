"""Reading multiplies on one thread, whatever the machine has, and leaves numpy as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from articles import article
from threadpoolctl import ThreadpoolController

from quoth.read.english.annotation import Annotator
from quoth.read.english.attribution.learned.network import Network
from quoth.read.english.one_thread import one_thread
from quoth.read.english.reader import english_reader


def threads() -> set[int]:
    return {library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()}


def test_within_it_there_is_one_thread_and_behind_it_as_many_as_before() -> None:
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        with one_thread():
            assert threads() == {1}
        assert threads() == {2}


def test_a_reader_multiplies_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*given: Any, **named: Any) -> Any:
            seen.append(threads())
            return work(*given, **named)

        return watching

    monkeypatch.setattr(Annotator, "_annotate", watched(Annotator._annotate))
    monkeypatch.setattr(Network, "read", watched(Network.read))
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        reading = english_reader().read(article("The mayor said on Monday that the bridge was closed."))
        assert threads() == {2}
    assert reading.statements
    assert seen == [{1}, {1}]
