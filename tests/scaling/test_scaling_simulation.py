"""The simulation of bench/scale.py: what must hold of it whatever is assumed."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def bench() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / "scale.py"
    spec = importlib.util.spec_from_file_location("bench_scale", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_scale"] = module
    spec.loader.exec_module(module)
    return module


scale = bench()
CALM = scale.World(acquiring=0.0, writing=0.0, starting=0.0, around=0.0, between_losses=1e15, slow=0.0)
TIMES = [0.1, 0.2, 0.4, 1.7]


def test_one_core_takes_the_sum_and_many_an_even_part() -> None:
    alone = scale.simulate(1_000, 10, 1, CALM, TIMES)
    assert (alone.losses, alone.left_out) == (0, 0)
    assert alone.seconds == pytest.approx(alone.worked)
    ten = scale.simulate(1_000, 10, 10, CALM, TIMES)
    assert ten.worked == pytest.approx(alone.worked)
    assert alone.seconds / 10 <= ten.seconds <= alone.seconds / 10 + 10 * max(TIMES)


@settings(max_examples=50)
@given(
    articles=st.integers(1, 300), size=st.integers(1, 60), cores=st.integers(1, 20),
    between=st.sampled_from([5.0, 50.0, 5_000.0]), slow=st.sampled_from([0.0, 0.3]),
)  # fmt: skip
def test_every_shard_is_read_or_left_out(articles: int, size: int, cores: int, between: float, slow: float) -> None:
    world = scale.World(
        acquiring=0.0, writing=0.0, starting=1.0, around=0.0, between_losses=between, slow=slow, replacing=3.0
    )
    found = scale.simulate(articles, size, cores, world, [1.0])
    shards = math.ceil(articles / size)
    assert found.worked <= articles <= found.worked + found.left_out * size
    assert found.left_out <= shards
    assert found.losses >= found.left_out * world.tries
    assert found.seconds >= found.worked / cores
    assert found == scale.simulate(articles, size, cores, world, [1.0])
