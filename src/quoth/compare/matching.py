"""Which questions a case holds, and which claims answer each.

A question is one event and one slot.  It is worth asking when two statements answer it, when one answers and another
declines to, or when one answers and somebody else speaks of the same event; who and where only where answers differ
(or where the kind of event is one whose doer is disputed), whether only where somebody says no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quoth.compare.claims import Stage, Where, withheld
from quoth.compare.events import Group, Matched, is_borrowed
from quoth.compare.facets import faceted, is_done, lot_of
from quoth.compare.intervals import days
from quoth.compare.names import fold
from quoth.compare.tables import Bearing, bearings, family_of, is_light, is_listed, is_wrapping, word_set
from quoth.compare.themes import ACTORS
from quoth.compare.topics import counts_of, topics_of
from quoth.compare.voices import of_earlier_version
from quoth.identity import content_id
from quoth.model import Act, Counting, Factuality, Quantity, Slot, to_dict

_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True)
class Answer:
    """A claim as an answer for one slot: a value, or `withheld`, or one that only bears on the question."""

    matched: Matched
    filled: bool = True
    withheld: bool = False
    bearing: Bearing | None = None

    @cached_property
    def id(self) -> str:
        return self.matched.claim.statement.id


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answers, one a statement.  `worth`: it is asked without anybody's doing.

    What an analyst made of it: `text` is what it is called, `judgements` are the ids of those that made it so, and
    `key` is its id where that is not its event's: it was split off, or (`written`) the analyst asks it.
    """

    group: Group
    slot: Slot
    answers: tuple[Answer, ...]
    facet: str = ""
    text: str | None = None
    judgements: tuple[str, ...] = ()
    key: str | None = None
    written: bool = False
    worth: bool = True

    @property
    def id(self) -> str:
        if self.key is not None:
            return self.key
        facet = [self.facet] if self.facet else []
        return content_id("question", to_dict(self.group.frame), self.slot.value, *facet)


def questions_of(groups: Sequence[Group], voices: Mapping[str, str]) -> Iterator[Asked]:
    """All questions that the events of a case answer, worth asking or not, in the order of the events."""
    topics = topics_of(groups)
    counts = counts_of(topics)
    implied = implied_by(groups)
    for slot in Slot:
        for group in counts if slot is Slot.QUANTITY else groups if slot in (Slot.AGENT, Slot.PLACE) else topics:
            yield from asked_of(group, slot, voices, bearing_on(group, slot, implied))


def asked_of(group: Group, slot: Slot, voices: Mapping[str, str], bearing: Sequence[Answer]) -> Iterator[Asked]:
    """The questions about one slot of an event."""
    found = answers_of(group.members, slot)
    for facet, answers in faceted(found, slot, group.traits.name):
        if not any(a.filled for a in answers):
            continue
        if slot is not Slot.POLARITY:
            answers = [*answers, *bearing]
        worth = worth_asking(group, slot, answers, voices)
        yield Asked(group, slot, one_a_statement(answers), facet, worth=worth)


def fills(m: Matched, slot: Slot) -> bool:
    """Whether a claim gives a value for a slot.  A request gives what it asks for, but says not whether it happens."""
    claim = m.claim
    if claim.statement.act is Act.DECLINE:
        return False
    match slot:
        case Slot.TIME:
            return days(claim.event.time) is not None and not _says_no_more(m) and not _is_period(m)
        case Slot.QUANTITY:
            q = claim.event.quantity
            if q is None or (q.min is None and q.max is None) or _is_article(q):
                return False
            if claim.negative and q.max != 0 and _not_before(m):
                return False
            return claim.traits.theme == "ignored" or not (q.max == 0 or lot_of(claim, counted=True))
        case Slot.PLACE:
            return claim.event.place is not None and not claim.negative
        case Slot.AGENT:
            return bool(m.agent) and not claim.negative and _is_actor(m)
        case Slot.POLARITY:
            if denies_detail(m) or claim.factuality.polarity is None or _asking(m):
                return False
            return claim.main or is_listed(claim.family)


def _is_actor(m: Matched) -> bool:
    """Whether the agent is somebody, not a thing: "Arlan", "the bank", but no truck."""
    agent = m.claim.agent
    return m.agent[:1] == ("",) or (agent is not None and agent.kind in ACTORS)


