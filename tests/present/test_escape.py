from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.present import escape

ANY = st.text(st.characters(exclude_categories=()))
DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
        ("a\u202egnp.exe", "a\\u202egnp.exe"),
        ("\x00\x07\x9b", "\\u0000\\u0007\\u009b"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("می\u200cخواهم 👩\u200d🚀\tנכון\n", "می\u200cخواهم 👩\u200d🚀\tנכון\n"),
    ],
)
def test_visible_shows_what_cannot_be_shown_as_escapes(raw, shown):
    assert escape.visible(raw) == shown


@given(ANY)
def test_one_line_is_one_line_that_any_terminal_and_encoder_takes(text):
    line = escape.one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in line)
    assert not set(line) & set(DIRECTION)
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("[link](javascript:x)", "\\[link\\](javascript:x)"),
        ("<script>", "\\<script\\>"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("2.5 million", "2.5 million"),
        ("see https://evil.example and www.evil.example", "see https\\://evil.example and www\\.evil.example"),
        ("a | b", "a \\| b"),
        ("&lt;b&gt;", "\\&lt;b\\&gt;"),
        ("10-12 June, no. 5!", "10-12 June, no. 5!"),
        ("two\n\nlines", "two lines"),
    ],
)
def test_markdown(raw, escaped):
    assert escape.markdown(raw) == escaped


@given(ANY)
def test_markdown_leaves_no_active_character_unescaped(text):
    bare = re.sub(r"\\.", "", escape.markdown(text))
    assert not set(bare) & set("`*_{}[]<>|~$&@\\")
    assert "://" not in bare


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_cell_is_no_formula(formula):
    assert escape.cell(formula).startswith("'")


def test_cell_leaves_the_rest_alone():
    assert [escape.cell(v) for v in ("a=b", -3, 2.5, None, "")] == ["a=b", "-3", "2.5", "", ""]
