"""Through whom an utterance reached each outlet: the relay tree of an origin."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from quoth.compare.names import name_words
from quoth.compare.voices import outlet_name
from quoth.model import Document, Link, Statement


def chain_of(voice: str, statement: Statement, document: Document | None) -> tuple[str, ...]:
    """From the speaker through the relays, nearest the origin first, to the document's outlet; no name twice."""
    steps = [voice, *(r.name for r in statement.via)]
    if document is not None:
        steps += [r.name for r in document.relays] + [outlet_name(document)]
    seen: set[tuple[str, ...]] = set()
    chain = []
    for step in steps:
        key = name_words(step)
        if key not in seen:
            seen.add(key)
            chain.append(step)
    return tuple(chain)


def links_of(voice: str, reports: Iterable[tuple[Statement, Document | None]]) -> tuple[Link, ...]:
    """The steps of all chains of an origin, one for each pair and document, in the order of the reports."""
    links: dict[tuple[object, ...], Link] = {}
    for statement, document in reports:
        chain = chain_of(voice, statement, document)
        for parent, child in itertools.pairwise(chain):
            key = (name_words(parent), name_words(child), statement.document_id)
            links.setdefault(
                key, Link(parent=parent, child=child, document_id=statement.document_id, statement_id=statement.id)
            )
    return tuple(links.values())
