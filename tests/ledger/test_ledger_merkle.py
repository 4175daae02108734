"""The trees and proofs of RFC 9162, by its own examples and by Certificate Transparency's published hashes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.ledger import merkle
from quoth.ledger.merkle import Growing, leaf_hash, node_hash

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
"""The entries that implementations of Certificate Transparency test with."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots, of the first one, two … of them."""


class Tree:
    """What a log keeps: leaf and peak of each entry."""

    def __init__(self, entries):
        growing = Growing()
        self.leaves = [leaf_hash(entry) for entry in entries]
        self.peaks = [growing.append(leaf) for leaf in self.leaves]

    def leaf(self, number):
        return self.leaves[number - 1]

    def peak(self, number):
        return self.peaks[number - 1]

    def root(self, size):
        return merkle.root_of(size, self.peak)


def plainly(leaves):
    """The root as RFC 9162 defines it, 2.1.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(plainly(leaves[:k]), plainly(leaves[k:]))


sizes = st.integers(1, 70)


def numbered(size):
    return [str(number).encode() for number in range(size)]


def test_merkle_roots_are_the_published_ones():
    tree, growing = Tree(ENTRIES), Growing()
    assert Growing().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size, root in enumerate(ROOTS, 1):
        growing.append(tree.leaf(size))
        assert growing.root.hex() == tree.root(size).hex() == root


def test_merkle_published_path_of_the_second_of_eight():
    path = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    tree = Tree(ENTRIES)
    assert [step.hex() for step in merkle.inclusion(2, 8, tree.leaf, tree.peak)] == path


def seven():
    """The tree that the RFC draws, with its letters for its nodes."""
    tree = Tree(numbered(7))
    a, b, c, d, e, f, j = tree.leaves
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k = node_hash(g, h)
    el = node_hash(i, j)
    return tree, {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g, "h": h, "i": i, "j": j, "k": k, "l": el}


@pytest.mark.parametrize(("number", "path"), [(1, "bhl"), (4, "cgl"), (5, "fjk"), (7, "ik")])
def test_merkle_inclusion_is_the_rfcs(number, path):
    tree, nodes = seven()
    assert merkle.inclusion(number, 7, tree.leaf, tree.peak) == [nodes[letter] for letter in path]


@pytest.mark.parametrize(("before", "path"), [(3, "cdgl"), (4, "l"), (6, "ijk"), (7, "")])
def test_merkle_consistency_is_the_rfcs(before, path):
    tree, nodes = seven()
    assert merkle.consistency(before, 7, tree.leaf, tree.peak) == [nodes[letter] for letter in path]


@given(sizes)
def test_merkle_roots_are_as_defined(size):
    tree = Tree(numbered(size))
    assert [tree.root(n) for n in range(size + 1)] == [plainly(tree.leaves[:n]) for n in range(size + 1)]


@given(sizes, st.data())
def test_merkle_growing_goes_on_from_what_is_kept(size, data):
    tree = Tree(numbered(size))
    before = data.draw(st.integers(0, size))
    growing = Growing(before, tree.peak)
    assert [growing.append(leaf) for leaf in tree.leaves[before:]] == tree.peaks[before:]
    assert growing.root == tree.root(size)


@given(sizes, st.data())
def test_merkle_inclusion_proves_the_entry_and_no_other(size, data):
    tree = Tree(numbered(size))
    number = data.draw(st.integers(1, size))
    path = merkle.inclusion(number, size, tree.leaf, tree.peak)
    for other in range(size + 2):
        proven = merkle.proves_inclusion(tree.leaf(number), other, size, tree.root(size), path)
        assert proven == (other == number)
    assert not merkle.proves_inclusion(leaf_hash(b"?"), number, size, tree.root(size), path)
    assert not merkle.proves_inclusion(tree.leaf(number), number, size, tree.root(size), [*path, bytes(32)])
    for at in range(len(path)):
        assert not merkle.proves_inclusion(
            tree.leaf(number), number, size, tree.root(size), [*path[:at], bytes(32), *path[at + 1 :]]
        )
        assert not merkle.proves_inclusion(tree.leaf(number), number, size, tree.root(size), path[:at] + path[at + 1 :])


@given(sizes, st.data())
def test_merkle_consistency_proves_a_beginning_and_nothing_else(size, data):
    tree = Tree(numbered(size))
    before = data.draw(st.integers(1, size))
    path = merkle.consistency(before, size, tree.leaf, tree.peak)
    old, root = tree.root(before), tree.root(size)
    assert merkle.proves_consistency(before, size, old, root, path)
    rewritten = Tree([b"?", *numbered(size)[1:]])
    assert not merkle.proves_consistency(before, size, rewritten.root(before), root, path)
    assert not merkle.proves_consistency(before, size, old, rewritten.root(size), path)
    assert not merkle.proves_consistency(before, size, old, root, [*path, bytes(32)])
    for at in range(len(path)):
        assert not merkle.proves_consistency(before, size, old, root, [*path[:at], bytes(32), *path[at + 1 :]])
        assert not merkle.proves_consistency(before, size, old, root, path[:at] + path[at + 1 :])


@pytest.mark.parametrize(("before", "size"), [(0, 3), (4, 3)])
def test_merkle_no_proof_of_sizes_that_cannot_be(before, size):
    assert not merkle.proves_consistency(before, size, bytes(32), bytes(32), [])
    assert not merkle.proves_consistency(2, 3, bytes(32), bytes(32), [])
