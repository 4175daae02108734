"""The accounts of a public desk, and who is signed in: a small SQLite file of the desk's own, beside the case."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import secrets
import sqlite3
import stat
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from quoth.errors import QuothError
from quoth.web.guard.passwords import Passwords
from quoth.web.guard.roles import Reader, Role

SUFFIX = "-accounts"
"""What the file is called, behind the name of the case file."""
MARK = 0x51444B31
"""SQLite's application_id of such a file."""
WAIT = 5.0

IDLE = 12 * 3_600.0
"""Seconds without a request after which a session ends."""
ABSOLUTE = 7 * 86_400.0
"""Seconds after which it ends in any case."""
NOTICED = 60.0
"""Seconds between two notes of a session's last use."""
LONGEST_NAME = 64

_SCHEMA = f"""
PRAGMA application_id = {MARK};
CREATE TABLE accounts (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
    created TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    created REAL NOT NULL, used REAL NOT NULL
) STRICT;
CREATE TABLE tokens (
    hash BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    created REAL NOT NULL, ends REAL NOT NULL
) STRICT;
"""


class AccountsError(QuothError):
    """Accounts that cannot be read or kept, or a name that is none or taken."""

    code = "Q523"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    role: Role
    created: datetime.date
    disabled: bool


def accounts_file(case: str | Path, cache: Callable[[], Path]) -> Path:
    """Where the accounts of a case are: beside its file, or, for one on a server, in the user's own folder `cache`."""
    from quoth.ledger import is_address, without_password

    if is_address(case):
        return cache() / "accounts" / sha256(without_password(case).encode()).hexdigest()[:32]
    path = Path(case)
    return path.with_name(path.name + SUFFIX)


def key_of(name: str) -> str:
    """By what two names are one: Ana and ana, composed or not."""
    plain = name.encode("utf-8", "replace").decode()  # a form can hold halves of characters
    return unicodedata.normalize("NFKC", plain).casefold().strip()


def checked_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name).strip()
    if not re.fullmatch(r"[^\W_](?:[\w .'’@+-]*[\w.])?", name) or len(name) > LONGEST_NAME or "  " in name:
        raise AccountsError(
            "a name begins with a letter or digit, and holds letters, digits, blanks and . - ' @ +",
            remedy=f"at most {LONGEST_NAME} characters",
        )
    return name


