"""How both databases go about what the ledger asks of them: by an index wherever one should serve.

Every command that runs is explained.  A question that goes through all rows of a table of evidence, by itself or by an
index without a condition, fails the test unless that is in `WALKS`.  Postgres, which rightly reads a small table whole,
is told to do so only where it has no other way; what it does with a large one, bench/store.py shows.
"""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest
import stories

from quoth.evidence import identified
from quoth.ledger.postgres.database import PostgresDatabase, _placed
from quoth.ledger.sqlite.database import SqliteDatabase
from quoth.model import Act, Factuality, Fetch, JudgementKind

STORIES = 300
"""Of eight statements each, in none of which anything is said that the questions are about."""
JUDGED_STORIES = 60

JUDGED = {"judgements"}
"""Made by hand, one by one; Postgres, which knows how few there are, may read them all once for all statements."""
READ = {"documents", "readings", "reading_statements"} | JUDGED
WALKS = {
    # question: the tables that it goes through, since all of them is what is asked for
    "counts": READ,
    "current": READ,
    "fingerprint": {"documents", "readings"} | JUDGED,
    "addresses": {"documents"},
    "judgements": {"question_judgements"} | JUDGED,
    "fetches": {"fetches"},
    "all statements": READ | {"statements"},
    "all documents": {"documents"},
    "all readings": {"readings"},
    # which names hold the words is asked of each; in Postgres they may be too long for an index that has them in order
    "an outlet": {"documents on Postgres"},
    "documents of an outlet": {"documents on Postgres"},
    "an outlet and an act": {"documents on Postgres"},
    # what of its table was withdrawn
    "withdrawn": {"question_judgements"} | JUDGED,
}
LARGE = frozenset({"documents", "statements", "readings", "reading_statements", "judgements", "question_judgements",
                   "log", "fetches", "documents_search", "statements_search"})  # fmt: skip

DAY = datetime.date(2031, 3, 3)
QUESTIONS = {
    "revision": lambda ledger, *_: ledger.revision(),
    "head": lambda ledger, *_: ledger.head(),
    "counts": lambda ledger, *_: ledger.counts(),
    "current": lambda ledger, *_: ledger.current(),
    "fingerprint": lambda ledger, *_: ledger.fingerprint(),
    "addresses": lambda ledger, *_: ledger.addresses(),
    "is there": lambda ledger, document, _: ledger.has(document.id),
    "is read": lambda ledger, document, reading: ledger.has_reading(document.id, reading.reader),
    "document": lambda ledger, document, _: ledger.document(document.id[:9]),
    "statement": lambda ledger, _, reading: ledger.statement(reading.statements[0].id[:9]),
    "proof": lambda ledger, _, reading: ledger.inclusion("statements", reading.statements[0].id, ledger.head()),
    "a document": lambda ledger, document, _: list(ledger.statements(document=document.id)),
    "in a document": lambda ledger, document, _: list(
        ledger.statements(document=document.id, act=Act.PLAN, text="barges", since=DAY)
    ),
    "a word": lambda ledger, *_: list(ledger.statements(text="barges")),
    "words": lambda ledger, *_: list(ledger.statements(text='"12 barges" lod*')),
    "a source": lambda ledger, *_: list(ledger.statements(source="reka")),
    "an act": lambda ledger, *_: list(ledger.statements(act=Act.PLAN)),
    "a factuality": lambda ledger, *_: list(ledger.statements(factuality=Factuality.PROBABLE)),
    "since a day": lambda ledger, *_: list(ledger.statements(since=DAY)),
    "until a day": lambda ledger, *_: list(ledger.statements(until=DAY)),
    "one day": lambda ledger, *_: list(ledger.statements(since=DAY, until=DAY)),
    "an outlet": lambda ledger, *_: list(ledger.statements(outlet="quay")),
    "an outlet and an act": lambda ledger, *_: list(ledger.statements(outlet="quay", act=Act.PLAN)),
    "search": lambda ledger, *_: ledger.search(text="barges", source="reka"),
    "documents of an outlet": lambda ledger, *_: list(ledger.documents(outlet="quay")),
    "documents with a word": lambda ledger, *_: list(ledger.documents(text="barges")),
    "readings": lambda ledger, document, _: list(ledger.readings(document=document.id)),
    "judgements": lambda ledger, *_: list(ledger.judgements()),
    "fetches": lambda ledger, *_: list(ledger.fetches()),
    "latest fetch": lambda ledger, *_: ledger.latest_fetch("https://quay.example/1"),
    "added": lambda ledger, *_: stories.write(ledger, STORIES),
    "read again": lambda ledger, document, reading: ledger.add(document, dataclasses.replace(reading, reader="new/1")),
    "fetched": lambda ledger, *_: ledger.record_fetch(fetch(1000)),
    "failed": lambda ledger, *_: ledger.record_failure("a.txt", "Q100", "it failed"),
    "judged": lambda ledger, _, reading: ledger.judge(JudgementKind.ACCEPT, reading.statements[0].id, by="ana"),
    "withdrawn": lambda ledger, *_: ledger.judge(JudgementKind.WITHDRAW, next(ledger.judgements()).id, by="ana"),
    "all statements": lambda ledger, *_: next(ledger.statements()),
    "all documents": lambda ledger, *_: next(ledger.documents()),
    "all readings": lambda ledger, *_: next(ledger.readings()),
}  # fmt: skip


