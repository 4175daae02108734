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


def markup_environment(text_of: Callable[[str], str] | None = None) -> jinja2.Environment:
    """For HTML and SVG: autoescape, and control and direction characters shown as escapes.

    `text_of`: the text of a template by its name, otherwise `template_text`.
    """

    def shown(value: object) -> object:
        return escape.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return _environment(text_of or template_text, autoescape=True, finalize=shown)


def markdown_environment() -> jinja2.Environment:
    """For Markdown: whatever is printed is backslash-escaped unless it is `Safe`."""

    def shown(value: object) -> object:
        return value if isinstance(value, Safe | int) else escape.markdown(str(value))

    return _environment(template_text, autoescape=False, finalize=shown)


def _environment(
    text_of: Callable[[str], str], *, autoescape: bool, finalize: Callable[[object], object]
) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(text_of),
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
