"""Statements read end to end from articles made by hand: whose, through whom, how sure, when."""

from __future__ import annotations

import datetime

import pytest
from articles import article  # type: ignore[import-not-found]

from quoth.evidence import check_spans
from quoth.model import Act, AgentKind, Basis, DistanceKind, Factuality, QuoteType, Statement
from quoth.read import reader_for

FRIDAY = datetime.date(2031, 3, 14)


def read(
    text: str, *, headline: bool = False, outlet: str | None = "Daily Quill", dated: bool = True
) -> list[Statement]:
    document = article(text, headline=headline, published=FRIDAY if dated else None, outlet=outlet)
    reading = reader_for("en").read(document)
    for statement in reading.statements:
        check_spans(document, statement)
    return list(reading.statements)


def only(text: str) -> Statement:
    [statement] = read(text)
    return statement


@pytest.mark.parametrize(
    ("text", "act", "factuality"),
    [
        ("Orlova said that they had closed the port.", Act.ASSERT, Factuality.CERTAIN),
        ("Orlova confirmed that the port had been closed.", Act.CONFIRM, Factuality.CERTAIN),
        ("Orlova denied that the port had been closed.", Act.DENY, Factuality.CERTAINLY_NOT),
        ("Orlova promised to close the port.", Act.PROMISE, Factuality.PROBABLE),
        ("Orlova asked Petrov to close the port.", Act.REQUEST, Factuality.UNKNOWN),
        ("Orlova proposed that Petrov close the port.", Act.PROPOSE, Factuality.UNKNOWN),
        ("Orlova said that Petrov could close the port.", Act.ASSERT, Factuality.POSSIBLE),
        ("Orlova declined to say when the port would close.", Act.DECLINE, Factuality.UNKNOWN),
        ("Orlova threatened to close the port.", Act.THREATEN, Factuality.PROBABLE),
        ("Orlova suggested that Petrov had closed the port.", Act.ASSERT, Factuality.CERTAIN),
        ("Orlova suggested that Petrov close the port.", Act.PROPOSE, Factuality.UNKNOWN),
        ("Orlova pleaded guilty.", Act.CONFIRM, Factuality.CERTAIN),
        ("Orlova pleaded not guilty to all counts.", Act.DENY, Factuality.CERTAINLY_NOT),
        ("“Close the port at once,” Orlova told the crews.", Act.REQUEST, Factuality.UNKNOWN),
        ("Orlova said she would not comment on the strike.", Act.DECLINE, Factuality.UNKNOWN),
        ("Orlova did not rule out that the port would close.", Act.ASSERT, Factuality.POSSIBLE),
    ],
)
def test_act_and_factuality_follow_the_cue_and_the_content(text: str, act: Act, factuality: Factuality) -> None:
    statement = only(text)
    assert (statement.act, statement.factuality) == (act, factuality)
    assert statement.source.name == "Orlova"


def test_hearsay_keeps_its_distance_apart_from_the_source_s_certainty() -> None:
    statement = only("Orlova claimed that the port was safe.")
    assert statement.factuality is Factuality.CERTAIN
    assert statement.distance is not None
    assert (statement.distance.kind, statement.distance.text) == (DistanceKind.DOUBT, "claimed")


def test_a_relay_chain_runs_from_the_origin_outwards() -> None:
    statement = only(
        "The Northern Herald reported that, according to Radio Vell, Orlova had promised to close the port."
    )
    assert statement.source.name == "Orlova"
    assert [relay.name for relay in statement.via] == ["Radio Vell", "Northern Herald"]


def test_whoever_is_told_relays_it_unless_it_is_the_outlet_itself() -> None:
    text = "Orlova told the Northern Herald that the port was closed."
    assert [r.name for r in read(text)[0].via] == ["Northern Herald"]
    assert read(text, outlet="The Northern Herald")[0].via == ()


def test_a_speaker_quoted_by_an_agency_is_the_source() -> None:
    statement = only("Radio Vell quoted Orlova as saying that the port was closed.")
    assert (statement.source.name, [r.name for r in statement.via]) == ("Orlova", ["Radio Vell"])


