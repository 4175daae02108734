"""Attributions to statements: whose words in the end, through whom, how sure, when said, about which events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from quoth.evidence import identified
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Basis,
    Distance,
    Event,
    Factuality,
    Mention,
    Polarity,
    Relay,
    Span,
    Statement,
    When,
)
from quoth.read.english.attribution import Found, clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.nesting import without
from quoth.read.english.draft import Draft
from quoth.read.english.events import read as read_content
from quoth.read.english.outlets import is_outlet, is_relay
from quoth.read.english.parse import Layers
from quoth.read.english.statements import phrasal, said
from quoth.read.english.statements.contents import Piece, pieces, quote_type
from quoth.read.factuality import judge

UNNAMED = Agent(text="", spans=(), name="unattributed", kind=AgentKind.UNATTRIBUTED)
MAIN_SHARE = 0.6
"""An inner attribution that fills this share of its holder's content stands for it all: the holder only relays it."""

FIRST_PERSON = frozenset({"i", "we"})
PERFORMED = frozenset({Act.REQUEST, Act.PROPOSE, Act.PROMISE, Act.THREATEN, Act.DENY, Act.CONFIRM, Act.ESTIMATE})
"""Acts that a speaker performs by naming them: "I ask you to …", "we deny that …"."""

TOLD_ACTS = frozenset({Act.REQUEST, Act.PROPOSE, Act.PROMISE, Act.THREATEN, Act.DENY, Act.DECLINE})
"""Acts that, done by one and told by another, are themselves what is asserted."""

UNVERIFIED = frozenset({"verify", "confirm", "corroborate"})

ASIDES = frozenset({"despite", "notwithstanding", "although", "though", "while", "whereas", "unlike", "contrary"})
"""What sets a phrase or clause against the rest of its sentence."""

PERSONAL = frozenset({"he", "she", "they", "who", "i", "we", "you"})


def statements(draft: Draft) -> list[Statement]:
    """The statements of a draft's attributions, in text order."""
    speakers = {id(f): _speaker(draft, f) for f in draft.found}
    live = [f for f in draft.found if _realised(f, speakers[id(f)])]
    kept, chains = _unnested(draft, live, speakers)
    occasions = said.Occasions(draft.reference)
    result: list[Statement] = []
    contents: dict[int, list[Span]] = {}
    for found in kept:
        contents.setdefault(found.passage, []).extend(found.content)
    heard: dict[str, tuple[int, tuple[Relay, ...]]] = {}
    for found in kept:
        near = contents[found.passage]
        when = _said(draft, found, speakers[id(found)], near, chains[id(found)], occasions)
        via = _heard(draft, found, speakers[id(found)], _via(draft, found, chains[id(found)]), heard)
        result += _read(draft, found, speakers[id(found)], chains[id(found)], via, when)
    return [identified(s) for s in _led(result, draft)]


def _speaker(draft: Draft, found: Found) -> Agent:
    if found.source is None:
        return UNNAMED
    return draft.agent(found.source_parse, found.source)


# ---------------------------------------------------------------- which attributions are statements


def _realised(found: Found, speaker: Agent) -> bool:
    """Whether the words were said at all, by somebody who can say: not "may announce", not "it highlights"."""
    if found.source is not None:
        token = found.source_parse.doc[found.source]
        thing = speaker.kind is None and token.lower_ not in PERSONAL
        if thing and (found.entry.kind in {"report", "attitude", "opinion"} or token.tag_ in {"WDT", "DT", "EX"}):
            return False
        if token.lower_ == "you":
            return False
    if found.negated and found.entry.kind not in {"attitude"} and found.entry.lemma != "rule out":
        return False
    if not found.cue or found.entry.act is Act.DECLINE:
        return True
    cue = found.parse.doc[found.cue[0]]
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


