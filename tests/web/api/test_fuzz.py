"""The interface does what its description says, whatever it is asked: schemathesis sends what fits and what does not.

`QUOTH_FUZZ_EXAMPLES` is the number of requests of each kind to each operation; `make fuzz-api` sends many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
from desks import TOKEN, application_of, copied
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.datastructures import State

import quoth
from quoth.web.api.description import LEADS
from quoth.web.api.interface import interface
from quoth.web.desk import Desk

EXAMPLES = int(os.environ.get("QUOTH_FUZZ_EXAMPLES", "6"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
LET_IN = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations() -> Iterator[tuple[str, str]]:
    """Method and path of each."""
    for path, methods in interface(State()).openapi()["paths"].items():
        yield from ((method, path) for method in methods)


@pytest.fixture(scope="module")
def described(ferries, tmp_path_factory):
    """The description, over a case of its own, in which something is judged and rated."""
    path = copied(ferries, tmp_path_factory.mktemp("fuzzed"))
    with quoth.open(path) as case:
        case.review("accept", next(case.statements()).id, by="ana")
        case.rate("The Courier", "B", by="ana")
    desk = Desk(path)
    desk.wait(30)
    app = application_of(path, desk, "ana", 80)
    app.state.jobs._next = lambda: None  # they wait for good: no program reads what is sent here

    async def requests_only(scope, receive, send):
        """The desk is opened and closed here, not whenever schemathesis begins and ends."""
        assert scope["type"] == "http"
        await app(scope, receive, send)

    made = schemathesis.openapi.from_asgi("/api/v1/openapi.json", requests_only, headers=LET_IN)
    made.config.generation.update(with_security_parameters=False)
    yield made
    desk.close()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), list(operations()))
def test_every_operation(described, method, path, mode):
    @SETTINGS
    @given(described[path][method.upper()].as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(headers=LET_IN, checks=CHECKS)

    check()


LINKS = [(listing, name, to) for listing, leads in LEADS.items() for name, those in leads.items() for to in those]


@pytest.mark.parametrize(("listing", "name", "to"), LINKS)
def test_what_a_list_names_can_be_asked_for(described, listing, name, to):
    """Ids out of lists lead to the things themselves, as the description links them, whatever else is asked."""
    by_id = {operation.definition.raw["operationId"]: operation for operation in every(described)}
    query = {"below": 1} if listing == "list_doubtful" else {}  # every reading
    items = by_id[listing].Case(query=query).call(headers=LET_IN).json()["items"]
    answered = set()

    @SETTINGS
    @given(by_id[to].as_strategy(generation_mode=GenerationMode.POSITIVE), st.sampled_from(items))
    def check(case, item):
        case.path_parameters = {name: item["id"]}
        answered.add(case.call_and_validate(headers=LET_IN, checks=CHECKS).status_code)

    check()
    assert answered <= {200, 304, 404}  # 404: not as it stood on the day that was asked for
    now = by_id[to].Case(path_parameters={name: items[0]["id"]}).call(headers=LET_IN)
    assert now.status_code == 200 or to in MAY_BE_NONE


MAY_BE_NONE = {"get_versions_of_document", "get_origin_of_statement"}
"""No article of this case has several versions; the lineage of a statement may be unknown."""


def every(described):
    return [result.ok() for result in described.get_all_operations()]
