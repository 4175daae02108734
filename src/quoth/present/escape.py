"""Hostile text made safe to show, by medium.  Nothing is dropped: what cannot be shown is shown as an escape."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and line feed, DEL, zero-width and direction controls, line separators, lone
# surrogates, the byte-order mark, interlinear marks and the tag characters that hide text inside text.
# The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them, and they turn nothing round.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~$&@]|(?<=[A-Za-z])(?=://)|(?i:(?<=www)(?=\.))")
_LINE_START = re.compile(r"^(\s*)(?:([#+\-=:!])|(\d+)([.)])(?=\s|$))")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _escape(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point == 0x0D:
        return " "
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def visible(text: str) -> str:
    """Control, direction and zero-width characters as escapes: `\\u202e`.  Tabs and line feeds stay."""
    return _UNSHOWABLE.sub(_escape, text)


def one_line(text: str) -> str:
    """As `visible`, on one line: runs of line breaks and tabs become one space."""
    return visible(_BLANKS.sub(lambda m: " " if "\n" in m[0] else m[0], text).replace("\t", " "))


def markdown(text: str) -> str:
    """Text that Markdown shows as it stands, on one line: no emphasis, link, heading, list, HTML or autolink."""
    escaped = _MARKDOWN.sub(lambda m: "\\" + m[0], one_line(text))
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)


def cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = visible(str(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
