"""How sure a source is of an event in its content: certainty and polarity, from the words that govern the event.

Each trigger has a value of its own clause (modals, negation, adverbs) and one that what governs it lends it ("plan
to", "likely that", "failed to"), found by climbing the parse, but never out of the content.  The method is that of
Saurí & Pustejovsky (2012, "Are you sure that this happened?") over a dependency parse; `lexicon/modality.tsv`
holds the words and their sources.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from quoth.model import Act
from quoth.read.dates import Tense
from quoth.read.english.agents.mentioned import Sort, noun_sort
from quoth.read.english.events import syntax
from quoth.read.english.events.government import governor
from quoth.read.english.events.markers import CERTAIN, PROBABLE, UNKNOWN, Degree, Marker, marker, marker_of
from quoth.read.english.events.predicates import Trait, has
from quoth.read.english.events.tenses import tense
from quoth.read.english.events.triggers import LIGHT_VERBS, light_verb
from quoth.read.english.lexicon import word_set
from quoth.read.english.tokens import Token

_NEGATIONS = frozenset({"no", "not", "n't", "never", "neither", "nor", "none", "nobody", "nothing", "without"})
_NO_SUBJECT = frozenset({"no", "neither", "none", "nobody", "nothing", "no-one"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
_IF = frozenset({"if", "unless", "whether", "provided", "providing", "should"})
_COUNT_OF = frozenset({"many", "much"})
_ASKING = frozenset({"WDT", "WP", "WRB", "WP$"})
_INSTEAD = frozenset({"without", "instead", "rather"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PERFORMATIVE = word_set("performative")
_AWAITED = word_set("awaited")
_CAPACITY = word_set("capacity")
_TABLED = word_set("tabled")
_WHILE = word_set("while")
_ARGUMENTS = syntax.SUBJECTS | {"dobj", "attr", "dative", "npadvmod"}
_LIMIT = 24


# ---------------------------------------------------------------- the event's own clause


def _negates(token: Token) -> bool:
    if token.lower_ not in _NEGATIONS and token.dep_ != "neg":
        return False
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return following not in _NOT_ONLY


def _negated_noun(noun: Token) -> bool:
    """ "no warheads", "none of the troops", "nobody", "neither side", "not one boat"."""
    if noun.lower_ in _NO_SUBJECT:
        return True
    if noun.left_edge.lower_ == "not" and noun.left_edge.nbor(1).lower_ in {"a", "an", "one"}:
        return True
    return any(c.dep_ in {"det", "neg", "preconj"} and c.lower_ in _NO_SUBJECT for c in noun.children)


def _auxiliaries(verb: Token) -> list[Token]:
    """The verb's auxiliaries and adverbs, with those it shares with the verb it is coordinated with."""
    own = _auxiliaries_of(verb)
    lead = syntax.leader(verb)
    if lead.i == verb.i or not syntax.is_verb(lead) or syntax.child(verb, *syntax.SUBJECTS) is not None:
        return own
    if verb.tag_ != verb.head.tag_ or any(c.dep_ in {"aux", "auxpass"} for c in own):
        return own
    alternative = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in verb.head.children)
    shared = (c for c in _auxiliaries_of(lead) if alternative or (c.dep_ == "aux" and not _negates(c)))
    return [*own, *shared]


def _auxiliaries_of(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "advmod", "preconj", "intj"}]


def _own_clause(token: Token) -> Degree:
    """What the verb's (or copula's) own auxiliaries, adverbs and negated subjects or objects make of it."""
    degree = CERTAIN
    negations = 0
    sure = False
    modal: Marker | None = None
    auxiliary = ""
    for word in _auxiliaries(token):
        if _negates(word):
            negations += 1
        elif word.dep_ == "aux":
            if modal is None:
                modal, auxiliary = marker("modal", word.lower_), word.lower_
        elif word.dep_ in {"advmod", "intj"} and (adverb := marker("adverb", word.lower_)) is not None:
            if adverb.positive == CERTAIN:
                sure = True
            else:
                degree = degree.under(adverb.positive)
    nouns = (c for c in token.children if c.dep_ in _ARGUMENTS)
    negations += any(_negated_noun(c) for c in nouns)
    negations += (
        any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.head.children)
        and token.dep_ == "conj"
        and not negations
    )
    if modal is not None and not negations and _performs(token):
        modal = None
    if auxiliary in {"can", "ca"} and syntax.lemma(token) in _CAPACITY and _is_of_thing(token):
        modal = None
    if modal is not None and auxiliary == "should" and _foreseen(token):
        return replace(PROBABLE, sign=-1 if negations % 2 else 1).under(degree)
    if _is_expected(token):
        degree = PROBABLE.under(degree)
    if modal is not None:
        value = modal.negated if negations % 2 else modal.positive
        if sure and value.rank >= 2:
            value = replace(value, rank=3)
        return value.under(degree)
    return replace(degree, sign=-degree.sign) if negations % 2 else degree


