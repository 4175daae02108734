"""The one front door: a case opens a ledger and joins the rooms that acquire, read and compare.

The rooms are imported when they are first needed.
"""

from __future__ import annotations

import datetime
import os.path
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

from quoth.agenda import FILE_NAME as ASKS
from quoth.agenda import read_agenda
from quoth.comparing import Comparing
from quoth.corrections import Correction, corrected
from quoth.errors import NotFound, QuothError, SpanMismatch
from quoth.evidence import BadEvidence, name_of
from quoth.judging import OF_NAMES, OF_QUESTIONS, agenda_of, on_questions, roster_of, standing
from quoth.model import (
    DEFAULT_PROFILE,
    Agenda,
    Assessment,
    Change,
    Clock,
    Comparison,
    Document,
    Entity,
    Heading,
    JudgementKind,
    Origin,
    Profile,
    Question,
    Rated,
    Reading,
    Reliability,
    Roster,
    Statement,
    Weighing,
    headings_of,
)
from quoth.names import fold
from quoth.outcomes import Added, Item, Outcome, fault
from quoth.repeated import SameBytes, differences
from quoth.roster import FILE_NAME as AGENTS
from quoth.roster import read_roster

if TYPE_CHECKING:
    from quoth.acquire import Failure, Given
    from quoth.compare.reliability import Sources
    from quoth.comparing import Compare
    from quoth.ledger import Counts, FailureRecord, JudgementRecord, Ledger, Problem, ReadingRecord
    from quoth.read import Reader

    Acquire = Callable[..., Iterator[Document | Failure]]

T = TypeVar("T", Question, Origin, Entity)

TOGETHER = 32
"""Documents read together: a parser is faster on many, and a killed run has less than this to read again."""


def open(
    path: str | Path = "case.db",
    *,
    read_only: bool = False,
    profile: Profile | str = DEFAULT_PROFILE,
    agents: str | Path | None = None,
    asks: str | Path | None = None,
) -> Case:
    """Open a case file, or make one; ":memory:" is a case that nobody keeps.  `profile`: how it reads what is added;
    `agents`: the file that declares agents, otherwise `agents.toml` beside the case file where there is one; `asks`:
    the file of the questions that you ask, otherwise `case.toml` there.

    A new file is made when it is first needed: to keep a document, or to be looked into.  Raises LedgerError on a
    file that is not a case, is damaged, or was written by a newer Quoth, NoReader on an unknown profile.
    """
    from quoth.ledger import open_ledger
    from quoth.read import profile_of

    chosen = profile_of(profile)
    new = Path(path)
    own: dict[str, Any] = {
        "agents": _beside(new, AGENTS, agents),
        "asks": _beside(new, ASKS, asks),
    }
    if read_only or not new.parent.is_dir() or os.path.lexists(new):
        return Case(open_ledger(path, read_only=read_only), profile=chosen, **own)
    return Case(partial(open_ledger, path), path=str(path), profile=chosen, **own)


def _beside(case: Path, name: str, given: str | Path | None) -> Path | None:
    """The file of the user's own that is given, or the one of that name beside the case file, if there is one."""
    if given is not None or not case.name or str(case) == ":memory:":
        return None if given is None else Path(given)
    beside = case.with_name(name)
    return beside if beside.exists() else None


