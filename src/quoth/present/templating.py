"""Template environments in which nothing from a document reaches the page unescaped, by default."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import jinja2
from markupsafe import Markup

from quoth.present import escape


class Safe(str):
    """Markdown that a template may print as it stands."""

    __slots__ = ()


def markup_environment() -> jinja2.Environment:
    """For HTML and SVG: autoescape, and control and direction characters shown as escapes."""

    def shown(value: object) -> object:
        return escape.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return _environment(autoescape=True, finalize=shown)


def markdown_environment() -> jinja2.Environment:
    """For Markdown: whatever is printed is backslash-escaped unless it is `Safe`."""

    def shown(value: object) -> object:
        return value if isinstance(value, Safe | int) else escape.markdown(str(value))

    return _environment(autoescape=False, finalize=shown)


def _environment(*, autoescape: bool, finalize: Callable[[object], object]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(template_text),
        autoescape=autoescape,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def template_text(name: str) -> str:
    """The text of a file in `templates/`."""
    return files("quoth.present").joinpath("templates", name).read_text(encoding="utf-8")
