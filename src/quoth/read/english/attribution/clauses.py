"""What a parse says about clauses: subjects, the extent of a clause, who controls a participle."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quoth.read.english.events.syntax import is_deadline
from quoth.read.english.tokens import Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis"})
QUOTES = frozenset("\"“”„«»‘’'")
TRIMMED = frozenset(",;:-–—")


def is_finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(c.tag_ in FINITE for c in verb.children if c.dep_ in {"aux", "auxpass"})


def finite_tag(verb: Token) -> str:
    """The tag that carries the tense: of the first auxiliary, else of the verb itself."""
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass"} and child.tag_ in FINITE:
            return str(child.tag_)
    return str(verb.tag_)


def own_subject(verb: Token, skip: Collection[int] = ()) -> Token | None:
    """The verb's own subject, if it has one that is not among `skip` (placeholders of quotations)."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i not in skip]
    return subjects[-1] if subjects else None


def opening(verb: Token) -> Token:
    """The first word of a verb's own clause: its subject's, else the verb."""
    subject = own_subject(verb)
    return verb if subject is None else min(verb, subject.left_edge, key=lambda t: t.i)


def predicate_adjective(verb: Token) -> Token | None:
    """ "confident" of "is confident", "worried" of "was worried": what a verb says of its subject."""
    if verb.tag_ == "VBN" and any(c.dep_ in {"auxpass", "aux"} and c.lemma_ == "be" for c in verb.children):
        return verb
    return next((c for c in verb.children if c.dep_ == "acomp"), None)


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "advcl"} and not any(c.dep_ == "aux" for c in verb.children)
    )


def by_agent(verb: Token) -> Token | None:
    """The noun of a passive's "by" phrase."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            for noun in child.children:
                if noun.dep_ == "pobj" and not is_deadline(noun):
                    return noun
    return None


def governor(verb: Token, skip: Collection[int] = ()) -> Token | None:
    """The verb or noun that a verb without a subject of its own takes it from.

    A finite verb joined by "and" belongs with a verb of the same tense: the parser often joins "proposed that …
    are trained and expressed …" to the nearest verb, inside the clause.
    """
    if verb.dep_ != "conj":
        return verb.head if verb.head.i != verb.i else None
    head = verb.head
    if is_finite(verb):
        climbed = head
        while climbed.i != climbed.head.i:
            if climbed.pos_ in {"VERB", "AUX"} and finite_tag(climbed) == finite_tag(verb) and climbed.dep_ != "relcl":
                subject = own_subject(climbed, skip)
                if subject is not None or climbed.dep_ in {"ROOT", "conj"}:
                    return climbed
            climbed = climbed.head
        if climbed.pos_ in {"VERB", "AUX"} and finite_tag(climbed) == finite_tag(verb):
            return climbed
    return head


def subject_of(verb: Token, skip: Collection[int] = ()) -> Token | None:
    """Who does what the verb says, as far as the syntax tells: its subject, a passive's agent, the subject that it
    shares with the verb it is joined to, or the noun that it modifies."""
    seen: set[int] = set()
    current: Token | None = verb
    while current is not None and current.i not in seen:
        seen.add(current.i)
        if current.pos_ in {"NOUN", "PROPN", "PRON"}:
            return current
        if is_passive(current):
            agent = by_agent(current)
            if agent is not None or current == verb:
                return agent
        subject = own_subject(current, skip)
        if subject is not None:
            return antecedent(subject) if subject.tag_ in {"WDT", "WP"} else subject
        current = governor(current, skip)
    return _noun_before(verb, skip)


def _noun_before(verb: Token, skip: Collection[int]) -> Token | None:
    """The noun right before a finite verb to which the parser gave no subject (it hung the noun on what precedes)."""
    first = min([verb.i, *(c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"})])
    if not is_finite(verb) or first <= verb.sent.start:
        return None
    noun = verb.doc[first - 1]
    return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} and noun.i not in skip else None


def antecedent(pronoun: Token) -> Token:
    """The noun that a relative pronoun stands for; the pronoun itself when no relative clause holds it."""
    verb = pronoun.head
    while verb.dep_ in {"conj", "xcomp"} and verb.i != verb.head.i:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else pronoun


def clause_tokens(head: Token, without: Iterable[Token] = ()) -> list[Token]:
    """The subtree of `head` less the subtrees of `without`, in text order."""
    left_out = {t.i for w in without for t in w.subtree}
    return [t for t in head.subtree if t.i not in left_out]


def trimmed(tokens: Iterable[Token]) -> list[Token]:
    """Without commas, dashes and a lone conjunction or final stop at the edges."""
    kept = [t for t in tokens if not t.is_space]
    while kept and (kept[0].text in TRIMMED or kept[0].dep_ == "cc"):
        kept.pop(0)
    while kept and (kept[-1].text in TRIMMED or kept[-1].text in {".", "!", "?", "…"} or kept[-1].dep_ == "cc"):
        kept.pop()
    if kept and kept[0].text in QUOTES and not any(t.text in QUOTES for t in kept[1:]):
        kept.pop(0)
    if kept and kept[-1].text in QUOTES:
        opens = sum(t.text in {"“", "«", "„"} for t in kept)
        closes = sum(t.text in {"”", "»"} for t in kept)
        if opens > closes:
            kept.pop()
    return kept


def is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
