"""A trained network at work: the words of paragraphs in, attributions out.  numpy alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from quoth.read.english.attribution.learned import decode, layers, paths
from quoth.read.english.attribution.learned.words import Stretch

WORDS_A_BATCH = 2_000
BUCKETS = 24
BIAS = 1.0
"""Added to the scores of a cue: with 1.0 whatever has a chance is read, and its roles decide."""

Numbers = NDArray[np.int64]
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Predicted:
    """An attribution in one stretch, as words.  `cue_p` is the probability of its cue, `roles_p` that, given the cue,
    any word has a role."""

    cue: tuple[int, ...]
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    cue_p: float
    roles_p: float


class Encoder(Protocol):
    """Gives each word of each stretch a row: (stretches, words, width), padded to `words`."""

    def __call__(self, stretches: Sequence[Stretch], words: int) -> layers.Array: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded numbers of some stretches, the longest first."""

    stretches: Sequence[Stretch]
    lengths: Numbers
    mask: layers.Mask
    tags: Numbers
    deps: Numbers
    forms: Numbers
    quoted: Numbers
    heads: Numbers
    headline: Numbers


class Network:
    """Weights with their vocabulary.  `encoder` gives the words' rows; None takes spaCy's."""

    def __init__(self, weights: layers.Weights, meta: dict[str, Any], encoder: Encoder | None = None) -> None:
        self.weights = weights
        self.shape = meta["shape"]
        self.tags, self.deps, self.forms = (_numbered(meta["vocabulary"][k]) for k in ("tags", "deps", "forms"))
        self.encoder = encoder
        self.chain = decode.Chain(weights["roles.step"], weights["roles.begin"], weights["roles.end"])

    @classmethod
    def load(cls, path: Path, encoder: Encoder | None = None) -> Network:
        """From the file that training/export.py writes: arrays of half precision, and `meta` as JSON."""
        with np.load(path, allow_pickle=False) as stored:
            meta = json.loads(bytes(stored["meta"]).decode("utf8"))
            weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "meta"}
        return cls(weights, meta, encoder)

    def read(
        self,
        stretches: Sequence[Stretch],
        given: Sequence[Sequence[tuple[int, ...]]] | None = None,
        bias: float = BIAS,
        least: float = 0.0,
    ) -> list[list[Predicted]]:
        """The attributions of each stretch; `given` are cues (as words) to be read beside its own.  Its own whose
        probability is below `least`, and that share no word with a given one, are left out."""
        found: list[list[Predicted]] = [[] for _ in stretches]
        for numbers in _batches(stretches):
            batch = self._batch([stretches[i] for i in numbers])
            x, tags = self._encode(batch)
            rows = decode.cues(tags, batch.mask, bias)
            for k, (row, i) in enumerate(zip(rows, numbers, strict=True)):
                asked = given[i] if given is not None else ()
                wanted = {w for cue in asked for w in cue}
                row[:] = [(words, p) for words, p in row if p >= least or wanted.intersection(words)]
                taken = {w for words, _ in row for w in words}
                row += [
                    (list(cue), float(1 - decode.softmax(tags[k, cue[0]])[0]))
                    for cue in asked
                    if not taken.intersection(cue)
                ]
            cues = [(r, words) for r, row in enumerate(rows) for words, _ in row]
            if not cues:
                continue
            sure = [p for row in rows for _, p in row]
            scores, mask = self._roles(x, batch, cues)
            for (r, words), p, (labels, real) in zip(cues, sure, decode.roles(scores, mask, self.chain), strict=True):
                found[numbers[r]].append(
                    Predicted(
                        tuple(words),
                        tuple(decode.source(labels)),
                        tuple(decode.runs(labels, decode.CONTENT)),
                        p,
                        real,
                    )
                )
        return found

    def _batch(self, stretches: Sequence[Stretch]) -> Batch:
        b, n = len(stretches), max(len(s) for s in stretches)
        tags, deps, forms, quoted = (np.zeros((b, n), dtype=np.int64) for _ in range(4))
        heads = np.tile(np.arange(n), (b, 1))
        for r, s in enumerate(stretches):
            m = len(s)
            tags[r, :m] = [self.tags.get(t, 0) for t in s.tags]
            deps[r, :m] = [self.deps.get(d, 0) for d in s.deps]
            forms[r, :m] = [self.forms.get(t.lower(), 0) for t in s.texts]
            quoted[r, :m] = s.quoted
            heads[r, :m] = s.heads
        lengths = np.array([len(s) for s in stretches])
        headline = np.array([int(s.headline) for s in stretches])
        mask = np.arange(n)[None, :] < lengths[:, None]
        return Batch(stretches, lengths, mask, tags, deps, forms, quoted, heads, headline)

    def _encode(self, batch: Batch) -> tuple[layers.Array, layers.Array]:
        """Word rows and cue scores."""
        w = self.weights
        n = batch.mask.shape[1]
        own = [
            _vectors(batch) if self.encoder is None else self.encoder(batch.stretches, n),
            w["words.tag.weight"][batch.tags],
            w["words.dep.weight"][batch.deps],
            w["words.form.weight"][batch.forms],
            w["words.quoted.weight"][batch.quoted],
        ]
        features = np.concatenate(own, -1)
        head = features[np.arange(len(features))[:, None], batch.heads]
        kind = np.broadcast_to(w["words.headline.weight"][batch.headline][:, None], (*batch.mask.shape, 4))
        x = np.concatenate([features, head, kind], -1)
        if self.encoder is None:
            x = layers.lstm(w, "lstm", x, batch.lengths, 2)
        else:
            x = np.maximum(layers.linear(w, "mix", x), 0)
        return x, layers.linear(w, "tagger", x)

    def _roles(
        self, x: layers.Array, batch: Batch, cues: list[tuple[int, list[int]]]
    ) -> tuple[layers.Array, layers.Mask]:
        """Scores of the roles of each cue's words."""
        w = self.weights
        rows = np.array([r for r, _ in cues])
        n = x.shape[1]
        flag = np.zeros((len(cues), n), dtype=np.int64)
        for k, (_, words) in enumerate(cues):
            flag[k, words] = 1
        heads = batch.heads[rows]
        top = np.array([paths.head_of(words, heads[k]) for k, (_, words) in enumerate(cues)])
        way = paths.paths(heads, batch.deps[rows], top, len(self.deps))
        inside = x[rows]
        mean = (inside * flag[..., None].astype(np.float32)).sum(1) / flag.sum(1, keepdims=True).astype(np.float32)
        h = layers.linear(w, "roles.word", x)[rows] + layers.linear(w, "roles.cue", mean)[:, None]
        h += w["roles.distance.weight"][bucket(gaps(cues, n))]
        h += w["roles.flag.weight"][flag]
        h += w["roles.path.weight"][way]
        mask = batch.mask[rows]
        for layer in range(self.shape["layers"]):
            h = layers.attention(w, f"roles.layers.{layer}", h, mask, self.shape["heads"])
        return layers.linear(w, "roles.out", layers.norm(w, "roles.norm", h)), mask


