"""Every error a person can meet: what was wrong, where, and what to do about it."""

from __future__ import annotations


class QuothError(Exception):
    """Root of all errors that Quoth raises on purpose.

    `what` says what was wrong, `where` names the file, line or field, `remedy` says what to do.
    """

    code = "Q000"

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{advice}"


class UnreadableInput(QuothError):
    """A file, record or stream that cannot become a document."""

    code = "Q100"


class BadMetadata(QuothError):
    """Metadata (front matter, side file, option) that does not fit."""

    code = "Q101"


class NoReader(QuothError):
    """No reader for a document's language, or a reader that lacks what it needs."""

    code = "Q200"


class BadPipeline(QuothError):
    """Reading components in an order that cannot work."""

    code = "Q201"


class LedgerError(QuothError):
    """A case file that cannot be opened, read or written."""

    code = "Q300"


class SpanMismatch(LedgerError):
    """A span whose words are not those stored: evidence and text have come apart."""

    code = "Q301"


class NotFound(QuothError):
    """An id (or the beginning of one) that names nothing, or more than one thing, in the case."""

    code = "Q400"
