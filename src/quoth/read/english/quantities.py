"""Quantities in a parsed English sentence: how many of what, between which bounds, counted how."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quoth.model import Counting, Number
from quoth.read.english.numerals import NUMBER_WORDS
from quoth.read.english.quantity_values import BEFORE, CURRENCIES, LEXICON, MEASURES, Amount, amount, rows
from quoth.read.english.time_words import COUNTED


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
    kind: QuantityKind = QuantityKind.NUMERAL


_STATES: dict[str, tuple[str, str]] = {word: (state, unit) for word, state, unit in rows("counted.tsv")}
_THINGS = frozenset(row[0] for row in rows("things.tsv"))
_CHANGE_VERBS = frozenset(LEXICON["change"]["verbs"])
_CHANGE_NOUNS = frozenset(LEXICON["change"]["nouns"])
_MULTIPLIED: dict[str, int] = LEXICON["multiplied"]
_NAMED = frozenset(LEXICON["named"]["words"])
_NOT_COUNTED = frozenset(LEXICON["no"]["words"])
_PLURALS: dict[str, str] = LEXICON["plurals"]
_PLURAL_NUMBERS = frozenset({"dozens", "scores", "tens", "hundreds", "thousands", "millions", "several", "many"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "agent", "conj", "appos", "npadvmod", "quantmod"})
_MODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "advmod", "det", "poss", "quantmod", "npadvmod", "predet"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_STARTS = frozenset(
    {
        *BEFORE, *LEXICON["groups"], *NUMBER_WORDS, "a", "an", "half", "between", "from", "both", "none",
        *(phrase.split()[0] for table in ("vague", "exact") for phrase in LEXICON[table]),
        *(symbol for symbol in CURRENCIES if not symbol.isalpha()),
    }
)  # fmt: skip
_ADDED = frozenset({"more", "additional", "other", "others", "further", "extra", "new", "such"})
_YEAR = re.compile(r"(?:19|20)\d\d")
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
        quantity = _at(doc, words, i)
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
    if word in _MULTIPLIED and doc[i].pos_ in ("VERB", "ADV", "ADJ"):
        return _multiplied(doc, i)
    if word in _STARTS or word[:1].isdecimal():
        stated = _amount(doc, words, i)
        if stated and _is_quantity(doc, words, stated):
            return _described(doc, words, stated)
    if word == "no" and doc[i].dep_ == "det":
        return _none(doc, i)
    if word in ("a", "an") and doc[i].dep_ == "det":
        return _article(doc, i)
    return None


def _amount(doc: Doc, words: list[str], i: int) -> Amount | None:
    """The amount at `i`; what changes "from 8 to 12" or "2 to 80" changes between two amounts, and is no range."""
    if words[i] == "from" and doc[i].head.lemma_ in _CHANGE_VERBS:
        return None
    if i and doc[i - 1].lemma_ in _CHANGE_VERBS and "to" in words[i + 1 : i + 8]:
        return amount(words[: words.index("to", i + 1)], i)
    if i > 1 and words[i - 1] == "from" and doc[i - 1].head.lemma_ in _CHANGE_VERBS and "to" in words[i + 1 : i + 8]:
        return amount(words[: words.index("to", i + 1)], i)
    return amount(words, i)


# ---------------------------------------------------------------- what is no quantity


def _is_quantity(doc: Doc, words: list[str], stated: Amount) -> bool:
    """Not a name's number ("Article 5"), a version, a telephone number, an age, a pronoun "one", a bare "some"."""
    first, stop = stated.first, stated.stop
    token, before = doc[first], doc[first - 1] if first else None
    following = words[stop] if stop < len(words) else ""
    if stated.unit:
        return not (stated.unit not in ("percent", "percentage points") and stated.vague)
    if stated.vague:
        head = _head(doc, stated)
        if head is None:
            return words[stop - 1] in _PLURAL_NUMBERS and doc[stop - 1].dep_ in _ARGUMENTS
        return following == "of" or head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "aircraft", "police")
    if first > 1 and words[first - 1] == "of" and token.is_title and doc[first - 2].is_title:
        return False  # the Group of Seven
    if words[stop - 1] == "both":
        head = _head(doc, stated)
        return token.dep_ not in ("preconj", "cc", "advmod") and (
            following == "of" or (head.tag_ in ("NNS", "NNPS") if head is not None else token.dep_ in _ARGUMENTS)
        )
    if _YEAR.fullmatch(words[stop - 1]) and following not in COUNTED:
        return False
    if stop - first == 1 and words[first] == "one":
        return _is_counted_one(doc, first, following)
    if stop - first == 1 and words[first] == "zero":
        return _head(doc, stated) is not None
    if words[first] in ("between", "from") and _head(doc, stated) is None:
        return token.pos_ == "ADP"
    if before is not None:
        joined = before.idx + len(before) == token.idx
        if joined and before.text in "-–/:.#_@№" and words[first - 2 if first > 1 else 0] not in ("mid",):
            return False
        if before.lower_ in _NAMED and not before.is_sent_start and words[first] not in _STARTS - NUMBER_WORDS:
            return before.pos_ == "VERB" or (
                before.lower_ in ("under", "group", "line", "unit") and before.pos_ == "ADP"
            )
        if before.text == "." and first > 1 and words[first - 2] in ("no", "nos", "art"):
            return False
        if before.lower_ == "aged" or words[max(0, first - 2) : first] in (["the", "age"], ["age", "of"]):
            return False
        named = before.pos_ == "PROPN" and words[first][:1].isdecimal() and _head(doc, stated) is None
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
    if following in ("-", "–") and not doc[stop - 1].whitespace_ and stop + 1 < len(doc):
        return words[stop + 1] not in ("old", "year", "day", "hour", "week", "month", "minute") and (
            not words[stop + 1][:1].isdecimal()
        )
    if _PHONE.fullmatch(doc[first:stop].text) and "," not in doc[first:stop].text:
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
    if token.dep_ == "nummod" and token.head.i > i and token.head.pos_ in _NOUNS:
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


