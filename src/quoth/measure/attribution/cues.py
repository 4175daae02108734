"""What kind of cue introduces a source's words: told from the cue's own words and the word before, by lexicon and rule.

No tagger is asked, so that gold and predicted cues are told apart in the same way, whatever reads the text.  The kind
is that of the cue's first word that is no auxiliary, adverb or negation: "has also said in a statement" is "said".
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from quoth.compare.inflection import participle, past, plural, third_person
from quoth.measure.attribution.lists import listed
from quoth.measure.attribution.words import Text
from quoth.model import Span
from quoth.read.english.lexicon import rows


class CueKind(enum.StrEnum):
    """A kind of cue; `OTHER_VERB` is what fits nowhere else: verbs of attitude, thought and deed, mostly."""

    SPEECH_VERB = "speech verb"
    OTHER_VERB = "other verb"
    PARTICIPLE = "participle or infinitive"
    NOUN = "noun"
    PHRASE = "phrase"
    NO_WORD = "no word"


NOUN_ENDING = re.compile(r"(?:tion|sion|ment|ism|ness|ity)s?$|ities$")
_WORD = re.compile(r"n['’]t\b|['’](?:s|re|m|ve|d|ll)\b|\w+(?:-\w+)*?(?=n['’]t\b)|\w+(?:-\w+)*")


def kind_of(text: Text, cue: Sequence[Span]) -> CueKind:
    """The kind of a cue; `NO_WORD` also where there is no cue."""
    found = [match for span in sorted(cue) for match in _WORD.finditer(text.text, span.start, span.end)]
    if not found:
        return CueKind.NO_WORD
    words = [_folded(match[0]) for match in found]
    at, finite = 0, False
    while at < len(words) and _is_skipped(words[at], finite=finite):
        finite = finite or words[at] in listed("auxiliaries")
        at += 1
    if at == len(words):
        return CueKind.OTHER_VERB if finite else CueKind.PHRASE
    if finite:
        return _kind_of_finite(words[at], words[at + 1 :])
    before = words[at - 1] if at else _word_before(text.text, found[0].start())
    return _kind(words[at], words[at + 1 :], before=before, modified=at > 0)


def _is_skipped(word: str, *, finite: bool) -> bool:
    adverb = word.endswith("ly") and word not in listed("no_adverbs")
    return adverb or word in listed("auxiliaries") or word in listed("adverbs") or (finite and word == "to")


def _kind_of_finite(word: str, rest: Sequence[str]) -> CueKind:
    """After an auxiliary."""
    if word == "according":
        return CueKind.PHRASE
    if word in listed("determiners"):
        return CueKind.NOUN
    return CueKind.SPEECH_VERB if _is_saying(word, rest) else CueKind.OTHER_VERB


def _kind(word: str, rest: Sequence[str], *, before: str, modified: bool) -> CueKind:
    """Without an auxiliary; `modified`: adverbs stand before it in the cue, as they do before verbs."""
    if word == "to" and rest and rest[0] not in listed("determiners"):
        return CueKind.PARTICIPLE
    if word in listed("prepositions"):
        return CueKind.PHRASE
    if word in listed("determiners"):
        return CueKind.NOUN
    saying = _is_saying(word, rest)
    may_be_noun = not modified and (word in _nouns() or NOUN_ENDING.search(word) is not None)
    if may_be_noun and (before in listed("determiners") or before in listed("prepositions")):
        return CueKind.NOUN
    if word.endswith("ing"):
        gerund = before in listed("determiners") and before != "'s" and not modified
        return CueKind.NOUN if gerund else CueKind.PARTICIPLE
    if saying:
        return CueKind.SPEECH_VERB
    return CueKind.NOUN if may_be_noun and word not in _other_verbs() else CueKind.OTHER_VERB


def _folded(word: str) -> str:
    return word.lower().replace("’", "'")


def _word_before(text: str, at: int) -> str:
    """The word that ends right before `at`, "" where a mark or nothing stands there."""
    found = re.search(r"(['’]s|\w+)\s*$", text[max(0, at - 40) : at])
    return _folded(found[1]) if found else ""


def _is_saying(word: str, rest: Iterable[str]) -> bool:
    particles = _verb_forms(saying=True).get(word, frozenset())
    return "" in particles or not particles.isdisjoint(rest)


@cache
def _other_verbs() -> frozenset[str]:
    return frozenset(_verb_forms(saying=False))


@cache
def _verb_forms(*, saying: bool) -> Mapping[str, frozenset[str]]:
    """The forms of the lexicon's verbs, each with the particles without which it is none of them ("" is without)."""
    forms: dict[str, set[str]] = defaultdict(set)
    for lemma, pos, _, _, _, _, kind in rows("cues.tsv", headed=True):
        if pos == "v" and (kind in listed("saying")) == saying:
            verb, _, particle = lemma.partition(" ")
            for form in _forms(verb):
                forms[form].add(particle)
    return {form: frozenset(particles) for form, particles in forms.items()}


def _forms(verb: str) -> set[str]:
    ed = past(verb)
    doubled = ed == f"{verb}{verb[-1]}ed"
    stem = verb + verb[-1] if doubled else verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return {verb, third_person(verb), ed, participle(verb), f"{stem}ing"}


@cache
def _nouns() -> frozenset[str]:
    """The lexicon's nouns, singular and plural."""
    nouns = [lemma for lemma, pos, *_ in rows("cues.tsv", headed=True) if pos == "n"]
    return frozenset([*nouns, *map(plural, nouns)])
