"""The vocabulary of Quoth: documents, statements, events, questions, and what they are made of.

Frozen, typed dataclasses and enums; no I/O, no language-processing library.  Offsets are Unicode code
points, half open, into the text of the document that a thing belongs to.  `to_dict` and `from_dict` turn
any of these into JSON-ready values and back.
"""

from __future__ import annotations

import datetime
import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import msgspec

Number = int | float
T = TypeVar("T")


# ---------------------------------------------------------------- spans and mentions


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of code points: `text[start:end]`.

    Raises ValueError when it is empty, negative or turned round.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or negative")

    def __len__(self) -> int:
        return self.end - self.start

    def words(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def hull(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


FRAGMENT_JOINT = " … "
"""What stands between the fragments of a discontinuous mention in its `text`."""


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words under `spans`, fragments joined by `FRAGMENT_JOINT`."""
    return FRAGMENT_JOINT.join(span.words(text) for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a document, possibly in several fragments; `text == words_of(document.text, spans)`."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, *spans: Span, **fields: Any) -> Self:
        """Take the words under `spans`, in text order, from a document's text."""
        ordered = tuple(sorted(spans))
        return cls(text=words_of(text, ordered), spans=ordered, **fields)

    @property
    def hull(self) -> Span:
        """From the first fragment's start to the last one's end."""
        return Span(self.spans[0].start, self.spans[-1].end)


# ---------------------------------------------------------------- documents


class Profile(enum.StrEnum):
    """How attributions are read: by rules alone, or by rules with a small or a larger network."""

    RULES = "rules"
    FAST = "fast"
    ACCURATE = "accurate"


DEFAULT_PROFILE = Profile.FAST


class BlockKind(enum.StrEnum):
    """What a stretch of an article is for.  Only `SPOKEN_BLOCKS` hold statements of the article."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    LINK = "link"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction"
    METADATA = "metadata"


SPOKEN_BLOCKS = frozenset({BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.CORRECTION})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, headline, by-line … of a document; blocks stand in text order and do not overlap."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Whoever passed a statement on: an agency, an outlet.  Without `spans`, it comes from metadata."""

    name: str
    text: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something a person should know about a document: what was wrong, where, what was done about it."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something a person should know about a source of several documents (`where`): what in it was passed over."""

    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One publication, as it was read.

    `sha256` is that of the bytes given, in hex; `text` is what was decoded or extracted from them.
    `published` and `updated` are calendar days; None where not known.
    """

    id: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    file: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    published: datetime.date | None = None
    updated: datetime.date | None = None
    retrieved: datetime.datetime | None = None
    relays: tuple[Relay, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """That an address was asked for, and what came: `answered` is the address after all redirections, `retrieved` the
    moment (UTC), `sha256` that of the body in hex, None where none came or it is not what was asked for."""

    url: str
    answered: str
    status: int
    retrieved: datetime.datetime
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None


# ---------------------------------------------------------------- versions of an article


class EditKind(enum.StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a changed paragraph; `span` lies in the earlier document for what was removed, else in the later."""

    kind: EditKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A paragraph that one version changed in the one before it; without `old` it is new, without `new` it is gone."""

    old: Span | None
    new: Span | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as a version of an article, with what it changed in the version before it.

    `added` and `removed` are ids of statements: its own that were not there before, and those of the version before it
    that it no longer has.  `corrections` are its notes of correction.
    """

    document: str
    published: datetime.date | None
    updated: datetime.date | None
    retrieved: datetime.datetime | None
    edits: tuple[Edit, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    corrections: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was published at one address, in all its versions, the earliest first."""

    url: str
    title: str | None
    versions: tuple[Version, ...]


# ---------------------------------------------------------------- who


class AgentKind(enum.StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    GROUP = "group"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    UNATTRIBUTED = "unattributed"
    NARRATOR = "narrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Mention):
    """Somebody or something named in a document: a source, or who takes part in an event.

    `name` is the resolved name ("Alexander Lukashenko" for "he"); `text` and `spans` keep the surface
    words (empty only for a narrator or an unattributed source).  `country` is an ISO 3166 alpha-2 code:
    the country that the agent is, governs or speaks for, where that is known.  `why` says what the name
    rests on when it differs from the words.  `role` is the office or profession that the document gives a person
    ("foreign minister").
    """

    name: str
    kind: AgentKind | None = None
    country: str | None = None
    why: str | None = None
    role: str | None = None


# ---------------------------------------------------------------- when, how many, where


class Precision(enum.StrEnum):
    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


class Basis(enum.StrEnum):
    """What a `When` rests on: words at the place, words carried from elsewhere, or the day of publication."""

    STATED = "stated"
    CARRIED = "carried"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of calendar days, both ends included, either one open (None).

    `text` and `spans` are the words it was read from; none when it rests on the publication day alone.
    Both ends None with words kept: a time was stated and could not be resolved.
    Raises ValueError when the latest day lies before the earliest.
    """

    earliest: datetime.date | None
    latest: datetime.date | None
    precision: Precision = Precision.DAY
    text: str | None = None
    spans: tuple[Span, ...] = ()
    approximate: bool = False
    basis: Basis = Basis.STATED

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise ValueError(f"interval ends ({self.latest}) before it begins ({self.earliest})")


class Counting(enum.StrEnum):
    """How a quantity counts: two numbers conflict only when they count the same thing in the same way."""

    TOTAL = "total"
    INCREMENT = "increment"
    PART = "part"
    EACH = "each"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Mention):
    """A number or a range `[min, max]`, either end open (None), of a unit, with what is counted and how.

    `unit` is what the number is of ("missile systems", "people", "USD", "percent"), in the article's words
    or as an ISO 4217 code; `counted` is the state counted ("killed", "wounded"), where one is stated; `per` is what
    the number is for each of ("month", "capita").  Raises ValueError when max is below min.
    """

    min: Number | None
    max: Number | None
    unit: str | None = None
    approximate: bool = False
    counted: str | None = None
    counting: Counting = Counting.TOTAL
    per: str | None = None

    def __post_init__(self) -> None:
        if self.min is not None and self.max is not None and self.max < self.min:
            raise ValueError(f"quantity has max {self.max} below min {self.min}")


class PlacePrecision(enum.StrEnum):
    SITE = "site"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    CONTINENT = "continent"
    DESCRIBED = "described"  # "the cellar of the customs house": it has no name of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Mention):
    """A named place at gazetteer precision; coordinates in degrees, None where the gazetteer has none.

    A described one goes by its words without the article, and has neither country nor coordinates.
    """

    name: str
    country: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    geonames: int | None = None


# ---------------------------------------------------------------- events and statements


class Polarity(enum.StrEnum):
    POSITIVE = "+"
    NEGATIVE = "-"


class Phase(enum.StrEnum):
    """The part of an event that is spoken of."""

    WHOLE = "whole"
    BEGIN = "begin"
    CONTINUE = "continue"
    COMPLETE = "complete"
    STOP = "stop"


class Factuality(enum.StrEnum):
    """FactBank's scale, relative to the source (Saurí & Pustejovsky 2009)."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAINLY_NOT = "CT-"
    PROBABLY_NOT = "PR-"
    POSSIBLY_NOT = "PS-"
    UNKNOWN = "U"

    @property
    def polarity(self) -> Polarity | None:
        """None for U."""
        return _POLARITIES[self]


_POLARITIES = {f: None if f is Factuality.UNKNOWN else Polarity(f.value[-1]) for f in Factuality}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happens in the content of a statement.

    `predicate` is a lemma ("deploy" for "deployment" as well); `predicate_class` is its class in the
    predicate lexicon, by which questions match, None where the lexicon has none.  `instrument` is the thing that
    the agent does it with ("with a drone").
    """

    predicate: str
    trigger: Mention
    predicate_class: str | None = None
    agent: Agent | None = None
    theme: Agent | None = None
    recipient: Agent | None = None
    place: Place | None = None
    quantity: Quantity | None = None
    time: When | None = None
    polarity: Polarity = Polarity.POSITIVE
    phase: Phase = Phase.WHOLE
    factuality: Factuality = Factuality.CERTAIN
    instrument: Agent | None = None


class Act(enum.StrEnum):
    ASSERT = "assert"
    DENY = "deny"
    CONFIRM = "confirm"
    PLAN = "plan"
    REQUEST = "request"
    PROPOSE = "propose"
    PROMISE = "promise"
    THREATEN = "threaten"
    ESTIMATE = "estimate"
    DECLINE = "decline"


class QuoteType(enum.StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class DistanceKind(enum.StrEnum):
    """How far whoever reports keeps away from what is reported: doubt ("claimed") or hearsay ("reportedly")."""

    DOUBT = "doubt"
    HEARSAY = "hearsay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance(Mention):
    kind: DistanceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content as found, unresolved (PARC's and PolNeAR's triple); any may be in fragments.

    `pattern` names the rule or model that found it, `confidence` is in [0, 1].
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    pattern: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution, read: who said what, through whom, when and how sure.

    `via` is the relay chain, nearest to the origin first; the document's own outlet is not in it.
    `block` is where it stands; `context` is the sentence or sentences around it; `pattern` and `confidence`
    say how it was found.  Events come in text order but for the main one, which is first.
    """

    id: str
    document_id: str
    source: Agent
    content: Mention
    cue: Mention | None = None
    via: tuple[Relay, ...] = ()
    quote: QuoteType = QuoteType.NONE
    act: Act = Act.ASSERT
    factuality: Factuality = Factuality.CERTAIN
    distance: Distance | None = None
    said: When | None = None
    events: tuple[Event, ...] = ()
    block: BlockKind = BlockKind.PARAGRAPH
    context: Span
    pattern: str
    confidence: float = 1.0

    @property
    def footing(self) -> Footing:
        """The words that it is a reading of."""
        return Footing(self.document_id, self.source.spans, self.cue.spans if self.cue else None, self.content.spans)


@dataclass(frozen=True, slots=True)
class Footing:
    """The words that a statement rests on: a document's source, cue and content.  Two readings of one footing differ in
    what they make of the same words; what people judge goes with the footing, not with the reading."""

    document_id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...] | None
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader made of one document.  `reader` is its name and version: "english-fast/0.4"."""

    document_id: str
    reader: str
    statements: tuple[Statement, ...]
    notes: tuple[Note, ...] = ()


# ---------------------------------------------------------------- what people judge


class JudgementKind(enum.StrEnum):
    """What a person says of a statement (accept, reject, correct), of two names (same, apart), of questions (merge,
    split, name), or of a judgement."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    SAME = "same"
    APART = "apart"
    MERGE = "merge"
    SPLIT = "split"
    NAME = "name"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """Two names that somebody (`by`) judged to be one agent's, or two agents'."""

    a: str
    b: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAgent:
    """An agent as a user declares it; `side` is the user's word for whose part it takes."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: AgentKind | None = None
    country: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What people say of the agents of a case: those they declare, and the names they judged the same or apart."""

    declared: tuple[DeclaredAgent, ...] = ()
    same: tuple[JudgedPair, ...] = ()
    apart: tuple[JudgedPair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name that articles give an entity; `rule` and `why` say what it is taken for that entity on.

    `statements` are ids, in the order of the ids, of those in which the entity speaks or takes part under that name.
    """

    name: str
    rule: str
    why: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One agent across a case, under all its names; `role` is the office that most articles give a person."""

    id: str
    name: str
    kind: AgentKind
    aliases: tuple[Alias, ...]
    country: str | None = None
    side: str | None = None
    role: str | None = None


class Reliability(enum.Enum):
    """How reliable an analyst holds a source: the letters of the Admiralty code (NATO STANAG 2511).

    No letter is more or less than another: F says that it cannot be judged, and none is ever turned into a number.
    """

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


@dataclass(frozen=True, slots=True)
class Head:
    """What a case held at one time, in one hash: how many entries its log had, and the root of their tree (hex)."""

    size: int
    root: str

    def __str__(self) -> str:
        return f"{self.size}-{self.root}"

    @property
    def line(self) -> bytes:
        """As `quoth head` prints it: what a time stamp is over."""
        return f"{self}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What somebody (`by`) holds of an outlet or agent, when that was recorded (UTC), and the rating before it.

    `topic`: words that a question must hold for it to count; None where it counts for all.  `grade`: None where it
    takes an earlier rating of that name and topic back.
    """

    id: str
    name: str
    topic: str | None
    grade: Reliability | None
    by: str
    note: str | None
    recorded_at: datetime.datetime
    previous: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating in its case: whom it rates there, and whether it is the last on them and its topic, so that it counts.

    `names` are the agents, outlets and voices by the names that the case shows them under, `agents` the ids of the
    agents among them.  One that takes a rating back does not stand.
    """

    rating: Rating
    names: tuple[str, ...]
    agents: tuple[str, ...]
    standing: bool


# ---------------------------------------------------------------- side by side


class Slot(enum.StrEnum):
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"
    AGENT = "agent"
    POLARITY = "polarity"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFrame:
    """The event that a question is about, as names: predicate class (or lemma), agent, theme, place.

    `predicate` is "" for a question that an analyst asks of whatever happens to a theme.
    """

    predicate: str
    agent: str | None = None
    theme: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuestion:
    """A question as it stood when somebody judged it; `statements` are the ids of those that answered it."""

    id: str
    text: str
    slot: Slot
    event: EventFrame
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionJudgement:
    """That two questions are one (MERGE, `other` being the second), that the answers of the statements `parted` are a
    question of their own (SPLIT), or what a question is called (NAME, `words`)."""

    id: str
    kind: JudgementKind
    question: JudgedQuestion
    other: JudgedQuestion | None = None
    parted: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that an analyst writes: its text, the slot, and the event by a predicate, a theme or both.

    `unit` and `counted` are of a quantity only.  The countries are codes, where the place or the agent is a country.
    """

    text: str
    slot: Slot
    predicate: str | None = None
    theme: str | None = None
    agent: str | None = None
    agent_country: str | None = None
    place: str | None = None
    place_country: str | None = None
    unit: str | None = None
    counted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """An analyst's own hand on the questions: those that are asked, and what was judged of questions, in the order in
    which it was judged.  `footings` has the words of every statement that a judgement names, by its id."""

    asks: tuple[Ask, ...] = ()
    judged: tuple[QuestionJudgement, ...] = ()
    footings: dict[str, Footing] = field(default_factory=dict)


class RelationType(enum.StrEnum):
    SAME = "same"
    AGREE = "agree"
    REFINE = "refine"
    CONTRADICT = "contradict"
    TENSION = "tension"
    SUPERSEDE = "supersede"
    DENY = "deny"
    SCOPE = "different scope"


DIRECTED = frozenset({RelationType.SUPERSEDE, RelationType.REFINE, RelationType.DENY})
"""The relations in which it matters which of two is the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Between two statements, `a` and `b` their ids; `why` in words; `rule` names what proved it.

    SUPERSEDE reads "b supersedes a"; REFINE "b refines a"; DENY "b denies a"; the others have no direction.
    """

    a: str
    b: str
    type: RelationType
    why: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step in an origin's relay tree: `child` had it from `parent` (both are names of outlets or speakers)."""

    parent: str
    child: str
    document_id: str | None = None
    statement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One utterance, however often it was reported.  `voice` is who made it; `reports` counts documents."""

    id: str
    voice: str
    said: When | None
    statements: tuple[str, ...]
    documents: tuple[str, ...]
    links: tuple[Link, ...] = ()

    @property
    def reports(self) -> int:
        return len(self.documents)


DateRange = tuple[datetime.date | None, datetime.date | None]
NumberRange = tuple[Number | None, Number | None]
AnyRange = tuple[datetime.date | Number | None, datetime.date | Number | None]
"""A `DateRange` or a `NumberRange`, as one kind of tuple: reading JSON, msgspec does not tell two kinds apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One answer to a question, and who gives it.

    `value` is a pair of days or of numbers for the slots time and quantity, "yes", "no" or "unknown" for
    polarity, a name for place and agent; None where the answer was withheld or is only implied.
    `origins` are ids of known utterances; statements of unknown lineage count as none.  `label` tells apart
    what is not plainly asserted ("asked for", "planned", "withheld").  Both counts are derived.
    """

    value: AnyRange | str | None
    text: str
    statements: tuple[str, ...]
    origins: tuple[str, ...]
    voices: tuple[str, ...]
    documents: tuple[str, ...]
    factuality: Factuality
    latest_said: datetime.date | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An event across documents and one slot of it, with its values and how the statements relate.

    `wording` is how Quoth puts it, whatever somebody named it; None for one that an analyst wrote (`asked`), which
    may have no values yet.  `judgements` are the ids of those that made it what it is.
    """

    id: str
    text: str
    event: EventFrame
    slot: Slot
    values: tuple[Value, ...]
    relations: tuple[Relation, ...] = ()
    wording: str | None = None
    judgements: tuple[str, ...] = ()
    asked: bool = False


class Credibility(enum.Enum):
    """How credible an answer is: the figures of the Admiralty code (NATO STANAG 2511), derived by stated rules.

    They are marks and no numbers: nothing is sorted, weighed or left out by them, and 6 stands beside the others.
    """

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class SourceRole(enum.StrEnum):
    """In what a source stands behind an answer: it said so, or it published or passed on that somebody did."""

    VOICE = "voice"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGrade:
    """The rating that counts for one source behind an answer, whose it is and for which topic."""

    source: str
    role: SourceRole
    grade: Reliability
    topic: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is shown beside one value and decides nothing: its credibility with the reason in words, the ratings of its
    sources as far as anybody rated them, and the sides that its voices take.

    `sides` are the sides declared for voices behind the value, `no_side` the voices for whom none is declared; both are
    None in a case that declares no side.
    """

    credibility: Credibility
    why: str
    reliability: tuple[SourceGrade, ...]
    sides: tuple[str, ...] | None
    no_side: tuple[str, ...] | None

    @property
    def marks(self) -> tuple[str, ...]:
        """As analysts write them, "B2", one for each rated source in their order: no letter stands for another's."""
        return tuple(f"{rated.grade.value}{self.credibility.value}" for rated in self.reliability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A question as a list shows it: how many answers it has, from how many statements, documents and origins.

    `disputes` are the pairs of answers that exclude each other; `tensions` those that pull apart, `replaced` those of
    which a later one takes the place of the other.
    """

    id: str
    text: str
    event: EventFrame
    slot: Slot
    answers: int
    statements: int
    reports: int
    origins: int
    disputes: int
    tensions: int
    replaced: int

    @classmethod
    def of(cls, question: Question) -> Self:
        """The heading of a question."""
        answer: dict[str, int] = {}
        for n, value in enumerate(question.values):
            for statement in value.statements:
                answer.setdefault(statement, n)
        pairs: dict[RelationType, set[tuple[int | None, int | None]]] = {type: set() for type in RelationType}
        for relation in question.relations:
            pair = answer.get(relation.a), answer.get(relation.b)
            turned = relation.type not in DIRECTED and pair[::-1] in pairs[relation.type]
            pairs[relation.type].add(pair[::-1] if turned else pair)
        return cls(
            id=question.id,
            text=question.text,
            event=question.event,
            slot=question.slot,
            answers=len(question.values),
            statements=len(answer),
            reports=len({document for value in question.values for document in value.documents}),
            origins=len({origin for value in question.values for origin in value.origins}),
            disputes=len(pairs[RelationType.CONTRADICT] | pairs[RelationType.DENY]),
            tensions=len(pairs[RelationType.TENSION]),
            replaced=len(pairs[RelationType.SUPERSEDE]),
        )

    @property
    def contest(self) -> tuple[int, int, int, int, int, int, str, str]:
        """A sort key, most contested first: the order of questions in everything that lists them."""
        shown = (min(1, self.disputes), min(1, self.tensions), min(1, self.replaced), self.disputes, self.answers)
        a, b, c, d, e = (-n for n in shown)
        return a, b, c, d, e, -self.reports, self.text, self.id


def headings_of(questions: Iterable[Question]) -> tuple[Heading, ...]:
    """The headings of questions, the most contested first."""
    return tuple(sorted(map(Heading.of, questions), key=lambda heading: heading.contest))


class Clock(enum.StrEnum):
    """Which of a document's days counts: when it was published, or when it was recorded here (UTC)."""

    PUBLISHED = "published"
    RECORDED = "recorded"


class ChangeKind(enum.StrEnum):
    """What is new: contradictions and denials, who gives another answer than before, an answer, a question, an origin
    more behind a known answer."""

    DISPUTE = "dispute"
    MOVED = "moved"
    ANSWER = "answer"
    QUESTION = "question"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is new about a question (`question` its id, `text` its wording), with the statements that show it.

    `answer` and `value` are the answer's, `before` the words of earlier ones; `voice` is who moved; `origins` how many
    stood and stand behind the answer; `why` says what a dispute rests on.
    """

    kind: ChangeKind
    question: str
    text: str
    answer: str | None
    value: AnyRange | str | None
    before: tuple[str, ...]
    voice: str | None
    origins: tuple[int, int] | None
    why: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What methods of truth discovery believe of a question to which voices gave different answers; an aid.

    `voices` is how many have a say; `believed` maps each method to the answer in words, or to all that tie.
    """

    question: str
    text: str
    voices: int
    believed: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All statements of a case, side by side.  `origin_of` maps statement ids to origin ids; a statement of
    unknown lineage is not in it.  `speaker_of` maps statement ids to the entity that speaks, where it has a name."""

    questions: tuple[Question, ...]
    origins: tuple[Origin, ...]
    origin_of: dict[str, str] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    speaker_of: dict[str, str] = field(default_factory=dict)


# ---------------------------------------------------------------- to JSON-ready values and back


def to_dict(value: Any) -> dict[str, Any]:
    """Any dataclass of this module as JSON-ready values: enums and days as strings, tuples as lists."""
    text = to_json(value)
    try:
        plain = msgspec.json.decode(text)
    except msgspec.DecodeError:  # a lone surrogate, which msgspec takes for no character
        plain = json.loads(text)
    assert isinstance(plain, dict)
    return plain


def from_dict(cls: type[T], plain: dict[str, Any]) -> T:
    """The inverse of `to_dict`.  Raises ValueError (msgspec's) naming the field that does not fit."""
    return msgspec.convert(plain, cls)


def to_json(value: Any) -> bytes:
    """Any dataclass of this module as JSON in UTF-8, a lone surrogate as its number."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate, which UTF-8 has no place for
        return json.dumps(msgspec.to_builtins(value)).encode()


def from_json(cls: type[T], text: str | bytes) -> T:
    """The inverse of `to_json`.  Raises ValueError (msgspec's) naming the field that does not fit."""
    return msgspec.json.decode(text, type=cls)