# ---------------------------------------------------------------- what is counted


def _head(doc: Doc, stated: Amount) -> Token | None:
    """The noun that is counted: it follows the number, with or without "of", and nothing but its modifiers between."""
    stop = stated.stop
    if stop >= len(doc):
        return None
    j = stop
    while j < len(doc) and doc[j].lower_ in _ADDED:
        if doc[j].lower_ == "others":
            return doc[j]
        j += 1
    if j < len(doc) and doc[j].lower_ == "of":
        return next((c for c in doc[j].children if c.dep_ == "pobj"), None)
    if j >= len(doc):
        return None
    if doc[j].text in ("-", "–") and j + 1 < len(doc) and not doc[j].whitespace_:
        return doc[j + 1] if doc[j + 1].pos_ in _NOUNS else None  # a 12-member panel
    if doc[j].pos_ in ("PUNCT", "SCONJ", "CCONJ", "AUX", "PRON") or (doc[j].pos_ == "ADP" and doc[j].lower_ != "of"):
        return None
    token = doc[j]
    for _ in range(12):
        if token.pos_ in _NOUNS and not (token.dep_ in ("compound", "nmod") and token.head.i > token.i):
            break
        if token.head.i <= token.i or token.dep_ not in _MODIFIERS:
            break
        token = token.head
    if (
        token.pos_ not in _NOUNS
        or token.i < j
        or any(
            (t.is_punct and t.text not in "-–,") or (t.pos_ == "VERB" and t.dep_ != "amod") for t in doc[j : token.i]
        )
    ):
        return doc[j] if doc[j].pos_ in _NOUNS else None
    if (
        token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        and token.head.i < token.i
        and _number_is_subject(doc, stated, token)
    ):
        return None
    return token


def _number_is_subject(doc: Doc, stated: Amount, noun: Token) -> bool:
    """Whether a verb stands between the number and the noun."""
    return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in doc[stated.stop : noun.i])


