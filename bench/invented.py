"""An invented case of any size: stories, speakers, outlets and what they print, skewed as news is.

Seeded, so that one seed and size always give the same case.  A few stories, events, speakers and outlets have most
of the reports (Zipf's law with exponent 1); one article in eight is printed again by others, one statement in eight
reaches its outlet through an agency; counts grow by the day, plans move, and one answer in nine is denied.  Every name
is made up of syllables, and every span holds its words.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from quoth.evidence import identified
from quoth.identity import content_id
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Basis,
    Block,
    BlockKind,
    Document,
    Event,
    Factuality,
    Mention,
    Place,
    PlacePrecision,
    Polarity,
    Quantity,
    QuoteType,
    Relay,
    Span,
    Statement,
    When,
)

T = TypeVar("T")

A_STORY = 700
"""Statements to a story, on average."""
AN_ARTICLE = 15
FIRST_DAY = datetime.date(2030, 1, 1)
DAYS = 500

_SYLLABLES = """ba bel bor dal dor dra el far gan gor hal ir jor kar kel lan lor mar mir nal nor or pel ran rin
sal sol tar tol ul van ver vor yar zel zor"""
SYLLABLES = _SYLLABLES.split()
_THINGS = """drones boats trains missiles turbines buses tankers ferries radars helicopters pumps trucks pipelines
locomotives scanners"""
THINGS = _THINGS.split()
OFFICES = ["minister", "spokesman", "governor", "mayor", "ambassador", "general", "director"]
BODIES = ("ministry", "agency", "company", "police", "council", "bank", "union")
VERBS = (  # lemma; past and participle
    ("deploy", "deployed"), ("deliver", "delivered"), ("buy", "bought"), ("produce", "produced"),
    ("launch", "launched"), ("withdraw", "withdrew"), ("repair", "repaired"), ("inspect", "inspected"),
    ("close", "closed"), ("kill", "killed"), ("injure", "injured"), ("detain", "detained"),
    ("approve", "approved"), ("visit", "visited"), ("paint", "painted"),
)  # fmt: skip
OF_PEOPLE = frozenset({"kill", "injure", "detain"})
FILLER = (
    "The announcement followed weeks of talks between both sides.",
    "Residents had asked for clarity since the beginning of the season.",
    "Traffic through the region was slow for most of the morning.",
    "It was not clear when further details would be made public.",
    "Analysts had expected the news for some time.",
)


class Skewed(Generic[T]):
    """Items drawn by Zipf's law: the first twice as often as the second."""

    def __init__(self, items: Sequence[T]) -> None:
        self.items = items
        self._sums = list(itertools.accumulate(1 / n for n in range(1, len(items) + 1)))

    def draw(self, dice: random.Random) -> T:
        return self.items[bisect.bisect(self._sums, dice.random() * self._sums[-1])]


@dataclass(frozen=True)
class Speaker:
    name: str
    kind: AgentKind
    country: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Happening:
    """An event that a story is about, and what is true of it on each day as far as anybody says."""

    verb: tuple[str, str]
    agent: Speaker
    theme: str
    place: str
    country: str
    day: datetime.date
    number: int


@dataclass(frozen=True)
class Tale:
    """A story: who speaks in it, and of what."""

    speakers: Skewed[Speaker]
    happenings: Skewed[Happening]


@dataclass
class Case:
    documents: list[Document]
    statements: list[Statement]

    def of(self, document: Document) -> list[Statement]:
        return [s for s in self.statements if s.document_id == document.id]


