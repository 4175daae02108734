"""When something was said: the words beside the cue, the occasion carried through an article, or the day it was out.

Never mixed with the time of what was said: only words outside every content count here.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quoth.model import Agent, Basis, Span, When
from quoth.read.english import times
from quoth.read.english.attribution import Found, clauses
from quoth.read.english.attribution.cues import words
from quoth.read.english.draft import Draft
from quoth.read.english.parse import TimeFound
from quoth.read.english.times import Tense
from quoth.read.english.tokens import Token

NEWS_DAYS = 14
"""A stated day this close to publication is the occasion that the article reports; an older one is background."""

MODIFYING = frozenset({"relcl", "acl"})


def stated(draft: Draft, found: Found, contents: Sequence[Span]) -> When | None:
    """The time that the words around the cue give, outside all `contents`; None where they give none."""
    if not found.cue:
        return None
    layers = draft.of(found.parse)
    cue = found.parse.tokens[found.cue[0]]
    near = [t for t in layers.times if _belongs(t, cue, found, contents)]
    for time in sorted(near, key=lambda t: abs(t.first - cue.i)):
        tense = Tense.FUTURE if any(c.lower_ in {"will", "shall"} for c in cue.children) else Tense.PAST
        when = times.resolve(time.expression, reference=draft.reference, tense=tense)
        if when is not None:
            return replace(when, text=None, spans=()) if when.text is None else placed(draft, found, time, when)
    return None


def placed(draft: Draft, found: Found, time: TimeFound, when: When) -> When:
    span = found.parse.span(time.first, time.stop)
    return replace(when, text=span.words(draft.document.text), spans=(span,))


def _belongs(time: TimeFound, cue: Token, found: Found, contents: Sequence[Span]) -> bool:
    sentence = cue.sent
    if not sentence.start <= time.first < sentence.end:
        return False
    span = found.parse.span(time.first, time.stop)
    if any(span.overlaps(content) for content in contents):
        return False
    if cue.pos_ == "NOUN":
        return cue.left_edge.i <= time.first <= cue.right_edge.i
    token = cue.doc[time.first]
    while token.head.i != token.i and token != cue:
        if token.dep_ in MODIFYING and token != cue and not token.is_ancestor(cue) and not _makes_public(token, cue):
            return False
        if token.dep_ in {"conj"} and token.pos_ == "VERB" and token != cue and not token.is_ancestor(cue):
            return False
        token = token.head
    return True


def _makes_public(participle: Token, cue: Token) -> bool:
    """ "said in a letter dated May 3", "alleged in an indictment unsealed on Monday": the day is that of the words."""
    if participle.lemma_.lower() not in words("publishing_verbs") | words("dating_verbs") or participle.dep_ != "acl":
        return False
    medium = participle.head
    if medium.dep_ in {"nsubj", "nsubjpass"} and medium.head == cue:  # "a review released on Monday found"
        return True
    while medium.dep_ == "pobj" and medium.head.head != cue:
        medium = medium.head.head
    return medium.dep_ == "pobj"


@dataclass(slots=True)
class Occasions:
    """The occasion that an article is at, carried from one statement to the next, and each speaker's first one."""

    published: datetime.date | None
    latest: When | None = None
    passage: int = 0
    speakers: set[str] = field(default_factory=set)

    def note(self, when: When, found: Found, speaker: Agent) -> None:
        """A statement that gives its time: the occasion from here on, where it is a day in the news."""
        if timely(when, self.published):
            self.latest, self.passage, self.speakers = when, found.passage, {speaker.name}

    def carried(self, found: Found, speaker: Agent) -> When | None:
        """The occasion for a statement without a time of its own: one in the simple past, or words carried over."""
        if self.latest is None or found.pattern.startswith(("noun", "hearsay", "passive")):
            return None
        if found.cue:
            cue = found.parse.tokens[found.cue[0]]
            if cue.pos_ != "PUNCT" and not _in_simple_past(cue):
                return None
        if speaker.name not in self.speakers and found.passage > self.passage + 1:
            return None
        self.passage = found.passage
        self.speakers.add(speaker.name)
        return replace(self.latest, basis=Basis.CARRIED)


def _in_simple_past(cue: Token) -> bool:
    """ "said", "saying" beside it; not "has said", "had said earlier", "says", "according to"."""
    if cue.pos_ not in {"VERB", "AUX"} or clauses.finite_tag(cue) not in {"VBD", "VBG"}:
        return False
    return not any(c.dep_ == "aux" and c.lemma_ == "have" for c in cue.children)


def timely(when: When, published: datetime.date | None) -> bool:
    """Whether a stated time is a day within `NEWS_DAYS` before publication."""
    if when.earliest is None or when.latest is None or published is None:
        return False
    return (when.latest - when.earliest).days <= 1 and 0 <= (published - when.earliest).days <= NEWS_DAYS


def by_publication(published: datetime.date | None) -> When | None:
    """What publication alone proves: it was said that day or before."""
    return None if published is None else When(earliest=None, latest=published, basis=Basis.PUBLICATION)


def same_speaker(a: Agent, b: Agent) -> bool:
    return a.name == b.name and a.kind == b.kind