def _unnested(
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
            if not said.same_speaker(speakers[id(holder)], speakers[id(inner)]):
                chains[id(inner)].append((holder, speakers[id(holder)]))
            holder = holder.outer
    for inner in found:
        holder = inner.outer
        if holder is None:
            continue
        if speakers[id(inner)].kind is AgentKind.UNATTRIBUTED and inner.entry.kind == "adverb":
            dropped.add(id(inner))
            continue
        if _kept_whole(holder, inner, speakers[id(holder)]):
            dropped.add(id(inner))
            continue
        aside = asides[id(inner)]
        extent = _extent(inner) if aside is None else inner.parse.spans(t.i for t in aside.subtree)
        whole = 0 if aside is not None else _length(draft, extent)
        rest = without(holder.content, extent)
        if whole >= MAIN_SHARE * _length(draft, holder.content) or not any(
            _clausal(p) for p in pieces(draft.passages, rest)
        ):
            dropped.add(id(holder))
        else:
            holder.content = rest
    return [f for f in found if id(f) not in dropped], chains


def _kept_whole(holder: Found, inner: Found, speaker: Agent) -> bool:
    """Whether what the holder says is that the inner act took place: "X denied having said …", "X said Y had asked …".

    An outlet only passes on what it reports that somebody asked for or promised; anybody else vouches for it.
    """
    if holder.entry.act in {Act.DENY, Act.DECLINE} and _aside(inner) is None:
        return True
    performed = inner.entry.act not in {Act.ASSERT, Act.CONFIRM, Act.DENY, Act.ESTIMATE}
    return performed and not is_outlet(speaker.name) and _aside(inner) is None


def _aside(found: Found) -> Token | None:
    """The phrase or clause that sets an attribution against its sentence: "despite claims that …"; None for others.

    Whoever vouches for the sentence does not vouch for what it is set against.
    """
    if not found.cue:
        return None
    token = found.parse.doc[found.cue[0]]
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
        subtree = found.parse.doc[found.cue[0]].subtree if not found.pattern.startswith("according") else ()
        spans += found.parse.spans(t.i for t in subtree)
    hull = Span(min(s.start for s in spans), max(s.end for s in spans))
    return (hull,)


def _length(draft: Draft, spans: Sequence[Span]) -> int:
    return sum(c.isalnum() for s in spans for c in s.words(draft.document.text))


def _clausal(piece: Piece) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in piece.tokens) and sum(t.is_alpha for t in piece.tokens) > 3


# ---------------------------------------------------------------- when


def _said(
    draft: Draft,
    found: Found,
    speaker: Agent,
    contents: Sequence[Span],
    chain: Sequence[tuple[Found, Agent]],
    occasions: said.Occasions,
) -> When | None:
    when = said.stated(draft, found, contents)
    for holder, _ in chain:
        when = when or said.stated(draft, holder, contents)
    if when is not None:
        occasions.note(when, found, speaker)
        return when
    return occasions.carried(found, speaker) or said.by_publication(draft.reference)


def _led(read: list[Statement], draft: Draft) -> list[Statement]:
    """A headline or lead that gives no day takes the day that the same speaker's next dated statement states, where
    the article was out within days of it: they report one occasion."""
    result: list[Statement] = []
    stated: dict[tuple[str, AgentKind | None], When] = {}
    for statement in reversed(read):
        voice = (statement.source.name, statement.source.kind)
        if statement.said is not None and statement.said.spans:
            stated[voice] = statement.said
        else:
            later = stated.get(voice)
            reported = statement.act is not Act.ESTIMATE and statement.pattern.startswith(("verb", "colon", "clause"))
            if later is not None and reported and said.timely(later, draft.reference):
                statement = replace(statement, said=replace(later, basis=Basis.CARRIED))
        result.append(statement)
    return result[::-1]


# ---------------------------------------------------------------- one attribution's statements


def _read(
    draft: Draft,
    found: Found,
    speaker: Agent,
    chain: Sequence[tuple[Found, Agent]],
    via: tuple[Relay, ...],
    when: When | None,
) -> list[Statement]:  # fmt: skip
    document = draft.document
    cue = Mention.of(document.text, *found.parse.spans(found.cue)) if found.cue else None
    source = speaker
    result = []
    for piece in pieces(draft.passages, found.content):
        spans = piece.spans(document.text)
        main, act, factuality = _judged(draft, found, speaker, piece)
        result.append(
            Statement(
                id="",
                document_id=document.id,
                source=source,
                via=via,
                cue=cue,
                content=Mention.of(document.text, *spans),
                quote=quote_type(draft.passages, spans, document.text),
                act=act,
                factuality=factuality,
                distance=_distance(draft, found, chain),
                said=when,
                events=main,
                block=draft.passages[found.passage].block.kind,
                context=found.sentence.hull(Span(spans[0].start, spans[-1].end)),
                pattern=found.pattern,
                confidence=found.confidence,
            )
        )
    return result


def _judged(draft: Draft, found: Found, speaker: Agent, piece: Piece) -> tuple[tuple[Event, ...], Act, Factuality]:
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
    entry = _performed(piece) or found.entry
    main = read.events[0] if read.events else None
    act, factuality = judge(entry.act, entry.factuality, main, read.act)
    if main is None:
        return phrasal.events(found, piece, layers, draft.document.text, agent_of), act, factuality
    if act is Act.PLAN and main.polarity is Polarity.NEGATIVE:
        act, factuality = Act.ASSERT, Factuality.CERTAINLY_NOT  # that nothing of the kind is planned
    told = _told_of(piece, read.events) if entry.act in {Act.ASSERT, Act.CONFIRM} and entry is found.entry else None
    if told is not None:
        act, factuality = entry.act, told.factuality
    if found.negated and entry.kind == "attitude" and factuality.polarity is not None:
        factuality = Factuality(factuality.value[:2] + ("-" if factuality.value[2] == "+" else "+"))
    if found.negated and entry.lemma == "rule out":
        act, factuality = Act.ASSERT, Factuality.POSSIBLE
    return _with_figure(found, piece, layers, read.events), act, factuality


