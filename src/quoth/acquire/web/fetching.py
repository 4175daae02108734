"""One page with all that leads to it: robots.txt, turns, redirections, cookies on the way, waiting when asked to."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from quoth.acquire.web.exchange import Answer, Wire
from quoth.acquire.web.pace import Pace
from quoth.acquire.web.robots import Robots
from quoth.acquire.web.urls import Url, parse_url, without_credentials
from quoth.errors import BadAnswer, QuothError
from quoth.model import Fetch

REDIRECTIONS = (301, 302, 303, 307, 308)
PATIENCE = 1
"""How often a page is asked for again after its server asked to wait."""

MOST_COOKIES = 50
LONGEST_COOKIE = 4_096

_LOOK = "look at it in a browser"
_MEANINGS = {
    401: ("it is behind a login (status 401)", "log in with a browser, save the page, and add the file"),
    402: ("it is behind a payment (status 402)", "open it in a browser, save it, and add the file"),
    403: ("its server refuses it to Quoth (status 403)", "open it in a browser, save it, and add the file"),
    404: ("there is no such page (status 404)", "check the address; an archive of the web may have it"),
    410: ("the page was taken down (status 410)", "an archive of the web may have it"),
    429: ("its server asks for fewer requests (status 429)", "try again later"),
    451: ("it is withheld for legal reasons (status 451)", "an archive of the web may have it"),
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to the address asked for, after all redirections, and when it came (UTC)."""

    asked: Url
    answer: Answer
    retrieved: datetime.datetime

    @property
    def unchanged(self) -> bool:
        return self.answer.status == 304

    def record(self, sha256: str | None) -> Fetch:
        """The row of the ledger; `sha256` of the body, where there is one."""
        header = self.answer.header
        return Fetch(
            url=str(self.asked), answered=str(self.answer.url), status=self.answer.status, retrieved=self.retrieved,
            sha256=sha256, etag=header("etag"), last_modified=header("last-modified"),
            content_type=header("content-type"),
        )  # fmt: skip


class Fetching:
    """Fetches pages politely; for several threads."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self._pace = Pace(wire.stop)
        self._robots = Robots(lambda url: self._turn(url, {}, wire.terms.pause))

    def fetch(self, url: Url, known: Fetch | None = None) -> Fetched:
        """The page at `url`, of any status but a redirection; unchanged since `known`, if the server says so.

        Raises the errors of `Wire.ask`, RobotsForbid, BadAddress, and BadAnswer on a redirection that leads nowhere.
        """
        place, cookies = url, dict[str, dict[str, str]]()
        seen = set[tuple[str, str]]()
        for _ in range(self.wire.terms.redirects + 1):
            cookie = "; ".join(f"{name}={value}" for name, value in cookies.get(place.host, {}).items())
            if (str(place), cookie) in seen:
                raise BadAnswer("it redirects in a circle", where=str(url), remedy=_LOOK)
            seen.add((str(place), cookie))
            answer = self._patiently(place, _conditions(place, known) | ({"Cookie": cookie} if cookie else {}))
            if answer.status not in REDIRECTIONS:
                if answer.status == 304 and (known is None or known.answered != str(place)):
                    raise BadAnswer(
                        "it says that nothing changed, unasked (status 304)", where=str(url), remedy="try again later"
                    )
                return Fetched(url, answer, datetime.datetime.now(datetime.UTC))
            _keep_cookies(answer, cookies.setdefault(place.host, {}))
            place = _target(answer, url)
        raise BadAnswer(
            f"it redirects more than {self.wire.terms.redirects} times",
            where=str(url),
            remedy=_LOOK,
        )

    def _patiently(self, place: Url, headers: dict[str, str]) -> Answer:
        terms = self.wire.terms
        for attempt in range(PATIENCE + 1):
            rules = self._robots.of(place)
            rules.check(place)
            answer = self._turn(place, headers, max(terms.pause, min(rules.delay, terms.longest_pause)))
            if answer.status not in (429, 503):
                return answer
            seconds = _retry_after(answer)
            if seconds is None or attempt == PATIENCE:
                return answer
            if seconds > terms.longest_wait:
                raise BadAnswer(
                    f"its server asks to come back in {_lasting(seconds)} (status {answer.status})",
                    where=str(place), remedy="try again then",
                )  # fmt: skip
            self._pace.wait(seconds)
        raise AssertionError("the last attempt returns")

    def _turn(self, place: Url, headers: dict[str, str], pause: float) -> Answer:
        with self._pace.turn(place.host, pause):
            return self.wire.ask(place, headers)


def status_error(fetched: Fetched) -> QuothError | None:
    """The error that an answer's status means; None where it brings what was asked for."""
    status = fetched.answer.status
    if status in (200, 203, 304):
        return None
    if status in _MEANINGS:
        what, remedy = _MEANINGS[status]
    elif status >= 500:
        what, remedy = f"its server failed (status {status})", "try again later"
    else:
        what, remedy = f"its server answered with status {status} and no page", _LOOK
    return BadAnswer(what, where=str(fetched.asked), remedy=remedy)


def _target(answer: Answer, asked: Url) -> Url:
    location = answer.header("location")
    if not location:
        raise BadAnswer(
            f"it redirects nowhere (status {answer.status} without a Location)", where=str(asked), remedy=_LOOK
        )
    try:
        target = parse_url(location.encode("latin-1").decode("utf-8", "replace"), answer.url)
    except QuothError as problem:
        raise BadAnswer(
            f"it redirects to {without_credentials(location[:100])!r}, which is not followed: {problem.what}",
            where=str(asked), remedy=_LOOK,
        ) from None  # fmt: skip
    if answer.url.scheme == "https" and target.scheme == "http":
        raise BadAnswer(
            f"it redirects from https to plain {target}, where anyone on the way could change it",
            where=str(asked), remedy="if you accept that, give that address itself",
        )  # fmt: skip
    return target


def _conditions(place: Url, known: Fetch | None) -> dict[str, str]:
    """What makes the request conditional, where this is the address that answered before."""
    if known is None or known.answered != str(place):
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value and re.fullmatch(r"[\x20-\x7e]{1,500}", value)}


def _keep_cookies(answer: Answer, jar: dict[str, str]) -> None:
    """For the host that set them alone, until the end of this chain of redirections."""
    for name, value in answer.headers:
        if name == "set-cookie" and len(value) <= LONGEST_COOKIE and len(jar) < MOST_COOKIES:
            pair = re.match(r"\s*([\w!#$%&'*+.^`|~-]+)=([\x21-\x3a\x3c-\x7e]*)", value, re.ASCII)
            if pair:
                jar[pair[1]] = pair[2]


def _retry_after(answer: Answer) -> float | None:
    """Seconds to wait, from a number or a date; None where neither is there."""
    text = (answer.header("retry-after") or "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())


def _lasting(seconds: float) -> str:
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