def test_when_it_was_said_is_not_when_it_happens() -> None:
    statement = only("Orlova said on Wednesday that the port would close by June 1.")
    assert statement.said is not None
    assert statement.said.earliest == statement.said.latest == datetime.date(2031, 3, 12)
    time = statement.events[0].time
    assert time is not None
    assert (time.earliest, time.latest) == (None, datetime.date(2031, 6, 1))


def test_the_occasion_is_carried_and_says_so() -> None:
    first, second = read("Orlova said on Wednesday that the port was safe. She said that the ships would stay.")
    assert second.source.name == "Orlova"
    assert second.said is not None
    assert second.said.basis is Basis.CARRIED
    assert first.said is not None
    assert (second.said.earliest, second.said.spans) == (first.said.earliest, first.said.spans)


def test_without_a_date_a_weekday_stays_unresolved() -> None:
    [statement] = read("Orlova said on Wednesday that the port was safe.", dated=False)
    assert statement.said is not None
    assert (statement.said.earliest, statement.said.latest, statement.said.text) == (None, None, "on Wednesday")


def test_words_of_a_quotation_perform_their_own_act() -> None:
    first, second = read("“The port is closed. I ask the union to end the strike,” Orlova said.")
    assert (first.act, first.quote) == (Act.ASSERT, QuoteType.DIRECT)
    assert second.act is Act.REQUEST


def test_what_a_sentence_is_set_against_is_another_voice() -> None:
    by_source = {
        s.source.name: s for s in read("Despite claims that the port is safe, no ships have come, according to Orlova.")
    }
    assert by_source["unattributed"].via == ()
    assert by_source["unattributed"].source.kind is AgentKind.UNATTRIBUTED
    assert "safe" not in by_source["Orlova"].content.text
    assert by_source["Orlova"].factuality is Factuality.CERTAINLY_NOT


def test_a_plan_to_speak_is_no_statement() -> None:
    assert [
        s for s in read("Orlova is expected to announce that the port will close.") if s.source.name == "Orlova"
    ] == []


def test_the_narrator_is_kept_where_a_question_is_answered() -> None:
    [statement] = read("In February 2031, Vellmark launched a ferry from the port of Odessa. It was a fine day.")
    assert statement.source.kind is AgentKind.NARRATOR
    assert statement.quote is QuoteType.NONE
    event = statement.events[0]
    assert event.time is not None
    assert (event.predicate, event.time.earliest) == ("launch", datetime.date(2031, 2, 1))


def test_a_negated_side_clause_of_the_narrator_is_kept() -> None:
    statements = read("While the ferry was not insured against fire, it shows what the yard can do.")
    assert [s.factuality for s in statements] == [Factuality.CERTAINLY_NOT]
    assert statements[0].content.text.startswith("While the ferry was not insured")


def test_reading_twice_gives_the_same_ids() -> None:
    text = "Orlova said on Wednesday that the port would close by June 1."
    assert [s.id for s in read(text)] == [s.id for s in read(text)]


def test_words_run_together_are_quoted_whole() -> None:
    [statement] = read("Orlova said the ferry was sold in 2016.Things went on.")
    time = statement.events[0].time
    assert time is not None
    assert time.text is not None
    assert time.text.startswith("in 2016")


def test_what_the_outlet_cannot_say_is_left_open() -> None:
    [statement] = read("It was not immediately clear how many ships had been moved.")
    assert statement.source.kind is AgentKind.NARRATOR
    assert (statement.act, statement.factuality) == (Act.DECLINE, Factuality.UNKNOWN)
    assert statement.content.text == "how many ships had been moved"


def test_whoever_cites_a_source_passes_it_on() -> None:
    statement = only("According to two harbour pilots cited by the Northern Herald, the port was closed.")
    assert [relay.name for relay in statement.via] == ["Northern Herald"]


def test_what_had_been_said_before_is_not_of_today_s_occasion() -> None:
    _, second = read("Orlova said on Wednesday that the port was safe. Petrov had earlier promised to close it.")
    assert second.said is not None
    assert second.said.basis is Basis.PUBLICATION


