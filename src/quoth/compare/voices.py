"""Whose voice a statement is: one name for one speaker across documents, and none where nobody is named.

A person is one voice under a short and a full name; a country's government under its code.  An anonymous source
or an unnamed group ("a U.S. official", "witnesses") is one voice per description and relay: nobody knows whether
two outlets spoke to the same man.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from quoth.compare.names import acronym, fold, given_fit, is_bare_role, name_words, tokens
from quoth.compare.specifics import fullest
from quoth.compare.tables import word_set
from quoth.model import Agent, AgentKind, Document, Statement

VoiceKey = tuple[str, ...]
NO_NAME = "an unnamed article"


def voices_of(
    statements: Sequence[Statement], documents: Mapping[str, Document], copy_of: Mapping[str, str]
) -> dict[str, str]:
    """Statement id → the name of its voice; narrators and unattributed statements have none.

    Equal names are equal voices: where two voices would be shown alike, the later one gets its country or a number.
    """
    known = {s.id: s for s in statements if s.source.kind not in (AgentKind.NARRATOR, AgentKind.UNATTRIBUTED)}
    keys = {i: _key(s, documents, copy_of) for i, s in known.items()}
    used = {i: (s.document_id, keys[i]) for i, s in known.items()}
    full = fullest(used.values(), _says_less, _near)
    final = {i: full[entry] for i, entry in used.items()}
    shown: dict[VoiceKey, Counter[str]] = defaultdict(Counter)
    for i, s in known.items():
        shown[final[i]][_display(s, documents, copy_of)] += 1
    names = {key: _best(key, counts) for key, counts in sorted(shown.items())}
    told = _told_apart(names)
    return {i: told[k] for i, k in final.items()}


def _told_apart(names: Mapping[VoiceKey, str]) -> dict[VoiceKey, str]:
    """Names that are one for several voices get the voice's country, or a number."""
    alike: dict[str, list[VoiceKey]] = defaultdict(list)
    for key in sorted(names):
        alike[names[key]].append(key)
    told: dict[VoiceKey, str] = {}
    used = set(names.values())
    for name, keys in sorted(alike.items()):
        for number, key in enumerate(keys):
            country = key[1] if key[0] == "organization" and len(keys) > 1 else ""
            shown = f"{name} ({country})" if country else name if number == 0 else f"{name} ({number + 1})"
            while number and shown in used:
                number += 1
                shown = f"{name} ({number + 1})"
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


def is_unnamed(agent: Agent) -> bool:
    """Whether only a description is given: an anonymous source, or a group that is no institution."""
    if agent.kind is AgentKind.ANONYMOUS:
        return True
    return agent.kind is AgentKind.GROUP and not set(name_words(agent.name)) & word_set("institutions")


def _key(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> VoiceKey:
    source = statement.source
    if source.kind in (AgentKind.PERSON, None) and is_bare_role(source.name):
        here = copy_of.get(statement.document_id, statement.document_id)
        return ("unnamed", " ".join((*name_words(source.name), *filter(None, [source.country]))), here)
    if is_unnamed(source):
        relay = _relay_key(statement, documents, copy_of)
        return ("unnamed", " ".join(name_words(source.name)), relay)
    if source.kind is AgentKind.COUNTRY:
        return ("country", source.country or fold(source.name))
    if source.kind is AgentKind.PERSON or source.kind is None:
        return ("person", *tokens(source.name))
    if source.kind is AgentKind.DOCUMENT:
        relay = _relay_key(statement, documents, copy_of)
        return ("document", " ".join(name_words(source.name)), relay)
    words = [w for w in name_words(source.name) if w not in word_set("demonyms")] or list(name_words(source.name))
    return ("organization", source.country or "", *words)


def _relay_key(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> str:
    name = relay_name(statement, documents, copy_of)
    return copy_of.get(statement.document_id, statement.document_id) if name == NO_NAME else " ".join(name_words(name))


def _says_less(a: VoiceKey, b: VoiceKey) -> bool:
    """A family name for a full name, an initial for a given name; an organization without its country; initials."""
    if a == b or a[0] != b[0]:
        return False
    if a[0] == "person":
        return _person_less(a[1:], b[1:])
    if a[0] == "unnamed" and a[2] == b[2]:
        x, y = (set(key[1].split()) for key in (a, b))
        return x < y or (x <= word_set("informants") and not y <= word_set("informants"))
    if a[0] == "organization":
        same = a[2:] == b[2:] or (len(a) == 3 and acronym(" ".join(b[2:])) == a[2])
        return same and (a[1] in ("", b[1])) and (a[1] != b[1] or a[2:] != b[2:])
    return False


def _person_less(a: VoiceKey, b: VoiceKey) -> bool:
    if not a or not b or a[-1] != b[-1] or len(a) > len(b):
        return False
    if len(a) == 1:
        return len(b) > 1
    fit = all(given_fit(p, q) for p, q in zip(a[:-1], b[:-1], strict=False))
    return fit and (len(a), sum(map(len, a)), b) < (len(b), sum(map(len, b)), a)


def _near(key: VoiceKey) -> list[str]:
    if key[0] == "organization":
        return [f"o {key[2][:1] if len(key) > 2 else ''}"]
    return [f"{key[0]} {key[-1]}"]


def _display(statement: Statement, documents: Mapping[str, Document], copy_of: Mapping[str, str]) -> str:
    name = statement.source.name
    if is_unnamed(statement.source):
        relay = relay_name(statement, documents, copy_of)
        return name if relay == NO_NAME else f"{name} (to {relay})"
    if statement.source.kind is AgentKind.DOCUMENT:
        relay = relay_name(statement, documents, copy_of)
        return name if relay == NO_NAME else f"{name} (seen by {relay})"
    return name


def _best(key: VoiceKey, counts: Counter[str]) -> str:
    """A person by the longest name, all others by the most frequent one."""
    if key[0] == "person":
        return min(counts, key=lambda n: (-len(tokens(n)), -counts[n], n))
    return min(counts, key=lambda n: (-counts[n], n))
