"""agents.toml: what it may say, and what a person is told when it says something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quoth.model import AgentKind, DeclaredAgent
from quoth.roster import BadRoster, read_roster


def roster(folder: Path, text: str | bytes) -> tuple[DeclaredAgent, ...]:
    path = folder / "agents.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path)


def test_roster_holds_agents_under_all_their_names(tmp_path: Path) -> None:
    text = """
        [[agent]]
        name = "Ines  Dorn"
        aliases = ["Дорн", "the harbour master"]
        kind = "person"
        country = "no"
        side = "harbour"
        [[agent]]
        name = "Coast Watch"
    """
    assert roster(tmp_path, text) == (
        DeclaredAgent(
            name="Ines Dorn",
            aliases=("Дорн", "the harbour master"),
            kind=AgentKind.PERSON,
            country="NO",
            side="harbour",
        ),
        DeclaredAgent(name="Coast Watch"),
    )


def test_roster_may_be_empty(tmp_path: Path) -> None:
    assert roster(tmp_path, "\ufeff# nobody yet\n") == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[agent]\n", "is not TOML: .*line 1"),
        (b"\xff\xfe", "is not UTF-8 at byte 0"),
        ("[people]\n", "has no use for 'people'"),
        ("[agent]\nname = 'A'\n", "holds an agent in another form"),
        ("[[agent]]\nname = 'A'\n[[agent]]\n", "agent 2: name has no words: None"),
        ("[[agent]]\nname = '--'\n", "agent 1: name has no words: '--'"),
        ("[[agent]]\nname = 'A'\nalias = 'B'\n", "agent 1: has no field 'alias'.*aliases"),
        ("[[agent]]\nname = 'A'\naliases = 'B'\n", "agent 1: aliases is no list"),
        ("[[agent]]\nname = 'A'\naliases = [3]\n", "agent 1: aliases has no words: 3"),
        ("[[agent]]\nname = 'A'\nkind = 'ship'\n", "agent 1: kind is 'ship'.*person, organization"),
        ("[[agent]]\nname = 'A'\ncountry = 'Norway'\n", "agent 1: country is 'Norway'"),
        ("[[agent]]\nname = 'A'\nside = ''\n", "agent 1: side has no words"),
        (
            "[[agent]]\nname = 'Dorn'\n[[agent]]\nname = 'B'\naliases = ['ДОРН']\n",
            "'ДОРН' is a name of both 'Dorn' and 'B'",
        ),
    ],
)
def test_roster_that_does_not_fit_says_where(tmp_path: Path, text: str | bytes, what: str) -> None:
    with pytest.raises(BadRoster) as raised:
        roster(tmp_path, text)
    assert str(raised.value).startswith(str(tmp_path))
    assert re.search(what, str(raised.value))


def test_roster_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="No such file"):
        read_roster(tmp_path / "agents.toml")
