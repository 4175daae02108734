"""Whose voice a statement is: one name for one speaker across documents, and none where nobody is named.

Who is named speaks under the name of the entity that `agents` tells across the case.  An anonymous source or an
unnamed group ("a U.S. official", "witnesses") is one voice per description and relay: nobody knows whether two outlets
spoke to the same man.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from quoth.compare.agents import is_unnamed
from quoth.compare.names import is_bare_role, name_words
from quoth.compare.specifics import fullest
from quoth.compare.tables import word_set
from quoth.model import AgentKind, Document, Entity, Statement

VoiceKey = tuple[str, ...]
NO_NAME = "an unnamed article"
_EARLIER = re.compile(r"\b(?:earlier|previous) (?:version|edition)\b", re.I)


def voices_of(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    copy_of: Mapping[str, str],
    speakers: Mapping[str, Entity],
) -> dict[str, str]:
    """Statement id → the name of its voice; narrators and unattributed statements have none.

    `speakers`: statement id → who speaks, where that is somebody by name.

    Equal names are equal voices: where two would be shown alike, the later one gets a number.
    """
    known = {s.id: s for s in statements if has_voice(s)}
    keys = {i: voice_key(s, documents, copy_of) for i, s in known.items() if i not in speakers}
    used = {i: (known[i].document_id, key) for i, key in keys.items()}
    full = fullest(used.values(), voice_less, near_voice)
    final = {i: full[entry] for i, entry in used.items()}
    shown: dict[VoiceKey, Counter[str]] = defaultdict(Counter)
    for i, key in final.items():
        shown[key][display_name(known[i], documents, copy_of)] += 1
    named = {e.name for e in speakers.values()}
    told = told_apart({key: shown_most(names) for key, names in shown.items()}, named)
    return {i: speakers[i].name if i in speakers else told[final[i]] for i in known}


def has_voice(statement: Statement) -> bool:
    """Narrators and unattributed sources have none, nor has an article's own earlier version."""
    told = statement.source.kind in (AgentKind.NARRATOR, AgentKind.UNATTRIBUTED)
    return not told and not of_earlier_version(statement)


def of_earlier_version(statement: Statement) -> bool:
    """Whether an article says what it said itself before it was corrected."""
    return _EARLIER.search(statement.source.text) is not None


def near_voice(key: VoiceKey) -> list[str]:
    return [f"{key[0]} {key[-1]}"]


def shown_most(names: Counter[str]) -> str:
    return min(names, key=lambda n: (-names[n], n))


def told_apart(names: Mapping[VoiceKey, str], taken: set[str]) -> dict[VoiceKey, str]:
    """Names that are one for several voices get a number."""
    told: dict[VoiceKey, str] = {}
    used = set(taken)
    for key, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        shown, number = name, 1
        while shown in used:
            number += 1
            shown = f"{name} ({number})"
        used.add(shown)
        told[key] = shown
    return told


def relay_name(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> str:
    """Who had it from the source: the first relay, else what the document relays, else the (first) outlet."""
    if statement.via:
        return statement.via[0].name
    document = documents.get(copy_of.get(statement.document_id, statement.document_id))
    if document is None:
        return NO_NAME
    if document.relays:
        return document.relays[0].name
    return outlet_name(document)


def outlet_name(document: Document) -> str:
    return document.outlet or document.file or document.url or document.title or NO_NAME


def voice_key(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> VoiceKey:
    source = statement.source
    if source.kind in (AgentKind.PERSON, None) and is_bare_role(source.name):
        here = copy_of.get(statement.document_id, statement.document_id)
        return ("unnamed", " ".join((*name_words(source.name), *filter(None, [source.country]))), here)
    if is_unnamed(source):
        relay = _relay_key(statement, documents, copy_of)
        return ("unnamed", " ".join(name_words(source.name)), relay)
    relay = _relay_key(statement, documents, copy_of)
    return ("document" if source.kind is AgentKind.DOCUMENT else "other", " ".join(name_words(source.name)), relay)


def _relay_key(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> str:
    name = relay_name(statement, documents, copy_of)
    return copy_of.get(statement.document_id, statement.document_id) if name == NO_NAME else " ".join(name_words(name))


def voice_less(a: VoiceKey, b: VoiceKey) -> bool:
    """Of two descriptions through one relay: fewer of the same words, or one that says no more than "official"."""
    if a == b or not a[0] == b[0] == "unnamed" or a[2] != b[2]:
        return False
    x, y = (set(key[1].split()) for key in (a, b))
    return x < y or (x <= word_set("informants") and not y <= word_set("informants"))


def display_name(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> str:
    name = statement.source.name
    if is_unnamed(statement.source):
        relay = relay_name(statement, documents, copy_of)
        return name if relay == NO_NAME else f"{name} (to {relay})"
    if statement.source.kind is AgentKind.DOCUMENT:
        relay = relay_name(statement, documents, copy_of)
        return name if relay == NO_NAME else f"{name} (seen by {relay})"
    return name