def test_a_condition_of_speaking_is_no_request() -> None:
    statements = read("An engineer who asked not to be named said that the port was unsafe.")
    assert [s.act for s in statements] == [Act.ASSERT]


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("The agency Vellpress reported, quoting the embassy, that two ships had left.", "embassy", ["Vellpress"]),
        ("“The port is closed,” Orlova told state broadcaster KTV.", "Orlova", ["KTV"]),
        ("Orlova acknowledged in an interview with the Northern Herald that two ships had left.", "Orlova", ["Herald"]),
    ],
)
def test_relays_are_found_by_what_they_are_called_and_by_what_they_do(text: str, source: str, via: list[str]) -> None:
    [statement] = read(text)
    assert source in statement.source.name
    assert [relay.name.split()[-1] for relay in statement.via] == via


def test_an_outcome_behind_the_cue_belongs_to_what_is_said() -> None:
    statement = only("Guns shelled the port of Odessa, Orlova said, killing three sailors and wounding 11.")
    assert statement.content.text.endswith("killing three sailors and wounding 11")
    assert any(e.predicate == "kill" and e.quantity is not None and e.quantity.min == 3 for e in statement.events)


def test_who_dismisses_reports_denies_them() -> None:
    statement = only("Orlova dismissed reports that the port had been sold.")
    assert (statement.act, statement.factuality) == (Act.DENY, Factuality.CERTAINLY_NOT)


def test_who_says_that_he_cannot_disclose_declines() -> None:
    statement = only("Orlova said she could not disclose how many ships had left.")
    assert (statement.act, statement.factuality) == (Act.DECLINE, Factuality.UNKNOWN)


def test_figures_behind_a_colon_are_the_event_s() -> None:
    statement = only("Orlova said the sides would swap prisoners: 230 Vellians for 212 Norvalians.")
    assert [e.quantity.min for e in statement.events if e.quantity is not None] == [230, 212]


def test_a_deadline_in_the_middle_of_a_year_is_its_middle() -> None:
    time = only("Orlova said that the ships would come by mid-2032.").events[0].time
    assert time is not None
    assert (time.earliest, time.latest) == (None, datetime.date(2032, 6, 30))


def test_a_headline_s_last_speaker_may_stand_behind_a_dash() -> None:
    [statement] = read("Ships to leave port of Odessa in April -minister\nMore follows.", headline=True)
    assert statement.content.text == "Ships to leave port of Odessa in April"
    assert "minister" in statement.source.name


def test_who_denies_this_denies_what_was_said_before() -> None:
    statements = read("A nurse told Radio Vell that the alarm never sounded. Orlova denied this.")
    assert {(s.source.name, s.act) for s in statements} == {("nurse", Act.ASSERT), ("Orlova", Act.DENY)}
    assert {s.content.text for s in statements} == {"that the alarm never sounded"}
    assert [s.via for s in statements if s.act is Act.DENY] == [()]


def test_a_report_that_is_not_confirmed_is_declined_not_pointed_back_at() -> None:
    statements = read("Orlova said that the wiring was unsafe. The authority would not confirm the report.")
    assert [s.act for s in statements] == [Act.ASSERT, Act.DECLINE]
    assert statements[1].content.text == "the report"


def test_per_is_a_preposition_and_a_name() -> None:
    assert only("Nine people were hurt, per the ministry.").source.name == "ministry"
    [statement] = read("The minister, Per Aune, promised an inquiry.")
    assert (statement.act, statement.content.text) == (Act.PROMISE, "an inquiry")


@pytest.mark.parametrize(
    "text",
    [
        "Nine boats left the port on Monday, Orlova said in a video posted on her channel on Wednesday.",
        "In a letter to the crews dated Wednesday, Orlova said that nine boats had left the port.",
        "Orlova alleged in an indictment unsealed on Wednesday that nine boats had left the port on Monday.",
    ],
)
def test_the_day_of_what_somebody_speaks_in_is_the_day_of_saying(text: str) -> None:
    statement = only(text)
    assert statement.said is not None
    assert statement.said.earliest == statement.said.latest == datetime.date(2031, 3, 12)


def test_a_role_without_a_name_in_a_headline_is_the_one_first_named_after_it() -> None:
    text = "President: port will close\nPresident Anna Orlova met President Ivo Brandl of Norvale on Monday."
    [first, *_] = read(text, headline=True)
    assert first.source.name == "Anna Orlova"


