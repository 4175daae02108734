"""The cast of an article: who is named in it, by which words.

`cast` reads all parses of one article once; `Cast.agent` then says whom a noun phrase, a pronoun or a
government's name stands for.  Every resolution that goes beyond the words gives its reason in `Agent.why`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.model import Agent, AgentKind
from quoth.names import fold
from quoth.read.countries import capital_country, country_name, country_of, demonym_country
from quoth.read.english.agents.clusters import Member
from quoth.read.english.agents.described import Descriptions
from quoth.read.english.agents.mentioned import Mentioned, Sort, grade, noun_sort
from quoth.read.english.agents.mentions import Name
from quoth.read.english.agents.pronouns import (
    FIRST,
    NEUTER,
    PLURAL,
    REACH_OTHER,
    RELATIVE,
    antecedent,
    expletive,
    gender_of,
    rank,
    sure,
)
from quoth.read.english.agents.register import Register, is_plural
from quoth.read.english.agents.roles import body_nouns, document_nouns, given_names, listed, read_role, singular
from quoth.read.english.agents.who import Who, bare, differs, is_seat, state
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Token

_PARTS = listed(
    "one many some most all several few both majority minority number dozens hundreds thousands millions scores "
    "percent half handful lot couple series dozen plenty much"
)

AHEAD = 4_000
"""Code points that a fronted pronoun looks ahead, within its own block."""


def cast(parses: Sequence[Parse], *, outlet: str | None, text: str) -> Cast:
    """Everybody named in one article.  `parses` in text order; `text` is the document's, for their offsets."""
    return Cast(parses, outlet, text)


