"""What claims are about, kept as documents come, change and go, by the rules of `quoth.compare.themes`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quoth.compare.claims import Claim
from quoth.compare.incremental.tallies import Tally
from quoth.compare.participants import Theme
from quoth.compare.specifics import Fullest
from quoth.compare.tables import process_of
from quoth.compare.themes import (
    Head,
    Text,
    ThemeKey,
    as_known,
    head_of,
    is_by_pronoun,
    is_counted_theme,
    is_named_person,
    lands_of,
    main_theme,
    names_by_word,
    outlets_of,
    owners,
    owning,
    place_words,
    proper_less,
    settled,
    theme_fits_elsewhere,
    theme_key,
    theme_less,
    theme_near,
    theme_near_in_case,
    without_places,
)

Nouns = tuple[str, ...]
Name = tuple[str, ThemeKey]
Names = frozenset[frozenset[str]]
_NOTHING = Text("")


class Themes:
    """The theme of every claim, by documents."""

    def __init__(self) -> None:
        self._claims: dict[str, Sequence[Claim]] = {}
        self._bare: dict[str, list[Claim]] = {}
        self._written: dict[str, frozenset[str]] = {}
        self._lands: tuple[Tally[str], Tally[str], Tally[str]] = (Tally(), Tally(), Tally())
        self._places: frozenset[str] = frozenset()
        self._owning: tuple[Tally[str], Tally[str], Tally[str]] = (Tally(), Tally(), Tally())
        self._proper: Fullest[frozenset[str]] = Fullest(proper_less, lambda words: words)
        self._things: Tally[frozenset[str]] = Tally()
        self._named = _Named()
        self._raw: dict[str, list[Name]] = {}
        self._persons: Tally[str] = Tally()
        self._told: Tally[Name] = Tally()
        self._outlets: Tally[frozenset[str]] = Tally()
        self._used: dict[str, list[Name]] = {}
        self._fuller: Fullest[Name] = Fullest(theme_less, theme_near, theme_fits_elsewhere, theme_near_in_case)
        self._mostly = _Mostly()
        self._themes: dict[str, list[ThemeKey]] = {}

    def of(self, document: str) -> list[ThemeKey]:
        """The themes of the document's claims, in their order."""
        return self._themes.get(document, [])

    def update(self, claims: Mapping[str, Sequence[Claim]], texts: Mapping[str, Text | None]) -> set[str]:
        """Take these for the claims of documents (none: it has none any more) and for their texts; returns the
        documents whose claims, or what they are about, may be others."""
        stale = self._strip(claims)
        stale |= self._proper.settle()
        for document in stale:
            self._things.put_once(document, set(self._proper.of(document).values()))
        self._things.changed()
        acting, naming, places = (tally.counts for tally in self._owning)
        outlets = self._outlets.counts.keys()
        by_word = names_by_word(self._things.counts, owners(acting, naming, places.keys()), outlets)
        stale |= self._named.update(texts, by_word)
        for document in stale:
            self._key(document)
        stale |= self._naming_others()
        for document in stale:
            self._use(document)
            self._fuller.put(document, set(self._used.get(document, ())))
        stale |= self._fuller.settle()
        for document in stale:
            full = self._fuller.of(document)
            found = [full[name] for name in self._used.get(document, ())]
            self._mostly.put(document, found, self._bare.get(document, ()))
        stale |= self._mostly.settle()
        changed = set(claims)
        for document in stale:
            themes = self._mostly.settled(document)
            if themes != self._themes.get(document, []):
                changed.add(document)
            if themes:
                self._themes[document] = themes
            else:
                self._themes.pop(document, None)
        return changed

    def _strip(self, claims: Mapping[str, Sequence[Claim]]) -> set[str]:
        """Take the places out of what things are called; returns the documents where that made a difference."""
        certain, perhaps, written = self._lands
        for document, found in claims.items():
            for tally, words in zip((certain, perhaps), lands_of(found), strict=True):
                tally.put_once(document, words)
            self._written[document] = frozenset(w for c in found if c.theme for w in c.theme.proper)
            written.put_once(document, self._written[document])
            self._outlets.put_once(document, outlets_of(found))
            self._claims[document] = found
            if not found:
                del self._claims[document], self._written[document]
        self._outlets.changed()
        moved = [tally.changed() for tally in self._lands]
        stale = set(claims)
        if any(moved):
            places = place_words(certain.counts.keys(), perhaps.counts.keys(), written.counts.keys())
            other, self._places = places ^ self._places, places
            if other:
                words = {w for w in written.counts if any(w[:end] in other for end in range(4, len(w) + 1))}
                stale |= {d for d, there in self._written.items() if not there.isdisjoint(words)}
        for document in stale:
            bare = [
                replace(c, theme=without_places(c.theme, self._places)) if c.theme else c
                for c in self._claims.get(document, ())
            ]
            acting, naming, where = owning(bare)
            for tally, facts in zip(self._owning, (acting, naming, dict.fromkeys(where, 1)), strict=True):
                tally.put(document, facts)
            self._proper.put(document, {c.theme.proper for c in bare if c.theme and c.theme.proper})
            self._bare[document] = bare
            if not bare:
                del self._bare[document]
        for tally in self._owning:
            tally.changed()
        return stale

    def _key(self, document: str) -> None:
        """The themes as far as the document itself and the names of the case tell them."""
        full = self._proper.of(document)
        bare = self._bare.get(document, [])
        text = self._named.text(document)
        with_names = self._named.asking(document)
        raw = []
        for c in bare:
            own = full.get(c.theme.proper) if c.theme else None
            raw.append((process_of(c.family), theme_key(c, own, text, self._named.by_word, with_names)))
        self._raw[document] = raw
        if not raw:
            del self._raw[document]
        pairs = list(zip(bare, raw, strict=True))
        self._persons.put_once(document, {process for c, (process, _) in pairs if is_named_person(c)})
        self._told.put_once(document, {entry for c, entry in pairs if not is_by_pronoun(c)})

    def _use(self, document: str) -> None:
        used = [
            (entry[0], as_known(c, entry, self._persons.counts, self._told.counts))
            for c, entry in zip(self._bare.get(document, ()), self._raw.get(document, ()), strict=True)
        ]
        self._used[document] = used
        if not used:
            del self._used[document]

    def _naming_others(self) -> set[str]:
        """Documents for which it matters that the case has come to name, or no longer names, a person in a process, or
        what "it" is taken for."""
        processes = {process for process, (was, now) in self._persons.changed().items() if not (was and now)}
        entries = {entry for entry, (was, now) in self._told.changed().items() if not (was and now)}
        return {d for d, raw in self._raw.items() if any(e in entries or e[0] in processes for e in raw)}


