"""Which claims are about one event: equal family, theme, place and (where it matters) agent, by names.

Cost grows with the claims: names are resolved through indexes, and groups are keys of a dictionary.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.compare.claims import Claim, Where, where_of
from quoth.compare.names import fold, name_words, singular
from quoth.compare.specifics import fullest
from quoth.compare.subjects import Theme
from quoth.compare.tables import Family, family_of, is_listed, kind_of_thing, process_of, word_set
from quoth.model import Agent, AgentKind, Document, EventFrame

ThemeKey = tuple[str, ...]
"""("", proper words …) or (head noun, its modifiers …), sorted; () where nothing is known."""
AgentKey = tuple[str, ...]
ACTORS = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP})


@dataclass(frozen=True, slots=True)
class Matched:
    """A claim with its canonical names, as far as the case tells them."""

    claim: Claim
    theme: ThemeKey
    where: Where
    agent: AgentKey


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that is said about one event."""

    frame: EventFrame
    members: tuple[Matched, ...]
    family: str | None = None

    @property
    def traits(self) -> Family:
        """What is known of its kind: by `family` where that is given, else by its first member."""
        known = family_of(self.family) if self.family else None
        return known or self.members[0].claim.traits


def group_claims(claims: Sequence[Claim], documents: Iterable[Document]) -> tuple[Group, ...]:
    """The events of a case, in the order of their frames; two events whose frames read alike are one."""
    themes = _themes(claims, {d.id: d.text for d in documents})
    wheres = _wheres(claims, themes)
    agents = _agents(claims)
    keyed: dict[tuple[object, ...], list[Matched]] = defaultdict(list)
    for claim, theme, where, agent in zip(claims, themes, wheres, agents, strict=True):
        alone = _alone(claim, theme, where)
        keyed[claim.family, theme, _place_key(theme, where), alone].append(Matched(claim, theme, where, agent))
    shown = _theme_names(m for members in keyed.values() for m in members)
    groups: dict[EventFrame, list[Matched]] = defaultdict(list)
    for members in keyed.values():
        for part in _by_agent(members):
            groups[frame_of(part, shown)] += part
    return tuple(
        Group(frame, tuple(sorted(members, key=_reading_order)))
        for frame, members in sorted(groups.items(), key=lambda item: _frame_order(item[0]))
    )


def _alone(claim: Claim, theme: ThemeKey, where: Where) -> str | None:
    """Beyond what a claim of which too little is known is not matched: its document, or its statement."""
    if theme:
        return None
    if family_of(claim.family) is None:
        return claim.statement.id
    return claim.statement.document_id if where == Where() else None


def _reading_order(m: Matched) -> tuple[str, int, str, str]:
    s = m.claim.statement
    return s.document_id, s.content.hull.start, s.id, m.claim.event.predicate


def _frame_order(frame: EventFrame) -> tuple[str, ...]:
    return frame.predicate, frame.theme or "", frame.place or "", frame.agent or ""


# ---------------------------------------------------------------- what


def _themes(claims: Sequence[Claim], texts: dict[str, str]) -> list[ThemeKey]:
    places = _place_words(claims)
    claims = [replace(c, theme=_without_places(c.theme, places)) if c.theme else c for c in claims]
    proper = fullest(
        ((c.statement.document_id, c.theme.proper) for c in claims if c.theme and c.theme.proper),
        lambda a, b: a < b,
        lambda words: words,
    )
    read = {d: _Text(text) for d, text in texts.items()}
    nothing = _Text("")
    by_word: dict[str, set[frozenset[str]]] = defaultdict(set)
    owners = _owners(claims)
    for full in proper.values():
        for word in full:
            if not full <= owners:
                by_word[word].add(full)
    named: dict[str, set[frozenset[str]]] = {
        d: set().union(*(by_word[w] for w in by_word.keys() & set(t.words))) for d, t in read.items()
    }
    anywhere = _Anywhere(read, named)
    keys = []
    for claim in claims:
        document = claim.statement.document_id
        own = proper.get((document, claim.theme.proper)) if claim.theme else None
        keys.append(_theme_key(claim, own, named.get(document, set()), read.get(document, nothing), anywhere))
    used = [(c.statement.document_id, (c.family, key)) for c, key in zip(claims, keys, strict=True)]
    used = [(d, (process_of(family), key)) for d, (family, key) in used]
    fuller = fullest(used, _theme_less, lambda name: [name[0]], case_wide=lambda name: bool(name[1]))
    found = [(document, fuller[document, name]) for document, name in used]
    main = _main_themes(found)
    heads = {
        (process, key, kind_of_thing(c.theme.nouns[-1]))
        for c, (_, (process, key)) in zip(claims, found, strict=True)
        if c.theme and c.theme.nouns and key[:1] == ("",)
    }
    settled = []
    for document, (process, key) in found:
        usual = main.get((document, process)) or main.get(("", process), ())
        short = not key or (key[0] != "" and (process, usual, key[0]) in heads)
        settled.append(usual or key if short else key)
    return settled


