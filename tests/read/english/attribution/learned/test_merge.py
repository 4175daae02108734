"""What a network reads and what the rules find, as one; the network is a stand-in that reads what it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from articles import article  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.model import Act, Span, words_of
from quoth.read.english.attribution import LEAST, attributions, sure
from quoth.read.english.attribution.cues import cues
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.learned import merge
from quoth.read.english.attribution.learned.merge import HEARD, OWN, UNKNOWN, contents, entry_of, merged
from quoth.read.english.attribution.learned.network import Predicted, Run
from quoth.read.english.attribution.learned.words import Stretch, stretches
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.attribution.spans import spans_of
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage, parse_all

MAYOR = "The mayor of Riga said on Monday that the bridge would reopen in May."
PORT = "“We will not sell the port,” Orlova said."
NESTED = "The mayor of Riga said that the union claimed the port was safe."
FARCE = "Orlova called the whole plan “a farce”, and left."


def parsed(text: str) -> tuple[Passage, ...]:
    [(_, passages)] = parse_all([article(text)])
    return passages


def run(stretch: Stretch, text: str, words: str) -> Run:
    """The words of a stretch that make up `words`."""
    start = text.index(words)
    inside = [
        w
        for w, (a, b) in enumerate(zip(stretch.starts, stretch.ends, strict=True))
        if start <= a and b <= start + len(words)
    ]
    return inside[0], inside[-1] + 1


class Told:
    """Reads what it is told: cue, source and contents as words of the text, and two probabilities."""

    def __init__(
        self, text: str, *attributions: tuple[str, str | None, list[str]], cue_p: float = 0.9, roles_p: float = 1.0
    ) -> None:
        self.text, self.attributions, self.cue_p, self.roles_p = text, attributions, cue_p, roles_p
        self.asked: list[list[str]] = []

    def read(
        self, whole: Sequence[Stretch], given: Sequence[Sequence[tuple[int, ...]]], least: float
    ) -> list[list[Predicted]]:
        self.asked = [[" ".join(s.texts[w] for w in cue) for cue in row] for s, row in zip(whole, given, strict=True)]
        found: list[list[Predicted]] = [[] for _ in whole]
        for cue, source, content in self.attributions:
            at = self.text.index(cue)
            k = next(k for k, s in enumerate(whole) if at in s.starts)
            place = lambda words, s=whole[k]: run(s, self.text, words)  # noqa: E731
            found[k].append(
                Predicted(
                    tuple(range(*place(cue))),
                    () if source is None else (place(source),),
                    tuple(place(words) for words in content),
                    self.cue_p,
                    self.roles_p,
                )
            )
        return found


def token(parse: Parse, word: str) -> int:
    return next(t.i for t in parse.tokens if t.text == word)


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def rule(
    text: str,
    passage: Passage,
    cue: str,
    source: str | None,
    content: str,
    pattern: Pattern = Pattern.VERB_CLAUSE,
    confidence: float = 0.8,
) -> Found:
    """What a rule could have found in a passage's frame."""
    frame = passage.frame
    return Found(
        0,
        frame,
        tuple(token(frame, word) for word in cue.split()),
        None if source is None else token(frame, source),
        (span(text, content),),
        cues()["say", "v"],
        pattern,
        confidence,
    )


def merge_one(text: str, found: Found, told: Told, passages: tuple[Passage, ...]) -> Found:
    [one] = merged(passages, [found], told, LEAST)  # type: ignore[arg-type]
    assert one is found
    return one


def said(found: Found, text: str) -> tuple[str | None, str]:
    """The source's head and the content."""
    source = None if found.source is None else found.source_parse.tokens[found.source].text
    return source, words_of(text, found.content)


def named(found: Found, text: str) -> list[str]:
    return [s.words(text) for s in found.named]


# ---------------------------------------------------------------- both


