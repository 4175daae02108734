"""PolNeAR to what the networks learn from: the words of each paragraph with their parse, and the gold roles.

    python training/prepare.py GOLD.jsonl OUT        writes OUT.npz (numbers) and OUT.json (strings, gold roles)

GOLD is in the form of `quoth eval attribution`, an article a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from quoth.measure.attribution.reading import plain_document
from quoth.read.english import pipeline
from quoth.read.english.attribution.learned.words import Stretch, stretches

ROLES = ("source", "cue", "content")


def touched(stretch: Stretch, spans: list[list[int]]) -> list[int]:
    """The words that the spans touch, by number."""
    return [
        w
        for w, (start, end) in enumerate(zip(stretch.starts, stretch.ends, strict=True))
        if any(start < e and s < end for s, e in spans)
    ]


def gold(stretch: Stretch, attributions: list[dict[str, Any]]) -> list[dict[str, list[int]]]:
    """The attributions whose cue stands in the stretch, as words; those with one cue as one."""
    merged: dict[tuple[int, ...], dict[str, list[int]]] = {}
    for a in attributions:
        roles = {role: touched(stretch, a.get(role) or []) for role in ROLES}
        if roles["cue"] and roles["content"]:
            at = merged.setdefault(tuple(roles["cue"]), {role: [] for role in ROLES})
            for role in ROLES:
                at[role] = sorted({*at[role], *roles[role]})
    return list(merged.values())


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    if not given.gold.exists():
        sys.exit(f"{given.gold} is not there: PolNeAR is not part of Quoth; see training/README.md")
    rows = [json.loads(line) for line in given.gold.open(encoding="utf8") if line.strip()]
    by_id = {r["doc_id"]: r for r in rows}
    strings: list[dict[str, Any]] = []
    heads, quoted, vectors = [], [], []
    documents = (plain_document(r["doc_id"], r["text"]) for r in rows)
    for n, (article, passages) in enumerate(pipeline.parse_all(documents, entities=False), 1):
        for number, passage in enumerate(passages):
            for s in stretches(passage, number):
                heads.append(s.heads)
                quoted.append(s.quoted)
                vectors.append(s.vectors.astype(np.float16))
                strings.append(
                    {
                        "doc_id": article.id,
                        "starts": s.starts,
                        "ends": s.ends,
                        "texts": s.texts,
                        "tags": s.tags,
                        "deps": s.deps,
                        "headline": s.headline,
                        "gold": gold(s, by_id[article.id]["attributions"]),
                    }
                )
        print(f"\r{n} of {len(rows)} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    np.savez(
        given.out.with_suffix(".npz"),
        heads=np.concatenate(heads),
        quoted=np.concatenate(quoted),
        vectors=np.concatenate(vectors),
    )
    given.out.with_suffix(".json").write_text(json.dumps(strings, ensure_ascii=False), encoding="utf8")


if __name__ == "__main__":
    main()
