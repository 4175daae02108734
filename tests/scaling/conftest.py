"""Sources, and what reading them in this process gives, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="reading to Parquet needs pyarrow, which is not installed")

from datasets import run
from sources import write_sources


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="session")
def dataset(sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only to be looked at."""
    out = tmp_path_factory.mktemp("dataset") / "read"
    run(sources, out)
    return out