class _Named:
    """Which names texts write with which nouns: `compare.themes`' `Text.bearers`, in each text and anywhere."""

    def __init__(self) -> None:
        self.by_word: Mapping[str, set[frozenset[str]]] = {}
        self._texts: dict[str, Text] = {}
        self._writing: dict[str, set[str]] = defaultdict(set)
        self._asked: dict[str, dict[Nouns, Theme]] = {}
        self._anywhere: dict[Nouns, Names] = {}
        self._themes: dict[Nouns, Theme] = {}

    def text(self, document: str) -> Text:
        return self._texts.get(document, _NOTHING)

    def update(self, texts: Mapping[str, Text | None], by_word: Mapping[str, set[frozenset[str]]]) -> set[str]:
        """Take these texts and names; returns the documents where a noun may go with another name now."""
        words = {w for w in by_word.keys() | self.by_word.keys() if by_word.get(w) != self.by_word.get(w)}
        self.by_word = by_word
        reread = {d for d, text in self._texts.items() if not words.isdisjoint(text.vocabulary)} if words else set()
        heads = {head for d in reread | (texts.keys() & self._texts.keys()) for head in self._texts[d].heads}
        for document in reread:
            self._texts[document].forget()
        for document, text in texts.items():
            for head in self.text(document).heads:
                self._writing[head].discard(document)
            if text is None:
                self._texts.pop(document, None)
                continue
            self._texts[document] = text
            for head in text.heads:
                self._writing[head].add(document)
        come = [text for text in texts.values() if text is not None]
        other = {nouns for nouns in self._anywhere if self._is_other(nouns, nouns[-1] in heads, come)}
        asking = {d for d, asked in self._asked.items() if not other.isdisjoint(asked)} if other else set()
        return reread | texts.keys() | asking

    def _is_other(self, nouns: Nouns, anew: bool, come: Sequence[Text]) -> bool:
        """Look again, in all texts or in those that came; whether that gave another answer."""
        before = self._anywhere[nouns]
        if anew:
            self._anywhere[nouns] = self._look(self._themes[nouns])
        elif len(before) < 2:
            new = (text.bearers(self._themes[nouns], self.by_word) for text in come if nouns[-1] in text.heads)
            self._anywhere[nouns] = before.union(*new)
        return _sole(self._anywhere[nouns]) != _sole(before)

    def _look(self, theme: Theme) -> Names:
        found: Names = frozenset()
        for document in self._writing.get(theme.nouns[-1], ()):
            found |= self._texts[document].bearers(theme, self.by_word)
            if len(found) > 1:
                break
        return found

    def asking(self, document: str) -> _Asking:
        """Where to look for names all over the case; what the document asks for is noted."""
        self._asked.pop(document, None)
        return _Asking(self, document)

    def anywhere(self, document: str, theme: Theme) -> set[frozenset[str]]:
        self._asked.setdefault(document, {})[theme.nouns] = theme
        if theme.nouns not in self._anywhere:
            self._themes[theme.nouns] = theme
            self._anywhere[theme.nouns] = self._look(theme)
        return set(self._anywhere[theme.nouns])


