"""A claim: one event of one statement, with what it is about in comparable form."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from quoth.compare.ellipsis import elided_nouns
from quoth.compare.intervals import before, days, fresh
from quoth.compare.names import fold, tokens
from quoth.compare.opposites import Predicate
from quoth.compare.participants import Theme, nominal
from quoth.compare.rebuttals import pointed_at
from quoth.compare.subjects import subject_of
from quoth.compare.tables import Family, family_of, is_wrapping, word_set
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Basis,
    BlockKind,
    DateRange,
    Document,
    Event,
    Factuality,
    Phase,
    Place,
    PlacePrecision,
    Polarity,
    Slot,
    Statement,
)

_INTENDING = frozenset({Act.PLAN, Act.PROMISE, Act.THREATEN})


class Stage(enum.IntEnum):
    """How far a process is, as a statement puts it."""

    ASKED = 1
    AGREED = 2
    PLANNED = 3
    UNDER_WAY = 4
    DONE = 5


@dataclass(frozen=True, slots=True)
class Where:
    """A country's code, and a name inside it (or a name whose country is unknown); both None: not stated."""

    country: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Claim:
    """`family` is the name of the event's family, else its class or lemma; `theme`, `where`, `agent`: None if unstated.

    `main` tells the event that is spoken of, the first that holds no other; `agent` is the event's, or whoever's
    business it is said to be.  `turned`: its words deny the event by their sense ("stay open"); `elided`: what a bare
    number in it is of; `points_at`: the statement that a denial or confirmation is about, where it only points at it.
    """

    statement: Statement
    document: Document | None
    event: Event
    main: bool
    agent: Agent | None
    family: str
    theme: Theme | None
    where: Where | None
    turned: bool = False
    asked: bool = False
    recast: bool = False
    elided: str | None = None
    points_at: str | None = None

    @cached_property
    def unit(self) -> str | None:
        """What the quantity is of, or what a bare number leaves out."""
        return (self.event.quantity.unit if self.event.quantity else None) or self.elided

    @cached_property
    def traits(self) -> Family:
        return family_of(self.family) or Family(self.family)

    @cached_property
    def factuality(self) -> Factuality:
        """The event's for the statement's source, with the event's polarity."""
        events = self.statement.events
        first = bool(events) and self.event is events[0]
        spoken_of = first or self.points_at is not None
        spoken_of = spoken_of or (self.main and (events[0].predicate == "be" or self.statement.act is Act.DENY))
        found = self.statement.factuality if spoken_of else self.event.factuality
        if self.event.polarity is Polarity.NEGATIVE and found.polarity is Polarity.POSITIVE:
            found = Factuality(found.value[:-1] + "-")
        if self.turned and found.polarity is not None:
            found = Factuality(found.value[:-1] + ("-" if found.polarity is Polarity.POSITIVE else "+"))
        return found

    @cached_property
    def negative(self) -> bool:
        """Whether the source says that it is not so; "no warheads were moved" is as negative as "were not moved"."""
        quantity = self.event.quantity
        none_at_all = quantity is not None and quantity.max == 0
        return self.factuality.polarity is Polarity.NEGATIVE or (none_at_all and self.factuality.polarity is not None)

    @cached_property
    def hedged(self) -> bool:
        """Whether the source itself is not sure; a plan or a promise is no hedge."""
        if self.statement.act is Act.ESTIMATE or self.factuality.value.startswith("PS"):
            return True
        intended = self.statement.act in _INTENDING or self.ahead or self._open_ended
        return self.factuality.value.startswith("PR") and not intended

    @cached_property
    def _open_ended(self) -> bool:
        """Whether its time goes on after it was said: "will arrive in the first half of this year"."""
        when, spoken = days(self.event.time), self.spoken
        if when is None or spoken is None or when[1] is None or spoken[1] is None:
            return False
        return when[1] > spoken[1]

    @cached_property
    def spoken(self) -> DateRange | None:
        """When it was said; where that is not stated, the day of publication, news being of its day."""
        said = self.statement.said
        stated = days(said)
        if stated is not None and said is not None and said.basis is Basis.PUBLICATION and stated[0] is None:
            return fresh(stated[1])
        if stated is not None:
            return stated
        published = self.document.published if self.document else None
        return (published, published) if published else None

    @cached_property
    def stage(self) -> Stage:
        statement, event = self.statement, self.event
        if self.asked or statement.act in (Act.REQUEST, Act.PROPOSE):
            return Stage.ASKED
        if statement.act in _INTENDING or self.ahead:
            return Stage.AGREED if fold(event.predicate) == "agree" else Stage.PLANNED
        if self.family == "signing" and event.quantity is not None:
            return Stage.AGREED
        if event.phase in (Phase.BEGIN, Phase.CONTINUE):
            return Stage.UNDER_WAY
        return Stage.DONE

    @cached_property
    def ahead(self) -> bool:
        """Whether the event lies after it was said."""
        when, spoken = days(self.event.time), self.spoken
        if when is None or spoken is None:
            return False
        if when[1] is None and self.factuality is Factuality.CERTAIN:
            return False
        return before(spoken, when) or (when[0] is None and before(spoken, (when[1], None)))


