"""How sure a content is of its events: FactBank's scale, read off modals, negation and governing words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import BlockKind, Factuality, Polarity
from quoth.read.english import pipeline
from quoth.read.english.events import frames_of
from quoth.read.english.events.markers import CERTAIN, UNKNOWN, Degree, marker
from quoth.read.english.lexicon import rows, words
from quoth.read.english.parse import Layers, Parse


def judged(text: str, word: str) -> tuple[str, str]:
    """Factuality and polarity of the event that `word` triggers."""
    doc = pipeline.load()(text)
    parse = Parse(doc, tuple(t.idx for t in doc), tuple(t.idx + len(t) for t in doc), BlockKind.PARAGRAPH)
    found = [f for f in frames_of(Layers(parse), parse.tokens) if f.trigger.token.text == word]
    assert found, f"{word!r} triggers no event"
    return found[0].degree.factuality.value, found[0].degree.polarity.value


CASES = [
    ("The navy deployed frigates.", "deployed", "CT+"),
    ("The navy did not deploy frigates.", "deploy", "CT-"),
    ("The navy never deployed frigates.", "deployed", "CT-"),
    ("No frigates were deployed.", "deployed", "CT-"),
    ("Nobody was injured.", "injured", "CT-"),
    ("Neither side has ratified the treaty.", "ratified", "CT-"),
    ("None of the ships returned.", "returned", "CT-"),
    ("The navy did not deploy or test the frigates.", "test", "CT-"),
    ("Not only did they attack the town, they burned it.", "attack", "CT+"),
    ("The envoy left without signing the pact.", "signing", "CT-"),
    ("There was no explosion.", "explosion", "CT-"),
    ("There will be no deployment.", "deployment", "PR-"),
    ("The navy will deploy frigates.", "deploy", "PR+"),
    ("The navy will not deploy frigates.", "deploy", "PR-"),
    ("The navy will certainly deploy frigates.", "deploy", "CT+"),
    ("The navy would deploy frigates.", "deploy", "PR+"),
    ("The navy could deploy frigates.", "deploy", "PS+"),
    ("The navy may not deploy frigates.", "deploy", "PS-"),
    ("The navy cannot deploy frigates.", "deploy", "CT-"),
    ("I can confirm that the navy deployed frigates.", "deployed", "CT+"),
    ("I cannot confirm that the navy deployed frigates.", "confirm", "CT-"),
    ("The question whether they will sail was raised.", "raised", "CT+"),
    ("The navy should deploy frigates.", "deploy", "U"),
    ("The navy probably deployed frigates.", "deployed", "PR+"),
    ("Perhaps the navy deployed frigates.", "deployed", "PS+"),
    ("The navy plans to deploy frigates.", "deploy", "PR+"),
    ("The navy plans to deploy frigates.", "plans", "CT+"),
    ("The navy does not plan to deploy frigates.", "deploy", "PR-"),
    ("The navy is to deploy frigates.", "deploy", "PR+"),
    ("The navy is set to deploy frigates.", "deploy", "PR+"),
    ("The navy is expected to deploy frigates.", "deploy", "PR+"),
    ("The navy is going to deploy frigates.", "deploy", "PR+"),
    ("The navy may be planning to deploy frigates.", "deploy", "PS+"),
    ("The navy managed to deploy frigates.", "deploy", "CT+"),
    ("The navy did not manage to deploy frigates.", "deploy", "CT-"),
    ("The navy failed to deploy frigates.", "deploy", "CT-"),
    ("The navy refused to deploy frigates.", "deploy", "CT-"),
    ("The navy tried to deploy frigates.", "deploy", "U"),
    ("The navy wants to deploy frigates.", "deploy", "U"),
    ("The minister asked the navy to deploy frigates.", "deploy", "U"),
    ("The minister proposed that the navy deploy frigates.", "deploy", "U"),
    ("The navy has begun to deploy frigates.", "deploy", "CT+"),
    ("The navy has not begun to deploy frigates.", "deploy", "CT-"),
    ("It is likely that the navy deployed frigates.", "deployed", "PR+"),
    ("It is unlikely that the navy deployed frigates.", "deployed", "PR-"),
    ("The deployment of frigates is possible.", "deployment", "PS+"),
    ("The deployment of frigates could occur in June.", "deployment", "PS+"),
    ("The deployment of frigates did not take place.", "deployment", "CT-"),
    ("The navy cancelled the deployment of frigates.", "deployment", "CT-"),
    ("The navy postponed the deployment of frigates.", "deployment", "PR+"),
    ("The minister called for the deployment of frigates.", "deployment", "U"),
    ("The navy prevented an attack on the port.", "attack", "CT-"),
    ("The navy announced a planned deployment of frigates.", "deployment", "PR+"),
    ("A possible attack on the port worries them.", "attack", "PS+"),
    ("If the navy deploys frigates, prices will rise.", "deploys", "U"),
    ("If the navy deploys frigates, prices will rise.", "rise", "PS+"),
    ("The frigates should reach the port by June.", "reach", "PR+"),
    ("The embargo should be lifted by June.", "lifted", "PR+"),
    ("The minister should resign.", "resign", "U"),
    ("The president should resign.", "resign", "U"),
    ("The police chief should go by June.", "go", "U"),
    ("The embargo should be lifted.", "lifted", "U"),
    ("The frigates are expected in June.", "expected", "PR+"),
    ("Not one frigate reached the port.", "reached", "CT-"),
    ("He asked whether the navy deployed frigates.", "deployed", "U"),
    ("He did not say how many frigates will be deployed.", "deployed", "U"),
    ("Will the navy deploy frigates?", "deploy", "U"),
    ("Deploy the frigates now.", "Deploy", "U"),
    ("He believes that the navy deployed frigates.", "deployed", "PR+"),
    ("He doubts that the navy deployed frigates.", "deployed", "PR-"),
    ("He denied that the navy deployed frigates.", "deployed", "CT-"),
    ("He regrets that the navy deployed frigates.", "deployed", "CT+"),
    ("He does not regret that the navy deployed frigates.", "deployed", "CT+"),
    ("He said that the navy deployed frigates.", "deployed", "CT+"),
    ("The navy's decision to deploy frigates angered him.", "deploy", "PR+"),
    ("An attempt by the navy to deploy frigates angered him.", "deploy", "U"),
    ("The navy needs to repair the frigates.", "repair", "U"),
    ("The navy forgot to repair the frigates.", "repair", "CT-"),
    ("The navy was forced to sink the frigate.", "sink", "CT+"),
    ("The weapon is capable of piercing armour.", "piercing", "PS+"),
    ("Frigates to be deployed in June", "deployed", "PR+"),
    ("The navy carried out no strikes on the port.", "strikes", "CT-"),
]


@pytest.mark.parametrize(("text", "word", "expected"), CASES)
def test_factuality_of_events(text: str, word: str, expected: str) -> None:
    assert judged(text, word)[0] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("If the talks do not resume, prices will rise.", "resume", ("U", "-")),
        ("The navy did not try to deploy frigates.", "try", ("CT-", "-")),
        ("He asked them to leave.", "leave", ("U", "+")),
    ],
)
def test_factuality_unknown_keeps_its_polarity(text: str, word: str, expected: tuple[str, str]) -> None:
    assert judged(text, word) == expected


def test_factuality_does_not_look_outside_the_content() -> None:
    text = "He denied that the navy deployed frigates."
    doc = pipeline.load()(text)
    parse = Parse(doc, tuple(t.idx for t in doc), tuple(t.idx + len(t) for t in doc), BlockKind.PARAGRAPH)
    inside = [t for t in parse.tokens if t.i >= 3]
    assert [f.degree.factuality for f in frames_of(Layers(parse), inside)] == [Factuality.CERTAIN]


DEGREES = st.builds(Degree, st.integers(0, 3), st.sampled_from([1, -1]))


@given(DEGREES, DEGREES)
def test_degree_under_never_gains_certainty(inner: Degree, outer: Degree) -> None:
    joined = inner.under(outer)
    assert joined.rank == min(inner.rank, outer.rank)
    assert joined.sign == inner.sign * outer.sign


@given(DEGREES)
def test_degree_certain_changes_nothing(degree: Degree) -> None:
    assert degree.under(CERTAIN) == degree
    assert degree.under(UNKNOWN).factuality is Factuality.UNKNOWN
    assert degree.polarity is (Polarity.POSITIVE if degree.sign > 0 else Polarity.NEGATIVE)


def test_modality_lexicon_has_one_row_a_word() -> None:
    seen: set[tuple[str, str]] = set()
    for kind, positive, negated, act, complements, listed in rows("modality.tsv"):
        assert kind in {"modal", "adverb", "verb", "adjective", "noun", "participle", "attribute"}
        assert {positive, negated} <= {f.value for f in Factuality}
        assert complements in {"-", "clause", "to", "from", "any", "own", "pass"}
        assert act == act.strip()
        for word in words(listed):
            key = (complements if complements in {"to", "from"} else kind, word)
            assert key not in seen, f"{key} stands twice"
            seen.add(key)


def test_marker_looks_up_by_kind() -> None:
    fail = marker("verb", "fail")
    assert fail is not None
    assert (fail.positive, fail.negated) == (Degree(3, -1), Degree(3, 1))
    assert marker("noun", "fail") is None
