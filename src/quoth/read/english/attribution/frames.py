"""The content of a verb of saying, by the verb's frame (the column of that name in lexicon/cues.tsv)."""

from __future__ import annotations

from collections.abc import Callable

from quoth.read.english.attribution import clauses, complements, scope
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.governing import Content, Governing, made, with_tail
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.tokens import Token

CONTENT_MARKS = complements.QUESTIONS | {"that", "if"}
CITING = frozenset({"citing", "quoting"})
JOINED = frozenset({"conj", "advcl", "ccomp"})
PARENTHESIS_TOKENS = 12
"""A cue between commas with more tokens than this is a clause of its own."""


def content_of(governing: Governing) -> Content | None:
    """The content by the first frame that applies, in the order of `FRAMES`; None where the verb governs none."""
    for frame in FRAMES:
        content = frame(governing)
        if content is not None:
            return content
    return None


def _clause(g: Governing) -> Content | None:
    if not g.entry.frames & {"c", "q"} or scope.reported_host(g.verb) is not None:
        return None
    cited = [c for kid in g.kids if kid.lower_ in CITING or kid.dep_ == "prep" for c in _clauses_below(kid)]
    closing = {t.i for t in scope.closing(g.verb)}
    kids = [c for kid in g.kids for c in (kid.children if kid.i in closing else (kid,)) if c.i not in closing]
    for child in [*kids, *cited]:
        clause = child.dep_ == "ccomp" or child in cited
        if clause and (is_clausal(child) or _headline_future(g.entry, child)):
            left_out = [*joined_cues(g.verb, g.source), *scope.added(g.verb)]
            tokens = [t for t in clauses.clause_tokens(child, left_out) if t.i not in g.holders and t.i not in closing]
            pattern = Pattern.VERB_CLAUSE if child.i > g.verb.i else Pattern.CLAUSE_VERB
            return made(
                pattern,
                [*with_tail(g.verb, child, clauses.trimmed(tokens)), *_outcome(g), *_after_semicolon(g)],
            )
    stray = _stray(g.verb)
    if stray is not None:
        tokens = [t for t in clauses.clause_tokens(stray) if t.i not in g.holders and t.i not in closing]
        return made(Pattern.VERB_CLAUSE, tokens)
    return _said_of_what_follows(g)


def _stray(verb: Token) -> Token | None:
    """ "told Reuters shortly before the vote that …": the clause that is said, hung on a noun between that has none."""
    for token in verb.subtree:
        noun = token.head
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in token.lefts)
        if marked and token.dep_ == "acl" and noun.dep_ == "pobj" and noun.head.head == verb and verb.i < noun.i:
            return None if (noun.lemma_.lower(), "n") in cues() else token
    return None


def _appended(g: Governing) -> Content | None:
    """ "It has gone, X says": the whole sentence before."""
    host = scope.reported_host(g.verb)
    if host is None:
        return None
    edge = scope.reporting_edge(g.verb)
    tokens = [t for t in host.subtree if t.i < edge and t.i not in g.holders]
    return made(Pattern.CLAUSE_VERB, sorted([*tokens, *_outcome(g)], key=lambda t: t.i))


def _clauses_below(citing: Token) -> list[Token]:
    """ "reported, citing X, that …", "said in a letter published by X that …": the clause that is said, where the
    parser hung it on "citing", on X or on the participle."""
    below = [c for c in citing.children if c.dep_ == "ccomp"] if citing.lower_ in CITING else []
    for noun in citing.children:
        for clause in noun.children:
            opening = clause.left_edge
            if clause.dep_ == "relcl" and opening.lower_ == "that" and opening.i and opening.nbor(-1).text == ",":
                below.append(clause)
            if clause.dep_ == "acl" and (clause.lemma_.lower(), "v") not in cues() and clauses.by_agent(clause):
                below += [c for c in clause.children if c.dep_ == "ccomp" and c.left_edge.lower_ == "that"]
    return below


def _said_of_what_follows(g: Governing) -> Content | None:
    """ "LETA reported, quoting X, that …": the parser made the clause that is said the main one."""
    host = g.verb.head
    marked = any(
        c.lower_ == "that" and c.i and c.nbor(-1).text == "," and g.verb.i < c.i < host.i for c in host.children
    )
    if g.verb.dep_ != "ccomp" or not marked:
        return None
    citing = [c for c in host.children if c.lower_ in CITING]
    return made(Pattern.VERB_CLAUSE, clauses.clause_tokens(host, [g.verb, *citing]))


def _after_semicolon(g: Governing) -> list[Token]:
    """ "said that one would come first; the second is to follow": the clause behind the semicolon is said as well."""
    host = g.verb.head
    if g.verb.dep_ != "ccomp" or host.i < g.verb.i or host.pos_ not in {"VERB", "AUX"}:
        return []
    tokens = clauses.clause_tokens(host, [g.verb])
    return tokens if any(t.text == ";" and t.i > g.verb.i for t in tokens) else []


def _outcome(g: Governing) -> list[Token]:
    """ "Guns shelled the town, the minister said, killing three": a participle behind the cue that belongs to what is
    said before it."""
    found: list[Token] = []
    for child in g.verb.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.i > g.verb.i and child.lower_ not in CITING:
            spoken = (child.lemma_.lower(), "v") in cues() or child.lemma_.lower() in words("speaking")
            if not spoken and not any(c.dep_ == "ccomp" and c.i > g.verb.i for c in g.verb.children):
                found += child.subtree
    return found


def _quotation(g: Governing) -> Content | None:
    return Content(Pattern.VERB_QUOTE, ()) if g.quotes else None


