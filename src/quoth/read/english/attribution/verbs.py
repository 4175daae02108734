"""Verbs of saying, asking, promising, denying: their source and their content by the verb's frame.

Confidences are the pattern's precision as judged on development articles, in three steps: sure, likely, doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quoth.model import Act, Factuality
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import HEARSAY, Cue, cues, is_outlet, particles
from quoth.read.english.attribution.found import Found
from quoth.read.english.pipeline import Passage

SURE, LIKELY, DOUBTFUL = 0.9, 0.75, 0.5

REFUSAL = Cue("refuse", "v", frozenset({"c", "o"}), Act.DECLINE, Factuality.UNKNOWN, None, "refusal")
UNANSWERED = frozenset({"comment", "respond", "reply", "answer", "elaborate", "say", "specify", "disclose", "confirm",
                        "verify", "name", "identify", "give", "provide", "rule", "discuss", "reveal", "explain"})  # fmt: skip
"""What somebody who declines does not do: "could not verify", "did not specify", "has not responded"."""

IMPERSONAL = frozenset({"say", "report", "believe", "think", "see", "consider", "expect", "rumour", "allege", "claim",
                        "regard", "view", "understand", "know", "estimate", "suspect", "presume", "feel", "fear", "hope",
                        "assume", "describe", "portray", "perceive"})  # fmt: skip
"""Passives that attribute to nobody in particular: "is seen as", "is believed to have"."""

POINTING = frozenset({"this", "that", "it", "which", "so"})
_CONTENT_MARKS = frozenset({"that", "whether", "if", "how", "what", "why", "when", "where", "who", "which"})


def find(passage: Passage, number: int) -> Iterator[Found]:
    """Every attribution that a verb of the frame of `passage` makes; `number` is the passage's place in the article."""
    parse = passage.frame
    holders = {at: k for k, at in passage.placeholders.items()}
    quoted = _inside_quotes(passage)
    for token in parse.doc:
        if token.pos_ not in {"VERB", "AUX"} or token.i in quoted:
            continue
        entry, words = _entry(token)
        if entry is None:
            continue
        found = _read(passage, number, token, words, entry, holders)
        if found is not None:
            yield found


def _inside_quotes(passage: Passage) -> frozenset[int]:
    """Tokens inside quotations that are part of the frame's syntax: a verb there is no cue of the frame."""
    parse = passage.frame
    spans = [q.inner for k, q in enumerate(passage.quotations) if k not in passage.placeholders]
    return frozenset(t.i for t in parse.tokens_in(spans)) if spans else frozenset()


def _entry(verb: Token) -> tuple[Cue | None, tuple[int, ...]]:
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in {"prep", "prt"} and child.i > verb.i and (lemma, child.lower_) in particles():
            return cues()[f"{lemma} {child.lower_}", "v"], (verb.i, child.i)
    if _refuses(verb):
        return REFUSAL, _verb_words(verb)
    return cues().get((lemma, "v")), (verb.i,)


def _verb_words(verb: Token) -> tuple[int, ...]:
    return (verb.i, *(c.i for c in verb.children if c.dep_ in {"neg"} or (c.dep_ == "aux" and c.tag_ != "TO")))


def _refuses(verb: Token) -> bool:
    """ "could not verify", "did not specify", "has not been specified": the source gives no answer."""
    lemma = verb.lemma_.lower()
    if lemma not in UNANSWERED or not clauses.is_negated(verb):
        return False
    if lemma == "say":  # "did not say how many" declines; "did not say that he would" is the absence of a claim
        return any(c.dep_ in {"ccomp", "advcl"} and _interrogative(c) for c in verb.children) or not any(
            c.dep_ == "ccomp" for c in verb.children
        )
    return True


def _interrogative(clause: Token) -> bool:
    first = next(iter(clause.subtree))
    return first.lower_ in _CONTENT_MARKS - {"that"}


