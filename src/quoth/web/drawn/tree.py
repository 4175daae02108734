"""Through whom an utterance reached each outlet, as a tree: left to right where there is room, else line under line.

Reports need not make a tree: a name may have had it from several others, or two from each other.  Every name is drawn
once, under the first that it had the words from; what else is known is a line on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quoth.model import Link
from quoth.present.figure import SMALL, TEXT, fitted

DESK, PHONE = 920, 350
NARROW = 500
BOX, HEIGHT, ROW, STEP = 208.0, 44.0, 54.0, 262.0
"""A name's box, and the room between two, down and across."""
INDENT = 18.0
BESIDE = 30.0
"""Room at the right of indented names for the steps that are in no tree."""
SIBLINGS = 12
"""Names that had it from one and passed it on to nobody: where there are more, the last ones fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A name on the way: who spoke, an agency, an outlet.  `links` are the steps that lead to it, `more` the names that
    it stands for besides its own."""

    name: str
    links: tuple[Link, ...] = ()
    more: int = 0
    children: tuple[Stop, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link.document_id for link in self.links if link.document_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: the words in it and where it leads."""

    x: float
    y: float
    width: float
    name: str
    under: str
    href: str
    label: str


@dataclass(slots=True)
class Tree:
    """Boxes, the lines between them; `crossing` are those that belong to no tree."""

    width: float
    height: float = 0
    nodes: list[Node] = field(default_factory=list)
    strokes: list[str] = field(default_factory=list)
    crossing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is written in a box besides its name, and where it leads."""

    under: str
    href: str
    label: str


def stops_of(links: Sequence[Link], voice: str) -> tuple[tuple[Stop, ...], tuple[tuple[str, str], ...]]:
    """The trees of an utterance's links, that of the voice first, and the pairs of names between which there is a step
    that is in none of them."""
    to: dict[str, dict[str, None]] = {}
    into: dict[str, list[Link]] = {}
    names = dict.fromkeys([voice, *(name for link in links for name in (link.parent, link.child))])
    for link in links:
        if link.parent != link.child:
            to.setdefault(link.parent, {}).setdefault(link.child, None)
            into.setdefault(link.child, []).append(link)
    reached = {child for children in to.values() for child in children}
    roots = dict.fromkeys([voice, *(name for name in names if name not in reached)])
    owner: dict[str, str | None] = {}
    for start in (*roots, *names):  # of names in a ring, the first stands for a root
        if start in owner:
            continue
        owner[start] = None
        waiting = [start]
        while waiting:
            parent = waiting.pop(0)
            fresh = [child for child in to.get(parent, {}) if child not in owner and child not in roots]
            owner |= dict.fromkeys(fresh, parent)
            waiting += fresh
    held: dict[str | None, list[str]] = {}
    for name, under in owner.items():
        held.setdefault(under, []).append(name)
    made: dict[str, Stop] = {}
    for name in reversed(_from_the_top(held)):
        children = tuple(made[child] for child in held.get(name, ()))
        made[name] = Stop(name=name, links=tuple(into.get(name, ())), children=_folded(children))
    crossing = [(p, c) for p, children in to.items() for c in children if owner[c] != p]
    return tuple(made[root] for root in held[None]), tuple(crossing)


def _from_the_top(held: dict[str | None, list[str]]) -> list[str]:
    """All names, each before those under it."""
    found: list[str] = []
    waiting = list(held[None])
    while waiting:
        name = waiting.pop()
        found.append(name)
        waiting += held.get(name, ())
    return found


def _folded(children: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """The same, with all but the first names that passed nothing on in one."""
    ends = [child for child in children if not child.children]
    if len(ends) <= SIBLINGS:
        return children
    kept, rest = ends[: SIBLINGS - 1], ends[SIBLINGS - 1 :]
    one = Stop(name=f"{len(rest)} others", links=tuple(link for stop in rest for link in stop.links), more=len(rest))
    return (*(child for child in children if child.children or child in kept), one)


def draw(stops: Sequence[Stop], crossing: Sequence[tuple[str, str]], width: float, shown: dict[str, Shown]) -> Tree:
    """The trees, one under the other.  `shown`: name → what is written with it; what is folded goes by its words."""
    tree = Tree(width)
    depth = max((_depth(stop) for stop in stops), default=0)
    if width < NARROW or depth > 5:
        places = _indented(tree, stops, width - (BESIDE if crossing else 1))
    else:
        places = _across(tree, stops, min(STEP, (width - BOX - 2) / max(1, depth)))
    for stop, x, y, box in places:
        told = shown[stop.name] if not stop.more else Shown("", "#reports", f"{stop.name}: see the list")
        tree.nodes.append(
            Node(
                x=x,
                y=y,
                width=box,
                name=fitted(stop.name, TEXT, box - 16),
                under=fitted(told.under, SMALL, box - 16),
                href=told.href,
                label=told.label,
            )
        )
    at = {stop.name: (x, y, box) for stop, x, y, box in places if not stop.more}
    for parent, child in crossing:
        if parent in at and child in at:
            tree.crossing.append(_bow(at[parent], at[child], width))
    return tree


Place = tuple[Stop, float, float, float]


def _depth(stop: Stop) -> int:
    deepest, waiting = 0, [(stop, 0)]
    while waiting:
        one, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in one.children]
    return deepest


def _across(tree: Tree, stops: Sequence[Stop], step: float) -> list[Place]:
    """Generations to the right, each name in the middle of those that had it from it."""
    places: list[Place] = []
    box = min(BOX, step - 34) if step < STEP else BOX

    def put(stop: Stop, depth: int) -> float:
        x = 1 + depth * step
        below = [put(child, depth + 1) for child in stop.children]
        if below:
            y = (below[0] + below[-1]) / 2
        else:
            y = tree.height + 1
            tree.height += ROW
        places.append((stop, x, y, box))
        middle = y + HEIGHT / 2
        for child in below:
            bend = x + box + (step - box) / 2
            tree.strokes.append(
                f"M{x + box:.1f},{middle:.1f}C{bend:.1f},{middle:.1f} {bend:.1f},{child + HEIGHT / 2:.1f} "
                f"{x + step:.1f},{child + HEIGHT / 2:.1f}"
            )
        return y

    for stop in stops:
        put(stop, 0)
    return places


def _indented(tree: Tree, stops: Sequence[Stop], right: float) -> list[Place]:
    """One name a line, those that had it from it under it and further in; very deep ones no further."""
    places: list[Place] = []
    waiting: list[tuple[Stop, int, tuple[float, float] | None]] = [(stop, 0, None) for stop in reversed(stops)]
    most = max(1, int((right - BOX) / INDENT))
    while waiting:
        stop, depth, parent = waiting.pop()
        x, y = 1 + INDENT * min(depth, most), tree.height + 1
        tree.height += ROW
        places.append((stop, x, y, right - x))
        if parent:
            tree.strokes.append(f"M{parent[0] + 8:.1f},{parent[1] + HEIGHT:.1f}V{y + HEIGHT / 2:.1f}H{x:.1f}")
        waiting += [(child, depth + 1, (x, y)) for child in reversed(stop.children)]
    return places


def _bow(parent: tuple[float, float, float], child: tuple[float, float, float], width: float) -> str:
    """A line from the right end of one box to that of another, on the outside."""
    (x, y, box), (x2, y2, box2) = parent, child
    start, end = (x + box, y + HEIGHT / 2), (x2 + box2, y2 + HEIGHT / 2)
    out = min(width - 2, max(start[0], end[0]) + 28)
    return f"M{start[0]:.1f},{start[1]:.1f}C{out:.1f},{start[1]:.1f} {out:.1f},{end[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
