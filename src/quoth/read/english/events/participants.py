"""Who takes part in an event: agent, theme and recipient, as head tokens of noun phrases, by syntax alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quoth.read.english.events import syntax
from quoth.read.english.events.predicates import Trait, class_of, event_noun, has
from quoth.read.english.events.triggers import Sort, Trigger
from quoth.read.english.lexicon import rows, word_set
from quoth.read.english.tokens import Token

_ABOUT = ("of", "on", "for", "with", "about", "over", "against")
_NO_THEME = frozenset({"DATE", "TIME"})
_AGAINST = word_set("against")
_SHARES_SUBJECT = frozenset({"xcomp", "advcl", "conj", "acl", "relcl", "pcomp", "ccomp", "prep"})
_HANDS_DOWN = word_set("hands down")
_WITH = word_set("given with")
_OBJECT_DID = word_set("object did")
_ASKING = word_set("asking")
_SENT = word_set("sent")
_BEFALLS = word_set("befalls")
_USING = word_set("using")
_THINGS = frozenset(row[0] for row in rows("things.tsv"))
_LIMIT = 12


@dataclass(frozen=True, slots=True)
class Participants:
    agent: Token | None = None
    theme: Token | None = None
    recipient: Token | None = None
    instrument: Token | None = None


def participants(trigger: Trigger) -> Participants:
    """Head tokens of who and what take part; they may stand anywhere in the sentence, not only near the trigger."""
    match trigger.sort:
        case Sort.VERB:
            found = _of_verb(trigger.token, trigger.predicate)
            instrument = _instrument(trigger.token, found)
            return found if instrument is None else replace(found, instrument=instrument)
        case Sort.NOUN:
            return _of_noun(trigger.token, trigger.predicate, trigger.light)
        case Sort.STATE:
            return _of_state(trigger.token)
        case Sort.TALLY:
            return Participants(theme=syntax.of_object(trigger.token))


def _instrument(verb: Token, found: Participants) -> Token | None:
    """The concrete thing that somebody does it with: "struck it with a drone", "using two boats", "by means of"."""
    taken = {t.i for t in (found.agent, found.theme, found.recipient) if t is not None}
    if found.theme is None and not syntax.is_passive(verb):
        return None
    used = (
        syntax.child(c, "dobj") for c in verb.children if c.dep_ in {"advcl", "xcomp", "acl"} and c.lower_ in _USING
    )
    means = (syntax.of_object(t) for _, t in syntax.prepositional(verb, "by") if t.lower_ == "means")
    with_it = (t for _, t in syntax.prepositional(verb, "with") if t.dep_ == "pobj")
    for token in (*used, *means, *with_it):
        if token is not None and token.i not in taken and syntax.lemma(token) in _THINGS:
            return token
    return None


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The verb's subject, its own, or the one it shares with the verb or noun that governs it."""
    own = syntax.own_subject(verb)
    if own is not None or depth > _LIMIT:
        return own
    head, label = verb.head, verb.dep_
    if label not in _SHARES_SUBJECT or head.i == verb.i:
        return None
    if label == "conj":
        return subject(head, depth + 1) if syntax.is_verb(head) else None
    if label in {"acl", "relcl"} and not syntax.is_verb(head):
        return _controller_noun(verb, head)
    if label == "pcomp" or (label == "prep" and not syntax.is_verb(head)):
        governor = head.head if label == "pcomp" else head
        if syntax.is_verb(governor):
            group = class_of(syntax.lemma(governor))
            blamed = syntax.child(governor, "dobj") if group is not None and group.name in _OBJECT_DID else None
            return blamed if blamed is not None and blamed.i < verb.i else subject(governor, depth + 1)
        if governor.pos_ == "NOUN":
            return noun_agent(governor) or _subject_above(governor, depth)
        if governor.pos_ == "ADJ":
            return _subject_of_adjective(governor, depth)
        return None
    if head.pos_ == "ADJ":
        return _subject_of_adjective(head, depth)
    if not syntax.is_verb(head):
        return None
    if label in {"xcomp", "ccomp"}:
        if label == "ccomp" and not (verb.tag_ == "VBG" or syntax.is_infinitive(verb)):
            return None
        target = syntax.child(head, "dobj", "dative")
        if target is not None and syntax.lemma(head) not in syntax.OBJECT_RAISERS and target.i < verb.i:
            return target
        if target is None:
            asked = next((t for _, t in syntax.prepositional(head, "on", "for", "to") if t.i < verb.i), None)
            if asked is not None and syntax.lemma(head) in {"call", "appeal", "plead"}:
                return asked
    return subject(head, depth + 1)


