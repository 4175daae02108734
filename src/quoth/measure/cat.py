"""CAT XML: texts annotated with the Content Annotation Tool, as MEANTIME, EVENTI and FactA are passed round.

    <Document doc_id="7" doc_name="…" lang="en">
      <token t_id="1" sentence="0" number="0">Berg</token> …
      <Markables>
        <EVENT_MENTION m_id="3" pred="leave" pos="VERB" certainty="CERTAIN" polarity="POS" time="FUTURE" …>
          <token_anchor t_id="2"/> …
      <Relations>
        <HAS_PARTICIPANT r_id="9" sem_role="Arg0"><source m_id="3"/><target m_id="4"/></HAS_PARTICIPANT> …

Elements and attributes are those of the NewsReader guidelines (Tonelli, Sprugnoli, Speranza and Minard 2014,
NWR-2014-2-2).  The text is not kept in such files: it is put together from the tokens, one sentence a line, the marks
of the Penn Treebank as print has them.
"""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from quoth.errors import QuothError
from quoth.model import Span

CREATION_TIME = "CREATION_TIME"
_PRINTED = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "#": "£"}
"""Marks of the Penn Treebank (Santorini 1990), which has no other sign for the pound sterling."""
_CLINGS = re.compile(r"[,.;:?!)\]%”’]|n['’]t|['’](?:s|re|ve|ll|d|m)?|…", re.I)
"""Tokens before which no space is printed."""
_HOLDS = re.compile(r".*[(\[$£€“‘]", re.S)
"""Tokens after which none is."""
_SHORTENED = re.compile(r"\w+['’]")


