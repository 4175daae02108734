"""The encoder of the profile `accurate`: word pieces through a small transformer, by onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from quoth.read.english.attribution.learned.layers import Array
from quoth.read.english.attribution.learned.words import Stretch

MOST_PIECES = 512
"""What the encoder was made for; further pieces of a stretch are left out."""

PIECES_A_RUN = 1_024
"""Padded pieces that go through the encoder together: more is slower, the rows no longer fit the cache."""


class OnnxEncoder:
    """`folder` holds `encoder.onnx` (ids, mask to hidden) and `tokenizer.json`.  It works on one thread."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MOST_PIECES)
        self.tokenizer.no_padding()

    def __call__(self, stretches: Sequence[Stretch], words: int) -> Array:
        """A word's row is the mean of its first and last piece's; a word without pieces has zeros."""
        coded = self.tokenizer.encode_batch([list(s.texts) for s in stretches], is_pretokenized=True)
        order = sorted(range(len(coded)), key=lambda r: len(coded[r].ids))
        rows: Array | None = None
        while order:
            longest = len(coded[order[-1]].ids)
            here, order = order[-max(1, PIECES_A_RUN // longest) :], order[: -max(1, PIECES_A_RUN // longest)]
            ids = np.zeros((len(here), longest), dtype=np.int64)
            mask = np.zeros((len(here), longest), dtype=np.int64)
            for k, r in enumerate(here):
                ids[k, : len(coded[r].ids)] = coded[r].ids
                mask[k, : len(coded[r].ids)] = 1
            hidden = self.session.run(None, {"ids": ids, "mask": mask})[0]
            if rows is None:
                rows = np.zeros((len(coded), words, hidden.shape[-1]), dtype=np.float32)
            for k, r in enumerate(here):
                first, last, known = _edges(coded[r].word_ids, words)
                rows[r, known] = (hidden[k, first] + hidden[k, last]) / 2
        assert rows is not None
        return rows


def _edges(numbers: Sequence[int | None], words: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first and last piece of each word that has any, and which words these are."""
    first, last = np.zeros(words, dtype=np.int64), np.zeros(words, dtype=np.int64)
    for at, word in enumerate(numbers):
        if word is not None:
            last[word] = at
            first[word] = first[word] or at  # piece 0 is the mark of the beginning
    known = np.flatnonzero(last)
    return first[known], last[known], known
