"""Speed and peak memory of reading, side by side on the same articles in one run.

    python bench/reading.py ARTICLES.jsonl.gz [--articles 300] [--rounds 3] [--sides spacy,quoth]

Sides: spacy (its English pipeline, a paragraph at a time), spacy-numpy (the same, its products of matrices made by
numpy's BLAS and not by blis), textacy (its direct quotations on that; an own package), attributions-rules, -fast,
-accurate (Quoth's attributions alone, as `quoth eval attribution` reads them), quoth (all of it, profile fast).

ARTICLES holds one JSON object a line, its text under `content_original`, `content` or `text`.
Each side runs in a process of its own, in turn, on one thread; words are white-space separated, seconds are of the CPU,
loading the model not counted.  Printed is each side's median, and its ratio to the first side's.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.read import Reader

TEXT_KEYS = ("content_original", "content", "text")
WARM = "The mayor of Springfield said that one sentence would do."
DEFAULT = "spacy,spacy-numpy,textacy,attributions-rules,attributions-fast,attributions-accurate,quoth"


def texts(path: Path, limit: int) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    found: list[str] = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = next((record[key] for key in TEXT_KEYS if record.get(key)), "")
            if text.strip():
                found.append(text)
            if len(found) == limit:
                break
    return found


def paragraphs(articles: Iterable[str]) -> Iterable[str]:
    return (p for text in articles for p in text.split("\n") if p.strip())


def read_by_spacy(articles: list[str], blis: bool = True) -> float:
    from thinc.api import NumpyOps

    from quoth.read.english.pipeline import load

    nlp = load()
    for model in (getattr(pipe, "model", None) for _, pipe in nlp.pipeline):
        for node in [] if model is None else model.walk():
            node.ops = NumpyOps(use_blis=blis)
    list(nlp.pipe([WARM]))
    started = time.process_time()
    for _ in nlp.pipe(paragraphs(articles), batch_size=64):
        pass
    return time.process_time() - started


def read_by_textacy(articles: list[str]) -> float:
    from textacy.extract.triples import direct_quotations

    from quoth.read.english.pipeline import load

    nlp = load()
    list(nlp.pipe([WARM]))
    started = time.process_time()
    for doc in nlp.pipe(paragraphs(articles), batch_size=64):
        try:
            for _ in direct_quotations(doc):
                pass
        except ValueError:  # it refuses a paragraph whose quotation marks do not pair
            continue
    return time.process_time() - started


def read_attributions(profile: str, articles: list[str]) -> float:
    from quoth.measure.attribution import Annotated
    from quoth.measure.attribution.reading import read_attributions

    list(read_attributions([Annotated(id="warm", text=WARM, attributions=())], profile))
    documents = [Annotated(id=str(n), text=text, attributions=()) for n, text in enumerate(articles)]
    started = time.process_time()
    for _ in read_attributions(documents, profile):
        pass
    return time.process_time() - started


def read_by_quoth(articles: list[str]) -> float:
    from quoth.read import reader_for

    reader = reader_for("en")
    _consume(reader, json.dumps({"text": WARM, "date": "2031-01-01"}))
    records = "\n".join(json.dumps({"text": text, "date": "2017-01-01"}) for text in articles)
    started = time.process_time()
    _consume(reader, records)
    return time.process_time() - started


def _consume(reader: Reader, records: str) -> None:
    from quoth.acquire import acquire
    from quoth.model import Document

    documents = [d for d in acquire("-", stdin=io.BytesIO(records.encode())) if isinstance(d, Document)]
    for _ in reader.read_all(documents):
        pass


SIDES: dict[str, Callable[[list[str]], float]] = {
    "spacy": read_by_spacy,
    "spacy-numpy": partial(read_by_spacy, blis=False),
    "textacy": read_by_textacy,
    **{f"attributions-{profile}": partial(read_attributions, profile) for profile in ("rules", "fast", "accurate")},
    "quoth": read_by_quoth,
}


def measure(side: str, path: Path, limit: int) -> tuple[float, float]:
    """Words per CPU second and peak megabytes of one side, in a fresh process on one thread."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, str(path), "--articles", str(limit), "--side", side]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    speed, peak = json.loads(answer.stdout.splitlines()[-1])
    return speed, peak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sides", default=DEFAULT, help=f"default: {DEFAULT}")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.articles_file.exists():
        print(f"{options.articles_file}: no such file; give a JSONL file of articles", file=sys.stderr)
        return 2
    if options.side:
        articles = texts(options.articles_file, options.articles)
        seconds = SIDES[options.side](articles)
        words = sum(len(text.split()) for text in articles)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([words / seconds, peak]))
        return 0
    sides = options.sides.split(",")
    if unknown := [side for side in sides if side not in SIDES]:
        print(f"{unknown[0]}: no such side; there are {', '.join(SIDES)}", file=sys.stderr)
        return 2
    for side, package in (("textacy", "textacy"), ("attributions-accurate", "quoth_accurate")):
        if side in sides and importlib.util.find_spec(package) is None:
            print(f"{side} is left out: {package} is not installed", file=sys.stderr)
            sides.remove(side)
    taken: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
    for number in range(1, options.rounds + 1):
        for side in sides:
            taken[side].append(measure(side, options.articles_file, options.articles))
            print(f"round {number}: {side} {taken[side][-1][0]:,.0f}", file=sys.stderr)
    print(f"{'side':22} {'words / CPU s':>14} {'ratio':>6} {'peak MB':>8}")
    for side in sides:
        speed = statistics.median(s for s, _ in taken[side])
        ratio = statistics.median(s / first for (s, _), (first, _) in zip(taken[side], taken[sides[0]], strict=True))
        print(f"{side:22} {speed:14,.0f} {ratio:6.2f} {max(peak for _, peak in taken[side]):8,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
