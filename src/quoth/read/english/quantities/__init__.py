"""Quantities in a parsed English sentence: how many of what, between which bounds, counted how."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

from quoth.model import Counting, Number
from quoth.read.english.lexicon import rows
from quoth.read.english.quantities.counted import (
    NOUNS,
    STATES,
    counted_at,
    head_of,
    is_model,
    per_of,
    plural,
    state_of,
    tallied,
    unit_of,
)
from quoth.read.english.quantities.counting import CHANGE_VERBS, counting_of
from quoth.read.english.quantities.numerals import NUMBER_WORDS
from quoth.read.english.quantities.values import BEFORE, CURRENCIES, LEXICON, MEASURES, Amount, amount
from quoth.read.english.times.words import COUNTED
from quoth.read.english.tokens import Doc


class QuantityKind(enum.StrEnum):
    """How the number is stated: a numeral, a vague word, the article of "a missile", the "no" of "no missiles"."""

    NUMERAL = "numeral"
    VAGUE = "vague"
    ARTICLE = "article"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """Tokens [first, stop) hold a quantity phrase, `head` is the noun that is counted (or the number itself).

    The other fields are those of `model.Quantity`.
    """

    first: int
    stop: int
    head: int
    min: Number | None
    max: Number | None
    unit: str | None = None
    approximate: bool = False
    counted: str | None = None
    counting: Counting = Counting.TOTAL
    per: str | None = None
    kind: QuantityKind = QuantityKind.NUMERAL


_THINGS = frozenset(row[0] for row in rows("things.tsv"))
_MULTIPLIED: dict[str, int] = LEXICON["multiplied"]
_NAMED = frozenset(LEXICON["named"]["words"])
_NOT_COUNTED = frozenset(LEXICON["no"]["words"])
_HANDED_OVER = frozenset(LEXICON["over"]["words"])
_PLURAL_NUMBERS = frozenset({"dozens", "scores", "tens", "hundreds", "thousands", "millions", "several", "many"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "agent", "conj", "appos", "npadvmod", "quantmod"})
_STARTS = frozenset(
    {
        *BEFORE, *LEXICON["groups"], *NUMBER_WORDS, "a", "an", "half", "between", "from", "both", "none",
        *(phrase.split()[0] for table in ("vague", "exact") for phrase in LEXICON[table]),
        *(symbol for symbol, code in CURRENCIES.items() if not symbol.isalpha() or symbol.upper() == code),
    }
)  # fmt: skip
_CODES = frozenset(CURRENCIES.values())
_OPENING = _STARTS | _MULTIPLIED.keys() | {"no", "nobody", "none", "one"}
"""The words, besides digits, with which a quantity can begin."""
_NO_PERSON = frozenset({"nobody", "none"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"[012]?\d[.:][0-5]\d")
_PHONE = re.compile(r"\+?\d[\d\-–() ]{6,}\d")


def find(doc: Doc, exclude: Iterable[tuple[int, int]] = ()) -> list[QuantityWords]:
    """The quantities of a parsed Doc, in text order, not overlapping.

    `exclude` are half-open character ranges of `doc.text` (time expressions, durations, ages) in which no number
    is a quantity.
    """
    words = [t.lower_ for t in doc]
    taken = list(exclude)
    found: list[QuantityWords] = []
    i = 0
    while i < len(doc):
        begins = words[i] in _OPENING or words[i][:1].isdecimal()
        quantity = _at(doc, words, i) if begins else None
        if quantity is None:
            i += 1
            continue
        start, end = doc[quantity.first].idx, doc[quantity.stop - 1].idx + len(doc[quantity.stop - 1])
        if any(a < end and start < b for a, b in taken):
            i += 1
            continue
        found.append(quantity)
        i = quantity.stop
    return found


def _at(doc: Doc, words: list[str], i: int) -> QuantityWords | None:
    word = words[i]
    if word in ("a", "an", "one") and (none := _not_one(doc, words, i)) is not None:
        return none
    if word in _MULTIPLIED and doc[i].pos_ in ("VERB", "ADV", "ADJ"):
        return _multiplied(doc, i)
    if word.upper() in _CODES and not doc[i].is_upper:
        return None  # "try five times"
    if word in _STARTS or word[:1].isdecimal():
        stated = _amount(doc, words, i)
        if stated and _is_quantity(doc, words, stated):
            return _described(doc, words, stated)
    if word in _NO_PERSON or (word == "no" and words[i + 1 : i + 2] == ["one"]):
        return _no_person(doc, i)
    if word == "no" and (doc[i].dep_ == "det" or doc[i].head.lower_ == "more"):
        return _none(doc, i)
    if word in ("a", "an") and doc[i].dep_ == "det":
        return _article(doc, i)
    return None


def _amount(doc: Doc, words: list[str], i: int) -> Amount | None:
    """The amount at `i`; what changes "from 8 to 12" or "2 to 80" changes between two amounts, and is no range."""
    if words[i] == "from" and doc[i].head.lemma_ in CHANGE_VERBS:
        return None
    if words[i] == "over" and i and doc[i - 1].lemma_ in _HANDED_OVER:
        return None
    if i and doc[i - 1].lemma_ in CHANGE_VERBS and "to" in words[i + 1 : i + 8]:
        return amount(words[: words.index("to", i + 1)], i)
    if i > 1 and words[i - 1] == "from" and doc[i - 1].head.lemma_ in CHANGE_VERBS and "to" in words[i + 1 : i + 8]:
        return amount(words[: words.index("to", i + 1)], i)
    return amount(words, i)


# ---------------------------------------------------------------- what is no quantity


def _is_quantity(doc: Doc, words: list[str], stated: Amount) -> bool:
    """Not a name's number ("Article 5"), a version, an entry's hour, a telephone number, an age, a bare "some"."""
    first, stop = stated.first, stated.stop
    if not first and _CLOCK.fullmatch(words[0]) and doc[min(stop, len(doc) - 1)].is_title:
        return False  # "09.35 Six boats are in place"
    token, before = doc[first], doc[first - 1] if first else None
    following = words[stop] if stop < len(words) else ""
    if stated.unit:
        return not (stated.unit not in ("percent", "percentage points") and stated.vague)
    if words[first] == "many" and first and words[first - 1] in ("how", "so", "too", "as", "that"):
        return False
    if stated.vague:
        head = head_of(doc, stated)
        if head is None:
            return words[stop - 1] in _PLURAL_NUMBERS and doc[stop - 1].dep_ in _ARGUMENTS
        return following == "of" or head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "aircraft", "police")
    if first > 1 and words[first - 1] == "of" and token.is_title and doc[first - 2].is_title:
        return False  # the Group of Seven
    if words[stop - 1] == "both":
        head = head_of(doc, stated)
        return token.dep_ not in ("preconj", "cc", "advmod") and (
            following == "of" or (head.tag_ in ("NNS", "NNPS") if head is not None else token.dep_ in _ARGUMENTS)
        )
    if _YEAR.fullmatch(words[stop - 1]) and following not in COUNTED:
        return False
    if stop - first == 1 and words[first] == "one":
        return _is_counted_one(doc, first, following)
    if stop - first == 1 and words[first] == "zero":
        return head_of(doc, stated) is not None
    if words[first] in ("between", "from") and head_of(doc, stated) is None:
        return token.pos_ == "ADP"
    if before is not None:
        joined = before.idx + len(before) == token.idx
        if joined and before.text in "-–/:.#_@№" and words[first - 2 if first > 1 else 0] not in ("mid",):
            return False
        if before.is_sent_start and before.lower_ in _NAMED and before.pos_ in NOUNS and words[first][:1].isdecimal():
            return head_of(doc, stated) is not None  # not "Flight 370 vanished"
        if before.lower_ in _NAMED and not before.is_sent_start and words[first] not in _STARTS - NUMBER_WORDS:
            return before.pos_ == "VERB" or (
                before.lower_ in ("under", "group", "line", "unit") and before.pos_ == "ADP"
            )
        if before.text == "." and first > 1 and words[first - 2] in ("no", "nos", "art"):
            return False
        if before.lower_ == "aged" or words[max(0, first - 2) : first] in (["the", "age"], ["age", "of"]):
            return False
        named = before.pos_ == "PROPN" and words[first][:1].isdecimal() and head_of(doc, stated) is None
        if (
            named
            and before.dep_ != "nsubj"
            and token.dep_ in ("nummod", "appos", "npadvmod", "nmod", "punct", "compound")
        ):
            return False
        if before.text == "," and following in (",", ".") and token.dep_ in ("appos", "nummod", "npadvmod", "amod"):
            person = doc[first - 2] if first > 1 else None
            if person is not None and person.pos_ == "PROPN":
                return False
    if following and not doc[stop - 1].whitespace_ and stop < len(doc) and doc[stop].text in ":/_@":
        return False
    if is_model(doc, stated):
        return False
    if following in ("-", "–") and not doc[stop - 1].whitespace_ and stop + 1 < len(doc):
        return words[stop + 1] not in ("old", "year", "day", "hour", "week", "month", "minute", "figure", "digit") and (
            not words[stop + 1][:1].isdecimal()
        )
    if _PHONE.fullmatch(doc.span(first, stop).text) and "," not in doc.span(first, stop).text:
        return False
    return following not in ("st", "nd", "rd", "th", "°", "a.m.", "p.m.", "am", "pm")


def _is_counted_one(doc: Doc, i: int, following: str) -> bool:
    """ "One" that counts: of a noun that follows, or one "of the" several."""
    token = doc[i]
    if following == "of":
        return (
            i + 2 < len(doc)
            and doc[i + 2].lower_ in ("the", "its", "their", "those", "these", "his", "her", "our")
            and not (
                i + 3 < len(doc) and doc[i + 3].lower_ in ("most", "best", "biggest", "largest", "main", "key", "first")
            )
        )
    if token.dep_ == "nummod" and token.head.i > i and token.head.pos_ in NOUNS:
        return token.head.lower_ not in (
            "day",
            "thing",
            "way",
            "reason",
            "point",
            "side",
            "example",
            "hand",
            "another",
            "time",
        )
    return False


# ---------------------------------------------------------------- quantities of each kind


def _described(doc: Doc, words: list[str], stated: Amount) -> QuantityWords:
    head = (
        None
        if stated.unit and not stated.fraction and words[stated.stop : stated.stop + 1] != ["of"]
        else head_of(doc, stated)
    )
    counting = counting_of(doc, words, stated, head)
    named, state = tallied(doc, stated) if head is None and stated.unit is None else (None, None)
    counted = state or counted_at(doc, stated, head)
    stop, low, high = stated.stop, stated.low, stated.high
    unit = stated.unit
    if named is not None:
        unit = unit_of(named, named.left_edge.i)
    if unit is None and head is not None and head.lower_ in CURRENCIES and head.lower_ != "won":
        unit = CURRENCIES[head.lower_]
    if unit is None and head is not None and head.pos_ in NOUNS and head.lower_ != "others":
        start = stop
        unit = unit_of(head, start)
        if head.lemma_ in STATES and head.pos_ == "NOUN":
            unit = STATES[head.lemma_][1]
            unit = plural(head) if unit == "-" else unit
    if unit is None and counted and counted[1] != "-":
        unit = counted[1]
    anchor = stop - 1 if head is None or (stated.unit and not stated.fraction) else head.i
    if (
        head is not None
        and head.lower_ in MEASURES
        and words[stop] not in MEASURES
        and stated.counts
        and "than" in words[stated.first : stop]
    ):
        low = low - 1 if low is not None and high is None else low
    if words[stop : stop + 1] == ["more"] and counting is Counting.INCREMENT:
        stop += 1
    return QuantityWords(
        first=stated.first,
        stop=stop,
        head=anchor,
        min=low,
        max=high,
        unit=unit,
        approximate=stated.approximate,
        counted=counted[0] if counted else None,
        counting=counting,
        per=per_of(doc, stated, head),
        kind=_kind(stated),
    )


def _kind(stated: Amount) -> QuantityKind:
    if stated.vague:
        return QuantityKind.VAGUE
    return QuantityKind.NONE if stated.low == stated.high == 0 else QuantityKind.NUMERAL


def _not_one(doc: Doc, words: list[str], i: int) -> QuantityWords | None:
    """ "not one soldier", "not a single boat", "there is not a single boat", "not a dollar has come": none."""
    single = i + 1 < len(doc) and words[i + 1] == "single"
    head = doc[i + single].head
    if head.pos_ not in ("NOUN", "PROPN") or not i <= head.i < i + 5:
        return None
    adjoining = bool(i) and words[i - 1] == "not"
    denied = single and any(c.dep_ == "neg" for c in head.head.children)
    if not (denied or (adjoining and (single or words[i] == "one" or head.dep_ in ("nsubj", "nsubjpass")))):
        return None
    first, stop = (i - 1 if adjoining else i), i + 1 + single
    return QuantityWords(
        first=first, stop=stop, head=head.i, min=0, max=0, unit=unit_of(head, stop), kind=QuantityKind.NONE
    )


def _none(doc: Doc, i: int) -> QuantityWords | None:
    """No warheads, no more warheads: none of a thing that is counted."""
    head = doc[i].head
    if further := head.lower_ == "more" and head.i == i + 1:
        head = head.head
    uncounted = head.lower_ in _NOT_COUNTED or (doc[i + 1].lower_ in _NOT_COUNTED and not further)
    if head.pos_ != "NOUN" or head.i <= i or uncounted:
        return None
    if head.tag_ == "NN" and doc[i].lower_ != "no" and head.lemma_ not in _THINGS and not state_of(head):
        return None
    stated = Amount(i, i + 1, 0, 0)
    counted = counted_at(doc, stated, head)
    named = STATES.get(head.lemma_) if head.pos_ == "NOUN" else None
    unit = named[1] if named and named[1] != "-" else unit_of(head, i + 1)
    return QuantityWords(
        first=i,
        stop=i + 1,
        head=head.i,
        min=0,
        max=0,
        unit=unit,
        counted=counted[0] if counted else None,
        kind=QuantityKind.NONE,
    )


def _no_person(doc: Doc, i: int) -> QuantityWords | None:
    """ "Nobody was hurt", "no one has died": none, where a state is counted."""
    last = i + 1 if doc[i].lower_ == "no" else i
    counted = counted_at(doc, Amount(i, last + 1, 0, 0), doc[last])
    if counted is None or doc[last].dep_ not in ("nsubj", "nsubjpass"):
        return None
    return QuantityWords(
        first=i, stop=last + 1, head=last, min=0, max=0, unit="people", counted=counted[0], kind=QuantityKind.NONE
    )


def _article(doc: Doc, i: int) -> QuantityWords | None:
    """An Oreshnik missile: one of a concrete thing, as an argument."""
    head = doc[i].head
    if head.i <= i or head.tag_ != "NN" or head.lemma_ not in _THINGS or head.dep_ not in _ARGUMENTS:
        return None
    counted = counted_at(doc, Amount(i, i + 1, 1, 1), head)
    return QuantityWords(
        first=i,
        stop=i + 1,
        head=head.i,
        min=1,
        max=1,
        unit=unit_of(head, i + 1),
        counted=counted[0] if counted else None,
        kind=QuantityKind.ARTICLE,
    )


def _multiplied(doc: Doc, i: int) -> QuantityWords | None:
    """Doubled, tripled: a change of so many percent."""
    if doc[i].pos_ != "VERB" or doc.span(i + 1, i + 2).text.lower() in ("down", "check"):
        return None
    percent = _MULTIPLIED[doc[i].lower_]
    return QuantityWords(
        first=i, stop=i + 1, head=i, min=percent, max=percent, unit="percent", counting=Counting.CHANGE
    )