class Cast:
    """The people, bodies and countries of one article, by the words that name them."""

    def __init__(self, parses: Sequence[Parse], outlet: str | None, text: str) -> None:
        self._outlet = outlet
        self._register = Register(parses, text)
        self._memo: dict[tuple[int, int], Who] = {}
        self._agents: dict[tuple[int, int, tuple[str, AgentKind | None, str | None] | None], Agent] = {}
        self._busy: set[tuple[int, int]] = set()
        self._gender: dict[str, str] = {}
        self._told_gender: dict[tuple[int, int], str] = {}
        self._resolve_persons()
        self._roles = {m.name: role for m in self._register.members.values() if (role := _role(m)) is not None}

    def np(self, parse: Parse, head: int) -> tuple[int, int]:
        """Tokens [first, stop) of the whole noun phrase headed by `head`: determiners, titles, compounds,
        appositions, "of"-phrases; no relative clause, reporting clause, adverbial or second coordinated phrase."""
        return self._register.np(parse, head)

    def agent(self, parse: Parse, head: int, *, speaker: Agent | None = None, before: int | None = None) -> Agent:
        """Whom the phrase headed by token `head` names.

        `speaker` is who says the words, for "I" and "we" (and whom "he" inside them cannot be); `before` is a document
        offset: a pronoun then points back only to what stands before it, where that is not simply its own place.
        """
        token = parse.tokens[head]
        pronoun = _pronoun(token)
        voice = (speaker.name, speaker.kind, speaker.country) if pronoun and speaker is not None else None
        key = self._register.number[id(parse)], head, voice
        if before is not None:
            return self._as_agent(parse, token, pronoun, speaker, before)
        if key not in self._agents:
            agent = self._as_agent(parse, token, pronoun, speaker, None)
            self._agents[key] = agent
        return self._agents[key]

    def _as_agent(self, parse: Parse, token: Token, pronoun: bool, speaker: Agent | None, before: int | None) -> Agent:
        first, stop = (token.i, token.i + 1) if pronoun else self._register.np(parse, token.i)
        if pronoun and (speaker is not None or before is not None):
            who = self._pronoun_who(parse, token, speaker, before)
        else:
            who = self._who(parse, token.i)
        span = parse.span(first, stop)
        name = who.name or token.text
        role = self._roles.get(name) if who.kind is AgentKind.PERSON else None
        return Agent.of(
            self._register.text, span, name=name, kind=who.kind, country=who.country, why=who.why, role=role
        )

    def _resolve_persons(self) -> None:
        """Resolve "he" and "she" in text order, so that each resolved one counts as a mention of that person."""
        for n, parse in enumerate(self._register.parses):
            for token in parse.tokens:
                if token.tag_ in {"PRP", "PRP$"} and gender_of(token.text.casefold()):
                    who = self._who(parse, token.i)
                    if who.kind is None:
                        continue
                    start = parse.starts[token.i]
                    self._register.mentioned.append(
                        Mentioned(
                            n, token.i, start, self._register.sentences.number(start), Sort.PERSON, False,
                            grade(token), parse.quoted,
                        )
                    )  # fmt: skip
        self._register.mentioned.sort(key=lambda m: m.start)

    def _who(self, parse: Parse, head: int) -> Who:
        key = self._register.number[id(parse)], head
        if key in self._memo:
            return self._memo[key]
        if key in self._busy:
            return Who(parse.tokens[head].text)
        self._busy.add(key)
        try:
            self._memo[key] = self._read(parse, head)
        finally:
            self._busy.discard(key)
        return self._memo[key]

    def _read(self, parse: Parse, head: int) -> Who:
        token = parse.tokens[head]
        if _pronoun(token):
            return self._pronoun_who(parse, token, None, None)
        index = self._register.at.get((self._register.number[id(parse)], head))
        if index is not None:
            return self._named(self._register.names[index], self._register.members[index])
        code = demonym_country(token.text)
        if code is not None and token.tag_ in {"JJ", "NNP", "NN"} and not is_plural(token):
            return state(code, token.text)
        whole = _whole_of(token)
        if whole is not None:
            return self._who(parse, whole.i)
        return Descriptions(self._register, self._who, self._named, self._outlet).read(parse, head)

    def _named(self, name: Name, member: Member) -> Who:
        if member.kind is AgentKind.PERSON:
            short = (
                None if fold(name.text) == fold(member.name) else f"'{name.text}' is {member.name}, by the same surname"
            )
            return Who(member.name, AgentKind.PERSON, member.country, short)
        code = country_of(name.text)
        if code is not None:
            return Who(country_name(code), AgentKind.COUNTRY, code, differs(name.text, country_name(code)))
        code = capital_country(name.text)
        if code is not None and is_seat(code, name.text):
            return Who(bare(name.text), AgentKind.ORGANIZATION, code)
        if code is not None and not name.modifier:
            return state(code, name.text)
        written = member.name
        why = (
            None
            if fold(bare(name.text)) == fold(written)
            else f"'{name.text}' is short for {written}, named in the article"
        )
        if self._outlet and member.kind is not None and fold(bare(self._outlet)) == fold(written):
            written = bare(self._outlet)
        kind: AgentKind | None = member.kind
        people = demonym_country(name.text.removesuffix("s"))
        if kind is None and people is not None and name.text.endswith("s"):  # "Belarusians"
            return Who(written, AgentKind.GROUP, people)
        if kind is None and name.label in {"GPE", "LOC"}:
            kind = AgentKind.ORGANIZATION
        if kind is None and not name.modifier and not name.determiner and _looks_personal(name):
            kind = AgentKind.PERSON
        return Who(written, kind, member.country, why)

    def _forget(self) -> None:
        """Somebody was found to be a person: what was resolved without knowing it is resolved anew."""
        self._memo.clear()
        self._agents.clear()

    def _pronoun_who(self, parse: Parse, token: Token, speaker: Agent | None, before: int | None) -> Who:
        word = token.text.casefold()
        if word in FIRST:
            return self._first_person(parse, token, speaker)
        if word in RELATIVE and token.tag_ in {"WDT", "WP", "WP$"}:
            noun = self._human_above(parse, antecedent(token)) if word == "who" else antecedent(token)
            if noun is None:
                return Who(token.text)
            who = self._who(parse, noun.i)
            return replace(who, why=f"'{token.text}' refers to {who.name}")
        if not (gender_of(word) or word in NEUTER or word in PLURAL) or expletive(token):
            return Who(token.text)
        n = self._register.number[id(parse)]
        start = parse.starts[token.i]
        place = Mentioned(n, token.i, start, self._register.sentences.number(start), Sort.THING, False, 0, parse.quoted)
        limit = start if before is None else min(before, start)
        since = 0 if gender_of(word) else self._register.sentences.begin(place.sentence - REACH_OTHER)
        candidates = [
            m
            for m in self._register.near(limit, AHEAD, since)
            if (m.start < limit or (m.parse == n and m.start > start)) and not (m.parse == n and m.head == token.i)
        ]
        barred = speaker.name if speaker is not None and parse.quoted else None
        best = rank(token, place, candidates, self._gender_of, self._identity, barred)
        if best is None and gender_of(word) and speaker is None and self._register.promote(place, gender_of(word)):
            self._forget()
            candidates = self._register.near(limit)
            best = rank(token, place, candidates, self._gender_of, self._identity)
        if best is not None and gender_of(word) and best.candidate.maybe:
            if self._register.promote(place, gender_of(word), best.candidate) is None:
                return Who(token.text)
            self._forget()
        if best is not None and word in PLURAL and best.candidate.coordinated and not best.candidate.plural:
            return self._together(token.text, best.candidate)
        if best is None or not sure(token, best):
            return Who(token.text)
        who = self._who(self._register.parses[best.candidate.parse], best.candidate.head)
        if not who.name or fold(who.name) == word:
            return Who(token.text)
        wanted = gender_of(word)
        if wanted and who.kind in {AgentKind.PERSON, AgentKind.ANONYMOUS} and (best.others == 0 or best.margin >= 3):
            self._gender.setdefault(who.name, wanted)
        return replace(who, why=_reason(token.text, wanted, best.candidate.sort, who.name))

    def _together(self, word: str, first: Mentioned) -> Who:
        """The named agents joined by "and" that "they" stands for, as a group."""
        parse = self._register.parses[first.parse]
        head = parse.tokens[first.head]
        joined = [self._who(parse, t.i) for t in (head, *(t for t in head.conjuncts if t.i > head.i))]
        if any(who.kind is None or fold(who.name) == fold(word) for who in joined):
            return Who(word)
        names = [who.name for who in joined]
        together = " and ".join([", ".join(names[:-1]), names[-1]])
        return Who(together, AgentKind.GROUP, None, f"'{word}' refers back to: {together}")

    def _human_above(self, parse: Parse, noun: Token | None) -> Token | None:
        """The noun that "who" is said of: the one its clause hangs on, or a person above it ("heads of a firm who")."""
        above = noun
        for _ in range(6):
            if above is None:
                return noun
            if above.tag_[:2] == "NN":
                index = self._register.at.get((self._register.number[id(parse)], above.i))
                person = index is not None and self._register.members[index].kind is AgentKind.PERSON
                if person or (index is None and noun_sort(parse.tokens, above.i) is Sort.HUMAN):
                    return above
            above = above.head if above.dep_ in {"pobj", "prep", "conj", "appos", "compound", "poss"} else None
        return noun

    def _first_person(self, parse: Parse, token: Token, speaker: Agent | None) -> Who:
        if speaker is not None:
            return Who(speaker.name, speaker.kind, speaker.country, f"'{token.text}' is the speaker: {speaker.name}")
        if parse.quoted or self._outlet is None or _in_quotes(token):
            return Who(token.text)
        return Who(bare(self._outlet), AgentKind.NARRATOR, None, f"'{token.text}' is the outlet itself")

    def _identity(self, m: Mentioned) -> str:
        index = self._register.at.get((m.parse, m.head))
        if index is not None:
            return self._register.members[index].name
        if m.sort in {Sort.PERSON, Sort.HUMAN, Sort.BODY}:
            return self._who(self._register.parses[m.parse], m.head).name
        return self._register.docs[m.parse][m.head].text.casefold()

    def _gender_of(self, m: Mentioned) -> str:
        index = self._register.at.get((m.parse, m.head))
        if index is not None:
            member = self._register.members[index]
            return member.gender or self._gender.get(member.name, "")
        doc = self._register.docs[m.parse]
        token = doc[m.head]
        own = gender_of(token.text.casefold())
        if own:
            return own
        told = self._gender_told(m.parse, m.head)
        if told:
            return told
        name = self._who(self._register.parses[m.parse], m.head).name
        member_gender = next((x.gender for x in self._register.members.values() if x.name == name), "")
        return member_gender or self._gender.get(name, "")

    def _gender_told(self, parse: int, head: int) -> str:
        """The gender that the role before and at a token tells: "the chairwoman"."""
        if (parse, head) not in self._told_gender:
            role = read_role([t.text for t in self._register.docs[parse][max(0, head - 2) : head + 1]])
            self._told_gender[parse, head] = "" if role is None else role.gender
        return self._told_gender[parse, head]


