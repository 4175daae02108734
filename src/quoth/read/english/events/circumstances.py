"""Times and quantities of a parse, handed to the events that they belong to, by syntax."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from quoth.model import Mention, Polarity, Quantity, When
from quoth.read.dates import Unplaced
from quoth.read.english import times
from quoth.read.english.events import syntax
from quoth.read.english.events.frames import Frame
from quoth.read.english.events.predicates import Trait, class_of, has
from quoth.read.english.events.triggers import PUT_AT, Sort
from quoth.read.english.lexicon import word_set
from quoth.read.english.parse import Layers, QuantityFound, TimeFound
from quoth.read.english.tokens import Doc, Token

Words = Callable[[Sequence[int]], Mention]
"""Token indices to the words they stand for."""
Hosts = dict[int, Frame]
"""Events by the tokens that stand for them: their own, and that of a light verb."""
DESCRIBES = frozenset({"compound", "nmod", "amod", "poss", "nummod"})
"""Dependencies of a word that only describes the noun after it."""
_DATED_BY_VERB = word_set("dated by their verb")
_PRESENT = frozenset({"now", "currently", "at present", "presently"})
"""Times that only say that something is so as it is said: "is now expected in October"."""

_SETTING = word_set("setting")
_MOVING = word_set("moving")
_GRANTING = word_set("granting")
_TALLIES = word_set("tallies")
_TERMS = word_set("terms")
_OPENS = {"since": (True, False), "until": (False, True), "till": (False, True)}


def hosts_of(frames: Sequence[Frame]) -> Hosts:
    hosts = {f.at: f for f in frames if f.trigger.sort is not Sort.STATE}
    for f in frames:
        usurper = syntax.swapped(f.trigger.token) if f.trigger.sort is Sort.NOUN else None
        if usurper is not None:
            hosts.setdefault(usurper.i, f)
        if f.trigger.light is not None:
            hosts.setdefault(f.trigger.light.i, f)
        if f.trigger.sort is Sort.STATE:
            hosts.setdefault(f.at, f)
    return hosts


def top_of(tokens: Sequence[Token]) -> Token:
    """The token of a stretch that governs the others."""
    indices = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in indices or t.head.i == t.i), tokens[0])


# ---------------------------------------------------------------- times


def attach_times(
    layers: Layers,
    inside: Set[int],
    frames: Sequence[Frame],
    hosts: Hosts,
    main: Frame,
    reference: datetime.date | None,
    words: Words,
) -> None:
    """Resolve the times among the tokens `inside` and give each to the nearest event that governs it, else to the main
    one."""
    anchor: datetime.date | None = None
    doc = layers.parse.tokens
    for found in sorted(layers.times, key=lambda f: f.first):
        if not all(i in inside for i in range(found.first, found.stop)):
            continue
        host = _time_host(top_of(doc[found.first : found.stop]), hosts)
        if host is None and main.time is None and not _describes(doc[found.first : found.stop], hosts):
            host = main
        if host is None:
            continue
        if _deadline(found) and host.tense is times.Tense.PAST and main.tense is times.Tense.FUTURE:
            host = main  # "will pay each family that lost its home 50,000 by April"
        tense = host.tense
        if tense is times.Tense.PRESENT and (_deadline(found) or found.expression.text.lower().startswith("from ")):
            tense = times.Tense.FUTURE  # "agree a truce from Sunday", "demands that they leave by Friday"
        until, delay = _until(found), _is_delay(host)
        moved = _is_moved(host, main) and found.expression.text.lower().startswith("from ")
        if moved or _set_for(doc, found) or (until and (delay or host.trigger.predicate in _GRANTING)):
            tense = times.Tense.FUTURE
        expression = found.expression
        if until and (delay or host.degree.polarity is Polarity.NEGATIVE):
            expression = times.reached(expression)  # "put off until June", "not before June": then, not up to then
        if moved:
            expression = times.moved_to(expression)  # "extended the deadline from 31 July to 30 September"
        when = times.resolve(expression, reference=reference, tense=tense, anchor=anchor)
        if when is None:
            continue
        stated = words(range(found.first, found.stop))  # whole tokens, which may be more than the expression
        when = replace(when, text=stated.text, spans=stated.spans)
        anchor = when.earliest or when.latest or anchor
        if host.time is None or _narrower(when, host.time) or (host.time.text or "").lower() in _PRESENT:
            host.time = when
    _open_clauses(frames, hosts)


def _deadline(found: TimeFound) -> bool:
    return found.expression.text.lower().startswith(("by ", "no later than "))


def _until(found: TimeFound) -> bool:
    return found.expression.text.lower().startswith(("until ", "till "))


def _is_delay(frame: Frame) -> bool:
    group = class_of(frame.trigger.predicate)
    return group is not None and group.name == "delay"


def _is_moved(*frames: Frame) -> bool:
    """Whether one moves what is from one time to another."""
    return any(f.trigger.sort is Sort.VERB and f.trigger.predicate in _MOVING for f in frames)


def _set_for(doc: Doc, found: TimeFound) -> bool:
    """ "set the hearing for Sept. 12", "the deadline of July 30": a day that was to come."""
    first = doc[found.first]
    link = first if first.lower_ in {"for", "of"} else first.nbor(-1) if first.i else first
    head = link.head
    if link.lower_ == "for":
        return syntax.lemma(head) in _SETTING or syntax.lemma(head.head) in _SETTING
    return link.lower_ == "of" and syntax.lemma(head) in {"deadline", "date"}


def _narrower(a: When, b: When) -> bool:
    """Whether `a` lies inside `b` and is not the same: "Monday" in "this week"."""
    if b.earliest is None and b.latest is None:
        return a.earliest is not None or a.latest is not None
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return False
    return b.earliest <= a.earliest and a.latest <= b.latest and (a.earliest, a.latest) != (b.earliest, b.latest)


def _describes(tokens: Sequence[Token], hosts: Hosts) -> bool:
    """Whether the time only describes a thing ("the 2024 budget")."""
    top = top_of(tokens)
    return top.dep_ in DESCRIBES and top.head.i not in hosts


def _time_host(token: Token, hosts: Hosts) -> Frame | None:
    for _ in range(12):
        label, head = syntax.relation(token)
        if head.i == token.i:
            return hosts.get(token.i)
        if head.i in hosts and not (label in {"prep", "npadvmod"} and _dated_by_verb(head, hosts)):
            return hosts[head.i]
        if syntax.is_verb(head):
            return None
        if label in DESCRIBES or label in {"nsubj", "relcl", "acl"}:
            return None
        if label == "prep" and token.lower_ == "of" and head.pos_ == "NOUN" and head.ent_type_ != "DATE":
            return None
        token = head
    return None


def _dated_by_verb(noun: Token, hosts: Hosts) -> bool:
    """ "to vote on the agreement on 12 June": the parser hangs the day on the agreement."""
    group = class_of(hosts[noun.i].trigger.predicate)
    label, head = syntax.relation(noun)
    verb = head.head if label == "pobj" else head
    objects = label in {"dobj", "pobj"} and verb.i in hosts and syntax.is_verb(verb)
    return objects and noun.pos_ == "NOUN" and group is not None and group.name in _DATED_BY_VERB


def _open_clauses(frames: Sequence[Frame], hosts: Hosts) -> None:
    """ "has hosted them since a pact was signed in May": from May on."""
    for frame in frames:
        token = frame.trigger.token
        mark = next((c for c in token.children if c.dep_ == "mark" and c.lower_ in _OPENS), None)
        if mark is None or frame.time is None or token.dep_ != "advcl":
            continue
        outer = hosts.get(token.head.i)
        if outer is None or outer.time is not None:
            continue
        begins, ends = _OPENS[mark.lower_]
        earliest = frame.time.earliest if begins else None
        latest = frame.time.latest if ends else None
        if earliest is not None or latest is not None:
            outer.time = replace(frame.time, earliest=earliest, latest=latest)


# ---------------------------------------------------------------- quantities


def counted_noun(layers: Layers, token: Token | None) -> Token | None:
    """ "missiles" for "handful" in "a handful of missiles"; the token itself where it is no quantity's own word."""
    if token is None:
        return None
    for found in layers.quantities:
        if found.first <= token.i < found.stop and found.head != token.i:
            return layers.parse.tokens[found.head]
    return token


