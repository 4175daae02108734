"""What Quoth makes of a story's articles, in a case that nobody keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

import quoth.case
from quoth.case import Case
from quoth.measure.story import Anchor, Story
from quoth.model import DEFAULT_PROFILE, Comparison, Document, Profile, Statement
from quoth.outcomes import Item, Outcome

HALF = 0.5
"""A statement is at an anchor when its content covers at least this share of it."""


@dataclass(frozen=True)
class Readings:
    """Documents and statements in the order of the ledger; `comparison` None where it was not asked for."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    comparison: Comparison | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def by_file(self) -> dict[str, list[Statement]]:
        """Statements by the name of their article, without its folder."""
        files = {document.id: PurePath(document.file or "").name for document in self.documents}
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            found[files[statement.document_id]].append(statement)
        return found

    def near(self, anchor: Anchor) -> list[Statement]:
        """The statements that are at an anchor."""
        return [s for s in self.by_file.get(anchor.file, ()) if covered(anchor, s) >= HALF]


def covered(anchor: Anchor, statement: Statement) -> float:
    """The share of the anchor that the statement's content covers."""
    spans = statement.content.spans
    both = sum(max(0, min(anchor.end, span.end) - max(anchor.start, span.start)) for span in spans)
    return both / (anchor.end - anchor.start)


def read(
    story: Story,
    *,
    compare: bool,
    progress: Callable[[Item], None] | None = None,
    profile: Profile | str = DEFAULT_PROFILE,
) -> Readings:
    """Read the story's articles; `compare` lays them side by side too."""
    with quoth.case.open(":memory:", profile=profile) as case:
        added = case.add(story.articles, progress=progress, cache=False)
        notes = [f"not read: {item.where}: {item.error}" for item in added.of(Outcome.FAILED)]
        return readings_of(case, story, compare=compare, notes=notes)


def readings_of(case: Case, story: Story, *, compare: bool, notes: list[str] | None = None) -> Readings:
    """What a case holds of the story; the notes say what of the story is not where it should be."""
    documents = tuple(case.documents())
    return Readings(
        documents=documents,
        statements=tuple(case.statements()),
        comparison=case.comparison() if compare else None,
        notes=(*(notes or ()), *_astray(story, documents)),
    )


def _astray(story: Story, documents: tuple[Document, ...]) -> list[str]:
    texts = {PurePath(document.file or "").name: document.text for document in documents}
    anchors = [*((s.id, s.anchor) for s in story.statements), *(("a trap", trap.anchor) for trap in story.traps)]
    missing = dict.fromkeys(anchor.file for _, anchor in anchors if anchor.file not in texts)
    notes = [f"no article {file} was read; all that is expected there counts as not found" for file in missing]
    for name, anchor in anchors:
        there = texts.get(anchor.file, "")[anchor.start : anchor.end]
        if anchor.words and anchor.file in texts and there != anchor.words:
            notes.append(f"{name}: at [{anchor.start}, {anchor.end}) {anchor.file} has {there!r}, not {anchor.words!r}")
    return notes