def _subject_above(noun: Token, depth: int) -> Token | None:
    """The subject of the verb that a noun depends on: "expressed interest in determining"."""
    label, head = syntax.relation(noun)
    if label in {"dobj", "attr", "pobj"}:
        if label == "pobj":
            head = head.head
        if syntax.is_verb(head):
            return subject(head, depth + 1)
    return None


def _subject_of_adjective(adjective: Token, depth: int) -> Token | None:
    if syntax.is_verb(adjective.head):
        found = subject(adjective.head, depth + 1)
        return None if found is not None and found.tag_ in {"EX"} else found
    return adjective.head if adjective.head.pos_ in {"NOUN", "PROPN"} else None


def _controller_noun(verb: Token, noun: Token) -> Token | None:
    """Whose infinitive or participle it is that hangs on a noun."""
    if verb.tag_ == "VBG":
        return noun
    if verb.tag_ == "VBN" and not syntax.is_infinitive(verb):
        return noun
    if verb.dep_ == "relcl":
        return None
    asked = next((t for _, t in syntax.prepositional(noun, "to") if t.dep_ == "pobj" and t.i < verb.i), None)
    if asked is None:
        sender = next((t for _, t in syntax.prepositional(noun, "from", "by")), None)
        if sender is not None and event_noun(syntax.lemma(noun)) is not None:
            asked = next((t for _, t in syntax.prepositional(sender, "to") if t.dep_ == "pobj" and t.i < verb.i), None)
    if asked is not None and syntax.lemma(noun) in _ASKING:
        return asked
    return noun_agent(noun) or _subject_above(noun, 0)


def noun_agent(noun: Token) -> Token | None:
    """Who does what an event noun names: its "by", its possessor, its sender, or a people's name before it."""
    by = syntax.by_agent(noun)
    if by is not None:
        return by
    possessor = next((c for c in syntax.modifiers(noun) if c.dep_ == "poss"), None)
    if possessor is not None:
        return possessor
    sender = next((t for _, t in syntax.prepositional(noun, "from", "between") if t.ent_type_ not in _NO_THEME), None)
    if sender is not None and syntax.lemma(noun) in _SENT:
        return sender
    event = event_noun(syntax.lemma(noun))
    group = class_of(event.predicate) if event is not None else None
    names = {"NORP", "ORG"} if group is not None and group.name in _BEFALLS else {"NORP", "ORG", "GPE"}
    return next((c for c in noun.children if c.dep_ in {"amod", "nmod", "compound"} and c.ent_type_ in names), None)


def _object(verb: Token) -> Token | None:
    found = syntax.child(verb, "dobj") or syntax.object_of_particle(verb)
    if found is not None:
        return syntax.heads(syntax.antecedent(found))
    joined = syntax.child(verb, "conj")
    if joined is not None and syntax.is_verb(joined) and syntax.own_subject(joined) is None:
        shared = syntax.child(joined, "dobj")
        bare = all(c.dep_ in {"cc", "conj", "punct", "advmod", "neg"} for c in verb.rights)
        past = {verb.tag_, joined.tag_} <= {"VBD", "VBN"}
        if shared is not None and bare and not syntax.is_passive(verb) and (past or verb.tag_ == joined.tag_):
            return syntax.heads(shared)
    if verb.dep_ == "relcl" and syntax.own_subject(verb) is not None and not syntax.is_passive(verb):
        gap = syntax.child(verb, *syntax.SUBJECTS)
        if gap is not None and gap.lower_ not in syntax.RELATIVES and verb.head.pos_ in {"NOUN", "PROPN"}:
            adverbial = any(c.tag_ in {"WRB", "IN"} and c.dep_ in {"advmod", "mark"} for c in verb.children)
            if not adverbial:
                return verb.head
    if verb.dep_ == "conj" and syntax.is_verb(verb.head) and not syntax.is_passive(verb):
        follows = any(c.i > verb.i for c in verb.children if c.dep_ in {"prep", "ccomp", "xcomp", "advmod"})
        shared = syntax.child(verb.head, "dobj")
        if shared is not None and shared.i > verb.i and not follows:
            return shared
    return None


