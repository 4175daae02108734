"""The lexicon of cues: what introduces a source's words, and how it colours them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from quoth.model import Act, DistanceKind, Factuality


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of lexicon/cues.tsv, whose header explains the columns."""

    lemma: str
    pos: str
    frames: frozenset[str]
    act: Act
    factuality: Factuality | None
    distance: DistanceKind | None
    kind: str

    def prepositions(self, frame: str) -> frozenset[str]:
        """The prepositions X of the frames "p:X" or "b:X"."""
        return frozenset(f[2:] for f in self.frames if f.startswith(frame + ":"))


def rows(name: str) -> Iterator[list[str]]:
    """The cells of a lexicon's rows, comments and the line of column names left out."""
    text = resources.files("quoth.read.english").joinpath("lexicon", name).read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    next(lines)
    yield from lines


@cache
def cues() -> Mapping[tuple[str, str], Cue]:
    """Every cue by its lemma and its part of speech (v, n, r)."""
    return {
        (lemma, pos): Cue(
            lemma,
            pos,
            frozenset(frames.split()),
            Act(act),
            None if factuality == "-" else Factuality(factuality),
            None if distance == "-" else DistanceKind(distance),
            kind,
        )
        for lemma, pos, frames, act, factuality, distance, kind in rows("cues.tsv")
    }


@cache
def particles() -> frozenset[tuple[str, str]]:
    """Verb and particle of the cues of two words: ("call", "for")."""
    return frozenset((a, b) for lemma, pos in cues() if pos == "v" and " " in lemma for a, b in [lemma.split()])


@cache
def words(name: str) -> frozenset[str]:
    """A word list of lexicon/attribution.toml."""
    source = resources.files("quoth.read.english").joinpath("lexicon", "attribution.toml")
    return frozenset(tomllib.loads(source.read_text("utf-8"))[name])


SPEECH = Cue("", "v", frozenset({"q"}), Act.ASSERT, None, None, "speech")
"""Stands in where a quotation or a colon speaks without a verb."""


@cache
def outlets() -> tuple[frozenset[str], frozenset[str]]:
    """Names of outlets, and words that end an outlet's name; case-folded."""
    listed = [(kind, name) for kind, name in rows("outlets.tsv")]
    return frozenset(n for k, n in listed if k == "name"), frozenset(n for k, n in listed if k == "word")


def is_outlet(name: str) -> bool:
    """Whether a name looks like a news outlet's or agency's: known, or ending in a word that marks one."""
    names, marking = outlets()
    folded = name.casefold().removeprefix("the ").strip()
    return folded in names or (" " in folded and not marking.isdisjoint((folded.split()[0], folded.split()[-1])))


def is_relay(name: str, own: str | None) -> bool:
    """Whether somebody who was told something is an outlet that passes it on, and not `own`, the document's."""
    folded = (own or "").casefold().removeprefix("the ").strip()
    return is_outlet(name) and name.casefold().removeprefix("the ").strip() != folded
