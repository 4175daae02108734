"""The filters that every list takes, in one query string: which statements and questions of a case are looked at."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from quoth.errors import QuothError
from quoth.model import Act, Clock, Factuality
from quoth.present import words

if TYPE_CHECKING:
    from quoth.case import Case
    from quoth.web.desk import Desk
    from quoth.web.snapshot import Snapshot


class BadFilter(QuothError):
    """A filter whose value is none."""

    code = "Q510"


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
    wanted: dict[str, Any] = {
        "text": selection.text,
        "source": selection.source,
        "outlet": selection.outlet,
        "since": selection.since,
        "until": selection.until,
        "act": selection.act,
        "factuality": selection.certainty,
    }
    asked = {name: value for name, value in wanted.items() if value}

    def found(case: Case) -> frozenset[str]:
        return case.statement_ids(**asked)

    taken = desk.ask(found) if asked else frozenset(snapshot.statements)
    if selection.side:
        taken &= {s for s, side in snapshot.side_of.items() if side == selection.side}
    return taken & snapshot.statements.keys()
