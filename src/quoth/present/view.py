"""The shapes of a case laid out for reading: plain words in order, which every form of the brief prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quoth.model import RelationType
from quoth.present.snippet import Piece

Shorten = Callable[[str], str]
"""Cuts an id to what people see of it."""

REPEATING = frozenset({RelationType.AGREE, RelationType.SAME})
"""Relations that only repeat what the table of answers shows."""
MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document as a reader meets it.  `number` counts from 1 in order of publication.

    `version` says which one of its article it is, where there are several; `edits` are the paragraphs that it changed
    in the version before it.
    """

    number: int
    id: str
    short: str
    label: str
    outlet: str
    title: str
    where: str
    link: str | None
    date: str
    relays: str
    statements: int
    characters: int
    sha256: str
    notes: tuple[str, ...]
    version: str = ""
    edits: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One statement with its words in their sentence, and everything that says where they stand."""

    id: str
    short: str
    source: str
    named: str
    kind: str
    why_name: str
    via: tuple[str, ...]
    act: str
    certainty: str
    code: str
    distance: str
    quote: str
    said: str
    where: str
    document: DocumentView
    offsets: str
    snippet: tuple[Piece, ...]
    origin: str | None
    side: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words shown once: `lead` has them, `also` are the statements that repeat them letter for letter."""

    lead: Evidence
    also: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one answer has of one origin: its reports.  `origin` is None for reports of unknown lineage, `side` is empty
    where none is declared for the voice."""

    origin: str | None
    voice: str
    side: str
    said: str
    outlets: str
    reports: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """What is written beside an answer.  `figure` is the derived credibility, in `words`, with the reason `why`;
    `rated` are mark, source and rating in words for each source that somebody rated; `sides` the sides in words."""

    figure: str
    words: str
    why: str
    rated: tuple[tuple[str, str, str], ...]
    sides: str

    @property
    def marks(self) -> str:
        """ "B2 D2", or the figure alone where no source is rated."""
        return " ".join(mark for mark, _, _ in self.rated) or self.figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One value of a question, counted, and graded where assessments were given."""

    number: int
    text: str
    spelled: str
    label: str
    certainty: str
    code: str
    origins: int
    reports: int
    voices: int
    unknown: int
    standing: str
    utterances: tuple[Utterance, ...]
    grades: Grades | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """What stands between two answers, with the reasons and the ids of the statements on either side.

    `first` are the first few of the `pairs`, each reason with its own, and `rest` what remains of the reasons.
    """

    type: RelationType
    heading: str
    sentence: tuple[str, str, str]
    pairs: int
    reasons: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    first: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    rest: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its answers; `hand` says in words what an analyst made of it, "" for one that nobody touched."""

    number: int
    id: str
    short: str
    text: str
    hand: str
    verdict: str
    contested: bool
    statements: int
    answers: tuple[Answer, ...]
    relations: tuple[RelationView, ...]

    @property
    def divided(self) -> tuple[RelationView, ...]:
        """Relations that a page shows at once: of each type that divides or orders the answers the first `MOST`."""
        types = dict.fromkeys(r.type for r in self.relations if r.type not in REPEATING)
        return tuple(r for type in types for r in [r for r in self.relations if r.type is type][:MOST])

    @property
    def folded(self) -> tuple[RelationView, ...]:
        """The other relations, which a page folds."""
        shown = set(map(id, self.divided))
        return tuple(r for r in self.relations if id(r) not in shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Everything that one source said, in order of time."""

    number: int
    name: str
    kind: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """All that a brief says.  `as_of` are the words for the day that it looks back to; `unread` are pairs of what could
    not be read and why; `head` is that of the case, which pins all that it holds; `part` says of what part of the case
    it is, "" of the whole."""

    title: str
    made: str
    version: str
    head: str
    as_of: str
    outlets: tuple[str, ...]
    period: str
    undated: int
    voices: int
    origins: int
    unknown: int
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceView, ...]
    documents: tuple[DocumentView, ...]
    statements: int
    unread: tuple[tuple[str, str], ...]
    part: str = ""
