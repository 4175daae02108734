"""Whom marked words of an article made by hand name."""

from __future__ import annotations

from articles import article  # type: ignore[import-not-found]

from quoth.model import Agent
from quoth.read.english.agents import Cast, cast
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import parse_all


def read(text: str, outlet: str | None = None, headline: bool = False) -> tuple[Cast, list[Parse]]:
    [(_, passages)] = parse_all([article(text, headline=headline, outlet=outlet)])
    parses = [parse for passage in passages for parse in passage.parses]
    return cast(parses, outlet=outlet, text=text), parses


def at(parses: list[Parse], text: str, marked: str) -> tuple[Parse, int]:
    """The last token under `marked`, which may hold a * before the words that count: "said *it"."""
    before, _, words = marked.rpartition("*")
    start = text.index(before + words) + len(before)
    end = start + len(words)
    for parse in parses:
        for i in reversed(range(len(parse.tokens))):
            if start <= parse.starts[i] and parse.ends[i] <= end and parse.tokens[i].text in text[start:end]:
                return parse, i
    raise AssertionError(f"no token under {marked!r}")


def agent(text: str, marked: str, outlet: str | None = None, headline: bool = False) -> Agent:
    people, parses = read(text, outlet, headline)
    return people.agent(*at(parses, text, marked))
