"""What requests of the interface have in common: as of when, which part of a list, whether it is known already."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from fastapi import Header, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from quoth.model import Act, Clock, Factuality
from quoth.present.wire import json_text
from quoth.version import __version__
from quoth.web.api.shapes import Count
from quoth.web.desk import desk_of
from quoth.web.selection import Dispute, Selection
from quoth.web.snapshot import Snapshot

T = TypeVar("T")
Line = dict[str, Any]

MOST = 500
"""Things on one page of a list."""
USUAL = 50

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    """Days are written in one way only."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    if isinstance(value, datetime.date):
        return value
    raise ValueError("a day is written as 2024-03-04")


Day = Annotated[datetime.date, BeforeValidator(_day)]
Searched = Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Beginning = Annotated[str, Field(min_length=1, max_length=64, description="an id, or any beginning that only one has")]
Known = Annotated[
    str | None,
    Header(
        alias="If-None-Match", max_length=400, description="the ETag of an earlier answer: 304 where it still holds"
    ),
]


# ---------------------------------------------------------------- parameters


class AsOf(BaseModel):
    """As of when: parameters that every reading operation takes; no others are taken."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(None, description="as things stood at the end of this day; otherwise as they stand")
    clock: Clock = Field(Clock.PUBLISHED, description="which day of a document counts for `as_of`")


class Paged(AsOf):
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to pass over")
    limit: int = Field(USUAL, ge=1, le=MOST, description="how many at most")


class Now(BaseModel):
    """No parameters: what is asked for has no history."""

    model_config = ConfigDict(extra="forbid")

    as_of: ClassVar[None] = None
    clock: ClassVar[Clock] = Clock.PUBLISHED


class PageNow(Now):
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to pass over")
    limit: int = Field(USUAL, ge=1, le=MOST, description="how many at most")


class Selecting(AsOf):
    """The desk's filters (`quoth.web.selection.Selection`); all that are given must hold."""

    text: Searched = Field(
        "", description='words said, in any order; "several words" together, deploy* by its beginning'
    )
    source: Searched = Field("", description="who says it: words of any of the names, in any script")
    outlet: Searched = Field("", description="part of the outlet's name")
    side: Searched = Field("", description="the side declared for whoever says it")
    since: Day | None = Field(None, description="said on this day or later")
    until: Day | None = Field(None, description="said on this day or before")
    act: Act | None = Field(None, description="what is done in saying it")
    certainty: Factuality | None = Field(None, description="how sure the source is")
    dispute: Dispute | None = Field(
        None, description="questions whose answers exclude each other, pull apart, or take each other's place"
    )

    @property
    def selection(self) -> Selection:
        names = ("text", "source", "outlet", "side", "since", "until", "act", "certainty", "dispute", "as_of", "clock")
        return Selection(**{name: getattr(self, name) for name in names})


class SelectedPage(Selecting, Paged):
    """A page of what is selected."""


# ---------------------------------------------------------------- answers


class Page(BaseModel, Generic[T]):
    """A part of a list; `total` counts all of it, `next` is where the next part is."""

    model_config = ConfigDict(extra="forbid")

    items: list[T]
    total: Count
    offset: Count
    limit: Annotated[int, Field(ge=1, le=MOST)]
    next: str | None


def answer(line: Line, status: int = 200, tag: str | None = None) -> Response:
    """One object as the wire writes it."""
    headers = {"Cache-Control": "private, no-cache", **({"ETag": tag} if tag else {})}
    return Response(json_text(line).encode(), status, headers, "application/json")


class Reading:
    """One reading request: the snapshot that it is answered from, and the tag of the answer."""

    def __init__(self, request: Request, asked: AsOf | Now, known: str | None) -> None:
        self.request, self.asked = request, asked
        self.desk = desk_of(request)
        self.snapshot: Snapshot = self.desk.snapshot(asked.as_of, asked.clock)
        self.tag = tag_of(self.snapshot)
        self._known = known

    @property
    def is_known(self) -> bool:
        """Whether whoever asks has this answer already."""
        tags = (tag.strip().removeprefix("W/") for tag in (self._known or "").split(","))
        return self.tag.removeprefix("W/") in tags

    def one(self, line: Callable[[Snapshot], Line]) -> Response:
        return self.unchanged() if self.is_known else answer(line(self.snapshot), tag=self.tag)

    def page(self, things: Callable[[Snapshot], Sequence[T]], line: Callable[[Snapshot, T], Line]) -> Response:
        """The part of the things that is asked for."""
        return self.unchanged() if self.is_known else answer(self._page(things(self.snapshot), line), tag=self.tag)

    def _page(self, things: Sequence[T], line: Callable[[Snapshot, T], Line]) -> Line:
        assert isinstance(self.asked, Paged | PageNow)
        return page_of(self.request, self.asked, things, lambda thing: line(self.snapshot, thing))

    def unchanged(self) -> Response:
        return Response(None, 304, {"ETag": self.tag, "Cache-Control": "private, no-cache"})


class Part(Protocol):
    """Which part of a list is asked for."""

    offset: int
    limit: int

    def model_dump(self, *, mode: str, exclude_defaults: bool) -> Line: ...


def page_of(request: Request, asked: Part, things: Sequence[T], line: Callable[[T], Line]) -> Line:
    """A part of a list with where the next one is."""
    end = asked.offset + asked.limit
    plain = asked.model_dump(mode="json", exclude_defaults=True)
    following = {**plain, "offset": end, "limit": asked.limit}
    return {
        "items": [line(thing) for thing in things[asked.offset : end]],
        "total": len(things),
        "offset": asked.offset,
        "limit": asked.limit,
        "next": f"{request.url.path}?{urlencode(following)}" if end < len(things) else None,
    }


def tag_of(snapshot: Snapshot) -> str:
    """An ETag: another one for another state of the case, another day, or another Quoth."""
    about = f"{__version__} {snapshot.revision} {snapshot.as_of} {snapshot.clock}"
    return f'W/"{hashlib.sha256(about.encode()).hexdigest()[:32]}"'
