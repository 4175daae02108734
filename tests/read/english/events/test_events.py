"""The events of contents: predicates, roles, main event, phases, and what times, places and quantities they get."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import pytest

from quoth.model import (
    Act,
    Agent,
    AgentKind,
    BlockKind,
    Event,
    Factuality,
    Phase,
    Place,
    PlacePrecision,
    Polarity,
    Quantity,
)
from quoth.read.english import events, pipeline, times
from quoth.read.english.parse import Layers, Parse, PlaceFound, QuantityFound, TimeFound
from quoth.read.english.tokens import Token

TODAY = datetime.date(2025, 5, 28)  # a Wednesday


def layers_of(text: str, places: Sequence[str] = (), numbers: Sequence[tuple[str, str, int]] = ()) -> Layers:
    """A sentence parsed; `places` by their words; `numbers` as (words, counted noun, number)."""
    doc = pipeline.load()(text)
    parse = Parse(doc, tuple(t.idx for t in doc), tuple(t.idx + len(t) for t in doc), BlockKind.PARAGRAPH)
    layers = Layers(parse)

    def located(words: str) -> tuple[int, int]:
        start = text.index(words)
        span = doc.char_span(start, start + len(words))
        assert span is not None, f"{words!r} does not stand on token borders"
        return span.start, span.end

    for expression in times.find(text):
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        assert span is not None
        layers.times.append(TimeFound(span.start, span.end, expression))
    for words in places:
        first, stop = located(words)
        place = Place.of(text, parse.span(first, stop), name=words, precision=PlacePrecision.CITY)
        layers.places.append(PlaceFound(first, stop, place))
    for words, noun, number in numbers:
        first, stop = located(words)
        head = located(noun)[1] - 1
        quantity = Quantity.of(text, parse.span(first, stop), min=number, max=number)
        layers.quantities.append(QuantityFound(first, stop, head, quantity))
    return layers


def nobody(token: Token) -> Agent | None:
    return None


def content(
    text: str,
    *,
    part: str | None = None,
    places: Sequence[str] = (),
    numbers: Sequence[tuple[str, str, int]] = (),
    speaker: Agent | None = None,
    agent_of: Callable[[Token], Agent | None] = nobody,
) -> events.Content:
    """The content `part` of a sentence (or all of it), read."""
    layers = layers_of(text, places, numbers)
    start = text.index(part) if part else 0
    stop = start + len(part) if part else len(text)
    tokens = [t for t in layers.parse.tokens if start <= t.idx and t.idx + len(t) <= stop]
    return events.read(layers, tokens, agent_of=agent_of, reference=TODAY, speaker=speaker, text=text)


def named(agent: Agent | None) -> str | None:
    return agent.name if agent is not None else None


def event(read: events.Content, predicate: str) -> Event:
    found = [e for e in read.events if e.predicate == predicate]
    assert found, f"no {predicate!r} in {[e.predicate for e in read.events]}"
    return found[0]


ROLES = [
    ("The navy deployed six frigates.", "deploy", "navy", "six frigates"),
    ("Six frigates were deployed by the navy.", "deploy", "navy", "Six frigates"),
    ("The deployment of six frigates by the navy alarmed the neighbours.", "deploy", "navy", "six frigates"),
    ("The ministry carried out a strike on the village.", "strike", "ministry", "village"),
    ("The board made a decision.", "decide", "board", None),
    ("The minister resigned.", "resign", "minister", None),
    ("The resignation of the minister surprised nobody.", "resign", "minister", None),
    ("The bridge collapsed.", "collapse", None, "bridge"),
    ("Police arrested three men who had attacked the embassy.", "attack", "three men", "embassy"),
    ("Troops crossed the river and seized the bridge.", "seize", "Troops", "bridge"),
    ("Workers built and painted the tower.", "build", "Workers", "tower"),
    ("Norway has signed but not ratified the pact.", "sign", "Norway", "pact"),
    ("Norway plans to hold exercises with Sweden.", "exercise", "Norway", None),
    ("The plant, built by Norway, was closed.", "build", "Norway", "plant"),
    ("Poland plans to buy tanks.", "buy", "Poland", "tanks"),
    ("The king asked Poland to buy tanks.", "buy", "Poland", "tanks"),
    ("The king promised Poland to buy tanks.", "buy", "king", "tanks"),
    ("The king called on Poland to buy tanks.", "buy", "Poland", "tanks"),
    ("An attempt by Poland to buy tanks failed.", "buy", "Poland", "tanks"),
    ("A request from Norway to Poland to buy tanks was refused.", "buy", "Poland", "tanks"),
    ("Norway has begun production of the tanks.", "produce", "Norway", "tanks"),
    ("The weapon is capable of piercing armour.", "pierce", "weapon", "armour"),
    ("The chairman expressed interest in selling the brewery.", "sell", "chairman", "brewery"),
    ("The court jailed the mayor for taking bribes.", "take", "mayor", "bribes"),
    ("Norway left the pact, citing its cost.", "cite", "Norway", "its cost"),
    ("Globex was fined 40 million euros by the regulator.", "fine", "regulator", "Globex"),
]


@pytest.mark.parametrize(("text", "predicate", "agent", "theme"), ROLES)
def test_events_roles(text: str, predicate: str, agent: str | None, theme: str | None) -> None:
    found = event(content(text), predicate)
    assert (named(found.agent), named(found.theme)) == (agent, theme)


RECIPIENTS = [
    ("Norway sold tanks to Poland.", "sell", "tanks", "Poland"),
    ("Norway supplied Poland with tanks.", "supply", "tanks", "Poland"),
    ("Poland was given tanks.", "give", "tanks", "Poland"),
    ("Norway gave Poland tanks.", "give", "tanks", "Poland"),
]


@pytest.mark.parametrize(("text", "predicate", "theme", "recipient"), RECIPIENTS)
def test_events_recipient(text: str, predicate: str, theme: str, recipient: str) -> None:
    found = event(content(text), predicate)
    assert (named(found.theme), named(found.recipient)) == (theme, recipient)


MAIN = [
    ("Norway plans to deploy frigates.", "deploy", "deploy"),
    ("Norway began to deploy frigates.", "deploy", "deploy"),
    ("It is possible that Norway deploys frigates.", "deploy", "deploy"),
    ("The deployment of frigates is possible.", "deploy", "deploy"),
    ("The deployment of frigates could occur in June.", "deploy", "deploy"),
    ("The ministry postponed the launch of the satellite.", "postpone", "delay"),
    ("The ministry ordered the launch of the satellite.", "launch", "launch"),
    ("The ministers have authority over choosing judges.", "have", "possess"),
    ("The choice of judges will be the privilege of the king.", "be", "be"),
    ("The board will decide by June 3 whether to close the mill.", "decide", "decide"),
    ("It is unclear how many tanks Norway possesses.", "possess", "possess"),
    ("There was an explosion at the port.", "explode", "explode"),
    ("The court rejected the appeal.", "reject", "reject"),
    ("The ministry called off the election.", "call off", "stop"),
    ("Norway ratified the treaty after long talks.", "ratify", "ratify"),
    ("I would like to ask you to have the frigates moved to the port.", "move", "transfer"),
]


@pytest.mark.parametrize(("text", "predicate", "group"), MAIN)
def test_events_main_is_what_questions_ask_about(text: str, predicate: str, group: str) -> None:
    main = content(text).events[0]
    assert (main.predicate, main.predicate_class) == (predicate, group)


def test_events_keep_the_governing_words_too() -> None:
    predicates = [e.predicate for e in content("The deployment of frigates could occur in June.").events]
    assert predicates == ["deploy", "occur"]
    predicates = [e.predicate for e in content("Norway plans to deploy frigates.").events]
    assert predicates == ["deploy", "plan"]
    assert "possible" in [e.predicate for e in content("The deployment of frigates is possible.").events]


PHASES = [
    ("Norway has begun production of the tanks.", "produce", Phase.BEGIN),
    ("Norway started to produce tanks.", "produce", Phase.BEGIN),
    ("Norway continues producing tanks.", "produce", Phase.CONTINUE),
    ("Norway completed the withdrawal of its troops.", "withdraw", Phase.COMPLETE),
    ("Norway stopped exporting oil.", "export", Phase.STOP),
    ("The start of production was delayed.", "produce", Phase.BEGIN),
    ("Norway produces tanks.", "produce", Phase.WHOLE),
]


@pytest.mark.parametrize(("text", "predicate", "phase"), PHASES)
def test_events_phase(text: str, predicate: str, phase: Phase) -> None:
    assert event(content(text), predicate).phase is phase


TIMES = [
    ("On May 12, 2024, the navy deployed frigates.", "deploy", "2024-05-12"),
    ("The deployment of frigates could occur on June 3, 2026.", "deploy", "2026-06-03"),
    ("The vote is scheduled for June 3.", "vote", "2025-06-03"),
    ("Production of the tanks began on April 2, 2024.", "produce", "2024-04-02"),
    ("The verdict is expected on June 12.", "rule", "2025-06-12"),
    ("The first boats are now expected on June 12.", "expect", "2025-06-12"),
    ("The judge set the sentencing for January 12.", "set", "2026-01-12"),
    ("The vote was put off until June 12.", "put off", "2025-06-12"),
    ("He did not read the memo until May 3, 2024.", "read", "2024-05-03"),
    ("A decision is due on January 2.", "decide", "2026-01-02"),
    ("The council is due to vote on the agreement on June 12.", "vote", "2025-06-12"),
    ("The blast on May 3, 2025 killed four guards.", "kill", "2025-05-03"),
    ("On May 3, 2025, troops crossed the river and seized the bridge.", "seize", "2025-05-03"),
    ("Twelve people were killed when a bus crashed on May 3, 2025.", "kill", "2025-05-03"),
    ("The plant, built on May 3, 1975, was closed on June 1, 2024.", "close", "2024-06-01"),
    ("The plant, built on May 3, 1975, was closed on June 1, 2024.", "build", "1975-05-03"),
]


@pytest.mark.parametrize(("text", "predicate", "day"), TIMES)
def test_events_time(text: str, predicate: str, day: str) -> None:
    when = event(content(text), predicate).time
    assert when is not None
    assert when.earliest == when.latest == datetime.date.fromisoformat(day)
    assert when.text is not None
    assert [span.words(text) for span in when.spans] == [when.text]


def test_events_since_opens_the_interval() -> None:
    read = content("Norway has hosted the troops since a pact was signed on May 3, 2023.")
    when = event(read, "host").time
    assert when is not None
    assert (when.earliest, when.latest) == (datetime.date(2023, 5, 3), None)


def test_events_leave_times_outside_the_content() -> None:
    text = "The mayor announced on May 3, 2025 that the bridge would close."
    assert content(text, part="the bridge would close").events[0].time is None


def test_events_a_described_thing_does_not_date_its_event() -> None:
    assert content("The council approved the 2024 budget.").events[0].time is None


PLACES = [
    ("The navy deployed frigates to Narvik.", "deploy", "Narvik"),
    ("The navy launched a missile against the city of Narvik.", "launch", "Narvik"),
    ("The deployment of frigates in Narvik could occur soon.", "deploy", "Narvik"),
    ("The deployment of frigates in Narvik could occur soon.", "occur", "Narvik"),
    ("The ministers met in Narvik and signed a pact.", "meet", "Narvik"),
    ("The storm hit Narvik.", "hit", "Narvik"),
    ("The shells hit the Narvik market.", "hit", "Narvik"),
    ("Four men were killed at the Narvik bridge.", "kill", "Narvik"),
    ("Hundreds fled the town of Narvik.", "flee", "Narvik"),
    ("People in Narvik were killed.", "kill", "Narvik"),
    ("The explosion in Narvik killed four guards.", "kill", "Narvik"),
]


@pytest.mark.parametrize(("text", "predicate", "place"), PLACES)
def test_events_place(text: str, predicate: str, place: str) -> None:
    found = event(content(text, places=[place]), predicate).place
    assert found is not None
    assert found.name == place


NO_PLACES = [
    ("The request of the navy to Narvik was refused.", "ask", "Narvik"),
    ("The mayor of Narvik visited the queen.", "visit", "Narvik"),
    ("Troops from Narvik crossed the river.", "cross", "Narvik"),
]


@pytest.mark.parametrize(("text", "predicate", "place"), NO_PLACES)
def test_events_no_place(text: str, predicate: str, place: str) -> None:
    assert event(content(text, places=[place]), predicate).place is None


def test_events_destination_goes_before_origin() -> None:
    read = content("The navy moved frigates from Bergen to Narvik.", places=["Bergen", "Narvik"])
    place = event(read, "move").place
    assert place is not None
    assert place.name == "Narvik"


def test_events_country_in_a_places_stead() -> None:
    text = "No shells have been moved to the country."

    def cast(token: Token) -> Agent | None:
        if token.text != "country":
            return None
        return Agent(text="the country", spans=(), name="Norway", kind=AgentKind.COUNTRY, country="NO")

    place = event(content(text, agent_of=cast), "move").place
    assert place is not None
    assert (place.name, place.country, place.precision) == ("Norway", "NO", PlacePrecision.COUNTRY)


QUANTITIES = [
    ("The navy deployed 6 frigates.", ("6", "frigates", 6), "deploy"),
    ("12 people were killed.", ("12", "people", 12), "kill"),
    ("The deployment of 6 frigates was announced.", ("6", "frigates", 6), "deploy"),
    ("The death toll rose to 53.", ("53", "53", 53), "die"),
    ("Toll hits 40", ("40", "40", 40), "die"),
    ("The fire left 300 people homeless.", ("300", "people", 300), "homeless"),
    ("The crash claimed 14 lives.", ("14", "lives", 14), "claim lives"),
    ("At least 6 sailors are missing.", ("6", "sailors", 6), "missing"),
    ("New cases were found, bringing the total to 212.", ("212", "212", 212), "bring"),
    ("The price fell 3 percent.", ("3 percent", "percent", 3), "fall"),
    ("Norway has begun planning for the deployment of 6 frigates.", ("6", "frigates", 6), "deploy"),
    ("No shells were moved.", ("No", "shells", 0), "move"),
    ("10 countries signed the treaty.", ("10", "countries", 10), "sign"),
]


@pytest.mark.parametrize(("text", "number", "predicate"), QUANTITIES)
def test_events_quantity(text: str, number: tuple[str, str, int], predicate: str) -> None:
    quantity = event(content(text, numbers=[number]), predicate).quantity
    assert quantity is not None
    assert (quantity.min, quantity.max) == (number[2], number[2])


def test_events_each_verb_has_its_own_number() -> None:
    text = "The blast killed 12 guards and wounded 30 clerks."
    read = content(text, numbers=[("12", "guards", 12), ("30", "clerks", 30)])
    numbers = {e.predicate: e.quantity.min for e in read.events if e.quantity is not None}
    assert numbers == {"kill": 12, "wound": 30}


def test_events_theme_is_what_is_counted() -> None:
    text = "Norway owns a handful of these frigates."
    read = content(text, numbers=[("a handful", "frigates", 5)])
    found = event(read, "own")
    assert named(found.theme) == "frigates"
    assert found.quantity is not None
    assert found.quantity.min == 5


def test_events_length_of_a_punishment() -> None:
    quantity = event(content("The court sentenced the mayor to nine years in prison."), "sentence").quantity
    assert quantity is not None
    assert (quantity.min, quantity.max, quantity.unit) == (9, 9, "years")


def test_events_missing_words_are_negative() -> None:
    found = content("No shells were moved.").events[0]
    assert (found.polarity, found.factuality) == (Polarity.NEGATIVE, Factuality.CERTAINLY_NOT)


ACTS = [
    ("Norway plans to deploy frigates.", None, Act.PLAN),
    ("The frigates are to be deployed.", None, Act.PLAN),
    ("Frigates to be deployed in June", None, Act.PLAN),
    ("The company will close the mill.", None, Act.PLAN),
    ("The repairs will close the mill.", None, None),
    ("We will close the mill.", "Ada Holm", Act.PROMISE),
    ("I promise to close the mill.", "Ada Holm", Act.PROMISE),
    ("I would like to ask you to close the mill.", "Ada Holm", Act.REQUEST),
    ("Close the mill now.", None, Act.REQUEST),
    ("The mill is likely to close.", None, Act.ESTIMATE),
    ("The mill is expected to close.", None, Act.ESTIMATE),
    ("The mill will probably close.", None, Act.ESTIMATE),
    ("The mill will be a museum.", None, None),
    ("The mill was closed.", None, None),
    ("Will the company close the mill?", None, None),
    ("The mill could close.", None, None),
]


@pytest.mark.parametrize(("text", "speaker", "act"), ACTS)
def test_events_act_of_the_content(text: str, speaker: str | None, act: Act | None) -> None:
    agent = Agent(text=speaker, spans=(), name=speaker, kind=AgentKind.PERSON) if speaker else None
    assert content(text, speaker=agent).act is act


def test_events_plan_of_another_is_an_assertion() -> None:
    def cast(token: Token) -> Agent | None:
        return Agent(text="Norway", spans=(), name="Norway", country="NO") if token.text == "Norway" else None

    paper = Agent(text="the Courier", spans=(), name="Courier", kind=AgentKind.ORGANIZATION)
    assert content("Norway plans to close the port.", speaker=paper, agent_of=cast).act is None
    minister = Agent(text="the minister", spans=(), name="Ada Holm", kind=AgentKind.PERSON, country="NO")
    assert content("Norway plans to close the port.", speaker=minister, agent_of=cast).act is Act.PLAN


def test_events_scheduled_present_is_no_fact_yet() -> None:
    assert content("The base opens on June 12.").events[0].factuality is Factuality.PROBABLE
    assert content("The base opened on May 12.").events[0].factuality is Factuality.CERTAIN


def test_events_light_verb_leaves_one_event() -> None:
    assert [e.predicate for e in content("The ministry carried out a strike on the village.").events] == ["strike"]
    assert {e.predicate for e in content("The firm filed a lawsuit.").events} == {"sue", "file"}


def test_events_first_person_is_the_speaker() -> None:
    speaker = Agent(text="Ada Holm", spans=(), name="Ada Holm", kind=AgentKind.PERSON)
    found = content("I signed the pact.", speaker=speaker).events[0]
    assert found.agent is not None
    assert (found.agent.name, found.agent.text) == ("Ada Holm", "I")


def test_events_evidence_is_the_text_itself() -> None:
    text = "The ministry carried out a strike on the village and called off the talks."
    for found in content(text).events:
        mentions = [found.trigger, *(a for a in (found.agent, found.theme) if a is not None)]
        for mention in mentions:
            assert mention.text == " … ".join(span.words(text) for span in mention.spans)


def test_events_none_in_a_content_without_any() -> None:
    read = content("The old red barn.")
    assert read.events == ()
    assert read.act is None


def test_events_takes_only_what_stands_in_the_content() -> None:
    text = "The mayor announced that the bridge would close."
    assert [e.predicate for e in content(text, part="the bridge would close").events] == ["close"]


@pytest.mark.parametrize(
    "text",
    [
        "They " + " and ".join(["ran"] * 1200) + ".",
        "He said that " * 400 + "she left.",
        "the plan is that " * 400 + "it rains.",
        "the attack of " * 600 + "x",
    ],
)
def test_events_survive_sentences_beyond_all_measure(text: str) -> None:
    assert len(content(text).events) > 100


@pytest.mark.parametrize(
    ("text", "predicate", "thing"),
    [
        ("The army struck the depot with a drone.", "strike", "drone"),
        ("The gang attacked the bank using two trucks.", "attack", "two trucks"),
        ("The bridge was hit with missiles.", "hit", "missiles"),
        ("They broke the door by means of a truck.", "break", "truck"),
        ("The navy met with the mayor.", "meet", None),
        ("The ship left with a crate.", "leave", None),
        ("They supplied the navy with boats.", "supply", None),
    ],
)
def test_what_it_is_done_with(text: str, predicate: str, thing: str | None) -> None:
    event = next(e for e in content(text).events if e.predicate == predicate)
    assert (event.instrument.name if event.instrument else None) == thing
