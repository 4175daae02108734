"""How answers stand to each other at a glance."""

from quoth.model import RelationType
from quoth.present.standing import Standing
from quoth.web.drawn.matrix import matrix, signs_in, strips


def stand(type: RelationType, a: int | None, b: int | None) -> Standing:
    return Standing(type, a, b, (("s1", "s2", "why"),))


STANDINGS = [
    stand(RelationType.AGREE, 0, 2),
    stand(RelationType.CONTRADICT, 0, 1),
    stand(RelationType.SUPERSEDE, 0, 1),
    stand(RelationType.TENSION, 1, 1),
    stand(RelationType.SAME, None, 2),
]


def words(cells: object) -> list[list[list[str]]]:
    return [[[sign.words for sign in cell.signs] for cell in row] for row in cells]  # type: ignore[attr-defined]


def test_each_answer_has_a_row_and_what_divides_comes_first() -> None:
    assert words(matrix(STANDINGS, 3)) == [
        [[], ["excludes", "is superseded by"], ["agrees with"]],
        [["excludes", "supersedes"], ["pulls apart from"], []],
        [["agrees with"], [], []],
    ]


def test_a_strip_names_the_others_by_their_numbers() -> None:
    told = [[(sign.words, others) for sign, others in one] for one in strips(STANDINGS, 3)]

    assert told == [
        [("excludes", (1,)), ("is superseded by", (1,)), ("agrees with", (2,))],
        [("excludes", (0,)), ("supersedes", (0,))],
        [("agrees with", (0,))],
    ]


def test_the_key_has_the_signs_that_are_used() -> None:
    assert [sign.words for sign in signs_in(matrix(STANDINGS, 3))] == [
        "excludes",
        "pulls apart from",
        "is superseded by",
        "agrees with",
        "supersedes",
    ]


def test_denial_and_refinement_have_a_direction() -> None:
    cells = matrix([stand(RelationType.DENY, 0, 1), stand(RelationType.REFINE, 1, 0)], 2)

    assert words(cells) == [[[], ["is denied by", "makes more exact"]], [["denies", "is made more exact by"], []]]
