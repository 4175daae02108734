"""What a large reading takes: how fast one core reads, and a simulation of many with stragglers and failures.

    python bench/scale.py measure ARTICLES.jsonl.gz [--every 10]
    python bench/scale.py simulate [--articles 171000] [--picture docs/images/scale.svg]

`measure` reads every tenth article in batches, a fresh process a profile, on one thread, and prints CPU seconds,
articles and words a second, and memory; with --write, it puts what each article took beside this file.

`simulate` draws articles from those times, puts them into shards and has workers take one shard after the other, as
`quoth read --engine ray` does.  A worker needs some seconds to start, is lost now and then (what it had begun is begun
again, elsewhere) and replaced a while later; some workers are slow all the time.  It prints how long the whole takes on
1 to 1,024 cores with shards of several sizes, and what part of the cores' time was reading that counted.  Seeded: the
same command prints the same.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import io
import json
import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

TIMES = Path(__file__).with_name("article_times.json")
CORES = (1, 4, 16, 64, 256, 1_024)
SHARDS = (50, 500, 2_000, 10_000)


# ---------------------------------------------------------------- measuring


def measure(path: Path, profile: str, every: int, alone: bool) -> dict[str, Any]:
    """One profile in this process; `alone`: each article by itself, with what it took."""
    from quoth.acquire import acquire
    from quoth.model import Document, Reading
    from quoth.read import profile_of, reader_for

    begun = time.process_time()
    reader = reader_for("en", profile_of(profile))
    warm = b'{"text": "The mayor of Springfield said that one sentence would do.", "date": "2021-01-01"}'
    for document in acquire("-", stdin=io.BytesIO(warm)):
        if isinstance(document, Document):
            reader.read(document)
    loading = time.process_time() - begun
    with gzip.open(path) as lines:
        some = b"".join(islice(lines, 0, None, every))
    begun = time.process_time()
    documents = [found for found in acquire("-", stdin=io.BytesIO(some)) if isinstance(found, Document)]
    acquiring = time.process_time() - begun
    statements = 0
    each: list[float] = []
    begun = time.process_time()
    for first in range(0, len(documents), 1 if alone else 32):
        before = time.process_time()
        for _, result in reader.read_all(documents[first : first + (1 if alone else 32)]):
            statements += len(result.statements) if isinstance(result, Reading) else 0
        each.append(time.process_time() - before)
    return {
        "loading": loading,
        "articles": len(documents),
        "words": sum(len(document.text.split()) for document in documents),
        "acquiring": acquiring,
        "reading": time.process_time() - begun,
        "statements": statements,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "each": sorted(round(seconds, 3) for seconds in each),
    }


def in_a_process(path: Path, profile: str, every: int, alone: bool = False) -> dict[str, Any]:
    command = [sys.executable, __file__, "one", str(path), "--profile", profile, "--every", str(every)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command += ["--alone"] if alone else []
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def print_measured(path: Path, every: int, write: bool) -> None:
    print(f"{'profile':8} {'articles/s':>10} {'words/s':>8} {'statements':>10} {'loading s':>9} {'peak MB':>8}   (CPU)")
    for profile in ("fast", "rules"):
        one = in_a_process(path, profile, every)
        speed = one["articles"] / one["reading"], one["words"] / one["reading"]
        print(
            f"{profile:8} {speed[0]:10.2f} {speed[1]:8,.0f} {one['statements']:10,} {one['loading']:9.1f}"
            f" {one['peak']:8.0f}"
        )
    if write:
        alone = in_a_process(path, "fast", every, alone=True)
        what = "CPU seconds of reading each article alone, profile fast, sorted"
        told = {"what": what, "words": alone["words"], "seconds": alone["each"]}
        TIMES.write_text(json.dumps(told) + "\n", encoding="utf-8")


# ---------------------------------------------------------------- simulating


@dataclass(frozen=True, slots=True)
class World:
    """What is assumed, in seconds unless it says otherwise."""

    acquiring: float = 0.065
    """Of finding the article on a page: three times what those of bench/archives.py take, for real ones are worse."""
    starting: float = 3.0
    """Of a worker: models, gazetteer."""
    writing: float = 0.034
    """Of checking an article and its statements and putting them into tables."""
    around: float = 0.3
    """Of a shard: asking for it, moving its files."""
    between_losses: float = 20 * 3_600.0
    """Of a worker, the mean: 5 % of them are lost in an hour."""
    replacing: float = 120.0
    """Until another worker is there for one that was lost."""
    slow: float = 0.05
    """The part of the workers that are slow."""
    slowness: float = 2.0
    tries: int = 4
    """After which a shard is left out, and read by the next run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    seconds: float
    """From the beginning to the end of the last shard."""
    worked: float
    """Of all cores, what was spent on shards that were finished."""
    losses: int
    left_out: int


