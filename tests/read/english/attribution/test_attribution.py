"""Attributions by construction: who (head word), by which cue, with which content."""

from __future__ import annotations

import pytest
from finding import read, triple  # type: ignore[import-not-found]

from quoth.model import words_of

CASES = [
    # indirect speech
    ("The mayor said that the bridge would reopen in May.", "mayor", "said", "that the bridge would reopen in May"),
    ("The bridge will reopen in May, the mayor said.", "mayor", "said", "The bridge will reopen in May"),
    ("The bridge, the mayor said on Monday, will reopen in May.", "mayor", "said", None),
    ("Orlova told reporters the talks had failed.", "Orlova", "told", "the talks had failed"),
    # direct speech
    ("“We will not sell the port,” Orlova said.", "Orlova", "said", "We will not sell the port,"),
    ("“We will not sell the port,” said Maria Orlova, the minister.", "Orlova", "said", "We will not sell the port,"),
    ('Orlova said: "We will not sell the port."', "Orlova", "said", "We will not sell the port."),
    ("The minister was blunt: “Nobody will sell the port.”", "minister", "was :", "Nobody will sell the port."),
    # phrases
    ("According to the ministry, nine people were hurt.", "ministry", "According to", "nine people were hurt"),
    ("Nine people were hurt, according to the ministry.", "ministry", "according to", "Nine people were hurt"),
    # passives
    ("The plan was described by Orlova as a disaster.", "Orlova", "described", "a disaster"),
    ("The step is seen as a warning to the union.", None, "seen", "a warning to the union"),
    ("It was announced by Orlova that the port would close.", "Orlova", "announced", "that the port would close"),
    # nouns
    ("Orlova’s claim that the port is safe has angered the union.", "Orlova", "claim", "that the port is safe"),
    (
        "A request from Orlova to the union in May to end the strike failed yesterday.",
        "Orlova",
        "request",
        "to end the strike",
    ),
    # requests, promises, denials, refusals
    ("Orlova asked the union to end the strike.", "Orlova", "asked", "to end the strike"),
    ("The union promised to end the strike.", "union", "promised", "to end the strike"),
    ("Orlova denied that the port had been sold.", "Orlova", "denied", "that the port had been sold"),
    ("The union rejected the offer of talks.", "union", "rejected", "the offer of talks"),
    ("The ministry did not specify how many would come.", "ministry", "did not specify", "how many would come"),
    ("The ministry declined to say when the port would open.", "ministry", "declined", None),
    ("The union called for an end to the talks.", "union", "called for", "an end to the talks"),
    ("Where the port will be, Orlova did not say.", "Orlova", "did not say", "Where the port will be"),
    ("Orlova called on the union to end the strike.", "Orlova", "called", "to end the strike"),
    ("Orlova pleaded not guilty to both counts.", "Orlova", "pleaded", "not guilty to both counts"),
    ("Orlova is accused of taking money from the yard.", None, "accused", "taking money from the yard"),
    ("The claim was dismissed by Orlova as “a lie”.", "Orlova", "dismissed", None),
    (
        "The coast guard put the number of dead at nine, with four still missing.",
        "guard",
        "put",
        "the number of dead at nine … with four still missing",
    ),
    ("The judge ruled that the memo was admissible.", "judge", "ruled", "that the memo was admissible"),
    # who speaks behind a dash
    ("“They had the report that afternoon.” — Anna Orlova, Harbour Board", "Orlova", "—", None),
    # relays
    ("Northwire quoted Orlova as saying that it was safe.", "Orlova", "quoted as saying", "that it was safe"),
    # joined verbs
    (
        "Orlova proposed that the union oversee it until the crews are trained and promised that nobody would go.",
        "Orlova",
        "promised",
        "that nobody would go",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_who_said_what(text: str, source: str | None, cue: str, content: str | None) -> None:
    found = [triple(f, text) for f in read(text)]
    assert any(s == source and c == cue and (content is None or w == content) for s, c, w in found), found


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Ministry: port to close in May", "Ministry", "port to close in May"),
        ("Port to close in May — Ministry", "Ministry", "Port to close in May"),
        ("Orlova says port will close in May", "Orlova", "port will close in May"),
    ],
)
def test_headlines_speak_without_a_verb(text: str, source: str, content: str) -> None:
    [found] = read(text + "\nMore follows here.", headline=True)
    assert triple(found, text)[0] == source
    assert triple(found, text)[2] == content


def test_a_split_quotation_is_one_attribution() -> None:
    text = "“We will not sell the port,” Orlova said. “It belongs to the town.”"
    [found] = read(text)
    assert triple(found, text)[2] == "We will not sell the port, … It belongs to the town."


