"""Attributions to statements: whose words in the end, through whom, how sure, when said, about which events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.evidence import identified
from quoth.model import Act, Agent, AgentKind, Basis, Mention, QuoteType, Relay, Span, Statement, When
from quoth.read.english.attribution import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.draft import Draft
from quoth.read.english.statements import said
from quoth.read.english.statements.acts import judged
from quoth.read.english.statements.contents import pieces, quote_type
from quoth.read.english.statements.nesting import Chain, realised, unnested
from quoth.read.english.statements.relays import distance, going_on, headlined, name_outlets, relays_of

UNNAMED = Agent(text="", spans=(), name="unattributed", kind=AgentKind.UNATTRIBUTED)


def statements(draft: Draft) -> list[Statement]:
    """The statements of a draft's attributions, in text order."""
    speakers = {id(f): _speaker(draft, f) for f in draft.found}
    outlets = name_outlets(draft, draft.found, speakers)
    live = [f for f in draft.found if realised(f, speakers[id(f)])]
    kept, chains = unnested(draft, live, speakers)
    occasions = said.Occasions(draft.reference)
    result: list[Statement] = []
    contents: dict[int, list[Span]] = {}
    for found in kept:
        contents.setdefault(found.passage, []).extend(found.content)
    heard: dict[str, tuple[int, tuple[Relay, ...]]] = {}
    for found in kept:
        near = contents[found.passage]
        speaker, chain = speakers[id(found)], chains[id(found)]
        others = [(holder, agent) for holder, agent in chain if not said.same_speaker(agent, speaker)]
        when = _said(draft, found, speaker, near, others, occasions)
        via = going_on(draft, found, speaker, relays_of(draft, found, speaker, chain, outlets), heard)
        result += _read(draft, found, speaker, others, via, when)
    return [identified(s) for s in headlined(_led(result, draft))]


def _speaker(draft: Draft, found: Found) -> Agent:
    if found.source is None:
        return UNNAMED
    return draft.agent(found.source_parse, found.source)


# ---------------------------------------------------------------- when


def _said(
    draft: Draft,
    found: Found,
    speaker: Agent,
    contents: Sequence[Span],
    chain: Chain,
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
    chain: Chain,
    via: tuple[Relay, ...],
    when: When | None,
) -> list[Statement]:
    document = draft.document
    cue = Mention.of(document.text, *found.parse.spans(found.cue)) if found.cue else None
    result = []
    for piece in pieces(draft.passages, found.content):
        spans = piece.spans(document.text)
        main, act, factuality = judged(draft, found, speaker, piece)
        result.append(
            Statement(
                id="",
                document_id=document.id,
                source=speaker,
                via=via,
                cue=cue,
                content=Mention.of(document.text, *spans),
                quote=QuoteType.DIRECT
                if found.pattern == Pattern.ANSWER
                else quote_type(draft.passages, spans, document.text),
                act=act,
                factuality=factuality,
                distance=distance(draft, found, chain),
                said=when,
                events=main,
                block=draft.passages[found.passage].block.kind,
                context=found.sentence.hull(Span(spans[0].start, spans[-1].end)),
                pattern=found.pattern,
                confidence=round(found.confidence, 2),
            )
        )
    return result
