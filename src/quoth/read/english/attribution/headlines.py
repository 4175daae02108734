"""Verbless headlines and transcripts: "Kremlin: no talks planned", "Talks to resume — Kremlin", "SMITH: I agree."."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.model import BlockKind, Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import SPEECH, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

DASHES = frozenset({"—", "–", "-", "―", "--"})
QUOTED_TOKENS = 2
"""Tokens that a quotation in a frame has at least: its placeholder and a mark."""
MAX_SPEAKER = 6
"""Tokens of a speaker before a colon or after a dash."""


def find(passage: Passage, number: int) -> Iterator[Found]:
    parse = passage.frame
    doc = parse.tokens
    headline = passage.block.kind is BlockKind.HEADLINE
    for token in doc if headline else doc[: MAX_SPEAKER + 1]:
        if token.text == ":":
            found = _colon(passage, number, token, headline)
            if found is not None:
                yield found
                return
    yield from _turns(passage, number)
    if headline:
        yield from _speaker_last(passage, number)
    dashes = [t for t in doc if t.text in DASHES and t.i and (t.text == "―" or _spaced(parse, t))]
    begin = 0
    for dash in dashes[-1:] if headline else dashes:
        found = _dash(passage, number, dash, headline, begin)
        if found is not None:
            yield found
            begin = _speaker_end(passage, dash)


def _speaker_end(passage: Passage, dash: Token) -> int:
    """The token behind the speaker who is set behind a quotation: where the next quotation begins."""
    opens = (t.i for t in dash.doc[dash.i + 1 :] if t.i in passage.placeholders.values() or t.text in clauses.QUOTES)
    return next(opens, len(dash.doc))


def _turns(passage: Passage, number: int) -> Iterator[Found]:
    """ "“SMITH: I agree." : a turn of a transcript that stands in quotation marks as a whole."""
    for parse in passage.insides.values():
        colon = next((t for t in parse.tokens[: MAX_SPEAKER + 1] if t.text == ":"), None)
        before = [] if colon is None else [t for t in parse.tokens[: colon.i] if not t.is_punct]
        if colon is None or not before or not all(t.is_upper and len(t) > 1 for t in before if t.is_alpha):
            continue
        after = [t for t in parse.tokens[colon.i + 1 :] if not t.is_punct and not t.is_space]
        if len(after) > 1 and before[-1].lower_ not in words("no_speaker"):
            content = Span(parse.starts[after[0].i], parse.ends[after[-1].i])
            yield Found(number, parse, (colon.i,), before[-1].i, (content,), SPEECH, Pattern.COLON)


def _colon(passage: Passage, number: int, colon: Token, headline: bool) -> Found | None:
    parse = passage.frame
    before = [t for t in parse.tokens[: colon.i] if not t.is_punct]
    after = [t for t in parse.tokens[colon.i + 1 :] if not t.is_punct and not t.is_space]
    quoted = any(t.i in passage.placeholders.values() for t in after)
    if not before or not after or len(before) > MAX_SPEAKER or (len(after) < 2 and not quoted):
        return None
    if not _speaker(before, headline) or (not headline and not _transcript(before)):
        return None
    content = Span(parse.starts[after[0].i], parse.ends[after[-1].i])
    head = before[-1]
    while head.dep_ in {"compound", "amod", "det", "nmod"} and head.head.i < colon.i and head.head.i > head.i:
        head = head.head
    return Found(number, parse, (colon.i,), head.i, (content,), SPEECH, Pattern.COLON)


def _speaker_last(passage: Passage, number: int) -> Iterator[Found]:
    """ "Port will close this year: Orlova", "Two boats in port, Orlova tells council"."""
    parse = passage.frame
    doc = parse.tokens
    for mark in doc:
        before = [t for t in doc[: mark.i] if not t.is_space]
        after = [t for t in doc[mark.i + 1 :] if not t.is_punct and not t.is_space]
        if len(before) < 3 or not after:
            continue
        content = Span(parse.starts[before[0].i], parse.ends[before[-1].i])
        if mark.text == ":" and len(after) <= MAX_SPEAKER and _speaker(after, True):
            yield Found(number, parse, (mark.i,), after[-1].i, (content,), SPEECH, Pattern.SPEAKER_LAST)
            return
        verb = next((t for t in after if (t.lemma_.lower(), "v") in cues() and t.pos_ == "VERB"), None)
        if mark.text == "," and verb is not None and verb.tag_ in {"VBZ", "VBP", "VBD"} and len(after) <= MAX_SPEAKER:
            named = [t for t in after if t.i < verb.i]
            governed = any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children)
            if named and named[-1].pos_ in {"PROPN", "NOUN", "PRON"} and not governed:
                entry = cues()[verb.lemma_.lower(), "v"]
                yield Found(number, parse, (verb.i,), named[-1].i, (content,), entry, Pattern.SPEAKER_LAST)
                return


def _spaced(parse: Parse, dash: Token) -> bool:
    """Whether white space stands before a dash: no hyphen of a compound."""
    return parse.starts[dash.i] > parse.ends[dash.i - 1]


def _dash(passage: Passage, number: int, dash: Token, headline: bool, begin: int) -> Found | None:
    """ "Talks to resume — Kremlin"; outside headlines, a quotation from token `begin` on with its speaker behind it, at
    the end or before the next one."""
    parse = passage.frame
    end = len(parse.tokens) if headline else _speaker_end(passage, dash)
    if not headline and (dash.nbor(-1).text not in clauses.QUOTES or dash.i < QUOTED_TOKENS):
        return None
    after = [t for t in parse.tokens[dash.i + 1 : end] if not t.is_punct and not t.is_space]
    before = [t for t in parse.tokens[begin : dash.i] if not t.is_space]
    if not after or len(after) > MAX_SPEAKER or (headline and len(before) < 3) or not _speaker(after, True):
        return None
    if not headline and not all(t.text[0].isupper() for t in after if len(t) > 3):
        return None
    first = next((t for t in before if not t.is_punct), before[0])
    content = Span(parse.starts[first.i], parse.ends[before[-1].i])
    comma = next((t.i for t in parse.tokens[dash.i + 1 : end] if t.text == ","), end)
    name = [t for t in after if t.i < comma] or after  # "— Ada Holm, harbour board"
    return Found(number, parse, (dash.i,), name[-1].i, (content,), SPEECH, Pattern.DASH)


def _speaker(tokens: list[Token], headline: bool) -> bool:
    if any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBG", "VBN"} for t in tokens) or tokens[-1].lower_ in words(
        "no_speaker"
    ):
        return False
    if any(t.pos_ == "NUM" or t.like_num for t in tokens):
        return False
    named = any(t.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} for t in tokens) or all(
        t.text[0].isupper() for t in tokens if len(t) > 3
    )
    role = headline and tokens[-1].lemma_.lower() in words("citable")
    return (named or role) and tokens[-1].pos_ in {"PROPN", "NOUN"} and (headline or tokens[-1].pos_ == "PROPN")


def _transcript(tokens: list[Token]) -> bool:
    """A turn of a transcript: the name in capitals, or a personal name alone."""
    names = [t for t in tokens if t.is_alpha]
    return bool(names) and (
        all(t.is_upper and len(t) > 1 for t in names) or all(t.ent_type_ == "PERSON" for t in names)
    )