class Case:
    """A story's documents, who said what in them, and how that compares.

    Every id may be given by any unique beginning; NotFound says when that names nothing or several things.
    `acquire`, `reader_for` and `compare` are Quoth's own rooms unless others are given.
    """

    def __init__(
        self,
        ledger: Ledger | Callable[[], Ledger],
        *,
        path: str | None = None,
        acquire: Acquire | None = None,
        reader_for: Callable[[str], Reader] | None = None,
        compare: Compare | None = None,
        profile: Profile = DEFAULT_PROFILE,
        agents: Path | None = None,
        asks: Path | None = None,
    ) -> None:
        self._ledger = None if callable(ledger) else ledger
        self._open = ledger if callable(ledger) else None
        self._path = path
        self._untold: list[tuple[str, QuothError]] = []
        self._acquire = acquire
        self._reader_for = reader_for
        self._profile = profile
        self._compare = compare
        self._readers: dict[str, Reader] = {}
        self._agents = agents
        self._asks = asks
        self._agenda: tuple[object, Agenda] | None = None
        self._compared: Comparing | None = None

    @property
    def ledger(self) -> Ledger:
        """The store, opened (and made, where it is new) when it is first asked for."""
        if self._ledger is None:
            assert self._open is not None
            self._ledger = self._open()
            for where, error in self._untold:
                self._ledger.record_failure(where, error.code, error.what)
        return self._ledger

    @property
    def path(self) -> str:
        """The case file, as it was given."""
        return self._path or self.ledger.where

    @property
    def is_made(self) -> bool:
        """False as long as a new case has nothing to keep, so that there is no file."""
        return self._ledger is not None

    # -------------------------------------------------------------- adding

    def add(
        self,
        *sources: str | Path,
        given: Given | None = None,
        stdin: BinaryIO | None = None,
        progress: Callable[[Item], None] | None = None,
    ) -> Added:
        """Acquire and read files, folders or "-" (`stdin`), and write each document down with its statements.

        A document that the ledger holds, read by today's reader, is not read again.  One that cannot be acquired
        or read is recorded as a failure and stops no other; if it could be acquired it is kept, unread, and tried
        again next time.  A new case that gets no document is not made, and keeps no failures.  What the ledger
        holds is not rewritten: an item's remarks say where what is given now differs from it.  `progress` is told
        of each document once it is written down.  Raises LedgerError when the ledger cannot be written to; what
        was told of until then stays.
        """
        items = []
        for item in self._adding(sources, given, stdin):
            items.append(item)
            if progress is not None:
                progress(item)
        return Added(tuple(items))

    def _adding(self, sources: Iterable[str | Path], given: Given | None, stdin: BinaryIO | None) -> Iterator[Item]:
        acquired = self._acquired(sources, given, stdin)
        same_bytes = SameBytes(lambda: self.ledger.documents())
        while some := list(islice(acquired, TOGETHER)):
            waiting: dict[str, Document] = {}
            remarks: dict[str, tuple[str, ...]] = {}
            for found in some:
                if isinstance(found, Item):
                    yield found
                elif found.id in waiting:
                    differs = differences(waiting[found.id], found, given)
                    yield Item(where=name_of(found), outcome=Outcome.KNOWN, document_id=found.id, remarks=differs)
                else:
                    known = self.ledger.has(found.id)
                    document = self.ledger.document(found.id) if known else found
                    remarks[found.id] = differences(document, found, given) if known else same_bytes.of(found)
                    item = self._without_reading(document)
                    if item is None:
                        waiting[document.id] = document
                    else:
                        yield replace(item, remarks=remarks[document.id])
            for document, result in self._read(list(waiting.values())):
                yield replace(self._written(document, result), remarks=remarks[document.id])

    def _acquired(
        self, sources: Iterable[str | Path], given: Given | None, stdin: BinaryIO | None
    ) -> Iterator[Document | Item]:
        """Documents, and items for what could not become one."""
        for source in sources:
            for found in self._guarded(source, given, stdin):
                if isinstance(found, Document):
                    yield found
                elif isinstance(found, QuothError):
                    yield self._failed(str(source), found)
                else:
                    yield self._failed(found.where, found.error)

    def _guarded(
        self, source: str | Path, given: Given | None, stdin: BinaryIO | None
    ) -> Iterator[Document | Failure | QuothError]:
        """What `acquire` makes of a source, and last the error if it broke off: one bad source stops no other."""
        acquire = self._acquire or _own_acquire()
        options: dict[str, Any] = {} if given is None else {"given": given}
        try:
            yield from acquire(source, stdin=stdin, **options)
        except Exception as error:
            yield fault(error, "acquiring it")

    def _without_reading(self, document: Document) -> Item | None:
        """The item of a document that need not or cannot be read; None for one that is to be read."""
        try:
            reader = self._reader(document.language)
        except Exception as error:
            return self._unread(document, fault(error, f"loading the reader of {document.language!r}"))
        if self.ledger.has_reading(document.id, reader.name):
            return Item(where=name_of(document), outcome=Outcome.KNOWN, document_id=document.id)
        return None

    def _read(self, documents: list[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Every document with its reading or its error, those of one language together."""
        for language in dict.fromkeys(document.language for document in documents):
            reader = self._reader(language)
            waiting = {document.id: document for document in documents if document.language == language}
            try:
                for document, result in reader.read_all(list(waiting.values())):
                    del waiting[document.id]
                    yield document, result
            except Exception:  # the reader broke off: on which document shows below, where the rest go one by one
                pass
            for document in waiting.values():
                try:
                    yield document, reader.read(document)
                except Exception as error:
                    yield document, fault(error, f"reading it ({reader.name})")

    def _written(self, document: Document, result: Reading | QuothError) -> Item:
        if isinstance(result, QuothError):
            return self._unread(document, result)
        known = self.ledger.has(document.id)
        try:
            self.ledger.add(document, result)
        except (BadEvidence, SpanMismatch) as error:
            return self._unread(document, error)
        return Item(
            where=name_of(document),
            outcome=Outcome.READ if known else Outcome.NEW,
            document_id=document.id,
            statements=len(result.statements),
        )

    def _unread(self, document: Document, error: QuothError) -> Item:
        """Keep the document, to be tried again, and record why it was not read."""
        try:
            self.ledger.add(document)
        except (BadEvidence, SpanMismatch) as worse:
            error = worse
        return self._failed(name_of(document), error, document.id)

    def _failed(self, where: str, error: QuothError, document_id: str | None = None) -> Item:
        if self._ledger is None:
            self._untold.append((where, error))
        else:
            self._ledger.record_failure(where, error.code, error.what)
        return Item(where=where, outcome=Outcome.FAILED, document_id=document_id, error=error)

    def _reader(self, language: str) -> Reader:
        if language not in self._readers:
            reader_for = self._reader_for or partial(_own_reader_for(), profile=self._profile)
            self._readers[language] = reader_for(language)
        return self._readers[language]

    # -------------------------------------------------------------- what is there

    def documents(self, **filters: Any) -> Iterator[Document]:
        """Documents in the order they were added; filters as in `quoth.ledger.Ledger.documents`."""
        return self.ledger.documents(**filters)

    def document(self, id_prefix: str) -> Document:
        return self.ledger.document(id_prefix)

    def statements(self, *, source: str | None = None, **filters: Any) -> Iterator[Statement]:
        """Who said what; filters (text, act, since …) as in `quoth.ledger.Ledger.statements`.

        `source` finds by all names of whoever bears the one given, in any script, besides the words of the document.
        """
        if source is None:
            return self.ledger.statements(**filters)
        found = {s.id for s in self.ledger.statements(source=source, **filters)}
        who = self._comparing.who_is_who(self._roster())
        wanted = f" {fold(source)} "
        so_called = {e.id for e in who.entities if any(wanted in f" {fold(a.name)} " for a in e.aliases)}
        so_called |= {e.id for e in who.entities if wanted in f" {fold(e.name)} "}
        found |= {statement_id for statement_id, entity_id in who.speaker_of.items() if entity_id in so_called}
        return (s for s in self.ledger.statements(**filters) if s.id in found)

    def statement(self, id_prefix: str) -> Statement:
        return self.ledger.statement(id_prefix)

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        return self.ledger.readings(document=document)

    def failures(self) -> Iterator[FailureRecord]:
        """All that could not be acquired or read, ever; some of it may have been read since."""
        return self.ledger.failures()

    def counts(self) -> Counts:
        return self.ledger.counts()

    # -------------------------------------------------------------- side by side

    def comparison(self, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED) -> Comparison:
        """All statements side by side; worked out once for each state of the ledger.

        `as_of`: as it stood at the end of that day, by the `clock` named; a document without that day is left out.
        """
        said = self._roster(), self._asked()
        if as_of is None:
            return self._comparing.now(*said)
        return self._comparing.then(as_of, Clock(clock), self.documents_until(as_of, clock), *said)

    @property
    def _comparing(self) -> Comparing:
        if self._compared is None:
            self._compared = Comparing(self.ledger, self._compare)
        return self._compared

    def known(
        self, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[list[Statement], list[Document]]:
        """The statements and documents of the case; as it stood at the end of the day `as_of`, if that is given."""
        if as_of is None:
            return self._comparing.statements(), self._comparing.documents()
        documents = self.documents_until(as_of, clock)
        return self._comparing.statements_of(documents), documents

    def documents_until(self, day: datetime.date, clock: Clock | str = Clock.PUBLISHED) -> list[Document]:
        """The documents that were published, or recorded here (UTC), on that day or before."""
        if Clock(clock) is Clock.PUBLISHED:
            return [d for d in self._comparing.documents() if d.published is not None and d.published <= day]
        recorded: dict[str, datetime.date] = {}
        for reading in self.ledger.readings():
            recorded.setdefault(reading.document_id, reading.recorded_at.date())
        return [d for d in self._comparing.documents() if d.id in recorded and recorded[d.id] <= day]

    def changes(
        self, since: datetime.date, until: datetime.date | None = None, *, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[Change, ...]:
        """What is new from `since` on (to the end of `until`, if that is given): answers, moves, disputes."""
        from quoth.compare import changes

        before = self.comparison(as_of=since - datetime.timedelta(1), clock=clock)
        after = self.comparison(as_of=until or datetime.date.max, clock=clock)
        return changes(before, after)

    def weighed(
        self, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[Weighing, ...]:
        """What methods of truth discovery believe of each question that voices answer differently; an aid."""
        from quoth.compare.truth import weighed

        return weighed(self.comparison(as_of=as_of, clock=clock))

    def assessments(
        self,
        comparison: Comparison | None = None,
        *,
        as_of: datetime.date | None = None,
        clock: Clock | str = Clock.PUBLISHED,
    ) -> dict[str, tuple[Assessment, ...]]:
        """Question's id → for each of its values credibility, ratings of its sources, and sides: shown, never decided.

        `comparison`: that of the same day and clock, where it is at hand; it depends on none of this.  Ratings count as
        they stand today.
        """
        from quoth.compare.assessing import assessments

        compared = comparison or self.comparison(as_of=as_of, clock=clock)
        return assessments(compared, *self.known(as_of, clock), self.ledger.ratings())

    def _roster(self) -> Roster:
        """What people say of the agents."""
        declared = read_roster(self._agents) if self._agents is not None else ()
        return roster_of(declared, self.judgements())

    def _asked(self) -> Agenda:
        """What people ask and judged of questions; worked out once for each state of the ledger and of the file."""
        asks = read_agenda(self._asks) if self._asks is not None else ()
        state = (self.ledger.revision(), asks)
        if self._agenda is None or self._agenda[0] != state:
            self._agenda = (state, agenda_of(asks, self.judgements(), self.ledger.statement))
        return self._agenda[1]

    def entities(self) -> tuple[Entity, ...]:
        """Who is who: each agent that has a name, under all its names, with what each of these rests on."""
        return self._comparing.who_is_who(self._roster()).entities

    def entity(self, name: str) -> Entity:
        """The one of that name, by any of its names, or whose id begins so.  Raises NotFound."""
        wanted = fold(name)
        entities = self.entities()
        exact = [e for e in entities if any(fold(n) == wanted for n in _names(e))]
        part = exact or [e for e in entities if any(f" {wanted} " in f" {fold(n)} " for n in _names(e)) and wanted]
        if len(part) == 1:
            return part[0]
        if part:
            several = ", ".join(e.name for e in part[:4])
            raise NotFound(f"several are called {name!r}: {several}", remedy="give the whole name, or the id")
        found = _beginning(entities, name, "agent")
        if found is None:
            raise NotFound(f"nobody in the case is called {name!r}, and no agent has an id that begins so")
        return found

    def questions(
        self, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[Question, ...]:
        """The questions, as they stand or as they stood (`comparison`)."""
        return self.comparison(as_of=as_of, clock=clock).questions

    def headings(
        self, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[Heading, ...]:
        """The questions as a list shows them, as they stand or stood, the most contested first; quick where the
        comparison is kept beside the case."""
        if as_of is None:
            return self._comparing.headings(self._roster(), self._asked())
        return headings_of(self.questions(as_of=as_of, clock=clock))

    def question(self, id_prefix: str) -> Question:
        kept = self._comparing.beginning(Question, id_prefix, self._roster(), self._asked())
        found = _beginning(kept or self.questions(), id_prefix, "question")
        if found is None:
            what = f"no question has an id that begins with {id_prefix!r}"
            raise NotFound(what, remedy="ids go with the articles: `quoth questions` lists those of today")
        return found

    def origins(self) -> tuple[Origin, ...]:
        """Utterances of known lineage; a statement of unknown lineage is in none of them."""
        return self.comparison().origins

    def origin(self, id_prefix: str) -> Origin:
        """The utterance of this id, or the one that the statement of this id reports.

        Raises NotFound when there is none, also for a statement whose lineage is unknown.
        """
        kept = self._comparing.beginning(Origin, id_prefix, self._roster(), self._asked())
        if kept and (at_hand := _beginning(kept, id_prefix, "origin")) is not None:
            return at_hand
        comparison = self.comparison()
        found = _beginning(comparison.origins, id_prefix, "origin")
        if found is not None:
            return found
        try:
            statement = self.ledger.statement(id_prefix)
        except NotFound as error:
            raise NotFound(f"no origin or statement has an id that begins with {id_prefix!r}") from error
        by_id = {origin.id: origin for origin in comparison.origins}
        origin_id = comparison.origin_of.get(statement.id)
        if origin_id is None:
            raise NotFound(
                f"where statement {statement.id} comes from is unknown, so that it counts as no origin",
                remedy="show it to see its words",
            )
        return by_id[origin_id]

    # -------------------------------------------------------------- review

    def review(
        self, kind: JudgementKind | str, *subjects: str, by: str, note: str | None = None, **should_be: Any
    ) -> tuple[JudgementRecord, ...]:
        """Write down what a person (`by`) judges; what was read stays, and the judgement decides what is shown.

        "accept" and "reject" take ids of statements, "correct" one id and what it should be (`source`, `act`, `time` …,
        as in `quoth.corrections.Correction`), "same" and "apart" two names of agents, "merge" the ids of two questions,
        "split" one and those of statements that answer it, "name" one and the words; "withdraw" the id of a judgement,
        or of a statement or question whose latest judgement is undone, or two names.  Raises NotFound, BadEvidence on
        what makes no judgement, BadCorrection, BadQuestion, and ValueError on a wrong number of ids or names.
        """
        kind = JudgementKind(kind)
        takes = {JudgementKind.CORRECT: (1,), JudgementKind.WITHDRAW: (1, 2)}
        takes |= dict.fromkeys((*OF_NAMES, JudgementKind.MERGE, JudgementKind.NAME), (2,))
        if kind is JudgementKind.SPLIT and len(subjects) < 2:
            raise ValueError("split takes a question and statements that answer it")
        if not subjects or (kind in takes and len(subjects) not in takes[kind]):
            raise ValueError(f"{kind} does not take {len(subjects)} ids or names")
        if kind is JudgementKind.CORRECT:
            [subject] = subjects
            statement = self.ledger.statement(subject)
            new = corrected(statement, Correction(**should_be), by=by)
            return (self.ledger.judge(kind, statement.id, by=by, note=note, correction=new),)
        if kind in OF_NAMES:
            a, b = subjects
            return (self.ledger.judge(kind, a, b, by=by, note=note),)
        if kind in OF_QUESTIONS:
            on = on_questions(kind, subjects, self.question)
            judged = self.ledger.judge_question(kind, *on.questions, by=by, note=note, words=on.words, parted=on.parted)
            return (judged,)
        if kind is JudgementKind.WITHDRAW:
            undone = standing(self.judgements(), subjects, self.ledger.statement, self.question)
            return (self.ledger.judge(kind, undone.id, by=by, note=note),)
        known = [self.ledger.statement(subject).id for subject in subjects]
        return tuple(self.ledger.judge(kind, subject, by=by, note=note) for subject in known)

    def judgements(self) -> Iterator[JudgementRecord]:
        """All that people judged, in the order it was recorded; some of it may have been withdrawn."""
        return self.ledger.judgements()

    # -------------------------------------------------------------- ratings

    def rate(
        self,
        name: str,
        grade: Reliability | str | None,
        *,
        by: str,
        topic: str | None = None,
        note: str | None = None,
    ) -> Rated:
        """Write down how reliable a person (`by`) holds an outlet or agent: "A" to "F", None to take a rating back.

        `topic`: words that a question must hold for the rating to count.  A name that is only a part of one in the case
        is taken for that one; a name of nobody is kept, and rates whoever bears it later.  Raises NotFound for a name
        that fits several, and when there is no rating to take back; BadEvidence for a name, topic or person without
        words; ValueError for another grade.
        """
        from quoth.compare.reliability import name_key, topic_key

        given = Reliability(grade.upper()) if isinstance(grade, str) else grade
        if not name_key(name) or (topic is not None and not topic_key(topic)):
            raise BadEvidence(f"a rating needs words: {name!r}" + ("" if topic is None else f", about {topic!r}"))
        whole = self._rateable().whole(name)
        if given is None:
            about = topic_key(topic or "")
            stand = [r for r in self.ratings(name=whole) if r.standing and topic_key(r.rating.topic or "") == about]
            if not stand:
                of_topic = f" about {topic!r}" if topic is not None else ""
                raise NotFound(f"no rating of {whole!r}{of_topic} stands", remedy="`quoth rate` lists what does")
        written = self.ledger.rate(whole, given, topic=topic, by=by, note=note)
        return next(r for r in self.ratings() if r.rating.id == written.id)

    def ratings(self, *, name: str | None = None) -> tuple[Rated, ...]:
        """All ratings in the order they were recorded, or those of whoever is called `name`; of those on one source and
        topic the last stands, unless it takes back.  Raises NotFound for a name that fits several."""
        from quoth.compare.reliability import rated

        sources = self._rateable()
        found = rated(self.ledger.ratings(), sources)
        if name is None:
            return found
        wanted = sources.identity(sources.whole(name))
        return tuple(r for r in found if sources.identity(r.rating.name) == wanted)

    def _rateable(self) -> Sources:
        from quoth.compare.reliability import Sources

        return Sources(self.comparison(), *self.known())

    # -------------------------------------------------------------- care

    def verify(self) -> Iterator[Problem]:
        """Walk the whole ledger and name what is wrong."""
        return self.ledger.verify()

    def keep(self) -> bool:
        """Write the comparison down beside the case file, for the next program that opens it; `close` does so too.

        False where there is none to keep, or it cannot be written: it is made again when it is needed.
        """
        return self._compared is not None and self._compared.keep()

    def close(self) -> None:
        self.keep()
        if self._ledger is not None:
            self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        if kind is not None and not issubclass(kind, Exception) and self._compared is not None:
            self._compared.forget()  # interrupted: whoever did it does not want to wait
        self.close()


def _own_acquire() -> Acquire:
    from quoth.acquire import acquire

    return acquire


def _own_reader_for() -> Callable[..., Reader]:
    from quoth.read import reader_for

    return reader_for


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *(alias.name for alias in entity.aliases))


def _beginning(things: Iterable[T], id_prefix: str, what: str) -> T | None:
    """The thing whose id begins so, None if there is none.  Raises NotFound when there are several."""
    wanted = id_prefix.strip().lower()
    found = [thing for thing in things if wanted and thing.id.startswith(wanted)]
    for thing in found:
        if thing.id == wanted:
            return thing
    if len(found) > 1:
        ids = ", ".join(thing.id for thing in found[:2])
        raise NotFound(f"several {what}s have ids that begin with {id_prefix!r}: {ids} …", remedy="give more of the id")
    return found[0] if found else None