def is_thing(noun: Token) -> bool:
    """Whether a noun is a common one, of neither people nor a body: things have no plans and no duties."""
    return noun.pos_ == "NOUN" and noun_sort(noun.doc, noun.i) not in {Sort.HUMAN, Sort.BODY}


def _is_of_thing(verb: Token) -> bool:
    subject = syntax.own_subject(verb)
    return subject is not None and is_thing(subject)


def _foreseen(verb: Token) -> bool:
    """ "the boats should arrive in May", "it should be lifted by June": what is expected of a thing, not demanded."""
    if not _is_of_thing(verb):
        return False
    dated = any(
        t.ent_type_ in {"DATE", "TIME"} for c in verb.children if c.dep_ in {"prep", "npadvmod"} for t in c.subtree
    )
    return dated or not syntax.is_passive(verb)


def _is_expected(verb: Token) -> bool:
    """ "are expected in May", "is scheduled for June"."""
    waits = syntax.lemma(verb) in _AWAITED and syntax.is_passive(verb)
    return waits and not any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)


def _performs(verb: Token) -> bool:
    """ "I can confirm that …" confirms it."""
    speaker = syntax.child(verb, "nsubj")
    return speaker is not None and speaker.lower_ in {"i", "we"} and syntax.lemma(verb) in _PERFORMATIVE


def _own_phrase(noun: Token) -> Degree:
    """What the words before an event noun make of it: "no attack", "possible attack", "planned attack"."""
    degree = CERTAIN
    for word in noun.children:
        if word.dep_ in {"det", "neg", "preconj"} and _negates(word) and word.lower_ != "nor":
            degree = replace(degree, sign=-degree.sign)
        elif word.dep_ in {"amod", "compound", "advmod"} and word.i < noun.i:
            found = marker("attribute", word.lower_) or (
                marker("adverb", word.lower_) if word.dep_ == "advmod" else None
            )
            if found is not None:
                degree = degree.under(found.positive)
    return degree


def conditional(verb: Token) -> bool:
    """Whether the clause is an if-clause."""
    for c in verb.children:
        if (c.dep_ == "mark" or c.dep_ == "advmod") and c.lower_ in _IF and c.i < verb.i:
            return True
        if c.dep_ == "aux" and c.lower_ == "should" and verb.dep_ == "advcl" and c.tag_ == "MD":
            return True
    return False


def _at_the_time(verb: Token) -> bool:
    """ "when it arrives", "before the tour began": a clause at the time of the one above it."""
    return any(c.dep_ in {"mark", "advmod"} and c.lower_ in _WHILE and c.i < verb.i for c in verb.children)


def _would(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in {"would", "'d", "’d"} for c in verb.children)


def _hangs_on_condition(verb: Token) -> bool:
    return any(c.dep_ in {"advcl", "prep"} and (conditional(c) or c.lower_ == "if") for c in verb.children)


def _contrary(verb: Token) -> bool:
    """ "would have sunk if …": of what did not come about."""
    if not syntax.is_verb(verb) or not syntax.perfect(verb):
        return False
    modal = any(c.dep_ == "aux" and c.lower_ in {"would", "'d", "’d", "could", "might"} for c in verb.children)
    return modal and any(c.dep_ == "advcl" and conditional(c) and syntax.perfect(c) for c in verb.children)


def asked(verb: Token) -> bool:
    """Whether the clause is a question, direct or indirect: "how many will come", "whether it fell"."""
    if verb.dep_ == "ROOT" and _ends_in_question(verb):
        return True
    label = syntax.leader(verb).dep_
    before = [c for c in verb.lefts if c.dep_ != "aux"]
    if any(c.lower_ == "whether" or _how_many(c) for c in before):
        return label not in {"relcl", "advcl"}
    if label not in {"ccomp", "pcomp", "csubj"}:
        return False
    if any(c.lower_ == "if" and c.dep_ == "mark" for c in before):
        return True
    ahead = syntax.is_infinitive(verb) or any(c.dep_ == "aux" and marker("modal", c.lower_) for c in verb.children)
    return ahead and any(c.tag_ in _ASKING and c.dep_ != "mark" for c in before)


