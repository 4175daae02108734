"""What changes something carries the session's word: in a header, a field, or the first field of a form with files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from quoth.web.guard.csrf import MOST_PEEKED, word_of

Word = Callable[[TestClient], str]


def test_csrf_by_field_and_by_header(inside: TestClient, word: Word) -> None:
    right = word(inside)
    assert inside.post("/take", data={"other": "1", "csrf": right}).json()["whole"] == f"other=1&csrf={right}"
    assert inside.post("/take", json={"a": 1}, headers={"X-Quoth-CSRF": right}).json()["size"] > 5
    assert inside.put("/take", content=b"", headers={"X-Quoth-CSRF": right}).status_code == 200


@pytest.mark.parametrize("given", [None, "", "wrong", "é"])
def test_csrf_wrong_or_none_is_refused(inside: TestClient, given: str | None) -> None:
    data = {"a": "1"} if given is None else {"csrf": given}
    answer = inside.post("/take", data=data)
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert inside.post("/take", data=data, files={"file": b"x"}).status_code == 403
    assert inside.post("/api/v1/take", json=data).json()["error"]["code"] == "Q602"


def test_csrf_word_is_of_one_session(inside: TestClient, browser, link, word: Word) -> None:
    other = browser()
    other.get("/", params={"token": link.token})
    assert word(other) != word(inside)
    assert inside.post("/take", data={"csrf": word(other)}).status_code == 403


def test_csrf_word_does_not_tell_the_cookie(inside: TestClient, word: Word) -> None:
    assert inside.cookies["quoth-8000"] not in word(inside)
    assert word(inside) == word_of(inside.cookies["quoth-8000"])


def test_csrf_in_a_query_or_a_cookie_does_not_count(inside: TestClient, word: Word) -> None:
    right = word(inside)
    inside.cookies.set("csrf", right)
    assert inside.post(f"/take?csrf={right}").status_code == 403


def test_csrf_of_a_form_with_files_is_its_first_field_and_the_rest_comes_through(
    inside: TestClient, word: Word
) -> None:
    right = word(inside)
    data = b"\x00\xff" * 200_000
    answer = inside.post("/take", data={"csrf": right}, files={"file": ("a.txt", data)})
    assert answer.status_code == 200
    assert answer.json()["size"] > len(data)


def _form(*parts: bytes) -> dict[str, object]:
    body = b"".join(b"--B\r\n" + part + b"\r\n" for part in parts) + b"--B--\r\n"
    return {"content": body, "headers": {"Content-Type": "multipart/form-data; boundary=B"}}


NAMED = b'Content-Disposition: form-data; name="csrf"\r\n\r\n'
OTHER = b'Content-Disposition: form-data; name="a"\r\n\r\n1'


def test_csrf_behind_other_fields_of_a_form_with_files_does_not_count(inside: TestClient, word: Word) -> None:
    right = word(inside).encode()
    assert inside.post("/take", **_form(NAMED + right, OTHER)).status_code == 200
    assert inside.post("/take", **_form(OTHER, NAMED + right)).status_code == 403
    file = NAMED.replace(b'"csrf"', b'"csrf"; filename="x"')
    assert inside.post("/take", **_form(file + right)).status_code == 403
    assert inside.post("/take", **_form(NAMED.replace(b"csrf", b"xcsrf") + right)).status_code == 403
    assert inside.post("/take", **_form(b"X: name=csrf\r\n\r\n" + right)).status_code == 403


def test_csrf_a_large_first_field_is_not_read_to_its_end(inside: TestClient) -> None:
    asked = 0

    def body():
        nonlocal asked
        yield b"--B\r\n" + OTHER
        for _ in range(1_000):
            asked += 1
            yield b"x" * 1_000

    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    assert inside.post("/add", content=body(), headers=headers).status_code == 403
    assert MOST_PEEKED < 100_000


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "", "application/json", "application/x-www-form-urlencoded-not"]
)
def test_csrf_other_kinds_of_bodies_need_the_header(inside: TestClient, kind: str, word: Word) -> None:
    right = word(inside)
    answer = inside.post("/take", content=f"csrf={right}", headers={"Content-Type": kind})
    assert answer.status_code == 403


def test_csrf_looking_needs_none(inside: TestClient) -> None:
    assert inside.get("/").status_code == inside.head("/").status_code == 200
