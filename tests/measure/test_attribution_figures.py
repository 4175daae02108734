"""Figures of attribution: cases by hand, properties, and the reference scorer where it is at hand."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.measure.attribution import (
    ALL,
    HEADLINE,
    SLICES,
    Annotated,
    Attribution,
    Compared,
    Mistake,
    Share,
    by_slice,
    compare,
    differ,
    intervals,
    load_gold,
    measure,
    mistakes,
    sample,
)
from quoth.model import QuoteType, Span

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCRIPT = SHARED / "bench" / "score_attribution.py"
DEV = SHARED / "data" / "attribution" / "polnear" / "polnear_dev.jsonl"
TEXT = "“We will win,” Ida Berg said. The ferry’s owner fears that it will sink. According to Berg, all is “fine” now."


def spans(*fragments: str, text: str = TEXT) -> tuple[Span, ...]:
    return tuple(Span(text.index(f), text.index(f) + len(f)) for f in fragments)


def attribution(content: Sequence[str], source: Sequence[str] = (), cue: Sequence[str] = ()) -> Attribution:
    return Attribution(source=spans(*source), cue=spans(*cue), content=spans(*content))


DIRECT = attribution(["“We will win,”"], ["Ida Berg"], ["said"])
INDIRECT = attribution(["that it will sink"], ["owner"], ["fears"])
MIXED = attribution(["all is “fine” now"], ["to Berg"], ["According to"])


def compared(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> list[Compared]:
    return [compare(Annotated(id="d", text=TEXT, attributions=tuple(gold)), predicted)]


def rate(
    name: str, gold: Sequence[Attribution], predicted: Sequence[Attribution], where: str = ALL
) -> tuple[float, float]:
    found = by_slice(compared(gold, predicted))[where].rates[name]
    return found.p, found.r


# ---------------------------------------------------------------- by hand


def test_marks_at_the_edges_matter_to_strict_alone() -> None:
    bare = attribution(["We will win"], ["Ida Berg"], ["said."])
    assert rate("content.exact", [DIRECT], [bare]) == (1, 1)
    assert rate("triple.exact", [DIRECT], [bare]) == (1, 1)
    assert rate("content.strict", [DIRECT], [bare]) == (0, 0)


@pytest.mark.parametrize(
    ("content", "relaxed", "exact"),
    [
        (["that it will sink"], 1, 1),
        (["it will sink"], 1, 0),  # 3/4
        (["it will"], 1, 0),  # 2/4
        (["fears that it"], 0, 0),  # 2/5
    ],
)
def test_half_of_the_words_is_enough(content: list[str], relaxed: float, exact: float) -> None:
    other = attribution(content, ["owner"], ["fears"])
    assert rate("content.relaxed", [INDIRECT], [other]) == (relaxed, relaxed)
    assert rate("content.exact", [INDIRECT], [other]) == (exact, exact)
    assert rate("content.any", [INDIRECT], [other]) == (1, 1)


def test_soft_counts_in_proportion() -> None:
    gold = [INDIRECT, DIRECT]
    half = attribution(["fears that it"])  # 2 of its 3 words, 2 of 4 gold words
    assert rate("content.soft", gold, [half]) == (2 / 3, 0.25)


def test_fragments_are_one_content() -> None:
    broken = attribution(["that it", "will sink"], ["owner"], ["fears"])
    assert rate("triple.exact", [INDIRECT], [broken]) == (1, 1)
    assert rate("content.span", [INDIRECT], [broken]) == (1, 1)
    gappy = attribution(["that", "sink"], ["owner"], ["fears"])
    assert rate("content.relaxed", [INDIRECT], [gappy]) == (1, 1)
    assert rate("content.span", [INDIRECT], [gappy]) == (0, 0)
    assert rate("content.token", [INDIRECT], [gappy]) == (1, 0.5)


def test_a_duplicate_is_a_false_positive() -> None:
    assert rate("triple.relaxed", [DIRECT], [DIRECT, DIRECT]) == (0.5, 1)
    assert rate("content.token", [DIRECT], [DIRECT, DIRECT]) == (1, 1)


def test_nothing_at_all_is_zero() -> None:
    assert rate("content.relaxed", [], []) == (0, 0)
    assert rate("content.relaxed", [DIRECT], []) == (0, 0)
    assert rate("content.relaxed", [], [DIRECT]) == (0, 0)


def test_types_of_gold_and_of_predictions_are_their_own() -> None:
    """A mixed prediction of a direct quotation counts for precision as mixed, for recall as direct."""
    longer = attribution(["“We will win,” Ida"], ["Ida Berg"], ["said"])
    assert rate("content.relaxed", [DIRECT], [longer], "mixed") == (1, 0)
    assert rate("content.relaxed", [DIRECT], [longer], "direct") == (0, 1)


def test_a_given_type_goes_before_the_marks_in_gold_alone() -> None:
    named = Attribution(source=DIRECT.source, cue=DIRECT.cue, content=DIRECT.content, type=QuoteType.INDIRECT)
    figures = by_slice(compared([named], [named]))
    assert (figures["indirect"].gold, figures["indirect"].predicted) == (1, 0)
    assert (figures["direct"].gold, figures["direct"].predicted) == (0, 1)


def test_kinds_of_cue_are_slices() -> None:
    figures = by_slice(compared([DIRECT, INDIRECT, MIXED], [DIRECT, MIXED]))
    assert {where: (figures[where].gold, figures[where].predicted) for where in SLICES[4:] if figures[where].gold} == {
        "speech verb": (1, 1),
        "other verb": (1, 0),
        "phrase": (1, 1),
    }


def test_gold_without_content_is_left_out() -> None:
    nothing = attribution([], ["Ida Berg"], ["said"])
    (one,) = compared([nothing, DIRECT], [DIRECT, nothing])
    assert one.left_out == 1
    assert by_slice([one])[ALL].rates["content.relaxed"].p == 0.5  # a prediction without content stays
    assert by_slice([one])[ALL].gold == 1


def test_both_without_source_or_cue_agree() -> None:
    bare = attribution(["that it will sink"])
    assert rate("triple.relaxed", [bare], [bare]) == (1, 1)
    assert rate("pair.relaxed", [bare], [INDIRECT]) == (0, 0)
    assert rate("pair.relaxed", [INDIRECT], [bare]) == (0, 0)
    shares = by_slice(compared([bare], [INDIRECT]))[ALL].shares
    assert shares["source.none_ok"] == Share(0.0, 1)
    assert shares["source.overlap"] == Share(0.0, 0)


@pytest.mark.parametrize(
    ("source", "right"),
    [
        (["Ida Berg"], {"overlap", "head", "name", "exact"}),
        (["Berg"], {"overlap", "head", "name"}),
        (["Ida"], {"overlap", "name"}),  # not the head
        (["to Berg"], {"name"}),  # the same name elsewhere
        (["owner"], set()),
    ],
)
def test_sources_are_right_in_four_ways(source: list[str], right: set[str]) -> None:
    there = attribution(["“We will win,”"], source, ["said"])
    shares = by_slice(compared([DIRECT], [there]))[ALL].shares
    assert {name for name in ("overlap", "head", "name", "exact") if shares[f"source.{name}"].value} == right


def test_mistakes_are_named_for_what_is_wrong_first() -> None:
    short = attribution(["that"], ["owner"], ["fears"])
    wrong_source = attribution(["“We will win,”"], ["owner"], ["said"])
    wrong_cue = attribution(["all is “fine” now"], ["to Berg"], ["said"])
    found = list(mistakes(compared([DIRECT, INDIRECT, MIXED], [wrong_source, short, wrong_cue, DIRECT])))
    assert [str(m.kind) for m in found] == ["boundary", "cue", "spurious"]
    (missed,) = mistakes(compared([DIRECT], []))
    assert (str(missed.kind), missed.gold and missed.gold.attribution, missed.predicted) == ("missed", DIRECT, None)
    (source,) = mistakes(compared([DIRECT], [wrong_source]))
    assert str(source.kind) == "source"
    assert list(mistakes(compared([DIRECT, MIXED], [MIXED, DIRECT]))) == []


def test_sample_takes_some_of_each_kind() -> None:
    found: list[Mistake] = list(mistakes([*compared([DIRECT, INDIRECT, MIXED], []), *compared([], [DIRECT])]))
    assert [m.shown.attribution for m in sample(found, 1)] == [INDIRECT, DIRECT]
    assert len(sample(found, 9)) == 4


def test_differences_are_paired() -> None:
    mine = measure([*compared([DIRECT], [DIRECT]), *compared([INDIRECT], [])], draws=100)
    same = differ(mine, measure(mine.compared, draws=0), draws=100)
    assert {*same.values[ALL].values()} == {0}
    assert same.interval(ALL, "pair.head") == (0, 0)
    worse = differ(mine, measure([*compared([DIRECT], []), *compared([INDIRECT], [])], draws=0), draws=100)
    assert worse.values[ALL]["triple.relaxed"] == pytest.approx(2 / 3)
    assert worse.interval(ALL, "triple.relaxed") == (0, 1)
    assert differ(mine, mine, draws=0).interval(ALL, "pair.head") is None


def test_draws_without_any_of_a_slice_do_not_count_for_it() -> None:
    drawn = intervals([*compared([DIRECT], [DIRECT]), *compared([], [])], draws=100)
    assert drawn["direct"]["content.relaxed"] == (1, 1)
    assert drawn[ALL]["content.relaxed"] == (0, 1)
    assert drawn["mixed"] == {}


def test_an_interval_takes_a_draw_and_a_document() -> None:
    with pytest.raises(ValueError, match="at least one draw"):
        intervals([], draws=10)
    with pytest.raises(ValueError, match="at least one draw"):
        intervals(compared([], []), draws=0)


# ---------------------------------------------------------------- properties

PIECES = (
    *("said", "Mr. Berg", "the owner", "of", "that", "claims", "“", "”", '"', "‘", "’", "''", "``", ",", ":", "\n"),
    *("he", "U.S.", "1,000", "'s", "’s", "—", "(", ")", "so-called", "fear", "according to", "5", "_x"),
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """A text with gold and predicted attributions, as the file has them."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=3, max_size=25))
    text = "".join(piece + draw(st.sampled_from([" ", " ", ""])) for piece in pieces) + "x"
    solid = [i for i, character in enumerate(text) if not character.isspace()]

    def role(least: int) -> list[list[int]]:
        starts = draw(st.lists(st.sampled_from(solid), min_size=least, max_size=2))
        return [[start, draw(st.integers(start + 1, min(len(text), start + 25)))] for start in starts]

    def some(*, typed: bool) -> list[dict[str, Any]]:
        found = [
            {"source": role(0), "cue": role(0), "content": role(1 if typed else 0)}
            for _ in range(draw(st.integers(0, 6)))
        ]
        for row in found if typed else ():
            row |= draw(st.sampled_from([{}, {}, {"type": "direct"}, {"type": "mixed"}]))
        return found

    gold = some(typed=True)
    return text, gold, [*some(typed=False), *draw(st.lists(st.sampled_from(gold), max_size=4) if gold else st.just([]))]


