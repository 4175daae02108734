"""Which names in an English parse are places in a place's role.

"in Minsk", "shelled Kharkiv", "the Ukrainian city of Dnipro" and "on Belarusian territory" are; "Moscow said",
"Russia's president", "talks with Minsk" and "Kyiv-based" are not: there the name is a government's or an owner's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from quoth.model import PlacePrecision
from quoth.read.countries import countries, country_name, country_of, demonym_country
from quoth.read.english.described_places import is_moved, kind_of
from quoth.read.english.lexicon import rows
from quoth.read.english.tokens import Doc, Span, Token
from quoth.read.gazetteer import Gazetteer
from quoth.read.place_names import spellings

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
MISSED_LABELS = frozenset(("", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART"))
"""Entity labels under which a name that the gazetteer knows may still be a place."""

ANY_NAME = MISSED_LABELS | PLACE_LABELS | {"LANGUAGE", "LAW"}
"""Entity labels under which a name that no gazetteer lists may be a place: of a name it has never seen, the recogniser
guesses the kind."""

TOWN, CITY, BIG_CITY = 5_000, 50_000, 200_000
"""Inhabitants from which a city is taken on the gazetteer's word alone: after "in" or "near"; in another place's
role; even though the recogniser takes the name for a person's."""

_HYPHENS = frozenset("-‐‑–")
_LINKS = frozenset(("compound", "amod", "nmod", "poss"))

Found = tuple[int, int, str]


def find(doc: Doc, gazetteer: Gazetteer | None = None) -> list[Found]:
    """Token ranges [first, stop) that name a place in a place's role, with the name to look up, in text order.

    "Belarusian territory" is found under the country's name, "the Ukrainian capital" under the capital's.  Without
    a gazetteer, only what the entity recogniser takes for a place is found.  A container written after a
    place's name ("Texas" in "Paris, Texas") is not found again.
    """
    taken = [False] * len(doc)
    found: list[Found] = []
    for first, stop, name in sorted(_all(doc, gazetteer), key=lambda f: (f[0] - f[1], f[0])):
        if not any(taken[first:stop]):
            taken[first:stop] = [True] * (stop - first)
            found.append((first, stop, name))
    found.sort()
    return [f for i, f in enumerate(found) if not (i and _contains(doc, found[i - 1], f))]