def attach_quantities(layers: Layers, inside: Set[int], frames: Sequence[Frame], hosts: Hosts, words: Words) -> None:
    """Give each event the quantity of its theme, else of its agent, else of what it changes by or to."""
    found = [q for q in layers.quantities if all(i in inside for i in range(q.first, q.stop))]
    for frame in frames if found else ():
        roles = frame.roles
        if frame.trigger.sort is Sort.STATE and frame.trigger.token.pos_ == "NOUN":
            continue
        tally = roles.theme is not None and syntax.lemma(roles.theme) in _TALLIES
        if tally and frame.trigger.sort is Sort.VERB:
            frame.quantity = _measure(found, frame, changes=True)
        for role in (roles.theme, roles.agent):
            if role is not None and frame.quantity is None:
                frame.quantity = next((q.quantity for q in found if _belongs(q, role)), None)
        if frame.quantity is None and frame.trigger.sort is Sort.VERB:
            frame.quantity = _measure(found, frame, changes=has(frame.trigger.predicate, Trait.CHANGE))
        if frame.quantity is None and frame.trigger.sort is Sort.VERB:
            frame.quantity = _sought(found, frame)
        if frame.trigger.sort is Sort.TALLY:
            frame.quantity = _put_at(found, frame)
        if frame.quantity is None and frame.trigger.sort is Sort.NOUN:
            frame.quantity = _in_form_of(found, frame.trigger.token)
        if frame.quantity is None and frame.trigger.sort is Sort.STATE:
            counted = (q.quantity for q in found if _belongs(q, frame.trigger.token))  # "11 dead"
            frame.quantity = next(counted, None)
    _attach_terms(layers, inside, hosts, words)


