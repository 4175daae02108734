"""Which of two statements was made later, as far as can be told."""

from __future__ import annotations

from quoth.compare.intervals import before, days
from quoth.compare.matching import Answer
from quoth.compare.values import Behind
from quoth.model import Basis, DateRange


def spoken(answer: Answer, behind: Behind) -> DateRange | None:
    """When it was said: as the most exact report of the utterance has it, else the day of publication."""
    origin = behind.origins.get(behind.origin_of.get(answer.id, ""))
    stated = origin.said if origin and origin.said and origin.said.basis is not Basis.PUBLICATION else None
    return days(stated) or answer.matched.claim.spoken


def in_order(a: Answer, b: Answer, behind: Behind) -> tuple[Answer, Answer] | None:
    """The two, the one said earlier first; None where neither was provably said before the other."""
    x, y = spoken(a, behind), spoken(b, behind)
    if x is None or y is None:
        return None
    if before(x, y):
        return a, b
    return (b, a) if before(y, x) else None


def day_text(answer: Answer, behind: Behind) -> str:
    """ "on 2025-05-28", "between 2024-12-01 and 2024-12-31" or "at an unknown date"."""
    span = spoken(answer, behind)
    if span is None:
        return "at an unknown date"
    if span[0] == span[1]:
        return f"on {span[0]}"
    if span[0] is None or span[1] is None:
        return f"by {span[1]}" if span[0] is None else f"from {span[0]} on"
    return f"between {span[0]} and {span[1]}"
