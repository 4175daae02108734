"""Tables of articles, and of where articles are, in the shapes that archives give them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from quoth.acquire import Failure, acquire
from quoth.acquire.tables import read_table
from quoth.errors import BadListing
from quoth.model import Document

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman said."
A = "https://post.example/a"


def rows(text: str) -> list[dict[str, str]]:
    return [record.fields for record in read_table(text, "x.csv").rows()]


def gkg(url: str = A) -> str:
    cells = ["20310506101500-17", "20310506101500", "1", "post.example", url, *[""] * 22]
    cells[5] = 'a;"b'
    return "\t".join(cells)


def event(url: str = A) -> str:
    return "\t".join(["1234567890", "20310504", *["x"] * 57, "20310506101500", url])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (f"url,title\n{A},Quay", {"url": A, "title": "Quay"}),
        (f"url;title\n{A};Quay, closed", {"url": A, "title": "Quay, closed"}),
        (f'\tTitle\tLINK\n1\tQuay\t{A}\n', {"Title": "Quay", "LINK": A}),
        (f'title,url\n"Quay\nto ""close""",{A}\n', {"title": 'Quay\nto "close"', "url": A}),
        (f"url,a,b\n{A}\n", {"url": A}),
        (f"url\n{A},more,than,it,should\n", {"url": A}),
        (f"url\r\n\r\n{A}\r\n", {"url": A}),
        (f"{A}\n", {"url": A}),
        (f"12,{A},x\n", {"url": A}),
        (gkg() + "\n", {"date": "20310506101500", "sourcecommonname": "post.example", "documentidentifier": A}),
        (event() + "\n", {"dateadded": "20310506101500", "sourceurl": A}),
        (f"GKGRECORDID\tV2.1DATE\tDocumentIdentifier\n1\t20310506101500\t{A}\n",
         {"GKGRECORDID": "1", "V2.1DATE": "20310506101500", "DocumentIdentifier": A}),
    ],
)  # fmt: skip
def test_tables_of_addresses_by_their_columns(text: str, fields: dict[str, str]) -> None:
    assert rows(text) == [fields]
    assert not read_table(text, "x.csv").holds_articles


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"), ("\n\n", "empty"), ("a,b\n1,2\n", "no column holds"), ('"' + "x" * 11_000_000, "no table"),
        ("\0\0,\0\n", "no column|no table"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_told(text: str, what: str) -> None:
    with pytest.raises(BadListing, match=what):
        read_table(text, "x.csv")


def test_a_table_with_texts_is_articles_and_needs_no_network(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(
        f'url,title,publish_date,media_name,language,text\n{A},Quay,2031-05-06,Marvik Post,en,"{PROSE}"\n'
        f"https://post.example/b,Other,,,,{PROSE.replace(',', ';')}\n,,,,,\n{A},Empty,,,,\n",
        encoding="utf-8",
    )
    first, second, third = acquire(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (first.text, first.title, first.url, first.outlet) == (PROSE, "Quay", A, "Marvik Post")
    assert (first.published, first.file) == (datetime.date(2031, 5, 6), "articles.csv#1")
    assert second.file == "articles.csv#2"
    assert [note.code for note in third.notes][:1] == ["no-text"]


def test_tables_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"url\n{A}\n")
    (tmp_path / "a.txt").write_text(PROSE)
    [document] = acquire(tmp_path)
    assert isinstance(document, Document)


def test_a_table_that_is_none_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\x89PNG\r\n\x1a\n")
    [failure] = acquire(tmp_path / "a.tsv")
    assert isinstance(failure, Failure)
    assert "PNG" in failure.error.what
