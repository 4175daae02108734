"""Reading speed and peak memory beside spaCy's own pipeline on the same articles, in one run.

    python bench/reading.py ARTICLES.jsonl.gz [--articles 300] [--rounds 3]

ARTICLES holds one JSON object a line with the text under `content_original`, `content` or `text`.  Each side runs in a
process of its own, the two in turn, on one thread; words are white-space separated, seconds are of the CPU, loading the
model not counted.  Printed is each round, and the median ratio.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.read import Reader

TEXT_KEYS = ("content_original", "content", "text")


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


def read_by_spacy(articles: list[str]) -> float:
    from quoth.read.english.pipeline import load

    nlp = load()
    list(nlp.pipe(["One sentence to warm up."]))
    started = time.process_time()
    for _ in nlp.pipe((p for text in articles for p in text.split("\n") if p.strip()), batch_size=64):
        pass
    return time.process_time() - started


def read_by_quoth(articles: list[str]) -> float:
    from quoth.read import reader_for

    reader = reader_for("en")
    warm = json.dumps({"text": "The mayor of Springfield said that one sentence would do.", "date": "2031-01-01"})
    records = "\n".join(json.dumps({"text": text, "date": "2017-01-01"}) for text in articles)
    _consume(reader, warm)
    started = time.process_time()
    _consume(reader, records)
    return time.process_time() - started


def _consume(reader: Reader, records: str) -> None:
    from quoth.acquire import acquire
    from quoth.model import Document

    documents = [d for d in acquire("-", stdin=io.BytesIO(records.encode())) if isinstance(d, Document)]
    for _ in reader.read_all(documents):
        pass


SIDES = {"spacy": read_by_spacy, "quoth": read_by_quoth}


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
    ratios = []
    print("round   spaCy w/s   Quoth w/s   ratio   spaCy MB   Quoth MB")
    for number in range(1, options.rounds + 1):
        spacy_speed, spacy_peak = measure("spacy", options.articles_file, options.articles)
        quoth_speed, quoth_peak = measure("quoth", options.articles_file, options.articles)
        ratios.append(quoth_speed / spacy_speed)
        print(
            f"{number:5} {spacy_speed:11,.0f} {quoth_speed:11,.0f} {ratios[-1]:7.2f}"
            f" {spacy_peak:10,.0f} {quoth_peak:10,.0f}"
        )
    print(f"median ratio of words per CPU second: {statistics.median(ratios):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
