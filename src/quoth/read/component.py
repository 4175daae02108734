"""Declared reading components: what each needs, what it assigns; a wrong order fails before any data flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from quoth.errors import BadPipeline

D = TypeVar("D")
"""The working draft of an article that the components of one language pass on."""


@dataclass(frozen=True, slots=True)
class Component(Generic[D]):
    """One step of a reader: reads the layers `requires` of a draft, fills in those it `assigns`."""

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    run: Callable[[D], None]


def component(
    name: str, *, requires: Sequence[str] = (), assigns: Sequence[str] = ()
) -> Callable[[Callable[[D], None]], Component[D]]:
    """Declare a function that works on a draft as a component."""

    def declare(run: Callable[[D], None]) -> Component[D]:
        return Component(name, frozenset(requires), frozenset(assigns), run)

    return declare


def checked(components: Sequence[Component[D]], given: Sequence[str]) -> tuple[Component[D], ...]:
    """The components, unchanged.  Raises BadPipeline when one needs what is neither given nor assigned before it."""
    known = set(given)
    for step in components:
        missing = step.requires - known
        if missing:
            raise BadPipeline(
                f"component {step.name!r} needs {', '.join(sorted(missing))}, which nothing before it assigns",
                where="reading pipeline",
                remedy="put the component that assigns it earlier",
            )
        known |= step.assigns
    return tuple(components)
