"""What an event is and what it is about, in terms that other statements' events can be compared with.

One thing is said in many forms: "the delivery of boats", "boats arrived", "there is no boat in port", "we asked for
boats", "they will have boats".  Here each becomes a family of events (classes.toml) and a theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from quoth.compare.names import fold, noun_words, proper_words, singular
from quoth.compare.opposites import Predicate
from quoth.compare.participants import (
    Subject,
    Theme,
    counted_theme,
    event_of,
    is_bare_number,
    is_counted,
    is_counted_name,
    is_crowd,
    is_thing,
    is_total,
    names_event,
    nominal,
    plain,
    theme_of,
)
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.sums import come_to, footed, is_measured, sum_for, years
from quoth.compare.tables import (
    Family,
    counted_family,
    exact_family,
    family_of,
    is_business,
    is_light,
    kind_of_thing,
    nominal_family,
    opposite_family,
    process_of,
    word_set,
)
from quoth.model import Act, Agent, AgentKind, Event, Statement

FEW_WORDS = 9
_INTENDING = frozenset({Act.PLAN, Act.PROMISE, Act.REQUEST, Act.PROPOSE, Act.ESTIMATE})


def subject_of(
    event: Event,
    statement: Statement,
    lower: frozenset[str],
    elided: str | None,
    denying: Mapping[str, Predicate] = MappingProxyType({}),
) -> Subject:
    """What an event is about.  `lower`: words that its document also writes in lower case; `elided`: what a bare
    number in it ("the first two") is of; `denying`: predicates that deny others, with these."""
    base = denying.get(fold(event.predicate))
    if base is not None:
        found = subject_of(replace(event, predicate=base[0], predicate_class=base[1]), statement, lower, elided)
        return replace(found, turned=not found.turned, recast=True)
    if elided is not None:
        event = _restored(event, elided)
    recast = _opposite(event, lower) or _totalled(event, elided, lower) or _kept_back(event, statement)
    recast = recast or _performed(event) or years(event, statement) or sum_for(event, statement)
    recast = recast or come_to(event, lower) or _sheltered(event) or _struck(event, statement, lower)
    recast = recast or _moved(event, statement, lower) or footed(event)
    if recast is None and not is_measured(event):
        recast = _had(event, statement, lower) or _asked_for(event, statement, lower) or _finished(event, lower)
        recast = recast or _bare_count(event, lower)
    recast = recast or _cleared(event, lower) or _named_by_noun(event)
    found = replace(recast, recast=True) if recast else Subject(*_reading(event, statement, lower))
    return replace(found, theme=None) if _is_of_a_case(found) else found


def _is_of_a_case(subject: Subject) -> bool:
    """A verdict in a trial: the trial is the case, not who is judged."""
    nouns = subject.theme.nouns if subject.theme else ()
    return bool(nouns) and process_of(subject.family) == "judgment" and nominal_family(nouns[-1]) is not None


# ---------------------------------------------------------------- one thing in other forms


def _restored(event: Event, elided: str) -> Event:
    """The event with the noun that its bare number leaves out."""
    theme, agent = event.theme, event.agent
    if theme is not None and is_bare_number(theme.name):
        theme = replace(theme, name=elided, kind=None)
    elif agent is not None and is_bare_number(agent.name):
        agent = replace(agent, name=elided, kind=None)
    quantity = event.quantity
    if quantity is not None and not quantity.unit:
        quantity = replace(quantity, unit=elided)
    return replace(event, theme=theme, agent=agent, quantity=quantity)


def _opposite(event: Event, lower: frozenset[str]) -> Subject | None:
    """ "The plant will stay open": it is not closed; "the dam is intact": it is not damaged.

    What has a day ("will open in May") happens, and is not merely the opposite of what does not.
    """
    family = opposite_family(fold(event.predicate))
    thing = event.theme or event.agent
    if family is None or thing is None or event.time is not None:
        return None
    return Subject(family.name, theme_of(thing.name, thing, lower), None, turned=True)


def _before_verb(event: Event, statement: Statement) -> str | None:
    """The words that a statement begins with, up to its verb, if they are few: its subject."""
    head, verb, _ = statement.content.text.partition(f" {event.trigger.text} ")
    words = head.split()
    return head.removeprefix("that ") if verb and 0 < len(words) <= FEW_WORDS else None


def _moved(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """A thing that comes to a place, or is there, has been put there; one that leaves is on its way."""
    words = {fold(event.predicate).replace(" ", "_"), event.predicate_class or ""}
    if words & word_set("arriving"):
        mover = event.agent if is_thing(event.agent) else None
        if mover is None and not words & word_set("entering"):
            mover = event.theme if is_thing(event.theme) else None
        family = "placement"
    elif fold(event.predicate) == "go" and event.place is None and is_thing(event.agent):
        mover, family = event.agent, "go"
    elif words & word_set("leaving"):
        mover, family = event.agent if is_thing(event.agent) or is_crowd(event.agent) else None, "departure"
        if mover is None and event.agent is not None and event.agent.kind is AgentKind.GROUP:
            mover = event.agent
        if mover is None and event.agent is None and event.theme is not None and proper_words(event.theme.name):
            unit = event.quantity.unit if event.quantity else None
            unit = unit or _before_verb(event, statement)
            return Subject("departure", theme_of(unit, None, lower), None) if unit else None
    elif words & word_set("being") and (event.place is not None or event.time is not None):
        mover, family = event.theme if is_thing(event.theme) else None, "placement"
        if mover is None and fold(event.predicate) != "be":  # "four launchers stand on the airfield"
            mover = event.agent if is_thing(event.agent) else None
        if mover is not None and event.place is None and not is_counted(event):
            mover = None
    else:
        return None
    if mover is None or names_event(mover.name):
        return None
    return Subject(family, counted_theme(event, mover, lower), None)


def _totalled(event: Event, elided: str | None, lower: frozenset[str]) -> Subject | None:
    """ "Bringing the total to 36": a count of what was counted before."""
    if elided is None or event.theme is None or not is_total(event.theme.name):
        return None
    return Subject("total", theme_of(elided, None, lower), None)


def _kept_back(event: Event, statement: Statement) -> Subject | None:
    """ "Declined to comment on the price": what is withheld is the price."""
    named = nominal(event.theme) if statement.act is Act.DECLINE else None
    return Subject(named[0].name, None, None) if named is not None else None


def _had(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """What somebody will have, he is to receive."""
    if fold(event.predicate) not in ("have", "get") or not is_thing(event.theme) or event.quantity is None:
        return None
    coming = statement.factuality.value[:2] in ("PR", "PS") or statement.act in _INTENDING
    assert event.theme is not None
    return Subject("receipt", counted_theme(event, event.theme, lower), event.agent) if coming else None


def _asked_for(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """Things asked for are asked to be given."""
    if event.predicate_class != "ask" and fold(event.predicate) not in ("ask", "request", "demand"):
        return None
    if event.quantity is None or not event.quantity.unit or is_money(event.quantity.unit):
        return None
    thing = event.theme if is_thing(event.theme) or is_counted_name(event) else None
    if is_generic_person(event.quantity.unit) or names_event(thing.name if thing else event.quantity.unit):
        return None
    if thing is None:
        unit = noun_words(event.quantity.unit)
        asked = event.theme is None or event.theme.kind in (AgentKind.GROUP, AgentKind.PERSON, AgentKind.COUNTRY)
        if not asked or not unit or unit[-1] in word_set("persons"):
            return None
        return Subject("placement", plain(theme_of(event.quantity.unit, None, lower)), None, asked=True)
    return Subject("placement", counted_theme(event, thing, lower), None, asked=True)


def _bare_count(event: Event, lower: frozenset[str]) -> Subject | None:
    """A count without a verb: "Four boats in the harbour", "the request for twelve boats"."""
    unit = event.quantity.unit if event.quantity else None
    if not unit or event.predicate_class is not None or is_money(unit):
        return None
    words = noun_words(unit)
    if not words or singular(fold(event.predicate)) != words[-1] or words[-1] in word_set("persons"):
        return None
    return Subject("placement", theme_of(unit, None, lower), None)


def _finished(event: Event, lower: frozenset[str]) -> Subject | None:
    """Things that are finished have been built."""
    if event.predicate_class != "finish" or fold(event.predicate) not in ("finish", "complete"):
        return None
    if event.quantity is None or not event.quantity.unit or not (is_thing(event.theme) or is_counted_name(event)):
        return None
    theme = event.theme
    if theme is None or nominal(theme) is not None or "".join(noun_words(theme.name)[-1:]).endswith("ing"):
        return None
    return Subject("production", counted_theme(event, theme, lower), event.agent)


def _performed(event: Event) -> Subject | None:
    """ "Delivered the verdict", "held a hearing": the noun is the event."""
    done = nominal(event.theme) if fold(event.predicate).replace(" ", "_") in word_set("performing") else None
    if done is None or done[0].name not in word_set("performed"):
        return None
    return Subject(done[0].name, None, None)


def _sheltered(event: Event) -> Subject | None:
    """ "6,200 people were moved to schools": they are displaced."""
    thing = event.theme or event.agent
    moved = fold(event.predicate).replace(" ", "_") in word_set("sheltering")
    if not moved or thing is None or event.quantity is None or not is_generic_person(event.quantity.unit):
        return None
    return Subject("displacement", None, None)


def _struck(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """ "A flood hit 19 villages": flooded."""
    hazard = event_of(event.agent, event, statement) if event.predicate_class == "attack" else None
    if hazard is None or hazard[0] == "attack" or event.theme is None:
        return None
    return Subject(hazard[0], theme_of(event.theme.name, event.theme, lower), None)


def _cleared(event: Event, lower: frozenset[str]) -> Subject | None:
    """A deal that is cleared is approved; persons are acquitted."""
    if fold(event.predicate) != "clear" or event.theme is None or is_crowd(event.theme):
        return None
    words = noun_words(event.theme.name)
    if not words or kind_of_thing(words[-1]) not in ("takeover", "treaty", "law"):
        return None
    return Subject("ratification", theme_of(event.theme.name, event.theme, lower), event.agent)


def _named_by_noun(event: Event) -> Subject | None:
    """ "A closing in May", "the offer values it": the noun tells which event, where the verb would tell another."""
    said = nominal_family(fold(event.trigger.text))
    if said is not None and event.theme is None and said != family_of(event.predicate_class or event.predicate):
        return Subject(said.name, None, event.agent)
    offered = event.agent is not None and names_event(event.agent.name)
    if fold(event.predicate) == "value" and offered:
        return Subject("valuation", None, None)
    return None


# ---------------------------------------------------------------- as the event itself has it


def _reading(event: Event, statement: Statement, lower: frozenset[str]) -> tuple[str, Theme | None, Agent | None]:
    """Family, theme and agent of an event."""
    predicate = event.predicate_class or event.predicate
    counted = event.quantity.counted if event.quantity else None
    states = [counted] if counted else []
    family = next((f for f in (counted_family(fold(s)) for s in states) if f), None)
    words, agent = event.theme.name if event.theme else None, event.agent
    if family is not None and family is not (family_of(predicate) or family_of(event.predicate)):
        agent = None  # "divers found six bodies": who finds them is not who killed
    held = None
    if family is None and (is_light(predicate) or is_light(event.predicate)):
        for participant in (event.theme, event.agent):
            named = nominal(participant) or (held := event_of(participant, event, statement))
            if named is not None:
                words = named[1]
                family = named[0] if isinstance(named[0], Family) else None
                agent = _whose(event.theme) if participant is event.agent else agent
                break
    if family is None and held is None:
        family = exact_family(event.predicate) or family_of(predicate) or family_of(event.predicate)
    name = family.name if family else held[0] if held else fold(predicate)
    again = nominal(event.theme)
    if again is not None and again[0].name == name:
        words = again[1]
    if words is None and is_thing(agent) and (family is None or family.agent == "never"):
        words, agent = (agent.name if agent else None), None
    if words is None or (family and family.theme == "ignored") or fold(event.predicate) in word_set("equipping"):
        return name, None, agent
    return name, theme_of(words, event.theme, lower), agent


def _whose(participant: Agent | None) -> Agent | None:
    """Whose business something is, by what it is said to be: "the prerogative of Belarus" gives Belarus."""
    if participant is None:
        return None
    head, of, rest = participant.name.partition(" of ")
    words = noun_words(head)
    if not of or not words or not is_business(words[-1]):
        return None
    return replace(participant, name=rest, kind=None)
