"""A trained network at work: the words of paragraphs in, attributions out.  numpy alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Numbers of the words of some stretches, the longest first, one after another; stretch k begins at `starts[k]`.
    `heads` are counted from there too, as the other words are."""

    stretches: Sequence[Stretch]
    lengths: Numbers
    starts: Numbers
    tags: Numbers
    deps: Numbers
    forms: Numbers
    quoted: Numbers
    heads: Numbers
    headline: Numbers


Cues = Sequence[tuple[int, list[int]]]
"""The number of a cue's stretch in its batch, and its words there."""


class Roles:
    """Reads, for each cue by itself, what part each word of its stretch has in the attribution.

    What is summed up to a word's row is centred from the beginning, for only normalised rows are looked at.
    """

    def __init__(self, weights: layers.Weights, shape: Mapping[str, Any], labels: int) -> None:
        self.labels = labels
        word = layers.Linear.of(weights, "roles.word").centred()
        flag = layers.centred(weights["roles.flag.weight"])
        self.word = layers.Linear(word.weight, word.bias + flag[0])
        self.flagged = flag[1] - flag[0]
        self.cue = layers.Linear.of(weights, "roles.cue").centred()
        self.distance = layers.centred(weights["roles.distance.weight"])
        self.path = layers.centred(weights["roles.path.weight"])
        self.layers = layers.of_reach(weights, "roles.layers", shape["role_reach"], shape["heads"])
        self.out = layers.Linear.of(weights, "roles.out").after_norm(weights, "roles.norm")

    def __call__(self, x: layers.Array, batch: Batch, cues: Cues) -> tuple[layers.Array, Numbers]:
        """Scores of the roles of each cue's words (words, 3), one cue after another, and how many words each has."""
        rows = np.array([r for r, _ in cues])
        lengths = batch.lengths[rows]
        longest = int(lengths.max())
        mask = np.arange(longest) < lengths[:, None]
        here = (batch.starts[rows][:, None] + np.arange(longest))[mask]
        heads = np.tile(np.arange(longest), (len(cues), 1))
        heads[mask] = batch.heads[here]
        deps = np.zeros_like(heads)
        deps[mask] = batch.deps[here]
        top = np.array([paths.head_of(words, heads[k]) for k, (_, words) in enumerate(cues)])
        way = paths.paths(heads, deps, top, self.labels)[mask]
        far = bucket(np.arange(-longest, longest + 1))[gaps(cues, longest)[mask] + longest]
        starts = batch.starts[rows]
        mean = np.stack([x[starts[k] + np.array(words)].mean(0) for k, (_, words) in enumerate(cues)])
        h = self.word(x)[here]
        h += np.repeat(self.cue(mean), lengths, axis=0)
        h += self.distance[far]
        h += self.path[way]
        begin = np.cumsum(lengths) - lengths
        h[[begin[k] + w for k, (_, words) in enumerate(cues) for w in words]] += self.flagged
        together = layers.Rows(lengths)
        for layer in self.layers:
            h = layer(h, together)
        return self.out(layers.unit(h)), lengths


