"""Which named body a phrase means that only describes it: "the German toolmaker", "the company"."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.model import AgentKind
from quoth.read.countries import demonym_country
from quoth.read.english.agents.clusters import Member
from quoth.read.english.agents.mentioned import grade
from quoth.read.english.agents.register import Register
from quoth.read.english.agents.roles import STANDING, body_noun, body_nouns, listed, plain, singular
from quoth.read.english.parse import Parse

SAME_NOUN = frozenset({"forces", "police", "government"})
"""Classes so wide that only the same noun points back: "the army" is not the navy named before."""

FIRMS = listed("company firm business corporation conglomerate startup start-up giant brand manufacturer maker")
"""Nouns for any firm, so that they can stand for one that nothing else was said of."""


class Bodies:
    """Finds the bodies of one article by what was said of them."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def behind(self, parse: Parse, head: int) -> Member | None:
        """The body named in apposition: "the crane maker, Kern,", "the aid group Kern"."""
        doc = parse.tokens
        n = self._register.number[id(parse)]
        for t in doc[head].rights:
            if t.dep_ != "appos" or t.i > head + 12:
                continue
            index = self._register.at.get((n, t.i))
            member = None if index is None else self._register.members[index]
            if member is not None and member.kind is AgentKind.ORGANIZATION:
                return member
        return None

    def told_of(self, parse: Parse, head: int, code: str | None) -> Member | None:
        """The body that the article described by the words of a phrase: "the German toolmaker", "the Bremen-based
        company", "the state news agency"; None where the words say no more than the noun."""
        doc = parse.tokens
        first, _ = self._register.np(parse, head)
        start = parse.starts[head]
        noun = plain(singular(doc[head].text.casefold()))
        entry = body_noun(doc[head].text.casefold())
        based = next((i for i in range(first + 2, head) if doc[i].text.casefold() == "based"), None)
        base = doc[based - 2].text.casefold() if based is not None else ""
        said = {
            plain(t.text)
            for t in doc[first + 1 : head]
            if t.tag_ in {"NN", "JJ", "VBN", "VBG"} and not demonym_country(t.text) and t.text != "based"
        } - STANDING
        said = {w for w in said if w != base}
        if entry is None or entry.classes & {"country"} or entry.kind == "country":
            return None
        named = [
            m
            for m in dict.fromkeys(self._register.members.values())
            if m.kind is AgentKind.ORGANIZATION and any(s < start for s in m.starts)
        ]
        fitting = [
            m
            for m in named
            if (noun in m.described or m.classes & entry.classes - SAME_NOUN or (noun in FIRMS and not m.classes))
            and said <= m.described
            and not (code and m.country and m.country != code)
            and not (base and m.bases and base not in m.bases)
        ]
        own = [m for m in fitting if noun in m.described and (said or noun not in body_nouns())]
        if base:
            own = [m for m in fitting if base in m.bases] or fitting
        elif code:
            own = [m for m in fitting if m.country == code]
        elif not own:
            return None
        best = self.central(own, parse, head)
        if best is not None and base:
            best.bases.add(base)
        return best

    def central(self, members: Sequence[Member], parse: Parse, head: int) -> Member | None:
        """Of some bodies the one in focus before `head`: for a subject the last subject, else the one named last."""
        start = parse.starts[head]
        before = [m for m in members if any(s < start for s in m.starts)]
        if len(before) < 2:
            return before[0] if before else None
        subject = grade(parse.tokens[head]) >= 3
        here = self._register.sentences.number(start)
        scores: dict[int, float] = {}
        for m in self._register.mentioned:
            index = self._register.at.get((m.parse, m.head))
            if index is None or m.start >= start or m.quoted:
                continue
            member = id(self._register.members[index])
            weight = m.grade - 2.0 * (here - m.sentence) if subject else m.start / max(start, 1)
            scores[member] = max(scores.get(member, -99.0), weight)
        return max(before, key=lambda m: (scores.get(id(m), -99.0), max(s for s in m.starts if s < start)))
