"""When and where an utterance was made, as far as it is known: whether two reports can be of one occasion."""

from __future__ import annotations

from quoth.compare.intervals import Range, days, fresh, intersection
from quoth.model import Basis, DateRange, Document, Statement, When


def known(said: When | None) -> DateRange | None:
    """The range of days of an utterance where something but the publication day tells it."""
    return None if said is None or said.basis is Basis.PUBLICATION else days(said)


def presumed(statement: Statement, document: Document | None) -> DateRange | None:
    """When it was said, if need be by presumption: news is of its day or the days just before."""
    stated = known(statement.said)
    if stated is not None:
        return stated
    by_publication = days(statement.said) if statement.said else None
    if by_publication is not None:
        latest = by_publication[1] or by_publication[0]
    else:
        latest = document.published if document else None
    return fresh(latest)


def common(ranges: list[DateRange]) -> Range | None:
    """The days that lie in every range; everything for no ranges; None when there are none."""
    found: Range | None = (None, None)
    for span in ranges:
        found = intersection(found, span) if found is not None else None
    return found


def narrowest(whens: list[When]) -> When | None:
    """The most precise of several ways in which one occasion is dated; None when none is known."""
    dated = [w for w in whens if days(w) is not None]
    return min(dated, key=_vagueness) if dated else None


def _vagueness(when: When) -> tuple[bool, bool, int, str, str]:
    spread = (when.latest - when.earliest).days if when.earliest and when.latest else 10**7
    return (
        when.basis is Basis.PUBLICATION, when.text is None, spread, str(when.earliest), when.text or "",
    )  # fmt: skip
