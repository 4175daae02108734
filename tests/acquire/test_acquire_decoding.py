"""Encodings, and metadata values."""

from __future__ import annotations

import datetime

import pytest

from quoth.acquire.decoding import decode
from quoth.acquire.metadata import BadValueError, day, front_matter, language

PROSE = "The mayor of Köln said the façade was “unsafe” — naïvely, perhaps. " * 4


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_other_encodings_are_read_with_a_note(encoding: str) -> None:
    text, notes = decode(PROSE.encode(encoding), "a.txt")
    assert text == PROSE
    assert [note.code for note in notes] == ["encoding"]


@pytest.mark.parametrize("data", [PROSE.encode(), PROSE.encode("utf-8-sig")])
def test_utf8_needs_no_note(data: bytes) -> None:
    assert decode(data, "a.txt") == (PROSE, ())


def test_cyrillic_in_windows_1251_is_recognised() -> None:
    russian = "Совет порта проголосовал во вторник за закрытие северного причала, сказал председатель. " * 5
    assert decode(russian.encode("cp1251"), "a.txt")[0] == russian


def test_central_european_text_in_windows_1250_is_recognised() -> None:
    czech = "Ministr zahraničí řekl, že dohoda bude podepsána příští týden. Žádné další podrobnosti nesdělil. " * 3
    assert decode(czech.encode("cp1250"), "a.txt")[0] == czech


def test_utf8_with_one_broken_byte_stays_utf8() -> None:
    text, notes = decode(PROSE.encode() + b"\xff end", "a.txt")
    assert text == PROSE + "\ufffd end"
    assert [note.code for note in notes] == ["encoding"]


def test_html_says_its_charset() -> None:
    page = '<html><head><meta charset="windows-1250"></head><body>Děčín, Łódź</body></html>'
    assert decode(page.encode("cp1250"), "a.html", html=True)[0] == page


@pytest.mark.parametrize("charset", ["zip", "rot13", "idna", "unicode_escape", "nonsense"])
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    page = f'<html><meta charset="{charset}"><p>caf\xe9 society, they said, was over for good</p></html>'
    assert "society" in decode(page.encode("latin-1"), "a.html", html=True)[0]


@pytest.mark.parametrize(
    "written",
    ["2025-05-28", "2025-05-28T23:59:59-11:00", "20250528", "20250528103000", "2025/05/28", "28 May 2025",
     "May 28, 2025", "Wed, 28 May 2025 10:00:00 GMT", datetime.datetime(2025, 5, 28, 1), datetime.date(2025, 5, 28)],
)  # fmt: skip
def test_days(written: object) -> None:
    assert day(written) == datetime.date(2025, 5, 28)


@pytest.mark.parametrize(
    "written", ["yesterday", "05/06/2025", "2025-13-45", "2025-05-288", 20250528, [], "9" * 99, ""]
)
def test_what_is_no_day(written: object) -> None:
    with pytest.raises(BadValueError):
        day(written)


def test_languages() -> None:
    assert [language(code) for code in ("en-GB", "RU", "Ukrainian", "eng")] == ["en", "ru", "uk", "en"]


@pytest.mark.parametrize(
    "text",
    ["no fence\n", "---\n", "---\nJust a line of prose.\n---\nMore.", "---\n- a\n- b\n---\n", "--- \n\nwords\n---\n"],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text)[1] is None


def test_front_matter_that_is_no_yaml_is_told_and_kept_out_of_the_text() -> None:
    given, span, notes = front_matter("---\ntitle: [a\n---\nWords.")
    assert (given.title, span and (span.start, span.end)) == (None, (0, 17))
    assert [note.code for note in notes] == ["bad-metadata"]


def test_a_day_that_does_not_exist_spoils_only_itself() -> None:
    given, _, notes = front_matter("---\npublished: 2025-02-31\noutlet: Post\n---\nWords.")
    assert (given.published, given.outlet, len(notes)) == (None, "Post", 1)
