"""The working draft of one article that the English components pass on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from quoth.model import Agent, Document, Note, Statement
from quoth.read.english.agents import Cast
from quoth.read.english.attribution import Found
from quoth.read.english.attribution.learned.network import Network
from quoth.read.english.parse import Layers, Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token


@dataclass(slots=True)
class Draft:
    """`layers` is keyed by a parse's identity; each component fills in what it declares to assign."""

    document: Document
    passages: tuple[Passage, ...]
    network: Network | None = None
    layers: dict[int, Layers] = field(default_factory=dict)
    cast: Cast | None = None
    found: list[Found] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def reference(self) -> datetime.date | None:
        """The day that relative dates count from."""
        return self.document.published

    @property
    def parses(self) -> list[Parse]:
        return [parse for passage in self.passages for parse in passage.parses]

    def of(self, parse: Parse) -> Layers:
        return self.layers[id(parse)]

    def agent(self, parse: Parse, head: int, speaker: Agent | None = None) -> Agent:
        """Who the noun phrase or pronoun at token `head` names."""
        assert self.cast is not None
        return self.cast.agent(parse, head, speaker=speaker)

    def agent_of(self, token: Token, parse: Parse, speaker: Agent | None = None) -> Agent | None:
        return self.agent(parse, token.i, speaker) if token.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"} else None
