"""Which claims are about one event, kept as documents come, change and go, by the rules of `quoth.compare.events`."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quoth.compare.claims import Claim, Where
from quoth.compare.events import (
    AgentKey,
    FoldedText,
    Group,
    GroupKey,
    Matched,
    acting,
    agent_less,
    area_of,
    areas,
    by_agent,
    by_first_word,
    countries_named,
    country_codes,
    frame_of,
    frame_order,
    fuller_where,
    fullest_of,
    key_of,
    land_in,
    near_agent,
    near_where,
    outside,
    reading_order,
    theme_name,
    where_less,
)
from quoth.compare.incremental.tallies import Tally
from quoth.compare.specifics import Fullest
from quoth.compare.themes import ThemeKey
from quoth.model import EventFrame

Order = tuple[object, ...]
Part = tuple[EventFrame, list[Matched]]
Placed = tuple[str, ThemeKey, Where]
Called = tuple[ThemeKey, str]


class Events:
    """The events of a case."""

    def __init__(self) -> None:
        self._claims: dict[str, Sequence[Claim]] = {}
        self._themes: dict[str, list[ThemeKey]] = {}
        self._countries: Tally[tuple[str, str]] = Tally()
        self._codes: dict[str, str] = {}
        self._lands: dict[str, frozenset[str]] = {}
        self._areas = _Areas()
        self._used: dict[str, tuple[list[Placed], list[Placed], list[AgentKey]]] = {}
        self._wheres: Fullest[Placed] = Fullest(where_less, near_where, near_in_case=fuller_where)
        self._widened: Fullest[Placed] = Fullest(where_less, near_where, near_in_case=fuller_where)
        self._agents: Fullest[AgentKey] = Fullest(agent_less, near_agent)
        self._matched: dict[str, list[Matched]] = {}
        self._called: Tally[Called] = Tally()
        self._names: dict[ThemeKey, Counter[str]] = defaultdict(Counter)
        self._shown: dict[ThemeKey, str] = {}
        self._leaning: dict[ThemeKey, set[GroupKey]] = defaultdict(set)
        self._members: dict[GroupKey, dict[str, list[Matched]]] = defaultdict(dict)
        self._parts: dict[GroupKey, list[Part]] = {}
        self._keys: dict[EventFrame, set[GroupKey]] = defaultdict(set)
        self._frames: dict[int, EventFrame] = {}
        self._group: dict[EventFrame, Group] = {}
        self._ordered: list[tuple[Order, EventFrame]] = []
        self._gone: list[Matched] = []

    @property
    def groups(self) -> list[Group]:
        """All events, in the order of their frames."""
        return [self._group[frame] for _, frame in self._ordered]

    def of(self, document: str) -> list[tuple[Matched, EventFrame]]:
        """The document's claims, and which event each is about."""
        return [(m, self._frames[id(m)]) for m in self._matched.get(document, ())]

    def update(
        self,
        claims: Mapping[str, Sequence[Claim]],
        themes: Mapping[str, list[ThemeKey]],
        texts: Mapping[str, str | None],
    ) -> set[str]:
        """Take these for the claims of documents (none: it has none any more), for what they are about, and for texts;
        returns the documents with a claim that is another, or about another event, than before."""
        self._claims.update(claims)
        self._themes.update(themes)
        stale = set(claims) | themes.keys() | self._recode(claims) | self._areas.update(claims, texts)
        for document in stale:
            self._use(document)
        stale |= self._wheres.settle() | self._widened.settle() | self._agents.settle()
        dirty: set[GroupKey] = set()
        for document in stale:
            dirty |= self._match(document)
        dirty |= self._rename()
        return stale | self._regroup(dirty)

    def _recode(self, claims: Mapping[str, Sequence[Claim]]) -> set[str]:
        """Keep which countries the case names; returns the documents that name one by words that now mean another."""
        for document, found in claims.items():
            self._countries.put(document, Counter(countries_named(found)))
            self._lands[document] = frozenset(land for c in found if (land := land_in(c)) is not None)
        if not self._countries.changed():
            return set()
        codes = country_codes(self._countries.counts)
        other = {name for name in codes.keys() | self._codes.keys() if codes.get(name) != self._codes.get(name)}
        self._codes = codes
        return {d for d, lands in self._lands.items() if not lands.isdisjoint(other)} if other else set()

    def _use(self, document: str) -> None:
        pairs = list(zip(self._claims[document], self._themes.get(document, ()), strict=True))
        wheres = [(c.family, theme, c.where or Where()) for c, theme in pairs]
        widened = [(c.family, theme, area_of(c, self._areas.of)) for c, theme in pairs]
        agents = [acting(c, self._codes) for c, _ in pairs]
        self._used[document] = wheres, widened, agents
        self._wheres.put(document, set(wheres))
        self._widened.put(document, set(widened))
        self._agents.put(document, set(agents))

    def _match(self, document: str) -> set[GroupKey]:
        """File the claims of a document under their keys; those that match as before are the same objects.  Returns
        the keys with other claims."""
        before = self._matched.pop(document, [])
        held = {id(m.claim): m for m in before}
        where, area, agent = self._wheres.of(document), self._widened.of(document), self._agents.of(document)
        now = []
        for c, theme, w, v, a in zip(
            self._claims[document], self._themes.get(document, ()), *self._used[document], strict=True
        ):
            old = held.get(id(c))
            new = Matched(c, theme, where[w][2], agent[a], area[v][2])
            now.append(old if old is not None and same_matched(old, new) else new)
        dirty = {key_of(m) for m in before}
        for key in dirty:
            self._members[key].pop(document, None)
        kept = {id(m) for m in now}
        for m in before:
            if id(m) not in kept:
                del self._frames[id(m)]
        self._gone += before  # no other object may have the id of one that the frames of this round still name
        for m in now:
            self._members[key_of(m)].setdefault(document, []).append(m)
        self._called.put(document, Counter((m.theme, name) for m in now if (name := theme_name(m))))
        if now:
            self._matched[document] = now
        else:
            del self._claims[document], self._used[document]
            self._themes.pop(document, None)
            self._lands.pop(document, None)
        return dirty | {key_of(m) for m in now}

    def _rename(self) -> set[GroupKey]:
        """Keep what each theme is called most often; returns the keys that took a name from there."""
        dirty: set[GroupKey] = set()
        touched = set()
        for (theme, name), (_, now) in self._called.changed().items():
            touched.add(theme)
            self._names[theme][name] = now
            if not now:
                del self._names[theme][name]
        for theme in touched:
            shown = fullest_of(self._names[theme].elements())
            if shown != self._shown.get(theme):
                dirty |= self._leaning[theme]
                if shown is None:
                    del self._shown[theme]
                else:
                    self._shown[theme] = shown
        return dirty

    def _regroup(self, dirty: Iterable[GroupKey]) -> set[str]:
        reframed: set[str] = set()
        frames: set[EventFrame] = set()
        for key in dirty:
            for frame, _ in self._parts.pop(key, ()):
                self._keys[frame].discard(key)
                frames.add(frame)
            self._leaning[key[1]].discard(key)
            by_document = self._members[key]
            if not by_document:
                del self._members[key]
                continue
            members = [m for document in sorted(by_document) for m in by_document[document]]
            parts = [(frame_of(part, self._shown), part) for part in by_agent(members)]
            if any(not any(theme_name(m) for m in part) for _, part in parts):
                self._leaning[key[1]].add(key)
            self._parts[key] = parts
            for frame, part in parts:
                frames.add(frame)
                self._keys[frame].add(key)
                for m in part:
                    if self._frames.get(id(m)) != frame:
                        self._frames[id(m)] = frame
                        reframed.add(m.claim.statement.document_id)
        for frame in frames:
            self._reframe(frame)
        self._gone = []
        return reframed

    def _reframe(self, frame: EventFrame) -> None:
        """The group of a frame anew, if it has any claims."""
        keys = self._keys[frame]
        order = (*frame_order(frame), frame.theme is None, frame.place is None, frame.agent is None)
        at = bisect.bisect_left(self._ordered, order, key=lambda entry: entry[0])
        there = at < len(self._ordered) and self._ordered[at][0] == order
        if not keys:
            del self._keys[frame]
            if there:
                del self._ordered[at], self._group[frame]
            return
        parts = [part for key in keys for part in self._parts[key]]
        if len(keys) > 1:
            parts.sort(key=lambda part: self._first(part[1]))
        members = [m for framed, part in parts if framed == frame for m in part]
        self._group[frame] = Group(frame, tuple(sorted(members, key=reading_order)))
        if not there:
            self._ordered.insert(at, (order, frame))

    def _first(self, part: list[Matched]) -> tuple[str, int]:
        """Where the claims of a key begin among all claims of the case."""
        key = key_of(part[0])
        document = min(self._members[key])
        first = self._members[key][document][0]
        return document, next(i for i, m in enumerate(self._matched[document]) if m is first)