def _plural(token: Token) -> str:
    word = token.lower_ if token.pos_ == "NOUN" else token.text
    if token.tag_ in ("NNS", "NNPS"):
        return word
    if word in MEASURES:
        return word
    if word in _PLURALS:
        return _PLURALS[word]
    if re.search(r"(?:[sxz]|[cs]h)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _unit(head: Token, after: int) -> str:
    """The counted noun, plural, with its lower-case adjectives and nouns from token `after` on ("low-income homes")."""
    after += head.doc[after].text in ("-", "–")
    chunks: list[list[Token]] = [[]]
    for t in head.doc[after : head.i]:
        chunks[-1].append(t)
        if t.whitespace_:
            chunks.append([])
    kept = [
        "".join(t.text for t in chunk)
        for chunk in chunks[:-1]
        if chunk[-1].dep_ in ("amod", "compound", "nmod")
        and all((t.text.islower() or t.text in "-–") and t.pos_ not in ("NUM", "DET", "ADV") for t in chunk)
        and chunk[-1].lower_ not in _ADDED
        and chunk[-1].lower_ != "old"
    ]
    return " ".join([*kept, "".join(t.text for t in chunks[-1]) + _plural(head)])


def _state_of(token: Token) -> tuple[str, str] | None:
    return _STATES.get(token.lemma_.lower()) or _STATES.get(token.lower_)


def _counted(doc: Doc, stated: Amount, head: Token | None) -> tuple[str, str] | None:
    """The state that is counted and what has it by default, from the verb, participle or noun at the number."""
    number = doc[stated.stop - 1]
    token = head if head is not None else number
    if _is_whole(doc, stated):
        return None
    if head is not None:
        if state := _state_of(head):
            return state
        for t in (*head.children, *doc[stated.stop : head.i]):
            if t.dep_ in ("amod", "acl", "relcl") and (state := _state_of(t)):
                return state
            if (
                t.dep_ == "compound"
                and t.i >= stated.stop
                and head.lemma_ in ("toll", "victim")
                and (state := _state_of(t))
            ):
                return state
    if stated.stop < len(doc) and (state := _state_of(doc[stated.stop])) and head is None:
        return state
    if head is None and doc[stated.stop : stated.stop + 1].text in ("other", "others", "more", "people"):
        following = doc[stated.stop + 1 : stated.stop + 2]
        if len(following) and (state := _state_of(following[0])):
            return state
    after = token.i + 1
    if after < len(doc) and doc[after].tag_ in ("VBN", "JJ", "VBD") and (state := _state_of(doc[after])):
        return state
    if stated.first <= token.head.i < stated.stop and token.head.pos_ == "ADP":  # detained over 100
        return _state_of(token.head.head)
    for _ in range(3):  # "12 of the 300 people were killed", "hundreds of people died"
        verb = token.head
        if verb.pos_ in ("VERB", "AUX", "ADJ"):
            if token.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "ccomp") or (
                token.dep_ == "conj" and verb.dep_ != "ROOT"
            ):
                if state := _state_of(verb):
                    return state
                for child in verb.children:  # "left 12 dead", "12 are missing"
                    if (
                        child.dep_ in ("oprd", "acomp", "attr", "xcomp", "ccomp")
                        and child is not token
                        and (state := _state_of(child))
                    ):
                        return state
            break
        if verb.pos_ == "ADP" and verb.head.pos_ in ("VERB", "AUX"):
            for subject in verb.head.children:  # "the death toll rose to 12", "the number of dead reached 12"
                if subject.dep_ in ("nsubj", "nsubjpass", "dobj") and (state := _subject_state(subject)):
                    return state
            break
        if verb is token:
            break
        token = verb
    verb = token.head
    if verb.pos_ == "VERB" and token.dep_ in ("dobj", "attr"):
        for subject in verb.children:
            if subject.dep_ == "nsubj" and head is None and (state := _subject_state(subject)):
                return state
    return None


def _is_whole(doc: Doc, stated: Amount) -> bool:
    """The 300 of "40 of the 300": a part of them is counted, not they."""
    i = stated.first - 1
    while i > 0 and doc[i].pos_ in ("DET", "PRON") and doc[i].lower_ != "none":
        i -= 1
    return i > 0 and doc[i].lower_ == "of" and (doc[i - 1].pos_ == "NUM" or doc[i - 1].lower_ in ("none", "half"))


def _subject_state(subject: Token) -> tuple[str, str] | None:
    """Of a toll, a number of dead, or the dead: their state."""
    if subject.lemma_ in ("number", "count", "tally", "figure", "total"):
        inner = [c for p in subject.children if p.dep_ == "prep" for c in p.subtree]
        return next((s for t in inner if (s := _state_of(t))), None)
    if subject.lemma_ == "toll":
        named = [c for c in subject.children if c.dep_ in ("compound", "amod")]
        return next((s for t in named if (s := _state_of(t))), None) or _STATES["toll"]
    return _state_of(subject) if subject.pos_ in ("NOUN", "ADJ") else None


# ---------------------------------------------------------------- in which way


def _counting(doc: Doc, words: list[str], stated: Amount, head: Token | None) -> Counting:
    after = (head.i if head is not None else stated.stop - 1) + 1
    number = doc[stated.stop - 1]
    added = words[stated.stop : stated.stop + 1] in (["more"], ["additional"], ["further"], ["extra"])
    if stated.more or (added and words[stated.stop : stated.stop + 2] != ["more", "than"]):
        return Counting.INCREMENT
    if stated.stop < len(doc) and words[stated.stop] == "others":
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
        if (
            definite
            or head.pos_ == "PRON"
            or words[stated.stop + 1 : stated.stop + 2] in (["the"], ["them"], ["those"], ["these"])
        ):
            return Counting.PART
    if re.match(r"of (?:the|these|those|its|their) ", _clause_opening(doc, number), re.I):
        return Counting.PART
    return Counting.TOTAL


