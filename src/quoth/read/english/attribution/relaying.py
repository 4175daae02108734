"""Who passed words on, as what stands beside them tells: who cites, quotes, publishes, reads out, hands on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import SPOKEN, cues, words
from quoth.read.english.attribution.found import Found, without
from quoth.read.english.attribution.frames import CITING
from quoth.read.english.attribution.speakers import can_speak
from quoth.read.english.tokens import Token

CITING_TOKENS = 6
"""How far behind its verb of saying "citing" may stand."""

BETWEEN_TOKENS = 6
"""No more tokens stand between the commas of ", the agency Lusonet reported,"."""

MEDIUM_PREPOSITIONS = frozenset({"in", "on", "at", "during"})


def trace(found: Found, taken: Collection[int] = ()) -> None:
    """Give an attribution those who passed it on.  Where they cite somebody, he becomes its source.

    `taken` are the tokens that are cues of attributions of the same parse.
    """
    if found.source is None:
        return
    _cite(found)
    speaker = found.source_parse.tokens[found.source]
    for noun in _appositives(speaker):
        _made_public(found, noun, "citing_verbs")
    if not found.cue or found.source_in is not None:
        return
    cue = found.parse.tokens[found.cue[0]]
    if found.pattern.startswith("noun"):
        _handed_on(found, cue)
        return
    beside = _speaking_to(cue)
    if beside is not None and found.addressee is None:
        found.addressee = beside[1].i
    told = () if found.addressee is None else (found.parse.tokens[found.addressee],)
    for medium in (*_media(cue), *(() if beside is None else _media(beside[0])), *told):
        _made_public(found, medium, "publishing_verbs")
    _through(found, cue)
    _as_reported_by(found, cue)
    if found.pattern == "quoted as saying" and found.relay is None:
        _quoted_in(found, found.parse.tokens[found.cue[1]])
    _reported_between(found, speaker, cue, taken)


# ---------------------------------------------------------------- citing


def _cite(found: Found) -> None:
    """ "Radio Vell, citing officials, said", "said a paper that quotes a minister": the last one cited is the source,
    the others relay him."""
    if not found.cue or found.pattern.startswith("noun") or found.source is None or found.source_in is not None:
        return
    speaker = found.parse.tokens[found.source]
    steps = [speaker]
    citing = _citing(found.parse.tokens[found.cue[0]], speaker)
    cited = None if citing is None else _cited(citing)
    if citing is not None and cited is not None:
        steps.append(cited)
        own = [found.parse.span(t.i, t.i + 1) for t in citing.subtree if not _in_clause(t, citing)]
        found.content = without(found.content, own) or found.content
    while (deeper := _cited_in_clause_of(steps[-1])) is not None and deeper not in steps:
        steps.append(deeper)
    if len(steps) > 1:
        found.source = steps[-1].i
        found.relays += [(found.parse, step.i) for step in reversed(steps[:-1])]
        found.cited = True


def _citing(verb: Token, speaker: Token) -> Token | None:
    """ "citing" that belongs to the verb of saying or to its speaker, not to something inside what is said."""
    for token in verb.sent:
        near = token.head == verb or verb.i < token.i < verb.i + CITING_TOKENS
        if token.lower_ in CITING and (near or speaker.is_ancestor(token)):
            return token
    return None


def _cited(citing: Token) -> Token | None:
    nouns = [c for c in citing.children if c.dep_ in {"dobj", "pobj"}]
    if len(nouns) > 1 and nouns[1].left_edge.i == nouns[0].i + 1:  # "citing the agency Telsur", taken for two objects
        nouns = nouns[1:]
    return nouns[0] if nouns and can_speak(nouns[0]) else None


def _cited_in_clause_of(noun: Token) -> Token | None:
    """Y of "X, which in turn quoted Y"."""
    for part in _appositives(noun):
        for clause in part.children:
            active = clause.dep_ == "relcl" and not clauses.is_passive(clause)
            if active and clause.lemma_.lower() in {"cite", "quote"}:
                subject = clauses.own_subject(clause)
                if subject is not None and subject.tag_ in {"WDT", "WP"}:
                    return _cited(clause)
    return None


def _in_clause(token: Token, citing: Token) -> bool:
    """Whether a token below "citing" is of the clause that is said, which the parser hung there: ", that …"."""
    current = token
    while current != citing:
        if current.dep_ in {"ccomp", "relcl", "acl"} and current.left_edge.lower_ == "that":
            return True
        current = current.head
    return False


# ---------------------------------------------------------------- quoting, publishing, handing on


def _made_public(found: Found, noun: Token, verbs: str) -> None:
    """ "two researchers cited by the Herald", "a letter released by the diocese": who does so passes it on."""
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_.lower() in words(verbs):
            _add(found, clauses.by_agent(child))


def _media(verb: Token) -> Iterator[Token]:
    """What somebody speaks in: "said in a letter"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in MEDIUM_PREPOSITIONS:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _through(found: Found, verb: Token) -> None:
    """ "said through his lawyer"."""
    for link in verb.children:
        if link.dep_ == "prep" and link.lower_ in {"through", "via"}:
            for noun in link.children:
                if noun.dep_ == "pobj" and can_speak(noun):
                    _add(found, noun)


