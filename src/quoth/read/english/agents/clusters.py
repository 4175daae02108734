"""Which names of an article are one person's or one body's.

Persons merge by surname (and a given name that does not speak against it), bodies by their words, by acronyms in
brackets or of their initials, and by short forms ("the Post" after "the Eastern Post").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quoth.model import AgentKind
from quoth.names import canonical, fold, same_person
from quoth.read.countries import capital_country, country_of, demonym_country
from quoth.read.english.agents.mentions import PARTICLES, Name
from quoth.read.english.agents.roles import (
    Role,
    body_noun,
    body_nouns,
    country_in,
    document_nouns,
    given_names,
    listed,
    plain,
    singular,
)
from quoth.read.english.outlets import outlet_names

_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_CAMEL = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bFitz)(?<!\bVan)(?<=[a-z])[A-Z]")
"""A capital within a word is a brand's: "SkyHaul"."""

_SUPPORT = listed("administration government campaign family team supporter aide ally camp cabinet regime era")
_FIRM_WORDS = listed("inc inc. corp corp. ltd ltd. llc plc co co. gmbh ag sa se nv spa")
_STATE_CLASSES = listed(
    "ministry government parliament court forces police agency council commission bank body regulator"
)


@dataclass(slots=True, eq=False)
class Member:
    """One person, body or thing of the article's cast.  `roles` with the offset of the words that state each;
    `described` the common words that say what it is, `bases` the places it is based in."""

    kind: AgentKind | None
    name: str
    written: Counter[str] = field(default_factory=Counter)
    roles: list[tuple[Role, int]] = field(default_factory=list)
    gender: str = ""
    country: str | None = None
    classes: frozenset[str] = frozenset()
    labels: Counter[str] = field(default_factory=Counter)
    described: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)

    def bears(self, role: Role) -> bool:
        return any(own.fits(role) for own, _ in self.roles)


@lru_cache(maxsize=16_384)
def role_family(name: str) -> frozenset[str]:
    """The classes of the body that `name` names: by its last word, or the one before "of"."""
    words = name.split()
    nouns = body_nouns()
    whole, last = outlet_names()
    lowered = [plain(w) for w in words if w.casefold() not in {"the"}]
    if " ".join(lowered) in whole or (lowered and lowered[-1] in last and len(lowered) > 1):
        return frozenset({"media", "agency"}) if " ".join(lowered) in whole else frozenset({"media"})
    heads = [lowered[-1]] if lowered else []
    if "of" in lowered:
        heads.insert(0, lowered[lowered.index("of") - 1])
    if "for" in lowered:
        heads.insert(0, lowered[lowered.index("for") - 1])
    for head in heads:
        entry = nouns.get(head) or nouns.get(singular(head))
        if entry is not None:
            return entry.classes
    if lowered and lowered[-1] in _FIRM_WORDS:
        return frozenset({"company"})
    return frozenset()


@lru_cache(maxsize=16_384)
def body_key(name: str) -> frozenset[str]:
    """What a body's name is compared by: its words in any order, without articles, countries and links."""
    words = [plain(w.removesuffix("'s").removesuffix("’s")) for w in name.replace("’", "'").split()]
    kept = {
        fold(w)
        for w, written in zip(words, name.split(), strict=True)
        if w not in {"the", "of", "for", "and", "&", "'"} | _FIRM_WORDS
        and not (demonym_country(written) or country_of(written))
    }
    return frozenset(kept - {""}) or frozenset({fold(name)})


def merge(names: Sequence[Name]) -> dict[int, Member]:
    """The member that each name (by its index) belongs to; names in text order."""
    person = _persons(names)
    members: dict[int, Member] = {}
    _merge_persons([i for i in range(len(names)) if person[i]], names, members)
    _merge_bodies([i for i in range(len(names)) if not person[i]], names, members)
    for i, member in members.items():
        _learn(member, names[i])
    for member in set(members.values()):
        _settle(member)
    return members