class Inventor:
    """Makes up a world of tales for so many statements, and prints articles from it."""

    def __init__(self, statements: int, seed: int = 1) -> None:
        self.dice = random.Random(f"{seed} {statements}")
        self._taken: set[str] = set()
        self._numbers = itertools.count()
        self.countries = [
            Speaker(self._name(), AgentKind.COUNTRY, f"X{chr(65 + n)}") for n in range(min(26, 6 + statements // 4000))
        ]
        self.outlets = Skewed([f"{self._name()} {kind}" for _ in range(max(4, statements // 700))
                               for kind in ("Courier", "Observer", "Gazette")])  # fmt: skip
        self.agencies = [f"{self._name()} Press" for _ in range(4)]
        self.everywhere = [self._person() for _ in range(5)]
        self.tales = Skewed([self._tale() for _ in range(max(3, statements // A_STORY))])

    # ---------------------------------------------------------------- names

    def _name(self) -> str:
        for tries in itertools.count():
            longer = tries // 50  # in a world of so many names that the short ones run out
            name = "".join(self.dice.choices(SYLLABLES, k=self.dice.choice((2, 2, 3)) + longer)).capitalize()
            if name not in self._taken:
                self._taken.add(name)
                return name
        raise AssertionError("names are made until one is new")

    def _person(self) -> Speaker:
        country = self.dice.choice(self.countries).country
        return Speaker(f"{self._name()} {self._name()}", AgentKind.PERSON, country, self.dice.choice(OFFICES))

    def _body(self) -> Speaker:
        return Speaker(f"{self._name()} {self.dice.choice(BODIES)}", AgentKind.ORGANIZATION)

    def _tale(self) -> Tale:
        dice = self.dice
        lands = dice.sample(self.countries, 2)
        people = [self._person() for _ in range(dice.randint(6, 14))] + dice.sample(self.everywhere, 2)
        bodies = [self._body() for _ in range(dice.randint(2, 4))]
        shy = [
            Speaker(
                f"{dice.choice(('an official', 'a diplomat', 'two witnesses', 'an engineer'))}", AgentKind.ANONYMOUS
            )
        ]
        speakers = [*people, *bodies, *lands, *shy]
        dice.shuffle(speakers)
        places = [self._name() for _ in range(dice.randint(4, 8))]
        things = dice.sample(THINGS, 4)
        things += [f"{self._name()} {dice.choice(THINGS)}" for _ in range(dice.randint(4, 8))]
        happenings = [
            Happening(
                dice.choice(VERBS), dice.choice([*lands, *bodies]), dice.choice(things), dice.choice(places),
                dice.choice(lands).country or "", FIRST_DAY + datetime.timedelta(dice.randrange(DAYS)),
                dice.randint(2, 60),
            )
            for _ in range(dice.randint(40, 100))
        ]  # fmt: skip
        return Tale(Skewed(speakers), Skewed(happenings))

    # ---------------------------------------------------------------- articles

    def case(self, statements: int) -> Case:
        """About so many statements, and no fewer."""
        documents: list[Document] = []
        found: list[Statement] = []
        for document, said in self.articles(statements):
            documents.append(document)
            found += said
        return Case(documents, found)

    def articles(self, statements: int) -> Iterator[tuple[Document, list[Statement]]]:
        """The same one article after another, each with what it says; none is held."""
        made = 0
        while made < statements:
            tale = self.tales.draw(self.dice)
            document, said = self.article(tale)
            made += len(said)
            yield document, said
            if self.dice.random() < 1 / 8:
                for _ in range(min(6, int(1 / (1 - self.dice.random())))):
                    again, its = self._printed_again(document, said)
                    made += len(its)
                    yield again, its

    def article(
        self, tale: Tale, *, speaker: Speaker | None = None, happening: Happening | None = None
    ) -> tuple[Document, list[Statement]]:
        """An article of a tale; of one speaker and one event alone where they are given."""
        published = FIRST_DAY + datetime.timedelta(self.dice.randrange(DAYS))
        page = Page(self.outlets.draw(self.dice), published, self.dice)
        for _ in range(self.dice.randint(AN_ARTICLE // 2, AN_ARTICLE * 3 // 2)):
            page.tell(speaker or tale.speakers.draw(self.dice), happening or tale.happenings.draw(self.dice),
                      self.dice.choice(self.agencies))  # fmt: skip
        return page.printed(next(self._numbers))

    def new_tale(self) -> Tale:
        """A story of which nobody has reported yet."""
        return self._tale()

    def _printed_again(self, document: Document, said: Sequence[Statement]) -> tuple[Document, list[Statement]]:
        """The same words in another outlet, a day later at most."""
        published = (document.published or FIRST_DAY) + datetime.timedelta(self.dice.randrange(2))
        again = dataclasses.replace(
            document,
            id=content_id("document", "invented", next(self._numbers)),
            outlet=self.outlets.draw(self.dice),
            published=published,
            relays=(Relay(name=self.dice.choice(self.agencies)),),
        )
        return again, [identified(dataclasses.replace(s, document_id=again.id)) for s in said]


class Page:
    """An article as it is written: its text so far, and the statements in it."""

    def __init__(self, outlet: str, published: datetime.date, dice: random.Random) -> None:
        self.outlet, self.published, self.dice = outlet, published, dice
        self._pieces: list[str] = []
        self._length = 0
        self._said: list[dict[str, Any]] = []
        self._named: set[str] = set()

    def _write(self, words: str) -> Span:
        start = self._length
        self._pieces.append(words)
        self._length += len(words)
        return Span(start, self._length)

    def tell(self, speaker: Speaker, of: Happening, agency: str) -> None:
        """One sentence: who says what."""
        dice = self.dice
        start = self._length
        manner = dice.random()
        if dice.random() < 0.3:
            self._write(dice.choice(FILLER) + " ")
            start = self._length
        if manner < 0.15:
            content, event = self._clause(of, denied=False, ahead=False)
            self._write(".\n")
            source = Agent(name=self.outlet, kind=AgentKind.NARRATOR, text="", spans=())
            self._keep(source, None, content, event, Act.ASSERT, QuoteType.NONE, start)
            return
        ahead = self.published < of.day
        denied = dice.random() < 1 / 9
        if manner < 0.4:
            self._write("“")
            content, event = self._clause(of, denied=denied, ahead=ahead)
            self._write(",” ")
            source = self._named_source(speaker)
            self._write(" ")
            cue = self._write("said")
            act, quote = Act.ASSERT, QuoteType.DIRECT
        else:
            source = self._named_source(speaker)
            self._write(" ")
            act = Act.DENY if denied else Act.PLAN if ahead else dice.choice((Act.ASSERT, Act.ASSERT, Act.CONFIRM))
            cue = self._write({Act.DENY: "denied", Act.CONFIRM: "confirmed"}.get(act, "said"))
            self._write(" that ")
            content, event = self._clause(of, denied=denied, ahead=ahead)
            quote = QuoteType.INDIRECT
        said = None
        if dice.random() < 0.4:
            day = self.published - datetime.timedelta(dice.randrange(3))
            self._write(" ")
            said = self._dated(day)
        via: tuple[Relay, ...] = ()
        if dice.random() < 1 / 8:
            self._write(", according to ")
            span = self._write(agency)
            via = (Relay(name=agency, text=agency, spans=(span,)),)
        self._write(".\n")
        self._keep(source, cue, content, event, act, quote, start, said=said, via=via)

    def _named_source(self, speaker: Speaker) -> Agent:
        """By the whole name first, by the last word of it in later sentences; some articles never give the whole."""
        words, why = speaker.name, None
        if speaker.kind is AgentKind.PERSON:
            known = speaker.name in self._named
            words = words.split()[-1] if known or self.dice.random() < 0.15 else words
            if known or words == speaker.name:
                self._named.add(speaker.name)
        span = self._write(words)
        name = speaker.name if speaker.name in self._named or speaker.kind is not AgentKind.PERSON else words
        why = f"{words!r} is {name}, by the same surname" if name != words else None
        return Agent(name=name, kind=speaker.kind, country=speaker.country, role=speaker.role, why=why,
                     text=words, spans=(span,))  # fmt: skip

    def _dated(self, day: datetime.date) -> When:
        words = f"on {day:%B} {day.day}"
        return When(earliest=day, latest=day, text=words, spans=(self._write(words),))

    def _clause(self, of: Happening, *, denied: bool, ahead: bool) -> tuple[Span, Event]:
        """What is said to happen; the number is the day's, give or take."""
        dice = self.dice
        lemma, past = of.verb
        persons = "people" if lemma in OF_PEOPLE else None
        start = self._length
        agent = self._write(of.agent.name)
        self._write(" had not " if denied else " will have " if ahead else " had ")
        trigger = self._write(past)
        self._write(" ")
        number = of.number + max(0, (self.published - of.day).days) // 40 + dice.choice((0, 0, 0, 0, 1, -1))
        number = max(2, number)
        counted = dice.random() < 0.7 or persons is not None
        quantity = theme = None
        theme_words = persons or of.theme
        if counted:
            at = self._write(f"{number} {theme_words}")
            quantity = Quantity(min=number, max=number, unit=theme_words, text=f"{number} {theme_words}", spans=(at,))
            theme_span = at
        else:
            theme_span = self._write(f"the {theme_words}")
        words = f"{number} {theme_words}" if counted else f"the {theme_words}"
        theme = Agent(name=theme_words, text=words, spans=(theme_span,), kind=AgentKind.GROUP if persons else None)
        place = time = None
        if dice.random() < 0.7:
            self._write(" in ")
            span = self._write(of.place)
            place = Place(
                name=of.place, country=of.country, precision=PlacePrecision.CITY, text=of.place, spans=(span,)
            )
        if dice.random() < 0.5:
            self._write(" ")
            time = self._dated(of.day + datetime.timedelta(dice.choice((0, 0, 0, 0, 7))))
        polarity = Polarity.NEGATIVE if denied else Polarity.POSITIVE
        event = Event(
            predicate=lemma,
            predicate_class=lemma,
            trigger=Mention(text=past, spans=(trigger,)),
            agent=Agent(
                name=of.agent.name, kind=of.agent.kind, country=of.agent.country, text=of.agent.name, spans=(agent,)
            ),
            theme=theme,
            place=place,
            quantity=quantity,
            time=time,
            polarity=polarity,
            factuality=Factuality.CERTAINLY_NOT if denied else Factuality.PROBABLE if ahead else Factuality.CERTAIN,
        )  # fmt: skip
        return Span(start, self._length), event

    def _keep(
        self, source: Agent, cue: Span | None, content: Span, event: Event, act: Act, quote: QuoteType, start: int,
        said: When | None = None, via: tuple[Relay, ...] = (),
    ) -> None:  # fmt: skip
        if said is None and self.dice.random() < 0.8:
            said = When(earliest=None, latest=self.published, basis=Basis.PUBLICATION)
        self._said.append(
            {"source": source, "cue": cue, "content": content, "events": (event,), "act": act, "quote": quote,
             "factuality": event.factuality, "said": said, "via": via, "context": Span(start, self._length - 1)}
        )  # fmt: skip

    def printed(self, number: int) -> tuple[Document, list[Statement]]:
        text = "".join(self._pieces)
        document = Document(
            id=content_id("document", "invented", number),
            sha256=f"{number:064x}",
            text=text,
            blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
            file=f"invented-{number}.txt",
            outlet=self.outlet,
            published=self.published,
        )
        return document, [self._statement(document, one) for one in self._said]

    def _statement(self, document: Document, one: dict[str, Any]) -> Statement:
        text = document.text
        cue = one.pop("cue")
        content = Mention.of(text, one.pop("content"))
        return identified(
            Statement(id="", document_id=document.id, content=content, cue=Mention.of(text, cue) if cue else None,
                      pattern="invented", **one)
        )  # fmt: skip


def added_articles(inventor: Inventor, count: int) -> Iterator[tuple[str, Document, list[Statement]]]:
    """Articles to add to a case, of four kinds in turn, each with its kind in words."""
    for n in range(count):
        match n % 4:
            case 0:
                tale = inventor.tales.items[0]
                one = inventor.article(tale, speaker=tale.speakers.items[0], happening=tale.happenings.items[0])
                yield "most popular", *one
            case 1:
                yield "popular story", *inventor.article(inventor.tales.items[n % 3])
            case 2:
                yield "any story", *inventor.article(inventor.dice.choice(inventor.tales.items))
            case _:
                yield "new story", *inventor.article(inventor.new_tale())
