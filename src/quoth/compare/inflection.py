"""English verb and noun forms: irregular ones from verbs.toml, all others by rule."""

from __future__ import annotations

from quoth.compare.names import fold, singular
from quoth.compare.tables import irregular_forms, verb_in


def is_plural(words: str) -> bool:
    last = (fold(words).split()[-1:] or [""])[0]
    regular = last.endswith("s") and singular(last) != last
    return " and " in words or regular or last in ("people", "troops", "men", "women", "children")


def _split(verb: str) -> tuple[str, str]:
    head, _, rest = verb.replace("_", " ").partition(" ")
    return head, f" {rest}" if rest else ""


def participle(verb: str) -> str:
    """ "deployed", "sent", "handed over"."""
    head, rest = _split(verb)
    forms = irregular_forms(head)
    return (forms[1] if forms else _ed(head)) + rest


def past(verb: str) -> str:
    head, rest = _split(verb)
    forms = irregular_forms(head)
    return (forms[0] if forms else _ed(head)) + rest


def third_person(verb: str) -> str:
    """ "decides", "has", "carries"."""
    head, rest = _split(verb)
    if head in ("have", "be"):
        return {"have": "has", "be": "is"}[head] + rest
    if head.endswith(("s", "sh", "ch", "x", "z", "o")):
        return head + "es" + rest
    return (head[:-1] + "ies" if _consonant_y(head) else head + "s") + rest


def is_form_of(word: str, verb: str) -> bool:
    """Whether a word is a form of the verb: "reached" of "reach", but not "losses" of "lose"."""
    head, written = _split(fold(verb))[0], fold(word).split()[:1]
    forms = {head, past(head), participle(head), third_person(head)}
    return bool(written) and (written[0] in forms or written[0].endswith("ing") or head == "be")


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if _consonant_y(verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb_in("doubling", verb) else "") + "ed"


def _consonant_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou"


def plural(noun: str) -> str:
    """The plural of a noun phrase, as far as its last word tells; one that is plural stays."""
    words = noun.split()
    if not words or is_plural(noun) or words[-1][:1].isupper() or not words[-1].isalpha():
        return noun
    last = words[-1]
    known = {"person": "people", "man": "men", "woman": "women", "child": "children", "aircraft": "aircraft"}
    made = known.get(last) or (
        last[:-1] + "ies"
        if _consonant_y(last)
        else last + ("es" if last.endswith(("s", "sh", "ch", "x", "z")) else "s")
    )
    return " ".join([*words[:-1], made])