def _main_themes(found: Sequence[tuple[str, tuple[str, ThemeKey]]]) -> dict[tuple[str, str], ThemeKey]:
    """What each process is mostly about, in a document and ("") in the case: what it is about twice as often as about
    anything else.  A delivery of which no more is said is that of what is being delivered."""
    counts: dict[tuple[str, str], Counter[ThemeKey]] = defaultdict(Counter)
    for document, (process, key) in found:
        family = family_of(process)
        if key and (family is None or family.theme != "ignored"):
            counts[document, process][key] += 1
            counts["", process][key] += 1
    main = {}
    for entry, themes in counts.items():
        (first, most), *rest = themes.most_common(2)
        if is_listed(entry[1]) and (not rest or most >= 2 * rest[0][1]):
            main[entry] = first
    return main


def _place_words(claims: Sequence[Claim]) -> frozenset[str]:
    """The words of all places and countries of the case, and their stems."""
    found: set[str] = set()
    for c in claims:
        for agent in (c.event.agent, c.event.recipient, c.statement.source):
            if agent is not None and agent.kind is AgentKind.COUNTRY:
                found.update(name_words(agent.name))
        if c.event.place is not None:
            found.update(name_words(c.event.place.name))
    return frozenset(w for w in found if len(w) >= 4) | {w[:-1] for w in found if len(w) >= 5}


def _without_places(theme: Theme, places: frozenset[str]) -> Theme:
    """A theme without the words that say where it is from ("Arlanese drones"), if others say what it is."""
    if not theme.nouns:
        return theme
    return replace(theme, proper=frozenset(w for w in theme.proper if not _is_from(w, places)))


def _is_from(word: str, places: frozenset[str]) -> bool:
    """Whether a word is a place's name or the adjective of one, by its stem."""
    return any(word[:end] in places for end in range(4, len(word) + 1))


def _owners(claims: Sequence[Claim]) -> frozenset[str]:
    """The words of those who act and of places: "Arlan's drones" says whose they are, not what they are called.

    A word that stands before a thing's noun more often than for somebody who acts is the thing's name.
    """
    acting: Counter[str] = Counter()
    naming: Counter[str] = Counter()
    places: set[str] = set()
    for c in claims:
        for agent in (c.event.agent, c.event.recipient, c.statement.source):
            if agent is not None and agent.kind in ACTORS:
                acting.update(set(name_words(agent.name)))
        if c.theme and c.theme.nouns:
            naming.update(c.theme.proper)
        if c.event.place is not None:
            places.update(name_words(c.event.place.name))
    return frozenset(w for w, n in acting.items() if n >= naming[w]) | places


def _theme_key(
    claim: Claim, proper: frozenset[str] | None, named: set[frozenset[str]], text: _Text, anywhere: _Anywhere
) -> ThemeKey:
    theme = claim.theme
    if theme is None:
        return ()
    here = _site(claim)
    if here is not None:
        return here
    if proper:
        return ("", *sorted(proper))
    bearers = {words for words in named if text.carries(words, theme)}
    if not bearers and theme.nouns and theme.nouns[-1] not in word_set("sites") and family_of(claim.family) is not None:
        bearers = anywhere.bearers(theme)
    if len(bearers) == 1:
        return ("", *sorted(bearers.pop()))
    return (kind_of_thing(theme.nouns[-1]), *sorted(set(theme.nouns[:-1]))) if theme.nouns else ()


def _site(claim: Claim) -> ThemeKey | None:
    """A plant, a dam … goes by the name of its place, where that alone tells which it is."""
    theme = claim.theme
    if theme is None or not theme.nouns or theme.nouns[-1] not in word_set("sites"):
        return None
    places = [claim.event.place] if claim.event.place else [e.place for e in claim.statement.events if e.place]
    if not places:
        return None
    where = where_of(places[0])
    return ("", *sorted(where.name.split())) if where.name and not theme.proper else None


class _Text:
    """A document's folded words, and where each noun stands in them."""

    def __init__(self, text: str) -> None:
        self.words = re.findall(r"\w+", fold(text))
        self.places: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.words):
            self.places[singular(word)].append(i)

    def carries(self, name: frozenset[str], theme: Theme) -> bool:
        """Whether it writes the name with the noun: "Oreshnik missile systems", "complexes such as Oreshnik".

        The second after Hearst (1992).
        """
        if not theme.nouns:
            return False
        *modifiers, head = theme.nouns
        return any(self._before(i, name, modifiers) or self._after(i, name) for i in self.places.get(head, []))

    def _before(self, i: int, name: frozenset[str], modifiers: Sequence[str]) -> bool:
        if not modifiers:
            return bool(name & set(self.words[max(0, i - 2) : i]))
        start = i - len(modifiers)
        between = [singular(w) for w in self.words[max(0, start) : i]]
        return start >= 1 and between == list(modifiers) and self.words[start - 1] in name

    def _after(self, i: int, name: frozenset[str]) -> bool:
        following = [w for w in self.words[i + 1 : i + 5] if w not in ("such", "known", "the")]
        return len(following) >= 2 and following[0] in _EXAMPLE and following[1] in name


