"""What a network reads and what the rules find, as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quoth.model import Act, Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.learned.network import Network, Predicted, Run
from quoth.read.english.attribution.learned.words import Stretch, stretches
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.attribution.verbs import asks_not_to_be_named, entry_for, joined, unsaid
from quoth.read.english.one_thread import one_thread
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

HEARD = 0.2
"""The network's own confidence from which on its words stand in place of a rule's."""
APART = 0.9
"""The network's own confidence from which on words wholly apart from a rule's stand in their place."""

OWN = frozenset({Pattern.POINTS_BACK_ACTIVE, Pattern.POINTS_BACK_PASSIVE, Pattern.REFUSAL, Pattern.HEARSAY})
"""What PolNeAR, which the networks learned from, marks otherwise or not at all."""
OVERLONG = frozenset({Pattern.VERB_QUOTE, Pattern.COLON_QUOTE, Pattern.VERB_OBJECT, Pattern.VERB_INFINITIVE})
"""Where what the network reads is only part of a rule's words, it is right more often with these, on PolNeAR dev."""

COVERED = 0.8
"""A run of words that holds so much of a quotation is all of it."""
UNKNOWN = {
    "VERB": Cue("", "v", frozenset(), Act.ASSERT, None, None, "speech"),
    "NOUN": Cue("", "n", frozenset(), Act.ASSERT, None, None, "report"),
    "ADJ": Cue("", "a", frozenset(), Act.ASSERT, None, None, "attitude"),
}
"""How a cue that no lexicon knows is taken, by its part of speech."""

OTHER = Cue("", "-", frozenset(), Act.ASSERT, None, None, "report")


def merged(passages: Sequence[Passage], rules: Sequence[Found], network: Network, least: float) -> list[Found]:
    """The attributions of an article.  `rules` are those found without weights: all of them stay, some as doubtful;
    `least` is the confidence from which on what the network alone reads is kept."""
    whole = [s for number, passage in enumerate(passages) for s in stretches(passage, number)]
    at = {(id(parse), i): (k, w) for k, s in enumerate(whole) for w, (parse, i) in enumerate(s.places)}
    given: list[list[tuple[int, ...]]] = [[] for _ in whole]
    asked: dict[tuple[int, int], Found] = {}
    kept: list[Found] = []
    for found in rules:
        places = sorted({at[id(found.parse), i] for i in found.cue if (id(found.parse), i) in at})
        spoken = any(whole[s].texts[w].isalnum() for s, w in places)
        here = any(passages[found.passage].block.span.contains(span) for span in found.content)
        if not spoken or not here or found.source_in is not None:  # marks as cues, words carried over: the rules' own
            kept.append(found)
            continue
        k = places[0][0]
        given[k].append(tuple(w for s, w in places if s == k))
        for place in places:
            asked[place] = found
    by_passage: dict[int, list[Found]] = {}
    for found in rules:
        by_passage.setdefault(found.passage, []).append(found)
    used: set[int] = set()
    with one_thread():
        predicted = network.read(whole, given, least=least)
    for k, (stretch, read) in enumerate(zip(whole, predicted, strict=True)):
        passage = passages[stretch.passage]
        for one in read:
            rule = next((asked[k, w] for w in one.cue if (k, w) in asked), None)
            if rule is None:
                alone = _alone(stretch, one, passage)
                if alone is not None and alone.confidence >= least and not _condition(alone):
                    kept.append(alone)
            elif id(rule) not in used:
                used.add(id(rule))
                kept.append(_both(stretch, one, rule, passage, Around.of(rule, by_passage[rule.passage])))
    there = {id(found) for found in kept}
    return kept + [found for found in rules if id(found) not in there]


