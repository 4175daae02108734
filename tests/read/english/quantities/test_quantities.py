from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from quoth.model import Counting
from quoth.read.english import times
from quoth.read.english.pipeline import load
from quoth.read.english.quantities import QuantityKind, QuantityWords, find
from quoth.read.english.tokens import Doc


@cache
def model() -> Language:
    return load()


def read(text: str) -> dict[str, QuantityWords]:
    """The quantities of a sentence by their words."""
    doc = Doc(model()(text))
    found = find(doc, [(e.start, e.end) for e in times.find(text)])
    return {doc.span(q.first, q.stop).text: q for q in found}


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("Minsk plans to deploy 10 Oreshnik missile systems.", "10", 10, 10, "missile systems"),
        ("Minsk plans to deploy multiple Oreshnik missile systems.", "multiple", 2, None, "missile systems"),
        ("Minsk plans to deploy multiple “Oreshnik” missile systems.", "multiple", 2, None, "missile systems"),
        ("It will station up to 90,000 NATO troops there.", "up to 90,000", None, 90000, "troops"),
        ("They own only a handful of the missiles.", "a handful", 2, 12, "missiles"),
        ("No warheads have been moved.", "No", 0, 0, "warheads"),
        ("Not one soldier will go.", "Not one", 0, 0, "soldiers"),
        ("Not a single boat has come.", "Not a single", 0, 0, "boats"),
        ("There is not a single boat in the port.", "not a single", 0, 0, "boats"),
        ("No more prisoners would leave.", "No", 0, 0, "prisoners"),
        ("They handed over six boats.", "six", 6, 6, "boats"),
        ("The bill could reach $18-million.", "$18-million", 18000000, 18000000, "USD"),
        ("They fired an Oreshnik missile at the city.", "an", 1, 1, "missiles"),
        ("It bought one warship.", "one", 1, 1, "warships"),
        ("The firm will pay $4.2 billion for its rival.", "$4.2 billion", 4200000000, 4200000000, "USD"),
        ("Turnout was 65.2 percent.", "65.2 percent", 65.2, 65.2, "percent"),
        ("The merger cost hundreds of millions of euros.", "hundreds of millions", 200000000, None, "EUR"),
        ("It sold between 20 and 30 low-income homes.", "between 20 and 30", 20, 30, "low-income homes"),
        ("Both pilots landed.", "Both", 2, 2, "pilots"),
        ("A 12-member panel met.", "12", 12, 12, "members"),
        ("A 40-mile stretch was closed.", "40", 40, 40, "miles"),
        ("The fine was USD 5 million.", "USD 5 million", 5000000, 5000000, "USD"),
        (
            "It is worth between $3 billion and $4 billion.",
            "between $3 billion and $4 billion",
            3 * 10**9,
            4 * 10**9,
            "USD",
        ),
        ("The firm employs 1.5m people.", "1.5m", 1500000, 1500000, "people"),
        ("A score of men were seen.", "A score", 20, 20, "men"),
        ("Few survivors were found.", "Few", 1, None, "people"),
        ("The plane carried six crew.", "six", 6, 6, "crew"),
        ("Flight 370 vanished with 239 people aboard.", "239", 239, 239, "people"),
    ],
)
def test_how_many_of_what(text: str, words: str, low: float | None, high: float | None, unit: str) -> None:
    found = read(text)[words]
    assert (found.min, found.max, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("At least 12 people were killed.", "At least 12", "killed"),
        ("The flood killed 45 people.", "45", "killed"),
        ("The blast left 12 missing.", "12", "missing"),
        ("The death toll rose to 51.", "51", "killed"),
        ("Some 30 injuries were reported.", "Some 30", "wounded"),
        ("Tens of thousands of people fled.", "Tens of thousands", "displaced"),
        ("Police detained over 100 protesters.", "over 100", "detained"),
        ("Dozens were injured.", "Dozens", "wounded"),
        ("Officials put the number of wounded at 48.", "48", "wounded"),
        ("The town has 300 schools.", "300", None),
    ],
)
def test_the_state_that_is_counted(text: str, words: str, state: str | None) -> None:
    assert read(text)[words].counted == state


