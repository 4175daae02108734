"""Which lines of an article are its sentences, and which stand around them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoth
from quoth.acquire.furniture import blocks
from quoth.acquire.lexicon import phrases
from quoth.acquire.metadata import front_matter
from quoth.model import BlockKind as K

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman said."
MORE = "Fishermen who use the quay said they would take the board to court over the plan."


def kinds(text: str, **options: object) -> list[tuple[K, str]]:
    return [(block.kind, block.span.words(text)) for block in blocks(text, **options)]  # type: ignore[arg-type]


def middle(line: str) -> list[tuple[K, str]]:
    """How a line between two real paragraphs is read."""
    return kinds(f"{PROSE}\n{line}\n{MORE}")[1:-1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Read more: Board 'will not bend' on quay: chairman", K.LINK),
        ("READ ALSO: Quay rents to rise", K.LINK),
        ("Read More @ harbourpost.example[", K.LINK),
        ("See also: How the quay was built", K.LINK),
        ("Related: Two boats sunk", K.LINK),
        ("Click here to sign our petition.", K.LINK),
        ("Subscribe to our newsletter for news of the harbour.", K.LINK),
        ("Follow us on Telegram", K.LINK),
        ("https://harbourpost.example/quay", K.LINK),
        ("Share", K.LINK),
        ("© 2024 Harbour Post. All rights reserved.", K.LINK),
        ("By Jane Doe", K.BYLINE),
        ("Jane Doe, Reuters", K.BYLINE),
        ("Story by Jane Doe", K.BYLINE),
        ("(Reporting by Jane Doe in Minsk; Editing by John Roe)", K.BYLINE),
        ("Photo: Fishermen block the quay on Monday morning", K.CAPTION),
        ("File photo: a boat leaves the quay", K.CAPTION),
        ("(Photo/Reuters)", K.CREDIT),
        ("Getty Images", K.CREDIT),
        ("Photo by Jane Doe/AFP", K.CREDIT),
        ("Source: Interfax", K.CREDIT),
        ("Correction: the quay is 90 metres long, not 900.", K.CORRECTION),
        ("This story has been corrected to give the chairman's full name.", K.CORRECTION),
        ("Editor's note: the board's name was changed in May.", K.CORRECTION),
        ("Updated: 12 May 2025 10:00 GMT", K.METADATA),
        ("**What the board wants**", K.SUBHEADING),
        ("**A Quay for Sale?**", K.SUBHEADING),
        ("## What the board wants", K.SUBHEADING),
        ("Board to decide rents", K.SUBHEADING),
    ],
)
def test_furniture_is_told_by_its_shape(line: str, kind: K) -> None:
    assert middle(line) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the librarian told the children on Monday.",
        "Watch towers were built along the coast, the ministry said.",
        "Related companies said they would follow the board.",
        "By 2030, the quay will be gone.",
        "By Friday the quay had been closed.",
        "Subscribers said they had been cheated.",
        "Photo shops in the town said trade had fallen.",
        "Sources: the board has, three of its members said, already signed the contract.",
        "**The chairman resigned on Friday after the vote.**",
        "**The quay** was closed in March.",
        "Copyright law was changed in the spring.",
        "Updated figures show a loss of nine boats.",
        "The chairman said:",
        '"We will not leave"',
        "Killed: 12",
        "NATO - the alliance - said nothing.",
        "Corrections officers said they were not told.",
        "Compiled by the ministry, the list names nine boats.",
        "Via Telegram, the chairman told members to stay away.",
    ],
)
def test_a_real_sentence_stays_a_paragraph(line: str) -> None:
    assert middle(line) == [(K.PARAGRAPH, line)]


@pytest.mark.parametrize(
    "dateline",
    [
        "MINSK, Dec 6 (Reuters) —",
        "KYIV (AP) -",
        "BEIJING --",
        "PORT-AU-PRINCE, Haiti (AP) —",
        "(Reuters) -",
        "(CNN)",
        "Washington (CNN)",
        "MOSCOW, December 6. /TASS/.",
    ],
)
def test_a_dateline_is_its_own_block_before_its_paragraph(dateline: str) -> None:
    assert kinds(f"Quay to close\n{dateline} {PROSE}") == [
        (K.HEADLINE, "Quay to close"),
        (K.DATELINE, dateline),
        (K.PARAGRAPH, PROSE),
    ]


@pytest.mark.parametrize("start", ["NATO — The alliance", "BREAKING — The board", "The board — all nine of them —"])
def test_what_looks_like_a_dateline_and_is_none(start: str) -> None:
    line = f"{start} voted on Tuesday to close the quay."
    assert kinds(f"{PROSE}\n{line}")[1:] == [(K.PARAGRAPH, line)]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Board votes to close quay", K.HEADLINE),
        ("**Board Votes to Close Quay by 2031**", K.HEADLINE),
        ("# Board votes to close quay", K.HEADLINE),
        ("Quay must go, says U.S.", K.HEADLINE),
        ("The board has voted.", K.PARAGRAPH),
    ],
)
def test_the_first_line(first: str, kind: K) -> None:
    assert kinds(f"{first}\n{PROSE}") == [(kind, first), (K.PARAGRAPH, PROSE)]


def test_a_line_that_equals_the_title_is_the_headline_though_it_ends_with_a_stop() -> None:
    assert kinds(f"The quay will go.\n\n{PROSE}", title="The Quay Will Go")[0][0] is K.HEADLINE


def test_a_text_of_one_line_has_no_headline() -> None:
    assert kinds("Board votes to close quay") == [(K.PARAGRAPH, "Board votes to close quay")]


def test_list_items_are_paragraphs_without_their_bullets() -> None:
    assert kinds(f"{PROSE}\n\n- nine boats\n- two cranes\n\n{MORE}")[1:-1] == [
        (K.PARAGRAPH, "nine boats"),
        (K.PARAGRAPH, "two cranes"),
    ]


def test_a_caption_parts_from_its_credit() -> None:
    assert middle("Boats at the quay on Monday. (Photo by Jane Doe/AFP)") == [
        (K.CAPTION, "Boats at the quay on Monday."),
        (K.CREDIT, "(Photo by Jane Doe/AFP)"),
    ]


def test_a_link_at_a_paragraphs_end_parts_from_it() -> None:
    assert middle(f"{PROSE} Read more @ harbourpost.example[") == [
        (K.PARAGRAPH, PROSE),
        (K.LINK, "Read more @ harbourpost.example["),
    ]


def test_hard_wrapped_lines_become_paragraphs() -> None:
    text = (
        "Board votes to close quay\n\n"
        "The harbour board voted on Tuesday to close the northern quay, which\n"
        "has been in use for ninety years, its chairman said after a meeting\n"
        "that lasted until midnight.\n\n"
        "Fishermen who use the quay said they would take the board to court\n"
        "over the plan.\n"
    )
    found = kinds(text)
    assert [kind for kind, _ in found] == [K.HEADLINE, K.PARAGRAPH, K.PARAGRAPH]
    assert found[1][1].endswith("until midnight.")
    assert found[2][1].startswith("Fishermen")
    assert found[2][1].endswith("the plan.")


def test_lines_of_prose_are_paragraphs_of_their_own() -> None:
    text = f"{PROSE}\n{MORE}\n{PROSE}\n{MORE}"
    assert [words for _, words in kinds(text)] == [PROSE, MORE, PROSE, MORE]


def test_front_matter_is_metadata() -> None:
    text = f"---\noutlet: Harbour Post\n---\n{PROSE}\n"
    _, span, _ = front_matter(text)
    assert kinds(text, front=span) == [(K.METADATA, "---\noutlet: Harbour Post\n---"), (K.PARAGRAPH, PROSE)]


PIECES = st.sampled_from(
    [PROSE, MORE, "By Jane Doe", "**Bold**", "# Head", "Read more: x", "MINSK (AP) - ", "(Photo/AP)", "\n", "\n\n",
     "\r\n", " ", "- ", "> ", "“", "* * *", "Жители города", "📣", "اخبار", "\u2028", "((", "[", "12"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join), st.none() | st.just("Bold"))
def test_blocks_are_sorted_apart_trimmed_and_leave_no_word_out(text: str, title: str | None) -> None:
    found = blocks(text, title=title)
    position = 0
    outside = ""
    for block in found:
        assert position <= block.span.start < block.span.end <= len(text)
        words = block.span.words(text)
        assert words == words.strip()
        outside += text[position : block.span.start]
        position = block.span.end
    outside += text[position:]
    assert not any(character.isalnum() for character in outside)


@pytest.mark.parametrize("seed", ["1", "3", "7"])
def test_a_phrase_of_two_kinds_is_always_the_first(seed: str) -> None:
    """How Python's sets are ordered, which the seed of its hashes decides, decides nothing."""
    code = "from quoth.acquire.lexicon import phrases; print(phrases())"
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(quoth.__file__).parents[1])}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(phrases())
    assert [phrase.kind for phrase in phrases()["photos"] if phrase.text == "photos"] == [K.LINK, K.CAPTION, K.LINK]
