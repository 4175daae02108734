"""Pauses after wrong passwords grow, have an end, and are forgotten."""

from __future__ import annotations

import pytest

from quoth.web.guard.throttle import FORGOTTEN, Throttle, network


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_throttle_pauses_double_up_to_an_end(clock: Clock) -> None:
    throttle = Throttle(3, 60, clock=clock)
    pauses = []
    for _ in range(12):
        assert throttle.attempt("ana") == 0
        pauses.append(throttle.pause("ana"))
        clock.now += pauses[-1]
    assert pauses == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_throttle_an_attempt_within_a_pause_does_not_count_and_does_not_lengthen_it(clock: Clock) -> None:
    throttle = Throttle(1, 60, clock=clock)
    throttle.attempt("ana")
    clock.now += 0.5
    assert [throttle.attempt("ana") for _ in range(5)] == [0.5] * 5
    clock.now += 0.5
    assert throttle.attempt("ana") == 0


def test_throttle_many_at_once_count_before_they_are_looked_at(clock: Clock) -> None:
    throttle = Throttle(3, 60, clock=clock)
    assert [throttle.attempt("ana") for _ in range(5)] == [0, 0, 0, 1, 1]


def test_throttle_success_and_time_forget(clock: Clock) -> None:
    throttle = Throttle(1, 60, clock=clock)
    throttle.attempt("ana")
    throttle.succeeded("ana")
    assert throttle.pause("ana") == 0
    throttle.attempt("bo")
    clock.now += FORGOTTEN + 1
    throttle.attempt("bo")
    assert throttle.pause("bo") == 1


def test_throttle_one_key_is_not_another_and_only_so_many_are_held(clock: Clock) -> None:
    throttle = Throttle(1, 60, clock=clock, most=10)
    for number in range(100):
        assert throttle.attempt(str(number)) == 0
    assert throttle.pause("99") == 1
    assert throttle.pause("1") == 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_throttle_addresses(address: str, counted: str) -> None:
    assert network(address) == counted
