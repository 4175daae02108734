"""Notes by which an article says that it was corrected, amended, refiled or taken back.

The forms are those of news sites and agencies: a label, a sentence about "this article", one about its earlier version,
and what an agency puts in brackets before the text ("(Corrects paragraph 3 to say 12, not 21)").
"""

from __future__ import annotations

import re

LONGEST = 600
"""Characters: a note is short."""

_ITEM = r"(?:article|story|report|piece|post|item|column|dispatch|interview|headline|caption)"
_CHANGED = (
    r"(?:corrected|amended|updated|refiled|clarified|revised|changed|edited|retracted|withdrawn|removed|republished)"
)
_LABEL = r"(?:corrections?|clarifications?|retractions?|errat(?:um|a)|editor(?:['’]?s|s['’]) note|note to readers)"
_NAME = r"(?-i:[A-Z][\w’']*(?: [A-Z][\w’']*){0,3})"
_BEGIN = r"[(\[*• ]*"

_NOTES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_BEGIN}{_LABEL}(?: appended)?\s*(?:[,(–—-]\s*[^:()]{{3,40}}\)?)?\s*(?:[:|]|$|[–—-]\s+(?-i:[A-Z]))",
        rf"{_BEGIN}(?:this|the (?=headline|caption))\s?(?:[\w.,]+ ){{0,4}}?{_ITEM}\b[^.;:]{{0,60}}?"
        rf"\b(?:has|have|had|was|were)\s(?:\w+ ){{0,2}}?{_CHANGED}\b",
        r"[^.;:\"“”]{0,70}\b(?:an?|the|our) (?:earlier|previous|prior|original) (?:version|edition) of (?:this|our) "
        rf"{_ITEM}\b",
        r"\((?:corrects|refiles|recasts|fixes|clarifies|removes|adds|updates|repeats)\b[^()]{3,250}\)$",
        rf"(?:we|the {_NAME}) (?:apologi[sz]es?|regrets?)(?: for)? (?:this|the|our|any|these)(?: \w+)? "
        r"(?:errors?|mistakes?|misstatements?)[.!]?$",
        rf"{_BEGIN}this (?:{_ITEM}|version) (?:corrects|replaces|supersedes) ",
        rf"the {_NAME} (?:retracts|withdraws|has retracted|has withdrawn) (?:this|its|the) {_ITEM}\b",
    )
)
_SAID = re.compile(r", [^,.]{2,60} (?:said|says|told \w+)[.]?$")


def is_correction(words: str) -> bool:
    """Whether a paragraph is a note of this kind, and no news about one."""
    return len(words) <= LONGEST and any(note.match(words) for note in _NOTES) and not _SAID.search(words)
