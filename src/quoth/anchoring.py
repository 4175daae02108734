"""A time stamp over the head of a case, asked for over the network or by files.

No transaction is open while the network is waited for: others write meanwhile, and what cannot be had leaves the case
as it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quoth.errors import BadAnswer
from quoth.ledger.stamps import BadStamp, checked, request_for, stamp_of

if TYPE_CHECKING:
    from quoth.acquire.web import Terms
    from quoth.ledger import AnchorRecord, Ledger
    from quoth.model import Head

SECONDS = 20.0
"""That an authority may take, all together."""
BYTES = 100_000
"""That its answer may have."""

_ASKED = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def anchor(ledger: Ledger, url: str, *, terms: Terms, trusted: bytes | None = None) -> AnchorRecord:
    """Ask the authority at `url` for a stamp over the head as it is, check the answer, and write it down.

    `trusted`: certificates (PEM) under one of which it has to be signed.  Raises NoStamps without the library,
    the errors of `quoth.acquire.web` where no answer comes, and BadStamp on one that does not prove what was asked for.
    """
    head = ledger.head()
    request = request_for(head.line)
    answer = _asked(url, request.der, terms)
    checked(answer, head.line, nonce=request.nonce, trusted=trusted)
    return ledger.anchor(head, answer, url=url)


def request(ledger: Ledger) -> tuple[Head, bytes]:
    """The head as it is, and a request (TimeStampReq, DER) over it for somebody who has a network."""
    head = ledger.head()
    return head, request_for(head.line).der


def answered(ledger: Ledger, answer: bytes, *, trusted: bytes | None = None) -> AnchorRecord:
    """Write down an answer that came as a file, over the head of today or an earlier one.

    That it repeats the number of a request is not asked: an older stamp over the same head proves no less.
    """
    stamp = stamp_of(answer)
    head = ledger.head_of(stamp.of)
    if head is None:
        raise BadStamp("the time stamp is over no head that this case has or had", where=ledger.where)
    checked(answer, head.line, trusted=trusted)
    return ledger.anchor(head, answer)


def _asked(url: str, request: bytes, terms: Terms) -> bytes:
    from quoth.acquire.web.exchange import Wire
    from quoth.acquire.web.urls import parse_url

    terms = replace(terms, whole=SECONDS, decoded=BYTES)
    answer = Wire(terms).ask(parse_url(url), _ASKED, sent=BYTES, posted=request)
    if answer.status != 200:
        raise BadAnswer(
            f"the time-stamping authority answers with status {answer.status}",
            where=url,
            remedy="check the address, or try again later; the case is as it was",
        )
    return answer.body
