"""What a number counts: the noun, its words as a unit, and the state (killed, missing) that is counted."""

from __future__ import annotations

import re

from quoth.read.english.lexicon import rows
from quoth.read.english.quantities.values import CURRENCIES, LEXICON, MEASURES, Amount
from quoth.read.english.times.words import UNITS
from quoth.read.english.tokens import Doc, Token

STATES: dict[str, tuple[str, str]] = {word: (state, unit) for word, state, unit in rows("counted.tsv")}
_QUOTES = frozenset("“”\"‘’'«»„``")
_INNER = _QUOTES | {"-", "–", ",", "''"}
"""Marks that may stand between a number and its noun."""
_PLURALS: dict[str, str] = LEXICON["plurals"]
_COLLECTIVE = frozenset(LEXICON["collective"]["words"])
_CARRIED = frozenset(LEXICON["carried"]["words"])
_ILL = frozenset({"case", "infection"})
_DIAGNOSED = frozenset(LEXICON["diagnosed"]["words"])
_PRICED = frozenset(LEXICON["priced"]["words"])
_MODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "advmod", "det", "poss", "quantmod", "npadvmod", "predet"}
)
NOUNS = frozenset({"NOUN", "PROPN"})
_NUMBERS = frozenset(LEXICON["numbers"]["words"])
_EACH = frozenset({"each", "every"})
_BEING = frozenset({"be", "remain", "stay"})
_ADDED = frozenset({"more", "additional", "other", "others", "further", "extra", "new", "such"})


def head_of(doc: Doc, stated: Amount) -> Token | None:
    """The noun that is counted: it follows the number, with or without "of", and nothing but its modifiers between."""
    stop = stated.stop
    if stop >= len(doc):
        return None
    j = stop
    while j < len(doc) and doc[j].lower_ in _ADDED:
        if doc[j].lower_ == "others":
            return doc[j]
        j += 1
    while j < len(doc) and doc[j].text in _QUOTES:
        j += 1
    if j < len(doc) and doc[j].lower_ == "of":
        object_ = next((c for c in doc[j].children if c.dep_ == "pobj"), None)
        return object_ or next((t for t in doc[j + 1 : j + 5] if t.pos_ in NOUNS and t.dep_ != "compound"), None)
    if j >= len(doc):
        return None
    if doc[j].text in ("-", "–") and j + 1 < len(doc) and not doc[j].whitespace_:
        return doc[j + 1] if doc[j + 1].pos_ in NOUNS else None  # a 12-member panel
    if (
        doc[j].lower_ in ("a", "an")
        or doc[j].pos_ in ("PUNCT", "SCONJ", "CCONJ", "AUX", "PRON")
        or (doc[j].pos_ == "ADP" and doc[j].lower_ != "of")
    ):
        return None
    token = doc[j]
    for _ in range(12):
        if token.pos_ in NOUNS and not (token.dep_ in ("compound", "nmod") and token.head.i > token.i):
            break
        if token.head.i <= token.i or token.dep_ not in _MODIFIERS:
            break
        token = token.head
    if token.dep_ == "npadvmod" and token.lemma_ in UNITS:  # "stood at 610 last night"
        return None
    if (
        token.pos_ not in NOUNS
        or token.i < j
        or any(
            (t.is_punct and t.text not in _INNER) or (t.pos_ == "VERB" and t.dep_ != "amod") for t in doc[j : token.i]
        )
    ):
        return doc[j] if doc[j].pos_ in NOUNS else None
    if (
        token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        and token.head.i < token.i
        and _number_is_subject(doc, stated, token)
    ):
        return None
    return token


def is_model(doc: Doc, stated: Amount) -> bool:
    """ "Its new 640 tractor": digits that name one thing among others, and count nothing."""
    head = head_of(doc, stated)
    number = doc[stated.first]
    if head is None or head.tag_ != "NN" or stated.stop - stated.first > 1 or not number.text.isdecimal():
        return False
    following = doc[stated.stop].lower_ if stated.stop < len(doc) else ""
    if following in MEASURES or following in CURRENCIES or not head.text.isalpha() or number.text == "1":
        return False
    one = any(t.dep_ in ("det", "poss") and t.i < number.i for t in head.children)
    return one and doc[stated.stop - 1].whitespace_ != "" and head.lower_ not in _COLLECTIVE


