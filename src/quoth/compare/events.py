"""Which claims are about one event: equal family, theme, place and (where it matters) agent, by names.

Cost grows with the claims: names are resolved through indexes, and groups are keys of a dictionary.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from quoth.compare.claims import Claim, Where, where_of
from quoth.compare.inflection import plural
from quoth.compare.names import fold, folded, is_bare_role, name_words, noun_words, singular, tokens_in
from quoth.compare.specifics import fullest
from quoth.compare.tables import Family, family_of, is_light, is_wrapping, process_of, word_set
from quoth.compare.themes import ACTORS, ThemeKey, themes_of
from quoth.compare.unions import Unions
from quoth.model import Agent, AgentKind, Document, EventFrame

AgentKey = tuple[str, ...]
GroupKey = tuple[str, ThemeKey, "Where", str | None]
"""Family, theme, place, and what else keeps a claim apart."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A claim with its canonical names, as far as the case tells them; `area` is the place as one with its
    neighbours."""

    claim: Claim
    theme: ThemeKey
    where: Where
    agent: AgentKey
    area: Where


@dataclass(frozen=True)
class Group:
    """Everything that is said about one event."""

    frame: EventFrame
    members: tuple[Matched, ...]
    family: str | None = None

    @cached_property
    def traits(self) -> Family:
        """What is known of its kind: by `family` where that is given, else by its first member."""
        known = family_of(self.family) if self.family else None
        return known or self.members[0].claim.traits

    @cached_property
    def process(self) -> tuple[str, ThemeKey]:
        """The process that it is a stage of, or itself, and what that is about."""
        return process_of(self.traits.name), self.members[0].theme

    @cached_property
    def is_stage(self) -> bool:
        """Whether it is a stage of a longer process about something known."""
        return self.process[0] != self.traits.name and bool(self.process[1])

    @cached_property
    def subjects(self) -> tuple[tuple[ThemeKey, AgentKey], ...]:
        """What is spoken of: the thing alone, and with each who is said to do it."""
        return tuple(sorted({(m.theme, agent) for m in self.members for agent in (m.agent, ())}))


def group_claims(claims: Sequence[Claim], documents: Iterable[Document]) -> tuple[Group, ...]:
    """The events of a case, in the order of their frames; two events whose frames read alike are one."""
    texts = {d.id: d.text for d in documents}
    themes = themes_of(claims, texts)
    wheres = _wheres(claims, themes, {})
    agents = _agents(claims)
    areas = _wheres(claims, themes, areas_of(outside(claims), map(FoldedText, texts.values())))
    keyed: dict[GroupKey, list[Matched]] = defaultdict(list)
    for claim, theme, where, area, agent in zip(claims, themes, wheres, areas, agents, strict=True):
        matched = Matched(claim, theme, where, agent, area)
        keyed[key_of(matched)].append(matched)
    shown = _theme_names(m for members in keyed.values() for m in members)
    groups: dict[EventFrame, list[Matched]] = defaultdict(list)
    for members in keyed.values():
        for part in by_agent(members):
            groups[frame_of(part, shown)] += part
    return tuple(
        Group(frame, tuple(sorted(members, key=reading_order)))
        for frame, members in sorted(groups.items(), key=lambda item: frame_order(item[0]))
    )


def key_of(m: Matched) -> GroupKey:
    """Equal for claims of one event, but for who does it."""
    return m.claim.family, m.theme, place_key(m.theme, m.area), _alone(m.claim, m.theme, m.where, m.agent)


def _alone(claim: Claim, theme: ThemeKey, where: Where, agent: AgentKey) -> str | None:
    """Beyond what a claim of which too little is known is not matched: its document, its statement, or who does it."""
    if theme:
        return None
    if family_of(claim.family) is None:
        if claim.points_at is None and agent and not (is_light(claim.family) or is_wrapping(claim.family)):
            return " ".join(agent)
        return claim.points_at or claim.statement.id
    return claim.statement.document_id if where == Where() and claim.traits.theme != "ignored" else None


def reading_order(m: Matched) -> tuple[str, int, str, str]:
    s = m.claim.statement
    return s.document_id, s.content.hull.start, s.id, m.claim.event.predicate


def frame_order(frame: EventFrame) -> tuple[str, ...]:
    return frame.predicate, frame.theme or "", frame.place or "", frame.agent or ""


# ---------------------------------------------------------------- where


PLACES_OF_ONE_STORY = 6
"""An article that names more places outside the gazetteer than this may be of several stories."""


def outside(claims: Iterable[Claim]) -> set[Where]:
    """The places of claims that no gazetteer places."""
    return {c.where for c in claims if c.where is not None and c.where.country is None and c.where.name}


class FoldedText:
    """A document's text, to look for names of places in."""

    def __init__(self, text: str) -> None:
        self.folded = folded(text)
        self.tokens = frozenset(tokens_in(self.folded))

    def names(self, by_word: Mapping[str, Sequence[Where]]) -> set[Where]:
        """Those of some places that stand in it; `by_word`: the places by their first words."""
        return {w for first in by_word.keys() & self.tokens for w in by_word[first] if (w.name or "") in self.folded}


