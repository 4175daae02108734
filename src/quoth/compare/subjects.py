"""What an event is and what it is about, in terms that other statements' events can be compared with.

One thing is said in many forms: "the delivery of boats", "boats arrived", "there is no boat in port", "we asked for
boats", "they will have boats".  Here each becomes a family of events (classes.toml) and a theme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quoth.compare.names import fold, noun_words, proper_words, singular, tokens
from quoth.compare.quantities import is_generic_person, is_money
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

_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their|our)\s+", re.I)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_ONE_OF = re.compile(r"^(?:no|an?|any|another)\s", re.I)
FEW_WORDS = 9
_FOR_WHAT = re.compile(r"\s+(?:in|as|of)\s+([a-z]+)")
_SUMS = frozenset({"fining", "compensation", "bribery"})
_INTENDING = frozenset({Act.PLAN, Act.PROMISE, Act.REQUEST, Act.PROPOSE, Act.ESTIMATE})


@dataclass(frozen=True, slots=True)
class Theme:
    """What an event is about, by its words: capitalised ones, and the noun phrase with its head last."""

    proper: frozenset[str] = frozenset()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """An event's family, theme and agent.

    `turned`: its words deny the event ("stay open": not closed); `asked`: they ask for it; `recast`: the family is
    not that of the verb, but the event is the verb's own all the same.
    """

    family: str
    theme: Theme | None
    agent: Agent | None
    turned: bool = False
    asked: bool = False
    recast: bool = False


def subject_of(event: Event, statement: Statement, lower: frozenset[str], elided: str | None) -> Subject:
    """What an event is about.  `lower`: words that its document also writes in lower case; `elided`: what a bare
    number in it ("the first two") is of."""
    if elided is not None:
        event = _restored(event, elided)
    recast = _opposite(event, lower) or _totalled(event, elided, lower) or _kept_back(event, statement)
    recast = recast or _performed(event) or _years(event, statement) or _sum_for(event, statement)
    recast = recast or _moved(event, statement, lower) or _footed(event)
    if recast is None and not _is_measured(event):
        recast = _had(event, statement, lower) or _asked_for(event, statement, lower) or _finished(event, lower)
        recast = recast or _bare_count(event, lower)
    recast = recast or _cleared(event, lower) or _named_by_noun(event)
    found = replace(recast, recast=True) if recast else Subject(*_reading(event, lower))
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


def is_bare_number(name: str) -> bool:
    """Whether a phrase counts or points without saying what: "the other two", "six", "the remaining ten"."""
    words = [w for w in re.findall(r"[\w-]+", fold(name)) if w not in ("the", "a", "an", "of", "some", "all")]
    return bool(words) and all(w in word_set("numerals") or w[0].isdigit() for w in words)


def _opposite(event: Event, lower: frozenset[str]) -> Subject | None:
    """ "The plant will stay open": it is not closed; "the dam is intact": it is not damaged.

    What has a day ("will open in May") happens, and is not merely the opposite of what does not.
    """
    family = opposite_family(fold(event.predicate))
    thing = event.theme or event.agent
    if family is None or thing is None or event.time is not None:
        return None
    return Subject(family.name, _theme(thing.name, thing, lower), None, turned=True)


def _before_verb(event: Event, statement: Statement) -> str | None:
    """The words that a statement begins with, up to its verb, if they are few: its subject."""
    head, verb, _ = statement.content.text.partition(f" {event.trigger.text} ")
    words = head.split()
    return head.removeprefix("that ") if verb and 0 < len(words) <= FEW_WORDS else None


def _moved(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """A thing that comes to a place, or is there, has been put there; one that leaves is on its way."""
    words = {fold(event.predicate).replace(" ", "_"), event.predicate_class or ""}
    if words & word_set("arriving"):
        mover = event.agent if _is_thing(event.agent) else None
        if mover is None and not words & word_set("entering"):
            mover = event.theme if _is_thing(event.theme) else None
        family = "placement"
    elif fold(event.predicate) == "go" and event.place is None and _is_thing(event.agent):
        mover, family = event.agent, "go"
    elif words & word_set("leaving"):
        mover, family = event.agent if _is_thing(event.agent) or _is_crowd(event.agent) else None, "departure"
        if mover is None and event.agent is not None and event.agent.kind is AgentKind.GROUP:
            mover = event.agent
        if mover is None and event.agent is None and event.theme is not None and proper_words(event.theme.name):
            unit = event.quantity.unit if event.quantity else None
            unit = unit or _before_verb(event, statement)
            return Subject("departure", _theme(unit, None, lower), None) if unit else None
    elif words & word_set("being") and (event.place is not None or event.time is not None):
        mover, family = event.theme if _is_thing(event.theme) else None, "placement"
        if mover is None and fold(event.predicate) != "be":  # "four launchers stand on the airfield"
            mover = event.agent if _is_thing(event.agent) else None
        if mover is not None and event.place is None and not _counted(event):
            mover = None
    else:
        return None
    if mover is None or _names_event(mover.name):
        return None
    return Subject(family, _counted_theme(event, mover, lower), None)


def _totalled(event: Event, elided: str | None, lower: frozenset[str]) -> Subject | None:
    """ "Bringing the total to 36": a count of what was counted before."""
    if elided is None or event.theme is None or not is_total(event.theme.name):
        return None
    return Subject("total", _theme(elided, None, lower), None)


def is_total(words: str) -> bool:
    """Whether a phrase only says that a number follows: "the total"."""
    nouns = noun_words(words) or tokens(words)
    return len(nouns) == 1 and nouns[0] in word_set("totals")


def _kept_back(event: Event, statement: Statement) -> Subject | None:
    """ "Declined to comment on the price": what is withheld is the price."""
    named = nominal(event.theme) if statement.act is Act.DECLINE else None
    return Subject(named[0].name, None, None) if named is not None else None


def _had(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """What somebody will have, he is to receive."""
    if fold(event.predicate) not in ("have", "get") or not _is_thing(event.theme) or event.quantity is None:
        return None
    coming = statement.factuality.value[:2] in ("PR", "PS") or statement.act in _INTENDING
    assert event.theme is not None
    return Subject("receipt", _counted_theme(event, event.theme, lower), event.agent) if coming else None


def _asked_for(event: Event, statement: Statement, lower: frozenset[str]) -> Subject | None:
    """Things asked for are asked to be given."""
    if event.predicate_class != "ask" and fold(event.predicate) not in ("ask", "request", "demand"):
        return None
    if event.quantity is None or not event.quantity.unit or is_money(event.quantity.unit):
        return None
    thing = event.theme if _is_thing(event.theme) or _is_counted_name(event) else None
    if is_generic_person(event.quantity.unit) or _names_event(thing.name if thing else event.quantity.unit):
        return None
    if thing is None:
        unit = noun_words(event.quantity.unit)
        asked = event.theme is None or event.theme.kind in (AgentKind.GROUP, AgentKind.PERSON, AgentKind.COUNTRY)
        if not asked or not unit or unit[-1] in word_set("persons"):
            return None
        return Subject("placement", _plain(_theme(event.quantity.unit, None, lower)), None, asked=True)
    return Subject("placement", _counted_theme(event, thing, lower), None, asked=True)


def _bare_count(event: Event, lower: frozenset[str]) -> Subject | None:
    """A count without a verb: "Four boats in the harbour", "the request for twelve boats"."""
    unit = event.quantity.unit if event.quantity else None
    if not unit or event.predicate_class is not None or is_money(unit):
        return None
    words = noun_words(unit)
    if not words or singular(fold(event.predicate)) != words[-1] or words[-1] in word_set("persons"):
        return None
    return Subject("placement", _theme(unit, None, lower), None)


def _finished(event: Event, lower: frozenset[str]) -> Subject | None:
    """Things that are finished have been built."""
    if event.predicate_class != "finish" or fold(event.predicate) not in ("finish", "complete"):
        return None
    if event.quantity is None or not event.quantity.unit or not (_is_thing(event.theme) or _is_counted_name(event)):
        return None
    theme = event.theme
    if theme is None or nominal(theme) is not None or "".join(noun_words(theme.name)[-1:]).endswith("ing"):
        return None
    return Subject("production", _counted_theme(event, theme, lower), event.agent)


def _names_event(words: str) -> bool:
    nouns = noun_words(words)
    return bool(nouns) and nominal_family(nouns[-1]) is not None


def _performed(event: Event) -> Subject | None:
    """ "Delivered the verdict", "held a hearing": the noun is the event."""
    done = nominal(event.theme) if fold(event.predicate).replace(" ", "_") in word_set("performing") else None
    if done is None or done[0].name not in word_set("performed"):
        return None
    return Subject(done[0].name, None, None)


def _years(event: Event, statement: Statement) -> Subject | None:
    """Years of prison, given or asked for: "nine years", "the prosecution wants twelve years"."""
    quantity = event.quantity
    unit = noun_words(quantity.unit) if quantity is not None and quantity.unit else ()
    if unit[-1:] not in (("year",), ("month",), ("sentence",), ("term",)):
        return None
    family = family_of(event.predicate_class or event.predicate)
    asked = event.predicate_class == "ask" or fold(event.predicate) in word_set("demanding")
    if asked and (statement.act in (Act.REQUEST, Act.PROPOSE) or statement.act is Act.ASSERT):
        return Subject("sentencing", None, None, asked=True)
    jailed = family is not None and family.name == "sentencing"
    return Subject("sentencing", None, None) if jailed and event.theme is None else None


def _sum_for(event: Event, statement: Statement) -> Subject | None:
    """What damage is put at, or a sum asked for by an event's name: "a fine of 3 million", "5 million in damages"."""
    quantity = event.quantity
    if quantity is None or not is_money(quantity.unit):
        return None
    if fold(event.predicate) == "damage":
        return Subject("compensation", None, None)
    asking = event.predicate_class == "ask" or fold(event.predicate) in word_set("demanding")
    taking = fold(event.predicate) in word_set("taking")
    if not (asking or taking):
        return None
    after = _FOR_WHAT.match(statement.content.text.partition(quantity.text)[2])
    if taking:  # "took 640,000 in bribes"
        bribes = (after is not None and nominal_family(singular(fold(after[1])))) or None
        return Subject(bribes.name, None, event.agent) if bribes is not None and bribes.name == "bribery" else None
    named = nominal(event.theme)
    family = named[0] if named is not None else nominal_family(fold(after[1])) if after is not None else None
    return Subject(family.name, None, None, asked=True) if family is not None and family.name in _SUMS else None