def unlisted(docs: Sequence[Doc], found: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """For each parse of one article, the places that no gazetteer lists and `found` lacks, in text order.

    A name is a place's when somewhere in the article it stands where only a place can ("in Skarn") and nowhere
    speaks, or where `found` has it; it then counts wherever a place's role is its own.
    """
    runs = [
        [run for run in _proper_runs(doc, {i for f in there for i in range(f[0], f[1])}, ANY_NAME) if not _is_body(run)]
        for doc, there in zip(docs, found, strict=True)
    ]
    everywhere = [run for there in runs for run in there]
    located = {run.text for run in everywhere if _surely_located(run.root) and not _is_hyphened(run)}
    located |= {name for there in found for _, _, name in there}
    lands = {run.text for run in everywhere if _is_land(run.root)}
    located -= {run.text for run in everywhere if _speaks(run.root)} - lands
    located = {name for name in located if name.lower() not in _words("never")}
    return [
        [
            (run.start, run.end, run.text)
            for run in there
            if run.text in located and (_has_role(run.root) or _stands_by(run))
        ]
        for there in runs
    ]


def _is_land(token: Token) -> bool:
    """Whether "in X" makes a name a land's, which may speak elsewhere as its government: "will be in Norvale"."""
    first = _first_conjunct(token)
    if first.dep_ != "pobj" or first.head.lower_ != "in":
        return False
    return not _trusts(first.head.head)


def _trusts(governor: Token) -> bool:
    """ "believe in X", "a stake in X": no place."""
    return governor.lemma_.lower() in _words("trusting") or governor.lower_ in _words("trusting")


def _stands_by(run: Span) -> bool:
    """ "shelled the Halvet market", "the Halvet blast": a name before what stands or happens there."""
    noun = run.root.head
    before = run.root.dep_ in ("compound", "nmod") and noun.i == run.end
    return before and (_happens(noun) or (_is_built(noun) and _has_role(noun)))


def _is_built(noun: Token) -> bool:
    return noun.lemma_.lower() in _words("building") or kind_of(noun) in ("built", "inner", "way")


def _happens(noun: Token) -> bool:
    return noun.lemma_.lower() in _words("happening")


def _surely_located(token: Token) -> bool:
    """Where only a place can stand, or where somebody or something is or goes."""
    if _strictly_located(token):
        return True
    token, head = _first_conjunct(token), _first_conjunct(token).head
    if token.dep_ == "pobj" and head.lower_ == "at":
        stays = _words("building") | _words("settlement") | _words("staying")
        return token.ent_type_ in PLACE_LABELS or head.head.lemma_.lower() in stays
    if token.dep_ in ("dobj", "oprd"):
        return head.lemma_.lower() in _words("entered")
    above = {head.head.lemma_.lower(), head.head.head.lemma_.lower()} if head.dep_ == "prep" else set()
    above |= {c.lemma_.lower() for c in head.head.children if c.dep_ == "dobj"}  # "began its trials off Skarn"
    towards = head.lower_ in ("to", "from", "for", "off", "toward", "towards")
    return token.dep_ == "pobj" and towards and not above.isdisjoint(_words("motion")) and _is_located(head)


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _words("speaking")


def _is_body(run: Span) -> bool:
    """An organization's name: of several words, or in capitals."""
    return run.root.ent_type_ == "ORG" and (len(run) > 1 or run.text.isupper())


def _all(doc: Doc, gazetteer: Gazetteer | None) -> Iterator[Found]:
    yield from _nationals(doc)
    named: set[int] = set()
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS:
            named.update(range(entity.start, entity.end))
            yield from _named(_trimmed(entity), gazetteer)
    if gazetteer is not None:
        for run in _proper_runs(doc, named):
            yield from _missed(run, gazetteer)


def _missed(run: Span, gazetteer: Gazetteer) -> Iterator[Found]:
    """A name that the recogniser took for nothing or for something else, on the gazetteer's word."""
    if _is_hyphened(run) or run.text.lower() in _words("never"):
        return
    noun = run.root.head
    if run.root.dep_ in ("compound", "nmod") and noun.i == run.end and noun.lemma_.lower() in _words("region"):
        name = f"{run.text} {noun.text}"
        if _has_role(noun) and (_is_known(name, gazetteer, 0) or _is_known(run.text, gazetteer, TOWN)):
            yield run.start, noun.i + 1, name
        return
    if run.root.dep_ in ("compound", "nmod") and noun.i >= run.end:
        placed = (_is_built(noun) and _has_role(noun)) or (_happens(noun) and noun.i == run.end)
        if placed and _is_known(run.text, gazetteer, TOWN):
            yield run.start, run.end, run.text
        return
    least = BIG_CITY if run.root.ent_type_ == "PERSON" else CITY
    if (_strictly_located(run.root) and _is_known(run.text, gazetteer, TOWN)) or (
        _has_role(run.root) and _is_known(run.text, gazetteer, least)
    ):
        yield run.start, run.end, run.text


def _nationals(doc: Doc) -> Iterator[Found]:
    """ "Belarusian soil", "a Ukrainian city", "the Polish capital": country adjectives before a geographical noun."""
    for token in doc:
        noun = token.head
        if token.dep_ not in _LINKS or token.i >= noun.i or not token.text[0].isupper():
            continue
        code = demonym_country(token.text) or (country_of(token.text) if token.dep_ in ("compound", "poss") else None)
        if code is None or not _has_role(noun):
            continue
        lemma = noun.lemma_.lower()
        seats = countries()[code].capitals
        if lemma in _words("capital") and seats and not _is_spelt_out(noun):
            yield token.i, noun.i + 1, seats[0]
        elif lemma in _words("territory") or (
            lemma in _words("settlement") and token.dep_ != "poss" and not _is_spelt_out(noun)
        ):
            yield token.i, noun.i + 1, country_name(code)


def _is_spelt_out(noun: Token) -> bool:
    """Whether the city's or region's own name stands beside the noun: "city of Dnipro", "Kherson region"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of" and any(t.pos_ == "PROPN" for t in child.children):
            return True
        if child.dep_ in ("appos", "compound") and child.pos_ == "PROPN" and demonym_country(child.text) is None:
            return True
    return False


def _named(span: Span | None, gazetteer: Gazetteer | None) -> Iterator[Found]:
    if span is None or not any(c.isupper() for c in span.text) or _is_hyphened(span):
        return
    if span.text.lower() in _words("never"):
        return
    root = span.root
    noun = root.head
    if root.dep_ in ("compound", "nmod", "amod", "poss") and noun.i >= span.end:
        lemma = noun.lemma_.lower()
        adjoining = noun.i == span.end
        if root.dep_ != "poss" and adjoining and lemma in _words("region"):
            if _has_role(noun):
                yield span.start, noun.i + 1, f"{span.text} {noun.text}"
        else:
            stands = lemma in _words("territory") or (root.dep_ != "poss" and _is_built(noun))
            happens = adjoining and root.dep_ in ("compound", "nmod") and _happens(noun)
            if happens or (stands and _has_role(noun)):
                yield span.start, span.end, span.text
        return
    known = gazetteer is None or any(gazetteer.look_up(s) for s in spellings(span.text)) or _is_natural(span)
    if _has_role(root) if known else _strictly_located(root):
        yield span.start, span.end, span.text


def _is_natural(name: Iterable[Token]) -> bool:
    """ "Lake Orrin", "the Ossing River": the name says that it is land or water."""
    return any(t.lower_ in _words("natural") and t.text[0].isupper() for t in name)


def _has_role(token: Token) -> bool:
    """Whether a noun stands where an event's place stands."""
    token, head = _first_conjunct(token), _first_conjunct(token).head
    match token.dep_:
        case "pobj":
            return _is_located(head)
        case "appos":
            return (
                head.i != token.i
                and (head.lemma_.lower() in _geographic() or head.ent_type_ in PLACE_LABELS)
                and _has_role(head)
            )
        case "dobj" | "nsubjpass" | "oprd":
            return head.lemma_.lower() in _words("targets")
        case "nsubj":
            return head.lemma_.lower() in _words("lies") or _comes_under(head)
        case _:
            return False


def _is_located(preposition: Token) -> bool:
    """Whether what follows a preposition is a place, by the preposition and what governs it."""
    word = preposition.lower_
    governor = preposition.head
    governing = governor.lemma_.lower()
    governors = _governors(governor)
    if preposition.dep_ == "agent":
        return False
    if word in _words("anywhere"):
        return True
    if word in _words("direction"):
        if word == "from" and governor.dep_ in ("dobj", "nsubjpass") and is_moved(governor.head):
            return True  # "recalled its ambassador from Minsk"
        giver = {governor.head.lemma_.lower()} if governor.dep_ in ("dobj", "nsubjpass") else set()
        return (governors | giver).isdisjoint(_words("addressed")) and not _addresses(governor)
    if word in _words("contact"):
        return not governors.isdisjoint(_words("contact_governors")) or _is_terrain(preposition)
    if word == "of":
        return governing in _words("holds") and (governor.dep_ not in ("nsubj",) or governing not in _words("capital"))
    if word == "for":
        left = governor.head if governor.dep_ == "dobj" else governor
        return left.lemma_.lower() in _words("departure")
    if word in ("including", "like") or (word == "as" and any(c.lower_ == "such" for c in preposition.children)):
        return governor.pos_ == "NOUN" and _has_role(governor)
    if word == "between":
        return governing in _words("territory") or governor.pos_ == "VERB"
    return False


def _governors(governor: Token) -> set[str]:
    """The governor's lemma and, if it hangs in a prepositional phrase itself, those that govern that one."""
    lemmas = {governor.lemma_.lower()}
    while governor.dep_ in ("pobj", "prep") and governor.head.i != governor.i:
        governor = governor.head
        lemmas.add(governor.lemma_.lower())
    return lemmas


def _addresses(governor: Token) -> bool:
    """A light verb with an addressing object: "sent a message to Moscow", "provide aid to Kyiv"."""
    return governor.pos_ == "VERB" and any(
        c.dep_ == "dobj" and c.lemma_.lower() in _words("addressed") for c in governor.children
    )


def _is_terrain(preposition: Token) -> bool:
    """ "on Belarusian soil", "over the Black Sea": what follows is ground or water, not a government."""
    return any(
        c.dep_ == "pobj"
        and (c.lemma_.lower() in _geographic() or c.ent_type_ in ("LOC", "FAC") or _is_natural((*c.lefts, c)))
        for c in preposition.children
    )


def _strictly_located(token: Token) -> bool:
    """Whether only a place can stand there; "at" is also said of firms and papers ("at Salon")."""
    first = _first_conjunct(token)
    if first.dep_ == "appos":
        return first.head.lemma_.lower() in _words("settlement") and _has_role(first.head)
    if first.dep_ != "pobj":
        return False
    if first.head.lower_ == "of":
        return first.head.head.lemma_.lower() in _words("settlement") | _words("region")
    if first.head.lower_ == "in" and _trusts(first.head.head):
        return False
    return first.head.lower_ in _words("anywhere") and first.head.lower_ != "at"


def _comes_under(verb: Token) -> bool:
    return verb.lemma_ == "come" and any(
        child.lower_ == "under"
        and any(t.lemma_ in ("attack", "fire", "shelling", "bombardment") for t in child.children)
        for child in verb.children
    )


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _trimmed(entity: Span) -> Span | None:
    """The entity without "the" and the possessive mark."""
    doc, start, end = entity.doc, entity.start, entity.end
    while start < end and (doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in (",", ";", ":")):
        end -= 1
    return doc.span(start, end) if start < end else None


def _is_hyphened(span: Span) -> bool:
    """ "Kyiv-based", "anti-Russia": part of a compound word."""
    doc = span.doc
    after = doc[span.end].text if span.end < len(doc) else ""
    before = doc[span.start - 1].text if span.start else ""
    tight_after = not doc[span.end - 1].whitespace_
    tight_before = bool(span.start) and not doc[span.start - 1].whitespace_
    return (after in _HYPHENS and tight_after) or (before in _HYPHENS and tight_before)


def _proper_runs(doc: Doc, named: set[int], labels: frozenset[str] = MISSED_LABELS) -> Iterator[Span]:
    """Runs of capitalised proper nouns outside `named` to which the recogniser gave one of `labels`."""
    start = None
    for i in range(len(doc) + 1):
        proper = (
            i < len(doc)
            and i not in named
            and doc[i].pos_ == "PROPN"
            and doc[i].text[0].isupper()
            and doc[i].ent_type_ in labels
        )
        if proper and start is None:
            start = i
        elif not proper and start is not None:
            yield doc.span(start, i)
            start = None


def _is_known(name: str, gazetteer: Gazetteer, inhabitants: int) -> bool:
    """Whether it is the usual name of a city of so many inhabitants, or of anything larger."""
    return any(
        (entry.preferred or entry.population >= BIG_CITY)
        and (entry.precision is not PlacePrecision.CITY or entry.population >= inhabitants)
        for entry in gazetteer.look_up(name)
    )


def _contains(doc: Doc, before: Found, after: Found) -> bool:
    """ "Paris, Texas": the second name only says where the first one is."""
    return doc.span(before[1], after[0]).text == "," and doc.span(*after[:2]).root.dep_ in ("appos", "npadvmod")


def _geographic() -> frozenset[str]:
    return _words("territory") | _words("settlement") | _words("capital") | _words("region") | _words("building")


@cache
def _words(name: str) -> frozenset[str]:
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in rows("place_words.tsv")}