def by_first_word(places: Iterable[Where]) -> dict[str, list[Where]]:
    found: dict[str, list[Where]] = defaultdict(list)
    for where in places:
        found[(where.name or "").split()[0]].append(where)
    return found


def areas_of(places: Set[Where], texts: Iterable[FoldedText]) -> dict[Where, Where]:
    """As `areas`, of the places that each text names."""
    by_word = by_first_word(places)
    return areas(places, (text.names(by_word) for text in texts))


def areas(places: Set[Where], together: Iterable[Set[Where]]) -> dict[Where, Where]:
    """Names that no gazetteer places, by one of those with which an article names them: a province beside its villages.

    Whether one lies in the other is not known; what happens there is taken for one story's.  `together`: what each
    article names.
    """
    unions = Unions(places)
    for near in together:
        if len(near) <= PLACES_OF_ONE_STORY:
            for a, b in itertools.pairwise(near):
                unions.join(a, b)
    return {w: min(group, key=str) for group in unions.groups() for w in group}


def area_of(claim: Claim, areas: Mapping[Where, Where]) -> Where:
    return areas.get(claim.where, claim.where) if claim.where else Where()


def _wheres(claims: Sequence[Claim], themes: Sequence[ThemeKey], areas: Mapping[Where, Where]) -> list[Where]:
    """Where each claim's event is, as fully as the case tells; by its area where `areas` has one."""
    pairs = zip(claims, themes, strict=True)
    used = [(c.statement.document_id, (c.family, theme, area_of(c, areas))) for c, theme in pairs]
    full = fullest(used, where_less, near_where, near_in_case=fuller_where)
    return [full[entry][2] for entry in used]


def near_where(name: tuple[str, ThemeKey, Where]) -> list[Hashable]:
    """What any place of the theme, of the country, and of the name is filed under."""
    about, where = name[:2], name[2]
    told = (("country", where.country), ("name", where.name))
    return [about, *((*about, field, value) for field, value in told if value)]


def fuller_where(name: tuple[str, ThemeKey, Where]) -> list[Hashable]:
    """Under what those are filed that `where_less` takes a place for; none where all of it is told."""
    about, *told = near_where(name)
    return [] if len(told) > 1 else told or [about]


def where_less(a: tuple[str, ThemeKey, Where], b: tuple[str, ThemeKey, Where]) -> bool:
    """About one theme: no place is short for any; a country for the one place in it; a name for it with its country."""
    x, y = a[2], b[2]
    if a[:2] != b[:2] or x == y or a[0] == "measuring":  # the turnout in one town is not the turnout
        return False
    if x == Where():
        return True
    if x.country and not x.name:
        return y.country == x.country
    return x.country is None and x.name == y.name