def test_the_networks_words_stand_in_place_of_a_rules() -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", "The mayor of Riga", ["that the bridge would reopen in May"]))
    one = merge_one(MAYOR, rule(MAYOR, passages[0], "said", "Riga", "the bridge would reopen"), told, passages)
    assert said(one, MAYOR) == ("mayor", "that the bridge would reopen in May")
    assert named(one, MAYOR) == ["The mayor of Riga"]
    assert one.pattern == Pattern.VERB_CLAUSE
    assert one.source_in is None
    assert [s.words(MAYOR) for s in spans_of(one).source] == ["The mayor of Riga"]


def test_fewer_words_do_not_stand_in_place_of_a_rules() -> None:
    passages = parsed(MAYOR)
    found = rule(MAYOR, passages[0], "said", "Riga", "that the bridge would reopen in May")
    told = Told(MAYOR, ("said", "The mayor", ["the bridge", "reopen"]))
    one = merge_one(MAYOR, found, told, passages)
    assert said(one, MAYOR) == ("mayor", "that the bridge would reopen in May")


@pytest.mark.parametrize("words", ["that the union claimed the port was safe"])
def test_words_that_keep_the_speaker_inside_them_stand_in_place_of_a_rules(words: str) -> None:
    outer, _ = nested(words)
    assert said(outer, NESTED) == ("mayor", words)


@pytest.mark.parametrize("words", ["the port was safe", "that the union"])
def test_words_that_would_lose_the_speaker_inside_a_rules_do_not(words: str) -> None:
    outer, inner = nested(words)
    assert said(outer, NESTED) == ("Riga", "the union claimed the port was safe")
    assert outer.named == ()
    assert inner.outer is outer
    assert outer.confidence == pytest.approx((0.8 + 0.9) / 2)


def nested(words: str) -> list[Found]:
    """An attribution in the words of another, of which the network reads `words` as the outer one's content."""
    passages = parsed(NESTED)
    outer = rule(NESTED, passages[0], "said", "Riga", "the union claimed the port was safe")
    inner = rule(NESTED, passages[0], "claimed", "union", "the port was safe")
    inner.outer = outer
    told = Told(NESTED, ("said", "The mayor of Riga", [words]))
    found = merged(passages, [outer, inner], told, LEAST)  # type: ignore[arg-type]
    assert found == [outer, inner]
    return found


def test_what_is_carried_over_to_the_next_paragraph_stays() -> None:
    text = PORT + "\n“It belongs to the town and to its people.”"
    told = Told(text, ("said", "Orlova", ["We will not sell the port,"]))
    [found] = attributions(parsed(text), told)  # type: ignore[arg-type]
    assert said(found, text) == ("Orlova", "We will not sell the port, … It belongs to the town and to its people.")


def test_what_the_next_paragraph_holds_is_not_rejected_for_that() -> None:
    text = "Orlova was blunt. She added:\n“It belongs to the town and to its people.”"
    [alone] = attributions(parsed(text))
    [found] = attributions(parsed(text), Told(text, ("added", "She", [])))  # type: ignore[arg-type]
    assert said(found, text) == ("She", "It belongs to the town and to its people.")
    assert found.confidence == alone.confidence


def test_a_source_that_the_network_does_not_read_is_the_rules() -> None:
    passages = parsed(MAYOR)
    found = rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen")
    one = merge_one(MAYOR, found, Told(MAYOR, ("said", None, ["that the bridge would reopen in May"])), passages)
    assert said(one, MAYOR) == ("mayor", "that the bridge would reopen in May")
    assert one.named == ()
    assert [s.words(MAYOR) for s in spans_of(one).source] == ["The mayor of Riga"]


@pytest.mark.parametrize("pattern", sorted(OWN))
def test_what_is_the_rules_own_keeps_its_words(pattern: Pattern) -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", "The mayor of Riga", ["that the bridge would reopen in May"]))
    found = rule(MAYOR, passages[0], "said", "Riga", "the bridge would reopen", pattern)
    one = merge_one(MAYOR, found, told, passages)
    assert said(one, MAYOR) == ("Riga", "the bridge would reopen")
    assert one.named == ()
    assert one.confidence == pytest.approx((0.8 + 0.9) / 2)


