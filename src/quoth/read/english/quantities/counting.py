"""In which way a number counts: a total, an increment, a part of a whole, each, a change."""

from __future__ import annotations

import re

from quoth.model import Counting
from quoth.read.english.quantities.numerals import NUMBER_WORDS
from quoth.read.english.quantities.values import LEXICON, Amount
from quoth.read.english.tokens import Doc, Token

CHANGE_VERBS = frozenset(LEXICON["change"]["verbs"])
_CHANGE_NOUNS = frozenset(LEXICON["change"]["nouns"])
_WHOLES = frozenset({"the", "them", "those", "these", "its", "their", "all", *NUMBER_WORDS})
"""What begins the whole of "40 of the 300"."""


def counting_of(doc: Doc, words: list[str], stated: Amount, head: Token | None) -> Counting:
    after = (head.i if head is not None else stated.stop - 1) + 1
    number = doc[stated.stop - 1]
    added = words[stated.stop : stated.stop + 1] in (["more"], ["additional"], ["further"], ["extra"])
    if stated.more or (added and words[stated.stop : stated.stop + 2] != ["more", "than"]):
        return Counting.INCREMENT
    if stated.stop < len(doc) and words[stated.stop] == "others" and not _are_so(doc[stated.stop]):
        return Counting.INCREMENT
    if words[after : after + 1] in (["each"], ["apiece"]) or (
        words[after : after + 1] in (["per"], ["a"]) and stated.unit
    ):
        return Counting.EACH
    if stated.first and words[stated.first - 1] == "each":
        return Counting.EACH
    by = stated.first > 0 and words[stated.first - 1] == "by"
    if stated.unit == "percent" and words[stated.stop : stated.stop + 1] == ["of"] and not by:
        return Counting.PART
    if _is_change(doc, words, stated, head if head is not None else number):
        return Counting.CHANGE
    if stated.fraction:
        return Counting.PART
    if words[stated.stop : stated.stop + 1] == ["of"] and head is not None:
        definite = any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "such") for c in head.children)
        whole = words[stated.stop + 1 : stated.stop + 2]
        if definite or head.pos_ == "PRON" or (whole and (whole[0] in _WHOLES or whole[0][0].isdecimal())):
            return Counting.PART
    if re.match(r"of (?:the|these|those|its|their) ", _clause_opening(doc, number), re.I):
        return Counting.PART
    return Counting.TOTAL


def _are_so(others: Token) -> bool:
    """ "Six others are still missing": all who are, beside those of whom something else is said."""
    verb = others.head
    return others.dep_ == "nsubj" and (verb.lemma_ in ("be", "remain", "stay") or verb.tag_ == "VBG")


def _clause_opening(doc: Doc, number: Token) -> str:
    """The "of the 300" that opens the clause of a subject number, if the number itself is not inside it."""
    start = next((t.i for t in reversed(doc[: number.i]) if t.text == ","), None)
    if start is None:
        return ""
    opening = doc[max(0, start - 8) : start]
    begins = [
        t.i for t in opening if t.lower_ == "of" and (t.i == 0 or doc[t.i].is_sent_start or doc[t.i - 1].is_punct)
    ]
    return doc.span(begins[-1], start).text + " " if begins and number.i - start < 8 else ""


def _is_change(doc: Doc, words: list[str], stated: Amount, token: Token) -> bool:
    """What something rises or falls by: "rose by 12", "fell 5 percent", "a 10% increase", "up 3%"."""
    before = words[stated.first - 1] if stated.first else ""
    anchor = doc[stated.stop - 1]
    if before == "by":
        up = anchor
        while up.head.i != up.i and up.pos_ not in ("VERB", "AUX"):
            up = up.head
        return up.lemma_ in CHANGE_VERBS or any(c.lemma_ in _CHANGE_NOUNS for c in up.children)
    if stated.unit and (before in ("up", "down") or (stated.first and doc[stated.first - 1].lemma_ in CHANGE_VERBS)):
        return True
    for t in (token, anchor):
        if (
            t.head.lemma_ in _CHANGE_NOUNS
            and t.head.pos_ == "NOUN"
            and t.dep_ in ("compound", "amod", "nmod", "nummod", "npadvmod")
        ):
            return True
        if (
            t.dep_ == "pobj"
            and t.head.lower_ == "of"
            and t.head.head.lemma_ in _CHANGE_NOUNS
            and t.head.head.pos_ == "NOUN"
        ):
            return True
        if (
            stated.unit
            and t.head.lemma_ in CHANGE_VERBS
            and t.dep_ in ("dobj", "npadvmod", "advmod", "nsubj")
            and t.head.i < t.i
        ):
            return True
    following = doc[stated.stop : stated.stop + 1]
    return (
        bool(stated.unit)
        and len(following) > 0
        and following[0].lemma_ in _CHANGE_NOUNS
        and following[0].pos_ == "NOUN"
    )
