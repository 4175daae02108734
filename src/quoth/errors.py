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


class BadAddress(QuothError):
    """An address of the web that is none, or of a kind that is not fetched."""

    code = "Q110"


class RefusedAddress(QuothError):
    """An address that leads into a private network, or to a port where no pages are served."""

    code = "Q111"


class Unreachable(QuothError):
    """A host that could not be found, reached or trusted, or that broke off."""

    code = "Q112"


class RobotsForbid(QuothError):
    """A page that its site asks robots to leave alone, or whose site could not be asked."""

    code = "Q113"


class BadAnswer(QuothError):
    """An answer that is no page: an error, a redirection that leads nowhere, a damaged or cut body."""

    code = "Q114"


class TooMuch(QuothError):
    """An answer that is too large or too slow."""

    code = "Q115"


class NoArticle(QuothError):
    """A page that shows a login, a consent or a subscription instead of its article, or is no text."""

    code = "Q116"


class BadListing(UnreadableInput):
    """A feed, sitemap, OPML file or table of addresses that cannot be read."""

    code = "Q117"


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
