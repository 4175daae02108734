"""A question in plain English, from its event and its slot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.compare.claims import Stage
from quoth.compare.matching import Answer, Asked
from quoth.compare.names import fold, noun_words, singular
from quoth.compare.tables import irregular_forms, object_preposition, verb_in, word_set
from quoth.compare.values import most_frequent
from quoth.model import Act, Slot

_PLAIN = re.compile(r"[a-z]+(?:[_ -][a-z]+)*\Z")


def question_text(asked: Asked) -> str:
    """ "When will Oreshnik be deployed in Belarus?"; never fails, whatever the predicate."""
    frame = asked.group.frame
    verb = fold(frame.predicate).replace("_", " ")
    subject, theme = frame.agent, frame.theme
    ahead = _ahead(asked.answers)
    if not _PLAIN.match(verb):
        return _odd(asked.slot, verb)
    place = _at(verb, frame.place) if asked.slot is not Slot.PLACE else ""
    if theme and frame.place and fold(frame.place) in fold(theme):
        place = ""
    if subject:
        subject = _the(subject)
    if theme and asked.facet == "whole" and _plural(theme):
        theme = f"all {theme}"
    if verb == "visit" and theme is None and place:
        theme, place = frame.place, ""
    if asked.group.traits.theme == "ignored":
        return _clean(_persons(asked, verb, place))
    if asked.group.family in ("pricing", "valuation"):
        return _clean(_price(asked.group.family, theme))
    if asked.slot is Slot.QUANTITY:
        return _clean(_how_many(asked, verb, subject, theme, place, ahead))
    if asked.slot is Slot.AGENT:
        does = f"will {verb}" if ahead else third_person(verb) if asked.group.traits.asks else past(verb)
        return _clean(f"Who {does} {object_preposition(verb)}{_the(theme)} {place}?")
    ask = {Slot.TIME: "When", Slot.PLACE: "Where", Slot.POLARITY: ""}[asked.slot]
    return _clean(f"{ask} {_clause(asked, verb, subject, theme, place, ahead)}?")


def _clause(asked: Asked, verb: str, subject: str | None, theme: str | None, place: str, ahead: bool) -> str:
    """Auxiliary first: "will Oreshnik be deployed in Belarus", "did Alpha acquire Beta"."""
    if subject and (theme or verb_in("intransitive", verb) or asked.group.traits.agent == "always"):
        auxiliary = "will" if ahead else "does" if asked.group.traits.lasting else "did"
        if auxiliary == "does" and _plural(subject):
            auxiliary = "do"
        return f"{auxiliary} {subject} {verb} {object_preposition(verb) if theme else ''}{_the(theme)} {place}"
    if theme and object_preposition(verb):
        return f"{'will' if ahead else 'did'} anybody {verb} {object_preposition(verb)}{_the(theme)} {place}"
    if theme:
        if verb_in("intransitive", verb):
            return f"{'will' if ahead else 'did'} {_the(theme)} {verb} {place}"
        be = "will" if ahead else "were" if _plural(theme) else "was"
        return f"{be} {_the(theme)} {'be ' if ahead else ''}{participle(verb)} {place}"
    if subject:
        return f"{'will' if ahead else 'did'} {subject} {verb} {place}"
    return f"{'will' if ahead else 'did'} it {'happen' if not place else 'happen ' + place} (to {verb})"


def _how_many(asked: Asked, verb: str, subject: str | None, theme: str | None, place: str, ahead: bool) -> str:
    unit = _unit(asked.answers)
    if unit and (len(unit) == 3 and unit.isupper()):
        return f"For how much {_clause(asked, verb, subject, theme, place, ahead)}?"
    if unit and fold(unit) in ("percent", "%", "per cent"):
        return f"What percentage is at issue when asked: {_clause(asked, verb, subject, theme, place, ahead)}?"
    things = _things(unit, theme)
    if things is None and subject is None and theme is None:
        return f"What is the number (to {verb})?"
    if things is None:
        return f"How many {_clause(asked, verb, subject, None, place, ahead)}?"
    if subject and asked.group.traits.agent == "always":
        auxiliary = "will" if ahead else "does" if asked.group.traits.lasting else "did"
        base = "have" if asked.group.traits.name == "possession" else verb
        return f"How many {things} {auxiliary} {subject} {base} {place}?"
    if verb_in("intransitive", verb):
        return f"How many {things} {'will ' + verb if ahead else past(verb)} {place}?"
    return f"How many {things} {'will be' if ahead else 'were'} {participle(verb)} {place}?"


def _price(kind: str, theme: str | None) -> str:
    if kind == "valuation":
        return f"At how much is {_the(theme)} valued?" if theme else "What is the valuation?"
    return f"What is the price of {_the(theme)}?" if theme else "What is the price?"


def _persons(asked: Asked, verb: str, place: str) -> str:
    """Events that persons undergo: "How many people were killed in Varn?"."""
    unit = _unit(asked.answers) or "people"
    who = plural(unit) if noun_words(unit) and not unit[:1].isdigit() else "people"
    if asked.group.traits.name == "missing":
        clause, many = f"are {who} missing {place}", f"How many {who} are missing {place}?"
    elif asked.group.traits.name == "casualties":
        clause, many = f"were there casualties {place}", f"How many casualties were there {place}?"
    elif verb_in("intransitive", verb):
        clause, many = f"did {who} {verb} {place}", f"How many {who} {past(verb)} {place}?"
    else:
        clause, many = f"were {who} {participle(verb)} {place}", f"How many {who} were {participle(verb)} {place}?"
    ask = {
        Slot.TIME: f"When {clause}?",
        Slot.PLACE: f"Where {clause}?",
        Slot.POLARITY: f"{clause}?",
        Slot.QUANTITY: many,
    }
    by = "" if verb_in("intransitive", verb) else f"By whom {clause}?"
    return ask.get(asked.slot) or by or f"Who {past(verb)} {place}?"


def _odd(slot: Slot, verb: str) -> str:
    word = " ".join(verb.split())[:60] or "it"
    asks = {Slot.TIME: "When was", Slot.QUANTITY: "How many for", Slot.PLACE: "Where was", Slot.AGENT: "Who did",
            Slot.POLARITY: "Is it true of"}  # fmt: skip
    return f"{asks[slot]} “{word}”?"


def _ahead(answers: Sequence[Answer]) -> bool:
    """Whether most of the answers speak of something to come."""
    stages = [a.matched.claim for a in answers if a.filled and not a.matched.claim.negative]
    coming = sum(c.stage < Stage.UNDER_WAY and c.statement.act is not Act.ESTIMATE for c in stages)
    return coming * 2 > len(stages)


def _unit(answers: Sequence[Answer]) -> str | None:
    quantities = [a.matched.claim.event.quantity for a in answers if a.filled]
    return most_frequent([q.unit for q in quantities if q and q.unit]) or None


def _things(unit: str | None, theme: str | None) -> str | None:
    """What is counted: the unit, with the theme's name before it where the unit alone is not the theme."""
    if unit is None or theme is None:
        return plural(unit or theme or "") or None
    counted, about = noun_words(unit), noun_words(theme)
    if not counted or not about:
        return plural(unit)
    if counted[-1] == about[-1]:
        return plural(theme if len(about) >= len(counted) else unit)
    if theme[:1].isupper() and _plural(theme) and len(about) == 1:
        return theme
    if theme[:1].isupper() and set(counted).isdisjoint(about):
        return f"{theme} {plural(unit)}"
    return plural(unit)