@dataclass(frozen=True, slots=True)
class Around:
    """What the rules found around a finding: cues of speakers `inside` its words, those `beside` them (of the same
    speaker, or of the one in whose words it stands), and the quotations of `others`."""

    inside: tuple[Span, ...]
    beside: tuple[Span, ...]
    others: tuple[Span, ...]

    @classmethod
    def of(cls, rule: Found, rules: Sequence[Found]) -> Around:
        """`rules` are those of the same passage."""
        apart = [f for f in rules if f is not rule and f.outer is not rule]
        same = [f for f in apart if f.parse is rule.parse and f.source == rule.source and f.source is not None]
        outer = [rule.outer] if rule.outer is not None and rule.outer.parse is rule.parse else []
        quoting = (f for f in apart if f.pattern == Pattern.VERB_QUOTE)
        return cls(
            tuple(_place(f) for f in rules if f.outer is rule and f.cue),
            tuple(_place(f) for f in (*same, *outer) if f.cue and f.cue[0] not in rule.cue),
            tuple(span for f in quoting for span in f.content),
        )


def _place(found: Found) -> Span:
    return found.parse.span(found.cue[0], found.cue[0] + 1)


def _both(stretch: Stretch, one: Predicted, rule: Found, passage: Passage, around: Around) -> Found:
    """What a rule found, as the network reads it: its confidence is the mean of theirs; its words are the network's,
    but where somebody passes them on, where they would lose a speaker inside them, or take in what else he says or who
    passes it on, where they are only a part (but see OVERLONG), and for what is the rules' own."""
    read = _alone(stretch, one, passage)
    if read is not None and len(read.content) > 1:
        own = tuple(s for s in read.content if not any(o.contains(s) for o in around.others))
        read.content = own or read.content
    sure = 0.0 if read is None else read.confidence
    rule.confidence = (rule.confidence + sure) / 2
    relayed = rule.relay is not None or bool(rule.relays) or rule.cited
    if read is None or sure < HEARD or relayed or rule.pattern in OWN:
        return rule
    if not all(any(span.contains(cue) for span in read.content) for cue in around.inside):
        return rule
    if any(span.contains(cue) for span in read.content for cue in around.beside):
        return rule
    if sure < APART and not any(mine.overlaps(span) for mine in rule.content for span in read.content):
        return rule
    if rule.pattern in {Pattern.VERB_INFINITIVE, Pattern.VERB_CLAUSE}:
        read.content = _without_adverbial(rule, read.content)
    part = all(any(whole.contains(span) for whole in rule.content) for span in read.content)
    if not part or rule.pattern in OVERLONG:
        beyond = [span for span in rule.content if not passage.block.span.contains(span)]
        rule.content = tuple(sorted([*read.content, *beyond]))
    if read.source is not None:
        rule.source, rule.named = read.source, read.named
        rule.source_in = None if read.source_parse is rule.parse else read.source_parse
    return rule