def _persons(names: Sequence[Name]) -> list[bool]:
    """Whether each name is a person's: evidence of all names with the same words, added up."""
    score: dict[str, float] = defaultdict(float)
    for n in names:
        score[fold(n.text)] += _evidence(n)
    surnames = {_surname(n.text) for n in names if " " in n.text and score[fold(n.text)] > 0}
    result = []
    for n in names:
        key = fold(n.text)
        surname = (
            " " not in n.text
            and key in surnames
            and not demonym_country(n.text)
            and not country_of(n.text)
            and (not _thing(n) or _qualified(n))
        )
        result.append(score[key] > 0 or surname)
    return result


def may_be_person(n: Name, member: Member) -> bool:
    """Whether nothing but the recognizer's label speaks against a person."""
    if member.kind is AgentKind.PERSON or member.classes or n.determiner or n.modifier or n.acronym:
        return False
    known = country_of(n.text) or capital_country(n.text) or _is_acronym(n.text)
    return not known and len(n.text.split()) <= 3 and n.text.replace(" ", "").replace("-", "").isalpha()


def _qualified(n: Name) -> bool:
    """ "a jubilant Horner": somebody in a mood."""
    words = n.parse.tokens[n.lead : n.first]
    return len(words) > 1 and words[0].text.casefold() in {"a", "an"} and words[-1].tag_ in {"JJ", "VBN", "VBG"}


def _surname(name: str) -> str:
    """The folded surname: the last word, but the first of "Moon Jae-in"."""
    words = name.split()
    if len(words) == 2 and _KOREAN_GIVEN.fullmatch(words[1]):
        return fold(words[0])
    return fold(words[-1]) or fold(name)


def _firm_before(n: Name) -> bool:
    """Whether the noun right before the name is one for a body: "toolmaker Kern", "the militant group Sahan"."""
    if n.first <= n.lead or n.role is not None:
        return False
    noun = n.parse.tokens[n.first - 1]
    entry = body_noun(noun.text) if noun.tag_ == "NN" else None
    return entry is not None and entry.kind == "organization"


def _thing(n: Name) -> bool:
    return n.determiner and not (n.titled or n.role)


def _evidence(n: Name) -> float:
    words = n.text.split()
    if len(words) > 1 and len({fold(w) for w in words}) == 1:  # "Equifax Equifax": a caption ran into the text
        return -1
    lowered = [w.casefold() for w in words]
    whole, _ = outlet_names()
    if n.role is not None and n.role.voice != "" and not _thing_role(n):
        return 5
    if n.titled and (n.title_gender or not role_family(n.text)):  # "Mr Church", but "St George's Hospital"
        return 5
    if n.apposed and n.label in {"PERSON", "ORG", "GPE", ""} and not _thing(n) and not role_family(n.text):
        return 4
    if country_of(n.text) or " ".join(lowered) in whole or n.acronym:
        return -6
    total = 0.0
    if len(words) > 1:
        if lowered[0] in given_names():
            total += 3
        if role_family(n.text):
            total -= 5
    elif lowered[0] in body_nouns() and n.label != "PERSON":
        total -= 5
    elif capital_country(n.text):
        total -= 3
    if n.behind_role is not None or n.human:
        total += 3
    if n.located:
        total -= 2
    if n.firm and not n.titled and n.role is None and n.behind_role is None:
        total -= 3
    if _firm_before(n) or _CAMEL.search(n.text) or singular(lowered[-1]) in document_nouns():
        total -= 4
    total += {"PERSON": 2.0, "": 0.0}.get(n.label, -2.0 if len(words) > 1 else -1.0)
    if _thing(n) or n.possessor_of_office:
        total -= 3
    if n.modifier and singular(_following(n)) not in _SUPPORT:
        total -= 1
    if any(c.isdigit() for c in n.text) or "&" in n.text:
        total -= 3
    return total


def _thing_role(n: Name) -> bool:
    """ "the leader Novaleaf" is a body's name all the same when its words say so."""
    return bool(role_family(n.text)) and len(n.text.split()) > 1


