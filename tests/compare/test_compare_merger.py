"""A merger: leaked anonymously, copied, denied, confirmed at another price."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.model import Act, AgentKind, Factuality, Slot

LEAK = (
    "Norda Bank plans to buy Velt Insurance for 5 billion dollars, a person familiar with the talks told The Ledger. "
    "The two sides have been talking since the winter, and the boards are expected to meet before the end of the month "
    "to look at the terms, which would make the combined group the second largest lender on the coast by assets."
)


@pytest.fixture(scope="module")
def merger(new_story: Any) -> Any:
    story = new_story()
    story.article("ledger", LEAK, outlet="The Ledger", published="2031-05-02")
    story.article("metro", LEAK + " Shares rose.", outlet="Metro Daily", published="2031-05-03")
    story.article("denial", "Velt Insurance denied that it is being bought by Norda Bank.", outlet="Coast Wire",
                  published="2031-05-04")  # fmt: skip
    story.article("deal", "Norda Bank confirmed that it has bought Velt Insurance for 5.5 billion dollars.",
                  outlet="Coast Wire", published="2031-05-20")  # fmt: skip
    event = {"predicate": "acquire", "agent": "Norda Bank", "theme": "Velt Insurance"}
    leak = {"kind": AgentKind.ANONYMOUS, "act": Act.PLAN, "factuality": Factuality.PROBABLE, "number": (5e9, 5e9),
            "unit": "USD", **event}  # fmt: skip
    words = "plans to buy Velt Insurance for 5 billion dollars"
    story.says("leak", "ledger", words, "person familiar with the talks", **leak)
    story.says("copy", "metro", words, "person familiar with the talks", via=("The Ledger",), **leak)
    story.says("denied", "denial", "it is being bought by Norda Bank", "Velt Insurance", kind=AgentKind.ORGANIZATION,
               act=Act.DENY, factuality=Factuality.CERTAINLY_NOT, said="2031-05-04",
               **{**event, "theme": "Velt"})  # fmt: skip
    story.says("confirmed", "deal", "it has bought Velt Insurance for 5.5 billion dollars", "Norda Bank",
               kind=AgentKind.ORGANIZATION, act=Act.CONFIRM, said="2031-05-20", number=(5.5e9, 5.5e9), unit="USD",
               **event)  # fmt: skip
    return story


def test_merger_asks_whether_and_for_how_much(merger: Any) -> None:
    assert {(q.slot, q.text) for q in merger.compare().questions} == {
        (Slot.POLARITY, "Will Norda Bank acquire Velt Insurance?"),
        (Slot.QUANTITY, "For how much will Norda Bank acquire Velt Insurance?"),
    }


def test_merger_denial_answers_the_leak_across_documents(merger: Any, ask: Any) -> None:
    question = ask(merger.compare(), Slot.POLARITY, "acquire")
    assert merger.relation(question, "leak", "denied") == ("deny", "leak", "denied")
    assert merger.relation(question, "copy", "denied") == ("deny", "copy", "denied")


def test_merger_confirmation_later_than_the_denial_is_no_proof_of_a_lie(merger: Any, ask: Any) -> None:
    question = ask(merger.compare(), Slot.POLARITY, "acquire")
    found = merger.relation(question, "denied", "confirmed")
    assert found is not None
    assert found[0] == "tension"


def test_merger_deed_supersedes_the_plan_and_its_price(merger: Any, ask: Any) -> None:
    comparison = merger.compare()
    assert merger.relation(ask(comparison, Slot.QUANTITY, "acquire"), "leak", "confirmed") == (
        "supersede", "leak", "confirmed",
    )  # fmt: skip
    assert merger.relation(ask(comparison, Slot.POLARITY, "acquire"), "leak", "confirmed") == (
        "supersede", "leak", "confirmed",
    )  # fmt: skip


def test_merger_leak_and_its_copy_are_one_origin(merger: Any, ask: Any) -> None:
    comparison = merger.compare()
    assert merger.origins(comparison) == [["confirmed"], ["copy", "leak"], ["denied"]]
    price = ask(comparison, Slot.QUANTITY, "acquire")
    assert merger.values(price) == [
        ((5e9, 5e9), "planned", ["copy", "leak"], 1),
        ((5.5e9, 5.5e9), None, ["confirmed"], 1),
    ]


def test_merger_relay_tree_runs_from_the_source_through_the_first_paper(merger: Any) -> None:
    (origin,) = [o for o in merger.compare().origins if o.reports == 2]
    assert [(link.parent, link.child) for link in origin.links] == [
        (origin.voice, "The Ledger"),
        (origin.voice, "The Ledger"),
        ("The Ledger", "Metro Daily"),
    ]