def test_a_speaker_carries_over_to_the_next_paragraph_of_quotation() -> None:
    text = "“We will not sell the port,” Orlova said.\n“It belongs to the town and to its people.”"
    [found] = read(text)
    assert triple(found, text)[0] == "Orlova"
    assert triple(found, text)[2] == "We will not sell the port, … It belongs to the town and to its people."


def test_the_outermost_speaker_carries_over() -> None:
    text = "Orlova said that some critics had predicted a sale.\n“The port belongs to the town and to its people.”"
    carrying = [f for f in read(text) if words_of(text, f.content).endswith("its people.")]
    assert [triple(f, text)[0] for f in carrying] == ["Orlova"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“Sell it, and the town goes too.” ― Maria Orlova", "Orlova", "―", "Sell it, and the town goes too.”"),
        ('"ORLOVA: We will not sell, whatever they say.', "ORLOVA", ":", "We will not sell, whatever they say"),
        ("Orlova added:\nThe port belongs to the town.", "Orlova", "added :", "The port belongs to the town."),
        ("Orlova added:\n“The port belongs to the town.”", "Orlova", "added :", "The port belongs to the town."),
        ("No port at all, Orlova says.", "Orlova", "says", "No port at all"),
        ("“We will never sell the port!” Orlova said on Monday.", "Orlova", "said", "We will never sell the port!"),
    ],
)  # fmt: skip
def test_speech_set_off_by_marks(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in [triple(f, text) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Orlova is confident that the port will reopen.", "Orlova", "is confident", "that the port will reopen"),
        ("The union was worried about the sale of the port.", "union", "was worried about", "the sale of the port"),
        ("The union plans to end the strike.", "union", "plans", "to end the strike"),
        ("The union opposes the sale of the port.", "union", "opposes", "the sale of the port"),
        ("The union endorsed the plan on Monday.", "union", "endorsed", "the plan"),
        ("Orlova proposed selling the port.", "Orlova", "proposed", "selling the port"),
        ("Orlova voiced opposition to the sale of the port.", "Orlova", "voiced opposition", "the sale of the port"),
        ("Orlova announced plans to sell the port.", "Orlova", "announced plans", "to sell the port"),
        ("Orlova repeated her claim that the port is safe.", "Orlova", "repeated claim", "that the port is safe"),
        ("The ministry issued a note saying that the port is safe.", "ministry", "saying", "that the port is safe"),
        ("Orlova hoped that the port would reopen.", "Orlova", "hoped", "that the port would reopen"),
        ("In a survey, most residents wanted a new port.", "survey", "In", "most residents wanted a new port"),
    ],
)  # fmt: skip
def test_attitudes_and_nouns(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in [triple(f, text) for f in read(text)]


def test_a_relative_pronoun_points_at_no_sentence_before() -> None:
    text = "The port will close in May. It is a case that Orlova has announced for months."
    assert not [f for f in read(text) if f.pattern.startswith("points back")]


def test_what_is_said_of_a_report_does_not_repeat_it() -> None:
    text = "The port will close in May. Orlova called the report plausible."
    assert not [f for f in read(text) if f.pattern.startswith("points back")]


def test_a_sentence_that_points_back_takes_the_sentence_before_as_content() -> None:
    text = "The port will close in May. This was announced by Orlova on Monday."
    [found] = read(text)
    assert triple(found, text) == ("Orlova", "announced", "The port will close in May")


def test_a_speaker_inside_a_speaker_names_its_holder() -> None:
    text = "The Northern Herald reported that Orlova had promised to close the port."
    by_source = {triple(f, text)[0]: f for f in read(text)}
    assert by_source["Orlova"].outer is by_source["Herald"]


def test_according_to_does_not_swallow_a_document_that_reveals() -> None:
    text = "According to the daily Northern Herald, secret papers revealed that the port was sold."
    by_source = {triple(f, text)[0]: f for f in read(text)}
    assert triple(by_source["papers"], text)[2] == "that the port was sold"
    assert by_source["papers"].outer is by_source["Herald"]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge reopened in May.",
        "Read it.",
        "The report is long.",
        "He is known as the Bear of Orla.",
        "They met in order to count the boats.",
        "They have the right to oppose the sale.",
        "The bank might support the sale.",
        "They raised their offer for the port to nine million.",
    ],
)
def test_sentences_that_attribute_nothing_give_nothing(text: str) -> None:
    assert read(text) == []


def test_each_of_several_quotations_in_a_row_has_the_speaker_behind_it() -> None:
    text = "“We saw the water rise.” ― Ada Holm “Nobody rang the bell.” ― Ivo Brandl"
    assert [(s, w) for s, _, w in (triple(f, text) for f in read(text))] == [
        ("Holm", "We saw the water rise.”"),
        ("Brandl", "Nobody rang the bell.”"),
    ]
