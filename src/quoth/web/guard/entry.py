"""Who comes in: by the printed link, by a session's cookie, or with a token (Bearer).  Others are shown the door."""

from __future__ import annotations

import re
import secrets
from typing import Protocol
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from quoth.web.guard.csrf import SESSION
from quoth.web.guard.link import Link
from quoth.web.guard.plain import is_api, plain_page, refusal
from quoth.web.guard.policy import Policy
from quoth.web.guard.roles import READER, Reader

TOKEN = "token"
"""The parameter of the printed link."""
LOGIN = "/login"
OPEN = re.compile(r"/static/[\w-][\w.-]*\.css")
"""What anybody may have: how the page to sign in looks."""


class Known(Protocol):
    """Whom the desk knows: `Link`, or `Accounts`."""

    def session(self, session: str) -> Reader | None: ...
    def bearer(self, token: str) -> Reader | None: ...


class Entry:
    def __init__(self, app: ASGIApp, policy: Policy, known: Known) -> None:
        self._app = app
        self._policy = policy
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._door(Request(scope), scope)
        await (answer or self._app)(scope, receive, send)

    def _door(self, request: Request, scope: Scope) -> Response | None:
        """None: in, as whom the scope says."""
        scope[READER] = scope[SESSION] = None
        if OPEN.fullmatch(scope["path"]):
            return None
        if (given := request.headers.get("authorization")) is not None:
            return self._with_token(given, scope)
        if isinstance(self._known, Link) and TOKEN in request.query_params and scope["method"] in ("GET", "HEAD"):
            return self._by_link(self._known, request)
        session = request.cookies.get(self._policy.cookie)
        if session and (reader := self._known.session(session)) is not None:
            scope[READER], scope[SESSION] = reader, session
            return None
        if self._policy.public and scope["path"] == LOGIN:
            return self._at_login(request, scope)
        return self._out(request, scope, session is not None)

    def _with_token(self, given: str, scope: Scope) -> Response | None:
        scheme, _, token = given.partition(" ")
        scope[READER] = self._known.bearer(token.strip()) if scheme.lower() == "bearer" else None
        if scope[READER] is None:
            return refusal(scope, 401, "The token is not right.", WWW_Authenticate="Bearer")
        return None

    def _by_link(self, link: Link, request: Request) -> Response:
        given = request.query_params.getlist(TOKEN)
        if len(given) != 1 or not link.is_token(given[0]):
            return refusal(request.scope, 403, "The link is not right, or the desk was started anew.", _PRINTED)
        answer = RedirectResponse(without_token(request), 303, {"Referrer-Policy": "no-referrer"})
        keep_session(answer, self._policy, link.enter())
        return answer

    def _at_login(self, request: Request, scope: Scope) -> Response | None:
        """The form to sign in is bound to a cookie of its own: nobody can be signed in unawares as somebody else."""
        bound = request.cookies.get(self._policy.entry_cookie)
        scope[SESSION] = bound if bound and len(bound) < 100 else ""
        if scope["method"] in ("GET", "HEAD") and not scope[SESSION]:
            scope[SESSION] = secrets.token_urlsafe(32)
        return None

    def _out(self, request: Request, scope: Scope, had_session: bool) -> Response:
        navigates = scope["method"] == "GET" and not is_api(scope)
        if navigates and not had_session and request.headers.get("sec-fetch-site") == "cross-site":
            # A link in a mail or a chat: the browser keeps strict cookies back.  The page comes again by itself, now
            # from the desk's own, and with them.
            page = plain_page("One moment …", link=here(request), refresh=True)
            return HTMLResponse(page)
        if not self._policy.public:
            return refusal(scope, 401, "This desk is opened by the link that was printed.", _PRINTED)
        if navigates:
            return RedirectResponse(f"{LOGIN}?{urlencode({'next': here(request)})}", 303)
        return refusal(scope, 401, "Nobody is signed in.", "Sign in first.", WWW_Authenticate="Bearer")


_PRINTED = "Open the link that quoth serve printed in the terminal when it was started, with the token at its end."


def keep_session(answer: Response, policy: Policy, session: str) -> None:
    """The cookie of a session, until the browser is closed or the session ends.

    Strict holds for a link that is clicked in a terminal: no page sent the browser there.
    """
    answer.set_cookie(policy.cookie, session, path="/", secure=policy.secure, httponly=True, samesite="strict")


def keep_entry(answer: Response, policy: Policy, bound: str) -> None:
    answer.set_cookie(
        policy.entry_cookie, bound, max_age=3_600, path="/", secure=policy.secure, httponly=True, samesite="strict"
    )


def end_session(answer: Response, policy: Policy) -> None:
    answer.delete_cookie(policy.cookie, path="/", secure=policy.secure, httponly=True, samesite="strict")


def own_path(address: str) -> str:
    """A path of this desk; "/" for everything that a browser would take for another host."""
    if re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f\\]*", address) is None or address.startswith(LOGIN):
        return "/"
    return address


def here(request: Request) -> str:
    """The address that was asked for, without its host."""
    query = request.scope.get("query_string", b"").decode("latin-1")
    return own_path(_path(request) + (f"?{query}" if query else ""))


def without_token(request: Request) -> str:
    query = request.scope.get("query_string", b"").decode("latin-1")
    kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != TOKEN]
    return own_path(_path(request) + (f"?{urlencode(kept)}" if kept else ""))


def _path(request: Request) -> str:
    return quote("/" + str(request.scope["path"]).lstrip("/"), safe="/:@!$&'()*+,;=~-._")
