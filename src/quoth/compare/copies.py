"""Which documents are copies of one text: MinHash candidates, verified by aligning the words themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import LCSseq
from rensa import RMinHash, RMinHashLSH

from quoth.compare.names import fold
from quoth.compare.unions import Unions
from quoth.model import Document

SHINGLE = 5
PERMUTATIONS = 128
BANDS = 32
CANDIDATE = 0.4
"""Jaccard similarity of shingles from which two documents become candidates (as a rule: banding is random)."""
COPIED = 0.75
"""Share of the shorter text's words that must stand, in order, in the longer one."""
FEWEST_WORDS = 40
"""Shorter texts are copies only when their words are equal: brief notices resemble each other by chance."""

_WORD = re.compile(r"\w+")


def copied(documents: Iterable[Document]) -> Mapping[str, str]:
    """Document id → the id that stands for all copies of its text: the earliest published, then the smallest id."""
    ordered = sorted(documents, key=_seniority)
    words = {d.id: _WORD.findall(fold(d.text)) for d in ordered}
    unions: Unions[str] = Unions(words)
    lsh = RMinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS, num_bands=BANDS)
    equal: dict[tuple[str, ...], str] = {}
    for number, document in enumerate(ordered):
        text = words[document.id]
        if not text:
            continue
        if len(text) < FEWEST_WORDS:
            unions.join(equal.setdefault(tuple(text), document.id), document.id)
            continue
        sketch = _sketch(text)
        for other in sorted(set(lsh.query(sketch))):
            if _is_copy(words[ordered[other].id], text):
                unions.join(ordered[other].id, document.id)
        lsh.insert(number, sketch)
    rank = {d.id: n for n, d in enumerate(ordered)}
    return {member: min(group, key=rank.__getitem__) for group in unions.groups() for member in group}


def _seniority(document: Document) -> tuple[bool, str, str]:
    return document.published is None, str(document.published), document.id


def _sketch(words: Sequence[str]) -> RMinHash:
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))])
    return sketch


def _is_copy(a: Sequence[str], b: Sequence[str]) -> bool:
    return LCSseq.similarity(a, b) >= COPIED * min(len(a), len(b))
