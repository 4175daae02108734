"""Codes, days and intervals in words that a reader needs no key for."""

from __future__ import annotations

import calendar
import datetime
import re

from quoth.model import (
    Act,
    AgentKind,
    AnyRange,
    Assessment,
    Basis,
    Credibility,
    DistanceKind,
    Factuality,
    Number,
    QuoteType,
    RelationType,
    Reliability,
    Slot,
    SourceGrade,
    SourceRole,
    When,
)

MONTHS = tuple(calendar.month_name)

CERTAINTY = {
    Factuality.CERTAIN: "certain",
    Factuality.PROBABLE: "probable",
    Factuality.POSSIBLE: "possible",
    Factuality.CERTAINLY_NOT: "certainly not",
    Factuality.PROBABLY_NOT: "probably not",
    Factuality.POSSIBLY_NOT: "possibly not",
    Factuality.UNKNOWN: "left open",
}
CERTAINTY_MEANS = {
    Factuality.CERTAIN: "the source presents it as fact",
    Factuality.PROBABLE: "the source plans, promises, expects or thinks it likely",
    Factuality.POSSIBLE: "the source says that it may or could be",
    Factuality.CERTAINLY_NOT: "the source presents it as not so",
    Factuality.PROBABLY_NOT: "the source thinks it unlikely",
    Factuality.POSSIBLY_NOT: "the source says that it may not be",
    Factuality.UNKNOWN: "the source asks, proposes or declines to say: it takes no stand on whether it is so",
}
ACT = {
    Act.ASSERT: "says",
    Act.DENY: "denies",
    Act.CONFIRM: "confirms",
    Act.PLAN: "plans",
    Act.REQUEST: "asks for",
    Act.PROPOSE: "proposes",
    Act.PROMISE: "promises",
    Act.THREATEN: "threatens",
    Act.ESTIMATE: "estimates",
    Act.DECLINE: "declines to say",
}
KIND = {
    AgentKind.PERSON: "person",
    AgentKind.ORGANIZATION: "organization",
    AgentKind.COUNTRY: "government",
    AgentKind.GROUP: "group",
    AgentKind.DOCUMENT: "document",
    AgentKind.ANONYMOUS: "not named",
    AgentKind.UNATTRIBUTED: "nobody named as the source",
    AgentKind.NARRATOR: "the outlet in its own voice",
}
QUOTE = {
    QuoteType.DIRECT: "direct quotation",
    QuoteType.INDIRECT: "reported speech",
    QuoteType.MIXED: "reported speech with quoted words",
    QuoteType.NONE: "no quotation",
}
DISTANCE = {
    DistanceKind.DOUBT: "the report keeps its distance",
    DistanceKind.HEARSAY: "the report marks it as hearsay",
}
SLOT = {
    Slot.TIME: "when",
    Slot.QUANTITY: "how many",
    Slot.PLACE: "where",
    Slot.AGENT: "who",
    Slot.POLARITY: "whether",
}
RELATION = {
    RelationType.SAME: "report one utterance",
    RelationType.AGREE: "agree",
    RelationType.REFINE: "is made more exact by",
    RelationType.CONTRADICT: "contradicts",
    RelationType.TENSION: "is in tension with",
    RelationType.SUPERSEDE: "is superseded by",
    RelationType.DENY: "is denied by",
    RelationType.SCOPE: "differs in scope from",
}
RELATION_HEADING = {
    RelationType.CONTRADICT: "Contradiction",
    RelationType.DENY: "Denial",
    RelationType.TENSION: "Tension",
    RelationType.SUPERSEDE: "Superseded",
    RelationType.SCOPE: "Different scope",
    RelationType.REFINE: "Refinement",
    RelationType.AGREE: "Agreement",
    RelationType.SAME: "Same utterance",
}


