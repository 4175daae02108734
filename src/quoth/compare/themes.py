"""What the events of a case are about: themes in other words, short names and bare nouns, as one key for one thing."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property

from quoth.compare.claims import Claim, where_of
from quoth.compare.names import fold, name_words, singular, words_in
from quoth.compare.participants import Theme
from quoth.compare.specifics import fullest
from quoth.compare.tables import family_of, is_listed, kind_of_thing, process_of, word_set
from quoth.model import AgentKind

ThemeKey = tuple[str, ...]
"""("", proper words …) or (head noun, its modifiers …), sorted; () where nothing is known."""
ByWord = Mapping[str, set[frozenset[str]]]
"""Names of things, as sets of words, by each of their words."""

PEOPLES = ("n", "an", "ian", "ese", "ish")
POINTED = ("?",)
"""What "it" is, where nothing else in the case is said of what the reading takes it for."""
_POINTING = frozenset({"it", "they", "them", "this", "that", "these", "those"})
AROUND = 6
"""Words behind a noun among which a name that goes with it begins."""

_DESCRIBED = frozenset({AgentKind.PERSON, AgentKind.ANONYMOUS})
ACTORS = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP})


def themes_of(claims: Sequence[Claim], texts: dict[str, str]) -> list[ThemeKey]:
    places = _place_words(claims)
    claims = [replace(c, theme=without_places(c.theme, places)) if c.theme else c for c in claims]
    proper = fullest(
        ((c.statement.document_id, c.theme.proper) for c in claims if c.theme and c.theme.proper),
        proper_less,
        lambda words: words,
    )
    read = {d: Text(text) for d, text in texts.items()}
    nothing = Text("")
    by_word = names_by_word(set(proper.values()), _owners(claims), outlets_of(claims))
    anywhere = _Anywhere(read, by_word)
    keys = []
    for claim in claims:
        document = claim.statement.document_id
        own = proper.get((document, claim.theme.proper)) if claim.theme else None
        keys.append(theme_key(claim, own, read.get(document, nothing), by_word, anywhere.bearers))
    used = [(c.statement.document_id, (c.family, key)) for c, key in zip(claims, keys, strict=True)]
    used = [(d, (process_of(family), key)) for d, (family, key) in used]
    people = {process for c, (_, (process, _)) in zip(claims, used, strict=True) if is_named_person(c)}
    named = {entry for c, (_, entry) in zip(claims, used, strict=True) if not is_by_pronoun(c)}
    used = [
        (d, (process, as_known(c, (process, key), people, named)))
        for c, (d, (process, key)) in zip(claims, used, strict=True)
    ]
    fuller = fullest(used, theme_less, theme_near, case_wide=theme_fits_elsewhere, near_in_case=theme_near_in_case)
    found = [(document, fuller[document, name]) for document, name in used]
    main = _main_themes(found, [(c.statement.document_id, c.statement.content.spans) for c in claims])
    heads = {head for c, (_, name) in zip(claims, found, strict=True) if (head := head_of(c, *name))}
    return [settled(name, main.get((document, name[0])) or main.get(("", name[0]), ()), heads)
            for document, name in found]  # fmt: skip


Head = tuple[str, ThemeKey, str]
"""A process, a named thing that it is about, and the noun that some claim has for that."""


def head_of(claim: Claim, process: str, key: ThemeKey) -> Head | None:
    named = claim.theme is not None and claim.theme.nouns and key[:1] == ("",)
    return (process, key, kind_of_thing(claim.theme.nouns[-1])) if claim.theme is not None and named else None


def settled(name: tuple[str, ThemeKey], usual: ThemeKey, heads: Set[Head]) -> ThemeKey:
    """Where a process is not said to be about anything, or by a bare noun for it, what it is mostly about."""
    process, key = name
    if key == POINTED:
        key = ()
    short = not key or (key[0] != "" and (process, usual, key[0]) in heads)
    return usual or key if short else key


def as_known(
    claim: Claim, entry: tuple[str, ThemeKey], people: Container[str], named: Container[tuple[str, ThemeKey]]
) -> ThemeKey:
    """The key; what little is known where a person is only described, or "it" is taken for what nobody says it of."""
    process, key = entry
    if process in people and is_by_role(claim):
        return ()
    return POINTED if is_by_pronoun(claim) and entry not in named else key


def is_by_pronoun(claim: Claim) -> bool:
    theme = claim.event.theme
    return theme is not None and fold(theme.text) in _POINTING and theme.kind is not AgentKind.PERSON


def is_by_role(claim: Claim) -> bool:
    """Whether it is about a person who is only described: "the former head of the port"."""
    theme = claim.event.theme
    return theme is not None and theme.kind in _DESCRIBED and theme.name[:1].islower()


def is_named_person(claim: Claim) -> bool:
    theme = claim.event.theme
    return theme is not None and theme.kind is AgentKind.PERSON and not theme.name[:1].islower()


def names_by_word(
    named: Iterable[frozenset[str]], owners: Set[str], outlets: Set[frozenset[str]]
) -> dict[str, set[frozenset[str]]]:
    """The names of things by each of their words, without those that only say whose a thing is, and outlets'."""
    found: dict[str, set[frozenset[str]]] = defaultdict(set)
    for name in named:
        if not name <= owners and name not in outlets and not any(frozenset({word}) in outlets for word in name):
            for word in name:
                found[word].add(name)
    return found