def _footed(event: Event) -> Subject | None:
    """ "Bear half of the cost", "cover all expenses": pay."""
    thing = noun_words(event.theme.name)[-1:] if event.theme is not None else ()
    if fold(event.predicate).replace(" ", "_") not in word_set("footing") or not set(thing) & word_set("costs"):
        return None
    return Subject("payment", None, event.agent)


def _cleared(event: Event, lower: frozenset[str]) -> Subject | None:
    """A deal that is cleared is approved; persons are acquitted."""
    if fold(event.predicate) != "clear" or event.theme is None or _is_crowd(event.theme):
        return None
    words = noun_words(event.theme.name)
    if not words or kind_of_thing(words[-1]) not in ("takeover", "treaty", "law"):
        return None
    return Subject("ratification", _theme(event.theme.name, event.theme, lower), event.agent)


def _named_by_noun(event: Event) -> Subject | None:
    """ "A closing in May", "the offer values it": the noun tells which event, where the verb would tell another."""
    said = nominal_family(fold(event.trigger.text))
    if said is not None and event.theme is None and said != family_of(event.predicate_class or event.predicate):
        return Subject(said.name, None, event.agent)
    offered = event.agent is not None and _names_event(event.agent.name)
    if fold(event.predicate) == "value" and offered:
        return Subject("valuation", None, None)
    return None


