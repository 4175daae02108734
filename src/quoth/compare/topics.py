"""What questions are asked about: the stages of one process about one thing together, and counts of one unit.

A group (events.py) is one kind of event; an announced delivery, the handing over and the arrival are three.  A topic
holds them all.  A count whose verb says nothing ("the inspectors found two") joins the topic that counts its unit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from quoth.compare.events import Group, Matched, frame_of
from quoth.compare.kept import Kept
from quoth.compare.names import noun_words
from quoth.compare.prices import price_of
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.tables import family_of, is_light, is_wrapping, kind_of_thing, word_set
from quoth.model import EventFrame

Key = tuple[object, ...]
K = TypeVar("K")


def topics_of(groups: Sequence[Group], kept: Kept | None = None) -> tuple[Group, ...]:
    """The groups, those that are stages of one process about one thing made one."""
    kept = kept or Kept()
    countries = _countries(groups)
    keyed: dict[Key, list[Group]] = defaultdict(list)
    for number, group in enumerate(groups):
        keyed[_key(group, number, countries)].append(group)
    return tuple(
        parts[0] if len(parts) == 1 else kept.of(("topic", key), parts, partial(_joined, parts))
        for key, parts in keyed.items()
    )


def _key(group: Group, number: int, countries: dict[Key, set[str]]) -> Key:
    if not group.is_stage:
        return ("alone", number)
    return (*group.process, group.members[0].where.country if len(countries[group.process]) > 1 else None)


def _countries(groups: Iterable[Group]) -> dict[Key, set[str]]:
    """In which countries each process goes on with each named thing."""
    found: dict[Key, set[str]] = defaultdict(set)
    for group in groups:
        country = group.members[0].where.country
        if country:
            found[group.process].add(country)
    return found


def _joined(parts: Sequence[Group]) -> Group:
    largest = max(parts, key=lambda g: len(g.members))
    members = [*largest.members, *(m for g in parts if g is not largest for m in g.members)]
    return Group(largest.frame, tuple(members))


# ---------------------------------------------------------------- counts


@dataclass(frozen=True, slots=True)
class _Part:
    """Members of a topic whose counts are of one question, and how often they count each unit in each document."""

    members: tuple[Matched, ...]
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Shares:
    """The members of a topic: those that give prices, those whose counts have no event of their own, and all others."""

    prices: tuple[tuple[Key, Matched], ...]
    loose: tuple[tuple[str, Matched], ...]
    stay: tuple[_Part, ...]


def _shares(topic: Group) -> _Shares:
    prices, loose, stay = [], [], []
    for m in topic.members:
        price = price_of(m)
        unit = unit_of(m)
        if price is not None:
            prices.append((price, m))
        elif unit and (family_of(m.claim.family) is None or not m.claim.traits.counts):
            loose.append((unit, m))
        else:
            stay.append(m)
    return _Shares(tuple(prices), tuple(loose), tuple(map(_part, _by_measure(stay))))


def _part(members: list[Matched]) -> _Part:
    units = ((unit_of(m), m) for m in members if m.claim.event.quantity is not None)
    return _Part(tuple(members), Counter((unit, m.claim.statement.document_id) for unit, m in units if unit))


def counts_of(topics: Sequence[Group], kept: Kept | None = None, counting: Counting | None = None) -> tuple[Group, ...]:
    """The topics as questions about numbers see them: prices together, and counts without an event of their own
    with the topic that counts the same unit."""
    kept = kept or Kept()
    prices: dict[Key, list[Matched]] = defaultdict(list)
    loose: dict[str, list[Matched]] = defaultdict(list)
    staying: list[tuple[Group, _Part]] = []
    for topic in topics:
        shares = kept.of(("shares", topic.frame), (topic,), partial(_shares, topic))
        for price, m in shares.prices:
            prices[price].append(m)
        for unit, m in shares.loose:
            loose[unit].append(m)
        staying += [(topic, part) for part in shares.stay]
    joined: dict[int, list[Matched]] = defaultdict(list)
    alone: dict[str, list[Matched]] = defaultdict(list)
    counting = counting or Counting()
    counting.update(staying)
    for unit, members in sorted(loose.items()):
        for m in members:
            home = counting.home(unit, m.claim.statement.document_id)
            if home is None:
                alone[unit].append(m)
            else:
                joined[home].append(m)
    found = []
    for i, (topic, part) in enumerate(staying):
        if i not in joined and len(part.members) == len(topic.members):
            found.append(topic)
        else:
            counting_it = (*part.members, *joined[i])
            key = ("count", topic.frame, id(part))
            found.append(kept.of(key, (part, *counting_it), partial(Group, topic.frame, counting_it)))
    found += [kept.of(("loose", unit), members, partial(_counted_alone, members)) for unit, members in alone.items()]
    return (*found, *_prices(prices, kept))


def _counted_alone(members: list[Matched]) -> Group:
    telling = _telling_first(members)
    return Group(frame_of(telling), tuple(telling))


def _by_measure(members: list[Matched]) -> list[list[Matched]]:
    """What a thing comes to in money and in percent are two questions."""
    parts: dict[object, list[Matched]] = defaultdict(list)
    for m in members:
        unit = m.claim.unit if m.claim.family == "measuring" else None
        words = noun_words(unit) if unit else ()
        parts["money" if unit and is_money(unit) else words[-1:]].append(m)
    return list(parts.values())


def _telling_first(members: list[Matched]) -> list[Matched]:
    """Those first whose verb says what happens."""
    return sorted(members, key=lambda m: is_light(m.claim.family) or is_wrapping(m.claim.family))


def _prices(prices: dict[Key, list[Matched]], kept: Kept) -> Iterable[Group]:
    """A price that is not said to be of anything is of what most prices are of."""
    of: dict[object, Counter[Key]] = defaultdict(Counter)
    for (kind, theme), members in prices.items():
        if theme:
            of[kind][kind, theme] = len(members)
    merged: dict[Key, list[Matched]] = defaultdict(list)
    for (kind, theme), members in prices.items():
        home = (kind, theme) if theme or not of[kind] else of[kind].most_common(1)[0][0]
        merged[home] += members
    return [
        kept.of(("price", kind, theme), members, partial(_priced, str(kind), members))
        for (kind, theme), members in merged.items()
    ]


def _priced(kind: str, members: list[Matched]) -> Group:
    bought = [m for m in members if m.claim.family == "acquisition"]
    if bought:
        others = [m for m in members if m.claim.family != "acquisition"]
        return Group(frame_of(bought), (*bought, *others))
    named = [m for m in members if m.theme[:1] == ("",) and m.claim.theme is not None]
    return Group(EventFrame(predicate=kind, theme=frame_of(named).theme if named else None), tuple(members), kind)


def unit_of(m: Matched) -> str | None:
    """What a claim counts or declines to count, as one noun for all of its kind; None for persons in general, money."""
    unit = m.claim.unit
    if not unit or is_money(unit) or is_generic_person(unit):
        return None
    words = noun_words(unit)
    return kind_of_thing(words[-1]) if words and words[-1] not in word_set("measures") else None


class Counting:
    """How often each part of a topic counts each unit, in all and in each document; kept from one round to the next."""

    def __init__(self) -> None:
        self._parts: dict[int, _Part] = {}
        self._in_all: dict[str, Counter[int]] = defaultdict(Counter)
        self._here: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self._number: dict[int, int] = {}
        self._most: dict[str, int | None] = {}

    def update(self, topics: Sequence[tuple[Group, _Part]]) -> None:
        """Take these for all topics, in their order."""
        parts = {id(part): part for _, part in topics}
        for which, part in self._parts.items():
            if which not in parts:
                self._count(which, part, -1)
        for which, part in parts.items():
            if which not in self._parts:
                self._count(which, part, 1)
        self._parts = parts
        self._number = {which: number for number, which in enumerate(parts)}
        self._most = {}

    def _count(self, which: int, part: _Part, sign: int) -> None:
        for (unit, document), times in part.counts.items():
            _add(self._in_all, unit, which, sign * times)
            _add(self._here, (unit, document), which, sign * times)

    def home(self, unit: str, document: str) -> int | None:
        """The number of the topic that counts the unit: in this document, else the one that counts it most often."""
        here, in_all, number = self._here.get((unit, document)), self._in_all.get(unit), self._number
        if here and in_all:
            if len(here) == 1:
                return number[next(iter(here))]
            return number[max(here, key=lambda which: (here[which], in_all[which], -number[which]))]
        if unit not in self._most:
            most = max(in_all, key=lambda which: (in_all[which], -number[which])) if in_all else None
            self._most[unit] = None if most is None else number[most]
        return self._most[unit]


def _add(counts: dict[K, Counter[int]], key: K, which: int, times: int) -> None:
    counts[key][which] += times
    if not counts[key][which]:
        del counts[key][which]
    if not counts[key]:
        del counts[key]
