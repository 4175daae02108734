"""Attribution without a verb of saying: "according to X", "in the words of X", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.model import Act
from quoth.read.english.attribution import clauses, scope
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

ACCORDING = Cue("according to", "v", frozenset({"c", "q"}), Act.ASSERT, None, None, "speech")


def find(passage: Passage, number: int) -> Iterator[Found]:
    for token in passage.frame.tokens:
        if token.lower_ == "according":
            yield from _according(passage, number, token)
        elif token.lower_ == "per" and token.dep_ == "prep":
            yield from _per(passage, number, token)
        elif token.lower_ in {"in", "by"} and token.dep_ in {"prep", "agent"}:
            yield from _in_the_words(passage, number, token)
            yield from _in_a_poll(passage, number, token)
        elif token.pos_ == "ADV" and (token.lower_, "r") in cues():
            yield from _adverb(passage, number, token)


def _according(passage: Passage, number: int, token: Token) -> Iterator[Found]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None:
        return
    phrase = token if to.head == token else to
    yield from _over_host(passage, number, token, phrase, source, (token.i, to.i), ACCORDING, Pattern.ACCORDING)


def _per(passage: Passage, number: int, token: Token) -> Iterator[Found]:
    """ "…, per the ministry"; a capital "Per" before a name is a name itself."""
    source = next((c for c in token.children if c.dep_ == "pobj" and c.pos_ in {"PROPN", "NOUN"}), None)
    if source is None or (token.is_title and source.left_edge.pos_ != "DET"):
        return
    if token.i == token.sent.start or token.nbor(-1).text == ",":
        yield from _over_host(passage, number, token, token, source, (token.i,), ACCORDING, Pattern.PER)


def _in_the_words(passage: Passage, number: int, token: Token) -> Iterator[Found]:
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.lower_ in words("words_of")), None)
    if noun is None:
        return
    source = next((g for c in noun.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), None)
    source = source or next((c for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN"), None)
    if source is not None:
        yield from _over_host(passage, number, token, token, source, (noun.i, token.i), ACCORDING, Pattern.IN_THE_WORDS)


def _in_a_poll(passage: Passage, number: int, token: Token) -> Iterator[Found]:
    """ "In a poll, most favour the bridge", "by the union's count": the count is the source."""
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in words("counts")), None)
    if noun is None or noun.tag_ != "NN":
        return
    host = token.head
    if token.i == token.sent.start or (
        token.lower_ == "in" and host.pos_ in {"VERB", "AUX"} and clauses.is_finite(host)
    ):
        yield from _over_host(passage, number, token, token, noun, (token.i,), ACCORDING, Pattern.IN_A_POLL)


def _adverb(passage: Passage, number: int, token: Token) -> Iterator[Found]:
    entry = cues()[token.lower_, "r"]
    host = token.head if token.head.pos_ in {"VERB", "AUX"} else _verb_above(token)
    if host is None:
        return
    tokens = clauses.trimmed(t for t in host.subtree if t != token)
    if tokens:
        spans = passage.frame.spans(t.i for t in tokens)
        yield Found(number, passage.frame, (token.i,), None, spans, entry, Pattern.HEARSAY)


def _verb_above(token: Token) -> Token | None:
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in {"VERB", "AUX"}:
            return current
    return None


def _over_host(
    passage: Passage, number: int, token: Token, phrase: Token, source: Token, cue: tuple[int, ...], entry: Cue,
    pattern: Pattern,
) -> Iterator[Found]:  # fmt: skip
    """The content is the clause that the phrase hangs on, less the phrase; at a sentence's edge, the whole sentence."""
    parse = passage.frame
    holders = {at: k for k, at in passage.placeholders.items()}
    inside = {*cue} | {t.i for t in phrase.subtree} | {t.i for t in source.subtree}
    sent = token.sent
    host = phrase.head
    leading = min(inside) <= sent.start + 1
    swallowed: set[int] = set()
    if leading:
        commas = [t for t in sent if t.text == "," and t.i > source.i]
        headless = clauses.own_subject(sent.root) is None and sent.root.i not in inside
        comma = next((t.i for t in commas if headless or not _in_apposition(t, source)), None)
        if comma is not None:  # what the parser hung on the source behind the comma belongs to the sentence
            swallowed = {i for i in inside if i > comma}
            inside -= swallowed
    if host.i == phrase.i or leading or (host.dep_ == "ROOT" and min(inside) > host.i):
        tokens = [t for t in sent if t.i not in inside]
    else:
        if host.pos_ not in {"VERB", "AUX"}:
            above = _verb_above(host)
            host = above if above is not None and host.dep_ not in {"appos"} else host
        host = scope.reported_host(host) or host
        tokens = [t for t in host.subtree if t.i not in inside]
    quotes = [passage.quotations[holders[t.i]].inner for t in tokens if t.i in holders]
    tokens = clauses.trimmed(t for t in tokens if t.i not in holders)
    if not tokens and not quotes:
        return
    spans = list(parse.spans(t.i for t in tokens)) + quotes
    yield Found(number, parse, cue, source.i, tuple(sorted(spans)), entry, pattern)


def _in_apposition(comma: Token, source: Token) -> bool:
    """Whether a comma sets off an apposition or a relative clause of the source, which another comma closes."""
    following = comma.nbor() if comma.i + 1 < len(comma.doc) else comma
    current = following
    while current.head.i != current.i and current != source:
        if current.dep_ in {"appos", "relcl", "acl"} and current.head == source:
            return True
        current = current.head
    return False
