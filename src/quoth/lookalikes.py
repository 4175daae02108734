"""Names that pass for others: words that mix scripts, and names that look like another one of the case.

"Rеuters" with a Cyrillic е is not Reuters.  Which characters look alike is Unicode's own list (UTS #39).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from quoth.model import Document, Note

MIXED = "mixed-script-name"
LOOKALIKE = "lookalike-name"
"""Codes of notes."""

_WORD = re.compile(r"[^\W\d_]+")
_MISTAKABLE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "GEORGIAN")
"""Scripts whose letters are taken for one another's, as Unicode begins the names of their letters."""


def script(letter: str) -> str | None:
    """The script of a letter, of those that are taken for one another; None for all others."""
    name = unicodedata.name(letter, "")
    return next((script for script in _MISTAKABLE if name.startswith(script)), None)


def mixes_scripts(word: str) -> bool:
    return not word.isascii() and len({found for letter in word if (found := script(letter))}) > 1


def mixed_words(name: str) -> list[str]:
    """The words of a name that have letters of several scripts."""
    return [word for word in _WORD.findall(name) if mixes_scripts(word)]


def appearance(name: str) -> str:
    """Equal for two names that look alike: what cannot be seen left out, letters as the Latin ones they look like."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    if not plain.isascii():
        latin = _latin()
        plain = "".join(latin.get(c, c) for c in plain)
    return " ".join(plain.replace("I", "l").casefold().split())


@cache
def _latin() -> dict[str, str]:
    """Each character that looks like one Latin letter, and that letter."""
    from confusable_homoglyphs.confusables import confusables_data

    return {
        character: alike["c"]
        for character, several in confusables_data.items()
        if not character.isascii()
        for alike in several
        if len(alike["c"]) == 1 and alike["c"].isascii() and alike["c"].isalpha()
    }


class Lookalikes:
    """The names of outlets and authors in a case, by how they look."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def learn(self, document: Document) -> None:
        for name in _names(document):
            self._known.setdefault(appearance(name), name)

    def noted(self, document: Document, sources: Iterable[str] = ()) -> Document:
        """The document with a note for each name, its own or of a source in it, that may pass for another one."""
        notes = [note for name in dict.fromkeys((*_names(document), *sources)) for note in self._notes(name)]
        self.learn(document)
        return replace(document, notes=(*document.notes, *notes)) if notes else document

    def _notes(self, name: str) -> Iterable[Note]:
        for word in mixed_words(name):
            yield Note(code=MIXED, message=f"the name {name!r} mixes scripts in one word: {_told(word)}")
        known = self._known.get(appearance(name))
        if known is not None and known.casefold() != name.casefold():
            what = f"the name {name!r} looks like {known!r} and is written with other characters: {_told(name)}"
            yield Note(code=LOOKALIKE, message=what)


def _names(document: Document) -> list[str]:
    relays = [relay.name for relay in document.relays]
    return [name for name in (document.outlet, *document.authors, *relays) if name]


def _told(name: str) -> str:
    """The characters that are not what they seem, by their numbers and names."""
    odd = [c for c in dict.fromkeys(name) if not c.isascii() and script(c) != "LATIN"]
    shown = odd or [c for c in dict.fromkeys(name) if appearance(c) != c.casefold()]
    return ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, 'without a name').lower()}" for c in shown[:4])
