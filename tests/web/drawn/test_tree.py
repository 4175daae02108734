"""Through whom an utterance reached each outlet, as a tree."""

from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Link
from quoth.web.drawn.tree import DESK, PHONE, SIBLINGS, Shown, Stop, Tree, draw, stops_of


def link(parent: str, child: str, document: str = "d") -> Link:
    return Link(parent=parent, child=child, document_id=document, statement_id=f"s-{document}")


def outline(stops: tuple[Stop, ...]) -> list[object]:
    """Names with those under them."""
    return [(stop.name, outline(stop.children)) if stop.children else stop.name for stop in stops]


def names(stops: tuple[Stop, ...]) -> set[str]:
    found, waiting = set(), list(stops)
    while waiting:
        stop = waiting.pop()
        found.add(stop.name)
        waiting += stop.children
    return found


def drawn(stops: tuple[Stop, ...], crossing: tuple[tuple[str, str], ...], width: float = DESK) -> Tree:
    shown = {name: Shown(under=f"under {name}", href=f"#{name}", label=f"label {name}") for name in names(stops)}
    return draw(stops, crossing, width, shown)


WIRE = [
    link("Mende", "Harbour Wire", "d1"),
    link("Mende", "Harbour Wire", "d2"),
    link("Harbour Wire", "Morning Tide", "d2"),
    link("Mende", "Norland Daily", "d3"),
]


def test_each_name_stands_under_the_first_it_had_the_words_from() -> None:
    stops, crossing = stops_of(WIRE, "Mende")

    assert outline(stops) == [("Mende", [("Harbour Wire", ["Morning Tide"]), "Norland Daily"])]
    assert crossing == ()
    assert stops[0].children[0].documents == ("d1", "d2")


def test_whoever_had_it_from_two_is_drawn_once_and_the_other_step_is_told_apart() -> None:
    stops, crossing = stops_of([*WIRE, link("Norland Daily", "Morning Tide", "d4")], "Mende")

    assert outline(stops) == [("Mende", [("Harbour Wire", ["Morning Tide"]), "Norland Daily"])]
    assert crossing == (("Norland Daily", "Morning Tide"),)


def test_two_that_had_it_from_each_other_are_no_endless_tree() -> None:
    stops, crossing = stops_of([link("Tide", "Wire"), link("Wire", "Tide"), link("Wire", "Wire")], "Mende")

    assert outline(stops) == ["Mende", ("Tide", ["Wire"])]
    assert crossing == (("Wire", "Tide"),)


def test_what_has_another_root_stands_beside_the_voice() -> None:
    stops, _ = stops_of([link("Mende", "Wire"), link("an agency", "Tide")], "Mende")

    assert outline(stops) == [("Mende", ["Wire"]), ("an agency", ["Tide"])]


def test_without_links_there_is_the_voice_alone() -> None:
    stops, crossing = stops_of([], "Mende")

    assert outline(stops) == ["Mende"]
    assert crossing == ()


def test_very_many_reports_fold() -> None:
    stops, _ = stops_of([link("Mende", f"Outlet {n}", f"d{n}") for n in range(300)], "Mende")
    children = stops[0].children

    assert len(children) == SIBLINGS
    assert (children[-1].name, children[-1].more) == (f"{300 - SIBLINGS + 1} others", 300 - SIBLINGS + 1)
    assert len(children[-1].documents) == 300 - SIBLINGS + 1
    assert [node.href for node in drawn(stops, ()).nodes if node.name.endswith("others")] == ["#reports"]


def test_at_a_desk_generations_go_to_the_right_and_a_parent_stands_amid_its_children() -> None:
    tree = drawn(*stops_of(WIRE, "Mende"))
    at = {node.name: (node.x, node.y) for node in tree.nodes}

    assert at["Mende"][0] < at["Harbour Wire"][0] < at["Morning Tide"][0]
    assert at["Harbour Wire"][0] == at["Norland Daily"][0]
    assert at["Mende"][1] == (at["Harbour Wire"][1] + at["Norland Daily"][1]) / 2
    assert len(tree.strokes) == 3


def test_on_a_phone_each_name_has_a_line_and_those_under_it_are_further_in() -> None:
    tree = drawn(*stops_of(WIRE, "Mende"), PHONE)
    at = {node.name: (node.x, node.y) for node in tree.nodes}

    assert sorted(at, key=lambda name: at[name][1]) == ["Mende", "Harbour Wire", "Morning Tide", "Norland Daily"]
    assert at["Mende"][0] < at["Harbour Wire"][0] == at["Norland Daily"][0] < at["Morning Tide"][0]


def test_on_a_phone_steps_that_are_in_no_tree_have_room_beside_the_names() -> None:
    stops, crossing = stops_of([*WIRE, link("Norland Daily", "Morning Tide", "d4")], "Mende")

    tree = drawn(stops, crossing, PHONE)

    assert len(tree.crossing) == 1
    assert all(node.x + node.width == PHONE - 30 for node in tree.nodes)


def test_a_box_has_its_own_words_and_leads_where_it_is_told() -> None:
    [node] = drawn(*stops_of([], "Mende")).nodes

    assert (node.name, node.under, node.href, node.label) == ("Mende", "under Mende", "#Mende", "label Mende")


NAMES = st.sampled_from([f"n{n}" for n in range(12)])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=40), st.sampled_from([DESK, PHONE]))
def test_every_name_is_drawn_once_inside_and_apart(pairs: list[tuple[str, str]], width: float) -> None:
    stops, crossing = stops_of([link(a, b, f"d{n}") for n, (a, b) in enumerate(pairs)], "n0")

    tree = drawn(stops, crossing, width)

    assert sorted(node.name for node in tree.nodes) == sorted({"n0", *(name for pair in pairs for name in pair)})
    assert all(n.x >= 0 and n.x + n.width <= width and n.y >= 0 and n.y + 44 <= tree.height for n in tree.nodes)
    places = [(round(n.x), n.y) for n in tree.nodes]
    assert len(set(places)) == len(places)
    steps = {(a, b) for a, b in pairs if a != b}
    assert len(tree.strokes) + len(tree.crossing) == len(steps)


def test_a_very_long_chain_is_drawn() -> None:
    tree = drawn(*stops_of([link(f"n{n}", f"n{n + 1}") for n in range(900)], "n0"))

    assert len(tree.nodes) == 901
    assert all(node.x + node.width <= DESK for node in tree.nodes)