def tallied(doc: Doc, stated: Amount) -> tuple[Token | None, tuple[str, str] | None]:
    """What a number is the number of, and the state it is in: "the number of people aboard rose to 160".

    The noun is None where a state alone is counted ("the number of dead").
    """
    number = doc[stated.stop - 1]
    link = number.head
    if number.dep_ not in ("pobj", "dobj") or (number.dep_ == "pobj" and link.pos_ != "ADP" and link.pos_ != "SCONJ"):
        return None, None
    verb = link if number.dep_ == "dobj" else link.head
    verb = verb.head if verb.pos_ == "ADV" else verb  # "closer to 1,000"
    nouns = [t for t in verb.children if t.dep_ in ("dobj", "nsubj", "nsubjpass") and t.i < stated.first]
    tally = next((t for t in nouns if t.lemma_ in _NUMBERS), None)
    of = next((c for c in tally.children if c.lower_ == "of"), None) if tally is not None else None
    named = next((c for c in of.children if c.dep_ in ("pobj", "pcomp")), None) if of is not None else None
    if named is None:
        return None, None
    state = next((s for t in doc[named.left_edge.i : stated.first] if (s := state_of(t))), None)
    if state is None and named.lemma_ in _ILL and any(t.lower_ in _DIAGNOSED for t in named.children):
        state = STATES["ill"]
    return (named if named.pos_ in NOUNS and state_of(named) is None else None), state


def per_of(doc: Doc, stated: Amount, head: Token | None) -> str | None:
    """What a number is for each of: "80 km per hour", "4,000 cars a year", "$3 a barrel", "five dollars per head"."""
    number = doc[stated.stop - 1]
    subject = next((c for v in number.ancestors for c in v.children if c.dep_ == "nsubj"), None)
    if subject is not None and any(c.lower_ in _EACH and c.dep_ == "det" for c in subject.children):
        return subject.lower_  # "each dose costs 11 marks"
    last = max(stated.stop - 1, head.i if head is not None and head.i < stated.stop + 6 else 0)
    link = doc[last + 1] if last + 1 < len(doc) else None
    each = doc[last + 2] if last + 2 < len(doc) else None
    if link is not None and link.lower_ in _EACH and each is not None and each.lower_ == "single":
        each = each.head if each.head.i == each.i + 1 else None  # "every single day"
    if link is None or each is None or each.pos_ not in NOUNS or not each.text.isalpha():
        return None
    if link.lower_ == "per":
        return each.lower_
    counts = link.lower_ in ("a", "an", *_EACH) and (each.lower_ in UNITS or each.lower_ in _PRICED)
    return each.lower_ if counts else None


def _number_is_subject(doc: Doc, stated: Amount, noun: Token) -> bool:
    """Whether a verb stands between the number and the noun."""
    return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in doc[stated.stop : noun.i])


