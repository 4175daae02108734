"""The events that a content speaks of: predicates with their roles, the main one first, each judged for certainty."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from quoth.model import Act, Agent, AgentKind, Event, Mention, Polarity, words_of
from quoth.read.english.events import circumstances, factuality, markers, sharing, syntax, triggers, whereabouts
from quoth.read.english.events.factuality import Standing
from quoth.read.english.events.frames import Frame, phase
from quoth.read.english.events.participants import Participants, subject
from quoth.read.english.events.predicates import class_of
from quoth.read.english.events.triggers import Sort
from quoth.read.english.lexicon import word_set
from quoth.read.english.parse import Layers, Parse
from quoth.read.english.tokens import Token

AgentOf = Callable[[Token], Agent | None]

_ASSERTED = word_set("asserted")
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
_SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
_FAR = 50
_LONGEST_PHRASE = 30
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WDT", "EX", "DT"})
_CORE = frozenset({"compound", "amod", "nmod", "nummod", "poss", "quantmod"})


@dataclass(frozen=True, slots=True)
class Content:
    """A content, read: its events, and the act its own words make of a plain statement (None: none of them)."""

    events: tuple[Event, ...]
    act: Act | None = None


def events(
    layers: Layers,
    tokens: Sequence[Token],
    *,
    agent_of: AgentOf,
    reference: datetime.date | None,
    speaker: Agent | None = None,
    text: str | None = None,
) -> tuple[Event, ...]:
    """The events whose triggers are among `tokens`, the main one first, the others in text order."""
    return read(layers, tokens, agent_of=agent_of, reference=reference, speaker=speaker, text=text).events


def read(
    layers: Layers,
    tokens: Sequence[Token],
    *,
    agent_of: AgentOf,
    reference: datetime.date | None,
    speaker: Agent | None = None,
    text: str | None = None,
    telling: bool = False,
) -> Content:
    """Read a content: `tokens` of one parse, in text order, the words of the source alone.

    `agent_of` names whom a noun phrase's head token means; `reference` is the day that relative times are set
    against; `speaker` is whom "I" means; `text` is the document's, for the words of triggers (without it, they are
    taken from the parse, whose white space may differ).  `telling`: nothing is read where no event is given a time, a
    quantity or a place by name, or did not come about.
    """
    words = worder(layers.parse, text)
    inside = {t.i for t in tokens}
    frames = frames_of(layers, tokens)
    if not frames or (telling and not _may_tell(layers, inside, frames, agent_of)):
        return Content(())
    chain = _with_circumstances(layers, inside, frames, agent_of, reference, words)
    if telling and not any(map(_tells, frames)):
        return Content(())
    main = next(f for f in frames if f.at == chain[-1].i)
    naming = _naming(agent_of, speaker, words)
    ordered = [main, *(f for f in frames if f is not main)]
    act = factuality.content_act(chain, lambda t: _stands(t, naming, speaker), lambda t: _doer(t, frames))
    if main.degree.rank == 0 and act in {Act.PLAN, Act.PROMISE, Act.ESTIMATE}:
        act = None
    return Content(tuple(_event(f, naming, words) for f in ordered), act)


def _tells(frame: Frame) -> bool:
    """Whether an event is given a time, a quantity or a place by name, or did not come about."""
    given = frame.time is not None or frame.quantity is not None or whereabouts.is_named(frame.place)
    return given or frame.degree.polarity is Polarity.NEGATIVE


def _may_tell(layers: Layers, inside: Set[int], frames: Sequence[Frame], agent_of: AgentOf) -> bool:
    """Whether one of a content's events may be told so: by what stands there, before it is handed to any."""
    return (
        any(time.first in inside for time in layers.times)
        or any(quantity.first in inside for quantity in layers.quantities)
        or any(place.first in inside and whereabouts.is_named(place.place) for place in layers.places)
        or any(frame.degree.polarity is Polarity.NEGATIVE for frame in frames)
        or any(whereabouts.country_as_place(frame, inside, agent_of) is not None for frame in frames)
    )


def frames_with_circumstances(
    layers: Layers,
    tokens: Sequence[Token],
    *,
    agent_of: AgentOf,
    reference: datetime.date | None,
    words: circumstances.Words,
) -> list[Frame]:
    """The frames among `tokens` with times, places and quantities too, in text order."""
    frames = frames_of(layers, tokens)
    if frames:
        _with_circumstances(layers, {t.i for t in tokens}, frames, agent_of, reference, words)
    return frames


