"""One agent under all its names: what is merged, on what rule, and what people say against it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare import compare, who_is_who
from quoth.compare.agents import Agents
from quoth.compare.naming import body_words, is_description, person_words
from quoth.model import AgentKind, Comparison, DeclaredAgent, Entity, JudgedPair, Roster, Statement

PERSON, BODY, COUNTRY = AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY


def told(new_story: Any, *sources: tuple[str, AgentKind], roster: Roster | None = None, **how: Any) -> Comparison:
    """A case in which each of the sources speaks in an article of its own."""
    story = new_story()
    for n, (name, kind) in enumerate(sources):
        story.article(str(n), f"Paper {n} has words of its own.", outlet=f"Paper {n}", published="2031-03-01")
        story.says(str(n), str(n), "words of its own", name, kind=kind, **how)
    return compare(list(story.statements.values()), list(story.documents.values()), roster)


def named(entities: tuple[Entity, ...]) -> dict[str, dict[str, str]]:
    """Each entity's name → its other names with the rules that brought them."""
    return {e.name: {a.name: a.rule for a in e.aliases if a.name != e.name} for e in entities}


@pytest.mark.parametrize(
    ("full", "other", "kind", "rule"),
    [
        ("Ines Dorn", "Dorn", PERSON, "family-name"),
        ("Ines Dorn", "Foreign Minister Ines Dorn", PERSON, "form"),
        ("Ines Dorn", "I. Dorn", PERSON, "initial"),
        ("Ines M. Dorn", "Ines Dorn", PERSON, "middle-name"),
        ("Alexander Lukashenko", "Aliaksandr Lukashenka", PERSON, "given-name"),
        ("Alexander Lukashenko", "Лукашенко", PERSON, "family-name"),
        ("Alexander Lukashenko", "Александр Лукашенко", PERSON, "given-name"),
        ("Viktor Khrenin", "Виктор Хренин", PERSON, "spelling"),
        ("Bernard Cazeneuve", "Bernard Cazaneuve", PERSON, "near-spelling"),
        ("Civil Defence Agency", "the Civil Defence Agency", BODY, "form"),
        ("Civil Defence Agency", "CDA", BODY, "initials"),
    ],
)
def test_agents_names_of_one(new_story: Any, full: str, other: str, kind: AgentKind, rule: str) -> None:
    found = named(told(new_story, (full, kind), (full, kind), (other, kind)).entities)
    [(_, others)] = found.items()
    assert list(others.values()) == [rule]


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Ines Dorn", "Karl Dorn", PERSON),
        ("Ines Dorn", "Ines Korn", PERSON),
        ("Civil Defence Agency", "Coast Guard", BODY),
        ("Istrava", "coast guard of Istrava", PERSON),
        ("European Space Agency", "space agency", BODY),
        ("Bank of America", "bank", BODY),
    ],
)
def test_agents_names_of_two(new_story: Any, a: str, b: str, kind: AgentKind) -> None:
    assert named(told(new_story, (a, kind), (b, kind)).entities) == {a: {}, b: {}}


def test_agents_a_family_name_of_two_people_is_nobody_else(new_story: Any) -> None:
    found = told(new_story, ("Ines Dorn", PERSON), ("Karl Dorn", PERSON), ("Dorn", PERSON)).entities
    assert named(found) == {"Ines Dorn": {}, "Karl Dorn": {}, "Dorn": {}}


def test_agents_pronouns_bare_roles_and_descriptions_are_nobody(new_story: Any) -> None:
    sources = [("He", PERSON), ("mayor", PERSON), ("officials", AgentKind.ANONYMOUS), ("residents", AgentKind.GROUP)]
    assert told(new_story, *sources).entities == ()


