"""What an article was read with is let go of with its reading."""

from __future__ import annotations

import gc

from articles import article

from quoth.model import Profile
from quoth.read.english.reader import EnglishReader
from quoth.read.english.tokens import Token

TEXT = "The mayor, Ana Ruiz, said on Monday that the bridge was closed. She added: “We will open it again in May.”"


def words() -> int:
    return sum(isinstance(o, Token) for o in gc.get_objects())


def test_no_word_of_an_article_outlives_its_reading() -> None:
    gc.collect()
    before = words()
    for _, _ in EnglishReader(Profile.RULES).read_all([article(TEXT)] * 3):
        gc.collect(0)
        assert words() == before


def test_cycles_are_looked_for_between_articles() -> None:
    for _, _ in EnglishReader(Profile.RULES).read_all([article(TEXT)] * 2):
        assert gc.isenabled()
