"""Words that somebody passes on as heard: "she had heard from the police that …", "learned from a nurse that …"."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import SPEECH, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import is_clausal
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.attribution.speakers import can_speak
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token


def find(passage: Passage, number: int) -> Iterator[Found]:
    """The source is whom it was heard from, the subject a relay."""
    parse = passage.frame
    for verb in parse.tokens:
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in words("hearing") or clauses.is_negated(verb):
            continue
        link = next((c for c in verb.children if c.lower_ == "from" and c.dep_ == "prep"), None)
        source = None if link is None else next((c for c in link.children if c.dep_ == "pobj"), None)
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and is_clausal(c)), None)
        if link is None or source is None or clause is None or not _people(source):
            continue
        tokens = clauses.trimmed(clause.subtree)
        subject = clauses.subject_of(verb)
        if tokens:
            yield Found(
                number,
                parse,
                (verb.i, link.i),
                source.i,
                parse.spans(t.i for t in tokens),
                SPEECH,
                Pattern.HEARD_FROM,
                relay=None if subject is None or subject.i == source.i else subject.i,
            )


def _people(noun: Token) -> bool:
    """Whether it was heard from somebody, not from "its mistakes"."""
    return noun.pos_ == "PRON" or can_speak(noun)
