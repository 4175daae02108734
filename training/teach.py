"""News that nobody annotated to what `fast` learns from: the words of each paragraph, and what `accurate` reads in it.

    python training/teach.py ARTICLES.jsonl.gz OUT --first N --count N [--apart-from GOLD.jsonl]

ARTICLES holds an object a line, its text under `content_original`, `content` or `text`, its headline under `title`
(without one: the text's first line).  OUT.npz and OUT.json are as prepare.py writes them; besides, `cues` are the
probabilities of none, begin and inside for each word, and each cue that `accurate` considers has in `sure` how probable
it is that any word has a role.  An article that shares a paragraph with one of GOLD is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from prepare import Prepared

from quoth.measure.attribution.reading import plain_document
from quoth.model import Profile
from quoth.read.english import pipeline
from quoth.read.english.attribution.learned import decode, network_for
from quoth.read.english.attribution.learned.layers import Array
from quoth.read.english.attribution.learned.network import Batch, Network, Predicted, Run
from quoth.read.english.attribution.learned.words import stretches
from quoth.read.english.one_thread import one_thread

TEXT_KEYS = ("content_original", "content", "text")
LONG = 60
"""Characters from which on a paragraph that comes again is no accident."""


def scores_of(network: Network) -> dict[int, Array]:
    """Where the network puts from now on, by the id of a stretch, the scores that its cues come from."""
    kept: dict[int, Array] = {}
    encode = network._encode

    def recorded(batch: Batch) -> tuple[Array, Array]:
        x, scores = encode(batch)
        for stretch, begin, length in zip(batch.stretches, batch.starts, batch.lengths, strict=True):
            kept[id(stretch)] = scores[begin : begin + length]
        return x, scores

    network._encode = recorded  # type: ignore[method-assign]
    return kept


def texts(path: Path) -> Iterator[str]:
    """One an article; its first line is the headline, as `plain_document` takes it."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            text = next((record[key] for key in TEXT_KEYS if record.get(key)), "")
            yield f"{record['title']}\n{text}" if record.get("title") else text


def long_paragraphs(text: str) -> set[str]:
    return {line for part in text.split("\n") if len(line := part.strip()) >= LONG}


def as_taught(one: Predicted) -> dict[str, object]:
    """A cue with the words of its roles and how sure they are."""

    def within(runs: Sequence[Run]) -> list[int]:
        return [w for first, stop in runs for w in range(first, stop)]

    roles = {"source": within(one.source), "content": within(one.content)}
    return {"cue": list(one.cue), **roles, "sure": round(one.roles_p, 3)}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--first", type=int, default=0, metavar="N", help="articles to pass over")
    ask.add_argument("--count", type=int, required=True, metavar="N", help="articles to read from there on")
    ask.add_argument("--apart-from", type=Path, nargs="*", default=[], metavar="GOLD")
    given = ask.parse_args()
    kept_out = {p for gold in given.apart_from for text in texts(gold) for p in long_paragraphs(text)}
    chosen = islice(texts(given.articles), given.first, given.first + given.count)
    documents = (plain_document(str(n), text) for n, text in enumerate(chosen) if not long_paragraphs(text) & kept_out)
    network = network_for(Profile.ACCURATE)
    assert network is not None
    scores, prepared = scores_of(network), Prepared()
    for n, (article, passages) in enumerate(pipeline.parse_all(documents, entities=False), 1):
        whole = [s for number, passage in enumerate(passages) for s in stretches(passage, number)]
        scores.clear()
        with one_thread():
            read = network.read(whole)
        for stretch, found in zip(whole, read, strict=True):
            probable = decode.softmax(scores[id(stretch)]).astype(np.float16)
            prepared.add(article.id, stretch, [as_taught(one) for one in found], cues=probable)
        print(f"\r{n} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    prepared.write(given.out)


if __name__ == "__main__":
    main()