@pytest.mark.parametrize("how", ["relay", "relays", "cited"])
def test_what_is_passed_on_keeps_its_words(how: str) -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", "The mayor of Riga", ["that the bridge would reopen in May"]))
    found = rule(MAYOR, passages[0], "said", "Riga", "the bridge would reopen")
    value: object = {"relay": 1, "relays": [(passages[0].frame, 1)], "cited": True}[how]
    setattr(found, how, value)
    one = merge_one(MAYOR, found, told, passages)
    assert said(one, MAYOR) == ("Riga", "the bridge would reopen")
    assert getattr(one, how) == value
    assert one.confidence == pytest.approx((0.8 + 0.9) / 2)


def test_the_confidence_is_the_mean_of_both() -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", None, ["the bridge"]), cue_p=0.5, roles_p=0.6)
    found = rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen", confidence=0.9)
    assert merge_one(MAYOR, found, told, passages).confidence == pytest.approx((0.9 + 0.5 * 0.6) / 2)


def test_what_the_network_hardly_believes_does_not_change_a_rules_words() -> None:
    passages = parsed(MAYOR)
    content = ["that the bridge would reopen in May"]
    found = rule(MAYOR, passages[0], "said", "Riga", "the bridge would reopen")
    told = Told(MAYOR, ("said", "The mayor", content), cue_p=HEARD - 0.01)
    assert said(merge_one(MAYOR, found, told, passages), MAYOR) == ("Riga", "the bridge would reopen")
    told = Told(MAYOR, ("said", "The mayor", content), cue_p=HEARD + 0.01)
    assert said(merge_one(MAYOR, found, told, passages), MAYOR) == ("mayor", *content)


def test_what_the_network_rejects_stays_but_is_doubtful() -> None:
    passages = parsed(MAYOR)
    found = rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen")
    one = merge_one(MAYOR, found, Told(MAYOR, ("said", "The mayor", [])), passages)
    assert said(one, MAYOR) == ("mayor", "the bridge would reopen")
    assert one.confidence == pytest.approx(0.4)
    assert one.confidence < LEAST
    assert sure([one]) == []


def test_sure_keeps_what_is_sure_enough_in_order() -> None:
    passages = parsed(MAYOR)
    found = [
        rule(MAYOR, passages[0], "said", "mayor", "the bridge", confidence=p) for p in (LEAST, 0.1, 0.9, LEAST - 1e-6)
    ]
    assert sure(found) == [found[0], found[2]]


def test_a_rejected_finding_is_among_an_articles_attributions_and_not_among_the_sure() -> None:
    passages = parsed(MAYOR)
    [alone] = attributions(passages)
    assert sure([alone]) == [alone]
    [found] = attributions(passages, Told(MAYOR, ("said", None, [])))  # type: ignore[arg-type]
    assert said(found, MAYOR) == said(alone, MAYOR)
    assert found.confidence == pytest.approx(alone.confidence / 2)
    assert sure([found]) == []


def test_a_finding_that_the_network_says_nothing_of_stays_as_it_is() -> None:
    passages = parsed(MAYOR)
    found = rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen")
    one = merge_one(MAYOR, found, Told(MAYOR), passages)
    assert (said(one, MAYOR), one.confidence) == (("mayor", "the bridge would reopen"), 0.8)


def test_a_reading_of_no_confidence_at_all_is_a_rejection() -> None:
    passages = parsed(MAYOR)
    found = rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen")
    told = Told(MAYOR, ("said", "The mayor", ["that the bridge would reopen in May"]), cue_p=0.0)
    one = merge_one(MAYOR, found, told, passages)
    assert one.confidence == pytest.approx(0.4, abs=1e-3)
    assert said(one, MAYOR) == ("mayor", "the bridge would reopen")