def test_what_could_not_be_verified_is_the_outlets_word_and_the_claim_its_owners() -> None:
    claim, unverified = sorted(
        read("Orlova’s claim that the port was shelled on Monday could not be independently verified."),
        key=lambda s: s.act is Act.DECLINE,
    )
    assert (claim.source.name, claim.act) == ("Orlova", Act.ASSERT)
    assert (unverified.source.kind, unverified.act) == (AgentKind.NARRATOR, Act.DECLINE)


def test_what_is_asked_is_not_asserted_by_the_outlet() -> None:
    assert read("Why did nobody close the port in May? And who sold nine boats to Norvale in June?") == []


def test_a_toll_is_kept_though_nobody_is_named() -> None:
    [statement] = read("Three people are still missing.")
    assert statement.source.kind is AgentKind.NARRATOR
    assert statement.events[0].quantity is not None
    assert (statement.events[0].quantity.min, statement.events[0].quantity.max) == (3, 3)


def test_a_correction_is_no_speaker() -> None:
    [statement] = read("Correction: An earlier version of this article said that the port closed on June 19.")
    assert statement.source.name != "Correction"


def test_the_courier_that_was_told_is_a_relay_unless_it_is_the_documents_own() -> None:
    told = "Orlova told the Courier that the port would close."
    assert [relay.name for relay in read(told)[0].via] == ["Courier"]
    assert read(told, outlet="Port Emeric Courier")[0].via == ()


def test_each_of_two_quotations_has_its_own_speaker() -> None:
    text = "“Leave the town at once,” the mayor told the crowd. “We stay here,” Ivo Brandl, a baker, wrote on Monday."
    assert [(s.source.name, s.content.text) for s in read(text)] == [
        ("mayor", "Leave the town at once"),
        ("Ivo Brandl", "We stay here"),
    ]


def test_that_somebody_criticised_a_thing_is_said_by_whoever_says_so() -> None:
    [statement] = read("Orlova said that the union had criticised the new plan.")
    assert (statement.source.name, statement.content.text) == ("Orlova", "that the union had criticised the new plan")


def test_a_state_agency_at_the_end_passes_on_both_joined_verbs() -> None:
    text = "Minister Ivo Brandl called the sale “a hostile step” and warned that his country would respond, "
    read_ = read(text + "the state agency TASS reported.")
    assert [(s.source.name, s.act, [r.name for r in s.via]) for s in read_] == [
        ("Ivo Brandl", Act.ASSERT, ["TASS"]),
        ("Ivo Brandl", Act.THREATEN, ["TASS"]),
    ]


def test_a_denial_ends_where_the_same_speaker_says_something_else() -> None:
    text = "The ministry denied that any of them had failed and said that all of them would finish by November."
    assert [(s.act, s.content.text) for s in read(text)] == [
        (Act.DENY, "that any of them had failed"),
        (Act.ASSERT, "that all of them would finish by November"),
    ]


def test_the_dead_of_a_headline_are_an_event() -> None:
    [statement] = read("At least 11 dead after ferry capsizes, says coast guard", headline=True)
    dead = statement.events[0]
    assert (dead.predicate_class, dead.quantity and dead.quantity.min) == ("kill", 11)


def test_the_day_a_review_was_released_is_the_day_it_found_something() -> None:
    statement = only("A review released on Wednesday found that the pumps had failed.")
    assert statement.said is not None
    assert statement.said.earliest == datetime.date(2031, 3, 12)


def test_what_a_named_other_promised_is_his_through_whoever_says_so() -> None:
    promised = only("Orlova said that the government had promised to lift the blockade within ten days.")
    assert (promised.source.name, promised.act) == ("government", Act.PROMISE)
    assert [relay.name for relay in promised.via] == ["Orlova"]


def test_the_agency_that_was_told_is_the_one_named_before() -> None:
    text = "“The bridge is safe,” Orlova was quoted as saying by Reuters. Brandl told the agency that it would close."
    assert [(s.source.name, [r.name for r in s.via]) for s in read(text)] == [
        ("Orlova", ["Reuters"]),
        ("Brandl", ["Reuters"]),
    ]


