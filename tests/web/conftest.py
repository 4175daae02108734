"""One case for all tests that only look, a fresh copy for those that change something."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of, made_case
from fastapi.testclient import TestClient


@pytest.fixture(scope="session")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three articles.  Not to be changed: see `own_ferries`."""
    return made_case(tmp_path_factory.mktemp("ferries"))


@pytest.fixture
def own_ferries(ferries: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    for file in ferries.parent.glob("ferries.db*"):
        (shutil.copytree if file.is_dir() else shutil.copy)(file, tmp_path / file.name)
    return tmp_path / "ferries.db"


@pytest.fixture(scope="session")
def client(ferries: Path) -> Iterator[TestClient]:
    """A client that only looks."""
    with client_of(ferries) as found:
        yield found


@pytest.fixture
def own_client(own_ferries: Path) -> Iterator[TestClient]:
    """A client that may change its case."""
    with client_of(own_ferries) as found:
        yield found
