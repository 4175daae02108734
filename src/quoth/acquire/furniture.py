"""An article's blocks: headline, sentences, and the furniture around them (links, by-lines, captions, sub-headings).

A sentence of the article must not become furniture, so every rule asks for a sign: a phrase of the lexicon with its
colon, an agency's name, markup, or a short line without a final stop before a real paragraph.  White space, list
bullets, quote marks of Markdown and lines without a letter or a digit belong to no block.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from quoth.acquire.lexicon import fold
from quoth.acquire.paragraphs import ends_with_stop, paragraphs
from quoth.acquire.shapes import (
    Core,
    core,
    credit_tail,
    dateline_end,
    furniture_kind,
    is_reporting,
    tail_link,
)
from quoth.model import Block, BlockKind, Span

_ORIGINAL = re.compile(
    r"(?:this|the) (?:article|story|report|post|piece|interview|column|text|news)\b.{0,40}?\b"
    r"(?:originally|first|previously)\b.{0,20}?\b(?:published|appeared|posted|reported|ran)\b|"
    r"(?:originally|first) (?:published|appeared|posted) (?:by|in|on|at)\b|"
    r"(?:republished|reprinted|reproduced) (?:from|with|by)\b",
    re.I,
)
_SOURCE = re.compile(r"sources?\s*:\s*(?=\S)", re.I)
_BULLET = re.compile(r"(?:[-*+•‣◦▪●·]|>)\s+(?=\S)")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr)\.$")


@dataclass(slots=True)
class _Piece:
    span: Span
    core: Core
    kind: BlockKind | None
    item: bool = False
    heading: bool = False


def blocks(
    text: str, *, title: str | None = None, front: Span | None = None, headings: Collection[int] = frozenset()
) -> tuple[Block, ...]:
    """The blocks of a text, in order.

    `front` is the front matter's span; `headings` are offsets at which the source (HTML) marks a heading.
    """
    pieces = [piece for span in paragraphs(text, front.end if front else 0) for piece in _pieces(text, span, headings)]
    _mark_headline(pieces, title)
    _mark_subheadings(pieces)
    found = [Block(front, BlockKind.METADATA)] if front else []
    for piece in pieces:
        found.extend(_split(text, piece))
    return tuple(found)


def _pieces(text: str, span: Span, headings: Collection[int]) -> Iterator[_Piece]:
    words = span.words(text)
    if not any(map(str.isalnum, words)):
        return
    bullet = _BULLET.match(words)
    if bullet:
        span = Span(span.start + bullet.end(), span.end)
        words = span.words(text)
    inner = core(words)
    yield _Piece(
        span, inner, _plain_kind(inner), item=bullet is not None and bullet[0][0] != ">", heading=span.start in headings
    )


def _plain_kind(inner: Core) -> BlockKind | None:
    words = inner.words
    if _ORIGINAL.match(words) and len(words) <= 300 and not is_reporting(words.replace("reported", "")):
        return BlockKind.CREDIT
    source = _SOURCE.match(words)
    if source and len(words) <= 120 and not ends_with_stop(words) and len(words[source.end() :].split()) <= 8:
        return BlockKind.CREDIT
    return furniture_kind(words)


def _mark_headline(pieces: list[_Piece], title: str | None) -> None:
    """The line that equals the title; else a heading first in the text; else a first line that looks like one."""
    if title and (wanted := _plain(title)):
        for piece in pieces[:10]:
            if _plain(piece.core.words) == wanted:
                piece.kind = BlockKind.HEADLINE
                return
    body = [piece for piece in pieces if piece.kind is None]
    leading: list[_Piece] = []
    for piece in body:
        if piece.item or not _is_title(piece, longest=200, most_words=28):
            break
        leading.append(piece)
    rest = body[len(leading) :]
    if not leading or not any(_is_prose(piece) for piece in rest):
        if body and len(body) > 1 and (body[0].heading or body[0].core.marked == "heading"):
            body[0].kind = BlockKind.HEADLINE
        return
    marked = [piece for piece in leading if piece.heading or piece.core.marked]
    long_enough = [piece for piece in leading if len(piece.core.words.split()) >= 3]
    candidates = (marked[:1] if leading[0] in marked else []) or long_enough or (leading if len(leading) == 1 else [])
    for piece in candidates[:1]:
        piece.kind = BlockKind.HEADLINE


def _mark_subheadings(pieces: list[_Piece]) -> None:
    followings: list[_Piece | None] = []
    following: _Piece | None = None
    for piece in reversed(pieces):
        followings.append(following)
        if piece.kind is None or piece.kind is BlockKind.CAPTION:
            following = piece
    for i, (piece, following) in enumerate(zip(pieces, reversed(followings), strict=True)):
        if piece.kind is not None:
            continue
        if piece.heading or piece.core.marked == "heading":
            piece.kind = BlockKind.SUBHEADING
        elif piece.core.marked == "bold":
            words = piece.core.words
            sentence = words.endswith((".", '."', ".”")) and len(words.split()) >= 6
            piece.kind = BlockKind.PARAGRAPH if sentence or words.endswith(":") else BlockKind.SUBHEADING
        elif i and not piece.item and following and not following.item and _is_subheading(piece, following):
            piece.kind = BlockKind.SUBHEADING
        else:
            piece.kind = BlockKind.PARAGRAPH


def _is_subheading(piece: _Piece, following: _Piece) -> bool:
    words = piece.core.words
    if not _is_title(piece, longest=80, most_words=10) or words.endswith("!"):
        return False
    if words[0] in '"“‘«„' and words[-1] in '"”’»':
        return False
    if is_reporting(words) and re.search(r"[\"“”«»]", words):
        return False
    return _is_prose(following) and len(following.core.words) > len(words) and not re.search(r":\s*\S", words)


def _is_title(piece: _Piece, *, longest: int, most_words: int) -> bool:
    """A short line without a final stop, that begins as a title does."""
    words = piece.core.words
    if not words or len(words) > longest or len(words.split()) > most_words or words[0].islower():
        return False
    if piece.heading or piece.core.marked:
        return True
    if credit_tail(words) or (words[0] == "(" and words[-1] == ")"):
        return False
    bare = words.rstrip("\"'”’»)]")
    if bare.endswith((",", ";", ":", "…", "...", "-", "–", "—", "。", "।")):
        return False
    return not bare.endswith(".") or (_ABBREVIATION.search(bare) is not None and len(words.split()) <= 14)


def _is_prose(piece: _Piece) -> bool:
    words = piece.core.words
    return len(words) > 200 or (ends_with_stop(words) and len(words.split()) >= 4) or len(words.split()) > 15


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(words)))


def _split(text: str, piece: _Piece) -> Iterator[Block]:
    """A piece as blocks: its dateline, its words, and a link or a credit at its end."""
    start, end, kind = piece.span.start, piece.span.end, piece.kind or BlockKind.PARAGRAPH
    if kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) and piece.core.marked is None:
        words = piece.span.words(text)
        length = 0 if piece.item or kind is BlockKind.CAPTION else dateline_end(words)
        if length:
            dateline = text[start : start + length].rstrip()
            yield Block(Span(start, start + len(dateline)), BlockKind.DATELINE)
            start += length
        tail: list[Block] = []
        link = tail_link(words)
        credit = credit_tail(words[:link].rstrip() if link else words)
        if link and piece.span.start + link > start:
            tail.append(Block(Span(piece.span.start + link, end), BlockKind.LINK))
            end = piece.span.start + len(words[:link].rstrip())
        if credit and piece.span.start + credit[0] > start:
            signed = credit[1] is BlockKind.PARAGRAPH
            tail.append(
                Block(Span(piece.span.start + credit[0], end), BlockKind.BYLINE if signed else BlockKind.CREDIT)
            )
            end = piece.span.start + len(words[: credit[0]].rstrip())
            kind = kind if signed else BlockKind.CAPTION
        yield Block(Span(start, end), kind)
        yield from reversed(tail)
    else:
        yield Block(piece.span, kind)