def test_each_cue_of_a_rule_is_asked_for() -> None:
    text = PORT + "\n" + MAYOR
    passages = parsed(text)
    told = Told(text)
    found = [
        rule(text, passages[0], "said", "Orlova", "We will not sell the port,", Pattern.VERB_QUOTE),
        Found(1, passages[1].frame, (4,), 1, (span(text, "the bridge"),), cues()["say", "v"], Pattern.VERB_CLAUSE),
    ]
    assert merged(passages, found, told, LEAST) == found  # type: ignore[arg-type]
    assert told.asked == [["said"], ["said"]]


def test_a_cue_of_several_words_is_asked_for_in_text_order() -> None:
    text = "The union called on Monday for an end to the talks."
    passages = parsed(text)
    told = Told(text, ("called", "The union", ["an end to the talks"]))
    found = rule(text, passages[0], "for called", "union", "an end")
    assert said(merge_one(text, found, told, passages), text) == ("union", "an end to the talks")
    assert told.asked == [["called for"]]
    assert " ".join(found.parse.tokens[i].text for i in found.cue) == "for called"


@pytest.mark.parametrize("mark", [":", "—"])
def test_marks_are_not_asked_for(mark: str) -> None:
    text = f"Ministry {mark} port to close in May"
    passages = parsed(text)
    found = rule(text, passages[0], mark, "Ministry", "port to close in May", Pattern.COLON, 0.7)
    told = Told(text)
    one = merge_one(text, found, told, passages)
    assert told.asked == [[]]
    assert (said(one, text), one.confidence) == (("Ministry", "port to close in May"), 0.7)


def test_words_of_a_source_carried_over_are_not_asked_for() -> None:
    text = PORT + "\n" + MAYOR
    passages = parsed(text)
    found = Found(
        1, passages[1].frame, (4,), 3, (span(text, "the bridge"),), cues()["say", "v"], Pattern.VERB_CLAUSE, 0.8
    )
    found.source_in = passages[0].frame
    told = Told(text)
    merge_one(text, found, told, passages)
    assert told.asked == [[], []]
    assert found.confidence == 0.8


def test_two_findings_of_one_cue_both_stay() -> None:
    passages = parsed(MAYOR)
    found = [
        rule(MAYOR, passages[0], "said", "mayor", "the bridge would reopen"),
        rule(MAYOR, passages[0], "said", "Riga", "in May"),
    ]
    told = Told(MAYOR, ("said", "The mayor of Riga", ["that the bridge would reopen in May"]))
    result = merged(passages, found, told, LEAST)  # type: ignore[arg-type]
    assert {id(f) for f in result} >= {id(f) for f in found}


# ---------------------------------------------------------------- the network alone


def test_what_the_network_alone_reads_is_a_finding_of_its_own() -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", "The mayor of Riga", ["that the bridge would reopen in May"]), cue_p=0.8, roles_p=0.9)
    [one] = merged(passages, [], told, LEAST)  # type: ignore[arg-type]
    assert said(one, MAYOR) == ("mayor", "that the bridge would reopen in May")
    assert named(one, MAYOR) == ["The mayor of Riga"]
    assert (one.passage, one.parse) == (0, passages[0].frame)
    assert [one.parse.tokens[i].text for i in one.cue] == ["said"]
    assert one.entry is cues()["say", "v"]
    assert one.pattern == Pattern.NETWORK
    assert one.confidence == pytest.approx(0.72)


def test_what_the_network_alone_hardly_believes_is_dropped() -> None:
    passages = parsed(MAYOR)
    told = Told(MAYOR, ("said", None, ["that the bridge would reopen in May"]), cue_p=0.5, roles_p=0.5)
    assert merged(passages, [], told, 0.3) == []  # type: ignore[arg-type]
    assert len(merged(passages, [], told, 0.2)) == 1  # type: ignore[arg-type]


