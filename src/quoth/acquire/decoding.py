"""Bytes to text: which encoding, what was wrong with it, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from quoth.errors import UnreadableInput
from quoth.model import Note, Span

SAMPLE = 65_536
"""How many bytes are looked at to tell a binary file, or to guess an encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)

_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\r\f\v\x1b")))

_TEXT_CODECS = re.compile(r"cp\d+|iso8859[-_]\d+|koi8[-_]\w|gb\w+|big5\w*|(euc|shift)_\w+|mac_\w+|utf[-_]\d+|tis_620")

_GUESSABLE = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "koi8_u",
    "gb18030", "big5", "shift_jis", "euc_jp", "cp949",
]  # fmt: skip

_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)

_WESTERN = frozenset("áàâãäåæçèéêëìíîïñòóôõöøùúûüßœ¿¡")
_CENTRAL = frozenset("áäąâăćčçďéęěëíîłĺľńňóôöőŕřśšşťţúůüűýźžżß")

_UNTEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

REPLACEMENT = "\ufffd"


def decode(data: bytes, where: str, *, html: bool = False, charset: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The text of `data`, its byte order mark dropped, and a note when it is not plain UTF-8.

    In turn: byte order mark, UTF-8, the `charset` that whoever sent it names, the one that an HTML page declares, a
    guess, UTF-8 with replacements.  A charset that is unknown or does not fit is told in a note.
    Raises UnreadableInput for empty and for binary data.
    """
    if not data.strip():
        raise UnreadableInput("the file is empty", where=where, remedy="give a file that holds an article")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            return text, () if encoding == "utf-8" and REPLACEMENT not in text else (_encoding_note(encoding),)
    _refuse_signature(data, where)
    wide = _wide_without_mark(data[:SAMPLE])
    if wide is not None:
        return data.decode(wide, "replace"), (_encoding_note(wide),)
    sent = _known(charset) if charset else None
    wrong = (_unfit_note(charset, "is not known"),) if charset and sent is None else ()
    if sent is not None and not _keeps_ascii(sent):
        try:
            return data.decode(sent), (_encoding_note(sent),)
        except UnicodeDecodeError:
            wrong = (_unfit_note(sent, "does not fit"),)
            sent = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_binary(data, where, allowed=0.02)
    else:
        _refuse_binary(data, where, allowed=0.10)
        if sent not in (None, "utf-8") and not text.isascii():
            wrong = (_unfit_note(str(sent), "does not fit: this is UTF-8"),)
        return text, wrong
    for encoding in filter(None, (sent, _declared(data) if html else None, _guess(data))):
        try:
            return data.decode(encoding), (_encoding_note(encoding), *wrong)
        except UnicodeDecodeError:
            if encoding == sent:
                wrong = (_unfit_note(encoding, "does not fit"),)
    return data.decode("utf-8", "replace"), (
        Note(code="encoding", message="broken UTF-8: what could not be decoded is shown as U+FFFD"), *wrong
    )  # fmt: skip


def is_wide(beginning: bytes) -> bool:
    """Whether a text is in UTF-16 or UTF-32, so that its lines cannot be told by their bytes."""
    marks = tuple(bom for bom, encoding in _BOMS if encoding != "utf-8")
    return beginning.startswith(marks) or _wide_without_mark(beginning) is not None


def without_controls(text: str) -> tuple[str, tuple[Note, ...]]:
    """`text` with NUL, other C0 controls (but tab, line feed, carriage return) and lone surrogates replaced
    one for one by U+FFFD, so that offsets stay; a note says how many, and its span covers the first."""
    found = _UNTEXT.search(text)
    if found is None:
        return text, ()
    clean, count = _UNTEXT.subn(REPLACEMENT, text)
    message = f"{count} control character{'s' if count > 1 else ''} replaced by U+FFFD"
    return clean, (Note(code="replaced-characters", message=message, span=Span(found.start(), found.end())),)


def _encoding_note(encoding: str) -> Note:
    return Note(code="encoding", message=f"read as {encoding}, for it is not plain UTF-8")


def _unfit_note(charset: str, why: str) -> Note:
    return Note(code="encoding", message=f"the charset that the sender names, {charset[:40]!r}, {why}")


def _refuse_signature(data: bytes, where: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            remedy = "unpack it and give the folder" if "zip" in what else "save the article as .txt or .html"
            raise UnreadableInput(f"this is {what}, not text", where=where, remedy=remedy)


def _refuse_binary(data: bytes, where: str, *, allowed: float) -> None:
    """`allowed` is the share of control bytes above which data is no text; random bytes have about 0.1."""
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > allowed * len(sample):
        raise UnreadableInput("this is binary data, not text", where=where, remedy="save the article as .txt or .html")


def _wide_without_mark(sample: bytes) -> str | None:
    """UTF-16 shows itself without a mark, in mostly Latin text, by NULs at every second place."""
    pairs = len(sample) // 2
    if pairs < 8:
        return None
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.5 and even < 0.05:
        return "utf-16-le"
    if even > 0.5 and odd < 0.05:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """The charset an HTML page declares, as browsers take it (Latin-1 means Windows-1252)."""
    found = _DECLARED.search(data[:4096])
    return _known(found[1].decode("ascii", "replace")) if found is not None else None


def _known(charset: str) -> str | None:
    """A charset as Python and browsers take it; None for one that is not known or is no encoding of text."""
    try:
        name = codecs.lookup(charset.strip(" \"'")).name
    except (LookupError, UnicodeError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    if name in ("gb2312", "gbk"):
        return "gb18030"
    return name if _TEXT_CODECS.fullmatch(name.replace("-", "_").replace("iso8859_", "iso8859-")) else None


def _keeps_ascii(encoding: str) -> bool:
    """Whether ASCII is itself in that encoding, so that bytes which are UTF-8 throughout speak for UTF-8."""
    return bytes(range(0x20, 0x7F)).decode(encoding, "replace") == "".join(map(chr, range(0x20, 0x7F)))


def _guess(data: bytes) -> str | None:
    """A single-byte or East Asian encoding; None where UTF-8 with a few broken bytes is likelier."""
    sample = data[:SAMPLE].decode("utf-8", "replace")
    broken = sample.count(REPLACEMENT)
    beyond_ascii = sum(1 for character in sample if character > "\x7f") - broken
    if beyond_ascii >= 2 * broken:
        return None
    guesses = from_bytes(data[:SAMPLE], cp_isolation=_GUESSABLE)
    best = guesses.best()
    if best is None:
        return None
    if best.encoding not in ("cp1250", "cp1252", "cp1254"):
        return best.encoding
    western = sum(character in _WESTERN for character in data[:SAMPLE].decode("cp1252", "replace").lower())
    central = sum(character in _CENTRAL for character in data[:SAMPLE].decode("cp1250", "replace").lower())
    return "cp1250" if central > western else "cp1252"
