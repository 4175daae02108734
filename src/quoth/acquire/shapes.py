"""What single lines of an article look like: names, dates, by-lines, datelines, credits.  No context is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quoth.acquire.lexicon import agencies, first_word, fold, is_agency, phrases
from quoth.acquire.lexicon import words as word_list
from quoth.acquire.notices import is_correction
from quoth.model import BlockKind

LONGEST_LINE = 600
"""Characters: a longer paragraph is not looked at for furniture, but for its dateline and its tail."""

_REPORTING = re.compile(
    r"\b(?:said|says|told|added|according|announced|reported|claimed|confirmed|denied|warned)\b", re.I
)
_URL = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", re.I)
_HANDLE = re.compile(r"@\w+|#\w+|\S+@\S+\.\w+")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.I)
_RIGHTS = re.compile(
    r"(?:copyright\b.{0,30}(?:©|\(c\)|(?:19|20)\d\d)|©|\(c\)\s*(?:19|20)\d\d)|^all rights reserved", re.I
)
_BRACKETED = re.compile(r"\[\s*(?:[^\s\[\]]+\s+){3,24}[^\s\[\]]*[^\s\[\].\"”]\s*\]")
_READ_MORE = re.compile(r"^[^.]{3,200}\bRead more\s*[.:…»>]*$")
_CONTRIBUTED = re.compile(
    r"^[^.:;\"“”]{3,150} contributed (?:reporting|to (?:this|the) (?:report|story|article|post))[^.]{0,40}\.?$", re.I
)
_DATE_WORDS = re.compile(
    r"(?:\d{1,4}(?:st|nd|rd|th)?|\d{1,2}:\d\d(?::\d\d)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:t\S+)?|[ap]\.?m\.?|[a-z]{1,4}t|utc|"
    r"z|at|on|by|in|hours?|minutes?|mins?|days?|weeks?|months?|years?|ago|read|local|time|edited|updated|published|posted|last|modified|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)[.,:;]?",
    re.I,
)
_PHOTO = re.compile(r"\b(?:photos?|image|pictures?|handout|file|courtesy|pool|screenshot|screengrab|credit)\b", re.I)
_CREDIT_TAIL = re.compile(
    r"(?:[(\[](?P<inner>[^()\[\]]{2,90})[)\]]\.?|"
    r"(?<=\s)(?P<bare>(?:REUTERS|AP|AFP|EPA|TASS)(?: [Pp]hoto| PHOTO)?/\S.{1,60}))$"
)
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ"
_DATELINE = re.compile(
    r"(?P<head>[^()—–/\n]{2,70}?)?\s*"
    r"(?:(?:\((?P<agency>[^()\n]{2,40})\)|(?<=\s)/(?P<slashed>[\w -]{2,30})/)\.?\s*(?P<after>—|–|--|-(?=\s)|)"
    r"|(?P<dash>—|–|--|(?<=\s)-(?=\s)))\s*(?=\S)"
)
_TAIL_LINK = re.compile(
    r"(?<=[.!?”\"’)\]])\s+(?P<link>(?:also read|read also|read more|read next|related|see also)\s*[:@]\s*\S.{2,200})$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Core:
    """A line without its markup: `offset` is where its words begin; `marked` is heading or bold."""

    words: str
    offset: int
    marked: str | None = None


def core(line: str) -> Core:
    """Take heading and bold marks off a line when they enclose all of it."""
    heading = re.match(r"#{1,6}\s+(?=\S)", line)
    if heading:
        inner = line[heading.end() :].rstrip("#").rstrip()
        return Core(inner.strip("*_"), heading.end(), "heading")
    for mark in ("**", "__"):
        inner = line[len(mark) : -len(mark)]
        if len(line) > 2 * len(mark) and line.startswith(mark) and line.endswith(mark) and mark not in inner:
            return Core(inner.strip(), len(mark), "bold")
    return Core(line, 0)


def furniture_kind(words: str) -> BlockKind | None:
    """The kind of a line that shows by itself that it is none of the article's sentences; else None."""
    if len(words) > LONGEST_LINE:
        return None
    if is_correction(words):
        return BlockKind.CORRECTION
    tokens = words.split()
    if all(_URL.fullmatch(token) or _HANDLE.fullmatch(token.strip(",;()")) for token in tokens):
        return BlockKind.BYLINE if "@" in words and len(tokens) == 1 else BlockKind.LINK
    if _RIGHTS.match(words) or _BRACKETED.fullmatch(words) or _READ_MORE.search(words):
        return BlockKind.LINK
    if len(words) <= 200 and _CONTRIBUTED.search(words):
        return BlockKind.BYLINE
    return _phrase_kind(words) or _byline_kind(words) or _credit_kind(words)


