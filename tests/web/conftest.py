"""One case for all tests that only look, a fresh copy for those that change something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of, copied, made_case, opened_desk
from fastapi.testclient import TestClient

from quoth.web.snapshot import Snapshot


@pytest.fixture(scope="session")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three articles.  Not to be changed: see `own_ferries`."""
    return made_case(tmp_path_factory.mktemp("ferries"))


@pytest.fixture
def own_ferries(ferries: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return copied(ferries, tmp_path)


@pytest.fixture(scope="session")
def client(ferries: Path) -> Iterator[TestClient]:
    """A client that only looks."""
    with client_of(ferries) as found:
        yield found


@pytest.fixture(scope="session")
def snapshot(ferries: Path) -> Snapshot:
    """The case as it stands."""
    with opened_desk(ferries) as desk:
        return desk.snapshot()


@pytest.fixture
def own_client(own_ferries: Path) -> Iterator[TestClient]:
    """A client that may change its case."""
    with client_of(own_ferries) as found:
        yield found