def _read(
    passage: Passage, number: int, verb: Token, words: tuple[int, ...], entry: Cue, holders: dict[int, int]
) -> Found | None:
    parse = passage.frame
    hypothetical = verb.dep_ == "ROOT" and verb.tag_ == "VB" and not any(c.dep_ == "nsubj" for c in verb.children)
    if hypothetical and not holders:
        return None  # an imperative
    passive = clauses.is_passive(verb)
    quotes = _quotes_of(verb, holders)
    if entry.kind == "relay":
        return _quoted_as_saying(passage, number, verb, entry, holders)
    if passive and not quotes:
        return _passive(passage, number, verb, words, entry)
    source = clauses.subject_of(verb, holders)
    if source is not None and source.i in holders:
        source = None
    if source is None and not quotes:
        return None
    if source is not None and source.lower_ in {"it", "there"} and source.dep_ == "expl":
        source = None
    if source is not None and source.lower_ in POINTING and not quotes and entry.kind not in {"report"}:
        return None
    pattern, content, confidence, extra = _content(verb, entry, source, quotes, holders)
    if not content and not quotes:
        return None
    spans = [s for s in parse.spans(t.i for t in content if t.i not in holders)] if content else []
    spans += [passage.quotations[k].inner for k in quotes]
    if not spans:
        return None
    negated = clauses.is_negated(verb) and entry.act is not Act.DECLINE
    addressee = (
        _addressee(verb) if entry.lemma in {"tell", "inform", "brief", "say", "speak", "write", "confirm"} else None
    )
    return Found(
        number, parse, (*words, *extra), None if source is None else source.i, _merged(spans), entry,
        pattern, confidence, addressee=addressee, negated=negated,
    )  # fmt: skip


def _merged(spans):  # type: ignore[no-untyped-def]
    ordered = sorted(spans)
    merged = [ordered[0]]
    for span in ordered[1:]:
        if span.start <= merged[-1].end + 1:
            merged[-1] = merged[-1].hull(span)
        else:
            merged.append(span)
    return tuple(merged)


def _quotes_of(verb: Token, holders: dict[int, int]) -> list[int]:
    """The free quotations that hang on a verb: its own children, or set beside it in its sentence with nothing between
    but its own subject and adverbials."""
    linked = [holders[t.i] for t in verb.subtree if t.i in holders and _first_cue_above(t) == verb]
    if not linked and verb.dep_ in {"parataxis", "ccomp", "advcl", "relcl", "conj", "dep"} and verb.head.i in holders:
        linked = [holders[verb.head.i]]
    return linked


def _first_cue_above(token: Token) -> Token | None:
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in {"VERB", "AUX"} and (current.lemma_.lower(), "v") in cues():
            return current
    return None


def _content(
    verb: Token, entry: Cue, source: Token | None, quotes: list[int], holders: dict[int, int]
) -> tuple[str, list[Token], float, tuple[int, ...]]:
    """The content by the first of the verb's frames that applies: (pattern, tokens, confidence, more cue tokens)."""
    without = _own_words(verb, source)
    kids = [c for c in verb.children if c.i not in holders]
    if "c" in entry.frames or "q" in entry.frames:
        for child in kids:
            if child.dep_ == "ccomp" and _clausal(child):
                tokens = clauses.trimmed(clauses.clause_tokens(child, without))
                tokens = [t for t in tokens if t.i not in holders]
                if tokens:
                    extra = ()
                    name = "verb+clause" if child.i > verb.i else "clause+verb"
                    return name, _extended(verb, child, tokens), SURE if entry.kind != "attitude" else LIKELY, extra
    if quotes:
        return "verb+quote", [], SURE, ()
    if "c" in entry.frames and (verb.dep_ == "parataxis" or _parenthetical(verb)):
        host = verb.head
        tokens = clauses.trimmed(t for t in clauses.clause_tokens(host, [verb]) if t.i not in holders)
        if host.pos_ in {"VERB", "AUX"} and tokens:
            return "parenthesis", tokens, LIKELY, ()
    if "i" in entry.frames:
        for child in kids:
            if child.dep_ in {"xcomp", "ccomp", "advcl"} and any(c.tag_ == "TO" for c in child.children):
                tokens = clauses.trimmed(clauses.clause_tokens(child, without))
                return "verb+infinitive", tokens, SURE if entry.kind != "attitude" else LIKELY, ()
            if child.dep_ in {"dobj", "dative", "nsubj"}:
                for inner in child.children:
                    if inner.dep_ in {"acl", "relcl"} and inner.tag_ == "VB" and inner.i > child.i:
                        return "verb+infinitive", clauses.trimmed(inner.subtree), LIKELY, ()
    if "n" in entry.frames:
        for child in kids:
            if child.dep_ in {"oprd", "ccomp"} and child.i > verb.i:
                return "verb+predicate", clauses.trimmed(child.subtree), LIKELY, ()
    for preposition in entry.prepositions("b"):
        for child in kids:
            if child.dep_ == "prep" and child.lower_ == preposition and any(c.dep_ == "dobj" for c in kids):
                inner = [t for c in child.children for t in c.subtree]
                return f"verb+object+{preposition}", clauses.trimmed(inner), LIKELY, ()
    if "a" in entry.frames:
        for child in kids:
            if child.dep_ in {"prep", "mark"} and child.lower_ == "as":
                return "verb+as", clauses.trimmed(t for c in child.children for t in c.subtree), LIKELY, ()
    if "o" in entry.frames:
        for child in kids:
            if child.dep_ == "dobj" and child.i > verb.i and child.lower_ not in POINTING | {"himself", "themselves"}:
                tokens = clauses.trimmed(child.subtree)
                return "verb+object", tokens, LIKELY if entry.kind == "speech" else DOUBTFUL, ()
    for preposition in entry.prepositions("p"):
        for child in kids:
            if child.dep_ == "prep" and child.lower_ == preposition and child.i > verb.i:
                inner = [t for c in child.children for t in c.subtree]
                if inner:
                    return f"verb+{preposition}", clauses.trimmed(inner), LIKELY, (child.i,)
    if " " in entry.lemma:
        particle = entry.lemma.split()[1]
        for child in kids:
            if child.lower_ == particle:
                inner = [t for c in child.children for t in c.subtree]
                if inner:
                    return "verb+particle", clauses.trimmed(inner), SURE, ()
    if entry.act is Act.DECLINE:
        for child in kids:
            if child.dep_ in {"xcomp", "ccomp", "dobj", "advcl", "prep"} and child.i > verb.i:
                return "refusal", clauses.trimmed(child.subtree), SURE, ()
    return "", [], 0.0, ()