def test_agents_who_takes_part_is_the_one_who_speaks_elsewhere(new_story: Any) -> None:
    story = new_story()
    story.article("a", "Dorn will open the gate.", outlet="Wire", published="2031-03-01")
    story.article("b", "The gate is open.", outlet="Post", published="2031-03-02")
    story.says("a", "a", "open the gate", "Karl Voss", agent="Dorn", agent_kind=PERSON)
    story.says("b", "b", "The gate is open", "Ines Dorn")
    found = story.compare()
    assert named(found.entities) == {"Ines Dorn": {"Dorn": "family-name"}, "Karl Voss": {}}
    assert found.speaker_of == {
        story.statements[name].id: next(e.id for e in found.entities if e.name == who)
        for name, who in (("a", "Karl Voss"), ("b", "Ines Dorn"))
    }
    renamed = Agents(list(story.statements.values())).renamed(story.statements["a"])
    assert renamed.events[0].agent is not None
    assert (renamed.events[0].agent.name, renamed.id) == ("Ines Dorn", story.statements["a"].id)


def test_agents_leave_a_statement_as_it_is_where_nobody_is_renamed(new_story: Any) -> None:
    story = new_story()
    story.article("a", "The dam is whole.", outlet="Post", published="2031-03-01")
    story.says("a", "a", "The dam is whole", "Ines Dorn", predicate="hold", agent="Ines Dorn", theme="dam")
    [given] = story.statements.values()
    assert Agents([given]).renamed(given) is given


def test_agents_a_name_taken_for_a_person_and_for_a_body_is_what_it_mostly_is(new_story: Any) -> None:
    found = told(new_story, ("Meridian", BODY), ("Meridian", BODY), ("Meridian", PERSON)).entities
    assert [(e.name, e.kind) for e in found] == [("Meridian", BODY)]


def with_role(story: Any, name: str, source: str, role: str | None, country: str | None) -> Statement:
    story.article(name, "Words of its own.", outlet=f"Paper {name}", published="2031-03-01")
    story.says(name, name, "Words of its own", source)
    statement = story.statements[name]
    return dataclasses.replace(statement, source=dataclasses.replace(statement.source, role=role, country=country))


def test_agents_an_office_of_a_country_is_its_one_holder(new_story: Any) -> None:
    story = new_story()
    people = [
        ("Ines Dorn", "president", "NO"), ("Karl Voss", "foreign minister", "NO"), ("Ola Berg", "president", "SE"),
        ("Norwegian leader", None, "NO"), ("Norwegian foreign minister", None, "NO"),
        ("former Norwegian leader", None, "NO"), ("Danish president", None, "DK"),
    ]  # fmt: skip
    statements = [with_role(story, str(n), *person) for n, person in enumerate(people)]
    found = who_is_who(statements).entities
    assert named(found) == {
        "Danish president": {},
        "Ines Dorn": {"Norwegian leader": "office"},
        "Karl Voss": {"Norwegian foreign minister": "office"},
        "Ola Berg": {},
        "former Norwegian leader": {},
    }
    assert {e.name: e.role for e in found}["Ines Dorn"] == "president"


def test_agents_an_office_with_two_holders_is_nobody_s(new_story: Any) -> None:
    story = new_story()
    people = [("Ines Dorn", "president", "NO"), ("Karl Voss", "president", "NO"), ("Norwegian leader", None, "NO")]
    statements = [with_role(story, str(n), *person) for n, person in enumerate(people)]
    assert len(who_is_who(statements).entities) == 3


def test_agents_declared_names_side_and_kind(new_story: Any) -> None:
    declared = DeclaredAgent(name="Ines Dorn", aliases=("the Iron Lady",), kind=PERSON, country="NO", side="harbour")
    found = told(
        new_story, ("the Iron Lady", AgentKind.GROUP), ("Dorn", PERSON), roster=Roster(declared=(declared,))
    ).entities
    by_name = {e.name: e for e in found}
    assert (by_name["Ines Dorn"].side, by_name["Ines Dorn"].country, by_name["Ines Dorn"].kind) == (
        "harbour", "NO", PERSON,
    )  # fmt: skip
    assert [(a.name, a.rule, a.why) for a in by_name["Ines Dorn"].aliases] == [
        ("Dorn", "family-name", "no other full name fits the family name here than Ines Dorn"),
        ("the Iron Lady", "declared", "declared to be a name of Ines Dorn"),
    ]


