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


class Prepared:
    """Stretches with what is to be learned from them, as they are collected."""

    def __init__(self) -> None:
        self.strings: list[dict[str, Any]] = []
        self.rows: dict[str, list[np.ndarray]] = {}

    def add(self, doc_id: str, stretch: Stretch, gold: list[dict[str, Any]], **more: np.ndarray) -> None:
        """`more` has a row for each word."""
        rows = {"heads": stretch.heads, "quoted": stretch.quoted, "vectors": stretch.vectors.astype(np.float16), **more}
        for name, values in rows.items():
            self.rows.setdefault(name, []).append(values)
        names = ("starts", "ends", "texts", "tags", "deps", "headline")
        self.strings.append({"doc_id": doc_id, **{name: getattr(stretch, name) for name in names}, "gold": gold})

    def write(self, out: Path) -> None:
        """As `out`.npz and `out`.json."""
        np.savez(out.with_suffix(".npz"), **{name: np.concatenate(rows) for name, rows in self.rows.items()})
        out.with_suffix(".json").write_text(json.dumps(self.strings, ensure_ascii=False), encoding="utf8")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    if not given.gold.exists():
        sys.exit(f"{given.gold} is not there: PolNeAR is not part of Quoth; see training/README.md")
    rows = [json.loads(line) for line in given.gold.open(encoding="utf8") if line.strip()]
    by_id = {r["doc_id"]: r for r in rows}
    prepared = Prepared()
    documents = (plain_document(r["doc_id"], r["text"]) for r in rows)
    for n, (article, passages) in enumerate(pipeline.parse_all(documents, entities=False), 1):
        for number, passage in enumerate(passages):
            for s in stretches(passage, number):
                prepared.add(article.id, s, gold(s, by_id[article.id]["attributions"]))
        print(f"\r{n} of {len(rows)} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    prepared.write(given.out)


if __name__ == "__main__":
    main()
