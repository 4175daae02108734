"""Accounts: an admin adds, changes and disables them; everybody changes their own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from quoth.errors import QuothError
from quoth.web.guard import Forbidden, Reader, Role, guard_of, reader_of, require
from quoth.web.guard.accounts import Accounts, AccountsError, key_of
from quoth.web.guard.entry import keep_session
from quoth.web.guard.passwords import BadPassword
from quoth.web.rendering import page, see_other

router = APIRouter()

DONE = {
    "added": "The account was added.",
    "role": "The role was changed; it holds from the next page on.",
    "password": "The password was set; all sessions of that account have ended.",
    "own": "Your password was changed; your other sessions have ended.",
    "disabled": "The account is disabled; its sessions have ended.",
    "enabled": "The account can be used again.",
}

Field = Annotated[str, Form()]


class WrongPassword(QuothError):
    """One's own password, told wrongly."""

    code = "Q527"


@router.get("/accounts")
def accounts(request: Request, done: str = "") -> Response:
    return _shown(request, reader_of(request), done=DONE.get(done))


@router.post("/accounts")
def add(
    request: Request, name: Field = "", role: Field = "reader", password: Field = "", again: Field = ""
) -> Response:
    admin = require(request, Role.ADMIN)
    try:
        guard_of(request).accounts.add(name, _role(role), _same(password, again))
    except (AccountsError, BadPassword) as wrong:
        return _shown(request, admin, wrong=wrong, of="add", name=name[:200], role=role)
    return see_other("/accounts?done=added")


@router.post("/accounts/role")
def role(request: Request, name: Field = "", role: Field = "") -> Response:
    return _changed(request, name, "role", lambda held: held.set_role(name, _role(role)))


@router.post("/accounts/password")
def password(request: Request, name: Field = "", password: Field = "", again: Field = "") -> Response:
    return _changed(request, name, "password", lambda held: held.set_password(name, _same(password, again)))


@router.post("/accounts/disable")
def disable(request: Request, name: Field = "") -> Response:
    return _changed(request, name, "disabled", lambda held: held.set_disabled(name, True))


@router.post("/accounts/enable")
def enable(request: Request, name: Field = "") -> Response:
    return _changed(request, name, "enabled", lambda held: held.set_disabled(name, False))


@router.post("/accounts/own")
def own(request: Request, present: Field = "", password: Field = "", again: Field = "") -> Response:
    """One's own password; the present one is asked for, so that an open page is not enough."""
    reader, guard = reader_of(request), guard_of(request)
    if not guard.policy.public:
        raise Forbidden("a desk of one person has no passwords")
    named = key_of(reader.name)
    try:
        if guard.by_name.attempt(named) > 0:
            raise WrongPassword("there were too many wrong passwords", remedy="try again in a minute")
        if guard.accounts.verified(reader.name, present) is None:
            raise WrongPassword("your present password is another one")
        guard.by_name.succeeded(named)
        guard.accounts.set_password(reader.name, _same(password, again))
    except (AccountsError, BadPassword, WrongPassword) as wrong:
        return _shown(request, reader, wrong=wrong, of="own")
    answer = see_other("/accounts?done=own")
    keep_session(answer, guard.policy, guard.accounts.enter(reader.name))
    return answer


def _changed(request: Request, name: str, done: str, change: Callable[[Accounts], None]) -> Response:
    admin = require(request, Role.ADMIN)
    guard = guard_of(request)
    try:
        if guard.policy.public and key_of(name) == key_of(admin.name):
            raise AccountsError("nobody changes their own account here", remedy="ask another admin")
        change(guard.accounts)
    except (AccountsError, BadPassword) as wrong:
        return _shown(request, admin, wrong=wrong, of=done, name=name[:200])
    return see_other(f"/accounts?done={done}")


def _shown(request: Request, reader: Reader, *, wrong: QuothError | None = None, **view: object) -> Response:
    guard = guard_of(request)
    listed = guard.accounts.all() if reader.role >= Role.ADMIN else ()
    view = {"of": "", "name": "", "role": "reader", "done": None, **view}
    return page(
        request, "accounts.html.j2", status=400 if wrong else 200, accounts=listed, roles=list(Role), wrong=wrong,
        is_own=lambda account: guard.policy.public and key_of(account.name) == key_of(reader.name), **view,
    )  # fmt: skip


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise AccountsError("there is no such role") from None


def _same(password: str, again: str) -> str:
    if password != again:
        raise BadPassword("the two passwords are not the same")
    return password
