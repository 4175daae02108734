"""Runs of proper nouns in a parse, with what stands around them: titles before, appositions and acronyms behind.

The entity recognizer's labels are evidence, not truth: titles and possessors are cut off, and runs that a
label broke in the middle are whole again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quoth.model import BlockKind
from quoth.read.countries import demonym_country
from quoth.read.english.agents.roles import (
    POSSESSIVES,
    STANDING,
    Role,
    anonymous_nouns,
    body_noun,
    body_nouns,
    country_in,
    document_nouns,
    given_names,
    listed,
    match_title,
    person_noun,
    plain,
    read_role,
    role_at,
    singular,
    titles,
)
from quoth.read.english.agents.surroundings import PEERS, WITHIN, description, firm_like, human_behind, located
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Doc, Token

PARTICLES = listed("de del della di da do dos das du van von der den ter ten bin ibn ben al el la le bint abu y")
NUMERIC = listed("DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL")
WHOLE = listed("ORG FAC WORK_OF_ART LAW EVENT PRODUCT LOC")
"""Labels under which a title or role word is part of the name: "General Motors", "the King James Bible"."""

CALENDAR = listed(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Jan. Feb. Aug. Sept. Oct. Nov. Dec."
)
QUOTES = frozenset("\"“”„«»‘’'*")
_COMPOUNDING = listed(
    "led based run style era born made like wide held owned free type only plus own allied bound backed"
)
"""Words behind a hyphen that make an adjective of the name before it: "Berlin-based"."""

_ACRONYM = re.compile(r"[A-Z][A-Za-z.&-]{0,3}[A-Z]\.?$|[A-Z]{2,}[a-z]?$")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})


@dataclass(slots=True)
class Name:
    """A run of proper nouns: tokens [first, stop) of one parse, its name without what goes before.

    `lead` is the first token of the noun phrase up to the name (titles, role, country, determiner); `full` the
    name with the country right before it ("Russia's Defence Ministry"); `behind` the tokens of an apposition
    after a comma; `acronym` one introduced in brackets behind the run; `apposed` when a role and a comma stand
    before it ("her spokesman, Ivo Tarsk"); `possessor_of_office` in "Drenovia's prime minister";
    `described` the common words that say what it is ("German toolmaker Kern", "Kern, a toolmaker,"), `base` the place
    that it is "based in"; `located` when it stands where places do ("left for Norden"); `firm` when it is owned,
    traded or "based"; `human` when the words behind it speak of a person ("Ilo Wend, who", "Ilo Wend, a pianist,").
    """

    parse: Parse
    first: int
    stop: int
    text: str
    label: str
    lead: int
    determiner: bool
    modifier: bool
    role: Role | None = None
    title_gender: str = ""
    titled: bool = False
    country: str | None = None
    full: str | None = None
    behind: tuple[int, int] | None = None
    behind_role: Role | None = None
    acronym: str | None = None
    apposed: bool = False
    possessor_of_office: bool = False
    described: frozenset[str] = frozenset()
    base: str = ""
    located: bool = False
    firm: bool = False
    human: bool = False

    @property
    def start(self) -> int:
        return self.parse.starts[self.first]

    @property
    def head(self) -> int:
        return self.stop - 1


def title_case(parse: Parse) -> bool:
    """Whether capitals mean nothing in this stretch: a headline in Title Case or ALL CAPS."""
    longer = [t.text for t in parse.tokens if len(t.text) > 3 and t.text[0].isalpha()]
    if longer and all(w.isupper() for w in longer):
        return True
    if parse.block is BlockKind.PARAGRAPH or len(longer) < 3:
        return False
    capital = sum(w[0].isupper() for w in longer)
    lower_verb = any(t.tag_[:2] == "VB" and t.text.islower() and len(t.text) > 3 for t in parse.tokens)
    return capital >= 0.75 * len(longer) and not lower_verb


def placeholder(parse: Parse, text: str, i: int) -> bool:
    """Whether token i stands for a whole quotation."""
    token = parse.tokens[i]
    return parse.ends[i] - parse.starts[i] != len(token.text) or text[parse.starts[i] : parse.ends[i]] != token.text


def names_in(parse: Parse, text: str, surnames: frozenset[str] = frozenset()) -> list[Name]:
    """The proper names of a parse, in text order; `surnames` are names already whatever the tagger takes them for."""
    doc = parse.tokens
    tags = ["NNP" if t.text in surnames or _speaks_alone(t) else t.tag_ for t in doc]
    words = [t.text for t in doc]
    labels = [t.ent_type_ for t in doc]
    begins = [t.ent_iob_ == "B" for t in doc]
    found: list[Name] = []
    at = 0
    size = len(doc)
    while at < size:
        if not _proper(words, tags, labels, at) or placeholder(parse, text, at):
            at += 1
            continue
        stop = kept = at + 1
        while stop < size:
            if _proper(words, tags, labels, stop):
                if begins[stop] and labels[stop] in {"GPE", "NORP", "PERSON"} and _split(labels, words, at, stop):
                    break
                if stop - 2 >= at and all(map(_shouted, words[stop - 2 : stop])) and not words[stop].isupper():
                    break  # "RITA ZELL Rita Zell said": a caption ran into the text
            elif _given_goes_on(parse, words, labels, at, stop):
                stop += 2
                kept = stop
                continue
            elif not _joins(words, tags, labels, begins, stop, size):
                break
            stop += 1
        while stop > kept and not _proper(words, tags, labels, stop - 1):
            stop -= 1
        name = _name(parse, text, words, tags, labels, at, stop)
        if name is not None:
            found.append(name)
        at = stop
    return found


_SPEECH = listed("said says told tells added adds replied insisted argued explained acknowledged conceded")
_PEOPLES = ("ers", "ors", "ists", "ians", "ants", "ents", "ees", "men", "ives", "crews", "troops", "bosses", "locals")
_NOBODY = listed(
    "nobody everybody everyone somebody someone anybody anyone nothing everything something management staff "
    "opposition defence defense counsel evidence word rumour rumor tradition history legend another neither each one"
)


def _speaks_alone(token: Token) -> bool:
    """Whether a capital at a sentence's start that the tagger takes for a common word is a name: "Vidal said"."""
    word = token.text
    if token.tag_ not in {"NN", "NNS", "JJ", "VB", "UH"} or not (word.istitle() and word.isalpha()):
        return False
    verb = token.nbor() if token.i + 1 < len(token.doc) else token
    if not token.is_sent_start or verb.text not in _SPEECH or verb.tag_ not in {"VBD", "VBZ"}:
        return False
    lowered = word.casefold()
    one = singular(lowered)
    if token.tag_ == "NNS" and (lowered.endswith(_PEOPLES) or lowered not in {one, one + "s"}):
        return False
    known = body_noun(lowered) is not None or person_noun(one) or {one, lowered} & (document_nouns() | _NOBODY)
    return not known and not role_at([word], 1) and not demonym_country(word)


