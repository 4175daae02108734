"""Sources of every kind that is read to Parquet, with what can be wrong in them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from archives import http, record, zipped

SENTENCES = [
    "The harbour board will close the northern quay in May, its chairman Odo Brann said on Tuesday.",
    "Mayor Ilse Brandt denied that the quay would close.",
    "According to the ministry, 40 ferries were inspected.",
    'The minister, Ada Lunt, told reporters: "We will not pay for the bridge."',
    "Tomas Arden said that the contract had been signed on 12 January 2021.",
]


def page(number: int) -> bytes:
    words = " ".join(SENTENCES[(number + n) % len(SENTENCES)] for n in range(3))
    return (
        f"<html><head><title>Page {number}</title></head><body><article><h1>Page {number}</h1><p>{words}</p></article>"
        "</body></html>"
    ).encode()


def archive() -> bytes:
    """Pages with their addresses; one twice, one broken, an image, one that is not English."""
    pages = [record(http(page(n)), f"WARC-Target-URI: https://quay.example/{n}") for n in range(5)]
    image = record(http(b"\x89PNG", kind="image/png"))
    foreign = "<html><body><article><p>Председатель Одо Бранн сказал, что причал закроют.</p></article></body></html>"
    unread = record(http(foreign.encode()), "WARC-Target-URI: https://quay.example/ru")
    cut = record(http(page(9)), length=99_999)
    return zipped(*pages[:3], image, pages[1], cut, unread, *pages[3:])


def lines() -> bytes:
    records = [
        {"text": f"{SENTENCES[n % 5]} It is number {n}.", "outlet": "Quay Post", "date": f"2021-03-0{n + 1}"}
        for n in range(7)
    ]
    texts = [json.dumps(one) for one in records]
    return "\n".join([*texts[:3], "this is no JSON", "", *texts[3:]]).encode()


def write_sources(folder: Path) -> list[Path]:
    """An archive, packed lines, and a folder of single files with a side file and one that cannot be read."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for n in range(4):
        (articles / f"{n}.txt").write_text(f"{SENTENCES[n]} {SENTENCES[n + 1]}\n", encoding="utf-8")
    (articles / "2.docx").write_bytes(b"PK\3\4")
    side = [{"file": "1.txt", "outlet": "Quay Courier", "published": "2021-03-04"}, {"file": "gone.txt"}]
    (articles / "documents.json").write_text(json.dumps(side), encoding="utf-8")
    (folder / "crawl.warc.gz").write_bytes(archive())
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(lines(), mtime=0))
    return [folder / "crawl.warc.gz", folder / "news.jsonl.gz", articles]
