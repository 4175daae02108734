"""A picture of how costs grow with a case, on logarithmic axes, from the results that bench/store.py keeps.

    python bench/growth.py FOLDER [--out docs/images/growth.svg]

FOLDER holds store-sqlite.json, store-postgres.json and, where they were measured, compare.json (bench/compare.py
--folder).  Each line is one cost at several sizes; the dotted ones are what grows just as the case does.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Series = Mapping[str, Sequence[tuple[float, float]]]
"""Name → (statements, CPU milliseconds)."""

WIDTH, HEIGHT = 560, 470
LEFT, RIGHT, TOP, BOTTOM = 62, 190, 44, 40
COLOURS = ("#1b6ca8", "#b5532a", "#3c7d3c", "#7a4fa3", "#8a6d1f", "#a33a5e", "#2b7f86", "#4d4d4d")
SHOWN = {
    # what is drawn: what bench/store.py calls it
    "all statements read": "all statements, read and checked",
    "which stand (current)": "current",
    "counts": "counts",
    "frequent word": "statements: frequent word",
    "one day": "statements: one day",
    "one article added": "one article",
    "statements of a document": "statements of a document",
    "rare word": "statements: rare word",
}


def stored(path: Path) -> dict[str, list[tuple[float, float]]]:
    """CPU milliseconds of each cost, at the size it was measured at."""
    found: dict[str, list[tuple[float, float]]] = {}
    total = 0.0
    copied = path.with_name(path.name.replace(".json", "-copied.json"))
    for one in json.loads(path.read_text()) + (json.loads(copied.read_text()) if copied.exists() else []):
        if "added" in one:
            total += one["added"]["cpu"]
            found.setdefault("all of it added", []).append((one["statements"], 1000 * total))
        for name, what in SHOWN.items():
            found.setdefault(name, []).append((one["statements"], 1000 * one["taken"][what][0]))
    return found


def compared(path: Path) -> dict[str, list[tuple[float, float]]]:
    names = {"anew": "compared anew", "first": "compared, to be kept", "article": "one article more"}
    return {
        name: [(one["statements"], 1000 * one[key]) for one in json.loads(path.read_text()) if one.get(key)]
        for key, name in names.items()
    }


def panel(title: str, series: Series, left: float) -> str:
    points = [point for line in series.values() for point in line]
    lows, highs = (
        [math.floor(math.log10(min(p[i] for p in points))) for i in (0, 1)],
        [math.ceil(math.log10(max(p[i] for p in points)) - 0.01) for i in (0, 1)],
    )
    lows[1] = max(lows[1], -2)
    highs = [max(low + 1, high) for low, high in zip(lows, highs, strict=True)]
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(value: float) -> float:
        return left + LEFT + across * (math.log10(value) - lows[0]) / (highs[0] - lows[0])

    def y(value: float) -> float:
        return TOP + down * (highs[1] - math.log10(max(value, 10 ** lows[1]))) / (highs[1] - lows[1])

    drawn = [f'<text x="{left + LEFT}" y="22" class="title">{escape(title)}</text>']
    for power in range(lows[0], highs[0] + 1):
        at = x(10**power)
        drawn.append(f'<path d="M{at:.1f},{TOP}V{HEIGHT - BOTTOM}" class="grid"/>')
        drawn.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" class="middle">{10**power:,}</text>')
    for power in range(lows[1], highs[1] + 1):
        at = y(10**power)
        drawn.append(f'<path d="M{left + LEFT},{at:.1f}h{across}" class="grid"/>')
        words = f"{10**power / 1000:,g} s" if power >= 3 else f"{10.0**power:g} ms"
        drawn.append(f'<text x="{left + LEFT - 6}" y="{at + 4:.1f}" class="end">{words}</text>')
    for start in range(lows[1] - (highs[0] - lows[0]), highs[1]):  # as the case grows
        ends = [(10**p, 10.0 ** (start + p - lows[0])) for p in (lows[0], highs[0])]
        if lows[1] <= start and start + highs[0] - lows[0] <= highs[1]:
            (a, b), (c, d) = ends
            drawn.append(f'<path d="M{x(a):.1f},{y(b):.1f}L{x(c):.1f},{y(d):.1f}" class="even"/>')
    taken: list[float] = []
    order = sorted(series.items(), key=lambda item: -item[1][-1][1])
    for number, (name, line) in enumerate(order):
        colour = COLOURS[number % len(COLOURS)]
        path = "L".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line)
        drawn.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>' for a, b in line]
        at = max(y(line[-1][1]), taken[-1] + 15 if taken else 0)
        taken.append(at)
        end = x(line[-1][0])
        beside = left + WIDTH - RIGHT + 12
        lead = f"M{end + 4:.1f},{y(line[-1][1]):.1f}L{beside - 3:.1f},{at:.1f}"
        drawn.append(f'<path d="{lead}" stroke="{colour}" opacity=".5"/>')
        drawn.append(f'<text x="{beside}" y="{at + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    drawn.append(f'<text x="{left + LEFT + across / 2}" y="{HEIGHT - 4}" class="middle">statements</text>')
    return "\n".join(drawn)


def picture(panels: Sequence[tuple[str, Series]]) -> str:
    width = WIDTH * len(panels)
    drawn = "\n".join(panel(title, series, WIDTH * n) for n, (title, series) in enumerate(panels))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">
<style>text{{font:12px sans-serif;fill:#22211f}}.title{{font-weight:bold;font-size:14px}}.middle{{text-anchor:middle}}
.end{{text-anchor:end}}.grid{{stroke:#6b6761;opacity:.2}}.even{{stroke:#6b6761;stroke-dasharray:1 4;fill:none}}</style>
<rect width="100%" height="100%" fill="#fff"/>
{drawn}
</svg>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "images" / "growth.svg")
    options = parser.parse_args()
    parts = (
        ("Ledger in a case file, CPU time", "store-sqlite.json", stored),
        ("Ledger on Postgres, CPU time of both", "store-postgres.json", stored),
        ("Comparing, CPU time", "compare.json", compared),
    )
    panels = [(title, read(options.folder / name)) for title, name, read in parts if (options.folder / name).exists()]
    options.out.write_text(picture(panels))


if __name__ == "__main__":
    main()