def _with_figure(found: Found, piece: Piece, layers: Layers, read: tuple[Event, ...]) -> tuple[Event, ...]:
    """ "put the damage at 4 million": the figure is the main event's."""
    if not found.entry.prepositions("t") or any(e.quantity is not None for e in read):
        return read
    inside = {t.i for t in piece.tokens}
    figure = next((q.quantity for q in layers.quantities if q.first in inside and q.stop - 1 in inside), None)
    return (replace(read[0], quantity=figure), *read[1:])


def _told_of(piece: Piece, read: Sequence[Event]) -> Event | None:
    """The act that a content reports of somebody other than "I" and "we": "India has offered to help" is certain as an
    offer, whatever comes of it.  None where the content's own verb performs no act."""
    inside = {t.i for t in piece.tokens}
    top = next((t for t in piece.tokens if t.head.i not in inside or t.head == t), None)
    if top is None or top.pos_ != "VERB" or not clauses.is_finite(top):
        return None
    entry = cues().get((top.lemma_.lower(), "v"))
    subject = clauses.own_subject(top)
    if entry is None or entry.act not in TOLD_ACTS or entry.kind == "attitude" or subject is None:
        return None
    if subject.lower_ in FIRST_PERSON:
        return None
    span = piece.parse.span(top.i, top.i + 1)
    return next((e for e in read if e.trigger.spans[0].start == span.start), None)


def _with_unverified(found: Found, piece: Piece) -> list[Token]:
    """The tokens to read: with the verb of "could not verify", since not verifying is what is stated."""
    tokens = list(piece.tokens)
    if found.entry.act is Act.DECLINE and found.cue and found.parse is piece.parse:
        verb = found.parse.doc[found.cue[0]]
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


def _distance(draft: Draft, found: Found, chain: Sequence[tuple[Found, Agent]]) -> Distance | None:
    for one in (found, *(holder for holder, _ in chain)):
        if one.entry.distance is not None and one.cue:
            spans = one.parse.spans(one.cue)
            return Distance.of(draft.document.text, *spans, kind=one.entry.distance)
    return None


def _via(draft: Draft, found: Found, chain: Sequence[tuple[Found, Agent]]) -> tuple[Relay, ...]:
    """Who passed it on, nearest the origin first: who was told, who quoted or cited, then each holder."""
    relays: list[Relay] = []
    if found.addressee is not None:
        told = draft.agent(found.parse, found.addressee)
        if is_relay(told.name, draft.document.outlet):
            relays.append(_relay(told))
    if found.relay is not None:
        relays.append(_relay(draft.agent(found.parse, found.relay)))
    relays += [_relay(draft.agent(parse, head)) for parse, head in found.relays]
    relays += [_relay(agent) for holder, agent in chain if agent.kind is not AgentKind.UNATTRIBUTED]
    own = (draft.document.outlet or "").casefold()
    seen: set[str] = {own.removeprefix("the ")}
    result = []
    for relay in relays:
        key = relay.name.casefold().removeprefix("the ")
        if key not in seen:
            seen.add(key)
            result.append(relay)
    return tuple(result)


def _heard(
    draft: Draft, found: Found, speaker: Agent, via: tuple[Relay, ...], heard: dict[str, tuple[int, tuple[Relay, ...]]]
) -> tuple[Relay, ...]:
    """`via`, with what the words leave out: "he added" goes on through whom he spoke to; then what the document relays.

    `heard` keeps for each speaker the passage and the relays of his last statement.
    """
    passage, before = heard.get(speaker.name, (-1, ()))
    token = None if found.source is None else found.source_parse.doc[found.source]
    going_on = found.source_in is not None or (token is not None and token.pos_ == "PRON")
    if not via and going_on and found.passage - passage <= 1:
        via = before
    heard[speaker.name] = (found.passage, via)
    known = {relay.name.casefold().removeprefix("the ") for relay in via}
    passed_on = (r for r in draft.document.relays if r.name.casefold().removeprefix("the ") not in known)
    return (*via, *passed_on)


def _relay(agent: Agent) -> Relay:
    return Relay(name=agent.name, text=agent.text, spans=agent.spans)