def fetch(number):
    moment = datetime.datetime(2031, 3, 3, tzinfo=datetime.UTC) + datetime.timedelta(seconds=number)
    url = f"https://quay.example/{number}"
    return Fetch(url=url, answered=url, status=200, retrieved=moment, sha256=f"{number:064x}")


@pytest.fixture
def large(store, harbour, canal):
    for number in range(STORIES):
        stories.write(store, number)
    for number in range(40):
        store.record_fetch(fetch(number))
    for number in range(JUDGED_STORIES):
        first, second, *_ = stories.story(number)[1].statements
        store.judge(JudgementKind.REJECT, first.id, by="ana")
        store.judge(JudgementKind.CORRECT, second.id, by="ana", correction=changed(second))
    store.add(*harbour)
    store.add(*canal)
    if isinstance(store._database, PostgresDatabase):
        store._database._connection.execute("ANALYZE")
        for way in ("seqscan", "indexscan", "hashjoin", "mergejoin"):
            store._database._connection.execute(f"SET enable_{way} = off")
    return store


def changed(statement):
    return identified(dataclasses.replace(statement, act=Act.CONFIRM))


def through_in_sqlite(database, sql, values):
    """Tables, by what the plan calls them, that are gone through."""
    called = dict(re.findall(r"(\w+) AS (\w+)", sql + views(database)))
    names = {alias: table for table, alias in called.items() if table in LARGE}
    for row in database._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall():
        found = re.match(r"SCAN (\w+)(.*)", row[3])
        if found and "VIRTUAL TABLE" not in found[2] and not found[2].endswith("judgements_that_correct"):
            yield names.get(found[1], found[1])


def views(database):
    rows = database._connection.execute("SELECT sql FROM sqlite_master WHERE type = 'view'").fetchall()
    return " ".join(sql for (sql,) in rows)


def through_in_postgres(database, sql, values):
    (row,) = database._connection.execute(_placed(f"EXPLAIN (FORMAT JSON) {sql}"), values).fetchall()
    waiting = [row["QUERY PLAN"][0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        whole = node["Node Type"] == "Seq Scan" or ("Index" in node["Node Type"] and "Index Cond" not in node)
        if whole and "Relation Name" in node and node.get("Index Name") not in OF_FEW:
            yield node["Relation Name"]


OF_FEW = ("judgements_that_correct", "statements_search_without_words", "documents_search_without_words")
"""Indexes that hold nothing but the rows that are asked for."""


@pytest.fixture
def explained(large, monkeypatch):
    """What asks, and gives the tables that were gone through, each with the SQL that did."""
    database = large._database
    is_sqlite = isinstance(database, SqliteDatabase)
    through = through_in_sqlite if is_sqlite else through_in_postgres
    run = database.all
    found = {}

    def explaining(sql, *values):
        if not END.search(sql):
            found.update((table, sql) for table in through(database, sql, values) if table in LARGE)
        return run(sql, *values)

    def ask(question, *about):
        found.clear()
        with monkeypatch.context() as patch:
            patch.setattr(database, "all", explaining)
            QUESTIONS[question](large, *about)
        allowed = WALKS.get(question, set())
        allowed = allowed if is_sqlite else JUDGED | {table.removesuffix(" on Postgres") for table in allowed}
        return {table: sql for table, sql in found.items() if table not in allowed}

    return ask


END = re.compile(r"max\(number\)|ORDER BY number DESC LIMIT 1$")
"""The row at the end of a numbered table, for which both databases step into its index once."""


def test_nothing_goes_through_a_table_for_what_an_index_finds(explained, harbour):
    wrong = {question: found for question in QUESTIONS if (found := explained(question, *harbour))}
    assert wrong == {}


@pytest.mark.parametrize("table", ["statements", "statements_current"])
def test_a_walk_is_found_out(explained, monkeypatch, table):
    """The test itself sees what it looks for, on either store."""
    sql = f"SELECT id FROM {table} WHERE content = 'x'"
    monkeypatch.setitem(QUESTIONS, "walk", lambda ledger: ledger._database.all(sql))
    assert explained("walk")
