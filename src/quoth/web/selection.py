"""The filters that every list takes, in one query string: which statements and questions of a case are looked at."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from quoth.errors import QuothError
from quoth.finding import spoken_by
from quoth.model import Act, Clock, Factuality, Statement, When
from quoth.present import words

if TYPE_CHECKING:
    from quoth.web.desk import Desk
    from quoth.web.snapshot import Snapshot


HELD = 32
"""Selections of a snapshot whose statements are held."""


class BadFilter(QuothError):
    """A filter whose value is none."""

    code = "Q532"


class Dispute(enum.StrEnum):
    """Which questions: whose answers exclude each other, pull apart, or have been superseded."""

    DISPUTED = "disputed"
    TENSION = "tension"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is looked at; None or "" where a filter is not set.  `as_of` and `clock` say as of when.

    `source`, `outlet`, `act`, `certainty`, `since`, `until` and `text` as of `quoth.ledger.Ledger.statements`; `side`
    as it is declared; `dispute` and `changed` (since the reader last looked) are of questions.
    """

    text: str = ""
    source: str = ""
    outlet: str = ""
    side: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    act: Act | None = None
    certainty: Factuality | None = None
    dispute: Dispute | None = None
    changed: bool = False
    as_of: datetime.date | None = None
    clock: Clock = Clock.PUBLISHED

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Selection:
        """Raises BadFilter on what is no day, act …; other parameters are none of its business."""
        found: dict[str, Any] = {}
        for name, value in ((f.name, query.get(f.name, "").strip()) for f in fields(cls)):
            if value:
                found[name] = _READ[name](name, value) if name in _READ else value
        return cls(**found)

    def query(self, **more: object) -> str:
        """As a query string, without the filters that are not set; `more` is added to it."""
        plain = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        if self.clock is Clock.PUBLISHED:
            del plain["clock"]
        plain |= {name: _plain(value) for name, value in more.items()}
        return urlencode({name: value for name, value in plain.items() if value})

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Its filters as fields of a form that chooses the day."""
        plain = ((f.name, _plain(getattr(self, f.name))) for f in fields(self) if f.name not in {"as_of", "clock"})
        return tuple((name, value) for name, value in plain if value)

    def now(self) -> str:
        """As a query string, of today."""
        return replace(self, as_of=None, clock=Clock.PUBLISHED).query()

    @property
    def is_of_statements(self) -> bool:
        """Whether any filter looks at single statements."""
        return any((self.text, self.source, self.outlet, self.side, self.since, self.until, self.act, self.certainty))

    @property
    def is_only_text(self) -> bool:
        """Whether words are all that statements are chosen by."""
        return self.is_of_statements and not replace(self, text="").is_of_statements

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.is_of_statements or self.dispute or self.changed)

    def told(self) -> tuple[tuple[str, str, str], ...]:
        """Each filter that is set: its name, itself in words, and the query string without it."""
        found = []
        for name, how in _TOLD.items():
            value = getattr(self, name)
            if value:
                shown = _WORDS[name](value) if name in _WORDS else str(value)
                unset: dict[str, Any] = {name: getattr(Selection(), name)}
                bare = replace(self, **unset)
                found.append((name, how.format(shown), bare.query()))
        return tuple(found)


_TOLD = {
    "text": "holding “{}”",
    "source": "said by {}",
    "outlet": "in {}",
    "side": "side: {}",
    "since": "said on {} or later",
    "until": "said until {}",
    "act": "who {}",
    "certainty": "{}",
    "dispute": "{}",
    "changed": "{}",
}
_WORDS: dict[str, Any] = {
    "since": words.day,
    "until": words.day,
    "act": lambda act: words.ACT[act],
    "certainty": lambda factuality: words.CERTAINTY[factuality],
    "dispute": lambda dispute: {
        Dispute.DISPUTED: "answers that exclude each other",
        Dispute.TENSION: "answers that pull apart",
        Dispute.MOVED: "a later answer takes an earlier one’s place",
    }[dispute],
    "changed": lambda _: "changed since you last looked",
}


def _day(name: str, value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise BadFilter(f"{value!r} is not a day", where=name, remedy="write it as 2024-03-04") from None


def _of(enumeration: type[enum.StrEnum]) -> Any:
    def read(name: str, value: str) -> enum.StrEnum:
        try:
            return enumeration(value)
        except ValueError:
            some = ", ".join(enumeration)
            raise BadFilter(f"there is no {value!r}", where=name, remedy=f"one of: {some}") from None

    return read


_READ: dict[str, Any] = {
    "since": _day,
    "until": _day,
    "as_of": _day,
    "act": _of(Act),
    "certainty": _of(Factuality),
    "dispute": _of(Dispute),
    "clock": _of(Clock),
    "changed": lambda _, value: value.lower() not in {"0", "false", "no"},
}


def _plain(value: object) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


# ---------------------------------------------------------------- what a selection takes


def selected_statements(desk: Desk, snapshot: Snapshot, selection: Selection) -> frozenset[str] | None:
    """The ids of the statements that it takes; None where it takes all.  Raises BadSearch on words that are none."""
    if not selection.is_of_statements:
        return None
    key = replace(selection, dispute=None, changed=False)
    held = snapshot.selected
    if key not in held:
        taken = _in_words(desk, snapshot, selection)
        tests = _tests(snapshot, selection)
        of = snapshot.statements
        held[key] = frozenset(s for s in taken if all(test(of[s]) for test in tests)) if tests else frozenset(taken)
        while len(held) > HELD:
            held.pop(next(iter(held)), None)
    return held[key]


def _in_words(desk: Desk, snapshot: Snapshot, selection: Selection) -> Collection[str]:
    """Those that hold the words, and those of whoever is called so."""
    text, source = selection.text or None, selection.source or None
    taken: Collection[str] = snapshot.statements.keys()
    if text is not None:
        taken = snapshot.statements.keys() & desk.ask(lambda case: case.ledger.search(text=text))
    if source is not None:
        named = spoken_by(snapshot.comparison, source)
        taken = set(taken) & (desk.ask(lambda case: case.ledger.search(source=source)) | named)
    return taken


def _tests(snapshot: Snapshot, selection: Selection) -> list[Callable[[Statement], bool]]:
    found: list[Callable[[Statement], bool]] = []
    if selection.act is not None:
        found.append(lambda s: s.act is selection.act)
    if selection.certainty is not None:
        found.append(lambda s: s.factuality is selection.certainty)
    if selection.outlet:
        wanted = selection.outlet.casefold()
        documents = {d for name, those in snapshot.outlets.items() if wanted in name.casefold() for d in those}
        found.append(lambda s: s.document_id in documents)
    if selection.side:
        found.append(lambda s: snapshot.side_of.get(s.id) == selection.side)
    if selection.since or selection.until:
        first, last = selection.since or datetime.date.min, selection.until or datetime.date.max
        found.append(lambda s: s.said is not None and _meets(s.said, first, last))
    return found


def _meets(said: When, first: datetime.date, last: datetime.date) -> bool:
    """Whether a part of the interval lies within; an unknown one does not."""
    known = said.earliest is not None or said.latest is not None
    return known and (said.latest is None or said.latest >= first) and (said.earliest is None or said.earliest <= last)
