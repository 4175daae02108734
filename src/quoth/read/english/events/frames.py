"""A trigger with all that is found out about it, still as tokens: what the steps of reading an event fill in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quoth.model import Phase, Place, Quantity, When
from quoth.read.dates import Tense
from quoth.read.english.events import syntax
from quoth.read.english.events.markers import Degree
from quoth.read.english.events.participants import Participants, participants
from quoth.read.english.events.predicates import class_of, event_noun
from quoth.read.english.events.tenses import tense
from quoth.read.english.events.triggers import Trigger
from quoth.read.english.tokens import Token

_PHASES = {"begin": Phase.BEGIN, "continue": Phase.CONTINUE, "finish": Phase.COMPLETE, "stop": Phase.STOP}


@dataclass
class Frame:
    """Who takes part, and the tense, are found when they are asked for: most contents give no time, many are not read
    on."""

    trigger: Trigger
    degree: Degree
    phase: Phase
    above: Token | None
    """The word whose complement the event is (`factuality.governor`), if that lies in the content."""
    time: When | None = None
    place: Place | None = None
    quantity: Quantity | None = None

    @property
    def at(self) -> int:
        return self.trigger.token.i

    @cached_property
    def roles(self) -> Participants:
        return participants(self.trigger)

    @property
    def tense(self) -> Tense:
        return tense(self.trigger.token)


def phase(above: Token | None) -> Phase:
    """BEGIN for what "began" governs, and "the start of"; WHOLE for most."""
    if above is None:
        return Phase.WHOLE
    noun = event_noun(syntax.lemma(above)) if above.pos_ == "NOUN" else None
    found = class_of(noun.predicate if noun is not None else syntax.lemma(above))
    return _PHASES.get(found.name, Phase.WHOLE) if found is not None else Phase.WHOLE
