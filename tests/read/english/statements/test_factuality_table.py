"""The design's table of act and factuality, row by row, in sentences of our own; and what stands beside its rows."""

from __future__ import annotations

import datetime

import pytest
from articles import article  # type: ignore[import-not-found]

from quoth.model import DistanceKind, Event, Statement
from quoth.read import reader_for

FRIDAY = datetime.date(2031, 3, 14)


def read(text: str) -> Statement:
    document = article(text, headline=False, published=FRIDAY, outlet="Daily Quill")
    [statement] = reader_for("en").read(document).statements
    return statement


@pytest.mark.parametrize(
    ("text", "act", "factuality"),
    [
        # X said they launched it
        ("The ministry said that the navy had launched the boat.", "assert", "CT+"),
        ("The minister said: “We launched the boat on Monday.”", "assert", "CT+"),
        # X confirmed, admitted
        ("The ministry confirmed that it had launched the boat.", "confirm", "CT+"),
        ("The ministry admitted that the boat had sunk.", "confirm", "CT+"),
        # X denied that they had it; nothing was moved, X said
        ("The minister denied that the navy had the boats.", "deny", "CT-"),
        ("No boats have been moved, the minister said.", "assert", "CT-"),
        ("The minister said the navy had not moved any boats.", "assert", "CT-"),
        ("The minister said the navy had failed to move the boats.", "assert", "CT-"),
        ("The minister said the navy stopped the boats from leaving.", "assert", "CT-"),
        # X plans to, will, is to; X promised
        ("The minister said the navy plans to move the boats in May.", "plan", "PR+"),
        ("The navy will move the boats in May, the minister said.", "plan", "PR+"),
        ("The navy is to move the boats in May, the minister said.", "plan", "PR+"),
        ("The minister promised to move the boats in May.", "promise", "PR+"),
        ("The boats will definitely be moved, the minister said.", "plan", "CT+"),
        ("The navy threatened to sink the boats.", "threaten", "PR+"),
        # X asked Y to; proposed that
        ("The mayor asked the navy to move the boats.", "request", "U"),
        ("The mayor called on the navy to move the boats.", "request", "U"),
        ("The mayor proposed that the boats be moved.", "propose", "U"),
        ("The mayor proposed moving the boats.", "propose", "U"),
        # could, may, it is possible that
        ("The boats could be moved in May, the minister said.", "assert", "PS+"),
        ("The minister said that the boats may have sunk.", "assert", "PS+"),
        ("It is possible that the boats have sunk, the minister said.", "assert", "PS+"),
        # likely, probably, expects
        ("The boats will probably be moved in May, the minister said.", "estimate", "PR+"),
        ("The minister said the boats were likely to be moved.", "estimate", "PR+"),
        ("The minister expects the boats to be moved in May.", "estimate", "PR+"),
        ("The minister believes that the boats have sunk.", "estimate", "PR+"),
        ("The mayor doubts that the boats were moved.", "estimate", "PR-"),
        # declined to say, did not specify, cannot verify
        ("The minister declined to say when the boats would be moved.", "decline", "U"),
        ("The ministry did not specify how many boats had sunk.", "decline", "U"),
        ("The navy could not verify whether the boats had sunk.", "decline", "U"),
        ("The minister refused to comment on whether the boats had sunk.", "decline", "U"),
        # neither sure nor unsure
        ("The mayor is not sure that the boats were moved.", "assert", "U"),
        ("The minister said he hoped the boats would be moved.", "assert", "U"),
        # conditional, counterfactual
        ("The bridge will close if it rains on Monday, the mayor said.", "assert", "PS+"),
        ("The minister said the boats would have sunk if the pumps had failed.", "assert", "CT-"),
        ("The minister said the boats would not have sunk if the pumps had worked.", "assert", "CT+"),
        # what a thing is made for
        ("The minister said the barge can carry forty cars.", "assert", "CT+"),
    ],
)
def test_act_and_factuality_of_the_table(text: str, act: str, factuality: str) -> None:
    statement = read(text)
    assert (statement.act.value, statement.factuality.value) == (act, factuality)


def test_claimed_is_certain_for_who_claims_and_distant_for_who_tells() -> None:
    statement = read("The mayor claimed that the boats had sunk.")
    assert statement.factuality.value == "CT+"
    assert statement.distance is not None
    assert statement.distance.kind is DistanceKind.DOUBT


def test_of_nested_sources_the_innermost_speaks_and_is_judged() -> None:
    text = (
        "The Post reported that, according to the Courier, secret documents revealed that the navy had sunk the boat."
    )
    statement = read(text)
    assert (statement.source.name, [relay.name for relay in statement.via]) == ("secret documents", ["Courier", "Post"])
    assert (statement.act.value, statement.factuality.value) == ("assert", "CT+")


def test_a_denial_that_somebody_tells_of_is_the_denier_s() -> None:
    statement = read("The mayor said the minister had denied that the boats sank.")
    assert (statement.source.name, [relay.name for relay in statement.via]) == ("minister", ["mayor"])
    assert (statement.act.value, statement.factuality.value) == ("deny", "CT-")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor denied having said that the boats had sunk.",
        "The mayor denied that the minister said the boats sank.",
    ],
)
def test_who_denies_that_it_was_said_leaves_open_what_was_said(text: str) -> None:
    statement = read(text)
    assert (statement.act.value, statement.factuality.value) == ("deny", "CT-")
    assert [(e.predicate, e.factuality.value) for e in statement.events] == [("say", "CT+"), ("sink", "U")]


def test_who_rejects_a_report_denies_what_it_says() -> None:
    statement = read("The mayor rejected reports that the boats had sunk.")
    assert (statement.act.value, statement.factuality.value) == ("deny", "CT-")
    assert statement.events[0].predicate == "sink"


def event(text: str, predicate: str) -> Event:
    return next(e for e in read(text).events if e.predicate == predicate)


@pytest.mark.parametrize(
    ("text", "predicate", "factuality"),
    [
        ("The firm said it had won a contract to supply the navy with boats.", "supply", "PR+"),
        ("The firm said the barge will carry a flag when it arrives on Monday.", "arrive", "PR+"),
        ("The firm said the barge carried a flag when it arrived on Monday.", "arrive", "CT+"),
        ("The minister said parliament rejected the proposal in October.", "propose", "CT+"),
        ("The minister said he would like to thank the crews.", "thank", "CT+"),
        ("The minister said the deal was said to be worth a fortune.", "worth", "PR+"),
        ("The minister said the boats would have sunk if the pumps had failed.", "fail", "CT-"),
    ],
)
def test_events_beside_the_main_one(text: str, predicate: str, factuality: str) -> None:
    assert event(text, predicate).factuality.value == factuality


def test_a_month_after_a_verb_is_no_part_of_it() -> None:
    assert read("The navy will move the boats in May, the minister said.").events[0].predicate == "move"
