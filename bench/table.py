"""All benches in their quick forms, as one table of ratios, in docs/performance.md.

    python bench/table.py [ARTICLES.jsonl.gz] [--parts reading,adding,compare,store,desk,trust] [--print]

Each bench is run as a person would run it, in a process of its own, and what it prints is read.  A row is one cost,
what it is set against (a peer in the same run, or the same at a smaller size), and the ratio of the two.  The table
stands between two marks in docs/performance.md, unless only printing is asked for; of the parts that are not run it
keeps what stands there, each with its day.  Without ARTICLES nothing is read.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
SMALL, LARGE = 1_000, 10_000
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Failed(Exception):
    """A bench that ended with an error, or that printed something else than it used to."""


@dataclass(frozen=True, slots=True)
class Row:
    """`against`: the peer's figure, or that of the smaller case."""

    what: str
    found: float
    against: float

    @property
    def ratio(self) -> float:
        return self.found / self.against if self.against else float("nan")


@dataclass(frozen=True, slots=True)
class Part:
    """What is run, and how what it prints is read."""

    title: str
    commands: Sequence[Sequence[str]]
    read: Callable[[Sequence[str]], list[Row]]
    needs_articles: bool = False


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def lines_of(text: str, names: Sequence[str]) -> dict[str, list[float]]:
    """The numbers behind each of these names, which stand at the beginning of a line.  Raises Failed without one."""
    found = {}
    for name in names:
        line = next((line for line in text.splitlines() if re.match(rf"{re.escape(name)}(\s|$)", line)), None)
        if line is None:
            raise Failed(f"no line begins with {name!r}")
        found[name] = numbers(line[len(name) :])
    return found


# ---------------------------------------------------------------- what each bench prints


def reading(texts: Sequence[str]) -> list[Row]:
    """A line a side, the first one the peer: words a CPU second, ratio, peak."""
    sides = {line.split()[0]: numbers(line[22:]) for line in texts[0].splitlines()[1:] if len(line.split()) >= 4}
    if len(sides) < 2:
        raise Failed("there is nothing to compare with")
    (_, peer), *others = sides.items()
    return [Row(f"{side}, words a CPU second (spaCy)", speed, peer[0]) for side, (speed, *_) in others]


AGAINST = {
    "reading, second": ("read a second time, CPU µs a word (the first time)", "reading, first"),
    "adding, second": ("added a second time to another case, CPU µs a word (the first time)", "adding"),
    "gated": ("with topics, CPU µs a word (reading it all)", "reading"),
}


