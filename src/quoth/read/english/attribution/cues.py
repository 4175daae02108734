"""The lexicon of cues: what introduces a source's words, and how it colours them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from quoth.model import Act, DistanceKind, Factuality
from quoth.read.english.lexicon import rows, table

SPOKEN = frozenset({"speech", "report"})
"""Kinds of cue that report words."""


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

    def prepositions(self, frame: str) -> tuple[str, ...]:
        """The prepositions X of the frames "p:X" or "b:X", sorted: which of two is tried first never varies."""
        return tuple(sorted(f[2:] for f in self.frames if f.startswith(frame + ":")))


@cache
def cues() -> Mapping[tuple[str, str], Cue]:
    """Every cue by its lemma and its part of speech (v, n, a, r)."""
    read = {
        (lemma, pos): Cue(
            lemma,
            pos,
            frozenset(frames.split()),
            Act(act),
            None if factuality == "-" else Factuality(factuality),
            None if distance == "-" else DistanceKind(distance),
            kind,
        )
        for lemma, pos, frames, act, factuality, distance, kind in rows("cues.tsv", headed=True)
    }
    misread = table("attribution.toml")["misread_lemmas"]
    return read | {(wrong, "v"): read[right, "v"] for wrong, right in misread.items()}


@cache
def particles() -> frozenset[tuple[str, str]]:
    """Verb and particle of the cues of two words: ("call", "for")."""
    return frozenset((a, b) for lemma, pos in cues() if pos == "v" and " " in lemma for a, b in [lemma.split()])


@cache
def words(name: str) -> frozenset[str]:
    """A word list of lexicon/attribution.toml."""
    return frozenset(table("attribution.toml")[name])


SPEECH = Cue("", "v", frozenset({"q"}), Act.ASSERT, None, None, "speech")
"""Stands in where a quotation or a colon speaks without a verb."""
