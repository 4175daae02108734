"""Grammatical relations read off a spaCy parse (ClearNLP labels), the commonest faults of the parser mended."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.read.english.events.predicates import is_listed
from quoth.read.english.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative"})
_LONGEST_LIST = 40
RELATIVES = frozenset({"that", "which", "who", "whom"})
COPULAS = frozenset({"be", "become", "remain", "seem", "appear", "stay", "look", "prove", "sound"})

OBJECT_RAISERS = frozenset({"promise", "vow", "threaten"})
"""Verbs whose infinitive belongs to their subject in spite of an object ("promised them to leave")."""


def lemma(token: Token) -> str:
    """The lemma in lower case, an "e" put back where the lemmatizer lost it ("fin" for "fined")."""
    base = token.lemma_.lower()
    if token.tag_ in {"VBD", "VBN", "VBG"} and not is_listed(base) and is_listed(base + "e"):
        return base + "e"
    return base


def is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.tag_.startswith("VB")


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    for c in token.children:
        if c.dep_ in labels:
            return c
    return None


def children(token: Token, *labels: str) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in labels)


def is_passive(verb: Token) -> bool:
    """A passive: with its auxiliary or subject, or a bare past participle after a noun or beside another passive."""
    if _says_passive(verb):
        return True
    if verb.dep_ == "conj":
        lead = leader(verb)
        if not is_verb(lead) or not (_says_passive(lead) or _bare_passive(lead)):
            return False
        return _gapped(verb) or (verb.tag_ == "VBN" and child(verb, "aux", "nsubj", "dobj") is None)
    return _bare_passive(verb)


def _says_passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass", "agent"} for c in verb.children)


def _bare_passive(verb: Token) -> bool:
    if verb.tag_ != "VBN" or child(verb, "aux", "nsubj") is not None:
        return False
    return verb.dep_ in {"acl", "amod", "ROOT", "advcl"}


def _gapped(verb: Token) -> bool:
    """ "12 were killed and 30 injured": a number right before a participle, its auxiliary left out."""
    if verb.tag_ not in {"VBN", "VBD"} or child(verb, "aux", "dobj") is not None:
        return False
    counted = child(verb, "nsubj")
    return counted is not None and counted.pos_ == "NUM" and counted.i == verb.i - 1


def is_infinitive(verb: Token) -> bool:
    """ "to deploy", "to be deployed", "to have deployed"."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def swapped(noun: Token) -> Token | None:
    """The noun that wrongly heads "the deployment of X systems": "deployment" hangs on "systems" as a modifier,
    though an "of" stands between them.  None where the parse is right."""
    if noun.dep_ in {"nmod", "compound", "amod"} and noun.head.i > noun.i and noun.head.pos_ in {"NOUN", "PROPN"}:
        of = next((c for c in noun.children if c.dep_ == "prep" and noun.i < c.i < noun.head.i), None)
        return noun.head if of is not None and of.lower_ == "of" else None
    return None


def relation(token: Token) -> tuple[str, Token]:
    """The label and head of a token, those of the noun that wrongly heads it in its stead."""
    usurper = swapped(token)
    if usurper is not None:
        return usurper.dep_, usurper.head
    if token.dep_ == "pobj" and token.head.dep_ == "prt":  # "called off the vote"
        return "dobj", token.head.head
    return token.dep_, token.head


def modifiers(noun: Token) -> tuple[Token, ...]:
    """The children of a noun, with those of the noun that wrongly heads it."""
    usurper = swapped(noun)
    if usurper is None:
        return noun.children
    return (*noun.children, *(c for c in usurper.children if c.i != noun.i and c.i > usurper.i))


def _prepositions(token: Token) -> Iterator[Token]:
    """Those of a verb or noun, also where one hangs on another ("from Oslo to Rome")."""
    for c in modifiers(token):
        if c.dep_ in _PREPOSITIONAL:
            yield c
            if c.dep_ == "prep" and child(c, "pobj") is not None:
                yield from children(c, "prep")