def _with_circumstances(
    layers: Layers,
    inside: Set[int],
    frames: Sequence[Frame],
    agent_of: AgentOf,
    reference: datetime.date | None,
    words: circumstances.Words,
) -> list[Token]:
    """Give the frames their times, places and quantities; the chain down to the main one."""
    hosts = circumstances.hosts_of(frames)
    chain = main_chain(inside, frames)
    main = next(f for f in frames if f.at == chain[-1].i)
    _count_out(layers, frames)
    circumstances.attach_times(layers, inside, frames, hosts, main, reference, words)
    whereabouts.attach_places(layers, inside, frames, hosts, agent_of)
    circumstances.attach_quantities(layers, inside, frames, hosts, words)
    sharing.share(layers.parse, frames)
    for frame in frames:
        if sharing.looks_ahead(frame, reference):
            frame.degree = replace(frame.degree, rank=2)
    return chain


def frames_of(layers: Layers, tokens: Sequence[Token]) -> list[Frame]:
    """The triggers among `tokens` with certainty, phase and what governs them, in text order."""
    inside = {t.i for t in tokens}
    judge = factuality.Judge(inside)
    found = []
    timed = {i for t in layers.times for i in range(t.first, t.stop)}
    found_triggers = triggers.find(tokens)
    kept = {t.token.i for t in found_triggers}
    for trigger in found_triggers:
        token = trigger.token
        if token.i in timed:
            continue
        light = trigger.light
        above = judge.governor(token if light is None or light.i in kept else light)
        found.append(
            Frame(
                trigger,
                judge.degree(token),
                phase(above),
                above if above is not None and above.i in inside else None,
            )
        )
    return found


# ---------------------------------------------------------------- the main event


def main_chain(inside: Set[int], frames: Sequence[Frame]) -> list[Token]:
    """From the content's governing word down to its main event: what is planned, asked for, begun or possible."""
    by_token = {f.at: f for f in frames}
    governed: dict[int, list[Frame]] = {}
    for frame in frames:
        if frame.above is not None:
            governed.setdefault(frame.above.i, []).append(frame)
    tops = _tops(frames, inside)
    roots = sorted({t.i: t for t in tops.values()}.values(), key=lambda t: t.i)
    start = next((t for t in roots if syntax.is_verb(t)), roots[0])
    if start.i not in by_token and start.i not in governed and syntax.copular_complement(start) is None:
        start = _first_below(start, frames, tops)
    chain = [start]
    while True:
        following = _step(chain[-1], by_token, governed, inside)
        if following is None or following in chain:
            break
        chain.append(following)
    while len(chain) > 1 and chain[-1].i not in by_token:
        chain.pop()
    if chain[-1].i not in by_token:
        chain = [_first_below(start, frames, tops)]
    return chain


def _tops(frames: Sequence[Frame], inside: Set[int]) -> dict[int, Token]:
    """For each frame's token, the outermost token of the content that governs it."""
    known: dict[int, Token] = {}
    for frame in frames:
        token, path = frame.trigger.token, []
        while token.i not in known and token.head.i != token.i and token.head.i in inside:
            path.append(token.i)
            token = token.head
        top = known.get(token.i, token)
        known.update(dict.fromkeys([*path, token.i], top))
    return {f.at: known[f.at] for f in frames}


def _first_below(root: Token, frames: Sequence[Frame], tops: dict[int, Token]) -> Token:
    """The event nearest below a word that is none itself; of equals the first in the text."""

    def distance(token: Token) -> int:
        steps = 0
        while token.i != root.i and token.head.i != token.i and steps < _FAR:
            token, steps = token.head, steps + 1
        return steps

    below = [f for f in frames if tops[f.at].i == root.i] or list(frames)
    return min(below, key=lambda f: (distance(f.trigger.token), f.at)).trigger.token


def _step(token: Token, by_token: dict[int, Frame], governed: dict[int, list[Frame]], inside: Set[int]) -> Token | None:
    complement = syntax.copular_complement(token) if syntax.is_verb(token) else None
    if complement is None and syntax.is_verb(token) and syntax.lemma(token) == "leave":
        complement = syntax.child(token, "oprd", "ccomp", "acomp")  # "left 300 people homeless"
    if markers.says_of_itself(token):
        return None
    if complement is not None and complement.i in inside:
        predicated = complement.pos_ in {"ADJ", "VERB", "ADV"} and complement.i in by_token
        if predicated or complement.i in governed:
            return complement
    options = governed.get(token.i, [])
    clauses = [f for f in options if f.trigger.sort is Sort.VERB and f.trigger.token.dep_ != "conj"]
    if syntax.is_verb(token):  # what is left open ("decide whether to") is not what is said
        clauses = [f for f in clauses if not factuality.asked(f.trigger.token)]
    if clauses:
        return clauses[0].trigger.token
    for frame in options:
        noun = frame.trigger.token
        if frame.trigger.sort is not Sort.NOUN or noun.dep_ == "conj" or _occasion(noun):
            continue
        if frame.trigger.light is not None or not syntax.is_verb(token):
            return noun
        found = markers.marker_of(token, noun)
        group = class_of(syntax.lemma(token))
        if found is None and token.i not in by_token:
            return noun
        name = group.name if group is not None else ""
        if found is None or found.factive or name in _ASSERTED or found.positive.sign < 0:
            continue
        own = markers.marker("noun", syntax.lemma(noun))
        if noun.i in governed or own is None or own.positive == markers.CERTAIN:
            return noun
    return None


