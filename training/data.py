"""Prepared paragraphs to padded batches."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from networks import Batch

from quoth.read.english.attribution.learned.decode import CONTENT, SOURCE

UNKNOWN = "<unknown>"
STEP = 8
"""Batches are as long as a multiple of it: few shapes, so that kernels are made once."""

RARE = 4
"""A word form seen fewer times in training is unknown."""


@dataclass
class Paragraph:
    """One stretch of an article: words, parse and gold roles by word number; what another network teaches of it."""

    doc_id: str
    starts: list[int]
    ends: list[int]
    texts: list[str]
    tags: list[str]
    deps: list[str]
    headline: bool
    heads: np.ndarray
    quoted: np.ndarray
    vectors: np.ndarray
    gold: list[dict[str, Any]]
    taught: np.ndarray | None = None


@dataclass
class Vocabulary:
    """The numbers of tags, dependencies and word forms; 0 is what was never seen."""

    tags: dict[str, int]
    deps: dict[str, int]
    forms: dict[str, int]

    @classmethod
    def of(cls, paragraphs: list[Paragraph]) -> Vocabulary:
        """All labels, and the word forms that are not rare, the commonest first."""

        def numbered(counts: Counter[str], least: int) -> dict[str, int]:
            kept = sorted((c for c in counts if counts[c] >= least), key=lambda c: (-counts[c], c))
            return {UNKNOWN: 0, **{c: n for n, c in enumerate(kept, 1)}}

        return cls(
            numbered(Counter(t for p in paragraphs for t in p.tags), 1),
            numbered(Counter(d for p in paragraphs for d in p.deps), 1),
            numbered(Counter(t.lower() for p in paragraphs for t in p.texts), RARE),
        )


def load(stem: Path) -> list[Paragraph]:
    """What prepare.py or teach.py wrote."""
    strings: list[dict[str, Any]] = json.loads(stem.with_suffix(".json").read_text(encoding="utf8"))
    arrays = np.load(stem.with_suffix(".npz"))
    heads, quoted, vectors = (arrays[name] for name in ("heads", "quoted", "vectors"))
    taught = arrays["cues"] if "cues" in arrays.files else None
    paragraphs, at = [], 0
    for row in strings:
        part = slice(at, at + len(row["texts"]))
        at = part.stop
        numbers = {"heads": heads[part], "quoted": quoted[part], "vectors": vectors[part]}
        paragraphs.append(Paragraph(**row, **numbers, taught=None if taught is None else taught[part]))
    return paragraphs


def batches(paragraphs: list[Paragraph], size: int, rng: random.Random | None) -> list[list[Paragraph]]:
    """Paragraphs of similar length together; in random order where `rng` is given."""
    noise = (lambda: rng.random() * 12) if rng else (lambda: 0)
    order = sorted(paragraphs, key=lambda p: len(p.texts) + noise())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    return groups


def collate(group: list[Paragraph], vocabulary: Vocabulary, tokenizer: Any = None) -> Batch:
    """One padded batch."""
    b, n = len(group), -(-max(len(p.texts) for p in group) // STEP) * STEP
    tags, deps, forms, quoted, bio = (np.zeros((b, n), dtype=np.int64) for _ in range(5))
    heads = np.tile(np.arange(n), (b, 1))
    vectors = np.zeros((b, n, group[0].vectors.shape[1]), dtype=np.float32)
    mask = np.zeros((b, n), dtype=bool)
    cues: list[tuple[int, list[int]]] = []
    roles: list[list[int]] = []
    sure: list[float] = []
    for r, p in enumerate(group):
        m = len(p.texts)
        tags[r, :m] = [vocabulary.tags.get(t, 0) for t in p.tags]
        deps[r, :m] = [vocabulary.deps.get(d, 0) for d in p.deps]
        forms[r, :m] = [vocabulary.forms.get(t.lower(), 0) for t in p.texts]
        heads[r, :m], quoted[r, :m], vectors[r, :m], mask[r, :m] = p.heads, p.quoted, p.vectors, True
        for a in p.gold:
            for w in a["cue"]:
                bio[r, w] = bio[r, w] or (1 if w == a["cue"][0] else 2)
            bio[r, a["cue"][0]] = 1
            label = [0] * n
            for w in a["source"]:
                label[w] = SOURCE
            for w in a["content"]:
                label[w] = CONTENT
            cues.append((r, a["cue"]))
            roles.append(label)
            sure.append(a.get("sure", 1.0))
    t = torch.from_numpy
    batch = Batch(
        t(vectors), t(tags), t(deps), t(forms), t(heads), t(quoted),
        torch.tensor([int(p.headline) for p in group]), t(mask), t(bio), cues=cues, roles=roles,
        sure=sure,
    )  # fmt: skip
    if group[0].taught is not None:
        taught = np.zeros((b, n, 3), dtype=np.float32)
        for r, p in enumerate(group):
            taught[r, : len(p.texts)] = p.taught
        batch.taught = t(taught)
    if tokenizer is not None:
        coded = tokenizer.encode_batch([p.texts for p in group], is_pretokenized=True)
        first, last = np.zeros((b, n), dtype=np.int64), np.zeros((b, n), dtype=np.int64)
        for r, code in enumerate(coded):
            for at, w in enumerate(code.word_ids):
                if w is not None:
                    last[r, w] = at
                    first[r, w] = first[r, w] or at
        batch.pieces = torch.tensor([c.ids for c in coded])
        batch.piece_mask = torch.tensor([c.attention_mask for c in coded])
        batch.first, batch.last = t(first), t(last)
    return batch
