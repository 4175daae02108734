"""case.toml: what it may ask, and what a person is told when it asks something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quoth.agenda import BadAgenda, read_agenda
from quoth.model import Ask, Slot

FERRIES = "[[ask]]\nask = 'How many?'\nslot = 'quantity'\nevent = { theme = 'ferries' }\n"


def agenda(folder: Path, text: str | bytes) -> tuple[Ask, ...]:
    path = folder / "case.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_agenda(path)


def test_agenda_holds_questions_in_their_order(tmp_path: Path) -> None:
    text = """
        [[ask]]
        ask = "How many  ferries will come?"
        slot = "quantity"
        event = { predicate = "deliver", theme = "ferries", place = "Norway", agent = "Stockholm" }
        unit = "ferries"
        counted = "new"

        [[ask]]
        ask = "Did it burn?"
        slot = "polarity"
        [ask.event]
        predicate = "burn"
        place = "Sund"
    """
    assert agenda(tmp_path, text) == (
        Ask(
            text="How many ferries will come?",
            slot=Slot.QUANTITY,
            predicate="deliver",
            theme="ferries",
            place="Norway",
            place_country="NO",
            agent="Stockholm",
            agent_country="SE",
            unit="ferries",
            counted="new",
        ),
        Ask(text="Did it burn?", slot=Slot.POLARITY, predicate="burn", place="Sund"),
    )


def test_agenda_may_be_empty(tmp_path: Path) -> None:
    assert agenda(tmp_path, "\ufeff# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[ask]\n", "is not TOML: .*line 1"),
        (b"\xff\xfe", "is not UTF-8 at byte 0"),
        ("[[asks]]\n", "has no use for 'asks'.*an ask begins with"),
        ("[ask]\nask = 'A'\n", "holds an ask in another form"),
        ("ask = ['Who?']\n", "holds an ask in another form"),
        (f"{FERRIES}[[ask]]\nslot = 'time'\n", "ask 2: ask has no words: None"),
        ("[[ask]]\nask = '?'\n", r"ask 1: ask has no words: '\?'"),
        ("[[ask]]\nask = 'Who?'\n", "ask 1: slot is None.*time, quantity, place, agent, polarity"),
        ("[[ask]]\nask = 'Who?'\nslot = ['who']\n", "ask 1: slot is "),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\n", "ask 1: has no event"),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\nevent = 'fire'\n", "ask 1: has no event"),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\nwhere = 'Sund'\n", "ask 1: has no field 'where'.*event"),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\nevent = { verb = 'burn' }\n", "ask 1, event: has no field 'verb'"),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\nevent = { theme = 7 }\n", "ask 1: event.theme has no words: 7"),
        ("[[ask]]\nask = 'Who?'\nslot = 'agent'\nevent = { place = 'Sund' }\n", "neither predicate nor theme"),
        (FERRIES.replace("quantity", "time") + "unit = 'ferries'\n", "unit is for a quantity, and slot is 'time'"),
        (FERRIES + "counted = ''\n", "counted has no words"),
        (FERRIES + FERRIES, "ask 2: asks what ask 1 asks"),
    ],
)
def test_agenda_that_does_not_fit_says_where(tmp_path: Path, text: str | bytes, what: str) -> None:
    with pytest.raises(BadAgenda) as raised:
        agenda(tmp_path, text)
    assert str(raised.value).startswith(str(tmp_path))
    assert re.search(what, str(raised.value))
    assert raised.value.code == "Q103"


def test_agenda_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadAgenda, match="No such file"):
        read_agenda(tmp_path / "case.toml")
