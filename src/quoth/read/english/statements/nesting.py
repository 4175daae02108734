"""Which attributions stand as statements: those whose words were said, cut clear of one another."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.model import Act, Agent, AgentKind, Span
from quoth.read.english.attribution import Found
from quoth.read.english.attribution.cues import words
from quoth.read.english.attribution.found import without
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.draft import Draft
from quoth.read.english.outlets import is_called_outlet, is_outlet
from quoth.read.english.statements.contents import Piece, pieces
from quoth.read.english.tokens import Token

Chain = Sequence[tuple[Found, Agent]]
"""The attributions that hold one, nearest first, each with its speaker."""

MAIN_SHARE = 0.6
"""An inner attribution that fills this share of its holder's content stands for it all: the holder only relays it."""

ASIDES = frozenset({"despite", "notwithstanding", "although", "though", "while", "whereas", "unlike", "contrary"})
"""What sets a phrase or clause against the rest of its sentence."""

NOMINAL = frozenset({Pattern.VERB_OBJECT, Pattern.VERB_PHRASE, Pattern.VERB_OBJECT_PHRASE, Pattern.PASSIVE_SUBJECT})
"""Patterns whose content is a thing, not what is said of it."""

PUT = frozenset({Act.REQUEST, Act.PROPOSE, Act.PROMISE, Act.THREATEN})
"""Acts that somebody performs towards others."""

PERSONAL = frozenset({"he", "she", "they", "who", "i", "we", "you"})


def realised(found: Found, speaker: Agent) -> bool:
    """Whether the words were said at all, by somebody who can say: not "may announce", not "it highlights".

    What a network alone read has to name a source, by a cue that the lexicon knows the act of; who cites is a relay.
    """
    if found.pattern == Pattern.NETWORK and (
        found.source is None or not found.entry.lemma or found.entry.kind == "relay"
    ):
        return False
    if found.source is not None:
        token = found.source_parse.tokens[found.source]
        thing = speaker.kind is None and not found.cited and token.lower_ not in PERSONAL
        if thing and (found.entry.kind in {"report", "attitude", "opinion"} or token.tag_ in {"WDT", "DT", "EX"}):
            return False
        if token.lower_ == "you":
            return False
    if found.negated and found.entry.kind not in {"attitude"} and found.entry.lemma != "rule out":
        return False
    if not found.cue or found.entry.act is Act.DECLINE:
        return True
    cue = found.parse.tokens[found.cue[0]]
    if cue.pos_ not in {"VERB", "AUX"}:
        return True
    modal = next((c for c in cue.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if modal is not None and modal.lower_ not in {"can", "must"}:
        return False
    while cue.dep_ == "conj" and cue.tag_ == "VB" and cue.head.tag_ == "VB":
        cue = cue.head
    if any(c.tag_ == "TO" and c.dep_ == "aux" for c in cue.children):
        return cue.head.lemma_.lower() in words("realising")
    return not any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in cue.children)


def unnested(
    draft: Draft, found: Sequence[Found], speakers: dict[int, Agent]
) -> tuple[list[Found], dict[int, list[tuple[Found, Agent]]]]:
    """The attributions that stand as statements, contents cut clear of one another, and for each the holders that
    relay it, nearest first.

    A holder whose content is one inner attribution gives way to it.  A holder and an inner one of the same speaker
    are one statement, the inner.  Else the inner one's words are cut out of the holder's content.
    """
    alive = {id(f) for f in found}
    chains: dict[int, list[tuple[Found, Agent]]] = {id(f): [] for f in found}
    dropped: set[int] = set()
    for inner in found:
        holder = inner.outer
        while holder is not None and id(holder) not in alive:
            holder = holder.outer
        inner.outer = holder
    asides = {id(f): _aside(f) for f in found}
    for inner in found:
        holder = inner.outer if asides[id(inner)] is None else None
        while holder is not None:
            chains[id(inner)].append((holder, speakers[id(holder)]))
            holder = holder.outer
    for inner in found:
        holder = inner.outer
        if holder is None:
            continue
        if speakers[id(inner)].kind is AgentKind.UNATTRIBUTED and inner.entry.kind == "adverb":
            dropped.add(id(inner))
            continue
        if holder.pattern.startswith("points back"):  # "X denied this": what the sentence before says somebody said
            holder.content = inner.content
            chains[id(inner)] = []
            continue
        if _kept_whole(holder, inner, speakers[id(holder)]):
            dropped.add(id(inner))
            continue
        aside = asides[id(inner)]
        extent = _extent(inner) if aside is None else inner.parse.spans(t.i for t in aside.subtree)
        whole = 0 if aside is not None else _length(draft, extent)
        rest = without(holder.content, extent)
        main = whole >= MAIN_SHARE * _length(draft, holder.content) and not _told_of_another(inner)
        if main or not any(_clausal(p) for p in pieces(draft.passages, rest)):
            dropped.add(id(holder))
        else:
            holder.content = rest
    return [f for f in found if id(f) not in dropped], chains


def _kept_whole(holder: Found, inner: Found, speaker: Agent) -> bool:
    """Whether what the holder says is that the inner act took place: "X denied having said …", "X said Y had asked …",
    "X said Y had criticised the plan".

    An outlet only passes on what it reports that somebody asked for or promised; anybody else vouches for it.
    """
    if holder.entry.act in {Act.DENY, Act.DECLINE} and _aside(inner) is None:
        return True
    outlet = is_outlet(speaker.name) or is_called_outlet(speaker.text)
    performed = inner.entry.act not in {Act.ASSERT, Act.CONFIRM, Act.DENY, Act.ESTIMATE}
    if _told_of_another(inner):
        return False
    return (performed or inner.pattern in NOMINAL) and not outlet and _aside(inner) is None


def _told_of_another(inner: Found) -> bool:
    """Whether the inner act is one that a named other put to somebody: "X said the government had promised to …"."""
    if inner.entry.act not in PUT or inner.pattern in NOMINAL or inner.source_in is not None or not inner.cue:
        return False
    return inner.source is not None and inner.source_parse.tokens[inner.source].pos_ in {"NOUN", "PROPN"}


def _aside(found: Found) -> Token | None:
    """The phrase or clause that sets an attribution against its sentence: "despite claims that …"; None for others.

    Whoever vouches for the sentence does not vouch for what it is set against.
    """
    if not found.cue:
        return None
    token = found.parse.tokens[found.cue[0]]
    while token.head.i != token.i:
        if token.lower_ in ASIDES and token.dep_ == "prep":
            return token
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ASIDES for c in token.children):
            return token
        token = token.head
    return None


def _extent(found: Found) -> tuple[Span, ...]:
    """The words of an attribution with what stands between its source, cue and content in its sentence."""
    spans = list(found.content)
    if found.cue:
        spans += found.parse.spans(found.cue)
        if found.source is not None and found.source_in is None:
            spans += found.parse.spans([found.source])
        subtree = found.parse.tokens[found.cue[0]].subtree if not found.pattern.startswith("according") else ()
        spans += found.parse.spans(t.i for t in subtree)
    hull = Span(min(s.start for s in spans), max(s.end for s in spans))
    return (hull,)


def _length(draft: Draft, spans: Sequence[Span]) -> int:
    return sum(c.isalnum() for s in spans for c in s.words(draft.document.text))


def _clausal(piece: Piece) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in piece.tokens) and sum(t.is_alpha for t in piece.tokens) > 3