def headline_and_text(a: Claim, b: Claim) -> tuple[Claim, Claim] | None:
    """Two claims of one document as what its headline and what its text says; None where they are not that."""
    if a.statement.document_id != b.statement.document_id:
        return None
    first, second = (c.statement.block is BlockKind.HEADLINE for c in (a, b))
    return None if first == second else (a, b) if first else (b, a)


_ASKING = {
    Slot.QUANTITY: re.compile(r"\b(?:how m(?:any|uch)|number|figures?|quantity|amount|price|toll|cost|casualt)", re.I),
    Slot.TIME: re.compile(r"\b(?:when|date|timing|time ?frame|time ?table|schedule|deadline|how soon)", re.I),
    Slot.PLACE: re.compile(r"\b(?:where|locations?|sites?|place)\b", re.I),
    Slot.AGENT: re.compile(r"\b(?:who|whose|which (?:company|country|party|group))\b", re.I),
    Slot.POLARITY: re.compile(r"\b(?:whether|if|confirm|deny|rule out|comment)\b", re.I),
}  # fmt: skip


def withheld(statement: Statement) -> frozenset[Slot]:
    """The slots that a statement declines to give, by its words ("how many …"); none for any other act."""
    if statement.act is not Act.DECLINE:
        return frozenset()
    return frozenset(slot for slot, asking in _ASKING.items() if asking.search(statement.content.text))


def claims_of(
    statement: Statement,
    document: Document | None,
    lower: frozenset[str],
    elided: Mapping[Event, str] = MappingProxyType({}),
    denying: Mapping[str, Predicate] = MappingProxyType({}),
) -> Iterator[Claim]:
    """The claims of a statement; `lower` are the words that its document also writes in lower case; `elided`, what its
    bare numbers are of, by event; `denying`, which predicates deny which others.

    Events that only hold another ("likely", "asked") make no claim of their own where there is another.
    """
    events = [e for e in statement.events if not _holds_another(e, statement.events)] or list(statement.events)
    for index, event in enumerate(events):
        left_out = elided.get(event)
        found = subject_of(event, statement, lower, left_out, denying)
        yield Claim(
            statement, document, event, index == 0, found.agent, found.family, found.theme, _where(event),
            found.turned, found.asked, found.recast, left_out,
        )  # fmt: skip


def claims_in(
    statements: Sequence[Statement],
    document: Document | None,
    lower: frozenset[str],
    denying: Mapping[str, Predicate] = MappingProxyType({}),
) -> list[Claim]:
    """The claims of a document's statements; those that only point back at another say what that says."""
    elided = elided_nouns(statements)
    found = [claim for s in statements for claim in claims_of(s, document, lower, elided, denying)]
    return pointing_claims(found, pointed_at(statements))


def pointing_claims(claims: Sequence[Claim], pointing: Mapping[str, str]) -> list[Claim]:
    """The claims, those of statements that only point at others replaced by what these mainly claim."""
    main = {c.statement.id: c for c in claims if c.main}
    targets = frozenset(pointing.values())
    found: list[Claim] = []
    for c in claims:
        target = main.get(pointing.get(c.statement.id, ""))
        if target is None:
            found.append(replace(c, points_at=c.statement.id) if c.main and c.statement.id in targets else c)
        elif c.main:
            denied = c.statement.act is Act.DENY
            polarity = Polarity.NEGATIVE if denied else target.event.polarity
            event = replace(target.event, polarity=polarity, quantity=None, time=None)
            found.append(replace(target, statement=c.statement, document=c.document, event=event,
                                 points_at=target.statement.id))  # fmt: skip
    return found


def _holds_another(event: Event, events: Sequence[Event]) -> bool:
    """Whether it is a holding verb with nothing of its own: no event in its words, no number or time but another's."""
    if not (is_wrapping(event.predicate) or is_wrapping(event.predicate_class or "")):
        return False
    if any(nominal(p) for p in (event.theme, event.agent)):
        return False
    others = [e for e in events if e is not event and not is_wrapping(e.predicate)]
    counts = {e.quantity.spans for e in others if e.quantity}
    times = {e.time.spans for e in others if e.time}
    own_count = event.quantity is not None and event.quantity.spans not in counts
    own_time = event.time is not None and event.theme is not None and event.time.spans not in times
    return not own_count and not own_time


def _where(event: Event) -> Where | None:
    family = family_of(event.predicate_class or event.predicate)
    if event.place is not None:
        return where_of(event.place)
    names = {fold(event.predicate), fold(event.predicate_class or "")}
    holders = [event.recipient] + ([event.agent] if family and names & family.holder else [])
    for holder in holders:
        if holder is not None and holder.country and holder.kind is not AgentKind.PERSON:
            return Where(holder.country)
    return None


def where_of(place: Place) -> Where:
    """A place as a country and a name inside it; the country alone when the name adds nothing to it."""
    wide = place.precision in (PlacePrecision.COUNTRY, PlacePrecision.CONTINENT)
    empty = word_set("grounds") | word_set("demonyms") | word_set("empty")
    inner = [w for w in tokens(place.name) if w not in empty]
    if place.country and (wide or not inner):
        return Where(place.country)
    return Where(place.country, " ".join(inner or tokens(place.name)))
