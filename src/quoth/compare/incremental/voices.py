"""Whose voice each statement is, kept as documents come, change and go, by the rules of `quoth.compare.voices`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.compare.agents import Agents
from quoth.compare.incremental.tallies import Tally
from quoth.compare.naming import Key
from quoth.compare.specifics import Fullest
from quoth.compare.voices import (
    VoiceKey,
    display_name,
    has_voice,
    near_voice,
    shown_most,
    told_apart,
    voice_key,
    voice_less,
)
from quoth.model import Document, Statement


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement that has a voice, or somebody by name who speaks (`bearer`); `key` and `shown` of all others."""

    id: str
    voiced: bool
    bearer: Key | None
    key: VoiceKey = ()
    shown: str = ""


class Voices:
    """Statement id → the name of its voice, in `names`."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.speaker_of: dict[str, str] = {}
        """Statement id → the id of the entity that speaks, where that is somebody by name."""
        self._spoken_by: dict[Key, set[str]] = defaultdict(set)
        self._entity: dict[Key, str] = {}
        self._said: dict[str, list[_Said]] = {}
        self._named: dict[str, dict[str, str]] = {}
        self._speaks: Tally[Key] = Tally()
        self._full: Fullest[VoiceKey] = Fullest(voice_less, near_voice)
        self._shown: Tally[tuple[VoiceKey, str]] = Tally()
        self._shown_as: dict[VoiceKey, Counter[str]] = defaultdict(Counter)
        self._told: dict[VoiceKey, str] = {}
        self._taken: set[str] = set()

    def update(
        self,
        given: Mapping[str, Sequence[Statement]],
        renamed: Mapping[str, Sequence[Statement]],
        documents: Mapping[str, Document],
        copy_of: Mapping[str, str],
        agents: Agents,
    ) -> set[str]:
        """Take these for all statements of documents, as given and with everybody renamed (none: it has none any more);
        returns the ids of the statements that have another voice than before."""
        for document in renamed:
            for said in self._said.pop(document, ()):
                if said.bearer is not None:
                    del self.speaker_of[said.id]
                    self._spoken_by[said.bearer].discard(said.id)
        for document, statements in renamed.items():
            found = []
            for s, shown in zip(given[document], statements, strict=True):
                bearer = agents.key_of(s.source, document, speaks=True)
                if bearer is not None:
                    self.speaker_of[s.id] = agents.bearer[bearer].id
                    self._spoken_by[bearer].add(s.id)
                    found.append(_Said(s.id, has_voice(shown), bearer))
                elif has_voice(shown):
                    key, name = (tell(shown, documents, copy_of) for tell in (voice_key, display_name))
                    found.append(_Said(s.id, True, None, tuple(key), str(name)))
            if found:
                self._said[document] = found
            self._speaks.put(document, Counter(said.bearer for said in found if said.bearer is not None))
            self._full.put(document, {said.key for said in found if said.bearer is None})
        self._reidentify(agents)
        stale = set(renamed) | self._full.settle()
        for document in stale:
            full = self._full.of(document)
            unnamed = (said for said in self._said.get(document, ()) if said.bearer is None)
            self._shown.put(document, Counter((full[said.key], said.shown) for said in unnamed))
        other = self._retell(agents)
        if other:
            stale |= {d for d in self._said if not other.isdisjoint(self._full.of(d).values())}
        before = {s: name for document in stale for s, name in self._named.pop(document, {}).items()}
        now: dict[str, str] = {}
        for document in stale:
            self._named[document] = self._names_in(document, agents)
            now |= self._named[document]
        for gone in before.keys() - now.keys():
            del self.names[gone]
        self.names.update(now)
        return {s for s in before.keys() | now.keys() if before.get(s) != now.get(s)}

    def _names_in(self, document: str, agents: Agents) -> dict[str, str]:
        full = self._full.of(document)
        return {
            said.id: agents.bearer[said.bearer].name if said.bearer is not None else self._told[full[said.key]]
            for said in self._said.get(document, ())
            if said.voiced
        }

    def _reidentify(self, agents: Agents) -> None:
        """An entity that has come to bear other keys has another id."""
        entity = {key: bearer.id for key, bearer in agents.bearer.items()}
        for key in entity.keys() & self._spoken_by.keys():
            if entity[key] != self._entity.get(key):
                self.speaker_of.update(dict.fromkeys(self._spoken_by[key], entity[key]))
        for key in self._spoken_by.keys() - entity.keys():
            del self._spoken_by[key]
        self._entity = entity

    def _retell(self, agents: Agents) -> set[VoiceKey]:
        """What unnamed voices are called; returns those that have another name now."""
        self._speaks.changed()
        taken = {agents.bearer[key].name for key in self._speaks.counts}
        changed = self._shown.changed()
        for (key, name), (_, times) in changed.items():
            self._shown_as[key][name] = times
            if not times:
                del self._shown_as[key][name]
            if not self._shown_as[key]:
                del self._shown_as[key]
        if not changed and taken == self._taken:
            return set()
        self._taken = taken
        told = told_apart({key: shown_most(names) for key, names in self._shown_as.items()}, taken)
        before, self._told = self._told, told
        return {key for key in told if told[key] != before.get(key)}
