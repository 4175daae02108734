"""Names that pass for others: told when they are added, and never taken for the one they look like."""

from __future__ import annotations

import pytest

import quoth
from quoth.lookalikes import LOOKALIKE, MIXED, appearance, mixed_words
from quoth.names import fold, same_person

LATIN = "Harbor Post"
MIXTURE = "Harbor Pоst"
"""With U+043E for the second o of Post's word."""
CYRILLIC = "СОРА"
"""All of it Cyrillic; it looks like COPA."""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (MIXTURE, ["Pоst"]),
        ("Ηarbor", ["Ηarbor"]),  # a Greek Η
        (LATIN, []),
        ("Московская правда", []),
        ("Канал 5 News", []),
        ("TV5 Čakovec", []),
        ("テレビNHK東京", []),
        ("", []),
    ],
)
def test_lookalikes_words_of_several_scripts(name, words):
    assert mixed_words(name) == words


@pytest.mark.parametrize("other", [MIXTURE, "Har\u200bbor Post", "Ｈarbor Post", "Harbor\u00a0Post", "Harbοr Post"])
def test_lookalikes_look_alike(other):
    assert appearance(other) == appearance(LATIN)


@pytest.mark.parametrize("other", ["Harbor Mail", "Hárbor Post", "Гарбор Пост", "Harborpost"])
def test_lookalikes_that_look_otherwise(other):
    assert appearance(other) != appearance(LATIN)


def test_lookalikes_are_not_one_name():
    assert fold(MIXTURE) != fold(LATIN)
    assert not same_person("Ana Rеka", "Ana Reka")
    assert fold("Лукашенко") == fold("Lukashenka")


def added(tmp_path, *outlets):
    """The notes on names of articles of these outlets, as the case keeps them."""
    with quoth.open(tmp_path / "case.db") as case:
        for number, outlet in enumerate(outlets):
            path = tmp_path / f"{number}.txt"
            path.write_text(
                f"---\noutlet: {outlet}\ndate: 2031-03-04\n---\nThe harbour {number} is shut, Ana Reka said."
            )
            case.add(path)
        notes = [note for document in case.documents() for note in document.notes]
        return [(note.code, note.message) for note in notes if note.code in {MIXED, LOOKALIKE}]


def test_lookalikes_are_told_with_the_document(tmp_path):
    mixed, alike = added(tmp_path, LATIN, MIXTURE)
    assert mixed[0] == MIXED
    assert "U+043E cyrillic small letter o" in mixed[1]
    assert alike[0] == LOOKALIKE
    assert f"{MIXTURE!r} looks like {LATIN!r}" in alike[1]


def test_lookalikes_in_one_other_script_throughout(tmp_path):
    ((code, message),) = added(tmp_path, "COPA", CYRILLIC)
    assert code == LOOKALIKE
    assert f"{CYRILLIC!r} looks like 'COPA'" in message


def test_lookalikes_are_not_suspected_in_names_that_are_themselves(tmp_path):
    assert added(tmp_path, LATIN, LATIN, "HARBOR POST", "Московская правда") == []


def test_lookalikes_do_not_share_a_rating(tmp_path):
    added(tmp_path, LATIN, MIXTURE)
    with quoth.open(tmp_path / "case.db") as case:
        assert case.rate(LATIN, "A", by="ana").names == (LATIN,)
