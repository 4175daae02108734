"""Files that were sent: under their own names, which are no paths, with what a side file says of them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from quoth.acquire.sent import Sent, acquiring
from quoth.errors import QuothError, UnreadableInput
from quoth.model import Document

ARTICLE = b"Ana Dorn said that 3 ferries sank.\n"


def sent(folder: Path, **files: bytes) -> list[Sent]:
    """Files of these names ("_" for "."), under numbers."""
    made = []
    for number, (name, data) in enumerate(files.items()):
        path = folder / str(number)
        path.write_bytes(data)
        made.append(Sent(path, name.replace("_", ".")))
    return made


def all_of(files: list[Sent]) -> list[object]:
    acquire = acquiring(files)
    return [found for one in files for found in acquire(one.path)]


def told(found: object) -> tuple[str, str]:
    error = found.error  # type: ignore[attr-defined]
    assert isinstance(error, QuothError)
    return found.where, error.what  # type: ignore[attr-defined]


def test_sent_files_have_the_names_they_came_with(tmp_path: Path) -> None:
    files = sent(tmp_path, a_txt=ARTICLE, b_html=b"<p>Ana Dorn said that it sank.</p>", c_txt_gz=gzip.compress(ARTICLE))
    found = all_of(files)
    assert [document.file for document in found if isinstance(document, Document)] == ["a.txt", "b.html", "c.txt.gz"]
    assert str(tmp_path) not in repr(found)


@pytest.mark.parametrize("name", ["/etc/passwd", "../x.txt", "", "a\x00.txt"])
def test_sent_names_are_no_paths(tmp_path: Path, name: str) -> None:
    path = tmp_path / "0"
    path.write_bytes(ARTICLE)
    (document,) = acquiring([Sent(path, name)])(path)
    assert isinstance(document, Document)
    assert document.text.startswith("Ana Dorn")


def test_sent_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_bytes(ARTICLE)
    acquire = acquiring(sent(tmp_path, a_txt=ARTICLE))
    for path in (tmp_path / "other.txt", Path("/etc/passwd"), "-", tmp_path):
        with pytest.raises(UnreadableInput, match="no file of that name was sent"):
            list(acquire(path))


def test_sent_side_file_tells_of_the_others_wherever_it_stands(tmp_path: Path) -> None:
    side = b'[{"file": "a.txt", "outlet": "The Courier", "published": "2031-03-04"}, {"outlet": "nobody"}]'
    for files in ({"a_txt": ARTICLE, "documents_json": side}, {"documents_json": side, "a_txt": ARTICLE}):
        found = all_of(sent(tmp_path, **files))
        (document,) = [one for one in found if isinstance(one, Document)]
        assert (document.outlet, str(document.published)) == ("The Courier", "2031-03-04")
        assert [told(one) for one in found if one is not document] == [("documents.json", "entry 2 names no file")]


def test_sent_side_file_that_is_none_is_told(tmp_path: Path) -> None:
    found = all_of(sent(tmp_path, documents_json=b"{", a_txt=ARTICLE))
    assert told(found[0])[0] == "documents.json"
    assert isinstance(found[1], Document)


def test_sent_tables(tmp_path: Path) -> None:
    articles = b"title,text,url\nOne,Ana Dorn said that it sank in the harbour.,https://a.example/1\n"
    (document,) = all_of(sent(tmp_path, t_csv=articles))
    assert isinstance(document, Document)
    assert document.title == "One"
    (failed,) = all_of(sent(tmp_path, u_csv=b"url\nhttps://a.example/1\nhttps://a.example/2\n"))
    assert told(failed) == ("u.csv", "a table of 2 addresses and no articles")


def test_sent_what_is_not_read_is_told(tmp_path: Path) -> None:
    found = all_of(sent(tmp_path, a_docx=b"x", b_zip=b"x"))
    assert [told(one) for one in found] == [
        ("a.docx", ".docx files are not read"),
        ("b.zip", ".zip files are not read"),
    ]
    remedies = [one.error.remedy for one in found]  # type: ignore[attr-defined]
    assert remedies == ["save the article as .txt, .html or .pdf", "unpack it, and send what is in it"]
    gone = sent(tmp_path, a_txt=ARTICLE)
    gone[0].path.unlink()
    assert told(all_of(gone)[0]) == ("a.txt", "there is no such file")