def _main_themes(
    found: Sequence[tuple[str, tuple[str, ThemeKey]]], words: Sequence[object]
) -> dict[tuple[str, str], ThemeKey]:
    """What each process is mostly about, in a document and ("") in the case: what it is about twice as often as about
    anything else; one stretch of `words` counts once.  A delivery of which no more is said is that of what is being
    delivered."""
    counts: dict[tuple[str, str], Counter[ThemeKey]] = defaultdict(Counter)
    for (document, (process, key)), _ in dict.fromkeys(zip(found, words, strict=True)):
        if is_counted_theme(process, key):
            counts[document, process][key] += 1
            counts["", process][key] += 1
    return {entry: main for entry, themes in counts.items() if (main := main_theme(entry[1], themes))}


def is_counted_theme(process: str, key: ThemeKey) -> bool:
    family = family_of(process)
    return key not in ((), POINTED) and (family is None or family.theme != "ignored")


def main_theme(process: str, themes: Counter[ThemeKey]) -> ThemeKey | None:
    """What a process is about twice as often as about anything else."""
    (first, most), *rest = themes.most_common(2)
    return first if is_listed(process) and (not rest or most >= 2 * rest[0][1]) else None


def _place_words(claims: Sequence[Claim]) -> frozenset[str]:
    """The words of all places and countries of the case, and their stems."""
    return place_words(*lands_of(claims), {w for c in claims if c.theme for w in c.theme.proper})


def lands_of(claims: Iterable[Claim]) -> tuple[set[str], set[str]]:
    """The words of places and countries, and names of one word that may be a country's."""
    found: set[str] = set()
    perhaps: set[str] = set()
    for c in claims:
        for agent in (c.event.agent, c.event.recipient, c.statement.source):
            if agent is not None and agent.kind is AgentKind.COUNTRY:
                found.update(name_words(agent.name))
            elif agent is not None and agent.kind in (None, AgentKind.ORGANIZATION) and agent.name[:1].isupper():
                name = name_words(agent.name)
                perhaps.update(name if len(name) == 1 else ())
        if c.event.place is not None:
            found.update(name_words(c.event.place.name))
    return found, perhaps


def place_words(certain: Set[str], perhaps: Set[str], written: Set[str]) -> frozenset[str]:
    """The words of places and countries, and their stems; of those that may be one, the names whose people are
    `written` of too: "Karvania" beside "Karvanian"."""
    found = certain | {w for w in perhaps if any(f"{w}{ending}" in written for ending in PEOPLES)}
    return frozenset(w for w in found if len(w) >= 4) | {w[:-1] for w in found if len(w) >= 5}


def without_places(theme: Theme, places: frozenset[str]) -> Theme:
    """A theme without the words that say where it is from ("Arlanese drones"), if others say what it is."""
    if not theme.nouns:
        return theme
    return replace(theme, proper=frozenset(w for w in theme.proper if not _is_from(w, places)))


def _is_from(word: str, places: frozenset[str]) -> bool:
    """Whether a word is a place's name or the adjective of one, by its stem."""
    return any(word[:end] in places for end in range(4, len(word) + 1))


def _owners(claims: Sequence[Claim]) -> frozenset[str]:
    return owners(*owning(claims))


def owners(acting: Mapping[str, int], naming: Mapping[str, int], places: Set[str]) -> frozenset[str]:
    """The words of those who act and of places: "Arlan's drones" says whose they are, not what they are called.

    A word that stands before a thing's noun more often than for somebody who acts is the thing's name.
    """
    return frozenset(w for w, n in acting.items() if n >= naming.get(w, 0)) | places


def owning(claims: Iterable[Claim]) -> tuple[Counter[str], Counter[str], set[str]]:
    """How often each word stands for somebody who acts and in the name of a thing, and the words of places."""
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
    return acting, naming, places


def outlets_of(claims: Iterable[Claim]) -> set[frozenset[str]]:
    """The words of each outlet's name: "images reviewed by Interwire show water" names no water."""
    named = {c.document.outlet for c in claims if c.document is not None and c.document.outlet}
    return {words for name in named if (words := frozenset(name_words(name)))}


