"""What a pronoun points back to: agreement first, then how near and how central the candidates are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quoth.read.english.agents.mentioned import Mentioned, Sort
from quoth.read.english.agents.roles import listed
from quoth.read.english.tokens import Token

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})

REACH_PERSON = 5
REACH_OTHER = 2
"""How many sentences back a pronoun looks."""

_PER_SENTENCE = 2.5
_BEINGS = frozenset({Sort.PERSON, Sort.HUMAN})
_TOLD = listed(
    "said says say showed shows show hinted hints hint revealed reveals reveal suggested suggests suggest indicated "
    "indicates indicate stated states state claimed claims claim warned warns warn described describes describe "
    "noted notes note reported reports report added adds add found finds find concluded concludes conclude"
)
_SAYING = _TOLD | listed(
    "told tell tells denied denies insisted insists announced announces declared declares confirmed confirms "
    "argued argues replied replies wrote writes explained explains urged urges promised promises predicted predicts "
    "accused accuses criticised criticized demanded demands vowed vows admitted admits acknowledged declined "
    "declines refused refuses expects expected forecast rejected rejects recalled recalls tweeted posted "
    "asked asks called calls"
)
_LIGHT = listed("be is was are were been seem seems seemed appear appears appeared")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score; `others` are how many more candidates agreed with the pronoun."""

    candidate: Mentioned
    score: float
    margin: float
    others: int


def saying(verb: Token) -> bool:
    """Whether a verb is one of what speakers do."""
    return verb.text.casefold() in _SAYING


def gender_of(word: str) -> str:
    return "m" if word in MALE else "f" if word in FEMALE else ""


def rank(
    token: Token,
    place: Mentioned,
    candidates: Iterable[Mentioned],
    gender: Callable[[Mentioned], str],
    same: Callable[[Mentioned], str],
    barred: str | None = None,
) -> Ranked | None:
    """The best of `candidates` (all before or, for a fronted phrase, in the sentence of the pronoun `token`).

    `place` is the pronoun's own; `gender` tells a candidate's ("m", "f" or ""); `same` its identity, so that two
    mentions of one person do not compete; `barred` is the identity of whom the pronoun cannot mean.
    """
    word = token.text.casefold()
    wanted = gender_of(word)
    person = bool(wanted)
    reach = REACH_PERSON if person else REACH_OTHER
    scores: dict[object, tuple[float, Mentioned]] = {}
    speaks = token.dep_ == "nsubj" and saying(token.head)
    pool = list(candidates)
    named = [same(c) if person and c.sort is Sort.PERSON else None for c in pool]
    often = Counter(name for name in named if name is not None)
    central = {name for name, c in zip(named, pool, strict=True) if name is not None and c.grade >= 3}
    for name, c in zip(named, pool, strict=True):
        distance = place.sentence - c.sentence
        if not 0 <= distance <= reach or not _agrees(word, c):
            continue
        if c.grade < 0 and not person:  # a modifier: "a Supreme Court judge"
            continue
        if barred is not None and (same(c) if name is None else name) == barred:
            continue
        if person:
            own = gender(c)
            if own and own != wanted:
                continue
        else:
            own = ""
        ahead = c.start > place.start
        if ahead and not (_fronted(token) and c.parse == place.parse and c.grade >= 4 and distance == 0):
            continue
        if c.parse == place.parse and _bound(token, token.doc[c.head]):
            continue
        score = c.grade - _PER_SENTENCE * distance - (1.0 if ahead else 0.0)
        score += 1.0 if own else 0.0
        score -= 3.0 if c.quoted and not place.quoted else 0.0
        score += 0.5 if c.sort is Sort.PERSON else 0.0
        if c.maybe and c.sort not in _BEINGS:
            score -= 1.0
        if person:
            score += min(0.5, 0.1 * (often[name] - 1)) if name is not None else 0.0
            score -= 0.6 if name is not None and name not in central else 0.0
            if c.sort is Sort.HUMAN:  # the somebody of a sentence's margin: "the greed of a false witness"
                score -= 2.0 if c.grade < 1.5 else 1.0 if c.grade < 3 else 0.0
        if speaks and c.quoted and not place.quoted:
            score -= 4.0
        if speaks and not person and c.sort is Sort.THING:
            score -= 3.0
        if not person and _acts(token):
            score += {Sort.BODY: 1.5, Sort.HUMANS: 1.5, Sort.DOCUMENT: 1.5 if _tells(token) else 0.5}.get(c.sort, 0.0)
        if token.dep_ == "poss" and not person and c.sort is Sort.THING:
            score -= 1.5
        if c.parse == place.parse and not ahead:
            score += _control(token, token.doc[c.head])
        key = same(c) if name is None else name
        if key not in scores or score > scores[key][0]:
            scores[key] = (score, c)
    if not scores:
        return None
    ordered = sorted(scores.values(), key=lambda pair: (-pair[0], -pair[1].start))
    best = ordered[0]
    margin = best[0] - ordered[1][0] if len(ordered) > 1 else 9.0
    return Ranked(best[1], best[0], margin, len(ordered) - 1)