def _attach_terms(layers: Layers, inside: Set[int], hosts: Hosts, words: Words) -> None:
    """ "sentenced to nine years": how long the punishment is."""
    for found in layers.times:
        stated = found.expression.description
        if (
            not isinstance(stated, Unplaced)
            or stated.amount is None
            or stated.unit is None
            or found.first not in inside
        ):
            continue
        host = _time_host(top_of(layers.parse.tokens[found.first : found.stop]), hosts)
        group = class_of(host.trigger.predicate) if host is not None else None
        if host is not None and host.quantity is None and group is not None and group.name in _TERMS:
            mention = words(range(found.first, found.stop))
            unit = stated.unit.value if stated.amount == 1 else f"{stated.unit.value}s"
            number = int(stated.amount) if stated.amount == int(stated.amount) else stated.amount
            host.quantity = Quantity(text=mention.text, spans=mention.spans, min=number, max=number, unit=unit)


def _belongs(found: QuantityFound, role: Token) -> bool:
    """Whether a quantity counts the thing that `role` heads."""
    if found.first <= role.i < found.stop or found.head == role.i:
        return True
    token = role.doc[found.head]
    for _ in range(6):
        if (
            token.dep_ in {"compound", "nmod", "amod", "nummod", "quantmod"}
            or (token.dep_ == "prep" and token.lower_ == "of")
            or (token.dep_ == "pobj" and token.head.lower_ == "of")
        ):
            token = token.head
        else:
            return False
        if token.i == role.i:
            return True
    return False


def _measure(found: list[QuantityFound], frame: Frame, *, changes: bool) -> Quantity | None:
    """ "rose to 53", "fell 3 percent", "sold it for $2 billion"."""
    verb = frame.trigger.token
    bare = [c for c in verb.children if c.dep_ in {"npadvmod", "attr", "acomp", "oprd", "dobj"}]
    order = ("to", "at", "", "by", "from") if changes else ("", "for", "at", "to", "with")
    targets = [t for p in order for t in (bare if not p else [t for _, t in syntax.prepositional(verb, p)])]
    for target in targets:
        for q in found:
            if _belongs(q, target) and (changes or target.dep_ != "pobj" or _is_money(q)):
                return q.quantity
    return None


def _put_at(found: list[QuantityFound], frame: Frame) -> Quantity | None:
    """ "Put the number of dead at 33": what the verb outside the content joins to it."""
    for _, target in syntax.prepositional(frame.trigger.token.head, *PUT_AT):
        quantity = next((q.quantity for q in found if _belongs(q, target)), None)
        if quantity is not None:
            return quantity
    return None


def _in_form_of(found: list[QuantityFound], noun: Token) -> Quantity | None:
    """ "46 million dollars in compensation"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "in":
        return None
    sums = (q for q in found if _is_money(q) and q.stop - 1 <= noun.head.i - 1 <= q.stop)
    return next((q.quantity for q in sums), None)


def _sought(found: list[QuantityFound], frame: Frame) -> Quantity | None:
    """ "signed a contract for 12 boats", "asked them for twelve boats": what the object, or the verb, is for."""
    theme = frame.roles.theme
    for above in (theme, frame.trigger.token):
        for _, target in syntax.prepositional(above, "for") if above is not None else ():
            quantity = next((q.quantity for q in found if _belongs(q, target)), None)
            if quantity is not None:
                return quantity
    return None


def _is_money(found: QuantityFound) -> bool:
    unit = found.quantity.unit
    return unit is not None and (unit == "percent" or (len(unit) == 3 and unit.isupper()))