def attributions(rows: Sequence[dict[str, Any]]) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(
            **{role: tuple(Span(*pair) for pair in row[role]) for role in ("source", "cue", "content")},
            type=QuoteType(row["type"]) if "type" in row else None,
        )
        for row in rows
    )


def compared_rows(text: str, gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]]) -> Compared:
    return compare(Annotated(id="d", text=text, attributions=attributions(gold)), attributions(predicted))


@given(documents())
def test_a_perfect_prediction_is_all_right(document: tuple[str, list[Any], list[Any]]) -> None:
    text, gold, _ = document
    figures = by_slice([compared_rows(text, gold, gold)])[ALL]
    for name, found in figures.rates.items():
        if gold and not name.startswith(("source.", "cue.")):
            assert found.f1 == 1, name
    assert {share.value for share in figures.shares.values() if share.n} <= {1}


@given(documents(), st.randoms())
def test_order_does_not_matter(document: tuple[str, list[Any], list[Any]], chance: random.Random) -> None:
    """Not to contents nor to counts; among perfect ties sources may be matched otherwise."""
    text, gold, predicted = document
    shuffled = [chance.sample(rows, len(rows)) for rows in (gold, predicted)]
    before, after = (by_slice([compared_rows(text, *rows)])[ALL] for rows in ((gold, predicted), shuffled))
    for name in ("content.relaxed", "content.token", "content.span", "source.span", "cue.token"):
        assert before.rates[name] == after.rates[name]
    for name in ("p", "r", "f1"):
        soft = [getattr(figures.rates["content.soft"], name) for figures in (before, after)]
        assert soft[0] == pytest.approx(soft[1])