def _occasion(noun: Token) -> bool:
    """ "was discussed at a meeting", "said during the talks": where or when, not what."""
    return noun.dep_ == "pobj" and noun.head.lower_ in {"at", "during", "after", "before", "since", "following", "amid"}


# ---------------------------------------------------------------- tokens to the model's words


def worder(parse: Parse, text: str | None) -> circumstances.Words:
    """Token indices to the words they stand for in the document's `text`, without it in the parse's own."""

    def words(indices: Sequence[int]) -> Mention:
        spans = parse.spans(indices)
        if text is not None:
            return Mention(text=words_of(text, spans), spans=spans)
        runs: list[list[int]] = []
        for i in sorted(set(indices)):
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        return Mention(text=" … ".join(parse.tokens.span(r[0], r[-1] + 1).text for r in runs), spans=spans)

    return words


def _count_out(layers: Layers, frames: Sequence[Frame]) -> None:
    """Put what is counted in the place of the word that counts it ("a handful of missiles")."""
    for frame in frames if layers.quantities else ():
        roles = frame.roles
        frame.roles = Participants(
            circumstances.counted_noun(layers, roles.agent),
            circumstances.counted_noun(layers, roles.theme),
            roles.recipient,
            circumstances.counted_noun(layers, roles.instrument),
        )


def _naming(agent_of: AgentOf, speaker: Agent | None, words: circumstances.Words) -> AgentOf:
    def name(token: Token) -> Agent | None:
        lower = token.lower_
        if lower in _SPEAKER and speaker is not None:
            return _as_mentioned(speaker, words([token.i]))
        found = agent_of(token)
        if found is not None:
            return found
        if lower in _SPEAKERS and speaker is not None:
            return _as_mentioned(speaker, words([token.i]))
        if token.tag_ in _PRONOUNS or token.pos_ not in {"NOUN", "PROPN", "NUM"}:
            return None
        return _phrase(token, words)

    return name


def _as_mentioned(agent: Agent, mention: Mention) -> Agent:
    return replace(agent, text=mention.text, spans=mention.spans, why="the speaker himself")


def _phrase(head: Token, words: circumstances.Words) -> Agent:
    """A noun phrase that the cast does not know, under its own words: the noun with what stands before it."""
    first = head.i
    for c in sorted(head.lefts, key=lambda t: -t.i):
        if syntax.swapped(c) is not None or head.i - c.left_edge.i > _LONGEST_PHRASE:
            break
        if c.dep_ in {*_CORE, "det", "punct"} and c.right_edge.i == first - 1 and (c.dep_ != "punct" or c.is_quote):
            first = c.left_edge.i
        else:
            break
    named = first
    while named < head.i and (head.doc[named].dep_ == "det" or head.doc[named].is_quote):
        named += 1
    mention = words(range(first, head.i + 1))
    return Agent(text=mention.text, spans=mention.spans, name=words(range(named, head.i + 1)).text)


def _stands(doer: Token, naming: AgentOf, speaker: Agent | None) -> Standing:
    """Whether who acts is the speaker, or somebody he may speak for, or another."""
    if doer.lower_ in _SPEAKER | _SPEAKERS:
        return Standing.SPEAKER
    agent = naming(doer)
    if agent is not None and agent.kind is None and factuality.is_thing(doer):
        return Standing.OTHER
    if agent is None or speaker is None:
        return Standing.OPEN
    if agent.name == speaker.name:
        return Standing.SPEAKER
    if agent.country is not None and speaker.country is not None:
        return Standing.OPEN if agent.country == speaker.country else Standing.OTHER
    may_speak = speaker.kind in {AgentKind.PERSON, AgentKind.NARRATOR} and agent.kind is not AgentKind.PERSON
    return Standing.OPEN if may_speak else Standing.OTHER


def _doer(token: Token, frames: Sequence[Frame]) -> Token | None:
    frame = next((f for f in frames if f.at == token.i), None)
    if frame is not None:
        return frame.roles.agent
    return subject(token) if syntax.is_verb(token) else None


def _event(frame: Frame, naming: AgentOf, words: circumstances.Words) -> Event:
    predicate = frame.trigger.predicate
    group = class_of(predicate)
    roles = frame.roles

    def name(token: Token | None) -> Agent | None:
        return naming(token) if token is not None else None

    return Event(
        predicate=predicate,
        trigger=words(frame.trigger.words),
        predicate_class=group.name if group is not None else None,
        agent=name(roles.agent),
        theme=name(roles.theme),
        recipient=name(roles.recipient),
        place=frame.place,
        quantity=frame.quantity,
        time=frame.time,
        polarity=frame.degree.polarity,
        phase=frame.phase,
        factuality=frame.degree.factuality,
        instrument=name(roles.instrument),
    )