class Accounts:
    """The file is made, for its owner alone, when the first account is; until then there are none.

    One connection behind a lock, so that it may be used from any thread; another program may use the file meanwhile.
    """

    def __init__(self, path: Path, passwords: Passwords | None = None, *, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self._passwords = passwords
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    # -------------------------------------------------------------- accounts

    def all(self) -> tuple[Account, ...]:
        """By name."""
        with self._reading() as held:
            rows = held.execute("SELECT * FROM accounts ORDER BY key").fetchall() if held else []
        return tuple(map(_account, rows))

    def account(self, name: str) -> Account:
        with self._reading() as held:
            row = self._row(held, name) if held else None
        if row is None:
            raise AccountsError("there is no account of that name", remedy="quoth accounts list shows them")
        return _account(row)

    def has_admin(self) -> bool:
        return any(account.role is Role.ADMIN and not account.disabled for account in self.all())

    def add(self, name: str, role: Role, password: str) -> Account:
        name = checked_name(name)
        hashed = self._hashes.hashed(password, name)
        today = datetime.datetime.fromtimestamp(self._now(), datetime.UTC).date()
        with self._writing() as held:
            if self._row(held, name) is not None:
                raise AccountsError("there is an account of that name already")
            held.execute(
                "INSERT INTO accounts (key, name, hash, role, created) VALUES (?, ?, ?, ?, ?)",
                (key_of(name), name, hashed, role.value, today.isoformat()),
            )
        return Account(name, role, today, False)

    def set_role(self, name: str, role: Role) -> None:
        """From the next request on."""
        self._change(name, "UPDATE accounts SET role = ? WHERE key = ?", role.value)

    def set_password(self, name: str, password: str) -> None:
        """All sessions and tokens of the account end."""
        account = self.account(name)
        hashed = self._hashes.hashed(password, account.name)
        self._change(name, "UPDATE accounts SET hash = ? WHERE key = ?", hashed, ends=True)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """All sessions and tokens of a disabled account end; it can be enabled again."""
        self._change(name, "UPDATE accounts SET disabled = ? WHERE key = ?", int(disabled), ends=True)

    def remove(self, name: str) -> None:
        self._change(name, "DELETE FROM accounts WHERE ? AND key = ?", 1)

    def _change(self, name: str, sql: str, value: object, *, ends: bool = False) -> None:
        with self._writing() as held:
            if self._row(held, name) is None:
                raise AccountsError("there is no account of that name", remedy="quoth accounts list shows them")
            held.execute(sql, (value, key_of(name)))
            if ends:
                for table in ("sessions", "tokens"):
                    held.execute(f"DELETE FROM {table} WHERE account = ?", (key_of(name),))

    # -------------------------------------------------------------- who is signed in

    def verified(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own; it takes the same time where there is none, or it is disabled."""
        with self._reading() as held:
            row = self._row(held, name[: 4 * LONGEST_NAME]) if held else None
        verdict = self._hashes.verified(row["hash"] if row is not None else None, password)
        if not verdict.right or row is None or row["disabled"]:
            return None
        if verdict.anew is not None:
            with self._writing() as held:
                held.execute("UPDATE accounts SET hash = ? WHERE key = ?", (verdict.anew, row["key"]))
        return _account(row)

    def enter(self, name: str) -> str:
        """A new session of an account; only its hash is kept."""
        session, now = secrets.token_urlsafe(32), self._now()
        with self._writing() as held:
            held.execute("DELETE FROM sessions WHERE used < ? OR created < ?", (now - IDLE, now - ABSOLUTE))
            held.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hash(session), key_of(name), now, now))
        return session

    def leave(self, session: str) -> None:
        with self._writing() as held:
            held.execute("DELETE FROM sessions WHERE hash = ?", (_hash(session),))

    def session(self, session: str) -> Reader | None:
        """Whose it is, if it has not ended."""
        now = self._now()
        sql = (
            "SELECT name, role, used FROM sessions JOIN accounts ON account = key "
            "WHERE sessions.hash = ? AND used >= ? AND sessions.created >= ? AND NOT disabled"
        )
        with self._reading() as held:
            row = held.execute(sql, (_hash(session), now - IDLE, now - ABSOLUTE)).fetchone() if held else None
        if row is None:
            return None
        if now - row["used"] > NOTICED:
            with self._writing() as held:
                held.execute("UPDATE sessions SET used = ? WHERE hash = ?", (now, _hash(session)))
        return Reader(row["name"], Role(row["role"]))

    # -------------------------------------------------------------- programs

    def issue(self, name: str, days: int) -> str:
        """A token for a program that asks the JSON interface in an account's name; only its hash is kept."""
        token, now = secrets.token_urlsafe(32), self._now()
        account = self.account(name)
        with self._writing() as held:
            held.execute("DELETE FROM tokens WHERE ends < ?", (now,))
            ends = now + days * 86_400
            held.execute("INSERT INTO tokens VALUES (?, ?, ?, ?)", (_hash(token), key_of(account.name), now, ends))
        return token

    def bearer(self, token: str) -> Reader | None:
        sql = (
            "SELECT name, role FROM tokens JOIN accounts ON account = key "
            "WHERE tokens.hash = ? AND ends >= ? AND NOT disabled"
        )
        with self._reading() as held:
            row = held.execute(sql, (_hash(token), self._now())).fetchone() if held else None
        return Reader(row["name"], Role(row["role"])) if row is not None else None

    # -------------------------------------------------------------- the file

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @property
    def _hashes(self) -> Passwords:
        with self._lock:
            if self._passwords is None:
                self._passwords = Passwords()
            return self._passwords

    def _row(self, held: sqlite3.Connection, name: str) -> sqlite3.Row | None:
        found: sqlite3.Row | None = held.execute("SELECT * FROM accounts WHERE key = ?", (key_of(name),)).fetchone()
        return found

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """None where there is no file."""
        with self._lock, self._told():
            if self._connection is None and not os.path.lexists(self.path):
                yield None
            else:
                yield self._held()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._told():
            held = self._held(new=True)
            held.execute("BEGIN IMMEDIATE")
            try:
                yield held
            except BaseException:
                held.execute("ROLLBACK")
                raise
            held.execute("COMMIT")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            what = f"the accounts cannot be used ({problem})"
            raise AccountsError(what, where=str(self.path), remedy="check the file and its folder") from problem

    def _held(self, *, new: bool = False) -> sqlite3.Connection:
        if self._connection is None:
            made = new and self._make()
            self._check_file()
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=rw",
                uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False,
            )  # fmt: skip
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            if made:
                connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
            elif connection.execute("PRAGMA application_id").fetchone()[0] != MARK:
                connection.close()
                raise AccountsError("this is no file of accounts", where=str(self.path), remedy="move it away")
            self._connection = connection
        return self._connection

    def _make(self) -> bool:
        """An empty file for its owner alone; False where there is one."""
        self.path.parent.mkdir(0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        except FileExistsError:
            return self.path.lstat().st_size == 0
        return True

    def _check_file(self) -> None:
        """Refuses a link, and what others may read or write."""
        found = self.path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise AccountsError("the accounts are no plain file", where=str(self.path), remedy="move it away")
        if found.st_mode & 0o077:
            raise AccountsError(
                "others may read or write the accounts", where=str(self.path),
                remedy="if you trust what is in it: chmod 600; otherwise remove it",
            )  # fmt: skip


def _account(row: sqlite3.Row) -> Account:
    return Account(row["name"], Role(row["role"]), datetime.date.fromisoformat(row["created"]), bool(row["disabled"]))


def _hash(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "replace")).digest()