class _Asking:
    def __init__(self, named: _Named, document: str) -> None:
        self._named, self._document = named, document

    def __call__(self, theme: Theme) -> set[frozenset[str]]:
        return self._named.anywhere(self._document, theme)


def _sole(names: Names) -> frozenset[str] | None:
    return next(iter(names)) if len(names) == 1 else None


class _Mostly:
    """What processes are mostly about, in each document and in the case, and what follows for those not said to be
    about anything."""

    def __init__(self) -> None:
        self._found: dict[str, list[Name]] = {}
        self._here: dict[str, dict[str, ThemeKey]] = {}
        self._open: dict[str, frozenset[str]] = {}
        self._counted: Tally[Name] = Tally()
        self._heads: Tally[Head] = Tally()
        self._counts: dict[str, Counter[ThemeKey]] = defaultdict(Counter)
        self._main: dict[str, ThemeKey] = {}

    def put(self, document: str, found: list[Name], claims: Sequence[Claim]) -> None:
        self._found[document] = found
        once = dict.fromkeys(zip(found, (c.statement.content.spans for c in claims), strict=True))
        counted = Counter(name for name, _ in once if is_counted_theme(*name))
        self._counted.put(document, counted)
        self._heads.put_once(
            document, {head for c, name in zip(claims, found, strict=True) if (head := head_of(c, *name))}
        )
        here: dict[str, Counter[ThemeKey]] = defaultdict(Counter)
        for (process, key), times in counted.items():
            here[process][key] += times
        self._here[document] = {p: main for p, themes in here.items() if (main := main_theme(p, themes))}
        self._open[document] = frozenset(process for process, key in found if not key or key[0])
        if not found:
            del self._found[document], self._here[document], self._open[document]

    def settle(self) -> set[str]:
        """The documents for whose short themes the case may have others now."""
        processes = {head[0] for head, (was, now) in self._heads.changed().items() if not (was and now)}
        touched = set()
        for (process, key), (_, now) in self._counted.changed().items():
            touched.add(process)
            self._counts[process][key] = now
            if not now:
                del self._counts[process][key]
        for process in touched:
            main = (main_theme(process, self._counts[process]) if self._counts[process] else None) or ()
            if main != self._main.get(process, ()):
                processes.add(process)
                self._main[process] = main
        if not processes:
            return set()
        return {d for d, there in self._open.items() if not there.isdisjoint(processes)}

    def settled(self, document: str) -> list[ThemeKey]:
        here = self._here.get(document, {})
        return [
            settled(name, here.get(name[0]) or self._main.get(name[0], ()), self._heads.counts.keys())
            for name in self._found.get(document, ())
        ]