def _phrase_kind(words: str) -> BlockKind | None:
    words = words.lstrip("([ ") if ":" in words else words
    folded = fold(words)
    for phrase in phrases().get(first_word(folded), ()):
        if not folded.startswith(phrase.text):
            continue
        rest = folded[len(phrase.text) :]
        if rest and (rest[0].isalnum() or rest[0] in "'-"):
            continue
        fits = {"label": _fits_label, "start": _fits_start, "whole": _fits_whole}[phrase.where]
        if fits(phrase.kind, words, words[len(words) - len(rest) :] if rest else "", rest.strip()):
            return _credit_or(phrase.kind, words)
    return None


def _fits_label(kind: BlockKind, words: str, rest: str, folded: str) -> bool:
    if not folded:
        return kind is not BlockKind.CAPTION
    if kind is BlockKind.METADATA:
        return is_date_line(rest.strip(" :|–—-")) or (folded[0] in ":|" and len(folded.split()) <= 8)
    if kind is BlockKind.BYLINE:
        return folded[0] in ":|" and is_namelike(rest)
    return folded[0] in (":@|>»→" if kind is BlockKind.LINK else ":|–—-")


def _fits_start(kind: BlockKind, words: str, rest: str, folded: str) -> bool:
    if kind in (BlockKind.BYLINE, BlockKind.CREDIT):
        return bool(folded) and is_namelike(rest)
    if kind is BlockKind.LINK:
        return len(words) <= 250 and not (_REPORTING.search(words) and words.rstrip("\"'”’").endswith("."))
    return True


def _fits_whole(kind: BlockKind, words: str, rest: str, folded: str) -> bool:
    return not folded.strip(" .:…>»→")


def _credit_or(kind: BlockKind, words: str) -> BlockKind:
    """A caption's label before nothing but names is a credit."""
    rest = words.partition(":")[2]
    if kind is BlockKind.CAPTION and rest.strip() and _is_credit(rest.strip()) and len(rest.split()) <= 8:
        return BlockKind.CREDIT
    return kind


def _is_credit(words: str) -> bool:
    return is_namelike(words) and ("/" in words or _ends_in_agency(words) or len(words.split()) <= 3)


def _byline_kind(words: str) -> BlockKind | None:
    if len(words) > 150:
        return None
    if is_date_line(words):
        return BlockKind.METADATA
    if is_agency(words.rstrip(".")):
        return BlockKind.CREDIT if fold(words) in agencies("pictures") else BlockKind.BYLINE
    by = re.match(r"(?:by|BY|By)[:\s]\s*(?=[^\W\d])", words)
    if by and words[0] == "B":
        rest = words[by.end() :]
        names = is_namelike(rest) and len(rest.split()) <= 12 and not re.search(r"[.!?]\s|\d", rest)
        return (
            BlockKind.BYLINE
            if names and first_word(fold(rest)) not in word_list("not_by") and not rest.endswith("?")
            else None
        )
    parts = [part for part in re.split(r"\s*[|•·]\s*", words) if part]
    if len(parts) > 1 and all(_is_imprint(part) for part in parts):
        signed = any(is_agency(part) or part.startswith("By ") for part in parts)
        return BlockKind.BYLINE if signed else BlockKind.METADATA
    named = re.match(r"(?P<who>[^,|()/]{3,60}?)\s*(?:[,|(]|\s[-–—]\s)\s*(?P<outlet>[^,|()/]{2,40})\)?$", words)
    if named and 2 <= len(named["who"].split()) <= 5 and is_namelike(named["who"]):
        outlet = named["outlet"].strip()
        if is_agency(outlet) or _DOMAIN.fullmatch(outlet):
            return BlockKind.BYLINE
    return None


def _is_imprint(part: str) -> bool:
    return is_agency(part) or is_date_line(part) or _phrase_kind(part) in (BlockKind.METADATA, BlockKind.BYLINE)


def _credit_kind(words: str) -> BlockKind | None:
    """A line of names with an agency or a picture word, and nothing else."""
    inner = words.strip("()[] ")
    if len(inner) > 120 or not is_namelike(inner):
        return None
    slashed = "/" in inner and (_PHOTO.search(inner) or any(is_agency(part) for part in re.split(r"\s*/\s*", inner)))
    via = re.match(r"(?:photo |image )?via\s+\S", inner, re.I)
    return BlockKind.CREDIT if slashed or via else None


