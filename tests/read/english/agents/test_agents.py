"""Whom the words of an invented article name: each case asks for one word and expects its agent."""

from __future__ import annotations

import pytest
from naming import agent, at, read  # type: ignore[import-not-found]

from quoth.model import AgentKind, Span

PERSON, ORGANIZATION, COUNTRY, GROUP, DOCUMENT, ANONYMOUS, NARRATOR = (
    AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP, AgentKind.DOCUMENT,
    AgentKind.ANONYMOUS, AgentKind.NARRATOR,
)  # fmt: skip

PRESIDENTS = (
    "The president of Belarus, Alexander Lukashenko, met Emmanuel Macron in Minsk. Lukashenko praised French President "
    "Macron. The Belarusian leader said he had asked Mr Macron for help. The French president left on Friday."
)
SPOKESMEN = (
    "Mara Velic, the prime minister of Estonia, spoke on Monday. Her spokesman, Ivo Tarsk, gave no details. "
    "A spokeswoman for the Energy Ministry said it would publish a report. A Kremlin spokesman declined to comment. "
    "A spokesman for Velic agreed."
)
BODIES = (
    "The International Water Commission (IWC), which watches the river, said on Monday that it had seen no plans. "
    "The IWC urged both governments to talk. Ukraine's Defence Ministry denied the report. The ministry gave no "
    "details. Northgate Steel Inc. said the company would close two plants. Kyiv said its forces held the town."
)
HIDDEN = (
    "A U.S. official told reporters that the talks had failed. The official said he was tired. Two people familiar "
    "with the matter confirmed it. Analysts were surprised. Three people died in the protests, police said. "
    "They arrested a suspect. Secret documents showed the losses. They also named two banks."
)

OFFICES = (
    "St George's Hospital said that 20 people were hurt. The hospital was full. UN Secretary-General António Serra "
    "urged calm. Novaleaf chairman Otto Stern agreed. The UN chief was worried. Hungary's Viktor Nagy disagreed. "
    "Nagy's office gave no reason. "
    "The Israeli military said its troops were ready."
)


@pytest.mark.parametrize(
    ("text", "marked", "name", "kind", "country"),
    [
        (PRESIDENTS, "The *president", "Alexander Lukashenko", PERSON, "BY"),
        (PRESIDENTS, "Minsk. *Lukashenko", "Alexander Lukashenko", PERSON, "BY"),
        (PRESIDENTS, "The Belarusian *leader", "Alexander Lukashenko", PERSON, "BY"),
        (PRESIDENTS, "said *he", "Alexander Lukashenko", PERSON, "BY"),
        (PRESIDENTS, "Mr *Macron", "Emmanuel Macron", PERSON, "FR"),
        (PRESIDENTS, "The French *president", "Emmanuel Macron", PERSON, "FR"),
        (SPOKESMEN, "Mara *Velic", "Mara Velic", PERSON, "EE"),
        (SPOKESMEN, "*Her", "Mara Velic", PERSON, "EE"),
        (SPOKESMEN, "Her *spokesman", "Ivo Tarsk", PERSON, None),
        (SPOKESMEN, "A *spokeswoman", "Energy Ministry", ORGANIZATION, None),
        (SPOKESMEN, "said *it", "Energy Ministry", ORGANIZATION, None),
        (SPOKESMEN, "A Kremlin *spokesman", "Kremlin", ORGANIZATION, "RU"),
        (SPOKESMEN, "A *spokesman", "spokesman for Mara Velic", ANONYMOUS, "EE"),
        (BODIES, "International Water *Commission", "International Water Commission", ORGANIZATION, None),
        (BODIES, "*which", "International Water Commission", ORGANIZATION, None),
        (BODIES, "The *IWC", "International Water Commission", ORGANIZATION, None),
        (BODIES, "The *ministry", "Ukraine's Defence Ministry", ORGANIZATION, "UA"),
        (BODIES, "the *company", "Northgate Steel Inc.", ORGANIZATION, None),
        (BODIES, "*Kyiv", "Ukraine", COUNTRY, "UA"),
        (BODIES, "said *its", "Ukraine", COUNTRY, "UA"),
        (HIDDEN, "A U.S. *official", "U.S. official", ANONYMOUS, "US"),
        (HIDDEN, "The *official", "U.S. official", ANONYMOUS, "US"),
        (HIDDEN, "Two *people", "people familiar with the matter", ANONYMOUS, None),
        (HIDDEN, "*Analysts", "Analysts", GROUP, None),
        (HIDDEN, "Three *people", "people", GROUP, None),
        (HIDDEN, "*police", "police", ORGANIZATION, None),
        (HIDDEN, "*They", "police", ORGANIZATION, None),
        (HIDDEN, "Secret *documents", "Secret documents", DOCUMENT, None),
        (HIDDEN, "losses. *They", "Secret documents", DOCUMENT, None),
        ("The Estonian government and the miners disagreed.", "Estonian *government", "Estonia", COUNTRY, "EE"),
        ("The survey irritated Rome and the Italian authorities.", "Italian *authorities", "Italy", COUNTRY, "IT"),
        (OFFICES, "St George's *Hospital", "St George's Hospital", ORGANIZATION, None),
        (OFFICES, "The *hospital", "St George's Hospital", ORGANIZATION, None),
        (OFFICES, "The UN *chief", "António Serra", PERSON, None),
        (OFFICES, "Hungary's Viktor *Nagy", "Viktor Nagy", PERSON, "HU"),
        (OFFICES, "Nagy's *office", "Viktor Nagy’s office", ORGANIZATION, "HU"),
        (OFFICES, "*its", "Israeli military", ORGANIZATION, "IL"),
        ("Officials left. Three of the miners said so.", "*Three", "miners", GROUP, None),
        ("Some of the residents had left.", "*Some", "residents", GROUP, None),
        ("It is likely that the bridge will close.", "*It", "It", None, None),
        ("Rescuers moved several large granite blocks.", "granite *blocks", "large granite blocks", None, None),
        ("Officials praised the new “Heron” river ferries.", "river *ferries", "new Heron river ferries", None, None),
    ],
)  # fmt: skip
def test_who_is_named(text: str, marked: str, name: str, kind: AgentKind | None, country: str | None) -> None:
    found = agent(text, marked)
    assert (found.name, found.kind, found.country) == (name, kind, country)


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        (
            "This was announced by Tomas Brandt, the State Secretary of Latvia’s Security Council, on May 28.",
            "Tomas *Brandt",
            "Tomas Brandt, the State Secretary of Latvia’s Security Council",
        ),
        ("An official close to the talks resigned.", "An *official", "An official close to the talks"),
        ("Police Chief Anna Kalnina, who arrived first, said so.", "Anna *Kalnina", "Police Chief Anna Kalnina"),
        ("According to the German daily Neue Hafen Zeitung, secret papers show it.", "Hafen *Zeitung",
         "the German daily Neue Hafen Zeitung"),
        ("A senior diplomat who asked not to be named left.", "senior *diplomat", "A senior diplomat"),
        ("Two people familiar with the talks agreed.", "Two *people", "Two people familiar with the talks"),
        ("Analysts at Hill Bank on Friday cut their forecasts.", "*Analysts", "Analysts at Hill Bank"),
        ("The World Ferry Council (WFC) agreed.", "Ferry *Council", "The World Ferry Council (WFC)"),
        ("The head of the rescue service, Petra Novak, said 12 people were hurt.", "The *head",
         "The head of the rescue service, Petra Novak"),
    ],
)  # fmt: skip
def test_the_words_of_a_phrase(text: str, marked: str, words: str) -> None:
    found = agent(text, marked)
    assert found.text == words
    assert found.spans == (Span(text.index(words), text.index(words) + len(words)),)


