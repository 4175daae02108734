"""Whom an article has its words from."""

from __future__ import annotations

import pytest

from quoth.acquire.furniture import blocks
from quoth.acquire.relays import relay_key, relays
from quoth.model import Relay, Span

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman said."


def found(text: str, **options: object) -> tuple[Relay, ...]:
    return relays(text, blocks(text), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Read more @ harbourpost.example[", "harbourpost.example"),
        ("Read the full story at www.harbourpost.example", "harbourpost.example"),
        ("Via TASS", "TASS"),
        ("Source: Interfax", "Interfax"),
        ("Jane Doe, Reuters", "Reuters"),
        ("By Jane Doe | Associated Press", "Associated Press"),
        ("This article was originally published by Harbour Post on 4 May.", "Harbour Post"),
        ("This story first appeared in The Harbour Post.", "The Harbour Post"),
        (f"KYIV (AP) — {PROSE}", "AP"),
        (f"(Reuters) - {PROSE}", "Reuters"),
        (f"MOSCOW, December 6. /TASS/. {PROSE}", "TASS"),
    ],
)
def test_a_relay_is_named_as_written_with_its_span(line: str, name: str) -> None:
    text = f"{PROSE}\n{line}\n{PROSE}"
    start = text.index(name)
    assert found(text) == (Relay(name=name, text=name, spans=(Span(start, start + len(name)),)),)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Board 'will not bend', says Reuters chief",
        "Getty Images",
        "Photo by Jane Doe/AFP",
        "The Associated Press contributed to this report.",
        "The chairman spoke to TASS via Telegram.",
    ],
)
def test_no_relay(line: str) -> None:
    assert found(f"{PROSE}\n{line}\n{PROSE}") == ()


def test_the_outlet_relays_nothing_of_its_own() -> None:
    assert found(f"KYIV (AP) — {PROSE}", outlet="The Associated Press") == ()


def test_a_stated_name_and_its_domain_in_the_text_are_one_relay() -> None:
    text = f"{PROSE}\nRead more @ harbourpost.example["
    (relay,) = found(text, stated=["The Harbour Post"])
    assert (relay.name, relay.text) == ("The Harbour Post", "harbourpost.example")
    assert relay.spans[0].words(text) == "harbourpost.example"


def test_a_stated_relay_without_words_has_no_span() -> None:
    assert found(PROSE, stated=["Northern Wire", "Northern Wire"]) == (Relay(name="Northern Wire"),)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The Kyiv Independent", "kyivindependent.com", True),
        ("AP", "The Associated Press", True),
        ("https://www.bbc.co.uk/news", "BBC", True),
        ("Interfax", "Interfax-Ukraine", False),
    ],
)
def test_which_names_are_the_same(a: str, b: str, same: bool) -> None:
    assert (relay_key(a) == relay_key(b)) is same
