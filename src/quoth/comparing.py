"""The comparisons of one ledger: what stands now and what stood then, each worked out once and kept up to date."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quoth.model import (
    Agenda,
    Article,
    Clock,
    Comparison,
    Document,
    Heading,
    Origin,
    Question,
    Roster,
    Statement,
    headings_of,
)
from quoth.sweeping import unswept
from quoth.versions import article_of, in_versions, path, repeated

if TYPE_CHECKING:
    from quoth.compare import Comparer
    from quoth.compared import Compared
    from quoth.ledger import Ledger

    Compare = Callable[[Sequence[Statement], Sequence[Document], Roster, Agenda], Comparison]

Said = dict[str, tuple[tuple[str, ...], list[Statement]]]
"""Document id → the ids of its statements, and these; never changed once it is made."""

T = TypeVar("T", Question, Origin)

WORTH_KEEPING = 2000
"""Statements from which on a comparison is kept beside the case file; that of fewer is made in a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What a `Comparing` has read and compared, and of which state of the ledger, the roster and the agenda."""

    revision: str
    documents: dict[str, Document]
    said: Said
    state: tuple[object, ...]
    comparison: Comparison


class Comparing:
    """Compares what a ledger holds.  `compare`: what does so in place of Quoth's own; such a comparison is not kept."""

    def __init__(self, ledger: Ledger, compare: Compare | None = None) -> None:
        self._ledger = ledger
        self._compare = compare
        self._comparers: dict[str, Comparer] = {}
        self._now: tuple[tuple[object, ...], Comparison] | None = None
        self._then: list[tuple[object, Comparison]] = []
        self._who: tuple[object, Comparison] | None = None
        self._revision = ""
        self._said: Said = {}
        self._documents: dict[str, Document] = {}
        self._beside = self._file() if compare is None else None
        self._unkept: tuple[str, Comparison] | None = None

    def _file(self) -> Compared | None:
        from quoth.compared import Compared
        from quoth.ledger import is_address
        from quoth.read.gazetteer import GazetteerError, cache_directory

        where = self._ledger.where
        if is_address(where):
            try:
                return Compared.away_from(where, cache_directory())
            except GazetteerError:  # no home, no cache
                return None
        return Compared.beside(Path(where), read_only=self._ledger.read_only) if Path(where).is_file() else None

    # -------------------------------------------------------------- what stands

    def statements(self) -> list[Statement]:
        """As `Ledger.statements`, without those that a later version of their article repeats; what this process has
        read before is not read again."""
        return self.statements_of(self.documents())

    def documents(self) -> list[Document]:
        self._refresh()
        return list(self._documents.values())

    def statements_of(self, documents: Sequence[Document]) -> list[Statement]:
        """Those of these documents; of an article that is there in several versions, the earlier ones' only where the
        later ones have dropped them."""
        self._refresh()
        ids = {document.id for document in documents}
        again = self._repeated(documents)
        return [s for document, (_, found) in self._said.items() if document in ids for s in found if s.id not in again]

    def repeated(self) -> frozenset[str]:
        """The ids of all statements that a later version of their article repeats."""
        paths = Counter(map(path, self._ledger.addresses().values()))
        return self._repeated(self.documents()) if max(paths.values(), default=0) > 1 else frozenset()

    def _repeated(self, documents: Iterable[Document]) -> frozenset[str]:
        said = self._spoken()
        return frozenset().union(*(repeated(versions, said) for versions in in_versions(documents)))

    def articles(self, among: Sequence[Document] | None = None) -> tuple[Article, ...]:
        """The articles of which there are several versions, of all documents or of these, in their order."""
        documents = self.documents() if among is None else among
        said = self._spoken()
        return tuple(article_of(versions, said) for versions in in_versions(documents))

    def _spoken(self) -> dict[str, list[Statement]]:
        """Document id → its statements."""
        return {document: found for document, (_, found) in self._said.items()}

    def _refresh(self) -> None:
        revision = self._ledger.revision()
        if revision == self._revision:
            return
        if not self._documents:
            with unswept():
                self._documents = {d.id: d for d in self._ledger.documents()}
                found: dict[str, list[Statement]] = {document: [] for document in self._documents}
                for s in self._ledger.statements():
                    found[s.document_id].append(s)
            self._said = {document: (tuple(s.id for s in those), those) for document, those in found.items()}
        else:
            current = self._ledger.current()
            self._documents = {i: self._documents.get(i) or self._ledger.document(i) for i in current}
            said: Said = {}
            for document, ids in current.items():
                held = self._said.get(document)
                if held is None or held[0] != ids:
                    held = ids, list(self._ledger.statements(document=document))
                said[document] = held
            self._said = said
        self._revision = revision

    def worked(self, roster: Roster, agenda: Agenda) -> Worked:
        """All that stands, read and compared, for another `Comparing` of the same ledger to adopt."""
        comparison = self.now(roster, agenda)
        assert self._now is not None
        self._refresh()
        return Worked(revision=self._revision, documents=self._documents, said=self._said,
                      state=self._now[0], comparison=comparison)  # fmt: skip

    def adopt(self, worked: Worked) -> None:
        """Take over what another one of the same ledger has read and compared."""
        self._revision, self._documents, self._said = worked.revision, worked.documents, worked.said
        self._now = worked.state, worked.comparison

    # -------------------------------------------------------------- side by side

    def now(self, roster: Roster, agenda: Agenda) -> Comparison:
        """Everything that stands, side by side."""
        state = self._ledger.revision(), roster, agenda
        if self._now is None or self._now[0] != state:
            key = self._key(roster, agenda)
            found = self._beside.comparison(key) if self._beside and key and "now" not in self._comparers else None
            if found is None:
                statements = self.statements()
                found = self._comparer("now")(statements, self.documents(), roster, agenda)
                if key and len(statements) >= WORTH_KEEPING:
                    self._unkept = key, found
            self._now = state, found
        return self._now[1]

    def under(self, roster: Roster, agenda: Agenda) -> Comparison:
        """Everything that stands, side by side, as it would be under another agenda."""
        return self._comparer("now")(self.statements(), self.documents(), roster, agenda)

    def then(
        self, day: datetime.date, clock: Clock, documents: Sequence[Document], roster: Roster, agenda: Agenda
    ) -> Comparison:
        """These documents' statements side by side: those known on that day, by that clock.  The last two are held."""
        asked = self._ledger.revision(), roster, agenda, day, clock
        held = next((found for what, found in self._then if what == asked), None)
        if held is None:
            held = self._comparer("then")(self.statements_of(documents), documents, roster, agenda)
            self._then = [*self._then[-1:], (asked, held)]
        return held

    def _comparer(self, what: str) -> Compare:
        if self._compare is not None:
            return self._compare
        if what not in self._comparers:
            from quoth.compare import Comparer

            self._comparers[what] = Comparer()
        return self._comparers[what].compare

    def who_is_who(self, roster: Roster) -> Comparison:
        """The entities, without the work of comparing what they say."""
        state = self._ledger.revision(), roster
        if self._now is not None and self._now[0][:2] == state:
            return self._now[1]
        if self._who is None or self._who[0] != state:
            from quoth.compare import who_is_who

            self._who = state, who_is_who(self.statements(), roster)
        return self._who[1]

    # -------------------------------------------------------------- kept beside the case

    def _key(self, roster: Roster, agenda: Agenda) -> str | None:
        if self._beside is None:
            return None
        from quoth.compared import fingerprint

        return fingerprint(self._ledger.fingerprint(), roster, agenda)

    def _is_at_hand(self, roster: Roster, agenda: Agenda) -> bool:
        return self._now is not None and self._now[0] == (self._ledger.revision(), roster, agenda)

    def headings(self, roster: Roster, agenda: Agenda) -> tuple[Heading, ...]:
        """Of all questions, the most contested first; where the comparison is kept, only they are read."""
        if not self._is_at_hand(roster, agenda):
            key = self._key(roster, agenda)
            found = self._beside.headings(key) if self._beside and key else None
            if found is not None:
                return found
        return headings_of(self.now(roster, agenda).questions)

    def beginning(self, cls: type[T], id_prefix: str, roster: Roster, agenda: Agenda) -> list[T]:
        """Of the questions or origins that are kept, and not yet at hand, those (three at most) whose id begins so."""
        wanted = id_prefix.strip().lower()
        key = self._key(roster, agenda) if wanted and not self._is_at_hand(roster, agenda) else None
        return (self._beside.beginning(key, cls, wanted) if self._beside and key else None) or []

    def keep(self) -> bool:
        """Write the last comparison down for the next program; False where there is none to keep, or it cannot be."""
        unkept, self._unkept = self._unkept, None
        return unkept is not None and self._beside is not None and self._beside.keep(*unkept)

    def forget(self) -> None:
        """Keep nothing: there is no time to."""
        self._unkept = None
