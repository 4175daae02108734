"""How often each pattern of the rules is right: rewrites lexicon/patterns.tsv from annotated articles.

    python training/calibrate_rules.py GOLD.jsonl [--out patterns.tsv]

GOLD is in the form of `quoth eval attribution`; the shipped table is of the training part of PolNeAR.  A finding is
right when a gold attribution shares half of the words of both contents with it, and a word of the source (or neither
has a source).  Rows of few findings are drawn towards the share of all findings.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from quoth.measure.attribution import Annotated, load_gold
from quoth.measure.attribution.reading import plain_document
from quoth.measure.attribution.words import Text
from quoth.read.english import pipeline
from quoth.read.english.attribution import Found, attributions
from quoth.read.english.attribution.patterns import ANY, Pattern
from quoth.read.english.attribution.spans import spans_of

TABLE = Path(__file__).parents[1] / "src/quoth/read/english/lexicon/patterns.tsv"
HALF = 0.5
PRIOR = 10
"""So many findings of the common share are added to each row."""

LEAST = 30
"""A kind of cue has a row of its own from so many findings on."""

BY_HAND = {Pattern.POINTS_BACK_PASSIVE: 0.75, Pattern.POINTS_BACK_ACTIVE: 0.75, Pattern.REPORTED_IN_QUOTE: 0.30}
"""PolNeAR marks "this" as the content, the rules mark what it points back to, and it marks nobody inside a quotation:
nothing to be measured there."""

HEAD = """\
# How often what a pattern of the attribution rules finds is right, by the kind of its cue ("-": all kinds).
# Source: training/calibrate_rules.py on {gold}, {documents} articles, {day}.
# found, right: findings there, and those whose content (half of the words) and source agree with a gold attribution.
# confidence: right / found, drawn towards the share of all by {prior} findings.
# Rows with 0 found have that share, or are by hand.
pattern	kind	found	right	confidence
"""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if not options.gold.is_file():
        print(
            f"{options.gold}: no such file; the corpus is not part of Quoth, see the head of this script",
            file=sys.stderr,
        )
        return 1
    gold = load_gold(options.gold)
    found, right = count(gold)
    day = datetime.datetime.now(datetime.UTC).date()
    head = HEAD.format(gold=options.gold.name, documents=len(gold), day=day, prior=PRIOR)
    options.out.write_text(head + "".join(_rows(found, right)), encoding="utf-8")
    return 0


def count(gold: Iterable[Annotated]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """The findings by pattern and kind of cue, and the right ones among them."""
    found: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    documents = {document.id: document for document in gold}
    plain = (plain_document(document.id, document.text) for document in documents.values())
    for document, passages in pipeline.parse_all(plain, entities=False):
        text = Text(document.text)
        marked = [(text.words(a.content), text.words(a.source)) for a in documents[document.id].attributions]
        for one in attributions(passages):
            keys = [(one.pattern, ANY), (one.pattern, one.entry.kind)]
            found.update(keys)
            if _is_right(one, text, marked):
                right.update(keys)
    return found, right


def _is_right(one: Found, text: Text, marked: Iterable[tuple[frozenset[int], frozenset[int]]]) -> bool:
    spans = spans_of(one)
    content, source = text.words(spans.content), text.words(spans.source)
    for gold_content, gold_source in marked:
        shared, either = content & gold_content, content | gold_content
        if len(shared) >= HALF * len(either) and (source & gold_source or not (source or gold_source)):
            return True
    return False


def _rows(found: Counter[tuple[str, str]], right: Counter[tuple[str, str]]) -> Iterable[str]:
    common = sum(right[key] for key in right if key[1] == ANY) / max(
        1, sum(found[key] for key in found if key[1] == ANY)
    )
    for pattern in (p for p in Pattern if p is not Pattern.NETWORK):
        if pattern in BY_HAND:
            yield f"{pattern}\t{ANY}\t0\t0\t{BY_HAND[pattern]:.2f}\n"
            continue
        kinds = sorted(kind for p, kind in found if p == pattern and kind != ANY and found[p, kind] >= LEAST)
        for kind in (ANY, *(kinds if len(kinds) > 1 else ())):
            n, k = found[pattern, kind], right[pattern, kind]
            yield f"{pattern}\t{kind}\t{n}\t{k}\t{(k + PRIOR * common) / (n + PRIOR):.2f}\n"


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="annotated articles, one JSON object a line")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table to write (default: the lexicon's own)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
