"""The topics of a case: what an article must name to be read; looked for before anything costly is done.

In `case.toml`:

    [topics]
    names = ["Oreshnik", "Alexander Lukashenko"]
    words = ["missile*", "warhead"]
    [topics.aliases]
    Belarus = ["Minsk", "Republic of Belarus"]

A name is found by its words in their order, whatever its case, accents, script and habits of romanization
(`names.fold`); a word that ends in * by its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from quoth.declared import check_fields, toml, words
from quoth.errors import QuothError
from quoth.model import Document, Note
from quoth.names import fold

OFF_TOPIC = "off-topic"
"""The code of the note on a document that names no topic."""

_FIELDS = ("names", "words", "aliases")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_SHORTEST = 3
"""Letters that a beginning has to have."""


class BadTopics(QuothError):
    """Topics that cannot be read, or would find nothing or everything."""

    code = "Q104"


@dataclass(frozen=True, slots=True)
class Topics:
    """What is looked for: each name by its folded words, each beginning by its folded letters, with what it was
    written as."""

    names: dict[tuple[str, ...], str]
    beginnings: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.names or self.beginnings)

    def named_in(self, text: str) -> str | None:
        """A topic that the text names, as it was declared; None where it names none."""
        said = [folded for word in _WORD.findall(text) for folded in _folded(word)]
        return self._name_in(said) or self._beginning_in(set(said))

    def named_by(self, document: Document) -> str | None:
        """A topic that the document names in its title or its text."""
        return self.named_in(document.title or "") or self.named_in(document.text)

    def note(self) -> Note:
        """What a document that names none of them is kept with."""
        declared = list(dict.fromkeys((*self.names.values(), *self.beginnings.values())))
        shown = ", ".join(declared[:6]) + (f" and {len(declared) - 6} more" if len(declared) > 6 else "")
        return Note(
            code=OFF_TOPIC, message=f"names none of the case's topics, and was kept without being read: {shown}"
        )

    def _name_in(self, said: list[str]) -> str | None:
        firsts = self._by_first()
        for at, word in enumerate(said):
            for name in firsts.get(word, ()):
                if tuple(said[at : at + len(name)]) == name:
                    return self.names[name]
        return None

    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        return _by_first(tuple(self.names))

    def _beginning_in(self, said: set[str]) -> str | None:
        if not self.beginnings:
            return None
        found = _beginnings(tuple(self.beginnings)).search(" " + " ".join(sorted(said)))
        return None if found is None else self.beginnings[found[1]]


def read_topics(path: Path) -> Topics | None:
    """The topics of a `case.toml`; None where it has none.  Raises BadTopics with the file and the field."""
    table = toml(path, BadTopics).get("topics")
    if table is None:
        return None
    where = f"{path}, topics"
    if not isinstance(table, dict):
        raise BadTopics("is no table", where=where, remedy="begin it with [topics]")
    check_fields(table, _FIELDS, where, BadTopics)
    aliases = table.get("aliases", {})
    if not isinstance(aliases, dict):
        raise BadTopics("aliases are no table", where=where, remedy='write: Belarus = ["Minsk"] under [topics.aliases]')
    found = [*_several(table.get("names", []), "names", where), *map(str, aliases)]
    found += [name for known in aliases for name in _several(aliases[known], f"aliases.{known}", where)]
    given = list(_several(table.get("words", []), "words", where))
    topics = Topics(
        {key: name for name in (*found, *(w for w in given if not w.endswith("*"))) for key in _keys(name)},
        {_beginning(word, where): word for word in given if word.endswith("*")},
    )
    if not topics:
        raise BadTopics("has no names and no words", where=where, remedy="give some, or take the table away")
    return topics


def _several(value: Any, field: str, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        raise BadTopics(f"{field} is no list: {value!r}", where=where, remedy=f'write: {field} = ["…", "…"]')
    for item in value:
        yield words(item, field, where, BadTopics)


def _keys(name: str) -> Iterator[tuple[str, ...]]:
    """A name folded as a whole, and word by word as a text is: its script may be told by another of its words."""
    yield tuple(fold(name).split())
    yield tuple(folded for word in _WORD.findall(name) for folded in _folded(word))


def _beginning(word: str, where: str) -> str:
    stem = fold(word.rstrip("*"))
    if len(stem) < _SHORTEST or " " in stem:
        what = f"{word!r} begins too many words"
        raise BadTopics(what, where=where, remedy=f"one word of {_SHORTEST} letters or more before the *")
    return stem


@lru_cache(maxsize=1 << 17)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(fold.__wrapped__(word).split())


@lru_cache(maxsize=8)
def _by_first(names: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        found.setdefault(name[0], []).append(name)
    return found


@lru_cache(maxsize=8)
def _beginnings(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf" ({'|'.join(map(re.escape, _longest_first(stems)))})")


def _longest_first(stems: Iterable[str]) -> list[str]:
    return sorted(stems, key=lambda stem: (-len(stem), stem))
