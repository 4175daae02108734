"""What is kept comes back as it was, within bounds; what is damaged is as if it were not there."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import quoth
from quoth.read.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "kept.sqlite"


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def test_what_was_put_comes_back_also_in_another_store(path: Path) -> None:
    first = Store(path)
    assert first.get([key(1)]) == {}
    first.put({key(1): b"one", key(2): b""})
    first.put({key(1): b"another"})
    first.close()
    assert Store(path).get([key(1), key(3), key(2), key(1)]) == {key(1): b"another", key(2): b""}


def test_more_keys_than_the_database_takes_at_once(path: Path) -> None:
    store = Store(path)
    values = {key(n): str(n).encode() for n in range(1_700)}
    store.put(values)
    assert store.get(values) == values


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"", b"SQLite format 3\0" + b"\7" * 5_000])
def test_a_file_that_is_no_database_is_made_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = Store(path)
    assert store.get([key(1)]) == {}
    store.put({key(1): b"one"})
    assert Store(path).get([key(1)]) == {key(1): b"one"}


def test_a_file_that_is_damaged_while_it_is_open_gives_nothing_false(path: Path) -> None:
    values = {key(n): str(n).encode() * 500 for n in range(300)}
    store = Store(path)
    store.put(values)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 4096)
    path.write_bytes(data)
    damaged = Store(path)
    found = damaged.get(values)
    assert found.items() <= values.items()
    damaged.put(values)
    assert Store(path).get(values) == values


def test_a_value_that_was_changed_is_not_given(path: Path) -> None:
    store = Store(path)
    store.put({key(1): b"one", key(2): b"two"})
    with sqlite3.connect(path) as connection:
        [(packed,)] = connection.execute("SELECT value FROM kept WHERE key = ?", [key(1)])
        connection.execute("UPDATE kept SET value = ? WHERE key = ?", [packed, key(2)])
    assert store.get([key(1), key(2)]) == {key(1): b"one"}


def test_a_table_of_another_form_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, used INTEGER)")
    Store(path).put({key(1): b"lost"})
    store = Store(path)
    store.put({key(1): b"one"})
    assert store.get([key(1)]) == {key(1): b"one"}


def test_a_directory_that_cannot_be_made_keeps_nothing_and_disturbs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "kept.sqlite")
    store.put({key(1): b"one"})
    assert store.get([key(1)]) == {}


def test_what_was_not_used_for_longest_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    value = random.Random(8).randbytes(1_000)  # cannot be packed
    store = Store(path, largest=10_500)
    for day in range(1, 11):
        monkeypatch.setattr("quoth.read.store._today", lambda day=day: day)
        store.put({key(day): value})
    monkeypatch.setattr("quoth.read.store._today", lambda: 20)
    assert list(store.get([key(1)])) == [key(1)]
    store.put({key(11): value})
    assert sorted(store.get(key(n) for n in range(1, 12))) == [key(1), *(key(n) for n in range(4, 12))]
    assert path.stat().st_size < 200_000


def test_several_processes_keep_in_one_file(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from quoth.read.store import Store\n"
        "store, first = Store(Path(sys.argv[1])), int(sys.argv[2])\n"
        "for n in range(first, first + 40): store.put({n.to_bytes(32, 'big'): str(n).encode()})\n"
    )
    source = str(Path(quoth.__file__).parents[1])
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(path), str(100 * n)], env={"PYTHONPATH": source})
        for n in range(4)
    ]
    assert [process.wait() for process in running] == [0] * 4
    expected = {key(n): str(n).encode() for first in range(0, 400, 100) for n in range(first, first + 40)}
    found = Store(path).get(expected)
    assert found.items() <= expected.items()
    assert len(found) > 100  # one that waits longer than its patience for the others does without


def test_what_is_kept_is_its_owner_s_alone(path: Path) -> None:
    Store(path).put({key(1): b"one"})
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
