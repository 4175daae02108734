"""Whom some words stand for, before the words themselves are added to make an `Agent`."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.model import AgentKind
from quoth.names import fold
from quoth.read.countries import countries, country_name


@dataclass(frozen=True, slots=True)
class Who:
    """Name, kind and country; `why` says what the name rests on when it differs from the words."""

    name: str
    kind: AgentKind | None = None
    country: str | None = None
    why: str | None = None


def state(code: str, words: str) -> Who:
    name = country_name(code)
    why = None if fold(words) == fold(name) else f"'{words}' stands for the government of {name}"
    return Who(name, AgentKind.COUNTRY, code, why)


def differs(words: str, name: str) -> str | None:
    return None if fold(bare(words)) == fold(name) else f"'{words}' is {name}"


def is_seat(code: str, name: str) -> bool:
    """Whether a word for a government is a house or an office ("the Kremlin"), no town."""
    return fold(bare(name)) in {fold(m) for m in countries()[code].metonyms}


def bare(name: str) -> str:
    return name[4:] if name.casefold().startswith("the ") else name


def short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"