def theme_key(
    claim: Claim,
    proper: frozenset[str] | None,
    text: Text,
    by_word: ByWord,
    anywhere: Callable[[Theme], set[frozenset[str]]],
) -> ThemeKey:
    theme = claim.theme
    if theme is None:
        return ()
    here = _site(claim)
    if here is not None:
        return here
    if proper:
        return ("", *sorted(proper))
    bearers = set(text.bearers(theme, by_word))
    if not bearers and theme.nouns and theme.nouns[-1] not in word_set("sites") and family_of(claim.family) is not None:
        bearers = anywhere(theme)
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


class Text:
    """A document's folded words, and each as the noun that it may be."""

    def __init__(self, text: str) -> None:
        self.words = words_in(text)
        self.nouns = [sys.intern(singular(word)) for word in self.words]
        self._bearers: dict[tuple[str, ...], frozenset[frozenset[str]]] = {}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def heads(self) -> frozenset[str]:
        """All that it can write a name with."""
        return frozenset(self.nouns)

    def forget(self) -> None:
        """Look for names anew: those of the case that stand in it have changed."""
        self._bearers.clear()

    def bearers(self, theme: Theme, by_word: ByWord) -> frozenset[frozenset[str]]:
        """The names that it writes with the noun: "Oreshnik missile systems", "complexes such as Oreshnik".

        The second after Hearst (1992).  `by_word`: the names of the case by each of their words.
        """
        if theme.nouns not in self._bearers:
            *modifiers, head = theme.nouns or ("",)
            found: set[frozenset[str]] = set()
            for i in (i for i, noun in enumerate(self.nouns) if noun == head):
                beside = {*self.words[max(0, i - len(modifiers) - 2) : i], *self.words[i + 1 : i + 1 + AROUND]}
                for name in {name for word in beside for name in by_word.get(word, ())}:
                    if self._before(i, name, modifiers) or self._after(i, name):
                        found.add(name)
            self._bearers[theme.nouns] = frozenset(found)
        return self._bearers[theme.nouns]

    def _before(self, i: int, name: frozenset[str], modifiers: Sequence[str]) -> bool:
        if not modifiers:
            before = self.words[max(0, i - 2) : i]
            pointing = before[-1:] and (before[-1] in word_set("empty") or before[-1] in word_set("light"))
            return not pointing and bool(name & set(before))
        start = i - len(modifiers)
        return start >= 1 and self.nouns[start:i] == list(modifiers) and self.words[start - 1] in name

    def _after(self, i: int, name: frozenset[str]) -> bool:
        christened = kind_of_thing(self.nouns[i]) in word_set("christened")
        if christened and set(self.words[i + 1 : i + 1 + len(name)]) == name:
            return True  # "the ferry Saint Clare"
        following = [w for w in self.words[i + 1 : i + 5] if w not in ("such", "known", "the")]
        return len(following) >= 2 and following[0] in _EXAMPLE and following[1] in name


class _Anywhere:
    """Which names a case writes with a noun, whatever the document: one, or some of several."""

    def __init__(self, read: Mapping[str, Text], by_word: ByWord) -> None:
        self._read, self._by_word = read, by_word
        self._writing: dict[str, list[str]] = defaultdict(list)
        for document in sorted(read):
            for noun in set(read[document].nouns):
                self._writing[noun].append(document)
        self._found: dict[tuple[str, ...], set[frozenset[str]]] = {}

    def bearers(self, theme: Theme) -> set[frozenset[str]]:
        if theme.nouns not in self._found:
            found: set[frozenset[str]] = set()
            for document in self._writing.get(theme.nouns[-1], []):
                found |= self._read[document].bearers(theme, self._by_word)
                if len(found) > 1:
                    break
            self._found[theme.nouns] = found
        return set(self._found[theme.nouns])


_EXAMPLE = frozenset({"as", "like", "including", "primarily", "namely", "called", "named", "dubbed"})


def proper_less(a: frozenset[str], b: frozenset[str]) -> bool:
    return a < b


def theme_near(name: tuple[str, ThemeKey]) -> list[object]:
    return [name[0]]


def theme_near_in_case(name: tuple[str, ThemeKey]) -> list[object]:
    """A bare noun is short for the same noun alone; a name is short for nothing, what is pointed at for anything."""
    process, key = name
    if key == POINTED:
        return theme_near(name)
    return [(process, key[0])] if key and key[0] else []


def theme_fits_elsewhere(name: tuple[str, ThemeKey]) -> bool:
    """Only within its document is nothing short for something."""
    return bool(name[1])


def theme_less(a: tuple[str, ThemeKey], b: tuple[str, ThemeKey]) -> bool:
    """In one family: nothing is short for anything; a bare noun for the same noun with modifiers."""
    (family_a, x), (family_b, y) = a, b
    if family_a != family_b or x == y:
        return False
    if x == POINTED:
        return y not in ((), POINTED)
    if not x:
        return is_listed(family_a) and y != POINTED
    return bool(x[0]) and bool(y) and x[0] == y[0] and set(x[1:]) < set(y[1:])
