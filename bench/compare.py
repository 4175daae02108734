"""What comparing costs, at several sizes, on an invented case: anew, after one more article, and from a cold start.

    python bench/compare.py [--sizes 1000,10000,100000] [--added 20] [--parts anew,kept,file] [--limit SECONDS]
                            [--folder FOLDER] [--seed 1]

For each size a case is invented (see invented.py) and written to a case file through the ledger.  Measured are:
comparing all of it anew (`compare`, and the first time with `Comparer`, which keeps what it needs for the next times),
the same with one more article (from the statements of the article to the whole comparison; articles of four kinds, in
turn), the list of questions at hand and out of the file beside the case, and whole `quoth questions --list` commands,
the first of which finds no such file.  "Anew" and "kept" run in processes of their own, for their memory.  Seconds are
of the CPU, commands with their start; peak memory in megabytes; what is kept is checked, at the end, against a
comparison made anew.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from invented import Inventor, added_articles

T = TypeVar("T")
READER = "invented/1"


def timed(work: Callable[[], T]) -> tuple[float, T]:
    before = os.times()
    result = work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), result


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def anew(size: int, seed: int) -> dict[str, Any]:
    """All of it compared anew."""
    from quoth.compare import compare

    case = Inventor(size, seed).case(size)
    before = peak()
    seconds, comparison = timed(lambda: compare(case.statements, case.documents))
    return {
        "statements": len(case.statements),
        "documents": len(case.documents),
        "questions": len(comparison.questions),
        "origins": len(comparison.origins),
        "relations": sum(len(question.relations) for question in comparison.questions),
        "anew": seconds,
        "case_mb": before,
        "anew_mb": peak(),
    }


def kept(size: int, seed: int, added: int) -> dict[str, Any]:
    """One article more, time after time."""
    from quoth.compare import Comparer, compare
    from quoth.model import headings_of

    inventor = Inventor(size, seed)
    case = inventor.case(size)
    comparer = Comparer()
    first, comparison = timed(lambda: comparer.compare(case.statements, case.documents))
    first_mb = peak()
    taken: dict[str, list[float]] = {}
    for kind, document, said in added_articles(inventor, added):
        case.documents.append(document)
        case.statements += said
        seconds, comparison = timed(lambda: comparer.compare(case.statements, case.documents))
        taken.setdefault(kind, []).append(seconds)
    listed, _ = timed(lambda: headings_of(comparison.questions))
    if comparison != compare(case.statements, case.documents):
        raise SystemExit(f"{size} statements: what was kept is not what comparing anew gives")
    return {"first": first, "first_mb": first_mb, "kept_mb": peak(), "added": taken, "listed": listed}


def on_file(size: int, seed: int, folder: Path) -> dict[str, Any]:
    """A case file, and commands on it."""
    import quoth
    from quoth.model import Reading

    path = folder / f"{size}.db"
    if not path.exists():
        case = Inventor(size, seed).case(size)
        said: dict[str, list[Any]] = {document.id: [] for document in case.documents}
        for statement in case.statements:
            said[statement.document_id].append(statement)
        with quoth.open(path) as file:
            for document in case.documents:
                reading = Reading(document_id=document.id, reader=READER, statements=tuple(said[document.id]))
                file.ledger.add(document, reading)
    beside = path.with_name(path.name + "-compared")
    beside.unlink(missing_ok=True)
    found: dict[str, Any] = {"case_file_mb": path.stat().st_size / 2**20}
    start = [timed(lambda: command("--version"))[0] for _ in range(3)]
    found["start"] = statistics.median(start)
    found["cold"], _ = timed(lambda: command("--case", str(path), "questions", "--list"))
    if beside.exists():
        found["beside_mb"] = beside.stat().st_size / 2**20
    warm = [timed(lambda: command("--case", str(path), "questions", "--list"))[0] for _ in range(3)]
    found["again"] = statistics.median(warm)
    with quoth.open(path, read_only=True) as file:
        found["headings"], _ = timed(file.headings)
    with quoth.open(path, read_only=True) as file:
        found["loaded"], _ = timed(file.comparison)
    return found


def command(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "quoth", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "anew": lambda o: anew(o.size, o.seed),
    "kept": lambda o: kept(o.size, o.seed, o.added),
    "file": lambda o: on_file(o.size, o.seed, o.folder),
}


def measure(size: int, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A part that takes too long is stopped, or ends for want of memory: its figures are not there, the others' are."""
    found: dict[str, Any] = {}
    for part in options.parts.split(","):
        words = [sys.executable, __file__, "--part", part, "--size", str(size), "--seed", str(options.seed)]
        words += ["--added", str(options.added), "--folder", str(folder)]
        print(f"{size}: {part} …", file=sys.stderr)
        try:
            answer = subprocess.run(
                words, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ}, timeout=options.limit
            )
        except subprocess.TimeoutExpired:
            print(f"{size}: {part} was stopped after {options.limit:.0f} s on the clock", file=sys.stderr)
            continue
        except subprocess.CalledProcessError as ended:
            print(f"{size}: {part} ended with status {ended.returncode}", file=sys.stderr)
            continue
        found |= json.loads(answer.stdout.splitlines()[-1])
    return found