def _how_many(phrase: Token) -> bool:
    counts = [phrase, *(c for c in phrase.lefts if c.dep_ == "amod")]
    return any(c.lower_ in _COUNT_OF and any(g.lower_ == "how" for g in c.lefts) for c in counts)


def _ends_in_question(root: Token) -> bool:
    last = root.right_edge
    while last.i > root.i and (last.is_quote or last.is_space):
        last = last.nbor(-1)
    return last.text == "?"


def imperative(verb: Token, inside: Collection[int]) -> bool:
    """ "Leave now": a bare root verb that opens its sentence, with no subject."""
    if (
        verb.dep_ != "ROOT"
        or verb.tag_ != "VB"
        or any(c.dep_ in {*syntax.SUBJECTS, "aux", "expl"} for c in verb.children)
    ):
        return False
    return not any(t.i in inside and t.is_alpha and t.pos_ in {"NOUN", "PROPN", "PRON"} for t in verb.lefts)


def _unmarked(token: Token, head: Token, above: Degree) -> Degree:
    """The effect of a governor that the lexicon does not list."""
    if token.pos_ == "NOUN":
        return above  # a light verb, "there is"
    if token.dep_ == "ccomp":
        return CERTAIN
    if syntax.lemma(head) == "be" and syntax.is_infinitive(token):
        return Degree(2).under(above)
    return Degree(above.rank, above.sign)


class Judge:
    """Judges the triggers of one content; `inside` are the token indices that belong to it."""

    def __init__(self, inside: Collection[int]) -> None:
        self.inside = inside
        self._known: dict[int, Degree] = {}
        self._governors: dict[int, Token | None] = {}

    def governor(self, token: Token) -> Token | None:
        """`government.governor`, remembered."""
        if token.i not in self._governors:
            self._governors[token.i] = governor(token)
        return self._governors[token.i]

    def degree(self, token: Token, depth: int = 0) -> Degree:
        """The value of the event that `token` triggers."""
        if token.i not in self._known:
            self._known[token.i] = CERTAIN  # should the parse hold a circle
            self._known[token.i] = self._compute(token, depth)
        return self._known[token.i]

    def _compute(self, token: Token, depth: int) -> Degree:
        own = self._own(token)
        above = self.governor(token) if depth < _LIMIT else None
        if above is None or above.i not in self.inside:
            return own.under(self._outer(token, above))
        value = self.degree(above, depth + 1)
        found = marker_of(above, token)
        if syntax.lemma(token) in _TABLED and found is not None and found.positive.sign < 0:
            return own.under(Degree(value.rank))  # "rejected the proposal": it was made
        if syntax.lemma(above) == "like" and syntax.lemma(token) in _PERFORMATIVE and _would(above):
            return own  # "we would like to thank them" thanks them
        if (
            token.pos_ == "NOUN"
            and syntax.is_verb(above)
            and _negated_noun(token)
            and syntax.relation(token)[1].i == above.i
        ):
            own = replace(own, sign=-own.sign)  # "no" before the noun has been counted as the verb's
        if light_verb(token) is not None and above.i != token.i and syntax.lemma(above) in LIGHT_VERBS:
            return own.under(value)
        if found is None:
            return own.under(_unmarked(token, above, value))
        return own.under(found.effect(value))

    def _own(self, token: Token) -> Degree:
        if syntax.is_verb(token):
            degree = _own_clause(token)
            if _contrary(token) or (conditional(token) and _contrary(token.head)):
                return Degree(3, -degree.sign)  # "would have sunk if the pumps had failed": neither did
            if conditional(token):
                return replace(degree, rank=0)
            if asked(token) or imperative(token, self.inside):
                return replace(degree, rank=0)
            if _hangs_on_condition(token):
                degree = replace(degree, rank=max(1, degree.rank - 1) if degree.rank else 0)
            return degree
        if (
            token.dep_ in {"acomp", "attr", "oprd"}
            and syntax.is_verb(token.head)
            and syntax.child(token.head, "expl") is None
        ):
            return _own_phrase(token).under(self.degree(token.head))
        return _own_phrase(token) if token.pos_ == "NOUN" else CERTAIN

    def _outer(self, token: Token, above: Token | None) -> Degree:
        """What the place of a trigger makes of it when no complement-taking word inside the content governs it."""
        label, head = syntax.relation(token)
        if not syntax.is_verb(token):
            if label == "pobj" and head.lower_ in _INSTEAD:
                return Degree(3, -1)
            if token.pos_ == "NOUN" and label in {"dobj", "pobj", "nsubjpass"} and head.i in self.inside:
                verb = head.head if label == "pobj" else head
                definite = any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in syntax.modifiers(token))
                if syntax.is_verb(verb) and verb.i in self.inside and not definite and verb.i != token.i:
                    return Degree(self.degree(verb).rank, 1)
            return CERTAIN
        if label == "pcomp":
            first = head.lower_
            if first in _INSTEAD or (head.head.lower_ in _INSTEAD and head.head.dep_ != "ROOT"):
                return Degree(3, -1)
            return CERTAIN
        if label == "advcl" and head.i in self.inside and syntax.is_verb(head) and _at_the_time(token):
            above_it = self.degree(head)
            ahead = tense(head) is Tense.FUTURE and 0 < above_it.rank < 3
            return Degree(above_it.rank) if ahead else CERTAIN  # "will wear it when it arrives"
        if label == "conj" and head.i in self.inside:
            lead = syntax.leader(token)
            open_lead = conditional(lead) or imperative(lead, self.inside) or asked(lead)
            if open_lead and syntax.is_verb(lead) and syntax.child(token, *syntax.SUBJECTS) is None:
                return UNKNOWN
            return CERTAIN
        if syntax.is_infinitive(token) and not syntax.perfect(token):
            if label == "advcl" and above is None and head.i in self.inside:
                return UNKNOWN
            return Degree(2)
        return CERTAIN