def _proper(words: list[str], tags: list[str], labels: list[str], i: int) -> bool:
    word = words[i]
    if not labels[i] and tags[i] not in {"NNP", "NNPS"}:
        return False
    if not any(c.isalpha() for c in word):
        return False
    if word == "All" and labels[i] == "ORG":  # "All Nippon Airways"
        return i + 1 < len(words) and labels[i + 1] == "ORG"
    if tags[i] in {"NNP", "NNPS"}:
        return labels[i] not in NUMERIC and (word[0].isupper() or word.casefold() in PARTICLES or not word.islower())
    return (
        labels[i] not in NUMERIC and labels[i] != "NORP" and word[0].isupper() and tags[i] not in {"DT", "PRP$", "WDT"}
    )


def _joins(words: list[str], tags: list[str], labels: list[str], begins: list[bool], i: int, size: int) -> bool:
    """Whether the word at i, no proper noun itself, stands inside a name: of, and, hyphens, particles, initials."""
    if i + 1 >= size or not _proper(words, tags, labels, i + 1):
        following = (
            i + 2 < size
            and labels[i]
            and not begins[i + 1]
            and labels[i + 1] == labels[i]
            and _proper(words, tags, labels, i + 2)
        )
        if not following:
            return False
    inside = bool(labels[i]) and labels[i] == labels[i - 1] and not begins[i] and labels[i] not in NUMERIC
    word = words[i].casefold()
    if word in POSSESSIVES:
        return inside and labels[i] == "GPE"  # "the Democratic People's Republic of Korea"
    if inside and tags[i] not in {",", ":", "``", "''"} and words[i] != "'":
        return True
    if word in {"-", "–"}:
        return tags[i] == "HYPH"
    if word in PARTICLES:
        return True
    if word in {"of", "in"} and role_at(words[: i + 2], i + 2) >= 3:  # "Secretary of State"
        return True
    if word in {"of", "for"}:
        return plain(words[i - 1]) in body_nouns() and words[i - 1][0].isupper()
    return False