def every(found: dict[str, Any]) -> list[float]:
    """Seconds of each article that was added."""
    return [seconds for taken in found["added"].values() for seconds in taken]


ROWS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("statements", lambda f: f"{f['statements']:,}"),
    ("documents", lambda f: f"{f['documents']:,}"),
    ("questions", lambda f: f"{f['questions']:,}"),
    ("origins", lambda f: f"{f['origins']:,}"),
    ("relations", lambda f: f"{f['relations']:,}"),
    ("compared anew, s", lambda f: f"{f['anew']:.1f}"),
    ("… µs a statement", lambda f: f"{f['anew'] / f['statements'] * 1e6:,.0f}"),
    ("… peak MB (the case itself)", lambda f: f"{f['anew_mb']:,.0f} ({f['case_mb']:,.0f})"),
    ("kept: the first time, s", lambda f: f"{f['first']:.1f}"),
    ("… peak MB", lambda f: f"{f['first_mb']:,.0f}"),
    ("one article more: median, s", lambda f: f"{statistics.median(every(f)):.3f}"),
    ("… worst, s", lambda f: f"{max(every(f)):.3f}"),
    *(
        (f"… {kind}, s", lambda f, kind=kind: f"{statistics.median(f['added'][kind]):.3f}")
        for kind in ("any story", "most popular", "new story", "popular story")
    ),
    ("… of comparing anew", lambda f: f"1/{f['anew'] / statistics.median(every(f)):,.0f}"),
    ("questions listed, at hand, s", lambda f: f"{f['listed']:.3f}"),
    ("… out of the file beside, s", lambda f: f"{f['headings']:.3f}"),
    ("comparison out of that file, s", lambda f: f"{f['loaded']:.1f}"),
    ("command --version, s", lambda f: f"{f['start']:.2f}"),
    ("command questions --list, first, s", lambda f: f"{f['cold']:.1f}"),
    ("… again, s", lambda f: f"{f['again']:.2f}"),
    ("case file, MB", lambda f: f"{f['case_file_mb']:,.0f}"),
    ("file beside it, MB", lambda f: f"{f['beside_mb']:,.0f}"),
)


def cell(show: Callable[[dict[str, Any]], str], found: dict[str, Any]) -> str:
    """What was not measured, at this size, is a dash."""
    try:
        return show(found)
    except KeyError:
        return "–"


def drawn(found: dict[str, Any]) -> dict[str, Any]:
    """What bench/growth.py draws."""
    kept = {"first": found["first"], "article": statistics.median(every(found))} if "first" in found else {}
    return {name: found[name] for name in ("statements", "anew") if name in found} | kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--added", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="Where the case files are kept; otherwise they are thrown away.")
    parser.add_argument("--parts", default=",".join(PARTS), help="which of these are measured")
    parser.add_argument("--limit", type=float, help="seconds on the clock after which a part is stopped")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options)))
        return 0
    try:
        sizes = [int(size) for size in options.sizes.split(",")]
    except ValueError:
        print(f"{options.sizes}: give numbers of statements, as in 1000,10000", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = []
        for size in sizes:
            found.append(measure(size, options, folder))
            (folder / "compare.json").write_text(json.dumps([drawn(one) for one in found if "statements" in one]))
    for name, show in ROWS:
        print(f"{name:36}" + "".join(f"{cell(show, one):>16}" for one in found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