@pytest.mark.parametrize(
    ("text", "words", "counting"),
    [
        ("The town has 300 schools.", "300", Counting.TOTAL),
        ("Another 1,500 soldiers arrived.", "Another 1,500", Counting.INCREMENT),
        ("Twelve more people were injured.", "Twelve more", Counting.INCREMENT),
        ("40 of the 300 passengers drowned.", "40", Counting.PART),
        ("Of the 300 passengers, 40 were hurt.", "40", Counting.PART),
        ("Two-thirds of the army fled.", "Two-thirds", Counting.PART),
        ("Guards stopped 32 of 40 trucks.", "32", Counting.PART),
        ("Exports fell by a third.", "a third", Counting.CHANGE),
        ("They paid $5 million each.", "$5 million", Counting.EACH),
        ("Prices rose by 10%.", "10%", Counting.CHANGE),
        ("It was a 10% increase.", "10%", Counting.CHANGE),
        ("Its output doubled.", "doubled", Counting.CHANGE),
        ("Sales fell to $4 billion.", "$4 billion", Counting.TOTAL),
    ],
)
def test_in_which_way_it_is_counted(text: str, words: str, counting: Counting) -> None:
    assert read(text)[words].counting is counting


def test_the_whole_of_a_part_is_not_what_was_counted() -> None:
    found = read("40 of the 300 passengers drowned.")
    assert found["40"].counted == "killed"
    assert found["300"].counted is None


def test_from_one_number_to_another_is_a_change_and_no_range() -> None:
    assert set(read("The toll rose from 8 to 12.")) == {"8", "12"}


def test_a_time_after_a_number_is_not_what_it_counts() -> None:
    assert read("The toll climbed to 212, up from 189 a day earlier.")["189"].unit != "days"


def test_several_numbers_of_one_sentence() -> None:
    found = read("At least 12 people were killed and 30 wounded.")
    assert {w: (q.min, q.max, q.counted) for w, q in found.items()} == {
        "At least 12": (12, None, "killed"),
        "30": (30, 30, "wounded"),
    }


def test_kinds_tell_articles_from_numerals() -> None:
    found = read("A drone hit 3 tanks and several trucks, but no soldiers were hurt.")
    assert {w: q.kind for w, q in found.items()} == {
        "A": QuantityKind.ARTICLE,
        "3": QuantityKind.NUMERAL,
        "several": QuantityKind.VAGUE,
        "no": QuantityKind.NONE,
    }