def _shouted(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word.isupper()


def _given_goes_on(parse: Parse, words: list[str], labels: list[str], at: int, i: int) -> bool:
    """Whether a hyphen and a small second half of a given name follow at i: "Moon Jae-in", "Kim Jong-un"."""
    if i + 1 >= len(words) or words[i] not in {"-", "‑"} or (i - 1 == at and labels[at] != "PERSON"):
        return False
    half = words[i + 1]
    joined = parse.ends[i - 1] == parse.starts[i] and parse.ends[i] == parse.starts[i + 1]
    return joined and half.isalpha() and half.islower() and len(half) < 6 and half not in _COMPOUNDING


def _split(labels: list[str], words: list[str], at: int, i: int) -> bool:
    """Whether a new entity that begins inside a run of proper nouns is a new name: "Paris Jean", "Merkel Berlin"."""
    before, label = labels[i - 1], labels[i]
    if words[i - 1].casefold() in PARTICLES:
        return False
    if label == "PERSON" and before == "ORG":  # a surname alone is the firm's other half: "Norden Martin"
        return labels[i + 1 : i + 2] == ["PERSON"]
    if label == "PERSON":
        return before in {"GPE", "NORP", "LOC", "FAC"}
    return before in {"PERSON"} and i > at


def _name(
    parse: Parse, text: str, words: list[str], tags: list[str], labels: list[str], first: int, stop: int
) -> Name | None:
    doc = parse.tokens
    whole = first
    while labels[stop - 1] not in WHOLE | {"PERSON"} and (length := role_at(words[first:stop], stop - first)):
        stop -= length  # "the Apple CEO", "Prime Minister"
        if stop <= first:
            return None
        while stop > first and not _proper(words, tags, labels, stop - 1):
            stop -= 1
        if stop <= first:
            return None
    if stop - first == match_title(words[:stop], first) and not labels[first]:
        return None
    while first < stop - 1 and words[first].casefold() in _ARTICLES:
        first += 1
    while (
        first < stop - 1
        and tags[first] == "JJ"
        and labels[stop - 1] in {"PERSON", "PRODUCT", ""}
        and demonym_country(words[first])
    ):
        first += 1
    body = plain(words[stop - 1]) in body_nouns()
    name_first = first
    one_entity = labels[first] in WHOLE and all(labels[i] == labels[first] for i in range(first, stop))
    if not body and not one_entity:
        i = first
        while i < stop - 1:  # cut at the last title or role word that leaves a name behind it
            length = match_title(words[:stop], i)
            if length and i + length < stop:
                i += length
                name_first = i
                continue
            if role_at(words[first:stop], i + 1 - first) and i + 1 < stop:
                name_first = i + 1
            i += 1
        if name_first == first:
            name_first = _behind_portfolio(words, first, stop)
        if name_first < stop - 1 and words[name_first].casefold() in {"of", "-"}:
            name_first = first
    elif not body and (after := _given_behind(words, first, stop)):
        name_first = after
    elif not body and match_title(words[:stop], first) and (words[first].casefold().replace(".", ""),) in titles():
        gender, kind = titles()[(words[first].casefold().replace(".", ""),)]
        if kind == "address" and first + 1 < stop and words[first].endswith((".", "r", "s")):
            name_first = first + 1
    lead = _lead(doc, words, tags, labels, name_first)
    before = words[lead:name_first]
    title_gender, titled = "", False
    if body and stop - name_first == 1 and len(before) > 1 and before[-1] in POSSESSIVES and not country_in(before):
        name_first = lead + (before[0].casefold() in _ARTICLES)  # "St George's Hospital"
        before = words[lead:name_first]
    own = max((i + 1 for i, w in enumerate(before) if w in POSSESSIVES), default=0)
    for i in range(own, len(before)):
        length = match_title(before, i)
        if length:
            gender, kind = titles()[tuple(w.casefold().replace(".", "") for w in before[i : i + length])]
            title_gender, titled = title_gender or gender, True
    role = read_role(before) if before else None
    if role is None and before and len(before) > 1 and before[-1] in {",", "and"}:
        role = read_role(before[:-1])
    place = country_in(before) if before else None
    if role is None and not titled and place is None and len(before) > 4:  # a caption's or credit's words
        lead, before = name_first, []
    while stop > name_first + 1 and words[stop - 1] in QUOTES | POSSESSIVES:
        stop -= 1
    written = " ".join(text[parse.starts[name_first] : parse.ends[stop - 1]].split()).strip("\"“”„«»*'‘ ")
    for ending in ("'s", "’s", "’"):
        written = written.removesuffix(ending)
    if not written:
        return None
    half = written[: len(written) // 2]
    if f"{half} {half}" == written:  # a caption ran into the text
        written = half
    head: Token = doc[stop - 1]
    label = _label(labels, name_first, stop)
    name = Name(
        parse=parse,
        first=name_first,
        stop=stop,
        text=written,
        label=label,
        lead=min(lead, whole) if name_first == first else lead,
        determiner=bool(lead < name_first and words[lead].casefold() in {"the", "a", "an", "this", "these"})
        or whole < first,
        modifier=head.dep_ in {"compound", "nmod", "amod"}
        and head.head.i >= stop
        and tags[head.head.i] in {"NN", "NNS"},
        role=role,
        title_gender=title_gender,
        titled=titled,
        country=place[0] if place else None,
        full=_full(parse, text, words, lead, name_first, stop, place) if place else None,
    )
    _behind(name, words, tags)
    at = name.lead
    name.apposed = at > 1 and words[at - 1] == "," and _role_before(words, tags, at - 1)
    place_in_text = name.lead, name_first, stop
    name.described, name.base = description(doc, *place_in_text)
    name.located = located(doc, *place_in_text)
    name.firm = bool(name.base) or firm_like(doc, *place_in_text)
    if name.firm and name.country is None and first > 1 and words[first - 1].casefold() in PEERS:
        name.country = demonym_country(words[first - 2])
    name.human = human_behind(doc, stop)
    if role is not None and role.country is None and stop < len(words) - 1 and words[stop] == "of":
        land = country_in(words[stop + 1 : stop + 4])
        if land is not None and land[1] == 0:  # "President Ana Ruiz of Peru"
            name.role, name.country = replace(role, country=land[0]), land[0]
    if stop < len(words) and words[stop] in POSSESSIVES:
        office = next((role for end in (3, 4, 2) if (role := read_role(words[stop + 1 : stop + end]))), None)
        name.possessor_of_office = office is not None and office.voice == "government"
    return name


def _given_behind(words: list[str], first: int, stop: int) -> int:
    """Where the person begins in a run that a label takes for one body: "Bishop Carlo Renzi"; 0 when nowhere."""
    for i in range(first + 1, stop - 1):
        if words[i].casefold() in given_names() and (role_at(words[:i], i) or match_title(words[:i], i - 1)):
            return i
    return 0


def _behind_portfolio(words: list[str], first: int, stop: int) -> int:
    """Where the person begins in "(Secretary of) Defense Ana Ruiz": at the given name after an office's portfolio."""
    if stop - first < 3 or first < 2 or words[first - 1].casefold() != "of" or not role_at(words, first - 1):
        return first
    return next((i for i in range(first + 1, stop - 1) if words[i].casefold() in given_names()), first)


def _full(
    parse: Parse, text: str, words: list[str], lead: int, first: int, stop: int, place: tuple[str, int, int]
) -> str | None:
    """The name with the country before it, when nothing but a possessive stands between."""
    _, at, after = place
    if any(w not in POSSESSIVES for w in words[lead + after : first]):
        return None
    return " ".join(text[parse.starts[lead + at] : parse.ends[stop - 1]].split())


def _label(labels: list[str], first: int, stop: int) -> str:
    own = [label for label in labels[first:stop] if label and label not in NUMERIC]
    return max(own, key=own.count) if own else ""


def _lead(doc: Doc, words: list[str], tags: list[str], labels: list[str], first: int) -> int:
    """The first token of the titles, role and modifiers before a name.

    Runs left over nouns and adjectives that the parser holds to belong to the name's phrase or that end in a role.
    """
    i = first
    while i > 0:
        previous = i - 1
        tag, word = tags[previous], words[previous]
        across = role_at(words, i)
        if across >= 3 and words[i - 2].casefold() in {"of", "in"}:
            i -= across
            continue
        if i < first and word.casefold() == "of" and (office := role_at(words, previous)):
            i = previous - office
            continue
        if word in CALENDAR:
            break
        if tag == "NNS" and singular(word.casefold()) in anonymous_nouns():  # "told the young people Mayor Ruiz …"
            break
        if tag in WITHIN or word.casefold() in titles_single():
            if labels[previous] in {"DATE", "TIME", "CARDINAL"} and tag in {"CD", "NNP"}:
                break
            if tag in {"VBN", "VBG"} and doc[previous].dep_ not in {"amod", "compound"}:
                break
            if tag == "POS" and doc[previous].dep_ != "case":
                break
            i = previous
            continue
        if word in {"-", "–"} and tag == "HYPH":
            i = previous
            continue
        if tag in {"DT", "PRP$"}:
            i = previous
        break
    # nothing but the name itself belongs to a phrase that ends in a clause before it
    while i < first and (tags[i] in {"POS", "HYPH"} or words[i] in QUOTES):
        i += 1
    return _attached(doc, i, first)


def _attached(doc: Doc, lead: int, first: int) -> int:
    """The leftmost token from `lead` whose phrase reaches to the name: its head chain leads behind it, not before."""
    for i in range(lead, first):
        head = doc[i]
        steps = 0
        while lead <= head.i < first and head.head.i != head.i and steps < 8:
            head = head.head
            steps += 1
        if (
            head.i >= first
            or role_at([t.text for t in doc[i:first]], first - i)
            or match_title([doc[first - 1].text], 0)
        ):
            return i
    return first


def titles_single() -> frozenset[str]:
    return _SINGLE


_SINGLE = frozenset(t[0] + dot for t in titles() if len(t) == 1 for dot in ("", "."))


def _role_before(words: list[str], tags: list[str], comma: int) -> bool:
    """Whether a role ends at a comma: "her spokesman, Ivo Tarsk", "a spokesman for Velic, Ivo Tarsk,"."""
    if role_at(words, comma):
        return tags[comma - 1] in {"NN", "NNP"}
    for i in range(comma - 2, max(comma - 9, 0), -1):
        if words[i] in {",", ";", ":", ".", "(", "“", '"'} or tags[i][:2] == "VB" or words[i].casefold() == "and":
            return False
        if words[i].casefold() in {"for", "of"} and role_at(words, i):
            return tags[i - 1] in {"NN", "NNP"}
    return False


def _behind(name: Name, words: list[str], tags: list[str]) -> None:
    """Read "(IAEA)" and ", the foreign minister of X," behind a name."""
    i = name.stop
    if i + 2 < len(words) and words[i] == "(" and words[i + 2] == ")" and _ACRONYM.match(words[i + 1]):
        name.acronym = words[i + 1]
        i += 3
    if i < len(words) and words[i] in {"'s", "’s", "'", "’"}:
        return
    if i + 1 >= len(words) or words[i] != ",":
        return
    stop = i + 1
    while stop < len(words) and stop - i < 24:
        word, tag = words[stop], tags[stop]
        if word in {",", ";", ":", ".", "—", "–", "(", "?", "!"} or word.casefold() in {"who", "which", "whose"}:
            break
        if tag in {"VBD", "VBZ", "VBP", "MD", "TO", "PRP"}:
            break
        stop += 1
    if stop <= i + 1:
        return
    role = read_role(words[i + 1 : stop])
    closed = (
        stop >= len(words)
        or words[stop] in {",", ";", ".", "—", "–", "?", "!", "("}
        or words[stop].casefold() in {"who", "whose"}
    )
    participle = tags[i + 1] == "VBG" and words[i + 1].casefold() not in STANDING  # "X, quoting the director,"
    if role is not None and closed and not participle and tags[i + 1] not in {"IN", "CC", "RB", "NNS"}:
        name.behind, name.behind_role = (i + 1, stop), role
