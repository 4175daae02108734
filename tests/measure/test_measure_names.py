from __future__ import annotations

import pytest

from quoth.measure.names import same_name, words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("President Lukashenka", ["lukashenka"]),
        ("Александр Лукашенко", ["aleksandr", "lukashenko"]),
        ("Юрий Щука", ["yurii", "shchuka"]),
        ("Їжак ґанок є", ["izhak", "ganok", "ye"]),
        ("Émile Müller-Groß", ["emile", "muller", "gross"]),
        ("The Prime Minister", ["the", "prime", "minister"]),
        ("!?", []),
    ],
)
def test_names_are_folded(name: str, folded: list[str]) -> None:
    assert words(name) == folded


@pytest.mark.parametrize(
    ("wanted", "got", "same"),
    [
        ("Lukashenko", "President Alexander Lukashenka", True),
        ("Лукашенко", "Lukashenko", True),
        ("Teodor Vash", "Teodor", True),
        ("Teodor Vash", "Teodor Sohn", False),
        ("Norvale", "", False),
        ("—", "Norvale", False),
    ],
)
def test_names_are_one_or_two(wanted: str, got: str, same: bool) -> None:
    assert same_name(wanted, got) is same
