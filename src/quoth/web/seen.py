"""What each reader has seen of each question, so that the board can mark what changed since.

Kept in the desk's own file beside the case, which is no part of the case and may be deleted.
"""

from __future__ import annotations

import enum
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from quoth.model import Heading

Figures = tuple[int, int, int, int, int, int]
"""Of a question: answers, statements, reports, origins, disputes, replaced."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (
    reader TEXT NOT NULL, question TEXT NOT NULL,
    answers INTEGER NOT NULL, statements INTEGER NOT NULL, reports INTEGER NOT NULL,
    origins INTEGER NOT NULL, disputes INTEGER NOT NULL, replaced INTEGER NOT NULL,
    PRIMARY KEY (reader, question)
) STRICT, WITHOUT ROWID;
"""


class News(enum.StrEnum):
    """What is new about a question; the first that fits is told."""

    NEW = "new"
    DISPUTE = "new dispute"
    ANSWER = "new answer"
    REPLACED = "moved on"
    ORIGIN = "more origins"
    REPORT = "more reports"
    LESS = "changed"


class Seen:
    """One file; `path` ":memory:" for one that nobody keeps.  Threads take turns."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        if str(path) != ":memory:":
            Path(path).chmod(0o600)
        self._connection.executescript("PRAGMA journal_mode = WAL;" + _SCHEMA)

    def by(self, reader: str, headings: Mapping[str, Heading]) -> dict[str, Figures]:
        """Question → its figures when that reader last saw it.  Whoever looks for the first time has seen all."""
        with self._lock:
            rows = self._connection.execute("SELECT * FROM seen WHERE reader = ?", (reader,)).fetchall()
        if not rows and headings:
            self.all(reader, headings.values())
            return {heading.id: figures(heading) for heading in headings.values()}
        return {row[1]: row[2:] for row in rows}

    def one(self, reader: str, heading: Heading) -> None:
        """That reader sees this question now; for one who never looked at the board, nothing has changed yet."""
        with self._lock:
            self._connection.execute(_WRITE_ONE, (reader, heading.id, *figures(heading), reader))

    def all(self, reader: str, headings: Iterable[Heading]) -> None:
        """That reader has seen all of these, and no others."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN")
            cursor.execute("DELETE FROM seen WHERE reader = ?", (reader,))
            cursor.executemany(_WRITE, ((reader, heading.id, *figures(heading)) for heading in headings))
            cursor.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._connection.close()


_WRITE = "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_WRITE_ONE = """INSERT OR REPLACE INTO seen
SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM seen WHERE reader = ?)"""


def figures(heading: Heading) -> Figures:
    """What is compared of a question."""
    h = heading
    return h.answers, h.statements, h.reports, h.origins, h.disputes, h.replaced


def news(before: Figures | None, heading: Heading) -> News | None:
    """What is new about a question since its figures were these; None where nothing is."""
    if before is None:
        return News.NEW
    now = figures(heading)
    if now == before:
        return None
    answers, _, reports, origins, disputes, replaced = (a - b for a, b in zip(now, before, strict=True))
    grown = ((News.DISPUTE, disputes), (News.ANSWER, answers), (News.REPLACED, replaced), (News.ORIGIN, origins),
             (News.REPORT, reports))  # fmt: skip
    return next((kind for kind, more in grown if more > 0), News.LESS)
