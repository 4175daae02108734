"""Quotations inside quotations: “My father told me, ‘It will never open again,’” she said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quoth.model import Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue, cues
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import FREE_WORDS, Passage

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


def _verb(parse: Parse, quoted: Span) -> tuple[Token, Cue, Token] | None:
    """The verb of saying beside the marks, with its subject: before them at the end of its clause, or after them."""
    within = {t.i for t in parse.tokens_in([quoted])}
    if len(within) < FREE_WORDS:
        return None
    before = [t for t in parse.doc[max(0, min(within) - ADDRESS_TOKENS - 1) : min(within)] if t.pos_ == "VERB"]
    after = [t for t in parse.doc[max(within) + 1 : max(within) + 1 + ADDRESS_TOKENS] if t.pos_ == "VERB"]
    for verb in (*reversed(before), *after):
        entry = cues().get((verb.lemma_.lower(), "v"))
        source = clauses.subject_of(verb)
        if entry is None or entry.kind not in {"speech", "report"} or "q" not in entry.frames:
            continue
        if source is None or source.i in within or not _is_sentence(parse, within):
            continue
        if source.lower_ not in NOBODY:
            return verb, entry, source
    return None


def _is_sentence(parse: Parse, tokens: set[int]) -> bool:
    """Whether what stands between the marks is said, not named: it opens with a capital and has a verb."""
    words = [parse.doc[i] for i in sorted(tokens) if not parse.doc[i].is_punct and not parse.doc[i].is_quote]
    return bool(words) and words[0].text[:1].isupper() and any(t.pos_ in {"VERB", "AUX"} for t in words)
