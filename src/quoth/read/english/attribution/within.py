"""Speakers inside quotations: “My father told me, ‘It will never open,’” she said; “He says it is safe,” he said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoth.model import Span
from quoth.read.english.attribution import clauses, verbs
from quoth.read.english.attribution.cues import SPOKEN, Cue, cues
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import content_of
from quoth.read.english.attribution.governing import Governing
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.attribution.speakers import can_speak
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import FREE_WORDS, Passage
from quoth.read.english.tokens import Token

NOBODY = frozenset({"i", "me", "we", "us", "you", "one", "people"})
"""Who says it in a quotation is the speaker himself, or nobody in particular."""

ADDRESS_TOKENS = 4
"""So many tokens may stand between the verb and the mark: "told all of us, ‘"."""


def find(passage: Passage, number: int, held: Sequence[Found]) -> Iterator[Found]:
    """Those whom a speaker of `held` quotes within his own quotation; what he quotes himself as saying stays his."""
    for k, parse in passage.insides.items():
        if not any(span.contains(passage.quotations[k].inner) for f in held for span in f.content):
            continue
        for quotation in passage.nested.get(k, ()):
            read = _verb(parse, quotation.span)
            if read is not None:
                verb, entry, source = read
                yield Found(number, parse, (verb.i,), source.i, (quotation.inner,), entry, Pattern.NESTED_QUOTE)
        yield from _reported(parse, number, held)


def _reported(parse: Parse, number: int, held: Sequence[Found]) -> Iterator[Found]:
    """What a speaker reports others to have said: “The mayor told me that it is safe,” she said."""
    taken = {f.cue[0] for f in held if f.parse is parse and f.cue}
    for verb in parse.tokens:
        entry = verbs.entry_for(verb)[0] if verb.pos_ == "VERB" and verb.i not in taken else None
        if entry is None or entry.kind not in SPOKEN or not clauses.is_finite(verb):
            continue
        source = None if clauses.is_passive(verb) else clauses.own_subject(verb)
        if source is None or source.lower_ in NOBODY or not (source.pos_ == "PRON" or can_speak(source)):
            continue
        content = content_of(Governing(verb, entry, source, False, ()))
        if content is not None and content.pattern in {Pattern.VERB_CLAUSE, Pattern.VERB_INFINITIVE}:
            spans = parse.spans(t.i for t in content.tokens)
            unsaid = verbs.unsaid(verb, entry)
            yield Found(number, parse, (verb.i,), source.i, spans, entry, Pattern.REPORTED_IN_QUOTE, negated=unsaid)


def _verb(parse: Parse, quoted: Span) -> tuple[Token, Cue, Token] | None:
    """The verb of saying beside the marks, with its subject: before them at the end of its clause, or after them."""
    within = {t.i for t in parse.tokens_in([quoted])}
    if len(within) < FREE_WORDS:
        return None
    before = [t for t in parse.tokens[max(0, min(within) - ADDRESS_TOKENS - 1) : min(within)] if t.pos_ == "VERB"]
    after = [t for t in parse.tokens[max(within) + 1 : max(within) + 1 + ADDRESS_TOKENS] if t.pos_ == "VERB"]
    for verb in (*reversed(before), *after):
        entry = cues().get((verb.lemma_.lower(), "v"))
        source = clauses.subject_of(verb)
        if entry is None or entry.kind not in SPOKEN or "q" not in entry.frames:
            continue
        if source is None or source.i in within or not _is_sentence(parse, within):
            continue
        if source.lower_ not in NOBODY:
            return verb, entry, source
    return None


def _is_sentence(parse: Parse, tokens: set[int]) -> bool:
    """Whether what stands between the marks is said, not named: it opens with a capital and has a verb."""
    words = [parse.tokens[i] for i in sorted(tokens) if not parse.tokens[i].is_punct and not parse.tokens[i].is_quote]
    return bool(words) and words[0].text[:1].isupper() and any(t.pos_ in {"VERB", "AUX"} for t in words)
