"""What questions are asked about: the stages of one process about one thing together, and counts of one unit.

A group (events.py) is one kind of event; an announced delivery, the handing over and the arrival are three.  A topic
holds them all.  A count whose verb says nothing ("the inspectors found two") joins the topic that counts its unit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quoth.compare.events import Group, Matched, frame_of
from quoth.compare.names import noun_words
from quoth.compare.prices import price_of
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.tables import family_of, is_light, is_wrapping, kind_of_thing, process_of, word_set
from quoth.model import EventFrame

Key = tuple[object, ...]


def topics_of(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups, those that are stages of one process about one thing made one."""
    countries = _countries(groups)
    keyed: dict[Key, list[Group]] = defaultdict(list)
    for number, group in enumerate(groups):
        keyed[_key(group, number, countries)].append(group)
    return tuple(_joined(parts) for parts in keyed.values())


def _key(group: Group, number: int, countries: dict[Key, set[str | None]]) -> Key:
    first = group.members[0]
    process = process_of(group.traits.name)
    if process == group.traits.name or not first.theme:
        return ("alone", number)
    known = countries[process, first.theme]
    return (process, first.theme, first.where.country if len(known) > 1 else None)


def _countries(groups: Iterable[Group]) -> dict[Key, set[str | None]]:
    """In how many countries each process goes on with each named thing."""
    found: dict[Key, set[str | None]] = defaultdict(set)
    for group in groups:
        first = group.members[0]
        if first.where.country:
            found[process_of(group.traits.name), first.theme].add(first.where.country)
        else:
            found[process_of(group.traits.name), first.theme] |= set()
    return found


def _joined(parts: Sequence[Group]) -> Group:
    if len(parts) == 1:
        return parts[0]
    largest = max(parts, key=lambda g: len(g.members))
    members = [*largest.members, *(m for g in parts if g is not largest for m in g.members)]
    return Group(largest.frame, tuple(members))


# ---------------------------------------------------------------- counts


def counts_of(topics: Sequence[Group]) -> tuple[Group, ...]:
    """The topics as questions about numbers see them: prices together, and counts without an event of their own
    with the topic that counts the same unit."""
    prices: dict[Key, list[Matched]] = defaultdict(list)
    loose: dict[str, list[Matched]] = defaultdict(list)
    kept: list[tuple[Group, list[Matched]]] = []
    for topic in topics:
        stay = []
        for m in topic.members:
            price = price_of(m)
            unit = unit_of(m)
            if price is not None:
                prices[price].append(m)
            elif unit and (family_of(m.claim.family) is None or not m.claim.traits.counts):
                loose[unit].append(m)
            else:
                stay.append(m)
        if stay:
            kept.append((topic, stay))
    joined: dict[int, list[Matched]] = defaultdict(list)
    alone: dict[str, list[Matched]] = defaultdict(list)
    counting = _counting(members for _, members in kept)
    for unit, members in sorted(loose.items()):
        for m in members:
            home = counting[unit].home(m) if unit in counting else None
            if home is None:
                alone[unit].append(m)
            else:
                joined[home].append(m)
    found = [Group(topic.frame, (*stay, *joined[i])) for i, (topic, stay) in enumerate(kept)]
    found += [Group(frame_of(members), tuple(members)) for members in map(_telling_first, alone.values())]
    return (*found, *_prices(prices))


def _telling_first(members: list[Matched]) -> list[Matched]:
    """Those first whose verb says what happens."""
    return sorted(members, key=lambda m: is_light(m.claim.family) or is_wrapping(m.claim.family))


def _prices(prices: dict[Key, list[Matched]]) -> Iterable[Group]:
    """A price that is not said to be of anything is of what most prices are of."""
    of: dict[object, Counter[Key]] = defaultdict(Counter)
    for (kind, theme), members in prices.items():
        if theme:
            of[kind][kind, theme] = len(members)
    merged: dict[Key, list[Matched]] = defaultdict(list)
    for (kind, theme), members in prices.items():
        home = (kind, theme) if theme or not of[kind] else of[kind].most_common(1)[0][0]
        merged[home] += members
    return [_priced(str(kind), members) for (kind, _), members in merged.items()]


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


@dataclass(slots=True)
class Counting:
    """Which topics, by number, count a unit: how often in all, and how often in each document."""

    in_all: Counter[int] = field(default_factory=Counter)
    documents: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    most: int | None = None
    """The topic that counts it most often, the first of several."""

    def home(self, m: Matched) -> int | None:
        """The topic that counts the claim's unit: in its own document, else the one that counts it most often."""
        here = self.documents.get(m.claim.statement.document_id)
        if here:
            return max(here, key=lambda i: (here[i], self.in_all[i], -i))
        if self.most is None:
            self.most = max(self.in_all, key=lambda i: (self.in_all[i], -i))
        return self.most


def _counting(topics: Iterable[Sequence[Matched]]) -> dict[str, Counting]:
    found: dict[str, Counting] = defaultdict(Counting)
    for i, members in enumerate(topics):
        for m in members:
            unit = unit_of(m) if m.claim.event.quantity is not None else None
            if unit:
                found[unit].in_all[i] += 1
                found[unit].documents[m.claim.statement.document_id][i] += 1
    return found
