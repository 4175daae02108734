"""Which documents are copies of one text: MinHash candidates, verified by aligning the words themselves."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq
from rensa import RMinHash, RMinHashLSH

from quoth.compare.names import words_in
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


class Copies:
    """Which documents are copies of one text, kept as documents come, change and go."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._lsh = RMinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._number: dict[str, int] = {}
        self._held: dict[int, Document] = {}
        self._words: dict[int, tuple[str, ...]] = {}
        self._equal: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._beside: dict[int, set[int]] = {}
        self._numbers = itertools.count()
        self.copy_of: dict[str, str] = {}
        """Document id → the id that stands for all copies of its text: the earliest published, then the smallest id."""
        self.update({d.id: d for d in documents})

    def update(self, documents: Mapping[str, Document | None]) -> set[str]:
        """Take these for the documents of these ids (None: it has gone); returns their ids, and those of all that are
        or were copies of one text with them."""
        touched: set[int] = set()
        for document_id, document in documents.items():
            number = self._number.get(document_id)
            if number is not None and document is not None and self._held[number].text == document.text:
                self._held[number] = document  # dated otherwise, perhaps
                touched |= self._component(number)
                continue
            if number is not None:
                touched |= self._component(number) - {number}
                self._remove(number)
            if document is not None:
                touched |= self._component(self._add(document))
        for component in self._components(touched & self._held.keys()):
            first = min((self._held[n] for n in component), key=_seniority).id
            self.copy_of.update((self._held[n].id, first) for n in component)
        return {self._held[n].id for n in touched if n in self._held} | documents.keys()

    def _add(self, document: Document) -> int:
        number = next(self._numbers)
        words = tuple(words_in(document.text))
        self._number[document.id], self._held[number], self._words[number] = number, document, words
        beside = self._beside[number] = set()
        if 0 < len(words) < FEWEST_WORDS:
            beside |= self._equal[words]
            self._equal[words].add(number)
        elif words:
            sketch = _sketch(words)
            beside |= {n for n in set(self._lsh.query(sketch)) if _is_copy(self._words[n], words)}
            self._lsh.insert(number, sketch)
        for other in beside:
            self._beside[other].add(number)
        return number

    def _remove(self, number: int) -> None:
        document, words = self._held.pop(number), self._words.pop(number)
        if len(words) >= FEWEST_WORDS:
            self._lsh.remove(number)
        elif words:
            self._equal[words].discard(number)
        for other in self._beside.pop(number):
            self._beside[other].discard(number)
        del self._number[document.id], self.copy_of[document.id]

    def _components(self, numbers: Iterable[int]) -> Iterator[set[int]]:
        seen: set[int] = set()
        for number in numbers:
            if number not in seen:
                component = self._component(number)
                seen |= component
                yield component

    def _component(self, number: int) -> set[int]:
        """All that are copies of it, or of its copies, and so on."""
        found, waiting = {number}, [number]
        while waiting:
            more = self._beside[waiting.pop()] - found
            found |= more
            waiting += more
        return found


def _seniority(document: Document) -> tuple[bool, str, str]:
    return document.published is None, str(document.published), document.id


def _sketch(words: Sequence[str]) -> RMinHash:
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))])
    return sketch


def _is_copy(a: Sequence[str], b: Sequence[str]) -> bool:
    return LCSseq.similarity(a, b) >= COPIED * min(len(a), len(b))
