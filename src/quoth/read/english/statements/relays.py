"""Through whom a statement came, and how far whoever reports it keeps away from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quoth.model import Agent, AgentKind, BlockKind, Distance, Relay, Statement
from quoth.read.english.agents.roles import document_nouns
from quoth.read.english.attribution import Found
from quoth.read.english.attribution.cues import words
from quoth.read.english.draft import Draft
from quoth.read.english.outlets import is_called_outlet, is_outlet, is_relay, may_be_station
from quoth.read.english.parse import Parse
from quoth.read.english.statements.nesting import Chain
from quoth.read.english.tokens import Token


def distance(draft: Draft, found: Found, chain: Chain) -> Distance | None:
    for one in (found, *(holder for holder, _ in chain)):
        if one.entry.distance is not None and one.cue:
            spans = one.parse.spans(one.cue)
            return Distance.of(draft.document.text, *spans, kind=one.entry.distance)
    return None


def relays_of(
    draft: Draft, found: Found, speaker: Agent, chain: Chain, outlets: Mapping[int, Agent]
) -> tuple[Relay, ...]:
    """Who passed it on, nearest the origin first: who was told, who quoted or cited, then each holder with its own."""
    passed = _passed_on(draft, found, outlets)
    for holder, agent in chain:
        if agent.kind is not AgentKind.UNATTRIBUTED:
            passed.append(agent)
        passed += _passed_on(draft, holder, outlets)
    seen = {_key(draft.document.outlet or ""), _key(speaker.name)}
    result = []
    for agent in passed:
        if _key(agent.name) not in seen:
            seen.add(_key(agent.name))
            result.append(Relay(name=agent.name, text=agent.text, spans=agent.spans))
    return tuple(result)


def _passed_on(draft: Draft, found: Found, outlets: Mapping[int, Agent]) -> list[Agent]:
    """Those whom one attribution itself names: an outlet that was told, who quoted, who cited or published."""
    outlet = outlets.get(id(found))
    passed = [_author(draft, parse, head, outlet) for parse, head in found.relays]
    if found.relay is not None:
        passed.insert(0, _author(draft, found.parse, found.relay, outlet))
    told = None if found.addressee is None else draft.agent(found.parse, found.addressee)
    if told is not None and outlet is not None and found.addressee is not None:
        told = _published_by(outlet, told, found.parse.tokens[found.addressee])
    if told is not None and _passes_on(draft, found, told):
        passed.insert(len(passed) if found.cited else 0, told)
    return passed


def _passes_on(draft: Draft, found: Found, told: Agent) -> bool:
    """Whether whoever was told is an outlet, or is said to have made it public: "told the fund, which published it"."""
    own = draft.document.outlet
    if is_relay(told.name, own) or is_relay(told.text, own) or _station(told) or is_called_outlet(told.text):
        return True
    noun = None if found.addressee is None else found.parse.tokens[found.addressee]
    clauses = [] if noun is None else [c for c in noun.children if c.dep_ == "relcl"]
    return any(
        clause.lemma_.lower() in words("publishing_verbs")
        and any(c.lower_ == "which" and c.dep_ == "nsubj" for c in clause.children)
        for clause in clauses
    )


def _author(draft: Draft, parse: Parse, head: int, outlet: Agent | None) -> Agent:
    """Whom a relay's words name; for a document with its maker, the maker: "an article in the Herald"."""
    noun = parse.tokens[head]
    agent = draft.agent(parse, head)
    if outlet is not None:
        agent = _published_by(outlet, agent, noun)
    if agent.why is not None or noun.lemma_.lower() not in document_nouns():
        return agent
    for child in noun.children:
        if child.dep_ == "poss":
            return draft.agent(parse, child.i)
        if child.dep_ == "compound" and is_outlet(child.text):
            return draft.agent(parse, child.i)
        if child.lower_ in {"by", "from", "in"} and child.dep_ in {"prep", "agent"}:
            maker = next((c for c in child.children if c.dep_ == "pobj"), None)
            if maker is not None and (child.lower_ != "in" or is_outlet(draft.agent(parse, maker.i).name)):
                return draft.agent(parse, maker.i)
    return agent


