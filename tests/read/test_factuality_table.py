"""The table that joins the cue's act, the cue's certainty and the content's main event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Act, Event, Factuality, Mention, Polarity, Span
from quoth.read.factuality import judge


def event(factuality: str, polarity: str = "+") -> Event:
    return Event(
        predicate="launch",
        trigger=Mention(text="launch", spans=(Span(0, 6),)),
        polarity=Polarity(polarity),
        factuality=Factuality(factuality),
    )


TABLE = [
    # X said they launched it / plan to / could / are likely to
    (Act.ASSERT, None, event("CT+"), None, (Act.ASSERT, "CT+")),
    (Act.ASSERT, None, event("CT-", "-"), None, (Act.ASSERT, "CT-")),
    (Act.ASSERT, None, event("PR+"), Act.PLAN, (Act.PLAN, "PR+")),
    (Act.ASSERT, None, event("CT+"), Act.PROMISE, (Act.PROMISE, "CT+")),
    (Act.ASSERT, None, event("PS+"), None, (Act.ASSERT, "PS+")),
    (Act.ASSERT, None, event("PR+"), Act.ESTIMATE, (Act.ESTIMATE, "PR+")),
    (Act.ASSERT, None, event("U"), None, (Act.ASSERT, "U")),
    (Act.ASSERT, None, event("CT+"), Act.REQUEST, (Act.REQUEST, "U")),
    (Act.ASSERT, None, None, None, (Act.ASSERT, "CT+")),
    # X confirmed that it happened / that it could
    (Act.CONFIRM, None, event("CT+"), None, (Act.CONFIRM, "CT+")),
    (Act.CONFIRM, None, event("PS+"), Act.PLAN, (Act.CONFIRM, "PS+")),
    # X denied that they launched it / that they did not / that they may
    (Act.DENY, None, event("CT+"), None, (Act.DENY, "CT-")),
    (Act.DENY, None, event("CT-", "-"), None, (Act.DENY, "CT+")),
    (Act.DENY, None, event("PS+"), None, (Act.DENY, "CT-")),
    (Act.DENY, None, event("U", "-"), None, (Act.DENY, "CT+")),
    (Act.DENY, None, None, None, (Act.DENY, "CT-")),
    # X asked, proposed, declined to say
    (Act.REQUEST, None, event("PR+"), None, (Act.REQUEST, "U")),
    (Act.PROPOSE, None, event("CT+"), None, (Act.PROPOSE, "U")),
    (Act.DECLINE, None, event("CT+"), None, (Act.DECLINE, "U")),
    # X promised, threatened, planned to launch it / not to
    (Act.PROMISE, None, event("PR+"), None, (Act.PROMISE, "PR+")),
    (Act.PROMISE, None, event("CT-", "-"), None, (Act.PROMISE, "PR-")),
    (Act.THREATEN, None, event("U"), None, (Act.THREATEN, "PR+")),
    (Act.PLAN, None, event("PS+"), None, (Act.PLAN, "PS+")),
    (Act.ESTIMATE, None, event("CT+"), None, (Act.ESTIMATE, "PR+")),
    # the cue's own certainty: "suspects", "doubts"
    (Act.ASSERT, Factuality.PROBABLE, event("CT+"), None, (Act.ASSERT, "PR+")),
    (Act.ASSERT, Factuality.PROBABLY_NOT, event("CT+"), None, (Act.ASSERT, "PR-")),
    (Act.ASSERT, Factuality.UNKNOWN, event("CT+"), None, (Act.ASSERT, "U")),
]


@pytest.mark.parametrize(("act", "cue", "main", "content", "expected"), TABLE)
def test_judge(
    act: Act, cue: Factuality | None, main: Event | None, content: Act | None, expected: tuple[Act, str]
) -> None:
    assert judge(act, cue, main, content) == (expected[0], Factuality(expected[1]))


FACTUALITIES = st.sampled_from(list(Factuality))
RANK = {"CT": 3, "PR": 2, "PS": 1, "U": 0}


@given(st.sampled_from([Act.ASSERT, Act.CONFIRM, Act.ESTIMATE]), st.none() | FACTUALITIES, FACTUALITIES)
def test_judge_never_surer_than_the_content_or_the_cue(act: Act, cue: Factuality | None, inner: Factuality) -> None:
    _, got = judge(act, cue, event(inner.value), None)
    limit = min(RANK[inner.value[:2].rstrip("+-")], RANK[cue.value[:2].rstrip("+-")] if cue is not None else 3)
    assert RANK[got.value[:2].rstrip("+-")] <= limit


@given(FACTUALITIES, st.sampled_from(["+", "-"]))
def test_judge_denial_is_certain_and_opposite(inner: Factuality, sign: str) -> None:
    main = event(inner.value, sign)
    _, got = judge(Act.DENY, None, main)
    assert got in {Factuality.CERTAIN, Factuality.CERTAINLY_NOT}
    assert got.polarity is not (inner.polarity or main.polarity)
