"""Whether two quantities count the same thing in the same way, and whether both can be true."""

from __future__ import annotations

from quoth.compare.intervals import Lie, lie
from quoth.compare.names import fold, nationalities, noun_words
from quoth.compare.tables import counted_family, kind_of_thing, word_set
from quoth.model import Counting, Number, NumberRange, Quantity

APPROXIMATE_WITHIN = 0.1
"""An approximate number agrees with what lies within a tenth of it: "about 50" with 47."""
APPROXIMATE_BEYOND = 0.5
"""Only beyond half of it is another number incompatible with it: "about 50" against 3."""


def extent(quantity: Quantity) -> NumberRange:
    """The range as stated."""
    return quantity.min, quantity.max


def scope_difference(a: Quantity, b: Quantity) -> str | None:
    """Why the two cannot be compared, in words; None where they count the same thing in the same way.

    What is not stated (no unit, no counted state) differs from nothing.
    """
    if a.counting is not b.counting and not _is_share(a, b):
        return f"one is {_counting(a)}, the other {_counting(b)}"
    if a.per != b.per:
        return " and ".join(f"one is per {q.per}" if q.per else "one is not per unit" for q in (a, b))
    if a.counted and b.counted and _state(a.counted) != _state(b.counted):
        return f"one counts {a.counted}, the other {b.counted}"
    if a.unit and b.unit and not same_unit(a.unit, b.unit) and not _in_one_state(a, b):
        return f"one counts {a.unit}, the other {b.unit}"
    return None


def _is_share(a: Quantity, b: Quantity) -> bool:
    """Whether both are percentages of a whole, said or not: "53 percent of the vote", "at 48 percent"."""
    whole = {Counting.PART, Counting.TOTAL}
    return a.unit == b.unit == "percent" and {a.counting, b.counting} <= whole


def _in_one_state(a: Quantity, b: Quantity) -> bool:
    """Whether both count persons in one state, of no sort that their names tell: "236 cases" and "212 people".

    "Nobody" is none of any sort.
    """
    if not (a.counted or b.counted) or a.unit is None or b.unit is None:
        return False
    nobody = any(q.max == 0 and is_generic_person(q.unit) for q in (a, b))
    persons = all(set(noun_words(u)) & (word_set("persons") | {"case"}) for u in (a.unit, b.unit))
    plain = all(is_generic_person(u) or set(noun_words(u)[-1:]) == {"case"} for u in (a.unit, b.unit))
    return plain or (nobody and persons)


def same_unit(a: str, b: str) -> bool:
    """Whether two units are one in other words: equal, or one kind of thing of which neither says another sort.

    A sort or nation of persons is a part of them, and so another unit.
    """
    if fold(a) == fold(b):
        return True
    if _is_currency(a) or _is_currency(b):
        return False
    x, y = noun_words(a), noun_words(b)
    if not x or not y:
        return not x and not y
    if kind_of_thing(x[-1]) != kind_of_thing(y[-1]):
        return False
    if x[-1] in word_set("persons"):
        return x[:-1] == y[:-1] and nationalities(a) == nationalities(b)
    return set(x[:-1]) <= set(y[:-1]) or set(y[:-1]) <= set(x[:-1])


def quantity_lie(a: Quantity, b: Quantity) -> Lie:
    """How a lies to b as stated; approximate ones that lie close enough count as equal."""
    plain = lie(extent(a), extent(b))
    if plain is Lie.DISJOINT and (a.approximate or b.approximate):
        near = lie(widened(a, APPROXIMATE_WITHIN), widened(b, APPROXIMATE_WITHIN))
        return plain if near is Lie.DISJOINT else Lie.OVERLAPS
    return plain


def provably_disjoint(a: Quantity, b: Quantity) -> bool:
    """Whether no number is both: same thing, counted the same way, apart even if every "about" is taken widely."""
    return (
        scope_difference(a, b) is None
        and lie(widened(a, APPROXIMATE_BEYOND), widened(b, APPROXIMATE_BEYOND)) is Lie.DISJOINT
    )


def widened(quantity: Quantity, share: float) -> NumberRange:
    """The range, an approximate one made wider by this share of its ends."""
    if not quantity.approximate:
        return extent(quantity)
    low, high = quantity.min, quantity.max
    return _moved(low, -share), _moved(high, share)


def _moved(end: Number | None, share: float) -> Number | None:
    return None if end is None else end + abs(end) * share


def is_generic_person(unit: str | None) -> bool:
    """Whether a unit only says that persons are counted."""
    words = noun_words(unit) if unit else ()
    return bool(words) and len(words) == 1 and words[-1] in word_set("generic_persons")


def is_money(unit: str | None) -> bool:
    """Whether a unit is a currency: a code, or a word such as "crowns"."""
    if not unit:
        return False
    words = noun_words(unit)
    return _is_currency(unit) or (bool(words) and words[-1] in word_set("currencies"))


def _state(counted: str) -> str:
    family = counted_family(fold(counted))
    return family.name if family else fold(counted)


def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def _counting(quantity: Quantity) -> str:
    return {
        "total": "a total", "increment": "an increase on what came before", "part": "a part of a whole",
        "each": "a number for each", "change": "a change",
    }[quantity.counting.value]  # fmt: skip
