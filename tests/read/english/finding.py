"""What the rules find in an article made by hand, as words."""

from __future__ import annotations

from articles import article  # type: ignore[import-not-found]

from quoth.model import words_of
from quoth.read.english.attribution import Found, attributions
from quoth.read.english.pipeline import parse_all


def read(text: str, headline: bool = False) -> list[Found]:
    [(_, passages)] = parse_all([article(text, headline=headline)])
    return attributions(passages)


def triple(found: Found, text: str) -> tuple[str | None, str, str]:
    """The source's head, the cue and the content."""
    source = None if found.source is None else found.source_parse.tokens[found.source].text
    cue = " ".join(found.parse.tokens[i].text for i in sorted(found.cue))
    return source, cue, words_of(text, found.content)