@pytest.mark.parametrize(
    "text",
    [
        "The S-300 and the F-16 fall under Article 5 and Resolution 1701.",
        "The Boeing 737 took off in 2025.",
        "It was signed on May 5, 2025, at 10:30.",
        "John Smith, 45, said so.",
        "She was the 3rd to leave.",
        "He had a plan to make a move.",
        "He did not say how many systems will come.",
        "There was no doubt, and no one left.",
        "The Group of Seven met.",
        "Call 020-7946-0958 or see No. 3.",
        "The 2024 elections were both free and fair.",
        "The trial lasted for two years.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text", ["A lead by 5 points.", "Bigger by 12.", "Up by 3 percent, a first.", "Goals by 9 players"]
)
def test_a_number_that_no_verb_governs_is_still_read(text: str) -> None:
    assert all(quantity.min is not None for quantity in read(text).values())


def test_the_hour_of_an_entry_is_no_quantity() -> None:
    assert list(read("09.35 Six boats are in place.")) == ["Six"]


@pytest.mark.parametrize(
    ("text", "words", "per"),
    [
        ("They will get 5,000 crowns per month.", "5,000", "month"),
        ("Output doubled to 4,000 cars a year.", "4,000", "year"),
        ("Oil costs $60 a barrel.", "$60", "barrel"),
        ("Speeds of 80 kilometers per hour were measured.", "80", "hour"),
        ("They will get 5,000 crowns.", "5,000", None),
        ("They gave 12 boats a coat of paint.", "12", None),
    ],
)
def test_what_a_number_is_for_each_of(text: str, words: str, per: str | None) -> None:
    assert read(text)[words].per == per


@pytest.mark.parametrize(
    "text",
    [
        "Flight 370 vanished.",
        "Article 5 was invoked.",
        "Room 12 was empty.",
        "Its new 640 tractor sold well.",
        "The 747 jet landed.",
        "She earned a six-figure sum.",
        "The Try 5 trophy was his.",
    ],
)
def test_numbers_that_are_names_count_nothing(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Health officials reported 236 confirmed cases on Monday.", "236", "infected"),
        ("The court heard 236 cases on Monday.", "236", None),
        ("The ferry was carrying 112 passengers.", "112", "aboard"),
        ("The firm carried 112 spare parts.", "112", None),
        ("At least 131 people were aboard.", "At least 131", "aboard"),
    ],
)
def test_who_is_ill_and_who_is_aboard(text: str, words: str, state: str | None) -> None:
    assert read(text)[words].counted == state


@pytest.mark.parametrize(
    ("text", "words", "number", "unit", "counted"),
    [
        ("The ministry put the number of dead at 33.", "33", 33, "people", "killed"),
        ("Police gave the number of injured as 12.", "12", 12, "people", "wounded"),
        ("The mayor put the number of people aboard at some 160.", "some 160", 160, "people", "aboard"),
        ("She put the number of soldiers in the country at 12,000.", "12,000", 12000, "soldiers", None),
        ("She put the final count of confirmed cases at 281.", "281", 281, "confirmed cases", "infected"),
        ("Eleven people have fallen ill.", "Eleven", 11, "people", "infected"),
        ("Some 300 people have tested positive since Monday.", "Some 300", 300, "people", "infected"),
        ("Nine patients are in hospital.", "Nine", 9, "patients", "hospitalized"),
        ("There were 131 people on board.", "131", 131, "people", "aboard"),
        ("Nobody was killed.", "Nobody", 0, "people", "killed"),
        ("No one has been injured.", "No one", 0, "people", "wounded"),
        ("He said that nobody had lost his life.", "nobody", 0, "people", "killed"),
    ],
)
def test_quantities_of_a_state_in_other_words(
    text: str, words: str, number: int, unit: str, counted: str | None
) -> None:
    quantity = read(text)[words]
    assert (quantity.min, quantity.max, quantity.unit, quantity.counted) == (number, number, unit, counted)


def test_quantities_nobody_counts_only_a_state() -> None:
    assert read("Nobody warned the town.") == {}


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("Six others are still missing.", Counting.TOTAL),
        ("The blast killed four and wounded six others.", Counting.INCREMENT),
    ],
)
def test_quantities_others_who_are_so_are_all_of_them(text: str, counting: Counting) -> None:
    assert next(q for words, q in read(text).items() if words.lower().startswith("six")).counting is counting


@pytest.mark.parametrize(
    ("text", "words", "per"),
    [
        ("Each dose costs 11 euros.", "11 euros", "dose"),
        ("Every dose sets the taxpayer back 20 euros.", "20 euros", "dose"),
        ("It burns 40 million euros every single day.", "40 million euros", "day"),
        ("It costs 40 million euros a day.", "40 million euros", "day"),
        ("It costs 40 million euros.", "40 million euros", None),
    ],
)
def test_quantities_for_each_of_what(text: str, words: str, per: str | None) -> None:
    assert read(text)[words].per == per


def test_quantities_a_time_is_not_what_is_counted() -> None:
    assert read("The number of dead birds stood at 610 last night.")["610"].unit == "dead birds"