def simulate(articles: int, size: int, cores: int, world: World, times: list[float], seed: int = 1) -> Outcome:
    """Shards of `size` articles on so many cores.  The articles are the same whatever their shards and the cores."""
    dice = random.Random(seed)
    costs = [seconds + world.acquiring + world.writing for seconds in dice.choices(times, k=articles)]
    waiting = [(sum(costs[i : i + size]) + world.around, 1) for i in range(0, articles, size)][::-1]
    fate = random.Random(seed + 1)
    speeds = [world.slowness if fate.random() < world.slow else 1.0 for _ in range(cores)]
    free = [(world.starting, number, fate.expovariate(1 / world.between_losses)) for number in range(cores)]
    heapq.heapify(free)
    ends: list[float] = []
    begun_again: list[tuple[float, float, int]] = []
    worked = 0.0
    losses = left_out = 0
    while waiting or begun_again:
        now, number, lost_at = heapq.heappop(free)
        while begun_again and begun_again[0][0] <= now:
            _, cost, tried = heapq.heappop(begun_again)
            waiting.append((cost, tried))
        if not waiting:
            heapq.heappush(free, (begun_again[0][0], number, lost_at))
            continue
        cost, tried = waiting.pop()
        end = now + cost * speeds[number]
        if lost_at < end:
            losses += 1
            at = max(now, lost_at)
            if tried < world.tries:
                heapq.heappush(begun_again, (at, cost, tried + 1))
            else:
                left_out += 1
            back = at + world.replacing + world.starting
            heapq.heappush(free, (back, number, back + fate.expovariate(1 / world.between_losses)))
            continue
        worked += cost
        ends.append(end)
        heapq.heappush(free, (end, number, lost_at))
    return Outcome(max(ends, default=0.0), worked, losses, left_out)


def hours(seconds: float) -> str:
    return f"{seconds / 3_600:.2f} h" if seconds >= 3_600 else f"{seconds / 60:.1f} min"


def print_simulated(articles: int, picture: Path | None, between_losses: float) -> None:
    measured = json.loads(TIMES.read_text(encoding="utf-8"))
    times: list[float] = measured["seconds"]
    world = World(between_losses=between_losses * 3_600)
    points: list[dict[str, Any]] = []
    print(f"{articles:,} articles, {sum(times) / len(times):.3f} s of reading each on average, {world}")
    print(f"{'cores':>6} " + "".join(f"{f'shards of {size:,}':>32}" for size in SHARDS))
    for cores in CORES:
        cells = []
        for size in SHARDS:
            found = simulate(articles, size, cores, world, times)
            used = found.worked / (cores * found.seconds)
            out = f", {found.left_out} left out" if found.left_out else ""
            cells.append(f"{hours(found.seconds)} {used:4.0%} {found.losses} lost{out}")
            points.append({"cores": cores, "hours": found.seconds / 3_600, "shard": f"{size:,} articles"})
        print(f"{cores:6,} " + "".join(f"{cell:>32}" for cell in cells))
    calm = World(between_losses=1e12, slow=0.0)
    ideal = simulate(articles, 500, 1, calm, times).seconds
    points += [{"cores": cores, "hours": ideal / cores / 3_600, "shard": "evenly divided"} for cores in CORES]
    if picture is not None:
        draw(points, picture)


def draw(points: list[dict[str, Any]], path: Path) -> None:
    import vl_convert

    order = [f"{size:,} articles" for size in SHARDS] + ["evenly divided"]
    log = {"type": "log", "nice": False}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 460,
        "height": 300,
        "background": "white",
        "data": {"values": points},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "cores", "type": "quantitative", "scale": {**log, "domain": [1, 1_024]}, "title": "cores",
                  "axis": {"values": list(CORES)}},
            "y": {"field": "hours", "type": "quantitative", "scale": log, "title": "hours until the last shard"},
            "color": {"field": "shard", "type": "nominal", "sort": order, "title": "shards of", "scale": {
                "domain": order, "range": ["#56b4e9", "#0072b2", "#e69f00", "#d55e00", "#999999"]}},
            "strokeDash": {"field": "shard", "type": "nominal", "sort": order, "title": "shards of", "scale": {
                "domain": order, "range": [[1, 0], [1, 0], [6, 2], [2, 2], [1, 3]]}},
        },
    }  # fmt: skip
    path.write_text(vl_convert.vegalite_to_svg(json.dumps(spec)), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    for name in ("measure", "one"):
        part = parts.add_parser(name)
        part.add_argument("path", type=Path)
        part.add_argument("--every", type=int, default=10)
        part.add_argument("--write", action="store_true")
        part.add_argument("--profile", default="fast")
        part.add_argument("--alone", action="store_true")
    simulating = parts.add_parser("simulate")
    simulating.add_argument("--articles", type=int, default=171_000)
    simulating.add_argument("--picture", type=Path)
    simulating.add_argument("--between-losses", type=float, default=20.0, help="hours until a worker is lost, the mean")
    options = parser.parse_args()
    if options.part == "one":
        print(json.dumps(measure(options.path, options.profile, options.every, options.alone)))
    elif options.part == "measure":
        print_measured(options.path, options.every, options.write)
    else:
        print_simulated(options.articles, options.picture, options.between_losses)


if __name__ == "__main__":
    main()