Outlets = dict[int, Agent]
"""The outlet that was named last before an attribution, by the attribution's id."""


def name_outlets(draft: Draft, found: Sequence[Found], speakers: dict[int, Agent]) -> Outlets:
    """Give speakers called "the report", "the paper" the name of the outlet that came last, in the same paragraph or
    the one before."""
    before: Outlets = {}
    outlet: Agent | None = None
    passage = -1
    for one in found:
        speaker = speakers[id(one)]
        if outlet is not None and one.passage - passage <= 1:
            before[id(one)] = outlet
            if one.source is not None:
                speaker = speakers[id(one)] = _published_by(outlet, speaker, one.source_parse.tokens[one.source])
        told = None if one.addressee is None else draft.agent(one.parse, one.addressee)
        relay = None if one.relay is None else draft.agent(one.parse, one.relay)
        named = next((a for a in (told, relay, speaker) if a is not None and is_outlet(a.name)), None)
        if one.outer is None and named is not None:
            outlet, passage = named, one.passage
        elif one.outer is None and speaker.kind is AgentKind.DOCUMENT:
            outlet = None
    return before


def _published_by(outlet: Agent, agent: Agent, noun: Token) -> Agent:
    """`agent` under the outlet's name where its words are "the report", "the state agency" and nothing more."""
    children = {c.lower_ for c in noun.children}
    bare = children & {"the", "this"} and children <= {"the", "this", "state", "news", "same"}
    if agent.why is not None or not bare or noun.lower_ not in words("publications"):
        return agent
    why = f"'{agent.text}' is that of {outlet.name}, named before it"
    return replace(agent, name=outlet.name, kind=outlet.kind, country=outlet.country, why=why)


def going_on(
    draft: Draft, found: Found, speaker: Agent, via: tuple[Relay, ...], heard: dict[str, tuple[int, tuple[Relay, ...]]]
) -> tuple[Relay, ...]:
    """`via`, with what the words leave out: "he added", "adding", "the envoy said" go on through whom he spoke to; then
    what the document relays.

    `heard` keeps for each speaker the passage and the relays of his last statement.
    """
    passage, before = heard.get(speaker.name, (-1, ()))
    token = None if found.source is None else found.source_parse.tokens[found.source]
    cue = found.parse.tokens[found.cue[0]] if found.cue else None
    called = token is not None and token.pos_ in {"PRON", "NOUN"}
    continued = found.source_in is not None or called or (cue is not None and cue.tag_ == "VBG")
    if not via and continued and found.passage - passage <= 1:
        via = before
    heard[speaker.name] = (found.passage, via)
    known = {_key(relay.name) for relay in via}
    passed_on = (r for r in draft.document.relays if _key(r.name) not in known)
    return (*via, *passed_on)


def headlined(read: Sequence[Statement]) -> list[Statement]:
    """A headline leaves relays out: it takes those of the first statement below it that names the same speaker."""
    below = [s for s in read if s.block is not BlockKind.HEADLINE and s.source.text]
    result = []
    for statement in read:
        if statement.block is BlockKind.HEADLINE and statement.source.text and not statement.via:
            named = set(statement.source.name.casefold().split())
            lead = next((s for s in below if named <= set(s.source.name.casefold().split())), None)
            if lead is not None:
                statement = replace(statement, via=lead.via)
        result.append(statement)
    return result


def _station(told: Agent) -> bool:
    """Whether whoever was told bears an acronym alone that is no known body's: a station ("told EBC")."""
    alone = told.kind in {None, AgentKind.ORGANIZATION} and told.country is None and told.name == told.text
    return alone and may_be_station(told.text)


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")