def gaps(cues: Sequence[tuple[int, Sequence[int]]], words: int) -> Numbers:
    """For each cue the signed distance of each word to the cue's nearest end, 0 inside."""
    first = np.array([c[0] for _, c in cues])[:, None]
    last = np.array([c[-1] for _, c in cues])[:, None]
    at = np.arange(words)[None, :]
    return np.where(at < first, at - first, np.where(at > last, at - last, 0))


def bucket(distance: Numbers) -> Numbers:
    """Signed distances in words to BUCKETS numbers: exact to 4, then ever coarser; those before the cue from 12 on."""
    size = np.abs(distance)
    coarse = np.where(size <= 4, size, np.minimum(11, 5 + np.floor(np.log2(np.maximum(size, 4) / 4.0) * 1.5)))
    return np.where(distance < 0, 12 + coarse, coarse).astype(np.int64)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}


def _vectors(batch: Batch) -> layers.Array:
    width = batch.stretches[0].vectors.shape[1]
    rows = np.zeros((*batch.mask.shape, width), dtype=np.float32)
    for r, s in enumerate(batch.stretches):
        rows[r, : len(s)] = s.vectors
    return rows


def _batches(stretches: Sequence[Stretch]) -> Iterator[list[int]]:
    """Numbers of stretches, the longest first, so many that their padded words stay below WORDS_A_BATCH."""
    order = sorted((i for i, s in enumerate(stretches) if len(s)), key=lambda i: -len(stretches[i]))
    while order:
        size = max(1, WORDS_A_BATCH // len(stretches[order[0]]))
        yield order[:size]
        order = order[size:]
