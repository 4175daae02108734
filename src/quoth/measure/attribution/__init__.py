"""Extracted attributions against gold ones: found, source right, cue right, by type of quotation and kind of cue.

Contents are compared as sets of words, so that quotation marks and white space at the edges do not matter, and matched
one-to-one.  *Relaxed*: the overlap (Jaccard) is a half or more.  *Pair*: who said what, source and content.  *Triple*:
with the cue too.
"""

from quoth.measure.attribution.counting import ALL, CUE_SLICES, SLICES, TYPE_SLICES, Compared, compare
from quoth.measure.attribution.cues import CueKind
from quoth.measure.attribution.figures import (
    DRAWS,
    HEADLINE,
    RATES,
    RATES_OF_ALL,
    SHARES,
    Differences,
    Figures,
    Interval,
    Measured,
    Rate,
    Share,
    by_slice,
    differ,
    intervals,
    measure,
)
from quoth.measure.attribution.files import (
    Annotated,
    AttributionFileError,
    Predictions,
    check_writable,
    load_gold,
    load_predictions,
    pairs,
    write_lines,
    write_predictions,
)
from quoth.measure.attribution.marked import ROLES, Attribution, Marked
from quoth.measure.attribution.mistakes import Mistake, MistakeKind, mistakes, sample
from quoth.measure.attribution.reading import read_attributions

__all__ = [
    "ALL",
    "CUE_SLICES",
    "DRAWS",
    "HEADLINE",
    "RATES",
    "RATES_OF_ALL",
    "ROLES",
    "SHARES",
    "SLICES",
    "TYPE_SLICES",
    "Annotated",
    "Attribution",
    "AttributionFileError",
    "Compared",
    "CueKind",
    "Differences",
    "Figures",
    "Interval",
    "Marked",
    "Measured",
    "Mistake",
    "MistakeKind",
    "Predictions",
    "Rate",
    "Share",
    "by_slice",
    "check_writable",
    "compare",
    "differ",
    "intervals",
    "load_gold",
    "load_predictions",
    "measure",
    "mistakes",
    "pairs",
    "read_attributions",
    "sample",
    "write_lines",
    "write_predictions",
]