def test_two_thoughts_of_one_speaker_are_two_statements() -> None:
    text = "Orlova doubts that the truce will last and thinks both sides are preparing an attack."
    assert [s.content.text for s in read(text)] == ["that the truce will last", "both sides are preparing an attack"]


def test_an_answer_in_print_is_quoted_word_for_word() -> None:
    text = "The Quill put a question to Anna Orlova.\nQ: When will the port open?\nA: It will open in May."
    [answer] = [s for s in read(text) if s.source.name == "Anna Orlova"]
    assert (answer.content.text, answer.quote) == ("It will open in May", QuoteType.DIRECT)


@pytest.mark.parametrize("noun", ["foreman", "deckhand", "juror", "survivor"])
def test_one_of_a_trade_is_an_anonymous_person(noun: str) -> None:
    assert only(f"A {noun} said that the port was closed.").source.kind is AgentKind.ANONYMOUS


def test_what_nobody_asserts_is_not_the_outlets_word() -> None:
    assert read("What to watch: whether nine boats leave the port of Norvale on September 12.") == []


def test_who_declined_to_be_named_declined_nothing_else() -> None:
    text = "Nine boats left the port, according to two people familiar with the talks, who declined to be named."
    assert [s.act for s in read(text)] == [Act.ASSERT]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“Ivo Brandl told me that the port is safe,” Orlova said.", "Ivo Brandl", "that the port is safe"),
        ("“The ministry says it is forty jobs,” Orlova said.", "ministry", "it is forty jobs"),
        ("“A sailor told my husband to keep quiet,” Orlova said.", "sailor", "to keep quiet"),
    ],
)
def test_whom_a_quotation_reports_is_the_source_and_its_speaker_a_relay(text: str, source: str, content: str) -> None:
    statement = only(text)
    assert (statement.source.name, statement.content.text) == (source, content)
    assert [relay.name for relay in statement.via] == ["Orlova"]


@pytest.mark.parametrize(
    "text",
    ["“I told them that the port is safe,” Orlova said.", "“If Brandl says that it is safe, we will go,” Orlova said."],
)
def test_what_a_speaker_says_of_his_own_saying_or_on_a_condition_stays_his(text: str) -> None:
    assert [s.source.name for s in read(text)] == ["Orlova"]


def test_whoever_was_told_passes_on_what_is_added_and_what_the_envoy_says_next() -> None:
    text = (
        "Russia’s envoy, Ivo Brandl, told Reuters that the talks had failed, adding that nobody was to blame. "
        "The port would be closed, the envoy warned."
    )
    assert [[relay.name for relay in s.via] for s in read(text)] == [["Reuters"]] * 3


@pytest.mark.parametrize(
    ("text", "predicate", "theme", "number"),
    [
        ("The ministry put the number of dead at 33.", "number", "dead", 33),
        ("Orlova put the number of soldiers in the country at 12,000.", "number", "soldiers", 12000),
        ("Orlova put the number of dead at 33, with four people still missing.", "number", "dead", 33),
        ("A count by the party put Petrov at 47.9 percent.", "put", "Petrov", 47.9),
    ],
)
def test_what_is_put_at_a_number_is_one_event(text: str, predicate: str, theme: str, number: float) -> None:
    event = only(text).events[0]
    assert event.quantity is not None
    assert event.theme is not None
    assert (event.predicate, event.theme.name, event.quantity.min) == (predicate, theme, number)


def test_a_day_moved_from_one_to_another_is_the_later() -> None:
    event = only("Orlova said that the hearing was moved from May to June.").events[0]
    assert event.time is not None
    assert event.time.earliest == datetime.date(2031, 6, 1)


def test_what_is_stopped_on_a_day_did_not_happen_on_it() -> None:
    events = {e.predicate: e for e in only("Orlova said that the city stopped the release on March 19.").events}
    assert events["stop"].time is not None
    assert events["release"].time is None


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Orlova said that the ship would enter service in 2033.", "enter service"),
        ("Orlova said that the battery would go on duty in May.", "go on duty"),
        ("Orlova said that the battery would take up duty in May.", "take up duty"),
    ],
)
def test_what_begins_to_serve_is_an_event_of_its_own(text: str, predicate: str) -> None:
    event = only(text).events[0]
    assert (event.predicate, event.predicate_class) == (predicate, "serve")
