"""A tiny network of random weights at work: what it reads hangs on nothing but the words of a stretch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.read.english.attribution.learned import network, paths
from quoth.read.english.attribution.learned.layers import Array
from quoth.read.english.attribution.learned.network import BUCKETS, Encoder, Network, Predicted, bucket, gaps
from quoth.read.english.attribution.learned.words import Stretch

TAGS = ["?", "NN", "VBD", "IN"]
DEPS = ["?", "nsubj", "ROOT", "ccomp", "QUOTED"]
FORMS = ["?", "said", "that", "mayor", "closed"]
VECTOR, TAG, DEP, FORM, QUOTED, HEADLINE = 6, 3, 3, 4, 2, 4
ROW, WIDTH, WIDE, HEADS = 8, 8, 12, 2
REACH, ROLE_REACH = [1, 0, 2], [0, 3]


def linear(at: str, into: int, out: int) -> dict[str, tuple[int, ...]]:
    return {f"{at}.weight": (out, into), f"{at}.bias": (out,)}


def looking(at: str, width: int, seen: int) -> dict[str, tuple[int, ...]]:
    """A layer that looks at so many words."""
    return linear(f"{at}.up", seen * width, width) | linear(f"{at}.down", width, width)


def transformer(at: str, width: int) -> dict[str, tuple[int, ...]]:
    norms = {f"{at}.{norm}.{part}": (width,) for norm in ("norm1", "norm2") for part in ("weight", "bias")}
    near = linear(f"{at}.qkv", width, 3 * width) | linear(f"{at}.out", width, width)
    return norms | near | linear(f"{at}.up", width, WIDE) | linear(f"{at}.down", WIDE, width)


def tiny(seed: int = 13, *, encoded: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
    """Random weights of every name that a network asks for, and what describes them."""
    own = VECTOR + TAG + DEP + FORM + QUOTED
    into = 2 * own + HEADLINE
    shapes: dict[str, tuple[int, ...]] = {
        "words.tag.weight": (len(TAGS), TAG),
        "words.dep.weight": (len(DEPS), DEP),
        "words.form.weight": (len(FORMS), FORM),
        "words.quoted.weight": (3, QUOTED),
        "words.headline.weight": (2, HEADLINE),
        "mix.weight": (ROW, into),
        "mix.bias": (ROW,),
        "tagger.weight": (3, ROW),
        "tagger.bias": (3,),
        "roles.step": (3, 3),
        "roles.begin": (3,),
        "roles.end": (3,),
        "roles.word.weight": (WIDTH, ROW),
        "roles.word.bias": (WIDTH,),
        "roles.cue.weight": (WIDTH, ROW),
        "roles.cue.bias": (WIDTH,),
        "roles.distance.weight": (BUCKETS, WIDTH),
        "roles.flag.weight": (2, WIDTH),
        "roles.path.weight": (paths.count(len(DEPS)), WIDTH),
        "roles.norm.weight": (WIDTH,),
        "roles.norm.bias": (WIDTH,),
        "roles.out.weight": (3, WIDTH),
        "roles.out.bias": (3,),
    }
    for at, width, reach, seen in [
        ("layers", ROW, [] if encoded else REACH, 4),
        ("roles.layers", WIDTH, ROLE_REACH, 3),
    ]:
        for k, r in enumerate(reach):
            shapes |= looking(f"{at}.{k}", width, seen) if r else transformer(f"{at}.{k}", width)
    random = np.random.default_rng(seed)
    sized = {"tagger.weight": 3.0}  # so that it finds cues without a bias too
    weights = {
        name: (random.normal(size=shape) * sized.get(name, 1.0)).astype(np.float16).astype(np.float32)
        for name, shape in shapes.items()
    }
    meta = {
        "shape": {"heads": HEADS, "reach": [] if encoded else REACH, "role_reach": ROLE_REACH},
        "vocabulary": {"tags": TAGS, "deps": DEPS, "forms": FORMS},
    }
    return weights, meta


def stretch(words: int, seed: int = 0, *, headline: bool = False) -> Stretch:
    """Words by chance, each hanging on an earlier one; the parses behind them are not asked for."""
    random = np.random.default_rng(1000 * seed + words)
    return Stretch(
        passage=0,
        places=(),
        starts=tuple(range(0, 10 * words, 10)),
        ends=tuple(range(5, 10 * words + 5, 10)),
        texts=tuple(random.choice(["Said", "that", "mayor", "unheard"], words).tolist()),
        tags=tuple(random.choice([*TAGS, "XX"], words).tolist()),
        deps=tuple(random.choice([*DEPS, "xx"], words).tolist()),
        heads=np.array([random.integers(0, max(w, 1)) for w in range(words)], dtype=np.int32),
        quoted=random.integers(0, 3, words).astype(np.int32),
        vectors=random.normal(size=(words, VECTOR)).astype(np.float32),
        headline=headline,
    )


def words_of(read: list[Predicted]) -> list[tuple[object, ...]]:
    return [(one.cue, one.source, one.content) for one in read]


def chances(read: list[Predicted]) -> list[float]:
    return [p for one in read for p in (one.cue_p, one.roles_p)]


def assert_same(found: list[Predicted], wanted: list[Predicted]) -> None:
    assert words_of(found) == words_of(wanted)
    assert chances(found) == pytest.approx(chances(wanted), abs=1e-4)


def rows_of_their_own(stretches: Any, words: int) -> Array:
    """An encoder that gives each stretch its own vectors."""
    rows = np.zeros((len(stretches), words, VECTOR), dtype=np.float32)
    for r, s in enumerate(stretches):
        rows[r, : len(s)] = s.vectors
    return rows


def made(seed: int = 13, encoder: Encoder | None = None) -> Network:
    return Network(*tiny(seed, encoded=encoder is not None), encoder)


BOTH = pytest.mark.parametrize("encoder", [None, rows_of_their_own], ids=["own rows", "encoder"])
SEVERAL = [stretch(w, k, headline=not k % 4) for k, w in enumerate([3, 17, 1, 9, 9, 30, 2, 12])]


@BOTH
def test_what_is_read_are_words_of_the_stretch(encoder: Encoder | None) -> None:
    read = made(encoder=encoder).read(SEVERAL)
    assert len(read) == len(SEVERAL)
    assert any(one.content for row in read for one in row)
    assert any(one.source for row in read for one in row)
    for s, row in zip(SEVERAL, read, strict=True):
        for one in row:
            assert list(one.cue) == list(range(one.cue[0], one.cue[-1] + 1))
            assert all(0 <= first < stop <= len(s) for first, stop in [*one.source, *one.content])
            assert len(one.source) <= 1
            assert 0 <= one.cue_p <= 1
            assert 0 <= one.roles_p <= 1
        cues = [w for one in row for w in one.cue]
        assert cues == sorted(set(cues))


@BOTH
def test_a_stretch_is_read_as_if_alone(encoder: Encoder | None) -> None:
    network = made(encoder=encoder)
    together = network.read(SEVERAL)
    for s, row in zip(SEVERAL, together, strict=True):
        assert_same(network.read([s])[0], row)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(SEVERAL))), st.integers(1, 5))
def test_the_order_of_stretches_changes_nothing(order: list[int], seed: int) -> None:
    network = made(seed)
    wanted = network.read(SEVERAL)
    found = network.read([SEVERAL[i] for i in order])
    for i, row in zip(order, found, strict=True):
        assert_same(row, wanted[i])


@pytest.mark.parametrize("size", [1, 10, 40])
def test_the_size_of_batches_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = made().read(SEVERAL)
    monkeypatch.setattr(network, "WORDS_A_BATCH", size)
    for row, known in zip(made().read(SEVERAL), wanted, strict=True):
        assert_same(row, known)


def test_nothing_to_read_reads_nothing() -> None:
    assert made().read([]) == []
    assert made().read([], []) == []
    assert made().read([stretch(0), stretch(3)])[0] == []


def deaf(seed: int = 4) -> Network:
    """One that finds no cue by itself."""
    weights, meta = tiny(seed)
    weights["tagger.bias"] = np.array([500, 0, 0], dtype=np.float32)
    return Network(weights, meta)


def test_a_given_cue_is_read_beside_what_is_found() -> None:
    assert deaf().read(SEVERAL) == [[] for _ in SEVERAL]
    given: list[list[tuple[int, ...]]] = [[] for _ in SEVERAL]
    given[5] = [(4, 5), (20,)]
    given[2] = [(0,)]
    read = deaf().read(SEVERAL, given)
    assert [[one.cue for one in row] for row in read] == [[], [], [(0,)], [], [], [(4, 5), (20,)], [], []]
    assert all(one.cue_p == pytest.approx(0, abs=1e-6) for row in read for one in row)


def test_a_given_cue_of_several_parts_keeps_them() -> None:
    [[one]] = deaf().read([stretch(9)], [[(2, 3, 7)]])
    assert one.cue == (2, 3, 7)


@pytest.mark.parametrize("seed", range(4))
def test_a_given_cue_that_is_found_anyway_is_read_once(seed: int) -> None:
    network = made(seed)
    found = network.read(SEVERAL)
    given = [[(one.cue[-1],) for one in row] for row in found]
    for row, wanted in zip(network.read(SEVERAL, given), found, strict=True):
        assert_same(row, wanted)


def test_a_given_cue_is_read_with_the_same_roles_as_one_that_is_found() -> None:
    weights, meta = tiny()
    found = Network(weights, meta).read(SEVERAL)
    quiet = Network(weights | {"tagger.bias": np.array([500, 0, 0], dtype=np.float32)}, meta)
    for row, wanted in zip(quiet.read(SEVERAL, [[one.cue for one in row] for row in found]), found, strict=True):
        assert words_of(row) == words_of(wanted)
        assert [one.roles_p for one in row] == pytest.approx([one.roles_p for one in wanted], abs=1e-4)


def test_a_bias_finds_more() -> None:
    count = [sum(len(one.cue) for row in made().read(SEVERAL, bias=b) for one in row) for b in (-500.0, 0.0, 500.0)]
    assert count[0] == 0
    assert count[0] < count[1] < count[2] == sum(map(len, SEVERAL))


def test_cues_below_the_least_probability_are_left_out_but_those_that_were_asked_for() -> None:
    found = made().read(SEVERAL)
    chance = sorted(one.cue_p for row in found for one in row)
    least = chance[len(chance) // 2]
    assert [[one.cue for one in row] for row in made().read(SEVERAL, least=least)] == [
        [one.cue for one in row if one.cue_p >= least] for row in found
    ]
    weakest = [[one.cue for one in row if one.cue_p < least][:1] for row in found]
    kept = made().read(SEVERAL, weakest, least=least)
    assert all(cue in [one.cue for one in row] for row, asked in zip(kept, weakest, strict=True) for cue in asked)


def test_a_headline_is_read_otherwise() -> None:
    plain, head = (made().read([stretch(30, 5, headline=h)], bias=500.0)[0] for h in (False, True))
    assert chances(plain) != pytest.approx(chances(head), abs=1e-4)


def test_the_case_of_a_word_is_no_matter() -> None:
    one, other = stretch(12, 3), stretch(12, 3)
    object.__setattr__(other, "texts", tuple(t.upper() for t in one.texts))
    assert_same(made().read([one])[0], made().read([other])[0])


def test_what_is_read_of_an_article_hangs_on_no_other_bit_for_bit() -> None:
    network = made()
    wanted = network.read(SEVERAL)
    network.read([stretch(w, 7) for w in (40, 5, 21)])
    assert network.read(SEVERAL) == wanted


def stored(path: Path, weights: dict[str, Array], meta: dict[str, Any], **more: Any) -> Path:
    """As training/export.py writes it."""
    text = json.dumps(meta).encode("utf8")
    half = {name: value.astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(path, meta=np.frombuffer(text, dtype=np.uint8), **half, **more)
    return path


@BOTH
def test_a_network_is_the_same_from_its_file(tmp_path: Path, encoder: Encoder | None) -> None:
    weights, meta = tiny(3, encoded=encoder is not None)
    loaded = Network.load(stored(tmp_path / "n.npz", weights, meta), encoder)
    assert {w.dtype for w in loaded.embedded.values()} == {np.dtype(np.float32)}
    assert (loaded.shape, list(loaded.tags), loaded.deps["ROOT"]) == (meta["shape"], TAGS, 2)
    wanted = Network(weights, meta, encoder).read(SEVERAL)
    assert loaded.read(SEVERAL) == wanted


def test_a_file_with_pickled_objects_is_refused(tmp_path: Path) -> None:
    weights, meta = tiny()
    harmful = np.array([{"a": "thing"}], dtype=object)
    with pytest.raises(ValueError, match="allow_pickle"):
        Network.load(stored(tmp_path / "n.npz", weights, meta, harmful=harmful))


def test_gaps_are_signed_distances_to_the_nearest_end_of_a_cue() -> None:
    assert gaps([(0, (2, 3)), (1, [0]), (1, (1, 4))], 6).tolist() == [
        [-2, -1, 0, 0, 1, 2],
        [0, 1, 2, 3, 4, 5],
        [-1, 0, 0, 0, 0, 1],
    ]


def test_buckets_are_exact_near_the_cue_and_coarse_afar() -> None:
    at = np.array([[0, 1, 4, 5, 7, 8, 16, 30, 64, 5000]])
    assert bucket(at).tolist() == [[0, 1, 4, 5, 6, 6, 8, 9, 11, 11]]
    assert bucket(-at[:, 1:]).tolist() == [[13, 16, 17, 18, 18, 20, 21, 23, 23]]


@given(st.lists(st.integers(-300, 300), min_size=1, max_size=30))
def test_buckets_grow_with_the_distance_and_tell_the_sides_apart(distances: list[int]) -> None:
    found = bucket(np.array([distances]))[0].tolist()
    assert all(0 <= b < BUCKETS for b in found)
    assert all((b >= BUCKETS // 2) == (d < 0) for b, d in zip(found, distances, strict=True))
    for side in (True, False):
        ordered = sorted((abs(d), b) for d, b in zip(distances, found, strict=True) if (d < 0) is side)
        assert [b for _, b in ordered] == sorted(b for _, b in ordered)
