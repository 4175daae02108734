"""Voices, copies and relays: who spoke, which text is whose, and through whom it came."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.compare import compare
from quoth.compare.agents import Agents
from quoth.compare.copies import Copies
from quoth.compare.voices import voices_of
from quoth.model import AgentKind, Document, QuoteType

WIRE = " ".join(
    f"The council of Varn met for the {n} time this year and heard that the river wall will cost more than was thought."
    for n in ("first", "second", "third", "fourth")
)
OTHER = "A regatta was held in Ostrel on Sunday in bright weather, and " + "the crews of nine towns rowed well. " * 9


def document(name: str, text: str, published: str | None = None, outlet: str | None = None) -> Document:
    import datetime

    day = datetime.date.fromisoformat(published) if published else None
    return Document(id=name, sha256="0" * 64, text=text, blocks=(), published=day, outlet=outlet)


def test_lineage_copies_stand_under_the_earliest() -> None:
    documents = [
        document("a", WIRE + " Readers may write to us.", "2031-03-03"), document("b", WIRE, "2031-03-02"),
        document("c", OTHER, "2031-03-01"),
    ]  # fmt: skip
    assert Copies(documents).copy_of == {"a": "b", "b": "b", "c": "c"}
    assert Copies(reversed(documents)).copy_of == Copies(documents).copy_of


def test_lineage_short_notices_are_copies_only_when_equal() -> None:
    documents = [document("a", "Rain in Varn."), document("b", "Rain in Varn!"), document("c", "Rain in Ostrel.")]
    assert Copies(documents).copy_of == {"a": "a", "b": "a", "c": "c"}


def test_lineage_empty_texts_are_no_copies() -> None:
    assert Copies([document("a", ""), document("b", "")]).copy_of == {"a": "a", "b": "b"}


def story_of(new_story: Any, *sources: tuple[str, AgentKind, dict[str, Any]]) -> Any:
    story = new_story()
    for n, (name, kind, how) in enumerate(sources):
        story.article(str(n), f"Paper {n} has words of its own.", outlet=f"Paper {n}", published="2031-03-01")
        story.says(str(n), str(n), "words of its own", name, kind=kind, **how)
    return story


def voices(story: Any) -> list[str | None]:
    statements = list(story.statements.values())
    found = voices_of(statements, {d.id: d for d in story.documents.values()}, {}, Agents(statements).speakers)
    return [found.get(s.id) for s in story.statements.values()]


@pytest.mark.parametrize(
    ("a", "b", "kind", "one"),
    [
        ("Ines Dorn", "Dorn", AgentKind.PERSON, True),
        ("Ines Dorn", "Foreign Minister Ines Dorn", AgentKind.PERSON, True),
        ("Ines Dorn", "I. Dorn", AgentKind.PERSON, True),
        ("Ines Dorn", "Karl Dorn", AgentKind.PERSON, False),
        ("Civil Defence Agency", "the Civil Defence Agency", AgentKind.ORGANIZATION, True),
        ("Civil Defence Agency", "CDA", AgentKind.ORGANIZATION, True),
        ("Civil Defence Agency", "Coast Guard", AgentKind.ORGANIZATION, False),
        ("an official", "an official", AgentKind.ANONYMOUS, False),
        ("residents", "residents", AgentKind.GROUP, False),
    ],
)
def test_lineage_one_voice(new_story: Any, a: str, b: str, kind: AgentKind, one: bool) -> None:
    x, y = voices(story_of(new_story, (a, kind, {}), (b, kind, {})))
    assert x is not None
    assert (x == y) is one


def test_lineage_a_family_name_of_two_people_is_nobody_else(new_story: Any) -> None:
    people = [("Ines Dorn", AgentKind.PERSON, {}), ("Karl Dorn", AgentKind.PERSON, {}), ("Dorn", AgentKind.PERSON, {})]
    assert len(set(voices(story_of(new_story, *people)))) == 3


def test_lineage_one_relay_makes_one_anonymous_voice(new_story: Any) -> None:
    through = {"via": ("The Ledger",)}
    story = story_of(
        new_story, ("an official", AgentKind.ANONYMOUS, through), ("official", AgentKind.ANONYMOUS, through)
    )
    assert len(set(voices(story))) == 1


def test_lineage_narrators_and_nobody_have_no_voice(new_story: Any) -> None:
    story = story_of(new_story, ("narrator", AgentKind.NARRATOR, {}), ("unattributed", AgentKind.UNATTRIBUTED, {}))
    assert voices(story) == [None, None]
    assert compare(list(story.statements.values()), list(story.documents.values())).origins == ()


def test_lineage_chain_runs_through_relays_to_the_outlet(new_story: Any) -> None:
    story = new_story()
    story.article("a", "Dorn said so.", outlet="Coast Wire", published="2031-03-01", relays="Arlan Times")
    story.says("s", "a", "Dorn said so", "Ines Dorn", via=("TV Arlan",))
    (origin,) = story.compare().origins
    assert [(link.parent, link.child) for link in origin.links] == [
        ("Ines Dorn", "TV Arlan"), ("TV Arlan", "Arlan Times"), ("Arlan Times", "Coast Wire"),
    ]  # fmt: skip


def test_lineage_one_quotation_is_one_origin_and_two_subjects_are_two(new_story: Any) -> None:
    story = new_story()
    text = "“The wall held. We shall send the pumps to Varn,” Dorn said. Dorn asked for a loan."
    story.article("a", text, outlet="Coast Wire", published="2031-03-01")
    story.says("wall", "a", "The wall held", "Ines Dorn", quote=QuoteType.DIRECT, predicate="hold", theme="wall")
    story.says("pumps", "a", "We shall send the pumps to Varn", "Ines Dorn", quote=QuoteType.DIRECT,
               predicate="transfer", theme="pumps")  # fmt: skip
    story.says("loan", "a", "for a loan", "Dorn", predicate="borrow", theme="loan")
    assert story.origins(story.compare()) == [["loan"], ["pumps", "wall"]]
