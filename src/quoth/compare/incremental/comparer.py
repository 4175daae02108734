"""A comparison kept up to date: what comes, changes or goes is compared with what it touches, and all else stands.

The result is that of `quoth.compare.compare`, which says in one piece what a comparison is.  Each step below takes the
documents that the step before found changed, and returns those that it changed itself.  The rules are the functions of
the modules beside this package; kept here are the counts and indexes that their case-wide facts rest on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quoth.compare.agents import Agents
from quoth.compare.claims import Claim, claims_in
from quoth.compare.collecting import uncollected
from quoth.compare.copies import Copies
from quoth.compare.incremental.events import Events
from quoth.compare.incremental.origins import Origins
from quoth.compare.incremental.questions import Questions
from quoth.compare.incremental.tallies import Tally
from quoth.compare.incremental.themes import Themes
from quoth.compare.incremental.voices import Voices
from quoth.compare.names import lower_words
from quoth.compare.opposites import Predicate, denying, predicates
from quoth.compare.places import with_places_that_match
from quoth.compare.themes import Text
from quoth.compare.values import Behind
from quoth.model import Agenda, Comparison, Document, Roster, Statement


class Comparer:
    """Compares a case again and again as it changes; every comparison is whole, and stays as it is."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._roster: Roster | None = None
        self._agenda = Agenda()
        self._given: dict[str, Statement] = {}
        self._documents: dict[str, Document] = {}
        self._by_document: dict[str, dict[str, Statement]] = defaultdict(dict)
        self._placed: dict[str, list[Statement]] = {}
        self._renamed: dict[str, list[Statement]] = {}
        self._lower: dict[str, frozenset[str]] = {}
        self._predicates: Tally[Predicate] = Tally()
        self._used: dict[str, frozenset[str]] = {}
        self._denying: dict[str, Predicate] = {}
        self._agents = Agents()
        self._copies = Copies()
        self._themes = Themes()
        self._events = Events()
        self._voices = Voices()
        self._origins = Origins()
        self._questions = Questions()
        self._compared = Comparison(questions=(), origins=())

    def compare(
        self,
        statements: Iterable[Statement],
        documents: Iterable[Document],
        roster: Roster | None = None,
        agenda: Agenda | None = None,
    ) -> Comparison:
        """All of these side by side, as `quoth.compare.compare` has them; what was given the last time as well, as
        the same objects or equal ones, is not looked at again."""
        given = {s.id: s for s in statements}
        held = {d.id: d for d in documents}
        try:
            with uncollected():
                return self._updated(given, held, roster, agenda or Agenda())
        except BaseException:  # what is kept may be half of the old and half of the new
            self._forget()
            raise

    def _updated(
        self, given: dict[str, Statement], held: dict[str, Document], roster: Roster | None, agenda: Agenda
    ) -> Comparison:
        papers = {i: held.get(i) for i in _differing(self._documents, held)}
        ids = _differing(self._given, given)
        if not papers and not ids and roster == self._roster and agenda == self._agenda:
            return self._compared
        changed = self._take(ids, given) | papers.keys()
        self._given, self._documents, self._agenda = given, held, agenda
        if roster != self._roster:
            self._roster = roster
            self._agents = Agents(roster=roster)
            changed |= self._placed.keys()
        self._compared = self._compare(changed, papers)
        return self._compared

    def _take(self, ids: set[str], given: Mapping[str, Statement]) -> set[str]:
        """File statements by their documents; returns the documents concerned."""
        changed: set[str] = set()
        for statement_id in ids:
            for s in (self._given.get(statement_id), given.get(statement_id)):
                if s is not None:
                    changed.add(s.document_id)
            old, new = self._given.get(statement_id), given.get(statement_id)
            if old is not None:
                del self._by_document[old.document_id][statement_id]
            if new is not None:
                self._by_document[new.document_id][statement_id] = with_places_that_match(new)
        for document in changed:
            self._placed[document] = [s for _, s in sorted(self._by_document[document].items())]
        return changed

    def _compare(self, changed: set[str], papers: Mapping[str, Document | None]) -> Comparison:
        stale = self._agents.update({d: self._placed.get(d, []) for d in changed}) | changed
        others = set(papers)
        for document in stale:
            renamed = [self._agents.renamed(s) for s in self._placed.get(document, ())]
            if renamed != self._renamed.get(document, []):
                others.add(document)
            if document in others:
                self._renamed[document] = renamed
        others |= self._deny(others)
        claims = {document: self._claims(document, document in papers) for document in others}
        read = {i: Text(d.text) if d is not None else None for i, d in papers.items()}
        other_themes = self._themes.update(claims, read)
        texts = {i: d.text if d is not None else None for i, d in papers.items()}
        rematched = self._events.update(claims, {d: self._themes.of(d) for d in other_themes}, texts)
        stale |= self._copies.update(papers)
        copy_of = self._copies.copy_of
        given = {d: self._placed.get(d, []) for d in stale}
        shown = {d: self._renamed.get(d, []) for d in stale}
        other_voices = self._voices.update(given, shown, self._documents, copy_of, self._agents)
        stale |= rematched | {self._given[s].document_id for s in other_voices if s in self._given}
        others_behind = other_voices | self._origins.update(
            {d: self._renamed.get(d, []) for d in stale},
            self._documents,
            copy_of,
            self._voices.names,
            {d: self._events.of(d) for d in stale},
        )
        behind = Behind(self._origins.of, self._voices.names, self._origins.by_id)
        questions = self._questions.update(
            self._events.groups, behind, other_voices, others_behind, self._agenda, self._agents
        )
        for document in [d for d in changed if not self._placed.get(d)]:
            for kept in (self._placed, self._renamed, self._by_document):
                kept.pop(document, None)
        return Comparison(
            questions=questions,
            origins=self._origins.ordered,
            origin_of=dict(self._origins.of),
            entities=self._agents.entities,
            speaker_of=dict(self._voices.speaker_of),
        )

    def _claims(self, document_id: str, other_text: bool) -> Sequence[Claim]:
        document = self._documents.get(document_id)
        if other_text:
            self._lower.pop(document_id, None)
            if document is not None:
                self._lower[document_id] = lower_words(document.text)
        lower = self._lower.get(document_id, frozenset())
        return claims_in(self._renamed.get(document_id, []), document, lower, self._denying)

    def _deny(self, documents: Iterable[str]) -> set[str]:
        """Keep which predicates of the case deny which others; returns the documents with one that does so otherwise
        now."""
        for document in documents:
            used = Counter(predicates(self._renamed.get(document, ())))
            self._predicates.put(document, used)
            self._used[document] = frozenset(predicate for predicate, _ in used)
            if not used:
                del self._used[document]
        if not self._predicates.changed():
            return set()
        before, self._denying = self._denying, denying(self._predicates.counts)
        other = {p for p in before.keys() | self._denying.keys() if before.get(p) != self._denying.get(p)}
        return {d for d, there in self._used.items() if not there.isdisjoint(other)} if other else set()


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The keys of what has come, gone, or is another thing."""
    changed = before.keys() ^ now.keys()
    changed |= {key for key, value in now.items() if before.get(key) is not value and before.get(key) != value}
    return changed
