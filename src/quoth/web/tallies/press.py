"""Outlets and agencies of a case: what each has at first hand, what from others, and who has it from them.

Lineage is that of `Origin.links`: a report whose lineage is unknown is counted as such and as nothing else.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quoth.compare.reliability import name_key
from quoth.compare.voices import outlet_name
from quoth.model import Act, AgentKind, Document, Link, Origin, Statement
from quoth.web.once import once
from quoth.web.snapshot import Snapshot

SAME_WORDS = 12
"""Words from which a sentence that stands in two reports is taken for copied; shorter ones can be equal by chance."""

UNNAMED = "an outlet not named"


@dataclass(slots=True)
class Outlet:
    """An outlet or agency under its most used name; `documents` are its own, none for one that only passes on.

    Sets are of ids of origins.  `direct`: it has them with nobody named between; `relayed`: all its reports name
    somebody.  `first`: nobody reported them earlier or on the day; `shared`: others did on the same day, nobody
    earlier; `later`: others did earlier; `only`: nobody else reports them; the others hang on days not known.
    `had_from` and `gave_to`: other names → origins; `copied_from` and `copied_by`: other names → sentences.
    """

    key: str
    name: str
    documents: list[str] = field(default_factory=list)
    statements: int = 0
    own_voice: int = 0
    unknown: int = 0
    acts: dict[Act, int] = field(default_factory=dict)
    origins: set[str] = field(default_factory=set)
    direct: set[str] = field(default_factory=set)
    only: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    had_from: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    gave_to: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    copied_from: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    copied_by: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def relayed(self) -> set[str]:
        return self.origins - self.direct


@once
def outlets(snapshot: Snapshot) -> dict[str, Outlet]:
    """All outlets and agencies by key, those with most statements first, then those that pass on most."""
    made: dict[str, Outlet] = {}
    names: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    key_of: dict[str, str] = {}
    for document in snapshot.documents.values():
        key = key_of[document.id] = outlet_key(document.outlet)
        names[key][document.outlet or UNNAMED] += 1
        _count(_at(made, key), snapshot, document)
    for origin in snapshot.comparison.origins:
        _reports(made, snapshot, origin, key_of)
        _links(made, names, snapshot, origin, key_of)
    for key, outlet in made.items():
        outlet.name = min(names[key], key=lambda n, key=key: (-names[key][n], n))  # type: ignore[misc]
    return dict(sorted(made.items(), key=lambda e: (-e[1].statements, -len(e[1].gave_to), e[1].name.casefold())))


def outlet_key(name: str | None) -> str:
    """Equal for two forms of one name; that of documents which name no outlet is empty."""
    return name_key(name) or name.casefold() if name else ""


def _at(made: dict[str, Outlet], key: str) -> Outlet:
    return made.setdefault(key, Outlet(key, key))


def _count(outlet: Outlet, snapshot: Snapshot, document: Document) -> None:
    said = snapshot.of_document[document.id]
    outlet.documents.append(document.id)
    outlet.statements += len(said)
    outlet.own_voice += sum(s.source.kind is AgentKind.NARRATOR for s in said)
    outlet.unknown += sum(s.id not in snapshot.comparison.origin_of for s in said)
    for statement in said:
        outlet.acts[statement.act] = outlet.acts.get(statement.act, 0) + 1


def _reports(made: dict[str, Outlet], snapshot: Snapshot, origin: Origin, key_of: dict[str, str]) -> None:
    """Who reported an utterance, and who of them first."""
    days: dict[str, list[datetime.date | None]] = {}
    for id in origin.documents:
        if id in key_of:
            days.setdefault(key_of[id], []).append(snapshot.documents[id].published)
    for key in days:
        made[key].origins.add(origin.id)
    if len(days) == 1:
        [key] = days
        made[key].only.add(origin.id)
        return
    known = {key: min(day for day in found if day) for key, found in days.items() if any(found)}
    if not known or len(known) < len(days):
        return  # an undated report may be the earliest
    first = min(known.values())
    earliest = [key for key, day in known.items() if day == first]
    for key in known:
        place = made[key].later if key not in earliest else made[key].shared if len(earliest) > 1 else made[key].first
        place.add(origin.id)
    _copies(made, snapshot, origin, key_of)


def _copies(made: dict[str, Outlet], snapshot: Snapshot, origin: Origin, key_of: dict[str, str]) -> None:
    """Sentences that stood word for word in another outlet's report, published on an earlier day."""
    sentences: defaultdict[str, dict[str, datetime.date]] = defaultdict(dict)
    for id in origin.statements:
        statement = snapshot.statements.get(id)
        if statement is None:
            continue
        document = snapshot.documents[statement.document_id]
        words = statement.context.words(document.text).casefold().split()
        if len(words) >= SAME_WORDS and document.published:
            printed = sentences[" ".join(words)]
            key = key_of[document.id]
            printed[key] = min(document.published, printed.get(key, document.published))
    for printed in sentences.values():
        ordered = sorted(printed, key=lambda key: (printed[key], key))
        first = ordered[0]
        for key in ordered[1:]:
            if printed[key] > printed[first]:
                made[key].copied_from[first] += 1
                made[first].copied_by[key] += 1


def _links(
    made: dict[str, Outlet],
    names: defaultdict[str, defaultdict[str, int]],
    snapshot: Snapshot,
    origin: Origin,
    key_of: dict[str, str],
) -> None:
    """Who had an utterance from whom; from the voice itself is at first hand."""
    voice = outlet_key(origin.voice)
    for link in origin.links:
        parent, child = (_end(link, name, snapshot, key_of) for name in (link.parent, link.child))
        if child not in made:
            names[child][link.child] += 1
        outlet = _at(made, child)
        outlet.origins.add(origin.id)
        if parent == voice:
            outlet.direct.add(origin.id)
            continue
        if parent not in made:
            names[parent][link.parent] += 1
        outlet.had_from[parent].add(origin.id)
        _at(made, parent).gave_to[child].add(origin.id)


def _end(link: Link, name: str, snapshot: Snapshot, key_of: dict[str, str]) -> str:
    """The key of one end of a link; that of the document's own outlet, however that is called there."""
    document = snapshot.documents.get(link.document_id or "")
    if document is not None and name == outlet_name(document):
        return key_of[document.id]
    return outlet_key(name)


def found(snapshot: Snapshot, name: str) -> Outlet | None:
    """The outlet or agency of that name, in any of its forms; the empty name is that of documents that name none."""
    return outlets(snapshot).get(outlet_key(name))


def ranked(counts: dict[str, set[str]] | dict[str, int]) -> list[tuple[str, int]]:
    """Names by number, the largest first."""
    sized = [(key, its if isinstance(its, int) else len(its)) for key, its in counts.items()]
    return sorted(sized, key=lambda entry: (-entry[1], entry[0]))


def newest_first(snapshot: Snapshot, documents: Iterable[str]) -> Sequence[Document]:
    """Documents by day of publication; those without one last."""
    those = [snapshot.documents[id] for id in documents]
    return sorted(those, key=lambda d: (-(d.published or datetime.date.min).toordinal(), d.title or "", d.id))


def in_own_voice(said: Iterable[Statement]) -> list[Statement]:
    return [s for s in said if s.source.kind is AgentKind.NARRATOR]