def _parenthesis(g: Governing) -> Content | None:
    """ "The bridge, officials said, had been closed": the cue hangs inside the clause that it reports."""
    if not g.entry.frames >= {"c", "q"} or not (g.verb.dep_ == "parataxis" or _between_commas(g.verb)):
        return None
    host = g.verb.head
    while host.pos_ not in {"VERB", "AUX"} and host.head != host:
        host = host.head
    while host.dep_ in JOINED and g.verb.i < clauses.opening(host).i and host.head.pos_ in {"VERB", "AUX"}:
        host = host.head  # "It has gone, he said, and may come back": both are said
    if host.pos_ not in {"VERB", "AUX"}:
        return None
    tokens = [t for t in clauses.clause_tokens(host, [g.verb]) if t.i not in g.holders]
    return made(Pattern.PARENTHESIS, sorted([*tokens, *_outcome(g)], key=lambda t: t.i))


def _fronted(g: Governing) -> Content | None:
    """ "A first group left on Monday, she added.": what the parser took for a subject is the clause that is said."""
    sent = g.verb.sent
    if not g.entry.frames >= {"c", "q"} or g.source is None or g.verb != sent.root or g.source.i > g.verb.i + 3:
        return None
    start = min(g.source.left_edge.i, g.verb.i)
    comma = start - 1
    if comma <= sent.start + 2 or g.verb.doc[comma].text not in {",", "”", '"'}:
        return None
    tokens = [t for t in g.verb.doc[sent.start : comma] if t.i not in g.holders]
    last = max(g.verb.i, g.source.right_edge.i)
    if not any(t.is_alpha for t in g.verb.doc[last + 1 : sent.end]):  # what else should have been said?
        return made(Pattern.CLAUSE_VERB, tokens)
    spoken = any(t.pos_ in {"VERB", "AUX"} for t in tokens) and not any(t.dep_ == "mark" for t in tokens[:1])
    return made(Pattern.CLAUSE_VERB, tokens) if spoken and tokens[0].tag_ not in {"VBG", "IN"} else None


def _infinitive(g: Governing) -> Content | None:
    if "i" not in g.entry.frames:
        return None
    left_out = joined_cues(g.verb, g.source)
    for child in g.kids:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and _is_infinitive(child):
            return made(Pattern.VERB_INFINITIVE, clauses.clause_tokens(child, left_out))
        if child.dep_ in {"dobj", "dative", "nsubj"}:
            for inner in child.children:
                if inner.dep_ in {"acl", "relcl"} and inner.tag_ == "VB" and inner.i > child.i:
                    return made(Pattern.VERB_INFINITIVE, list(inner.subtree))
    return None


def _gerund(g: Governing) -> Content | None:
    """ "proposed closing the port", "denied having closed it"."""
    if "g" not in g.entry.frames:
        return None
    for child in g.kids:
        gerund = child.tag_ == "VBG" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBG" for c in child.children)
        if child.dep_ in {"xcomp", "pcomp"} and gerund and child.i > g.verb.i:
            return made(Pattern.VERB_GERUND, list(child.subtree))
    return None


FRAMES: tuple[Callable[[Governing], Content | None], ...] = (
    _clause,
    _quotation,
    _appended,
    _parenthesis,
    _infinitive,
    _gerund,
    complements.predicate,
    complements.object_and_phrase,
    complements.object_with_phrase,
    complements.described_as,
    complements.direct_object,
    complements.phrase,
    complements.refused,
    complements.plea,
    _fronted,
)


def is_clausal(clause: Token) -> bool:
    """Whether a clausal complement has what a reported clause has: a finite verb, or a marker before it."""
    if clauses.is_finite(clause) or clause.tag_ in {"VBD", "VBN", "VBG", "VB"}:
        return not _is_infinitive(clause) or any(c.lower_ in CONTENT_MARKS for c in clause.children)
    return clause.pos_ in {"AUX", "ADJ", "NOUN", "PROPN"} and any(c.dep_ in clauses.SUBJECTS for c in clause.children)


def _headline_future(entry: Cue, clause: Token) -> bool:
    """ "Orlova says port to close in May": an infinitive with a subject, under a verb that governs none."""
    return "i" not in entry.frames and _is_infinitive(clause) and clauses.own_subject(clause) is not None


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def joined_cues(verb: Token, source: Token | None) -> list[Token]:
    """The verbs of saying below `verb` that share its subject: what they govern is content of their own."""
    return [
        token
        for token in verb.subtree
        if token.dep_ == "conj"
        and token != verb
        and token.pos_ == "VERB"
        and (token.lemma_.lower(), "v") in cues()
        and clauses.is_finite(token)
        and clauses.own_subject(token) is None
        and clauses.subject_of(token) == source
    ]


def _between_commas(verb: Token) -> bool:
    if verb.dep_ not in {"ccomp", "advcl", "relcl", "acl", "dep"} or clauses.own_subject(verb) is None:
        return False
    own = [c for c in verb.children if c.lower_ not in CITING and c.dep_ != "punct"]
    edge, last = verb.left_edge, max([verb, *(c.right_edge for c in own)], key=lambda t: t.i)
    before = verb.doc[edge.i - 1].text if edge.i > 0 else ""
    after = verb.doc[last.i + 1].text if last.i + 1 < len(verb.doc) else "."
    marked = edge.lower_ == "as"
    opened = marked if verb.dep_ == "advcl" else marked or before == ","
    return last.i - edge.i < PARENTHESIS_TOKENS and opened and after in {",", ".", "”", '"', ";"}
