"""How names of places are compared: the key that a name is stored and looked up under."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quoth.read.countries import fold

_POSTAL = re.compile(r"[A-Z]{2}")
_LONG = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_REGION_WORD = re.compile(
    r"^(?P<bare>.+) (?:oblast|krai|kray|province|region|governorate|prefecture|voivodeship|department|republic)$"
)

_PART = re.compile(
    r"^(?:(?:the|greater|upper|lower|inner|outer|downtown|central|suburban|rural|metropolitan|metro|coastal|mainland"
    r"|(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?)\s++)++(?=[^\W\d_])",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?:city|town|village|port|state|province|region|republic|district|county) of (?=\w)", re.IGNORECASE
)
_SORT = re.compile(
    r"\s+(?:area|metro(?:politan)?|district|city|town|township|suburbs?|peninsula|airport|city limits)$", re.IGNORECASE
)


def spellings(name: str) -> Iterator[str]:
    """What to look a name up by, best first: itself, then without what only says which part or sort of place it is.

    "Greater Toronto Area" is looked up as "Toronto" where the gazetteer lacks the whole; "CO." is a county.
    """
    seen: set[str] = set()
    whole = re.sub(r"\bCo(?:\.|$)", "County", name, flags=re.IGNORECASE)
    for candidate in (name, whole, _WHOLE.sub("", whole), _SORT.sub("", whole), _PART.sub("", _SORT.sub("", whole))):
        if candidate and candidate not in seen:
            seen.add(candidate)
            yield candidate


def place_key(name: str) -> str:
    """The key of a place's name: folded, without "the", abbreviations spelt out; "" where nothing is left.

    Two ASCII capitals ("TX") are kept as they are.  "Donetsk Oblast", "Donetsk province" and "the Donetsk
    region" have one key.
    """
    if _POSTAL.fullmatch(name.strip()):
        return name.strip()
    words = fold(name).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[0] in _LONG:
        words[0] = _LONG[words[0]]
    key = " ".join(words)
    region = _REGION_WORD.match(key)
    return f"{region['bare']} region" if region else key
