"""Verbs of saying, asking, promising, denying, withholding: their cue and their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from quoth.model import Act, Factuality, Span
from quoth.read.english.attribution import clauses, passives, scope
from quoth.read.english.attribution.complements import POINTING
from quoth.read.english.attribution.cues import Cue, cues, particles, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import CONTENT_MARKS, content_of
from quoth.read.english.attribution.governing import Governing
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

REFUSAL = Cue("refuse", "v", frozenset({"c", "o"}), Act.DECLINE, Factuality.UNKNOWN, None, "refusal")
TOLD = frozenset({"tell", "inform", "brief", "say", "speak", "write", "confirm"})
"""Verbs whose addressee may be an outlet that passes it on."""

HELD = frozenset({"attitude", "opinion", "report", "topic"})
"""Kinds of cue for what somebody holds or shows rather than says."""

ANONYMITY_TOKENS = 12
INTERVIEWS = frozenset({"interview", "comment", "remark"})


def find(passage: Passage, number: int) -> Iterator[Found]:
    """Every attribution that a verb of the frame of `passage` makes; `number` is the passage's place in the article."""
    holders = {at: k for k, at in passage.placeholders.items()}
    quoted = _inside_quotes(passage)
    for token in passage.frame.tokens:
        if token.pos_ not in {"VERB", "AUX"} or token.i in quoted:
            continue
        entry, cue = entry_for(token)
        if entry is None or (entry.kind in HELD and _unrealised(token)):
            continue
        found = _read(passage, number, token, cue, entry, holders)
        if found is not None:
            yield found


def _unrealised(verb: Token) -> bool:
    """ "the right to refuse", "might support", "Support the plan": nobody is said to hold the attitude."""
    if verb.tag_ == "VB" and not any(c.dep_ == "aux" and c.lemma_ == "do" for c in verb.children):
        return verb.head.lemma_.lower() not in words("realising")
    return any(c.tag_ == "MD" and c.lower_ not in {"can", "must"} for c in verb.children)


def _inside_quotes(passage: Passage) -> frozenset[int]:
    """Tokens inside quotations that are part of the frame's syntax: a verb there is no cue of the frame."""
    spans = [q.inner for k, q in enumerate(passage.quotations) if k not in passage.placeholders]
    return frozenset(t.i for t in passage.frame.tokens_in(spans)) if spans else frozenset()


def entry_for(verb: Token) -> tuple[Cue | None, tuple[int, ...]]:
    """The lexicon's row of a verb in its sentence, and the tokens of the cue; no row where it is no cue."""
    lemma = verb.lemma_.lower()
    if lemma in words("copulas") or verb.tag_ == "VBN":
        said_of = clauses.predicate_adjective(verb)
        entry = None if said_of is None else cues().get((said_of.lower_, "a"))
        if said_of is not None and entry is not None:
            return entry, tuple(dict.fromkeys((verb.i, said_of.i)))
    for child in verb.children:
        if child.dep_ in {"prep", "prt"} and child.i > verb.i and (lemma, child.lower_) in particles():
            return cues()[f"{lemma} {child.lower_}", "v"], (verb.i,)
    if lemma == "plead" and (plea := _plea(verb)) is not None:
        return plea, (verb.i,)
    if _withholds(verb):
        auxiliaries = (c.i for c in verb.children if c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ != "TO"))
        return REFUSAL, (verb.i, *auxiliaries)
    return cues().get((lemma, "v")), (verb.i,)


def _plea(verb: Token) -> Cue | None:
    """ "pleaded not guilty" denies, "pleaded guilty" admits."""
    guilty = next((t for t in verb.doc[verb.i + 1 : verb.i + 4] if t.lower_ == "guilty"), None)
    if guilty is None:
        return None
    denies = any(t.lower_ == "not" for t in verb.doc[verb.i + 1 : guilty.i])
    return replace(cues()["deny" if denies else "admit", "v"], frames=frozenset({"plea"}))


