"""What `quoth eval attribution` prints: figures and mistakes as JSON and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich import box
from rich.table import Table

from quoth.measure.attribution import (
    ALL,
    CUE_SLICES,
    HEADLINE,
    RATES,
    RATES_OF_ALL,
    ROLES,
    SHARES,
    SLICES,
    TYPE_SLICES,
    Differences,
    Figures,
    Interval,
    Marked,
    Measured,
    Mistake,
    pairs,
)
from quoth.model import words_of
from quoth.present.escape import one_line

SHOWN = 400
"""Characters of an attribution's words that the table of a mistake shows."""


# ---------------------------------------------------------------- JSON


def figures_line(files: Mapping[str, str | None], measured: Measured, difference: Differences | None) -> dict[str, Any]:
    """All figures, not rounded; `files` are the names of what was measured."""
    line: dict[str, Any] = {
        **files,
        "documents": len(measured.compared),
        "gold_without_content_left_out": measured.left_out,
        **_grouped({where: _slice_line(figures) for where, figures in measured.figures.items()}),
    }
    if measured.intervals is not None:
        line["intervals"] = {"draws": measured.draws, **_grouped(measured.intervals)}
    if difference is not None:
        line["difference"] = _grouped(
            {
                where: {n: {"f1": value, "interval": difference.interval(where, n)} for n, value in values.items()}
                for where, values in difference.values.items()
            }
        )
    return line


def _grouped(by_slice: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    types, cues = (ALL, *TYPE_SLICES), CUE_SLICES
    return {"types": {where: by_slice[where] for where in types}, "cues": {where: by_slice[where] for where in cues}}


def _slice_line(figures: Figures) -> dict[str, Any]:
    line: dict[str, Any] = {"gold": figures.gold, "pred": figures.predicted, "matched": figures.matched}
    line |= {name: {"p": rate.p, "r": rate.r, "f1": rate.f1} for name, rate in figures.rates.items()}
    line |= {name: share.value for name, share in figures.shares.items()}
    for role in ("source", "cue"):
        line[f"{role}.n"] = figures.shares[f"{role}.overlap"].n
        line[f"{role}.none_n"] = figures.shares[f"{role}.none_ok"].n
    return line


def mistake_line(mistake: Mistake) -> dict[str, Any]:
    """One mistake; `gold` is null for a spurious one, `predicted` for one that was missed."""
    return {
        "doc_id": mistake.document,
        "kind": mistake.kind,
        "type": mistake.shown.type,
        "cue_kind": mistake.shown.cue_kind,
        "overlap": mistake.overlap,
        "gold": _marked_line(mistake.text, mistake.gold),
        "predicted": _marked_line(mistake.text, mistake.predicted),
    }


def _marked_line(text: str, marked: Marked | None) -> dict[str, Any] | None:
    if marked is None:
        return None
    spans = {role: marked.attribution.role(role) for role in ROLES}
    return {role: {"text": words_of(text, of), "spans": pairs(of)} for role, of in spans.items()}


# ---------------------------------------------------------------- tables


def tables(measured: Measured, difference: Differences | None) -> Iterator[Table]:
    """The figures by type of quotation, then by kind of cue too, then what they are more than another system's."""
    yield _rates_table(measured)
    yield _shares_table(measured)
    yield _slices_table(measured)
    if difference is not None:
        yield _difference_table(difference)


def _rates_table(measured: Measured) -> Table:
    slices = (ALL, *TYPE_SLICES)
    table = _table(f"{len(measured.compared)} documents: precision, recall, F1 in percent", "figure", *slices)
    table.add_row("gold / predicted", *(_counts(measured.figures[where]) for where in slices))
    for name in (*RATES, *RATES_OF_ALL):
        rates = [measured.figures[where].rates.get(name) for where in slices]
        table.add_row(name, *(_percent(rate.p, rate.r, rate.f1) if rate else "" for rate in rates))
    if measured.left_out:
        table.caption = f"{measured.left_out} gold attributions without content are left out"
    return table


def _shares_table(measured: Measured) -> Table:
    slices = (ALL, *TYPE_SLICES)
    table = _table("of the contents found, right in percent (cases)", "figure", *slices)
    for name in SHARES:
        shares = [measured.figures[where].shares[name] for where in slices]
        table.add_row(name, *(f"{_percent(share.value)} ({share.n})" if share.n else "–" for share in shares))
    return table


def _slices_table(measured: Measured) -> Table:
    title = "by type of quotation and kind of cue: relaxed figures in percent, F1 with its 95 % interval"
    table = _table(title, "slice", "gold / pred", "content P R", "content F1", "pair F1", "triple F1")
    for where in SLICES:
        figures = measured.figures[where]
        if not figures.gold and not figures.predicted:
            table.add_row(where, _counts(figures), *["–"] * 4)
            continue
        rate = figures.rates["content.relaxed"]
        names = ("content.relaxed", "pair.relaxed", "triple.relaxed")
        f1s = [_between(figures.rates[name].f1, measured.interval(where, name)) for name in names]
        table.add_row(where, _counts(figures), _percent(rate.p, rate.r), *f1s)
    return table


def _difference_table(difference: Differences) -> Table:
    table = _table("F1 less the other's, in points, with the paired 95 % interval", "figure", "difference")
    for name in HEADLINE:
        ends = difference.interval(ALL, name)
        table.add_row(name, _between(difference.values[ALL][name], ends, "+"))
    for where, values in difference.values.items():
        if where != ALL:
            ends = difference.interval(where, "triple.relaxed")
            table.add_row(f"triple.relaxed, {where}", _between(values["triple.relaxed"], ends, "+"))
    return table


def mistake_table(mistake: Mistake) -> Table:
    """One mistake, gold and predicted side by side."""
    shown = mistake.shown
    start = min((span.start for span in shown.attribution.content), default=0)
    title = f"{mistake.kind}: {shown.type}, {shown.cue_kind}, in {mistake.document} at {start}"
    table = Table(box=box.SIMPLE, title=one_line(title), title_justify="left", title_style="bold", expand=True)
    table.add_column("")
    table.add_column("gold", ratio=1)
    table.add_column("predicted", ratio=1)
    for role in ROLES:
        sides = (mistake.gold, mistake.predicted)
        words = [one_line(words_of(mistake.text, m.attribution.role(role))) if m else "–" for m in sides]
        table.add_row(role, *(text if len(text) <= SHOWN else f"{text[:SHOWN]} […]" for text in words))
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(first, box=box.SIMPLE, title=title, title_justify="left", caption_justify="left")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _counts(figures: Figures) -> str:
    return f"{figures.gold} / {figures.predicted}"


def _percent(*shares: float) -> str:
    return " ".join(f"{100 * share:5.1f}" for share in shares)


def _between(value: float, ends: Interval | None, sign: str = "") -> str:
    def number(share: float) -> str:
        return format(100 * share, f"{sign}.1f")

    return f"{number(value):>5} [{number(ends[0])}, {number(ends[1])}]" if ends else number(value)