def same_matched(a: Matched, b: Matched) -> bool:
    return (a.theme, a.where, a.agent, a.area) == (b.theme, b.where, b.agent, b.area)


class _Areas:
    """Places that no gazetteer places, as one with those that articles name them with: `of` maps them."""

    def __init__(self) -> None:
        self.of: dict[Where, Where] = {}
        self._texts: dict[str, FoldedText] = {}
        self._claimed: dict[str, frozenset[Where]] = {}
        self._outside: Tally[Where] = Tally()
        self._named: dict[str, set[Where]] = {}

    def update(self, claims: Mapping[str, Sequence[Claim]], texts: Mapping[str, str | None]) -> set[str]:
        """The documents with a claim whose place is of another area now."""
        for document, found in claims.items():
            self._claimed[document] = frozenset(outside(found))
            self._outside.put_once(document, self._claimed[document])
            if not self._claimed[document]:
                del self._claimed[document]
        other = {where for where, (was, now) in self._outside.changed().items() if not (was and now)}
        for document, text in texts.items():
            self._texts.pop(document, None)
            if text is not None:
                self._texts[document] = FoldedText(text)
        words = by_first_word(other).keys()
        reread = texts.keys() | {d for d, text in self._texts.items() if not words.isdisjoint(text.tokens)}
        by_word = by_first_word(self._outside.counts)
        moved = bool(other)
        for document in reread:
            named = self._texts[document].names(by_word) if document in self._texts else set()
            moved |= named != self._named.get(document, set())
            self._named.pop(document, None)
            if len(named) > 1:
                self._named[document] = named
        if not moved:
            return set()
        before, self.of = self.of, areas(self._outside.counts.keys(), self._named.values())
        changed = {w for w in before.keys() | self.of.keys() if before.get(w) != self.of.get(w)}
        return {d for d, there in self._claimed.items() if not there.isdisjoint(changed)}
