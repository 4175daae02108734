"""Attributions by construction: who (head word), by which cue, with which content."""

from __future__ import annotations

import pytest
from articles import article  # type: ignore[import-not-found]

from quoth.model import words_of
from quoth.read.english.attribution import Found, attributions
from quoth.read.english.pipeline import parse_all


def read(text: str, headline: bool = False) -> list[Found]:
    [(_, passages)] = parse_all([article(text, headline=headline)])
    return attributions(passages)


def triple(found: Found, text: str) -> tuple[str | None, str, str]:
    source = None if found.source is None else found.source_parse.doc[found.source].text
    cue = " ".join(found.parse.doc[i].text for i in sorted(found.cue))
    return source, cue, words_of(text, found.content)


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
    first, second = read(text)
    assert triple(second, text)[0] == "Orlova"
    assert second.pattern == "carried over"
    assert first.cue
    assert not second.cue


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
    ["The bridge reopened in May.", "Read it.", "The report is long.", "He is known as the Bear of Orla."],
)
def test_sentences_that_attribute_nothing_give_nothing(text: str) -> None:
    assert read(text) == []
