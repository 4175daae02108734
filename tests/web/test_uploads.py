"""Forms with files: written to disk under numbers, bounded, and damaged ones refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desks import run_apart
from starlette.requests import Request

from quoth.web import uploads
from quoth.web.uploads import BadForm, Form, clean_name, received


def part(name: str, data: bytes, file: str | None = None) -> bytes:
    named = f'; filename="{file}"' if file is not None else ""
    return f'--B\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + data + b"\r\n"


def taken(folder: Path, *parts: bytes, end: bytes = b"--B--\r\n", step: int = 7, largest: int = 1_000) -> Form:
    """The form of these parts, which come in pieces of `step` bytes."""
    body = b"".join(parts) + end
    pieces = [body[at : at + step] for at in range(0, len(body), step)]

    async def receive() -> Any:
        piece = pieces.pop(0) if pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"multipart/form-data; boundary=B")]}
    return run_apart(received(Request(scope, receive), folder, largest=largest))


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_uploads_fields_and_files(tmp_path: Path, step: int) -> None:
    data = bytes(range(256))
    form = taken(tmp_path, part("csrf", b"w"), part("kind", "füße".encode()), part("file", data, "ä b.txt"), step=step)
    assert form.fields == {"csrf": "w", "kind": "füße"}
    (sent,) = form.sent
    assert (sent.name, sent.path.name, sent.path.read_bytes()) == ("ä b.txt", "0000", data)
    assert form.left_out == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.txt", "C:\\x\\y.txt", "a/../../b", "..", ".", "/"]
)
def test_uploads_names_are_no_paths(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    form = taken(folder, part("file", b"x", name))
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["inner", "inner/0000"]
    assert not {"/", "\\"} & set(form.sent[0].name)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("story.txt", "story.txt"),
        ("a/b/story.txt", "story.txt"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\x00\x1b[31m\n\tb.txt", "a[31mb.txt"),
        ("  .hidden  ", "hidden"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("x" * 500 + ".html", "x" * 145 + ".html"),
        ("x" * 500, "x" * 150),
        ("e\u0301.txt", "é.txt"),
        ("<script>.txt", "<script>.txt"),
        ("статья.txt", "статья.txt"),
    ],
)
def test_uploads_names_as_they_are_told(given: str, told: str) -> None:
    assert clean_name(given) == told


def test_uploads_what_is_too_large_or_empty_is_told_and_the_others_are_taken(tmp_path: Path) -> None:
    form = taken(
        tmp_path, part("file", b"x" * 1_001, "big.txt"), part("file", b"", "none.txt"), part("file", b"y", "b.txt")
    )
    assert [sent.name for sent in form.sent] == ["b.txt"]
    assert form.left_out == [("big.txt", "it is larger than 0 MB"), ("none.txt", "it is empty")]
    assert [path.name for path in tmp_path.iterdir()] == [form.sent[0].path.name]


def test_uploads_a_field_for_files_in_which_none_was_chosen(tmp_path: Path) -> None:
    form = taken(tmp_path, part("file", b"", ""))
    assert (form.sent, form.left_out, form.fields) == ([], [], {})


@pytest.mark.parametrize("end", [b"", b"--B", b"garbage", b'--B\r\nContent-Disposition: form-data; name="a"'])
def test_uploads_that_break_off_are_refused(tmp_path: Path, end: bytes) -> None:
    with pytest.raises(BadForm):
        taken(tmp_path, part("file", b"x", "a.txt"), end=end)


def test_uploads_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadForm, match="damaged"):
        taken(tmp_path, part("x" * 20_000, b"x"), step=100)
    with pytest.raises(BadForm, match="too many fields"):
        taken(tmp_path, *(part(f"f{n}", b"x") for n in range(60)))
    monkeypatch.setattr(uploads, "LARGEST_FIELD", 100)
    with pytest.raises(BadForm, match="a text of more than"):
        taken(tmp_path, part("text", b"x" * 101))
    monkeypatch.setattr(uploads, "MOST_FILES", 3)
    with pytest.raises(BadForm, match="files at once"):
        taken(tmp_path, *(part("file", b"x", f"{n}.txt") for n in range(4)))


def test_uploads_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadForm, match="could not be written"):
        taken(tmp_path / "missing", part("file", b"x", "a.txt"))


def test_uploads_another_kind_of_form_is_refused(tmp_path: Path) -> None:
    async def receive() -> Any:
        return {"type": "http.request", "body": b"a=b"}

    for kind in (b"application/x-www-form-urlencoded", b"multipart/form-data", b""):
        scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}
        with pytest.raises(BadForm):
            run_apart(received(Request(scope, receive), tmp_path))
