"""The brief: one file to read, to print and to sign, as HTML or as Markdown, from one view."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from quoth.model import Factuality
from quoth.present import escape, words
from quoth.present.moments import Timeline
from quoth.present.snippet import Piece
from quoth.present.templating import Safe, markdown_environment, markup_environment, template_text
from quoth.present.timeline import NARROW, WIDE, timeline_inline_svg
from quoth.present.view import BriefView


def brief_html(view: BriefView, timeline: Timeline | None = None) -> str:
    """One self-contained page: no script, nothing fetched.  Without a dated `timeline` it has no picture."""
    figures: tuple[Markup, ...] = ()
    if timeline and timeline.days:
        figures = tuple(timeline_inline_svg(timeline, width=width) for width in (WIDE, NARROW))
    css = Markup(template_text("brief.css"))
    template = markup_environment().get_template("brief.html.j2")
    return template.render(**_told(view), css=css, figures=figures)


def brief_markdown(view: BriefView) -> str:
    """The same content in Markdown, without raw HTML; document text is backslash-escaped."""
    environment = markdown_environment()
    environment.filters["safe_md"] = Safe
    environment.filters["marked"] = _marked
    text = environment.get_template("brief.md.j2").render(**_told(view))
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip() + "\n"


def _marked(piece: Piece) -> Safe:
    """A piece of a snippet in Markdown: the content in bold, words that went and came between their marks, all else as
    it is."""
    text = piece.text
    if piece.mark in REVISED:
        before, after = REVISED[piece.mark]
        return Safe(f"{before}{escape.markdown(text)}{after}")
    if piece.mark != "content" or not text.strip():
        return Safe(escape.markdown(text))
    left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return Safe(f"{left and ' '}**{escape.markdown(text.strip())}**{right and ' '}")


REVISED = {"removed": (r"\[-", r"-\]"), "added": (r"\{+", r"+\}")}
"""As `git diff --word-diff` marks them."""


def _told(view: BriefView) -> dict[str, Any]:
    full = [q for q in view.questions if q.statements > 1]
    once = [q for q in view.questions if q.statements == 1]
    return {
        "view": view,
        "full": full,
        "once": once,
        "open": [q for q in view.questions if not q.statements],
        "reading": _reading(view),
        "graded": _graded(view),
        "relations": [(words.RELATION_HEADING[r], words.RELATION_MEANS[r]) for r in words.RELATION_MEANS],
        "scale": [(f.value, words.CERTAINTY[f], words.CERTAINTY_MEANS[f]) for f in Factuality],
    }


def _graded(view: BriefView) -> list[tuple[str, str]]:
    """What grades and sides mean, as far as the brief shows any."""
    grades = [a.grades for q in view.questions for a in q.answers if a.grades]
    letters = ", ".join(f"{grade.value} {told}" for grade, told in words.RELIABILITY.items())
    figures = ", ".join(f"{grade.value} {told}" for grade, told in words.CREDIBILITY.items())
    told = []
    if grades:
        told += [
            ("Figure, 1 to 6", f"the credibility of an answer by the Admiralty code, {figures}: derived by rules from "
             "the voices behind it and against it, never from letters; it orders and decides nothing"),
            ("Letter, A to F", f"an analyst’s own judgement of a source by the same code, {letters}; it stands before "
             "the figure, as in B2, and decides nothing either. A source that nobody rated has no letter"),
        ]  # fmt: skip
    if any(g.sides for g in grades):
        declared = (
            "whose part a voice takes, as the analyst declared it; a voice for which none is declared is of no side"
        )
        told.append(("Side", declared))
    return told


def _reading(view: BriefView) -> dict[str, str]:
    """What was read, in sentences."""
    documents = words.count(len(view.documents), "document")
    of = words.listed(list(view.outlets)) if len(view.outlets) <= 8 else words.count(len(view.outlets), "outlet")
    period = f", published {view.period}" if view.period else ""
    undated = f" ({view.undated} without a date)" if view.undated else ""
    lineage = f"; for {words.count(view.unknown, 'statement')} the lineage is unknown" if view.unknown else ""
    answered = sum(q.statements > 0 for q in view.questions)
    waiting = len(view.questions) - answered
    verbs = ("is", "has") if waiting == 1 else ("are", "have")
    told = f" {words.count(waiting, 'question')} that {verbs[0]} asked {verbs[1]} no answer yet."
    return {
        "lede": f"Read: {documents}{f' of {of}' if of else ''}{period}{undated}. "
        f"{words.count(view.statements, 'statement').capitalize()} found.",
        "origins": f"The statements go back to {words.count(view.origins, 'origin')} "
        f"of {words.count(view.voices, 'voice')}{lineage}. They answer {words.count(answered, 'question')}, "
        f"{sum(q.contested for q in view.questions)} of them contested.{told if waiting else ''}",
        "unread": f"{words.count(len(view.unread), 'source')} could not be read.",
    }