def plural(token: Token) -> str:
    word = token.lower_ if token.pos_ == "NOUN" else token.text
    if token.tag_ in ("NNS", "NNPS") or (token.pos_ == "PROPN" and re.search(r"[^s]s$", word)):
        return word
    if word in MEASURES:
        return f"{word}s" if f"{word}s" in MEASURES else _PLURALS.get(word, word)
    if word in _COLLECTIVE:
        return word
    if word in _PLURALS:
        return _PLURALS[word]
    if re.search(r"(?:[sxz]|[cs]h)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def unit_of(head: Token, after: int) -> str:
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
    return " ".join([*kept, "".join(t.text for t in chunks[-1] if t.text not in _QUOTES) + plural(head)])


def state_of(token: Token) -> tuple[str, str] | None:
    return STATES.get(token.lemma_.lower()) or STATES.get(token.lower_)


def _phrase_state(verb: Token, beside: Token) -> tuple[str, str] | None:
    """The state in two words: "tested positive", "are in hospital"."""
    if state := STATES.get(f"{verb.lemma_} {beside.lower_}"):
        return state
    return _prepositional_state(beside)


def _prepositional_state(preposition: Token) -> tuple[str, str] | None:
    objects = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp", "amod")]
    return next((s for c in objects if (s := STATES.get(f"{preposition.lower_} {c.lower_}"))), None)


def counted_at(doc: Doc, stated: Amount, head: Token | None) -> tuple[str, str] | None:
    """The state that is counted and what has it by default, from the verb, participle or noun at the number."""
    number = doc[stated.stop - 1]
    token = head if head is not None else number
    if _is_whole(doc, stated):
        return None
    if head is not None:
        if head.lemma_ in _ILL and _is_of_illness(doc, stated, head):
            return STATES["ill"]
        if state := state_of(head):
            return state
        for t in (*head.children, *doc[stated.stop : head.i]):
            if t.dep_ in ("amod", "acl", "relcl") and (state := state_of(t)):
                return state
            if t.dep_ == "prep" and t.i > head.i and (state := _prepositional_state(t)):  # "131 people on board"
                return state
            if (
                t.dep_ == "compound"
                and t.i >= stated.stop
                and head.lemma_ in ("toll", "victim")
                and (state := state_of(t))
            ):
                return state
    if stated.stop < len(doc) and (state := state_of(doc[stated.stop])) and head is None:
        return state
    if head is None and doc.span(stated.stop, stated.stop + 1).text in ("other", "others", "more", "people"):
        following = doc[stated.stop + 1 : stated.stop + 2]
        if len(following) and (state := state_of(following[0])):
            return state
    after = token.i + 1
    if after < len(doc) and doc[after].tag_ in ("VBN", "JJ", "VBD") and (state := state_of(doc[after])):
        return state
    if token.head.i == stated.first and token.head.pos_ == "ADP":  # detained over 100
        return state_of(token.head.head)
    for _ in range(3):  # "12 of the 300 people were killed", "hundreds of people died"
        verb = token.head
        if verb.pos_ in ("VERB", "AUX", "ADJ"):
            if token.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "ccomp") or (
                token.dep_ == "conj" and verb.dep_ != "ROOT"
            ):
                if state := state_of(verb):
                    return state
                for child in verb.children:  # "left 12 dead", "12 are missing", "12 were aboard"
                    beside = child.dep_ in ("oprd", "acomp", "attr", "xcomp", "ccomp")
                    beside = beside or (verb.lemma_ in _BEING and child.dep_ in ("prep", "advmod", "prt"))
                    if child == token or child.i < token.i:
                        continue
                    if state := (state_of(child) if beside else None) or _phrase_state(verb, child):
                        return state
                if verb.lemma_ == "carry" and token.dep_ == "dobj" and head is not None and head.lemma_ in _CARRIED:
                    return STATES["aboard"]
            break
        if verb.pos_ == "ADP" and verb.head.pos_ in ("VERB", "AUX"):
            for subject in verb.head.children:  # "the death toll rose to 12", "the number of dead reached 12"
                if subject.dep_ in ("nsubj", "nsubjpass", "dobj") and (state := _subject_state(subject)):
                    return state
            break
        if verb == token:
            break
        token = verb
    verb = token.head
    if verb.pos_ == "VERB" and token.dep_ in ("dobj", "attr"):
        for subject in verb.children:
            if subject.dep_ == "nsubj" and head is None and (state := _subject_state(subject)):
                return state
    return None


def _is_of_illness(doc: Doc, stated: Amount, head: Token) -> bool:
    """ "236 confirmed cases", "new infections": of persons who fell ill, and no cases in court."""
    told = {t.lower_ for t in (*head.children, *doc[max(0, stated.first - 3) : head.i])}
    return bool(told & _DIAGNOSED)


def _is_whole(doc: Doc, stated: Amount) -> bool:
    """The 300 of "40 of the 300": a part of them is counted, not they."""
    i = stated.first - 1
    while i > 0 and doc[i].pos_ in ("DET", "PRON") and doc[i].lower_ != "none":
        i -= 1
    return i > 0 and doc[i].lower_ == "of" and (doc[i - 1].pos_ == "NUM" or doc[i - 1].lower_ in ("none", "half"))


def _subject_state(subject: Token) -> tuple[str, str] | None:
    """Of a toll, a number of dead, or the dead: their state."""
    if subject.lemma_ in _NUMBERS:
        inner = [c for p in subject.children if p.dep_ == "prep" for c in p.subtree]
        return next((s for t in inner if (s := state_of(t))), None)
    if subject.lemma_ == "toll":
        named = [c for c in subject.children if c.dep_ in ("compound", "amod")]
        return next((s for t in named if (s := state_of(t))), None) or STATES["toll"]
    return state_of(subject) if subject.pos_ in ("NOUN", "ADJ") else None
