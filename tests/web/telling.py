"""A case told by hand: articles a sentence at a time, and how what is said in them compares."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Alias,
    Block,
    BlockKind,
    Comparison,
    Document,
    Entity,
    Event,
    EventFrame,
    Factuality,
    Link,
    Mention,
    Origin,
    Place,
    PlacePrecision,
    Precision,
    Question,
    Relation,
    RelationType,
    Relay,
    Slot,
    Span,
    Statement,
    Value,
    When,
)
from quoth.web.snapshot import Snapshot


def day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


class Told:
    """Writes articles and statements, and makes a snapshot of them."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.statements: dict[str, Statement] = {}
        self.origins: dict[str, Origin] = {}
        self.entities: dict[str, Entity] = {}
        self.speaker_of: dict[str, str] = {}
        self.questions: list[Question] = []

    def article(self, id: str, outlet: str | None, published: str | None, *relays: str) -> str:
        self.documents[id] = Document(
            id=id, sha256=id * 8, text="", blocks=(), file=f"{id}.txt", outlet=outlet, title=f"Title of {id}",
            published=day(published), relays=tuple(Relay(name=name) for name in relays),
        )  # fmt: skip
        return id

    def says(
        self,
        id: str,
        article: str,
        who: str,
        words: str,
        *,
        kind: AgentKind = AgentKind.PERSON,
        said: str | None = None,
        act: Act = Act.ASSERT,
        factuality: Factuality = Factuality.CERTAIN,
        via: tuple[str, ...] = (),
        events: tuple[Event, ...] = (),
        by: str | None = None,
    ) -> Statement:
        """One sentence: "who said: words."  `by`: the name of the entity that speaks, `who` unless it is anonymous."""
        document = self.documents[article]
        start = len(document.text)
        text = document.text + f"{who} said: {words}.\n"
        content = Span(start + len(who) + 7, start + len(who) + 7 + len(words))
        sentence = Span(start, len(text) - 1)
        blocks = (*document.blocks, Block(sentence, BlockKind.PARAGRAPH))
        self.documents[article] = replace(document, text=text, blocks=blocks)
        made = Statement(
            id=id,
            document_id=article,
            source=Agent.of(text, Span(start, start + len(who)), name=who, kind=kind),
            cue=Mention.of(text, Span(start + len(who) + 1, start + len(who) + 5)),
            content=Mention.of(text, content),
            said=When(earliest=day(said), latest=day(said)) if said else None,
            act=act,
            factuality=factuality,
            via=tuple(Relay(name=name) for name in via),
            events=events,
            context=sentence,
            pattern="by-hand",
        )
        self.statements[id] = made
        if kind in (AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY) or by:
            self.speaks(by or who, kind, id, who)
        return made

    def speaks(self, name: str, kind: AgentKind, statement: str, alias: str) -> None:
        entity = self.entities.get(name) or Entity(id=f"entity-{name}", name=name, kind=kind, aliases=())
        names = {a.name: a for a in entity.aliases}
        known = names.get(alias) or Alias(name=alias, rule="name", why="its name", statements=())
        names[alias] = replace(known, statements=(*known.statements, statement))
        self.entities[name] = replace(entity, aliases=tuple(names.values()))
        self.speaker_of[statement] = entity.id

    def origin(self, id: str, voice: str, *statements: str, links: tuple[tuple[str, str, str], ...] = ()) -> None:
        """`links`: parent, child and the article's id."""
        reported = tuple(dict.fromkeys(self.statements[s].document_id for s in statements))
        self.origins[id] = Origin(
            id=id, voice=voice, said=None, statements=statements, documents=reported,
            links=tuple(Link(parent=a, child=b, document_id=d) for a, b, d in links),
        )  # fmt: skip

    def question(self, id: str, text: str, slot: Slot, frame: EventFrame, *values: Value,
                 relations: tuple[Relation, ...] = ()) -> None:  # fmt: skip
        self.questions.append(
            Question(id=id, text=text, event=frame, slot=slot, values=values, relations=relations, wording=text)
        )

    def value(self, value: Any, text: str, *statements: str, label: str | None = None) -> Value:
        origins = dict.fromkeys(o.id for o in self.origins.values() if set(o.statements) & set(statements))
        return Value(
            value=value, text=text, statements=statements, origins=tuple(origins),
            voices=tuple(dict.fromkeys(self.statements[s].source.name for s in statements)),
            documents=tuple(dict.fromkeys(self.statements[s].document_id for s in statements)),
            factuality=Factuality.CERTAIN, label=label,
        )  # fmt: skip

    def snapshot(self, **more: Any) -> Snapshot:
        comparison = Comparison(
            questions=tuple(self.questions),
            origins=tuple(self.origins.values()),
            origin_of={s: origin.id for origin in self.origins.values() for s in origin.statements},
            entities=tuple(self.entities.values()),
            speaker_of=self.speaker_of,
        )
        return Snapshot(
            revision="by hand", documents=self.documents, statements=self.statements, comparison=comparison, **more
        )


class Make:
    """Small parts of statements."""

    @staticmethod
    def when(earliest: str | None, latest: str | None, text: str = "", precision: Precision = Precision.DAY) -> When:
        return When(earliest=day(earliest), latest=day(latest), text=text, precision=precision)

    @staticmethod
    def event(predicate: str = "deliver", time: When | None = None, **more: Any) -> Event:
        trigger = Mention(text=predicate, spans=(Span(0, 1),))
        return Event(predicate=predicate, predicate_class=predicate, trigger=trigger, time=time, **more)

    @staticmethod
    def place(name: str, country: str | None = None, at: tuple[float, float] | None = None, geonames: int | None = None,
              precision: PlacePrecision | None = PlacePrecision.CITY) -> Place:  # fmt: skip
        latitude, longitude = at or (None, None)
        return Place(
            text=name, spans=(Span(0, 1),), name=name, country=country, latitude=latitude, longitude=longitude,
            geonames=geonames, precision=precision,
        )  # fmt: skip

    @staticmethod
    def relation(a: str, b: str, type: RelationType, why: str = "because", rule: str = "by-hand") -> Relation:
        return Relation(a=a, b=b, type=type, why=why, rule=rule)
