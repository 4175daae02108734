"""Whom an article says it has its words from: agencies in datelines and by-lines, "Read more @", "via", "Source:"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quoth.acquire.lexicon import agencies, fold, is_agency
from quoth.acquire.shapes import is_namelike
from quoth.model import Block, BlockKind, Relay, Span

_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_NAME = r"[^\W\d_a-z][^\n.;:,()\[\]|]{1,60}?"
_END = r"(?=\s*(?:[\[\](),;|]|\.(?:\s|$)|$|\bon\s+(?:\S+\s+)?\d|\bin\s+(?:19|20)\d\d))"

_READ_AT = re.compile(
    rf"(?:read|see|find|continue)\b[^@\n]{{0,60}}?(?:@|\b(?:at|on)\b)\s*(?:https?://)?(?:www\.)?(?P<name>{_DOMAIN})",
    re.I,
)
_READ_AT_NAME = re.compile(
    rf"(?i:read (?:more|the (?:full|original|rest))\b[^@\n]{{0,40}}?)\s@\s*(?P<name>{_NAME}){_END}"
)
_VIA = re.compile(rf"(?i:\bvia)\s+(?P<name>{_DOMAIN}|{_NAME}){_END}")
_SOURCE = re.compile(r"sources?\s*:\s*(?P<names>.+)$", re.I)
_PUBLISHED_BY = re.compile(
    r"(?i:(?:originally|first|previously)\s+(?:published|appeared|posted|ran|reported)\s+(?:\w+ly\s+)?(?:by|in|on|at)"
    r"|(?:republished|reprinted|reproduced)\s+(?:with (?:the )?permission )?(?:of|from|by))\s+"
    rf"(?P<name>(?i:the\s+)?(?:{_DOMAIN}|{_NAME})){_END}"
)
_SEPARATED = re.compile(r"[^,;|/()•·\n–—]+")
_FROM_START, _FROM_END = 5, 2
"""A by-line that is only an agency's name counts so near an article's beginning or end; elsewhere it is a picture's."""


def relays(
    text: str, blocks: Iterable[Block], *, outlet: str | None = None, stated: Iterable[str] = ()
) -> tuple[Relay, ...]:
    """Relays that the blocks show, with spans, and those `stated` in metadata; each once, the outlet itself left out.

    Where a stated name and one in the text are evidently the same, the stated name and the text's words are kept.
    """
    in_text: dict[str, list[Span]] = {}
    for span in sorted(set(_found(text, tuple(blocks)))):
        in_text.setdefault(relay_key(span.words(text)), []).append(span)
    if outlet:
        in_text.pop(relay_key(outlet), None)
    kept: dict[str, Relay] = {}
    for name in stated:
        key = relay_key(name)
        if not key or key in kept or (outlet and key == relay_key(outlet)):
            continue
        spans = in_text.pop(key, None)
        kept[key] = Relay(name=name, text=spans[0].words(text), spans=(spans[0],)) if spans else Relay(name=name)
    for key, spans in in_text.items():
        words = spans[0].words(text)
        name = words.lower() if re.fullmatch(_DOMAIN, words, re.I) else words
        kept[key] = Relay(name=name, text=words, spans=(spans[0],))
    return tuple(kept.values())


def relay_key(name: str) -> str:
    """What two ways of naming one outlet share: "The Kyiv Independent" and "kyivindependent.com", "AP" and
    "Associated Press"."""
    folded = re.sub(r"^https?://|^www\.|/.*$", "", fold(name)).removeprefix("the ")
    known = agencies().get(folded)
    if known:
        folded = known.lower()
    elif re.fullmatch(_DOMAIN, folded):
        labels = folded.split(".")
        short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
        folded = labels[-3] if short else labels[-2]
    return re.sub(r"\W+", "", folded).removeprefix("the")


def _found(text: str, blocks: tuple[Block, ...]) -> Iterator[Span]:
    for i, block in enumerate(blocks):
        words = block.span.words(text)
        start = block.span.start
        outer = i < _FROM_START or i >= len(blocks) - _FROM_END
        match block.kind:
            case BlockKind.LINK:
                found = _READ_AT.search(words[:400]) or _READ_AT_NAME.search(words[:400])
                if found:
                    yield _name_span(start, found)
            case BlockKind.DATELINE:
                yield from _agencies(words, start)
            case BlockKind.BYLINE if outer and not re.search(r"\bcontributed\b", words):
                yield from _agencies(words, start)
            case BlockKind.CREDIT:
                yield from _credit(words, start)
            case BlockKind.HEADLINE:
                found = re.search(r"[(\[](?i:via)\s+(?P<name>[^()\[\]]{2,60})[)\]]$", words)
                if found:
                    yield _name_span(start, found)
            case _:
                pass


def _credit(words: str, start: int) -> Iterator[Span]:
    published = _PUBLISHED_BY.search(words[:400])
    if published:
        yield _name_span(start, published)
        return
    source = _SOURCE.match(words)
    if source:
        for part in _SEPARATED.finditer(words, source.start("names")):
            name = part[0].strip(" .")
            if is_namelike(name):
                left = part.start() + len(part[0]) - len(part[0].lstrip(" ."))
                yield Span(start + left, start + left + len(name))
        return
    via = re.match(r"[(\[]?\s*via\b", words, re.I) and _VIA.search(words)
    if via:
        yield _name_span(start, via)


def _agencies(words: str, start: int) -> Iterator[Span]:
    """Agencies' names between separators, and after "By"."""
    for part in _SEPARATED.finditer(words):
        inner = re.match(r"\s*(?:[Bb][Yy]\b:?\s*)?(?P<name>.*?)[\s.:-]*$", part[0])
        if inner and inner["name"] and is_agency(inner["name"]):
            left = part.start() + inner.start("name")
            yield Span(start + left, start + left + len(inner["name"]))


def _name_span(start: int, found: re.Match[str]) -> Span:
    name = found["name"].rstrip()
    return Span(start + found.start("name"), start + found.start("name") + len(name))