def adding(texts: Sequence[str]) -> list[Row]:
    """A Markdown table, a line a way: words, CPU seconds, seconds on the clock, ratio, peak."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in texts[0].splitlines()[2:]]
    a_word = {way: 1e6 * float(cpu) / float(words.replace(",", "")) for way, words, cpu, *_ in cells if words}
    ratios = {way: float(ratio) for way, _, _, _, ratio, _ in cells if ratio}
    try:
        rows = [Row(what, a_word[way], a_word[other]) for way, (what, other) in AGAINST.items()]
        return [*rows, Row("two processes, times as fast (one)", ratios["adding, two processes"], 1)]
    except KeyError as error:
        raise Failed(f"no line for {error}") from error


COMPARED = {
    "compared anew, s": "compared anew, CPU s",
    "one article more: median, s": "one article more, CPU s",
    "command questions --list, first, s": "`questions --list`, first, CPU s",
    "… again, s": "… again, CPU s",
    "case file, MB": "case file, MB",
}
STORED = {
    "added: statements a CPU second": "statements added a CPU second",
    "one article": "one article added, CPU ms",
    "statements of a document": "statements of a document, CPU ms",
    "statements: frequent word": "statements by a frequent word, CPU ms",
    "statements: one day": "statements of one day, CPU ms",
    "counts": "counts, CPU ms",
    "current": "which statements stand, CPU ms",
    "all statements, read and checked": "all statements read and checked, CPU ms",
    "bytes a statement: all": "bytes a statement",
}
TRUSTED = {
    "adding all": "all added, CPU s (the same without the log)",
    "verify": "verify, CPU s (adding all)",
}


def by_size(names: dict[str, str]) -> Callable[[Sequence[str]], list[Row]]:
    """A column a size; the first number of each."""

    def read(texts: Sequence[str]) -> list[Row]:
        rows = []
        for text in texts:
            store = "Postgres: " if text.startswith("postgres") else ""
            for name, found in lines_of(text, list(names)).items():
                each = len(found) // 2  # numbers in a column
                rows.append(Row(store + names[name], found[each], found[0]))
        return rows

    return read


def desk(texts: Sequence[str]) -> list[Row]:
    """The middle and the slowest page, by their medians; peak memory."""
    told = []
    for text in texts:
        medians = sorted(numbers(line[44:])[1] for line in text.splitlines() if line.startswith("/"))
        if not medians:
            raise Failed("no page was asked for")
        (peak,) = lines_of(text, ["peak memory"]).values()
        told.append((medians[len(medians) // 2], medians[-1], peak[0]))
    names = ("the desk's middle page, ms", "its slowest page, ms", "its peak memory, MiB")
    return [Row(name, large, small) for name, small, large in zip(names, *told, strict=True)]


def trust(texts: Sequence[str]) -> list[Row]:
    found = lines_of(texts[0], ["adding all, without the log", *TRUSTED])
    against = (found["adding all, without the log"], found["adding all"])
    return [Row(TRUSTED[name], found[name][0], other[0]) for name, other in zip(TRUSTED, against, strict=True)]


def parts(articles: Path | None) -> dict[str, Part]:
    sizes = f"{SMALL},{LARGE}"
    store = ["store.py", "--sizes", sizes, "--rounds", "3", "--store"]
    given = str(articles)
    read = ["reading.py", given, "--articles", "30", "--rounds", "2"]
    added = ["adding.py", given, "--articles", "30", "--many", "300"]
    at_desk = [["desk.py", "--size", str(size), "--rounds", "3"] for size in (SMALL, LARGE)]
    return {
        "reading": Part("Reading, beside a peer", [read], reading, needs_articles=True),
        "adding": Part("Repetition, topics, processes", [added], adding, needs_articles=True),
        "compare": Part("Comparing", [["compare.py", "--sizes", sizes, "--added", "8"]], by_size(COMPARED)),
        "store": Part("Storing", [[*store, "sqlite"], [*store, "postgres"]], by_size(STORED)),
        "desk": Part("The desk", at_desk, desk),
        "trust": Part("The log", [["trust.py", "--size", str(LARGE)]], trust),
    }


# ---------------------------------------------------------------- one table


def run(command: Sequence[str]) -> str:
    print(f"{' '.join(command)} …", file=sys.stderr)
    script, *words = command
    done = subprocess.run([sys.executable, str(HERE / script), *words], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Failed(f"{script} ended with {done.returncode}")
    return done.stdout


def shown(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:,.3g}"


def section(title: str, made: str, rows: Sequence[Row]) -> str:
    """A part's lines of the table; `made`: when and on what."""
    lines = [f"| **{title}**, {made} | | | |"]
    return "\n".join(lines + [f"| {r.what} | {shown(r.found)} | {shown(r.against)} | {r.ratio:.2f} |" for r in rows])


def standing(page: str) -> dict[str, str]:
    """The parts of the table that a page has, by title."""
    rest = page.partition(BEGIN)[2].partition(END)[0]
    sections = re.findall(r"^\| \*\*.*(?:\n\| (?!\*\*).*)*", rest, re.MULTILINE)
    return {found.split("**")[1]: found for found in sections}


def table(sections: Iterable[str]) -> str:
    head = f"| | Quoth; at {LARGE:,} statements | against: the peer; at {SMALL:,} | ratio |"
    return "\n".join([head, "|---|---|---|---|", *sections])


def put(text: str, page: str) -> str:
    """The page with the text between its marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise Failed(f"{PAGE} lacks the marks {BEGIN} and {END}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--parts", default=",".join(parts(None)))
    parser.add_argument("--print", action="store_true", help="leave docs/performance.md as it is")
    options = parser.parse_args()
    known = parts(options.articles)
    wanted = options.parts.split(",")
    if unknown := [name for name in wanted if name not in known]:
        print(f"{unknown[0]}: no such part; there are {', '.join(known)}", file=sys.stderr)
        return 2
    made = f"{datetime.date.today():%-d %B %Y}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    page = PAGE.read_text(encoding="utf-8")
    found = standing(page)
    try:
        for part in (known[name] for name in wanted):
            if part.needs_articles and not (options.articles and options.articles.exists()):
                print(f"{part.title}: left out, for no articles to read were given", file=sys.stderr)
                continue
            found[part.title] = section(part.title, made, part.read([run(command) for command in part.commands]))
        text = table(found[part.title] for part in known.values() if part.title in found)
        if not options.print:
            PAGE.write_text(put(text, page), encoding="utf-8")
    except Failed as error:
        print(f"{error}: nothing was written", file=sys.stderr)
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
