"""Check a Quoth case without Quoth: plain Python, nothing to install, nothing is written.

    python3 check_case.py CASE.db [--head SIZE-HEX] [--originals FOLDER]
    python3 check_case.py PROOFS.json [--head SIZE-HEX] [--originals FOLDER]

CASE.db: every row is the one that the log has; the log gives the head; texts have their hashes; the words of every
statement stand where it says.  PROOFS.json, with the folder `texts` beside it: every row in it is one that the head
covers.  Exit status 0: nothing is wrong; 1: something is, and it says what; 2: it cannot be checked.
"""

import argparse
import contextlib
import hashlib
import json
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

TABLES = (
    "migrations", "documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures",
    "fetches", "anchors",
)  # fmt: skip
JOINT = " … "
HEAD = re.compile(r"[1-9]\d{0,17}-[0-9a-f]{64}")


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_of(table: str, row: dict[str, Any]) -> bytes:
    """The hash of a row in the log: of all its columns as canonical JSON, a text by its hash, bytes in hexadecimal."""
    plain = {k: v.hex() if isinstance(v, bytes) else v for k, v in row.items() if (table, k) != ("documents", "text")}
    entry = json.dumps([table, plain], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(b"\0" + entry.encode())


def root_of(peaks: list[bytes]) -> str:
    """Of the whole tree, from the roots of the perfect trees that make it up (RFC 9162)."""
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = sha256(b"\1" + peak + found)
    return found.hex()


def wrong_words(value: Any, text: str) -> Any:
    """Words that a payload has for spans of the text where other words stand."""
    if isinstance(value, list):
        for item in value:
            yield from wrong_words(item, text)
    elif isinstance(value, dict):
        spans = value.get("spans")
        if spans and value.get("text") != JOINT.join(text[span["start"] : span["end"]] for span in spans):
            yield value.get("text")
        yield from wrong_words([inner for name, inner in value.items() if name != "spans"], text)


def check_text(row: dict[str, Any], text: str) -> Any:
    if sha256(text.encode()).hex() != row["text_sha256"]:
        yield f"document {row['id']}: the text does not have the hash that was recorded"


def check_statement(row: dict[str, Any], text: str) -> Any:
    for words in wrong_words(json.loads(row["payload"]), text):
        yield f"statement {row['id']}: other words stand where it has {words!r}"


def check_original(folder: Path, hash_: str) -> Any:
    path = folder / hash_[:2] / hash_
    if re.fullmatch("[0-9a-f]{64}", hash_) and path.is_file() and sha256(path.read_bytes()).hex() != hash_:
        yield f"original {hash_}: its bytes have another hash"


def check_case(path: str, head: str | None, originals: Path) -> Any:
    """Everything that is wrong with a case file; its own head is printed."""
    waiting = Path(f"{path}-wal")
    mode = "ro" if waiting.exists() and waiting.stat().st_size else "ro&immutable=1"
    with contextlib.closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode={mode}", uri=True)) as file:
        file.row_factory = sqlite3.Row
        covered: dict[tuple[str, int], str] = {}
        peaks: list[bytes] = []
        size = 0
        for entry in file.execute("SELECT number, in_table, row, leaf, peak FROM log ORDER BY number"):
            size += 1
            hash_, width = bytes.fromhex(entry["leaf"]), 1
            while width < (size & -size):
                hash_, width = sha256(b"\1" + peaks.pop() + hash_), width * 2
            peaks.append(hash_)
            if (entry["number"], entry["peak"]) != (size, hash_.hex()):
                yield f"log: entry {size} is gone or does not hold the hash that the entries before it give"
                break
            if (entry["in_table"], entry["row"]) in covered:
                yield f"log: entry {size} is a second one for {entry['in_table']} row {entry['row']}"
            covered[entry["in_table"], entry["row"]] = entry["leaf"]
            if head and head.startswith(f"{size}-") and head != f"{size}-{root_of(peaks)}":
                yield f"log: the first {size} entries do not give the head that was expected: the case was rewritten"
        if head and int(head.split("-")[0]) > size:
            yield f"log: it has {size} entries, the head that was expected has more: the case was truncated"
        print(f"{size}-{root_of(peaks)}" if size else "The log is empty")
        texts: dict[str, str] = {}
        for table in TABLES:
            for found in file.execute(f"SELECT * FROM {table} ORDER BY number"):
                row = dict(found)
                if table == "readings":
                    sql = "SELECT statement_id FROM reading_statements WHERE reading_id = ? ORDER BY ordinal"
                    row["statements"] = [item[0] for item in file.execute(sql, (row["id"],))]
                if covered.pop((table, row["number"]), None) != leaf_of(table, row).hex():
                    yield f"{table} {row['id'] if 'id' in row else row['number']}: is not the row that the log has"
                if table == "documents":
                    texts[row["id"]] = row["text"]
                    yield from check_text(row, row["text"])
                    yield from check_original(originals, row["sha256"])
                if table == "statements":
                    yield from check_statement(row, texts.get(row["document_id"], ""))
        for table, number in covered:
            yield f"{table} row {number}: is in the log and gone"


def leads_to(leaf: bytes, number: int, size: int, path: list[str]) -> str:
    """The root that a path of hashes leads to from an entry (RFC 9162, 2.1.3.2)."""
    index, last, hash_ = number - 1, size - 1, leaf
    for step in map(bytes.fromhex, path):
        left = index % 2 == 1 or index == last
        hash_ = sha256(b"\1" + (step + hash_ if left else hash_ + step))
        while left and index and index % 2 == 0:
            index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    return hash_.hex() if not last else ""


def check_proofs(path: str, head: str | None, originals: Path) -> Any:
    """Everything that is wrong with rows taken out of a case with their proofs; the head they lead to is printed."""
    proofs = json.loads(Path(path).read_bytes())
    if not HEAD.fullmatch(proofs["head"]):
        raise ValueError("the head is none")
    size, _, root = proofs["head"].partition("-")
    if head and head != proofs["head"]:
        yield f"the proofs are for the head {proofs['head']}"
    print(proofs["head"])
    texts: dict[str, str] = {}
    for proof in proofs["rows"]:
        table, row = json.loads(proof["entry"])
        if leads_to(sha256(b"\0" + proof["entry"].encode()), proof["number"], int(size), proof["path"]) != root:
            yield f"{table} {row['id']}: is not proven to be in the case of this head"
        if table == "documents":
            name = re.sub("[^0-9a-f]", "", row["text_sha256"])
            texts[row["id"]] = (Path(path).parent / "texts" / f"{name}.txt").read_bytes().decode()
            yield from check_text(row, texts[row["id"]])
            yield from check_original(originals, row["sha256"])
        if table == "statements":
            yield from check_statement(row, texts.get(row["document_id"], ""))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", help="the case file, or the file of proofs")
    parser.add_argument("--head", help="the head that the case had at some time, as it was noted down")
    parser.add_argument("--originals", help="the folder of originals; otherwise the one beside the case")
    given = parser.parse_args()
    head = None if given.head is None else given.head.strip().lower()
    if head is not None and not HEAD.fullmatch(head):
        parser.error("a head is a number, a hyphen and 64 hexadecimal digits")
    check = check_proofs if given.case.endswith(".json") else check_case
    problems = 0
    try:
        for problem in check(given.case, head, Path(given.originals or f"{given.case}-originals")):
            problems += 1
            print("WRONG", problem.encode("unicode_escape").decode())
    except (sqlite3.Error, OSError) as error:
        print(f"cannot be checked: {error}")
        return 2
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"WRONG it does not have the form of a case: {error!r}")
        problems += 1
    print(f"{problems} things are wrong" if problems else "Nothing is wrong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
