"""How far up a reporting clause reaches that the parser hung too low."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import SPOKEN, cues
from quoth.read.english.attribution.speakers import can_speak
from quoth.read.english.tokens import Token

APPENDED = frozenset({"conj", "ccomp", "advcl", "parataxis", "dep"})
"""What the parser makes of a reporting clause behind what it reports."""

HUNG = APPENDED | {"relcl", "acl"}
"""And where it takes the reporter for the noun that the clause is about."""

COMMAS = frozenset({",", "”", '"', "’", "'"})
"""What stands before it."""

GOING_ON = frozenset({"ccomp", "xcomp", "cc", "mark"})
"""Dependents that show that a verb goes on with something else."""

TELLING = frozenset({"tell", "inform", "assure", "remind", "advise"})
"""Verbs whose object is who is told."""


def reported_host(verb: Token) -> Token | None:
    """The verb of the clause that a reporting clause is set behind: "It has gone, X says", "…, warns X of Y.".

    None where the verb goes on with something that is said, or stands before what it is hung on.  A reporting clause
    that ends its sentence is over the whole of it, whatever the parser hung it on.
    """
    if verb.dep_ not in HUNG:
        return None
    entry = cues().get((verb.lemma_.lower(), "v"))
    if entry is None or entry.kind not in SPOKEN or not entry.frames >= {"c", "q"}:
        return None
    subject = reporter(verb)
    if subject is None or not (clauses.is_finite(verb) or verb.tag_ == "VBN"):
        return None
    edge = reporting_edge(verb)
    if not edge or verb.doc[edge - 1].text not in COMMAS or verb.head.i > max(edge, subject.i):
        return None
    goes_on = GOING_ON if entry.lemma in TELLING else GOING_ON | {"dobj"}
    if any(c.i > edge and c.dep_ in goes_on for c in verb.children):
        return None
    last = max(c.right_edge.i for c in (verb, *verb.children))
    if any(t.is_alpha for t in verb.doc[last + 1 : verb.sent.end]):
        return None
    host = verb.head
    while host.head.i != host.i:
        host = host.head
    return host if host.pos_ in {"VERB", "AUX"} and host.i < edge else None


def reporter(verb: Token) -> Token | None:
    """The subject of a reporting clause; also the noun right before, where the parser made the verb its participle."""
    if verb.dep_ in APPENDED:
        return clauses.own_subject(verb)
    noun = verb.head
    own = clauses.own_subject(verb)
    if verb.dep_ == "relcl" and own is not None and own.left_edge.i == noun.i + 1 and own.pos_ == "PROPN":
        return own if can_speak(noun) else None  # ", the state agency TASS reported"
    participle = verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and noun.i + 1 == verb.i and noun.dep_ == "appos"
    return noun if participle and clauses.by_agent(verb) is None and can_speak(noun) else None


def reporting_edge(verb: Token) -> int:
    """The first token of a reporting clause: its subject's or the verb."""
    subject = reporter(verb)
    if subject is None:
        return verb.i
    named = verb.head if verb.dep_ == "relcl" else subject
    return min(verb.i, named.left_edge.i, subject.left_edge.i)


def closing(verb: Token) -> Iterator[Token]:
    """The reporting clauses below a verb that end the sentence, as tokens that are none of what the verb governs."""
    for token in verb.subtree:
        if token != verb and token.pos_ == "VERB" and reported_host(token) is not None:
            edge = reporting_edge(token)
            yield from (t for t in verb.subtree if t.i >= edge - 1)


def resumed(verb: Token) -> Token | None:
    """The verb of saying that "…, and put the toll at nine" goes on from, where the parser joined it to what is said.

    None where nothing tells them apart: no comma, no "that" of its own, no subject between them that cannot speak.
    """
    if verb.dep_ != "conj" or not clauses.is_finite(verb) or not _spoken(verb) or clauses.own_subject(verb) is not None:
        return None
    link = next((c for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < verb.i), None)
    subject = clauses.own_subject(verb.head)
    if link is None or subject is None:
        return None
    again = any(c.dep_ == "ccomp" and any(m.lower_ == "that" for m in c.lefts) for c in verb.children)
    apart = link.nbor(-1).text == "," or again
    if not apart and (subject.pos_ == "PRON" or can_speak(subject)):
        return None
    above = verb.head.head
    said = verb.head.dep_ == "ccomp" and above.pos_ == "VERB" and _spoken(above)
    return above if said and clauses.finite_tag(above) == clauses.finite_tag(verb) else None


def added_to(verb: Token) -> Token | None:
    """The verb of saying that ", insisting that …" goes on from, where the parser hung the participle on what is said.

    None for any other verb.
    """
    participle = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.left_edge.i and _spoken(verb)
    if not participle or verb.doc[verb.left_edge.i - 1].text != "," or _has_mark(verb):
        return None
    current = verb.head
    while current.dep_ in {"conj", "ccomp"} and current.head.i < current.i:
        current = current.head
        if current.pos_ == "VERB" and _spoken(current) and current.dep_ != "conj":
            return current
    return None


def added(verb: Token) -> Iterator[Token]:
    """The participles and joined verbs below a verb of saying that go on from it."""
    for token in verb.subtree:
        if token.pos_ == "VERB" and token != verb and token.head != verb and verb in (added_to(token), resumed(token)):
            yield token


def _spoken(verb: Token) -> bool:
    entry = cues().get((verb.lemma_.lower(), "v"))
    return entry is not None and entry.kind in SPOKEN


def _has_mark(verb: Token) -> bool:
    return any(c.dep_ == "mark" for c in verb.children)
