"""A program of its own: a PDF on stdin to the lines of its pages on stdout, as JSON.

A PDF is parsed apart from everything else, with bounds on time and memory, for a hostile one may loop, fill the memory
or crash the parser.  Run as a file, with the seconds and the bytes as arguments; it imports nothing of Quoth.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
PARTED = 0x02
"""What the parser has for a hyphen at the end of a line."""
BREAKS = frozenset({0x0A, 0x0D, PARTED})
GAP = 2.0
"""Font sizes between two characters of a line above which they belong to two columns."""


def main() -> None:
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    with contextlib.suppress(ValueError, OSError):  # a system may allow less than this already
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


def read(data: bytes) -> dict[str, Any]:
    """`problem` in words of the parser, or `metadata`, `pages` (each with its `width`, `height` and `lines`: left,
    bottom, right, top, font size, words) and `left_out`, how many pages were too many."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        metadata = document.get_metadata_dict()
        number = len(document)
    except pdfium.PdfiumError as problem:
        return {"problem": str(problem)}
    pages: list[dict[str, Any]] = []
    room = MOST_CHARACTERS
    for index in range(min(number, MOST_PAGES)):
        try:
            page = document[index]
            width, height = page.get_size()
            lines = list(_lines(pdfium.raw, page.get_textpage()))
            page.close()
        except pdfium.PdfiumError:
            width, height, lines = 0.0, 0.0, []
        room -= sum(len(line[-1]) for line in lines)
        if room < 0:
            break
        pages.append({"width": width, "height": height, "lines": lines})
    return {"metadata": metadata, "pages": pages, "left_out": number - len(pages)}


def _lines(raw: Any, text: Any) -> Iterator[tuple[float, float, float, float, float, str]]:
    """The lines in the order of the page's own: one ends where the parser says so, at a gap behind which another column
    follows, and at a hyphen that parts a word, which U+00AD stands for."""
    letters: list[str] = []
    box: list[float] = []
    size = 0.0
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        here = [] if code in BREAKS else _box(raw, text, index)
        if letters and (code in BREAKS or (here and _is_elsewhere(here, box, size))):
            yield (box[0], box[1], box[2], box[3], size, "".join(letters) + ("\xad" if code == PARTED else ""))
            letters, box = [], []
        letter = chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
        if here and not letter.isspace():
            if not box:
                size = raw.FPDFText_GetFontSize(text, index)
                size = size if size >= 2 else here[3] - here[1]
            both = zip(box or here, here, (min, min, max, max), strict=True)
            box = [outer(a, b) for a, b, outer in both]
        if box:
            letters.append(letter)
    if letters:
        yield (box[0], box[1], box[2], box[3], size, "".join(letters))


def _is_elsewhere(here: list[float], box: list[float], size: float) -> bool:
    return here[0] - box[2] > GAP * max(size, 1.0) or here[3] <= box[1] + 0.2 * size or here[1] >= box[3] - 0.2 * size


def _box(raw: Any, text: Any, index: int) -> list[float]:
    """Left, bottom, right, top in points; empty for a character that is only implied, as a space between words."""
    rect = raw.FS_RECTF()
    if raw.FPDFText_IsGenerated(text, index) == 1 or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
        return []
    return [rect.left, rect.bottom, rect.right, rect.top]


if __name__ == "__main__":
    main()
