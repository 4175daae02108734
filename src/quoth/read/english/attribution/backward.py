"""Sentences that point back: "This was announced by X on May 28.", "X announced this on Monday."."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from quoth.model import Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Span as Sentence
from quoth.read.english.tokens import Token

POINTERS = frozenset({"this", "that", "it"})


def find(passages: Sequence[Passage], number: int) -> Iterator[Found]:
    """Attributions in passage `number` whose content is the sentence before."""
    passage = passages[number]
    doc = passage.frame.tokens
    for token in doc:
        if token.pos_ != "VERB":
            continue
        lemma = token.lemma_.lower()
        entry = cues().get((lemma, "v"))
        if entry is None and lemma not in words("making"):
            continue
        found = _passive(passages, number, token, entry) or _active(passages, number, token, entry)
        if found is not None and not clauses.is_negated(token):
            yield found


def _points_back(noun: Token, making: bool, holders: Collection[int]) -> bool:
    if noun.i in holders or noun.tag_ in {"WDT", "NNP"}:
        return False
    if noun.lower_ in POINTERS:
        return not making
    if noun.lemma_.lower() not in words("pointing_nouns"):
        return False
    bare = not any(c.dep_ in {"acl", "relcl", "prep", "poss"} for c in noun.children)
    return bare and any(c.lower_ in {"the", "this", "these", "that"} for c in noun.children)


def _passive(passages: Sequence[Passage], number: int, verb: Token, entry: Cue | None) -> Found | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    agent = clauses.by_agent(verb)
    if (
        subject is None
        or agent is None
        or not _points_back(subject, entry is None, passages[number].placeholders.values())
    ):
        return None
    if any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children):
        return None
    return _made(passages, number, verb, agent, entry, subject, Pattern.POINTS_BACK_PASSIVE)


def _active(passages: Sequence[Passage], number: int, verb: Token, entry: Cue | None) -> Found | None:
    """ "X announced this on Monday", "X said this in an interview", "X made the announcement"."""
    pointed = next((c for c in verb.children if c.dep_ == "dobj"), None)
    source = clauses.own_subject(verb)
    if (
        pointed is None
        or source is None
        or not _points_back(pointed, entry is None, passages[number].placeholders.values())
        or pointed.lower_ == "it"
    ):
        return None
    if entry is not None and entry.kind not in {"speech"}:
        return None
    if any(c.dep_ in {"oprd", "ccomp", "xcomp", "acomp"} for c in verb.children):
        return None  # "called the report plausible": what is said of it is another thing
    return _made(passages, number, verb, source, entry, pointed, Pattern.POINTS_BACK_ACTIVE)


def _made(
    passages: Sequence[Passage],
    number: int,
    verb: Token,
    source: Token,
    entry: Cue | None,
    pointed: Token,
    pattern: Pattern,
) -> Found | None:
    content = _sentence_before(passages, number, verb.sent)
    if content is None:
        return None
    chosen = entry or cues()["announce", "v"]
    noun = cues().get((pointed.lemma_.lower(), "n"))
    if entry is None and noun is not None:
        chosen = noun
    parse = passages[number].frame
    return Found(number, parse, (verb.i,), source.i, (content,), chosen, pattern)


def _sentence_before(passages: Sequence[Passage], number: int, sentence: Sentence) -> Span | None:
    parse = passages[number].frame
    if sentence.start > 0:
        before = parse.tokens[sentence.start - 1].sent
        return _bare(passages[number], before.start, before.end)
    if number > 0 and passages[number - 1].block.kind is passages[number].block.kind:
        earlier = passages[number - 1].frame
        if len(earlier.tokens):
            last = earlier.tokens[len(earlier.tokens) - 1].sent
            return _bare(passages[number - 1], last.start, last.end)
    return None


def _bare(passage: Passage, start: int, end: int) -> Span | None:
    tokens = [t for t in passage.frame.tokens[start:end] if not t.is_space]
    while tokens and tokens[-1].text in {".", "!", "…"}:
        tokens.pop()
    return Span(passage.frame.starts[tokens[0].i], passage.frame.ends[tokens[-1].i]) if tokens else None
