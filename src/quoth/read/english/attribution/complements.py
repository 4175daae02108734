"""What a verb of saying governs beside clauses: a noun phrase, a phrase, a predicate."""

from __future__ import annotations

from quoth.model import Act
from quoth.read.english.attribution.governing import Content, Governing, made, with_tail
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.tokens import Token

QUESTIONS = frozenset({"whether", "how", "what", "why", "when", "where", "who", "which"})
POINTING = frozenset({"this", "that", "it", "which", "so"})


def predicate(g: Governing) -> Content | None:
    """ "called the plan a disgrace"."""
    if "n" not in g.entry.frames:
        return None
    for child in g.kids:
        if child.dep_ in {"oprd", "ccomp"} and child.i > g.verb.i:
            return made(Pattern.VERB_PREDICATE, list(child.subtree))
    return None


def object_and_phrase(g: Governing) -> Content | None:
    """ "accused the firm of fraud", "blamed the pilot for the crash"."""
    if not any(c.dep_ == "dobj" for c in g.kids):
        return None
    for preposition in g.entry.prepositions("b"):
        for child in g.kids:
            if child.dep_ == "prep" and child.lower_ == preposition:
                return made(Pattern.VERB_OBJECT_PHRASE, [t for c in child.children for t in c.subtree])
    return None


def object_with_phrase(g: Governing) -> Content | None:
    """ "put the number of injured at 320", "put it closer to 1,000"."""
    thing = next((c for c in g.kids if c.dep_ == "dobj"), None)
    for preposition in g.entry.prepositions("t"):
        for child in g.kids:
            if thing is not None and child.i > thing.i and _leads_with(child, preposition):
                between = [t for c in g.kids if thing.i < c.i < child.i for t in c.subtree]
                beside = [t for c in g.kids if c.i > child.i and _beside_it(c) for t in c.subtree]
                tokens = {t.i: t for t in (*thing.subtree, *between, *child.subtree, *beside)}
                return made(Pattern.VERB_OBJECT_WITH_PHRASE, [tokens[i] for i in sorted(tokens)])
    return None


def _leads_with(child: Token, preposition: str) -> bool:
    """Whether it is a phrase with the preposition, or an adverb with one: "closer to 1,000"."""
    if child.dep_ == "advmod":
        return any(c.dep_ == "prep" and c.lower_ == "to" for c in child.children)
    return child.dep_ == "prep" and child.lower_ == preposition


def _beside_it(child: Token) -> bool:
    """ ", with four still missing"."""
    return child.dep_ == "prep" and child.lower_ == "with" and any(c.dep_ == "pcomp" for c in child.children)


def described_as(g: Governing) -> Content | None:
    if "a" not in g.entry.frames:
        return None
    for child in g.kids:
        if child.dep_ in {"prep", "mark"} and child.lower_ == "as" and child.i > g.verb.i:
            return made(Pattern.VERB_AS, [t for c in child.children for t in c.subtree])
    return None


def direct_object(g: Governing) -> Content | None:
    if "o" not in g.entry.frames:
        return None
    for child in g.kids:
        if child.dep_ == "dobj" and child.i > g.verb.i and child.pos_ != "PRON" and child.lower_ not in POINTING:
            tokens, said = list(child.subtree), g.entry.kind in {"speech", "report"}
            return made(Pattern.VERB_OBJECT, with_tail(g.verb, child, tokens) if said else tokens)
    return None


def phrase(g: Governing) -> Content | None:
    prepositions = g.entry.prepositions("p")
    if " " in g.entry.lemma:
        prepositions = (*prepositions, g.entry.lemma.split()[1])
    for child in g.kids:
        if child.dep_ in {"prep", "prt"} and child.lower_ in prepositions and child.i > g.verb.i:
            inner = [t for c in child.children for t in c.subtree]
            if inner:
                return made(Pattern.VERB_PHRASE, inner, (child.i,))
    return None


def plea(g: Governing) -> Content | None:
    """ "pleaded not guilty to all counts"."""
    if "plea" not in g.entry.frames:
        return None
    after = [t for t in g.verb.doc[g.verb.i + 1 : g.verb.sent.end] if g.verb.is_ancestor(t)]
    return made(Pattern.VERB_PREDICATE, after)


def refused(g: Governing) -> Content | None:
    if g.entry.act is not Act.DECLINE:
        return None
    for child in g.kids:
        if child.dep_ in {"ccomp", "advcl"} and child.i < g.verb.i and child.left_edge.lower_ in QUESTIONS:
            return made(Pattern.REFUSAL, list(child.subtree))  # "Where they are, he did not say"
    for child in g.kids:
        if child.dep_ in {"xcomp", "ccomp", "dobj", "advcl", "prep"} and child.i > g.verb.i:
            return made(Pattern.REFUSAL, list(child.subtree))
    return None
