"""The word lists of english.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def listed(name: str) -> frozenset[str]:
    """Raises KeyError for a list that is not there."""
    return _lists()[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("english.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}
