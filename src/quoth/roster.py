"""A user's `agents.toml`: agents under all their names, with their kind, country and side.

    [[agent]]
    name = "Alexander Lukashenko"
    aliases = ["Lukashenka", "the Belarusian leader"]
    kind = "person"
    country = "BY"
    side = "Minsk"

Only `name` is needed.  Names are compared without case, accents and titles, and across scripts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quoth.declared import tables, words
from quoth.errors import QuothError
from quoth.model import AgentKind, DeclaredAgent
from quoth.names import fold

FILE_NAME = "agents.toml"
"""What the file beside a case is called."""

KINDS = (AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP)
_FIELDS = ("name", "aliases", "kind", "country", "side")


class BadRoster(QuothError):
    """An `agents.toml` that cannot be read, or says what it cannot mean."""

    code = "Q102"


def read_roster(path: Path) -> tuple[DeclaredAgent, ...]:
    """The agents that the file declares, in its order.  Raises BadRoster with the file, the agent and the field."""
    found = tuple(_declared(agent, where) for agent, where in tables(path, "agent", _FIELDS, BadRoster))
    _check_names(found, str(path))
    return found


def _declared(agent: dict[str, Any], where: str) -> DeclaredAgent:
    aliases = agent.get("aliases", [])
    if not isinstance(aliases, list):
        raise BadRoster("aliases is no list", where=where, remedy='write: aliases = ["one name", "another"]')
    name = words(agent.get("name"), "name", where, BadRoster)
    kind, country = (agent.get(field) for field in ("kind", "country"))
    if kind is not None and kind not in KINDS:
        raise BadRoster(f"kind is {kind!r}", where=where, remedy=f"it may be {', '.join(KINDS)}")
    if country is not None and not (isinstance(country, str) and len(country) == 2 and country.isascii()):
        raise BadRoster(f"country is {country!r}", where=where, remedy="give its two letters of ISO 3166, as in: BY")
    return DeclaredAgent(
        name=name,
        aliases=tuple(words(alias, "aliases", where, BadRoster) for alias in aliases),
        kind=AgentKind(kind) if kind is not None else None,
        country=country.upper() if country is not None else None,
        side=words(agent["side"], "side", where, BadRoster) if "side" in agent else None,
    )


def _check_names(agents: tuple[DeclaredAgent, ...], where: str) -> None:
    """Raises BadRoster where two agents claim one name."""
    owner: dict[str, DeclaredAgent] = {}
    for agent in agents:
        for name in (agent.name, *agent.aliases):
            other = owner.setdefault(fold(name), agent)
            if other is not agent:
                raise BadRoster(f"{name!r} is a name of both {other.name!r} and {agent.name!r}", where=where)
