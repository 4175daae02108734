"""A pipeline in a wrong order fails before any document is read."""

from __future__ import annotations

import pytest

from quoth.errors import BadPipeline
from quoth.read.component import checked, component


@component("first", assigns=["words"])
def first(draft: list[str]) -> None:
    draft.append("first")


@component("second", requires=["text", "words"], assigns=["names"])
def second(draft: list[str]) -> None:
    draft.append("second")


def test_components_run_in_their_declared_order() -> None:
    draft: list[str] = []
    for step in checked([first, second], ["text"]):
        step.run(draft)
    assert draft == ["first", "second"]


def test_a_component_before_what_it_needs_is_refused_by_name() -> None:
    with pytest.raises(BadPipeline, match="'second' needs words"):
        checked([second, first], ["text"])