def test_agents_judged_the_same(new_story: Any) -> None:
    same = JudgedPair(a="Coast Watch", b="the Lookouts", by="ana")
    found = told(new_story, ("Coast Watch", BODY), ("the Lookouts", BODY), roster=Roster(same=(same,))).entities
    assert named(found) == {"Coast Watch": {"the Lookouts": "judged"}}
    assert found[0].aliases[1].why == "ana judged it to be a name of Coast Watch"


@pytest.mark.parametrize(("a", "b"), [("Ines Dorn", "Dorn"), ("Ines Dorn", "INES DÖRN"), ("Ines Dorn", "I. Dorn")])
def test_agents_judged_apart(new_story: Any, a: str, b: str) -> None:
    apart = Roster(apart=(JudgedPair(a=b, b=a, by="ana"),))
    assert len(told(new_story, (a, PERSON), (b, PERSON), roster=apart).entities) == 2
    assert len(told(new_story, (a, PERSON), (b, PERSON)).entities) == 1


def test_agents_judged_apart_against_a_declaration(new_story: Any) -> None:
    declared = DeclaredAgent(name="Ines Dorn", aliases=("the Iron Lady",))
    apart = Roster(declared=(declared,), apart=(JudgedPair(a="The Iron Lady", b="Ines Dorn", by="ana"),))
    assert len(told(new_story, ("Ines Dorn", PERSON), ("the Iron Lady", PERSON), roster=apart).entities) == 2


def test_agents_that_share_a_name_are_told_apart_by_country_or_number(new_story: Any) -> None:
    story = new_story()
    story.article("a", "Words of its own.", outlet="Wire", published="2031-03-01")
    for n, (agent, kind, code) in enumerate(
        [("Foreign Ministry", BODY, "NO"), ("Foreign Ministry", BODY, "SE"), ("Foreign Ministry", COUNTRY, "DK")]
    ):
        story.says(str(n), "a", "Words of its own", "Ines Dorn", agent=agent, agent_kind=kind, agent_country=code)
    names = [e.name for e in story.compare().entities]
    assert names == ["Foreign Ministry (DK)", "Foreign Ministry (NO)", "Foreign Ministry (SE)", "Ines Dorn"]


@pytest.mark.parametrize(
    ("name", "country", "words"),
    [
        ("the Chinese space agency", "CN", "space agency"),
        ("Germany’s Süddeutsche Zeitung", "DE", "suddeutsche zeitung"),
        ("government of Costa Rica", "CR", "government"),
        ("government of China", "CN", "government"),
        ("Polish Ministry of Infrastructure", "PL", "infrastructure ministry"),
        ("Japan Times", "JP", "japan times"),
        ("Bank of America", "US", "bank america"),
        ("European Space Agency", None, "european space agency"),
    ],
)
def test_agents_words_of_a_body(name: str, country: str | None, words: str) -> None:
    assert " ".join(body_words(name, country)) == words


def test_agents_words_of_a_person() -> None:
    assert person_words("Belarusian President Alexander Lukashenko") == ["aleksander", "lukashenko"]
    assert person_words("Brett King") == ["bret", "king"]
    assert (is_description("head of the port"), is_description("Charles de Gaulle")) == (True, False)


@given(st.lists(st.sampled_from(["Ines Dorn", "Dorn", "I. Dorn", "Karl Dorn", "ИНЕС ДОРН", "Inês Dörn"]), max_size=6))
def test_agents_the_order_of_statements_does_not_matter(new_story: Any, names: list[str]) -> None:
    story = new_story()
    for n, name in enumerate(names):
        story.article(str(n), "Words.", outlet="Wire", published="2031-03-01")
        story.says(str(n), str(n), "Words", name)
    statements = list(story.statements.values())
    assert who_is_who(statements) == who_is_who(statements[::-1])
    kept = sorted(i for e in who_is_who(statements).entities for a in e.aliases for i in a.statements)
    assert kept == sorted(s.id for s in statements)