def _clausal(clause: Token) -> bool:
    """Whether a clausal complement has what a reported clause has: a finite verb, or a marker before it."""
    if clauses.is_finite(clause) or clause.tag_ in {"VBD", "VBN", "VBG", "VB"}:
        infinitive = any(c.tag_ == "TO" for c in clause.children)
        return not infinitive or any(c.lower_ in _CONTENT_MARKS for c in clause.children)
    return clause.pos_ in {"AUX", "ADJ", "NOUN", "PROPN"} and any(c.dep_ in clauses.SUBJECTS for c in clause.children)


def _extended(verb: Token, clause: Token, tokens: list[Token]) -> list[Token]:
    """A clause after its verb, with the adverbial that the parser hung on the verb though it follows the clause."""
    if not tokens or clause.i < verb.i:
        return tokens
    extended = list(tokens)
    for child in verb.children:
        if child.i > tokens[-1].i and child.dep_ in {"advmod", "npadvmod", "prep"}:
            between = verb.doc[tokens[-1].i + 1 : child.left_edge.i]
            if not any(t.text == "," for t in between):
                extended += list(child.subtree)
    return clauses.trimmed(extended)


def _own_words(verb: Token, source: Token | None) -> list[Token]:
    """What a clause must not swallow: the cue itself where it stands inside, and other cues joined to the clause."""
    left_out = []
    for token in verb.subtree:
        if token == verb or token.dep_ != "conj" or token.pos_ != "VERB":
            continue
        joined = (token.lemma_.lower(), "v") in cues() and clauses.is_finite(token)
        if joined and clauses.own_subject(token) is None and clauses.subject_of(token) == source:
            left_out.append(token)
    return left_out


def _parenthetical(verb: Token) -> bool:
    """ "The bridge, officials said, had been closed": the cue hangs inside the clause that it reports."""
    if verb.dep_ not in {"ccomp", "advcl", "relcl", "acl", "dep"} or clauses.own_subject(verb) is None:
        return False
    edge, last = verb.left_edge, verb.right_edge
    before = verb.doc[edge.i - 1].text if edge.i > 0 else ""
    after = verb.nbor(last.i - verb.i + 1).text if last.i + 1 < len(verb.doc) else "."
    marked = edge.lower_ == "as"
    short = last.i - edge.i < 12
    return short and (marked or before == ",") and after in {",", ".", "”", '"', ";"}


def _addressee(verb: Token) -> int | None:
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"} and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            return int(child.i)
        if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "in"}:
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                if child.lower_ == "to":
                    return int(noun.i)
                for inner in noun.children:  # "in an interview with Reuters"
                    if inner.lower_ in {"with", "to"} and noun.lemma_ in {"interview", "comment", "remark"}:
                        return next((int(p.i) for p in inner.children if p.dep_ == "pobj"), None)
    return None


