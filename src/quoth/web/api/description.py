"""The interface's own description, OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

AT = "/api/v1"
ABOUT = """Who said what, through whom, when and how sure, with the words; as objects of docs/wire.md.

Reading takes any role. Ids may be given by any beginning that only one thing has. `as_of` and `clock` ask how things
stood on a day. Lists come in pages: `next` is the address of the following one. An answer's `ETag`, sent back as
`If-None-Match`, gets 304 while nothing has changed. New keys may be added to what is answered, at the end of objects.

Sign in by the cookie of the desk's own session, with the header `X-Quoth-CSRF` in whatever changes something, or by
`Authorization: Bearer TOKEN`, which needs no such header.
"""
SECURITY: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "the token of the printed link"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "quoth",
        "description": "the desk's own session; the name ends in its port",
    },
}
METHODS = ("get", "post", "put", "patch", "delete")
ETAG = {"description": "Of this state of the case, as of that day.", "schema": {"type": "string"}}
LEADS: dict[str, dict[str, tuple[str, ...]]] = {
    "list_questions": {"question": ("get_question",)},
    "list_headings": {"question": ("get_question",)},
    "list_statements": {"statement": ("get_statement", "get_origin_of_statement")},
    "list_origins": {"origin": ("get_origin",)},
    "list_sources": {"source": ("get_source", "list_statements_of_source")},
    "list_documents": {
        "document": ("get_document", "get_text_of_document", "list_statements_of_document", "get_versions_of_document")
    },
    "list_doubtful": {"statement": ("get_statement",)},
    "list_judgements": {"judgement": ("get_judgement",)},
}
"""List → parameter → the operations that take the id of a thing in it."""


def described(app: FastAPI) -> dict[str, Any]:
    """What the routes of `app` say of themselves, and what they have in common."""
    told = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=ABOUT, routes=app.routes,
        servers=[{"url": AT}],
    )  # fmt: skip
    told["components"]["securitySchemes"] = SECURITY
    told["security"] = [{name: []} for name in SECURITY]
    for operation in _operations(told):
        found = operation["responses"].get("200", {})
        if "304" in operation["responses"]:
            found["headers"] = {"ETag": ETAG}
        leads = LEADS.get(operation["operationId"], {})
        links = {to: _link(to, parameter) for parameter, those in leads.items() for to in those}
        if links:
            found["links"] = links
    _open(told)
    return told


def _operations(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in told["paths"].values():
        yield from (path[method] for method in METHODS if method in path)


def _link(operation: str, parameter: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": {parameter: "$response.body#/items/0/id"}}


def _open(told: dict[str, Any]) -> None:
    """What is answered may have further keys one day; what is sent may not."""
    schemas = told["components"]["schemas"]
    sent: set[str] = set()
    for operation in _operations(told):
        _reach(operation.get("requestBody", {}), schemas, sent)
    for name, schema in schemas.items():
        if name not in sent:
            schema.pop("additionalProperties", None)


def _reach(node: object, schemas: dict[str, Any], found: set[str]) -> None:
    """Add the names of the schemas that `node` refers to, directly or through others."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if name in schemas and name not in found:
            found.add(name)
            _reach(schemas[name], schemas, found)
        for value in node.values():
            _reach(value, schemas, found)
    elif isinstance(node, list):
        for value in node:
            _reach(value, schemas, found)