def _withholds(verb: Token) -> bool:
    """ "could not verify", "did not specify", "has not been specified": the source gives no answer.

    "did not say how many" withholds; "did not say that he would" is the absence of a claim.
    """
    lemma = verb.lemma_.lower()
    if lemma not in words("unanswered") or not clauses.is_negated(verb):
        return False
    if lemma != "say":
        return True
    asked = any(c.dep_ in {"ccomp", "advcl"} and _interrogative(c) for c in verb.children)
    return asked or not any(c.dep_ == "ccomp" for c in verb.children)


def _interrogative(clause: Token) -> bool:
    return next(iter(clause.subtree)).lower_ in CONTENT_MARKS - {"that"}


def _read(
    passage: Passage, number: int, verb: Token, cue: tuple[int, ...], entry: Cue, holders: Mapping[int, int]
) -> Found | None:
    parse = passage.frame
    imperative = verb.dep_ == "ROOT" and verb.tag_ == "VB" and clauses.own_subject(verb) is None
    if imperative and not holders:
        return None
    quotes = _quotations_of(verb, holders)
    if entry.kind == "relay":
        return _quoted_as_saying(passage, number, verb, holders)
    if entry.pos == "a":
        source = clauses.own_subject(verb, holders) or clauses.subject_of(verb, holders)
    elif scope.reported_host(verb) is not None:
        source = scope.reporter(verb)
    elif clauses.is_passive(verb) and not quotes:
        return passives.find(passage, number, verb, cue, entry)
    else:
        source = clauses.subject_of(scope.added_to(verb) or scope.resumed(verb) or verb, holders)
    if source is not None and (source.i in holders or source.dep_ == "expl"):
        source = None
    if source is not None and source.tag_ in {"WDT", "WP"}:
        source = clauses.antecedent(source)
    if source is not None and verb.dep_ == "acl":
        source = _issuer(source) or source
    if source is None and not quotes:
        return None
    pointing = POINTING if entry.pos == "a" else POINTING - {"it"}
    if source is not None and source.lower_ in pointing and not quotes and entry.kind != "report":
        return None
    content = content_of(Governing(verb, entry, source, bool(quotes), holders))
    if content is None or (entry.act in {Act.REQUEST, Act.DECLINE} and asks_not_to_be_named(content.tokens)):
        return None
    if entry.lemma in words("dismissing") and _claim(verb):
        entry = cues()["deny", "v"]
    spans = [*parse.spans(t.i for t in content.tokens), *(passage.quotations[k].inner for k in quotes)]
    return Found(
        number,
        parse,
        (*cue, *content.particles),
        None if source is None else source.i,
        joined(spans),
        entry,
        content.pattern,
        addressee=_addressee(verb, told=entry.lemma in TOLD),
        negated=unsaid(verb, entry),
    )


def unsaid(verb: Token, entry: Cue) -> bool:
    """ "never said that": nothing is said; "did not say whether" withholds, and that is."""
    return clauses.is_negated(verb) and entry.act is not Act.DECLINE


def _issuer(thing: Token) -> Token | None:
    """Whose words a thing holds: "the minister issued a statement saying that" """
    if thing.dep_ != "dobj" or thing.head.lemma_.lower() not in words("light"):
        return None
    return clauses.subject_of(thing.head)


def _claim(verb: Token) -> bool:
    """Whether the verb's object is somebody's claim: "dismissed reports that …"."""
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return thing is not None and (thing.lemma_.lower(), "n") in cues()


def asks_not_to_be_named(content: Sequence[Token]) -> bool:
    """ "asked not to be named", "declined to be named": a condition of speaking, nothing that is said."""
    return len(content) < ANONYMITY_TOKENS and any(t.lemma_.lower() in words("anonymity") for t in content)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In text order, overlapping and touching ones as one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end + 1:
            result[-1] = result[-1].hull(span)
        else:
            result.append(span)
    return tuple(result)


