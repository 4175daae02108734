"""Denials and confirmations that point back: "denied the accusation" is about what was said before it.

What a statement points at by a noun for something said ("the report", "any such offer") or by "this" is the nearest
statement of somebody else before it in its document; a noun that names a deed points at the nearest that tells of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from quoth.compare.names import fold, singular
from quoth.compare.tables import word_set
from quoth.model import Act, Factuality, Statement

NEAR = 3
"""So many statements back it can point."""
_POINTING = re.compile(r"\b(?:(?:any|no) such|the|this|that|these|those|an?|his|her|their|its)\s+(?P<noun>[a-z]+)\b")
_BARE = re.compile(r"\s*(?:it|this|that|them|so)[.,]?\s*\Z")
_LONGEST = 60


def pointed_at(statements: Sequence[Statement]) -> Mapping[str, str]:
    """Statement id of a denial or confirmation → id of the statement that it is about, where it only points at it."""
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        by_document[s.document_id].append(s)
    found: dict[str, str] = {}
    for members in by_document.values():
        members.sort(key=lambda s: (s.content.hull.start, s.id))
        for i, s in enumerate(members):
            target = _target(s, members[max(0, i - NEAR) : i][::-1]) if s.act in (Act.DENY, Act.CONFIRM) else None
            if target is not None:
                found[s.id] = target.id
    return found


def _target(s: Statement, before: Sequence[Statement]) -> Statement | None:
    others = [t for t in before if t.source.name != s.source.name and _affirms(t)]
    words = fold(s.content.text)
    if len(words) > _LONGEST:
        return None
    if _BARE.match(words):
        return others[0] if others else None
    for match in _POINTING.finditer(words):
        noun = singular(match["noun"])
        if noun in word_set("sayings") and not words[match.end() :].lstrip().startswith(("that ", "of ")):
            return others[0] if others else None
        if " such " in f" {match[0]}":
            return next((t for t in others if any(fold(e.predicate) == noun for e in t.events)), None)
    return None


def _affirms(t: Statement) -> bool:
    return t.act not in (Act.DENY, Act.DECLINE) and t.factuality is not Factuality.UNKNOWN and bool(t.events)