def _prepositional_theme(token: Token) -> Token | None:
    for preposition in _ABOUT:
        for prep, target in syntax.prepositional(token, preposition):
            if target.ent_type_ not in _NO_THEME and target.dep_ == "pobj" and prep.i > token.i:
                return target
    return None


def _of_verb(verb: Token, predicate: str) -> Participants:
    if predicate == "be" or (syntax.copular_complement(verb) is not None and syntax.lemma(verb) in syntax.COPULAS):
        complement = syntax.copular_complement(verb)
        noun = complement if complement is not None and complement.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} else None
        holder = subject(verb)
        if noun is None:
            return Participants(theme=holder)
        return Participants(agent=holder, theme=noun)
    dative = syntax.child(verb, "dative")
    recipient = syntax.child(dative, "pobj") if dative is not None and dative.pos_ == "ADP" else dative
    if recipient is None and has(predicate, Trait.TRANSFER):
        recipient = next((t for _, t in syntax.prepositional(verb, "to") if t.dep_ == "pobj"), None)
    theme = _object(verb)
    if theme is not None and predicate.endswith(f" {theme.lower_}") and not theme.children:
        theme = None
    if theme is not None and recipient is None and syntax.lemma(verb) in _WITH:
        given = next((t for _, t in syntax.prepositional(verb, "with") if t.dep_ == "pobj"), None)
        if given is not None:
            return Participants(subject(verb), given, theme)
    clause = syntax.child(verb, "xcomp", "ccomp")
    if syntax.is_passive(verb):
        agent = syntax.by_agent(verb)
        undergone = _passive_subject(verb)
        doubled = theme is not None and undergone is not None and theme.i > verb.i and theme.i != undergone.i
        if doubled and not has(predicate, Trait.TRANSFER):
            return Participants(agent, undergone, recipient)
        if doubled:
            return Participants(agent, theme, recipient or undergone)
        return Participants(agent, undergone or theme, recipient)
    agent = subject(verb)
    if theme is None:
        theme = _prepositional_theme(verb)
        if theme is None and agent is not None and clause is None and has(predicate, Trait.UNDERGOER):
            return Participants(None, agent, recipient)
        if theme is not None and has(predicate, Trait.UNDERGOER) and agent is not None:
            return Participants(None, agent, recipient)
    elif clause is not None and theme.i < clause.i and syntax.is_infinitive(clause):
        return Participants(agent, theme, recipient or theme)
    return Participants(agent, theme, recipient)


def _passive_subject(verb: Token) -> Token | None:
    own = syntax.own_subject(verb)
    if own is not None:
        return own
    if verb.dep_ in {"acl", "relcl", "amod"}:
        return verb.head
    if verb.dep_ == "xcomp" and syntax.is_verb(verb.head):
        raised = syntax.child(verb.head, "dobj")
        return raised if raised is not None and raised.i < verb.i else subject(verb.head)
    return subject(verb)