def is_identified(m: Matched) -> bool:
    """Whether a claim's event is one that others can be seen to speak of too.

    A named theme is enough for a known family, and with its agent for any; a common noun needs a place (and a known
    family), and what persons undergo a place inside a country, its own or, where it gives none, its article's.
    """
    listed = family_of(m.claim.family) is not None
    if m.claim.points_at not in (None, m.claim.statement.id):
        return True
    if m.claim.traits.theme == "ignored":
        placed = m.where.name is not None and (m.claim.where is None or m.claim.where.name is not None)
        return placed or m.claim.family == "warning"
    if m.claim.theme is None:
        return False
    if m.theme[:1] == ("",):
        return listed or bool(m.agent)
    event = m.claim.event
    return listed and (m.where != Where() or bool(m.agent) or event.recipient is not None)


def denies_detail(m: Matched) -> bool:
    """Whether a negative claim is about a number or a date in it rather than about the event: "not 50 were killed"."""
    q = m.claim.event.quantity
    counted = q is not None and q.max != 0 and not _is_article(q)
    return m.claim.negative and (counted or _not_before(m))


def _not_before(m: Matched) -> bool:
    """Whether a negative claim is about a day to come: "not before 2006"."""
    when, spoken = days(m.claim.event.time), m.claim.spoken
    return when is not None and when[1] is not None and (spoken is None or spoken[1] is None or when[1] > spoken[1])


def _is_period(m: Matched) -> bool:
    """Whether a time only bounds a count of a part: "six of the boats in 2004"."""
    q = m.claim.event.quantity
    return q is not None and q.counting is Counting.PART and lot_of(m.claim) is None


def _says_no_more(m: Matched) -> bool:
    """Whether a time only bounds what is said: "none so far", "came in after midnight"."""
    when, spoken = days(m.claim.event.time), m.claim.spoken
    if when is None or spoken is None:
        return False
    if m.claim.negative:
        return when[0] is None and when[1] is not None and spoken[1] is not None and when[1] <= spoken[1]
    certain = m.claim.factuality is Factuality.CERTAIN and when[1] is None
    return certain and when[0] is not None and spoken[0] is not None and when[0] >= spoken[0]


def _is_article(quantity: Quantity) -> bool:
    """Whether only an article says one: "a patrol boat"."""
    return quantity.min == quantity.max == 1 and fold(quantity.text).split()[0] in _ARTICLES


def _asking(m: Matched) -> bool:
    return m.claim.stage is Stage.ASKED


def answers_of(members: Iterable[Matched], slot: Slot) -> list[Answer]:
    """What claims about an event say of a slot, or decline to say."""
    found = []
    for m in members:
        if fills(m, slot):
            found.append(Answer(m))
        elif slot in withheld(m.claim.statement):
            found.append(Answer(m, filled=False, withheld=True))
    return _undivided(found) if slot is Slot.POLARITY else found


def _undivided(answers: Sequence[Answer]) -> list[Answer]:
    """Without those of statements that say both yes and no: they speak of parts ("guilty of one, cleared of two")."""
    said: dict[str, set[bool]] = defaultdict(set)
    for a in answers:
        said[a.id].add(a.matched.claim.negative)
    return [a for a in answers if not a.filled or len(said[a.id]) == 1]


