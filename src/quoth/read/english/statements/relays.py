"""Through whom a statement came, and how far whoever reports it keeps away from it."""

from __future__ import annotations

from quoth.model import Agent, AgentKind, Distance, Relay
from quoth.read.english.attribution import Found
from quoth.read.english.draft import Draft
from quoth.read.english.outlets import is_called_outlet, is_relay, may_be_station
from quoth.read.english.statements.nesting import Chain


def distance(draft: Draft, found: Found, chain: Chain) -> Distance | None:
    for one in (found, *(holder for holder, _ in chain)):
        if one.entry.distance is not None and one.cue:
            spans = one.parse.spans(one.cue)
            return Distance.of(draft.document.text, *spans, kind=one.entry.distance)
    return None


def relays_of(draft: Draft, found: Found, chain: Chain) -> tuple[Relay, ...]:
    """Who passed it on, nearest the origin first: who was told, who quoted or cited, then each holder."""
    relays: list[Relay] = []
    if found.addressee is not None:
        told = draft.agent(found.parse, found.addressee)
        if (
            is_relay(told.name, draft.document.outlet)
            or is_relay(told.text, draft.document.outlet)
            or _station(told)
            or is_called_outlet(told.text)
        ):
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


def going_on(
    draft: Draft, found: Found, speaker: Agent, via: tuple[Relay, ...], heard: dict[str, tuple[int, tuple[Relay, ...]]]
) -> tuple[Relay, ...]:
    """`via`, with what the words leave out: "he added" goes on through whom he spoke to; then what the document relays.

    `heard` keeps for each speaker the passage and the relays of his last statement.
    """
    passage, before = heard.get(speaker.name, (-1, ()))
    token = None if found.source is None else found.source_parse.doc[found.source]
    continued = found.source_in is not None or (token is not None and token.pos_ == "PRON")
    if not via and continued and found.passage - passage <= 1:
        via = before
    heard[speaker.name] = (found.passage, via)
    known = {relay.name.casefold().removeprefix("the ") for relay in via}
    passed_on = (r for r in draft.document.relays if r.name.casefold().removeprefix("the ") not in known)
    return (*via, *passed_on)


def _station(told: Agent) -> bool:
    """Whether whoever was told bears an acronym alone that is no known body's: a station ("told EBC")."""
    alone = told.kind in {None, AgentKind.ORGANIZATION} and told.country is None and told.name == told.text
    return alone and may_be_station(told.text)


def _relay(agent: Agent) -> Relay:
    return Relay(name=agent.name, text=agent.text, spans=agent.spans)
