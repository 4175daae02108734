"""Words as both databases find them: cut and folded (case, Latin accents) by SQLite's own tokenizer.

A case file's search index uses it itself; where another database stands behind the ledger, what is stored and what is
looked for goes through it here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

TOKENIZER = "unicode61 remove_diacritics 2"


class Folding:
    """For one thread."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE given USING fts5 (text, content = '', tokenize = '{TOKENIZER}')"
        )
        self._connection.execute("CREATE VIRTUAL TABLE found USING fts5vocab (given, 'instance')")

    def words(self, texts: Sequence[str | None]) -> list[list[str]]:
        """The words of each text, in order.  Raises UnicodeEncodeError on lone surrogates."""
        found: list[list[str]] = [[] for _ in texts]
        try:
            self._connection.executemany("INSERT INTO given (rowid, text) VALUES (?, ?)", list(enumerate(texts)))
            for number, word in self._connection.execute('SELECT doc, term FROM found ORDER BY doc, "offset"'):
                found[number].append(word)
        finally:
            self._connection.execute("INSERT INTO given (given) VALUES ('delete-all')")
        return found

    def between_blanks(self, texts: Sequence[str | None]) -> list[str]:
        """The words of each text, each between two blanks, so that whole words are found by their characters."""
        return [f" {' '.join(words)} " if words else "" for words in self.words(texts)]

    def close(self) -> None:
        self._connection.close()
