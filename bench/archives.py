"""Time and memory of acquiring a large web archive, alone: nothing is read by the language model.

    python bench/archives.py [MEGABYTES] [--plain]

The archive is invented: pages of HTML with a short article among much markup, with images, style sheets and missing
pages between them, a gzip member each (unless --plain).  MEGABYTES are of records, unpacked.
"""

from __future__ import annotations

import gzip
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from quoth.acquire import Failure, acquire
from quoth.model import Document

NAMES = ["Ilse Brandt", "Tomas Arden", "Odo Brann", "Mira Solheim", "Kasper Vane", "Ada Lunt"]
WORDS = [
    "bridge",
    "harbour",
    "council",
    "ferry",
    "minister",
    "contract",
    "budget",
    "quay",
    "delay",
    "inspection",
    "report",
    "deadline",
]


def page(number: int, dice: random.Random) -> bytes:
    sentences = [
        f"{dice.choice(NAMES)} said on Monday that the {dice.choice(WORDS)} would take {dice.randint(2, 90)} days."
        for _ in range(30)
    ]
    paragraphs = "".join(f"<p>{' '.join(sentences[i : i + 3])}</p>" for i in range(0, len(sentences), 3))
    menu = "".join(f'<li class="item-{i}"><a href="/section/{i}">{dice.choice(WORDS)} {i}</a></li>' for i in range(300))
    script = f"<script>var state = {[dice.random() for _ in range(2_000)]};</script>"
    title = f"Story {number}: the {dice.choice(WORDS)} and the {dice.choice(WORDS)}"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{script}"
        f'<meta property="article:published_time" content="2031-03-{number % 28 + 1:02}T08:00:00Z"></head><body>'
        f"<nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{paragraphs}</article><footer>{menu}</footer></body></html>"
    ).encode()


def record(number: int, status: str, kind: str, body: bytes) -> bytes:
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    header = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
        f"WARC-Date: 2031-04-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def write(path: Path, megabytes: int, packed: bool) -> tuple[int, int]:
    """Returns how many bytes of records, and how many pages."""
    dice = random.Random(1)
    size = number = pages = 0
    with path.open("wb") as file:
        while size < megabytes * 1_000_000:
            several = [record(number, "200 OK", "text/html; charset=utf-8", page(number, dice))]
            several += [record(number + n, "200 OK", "image/jpeg", dice.randbytes(120_000)) for n in (1, 2)]
            several.append(record(number + 3, "404 Not Found", "text/html", b"<p>Gone</p>"))
            several.append(record(number + 4, "200 OK", "text/css", b"a { color: red }\n" * 500))
            for one in several:
                file.write(gzip.compress(one, 1) if packed else one)
                size += len(one)
            number += len(several)
            pages += 1
    return size, pages


def main() -> None:
    packed = "--plain" not in sys.argv
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("crawl.warc.gz" if packed else "crawl.warc")
        size, pages = write(path, numbers[0] if numbers else 1_000, packed)
        print(
            f"{path.name}: {size / 1e6:,.0f} MB of records, {path.stat().st_size / 1e6:,.0f} MB packed, {pages} pages"
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        documents = failures = 0
        for found in acquire(path):
            documents += isinstance(found, Document)
            failures += isinstance(found, Failure)
        seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{documents} documents and {failures} failures in {seconds:.0f} s, {documents / seconds:.1f} pages/s")
    print(f"peak memory {peak / 1024:.0f} MiB, {before / 1024:.0f} MiB before")


if __name__ == "__main__":
    main()
