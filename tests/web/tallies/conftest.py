from __future__ import annotations

import pytest
from telling import Make, Told


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def make() -> type[Make]:
    return Make
