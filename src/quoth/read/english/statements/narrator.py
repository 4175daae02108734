"""What the outlet itself asserts: clauses without a source that answer a question.

Kept are events with a named participant and a time, a quantity, a place or a negation, those with two of these, and
tolls; everything else that a narrator says is left to the article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quoth.evidence import identified
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    BlockKind,
    Event,
    Factuality,
    Mention,
    Polarity,
    QuoteType,
    Span,
    Statement,
)
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import words
from quoth.read.english.attribution.passives import UNVERIFIED
from quoth.read.english.draft import Draft
from quoth.read.english.events import Content
from quoth.read.english.events import read as read_content
from quoth.read.english.events.whereabouts import is_named
from quoth.read.english.pipeline import Passage
from quoth.read.english.statements import said
from quoth.read.english.statements.contents import Piece, quote_type
from quoth.read.english.tokens import Token
from quoth.read.factuality import judge

CONFIDENCE = 0.6
READ_BLOCKS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADLINE, BlockKind.CORRECTION})
SIDE = frozenset({"relcl", "acl", "advcl", "appos"})
"""Dependencies of clauses beside the main one, in which another voice may speak."""

CLAUSAL = frozenset({"ccomp", "csubj", "advcl", "xcomp", "acl", "relcl"})
MIN_TOKENS = 3
EMPTY = frozenset({"be", "have", "do", "say", "see", "make"})
"""Predicates too bare to be asked about by themselves."""


def statements(draft: Draft, spoken: Sequence[Statement]) -> list[Statement]:
    """The narrator's statements, in text order; sentences that `spoken` draw on are left to those."""
    taken = sorted(span for s in spoken for span in (*s.content.spans, *((s.cue.spans) if s.cue else ())))
    longest = max(map(len, taken), default=0)
    result: list[Statement] = []
    for passage in draft.passages:
        if passage.block.kind not in READ_BLOCKS:
            continue
        block = passage.block.span
        first = bisect_left(taken, block.start - longest, key=lambda s: s.start)
        here = [s for s in taken[first : bisect_left(taken, block.end, key=lambda s: s.start)] if s.overlaps(block)]
        for clause in _clauses(passage):
            sentence = clause.tokens[0].sent
            whole = passage.frame.span(sentence.start, sentence.end)
            voiced = [s for s in here if s.overlaps(whole)]
            statement = _unverified(draft, passage, clause, whole, voiced)
            if statement is not None:
                result.append(statement)
                continue
            piece = _own_part(clause, voiced)
            if piece is None or _quoted(passage, piece):
                continue
            statement = _left_open(draft, passage, piece, whole) or _read(draft, passage, piece, whole)
            if statement is not None:
                result.append(statement)
    return result


def _own_part(piece: Piece, spoken: Sequence[Span]) -> Piece | None:
    """The piece less the side clauses in which somebody else speaks; None where the main clause itself is theirs."""
    if not spoken:
        return piece
    voiced = {t.i for t in piece.parse.tokens_in(spoken)}
    sentence = piece.tokens[0].sent
    cut: set[int] = set()
    for i in (t.i for t in sentence if t.i in voiced):
        token = piece.parse.tokens[i]
        while token.dep_ not in SIDE and token.head != token:
            token = token.head
        if token.head == token or token.head.i in voiced:
            if token.head == token:
                return None
            continue
        cut |= {t.i for t in token.subtree}
    kept = clauses.trimmed(t for t in piece.tokens if t.i not in cut)
    return Piece(piece.parse, tuple(kept)) if len(kept) > MIN_TOKENS else None


def _quoted(passage: Passage, piece: Piece) -> bool:
    hull = piece.parse.span(piece.tokens[0].i, piece.tokens[-1].i + 1)
    return any(passage.quotations[k].inner.overlaps(hull) for k in passage.placeholders)


def _clauses(passage: Passage) -> Iterator[Piece]:
    """The main clause of each sentence, and the finite clauses beside it that have subjects of their own."""
    for sentence in passage.frame.tokens.sents:
        if any(t.text == "?" for t in sentence[-2:]):
            continue
        own = [
            t
            for t in sentence
            if t.dep_ in {"advcl", "conj", "ccomp"}
            and t.pos_ in {"VERB", "AUX"}
            and clauses.is_finite(t)
            and clauses.own_subject(t) is not None
            and t.head == sentence.root
        ]
        taken: set[int] = set()
        parts: list[list[Token]] = []
        for verb in own:
            tokens = [t for t in verb.subtree if t.i not in taken]
            taken |= {t.i for t in tokens}
            parts.append(tokens)
        parts.insert(0, [t for t in sentence if t.i not in taken])
        for part in parts:
            kept = clauses.trimmed(part)
            if kept and any(t.pos_ in {"VERB", "AUX", "NOUN"} for t in kept):
                yield Piece(passage.frame, tuple(kept))


