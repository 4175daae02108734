"""The head of a case, and an authority's time stamp over it, from the shell: OpenSSL's own authority answers."""

from __future__ import annotations

import json
import sqlite3
import threading
import time

import pytest

import quoth
from quoth.anchoring import SECONDS
from quoth.ledger.stamps import request_for, stamp_of


@pytest.fixture
def path(tmp_path):
    """Articles in no language that is read: what is stamped is the same."""
    path = tmp_path / "case.db"
    with quoth.open(path) as case:
        for number in range(3):
            article = tmp_path / f"{number}.txt"
            article.write_text(f"---\nlanguage: xx\n---\nThe harbour number {number} is shut.")
            case.add(article)
    return path


@pytest.fixture
def stamped(path, run, authority, answering):
    """The case with one time stamp, and its head then."""
    answering.answer = lambda body: (200, authority.answer(body))
    head = run("head").output.strip()
    result = run("anchor", "--tsa", answering.url, "--allow-private", "--ca", str(authority.ca))
    assert result.exit_code == 0, result.output
    assert f"UTC by CN=tsa: {head}" in result.output
    return head


def state(path):
    with quoth.open(path) as case:
        return str(case.head()), case.ledger.revision(), len(list(case.anchors()))


def test_anchor_is_written_down_and_verifies(stamped, path, run, authority):
    assert run("verify", "--expect-head", stamped).exit_code == 0
    told = run("verify", "--ca", str(authority.ca))
    assert told.exit_code == 0
    assert "Who signed was not checked" not in told.output
    assert "Who signed was not checked" in run("verify").output
    with quoth.open(path) as case:
        (anchor,) = case.anchors()
        assert str(anchor.head) == stamped
        assert case.head().size == anchor.head.size + 1


def test_anchor_is_listed(stamped, run):
    (line,) = map(json.loads, run("anchors", "--format", "jsonl").output.splitlines())
    assert (line["head"], line["authority"]) == (stamped, "CN=tsa")
    assert stamp_of(bytes.fromhex(line["response"])).authority == "CN=tsa"
    assert stamped[:10] in run("anchors").output
    assert stamped in run("anchors", "--format", "csv").output


def test_anchor_openssl_verifies_what_is_handed_on(stamped, run, authority, tmp_path):
    (tmp_path / "head.txt").write_text(stamped + "\n")
    (line,) = map(json.loads, run("anchors", "--format", "jsonl").output.splitlines())
    (tmp_path / "head.tsr").write_bytes(bytes.fromhex(line["response"]))
    told = authority.openssl(
        "ts", "-verify", "-data", tmp_path / "head.txt", "-in", tmp_path / "head.tsr", "-CAfile", authority.ca
    )
    assert "Verification: OK" in told


def test_anchor_sends_nothing_but_a_hash(stamped, answering):
    (asked,) = answering.asked
    assert len(asked) < 100
    assert stamped.encode() not in asked


def test_anchor_of_an_authority_that_is_not_trusted(stamped, run, authority):
    other = str(authority.folder / "other.pem")
    result = run("verify", "--ca", other)
    assert result.exit_code == 1
    assert "not signed under" in result.output
    assert run("verify", "--ca", other, "--ca", str(authority.ca)).exit_code == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("root = 'ab' || substr(root, 3)", "is over something else"),
        ("size = 99", "the case was truncated"),
        ("size = size - 1", "do not give"),
        ("stamped_at = '2001-01-01T00:00:00.000000Z'", "the time stamp does not"),
        ("authority = 'CN=eve'", "the time stamp does not"),
        ("response = x'00'", "no time stamp"),
    ],
)
def test_anchor_that_was_altered(stamped, path, run, change, says):
    connection = sqlite3.connect(path)
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'anchors_no_update'").fetchone()
    with connection:
        connection.execute("DROP TRIGGER anchors_no_update")
        connection.execute(f"UPDATE anchors SET {change}")
        connection.execute(sql)
    connection.close()
    result = run("verify")
    assert result.exit_code == 1
    assert says in " ".join(result.output.split())


# ---------------------------------------------------------------- authorities that are not what they should be


def refused(run, answering, *options):
    return run("anchor", "--tsa", answering.url, "--allow-private", *options)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda authority, body: (503, b"later"), "status 503"),
        (lambda authority, body: (301, b""), "status 301"),
        (lambda authority, body: (200, b""), "no time stamp"),
        (lambda authority, body: (200, b"<html>Welcome to our portal</html>"), "no time stamp"),
        (lambda authority, body: (200, bytes(200_000)), "longer than|larger than|more than|too"),
        (lambda authority, body: (200, authority.answer(bytes(30))), "refused"),
        (lambda authority, body: (200, authority.answer(request_for(b"something else").der)), "over something else"),
        (lambda authority, body: (200, authority.answer(body, "expired")), "was not valid when it stamped"),
    ],
)  # fmt: skip
def test_anchor_answers_that_prove_nothing_leave_the_case_as_it_was(path, run, authority, answering, answer, says):
    before = state(path)
    answering.answer = lambda body: answer(authority, body)
    result = refused(run, answering)
    assert result.exit_code == 2
    assert any(part in result.output for part in says.split("|")), result.output
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
    assert state(path) == before
    assert run("verify").exit_code == 0


def test_anchor_an_answer_to_an_earlier_request(path, run, authority, answering):
    with quoth.open(path) as case:
        earlier = authority.answer(request_for(case.head().line).der)
    answering.answer = lambda body: (200, earlier)
    result = refused(run, answering)
    assert result.exit_code == 2
    assert "nonce" in result.output


