"""Tokens as print has them: a running text again, with the span of each token in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.model import Span

_CLINGS = re.compile(r"[,.;:?!)\]}%”]|n['’]t|['’](?:s|re|ve|ll|d|m)?|…|\.\.\.", re.I)
"""Tokens before which no space is printed."""
_HOLDS = re.compile(r"[(\[{$£€“‘]")
"""Tokens after which none is."""
_PARTS = frozenset({("can", "not"), ("ca", "n't"), ("wan", "na"), ("gon", "na"), ("got", "ta")})
"""Words that a tokenizer of the Penn Treebank's kind cuts in two."""


def printed(words: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The text and the tokens' spans, code points.  Straight quotation marks open and close by turns."""
    text, spans, held, quoted = "", [], True, False
    for before, word in zip(("", *words), words, strict=False):
        clings = _CLINGS.fullmatch(word) is not None or (before.lower(), word.lower()) in _PARTS
        if word == '"':
            clings, quoted = quoted, not quoted
        if not (held or clings):
            text += " "
        spans.append(Span(len(text), len(text) + len(word)))
        text += word
        held = quoted if word == '"' else _HOLDS.fullmatch(word) is not None
    return text, tuple(spans)