def prepositional(token: Token, *prepositions: str) -> Iterator[tuple[Token, Token]]:
    """Each preposition (one of these, or any) of a verb or noun, with its object; of coordinated objects the first."""
    for prep in _prepositions(token):
        if not prepositions or prep.lower_ in prepositions:
            target = child(prep, "pobj", "pcomp")
            if target is None and (nested := child(prep, "prep")) is not None:
                target = child(nested, "pobj", "pcomp")
            if target is not None:
                yield prep, target


def of_object(noun: Token) -> Token | None:
    """What the noun's "of" governs: "systems" in "the deployment of missile systems"."""
    usurper = swapped(noun)
    if usurper is not None:
        return usurper
    return next((target for _, target in prepositional(noun, "of")), None)


def leader(token: Token) -> Token:
    """The first of the coordinated words that the token belongs to (in a list beyond all measure, one before it)."""
    for _ in range(_LONGEST_LIST):
        if token.dep_ != "conj" or token.head.i == token.i:
            break
        token = token.head
    return token


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.tag_ in {"WDT", "WP", "IN", "DT"}:
        clause = token
        while clause.dep_ != "relcl" and clause.head.i != clause.i and clause.dep_ not in {"ccomp", "advcl"}:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def heads(noun: Token) -> Token:
    """The noun that ought to head the phrase: "deployment" for "systems" in "the deployment of X systems"."""
    return next((c for c in noun.children if c.i < noun.i and swapped(c) is not None), noun)


def caused(participle: Token) -> Token | None:
    """ "have" for "deployed" in "to have the systems deployed": who has it done, not who has it."""
    thing = participle.head
    verb = thing.head
    if (
        participle.dep_ != "acl"
        or participle.tag_ != "VBN"
        or thing.dep_ != "dobj"
        or lemma(verb) not in {"have", "get"}
    ):
        return None
    return verb if is_infinitive(verb) else None


def own_subject(verb: Token) -> Token | None:
    subject = child(verb, *SUBJECTS)
    return heads(antecedent(subject)) if subject is not None else None


_AMOUNTS = frozenset({"CARDINAL", "PERCENT", "MONEY", "QUANTITY"})
_ENDS = frozenset({"end", "start", "beginning", "middle", "close", "deadline"})


def is_deadline(noun: Token) -> bool:
    """ "(by) Friday", "(by) the end of May": a time, not somebody who does it."""
    if noun.ent_type_ in {"DATE", "TIME"}:
        return True
    return noun.lower_ in _ENDS and any(t.ent_type_ in {"DATE", "TIME"} or t.lower_ == "of" for t in noun.children)


def by_agent(token: Token) -> Token | None:
    """The object of a passive's or a noun's "by"; no deadline ("by Friday")."""
    for prep, target in prepositional(token, "by"):
        if not is_deadline(target) and (prep.dep_ == "agent" or target.ent_type_ not in _AMOUNTS):
            return target if target.dep_ == "pobj" else None
    counted = child(token, "dobj") if is_verb(token) else None
    return by_agent(counted) if counted is not None and is_passive(token) else None


def object_of_particle(verb: Token) -> Token | None:
    """ "vote" in "called off the vote", which the parser hangs on the particle."""
    prt = particle(verb)
    return child(prt, "pobj") if prt is not None else None


def copular_complement(verb: Token) -> Token | None:
    """ "possible" in "is possible", "ally" in "has been an ally"."""
    if lemma(verb) in COPULAS:
        return child(verb, "acomp", "attr", "oprd")
    return None


def perfect(verb: Token) -> bool:
    return any(c.dep_ in {"aux", "auxpass"} and lemma(c) == "have" for c in verb.children) and verb.tag_ in {
        "VBN",
        "VBD",
    }


def particle(verb: Token) -> Token | None:
    return child(verb, "prt")
