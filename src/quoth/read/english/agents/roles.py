"""Titles, offices and the nouns that stand for people, bodies and documents: what a phrase says somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from quoth.read.countries import capital_country, country_of, demonym_country
from quoth.read.english.lexicon import rows
from quoth.read.english.tokens import Doc


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(words.split())


DETERMINERS = listed("the a an this that these those some any every each no another both all such")
LINKS = listed("of for at in to from with on")
STANDING = listed(
    "former ex acting interim then new current late longtime long-time outgoing incoming embattled newly elected "
    "re-elected reelected then- once one-time onetime future would-be veteran exiled self-proclaimed disgraced ousted "
    "senior top high-ranking prominent influential powerful popular own only chief"
)
"""Adjectives of a role that do not narrow it down to another office."""

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_OTHER_LANDS = frozenset({"New", "Northern", "Southern", "Gulf"})
"""Words that make a place within a country of a country's name behind them: "New Jersey", "New Mexico"."""

_SPELLINGS = {"defense": "defence", "labor": "labour", "center": "centre", "organisation": "organization"}


@dataclass(frozen=True, slots=True)
class RoleEntry:
    families: frozenset[str]
    gender: str
    voice: str


@dataclass(frozen=True, slots=True)
class BodyEntry:
    classes: frozenset[str]
    kind: str


@cache
def role_nouns() -> dict[tuple[str, ...], RoleEntry]:
    """Role nouns by their words, lower case."""
    return {
        tuple(noun.split()): RoleEntry(frozenset(families.split(",")), gender, voice)
        for noun, families, gender, voice in rows("roles.tsv", headed=True)
    }


@cache
def _last_words() -> frozenset[str]:
    return frozenset(noun[-1] for noun in role_nouns())


@cache
def titles() -> dict[tuple[str, ...], tuple[str, str]]:
    """Gender and kind of forms of address and ranks, by their words, lower case, without full stops."""
    return {tuple(title.split()): (gender, kind) for title, gender, kind in rows("titles.tsv", headed=True)}


@cache
def anonymous_nouns() -> dict[str, str]:
    """What several of an unnamed sort of people are: "anonymous" or "group"."""
    return {row[0]: row[1] for row in rows("anonymous.tsv", headed=True)}


_PEOPLE = ("woman", "ologist", "ician", "worker", "keeper", "goer", "grapher", "fighter", "fitter", "owner", "official")
"""Endings of nouns that name people by what they do."""

_NO_MEN = listed("german norman ottoman talisman caiman inhuman superhuman")
_HANDS = listed("deckhand farmhand stagehand dockhand cowhand")
_LISTS = ("klist", "tlist", "hlist", "dlist", "rlist", "ylist", "assist")


def person_noun(one: str) -> bool:
    """ "pianist", "fisherman": a noun for people by its ending; no "checklist"."""
    if one in anonymous_nouns() or one.endswith(_PEOPLE) or one in _HANDS:
        return True
    if one.endswith("man") and len(one) > 5:
        return one not in _NO_MEN
    return one.endswith("ist") and len(one) > 5 and not one.endswith(_LISTS)


@cache
def body_nouns() -> dict[str, BodyEntry]:
    """Nouns of bodies, lower case."""
    return {
        noun: BodyEntry(frozenset(classes.split(",")), kind)
        for noun, classes, kind in rows("organizations.tsv", headed=True)
    }


_NO_FIRM = listed("lawmaker policymaker filmmaker peacemaker troublemaker kingmaker matchmaker newsmaker pacemaker")


def body_noun(word: str) -> BodyEntry | None:
    """What body the lower-case noun `word` names, in either number; firms also by what they make ("boatmaker")."""
    nouns = body_nouns()
    one = singular(word)
    entry = nouns.get(word) or nouns.get(one)
    if entry is None and one.endswith(("maker", "builder")) and "-" not in one and one not in _NO_FIRM:
        return nouns["maker"]
    return entry


@cache
def document_nouns() -> frozenset[str]:
    return frozenset(noun for (noun,) in rows("documents.tsv", headed=True))


@cache
def given_names() -> dict[str, str]:
    """Gender by given name, lower case."""
    return {name: gender for gender, names in rows("given_names.tsv", headed=True) for name in names.split()}


_IRREGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "police": "police",
    "rabbis": "rabbi",
}


