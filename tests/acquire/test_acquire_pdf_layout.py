"""Lines on pages to paragraphs."""

from __future__ import annotations

from quoth.acquire.pdf_layout import Line, Page, paragraphs

WIDTH, HEIGHT = 600.0, 800.0


def line(words: str, top: float, left: float = 60, right: float | None = None, size: float = 10) -> Line:
    return Line(left, top - size, right if right is not None else left + 5.0 * len(words), top, size, words)


def page(*lines: Line) -> Page:
    return Page(WIDTH, HEIGHT, lines)


def words(*pages: Page) -> list[str]:
    return [paragraph.words for paragraph in paragraphs(pages)[0]]


def block(top: float, *several: str, left: float = 60, right: float = 300) -> list[Line]:
    """Lines as long as the column is wide, but for the last of them."""
    ends = [right] * (len(several) - 1) + [left + 5.0 * len(several[-1])]
    return [line(text, top - 12 * n, left, end) for n, (text, end) in enumerate(zip(several, ends, strict=True))]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    first = block(
        700,
        "The board voted on Tuesday to close the northern",
        "quay, and the mayor regretted it, he said, in",
        "June.",
    )
    second = block(650, "The ferries will go from the southern quay until", "then.")
    assert words(page(*first, *second)) == [
        "The board voted on Tuesday to close the northern quay, and the mayor regretted it, he said, in June.",
        "The ferries will go from the southern quay until then.",
    ]


def test_a_line_that_is_set_in_begins_a_paragraph() -> None:
    lines = block(
        700,
        "The board voted on Tuesday to close the northern",
        "quay after a long and bitter meeting of the whole",
        "board.",
    )
    more = block(
        664,
        "The ferries will go from the southern quay until",
        "then, and after that by no quay that anyone has",
        "named.",
    )
    more[0] = line(more[0].words, 664, left=75, right=300)
    assert len(words(page(*lines, *more))) == 2


def test_a_short_line_ends_a_paragraph_where_the_next_word_would_have_fitted() -> None:
    lines = [
        line("By Ada Lunt, 4 March", 700),
        *block(688, "The board voted on Tuesday to close the northern", "quay."),
    ]
    assert words(page(*lines))[0] == "By Ada Lunt, 4 March"


def test_parted_words_are_joined_and_compounds_keep_their_hyphen() -> None:
    lines = block(
        700, "The long-delayed bridge, whose inspec\xad", "tors wrote of a long\xad", "delayed report and of inter-",
        "national law by the U.S.\xad", "Dravik treaty.",
    )  # fmt: skip
    assert words(page(*lines)) == [
        "The long-delayed bridge, whose inspectors wrote of a long-delayed report and of inter-national law by the "
        "U.S.- Dravik treaty."
    ]


def test_two_columns_are_read_one_after_the_other_below_what_stands_across() -> None:
    title = line("The northern quay will close, and nobody knows when it will open", 760, right=540, size=18)
    left = block(720, *[f"left line number {n} of the column that is" for n in range(6)], right=280)
    right = block(720, *[f"right line number {n} of the column that is" for n in range(6)], left=320, right=540)
    mixed = [line for both in zip(left, right, strict=True) for line in both]
    found = " ".join(words(page(title, *mixed)))
    assert found.index("left line number 5") < found.index("right line number 0")
    assert found.startswith("The northern quay")


def test_a_sentence_goes_on_over_columns_and_pages() -> None:
    first = page(*block(700, *["The board said in a statement that it would close"] * 3, "the northern and"))
    second = page(*block(700, "the southern quay.", "It did."))
    assert "the northern and the southern quay." in words(first, second)[0]


def test_what_stands_at_the_edge_of_every_page_is_left_out() -> None:
    pages = [
        page(
            line(f"Lowland Review {n}", 780),
            *block(700, f"On the day numbered {n} the board voted to close", "it."),
            line(f"Page {n} of 3", 40),
        )
        for n in (1, 2, 3)
    ]
    found = words(*pages)
    assert len(found) == 3
    assert not any("Review" in text or "Page" in text for text in found)


def test_the_body_is_no_running_head_though_it_repeats_itself() -> None:
    same = block(700, "The board voted to close it.", "The mayor regretted that.")
    assert len(" ".join(words(page(*same), page(*same), page(*same)))) > 100


def test_one_page_has_no_running_head() -> None:
    assert words(page(line("12", 780), *block(700, "The board voted."))) == ["12", "The board voted."]


def test_larger_lines_are_one_heading() -> None:
    lines = [line("The northern quay will", 740, size=18), line("close", 718, left=200, size=18)]
    found, size = paragraphs([page(*lines, *block(690, "The board voted on Tuesday to close the northern", "quay."))])
    assert (found[0].words, found[0].size) == ("The northern quay will close", 18)
    assert size == 10


def test_ligatures_are_spelled_out() -> None:
    assert words(page(line("The ﬁrst ﬂoor", 700))) == ["The first floor"]


def test_pages_without_lines_have_no_paragraphs() -> None:
    assert paragraphs([page(), Page(0, 0, ())]) == ([], 0.0)
