"""How far a noun phrase reaches, and what its content words are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quoth.read.english.agents.mentions import CALENDAR, NUMERIC, QUOTES, Name
from quoth.read.english.agents.roles import (
    DETERMINERS,
    POSSESSIVES,
    anonymous_nouns,
    body_nouns,
    document_nouns,
    listed,
    role_ends,
    singular,
)
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Doc, Token

_LEFT = listed("det amod compound nummod poss nmod predet quantmod npadvmod punct case advmod preconj")
_PLURAL = frozenset({"NNS", "NNPS"})
_HUMAN_LINKS = listed("of for from at in with within inside to against on")
_BRACKET = re.compile(r"[A-Z][\w.&-]{1,11}$")
_QUANTIFIERS = listed(
    "even just multiple several numerous many few various some more most additional other further about only "
    "nearly almost"
)
_REPORTING = listed("reported said announced stated told warned noted added wrote claimed")
"""Verbs that a parser may make participles of who reports: ", the agency reported on Monday"."""

_OPENING = frozenset('"“„«‘')
_CLOSING = frozenset('"”“»’')


def people_or_body(doc: Doc, i: int) -> bool:
    """Whether the noun at i is one for people, a body or documents, so that "at", "in", "for" phrases belong to it."""
    word = doc[i].text.casefold()
    one = singular(word)
    return (
        one in anonymous_nouns()
        or one.endswith("worker")
        or word in body_nouns()
        or one in body_nouns()
        or bool(role_ends(doc, i))
    )


def extent(parse: Parse, head: int, name: Name | None = None) -> tuple[int, int]:
    """Tokens [first, stop) of the noun phrase headed by `head`; `name` is the proper name that ends at it, if any.

    Determiners, titles, modifiers, "of"-phrases and appositions belong to it; people and bodies also keep "at",
    "in", "for" phrases and short participles ("people briefed on the talks").  Relative clauses, coordinated
    phrases, adverbials and brackets that hold no acronym do not.
    """
    doc = parse.tokens
    return _left(doc, head, name), _right(parse, head, name)


def _left(doc: Doc, head: int, name: Name | None) -> int:
    first = head
    for child in sorted(doc[head].lefts, key=lambda t: -t.i):
        if child.text in CALENDAR or child.ent_type_ in {"DATE", "TIME"}:
            break
        if child.dep_ not in _LEFT or child.right_edge.i != first - 1:
            if child.right_edge.i < first - 1:
                break
            continue
        if child.dep_ == "punct" and child.text not in QUOTES | {"-", "–", "/", "$"}:
            break
        if child.dep_ == "advmod" and child.tag_ not in {"RB", "RBR", "RBS", "JJ"}:
            break
        if child.dep_ in {"advmod", "npadvmod", "punct"} and first == head and child.i != head - 1:
            break
        first = child.left_edge.i
    if name is not None:
        first = min(first, name.lead)
    while first < head and (doc[first].text in QUOTES - {"*"} or doc[first].text in {"*", ",", "-", "—"}):
        if doc[first].text in _OPENING and any(t.text in _CLOSING for t in doc[first + 1 : head + 2]):
            break
        first += 1
    return first


def _right(parse: Parse, head: int, name: Name | None) -> int:
    doc = parse.tokens
    stop = head + 1 if name is None else max(head + 1, name.stop)
    if name is not None and name.behind is not None:
        return name.behind[1]
    human = people_or_body(doc, head)
    if stop < len(doc) and doc[stop].text in _CLOSING and _open(doc, doc[head].left_edge.i, head):
        stop += 1
    stop = _bracket(doc, stop)
    for child in sorted(doc[head].rights, key=lambda t: t.i):
        if child.dep_ in {"punct", "case"} or child.i < stop:
            continue
        gap = [t.text for t in doc[stop : child.left_edge.i]]
        if child.dep_ == "prep" and not gap:
            link = child.text.casefold()
            limit = _preposition(parse, child)
            if limit is None or not (link == "of" or (human and link in _HUMAN_LINKS and name is None)):
                break
            stop = limit
        elif (
            child.dep_ in {"amod", "acl"} and not gap and human and name is None and child.tag_ in {"JJ", "VBN", "VBG"}
        ):
            limit = None if child.text in _REPORTING else _clause(doc, child)
            if limit is None:
                break
            stop = limit
            if stop + 1 < len(doc) and doc[stop].text in {"to", "with"} and doc[stop - 1].text in {"close", "familiar"}:
                stop = _preposition(parse, doc[stop]) or stop
        elif child.dep_ == "appos" and gap in ([","], []) and _apposed(doc, head, child):
            _, stop = extent(parse, child.i)
        else:
            break
    return stop


def _open(doc: Doc, first: int, head: int) -> bool:
    before = [t.text for t in doc[max(0, first - 1) : head + 1]]
    return (
        sum(w in {"“", "„", "«", "‘"} for w in before) > sum(w in {"”", "»"} for w in before) or before.count('"') == 1
    )


def _bracket(doc: Doc, stop: int) -> int:
    if (
        stop + 2 < len(doc)
        and doc[stop].text == "("
        and _BRACKET.match(doc[stop + 1].text)
        and doc[stop + 2].text == ")"
    ):
        return stop + 3
    return stop


def _preposition(parse: Parse, link: Token) -> int | None:
    """Where the phrase that `link` opens ends; None when it tells a time or holds no noun."""
    objects = [c for c in link.rights if c.dep_ in {"pobj", "pcomp", "prep"}]
    if not objects:
        return None
    inner = objects[0]
    if inner.dep_ == "prep":
        return _preposition(parse, inner)
    if inner.ent_type_ in {"DATE", "TIME"} or inner.dep_ == "pcomp":
        return None
    _, stop = extent(parse, inner.i)
    for other in inner.conjuncts:
        if (
            other.i > inner.i
            and other.tag_[:2] == "NN"
            and all(
                t.dep_ in {"cc", "punct", "conj"} or t.is_ancestor(other) or other.is_ancestor(t)
                for t in parse.tokens[stop : other.i]
            )
        ):
            following = parse.tokens[other.right_edge.i + 1 : other.right_edge.i + 2]
            if (
                not any(t.dep_ in {"nsubj", "nsubjpass"} for t in parse.tokens[stop : other.i + 1])
                and following is not None
            ):
                _, stop = extent(parse, other.i)
    return stop


def _clause(doc: Doc, child: Token) -> int | None:
    """Where a short participle or adjective phrase behind a noun ends; None when it is long or holds a clause."""
    stop = child.right_edge.i + 1
    for t in doc[child.left_edge.i : stop]:
        if t.text in {",", ";", ":", "—"} or t.text in QUOTES:
            stop = t.i
            break
        if t.dep_ in {"ccomp", "relcl", "advcl", "nsubj", "nsubjpass", "mark"} and t.i > child.i:
            return None
    return stop if stop > child.i and stop - child.i <= 10 else None


def _apposed(doc: Doc, head: int, other: Token) -> bool:
    """Whether `other` can say who or what `head` is: same number, no second bare name, no date, no quotation."""
    if other.tag_[:2] not in {"NN"} or other.ent_type_ in NUMERIC:
        return False
    if (doc[head].tag_ in _PLURAL) != (other.tag_ in _PLURAL):
        return False
    bare = not any(t.dep_ in {"det", "poss"} for t in other.lefts)
    one_name = doc[head].tag_ == "NNP" and other.tag_ == "NNP" and bare
    same_kind = (
        singular(other.text.casefold()) not in document_nouns()
        or singular(doc[head].text.casefold()) in document_nouns()
    )
    return not one_name and same_kind


def content(parse: Parse, text: str, first: int, head: int, stop: int, *, whole: bool = False) -> str:
    """The content words of a phrase: no determiners, possessors, numerals, vague quantities or quote marks.

    [first, head] are the head with what stands before it, [head + 1, stop) what follows it; `whole` keeps all words
    of the latter ("people familiar with the matter").
    """
    doc = parse.tokens
    for i in range(head - 1, first - 1, -1):
        if doc[i].text in POSSESSIVES and doc[i].dep_ == "case":
            first = i + 1
            break
    stop = next((i for i in range(head + 1, stop) if doc[i].text == ","), stop)
    kept = [i for i in range(first, stop) if not ((i < head or not whole) and _empty(doc[i], i < head))]
    return join(parse, text, kept) or join(parse, text, [head])


def _empty(token: Token, before_head: bool) -> bool:
    word = token.text.casefold()
    if word in QUOTES:
        return True
    if not before_head:
        return word in {"the", "a", "an", "these", "those", "this"}
    return (
        word in DETERMINERS
        or token.tag_ in {"PRP$", "DT", "PDT", "WRB", "WDT", "WP$"}
        or _numeral(token)
        or token.dep_ in {"quantmod", "predet"}
        or (token.dep_ == "advmod" and token.head.tag_ == "CD")
        or word in _QUANTIFIERS
        or token.text in {",", "*"}
    )


def _numeral(token: Token) -> bool:
    """ "forty-one" and its hyphen, but not the number of "35-year-old"."""
    around = token.doc[max(0, token.i - 1) : token.i + 3]
    if token.tag_ == "HYPH":
        return len(around) > 2 and around[0].tag_ == around[2].tag_ == "CD"
    following = token.doc[token.i + 1 : token.i + 3]
    joined = len(following) == 2 and following[0].tag_ == "HYPH" and following[1].tag_ != "CD"
    return token.tag_ == "CD" and not joined


def join(parse: Parse, text: str, tokens: Iterable[int]) -> str:
    """The document's words under some tokens, one blank where anything lay between them."""
    out: list[str] = []
    previous = -1
    for i in tokens:
        if out and parse.starts[i] != previous:
            out.append(" ")
        out.append(" ".join(text[parse.starts[i] : parse.ends[i]].split()))
        previous = parse.ends[i]
    return "".join(out).strip(' -–—"“”‘’*')
