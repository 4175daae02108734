"""Which events are announced: held out for a time after the day on which somebody said so."""

from __future__ import annotations

import datetime

from quoth.model import Act, Event, Factuality, Polarity, Precision

INTENDED = frozenset({Act.PLAN, Act.PROMISE, Act.REQUEST, Act.PROPOSE, Act.THREATEN, Act.ESTIMATE})
STATED = frozenset({Act.ASSERT, Act.CONFIRM})
NOT_SO = frozenset({Factuality.CERTAINLY_NOT, Factuality.PROBABLY_NOT, Factuality.POSSIBLY_NOT})


def announces(event: Event, act: Act, said: datetime.date | None) -> bool:
    """Whether a time lies after the day on which it was said, and the event is held out for it.

    What is plainly stated has to lie after that day as a whole: "in 2025" may be the part of the year that is over.
    """
    time = event.time
    if time is None or said is None or event.polarity is Polarity.NEGATIVE or event.factuality in NOT_SO:
        return False
    end = time.latest or time.earliest
    if end is None or end <= said:
        return False
    if act in INTENDED or (act in STATED and event.factuality is not Factuality.CERTAIN):
        return True
    ahead = time.earliest is not None and time.earliest > said
    return act in STATED and ahead and time.precision is not Precision.MINUTE
