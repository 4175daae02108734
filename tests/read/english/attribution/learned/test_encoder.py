"""The encoder of the profile `accurate`: a row for each word, whatever is read together with it."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from articles import article  # type: ignore[import-not-found]

from quoth.model import Profile
from quoth.read.english.attribution import attributions
from quoth.read.english.attribution.learned import network_for
from quoth.read.english.attribution.learned.words import Stretch, stretches
from quoth.read.english.pipeline import parse_all
from quoth.read.english.version import NEEDED

MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"quoth[accurate] is not installed: {', '.join(MISSING)}")

TEXT = (
    "“We will not sell the port,” Orlova said.\n"
    "The mayor of Riga, unimpressed, said on Monday that the bridge would reopen in May.\n"
    "Antidisestablishmentarianism 🎉 e\u0301 won't do.\n"
    "No."
)
ALIKE = 0.95
"""Cosine of two rows of a word: the encoder reckons with eight bits, whose scale hangs on what is read together."""


def read(text: str) -> list[Stretch]:
    [(_, passages)] = parse_all([article(text)])
    return [s for number, passage in enumerate(passages) for s in stretches(passage, number)]


@pytest.fixture(scope="module")
def encoder() -> Any:
    network = network_for(Profile.ACCURATE)
    assert network is not None
    return network.encoder


def close(a: Any, b: Any) -> bool:
    """Whether two rows point the same way."""
    return bool(np.all((a * b).sum(-1) > ALIKE * np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)))


def test_every_word_has_a_row_and_padding_none(encoder: Any) -> None:
    found = read(TEXT)
    words = max(map(len, found)) + 3
    rows = encoder(found, words)
    assert rows.shape[:2] == (len(found), words)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    for s, row in zip(found, rows, strict=True):
        assert np.abs(row[: len(s)]).sum(-1).all()
        assert not row[len(s) :].any()


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]])
def test_a_stretch_is_encoded_as_if_alone(encoder: Any, order: list[int]) -> None:
    found = read(TEXT)
    words = max(map(len, found))
    rows = encoder([found[i] for i in order], words)
    for i, row in zip(order, rows, strict=True):
        assert close(encoder([found[i]], len(found[i]))[0], row[: len(found[i])])


def test_many_pieces_go_through_in_several_runs(encoder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(TEXT)
    words = max(map(len, found))
    wanted = encoder(found, words)
    sizes = []

    class Counting:
        def run(self, names: Any, feed: dict[str, Any]) -> Any:
            sizes.append(feed["ids"].shape)
            return session.run(names, feed)

    session = encoder.session
    monkeypatch.setattr(encoder, "session", Counting())
    monkeypatch.setattr("quoth.read.english.attribution.learned.encoder.PIECES_A_RUN", 30)
    rows = encoder(found, words)
    assert sum(n for n, _ in sizes) == len(found)
    assert len(sizes) > 1
    assert all(n == 1 or n * longest <= 30 for n, longest in sizes)
    for s, row, known in zip(found, rows, wanted, strict=True):
        assert close(row[: len(s)], known[: len(s)])


def test_what_is_beyond_the_encoder_has_no_row(encoder: Any) -> None:
    [found] = read(" ".join(["antidisestablishmentarianism"] * 130))
    [row] = encoder([found], len(found))
    there = np.abs(row).sum(-1) > 0
    assert there[0]
    assert not there[-1]
    assert there.tolist() == sorted(there.tolist(), reverse=True)


def hidden(pieces: Sequence[int]) -> Any:
    """What the session would give: each piece's own number, twice."""
    return np.repeat(np.array(pieces, dtype=np.float32)[None, :, None], 2, -1)


def test_a_words_row_is_the_mean_of_its_first_and_last_piece(encoder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = read("Antidisestablishmentarianism won.")
    coded = encoder.tokenizer.encode(list(found.texts), is_pretokenized=True)

    class Numbering:
        def run(self, _: Any, feed: dict[str, Any]) -> Any:
            assert feed["ids"].tolist() == [coded.ids]
            assert feed["mask"].all()
            return [hidden(range(feed["ids"].shape[1]))]

    monkeypatch.setattr(encoder, "session", Numbering())
    [row] = encoder([found], len(found) + 1)
    at = [[k for k, w in enumerate(coded.word_ids) if w == word] for word in range(len(found))]
    assert len(at[0]) > 2
    assert row[:, 0].tolist() == [(pieces[0] + pieces[-1]) / 2 for pieces in at] + [0]


def test_the_accurate_profile_reads_an_article() -> None:
    [(_, passages)] = parse_all([article(TEXT)])
    found = attributions(passages, network_for(Profile.ACCURATE))
    cues = {(f.passage, f.parse.doc[f.cue[0]].text) for f in found}
    assert {(0, "said"), (1, "said")} <= cues
    assert all(0 <= f.confidence <= 1 for f in found)


def test_it_encodes_where_it_is_told_to(tmp_path: Path) -> None:
    from quoth.read.english.attribution.learned.encoder import OnnxEncoder

    with pytest.raises(Exception, match=r"encoder\.onnx"):
        OnnxEncoder(tmp_path)
