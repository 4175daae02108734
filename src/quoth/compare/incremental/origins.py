"""Utterances behind statements, kept as documents come, change and go, by the rules of `quoth.compare.origins`."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import is_

from quoth.compare.events import Matched
from quoth.compare.origins import (
    Answer,
    Likenesses,
    Report,
    answer_of,
    origin_of,
    origin_order,
    reports_in,
    same_report,
    utterances,
)
from quoth.compare.paraphrase import Words
from quoth.model import Document, EventFrame, Origin, Statement


class Origins:
    """The origins of a case: `of` maps statement ids to them, `by_id` their own ids."""

    def __init__(self) -> None:
        self.by_id: dict[str, Origin] = {}
        self.of: dict[str, str] = {}
        """Statement id → origin id."""
        self._words: dict[str, tuple[Statement, Document | None, Words]] = {}
        self._reports: dict[str, list[Report]] = {}
        self._of_voice: dict[str, dict[str, Report]] = defaultdict(dict)
        self._likenesses: dict[str, Likenesses] = {}
        self._clusters: dict[str, dict[str, tuple[Sequence[Report], Origin]]] = {}
        self._made: dict[str, list[Origin]] = {}
        self._voices: list[str] = []

    @property
    def ordered(self) -> tuple[Origin, ...]:
        return tuple(origin for voice in self._voices for origin in self._made[voice])

    def update(
        self,
        statements: Mapping[str, Sequence[Statement]],
        documents: Mapping[str, Document],
        copy_of: Mapping[str, str],
        voices: Mapping[str, str],
        matched: Mapping[str, Sequence[tuple[Matched, EventFrame]]],
    ) -> set[str]:
        """Take these for all statements of documents and what they match (none: it has none any more); returns the ids
        of the statements behind which another origin stands than before."""
        dirty: set[str] = set()
        come: list[Report] = []
        for document, said in statements.items():
            answers: dict[str, list[tuple[Answer, bool]]] = defaultdict(list)
            for m, frame in matched[document]:
                answers[m.claim.statement.id].append(answer_of(m, frame))
            publication = copy_of.get(document, document)
            found = list(reports_in(said, documents.get(document), publication, voices, answers, self._words_of))
            before = {r.id: r for r in self._reports.pop(document, ())}
            for i, report in enumerate(found):
                held = before.get(report.id)
                if held is not None and held.voice == report.voice and same_report(held, report):
                    found[i] = before.pop(report.id)
                else:
                    come.append(report)
            for report in before.values():
                dirty.add(report.voice)
                del self._of_voice[report.voice][report.id]
                if report.id in self._words and report.id not in {s.id for s in said}:
                    del self._words[report.id]
            if found:
                self._reports[document] = found
        for report in come:
            dirty.add(report.voice)
            self._of_voice[report.voice][report.id] = report
        return self._remake(dirty)

    def _words_of(self, statement: Statement, document: Document | None) -> Words:
        held = self._words.get(statement.id)
        if held is None or held[0] is not statement or held[1] is not document:
            held = self._words[statement.id] = statement, document, Words.of(statement, document)
        return held[2]

    def _remake(self, voices: set[str]) -> set[str]:
        before = {o.id: o for voice in voices for o in self._made.pop(voice, ())}
        now: dict[str, Origin] = {}
        for voice in voices:
            reports = self._of_voice[voice]
            at = bisect.bisect_left(self._voices, voice)
            there = at < len(self._voices) and self._voices[at] == voice
            if not reports:
                del self._of_voice[voice]
                self._likenesses.pop(voice, None)
                self._clusters.pop(voice, None)
                if there:
                    del self._voices[at]
                continue
            if not there:
                self._voices.insert(at, voice)
            likenesses = self._likenesses.setdefault(voice, Likenesses())
            held, self._clusters[voice] = self._clusters.get(voice, {}), {}
            for cluster in utterances(list(reports.values()), likenesses):
                known = held.get(cluster[0].id)
                if known is None or len(known[0]) != len(cluster) or not all(map(is_, known[0], cluster)):
                    known = cluster, origin_of(cluster)
                self._clusters[voice][cluster[0].id] = known
            self._made[voice] = sorted((origin for _, origin in self._clusters[voice].values()), key=origin_order)
            now.update((o.id, o) for o in self._made[voice])
        changed = {s for o in before.values() if now.get(o.id) is not o for s in o.statements}
        changed |= {s for o in now.values() if before.get(o.id) is not o for s in o.statements}
        for origin in before.values():
            if origin.id not in now:
                del self.by_id[origin.id]
        for statement_id in changed:
            self.of.pop(statement_id, None)
        for origin in now.values():
            if before.get(origin.id) is not origin:
                self.by_id[origin.id] = origin
                self.of.update(dict.fromkeys(origin.statements, origin.id))
        return changed