def _is_measured(event: Event) -> bool:
    """Whether its quantity is a measure: years, kilometres, percent."""
    unit = noun_words(event.quantity.unit) if event.quantity and event.quantity.unit else ()
    return bool(unit) and unit[-1] in word_set("measures")


def _counted(event: Event) -> bool:
    return event.quantity is not None and bool(event.quantity.unit)


def _is_counted_name(event: Event) -> bool:
    """Whether what is counted is called by a name: "twelve Kittiwakes"."""
    unit = event.quantity.unit if event.quantity else None
    return bool(unit and event.theme and fold(unit) in fold(event.theme.name))


def _counted_theme(event: Event, thing: Agent, lower: frozenset[str]) -> Theme | None:
    """The theme by its own words, by the unit where these say nothing ("at least 20" of "boats")."""
    words = thing.name
    if not noun_words(words) and not proper_words(words) and event.quantity and event.quantity.unit:
        words = event.quantity.unit
    found = _theme(words, thing, lower)
    if found is None or not _is_counted_name(event):
        return found
    return _plain(found)


def _plain(theme: Theme | None) -> Theme | None:
    """A counted name in the singular: "twelve Kittiwakes"."""
    return replace(theme, proper=frozenset(singular(w) for w in theme.proper)) if theme else None


def _is_thing(agent: Agent | None) -> bool:
    """Whether a participant is written as a common noun for no person: "boats", "Norvalian patrol boats"."""
    if agent is None or agent.country is not None:
        return False
    if _ONE_OF.match(agent.text) and proper_words(agent.name):
        return True
    last = re.findall(r"\w+", agent.name)[-1:]
    words = noun_words(agent.name)
    if agent.kind not in (None, AgentKind.DOCUMENT):
        return False
    return bool(last and words) and last[0].islower() and words[-1] not in word_set("persons")