def _ends_in_agency(words: str) -> bool:
    last = re.split(r"\s*(?:/|,|\bvia\b|\|)\s*", words)[-1]
    return is_agency(last.rstrip("."))


def is_namelike(words: str) -> bool:
    """Whether every word is capitalised (or of a script without case), or joins names."""
    tokens = [token.strip(".,;:()[]'\"“”’/|&@-–—") for token in words.replace("/", " ").split()]
    letters = [token for token in tokens if token]
    if not 1 <= len(letters) <= 30:
        return False
    named = sum(not token[0].islower() and not token[0].isdigit() for token in letters)
    return named > 0 and all(
        not token[0].islower() or token.lower() in word_list("connectors") or "." in token or "@" in token
        for token in letters
    )


def is_date_line(words: str) -> bool:
    """Whether all words tell a date or a time of day."""
    tokens = re.sub(r"[|()•·–—-]+(?=\s|$)|(?<=\s)[|()•·–—-]+|^\(|\)$", " ", words).split()
    if not 1 <= len(tokens) <= 14 or not any(token[0].isdigit() for token in tokens):
        return False
    if not all(_DATE_WORDS.fullmatch(token) for token in tokens):
        return False
    return any(not token.isdigit() for token in tokens) or (len(tokens) == 1 and len(tokens[0]) == 4)


def is_reporting(words: str) -> bool:
    """Whether a verb of reporting stands in the words."""
    return _REPORTING.search(words) is not None


def dateline_end(paragraph: str) -> int:
    """How many characters of the paragraph its dateline takes, with the dash after it; 0 where there is none."""
    found = _DATELINE.match(paragraph[:160])
    if found is None:
        return 0
    agency = found["agency"] or found["slashed"]
    known = agency is not None and (is_agency(agency) or _ends_in_agency(agency))
    after = paragraph[found.end() : found.end() + 1]
    begins = after.isdigit() or after in "\"'“‘«„[$€£" or not after.islower()
    if len(paragraph) - found.end() < 20:
        return 0
    head = (found["head"] or "").strip(" .,")
    if not head:
        return found.end() if known and begins else 0
    parts = [part.strip(" .") for part in head.split(",")]
    if not all(is_namelike(part) or is_date_line(part) for part in parts) or len(parts[0].split()) > 4:
        return 0
    capital = re.fullmatch(rf"(?:[{_UPPER}][{_UPPER}.'’]*[\s/-]?)+", parts[0]) is not None
    if known:
        return found.end() if begins and not is_agency(parts[0]) else 0
    if not (found["dash"] or found["after"]) or not begins:
        return 0
    if is_agency(parts[-1]):
        return found.end()
    place = capital and sum(c.isalpha() for c in parts[0]) >= 4 and parts[0] not in word_list("capitals")
    return found.end() if place and (agency is None or is_namelike(agency)) else 0


def tail_link(paragraph: str) -> int:
    """Where a link line that hangs on a paragraph's end begins; 0 where there is none."""
    start = max(0, len(paragraph) - 300)
    found = _TAIL_LINK.search(paragraph, start)
    return found.start("link") if found else 0


def credit_tail(paragraph: str) -> tuple[int, BlockKind] | None:
    """Where a credit in brackets at a paragraph's end begins, and what the words before it are: a caption, or a
    paragraph that an agency signs."""
    start = max(0, len(paragraph) - 120)
    found = _CREDIT_TAIL.search(paragraph, start)
    if found is None or found.start() == 0:
        return None
    inner = found["inner"] or found["bare"]
    picture = _PHOTO.search(inner) is not None and (is_namelike(inner) or "/" in inner)
    slashed = "/" in inner and any(is_agency(part) for part in re.split(r"\s*(?:/|\bvia\b)\s*", inner))
    pictures = fold(inner) in agencies("pictures") or (" via " in inner and _ends_in_agency(inner))
    if picture or slashed or pictures or found["bare"]:
        return found.start(), BlockKind.CAPTION
    if is_agency(inner):
        if paragraph[found.start()] == "[":
            return found.start(), BlockKind.CAPTION
        if paragraph[: found.start()].rstrip()[-1:] in '.!?”"':
            return found.start(), BlockKind.PARAGRAPH
    return None