@cache
def singular(word: str) -> str:
    """The singular of a lower-case English noun, by rule."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def plain(word: str) -> str:
    """Lower case, without full stops, American spelling of bodies brought to British."""
    lowered = word.casefold().replace(".", "")
    return _SPELLINGS.get(lowered, lowered)


def match_title(words: Sequence[str], at: int) -> int:
    """How many words from `at` are a form of address or a rank; 0 when none."""
    for length in (2, 1):
        if (
            at + length <= len(words)
            and tuple(w.casefold().replace(".", "") for w in words[at : at + length]) in titles()
        ):
            return length
    return 0


@lru_cache(maxsize=16_384)
def _last_word(word: str) -> str | None:
    """The singular of a word that role nouns end in; None for any other."""
    one = singular(word.casefold().replace(".", ""))
    return one if one in _last_words() else None


def role_at(words: Sequence[str], stop: int) -> int:
    """How many words before `stop` are a role noun (longest match, plural too); 0 when none."""
    last = _last_word(words[stop - 1])
    if last is None:
        return 0
    known = role_nouns()
    for length in (3, 2, 1):
        if length <= stop:
            noun = (*(w.casefold().replace(".", "") for w in words[stop - length : stop - 1]), last)
            if noun in known:
                return length
    return 0


def role_ends(doc: Doc, i: int) -> int:
    """How many tokens up to and with token i are a role noun; 0 when none."""
    if _last_word(doc[i].text) is None:
        return 0
    before = max(0, i - 2)
    return role_at([t.text for t in doc[before : i + 1]], i + 1 - before)


@cache
def _country_word(name: str) -> str | None:
    return demonym_country(name) or country_of(name)


def country_in(words: Sequence[str]) -> tuple[str, int, int] | None:
    """The first country or demonym among `words`: its code, where it begins and stops."""
    for at, word in enumerate(words):
        if not word[:1].isupper() or (at and words[at - 1] in _OTHER_LANDS):
            continue
        for length in (4, 3, 2, 1):
            if at + length <= len(words):
                code = _country_word(" ".join(words[at : at + length]))
                if code is not None:
                    return code, at, at + length
    return None


@dataclass(frozen=True, slots=True)
class Role:
    """What a phrase says of a person.  `modifiers` narrow the noun ("intelligence" chief), `body` is the
    organization named with it, in the article's words."""

    noun: str
    families: frozenset[str]
    gender: str
    voice: str
    country: str | None = None
    body: str | None = None
    modifiers: frozenset[str] = field(default_factory=frozenset)
    former: bool = False
    deputy: bool = False

    @property
    def title(self) -> str:
        """The role in words, lower case: "former foreign minister"."""
        narrowed = sorted(m for m in self.modifiers if m not in self.noun.split())
        return " ".join(
            (["former"] if self.former else []) + (["deputy"] if self.deputy else []) + narrowed + [self.noun]
        )

    def fits(self, other: Role) -> bool:
        """Whether one person can bear both: a family in common, and nothing that speaks against it."""
        if self.deputy != other.deputy or not (
            self.families & other.families or self._kind_of(other) or other._kind_of(self)
        ):
            return False
        if self.country and other.country and self.country != other.country:
            return False
        if self.gender and other.gender and self.gender != other.gender:
            return False
        narrow, wide = sorted((self.modifiers, other.modifiers), key=len)
        return narrow <= wide

    def _kind_of(self, general: Role) -> bool:
        """ "foreign minister" is a kind of "minister", and of no "health minister"."""
        return not general.modifiers and any(f.partition("/")[0] in general.families for f in self.families if "/" in f)


def read_role(words: Sequence[str]) -> Role | None:
    """The role that a noun phrase names: "the Ukrainian foreign intelligence chief", "State Secretary of Belarus'
    Security Council".  None when its head is no role noun."""
    words = _unhyphenated(words)
    stop = next((i for i, w in enumerate(words) if w.casefold() in LINKS or w in {",", "and", "(", "who"}), len(words))
    if stop and stop < len(words) and words[stop].casefold() in {"of", "in"}:
        for tail in (2, 1):  # "secretary of state", "head of state", "commander in chief"
            across = stop + tail
            if across <= len(words) and role_at(words, across) >= 3:
                stop = across
                break
    if not stop:
        return None
    length = role_at(words, stop)
    if not length and stop < len(words) and words[stop].casefold() == "of":  # "the Bank of England governor"
        stop = len(words)
        length = role_at(words, stop)
    if not length:
        return None
    noun = (
        *(w.casefold().replace(".", "") for w in words[stop - length : stop - 1]),
        singular(words[stop - 1].casefold().replace(".", "")),
    )
    entry = role_nouns()[noun]
    before, after = list(words[: stop - length]), list(words[stop:])
    found = country_in(before)
    country = found[0] if found else None
    if found:
        before[found[1] : found[2]] = []
    elif (abroad := country_in(after)) is not None:
        country = abroad[0]
    kept = [
        w for w in before if w.casefold() not in DETERMINERS and w not in POSSESSIVES and any(c.isalnum() for c in w)
    ]
    lowered = {plain(w) for w in kept}
    named = [w for w in kept if w[:1].isupper() and plain(w) not in STANDING | {"deputy", "vice"}]
    body = " ".join(named) or body_after(after)
    if country is None and body:
        country = capital_country(body)
    modifiers = frozenset(lowered - STANDING - {"deputy", "vice", "his", "her", "their", "its", "our", "my", "co"})
    return Role(
        noun=" ".join(noun),
        families=entry.families,
        gender=entry.gender,
        voice=entry.voice,
        country=country,
        body=body,
        modifiers=modifiers,
        former=bool(lowered & {"former", "ex", "then", "late", "ousted", "ex-president"}),
        deputy=bool(lowered & {"deputy", "vice", "assistant"}),
    )


def _unhyphenated(words: Sequence[str]) -> list[str]:
    """Tokens with what a hyphen joins as one word: "Secretary-General"."""
    joined: list[str] = []
    for i, word in enumerate(words):
        if joined and word != "-" and i > 1 and words[i - 1] == "-":
            joined[-1] += f"-{word}"
        elif word != "-":
            joined.append(word)
    return joined


def body_after(words: Sequence[str]) -> str | None:
    """The capitalised words of "of the Security Council", "for Belarus' Border Guard": a body without its country."""
    at = 1 if words and words[0].casefold() in LINKS else 0
    run: list[str] = []
    for i, word in enumerate(words[at:], at):
        if word in {",", "("} or word.casefold() in {"who", "which", "that"}:
            break
        if word in POSSESSIVES:
            run.clear()
        elif word[:1].isupper() or (run and word.casefold() in {"of", "and", "for", "&"} and words[i + 1 : i + 2]):
            run.append(word)
        elif run and word.casefold() not in DETERMINERS:
            break
    while run and not run[-1][:1].isupper():
        run.pop()
    name = " ".join(run)
    return None if not name or _country_word(name) else name