def _clause_opening(doc: Doc, number: Token) -> str:
    """The "of the 300" that opens the clause of a subject number, if the number itself is not inside it."""
    start = next((t.i for t in reversed(doc[: number.i]) if t.text == ","), None)
    if start is None:
        return ""
    opening = doc[max(0, start - 8) : start]
    begins = [
        t.i for t in opening if t.lower_ == "of" and (t.i == 0 or doc[t.i].is_sent_start or doc[t.i - 1].is_punct)
    ]
    return doc[begins[-1] : start].text + " " if begins and number.i - start < 8 else ""


def _is_change(doc: Doc, words: list[str], stated: Amount, token: Token) -> bool:
    """What something rises or falls by: "rose by 12", "fell 5 percent", "a 10% increase", "up 3%"."""
    before = words[stated.first - 1] if stated.first else ""
    anchor = doc[stated.stop - 1]
    if before == "by":
        up = anchor
        while up.head is not up and up.pos_ not in ("VERB", "AUX"):
            up = up.head
        return up.lemma_ in _CHANGE_VERBS or any(c.lemma_ in _CHANGE_NOUNS for c in up.children)
    if stated.unit and (before in ("up", "down") or (stated.first and doc[stated.first - 1].lemma_ in _CHANGE_VERBS)):
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
            and t.head.lemma_ in _CHANGE_VERBS
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


# ---------------------------------------------------------------- quantities of each kind


def _described(doc: Doc, words: list[str], stated: Amount) -> QuantityWords:
    head = (
        None
        if stated.unit and not stated.fraction and words[stated.stop : stated.stop + 1] != ["of"]
        else _head(doc, stated)
    )
    counting = _counting(doc, words, stated, head)
    counted = _counted(doc, stated, head)
    stop, low, high = stated.stop, stated.low, stated.high
    unit = stated.unit
    if unit is None and head is not None and head.lower_ in CURRENCIES and head.lower_ != "won":
        unit = CURRENCIES[head.lower_]
    if unit is None and head is not None and head.pos_ in _NOUNS and head.lower_ != "others":
        start = stop
        unit = _unit(head, start)
        if head.lemma_ in _STATES and head.pos_ == "NOUN":
            unit = _STATES[head.lemma_][1]
            unit = _plural(head) if unit == "-" else unit
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
        kind=_kind(stated),
    )


def _kind(stated: Amount) -> QuantityKind:
    if stated.vague:
        return QuantityKind.VAGUE
    return QuantityKind.NONE if stated.low == stated.high == 0 else QuantityKind.NUMERAL


def _none(doc: Doc, i: int) -> QuantityWords | None:
    """No warheads: none of a thing that is counted."""
    head = doc[i].head
    if head.pos_ != "NOUN" or head.i <= i or head.lower_ in _NOT_COUNTED or doc[i + 1].lower_ in _NOT_COUNTED:
        return None
    if head.tag_ != "NNS" and head.lemma_ not in _THINGS and not _state_of(head):
        return None
    stated = Amount(i, i + 1, 0, 0)
    counted = _counted(doc, stated, head)
    named = _STATES.get(head.lemma_) if head.pos_ == "NOUN" else None
    unit = named[1] if named and named[1] != "-" else _unit(head, i + 1)
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


def _article(doc: Doc, i: int) -> QuantityWords | None:
    """An Oreshnik missile: one of a concrete thing, as an argument."""
    head = doc[i].head
    if head.i <= i or head.tag_ != "NN" or head.lemma_ not in _THINGS or head.dep_ not in _ARGUMENTS:
        return None
    counted = _counted(doc, Amount(i, i + 1, 1, 1), head)
    return QuantityWords(
        first=i,
        stop=i + 1,
        head=head.i,
        min=1,
        max=1,
        unit=_unit(head, i + 1),
        counted=counted[0] if counted else None,
        kind=QuantityKind.ARTICLE,
    )


def _multiplied(doc: Doc, i: int) -> QuantityWords | None:
    """Doubled, tripled: a change of so many percent."""
    if doc[i].pos_ != "VERB" or doc[i + 1 : i + 2].text.lower() in ("down", "check"):
        return None
    percent = _MULTIPLIED[doc[i].lower_]
    return QuantityWords(
        first=i, stop=i + 1, head=i, min=percent, max=percent, unit="percent", counting=Counting.CHANGE
    )