def test_without_content_there_is_no_attribution() -> None:
    passages = parsed(MAYOR)
    assert merged(passages, [], Told(MAYOR, ("said", "The mayor", [])), 0.0) == []  # type: ignore[arg-type]
    assert merged(passages, [], Told(MAYOR, ("said", "The mayor", ["."])), 0.0) == []  # type: ignore[arg-type]


def test_nothing_comes_of_an_article_without_words() -> None:
    assert merged((), [], Told(""), LEAST) == []  # type: ignore[arg-type]


def test_a_second_reading_of_a_rules_cue_is_left_out() -> None:
    text = "The union called on Monday for an end to the talks."
    passages = parsed(text)
    found = rule(text, passages[0], "called for", "union", "an end")
    told = Told(text, ("called", "The union", ["an end to the talks"]), ("for", None, ["the talks"]))
    assert said(merge_one(text, found, told, passages), text) == ("union", "an end to the talks")


def test_who_asks_not_to_be_named_says_nothing_by_that() -> None:
    text = "The official asked not to be named."
    told = Told(text, ("asked", "The official", ["not to be named"]))
    assert merged(parsed(text), [], told, LEAST) == []  # type: ignore[arg-type]
    text = "The official asked the union not to strike."
    told = Told(text, ("asked", "The official", ["not to strike"]))
    [one] = merged(parsed(text), [], told, LEAST)  # type: ignore[arg-type]
    assert said(one, text) == ("official", "not to strike")


def test_a_source_in_the_frame_of_a_cue_in_the_quotation() -> None:
    text = "“We said the port would close,” Orlova noted."
    passages = parsed(text)
    told = Told(text, ("said", "Orlova", ["the port would close"]))
    [one] = merged(passages, [], told, LEAST)  # type: ignore[arg-type]
    assert one.parse is passages[0].insides[0]
    assert one.source_in is passages[0].frame
    assert said(one, text) == ("Orlova", "the port would close")


def test_a_source_in_the_quotation_of_a_cue_across_its_end() -> None:
    text = "“We will not sell the port we said,” said Orlova."
    passages = parsed(text)
    found = rule(text, passages[0], "said", "Orlova", "We will not sell the port we said,")
    told = Told(text, ("said,” said", "We", ["will not sell the port"]))
    one = merge_one(text, found, told, passages)
    assert one.parse is passages[0].frame
    assert one.source_parse.tokens[one.source or 0].text == "We"
    assert named(one, text) == ["We"]


@pytest.mark.parametrize(
    ("text", "word", "entry"),
    [
        ("The mayor said that it would reopen.", "said", ("say", "v")),
        ("The union called for an end to the talks.", "called", ("call for", "v")),
        ("His claim that it is safe has angered them.", "claim", ("claim", "n")),
    ],
)
def test_the_entry_is_the_lexicons(text: str, word: str, entry: tuple[str, str]) -> None:
    frame = parsed(text)[0].frame
    assert entry_of(frame.tokens[token(frame, word)]) is cues()[entry]


@pytest.mark.parametrize(
    ("text", "word", "pos"),
    [
        ("The mayor bicycled to the harbour.", "bicycled", "VERB"),
        ("The mayor bought a bicycle in the harbour.", "bicycle", "NOUN"),
        ("The mayor saw a purple harbour.", "purple", "ADJ"),
    ],
)
def test_a_cue_that_no_lexicon_knows_is_taken_by_its_part_of_speech(text: str, word: str, pos: str) -> None:
    frame = parsed(text)[0].frame
    assert entry_of(frame.tokens[token(frame, word)]) is UNKNOWN[pos]


def test_any_other_cue_asserts() -> None:
    frame = parsed("The mayor went to the harbour.")[0].frame
    found = entry_of(frame.tokens[token(frame, "to")])
    assert (found.lemma, found.act) == ("", Act.ASSERT)


# ---------------------------------------------------------------- contents


def content_of(text: str, *runs: str) -> list[str]:
    [passage] = parsed(text)
    [stretch] = stretches(passage, 0)
    return [s.words(text) for s in contents(stretch, [run(stretch, text, words) for words in runs], passage)]


