"""The page that tells of the JSON interface tells of all of it."""

from __future__ import annotations

from quoth.web.pages.programs import operations


def test_every_operation_is_told_with_its_parameters(client):
    described = client.get("/api/v1/openapi.json").json()
    told = client.get("/api").text
    listed = [operation for those in operations(described).values() for operation in those]
    assert len(listed) == sum(len(methods) for methods in described["paths"].values())
    for operation in listed:
        assert operation.path in told
        assert operation.told.split("\n")[0].partition("`")[0].replace("'", "&#39;") in told
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in told


def test_every_parameter_is_explained(client):
    described = client.get("/api/v1/openapi.json").json()
    for those in operations(described).values():
        for operation in those:
            assert operation.told
            for parameter in operation.parameters:
                assert parameter.told, f"{operation.path} {parameter.name}"


def test_choices_are_told(client):
    told = client.get("/api").text
    assert "assert, deny, confirm, plan, request, propose, promise, threaten, estimate, decline" in told
    assert "published, recorded" in told
