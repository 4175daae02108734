"""Single mistakes: what was to be found, what was."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quoth.measure.attribution.counting import Compared, Judged
from quoth.measure.attribution.marked import Marked


class MistakeKind(enum.StrEnum):
    """The first thing that is wrong."""

    MISSED = "missed"
    BOUNDARY = "boundary"
    SOURCE = "source"
    CUE = "cue"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A gold attribution that is not fully right, with the prediction matched with it, or a prediction without one."""

    kind: MistakeKind
    document: str
    text: str
    gold: Marked | None
    predicted: Marked | None
    overlap: float

    @property
    def shown(self) -> Marked:
        """The gold one where there is one: it gives the mistake its type and its kind of cue."""
        shown = self.gold or self.predicted
        assert shown is not None
        return shown


def mistakes(compared: Iterable[Compared]) -> Iterator[Mistake]:
    """Every mistake: document by document, gold attributions first."""
    for one in compared:
        judged = {pair.match.gold: pair for pair in one.judged}
        for number, gold in enumerate(one.gold):
            pair = judged.get(number)
            kind = _kind(pair)
            if kind is not None:
                got = one.predicted[pair.match.predicted] if pair else None
                yield _mistake(one, kind, gold, got, pair.match.overlap if pair else 0.0)
        taken = {pair.match.predicted for pair in one.judged}
        for number, predicted in enumerate(one.predicted):
            if number not in taken:
                yield _mistake(one, MistakeKind.SPURIOUS, None, predicted, 0.0)


def _kind(pair: Judged | None) -> MistakeKind | None:
    """The first of content, source and cue that is wrong."""
    if pair is None:
        return MistakeKind.MISSED
    if "content.relaxed" not in pair.right:
        return MistakeKind.BOUNDARY
    if "pair.relaxed" not in pair.right:
        return MistakeKind.SOURCE
    return None if "triple.relaxed" in pair.right else MistakeKind.CUE


def _mistake(
    one: Compared, kind: MistakeKind, gold: Marked | None, predicted: Marked | None, overlap: float
) -> Mistake:
    id, text = one.document.id, one.document.text
    return Mistake(kind=kind, document=id, text=text, gold=gold, predicted=predicted, overlap=overlap)


def sample(found: Sequence[Mistake], size: int) -> list[Mistake]:
    """Up to `size` mistakes of each kind, spread evenly over the documents."""
    chosen: list[Mistake] = []
    for kind in MistakeKind:
        of_kind = [mistake for mistake in found if mistake.kind is kind]
        number = min(size, len(of_kind))
        chosen += [of_kind[int((i + 0.5) * len(of_kind) / number)] for i in range(number)]
    return chosen
