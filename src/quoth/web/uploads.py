"""Forms with files, written to disk as they come.

A file's name is told and kept, and is never a path here: files lie under numbers in a private folder.  A file that is
too large is passed over and told; the others are taken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from quoth.acquire.sent import Sent
from quoth.errors import QuothError
from quoth.present.escape import visible

LARGEST_FILE = 100_000_000
LARGEST_FIELD = 24_000_000
"""Bytes of a field: of a text that was pasted."""
MOST_FILES = 500
MOST_FIELDS = 50
LONGEST_NAME = 150


class BadForm(QuothError):
    """A form that is none, or holds too much."""

    code = "Q528"


@dataclass(slots=True)
class Form:
    """`left_out`: names of files that were not taken, and why."""

    fields: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


async def received(request: Request, folder: Path, *, largest: int = LARGEST_FILE) -> Form:
    """The form of a request, its files in `folder`.  Raises BadForm."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise BadForm("the form does not hold files", remedy="load the page again, and send it from there")
    taking = _Taking(folder, largest)
    try:
        parser = MultipartParser(boundary, taking.callbacks())  # type: ignore[arg-type]
        async for chunk in request.stream():
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError as problem:
        raise BadForm(f"the form is damaged ({problem})", remedy="send it again") from problem
    except OSError as problem:
        what = f"the files could not be written to disk ({problem.strerror})"
        raise BadForm(what, remedy="make room, or set TMPDIR to a folder with room") from problem
    finally:
        taking.close()
    if not taking.is_whole:
        raise BadForm("the form broke off", remedy="send it again")
    return taking.form


def clean_name(name: str) -> str:
    """The last part of a file's name as it may be told: one line, nothing that cannot be seen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if visible(c) == c and c not in "\t\n")
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, suffix = shown.rpartition(".")
    if len(shown) > LONGEST_NAME and dot and len(suffix) < 20:
        return stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix
    return shown[:LONGEST_NAME] or "unnamed"


class _Taking:
    """What the parser tells, one part after another."""

    def __init__(self, folder: Path, largest: int) -> None:
        self.form = Form()
        self.is_whole = False
        self._folder = folder
        self._largest = largest
        self._head: list[tuple[bytes, bytes]] = []
        self._key, self._value = b"", b""
        self._name = ""
        self._file: BinaryIO | None = None
        self._path: Path | None = None
        self._text: bytearray | None = None
        self._size = 0

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_key,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header,
            "on_headers_finished": self._on_head,
            "on_part_data": self._on_data,
            "on_part_end": self._on_end,
            "on_end": self._on_whole,
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        self._head, self._key, self._value = [], b"", b""
        self._name, self._path, self._text, self._size = "", None, None, 0

    def _on_key(self, data: bytes, start: int, end: int) -> None:
        self._key += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        self._head.append((self._key.lower(), self._value))
        self._key, self._value = b"", b""

    def _on_head(self) -> None:
        _, options = parse_options_header(dict(self._head).get(b"content-disposition", b""))
        given = options.get(b"filename")
        if given is None:
            if len(self.form.fields) >= MOST_FIELDS:
                raise BadForm("the form has too many fields")
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            self._text = bytearray()
            return
        if not given:  # a field for files in which none was chosen
            return
        self._name = clean_name(given.decode("utf-8", "replace"))
        if len(self.form.sent) + len(self.form.left_out) >= MOST_FILES:
            raise BadForm(f"more than {MOST_FILES} files at once", remedy="add them in several parts")
        self._path = self._folder / f"{len(self.form.sent) + len(self.form.left_out):04}"
        self._file = self._path.open("xb")

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._text is not None:
            if self._size > LARGEST_FIELD:
                raise BadForm(f"a text of more than {LARGEST_FIELD // 1_000_000} MB", remedy="add it as a file")
            self._text += data[start:end]
        elif self._file is not None:
            if self._size <= self._largest:
                self._file.write(data[start:end])
            else:
                self._drop(f"it is larger than {self._largest // 1_000_000} MB")

    def _drop(self, why: str) -> None:
        assert self._file is not None
        assert self._path is not None
        self._file.close()
        self._file = None
        self._path.unlink()
        self.form.left_out.append((self._name, why))

    def _on_end(self) -> None:
        if self._text is not None:
            self.form.fields.setdefault(self._name, self._text.decode("utf-8", "replace"))
        elif self._file is not None and self._path is not None:
            if self._size == 0:
                self._drop("it is empty")
            else:
                self._file.close()
                self._file = None
                self.form.sent.append(Sent(self._path, self._name))

    def _on_whole(self) -> None:
        self.is_whole = True