class _Anywhere:
    """Which names a case writes with a noun, whatever the document: one, or the first two."""

    def __init__(self, read: Mapping[str, _Text], named: Mapping[str, set[frozenset[str]]]) -> None:
        self._read, self._named = read, named
        self._found: dict[tuple[str, ...], set[frozenset[str]]] = {}

    def bearers(self, theme: Theme) -> set[frozenset[str]]:
        if theme.nouns not in self._found:
            found: set[frozenset[str]] = set()
            for document in sorted(self._read):
                found |= {n for n in self._named[document] if self._read[document].carries(n, theme)}
                if len(found) > 1:
                    break
            self._found[theme.nouns] = found
        return set(self._found[theme.nouns])


_EXAMPLE = frozenset({"as", "like", "including", "primarily", "namely", "called", "named", "dubbed"})


def _theme_less(a: tuple[str, ThemeKey], b: tuple[str, ThemeKey]) -> bool:
    """In one family: nothing is short for anything; a bare noun for the same noun with modifiers."""
    (family_a, x), (family_b, y) = a, b
    if family_a != family_b or x == y:
        return False
    if not x:
        return is_listed(family_a)
    return bool(x[0]) and bool(y) and x[0] == y[0] and set(x[1:]) < set(y[1:])


# ---------------------------------------------------------------- where


def _wheres(claims: Sequence[Claim], themes: Sequence[ThemeKey]) -> list[Where]:
    pairs = zip(claims, themes, strict=True)
    used = [(c.statement.document_id, (c.family, theme, c.where or Where())) for c, theme in pairs]
    full = fullest(used, _where_less, lambda name: [name[:2]])
    return [full[entry][2] for entry in used]


def _where_less(a: tuple[str, ThemeKey, Where], b: tuple[str, ThemeKey, Where]) -> bool:
    """About one theme: no place is short for any; a country for the one place in it; a name for it with its country."""
    x, y = a[2], b[2]
    if a[:2] != b[:2] or x == y:
        return False
    if x == Where():
        return True
    if x.country and not x.name:
        return y.country == x.country
    return x.country is None and x.name == y.name


def _place_key(theme: ThemeKey, where: Where) -> Where:
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
    words = set(name_words(agent.name))
    if agent.kind not in ACTORS and (not agent.name[:1].isupper() or words <= word_set("calendar")):
        return ()
    return tuple(sorted(words))


def _agents(claims: Sequence[Claim]) -> list[AgentKey]:
    codes = _country_codes(claims)
    used = []
    for c in claims:
        agent = c.agent
        if agent is not None and agent.country is None and " of " in agent.name:
            agent = replace(agent, country=codes.get(fold(agent.name.rpartition(" of ")[2])))
        used.append((c.statement.document_id, agent_key(agent, c.traits.agent != "always")))
    full = fullest(used, lambda a, b: bool(a) and set(a) < set(b), lambda key: key)
    return [full[entry] for entry in used]


def _country_codes(claims: Sequence[Claim]) -> dict[str, str]:
    """The countries that the case names, by their folded names."""
    found = {}
    for c in claims:
        for agent in (c.event.agent, c.event.theme, c.event.recipient, c.statement.source):
            if agent is not None and agent.kind is AgentKind.COUNTRY and agent.country:
                found[fold(agent.name)] = agent.country
        place = c.event.place
        if place is not None and place.country and where_of(place).name is None:
            found[fold(place.name)] = place.country
    return found


def _by_agent(members: list[Matched]) -> list[list[Matched]]:
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
        name = _theme_name(m)
        if name:
            called[m.theme].append(name)
    return {key: _common(names) or names[0] for key, names in called.items()}


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
        theme=_common(_theme_name(m) for m in members) or (shown or {}).get(members[0].theme),
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


def _theme_name(m: Matched) -> str | None:
    theme = m.claim.event.theme
    if theme is None or m.claim.theme is None:
        return None
    if m.theme[:1] == ("",) and not m.claim.theme.proper:
        return None
    words = theme.name.strip(" “”\"'‘’")
    for article in ("the ", "a ", "an "):
        words = words[len(article) :] if words.casefold().startswith(article) else words
    return words


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
