"""How long the desk takes for its pages on the server, in an invented case of a given size.

    python bench/desk.py [--size 100000] [--rounds 5] [--case FILE] [--seed 1]

A case is invented (see invented.py), or taken from FILE, and served by `quoth serve` in a process of its own; a client
asks for each kind of page, for the largest and for a common thing of its kind, one request at a time.  Told are the
first request, in which a snapshot may work out what it keeps, and the median and the longest of those after it, in
milliseconds from the request to the last byte, over the loopback; how long the desk takes until its first page; and
its peak memory.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from invented import Inventor
from trust import written

from quoth.model import Reading

PAGES = (
    "/", "/?page=40", "/?text=ferries", "/?act=deny", "/?source=minister", "/?since=2030-06-01&until=2030-06-07",
    "/?dispute=disputed", "/articles", "/sources", "/sources?sort=name", "/outlets", "/map", "/calendar",
    "/calendar?page=20", "/review", "/judgements", "/add", "/export", "/api/v1/headings", "/api/v1/statements",
)  # fmt: skip
LINKED = (("/", "questions"), ("/?page=40", "questions"), ("/articles", "articles"), ("/sources", "sources"),
          ("/sources?page=20", "sources"), ("/outlets", "outlets"))  # fmt: skip
"""Lists, of which the first thing is looked at: the largest of its kind, or one in the middle."""
LIMIT = 300.0
"""Milliseconds that no page should take."""


def invent(size: int, seed: int, path: Path) -> None:
    case = Inventor(size, seed).case(size)
    said: dict[str, list[object]] = {document.id: [] for document in case.documents}
    for statement in case.statements:
        said[statement.document_id].append(statement)
    articles = [
        (d, Reading(document_id=d.id, reader="invented/1", statements=tuple(said[d.id])))  # type: ignore[arg-type]
        for d in case.documents
    ]
    written(path, articles)


def asked(client: httpx.Client, address: str) -> float:
    before = time.perf_counter()
    answer = client.get(address)
    taken = 1000 * (time.perf_counter() - before)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return taken


def first_in(client: httpx.Client, address: str, kind: str) -> str:
    found = re.findall(rf'href="(/{kind}/[^"?#]+)', client.get(address).text)
    return next(link for link in found if link != "/sources/unnamed").replace("&#39;", "'")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.case or Path(folder) / "case.db"
        if options.case is None:
            invent(options.size, options.seed, path)
        quoth = [sys.executable, "-m", "quoth", "--case", str(path)]
        listed = [*quoth, "questions", "--list", "--format", "jsonl"]
        told = subprocess.run(listed, check=True, capture_output=True, text=True)  # compared, and kept
        largest = max(map(json.loads, told.stdout.splitlines()), key=lambda heading: heading["statements"])
        server = subprocess.Popen([*quoth, "serve"], stdout=subprocess.PIPE, text=True)
        try:
            begun = time.perf_counter()
            assert server.stdout is not None
            link = server.stdout.readline().strip()
            client = httpx.Client(base_url=link.partition("/?")[0], follow_redirects=True, timeout=600)
            while client.get(link if not client.cookies else "/").status_code == 202:
                time.sleep(0.2)
            print(f"{'the first page comes after':44}{time.perf_counter() - begun:8.1f} s")
            print(f"{'page':44}{'first':>10}{'median':>10}{'longest':>10}   ms")
            pages = [*PAGES, f"/questions/{largest['id']}", *(first_in(client, *one) for one in LINKED)]
            question = f"/questions/{largest['id']}"
            pages.append(first_in(client, question, "origins"))
            slow = 0
            for page in pages:
                first, *others = [asked(client, page) for _ in range(options.rounds + 1)]
                slow += statistics.median(others) > LIMIT
                print(f"{page[:44]:44}{first:10.0f}{statistics.median(others):10.0f}{max(others):10.0f}")
            status = Path(f"/proc/{server.pid}/status").read_text()
            [peak] = re.findall(r"VmHWM:\s+(\d+)", status)
            print(f"{'peak memory':44}{int(peak) / 1024:8.0f} MiB")
            print(f"pages over {LIMIT:.0f} ms: {slow}")
        finally:
            server.terminate()
            server.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
