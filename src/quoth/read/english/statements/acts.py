"""What a piece of content states: its events, the act, and how sure its source is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from quoth.model import Act, Agent, Event, Factuality, Polarity
from quoth.read.english.attribution import Found, clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.passives import UNVERIFIED
from quoth.read.english.draft import Draft
from quoth.read.english.events import read as read_content
from quoth.read.english.parse import Layers
from quoth.read.english.statements import phrasal
from quoth.read.english.statements.contents import Piece
from quoth.read.english.tokens import Token
from quoth.read.factuality import judge

FIRST_PERSON = frozenset({"i", "we"})
PERFORMED = frozenset({Act.REQUEST, Act.PROPOSE, Act.PROMISE, Act.THREATEN, Act.DENY, Act.CONFIRM, Act.ESTIMATE})
"""Acts that a speaker performs by naming them: "I ask you to …", "we deny that …"."""

WISHES = frozenset({"let", "thank", "look", "see", "imagine", "remember", "say", "suppose", "think"})
"""Imperatives that ask for nothing: "Let us see", "Look, …"."""

TOLD_ACTS = frozenset({Act.REQUEST, Act.PROPOSE, Act.PROMISE, Act.THREATEN, Act.DENY, Act.DECLINE})
"""Acts that, done by one and told by another, are themselves what is asserted."""


def judged(draft: Draft, found: Found, speaker: Agent, piece: Piece) -> tuple[tuple[Event, ...], Act, Factuality]:
    layers = draft.of(piece.parse)

    def agent_of(token: Token) -> Agent | None:
        return draft.agent_of(token, piece.parse, speaker)

    read = read_content(
        layers,
        _with_unverified(found, piece),
        agent_of=agent_of,
        reference=draft.reference,
        speaker=speaker,
        text=draft.document.text,
    )
    entry = _performed(piece) or _suggested(found.entry, piece) or _told_to(found.entry, piece) or found.entry
    main = read.events[0] if read.events else None
    threatened = entry.lemma == "warn" and read.act in {Act.PLAN, Act.PROMISE}
    act, factuality = judge(entry.act, entry.factuality, main, Act.THREATEN if threatened else read.act)
    if main is None:
        return phrasal.events(found, piece, layers, draft.document.text, agent_of, draft.reference), act, factuality
    if act is Act.PLAN and main.polarity is Polarity.NEGATIVE:
        act, factuality = Act.ASSERT, Factuality.CERTAINLY_NOT  # that nothing of the kind is planned
    if entry.act is Act.ASSERT and _withheld(piece, speaker, agent_of):
        return read.events, Act.DECLINE, Factuality.UNKNOWN
    told = _told_of(piece, read.events) if entry.act in {Act.ASSERT, Act.CONFIRM} and entry is found.entry else None
    if told is not None:
        act, factuality = entry.act, told.factuality
    if factuality is Factuality.UNKNOWN and entry.act in {Act.ASSERT, Act.CONFIRM}:
        factuality = _rescheduled(piece, read.events) or factuality
    denied = _denied_saying(piece, read.events) if entry.act is Act.DENY else None
    if denied is not None:
        return denied, act, Factuality.CERTAINLY_NOT
    if found.negated and entry.lemma in words("unsure"):
        return read.events, act, Factuality.UNKNOWN
    if found.negated and entry.kind == "attitude" and factuality.polarity is not None:
        factuality = Factuality(factuality.value[:2] + ("-" if factuality.value[2] == "+" else "+"))
    if found.negated and entry.lemma == "rule out":
        act, factuality = Act.ASSERT, Factuality.POSSIBLE
    return _with_figures(_with_figure(found, piece, layers, read.events), piece, layers), act, factuality


def _told_to(entry: Cue, piece: Piece) -> Cue | None:
    """ "“Leave the town,” he said": quoted words that tell somebody to do something."""
    top = piece.top
    if entry.act is not Act.ASSERT or not piece.parse.quoted or top is None or top.tag_ != "VB" or top.dep_ != "ROOT":
        return None
    bare = not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "expl"} and c.lower_ != "do" for c in top.children)
    return cues()["ask", "v"] if bare and top.lemma_.lower() not in WISHES else None


def _suggested(entry: Cue, piece: Piece) -> Cue | None:
    """ "suggested that the driver had slept": a guess at what is so, not a proposal of what should be."""
    top = piece.top
    if entry.act is not Act.PROPOSE or entry.pos != "v" or top is None or not clauses.is_finite(top):
        return None
    should = any(c.tag_ == "MD" and c.lower_ in {"should", "must", "shall"} for c in top.children)
    bare = top.tag_ in {"VB", "VBP"} and not any(c.tag_ == "MD" for c in top.children)
    return None if should or bare else cues()["say", "v"]


def _with_figure(found: Found, piece: Piece, layers: Layers, read: tuple[Event, ...]) -> tuple[Event, ...]:
    """ "put the damage at 4 million": the figure is the main event's."""
    if not found.entry.prepositions("t") or any(e.quantity is not None for e in read):
        return read
    inside = {t.i for t in piece.tokens}
    figure = next((q.quantity for q in layers.quantities if q.first in inside and q.stop - 1 in inside), None)
    return (replace(read[0], quantity=figure), *read[1:])