def _left_open(draft: Draft, passage: Passage, piece: Piece, sentence: Span) -> Statement | None:
    """ "It was not immediately clear how many had been moved": the outlet says that it cannot say."""
    open_questions = words("open_questions")
    for token in piece.tokens:
        if token.lower_ not in open_questions or token.head.lemma_ not in {"be", "remain", "seem"}:
            continue
        closed = token.lower_.startswith("un") or clauses.is_negated(token.head) or clauses.is_negated(token)
        clause = next((c for t in (token, token.head) for c in t.children if c.dep_ in CLAUSAL and _asks(c)), None)
        if closed and clause is not None:
            part = Piece(piece.parse, tuple(clauses.trimmed(clause.subtree)))
            content = _content(draft, part)
            return _statement(draft, passage, part, sentence, content.events, Act.DECLINE, Factuality.UNKNOWN)
    return None


def _unverified(
    draft: Draft, passage: Passage, piece: Piece, sentence: Span, voiced: Sequence[Span]
) -> Statement | None:
    """ "His claim that … could not be independently verified": the outlet says so, whoever made the claim."""
    for verb in piece.tokens:
        if verb.lemma_.lower() not in UNVERIFIED or clauses.own_subject(verb) is None:
            continue
        if not (clauses.is_negated(verb) and clauses.is_passive(verb)) or clauses.by_agent(verb) is not None:
            continue
        claimed = {t.i for t in piece.parse.tokens_in(voiced) if t.i < verb.i}
        own = [t for t in piece.tokens if (t == verb or verb.is_ancestor(t)) and t.i not in claimed]
        part = Piece(piece.parse, tuple(clauses.trimmed(own)))
        content = _content(draft, part)
        return _statement(draft, passage, part, sentence, content.events, Act.DECLINE, Factuality.UNKNOWN)
    return None


def _asks(clause: Token) -> bool:
    return next(iter(clause.subtree)).lower_ in {"whether", "if", "how", "what", "who", "when", "where", "why", "which"}


def _content(draft: Draft, piece: Piece, *, telling: bool = False) -> Content:
    return read_content(
        draft.of(piece.parse),
        piece.tokens,
        agent_of=lambda token: draft.agent_of(token, piece.parse),
        reference=draft.reference,
        text=draft.document.text,
        telling=telling,
    )


def _read(draft: Draft, passage: Passage, piece: Piece, sentence: Span) -> Statement | None:
    content = _content(draft, piece, telling=True)
    answering = [e for e in content.events if _answers(e) and e.factuality is not Factuality.UNKNOWN]
    if not answering:
        return None
    best = answering[0] if answering[0] is content.events[0] else max(answering, key=_slots)
    act, factuality = judge(Act.ASSERT, None, best, content.act)
    ordered = (best, *(e for e in content.events if e is not best))
    return _statement(draft, passage, piece, sentence, ordered, act, factuality)


def _statement(
    draft: Draft,
    passage: Passage,
    piece: Piece,
    sentence: Span,
    read: tuple[Event, ...],
    act: Act,
    factuality: Factuality,
) -> Statement:
    text = draft.document.text
    spans = piece.spans(text)
    quote = quote_type(draft.passages, spans, text)
    return identified(
        Statement(
            id="",
            document_id=draft.document.id,
            source=Agent(text="", spans=(), name=draft.document.outlet or "narrator", kind=AgentKind.NARRATOR),
            content=Mention.of(text, *spans),
            quote=QuoteType.NONE if quote is QuoteType.INDIRECT else quote,
            act=act,
            factuality=factuality,
            said=said.by_publication(draft.reference),
            events=read,
            block=passage.block.kind,
            context=sentence,
            pattern="narrator",
            confidence=CONFIDENCE,
        )
    )


def _slots(event: Event) -> int:
    filled = sum(x is not None for x in (event.time, event.quantity, event.agent, event.theme)) + is_named(event.place)
    return 2 * (event.polarity is Polarity.NEGATIVE) + filled + 2 * (event.predicate_class is not None)


def _answers(event: Event) -> bool:
    if event.predicate in EMPTY and event.quantity is None and event.time is None:
        return False
    participants = [a for a in (event.agent, event.theme, event.recipient) if a is not None]
    if event.polarity is Polarity.NEGATIVE:
        return bool(participants)
    stated = (event.time is not None) + (event.quantity is not None) + is_named(event.place)
    if stated > 1 or (event.quantity is not None and event.quantity.counted is not None):
        return True
    dated = event.time is not None and event.predicate_class is not None
    return bool(stated) and any(_named(a) or (dated and _definite(a)) for a in participants)


def _named(agent: Agent) -> bool:
    return agent.kind is not None or any(c.isupper() for c in agent.name)


def _definite(agent: Agent) -> bool:
    """ "the trial": something that the article has spoken of."""
    return agent.text.lower().startswith(("the ", "this ", "these ", "both "))
