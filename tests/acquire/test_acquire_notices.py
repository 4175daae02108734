"""Notes of correction, as sites and agencies put them, and news that only looks like one."""

from __future__ import annotations

import pytest

from quoth.acquire.furniture import blocks
from quoth.acquire.notices import is_correction
from quoth.model import BlockKind


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The toll is 12.",
        "CORRECTION: The toll is 12.",
        "Correction, March 4: The toll is 12.",
        "Correction (March 4): An earlier version misstated the toll.",
        "Corrections",
        "(Corrects paragraph 3 to say 12, not 21)",
        "(This March 4 story has been corrected to say 12, not 21, in paragraph 3)",
        "(This story has been refiled to correct a typographical error in the headline)",
        "(Adds comment by minister, paragraphs 4-5)",
        "This article was amended on 4 March 2031 to correct the toll.",
        "• This article was amended on 4 March 2031 to correct the toll.",
        "This article has been updated to reflect the new toll.",
        "This post has since been updated.",
        "A previous version of this story misstated the toll.",
        "An earlier version of this article incorrectly stated that the bridge fell in May.",
        "In an earlier version of this article, the mayor's name was misspelled.",
        "Because of an editing error, an earlier version of this article misstated the toll.",
        "Editor's note: The story was changed to remove a quote.",
        "Editors’ Note: The story was changed.",
        "Clarification: The mayor spoke on Monday.",
        "The headline and text of this article were changed on 4 March to make clear that the dam did not burst.",
        "The headline of this story has been changed.",
        "This story corrects the toll in the fourth paragraph.",
        "This version corrects the spelling of Korsal.",
        "Retraction: The Courier withdraws its report of 3 March.",
        "The Courier has retracted this article.",
        "The Courier regrets the error.",
        "We apologise for the error.",
    ],
)
def test_a_note_is_told_by_itself_and_within_an_article(note):
    assert is_correction(note)
    text = f"Dam bursts\n\nThe dam burst, the mayor said in Korsal.\n\n{note}\n\nThe inquiry goes on.\n"
    [kind] = [b.kind for b in blocks(text, title="Dam bursts") if note.lstrip("• ") in b.span.words(text)]
    assert kind is BlockKind.CORRECTION


@pytest.mark.parametrize(
    "news",
    [
        "An earlier version of the treaty was signed in May.",
        "The correction of the toll was announced by the ministry.",
        "Corrections officers said the prison was quiet.",
        "Clarification of the rules is expected in May, the ministry said.",
        "Updated figures show that 12 people died, the ministry said.",
        "This report was withdrawn by the ministry, Dorn said.",
        "The report has been revised, the ministry said on Monday.",
        "The story was changed by the author, she said.",
        "This version of events was changed by the witness in court, the judge said.",
        "The minister regrets the error of his ways.",
        '"This article was amended to please the censors," he said.',
        "The map was updated by the army on Monday.",
        "The retraction of the troops was announced.",
        "This week the government said the article was amended.",
        "This page of history has been changed by what happened here, Dorn said.",
    ],
)
def test_news_is_no_note(news):
    assert not is_correction(news)