def _following(n: Name) -> str:
    doc = n.parse.tokens
    return doc[n.stop].text.casefold() if n.stop < len(doc) else ""


def _merge_persons(indices: list[int], names: Sequence[Name], members: dict[int, Member]) -> None:
    full: dict[str, list[Member]] = defaultdict(list)
    for i in indices:
        n = names[i]
        if len(_name_words(n.text)) < 2:
            continue
        surname = _surname(n.text)
        own = next((m for m in full[surname] if same_person(m.name, n.text)), None)
        if own is None:
            own = next((m for known in list(full.values()) for m in known if same_person(m.name, n.text)), None)
        if own is None:
            own = Member(AgentKind.PERSON, n.text)
        if own not in full[surname]:
            full[surname].append(own)
        if len(n.text) > len(own.name):
            own.name = n.text
        own.starts.append(n.start)
        own.gender = own.gender or _gender(n)
        members[i] = own
    alone: dict[str, list[Member]] = defaultdict(list)
    for i in indices:
        if i in members:
            continue
        n = names[i]
        key = fold(n.text)
        fitting = [m for m in full.get(key, []) if not (n.title_gender and m.gender and m.gender != n.title_gender)]
        if not fitting:
            fitting = [m for known in full.values() for m in known if key in fold(m.name).split()[:1] and not n.titled]
        own = _nearest(list(dict.fromkeys(fitting)), n.start)
        if own is None:
            own = next(
                (m for m in alone[key] if not (n.title_gender and m.gender and m.gender != n.title_gender)), None
            )
        if own is None:
            own = Member(AgentKind.PERSON, n.text, gender=_gender(n))
            alone[key].append(own)
        own.starts.append(n.start)
        own.gender = own.gender or _gender(n)
        members[i] = own


def _name_words(name: str) -> list[str]:
    return [w for w in name.split() if w.casefold() not in PARTICLES]


def _gender(n: Name) -> str:
    if n.title_gender:
        return n.title_gender
    for role in (n.role, n.behind_role):
        if role is not None and role.gender:
            return role.gender
    words = n.text.casefold().split()
    return given_names().get(words[0], "")


def _nearest(fitting: list[Member], start: int) -> Member | None:
    """The member named last before `start`, else the first one named."""
    if not fitting:
        return None
    before = [(max((s for s in m.starts if s < start), default=-1), -k, m) for k, m in enumerate(fitting)]
    return max(before, key=lambda item: item[:2])[2]


def _merge_bodies(indices: list[int], names: Sequence[Name], members: dict[int, Member]) -> None:
    by_words: dict[frozenset[str], dict[str | None, Member]] = defaultdict(dict)
    organizations: list[tuple[list[str], Member]] = []
    by_acronym: dict[str, Member] = {}
    for i in sorted(indices, key=lambda i: -len(names[i].text.split())):
        n = names[i]
        key, code = body_key(n.text), country_of(n.text) or _country(n)
        own = by_words[key].get(code) or _same_body(by_words[key], code)
        if own is None:
            own = by_acronym.get(_acronym(n.text)) if _is_acronym(n.text) else None
        if own is None:
            own = _short_form(organizations, n)
        if own is None:
            own = Member(_body_kind(n), n.text, country=code, classes=role_family(n.text))
            by_words[key][code] = own
            if own.kind is AgentKind.ORGANIZATION:
                organizations.append(([fold(w) for w in n.text.split()], own))
            initials = "".join(w[0] for w in n.text.replace("-", " ").split() if w[0].isupper())
            if len(initials) > 2:
                by_acronym.setdefault(initials, own)
        if n.acronym:
            by_acronym[_acronym(n.acronym)] = own
        own.country = own.country or code
        own.starts.append(n.start)
        members[i] = own
    for member in set(members.values()):
        member.starts.sort()


def _is_acronym(name: str) -> bool:
    return " " not in name and sum(c.isupper() for c in name) >= 2


def _acronym(name: str) -> str:
    return name.replace(".", "")


