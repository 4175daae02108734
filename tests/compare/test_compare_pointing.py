"""What points at something said before, persons by their role, and what another speaker's plan or price denies."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.compare.names import is_bare_role
from quoth.model import Act, AgentKind, Factuality, Slot

TEXT = (
    "The police leaked the memo, Ada Holm said. The police denied the accusation. "
    "The former head of the harbour was sentenced to nine years. Tomas Beran was sentenced to six years. "
    "The summit will begin on May 3. The summit will not begin until May 5. "
    "Arlan freed the hostages. Arlan denied freeing them in exchange for gold."
)
DENIED = {"act": Act.DENY, "factuality": Factuality.CERTAINLY_NOT}


@pytest.fixture
def story(new_story: Any) -> Any:
    made = new_story()
    made.article("one", TEXT, outlet="Sund Times", published="2031-04-01")
    made.article("two", TEXT + " ", outlet="Arlan Post", published="2031-04-01")
    return made


def test_pointing_denial_is_of_what_was_said_before(story: Any) -> None:
    story.says("leak", "one", "The police leaked the memo", "Ada Holm", predicate="leak", theme="memo", agent="police")
    story.says("no", "one", "the accusation", "The police", kind=AgentKind.ORGANIZATION, predicate="accuse", **DENIED)
    (question,) = [q for q in story.compare().questions if q.slot is Slot.POLARITY]
    assert story.relation(question, "leak", "no") == ("deny", "leak", "no")


def test_pointing_manner_denied_is_no_denial(story: Any) -> None:
    freed = {"predicate": "rescue", "theme": "Holm hostages", "place": "Sund"}
    story.says("yes", "two", "Arlan freed the hostages", "Ada Holm", **freed)
    story.says("no", "one", "freeing them in exchange for gold", "Bo Lind", **freed, **DENIED)
    (question,) = [q for q in story.compare().questions if q.slot is Slot.POLARITY]
    found = story.relation(question, "yes", "no")
    assert found is not None
    assert found[0] == "tension"


def test_pointing_not_until_is_from_then_on(story: Any) -> None:
    story.says("third", "one", "The summit will begin on May 3", "Ada Holm", predicate="open", theme="Sund Bridge",
               act=Act.PLAN, factuality=Factuality.PROBABLE, time="2031-05-08", place="Sund")  # fmt: skip
    story.says("fifth", "two", "The summit will not begin until May 5", "Bo Lind", predicate="open",
               theme="Sund Bridge", factuality=Factuality.PROBABLY_NOT, time=(None, "2031-05-05"),
               place="Sund")  # fmt: skip
    for question in story.compare().questions:
        found = story.relation(question, "third", "fifth") if question.slot is Slot.TIME else None
        assert found is None or found[0] not in ("contradict", "deny")


@pytest.mark.parametrize(
    ("name", "bare"),
    [("mayor", True), ("the spokesman", True), ("mayor of Varn", False), ("Holm", False), ("head of the port", False)],
)
def test_pointing_bare_roles(name: str, bare: bool) -> None:
    assert is_bare_role(name) is bare


def test_pointing_two_mayors_are_two_voices(story: Any) -> None:
    story.article("far", "Rain fell on Varn all week. The bridge is shut, the mayor said. Arlan freed the hostages.",
                  outlet="Varn Mail", published="2031-04-01")  # fmt: skip
    for article in ("one", "far"):
        story.says(article, article, "Arlan freed the hostages", "mayor", predicate="rescue", theme="hostages")
    assert len(story.compare().origins) == 2