def _of_noun(noun: Token, predicate: str, light: Token | None) -> Participants:
    event = event_noun(syntax.lemma(noun)) or event_noun(noun.lower_)
    assert event is not None
    governed = syntax.of_object(noun)
    possessor = next((c for c in syntax.modifiers(noun) if c.dep_ == "poss"), None)
    agent, theme = syntax.by_agent(noun), None
    undergoer = has(predicate, Trait.UNDERGOER)
    if governed is not None and governed.ent_type_ not in _NO_THEME:
        if not event.of_agent or undergoer:
            theme = governed
        elif agent is None:
            agent = governed
    if agent is None and possessor is not None and possessor.ent_type_ not in _NO_THEME:
        if theme is None and has(predicate, Trait.PATIENT):
            theme = possessor
        else:
            agent = possessor
    if theme is None:
        theme = _noun_theme(noun, predicate)
    if agent is None:
        found = noun_agent(noun)
        taken = {t.i for t in (theme, possessor) if t is not None}
        agent = found if found is not None and found.i not in taken else None
    label, head = syntax.relation(noun)
    if label == "conj" and head.pos_ == "NOUN" and (agent is None or theme is None) and governed is None:
        label, head = syntax.relation(head)
    if light is not None:
        if syntax.is_passive(light):
            agent = agent or syntax.by_agent(light)
        elif syntax.lemma(light) == "undergo":
            theme = theme or subject(light)
        else:
            agent = agent or subject(light)
        theme = theme or (None if event.of_agent else _prepositional_theme(light))
    elif agent is None and label == "dobj" and syntax.lemma(head) in _HANDS_DOWN:
        agent = subject(head)
    elif agent is None and label == "pobj" and syntax.lemma(head.head) in _HANDS_DOWN and syntax.is_verb(head.head):
        agent = subject(head.head)
    elif agent is None and label == "nsubjpass" and syntax.lemma(head) in _HANDS_DOWN:
        agent = syntax.by_agent(head)
    recipient = None
    if has(predicate, Trait.TRANSFER) or syntax.lemma(noun) in _ASKING:
        recipient = next((t for _, t in syntax.prepositional(noun, "to") if t.dep_ == "pobj"), None)
    return Participants(agent, theme, recipient)


def _noun_theme(noun: Token, predicate: str) -> Token | None:
    """ "attack on X", "ban against X", "increase in X", "missile deployment"."""
    event = event_noun(syntax.lemma(noun))
    acts = event is not None and event.of_agent and not has(predicate, Trait.UNDERGOER)
    prepositions: tuple[str, ...] = ("on", "for", "in", "against", "with", "into", "about")
    if predicate in _AGAINST or acts:
        prepositions = ("on", "against")
    for prep, target in syntax.prepositional(noun, *prepositions):
        placed = target.ent_type_ in {"GPE", "LOC", "FAC"} and prep.lower_ in {"in", "on", "at", "into", "for"}
        if target.dep_ == "pobj" and target.ent_type_ not in _NO_THEME and not (placed and predicate not in _AGAINST):
            return target
    if acts:
        return None
    before = next((c for c in noun.children if c.dep_ in {"compound", "nmod"} and c.i == noun.i - 1), None)
    if before is None or syntax.swapped(before) is not None or _same_event(before, predicate):
        return None
    named = before.pos_ == "PROPN" and before.ent_type_ not in {"GPE", "NORP", "ORG", *_NO_THEME}
    return before if before.pos_ == "NOUN" or named else None


def _same_event(noun: Token, predicate: str) -> bool:
    """ "death" in "death toll"."""
    event = event_noun(syntax.lemma(noun))
    return event is not None and event.predicate == predicate


def _of_state(token: Token) -> Participants:
    if token.dep_ in {"acomp", "attr", "oprd"}:
        made = syntax.child(token.head, "dobj")
        if made is not None:  # "left 300 people homeless"
            return Participants(agent=subject(token.head), theme=made)
        holder = subject(token.head)
        if (
            holder is not None
            and holder.lower_ in {"it", "there"}
            and syntax.child(token.head, "ccomp", "xcomp", "csubj")
        ):
            holder = None
        return Participants(theme=holder)
    own = syntax.own_subject(token)
    if own is not None and syntax.is_verb(token.head):  # the same, parsed as a clause
        return Participants(agent=subject(token.head), theme=own)
    return Participants(theme=token.head) if token.head.pos_ in {"NOUN", "PROPN"} else Participants()