def _at(verb: str, place: str | None) -> str:
    if place is None:
        return ""
    return f"to {place}" if verb_in("toward", verb) else f"in {place}"


def _the(theme: str | None) -> str:
    """A theme with an article where a bare singular common noun would read badly."""
    if theme is None:
        return ""
    common = theme[:1].islower() or theme.split()[-1].casefold() in word_set("articled")
    bare = common and not _plural(theme) and theme.split()[0].casefold() not in ("the", "a", "an")
    return f"the {theme}" if bare else theme


def _plural(words: str) -> bool:
    last = fold(words).split()[-1:] or [""]
    return (
        " and " in words or (last[0].endswith("s") and singular(last[0]) != last[0]) or last[0] in ("people", "troops")
    )


def _clean(text: str) -> str:
    plain = re.sub(r"\s+(\?)", r"\1", " ".join(text.split()))
    return plain[:1].upper() + plain[1:]


# ---------------------------------------------------------------- inflection


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
    if not words or _plural(noun) or words[-1][:1].isupper() or not words[-1].isalpha():
        return noun
    last = words[-1]
    known = {"person": "people", "man": "men", "woman": "women", "child": "children", "aircraft": "aircraft"}
    made = known.get(last) or (
        last[:-1] + "ies"
        if _consonant_y(last)
        else last + ("es" if last.endswith(("s", "sh", "ch", "x", "z")) else "s")
    )
    return " ".join([*words[:-1], made])
