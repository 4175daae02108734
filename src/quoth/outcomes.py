"""What became of what was added to a case."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from quoth.errors import QuothError


class UnexpectedFault(QuothError):
    """A document on which Quoth itself failed; it is recorded, and the others go on."""

    code = "Q900"


class Outcome(enum.StrEnum):
    NEW = "new"
    READ = "read again"  # it was there, unread or read by another reader
    KNOWN = "already there"
    OFF_TOPIC = "off topic"  # it names no topic of the case, and is kept unread
    FAILED = "failed"
    REMARK = "remark"  # no document: a remark on what one or several of them came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What became of one document, or a remark on where several came from.

    `error` only where it failed; `document_id` None where it never became one; `remarks` say what of it is
    already there, and in what that differs from what was given now.
    """

    where: str
    outcome: Outcome
    document_id: str | None = None
    statements: int = 0
    error: QuothError | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of all that was added, in the order it was done."""

    items: tuple[Item, ...]

    def of(self, outcome: Outcome) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def new(self) -> int:
        return len(self.of(Outcome.NEW))

    @property
    def read_again(self) -> int:
        return len(self.of(Outcome.READ))

    @property
    def known(self) -> int:
        return len(self.of(Outcome.KNOWN))

    @property
    def off_topic(self) -> int:
        """Kept without being read, for they name no topic of the case."""
        return len(self.of(Outcome.OFF_TOPIC))

    @property
    def failed(self) -> tuple[Item, ...]:
        return self.of(Outcome.FAILED)

    @property
    def is_in_vain(self) -> bool:
        """Whether there was something to add and nothing of it could be."""
        return bool(self.failed) and all(item.outcome in (Outcome.FAILED, Outcome.REMARK) for item in self.items)

    @property
    def statements(self) -> int:
        """Statements read in this run."""
        return sum(item.statements for item in self.items)


def fault(error: Exception, doing: str) -> QuothError:
    """The error as one that people meet: Quoth's own as it is, any other as Quoth's fault."""
    if isinstance(error, QuothError):
        return error
    return UnexpectedFault(
        f"Quoth failed while {doing}: {type(error).__name__}: {error}",
        remedy="report this with the document; the other documents are not affected",
    )