# ---------------------------------------------------------------- what kind of act the content is


class Standing(enum.Enum):
    """Whose act it is that the content speaks of: the speaker's, possibly his side's, or another's."""

    SPEAKER = enum.auto()
    OPEN = enum.auto()
    OTHER = enum.auto()


def content_act(
    chain: Sequence[Token], stands: Callable[[Token], Standing], doer: Callable[[Token], Token | None]
) -> Act | None:
    """The act that the content's own words make of a plain statement: a plan, an estimate, a request …

    `chain` leads from the content's first governing word to its main event; `doer` says who does what a token of it
    says, `stands` how he stands to the speaker.  What somebody else plans or promises is an assertion.
    """
    for token in chain:
        who = doer(token)
        standing = stands(who) if who is not None else Standing.OPEN
        found = marker_of(token) if token.i != chain[-1].i else None
        adverbs = (marker("adverb", c.lower_) for c in token.children if c.dep_ == "advmod")
        if any(adverb is not None and adverb.act is not None for adverb in adverbs):
            return Act.ESTIMATE
        if _will(token) and _acts(token):
            return {Standing.SPEAKER: Act.PROMISE, Standing.OPEN: Act.PLAN, Standing.OTHER: None}[standing]
        if found is not None and found.act is Act.PLAN:
            return None if standing is Standing.OTHER else Act.PLAN
        if found is not None and found.act is not None and (found.act is Act.ESTIMATE or standing is Standing.SPEAKER):
            return found.act
    main = chain[-1] if all(syntax.lemma(t) == "be" for t in chain[:-1]) else None
    if main is None or not syntax.is_verb(main):
        return None
    if imperative(main, range(len(main.doc))):
        return Act.REQUEST
    bare = main.dep_ in {"ROOT", "ccomp"} or (main.dep_ == "xcomp" and syntax.lemma(main.head) == "be")
    return Act.PLAN if bare and syntax.is_infinitive(main) and not syntax.perfect(main) else None


def _will(token: Token) -> bool:
    if not syntax.is_verb(token):
        return False
    return any(c.dep_ == "aux" and c.lower_ in {"will", "shall", "'ll", "wo", "would", "'d"} for c in token.children)


def _acts(verb: Token) -> bool:
    """Whether the verb speaks of something its subject does of its own will: a plan, not a forecast."""
    base = syntax.lemma(verb)
    if syntax.is_passive(verb):
        return True
    return not has(base, Trait.STATIVE) and not (has(base, Trait.UNDERGOER) and syntax.child(verb, "dobj") is None)