def _looks_personal(name: Name) -> bool:
    """Two or three capitalised words that nothing else explains, or a given name before another word."""
    words = name.text.split()
    if len(words) < 2:
        return False
    last = singular(words[-1].casefold())
    if last in document_nouns() or last in body_nouns():
        return False
    plain = name.label in {"", "PERSON"} and len(words) < 4 and all(w.isalpha() and w[0].isupper() for w in words)
    return words[0].casefold() in given_names() or (plain and not any(w.isupper() for w in words))


def _whole_of(token: Token) -> Token | None:
    """The noun that a number or a vague quantity is "of": "three of the officials", "a handful of missiles"."""
    if token.tag_ != "CD" and token.text.casefold() not in _PARTS:
        return None
    link = next((c for c in token.rights if c.text.casefold() == "of"), None)
    return None if link is None else next((c for c in link.rights if c.dep_ == "pobj"), None)


def _pronoun(token: Token) -> bool:
    return token.tag_ in {"PRP", "PRP$", "WP", "WP$", "WDT"} or (
        token.tag_ == "DT" and token.dep_ != "det" and _whole_of(token) is None
    )


def _in_quotes(token: Token) -> bool:
    marks = [t.text for t in token.doc[: token.i]]
    return marks.count('"') % 2 == 1 or marks.count("“") > marks.count("”")


def _reason(word: str, gender: str, sort: Sort, name: str) -> str:
    if gender and sort is Sort.PERSON:
        sex = "male" if gender == "m" else "female"
        return f"'{word}' refers to the last {sex} person in focus: {name}"
    return f"'{word}' refers back to: {name}"


def _role(member: Member) -> str | None:
    """The office that a person is given, one that he holds before one that he held."""
    held = sorted(member.roles, key=lambda told: (told[0].former, told[1]))
    return held[0][0].title if held else None
