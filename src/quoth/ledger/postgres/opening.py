"""Connecting to a case on a server: what is refused, and what the connection is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from quoth.errors import LedgerError
from quoth.ledger.postgres.errors import speaking, unreachable
from quoth.ledger.postgres.schema import DIALECT, Connection, version_of
from quoth.ledger.schema import migrations

PATIENCE = 10
"""Seconds to wait for a server that does not answer, unless the address says otherwise (connect_timeout)."""

_MAY_WRITE = """
SELECT NOT pg_is_in_recovery() AND has_table_privilege('quoth.documents', 'INSERT')
    AND NOT current_setting('transaction_read_only')::boolean AS may_write
"""


def connect(address: str, where: str, *, read_only: bool, timeout: float) -> tuple[Connection, bool]:
    """A connection to the case at `address`, and whether it is read only, for want of rights or because it was asked
    for; then it is of today's format.

    Raises LedgerError on a server that cannot be reached, and on a database that is no case, which is left as it was.
    """
    connection = reach(address, where)
    try:
        with speaking(where):
            _tell(connection, where, timeout)
            version = version_of(connection, where)
            old = version < len(migrations(DIALECT))
            if not read_only and (old or _may_write(connection)):
                return connection, False
            if old:
                made = (
                    "holds no case yet" if version == 0 else f"was written by an older Quoth (its format is {version})"
                )
                raise LedgerError(made, where=where, remedy="open it for writing once, to bring it up to date")
            connection.execute("SET default_transaction_read_only = on")
            return connection, True
    except BaseException:
        connection.close()
        raise


def holds_case(address: str, where: str) -> bool:
    """Whether there is a case, of whatever version.  Raises LedgerError where that cannot be told."""
    with speaking(where), reach(address, where) as connection:
        return version_of(connection, where) > 0


def reach(address: str, where: str) -> Connection:
    """Raises LedgerError, which tells no password, when the server cannot be reached or lets nobody in."""
    given = _given(address, where)
    own: dict[str, Any] = {"client_encoding": "utf8", "autocommit": True, "row_factory": dict_row}
    own["connect_timeout"] = given.get("connect_timeout") or PATIENCE
    own["application_name"] = given.get("application_name") or "quoth"
    try:
        return psycopg.connect(address, **own)
    except psycopg.Error as error:
        raise unreachable(error, where) from None


def _given(address: str, where: str) -> dict[str, Any]:
    """What the address says.  Raises LedgerError where it cannot be read, and where libpq would take a part of a
    password that was not escaped for a host, a port or a database, and quote it."""
    try:
        given = conninfo_to_dict(address)
        shown = unquote(where)
        names = ("host", "hostaddr", "port", "user", "dbname")
        if all(part in shown for name in names for part in str(given.get(name, "")).split(",")):
            return given
    except (psycopg.Error, UnicodeEncodeError):  # what is said then may quote the password
        pass
    raise LedgerError(
        "is not an address that Postgres understands",
        where=where,
        remedy="write it as postgresql://USER@HOST:PORT/DATABASE, special characters as %XX",
    )


def _tell(connection: Connection, where: str, timeout: float) -> None:
    """Whatever the server, the user or the address has set otherwise does not change what is read and written."""
    if connection.info.parameter_status("server_encoding") != "UTF8":
        what = f"keeps text as {connection.info.parameter_status('server_encoding')}, and a case needs UTF8"
        raise LedgerError(what, where=where, remedy="make a database with: createdb --encoding=UTF8 NAME")
    connection.execute("SET search_path = quoth, pg_temp")
    connection.execute(f"SET lock_timeout = {max(1, int(timeout * 1000))}")


def _may_write(connection: Connection) -> bool:
    return bool(connection.execute(_MAY_WRITE).fetchall()[0]["may_write"])