RELATION_MEANS = {
    RelationType.CONTRADICT: "both cannot be true: the times, numbers or answers given exclude each other",
    RelationType.DENY: "one says that it is not so, or was not said",
    RelationType.TENSION: "they pull apart, yet both may be true",
    RelationType.SUPERSEDE: "a later word, or a later stage of the same process, takes the place of an earlier one",
    RelationType.SCOPE: "they do not speak of the same thing, or do not count it in the same way",
    RelationType.REFINE: "one says the same more exactly",
    RelationType.AGREE: "both can be true and are about the same",
    RelationType.SAME: "two reports of one utterance",
}
RELIABILITY = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.CANNOT_BE_JUDGED: "reliability cannot be judged",
}
CREDIBILITY = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "truth cannot be judged",
}
"""The wording of NATO STANAG 2511, for both."""
SOURCE_ROLE = {SourceRole.VOICE: "who says it", SourceRole.OUTLET: "who reports it"}


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 report`, `3 reports`, `12,000 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def rating(rated: SourceGrade) -> str:
    """`usually reliable, about ferries; rated by ana`."""
    about = f", about {rated.topic}" if rated.topic else ""
    return f"{RELIABILITY[rated.grade]}{about}; rated by {rated.by}"


def sides(assessed: Assessment) -> str:
    """`Estra and Norland; no side declared for Ida Solberg`; empty in a case that declares no side."""
    told = [listed(list(assessed.sides))] if assessed.sides else []
    if assessed.no_side:
        told.append(f"no side declared for {listed(list(assessed.no_side))}")
    return "; ".join(told)


def day(date: datetime.date) -> str:
    """`4 March 2031`."""
    return f"{date.day} {MONTHS[date.month]} {date.year}"


def _whole(first: datetime.date, last: datetime.date) -> str | None:
    """The name of a stretch that is exactly a year, a half, a quarter or a month."""
    if first.day != 1 or first.year != last.year or last.day != calendar.monthrange(last.year, last.month)[1]:
        return None
    names = {(1, 12): "", (1, 6): "first half of ", (7, 12): "second half of "}
    names |= {
        (3 * q - 2, 3 * q): f"{word} quarter of " for q, word in enumerate(("first", "second", "third", "fourth"), 1)
    }
    if first.month == last.month:
        return f"{MONTHS[first.month]} {first.year}"
    name = names.get((first.month, last.month))
    return None if name is None else f"{name}{first.year}"


def interval(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    """`4 March 2031`, `March 2031`, `3 to 5 March 2031`, `by 31 December 2032`, `from 1 July 2031`."""
    if earliest is None and latest is None:
        return "not known"
    if earliest is None:
        return f"by {day(latest)}" if latest else ""
    if latest is None:
        return f"from {day(earliest)}"
    if earliest == latest:
        return day(earliest)
    whole = _whole(earliest, latest)
    if whole:
        return whole
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day} to {day(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {MONTHS[earliest.month]} to {day(latest)}"
    return f"{day(earliest)} to {day(latest)}"


def number(value: Number) -> str:
    """`12,000`, `1.5`."""
    return f"{value:,}"


def number_range(low: Number | None, high: Number | None) -> str:
    """`6`, `2 to 12`, `2 or more`, `up to 800,000`."""
    if low is None and high is None:
        return "no number"
    if low is None:
        return f"up to {number(high)}" if high is not None else ""
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def answer(value: AnyRange | str | None) -> str | None:
    """A question's value, spelled out; None where the value is withheld or only implied."""
    if value is None or isinstance(value, str):
        return value
    low, high = value
    if isinstance(low, datetime.date) or isinstance(high, datetime.date):
        assert not isinstance(low, int | float)
        assert not isinstance(high, int | float)
        return interval(low, high)
    return None if low is None and high is None else number_range(low, high)


def spelled(value: AnyRange | str | None, text: str) -> str:
    """What `answer` adds to an answer's own words; empty where it adds nothing."""
    told = answer(value) or ""
    return "" if set(_tokens(told)) <= set(_tokens(text)) else told


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def said(when: When | None) -> str:
    """When something was said, and what that rests on where it is not stated."""
    if when is None or (when.earliest is None and when.latest is None):
        return f"day not known (“{when.text}”)" if when and when.text else "day not known"
    about = "about " if when.approximate else ""
    spelled = about + interval(when.earliest, when.latest)
    if when.basis is Basis.PUBLICATION:
        return f"{spelled} (day of publication)"
    return spelled
