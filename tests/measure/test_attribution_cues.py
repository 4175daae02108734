"""Kinds of cue, told by the cue's words and the word before."""

from __future__ import annotations

import pytest

from quoth.measure.attribution.cues import CueKind, kind_of
from quoth.measure.attribution.words import Text
from quoth.model import Span


def kind(before: str, cue: str, after: str = " it") -> CueKind:
    text = before + cue + after
    return kind_of(Text(text), [Span(len(before), len(before) + len(cue))])


@pytest.mark.parametrize(
    ("before", "cue", "wanted"),
    [
        ("She ", "said", CueKind.SPEECH_VERB),
        ("She ", "has also said in a statement", CueKind.SPEECH_VERB),
        ("They ", "don’t say", CueKind.SPEECH_VERB),
        ("She ", "is telling", CueKind.SPEECH_VERB),
        ("She ", "quickly pointed out", CueKind.SPEECH_VERB),
        ("She ", "ruled out", CueKind.SPEECH_VERB),
        ("Trump ", "claims", CueKind.SPEECH_VERB),
        ("She ", "moved", CueKind.OTHER_VERB),
        ("She ", "wants", CueKind.OTHER_VERB),
        ("They ", "are", CueKind.OTHER_VERB),
        ("They ", "have wanted to", CueKind.OTHER_VERB),
        ("They ", "fear", CueKind.OTHER_VERB),
        ("She left, ", "saying", CueKind.PARTICIPLE),
        ("She left, ", "repeatedly arguing", CueKind.PARTICIPLE),
        ("She came ", "to demand", CueKind.PARTICIPLE),
        ("She’s ", "calling for", CueKind.PARTICIPLE),
        ("Trump’s ", "claim", CueKind.NOUN),
        ("the ", "warning", CueKind.NOUN),
        ("in ", "opposition to", CueKind.NOUN),
        ("Their ", "fears", CueKind.NOUN),
        ("There was ", "a call for", CueKind.NOUN),
        ("It ", "is a statement of", CueKind.NOUN),
        ("So it is, ", "according to", CueKind.PHRASE),
        ("It’s so, ", "per", CueKind.PHRASE),
        ("He is, ", "in the words of", CueKind.PHRASE),
        ("He ", "reportedly", CueKind.PHRASE),
        ("PENCE", ":", CueKind.NO_WORD),
    ],
)
def test_kind_of_a_cue(before: str, cue: str, wanted: CueKind) -> None:
    assert kind(before, cue) is wanted


def test_fragments_are_read_in_text_order() -> None:
    text = "She has, he heard, said it"
    assert kind_of(Text(text), [Span(19, 23), Span(4, 7)]) is CueKind.SPEECH_VERB


def test_no_cue_is_no_word() -> None:
    assert kind_of(Text("It is."), []) is CueKind.NO_WORD
