"""Merkle trees as RFC 9162 (and RFC 6962) hash them, and the proofs that follow from them.

Entries count from 1.  The *peak* of entry k is the hash of the perfect subtree that ends at k, of as many entries as
the lowest bit of k says: 1 where k is odd, 2, 4, 8 … where it is even.  Whoever keeps leaf and peak of every entry can
append, and name the root of any size, by about log2(size) of them; no other node is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

Hashes = Callable[[int], bytes]
"""The leaf, or the peak, of the entry of a number."""

EMPTY = sha256(b"").digest()
"""The root of a tree without entries."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def lowest_bit(number: int) -> int:
    return number & -number


def ends(size: int) -> list[int]:
    """The entries whose peaks make up the tree of this size, from its end: 7 → 7, 6, 4."""
    found = []
    while size:
        found.append(size)
        size -= lowest_bit(size)
    return found


def root_of(size: int, peak: Hashes) -> bytes:
    """The root of the first `size` entries."""
    return _joined(peak(end) for end in ends(size))


def _joined(hashes: Iterable[bytes]) -> bytes:
    """Neighbouring subtrees, from the last to the first, as one."""
    found = None
    for hash_ in hashes:
        found = hash_ if found is None else node_hash(hash_, found)
    return EMPTY if found is None else found


class Growing:
    """A tree that entries are appended to, by the peaks that make it up alone."""

    def __init__(self, size: int = 0, peak: Hashes | None = None) -> None:
        self.size = size
        self._peaks = [peak(end) for end in reversed(ends(size))] if peak else []

    def append(self, leaf: bytes) -> bytes:
        """The peak of the new entry."""
        self.size += 1
        hash_, width = leaf, lowest_bit(self.size)
        while width > 1:
            hash_, width = node_hash(self._peaks.pop(), hash_), width // 2
        self._peaks.append(hash_)
        return hash_

    @property
    def root(self) -> bytes:
        return _joined(reversed(self._peaks))


# ---------------------------------------------------------------- proofs


def inclusion(number: int, size: int, leaf: Hashes, peak: Hashes) -> list[bytes]:
    """What proves that entry `number` is one of the first `size` (RFC 9162, 2.1.3.1)."""
    assert 1 <= number <= size, "the entry is one of the tree"
    first, last = 1, size
    path = []
    while first < last:
        middle = _middle(first, last)
        if number <= middle:
            path.append(_range(middle + 1, last, leaf, peak))
            last = middle
        else:
            path.append(_range(first, middle, leaf, peak))
            first = middle + 1
    return path[::-1]


def consistency(before: int, size: int, leaf: Hashes, peak: Hashes) -> list[bytes]:
    """What proves that the first `before` entries are the beginning of the first `size` (RFC 9162, 2.1.4.1)."""
    assert 1 <= before <= size, "the smaller tree is no larger"
    first, last, whole = 1, size, True
    path = []
    while before < last:
        middle = _middle(first, last)
        if before <= middle:
            path.append(_range(middle + 1, last, leaf, peak))
            last = middle
        else:
            path.append(_range(first, middle, leaf, peak))
            first, whole = middle + 1, False
    if not whole:
        path.append(_range(first, last, leaf, peak))
    return path[::-1]


def _middle(first: int, last: int) -> int:
    """Where a tree parts: its left side holds the largest power of two that is less than all of it."""
    return first + (1 << ((last - first).bit_length() - 1)) - 1


def _range(first: int, last: int, leaf: Hashes, peak: Hashes) -> bytes:
    """The root of the entries from `first` to `last`, which are one side of a tree."""
    return _joined(_perfect(end, width, leaf, peak) for end, width in _parts(first, last))


def _parts(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The perfect subtrees that a range is made up of, from its end: the last entry and the width of each."""
    while first <= last:
        width = lowest_bit(last - first + 1)
        yield last, width
        last -= width


def _perfect(end: int, width: int, leaf: Hashes, peak: Hashes) -> bytes:
    if width == lowest_bit(end):
        return peak(end)
    hash_, half = leaf(end), 1
    while half < width:
        hash_, half = node_hash(peak(end - half), hash_), half * 2
    return hash_


def proves_inclusion(leaf: bytes, number: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path leads from the entry to the root (RFC 9162, 2.1.3.2)."""
    if not 1 <= number <= size:
        return False
    index, last, hash_ = number - 1, size - 1, leaf
    for step in path:
        if not last:
            return False
        if index % 2 or index == last:
            hash_ = node_hash(step, hash_)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            hash_ = node_hash(hash_, step)
        index, last = index // 2, last // 2
    return last == 0 and hash_ == root


def proves_consistency(before: int, size: int, old: bytes, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of the root `old` is the beginning of that of `root` (RFC 9162, 2.1.4.2)."""
    if not 1 <= before <= size:
        return False
    if before == size:
        return not path and old == root
    steps = [old, *path] if before == lowest_bit(before) else list(path)
    if not steps:
        return False
    index, last = before - 1, size - 1
    while index % 2:
        index, last = index // 2, last // 2
    smaller = larger = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if index % 2 or index == last:
            smaller, larger = node_hash(step, smaller), node_hash(step, larger)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            larger = node_hash(larger, step)
        index, last = index // 2, last // 2
    return last == 0 and smaller == old and larger == root