def _quotations_of(verb: Token, holders: Mapping[int, int]) -> list[int]:
    """The free quotations below a verb in the parse, or the one that the verb's clause is set beside."""
    linked = [holders[t.i] for t in verb.subtree if t.i in holders and _nearest_cue(t) == verb]
    if not linked and verb.dep_ in {"parataxis", "ccomp", "advcl", "relcl", "conj", "dep"} and verb.head.i in holders:
        linked = [holders[verb.head.i]]
    return linked or _quotation_beside(verb, holders)


def _quotation_beside(verb: Token, holders: Mapping[int, int]) -> list[int]:
    """The free quotation right before or after a sentence that has nothing else to say: "“Sell it!” Orlova said." """
    if (
        not holders
        or verb.dep_ != "ROOT"
        or clauses.is_passive(verb)
        or any(c.dep_ in {"ccomp", "xcomp", "dobj"} for c in verb.children)
    ):
        return []
    sent = verb.sent
    before = next((t for t in reversed(verb.doc[: sent.start]) if not t.is_punct and not t.is_space), None)
    if before is not None and before.i in holders and _opens(verb, sent.start):
        return [holders[before.i]]
    after = next((t for t in verb.doc[sent.end :] if not t.is_punct and not t.is_space), None)
    if after is not None and after.i in holders and verb.doc[sent.end - 1].text in {":", ","}:
        return [holders[after.i]]
    return []


def _opens(verb: Token, start: int) -> bool:
    """Whether a sentence begins with the verb of saying and its subject."""
    return not any(t.is_alpha for t in verb.doc[start : clauses.opening(verb).i])


def _nearest_cue(token: Token) -> Token | None:
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in {"VERB", "AUX"} and (current.lemma_.lower(), "v") in cues():
            return current
    return None


def _addressee(verb: Token, *, told: bool) -> int | None:
    """Who was told, where the verb is one of telling; and with whom the interview was."""
    for child in verb.children:
        if told and child.dep_ in {"dobj", "dative"} and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            return int(child.i)
        if child.dep_ not in {"prep", "dative"} or child.lower_ not in {"to", "in"}:
            continue
        for noun in (c for c in child.children if c.dep_ == "pobj"):
            if child.lower_ == "to":
                if told:
                    return int(noun.i)
                continue
            for inner in noun.children:  # "in an interview with Reuters"
                if inner.lower_ in {"with", "to"} and noun.lemma_ in INTERVIEWS:
                    return next((int(p.i) for p in inner.children if p.dep_ == "pobj"), None)
    return None


def _quoted_as_saying(passage: Passage, number: int, verb: Token, holders: Mapping[int, int]) -> Found | None:
    """ "Northwire quoted Orlova as saying that …": the source is who is quoted, the subject is a relay."""
    passive = clauses.is_passive(verb)
    quoted = (
        clauses.own_subject(verb, holders) if passive else next((c for c in verb.children if c.dep_ == "dobj"), None)
    )
    if passive and verb.dep_ in {"acl", "relcl"}:
        quoted = verb.head
    saying = next((s for c in verb.children if c.lower_ == "as" for s in c.children if s.tag_ == "VBG"), None)
    entry = None if saying is None else cues().get((saying.lemma_.lower(), "v"))
    if quoted is None or saying is None or entry is None:
        return None
    quotes = _quotations_of(saying, holders) or _quotations_of(verb, holders)
    content = content_of(Governing(saying, entry, quoted, bool(quotes), holders)) or content_of(
        Governing(verb, entry, quoted, bool(quotes), holders)
    )
    if content is None:
        return None
    spans = [*passage.frame.spans(t.i for t in content.tokens), *(passage.quotations[k].inner for k in quotes)]
    relay = clauses.by_agent(verb) or clauses.by_agent(saying) if passive else clauses.subject_of(verb, holders)
    return Found(
        number,
        passage.frame,
        (saying.i, verb.i, saying.head.i, *content.particles),
        quoted.i,
        joined(spans),
        entry,
        Pattern.QUOTED_AS_SAYING,
        relay=None if relay is None or relay.i == quoted.i else relay.i,
    )