def test_surnames_of_two_persons_stay_apart_by_title() -> None:
    text = "Bill Ortega met Maria Ortega in Lima. Mrs Ortega left early. Mr Ortega stayed."
    assert agent(text, "Mrs *Ortega").name == "Maria Ortega"
    assert agent(text, "Mr *Ortega").name == "Bill Ortega"


def test_pronouns_agree_in_gender() -> None:
    text = "Anna Kalnina met Tomas Brandt in Riga. She said the talks were useful. He disagreed."
    assert agent(text, "*She").name == "Anna Kalnina"
    assert agent(text, "*He").name == "Tomas Brandt"


def test_who_is_called_she_is_a_person() -> None:
    text = "Orlova said on Wednesday that the port was safe. She said that the ships would stay."
    assert agent(text, "*She").name == "Orlova"
    assert agent(text, "*Orlova").kind is PERSON


def test_a_role_that_two_bear_is_nobodys() -> None:
    text = (
        "The French minister Paul Laurent and the German minister Jonas Weber met. "
        "Laurent and Weber signed. The minister smiled."
    )
    assert agent(text, "The *minister").name == "minister"


def test_the_speaker_is_i_and_not_he() -> None:
    text = "“I told Brandt that he must go,” Karl Vogt said after Tomas Brandt left."
    people, parses = read(text)
    speaker = people.agent(*at(parses, text, "Karl *Vogt"))
    assert speaker.name == "Karl Vogt"
    said = people.agent(*at(parses, text, "“*I"), speaker=speaker)
    assert (said.name, said.text, said.why) == ("Karl Vogt", "I", "'I' is the speaker: Karl Vogt")
    assert people.agent(*at(parses, text, "that *he"), speaker=speaker).name == "Tomas Brandt"


def test_we_in_the_narration_is_the_outlet() -> None:
    found = agent("The mayor told us that the harbour was full.", "told *us", outlet="The Valley Herald")
    assert (found.name, found.kind) == ("Valley Herald", NARRATOR)


def test_a_headline_in_capitals_names_those_of_the_article() -> None:
    text = "Velic Warns Harbour Workers\nMara Velic warned the workers. Velic said the harbour would close."
    assert agent(text, "*Velic", headline=True).name == "Mara Velic"


def test_every_merge_has_its_reason() -> None:
    people, parses = read(PRESIDENTS)
    for parse in parses:
        for token in parse.tokens:
            if token.dep_ in {"nsubj", "dobj", "poss"}:
                found = people.agent(parse, token.i)
                assert found.why or found.name in found.text, found


def test_metonymy_says_what_the_name_stands_for() -> None:
    assert agent(BODIES, "*Kyiv").why == "'Kyiv' stands for the government of Ukraine"


def test_a_product_is_no_person() -> None:
    text = "The Heron is a ferry. Brandt praised the Heron on Monday. Heron ferries are slow. Tomas Brandt owns one."
    assert agent(text, "praised the *Heron").kind is not PERSON
    assert agent(text, "*Brandt").name == "Tomas Brandt"