def _with_figures(read: tuple[Event, ...], piece: Piece, layers: Layers) -> tuple[Event, ...]:
    """ "swap prisoners: 230 Eritreans for 212 Ethiopians": figures set behind a colon are the main event's, each in a
    reading of its own."""
    colon = next((t.i for t in piece.tokens if t.text == ":"), None)
    if colon is None:
        return read
    inside = {t.i for t in piece.tokens}
    figures = [q.quantity for q in layers.quantities if q.first > colon and q.first in inside and q.stop - 1 in inside]
    taken = [e.quantity for e in read if e.quantity is not None]
    if not figures or any(t not in figures for t in taken):
        return read
    left = [f for f in figures if f not in taken]
    whole = () if not taken else read[:1]
    return (*whole, *(replace(read[0], quantity=figure) for figure in left), *read[1:])


def _told_of(piece: Piece, read: Sequence[Event]) -> Event | None:
    """The act that a content reports of somebody other than "I" and "we": "India has offered to help" is certain as an
    offer, whatever comes of it.  None where the content's own verb performs no act."""
    top = piece.top
    if top is None or top.pos_ != "VERB" or not clauses.is_finite(top):
        return None
    entry = cues().get((top.lemma_.lower(), "v"))
    subject = clauses.own_subject(top)
    if entry is None or entry.act not in TOLD_ACTS or entry.kind == "attitude" or subject is None:
        return None
    if subject.lower_ in FIRST_PERSON:
        return None
    return _top_event(piece, read)


def _denied_saying(piece: Piece, read: tuple[Event, ...]) -> tuple[Event, ...] | None:
    """ "denied having said that it sank", "denied that the minister said so": that it was said is denied, the rest is
    left open.  None where the content's own verb says nothing."""
    top, said = piece.top, _top_event(piece, read)
    entry = cues().get((top.lemma_.lower(), "v")) if top is not None and top.pos_ == "VERB" else None
    if entry is None or said is None or entry.act is not Act.ASSERT or entry.kind == "attitude":
        return None
    rest = (replace(e, factuality=Factuality.UNKNOWN) for e in read if e is not said)
    return (said, *rest)


def _rescheduled(piece: Piece, read: Sequence[Event]) -> Factuality | None:
    """ "The deployment has been pushed back": whatever becomes of it, that it was is said outright."""
    top = _top_event(piece, read)
    return top.factuality if top is not None and top.predicate_class in {"delay", "stop"} else None


def _top_event(piece: Piece, read: Sequence[Event]) -> Event | None:
    """The event of the piece's own verb."""
    top = piece.top
    if top is None:
        return None
    start = piece.parse.starts[top.i]
    return next((e for e in read if e.trigger.spans[0].start == start), None)


def _withheld(piece: Piece, speaker: Agent, agent_of: Callable[[Token], Agent | None]) -> bool:
    """ "said he could not disclose numbers": the speaker says that he will not or cannot say."""
    top = piece.top
    if top is None or top.lemma_.lower() not in words("unanswered") or not clauses.is_negated(top):
        return False
    modal = any(c.tag_ == "MD" for c in top.children)
    subject = clauses.own_subject(top)
    if not modal or subject is None:
        return False
    named = agent_of(subject)
    own = subject.lower_ in FIRST_PERSON or (subject.pos_ == "PRON" and subject.dep_ == "nsubj")
    return own or (named is not None and named.name == speaker.name)


def _with_unverified(found: Found, piece: Piece) -> list[Token]:
    """The tokens to read: with the verb of "could not verify", since not verifying is what is stated."""
    tokens = list(piece.tokens)
    if found.entry.act is Act.DECLINE and found.cue and found.parse is piece.parse:
        verb = found.parse.tokens[found.cue[0]]
        if verb.lemma_.lower() in UNVERIFIED:
            tokens = sorted([verb, *tokens], key=lambda t: t.i)
    return tokens


def _performed(piece: Piece) -> Cue | None:
    """The cue of an act that quoted words perform themselves: "I would like to ask you to have it moved"."""
    if not piece.parse.quoted:
        return None
    for token in piece.tokens:
        entry = cues().get((token.lemma_.lower(), "v")) if token.pos_ == "VERB" else None
        if entry is None or entry.act not in PERFORMED or entry.kind == "attitude":
            continue
        subject = clauses.subject_of(token)
        top = token
        while top.dep_ == "xcomp" and top.head.lemma_ in {"like", "want", "wish", "have", "must", "love", "need"}:
            top = top.head
        subject = subject or clauses.own_subject(top)
        present = top.tag_ in {"VBP", "VB"} and not clauses.is_negated(top)
        complement = any(c.dep_ in {"ccomp", "xcomp", "dobj", "prep"} for c in token.children)
        if subject is not None and subject.lower_ in FIRST_PERSON and present and complement:
            return entry
    return None