def test_nearly_a_quotation_is_the_whole_of_it() -> None:
    assert content_of(PORT, "We will not sell the") == ["We will not sell the"]  # 20 of 26
    assert content_of(PORT, "will not sell the port") == ["We will not sell the port,"]  # 22 of 26
    assert content_of(PORT, "“We will not sell the port,”") == ["We will not sell the port,"]
    assert content_of(PORT, "port") == ["port"]


def test_what_stands_beside_a_quotation_stays_beside_it() -> None:
    assert content_of(PORT, "will not sell the port,” Orlova") == ["We will not sell the port,” Orlova"]


def test_a_quoted_phrase_is_not_made_whole() -> None:
    assert content_of(FARCE, "the whole plan “a") == ["the whole plan “a"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (MAYOR, "that the bridge would reopen in May.", ["that the bridge would reopen in May"]),
        (FARCE, "the whole plan “a farce”,", ["the whole plan “a farce”"]),
        (FARCE, "the whole plan “a farce”", ["the whole plan “a farce”"]),
        (FARCE, "“a farce”,", ["a farce"]),
        (FARCE, "“a farce”, and left.", ["a farce”, and left"]),
        (FARCE, ", and left.", ["and left"]),
        (FARCE, "”,", []),
        ("Orlova called the plan “a farce.”", "the plan “a farce.”", ["the plan “a farce.”"]),
        ("Orlova called the plan “a farce, a shame.”", "the plan “a farce,", ["the plan “a farce"]),
        ('Orlova called the plan "a farce".', 'the plan "a farce".', ['the plan "a farce"']),
    ],
)
def test_marks_at_the_edges_are_left_out_but_what_closes_an_inner_quotation(
    text: str, words: str, expected: list[str]
) -> None:
    assert content_of(text, words) == expected