class CatFileError(QuothError):
    """A file that is no CAT XML, or one whose elements do not fit together."""

    code = "Q512"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatToken:
    """A token: its `t_id`, the number of its sentence as the file has it, and where it stands in the text."""

    id: str
    sentence: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Markable:
    """Something marked in the text: its `m_id` and its tokens, indices into `CatDocument.tokens` in text order."""

    id: str
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention(Markable):
    """Attributes as the file has them ("VERB", "POSSIBLE", "NEG", "FUTURE", "GEN" …); None where it has none."""

    pred: str | None = None
    pos: str | None = None
    certainty: str | None = None
    polarity: str | None = None
    time: str | None = None
    special_cases: str | None = None
    tense: str | None = None
    aspect: str | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention(Markable):
    """`head` is the head's word where the annotator gave one."""

    syntactic_type: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention(Markable):
    """A TIMEX3; `function` is its functionInDocument.  One without tokens is the document's own, or worked out."""

    type: str | None = None
    value: str | None = None
    function: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMention(Markable):
    """A VALUE: `type` is PERCENT, MONEY or QUANTITY."""

    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A HAS_PARTICIPANT relation: the `m_id`s of the event and of who takes part, in a PropBank role ("Arg0")."""

    event: str
    participant: str
    role: str


@dataclass(frozen=True, kw_only=True)
class CatDocument:
    """One annotated text; `created` is the day of its creation time, None where the file does not say.

    `notes` say what was left out: relations to markables that are not there, which MEANTIME has some of.
    """

    id: str
    name: str
    where: str
    language: str
    text: str
    tokens: tuple[CatToken, ...]
    created: datetime.date | None
    events: tuple[EventMention, ...]
    entities: tuple[EntityMention, ...]
    times: tuple[TimeMention, ...]
    values: tuple[ValueMention, ...]
    participants: tuple[Participant, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def markables(self) -> Mapping[str, Markable]:
        """All that is marked, by `m_id`."""
        return {m.id: m for m in (*self.events, *self.entities, *self.times, *self.values)}

    @cached_property
    def last_sentence(self) -> int:
        """The last sentence that holds an event or an entity: in MEANTIME nothing was marked after the fifth."""
        marked = (t for m in (*self.events, *self.entities) for t in m.tokens)
        return max((self.tokens[t].sentence for t in marked), default=-1)

    @cached_property
    def annotated(self) -> Span:
        """The text up to the end of the last sentence that was annotated."""
        ends = [t.span.end for t in self.tokens if t.sentence <= self.last_sentence]
        return Span(0, max(ends, default=0))

    def spans(self, tokens: Sequence[int]) -> tuple[Span, ...]:
        """The spans of tokens in the text, adjoining tokens as one."""
        runs: list[Span] = []
        previous = -2
        for i in sorted(tokens):
            span = self.tokens[i].span
            if i == previous + 1:
                runs[-1] = runs[-1].hull(span)
            else:
                runs.append(span)
            previous = i
        return tuple(runs)

    def words(self, tokens: Sequence[int]) -> str:
        return " … ".join(span.words(self.text) for span in self.spans(tokens))


def load_cat(paths: Iterable[Path]) -> tuple[CatDocument, ...]:
    """The documents of files, and of all .xml files below folders, in the order of their names.

    Raises CatFileError naming the file and the element that does not fit, or a folder without such files.
    """
    return tuple(read_cat(file) for path in paths for file in _files(path))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = sorted(path.rglob("*.xml"))
    if not files:
        raise CatFileError("there is no .xml file in this folder", where=str(path), remedy="name a file of CAT XML")
    yield from files


def read_cat(path: Path) -> CatDocument:
    """The document of one file.  Raises CatFileError."""
    try:
        root = ElementTree.parse(path).getroot()
    except OSError as problem:
        raise CatFileError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except (ElementTree.ParseError, ValueError, LookupError) as problem:
        raise CatFileError(f"it is no XML: {problem}", where=str(path), remedy=_REMEDY) from problem
    if root.tag != "Document":
        raise CatFileError(f"its root is <{root.tag[:60]}>, not <Document>", where=str(path), remedy=_REMEDY)
    return _File(str(path), root).document()


_REMEDY = "CAT XML has <Document> with <token>s, <Markables> and <Relations>"


class _File:
    """One parsed file, on its way to a document."""

    def __init__(self, where: str, root: ElementTree.Element) -> None:
        self.where, self.root = where, root
        self.numbers: dict[str, int] = {}
        self.notes: list[str] = []

    def wrong(self, element: ElementTree.Element, what: str) -> NoReturn:
        id = next((element.get(key) for key in ("t_id", "m_id", "r_id") if element.get(key)), None)
        raise CatFileError(what, where=f"{self.where}, <{element.tag}{f' {id}' if id else ''}>", remedy=_REMEDY)

    def document(self) -> CatDocument:
        text, tokens = self._text()
        if (marked := self.root.find("Markables")) is None:
            self.wrong(self.root, "there is no <Markables> in it")
        ids: set[str] = set()
        for element in marked:
            id = self._attribute(element, "m_id")
            if id in ids:
                self.wrong(element, "another markable has this m_id")
            ids.add(id)
        times = tuple(self._times(marked))
        return CatDocument(
            id=self.root.get("doc_id") or Path(self.where).stem,
            name=self.root.get("doc_name") or Path(self.where).stem,
            where=self.where,
            language=self.root.get("lang") or "en",
            text=text,
            tokens=tokens,
            created=next((day for t in times if t.function == CREATION_TIME and (day := _day(t.value))), None),
            events=tuple(self._events(marked)),
            entities=tuple(
                EntityMention(
                    id=id, tokens=at, syntactic_type=e.get("syntactic_type") or None, head=e.get("head") or None
                )
                for e, id, at in self._marked(marked, "ENTITY_MENTION")
            ),
            times=times,
            values=tuple(
                ValueMention(id=id, tokens=at, type=e.get("type") or None)
                for e, id, at in self._marked(marked, "VALUE")
            ),
            participants=tuple(self._participants(ids)),
            notes=tuple(self.notes),
        )

    def _text(self) -> tuple[str, tuple[CatToken, ...]]:
        parts: list[str] = []
        tokens: list[CatToken] = []
        at, before = 0, ""
        for element in self.root.iter("token"):
            id, word = self._attribute(element, "t_id"), "".join(element.itertext()).strip()
            try:
                sentence = int(self._attribute(element, "sentence"))
            except ValueError:
                self.wrong(element, f"its sentence is no number: {element.get('sentence')!r}")
            if not word:
                self.wrong(element, "there is no word in it")
            if id in self.numbers:
                self.wrong(element, "another token has this t_id")
            if tokens and sentence < tokens[-1].sentence:
                self.wrong(element, "its sentence comes before that of the token before it")
            word = _PRINTED.get(word, word)
            space = "\n" if tokens and sentence != tokens[-1].sentence else _space(before, word) if tokens else ""
            parts += space, word
            at += len(space)
            self.numbers[id] = len(tokens)
            tokens.append(CatToken(id=id, sentence=sentence, span=Span(at, at + len(word))))
            at, before = at + len(word), word
        if not tokens:
            self.wrong(self.root, "there is no <token> in it")
        return "".join(parts), tuple(tokens)

    def _marked(
        self, marked: ElementTree.Element, tag: str
    ) -> Iterator[tuple[ElementTree.Element, str, tuple[int, ...]]]:
        """The elements of a tag with their ids and tokens."""
        for element in marked.iterfind(tag):
            at = set()
            for anchor in element.iterfind("token_anchor"):
                number = self.numbers.get(self._attribute(anchor, "t_id"))
                if number is None:
                    self.wrong(element, f"its <token_anchor> names token {anchor.get('t_id')!r}, which is not there")
                at.add(number)
            yield element, self._attribute(element, "m_id"), tuple(sorted(at))

    def _events(self, marked: ElementTree.Element) -> Iterator[EventMention]:
        for element, id, at in self._marked(marked, "EVENT_MENTION"):
            fields = {name: element.get(name) or None for name in _OF_EVENTS}
            yield EventMention(id=id, tokens=at, **fields)

    def _times(self, marked: ElementTree.Element) -> Iterator[TimeMention]:
        for element, id, at in self._marked(marked, "TIMEX3"):
            yield TimeMention(
                id=id,
                tokens=at,
                type=element.get("type") or None,
                value=element.get("value") or None,
                function=element.get("functionInDocument") or None,
            )

    def _participants(self, ids: set[str]) -> Iterator[Participant]:
        for element in self.root.iterfind("Relations/HAS_PARTICIPANT"):
            ends = []
            for name in ("source", "target"):
                end = element.find(name)
                if end is None:
                    self.wrong(element, f"there is no <{name}> in it")
                ends.append(self._attribute(end, "m_id"))
            if missing := [id for id in ends if id not in ids]:
                self.notes.append(f"relation {element.get('r_id')} left out: there is no markable {missing[0]!r}")
                continue
            yield Participant(event=ends[0], participant=ends[1], role=self._attribute(element, "sem_role"))

    def _attribute(self, element: ElementTree.Element, name: str) -> str:
        value = element.get(name)
        if not value:
            self.wrong(element, f"it has no attribute {name}")
        return value


_OF_EVENTS = ("pred", "pos", "certainty", "polarity", "time", "special_cases", "tense", "aspect", "modality")


def _space(before: str, word: str) -> str:
    """What is printed between two tokens."""
    if _CLINGS.fullmatch(word) or _HOLDS.fullmatch(before):
        return ""
    return "" if _SHORTENED.fullmatch(before) and word.isalpha() and len(word) <= 2 else " "


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