def sure(token: Token, ranked: Ranked) -> bool:
    """Whether the best candidate is good enough to stand for the pronoun."""
    word = token.text.casefold()
    if gender_of(word):
        return True
    if word in PLURAL and ranked.candidate.coordinated and not ranked.candidate.plural:
        return False
    if token.dep_ == "dobj" and ranked.candidate.sort is Sort.BODY:  # "denied it": what was said, no body
        return False
    if ranked.candidate.sort is Sort.THING:
        return ranked.margin >= 1.0
    return ranked.margin >= 0.5 or ranked.candidate.grade >= 3


def expletive(token: Token) -> bool:
    """ "It is likely that", "it emerged that", "it rained": nothing is pointed at."""
    if token.text.casefold() != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    below = {c.dep_ for c in verb.children}
    inner = {c.dep_ for a in verb.children if a.dep_ in {"acomp", "attr"} for c in a.children}
    clauses = {"ccomp", "csubj", "xcomp", "advcl", "relcl", "acl"}
    if verb.text.casefold() in _LIGHT | {"'s", "’s", "be"}:
        return bool({"acomp", "attr"} & below) and bool(clauses & (below | inner))
    return (verb.text.casefold() in _LIGHT or token.dep_ == "nsubjpass") and "ccomp" in below


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun's clause hangs on; None when it asks or joins."""
    verb = token.head
    for _ in range(6):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head == verb:
            return None
        verb = verb.head
    return None


def _agrees(word: str, c: Mentioned) -> bool:
    if gender_of(word):
        return c.sort in _BEINGS or c.maybe
    if word in NEUTER:
        return c.sort in {Sort.BODY, Sort.DOCUMENT, Sort.THING} and not c.plural
    return c.coordinated or (c.plural and c.sort is not Sort.PERSON)


def _acts(token: Token) -> bool:
    if token.dep_ == "poss":
        return True
    return token.dep_ == "nsubj" and token.head.text.casefold() not in _LIGHT


def _tells(token: Token) -> bool:
    """Whether the pronoun is the subject of what documents do: "they also hinted that"."""
    return token.dep_ == "nsubj" and token.head.text.casefold() in _TOLD


def _fronted(token: Token) -> bool:
    """Whether the pronoun stands in a phrase or clause before the main clause's subject."""
    above = token
    for _ in range(8):
        if above.dep_ in {"advcl", "prep", "npadvmod"} and above.head.dep_ == "ROOT" and above.i < above.head.i:
            return True
        if above.head == above:
            return False
        above = above.head
    return False


def _bound(token: Token, other: Token) -> bool:
    """Whether both are arguments of one verb, or one stands inside the other's phrase, so that they must differ."""
    if token.text.casefold().endswith(("self", "selves")):
        return False
    if other.is_ancestor(token) and not _within_clause(token, other):
        return True
    if token.dep_ == "poss":
        return token.head.i == other.i
    arguments = {"nsubj", "nsubjpass", "dobj", "dative"}
    if token.dep_ in arguments and other.dep_ in arguments:
        return token.head.i == other.head.i
    if token.dep_ == "pobj" and other.dep_ in {"nsubj", "nsubjpass"}:
        return token.head.head.i == other.head.i
    return False


def _control(token: Token, other: Token) -> float:
    """A bonus for the subject of the pronoun's own clause ("Ana said that Eva sold her house"), or of the one above."""
    if other.dep_ not in {"nsubj", "nsubjpass"}:
        return 0.0
    verb = _verb(token)
    if verb is None:
        return 0.0
    if other.head.i == verb.i:
        return 2.0
    above = verb.head
    if verb.dep_ in {"advcl", "conj", "xcomp", "acl"} and other.head.i == above.i:
        return 1.5
    return 0.0


def _verb(token: Token) -> Token | None:
    above = token
    for _ in range(10):
        if above.tag_[:2] == "VB" and above.i != token.i:
            return above
        if above.head == above:
            return None
        above = above.head
    return None


def _within_clause(token: Token, other: Token) -> bool:
    """Whether a clause lies between a noun and the pronoun under it: "Putin, who said he …"."""
    above = token.head
    while above.i != other.i and above.head != above:
        if above.dep_ in {"relcl", "acl", "advcl", "ccomp", "conj"}:
            return True
        above = above.head
    return False