def test_anchor_signed_under_another_certificate(path, run, authority, answering):
    before = state(path)
    answering.answer = lambda body: (200, authority.answer(body))
    result = refused(run, answering, "--ca", str(authority.folder / "other.pem"))
    assert result.exit_code == 2
    assert "not signed under" in result.output
    assert state(path) == before


def test_anchor_nobody_answers(path, run, answering):
    answering.close()
    result = run("anchor", "--tsa", answering.url, "--allow-private")
    assert result.exit_code == 2
    assert "Error: " in result.output


def test_anchor_goes_to_no_private_address_unasked(run, answering):
    result = run("anchor", "--tsa", answering.url)
    assert result.exit_code == 2
    assert answering.asked == []


def test_anchor_a_slow_authority_holds_up_nobody(path, run, monkeypatch, answering):
    """While it is waited for, others write; then it is given up, and the case holds what the others wrote."""
    monkeypatch.setattr("quoth.anchoring.SECONDS", 0.25)
    begun, wrote = threading.Event(), []

    def slow(body):
        begun.set()
        time.sleep(0.3)
        return 200, b""

    def other():
        begun.wait(5)
        with quoth.open(path) as case:
            case.ledger.record_failure("x.txt", "Q100", "is empty")
        wrote.append(time.monotonic())

    answering.answer = slow
    writer = threading.Thread(target=other)
    writer.start()
    started = time.monotonic()
    result = refused(run, answering)
    ended = time.monotonic()
    writer.join()
    assert result.exit_code == 2
    assert "too long" in result.output or "stopped sending" in result.output
    assert ended - started < 5 < SECONDS
    with quoth.open(path) as case:
        assert len(list(case.failures())) == 4
        assert list(case.anchors()) == []


def test_anchor_no_transaction_is_open_while_the_network_is_waited_for(path, run, authority, answering):
    """Another one writes with no patience at all, in the middle of it, and the head stamped is that of before."""
    with quoth.open(path) as case:
        before = case.head()

    def meanwhile(body):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
        connection.close()
        with quoth.open(path) as case:
            case.ledger.record_failure("x.txt", "Q100", "is empty")
        return 200, authority.answer(body)

    answering.answer = meanwhile
    assert refused(run, answering).exit_code == 0
    with quoth.open(path) as case:
        (anchor,) = case.anchors()
        assert anchor.head == before
        assert case.head().size == before.size + 2
        assert list(case.verify(trusted=authority.ca.read_bytes())) == []


# ---------------------------------------------------------------- by files


def test_anchor_by_files_over_a_head_that_the_case_has_outgrown(path, run, authority, tmp_path):
    asked, answer = tmp_path / "head.tsq", tmp_path / "head.tsr"
    head = run("head").output.strip()
    assert head in run("anchor", "--request", str(asked)).output
    with quoth.open(path) as case:
        case.ledger.record_failure("x.txt", "Q100", "is empty")
    answer.write_bytes(authority.answer(asked.read_bytes()))
    assert head in run("anchor", "--response", str(answer), "--ca", str(authority.ca)).output
    assert "written down before" in run("anchor", "--response", str(answer)).output
    assert run("verify", "--ca", str(authority.ca)).exit_code == 0
    with quoth.open(path) as case:
        (anchor,) = case.anchors()
        assert (str(anchor.head), anchor.url) == (head, None)


def test_anchor_by_a_file_that_is_over_no_head_of_the_case(run, authority, tmp_path):
    answer = tmp_path / "head.tsr"
    answer.write_bytes(authority.answer(request_for(b"1-" + b"0" * 64 + b"\n").der))
    result = run("anchor", "--response", str(answer))
    assert result.exit_code == 2
    assert "over no head that this case has or had" in result.output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "name the authority"),
        (["--request", "a", "--response", "b"], "give one"),
        (["--response", "/nowhere/at/all"], "No such file"),
        (["--tsa", "ftp://tsa.example/"], "ftp"),
        (["--tsa", "https://tsa.example/", "--ca", "/nowhere/at/all"], "No such file"),
    ],
)
def test_anchor_asked_wrongly(run, options, says):
    result = run("anchor", *options)
    assert result.exit_code == 2
    assert says in result.output


def test_anchor_without_the_library(run, monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)
    result = run("anchor", "--request", str(tmp_path / "head.tsq"))
    assert result.exit_code == 2
    assert "pip install 'quoth[anchor]'" in result.output


# ---------------------------------------------------------------- heads from the shell


def test_verify_with_a_head_that_is_none(run):
    result = run("verify", "--expect-head", "12-ab")
    assert result.exit_code == 2
    assert "is no head of a case" in result.output


def test_verify_with_the_head_of_a_larger_case(run):
    result = run("verify", "--expect-head", "5000-" + "a" * 64)
    assert result.exit_code == 1
    assert "where 5000 were expected" in " ".join(result.output.split())


def test_head_is_in_the_brief(path, run):
    head = run("head").output.strip()
    assert head in run("brief").output
    assert head in run("brief", "--format", "md").output


def test_verify_for_somebody_who_has_the_file_alone(stamped, path, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / "theirs.db"
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o444)
    with quoth.open(copy, read_only=True) as case:
        assert list(case.verify(head=stamped)) == []
    assert copy.read_bytes() == path.read_bytes()
    assert [p.name for p in elsewhere.iterdir()] == ["theirs.db"]