def _quoted_as_saying(passage: Passage, number: int, verb: Token, entry: Cue, holders: dict[int, int]) -> Found | None:
    """ "Interfax quoted Peskov as saying that …": the source is who is quoted, the subject is a relay."""
    passive = clauses.is_passive(verb)
    quoted = (
        clauses.own_subject(verb, holders) if passive else next((c for c in verb.children if c.dep_ == "dobj"), None)
    )
    if quoted is None:
        return None
    if passive and verb.dep_ in {"acl", "relcl"}:
        quoted = verb.head
    for child in verb.children:
        if child.lower_ != "as" or child.dep_ not in {"prep", "mark"}:
            continue
        for saying in child.children:
            if saying.tag_ != "VBG" or (saying.lemma_.lower(), "v") not in cues():
                continue
            inner = cues()[saying.lemma_.lower(), "v"]
            quotes = _quotes_of(saying, holders) or _quotes_of(verb, holders)
            pattern, tokens, _, extra = _content(saying, inner, quoted, quotes, holders)
            spans = list(passage.frame.spans(t.i for t in tokens)) + [passage.quotations[k].inner for k in quotes]
            if not spans:
                return None
            relay = clauses.by_agent(verb) if passive else clauses.subject_of(verb, holders)
            return Found(
                number, passage.frame, (saying.i, verb.i, child.i, *extra), quoted.i, _merged(spans), inner,
                "quoted as saying", SURE, relay=None if relay is None or relay.i == quoted.i else relay.i,
            )  # fmt: skip
    return None


def _passive(passage: Passage, number: int, verb: Token, words: tuple[int, ...], entry: Cue) -> Found | None:
    """ "is seen as …", "was touted by Russia as …", "it was announced by X that …", "are believed to have …"."""
    parse = passage.frame
    agent = clauses.by_agent(verb)
    subject = clauses.own_subject(verb)
    if subject is None and verb.dep_ in {"acl", "relcl"}:
        subject = verb.head
    if subject is None and verb.dep_ == "conj":
        subject = _fronted(verb)
    if agent is None and entry.lemma not in IMPERSONAL and not _expletive(verb) and entry.act is not Act.DECLINE:
        return None
    if agent is None and entry.act is Act.DECLINE and subject is None:
        return None
    source = None if agent is None else agent.i
    hearsay = entry if agent is not None else Cue(
        entry.lemma, "v", entry.frames, entry.act, entry.factuality, entry.distance or HEARSAY.distance, entry.kind
    )  # fmt: skip
    own = [verb, *([agent.head] if agent is not None else [])]
    for child in verb.children:
        if child.dep_ in {"ccomp"} and _clausal(child) and child.i > verb.i:
            tokens = clauses.trimmed(child.subtree)
            return Found(
                number, parse, words, source, parse.spans(t.i for t in tokens), hearsay, "passive+clause", SURE
            )
    for child in verb.children:
        if child.dep_ == "xcomp" and any(c.tag_ == "TO" for c in child.children) and subject is not None:
            tokens = clauses.trimmed([*subject.subtree, *child.subtree])
            return Found(
                number, parse, words, source, parse.spans(t.i for t in tokens), hearsay, "passive+infinitive", LIKELY
            )
        if (
            child.lower_ == "as"
            and child.dep_ in {"prep", "mark"}
            and ("a" in entry.frames or entry.lemma in IMPERSONAL)
        ):
            tokens = clauses.trimmed(t for c in child.children for t in c.subtree)
            return Found(number, parse, words, source, parse.spans(t.i for t in tokens), hearsay, "passive+as", LIKELY)
    if subject is None or (agent is None and entry.act is not Act.DECLINE):
        return None
    if subject.lower_ in POINTING and verb.dep_ not in {"acl", "relcl"}:
        return None  # it points back: backward.py reads it
    if "o" not in entry.frames and "c" not in entry.frames:
        return None
    tokens = clauses.trimmed(t for t in clauses.clause_tokens(subject, own) if t.i < verb.i)
    if not tokens:
        return None
    spans = parse.spans(t.i for t in tokens)
    return Found(number, parse, words, source, spans, hearsay, "passive+subject", LIKELY)


def _fronted(verb: Token) -> Token | None:
    """The long subject of a passive that the parser joined to a clause inside that subject: the sentence's noun root."""
    root = verb.sent.root
    return root if root.pos_ in {"NOUN", "PROPN"} and root.i < verb.i else None


def _expletive(verb: Token) -> bool:
    return any(c.lower_ == "it" and c.dep_ in {"nsubjpass", "expl"} for c in verb.children)


def is_relay(name: str, outlet: str | None) -> bool:
    """Whether somebody who was told something is an outlet that passes it on, and not the document's own."""
    own = (outlet or "").casefold().removeprefix("the ").strip()
    return is_outlet(name) and name.casefold().removeprefix("the ").strip() != own
