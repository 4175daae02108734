"""The vocabulary: spans are half open and grounded, intervals and quantities never end before they begin."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.model import (
    FRAGMENT_JOINT,
    Event,
    Factuality,
    Mention,
    Polarity,
    Quantity,
    Span,
    Value,
    When,
    from_dict,
    from_json,
    to_dict,
    to_json,
    words_of,
)

offsets = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda p: Span(p[0], p[0] + p[1]))
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_an_empty_turned_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="empty or negative"):
        Span(start, end)


@given(st.text(min_size=1, max_size=80), st.data())
def test_a_mention_holds_the_words_under_its_spans(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    mention = Mention.of(text, span)
    assert mention.text == text[span.start : span.end] == words_of(text, mention.spans)


def test_fragments_are_joined_in_text_order() -> None:
    mention = Mention.of("one two three", Span(8, 13), Span(0, 3))
    assert mention.text == f"one{FRAGMENT_JOINT}three"
    assert mention.hull == Span(0, 13)


@given(offsets, offsets)
def test_overlap_is_mutual_and_containment_implies_it(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    if a.contains(b):
        assert a.overlaps(b)
        assert a.hull(b) == a


@given(offsets, offsets)
def test_the_hull_is_the_smallest_span_that_covers_both(a: Span, b: Span) -> None:
    hull = a.hull(b)
    assert hull.contains(a)
    assert hull.contains(b)
    assert hull == b.hull(a)
    assert len(hull) <= len(a) + len(b) + max(0, max(a.start, b.start) - min(a.end, b.end))


@given(days, days)
def test_an_interval_never_ends_before_it_begins(a: datetime.date, b: datetime.date) -> None:
    if b < a:
        with pytest.raises(ValueError, match="before it begins"):
            When(earliest=a, latest=b)
    else:
        assert When(earliest=a, latest=b).latest == b


@given(st.integers(), st.integers())
def test_a_quantity_s_max_is_never_below_its_min(low: int, high: int) -> None:
    span = Span(0, 1)
    if high < low:
        with pytest.raises(ValueError, match="below min"):
            Quantity.of("x", span, min=low, max=high)
    else:
        assert Quantity.of("x", span, min=low, max=high).min == low


@given(
    st.one_of(st.none(), days),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.sampled_from(Factuality),
    st.sampled_from(Polarity),
)
def test_an_event_comes_back_from_its_plain_values(
    day: datetime.date | None, number: int | None, factuality: Factuality, polarity: Polarity
) -> None:
    event = Event(
        predicate="close",
        trigger=Mention.of("closed", Span(0, 6)),
        quantity=Quantity.of("closed", Span(0, 6), min=number, max=None),
        time=When(earliest=day, latest=None),
        factuality=factuality,
        polarity=polarity,
    )
    assert from_dict(Event, to_dict(event)) == event


def test_factuality_tells_its_polarity_but_for_the_unknown() -> None:
    assert Factuality.PROBABLY_NOT.polarity is Polarity.NEGATIVE
    assert Factuality.CERTAIN.polarity is Polarity.POSITIVE
    assert Factuality.UNKNOWN.polarity is None


def test_plain_values_that_do_not_fit_name_the_field() -> None:
    with pytest.raises(ValueError, match="earliest"):
        from_dict(When, {"earliest": "yesterday", "latest": None})


@pytest.mark.parametrize(
    "value",
    [
        (datetime.date(2031, 5, 5), None),
        (None, None),
        (2, 12.5),
        (None, 10**25),
        (1e300, None),
        "2031-05-05",
        "yes",
        None,
    ],
)
def test_an_answer_is_the_same_from_its_json(value: tuple[datetime.date | float | None, ...] | str | None) -> None:
    answer = Value(
        value=value,  # type: ignore[arg-type]
        text="as said",
        statements=("s1",),
        origins=(),
        voices=(),
        documents=("d1",),
        factuality=Factuality.CERTAIN,
    )
    for back in (from_json(Value, to_json(answer)), from_dict(Value, to_dict(answer))):
        assert back == answer
        assert str(back) == str(answer), "2 is not 2.0"


@given(st.text(max_size=20))
@example("a lone \ud800 surrogate")
def test_any_text_is_told_in_json_ready_values(text: str) -> None:
    mention = Mention(text=text, spans=(Span(0, 1),))
    assert to_dict(mention) == {"text": text, "spans": [{"start": 0, "end": 1}]}
    assert json.loads(to_json(mention)) == to_dict(mention)


def test_json_that_does_not_fit_names_the_field() -> None:
    with pytest.raises(ValueError, match=r"empty or negative.*spans\[1\]"):
        from_json(Mention, b'{"text": "a", "spans": [{"start": 0, "end": 1}, {"start": 4, "end": 4}]}')
    with pytest.raises(ValueError, match="required field `spans`"):
        from_json(Mention, b'{"text": "a"}')
