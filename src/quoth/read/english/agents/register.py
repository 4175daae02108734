"""Who is named in an article and where: names, merged; phrases that pronouns can point to; roles that are stated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from quoth.model import AgentKind
from quoth.names import fold
from quoth.read.countries import capital_country
from quoth.read.english.agents.clusters import Member, may_be_person, merge
from quoth.read.english.agents.mentioned import Mentioned, Sentences, Sort, coordinated, grade, nouns_in
from quoth.read.english.agents.mentions import Name, names_in, title_case
from quoth.read.english.agents.phrases import extent
from quoth.read.english.agents.pronouns import antecedent, saying
from quoth.read.english.agents.roles import (
    Role,
    body_noun,
    given_names,
    listed,
    person_noun,
    read_role,
    role_ends,
    singular,
)
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Doc, Token

_INDEFINITE = listed("a an another some any one two three several many")
_VESSELS = listed("ship boat yacht vessel ferry tanker horse dog cat storm hurricane film song book novel play opera")
"""What bears a name as people do."""

_DEEDS = {
    word: nouns
    for words, nouns in (
        ("represents represented defends", "lawyer attorney"),
        ("commands commanded", "commander"),
        ("leads led heads headed runs ran", "head leader"),
        ("chairs chaired", "chairman"),
        ("coaches coached", "coach"),
        ("owns owned", "owner"),
        ("edits edited", "editor"),
        ("founded", "founder"),
    )
    for word in words.split()
}
"""What somebody who does this is called."""

_BE = listed("is was are were be been being 's ’s became becomes remains")

MEMORY = 30_000
"""Code points that a reader remembers a phrase for: what is further back is named again."""


class Register:
    """All names and phrases of one article.  `at` leads from a parse's number and a token to a name's index."""

    def __init__(self, parses: Sequence[Parse], text: str) -> None:
        self.parses = parses
        self.text = text
        self.docs = [parse.tokens for parse in parses]
        self.number = {id(parse): n for n, parse in enumerate(parses)}
        self.sentences = Sentences(parses)
        self.names: list[Name] = []
        late: list[Name] = []
        sentences: list[Parse] = []
        for parse in parses:
            found = names_in(parse, text)
            if title_case(parse):
                late += found
            else:
                self.names += found
                sentences.append(parse)
        self._add_surnames(sentences)
        known = {w for name in self.names for w in fold(name.text).split()}
        self.names += [name for name in late if _trim(name, known, text) or name.label in {"PERSON", "GPE"}]
        self.names.sort(key=lambda name: name.start)
        self.members = merge(self.names)
        self.at: dict[tuple[int, int], int] = {}
        for i, name in enumerate(self.names):
            for token in range(name.first, name.stop):
                self.at[self.number[id(name.parse)], token] = i
        self._extents: dict[tuple[int, int], tuple[int, int]] = {}
        self.mentioned = self._mention()
        self._link_roles()
        self._link_deeds()

    def _add_surnames(self, parses: Sequence[Parse]) -> None:
        """Read again where the surname of somebody fully named was taken for a common word: "Haynes noted"."""
        surnames = frozenset(n.text.split()[-1] for n in self.names if " " in n.text and _fully_named(n))
        for parse in parses:
            alike = {t.i for t in parse.tokens if t.text in surnames}
            if alike and alike.difference(*(range(n.first, n.stop) for n in self.names if n.parse is parse)):
                self.names = [name for name in self.names if name.parse is not parse]
                self.names += names_in(parse, self.text, surnames)

    def np(self, parse: Parse, head: int) -> tuple[int, int]:
        """Tokens [first, stop) of the whole noun phrase headed by `head`: determiners, titles, compounds,
        appositions, "of"-phrases; no relative clause, reporting clause, adverbial or second coordinated phrase."""
        key = self.number[id(parse)], head
        if key not in self._extents:
            first, stop = extent(parse, head, self.name(parse, head))
            apposed = self._apposed(parse, head)
            self._extents[key] = first, max(stop, apposed.stop) if apposed is not None else stop
        return self._extents[key]

    def name(self, parse: Parse, head: int) -> Name | None:
        """The name whose phrase `head` is the head of."""
        index = self.at.get((self.number[id(parse)], head))
        if index is None:
            return None
        name = self.names[index]
        return name if head in {name.head, syntactic_head(name)} else None

    def _mention(self) -> list[Mentioned]:
        found: list[Mentioned] = []
        for (n, parse), taken in zip(enumerate(self.parses), self._taken(), strict=True):
            found += nouns_in(parse, n, self.text, taken, self.sentences)
        for i, name in enumerate(self.names):
            n = self.number[id(name.parse)]
            head = syntactic_head(name)
            member = self.members[i]
            place = name.label == "GPE" or capital_country(name.text) is not None
            sort = Sort.BODY if (member.kind is not None or place) and not name.modifier else Sort.THING
            if member.kind is AgentKind.PERSON:
                sort = Sort.PERSON
            found.append(
                Mentioned(
                    n, head, name.start, self.sentences.number(name.start), sort, False,
                    grade(name.parse.tokens[head]), name.parse.quoted,
                    coordinated(name.parse.tokens[head]), self._maybe(name, member, head),
                )
            )  # fmt: skip
        found.sort(key=lambda m: m.start)
        return found

    def _maybe(self, name: Name, member: Member, head: int) -> bool:
        """Whether a name that no label and no words make a person's speaks like one: "Prat said"."""
        token = name.parse.tokens[head]
        if token.dep_ != "nsubj" or not saying(token.head) or not may_be_person(name, member):
            return False
        return not any(m is member and self.names[i].located for i, m in self.members.items())

    def _taken(self) -> list[set[int]]:
        """For each parse the tokens of names, with titles and roles right before them."""
        taken: list[set[int]] = [set() for _ in self.parses]
        for name in self.names:
            taken[self.number[id(name.parse)]].update(range(name.lead, name.stop))
        return taken

    def _link_roles(self) -> None:
        """Roles that the article states of a person: "the president, Ana Ruiz," and "Ruiz is the president of"."""
        for m in self.mentioned:
            if m.sort is not Sort.HUMAN:
                continue
            parse = self.parses[m.parse]
            member = self.apposed_person(parse, m.head) or self._equated_person(parse, m.head)
            role = self.role(parse, m.head)
            if member is not None and role is not None:
                member.roles.append((role, m.start))
                member.country = member.country or (role.country if role.voice != "own" else None)
                member.gender = member.gender or role.gender

    def _link_deeds(self) -> None:
        """Roles that are told by what somebody does: "Ana Ruiz, who represents the firm," is a lawyer."""
        for i, name in enumerate(self.names):
            member = self.members[i]
            if member.kind is not AgentKind.PERSON:
                continue
            for verb in name.parse.tokens[syntactic_head(name)].rights:
                if verb.dep_ == "relcl" and any(t.text.casefold() == "who" for t in verb.lefts):
                    for noun in _DEEDS.get(verb.text.casefold(), "").split():
                        role = read_role([noun])
                        if role is not None:
                            member.roles.append((role, name.start))

    def role(self, parse: Parse, head: int) -> Role | None:
        """The role that the phrase headed by `head` names."""
        first, stop = self.np(parse, head)
        inner = [t.text for t in parse.tokens[first:stop]]
        return read_role(inner) if role_ends(parse.tokens, head) else None

    def near(self, position: int, ahead: int = 0, since: int = 0) -> list[Mentioned]:
        """The phrases within `MEMORY` code points before `position`, and `ahead` after it, in text order; none before
        `since`."""
        first = bisect_left(self.mentioned, max(since, position - MEMORY), key=lambda m: m.start)
        stop = bisect_left(self.mentioned, position + ahead, key=lambda m: m.start)
        return self.mentioned[first:stop]

    def earlier(self, parse: Parse, head: int, sorts: set[Sort], *, fuller: bool = False) -> Mentioned | None:
        """The last phrase before with the same head noun that is indefinite or says more."""
        word = singular(parse.tokens[head].text.casefold())
        start = parse.starts[head]
        first, stop = self.np(parse, head)
        size = stop - first
        for m in reversed(self.near(start)):
            if m.sort not in sorts:
                continue
            if singular(self.docs[m.parse][m.head].text.casefold()) != word:
                continue
            other = self.parses[m.parse]
            a, b = self.np(other, m.head)
            if b - a > size or (not fuller and other.tokens[a].text.casefold() in _INDEFINITE):
                return m
        return None

    def apposed_person(self, parse: Parse, head: int) -> Member | None:
        """The person named behind the role at `head`, in apposition."""
        name = self._apposed(parse, head)
        return None if name is None else self.members[self.at[self.number[id(parse)], name.first]]

    def _apposed(self, parse: Parse, head: int) -> Name | None:
        """The person's name in apposition behind a role: "the Belarusian president, Ana Ruiz, said"."""
        doc = parse.tokens
        n = self.number[id(parse)]
        if is_plural(doc[head]) or not (role_ends(doc, head) or self._calls_someone(parse, head)):
            return None
        at = self._role_stop(parse, head)
        commas = at < len(doc) and doc[at].text == ","
        places = [at + 1] if commas else [at, at + 1, at + 2]  # "director Dr Osuji"
        index = next((found for i in places if (found := self.at.get((n, i))) is not None), None)
        if index is None:
            return None
        name = self.names[index]
        if self.members[index].kind is not AgentKind.PERSON:
            return None
        if not commas:
            return name if name.lead <= head < name.first or name.first == at else None
        if name.lead < at:
            return None
        after = doc[name.stop].text if name.stop < len(doc) else "."
        closed = after in {",", ".", ";", "—", "–", ":", "?", "!", "”", '"'} or (
            name.stop < len(doc) and doc[name.stop].tag_[:2] == "VB"
        )
        if after not in {","} and doc[head].dep_ == "pobj" and doc[syntactic_head(name)].dep_ == "nsubj":
            return None  # "according to a source, Ruiz had agreed"
        joined = {"appos", "pobj", "nsubj", "conj", "dobj", "npadvmod"}
        return name if closed and doc[syntactic_head(name)].dep_ in joined else None

    def _calls_someone(self, parse: Parse, head: int) -> bool:
        """ "the baker, Ana Ruiz,": a noun no lexicon lists calls whoever is fully named behind it, in commas."""
        doc = parse.tokens
        token = doc[head]
        word = token.text.casefold()
        if token.tag_ != "NN" or word in _VESSELS or head + 2 >= len(doc):
            return False
        if person_noun(word):
            return True
        determined = any(t.dep_ in {"det", "poss"} for t in token.lefts)
        named = self.at.get((self.number[id(parse)], head + 2))
        if not determined or doc[head + 1].text != "," or named is None or body_noun(word) is not None:
            return False
        return self.names[named].label == "PERSON" and " " in self.names[named].text

    def _role_stop(self, parse: Parse, head: int) -> int:
        """Where the phrase of a role ends, without an apposition."""
        doc = parse.tokens
        stop = head + 1
        while stop < len(doc) and doc[stop].text in {"of", "for", "to", "in", "at", "from"}:
            inner = next((c for c in doc[stop].rights if c.dep_ == "pobj"), None)
            if inner is None:
                break
            named = self.at.get((self.number[id(parse)], inner.i))
            person = named is not None and self.members[named].kind is AgentKind.PERSON
            if named is not None and person and doc[stop].text not in {"of", "for"}:
                return self.names[named].first  # "ambassador to the United Nations Ana Ruiz"
            reach = max((t.i for t in doc[stop : len(doc)] if t.i >= stop and _chain(t, inner)), default=inner.i)
            stop = min(reach, _comma(doc, stop, reach)) + 1
        return stop

    def _equated_person(self, parse: Parse, head: int) -> Member | None:
        """The subject of "X is the president of Y"."""
        token = parse.tokens[head]
        if token.dep_ != "attr" or token.head.text.casefold() not in _BE:
            return None
        subject = next((c for c in token.head.lefts if c.dep_ == "nsubj"), None)
        if subject is not None and subject.tag_ == "WP":
            subject = antecedent(subject)
        index = None if subject is None else self.at.get((self.number[id(parse)], subject.i))
        if index is None:
            return None
        member = self.members[index]
        return member if member.kind is AgentKind.PERSON else None

    def promote(self, place: Mentioned, gender: str, chosen: Mentioned | None = None) -> Mentioned | None:
        """Make a person of the name in the centre of the last two sentences, when "he" or "she" finds none, or of
        `chosen`.

        Only a name that nothing but the recognizer's label takes for a body; None when there is no such name.
        """
        for m in reversed(self.near(place.start, 1)):
            index = self.at.get((m.parse, m.head))
            near = m.start < place.start and place.sentence - m.sentence <= 1 and m.grade >= 3
            if index is None or not may_be_person(self.names[index], self.members[index]):
                continue
            if m is not chosen and (chosen is not None or not near):
                continue
            if chosen is None and not (self.names[index].label or m.maybe):
                continue
            member = self.members[index]
            member.kind, member.gender = AgentKind.PERSON, gender
            own = {i for i, other in self.members.items() if other is member}
            self.mentioned = [
                replace(x, sort=Sort.PERSON, maybe=False) if self.at.get((x.parse, x.head)) in own else x
                for x in self.mentioned
            ]
            return replace(m, sort=Sort.PERSON, maybe=False)
        return None

    def surface(self, parse: Parse, first: int, stop: int) -> str:
        """The document's words under tokens [first, stop), blanks evened out."""
        span = parse.span(first, stop)
        return " ".join(self.text[span.start : span.end].split())


def _trim(name: Name, known: set[str], text: str) -> bool:
    """Cut a headline's run of capitals down to the words that are names elsewhere; whether any are."""
    doc = name.parse.tokens
    named = [i for i in range(name.first, name.stop) if fold(doc[i].text) in known]
    if not named:
        return False
    name.first, name.stop = named[0], named[-1] + 1
    name.text = " ".join(text[name.start : name.parse.ends[name.stop - 1]].split())
    return True


def _fully_named(name: Name) -> bool:
    return name.label == "PERSON" or name.text.split()[0].casefold() in given_names()


def is_plural(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} or token.text.casefold() == "people"


def syntactic_head(name: Name) -> int:
    """The token of a name on which its phrase hangs."""
    doc = name.parse.tokens
    for i in range(name.stop - 1, name.first - 1, -1):
        above = doc[i].head.i
        if above == i or not name.first <= above < name.stop:
            return i
    return name.stop - 1


def _chain(token: Token, noun: Token) -> bool:
    return token.i == noun.i or (noun.is_ancestor(token) and token.dep_ not in {"appos", "relcl", "acl"})


def _comma(doc: Doc, first: int, stop: int) -> int:
    return next((i - 1 for i in range(first, stop + 1) if doc[i].text == ","), stop)
