"""A case file that a module makes (its fixture `path`), opened from Python and looked into from the shell; and a server
that cases are kept on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import quoth
from quoth.case import Case
from quoth.cli import cli

if TYPE_CHECKING:
    from postgres_server import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Started once, by the first test that needs it."""
    from postgres_server import Server

    with Server() as server:
        yield server


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    with quoth.open(path) as case:
        yield case


@pytest.fixture
def run(path: Path) -> Callable[..., Result]:
    """Runs the program on the case as the reviewer ana."""

    def invoke(*arguments: str, **environment: str) -> Result:
        runner = CliRunner(env={"COLUMNS": "200", "QUOTH_REVIEWER": "ana", **environment})
        return runner.invoke(cli, ["--case", str(path), *arguments])

    return invoke