def _is_crowd(agent: Agent | None) -> bool:
    """Whether a participant is persons of one sort: "sailors of the coast guard"."""
    if agent is None:
        return False
    words = noun_words(agent.name)
    return bool(words) and words[-1] in word_set("persons")


# ---------------------------------------------------------------- as the event itself has it


def _reading(event: Event, lower: frozenset[str]) -> tuple[str, Theme | None, Agent | None]:
    """Family, theme and agent of an event."""
    predicate = event.predicate_class or event.predicate
    counted = event.quantity.counted if event.quantity else None
    states = [counted] if counted else []
    family = next((f for f in (counted_family(fold(s)) for s in states) if f), None)
    words, agent = event.theme.name if event.theme else None, event.agent
    if family is None and (is_light(predicate) or is_light(event.predicate)):
        for participant in (event.theme, event.agent):
            named = nominal(participant)
            if named is not None:
                family, words = named
                agent = _whose(event.theme) if participant is event.agent else agent
                break
    if family is None:
        family = exact_family(event.predicate) or family_of(predicate) or family_of(event.predicate)
    name = family.name if family else fold(predicate)
    again = nominal(event.theme)
    if again is not None and again[0].name == name:
        words = again[1]
    if words is None and _is_thing(agent) and (family is None or family.agent == "never"):
        words, agent = (agent.name if agent else None), None
    if words is None or (family and family.theme == "ignored") or fold(event.predicate) in word_set("equipping"):
        return name, None, agent
    return name, _theme(words, event.theme, lower), agent


def _whose(participant: Agent | None) -> Agent | None:
    """Whose business something is, by what it is said to be: "the prerogative of Belarus" gives Belarus."""
    if participant is None:
        return None
    head, of, rest = participant.name.partition(" of ")
    words = noun_words(head)
    if not of or not words or not is_business(words[-1]):
        return None
    return replace(participant, name=rest, kind=None)


def nominal(participant: Agent | None) -> tuple[Family, str | None] | None:
    """What event a participant's words name, and of what: "the deployment of X" gives placement and X."""
    if participant is None:
        return None
    head, _, rest = fold(participant.text or participant.name).partition(" of ")
    words = noun_words(head)
    family = nominal_family(words[-1]) if words else None
    if family is None:
        return None
    original = (participant.text or participant.name).split(" of ", 1)
    plain = [_ARTICLE.sub("", fold(w)) for w in (participant.name, participant.text)]
    named = participant.name if plain[0] != plain[1] and not _names_event(participant.name) else None
    front = " ".join(w for w in original[0].split() if words[-1] not in noun_words(w))
    return family, named or (original[1] if rest else front or None)


def _theme(words: str, theme: Agent | None, lower: frozenset[str]) -> Theme | None:
    code = theme.country if theme is not None and theme.kind is AgentKind.COUNTRY and theme.name == words else None
    if code:
        return Theme(proper=frozenset({code}))
    words = _IN_BRACKETS.sub(" ", words)
    nouns = noun_words(words)
    proper = frozenset(w for w in proper_words(words) if w not in lower and w not in word_set("generic_things"))
    if not proper and (not nouns or nouns[-1] in word_set("generic_things") or is_generic_person(words)):
        return None
    return Theme(proper, tuple(n for n in nouns if n not in proper))
