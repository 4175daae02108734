"""What a schema of Postgres is made of, told from the catalogs, so that two of them can be compared."""

from __future__ import annotations

import re
from typing import Any

from quoth.ledger.postgres.schema import DIALECT, Connection
from quoth.ledger.schema import migrations

Described = dict[tuple[str, str], str]
"""(kind, name) → all that makes a table, view, index, trigger or function what it is."""

_OWN = re.compile(r"\b(quoth|pg_temp(_\d+)?)\.")
_TEMPORARY = "pg_temp"

_TABLES = """
SELECT c.relname AS name, concat_ws(E'\\n',
    (SELECT string_agg(
            concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), l.collname,
                CASE WHEN a.attnotnull THEN 'not null' END, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)),
            E'\\n' ORDER BY a.attnum)
        FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT string_agg(k.conname || ' ' || pg_get_constraintdef(k.oid), E'\\n' ORDER BY k.conname)
        FROM pg_constraint AS k WHERE k.conrelid = c.oid),
    (SELECT string_agg('rule ' || r.rulename, E'\\n' ORDER BY r.rulename)
        FROM pg_rewrite AS r WHERE r.ev_class = c.oid),
    (SELECT 'disabled references' FROM pg_trigger AS t
        WHERE t.tgrelid = c.oid AND t.tgisinternal AND t.tgenabled <> 'O' LIMIT 1),
    CASE WHEN c.relrowsecurity THEN 'row security' END
) AS what FROM pg_class AS c WHERE c.relnamespace = %(schema)s AND c.relkind IN ('r', 'p')
"""
_VIEWS = """
SELECT c.relname AS name, concat(pg_get_viewdef(c.oid, true), c.reloptions) AS what
FROM pg_class AS c WHERE c.relnamespace = %(schema)s AND c.relkind = 'v'
"""
_INDEXES = """
SELECT c.relname AS name, concat(pg_get_indexdef(c.oid, 0, true), ' ', i.indisvalid) AS what
FROM pg_class AS c JOIN pg_index AS i ON i.indexrelid = c.oid WHERE c.relnamespace = %(schema)s
"""
_TRIGGERS = """
SELECT t.tgname AS name,
    concat_ws(' ', c.relname, p.proname, t.tgtype, t.tgenabled, t.tgargs, pg_get_triggerdef(t.oid, true)) AS what
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
WHERE c.relnamespace = %(schema)s AND NOT t.tgisinternal
"""
_FUNCTIONS = """
SELECT p.proname AS name,
    concat_ws(' ', l.lanname, p.prosecdef, p.provolatile, p.proconfig, pg_get_function_arguments(p.oid), p.prosrc)
    AS what
FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang WHERE p.pronamespace = %(schema)s
"""
_KINDS = {"table": _TABLES, "view": _VIEWS, "index": _INDEXES, "trigger": _TRIGGERS, "function": _FUNCTIONS}


def described(connection: Connection) -> Described:
    """The schema quoth of this database."""
    return _described(connection, "quoth", "to_regnamespace('quoth')")


def expected(connection: Connection, version: int) -> Described:
    """The schema as the migrations make it, told by the same server: made of temporary tables, and undone at once.

    Raises psycopg's InsufficientPrivilege or ReadOnlySqlTransaction where no temporary table may be made.
    """
    connection.execute("BEGIN READ WRITE")
    try:
        connection.execute(f"SET LOCAL search_path = {_TEMPORARY}")
        for migration in migrations(DIALECT)[:version]:
            connection.execute(_OWN.sub(f"{_TEMPORARY}.", migration.sql))
        return _described(connection, _TEMPORARY, "pg_my_temp_schema()")
    finally:
        if not connection.closed:
            connection.execute("ROLLBACK")


def _described(connection: Connection, path: str, schema: str) -> Described:
    """Names are printed without their schema, for it is the only one that is looked into."""
    connection.execute(f"SET LOCAL search_path = {path}")
    values: dict[str, Any] = {"schema": connection.execute(f"SELECT {schema}::oid AS o").fetchall()[0]["o"]}
    return {
        (kind, row["name"]): _OWN.sub("", row["what"])
        for kind, sql in _KINDS.items()
        for row in connection.execute(sql, values).fetchall()
    }