def test_runs_come_in_text_order_and_those_that_touch_are_one() -> None:
    assert content_of(MAYOR, "reopen in May", "that the bridge") == ["that the bridge", "reopen in May"]
    assert content_of(MAYOR, "would reopen", "that the bridge") == ["that the bridge would reopen"]
    assert content_of(PORT, "We will not sell the port", "will not sell the port,") == ["We will not sell the port,"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_contents_are_apart_in_order_and_inside_their_paragraph(data: st.DataObject) -> None:
    text = f"{PORT} “It belongs to the town.” {FARCE} {MAYOR}"
    [passage] = parsed(text)
    [stretch] = stretches(passage, 0)
    at = st.integers(0, len(stretch) - 1)
    runs = [(min(a, b), max(a, b) + 1) for a, b in data.draw(st.lists(st.tuples(at, at), max_size=4))]
    found = contents(stretch, runs, passage)
    assert list(found) == sorted(found)
    for before, after in pairwise(found):
        assert before.end < after.start
    for one in found:
        assert passage.block.span.contains(one)
        assert one.words(text)[0].isalnum()
        assert one.words(text)[-1].isalnum() or one.words(text)[-1] in "”,."
    spoken = {w for first, stop in runs for w in range(first, stop) if stretch.texts[w].isalnum()}
    assert all(any(s.contains(Span(stretch.starts[w], stretch.ends[w])) for s in found) for w in spoken)


# ---------------------------------------------------------------- the network that comes along


def test_every_finding_of_the_real_network_stands_in_its_text() -> None:
    from quoth.model import Profile
    from quoth.read.english.attribution.learned import network_for

    text = f"{PORT} “It belongs to the town.”\n{FARCE} {MAYOR}\nThe union, she added, had “no idea” of it: “None.”\n🎉"
    passages = parsed(text)
    ruled = attributions(parsed(text))
    found = attributions(passages, network_for(Profile.FAST))
    assert len(found) >= len(ruled) > 2
    for one in found:
        assert 0 <= one.confidence <= 1
        block = passages[one.passage].block.span
        assert all(block.contains(s) for s in one.content)
        assert all(0 <= i < len(one.parse.tokens) for i in one.cue)
        if one.named:
            parse, head = one.source_parse, one.source
            assert head is not None
            assert any(s.contains(parse.span(head, head + 1)) for s in one.named)
    assert merge.OTHER.act is Act.ASSERT


# ---------------------------------------------------------------- what the syntax rules out


def alone(text: str, cue: str, source: str, content: str) -> list[Found]:
    """What is made of a reading where the rules found nothing."""
    return merged(parsed(text), [], Told(text, (cue, source, [content])), LEAST)  # type: ignore[arg-type]


def test_whoever_was_told_says_nothing() -> None:
    assert alone("The ministry was warned twice about the port.", "warned", "The ministry", "the port") == []


def test_a_label_before_a_colon_is_no_source() -> None:
    text = "Correction: An earlier report said that the port was closed."
    [one] = alone(text, "said", "Correction", "that the port was closed")
    assert said(one, text) == (None, "that the port was closed")


def test_what_is_said_of_a_claim_is_no_part_of_it() -> None:
    text = "His claim that inspectors had been bribed could not be verified."
    [one] = alone(text, "claim", "His", "that inspectors had been bribed could not be verified")
    assert said(one, text) == ("His", "that inspectors had been bribed")


def test_that_nothing_was_said_is_no_saying() -> None:
    [one] = alone("Orlova never said that the port was safe.", "said", "Orlova", "that the port was safe")
    assert one.negated


def test_a_quotation_that_a_rule_gives_to_somebody_else_stays_his() -> None:
    text = "“We will leave soon,” Orlova said. “You will stay here,” Brandl wrote."
    passages = parsed(text)
    told = Told(text, ("said", "Orlova", ["We will leave soon", "You will stay here"]))
    first = rule(text, passages[0], "said", "Orlova", "We will leave soon,", Pattern.VERB_QUOTE)
    second = rule(text, passages[0], "wrote", "Brandl", "You will stay here,", Pattern.VERB_QUOTE)
    merged(passages, [first, second], told, LEAST)  # type: ignore[arg-type]
    assert said(first, text) == ("Orlova", "We will leave soon,")


def test_words_that_take_in_what_else_the_speaker_says_do_not_stand_in_place_of_a_rules() -> None:
    text = "Orlova doubts that the truce will last and thinks both sides will attack."
    passages = parsed(text)
    told = Told(text, ("doubts", "Orlova", ["that the truce will last and thinks both sides will attack"]))
    first = rule(text, passages[0], "doubts", "Orlova", "that the truce will last")
    second = rule(text, passages[0], "thinks", "Orlova", "both sides will attack")
    merged(passages, [first, second], told, LEAST)  # type: ignore[arg-type]
    assert said(first, text) == ("Orlova", "that the truce will last")


def test_words_that_take_in_who_passes_them_on_do_not_stand_in_place_of_a_rules() -> None:
    text = "Orlova said that, according to Brandl, the port was closed."
    passages = parsed(text)
    told = Told(text, ("according to", "Brandl", ["Orlova said that", "the port was closed"]))
    whole = rule(text, passages[0], "said", "Orlova", "that, according to Brandl, the port was closed")
    inner = rule(text, passages[0], "according to", "Brandl", "the port was closed", Pattern.ACCORDING)
    inner.outer = whole
    merged(passages, [whole, inner], told, LEAST)  # type: ignore[arg-type]
    assert said(inner, text) == ("Brandl", "the port was closed")


def test_a_day_before_what_was_asked_is_that_of_the_asking() -> None:
    text = "Orlova asked the court on Tuesday to close the port."
    passages = parsed(text)
    told = Told(text, ("asked", "Orlova", ["the court on Tuesday to close the port"]))
    one = rule(text, passages[0], "asked", "Orlova", "to close the port", Pattern.VERB_INFINITIVE)
    assert said(merge_one(text, one, told, passages), text) == ("Orlova", "to close the port")
