"""A question in plain English, from its event and its slot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.compare.claims import Claim, Stage
from quoth.compare.events import is_borrowed
from quoth.compare.inflection import is_plural, participle, past, plural, third_person
from quoth.compare.matching import Answer, Asked
from quoth.compare.names import fold, noun_words
from quoth.compare.quantities import is_money
from quoth.compare.tables import (
    Family,
    family_of,
    is_light,
    is_wrapping,
    object_preposition,
    process_of,
    verb_in,
    word_set,
)
from quoth.compare.values import most_frequent
from quoth.model import Act, AgentKind, Slot

_ADJECTIVE = re.compile(r"(?:able|ible|ous|ful|less|ical)\Z")
_LAST_RESORT = {Slot.TIME: "when", Slot.QUANTITY: "how many", Slot.PLACE: "where", Slot.AGENT: "who",
                Slot.POLARITY: "is it so"}  # fmt: skip
_SOMEBODY = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY})
_PLAIN = re.compile(r"[a-z]+(?:[_ -][a-z]+)*\Z")


def question_text(asked: Asked) -> str:
    """ "When will Oreshnik be deployed in Belarus?"; never fails, whatever the predicate."""
    frame = asked.group.frame
    verb = _verb(asked)
    subject, theme = frame.agent, frame.theme
    ahead = _ahead(asked.answers)
    if not _PLAIN.match(verb):
        return _odd(asked.slot, verb)
    place = _at(verb, frame.place) if asked.slot is not Slot.PLACE else ""
    if theme and frame.place and fold(frame.place) in fold(theme):
        place = ""
    if asked.slot is Slot.PLACE and verb_in("departing", verb):
        place = "for"
    if subject:
        subject = _the(subject)
    if theme and asked.facet == "whole" and is_plural(theme):
        theme = f"all {theme}"
    if theme and frame.place and fold(theme) == fold(frame.place) and verb_in("departing", verb):
        theme = None
        place = _at(verb, frame.place)
    if verb == "visit" and theme is None and place:
        theme, place = frame.place, ""
    if asked.group.traits.theme == "ignored" and not asked.group.traits.sized:
        return _clean(_persons(asked, verb, place))
    if asked.group.family in ("pricing", "valuation"):
        return _clean(_price(asked.group.family, theme))
    if not _is_verbal(asked.answers) or not (theme or subject or noun_of(asked)):
        return _clean(_plainly(asked, verb, theme or subject))
    if asked.slot is Slot.QUANTITY:
        return _clean(_how_many(asked, verb, subject, theme, place, ahead))
    if asked.slot is Slot.AGENT:
        does = f"will {verb}" if ahead else third_person(verb) if asked.group.traits.name == "decision" else past(verb)
        return _clean(f"Who {does} {_before_object(asked, verb)}{_the(theme)} {place}?")
    ask = {Slot.TIME: "When", Slot.PLACE: "Where", Slot.POLARITY: ""}[asked.slot]
    return _clean(f"{ask} {_clause(asked, verb, subject, theme, place, ahead)}?")


def _verb(asked: Asked) -> str:
    """What the statements themselves call the event most often; where they only imply it, its family's verb."""
    claims = [a.matched.claim for a in asked.answers if a.filled] or [m.claim for m in asked.group.members]
    kind = _kind(asked)
    own = most_frequent([fold(c.event.predicate) for c in claims if c.family == kind.name and _says_it(c)])
    if not own and asked.slot is Slot.QUANTITY and _is_there(claims):
        return "be"
    if not own and any(fold(c.event.predicate) in word_set("arriving") for c in claims):
        return "arrive"
    fallback = kind.verb or asked.group.frame.predicate
    return (own or fold(fallback)).replace("_", " ")


def _is_there(claims: Sequence[Claim]) -> bool:
    """Whether most only say that something is there: "ten of the tourists were American"."""
    return sum(fold(c.event.predicate) in word_set("being") for c in claims) * 2 > len(claims)


