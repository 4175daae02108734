"""Which word governs an event: the verb, adjective or noun whose complement it is ("plan" for "deploy")."""

from __future__ import annotations

from quoth.read.english.events import syntax
from quoth.read.english.events.markers import marker, marker_of
from quoth.read.english.events.predicates import Trait, has
from quoth.read.english.events.triggers import light_verb
from quoth.read.english.lexicon import word_set
from quoth.read.english.tokens import Token

_COMPLEMENT_PREPOSITIONS = word_set("complement prepositions")
_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "csubjpass"})
_NOMINAL_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def governor(token: Token) -> Token | None:
    """The verb, adjective or noun whose complement (or, for an event noun, whose argument) the token is.

    None where the token stands in no complement: a main clause, a relative or adverbial clause, a plain argument.
    """
    label, head = syntax.relation(token)
    if head.i == token.i:
        return None
    if label == "conj":
        leader = syntax.leader(token)  # always before it; the mended parse of a faulty one may say otherwise
        return None if _stands_alone(token) or leader.i >= token.i else governor(leader)
    predicated = syntax.copular_complement(head) if syntax.is_verb(head) else None
    if predicated is not None and predicated.i != token.i:
        return _under_copula(token, label, head, predicated)
    if label in _CLAUSAL or label == "oprd":
        return head
    if label in {"acl", "relcl"}:
        return syntax.caused(token) or _under_noun(token, label, head)
    if label in {"pcomp", "pobj"}:
        return _under_preposition(token, label, head)
    if token.pos_ != "NOUN":
        return None
    if label in {"dobj", "nsubjpass", "nsubj", "attr"}:
        return _under_verb(token, label, head)
    if label in {"compound", "nmod"} and head.pos_ == "NOUN" and marker("noun", syntax.lemma(head)):
        return head
    return None


def _stands_alone(conjunct: Token) -> bool:
    """A coordinated main clause with a subject and an auxiliary of its own."""
    if not syntax.is_verb(conjunct) or conjunct.head.dep_ != "ROOT":
        return False
    return syntax.own_subject(conjunct) is not None and syntax.child(conjunct, "aux") is not None


def _under_copula(token: Token, label: str, be: Token, predicated: Token) -> Token | None:
    """ "likely" in "it is likely that …", "possible" in "the deployment is possible", "set" in "is set to"."""
    marked = marker_of(predicated) is not None
    if label in _CLAUSAL:
        return predicated if marked else be
    if label == "advcl":
        return predicated if marked and syntax.is_infinitive(token) else None
    if label in _NOMINAL_SUBJECTS and token.pos_ == "NOUN":
        return predicated if marked and predicated.pos_ == "ADJ" else None
    return None


def _under_noun(clause: Token, label: str, noun: Token) -> Token | None:
    """ "plan" in "the plan to deploy", "claim" in "the claim that …"; not the noun of a plain participle."""
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    infinitive = syntax.is_infinitive(clause)
    if label == "relcl":
        return noun if (that or infinitive) and noun.pos_ == "NOUN" and marker_of(noun) is not None else None
    if noun.pos_ == "NOUN":
        return noun if that or infinitive else None
    return noun if noun.pos_ == "ADJ" and infinitive else None


def _under_preposition(token: Token, label: str, preposition: Token) -> Token | None:
    """ "plan" in "planning for the deployment", "capable" in "capable of bypassing"."""
    if preposition.lower_ not in _COMPLEMENT_PREPOSITIONS:
        return None
    above = preposition.head
    while above.pos_ == "ADP" and above.head.i != above.i:
        above = above.head
    if above.pos_ not in {"VERB", "NOUN", "ADJ", "AUX"}:
        return None
    found = marker_of(above, token)
    return above if found is not None and (label == "pcomp" or found.nominal) else None


def _under_verb(noun: Token, label: str, verb: Token) -> Token | None:
    """The verb that makes something of the event noun which is its subject or object ("cancelled the launch")."""
    exists = syntax.child(verb, "expl") is not None
    if label == "attr":
        return verb if exists else None
    if light_verb(noun) is not None:
        return verb
    found = marker_of(verb, noun)
    if label != "nsubj":
        return verb if found is not None and found.nominal else None
    if exists:
        return verb
    if found is None:
        return None
    intransitive = syntax.child(verb, "dobj", "ccomp", "xcomp") is None
    begins = found.nominal and intransitive and has(syntax.lemma(verb), Trait.UNDERGOER)
    return verb if found.passes or begins else None
