"""Pages: templates in which nothing from a document reaches the browser unescaped, and what each of them may use."""

from __future__ import annotations

import functools
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup, escape

from quoth import __version__
from quoth.present import words
from quoth.present.templating import markup_environment
from quoth.web.guard import csrf_of, guard_of
from quoth.web.guard.roles import known_reader

KEPT = ("as_of", "clock")
"""What every link keeps of the address of the page it is on."""


def page(request: Request, template: str, *, status: int = 200, **view: Any) -> HTMLResponse:
    """The template, shown; besides `view` it may use `request`, `reader`, `desk`, `url` and `csrf_field`."""
    own = {
        "request": request,
        "reader": known_reader(request),
        "public": guard_of(request).policy.public,
        "url": functools.partial(_url, request),
        "csrf_field": functools.partial(_csrf_field, request),
        "as_of": request.query_params.get("as_of", ""),
        "clock": request.query_params.get("clock", ""),
        "desk": request.app.state.desk,
    }
    return HTMLResponse(_environment().get_template(template).render(**own, **view), status)


def see_other(address: str) -> RedirectResponse:
    """Where to look after something was done."""
    return RedirectResponse(address, 303)


def static(name: str) -> str:
    """The address of a file of `static/`; it changes with the file, so that a browser may keep what it has."""
    return f"/static/{name}?{_stamp(name)}"


@functools.cache
def _stamp(name: str) -> str:
    return sha256(files("quoth.web").joinpath("static", name).read_bytes()).hexdigest()[:12]


def path(*parts: str) -> str:
    """An address from its parts, each percent-encoded: "/outlets/The%20Courier"."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _url(request: Request, address: str, anchor: str = "", /, **query: object) -> str:
    """An address with a query, and with what is kept of the present one."""
    kept = {name: request.query_params[name] for name in KEPT if request.query_params.get(name)}
    asked = {**kept, **{name: value for name, value in query.items() if value not in (None, "", False)}}
    both = "&" if "?" in address else "?"
    return address + (both + urlencode(asked) if asked else "") + (f"#{anchor}" if anchor else "")


def _csrf_field(request: Request) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_of(request))


def _template_text(name: str) -> str:
    return files("quoth.web").joinpath("templates", name).read_text(encoding="utf-8")


@functools.cache
def _environment() -> jinja2.Environment:
    environment = markup_environment(_template_text)
    environment.globals |= {"static": static, "path": path, "version": __version__}
    environment.filters |= {
        "day": lambda day: words.day(day) if day else "date not known",
        "n": lambda number: f"{number:,}",
        "count": words.count,
        "paragraphs": _paragraphs,
    }
    return environment


def _paragraphs(text: str) -> Markup:
    """Text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