def _kind(asked: Asked) -> Family:
    """What kind of event most of the answers speak of, if it is a stage of the group's process; else the group's."""
    process = process_of(asked.group.traits.name)
    stages = [a.matched.claim.family for a in asked.answers if a.filled]
    usual = most_frequent([s for s in stages if process_of(s) == process])
    return family_of(usual) or asked.group.traits


def _says_it(claim: Claim) -> bool:
    """Whether the claim's own verb is the event's: not "ask for", not "be there", not its opposite."""
    lemma = fold(claim.event.predicate)
    if claim.turned or verb_in("adjectives", lemma) or is_wrapping(lemma) or (is_light(lemma) and is_borrowed(claim)):
        return False
    named = family_of(lemma)
    if named is not None:
        return named.name == claim.family
    return (
        not claim.recast
        and not is_borrowed(claim)
        and (not claim.traits.verb or claim.event.predicate_class is not None)
    )


def _is_verbal(answers: Sequence[Answer]) -> bool:
    """Whether the event is a verb's: a known one, or one that is written in a verb's form somewhere."""
    for a in answers:
        event = a.matched.claim.event
        if event.predicate_class or a.matched.claim.traits.verb or fold(event.trigger.text) != fold(event.predicate):
            return True
    return False


def noun_of(asked: Asked) -> str | None:
    """The noun for the kind of event, where it has one: "verdict"."""
    return _kind(asked).noun


def _plainly(asked: Asked, verb: str, about: str | None) -> str:
    """What is left to ask where no verb fits: by the noun in the words of the statements."""
    if about is None or fold(about) == fold(verb):
        words = most_frequent([a.matched.claim.event.trigger.text for a in asked.answers]) or verb
        about = f"“{words}”"
    unit = _unit(asked.answers) if asked.slot is Slot.QUANTITY else None
    many = "" if not unit else " of money" if is_money(unit) else f" {plural(unit)}"
    ask = "how much" if many == " of money" else _LAST_RESORT[asked.slot] + many
    return f"What is said of {_the(about)}: {ask}?"


def _clause(asked: Asked, verb: str, subject: str | None, theme: str | None, place: str, ahead: bool) -> str:
    """Auxiliary first: "will Oreshnik be deployed in Belarus", "did Alpha acquire Beta"."""
    lasting = asked.group.traits.lasting
    auxiliary = "will" if ahead else "does" if lasting else "did"
    before = _before_object(asked, verb)
    if theme is None and subject is None:
        be = "will there be" if ahead else "was there"
        if asked.slot is Slot.POLARITY:
            return f"{be} {_a(noun_of(asked) or verb)} {place}"
        return f"{'will' if ahead else 'was'} the {noun_of(asked) or verb} {'be' if ahead else ''} {place}"
    if theme and (_ADJECTIVE.search(verb) or verb_in("adjectives", verb)):
        return f"{'are' if is_plural(theme) else 'is'} {_the(theme)} {verb}"
    if subject and (theme or verb_in("intransitive", verb) or asked.group.traits.agent == "always"):
        if auxiliary == "does" and is_plural(subject):
            auxiliary = "do"
        return f"{auxiliary} {subject} {verb} {before if theme else ''}{_the(theme)} {place}"
    if theme and before:
        return f"{auxiliary} anybody {verb} {before}{_the(theme)} {place}"
    if theme:
        if verb_in("intransitive", verb):
            return f"{'will' if ahead else 'did'} {_the(theme)} {verb} {place}"
        be = "will" if ahead else "were" if is_plural(theme) else "was"
        return f"{be} {_the(theme)} {'be ' if ahead else ''}{participle(verb)} {place}"
    return f"{'will' if ahead else 'did'} {subject} {verb} {place}"


def _before_object(asked: Asked, verb: str) -> str:
    """The preposition before the object, with a space after it; one talks with somebody and about something."""
    if verb_in("partnered", verb) and _is_somebody(asked):
        return "with "
    if verb_in("paying", verb):
        return "" if _is_somebody(asked) else "for "
    return object_preposition(verb)


