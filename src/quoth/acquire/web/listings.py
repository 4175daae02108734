"""What feeds, sitemaps and tables have in common: pages, and what is said of them there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from quoth.acquire.metadata import BadValueError, Given, day, language, line
from quoth.acquire.web.urls import Url


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, and what the list says of it; it counts where the page says nothing itself.  `changed`: the last day
    that the list knows of, where it names one."""

    url: Url
    said: Given
    changed: datetime.date | None = None


def said(**values: str | None) -> Given:
    """What a list says, under the names of `Given`; what does not fit is left out."""
    readers = {"published": day, "updated": day, "language": language}
    found = {}
    for field, value in values.items():
        try:
            read = readers.get(field, line)(value) if value else None
        except BadValueError:
            continue
        if read:
            found[field] = read
    return Given(**found)  # type: ignore[arg-type]  # each field has its reader's type