def place_key(theme: ThemeKey, where: Where) -> Where:
    """What a named thing undergoes is one event wherever in the country (or where the country is unknown); what others
    undergo, one at each place."""
    return Where(where.country) if theme[:1] == ("",) else where


# ---------------------------------------------------------------- who


def agent_key(agent: Agent | None, people_are_countries: bool) -> AgentKey:
    """A country's code or the words of a name; () for nobody in particular, and for things."""
    if agent is None or agent.kind in (AgentKind.UNATTRIBUTED, AgentKind.NARRATOR, AgentKind.ANONYMOUS):
        return ()
    if agent.country and (agent.kind is AgentKind.COUNTRY or people_are_countries):
        return ("", agent.country)
    if agent.kind in (AgentKind.PERSON, None) and is_bare_role(agent.name):
        return ()
    words = set(name_words(agent.name))
    if agent.kind not in ACTORS and (not agent.name[:1].isupper() or words <= word_set("calendar")):
        return ()
    return tuple(sorted(words))


def _agents(claims: Sequence[Claim]) -> list[AgentKey]:
    codes = country_codes(Counter(countries_named(claims)))
    used = [(c.statement.document_id, acting(c, codes)) for c in claims]
    full = fullest(used, agent_less, near_agent)
    return [full[entry] for entry in used]


def acting(claim: Claim, codes: Mapping[str, str]) -> AgentKey:
    """Who does it, by the words of the claim: "the government of Arlan" is Arlan."""
    agent, land = claim.agent, land_in(claim)
    if agent is not None and land is not None:
        agent = replace(agent, country=codes.get(land))
    return agent_key(agent, claim.traits.agent != "always")


def land_in(claim: Claim) -> str | None:
    """The folded name behind "of" in the name of an agent of no known country."""
    agent = claim.agent
    if agent is None or agent.country is not None or " of " not in agent.name:
        return None
    return fold(agent.name.rpartition(" of ")[2])


def agent_less(a: AgentKey, b: AgentKey) -> bool:
    return bool(a) and set(a) < set(b)


def near_agent(key: AgentKey) -> AgentKey:
    return key


