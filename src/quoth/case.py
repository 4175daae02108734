"""The one front door: a case opens a ledger and joins the rooms that acquire, read and compare.

The rooms are imported when they are first needed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from quoth.adding import Adding
from quoth.agenda import FILE_NAME as ASKS
from quoth.agenda import read_agenda
from quoth.comparing import Comparing, Worked
from quoth.corrections import Correction, corrected
from quoth.errors import NotFound, QuothError
from quoth.finding import article_with, entity_named, origin_with, question_with, spoken_by
from quoth.judging import (
    OF_NAMES,
    OF_QUESTIONS,
    agenda_of,
    check_number,
    on_questions,
    resting,
    roster_of,
    standing,
)
from quoth.model import (
    DEFAULT_PROFILE,
    Agenda,
    Article,
    Assessment,
    Change,
    Clock,
    Comparison,
    Document,
    Entity,
    Fetch,
    Head,
    Heading,
    JudgementKind,
    Origin,
    Profile,
    Question,
    Rated,
    Reliability,
    Roster,
    Statement,
    Weighing,
    headings_of,
)
from quoth.outcomes import Added, Item
from quoth.roster import FILE_NAME as AGENTS
from quoth.roster import read_roster
from quoth.shelving import Shelving, Unkept
from quoth.topics import read_topics
from quoth.versions import published_by

if TYPE_CHECKING:
    from quoth.acquire import Given, Web
    from quoth.adding import Acquire
    from quoth.compare.reliability import Sources
    from quoth.comparing import Compare
    from quoth.ledger import AnchorRecord, Counts, FailureRecord, JudgementRecord, Ledger, Problem, ReadingRecord
    from quoth.read import Reader
    from quoth.scaling.recorded import Recorded


def open(
    path: str | Path = "case.db",
    *,
    read_only: bool = False,
    profile: Profile | str = DEFAULT_PROFILE,
    agents: str | Path | None = None,
    asks: str | Path | None = None,
    acquire: Acquire | None = None,
) -> Case:
    """Open a case file, or make one; ":memory:" is a case that nobody keeps, "postgresql://USER@HOST/DATABASE" the
    address of one on a server.  `profile`: how it reads what is added;
    `agents`: the file that declares agents, otherwise `agents.toml` beside the case file where there is one; `asks`:
    the file of the questions that you ask, otherwise `case.toml` there; `acquire`: what makes documents of what is
    added, in place of `quoth.acquire.acquire`.

    A new case is made when it is first needed: to keep a document, or to be looked into.  Raises LedgerError on what
    is not a case, is damaged, or was written by a newer Quoth, and on a server that cannot be reached; NoReader on an
    unknown profile.
    """
    from quoth.ledger import is_address, open_ledger, there_is, without_password
    from quoth.read import profile_of

    chosen = profile_of(profile)
    own: dict[str, Any] = {
        "acquire": acquire,
        "agents": _beside(path, AGENTS, agents),
        "asks": _beside(path, ASKS, asks),
    }
    nowhere = not is_address(path) and not Path(path).parent.is_dir()
    if read_only or nowhere or there_is(path):
        return Case(open_ledger(path, read_only=read_only), profile=chosen, **own)
    shown = without_password(path) if is_address(path) else str(path)
    return Case(partial(open_ledger, path), path=shown, profile=chosen, **own)


def _beside(case: str | Path, name: str, given: str | Path | None) -> Path | None:
    """The file of the user's own that is given, or the one of that name beside the case file, if there is one."""
    from quoth.ledger import is_address

    if given is not None or is_address(case) or not Path(case).name or str(case) == ":memory:":
        return None if given is None else Path(given)
    beside = Path(case).with_name(name)
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
        self._unrecorded: list[Fetch] = []
        self._acquire = acquire
        self._reader_for = reader_for
        self._profile = profile
        self._compare = compare
        self._adding: tuple[tuple[int, bool], Adding] | None = None
        self._shelf = Shelving(lambda: self.ledger, lambda: self._ledger is not None)
        self._agents = agents
        self._asks = asks
        self._asked: tuple[object, Agenda] | None = None
        self._compared: Comparing | None = None

    @property
    def ledger(self) -> Ledger:
        """The store, opened (and made, where it is new) when it is first asked for."""
        if self._ledger is None:
            assert self._open is not None
            self._ledger = self._open()
            for where, error in self._untold:
                self._ledger.record_failure(where, error.code, error.what)
            self._shelf.put_away()
            for fetch in self._unrecorded:
                self._ledger.record_fetch(fetch)
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
        originals: bool = True,
        web: Web | None = None,
        jobs: int = 1,
        cache: bool = True,
        all: bool = False,
    ) -> Added:
        """Acquire and read files, folders, addresses or "-" (`stdin`), and write each down with its statements.

        A document that the ledger holds, read by today's reader, is not read again.  One that cannot be acquired
        or read is recorded as a failure and stops no other; if it could be acquired it is kept, unread, and tried
        again next time.  A new case that gets no document is not made, and keeps no failures.  What the ledger
        holds is not rewritten: an item's remarks say where what is given now differs from it.  `progress` is told
        of each document once it is written down.  `originals`: keep the bytes too, as they came.  The network is asked
        only for addresses; `web` says on which terms.  `jobs`: how many processes read; this one writes all that they
        read, in the order in which one process would.  `cache`: take readings that are kept from an earlier time (in
        the user's cache directory) where the same reader read the same document.  `all`: also read documents that name
        no topic of `case.toml`; otherwise these are kept unread.  Raises LedgerError when the ledger cannot be
        written to; what was told of until then stays.
        """
        items = []
        shelf = self._shelf if originals else Unkept(self._shelf)
        topics = None if all or self._asks is None else read_topics(self._asks)
        intake = self._intake(jobs, cache)
        try:
            for item in intake.items(sources, given, stdin, shelf, web, topics):
                items.append(item)
                if progress is not None:
                    progress(item)
        finally:
            intake.close()
        return Added(tuple(items))

    def add_recorded(
        self, *recorded: Recorded, progress: Callable[[Item], None] | None = None, all: bool = False
    ) -> Added:
        """Write down documents with the readings that `quoth.scaling.recorded.recordings` finds in a dataset.

        All is checked, and told, as in `add`, where `all` is explained; there are no originals.  Raises LedgerError.
        """
        items = []
        topics = None if all or self._asks is None else read_topics(self._asks)
        for one in recorded:
            adding = Adding(lambda: self.ledger, self._tell, self._record, one.acquire, one.reader_for)
            for item in adding.items(one.sources, None, None, None, None, topics):
                items.append(item)
                if progress is not None:
                    progress(item)
        return Added(tuple(items))

    def _tell(self, where: str, error: QuothError) -> None:
        """Record what could not be acquired or read; a new case that is not made yet does so when it is."""
        if self._ledger is None:
            self._untold.append((where, error))
        else:
            self._ledger.record_failure(where, error.code, error.what)

    def _record(self, fetch: Fetch) -> None:
        """Record that an address was asked; a new case that is not made yet does so when it is."""
        if self._ledger is None:
            self._unrecorded.append(fetch)
        else:
            self._ledger.record_fetch(fetch)

    def _intake(self, jobs: int, cache: bool) -> Adding:
        if self._adding is None or self._adding[0] != (jobs, cache):
            acquire = self._acquire or _own_acquire()
            reader_for = self._reading(jobs, cache)
            made = Adding(lambda: self.ledger, self._tell, self._record, acquire, reader_for, jobs)
            self._adding = ((jobs, cache), made)
        return self._adding[1]

    def _reading(self, jobs: int, cache: bool) -> Callable[[str], Reader]:
        """What finds the reader of a language.  A reader that was given in place of Quoth's own keeps nothing."""
        if self._reader_for is None:
            return partial(_own_reader_for(), profile=self._profile, jobs=jobs, cache=cache)
        if jobs == 1:
            return self._reader_for
        from quoth.read.workers import pooled

        return partial(pooled, self._reader_for, jobs)

    # -------------------------------------------------------------- what is there

    def documents(self, **filters: Any) -> Iterator[Document]:
        """Documents in the order they were added; filters as in `quoth.ledger.Ledger.documents`."""
        return self.ledger.documents(**filters)

    def document(self, id_prefix: str) -> Document:
        return self.ledger.document(id_prefix)

    def original(self, id_prefix: str) -> bytes:
        """The bytes that a document was made of, as they came.  Raises NotFound where they are not kept."""
        document = self.ledger.document(id_prefix)
        data = self.ledger.original(document.sha256)
        if data is None:
            what = f"the original of document {document.id} is not kept with this case"
            raise NotFound(what, where=self.path, remedy=f"its bytes have the SHA-256 {document.sha256}")
        return data

    def statements(self, *, source: str | None = None, **filters: Any) -> Iterator[Statement]:
        """Who said what; filters (text, act, since …) as in `quoth.ledger.Ledger.statements`.

        What an article said and says again in a later version stands only there, unless a `document` is named.
        `source` finds by all names of whoever bears the one given, in any script, besides the words of the document.
        """
        again = frozenset() if filters.get("document") else self._comparing.repeated()
        standing = (s for s in self.ledger.statements(**filters) if s.id not in again)
        if source is None:
            return standing
        found = {s.id for s in self.ledger.statements(source=source, **filters)}
        found |= spoken_by(self._comparing.who_is_who(self._roster()), source)
        return (s for s in standing if s.id in found)

    def statement(self, id_prefix: str) -> Statement:
        return self.ledger.statement(id_prefix)

    def articles(
        self, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED
    ) -> tuple[Article, ...]:
        """The articles that are there in several versions, or were on that day, each with what a version changed in the
        one before it."""
        return self._comparing.articles(None if as_of is None else self.documents_until(as_of, clock))

    def article(self, which: str) -> Article:
        """The one at this address, or of which the document of this id is a version.  Raises NotFound."""
        return article_with(self.articles(), which, self.ledger.document)

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
        said = self._roster(), self._agenda()
        if as_of is None:
            return self._comparing.now(*said)
        return self._comparing.then(as_of, Clock(clock), self.documents_until(as_of, clock), *said)

    def state(self) -> str:
        """Differs whenever anything that the case shows may: a row was added, or a file of declarations written."""
        files = (path.stat() if path and path.exists() else None for path in (self._agents, self._asks))
        return " ".join([str(self.head()), *(f"{f.st_mtime_ns}/{f.st_size}" if f else "-" for f in files)])

    def worked(self) -> Worked:
        """All that stands, read and compared: for another `Case` of the same ledger to `adopt`."""
        return self._comparing.worked(self._roster(), self._agenda())

    def adopt(self, worked: Worked) -> None:
        """Take over what another `Case` of the same ledger has read and compared, so that it is not done twice."""
        self._comparing.adopt(worked)

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
        """The documents that were published, or recorded here (UTC), on that day or before; a later version of an
        article was published on the day of its update."""
        if Clock(clock) is Clock.PUBLISHED:
            return published_by(day, self._comparing.documents())
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
        """What people declare and judged of the agents."""
        return roster_of(read_roster(self._agents) if self._agents is not None else (), self.judgements())

    def _agenda(self) -> Agenda:
        """What people ask and judged of questions; worked out once for each state of the ledger and of the file."""
        asks = read_agenda(self._asks) if self._asks is not None else ()
        state = (self.ledger.revision(), asks)
        if self._asked is None or self._asked[0] != state:
            self._asked = (state, agenda_of(asks, self.judgements(), self.ledger.statement))
        return self._asked[1]

    def entities(self) -> tuple[Entity, ...]:
        """Who is who: each agent that has a name, under all its names, with what each of these rests on."""
        return self._comparing.who_is_who(self._roster()).entities

    def entity(self, name: str) -> Entity:
        """The one of that name, by any of its names, or whose id begins so.  Raises NotFound."""
        return entity_named(self.entities(), name)

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
            return self._comparing.headings(self._roster(), self._agenda())
        return headings_of(self.questions(as_of=as_of, clock=clock))

    def question(self, id_prefix: str) -> Question:
        kept = self._comparing.beginning(Question, id_prefix, self._roster(), self._agenda())
        return question_with(kept or self.questions(), id_prefix)

    def origins(self) -> tuple[Origin, ...]:
        """Utterances of known lineage; a statement of unknown lineage is in none of them."""
        return self.comparison().origins

    def origin(self, id_prefix: str) -> Origin:
        """The utterance of this id, or the one that the statement of this id reports.

        Raises NotFound when there is none, also for a statement whose lineage is unknown.
        """
        kept = self._comparing.beginning(Origin, id_prefix, self._roster(), self._agenda())
        among = Comparison(questions=(), origins=tuple(kept)) if kept else self.comparison()
        return origin_with(among, id_prefix, self.ledger.statement)

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
        check_number(kind, subjects)
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

    def resting(self) -> frozenset[str]:
        """The ids of the judgements that stand, but change nothing at present (`quoth.judging.resting`)."""
        judged = list(self.judgements())
        questions: tuple[Question, ...] = ()
        if any(j.standing and j.kind in OF_QUESTIONS for j in judged):
            agenda = agenda_of((), judged, self.ledger.statement)
            questions = self._comparing.under(self._roster(), agenda).questions
        return resting(judged, questions, self.ledger.statement, self._read_last)

    def _read_last(self, document_id: str) -> tuple[str, ...]:
        """The ids of the statements of a document's latest reading, whatever was judged of them."""
        return next((r.statement_ids for r in self.ledger.readings(document=document_id) if r.current), ())

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
        from quoth.compare.reliability import rateable, rated

        sources = self._sources()
        whole, given = rateable(name, grade, topic, sources, rated(self.ledger.ratings(), sources))
        written = self.ledger.rate(whole, given, topic=topic, by=by, note=note)
        return next(r for r in rated(self.ledger.ratings(), sources) if r.rating.id == written.id)

    def ratings(self, *, name: str | None = None) -> tuple[Rated, ...]:
        """All ratings in the order they were recorded, or those of whoever is called `name`; of those on one source and
        topic the last stands, unless it takes back.  Raises NotFound for a name that fits several."""
        from quoth.compare.reliability import of_source, rated

        sources = self._sources()
        found = rated(self.ledger.ratings(), sources)
        return found if name is None else of_source(found, name, sources)

    def _sources(self) -> Sources:
        from quoth.compare.reliability import Sources

        return Sources(self.comparison(), *self.known())

    # -------------------------------------------------------------- care

    def verify(self, *, head: Head | str | None = None, trusted: bytes | None = None) -> Iterator[Problem]:
        """Walk the whole ledger and name what is wrong.  `head`, noted down at an earlier time, also finds what was
        rewritten since with all hashes made right; `trusted` are certificates (PEM) under one of which each time stamp
        has to be signed.  Raises BadHead."""
        return self.ledger.verify(head=_head(head) if isinstance(head, str) else head, trusted=trusted)

    def copy(self, path: Path) -> Case:
        """A copy in a new file, as of one moment, opened read-only, with the same agents and questions declared.

        The originals stay where they are.  Raises LedgerError where the case is on a server.
        """
        self.ledger.copy_to(path)
        return open(path, read_only=True, agents=self._agents, asks=self._asks)

    def head(self) -> Head:
        """All that the case holds now, in one hash; to be noted down elsewhere."""
        return self.ledger.head()

    def anchor(self, url: str, *, allow_private: bool = False, trusted: bytes | None = None) -> AnchorRecord:
        """Have the authority at `url` stamp the head (RFC 3161), and write its answer down (`quoth.anchoring`)."""
        from quoth import anchoring
        from quoth.acquire.web import Terms

        return anchoring.anchor(self.ledger, url, terms=Terms(allow_private=allow_private), trusted=trusted)

    def anchor_request(self) -> tuple[Head, bytes]:
        """The head and a request for a stamp over it, for a machine with a network."""
        from quoth import anchoring

        return anchoring.request(self.ledger)

    def anchor_response(self, answer: bytes, *, trusted: bytes | None = None) -> AnchorRecord:
        """Write down what an authority answered to a request, over the head of today or an earlier one."""
        from quoth import anchoring

        return anchoring.answered(self.ledger, answer, trusted=trusted)

    def anchors(self) -> Iterator[AnchorRecord]:
        """All time stamps, in the order they were recorded."""
        return self.ledger.anchors()

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


def _head(text: str) -> Head:
    from quoth.ledger.log import head_from

    return head_from(text)


def _own_acquire() -> Acquire:
    from quoth.acquire import acquire

    return acquire


def _own_reader_for() -> Callable[..., Reader]:
    from quoth.read.frugal import frugal_reader_for

    return frugal_reader_for
