"""Act and factuality of a statement, from what the cue says and what the content says: the table that joins them.

It knows no language.  A language's reader brings the cue's act ("denied", "promised"), the certainty that the cue
leaves the content ("suspects"), the main event as judged inside the content, and the act that the content's own
words make of a plain statement ("plans to", "is likely to").
"""

from __future__ import annotations

from quoth.model import Act, Event, Factuality, Polarity

_RANK = {"CT": 3, "PR": 2, "PS": 1}
_LEVELS = {
    (3, Polarity.POSITIVE): Factuality.CERTAIN,
    (2, Polarity.POSITIVE): Factuality.PROBABLE,
    (1, Polarity.POSITIVE): Factuality.POSSIBLE,
    (3, Polarity.NEGATIVE): Factuality.CERTAINLY_NOT,
    (2, Polarity.NEGATIVE): Factuality.PROBABLY_NOT,
    (1, Polarity.NEGATIVE): Factuality.POSSIBLY_NOT,
}
_UNSETTLED = frozenset({Act.REQUEST, Act.PROPOSE, Act.DECLINE})
_AT_MOST_PROBABLE = frozenset({Act.PLAN, Act.PROMISE, Act.THREATEN, Act.ESTIMATE})


def judge(
    cue_act: Act, cue_factuality: Factuality | None, main: Event | None, content_act: Act | None = None
) -> tuple[Act, Factuality]:
    """The statement's act, and how sure its source is of the main event.

    A request, a proposal and a refusal to say settle nothing (U).  A denial turns the content round and is certain.
    Plans, promises, threats and estimates are probable at most; so is a content that only says it will be, unless
    it says that it certainly will.  A confirmation keeps the content's certainty.  `cue_factuality` caps the
    certainty, and turns the polarity where it is negative.  Without a main event the content counts as CT+.
    """
    act = content_act if cue_act is Act.ASSERT and content_act is not None else cue_act
    if act in _UNSETTLED:
        return act, Factuality.UNKNOWN
    inner = main.factuality if main is not None else Factuality.CERTAIN
    if act is Act.DENY:
        denied = inner.polarity or (main.polarity if main is not None else Polarity.POSITIVE)
        return act, _LEVELS[3, _opposite(denied)] if cue_act is Act.DENY else inner
    if cue_act in _AT_MOST_PROBABLE:
        if inner is Factuality.UNKNOWN and cue_act in {Act.PROMISE, Act.THREATEN, Act.PLAN}:
            inner = _LEVELS[2, main.polarity if main is not None else Polarity.POSITIVE]
        inner = _cap(inner, Factuality.PROBABLE)
    if cue_factuality is not None:
        inner = _cap(inner, cue_factuality)
    return act, inner


def _opposite(polarity: Polarity) -> Polarity:
    return Polarity.NEGATIVE if polarity is Polarity.POSITIVE else Polarity.POSITIVE


def _cap(inner: Factuality, cap: Factuality) -> Factuality:
    """The weaker of two certainties, with the product of their polarities; U where either is U."""
    if inner.polarity is None or cap.polarity is None:
        return Factuality.UNKNOWN
    rank = min(_RANK[inner.value[:2]], _RANK[cap.value[:2]])
    return _LEVELS[rank, inner.polarity if cap.polarity is Polarity.POSITIVE else _opposite(inner.polarity)]