def _as_reported_by(found: Found, verb: Token) -> None:
    """ "The mayor said, as first reported by the Herald, that …"."""
    for clause in verb.subtree:
        marked = any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in clause.children)
        outlet = clauses.by_agent(clause) if marked and clause.lemma_.lower() in words("publishing_verbs") else None
        if outlet is not None and clause.head in {verb, *verb.children}:
            _add(found, outlet)
            own = [found.parse.span(t.i, t.i + 1) for t in clause.subtree]
            found.content = without(found.content, own) or found.content


def _quoted_in(found: Found, verb: Token) -> None:
    """ "was quoted in the Herald as saying"."""
    for link in verb.children:
        if link.dep_ == "prep" and link.lower_ in {"in", "on"}:
            for noun in link.children:
                if noun.dep_ == "pobj" and can_speak(noun):
                    _add(found, noun)


def _speaking_to(verb: Token) -> tuple[Token, Token] | None:
    """ "Speaking to Radio Vell, she said": the participle, and whom it names."""
    for child in verb.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in words("talking"):
            for link in child.children:
                if link.lower_ in {"to", "with"}:
                    told = next((c for c in link.children if c.dep_ == "pobj"), None)
                    if told is not None:
                        return child, told
    return None


def _handed_on(found: Found, noun: Token) -> None:
    """ "An aide passed on the governor's assurance that …": the subject relays the governor."""
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in words("handing_on"):
        _add(found, clauses.subject_of(verb))


def _reported_between(found: Found, speaker: Token, cue: Token, taken: Collection[int]) -> None:
    """ "Reis, the agency Lusonet reported, has said": a reporting clause between the source and its verb."""
    for verb in speaker.doc[speaker.i + 1 : max(speaker.i + 1, cue.i)]:
        entry = cues().get((verb.lemma_.lower(), "v"))
        if entry is None or entry.kind not in SPOKEN or verb.i in taken or verb.nbor().text != ",":
            continue
        before = verb.doc[max(speaker.i, verb.i - BETWEEN_TOKENS) : verb.i]
        if verb.tag_ in {"VBD", "VBZ", "VBP"} and any(t.text == "," for t in before):
            subject = clauses.own_subject(verb)
            if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
                _add(found, subject)


def _appositives(noun: Token) -> Iterator[Token]:
    """A noun with what stands in apposition to it: "the agency Telsur"."""
    yield noun
    yield from (c for c in noun.children if c.dep_ == "appos")


def _add(found: Found, head: Token | None) -> None:
    if head is not None and head.i != found.source and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        found.relays.append((found.source_parse, head.i))
