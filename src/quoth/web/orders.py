"""What a form, or a program, asks to be added."""

from __future__ import annotations

import datetime
from pathlib import Path

from quoth.acquire.sent import Sent
from quoth.acquire.web.urls import looks_like_url, parse_url
from quoth.errors import BadAddress, QuothError
from quoth.web.jobs import NothingToAdd, Order
from quoth.web.uploads import Form

GIVEN = ("outlet", "published", "title", "url", "language")
MOST_ADDRESSES = 500
USUAL_LIMIT = 50
"""New pages of a feed or sitemap, unless another number is given."""


class BadField(QuothError):
    """What was filled in does not fit."""

    code = "Q529"


def order_of(form: Form, folder: Path) -> Order:
    """What a form asks to be added.  Raises BadField, BadAddress, NothingToAdd."""
    fields = form.fields
    given = {name: " ".join(fields[name].split())[:2_000] for name in GIVEN if fields.get(name, "").strip()}
    _day(given.get("published"), "the day of publication")
    if (address := given.get("url")) is not None:
        parse_url(address)
    kind = fields.get("kind", "files")
    if kind == "text":
        return Order(sent=_pasted(fields.get("text", ""), folder), given=given, folder=folder)
    if kind == "addresses":
        addresses = fields.get("addresses", "").split()
        for address in addresses:
            if not looks_like_url(address):
                raise BadAddress("this is no address of the web", where=address[:200], remedy="begin it with https://")
            parse_url(address)
        if not addresses:
            raise NothingToAdd("there is no address", remedy="give one on each line")
        if len(addresses) > MOST_ADDRESSES:
            raise BadField(f"more than {MOST_ADDRESSES} addresses at once", remedy="add them in several parts")
        return Order(
            addresses=tuple(dict.fromkeys(addresses)), given=given, folder=folder,
            limit=_limit(fields.get("limit", "")), since=_day(fields.get("since", "").strip() or None, "the first day"),
        )  # fmt: skip
    return Order(sent=tuple(form.sent), left_out=tuple(form.left_out), given=given, folder=folder)


def _pasted(text: str, folder: Path) -> tuple[Sent, ...]:
    if not text.strip():
        raise NothingToAdd("there is no text", remedy="paste the article's words")
    path = folder / "pasted"
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    return (Sent(path, "pasted text"),)


def _day(text: str | None, what: str) -> str | None:
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise BadField(f"{what} is no day", where=str(text)[:40], remedy="write it as 2024-03-04") from None


def _limit(text: str) -> int:
    text = text.strip()
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 10_000):
        raise BadField("how many pages is no number from 1 to 10,000", where=text[:40])
    return int(text[:9]) if text else USUAL_LIMIT