def _same_body(known: dict[str | None, Member], code: str | None) -> Member | None:
    """The only body of those `known` by the same words, where one of the two names no country."""
    same = {id(m): m for c, m in known.items() if c is None or code is None}
    return next(iter(same.values())) if len(same) == 1 else None


def _short_form(organizations: list[tuple[list[str], Member]], n: Name) -> Member | None:
    """The only longer name (by its words) that begins with these words, or ends in them after "the"."""
    words = [fold(w) for w in n.text.split()]
    if n.label in {"GPE", "LOC"} or country_of(n.text) or capital_country(n.text):
        return None
    fitting: dict[int, Member] = {}
    for longer, member in organizations:
        if len(longer) > len(words):
            tail = longer[-len(words) :] == words and (n.determiner or len(words) > 1)
            front = longer[: len(words)] == words and bool(member.classes & {"company", "media", "party", "team"})
            if tail or front:
                fitting[id(member)] = member
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _country(n: Name) -> str | None:
    """The country that a body's own words or the words right before it name, for bodies of state."""
    found = country_in(n.text.replace("’s", "").replace("'s", "").split())
    if found is not None:
        return found[0]
    return n.country if role_family(n.text) or n.full else None


def _body_kind(n: Name) -> AgentKind | None:
    if country_of(n.text):
        return AgentKind.COUNTRY
    if singular(n.text.split()[-1].casefold()) in document_nouns() and not role_family(n.text):
        return AgentKind.DOCUMENT
    if role_family(n.text) or n.acronym or n.label == "ORG" or _firm_before(n) or _CAMEL.search(n.text):
        return AgentKind.ORGANIZATION
    return AgentKind.ORGANIZATION if _is_acronym(n.text) and n.label not in {"GPE", "LOC", "PRODUCT"} else None


def _learn(member: Member, n: Name) -> None:
    if member.kind is AgentKind.PERSON:
        member.written[n.text] += 1
        if n.role is None and n.country is not None:  # "Hungary's Viktor Orban"
            member.country = member.country or n.country
        for role in (n.role, n.behind_role):
            if role is not None:
                member.roles.append((role, n.start))
    else:
        if member.kind is None and (n.firm or _firm_before(n)) and n.label not in {"GPE", "LOC"}:
            member.kind = AgentKind.ORGANIZATION
        member.labels[n.label] += 1
        member.described |= n.described
        if n.base:
            member.bases.add(n.base)
        if _firm_before(n) and (entry := body_noun(n.parse.tokens[n.first - 1].text)) is not None:
            member.classes = member.classes or entry.classes
        elif not member.classes:
            entries = [e for w in sorted(n.described) if (e := body_noun(w)) is not None and e.kind == "organization"]
            member.classes = frozenset(c for e in entries for c in e.classes)
        if (n.described or n.firm) and member.country is None and member.kind is AgentKind.ORGANIZATION:
            member.country = n.country
        state = member.classes & _STATE_CLASSES
        member.written[n.full if n.full and state else n.text] += 1


def _settle(member: Member) -> None:
    """Choose the name that stands for all, and the country."""
    if member.kind is AgentKind.PERSON:
        member.name = canonical(member.written.elements())
        if member.country is None:
            codes = Counter(role.country for role, _ in member.roles if role.country and role.voice != "own")
            codes = codes or Counter(role.country for role, _ in member.roles if role.country)
            member.country = codes.most_common(1)[0][0] if codes else None
        if not member.gender:
            member.gender = next((role.gender for role, _ in member.roles if role.gender), "")
    elif member.kind is AgentKind.COUNTRY:
        pass
    else:
        if member.kind is None and member.labels["ORG"] > member.labels["GPE"] + member.labels["LOC"]:
            member.kind = AgentKind.ORGANIZATION
        member.name = _fullest(member.written)


def _fullest(written: Iterable[str]) -> str:
    def weight(name: str) -> tuple[int, int]:
        return len(name.split()), len(name)

    return max(written, key=weight).removeprefix("The ").removeprefix("the ")