def _without_adverbial(rule: Found, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content without what stands before the rule's, where that holds an adverbial of the verb of saying: "asked the
    court on Tuesday to …" was asked on Tuesday."""
    verb, begin = rule.parse.tokens[rule.cue[0]], rule.content[0].start
    adverbials = (c for c in verb.children if c.dep_ in {"prep", "npadvmod"} and c.i > verb.i)
    places = [place for c in adverbials if (place := rule.parse.span(c.i, c.i + 1)).start < begin]
    if not any(span.start < begin and span.contains(place) for span in content for place in places):
        return content
    return tuple(Span(max(span.start, begin), span.end) for span in content if span.end > begin)


def _condition(found: Found) -> bool:
    """Whether somebody only asks not to be named."""
    verb = found.parse.tokens[found.cue[0]]
    return found.entry.act in {Act.REQUEST, Act.DECLINE} and asks_not_to_be_named(list(verb.subtree))


def _alone(stretch: Stretch, one: Predicted, passage: Passage) -> Found | None:
    """What the network read, if it has any content."""
    parse, _ = stretch.places[one.cue[0]]
    cue = [i for p, i in (stretch.places[w] for w in one.cue) if p is parse]
    head = _head(parse, cue)
    content = _of_the_noun(parse, head, contents(stretch, one.content, passage))
    if not content:
        return None
    source: int | None = None
    named: tuple[Span, ...] = ()
    source_in: Parse | None = None
    for first, stop in one.source:
        places = stretch.places[first:stop]
        source_in = places[0][0]
        source = _head(source_in, [i for p, i in places if p is source_in]).i
        if _labels(source_in, source):
            source = source_in = None
            continue
        named = contents(stretch, [(first, stop)], passage)
    if source is not None and source_in is parse and _done_to(head, source):
        return None
    entry = entry_of(head)
    return Found(
        stretch.passage,
        parse,
        (head.i, *(i for i in cue if i != head.i)),
        source,
        content,
        entry,
        Pattern.NETWORK,
        one.cue_p * one.roles_p,
        negated=head.pos_ == "VERB" and unsaid(head, entry),
        source_in=None if source_in is parse else source_in,
        named=named,
    )


def _of_the_noun(parse: Parse, head: Token, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content of a noun as cue without what is said of the noun itself: "the claim that it sank could not be
    verified"."""
    above = head.head
    if head.pos_ != "NOUN" or above == head or above.i < head.i or above.pos_ not in {"VERB", "AUX"}:
        return content
    place, own = parse.span(above.i, above.i + 1), parse.span(head.left_edge.i, head.right_edge.i + 1)
    if not any(span.contains(place) for span in content):
        return content
    return tuple(Span(s.start, min(s.end, own.end)) for s in content if s.start < own.end)


def _done_to(verb: Token, source: int) -> bool:
    """Whether the source is the one to whom it is done: "was warned"."""
    subject = clauses.own_subject(verb) if verb.pos_ == "VERB" and clauses.is_passive(verb) else None
    return subject is not None and subject.i == source


def _labels(parse: Parse, i: int) -> bool:
    """Whether a word before a colon says what the text is, not who speaks: "Correction:"."""
    return (
        parse.tokens[i].lower_ in words("no_speaker") and i + 1 < len(parse.tokens) and parse.tokens[i + 1].text == ":"
    )


def entry_of(head: Token) -> Cue:
    """The lexicon's row of a cue, by its head word; else what is taken of its part of speech."""
    lemma = head.lemma_.lower()
    known = cues()
    if head.pos_ in {"VERB", "AUX"} and (entry := entry_for(head)[0]) is not None:
        return entry
    kind = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a", "ADV": "r"}.get(head.pos_, "v")
    return known.get((lemma, kind)) or known.get((lemma, "v")) or UNKNOWN.get(head.pos_, OTHER)


def _head(parse: Parse, tokens: Sequence[int]) -> Token:
    """The token of a phrase that hangs on none of the others."""
    inside = set(tokens)
    for i in tokens:
        token = parse.tokens[i]
        if (token.head.i not in inside or token.head.i == i) and not token.is_punct:
            return token
    return parse.tokens[tokens[0]]


def contents(stretch: Stretch, runs: Iterable[Run], passage: Passage) -> tuple[Span, ...]:
    """Runs of words as spans without marks at their edges; one that is nearly a quotation is the whole of it."""
    spans = []
    for first, stop in runs:
        while first < stop and not any(c.isalnum() for c in stretch.texts[first]):
            first += 1
        while first < stop and not any(c.isalnum() for c in stretch.texts[stop - 1]):
            last = stretch.quoted[stop - 2]
            if last and not stretch.quoted[stop - 1] and last != stretch.quoted[first]:
                break  # it closes a quotation that the run opens
            stop -= 1
        if first < stop:
            span = Span(stretch.starts[first], stretch.ends[stop - 1])
            spans.append(_snapped(span, passage))
    return joined(spans)


def _snapped(span: Span, passage: Passage) -> Span:
    for k in passage.insides:
        inner = passage.quotations[k].inner
        if span.overlaps(inner):
            shared = min(span.end, inner.end) - max(span.start, inner.start)
            if shared >= COVERED * len(inner):
                span = span.hull(inner)
    return span
