"""What the words around a name say of what it names: a firm, a place, a person, "a toolmaker based in Bremen"."""

from __future__ import annotations

from quoth.read.english.agents.roles import body_noun, listed, person_noun, plain, role_at
from quoth.read.english.tokens import Doc

WITHIN = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "HYPH", "POS", "VBN", "VBG", "FW", "CD"})
"""Tags of what stands inside a noun phrase."""

_DESCRIBING = frozenset({"NN", "JJ", "VBN", "VBG"})


def description(doc: Doc, lead: int, first: int, stop: int) -> tuple[frozenset[str], str]:
    """The common words that describe what is named, before it and in an apposition, and the place it is based in."""
    before = [t for t in doc[lead:first] if t.tag_ != "DT"]
    found = set()
    base = ""
    last = before[-1] if before else None
    if last is not None and last.tag_ == "NN":
        found = {plain(t.text) for t in before if t.text.islower() and t.tag_ in _DESCRIBING}
    elif lead > 1 and doc[lead - 1].text == "," and doc[lead - 2].tag_ == "NN":  # "the maker, Kern,"
        body = body_noun(doc[lead - 2].text)
        if body is not None and body.kind == "organization" and stop < len(doc) and doc[stop].text == ",":
            found = _noun_words(doc, lead - 2)
    for t in doc[lead:first]:
        if t.text == "based" and t.i > lead + 1 and doc[t.i - 1].text == "-":
            base = doc[t.i - 2].text
    i = stop
    if i + 2 < len(doc) and doc[i].text == ",":
        behind = doc[i + 1 : i + 14]
        if behind[0].text == "based" and len(behind) > 2 and behind[1].text == "in":
            base = behind[2].text
        if behind[0].text == "which" and len(behind) > 4 and [t.text for t in behind[1:4]] == ["is", "based", "in"]:
            base = behind[4].text
        if behind[0].tag_ == "DT":
            for t in behind[1:]:
                following = doc[t.i + 1].text if t.i + 1 < len(doc) else "."
                if t.tag_ not in WITHIN:
                    break
                if t.tag_ == "NN" and following in {",", ".", "based", "that", "which", "in", "of", "with", ";"}:
                    found |= _noun_words(doc, t.i)
                    break
    return frozenset(found), base.casefold()


def _noun_words(doc: Doc, i: int) -> set[str]:
    """The noun at i with the lower-case words right before it."""
    found: set[str] = set()
    for t in reversed(doc[max(0, i - 5) : i + 1]):
        if t.tag_ not in _DESCRIBING and t.text != "-":
            break
        if t.text.islower():
            found.add(plain(t.text))
    return found


_DEALS = listed("acquisition takeover merger shares share stake bid offer shareholders subsidiary investors")
_DEALT = listed("buy buys bought buying acquire acquires acquired acquiring")
PEERS = listed("rival competitor peer supplier subsidiary parent unit affiliate predecessor")
_FIRM_PARTS = listed("shares stock shareholders subsidiary ceo chief")


def firm_like(doc: Doc, lead: int, first: int, stop: int) -> bool:
    """Whether a name stands where firms do: "acquisition of Kern", "to buy Kern", "Kern shares", "Kern … its plan"."""
    link = doc[first - 1] if first else None
    if link is not None and link.text.casefold() in PEERS:
        return any(t.text.casefold() in {"its", "'s", "’s"} for t in doc[max(0, first - 5) : first - 1])
    linked = link is not None and lead == first and link.text.casefold() in {"of", "for", "in", "with"}
    if link is not None and linked and link.head.text.casefold() in _DEALS:
        return True
    following = [t.text.casefold() for t in doc[stop : stop + 2]]
    if following and doc[stop - 1].dep_ == "compound" and following[0] in _FIRM_PARTS:
        return following[0] != "chief" or following[-1] == "executive"
    head = doc[stop - 1]
    if head.dep_ == "dobj" and head.head.text.casefold() in _DEALT:
        return True
    if head.dep_ != "nsubj" or stop - first > 1:
        return False
    for t in doc[stop : head.sent.end]:
        if t.text.casefold() in {"its", "itself"}:
            return True
        if t.tag_[:2] == "NN" and t.i + 1 < len(doc) and t.dep_ in {"nsubj", "dobj", "pobj"}:
            return False
    return False


_PLACING = listed("in into near around across outside inside within throughout towards toward")
_LEAVING = listed(
    "leave left leaves leaving depart departed departs departing bound head headed heads heading sail sailed flew fly "
    "flies travel travelled traveled travels travelling traveling set return returned returns go went"
)
_COMING = listed("from to for")


def located(doc: Doc, lead: int, first: int, stop: int) -> bool:
    """Whether the name stands alone where a place does: "in Norden", "left for Norden"."""
    if lead != first or first == 0 or stop - first > 2:
        return False
    link = doc[first - 1]
    if link.text.casefold() in _PLACING:
        return link.tag_ == "IN"
    return link.text.casefold() in _COMING and link.head.text.casefold() in _LEAVING


def human_behind(doc: Doc, stop: int) -> bool:
    """Whether what follows a comma says that a person was named: ", who", ", a pianist", ", 34, who"."""
    i = stop + 1
    if stop >= len(doc) or doc[stop].text != ",":
        return False
    if i + 1 < len(doc) and doc[i].tag_ == "CD" and doc[i + 1].text == ",":
        i += 2
    if i >= len(doc):
        return False
    if doc[i].text.casefold() in {"who", "whose"}:
        return True
    if doc[i].text.casefold() not in {"a", "an"}:
        return False
    for t in doc[i + 1 : i + 7]:
        following = doc[t.i + 1] if t.i + 1 < len(doc) else None
        ends = following is None or following.tag_ in {",", ".", "IN", "WP", "WDT", "TO"}
        if t.tag_ == "NN" and ends:
            return bool(role_at([x.text for x in doc[i : t.i + 1]], t.i + 1 - i)) or person_noun(t.text.casefold())
        if t.tag_ not in WITHIN:
            return False
    return False
