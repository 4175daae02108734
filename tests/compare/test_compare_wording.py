"""The question's words: grammatical for frequent verbs, and never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.compare import compare
from quoth.compare.inflection import participle, past, plural, third_person
from quoth.model import Act, AgentKind, Factuality


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("deploy", ("deploys", "deployed", "deployed")),
        ("carry", ("carries", "carried", "carried")),
        ("stop", ("stops", "stopped", "stopped")),
        ("have", ("has", "had", "had")),
        ("take over", ("takes over", "took over", "taken over")),
        ("launch", ("launches", "launched", "launched")),
        ("decide", ("decides", "decided", "decided")),
    ],
)
def test_wording_inflects(verb: str, expected: tuple[str, str, str]) -> None:
    assert (third_person(verb), past(verb), participle(verb)) == expected


@pytest.mark.parametrize(
    ("one", "many"),
    [("missile system", "missile systems"), ("person", "people"), ("city", "cities"), ("troops", "troops")],
)
def test_wording_plural(one: str, many: str) -> None:
    assert plural(one) == many


def texts(new_story: Any, *rows: dict[str, Any]) -> list[str]:
    """The questions of a story in which each row is said by another speaker on one day."""
    story = new_story()
    for n, row in enumerate(rows):
        story.article(str(n), "They speak of the thing at hand.", outlet=f"Paper {n}", published="2031-03-01")
        story.says(str(n), str(n), "the thing at hand", f"Speaker {'ABCDEF'[n]}", **row)
    return [q.text for q in compare(list(story.statements.values()), list(story.documents.values())).questions]


PLAN = {"act": Act.PLAN, "factuality": Factuality.PROBABLE}
ARLAN = {"agent": "Arlan", "agent_kind": AgentKind.COUNTRY, "agent_country": "AL"}


@pytest.mark.parametrize(
    ("row", "question"),
    [
        ({"predicate": "deploy", "theme": "Kestrel drones", "place": "Varn", "time": "2031-06-01", **PLAN},
         "When will Kestrel drones be deployed in Varn?"),
        ({"predicate": "transfer", "theme": "Kestrel drones", "place": "Varn", "number": (5, 5), "unit": "drones"},
         "How many Kestrel drones were transferred to Varn?"),
        ({"predicate": "possess", "theme": "Kestrel", "number": (5, 5), "unit": "drones", **ARLAN},
         "How many Kestrel drones does Arlan have?"),
        ({"predicate": "kill", "place": "Varn", "number": (5, 5), "unit": "people"},
         "How many people were killed in Varn?"),
        ({"predicate": "die", "place": "Varn", "number": (5, 5)}, "How many people died in Varn?"),
        ({"predicate": "decide", "theme": "quotas", **ARLAN}, "Who decides on quotas?"),
        ({"predicate": "acquire", "theme": "Velt", "agent": "Norda", "number": (5, 5), "unit": "USD"},
         "For how much did Norda acquire Velt?"),
        ({"predicate": "sign", "theme": "treaty", "time": "2031-01-10"}, "When was the treaty signed?"),
    ],
)  # fmt: skip
def test_wording_of_questions(new_story: Any, row: dict[str, Any], question: str) -> None:
    assert texts(new_story, row, row) == [question]


@pytest.mark.parametrize(
    ("row", "question"),
    [
        ({"predicate": "sink", "theme": "Osprey", "time": "2031-01-10"}, "When did Osprey sink?"),
        ({"predicate": "steal", "theme": "Osprey", "time": "2031-01-10"}, "When was Osprey stolen?"),
        ({"predicate": "overthrow", "theme": "junta", "time": "2031-01-10"}, "When was the junta overthrown?"),
        ({"predicate": "uphold", "theme": "ban", "time": "2031-01-10"}, "When was the ban upheld?"),
        ({"predicate": "ban", "theme": "Osprey", "time": "2031-01-10"}, "When was Osprey banned?"),
        ({"predicate": "deliver", "theme": "patrol boats", "number": (5, 5), "unit": "patrol boats"},
         "How many patrol boats were delivered?"),
        ({"predicate": "deliver", "theme": "patrol boats", "number": (5, 5), "unit": "patrol boats", **PLAN},
         "How many patrol boats will be delivered?"),
        ({"predicate": "deliver", "theme": "first patrol boats", "number": (5, 5), "unit": "boats"},
         "How many patrol boats were delivered?"),
        ({"predicate": "deliver", "theme": "first patrol boats", "time": "2031-01-10"},
         "When were the first patrol boats delivered?"),
        ({"predicate": "leave", "theme": "Haldersund", "place": "Haldersund", "number": (5, 5), "unit": "sailors"},
         "How many sailors left for Haldersund?"),
        ({"predicate": "pay", "theme": "boats", "agent": "Arlan", "number": (5, 5), "unit": "USD"},
         "How much did Arlan pay for boats?"),
        ({"predicate": "fine", "theme": "Tomas Beran", "number": (5, 5), "unit": "USD"},
         "How large is the fine for Tomas Beran?"),
        ({"predicate": "sentence", "theme": "Tomas Beran", "number": (6, 6), "unit": "years"},
         "How long is the sentence for Tomas Beran?"),
        ({"predicate": "sentence", "theme": "Tomas Beran", "time": "2031-01-10"}, "When was Tomas Beran sentenced?"),
        ({"predicate": "damage", "number": (5, 5), "unit": "USD"}, "How large are the damages?"),
        ({"predicate": "search", "theme": "survivors", "time": "2031-01-10"},
         "When did anybody search for survivors?"),
        ({"predicate": "cost", "theme": "Osprey", "number": (5, 5), "unit": "crowns"}, "What is the price of Osprey?"),
        ({"predicate": "approve", "theme": "deal", "agent": "European Commission", "time": "2031-01-10"},
         "When did the European Commission approve the deal?"),
        ({"predicate": "rescue", "number": (5, 5), "unit": "miners", "theme": "miners"},
         "How many miners were rescued?"),
        ({"predicate": "flee", "number": (5, 5), "unit": "families"}, "How many families fled?"),
        ({"predicate": "evacuate", "place": "Varn", "number": (5, 5), "unit": "villagers"},
         "How many villagers were evacuated in Varn?"),
        ({"predicate": "missing", "number": (5, 5), "unit": "people", "place": "Varn"},
         "How many people are missing in Varn?"),
        ({"predicate": "call off", "theme": "search", "time": "2031-01-10"}, "When was the search called off?"),
        ({"predicate": "resign", "agent": "Ada Holm", "agent_kind": AgentKind.PERSON, "place": "Varn",
          "time": "2031-06-01", **PLAN}, "When will Ada Holm resign in Varn?"),
        ({"predicate": "arrest", "theme": "protesters", "number": (5, 5), "unit": "protesters", "place": "Varn"},
         "How many protesters were arrested in Varn?"),
        ({"predicate": "visit", "theme": "villages", "agent": "Ada Holm", "time": "2031-01-10"},
         "When did Ada Holm visit villages?"),
        ({"predicate": "vote", "place": "Varn", "time": "2031-01-10"}, "When was the vote in Varn?"),
        ({"predicate": "close", "theme": "mine", "place": "Varn", "time": "2031-06-01", **PLAN},
         "When will the mine be closed in Varn?"),
    ],
)  # fmt: skip
def test_wording_of_frames(new_story: Any, row: dict[str, Any], question: str) -> None:
    assert texts(new_story, row, row) == [question]


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1), st.none() | st.text(min_size=1), st.booleans())
def test_wording_never_fails(new_story: Any, predicate: str, theme: str, unit: str | None, ahead: bool) -> None:
    row = {
        "predicate": predicate,
        "theme": theme,
        "number": (1, 2),
        "unit": unit,
        "time": "2031-06-01",
        "place": "Varn",
    }
    for text in texts(new_story, {**row, **(PLAN if ahead else {})}, row):
        assert text.endswith("?")
        assert "\n" not in text