class Network:
    """Weights with their vocabulary.  `encoder` gives the words' rows; None takes spaCy's."""

    def __init__(self, weights: layers.Weights, meta: dict[str, Any], encoder: Encoder | None = None) -> None:
        self.shape = meta["shape"]
        self.tags, self.deps, self.forms = (_numbered(meta["vocabulary"][k]) for k in ("tags", "deps", "forms"))
        self.encoder = encoder
        self.chain = decode.Chain(weights["roles.step"], weights["roles.begin"], weights["roles.end"])
        self.embedded = {k: weights[f"words.{k}.weight"] for k in ("tag", "dep", "form", "quoted", "headline")}
        mix = layers.Linear.of(weights, "mix")
        self.mix = mix.centred() if encoder is None else mix
        self.layers = layers.of_reach(weights, "layers", self.shape["reach"], self.shape["heads"])
        self.tagger = layers.Linear.of(weights, "tagger")
        self.roles = Roles(weights, self.shape, len(self.deps))

    @classmethod
    def load(cls, path: Path, encoder: Encoder | None = None) -> Network:
        """From the file that training/export.py writes: arrays of half precision, and `meta` as JSON."""
        with np.load(path, allow_pickle=False) as stored:
            meta = json.loads(bytes(stored["meta"]).decode("utf8"))
            if "role_reach" not in meta["shape"]:  # as the file of `accurate` has it: so many layers of roles
                meta["shape"] |= {"reach": [], "role_reach": [0] * meta["shape"]["layers"]}
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
        for numbers in _batches([len(s) for s in stretches], padded=self.encoder is not None):
            batch = self._batch([stretches[i] for i in numbers])
            x, tags = self._encode(batch)
            cues: list[tuple[int, list[int]]] = []
            sure: list[float] = []
            for r, i in enumerate(numbers):
                scores = tags[batch.starts[r] : batch.starts[r] + batch.lengths[r]]
                asked = given[i] if given is not None else ()
                wanted = {w for cue in asked for w in cue}
                here = [
                    (words, p) for words, p in decode.cues(scores, bias) if p >= least or wanted.intersection(words)
                ]
                taken = {w for words, _ in here for w in words}
                here += [
                    (list(cue), float(1 - decode.softmax(scores[cue[0]])[0]))
                    for cue in asked
                    if not taken.intersection(cue)
                ]
                cues += [(r, words) for words, _ in here]
                sure += [p for _, p in here]
            if not cues:
                continue
            read = decode.roles(*self.roles(x, batch, cues), self.chain)
            for (r, words), p, (labels, real) in zip(cues, sure, read, strict=True):
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
        lengths = np.array([len(s) for s in stretches])
        return Batch(
            stretches,
            lengths,
            np.cumsum(lengths) - lengths,
            np.array([self.tags.get(t, 0) for s in stretches for t in s.tags]),
            np.array([self.deps.get(d, 0) for s in stretches for d in s.deps]),
            np.array([self.forms.get(t.lower(), 0) for s in stretches for t in s.texts]),
            np.concatenate([s.quoted for s in stretches]).astype(np.int64),
            np.concatenate([s.heads for s in stretches]).astype(np.int64),
            np.array([int(s.headline) for s in stretches]),
        )

    def _encode(self, batch: Batch) -> tuple[layers.Array, layers.Array]:
        """Word rows and cue scores."""
        table = self.embedded
        rows = [self._vectors(batch), table["tag"][batch.tags], table["dep"][batch.deps]]
        own = np.concatenate([*rows, table["form"][batch.forms], table["quoted"][batch.quoted]], -1)
        heads = batch.heads + np.repeat(batch.starts, batch.lengths)
        kind = table["headline"][np.repeat(batch.headline, batch.lengths)]
        x = self.mix(np.concatenate([own, own[heads], kind], -1))
        if self.encoder is None:
            together = layers.Rows(batch.lengths, heads)
            for layer in self.layers:
                x = layer(x, together)
            x = layers.unit(x)
        else:
            x = np.maximum(x, 0)
        return x, self.tagger(x)

    def _vectors(self, batch: Batch) -> layers.Array:
        if self.encoder is None:
            return np.concatenate([s.vectors for s in batch.stretches])
        longest = int(batch.lengths[0])
        return self.encoder(batch.stretches, longest)[np.arange(longest) < batch.lengths[:, None]]


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


def _batches(lengths: Sequence[int], padded: bool) -> Iterator[list[int]]:
    """Numbers of stretches, the longest first, so many that their words stay below WORDS_A_BATCH; `padded`: with those
    that make each as long as the first."""
    here: list[int] = []
    words = 0
    for i in sorted((i for i, n in enumerate(lengths) if n), key=lambda i: -lengths[i]):
        more = lengths[here[0]] if padded and here else lengths[i]
        if here and words + more > WORDS_A_BATCH:
            yield here
            here, words, more = [], 0, lengths[i]
        here.append(i)
        words += more
    if here:
        yield here