def countries_named(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """The countries that claims name: folded name and code, once for each time."""
    for c in claims:
        for agent in (c.event.agent, c.event.theme, c.event.recipient, c.statement.source):
            if agent is not None and agent.kind is AgentKind.COUNTRY and agent.country:
                yield fold(agent.name), agent.country
        place = c.event.place
        if place is not None and place.country and where_of(place).name is None:
            yield fold(place.name), place.country


def country_codes(named: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Each name's code, the most frequent where there are several ("Georgia")."""
    return {name: code for (name, code), _ in sorted(named.items(), key=lambda item: (item[1], item[0]))}


def by_agent(members: list[Matched]) -> list[list[Matched]]:
    """One event an agent, where the agent makes the event; claims that name none join the only one."""
    traits, theme = members[0].claim.traits, members[0].theme
    common = traits.agent == "common" and traits.theme != "ignored" and traits.asks != "agent"
    apart = traits.agent == "always" or (common and theme[:1] != ("",))
    if not apart:
        return [members]
    used = [(m.claim.statement.document_id, m.agent) for m in members]
    full = fullest(used, lambda a, b: not a and bool(b), lambda key: [True])
    parts: dict[AgentKey, list[Matched]] = defaultdict(list)
    for m, entry in zip(members, used, strict=True):
        parts[full[entry]].append(m)
    return list(parts.values())


# ---------------------------------------------------------------- the frame


def _theme_names(members: Iterable[Matched]) -> dict[ThemeKey, str]:
    """What each theme is called most often in the case."""
    called: dict[ThemeKey, list[str]] = defaultdict(list)
    for m in members:
        name = theme_name(m)
        if name:
            called[m.theme].append(name)
    return {key: fullest_of(names) or names[0] for key, names in called.items()}


def fullest_of(names: Iterable[str | None]) -> str | None:
    """The most frequent name; one as frequent that says more is better ("Dravik bridge", "bridge")."""
    counts = Counter(n for n in names if n)
    best = _common(counts.elements())
    words = set(name_words(best)) if best else set()
    more = [n for n, count in counts.items() if best and count == counts[best] and words < set(name_words(n))]
    return min(more, key=lambda n: (len(n), n)) if more else best


def frame_of(members: list[Matched], shown: Mapping[ThemeKey, str] | None = None) -> EventFrame:
    """The event by its most frequent names, the shorter and then the alphabetically first where two are as frequent."""
    claims = [m.claim for m in members]
    family = claims[0].traits
    keep_agent = family.agent == "always" or (family.agent == "common" and _one_agent(members))
    agents = [c.agent.name for c in claims if c.agent and keep_agent]
    countries = [c.agent.name for c in claims if c.agent and c.agent.kind is AgentKind.COUNTRY]
    place = _place_name(members)
    agent = _common(countries if keep_agent and countries else agents)
    return EventFrame(
        predicate=_predicate(claims),
        agent=agent if agent != place else None,
        theme=fullest_of(theme_name(m) for m in members) or (shown or {}).get(members[0].theme),
        place=place,
    )


def _one_agent(members: Sequence[Matched]) -> bool:
    """Whether all who say who does it name the same, and not too few say so."""
    named = [m.agent for m in members if m.agent]
    return len(set(named)) == 1 and 3 * len(named) >= len(members)


def _predicate(claims: Sequence[Claim]) -> str:
    own = [c.event.predicate_class or c.event.predicate for c in claims if not is_borrowed(c)]
    return _common(own) or claims[0].traits.verb or claims[0].family


def is_borrowed(claim: Claim) -> bool:
    """Whether the family came from a noun or a counted state, so that the verb is not the event's."""
    if claim.recast:
        return False
    own = family_of(claim.event.predicate_class or claim.event.predicate) or family_of(claim.event.predicate)
    return (own.name if own else fold(claim.event.predicate_class or claim.event.predicate)) != claim.family


def theme_name(m: Matched) -> str | None:
    theme = m.claim.event.theme
    if theme is None or m.claim.theme is None:
        return None
    at_its_place = set(m.claim.theme.nouns[-1:]) <= word_set("sites")
    if m.theme[:1] == ("",) and not m.claim.theme.proper and not at_its_place:
        return None
    if m.claim.recast and not _is_named_in(m.claim, theme.name):
        unit = m.claim.event.quantity.unit if m.claim.event.quantity else None
        return unit or plural(" ".join(m.claim.theme.nouns[-1:])) or None
    words = theme.name.strip(" “”\"'‘’")
    for article in ("the ", "a ", "an "):
        words = words[len(article) :] if words.casefold().startswith(article) else words
    return words


def _is_named_in(claim: Claim, words: str) -> bool:
    """Whether words name what the claim is about, and not where it goes."""
    own = {*claim.theme.nouns, *claim.theme.proper} if claim.theme else set()
    return not own or not own.isdisjoint({*noun_words(words), *map(singular, name_words(words)), *name_words(words)})


def _place_name(members: list[Matched]) -> str | None:
    places = [m.claim.event.place for m in members if m.claim.event.place is not None]
    wide = [p.name for p in places if where_of(p).name is None]
    if wide:
        return _common(wide)
    if places:
        return _common(p.name for p in places)
    holders = [h.name for m in members for h in (m.claim.event.recipient, m.claim.event.agent)
               if h is not None and h.country and m.claim.where == Where(h.country)]  # fmt: skip
    return _common(holders)


def _common(names: Iterable[str | None]) -> str | None:
    counts = Counter(n for n in names if n)
    return min(counts, key=lambda n: (-counts[n], len(n), n)) if counts else None
