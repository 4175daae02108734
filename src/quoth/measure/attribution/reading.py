"""What Quoth finds in a text by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quoth.measure.attribution.files import Annotated
from quoth.measure.attribution.marked import Attribution
from quoth.model import DEFAULT_PROFILE, Block, BlockKind, Document, Profile, Span

_LINE = re.compile(r"\S[^\n]*")


def read_attributions(
    documents: Iterable[Annotated], profile: Profile | str = DEFAULT_PROFILE
) -> Iterator[tuple[str, tuple[Attribution, ...]]]:
    """Each document's id with the attributions that Quoth reads in its text, in order."""
    from quoth.read import profile_of
    from quoth.read.english import pipeline
    from quoth.read.english.attribution import attributions, sure
    from quoth.read.english.attribution.learned import network_for
    from quoth.read.english.attribution.spans import spans_of

    network = network_for(profile_of(profile))
    plain = (plain_document(document.id, document.text) for document in documents)
    for document, passages in pipeline.parse_all(plain, entities=False):
        found = [spans_of(found) for found in sure(attributions(passages, network))]
        yield document.id, tuple(Attribution(source=f.source, cue=f.cue, content=f.content) for f in found)


def plain_document(id: str, text: str, *, headline: bool = True) -> Document:
    """A text of one paragraph a line, the first of which may be the headline; a lone surrogate becomes "?"."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    blocks = [Block(Span(*match.span()), BlockKind.PARAGRAPH) for match in _LINE.finditer(text)]
    if blocks and headline:
        blocks[0] = Block(blocks[0].span, BlockKind.HEADLINE)
    return Document(id=id, sha256="", text=text, blocks=tuple(blocks))