def _is_somebody(asked: Asked) -> bool:
    themes = [m.claim.event.theme for m in asked.group.members]
    named = [t for t in themes if t is not None and t.name == asked.group.frame.theme]
    return any(t.kind in _SOMEBODY for t in named)


def _how_many(asked: Asked, verb: str, subject: str | None, theme: str | None, place: str, ahead: bool) -> str:
    unit = _unit(asked.answers)
    words = noun_words(unit) if unit else ()
    measured = bool(words) and words[-1] in word_set("measures")
    if (measured or is_money(unit)) and noun_of(asked) and _kind(asked).sized:
        noun = noun_of(asked) or ""
        whose = f" for {_the(theme)}" if theme and fold(theme) != noun else ""
        return f"How {'large' if is_money(unit) else 'long'} {'are' if is_plural(noun) else 'is'} the {noun}{whose}?"
    if is_money(unit) and asked.group.traits.name in ("acquisition", "sale"):
        return f"For how much {_clause(asked, verb, subject, theme, place, ahead)}?"
    if is_money(unit) and verb_in("paying", verb):
        payer = subject or "anybody"
        thing = f" {_before_object(asked, verb)}{_the(theme)}" if theme else ""
        return f"How much {'will' if ahead else 'did'} {payer} {verb}{thing}?"
    if measured or is_money(unit):
        return _plainly(asked, verb, theme or subject)
    alone = theme is not None and _is_somebody(asked) and not is_plural(theme)
    things = _things(unit, None if unit and alone else theme)
    if things is None:
        return _plainly(asked, verb, theme or subject)
    if verb == "be":
        return f"How many {things} {'will' if ahead else 'were'} there {'be' if ahead else ''} {place}?"
    if subject and asked.group.traits.agent == "always":
        auxiliary = "will" if ahead else "does" if asked.group.traits.lasting else "did"
        base = "have" if asked.group.traits.name == "possession" else verb
        if auxiliary == "does" and is_plural(subject):
            auxiliary = "do"
        return f"How many {things} {auxiliary} {subject} {base} {place}?"
    if unit and alone:
        return _plainly(asked, verb, theme)
    if verb_in("intransitive", verb):
        return f"How many {things} {'will ' + verb if ahead else past(verb)} {place}?"
    before = _before_object(asked, verb)
    if before:
        return f"How many {things} {'will' if ahead else 'did'} {subject or 'anybody'} {verb} {before.strip()} {place}?"
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
    unit, theme = unit and _unranked(unit), theme and _unranked(theme)
    if unit is None or theme is None:
        return plural(unit or theme or "") or None
    counted, about = noun_words(unit), noun_words(theme)
    if not counted or not about:
        return plural(unit)
    if counted[-1] == about[-1]:
        return plural(theme if len(about) >= len(counted) else unit)
    if theme[:1].isupper() and is_plural(theme) and len(about) == 1:
        return theme
    if theme[:1].isupper() and set(counted).isdisjoint(about):
        return f"{theme} {plural(unit)}"
    return plural(unit)


def _at(verb: str, place: str | None) -> str:
    if place is None:
        return ""
    if verb_in("departing", verb):
        return f"for {place}"
    return f"to {place}" if verb_in("toward", verb) else f"in {place}"


def _the(theme: str | None) -> str:
    """A theme with an article where a bare singular common noun would read badly."""
    if theme is None:
        return ""
    last = theme.split()[-1]
    common = theme[:1].islower() or last[:1].islower() or last.casefold() in _articled()
    first = theme.split()[0].casefold()
    bare = common and not is_plural(theme) and first not in ("the", "a", "an")
    return f"the {theme}" if bare or first in word_set("ordinals") else theme


def _unranked(name: str) -> str:
    """ "first ferries" are counted as ferries."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in word_set("ordinals") else name


def _articled() -> frozenset[str]:
    return word_set("articled") | word_set("institutions")


def _a(noun: str) -> str:
    if is_plural(noun):
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _clean(text: str) -> str:
    plain = re.sub(r"\s+(\?)", r"\1", " ".join(text.split()))
    return plain[:1].upper() + plain[1:]
