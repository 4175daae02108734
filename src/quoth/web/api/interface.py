"""The interface as an application of its own within the desk's."""

from __future__ import annotations

import json

from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.datastructures import State

from quoth import __version__
from quoth.web.api import jobs, judgements, news, people, published, questions, statements, tallied, whole
from quoth.web.api.description import described
from quoth.web.api.errors import catch_all

ROUTERS = (whole, questions, statements, people, tallied, published, news, judgements, jobs)


def interface(state: State) -> FastAPI:
    """To be mounted at `/api/v1`; `state` is that of the desk's application, which gets the description."""
    app = FastAPI(
        title="Quoth",
        summary="A case of Quoth, as JSON.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
    )
    app.state = state
    for one in ROUTERS:
        app.include_router(one.router)
    catch_all(app)
    state.description = described(app)
    description = json.dumps(state.description, ensure_ascii=False).encode()

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return Response(description, media_type="application/json")

    return app


def _name(route: APIRoute) -> str:
    return route.name
