"""What is known about an article besides its text: from options, a side file, front matter, records, HTML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from email.utils import parsedate_to_datetime
from typing import Any

import yaml

from quoth.model import Note, Span

LONGEST_VALUE = 2_000
"""Characters: a title or a name longer than this is taken for an error."""

LONGEST_FRONT_MATTER = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says about the articles; it wins over everything that the articles say themselves."""

    outlet: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    updated: datetime.date | None = None
    relays: tuple[str, ...] = ()

    def over(self, other: Given) -> Given:
        """Field by field: this one's value where it has one, else the other's."""
        return Given(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What came around an article's bytes: the charset that their sender names, and what counts where the article says
    nothing itself."""

    charset: str | None = None
    given: Given = Given()


NO_ENVELOPE = Envelope()

_KEYS = {
    "outlet": ("outlet", "source", "publisher", "sourcename", "sitename", "site", "publication", "sourcedomain",
               "medianame", "sourcecommonname"),
    "published": (
        "published", "date", "publishedat", "datepublished", "datepublish", "publishedon", "publishdate",
        "publisheddate", "publicationdate", "pubdate", "publishedtime", "v21date", "dateadded", "sqldate",
    ),
    "updated": ("updated", "modified", "updatedat", "dateupdated", "datemodified", "datemodify", "lastmodified"),
    "url": ("url", "link", "canonicalurl", "sourceurl", "permalink", "documentidentifier", "storyurl"),
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline", "creator"),
    "language": ("language", "lang", "inlanguage"),
    "relays": ("relays", "relay", "via"),
}  # fmt: skip
"""Key names that articles' metadata go by, in order of preference, as `plain_key` writes them."""

_LANGUAGES = {
    "english": "en", "eng": "en", "russian": "ru", "rus": "ru", "русский": "ru",
    "ukrainian": "uk", "ukr": "uk", "українська": "uk",
}  # fmt: skip

_DAY_FORMATS = ("%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y")

_EMPTY = ("", "null", "none", "~", "n/a")


class BadValueError(ValueError):
    """A metadata value that does not fit; its message says why."""


def plain_key(key: object) -> str:
    """A key's name without case, spaces, hyphens and underscores."""
    return re.sub(r"[\W_]+", "", str(key)).lower()


def from_mapping(mapping: Mapping[Any, Any], where: str) -> tuple[Given, tuple[Note, ...]]:
    """The metadata under any of the names it commonly goes by; a value that does not fit becomes a note."""
    by_key = {plain_key(key): value for key, value in mapping.items()}
    taken: dict[str, Any] = {}
    notes: list[Note] = []
    for name, keys in _KEYS.items():
        for key in keys:
            try:
                value = _read(name, by_key.get(key))
            except BadValueError as problem:
                notes.append(Note(code="bad-metadata", message=f"{where}: {key} ignored: {problem}"))
                continue
            if value:
                taken[name] = value
                break
    return Given(**taken), tuple(notes)


def _read(name: str, value: object) -> Any:
    if value is None or (isinstance(value, str) and value.strip().lower() in _EMPTY):
        return None
    if name in ("published", "updated"):
        return day(value)
    if name == "authors":
        return names(value, r"\s*[;,]\s*(?:and\s+)?|\s+and\s+")
    if name == "relays":
        return names(value, r"\s*[;,]\s*")
    if name == "language":
        return language(value)
    return line(value)


def line(value: object) -> str | None:
    """One line of text; an object's `name` is taken.  Control characters and surrogates are dropped."""
    if isinstance(value, Mapping):
        value = value.get("name")
        if value is None:
            return None
    if not isinstance(value, str):
        raise BadValueError(f"text was expected, not {_kind(value)}")
    if len(value) > LONGEST_VALUE:
        raise BadValueError(f"it is {len(value)} characters long")
    return " ".join(re.sub("[\x00-\x1f\x7f\ud800-\udfff]+", " ", value).split()) or None


def names(value: object, separator: str) -> tuple[str, ...]:
    """Names from a list, or from one string that separates them by the pattern `separator`."""
    if isinstance(value, list | tuple):
        several = [name for item in value[:100] if item is not None and (name := line(item))]
    else:
        text = line(value) or ""
        several = re.split(separator, re.sub(r"^by\s+", "", text, flags=re.IGNORECASE))
    return tuple(dict.fromkeys(name for name in several if name))


def language(value: object) -> str | None:
    """The primary language subtag (BCP 47), lower case: "en" for "en-GB"."""
    text = (line(value) or "").lower()
    if text in _LANGUAGES:
        return _LANGUAGES[text]
    primary = re.split("[-_]", text)[0]
    if not re.fullmatch("[a-z]{2,3}", primary):
        raise BadValueError(f"{text[:40]!r} is no language code such as en, ru, uk")
    return _LANGUAGES.get(primary, primary)


def day(value: object) -> datetime.date:
    """A calendar day, as written (no change of time zone), from ISO 8601, RFC 2822 or a date in English words.

    Raises BadValueError for anything else, also for the ambiguous 05/06/2025.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = line(value) or ""
    if len(text) > 64:
        raise BadValueError("it is no date")
    if re.match(r"\d{4}-\d\d-\d\d|\d{8}", text):
        return _iso_day(text)
    for form in _DAY_FORMATS:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError, IndexError, TypeError):
        raise BadValueError(f"{text!r} is no calendar day; write it as 2025-05-28") from None


def _iso_day(text: str) -> datetime.date:
    compact = re.match(r"(\d{4})(\d\d)(\d\d)(?=\d{6}$|\D|$)", text)
    parts = compact or re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", text)
    if parts is None:
        raise BadValueError(f"{text!r} is no calendar day")
    try:
        return datetime.date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError as problem:
        raise BadValueError(f"{text!r} is no calendar day ({problem})") from None


def front_matter(text: str) -> tuple[Given, Span | None, tuple[Note, ...]]:
    """The metadata in a YAML front matter (`---` lines around `key: value` lines), and where it stands.

    The span covers both fence lines; None where there is none.  Scalars stay strings: a language `no` is
    Norwegian, and a day that does not exist spoils only itself.
    """
    found = re.match(r"---[ \t]*\r?\n(?=[\w\"'-])", text)
    if found is None:
        return Given(), None, ()
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(text, found.end(), LONGEST_FRONT_MATTER)
    if end is None:
        return Given(), None, ()
    span = Span(0, len(text[: end.end()].rstrip()))
    source = text[found.end() : end.start()]
    try:
        values = yaml.load(source, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        if not re.match(r"[\w -]{1,40}:", source):
            return Given(), None, ()
        reason = str(getattr(problem, "problem", None) or type(problem).__name__)
        note = Note(code="bad-metadata", message=f"front matter ignored: it is no YAML ({reason})", span=span)
        return Given(), span, (note,)
    if not isinstance(values, dict):
        return Given(), None, ()
    given, notes = from_mapping(values, "front matter")
    return given, span, notes


def date_notes(published: datetime.date | None, today: datetime.date) -> tuple[Note, ...]:
    """What a person should know about the publication day."""
    if published is None:
        return (Note(code="no-date", message="no publication date: relative dates stay unresolved"),)
    if published > today + datetime.timedelta(days=1):
        return (Note(code="future-date", message=f"the publication date, {published}, lies in the future"),)
    return ()


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return kinds.get(type(value), "something else")
