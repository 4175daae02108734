"""The page that tells people of the JSON interface, made of the interface's own description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.web.api.description import ABOUT, AT
from quoth.web.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One part of a query; `choices` are all its values, where they are few."""

    name: str
    kind: str
    told: str
    choices: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked for or done; `kept` are the names of parameters that every list takes."""

    method: str
    path: str
    told: str
    parameters: tuple[Parameter, ...]


@router.get("/api")
def interface(request: Request) -> Response:
    told = request.app.state.description
    return page(
        request,
        "api.html.j2",
        at=AT,
        about=ABOUT.strip().split("\n\n"),
        groups=operations(told),
        statuses=_statuses(told),
    )


def operations(told: dict[str, Any]) -> dict[str, list[Operation]]:
    """Those of a description, by subject."""
    found: defaultdict[str, list[Operation]] = defaultdict(list)
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            parameters = tuple(_parameters(operation, told["components"]["schemas"]))
            subject = operation["tags"][0]
            found[subject].append(Operation(method.upper(), AT + path, operation["description"], parameters))
    return dict(found)


def _parameters(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Parameter]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            schema = _plain(parameter["schema"], schemas)
            kind = schema.get("format") or schema.get("type", "")
            choices = tuple(schema.get("enum", ()))
            told = parameter.get("description", "")
            yield Parameter(parameter["name"], kind, told, choices, parameter.get("required", False))


def _plain(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Without null, and what it refers to in its place."""
    found = next((one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"), schema)
    if "$ref" in found:
        found = schemas[found["$ref"].removeprefix("#/components/schemas/")]
    return found


def _statuses(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Every status of an error, and what it means."""
    answers = [o["responses"] for methods in told["paths"].values() for o in methods.values()]
    return sorted({(status, one["description"]) for those in answers for status, one in those.items() if status >= "4"})
