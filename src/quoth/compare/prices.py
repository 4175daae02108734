"""Which claims give a price, a valuation or a payment, and of what."""

from __future__ import annotations

from quoth.compare.claims import Claim
from quoth.compare.events import Matched
from quoth.compare.names import fold, noun_words
from quoth.compare.quantities import is_money
from quoth.compare.tables import nominal_family, word_set

Key = tuple[object, ...]


def price_of(m: Matched) -> Key | None:
    """(kind, theme) of a price that a claim gives or withholds; None for all other claims."""
    claim = m.claim
    if not is_money(claim.unit) and claim.family != "pricing":
        return None
    kind = _kind(claim)
    return None if kind is None else (kind, m.theme if m.theme[:1] == ("",) else ())


def _kind(claim: Claim) -> str | None:
    if claim.traits.sized:  # a fine, a bribe, damages
        return None
    if claim.family in ("valuation", "payment"):
        return claim.family if claim.family == "valuation" else None
    if claim.family in ("pricing", "acquisition", "sale"):
        return "pricing"
    priced = fold(claim.event.predicate).replace(" ", "_") in word_set("pricing")
    return "pricing" if priced and _only_money(claim) else None


def _only_money(claim: Claim) -> bool:
    """Whether an offer, a demand or a bare sum is of money itself, not of a discount or a share."""
    theme = claim.event.theme
    if theme is None:
        return True
    words = noun_words(theme.name.removeprefix("at "))
    if not words:
        return True
    named = nominal_family(words[-1])
    return words[-1] in word_set("currencies") or (named is not None and named.name in ("pricing", "acquisition"))