def one_a_statement(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Of several claims of one statement, one that gives a value, whose verb is the event's own, and the main one."""
    chosen: dict[str, Answer] = {}
    for a in answers:
        held = chosen.get(a.id)
        if held is None or closeness(a) > closeness(held):
            chosen[a.id] = a
    return tuple(sorted(chosen.values(), key=lambda a: (a.matched.claim.statement.document_id, a.id)))


def closeness(answer: Answer) -> tuple[bool, bool, bool, bool]:
    q = answer.matched.claim.event.quantity
    whole = q is None or q.counting is not Counting.INCREMENT
    return answer.filled, whole, not is_borrowed(answer.matched.claim), answer.matched.claim.main


Implied = Mapping[Bearing, Mapping[tuple[object, ...], Sequence[Matched]]]


def implied_by(groups: Iterable[Group]) -> Implied:
    """For each rule, the claims that answer by implication, by theme and agent."""
    by_family: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_family[group.traits.name].append(group)
    found: dict[Bearing, dict[tuple[object, ...], list[Matched]]] = {}
    for rule in bearings():
        subjects = found.setdefault(rule, defaultdict(list))
        for group in by_family.get(rule.source, []):
            for m in group.members:
                if not m.claim.negative and m.theme and m.claim.event.quantity is None:
                    subjects[m.theme, m.agent].append(m)
    return found


def bearing_on(target: Group, slot: Slot, implied: Implied) -> list[Answer]:
    """Answers by implication: claims of another family about the same theme and agent."""
    found = []
    for rule, claims in implied.items():
        if target.traits.name == rule.target and slot.value == rule.slot:
            hits = [m for subject in target.subjects for m in claims.get(subject, [])]
            found += [Answer(m, filled=False, bearing=rule) for m in hits]
    return found


def worth_asking(group: Group, slot: Slot, answers: Sequence[Answer], voices: Mapping[str, str]) -> bool:
    filled = [a for a in answers if a.filled]
    if not _is_about_something(group):
        return False
    match slot:
        case Slot.POLARITY:
            told = any(a.matched.claim.negative and is_identified(a.matched) for a in filled)
            told = told or _disputed(filled, voices)
            doubted = group.traits.doubted and _doubted(filled)
            left_open = group.traits.doubted and any(a.withheld for a in answers)
            return (told or doubted or left_open) and len(_statements(group.members)) >= 2
        case Slot.AGENT:
            if group.traits.asks != "agent":
                return False
            known = any(a.matched.theme or a.matched.where.name for a in filled)
            return known and _by_somebody(answers, voices) and len(_statements(a.matched for a in answers)) >= 2
        case Slot.PLACE:
            places = {a.matched.where for a in filled if not _asking(a.matched)}
            return len(places) >= 2 and _by_somebody(filled, voices)
        case Slot.TIME | Slot.QUANTITY:
            plain = [a for a in filled if not a.matched.claim.negative]
            if not plain or not _by_somebody(answers, voices):
                return False
            listed = family_of(group.traits.name) is not None
            if len(_statements(a.matched for a in answers)) >= 2 and (listed or _by_several(answers, voices)):
                return True
            return listed and _others_speak(group, plain[0], voices)


def _disputed(answers: Sequence[Answer], voices: Mapping[str, str]) -> bool:
    """Whether one says no and another yes of a thing or a doer that both name, by a verb of no known family."""
    known = [a for a in answers if a.matched.theme or a.matched.agent]
    signs = {a.matched.claim.negative for a in known}
    return len(signs) == 2 and _by_several(known, voices)


def _doubted(answers: Sequence[Answer]) -> bool:
    """Whether one document holds for probable or possible what another gives as done."""
    unsure = {a.matched.claim.statement.document_id for a in answers if not is_done(a.matched.claim)}
    done = {a.matched.claim.statement.document_id for a in answers if is_done(a.matched.claim)}
    return bool(unsure) and bool(done - unsure)


def _is_about_something(group: Group) -> bool:
    """Whether the event is one in its own right, and not only the verb that would hold one ("be", "announce")."""
    name = group.traits.name
    if family_of(name) is not None or not (is_light(name) or is_wrapping(name)):
        return True
    verbs = {m.claim.event.predicate for m in group.members}
    if not any(is_light(v) or is_wrapping(v) for v in verbs):
        return True  # an advisory is lifted: a verb of the class of "allow", which would hold another event
    named = any(m.theme[:1] == ("",) for m in group.members)
    return named and name in word_set("of_a_thing")  # "the Dravik bridge will open"


def _by_several(answers: Sequence[Answer], voices: Mapping[str, str]) -> bool:
    """Whether answers come from several documents or voices."""
    sources = {voices.get(a.id, a.matched.claim.statement.document_id) for a in answers}
    return len(sources) >= 2 or len({a.matched.claim.statement.document_id for a in answers}) >= 2


def _statements(members: Iterable[Matched]) -> set[str]:
    return {m.claim.statement.id for m in members}


def _by_somebody(answers: Sequence[Answer], voices: Mapping[str, str]) -> bool:
    """Whether anybody but narrators answers, or several documents do, or one corrects itself."""
    said = [a.matched.claim.statement for a in answers]
    return len({s.document_id for s in said}) >= 2 or any(s.id in voices or of_earlier_version(s) for s in said)


def _others_speak(group: Group, only: Answer, voices: Mapping[str, str]) -> bool:
    """Whether somebody else's words, not a narrator's, are about the event too."""
    own = voices.get(only.id)
    return own is not None and any(voices.get(m.claim.statement.id) not in (None, own) for m in group.members)