@given(documents())
def test_looser_is_never_less(document: tuple[str, list[Any], list[Any]]) -> None:
    rates = by_slice([compared_rows(*document)])[ALL].rates
    chains = (
        ("content.any", "content.relaxed", "content.exact", "content.strict"),
        ("content.relaxed", "pair.relaxed", "triple.relaxed", "triple.exact"),
        ("pair.relaxed", "pair.head", "triple.head"),
    )
    for chain in chains:
        for looser, closer in itertools.pairwise(chain):
            assert rates[looser].f1 >= rates[closer].f1, (looser, closer)


# ---------------------------------------------------------------- the reference scorer


@pytest.fixture(scope="module")
def script() -> ModuleType:
    if not SCRIPT.is_file():
        pytest.skip("the reference scorer is not beside this repository")
    spec = importlib.util.spec_from_file_location("score_attribution", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def assert_same(mine: Sequence[Compared], reference: dict[str, Any], where: str) -> None:
    """Every figure of a slice, to the last digit."""
    figures = by_slice(mine)[where]
    rates = {name: {"p": r.p, "r": r.r, "f1": r.f1} for name, r in figures.rates.items()}
    shares = {name: share.value for name, share in figures.shares.items()}
    counts = {"gold": figures.gold, "pred": figures.predicted, "matched": figures.matched}
    for role in ("source", "cue"):
        counts |= {f"{role}.n": figures.shares[f"{role}.overlap"].n}
        counts |= {f"{role}.none_n": figures.shares[f"{role}.none_ok"].n}
    left_out = {"gold_without_content_left_out": sum(one.left_out for one in mine)} if where == ALL else {}
    assert {**rates, **shares, **counts, **left_out} == reference


@settings(deadline=None)
@given(documents=st.lists(documents(), min_size=1, max_size=3))
def test_figures_are_those_of_the_reference_scorer(script: ModuleType, documents: list[Any]) -> None:
    mine = [compared_rows(*document) for document in documents]
    rows = [(str(n), *script.count(*document)) for n, document in enumerate(documents)]
    figures = script.figures(script.total(counters for _, counters, _ in rows))
    for where, reference in figures.items():
        assert_same(mine, reference, where)
    drawn = intervals(mine, draws=20)[ALL]
    assert {name: drawn[name] for name in HEADLINE} == script.bootstrap(rows, 20)


def test_figures_on_a_corpus_are_those_of_the_reference_scorer(script: ModuleType) -> None:
    """PolNeAR's development part, against two disturbed copies of its own attributions."""
    if not DEV.is_file():
        pytest.skip("PolNeAR is not beside this repository")
    lines = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    systems = [[disturbed(line, random.Random(f"{seed} {line['doc_id']}")) for line in lines] for seed in (1, 2)]
    gold = load_gold(DEV)
    compareds = [[compare(d, attributions(rows)) for d, rows in zip(gold, system, strict=True)] for system in systems]
    rows = [
        [
            (line["doc_id"], *script.count(line["text"], line["attributions"], found))
            for line, found in zip(lines, s, strict=True)
        ]
        for s in systems
    ]
    for where, reference in script.figures(script.total(counters for _, counters, _ in rows[0])).items():
        assert_same(compareds[0], reference, where)
    assert intervals(compareds[0], draws=30)[ALL] == script.bootstrap(rows[0], 30)
    assert intervals(compareds[0], draws=30, against=compareds[1])[ALL] == script.bootstrap(rows[0], 30, rows[1])
    wanted = script.error_lines({line["doc_id"]: line for line in lines}, rows[0])
    found = mistakes(compareds[0])
    assert [(m.document, m.kind, m.shown.type, round(m.overlap, 3)) for m in found] == [
        (e["doc_id"], e["kind"], e["type"], e["J"]) for e in wanted
    ]


def disturbed(line: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """The attributions of a document with some left out, doubled, shifted, or with the roles of others."""
    length, rows = len(line["text"]), []
    for row in line["attributions"]:
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            other = chance.choice([row, row, row, chance.choice(line["attributions"])])
            content = [
                [max(0, s + chance.randrange(-30, 1) * moved), min(length, e + 31 * moved)]
                for s, e in row["content"]
                for moved in [chance.random() < 0.4]
            ]
            rows.append({"source": other["source"], "cue": chance.choice([row, other])["cue"], "content": content})
    return rows
