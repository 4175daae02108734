"""The versions of an article: documents published at one address, and what each changed in the one before it."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from quoth.model import Article, BlockKind, Document, Edit, EditKind, Passage, Span, Statement, Version

SHARED = 1 / 3
"""Share of the shorter text's paragraphs that two documents at one address have in common if they are versions of one
article; documents with one title are in any case."""
REWORDED = 90
"""Likeness (of 100) from which on two contents may say one thing."""
LIKE = 0.4
"""Likeness from which on a paragraph in place of another is shown as changed, word by word."""
MOST_WORDS = 20_000
"""Words: a longer stretch is shown as taken out and put in, not word by word."""

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_NAME_OR_NUMBER = re.compile(r"(?<!^)\b[^\W\d_a-z]\w*|\d[\d.,]*")


@lru_cache(maxsize=100_000)
def address(url: str | None) -> str | None:
    """What an article's URLs have in common: no scheme, `www.`, trackers, fragment or last slash.  None for a site's
    front page, at which one article follows another, and for what is no URL."""
    if not url:
        return None
    from courlan import normalize_url  # a fifth of a second, and most cases hold no address twice

    try:
        parts = urlsplit(normalize_url(url, strict=False, trailing_slash=False))
    except ValueError:
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


@lru_cache(maxsize=100_000)
def path(url: str | None) -> str:
    """What addresses must have in common to be one; "" where there is none."""
    try:
        return unquote(urlsplit(url or "").path).rstrip("/").lower()
    except ValueError:
        return ""


def is_one_address(a: str | None, b: str | None) -> bool:
    """Whether what is at both is one article."""
    return path(a) == path(b) and address(a) is not None and address(a) == address(b)


def in_versions(documents: Iterable[Document]) -> Iterator[tuple[Document, ...]]:
    """The documents of each article of which there are several versions, the earliest first.

    They are ordered by the day of their last change, then by when they were retrieved, then as they come.
    """
    on: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        on[path(document.url)].append(document)
    at: dict[str | None, list[Document]] = defaultdict(list)
    for document in (document for several in on.values() if len(several) > 1 for document in several):
        at[address(document.url)].append(document)
    for several in (several for where, several in at.items() if where is not None and len(several) > 1):
        run: list[Document] = []
        for document in sorted(several, key=_when):
            if run and not is_version(run[-1], document):
                if len(run) > 1:
                    yield tuple(run)
                run = []
            run.append(document)
        if len(run) > 1:
            yield tuple(run)


def _when(document: Document) -> tuple[str, str]:
    return str(document.updated or document.published or ""), str(document.retrieved or "")


def published_by(day: datetime.date, documents: Sequence[Document]) -> list[Document]:
    """Those that had been published by the end of a day: a later version of an article with its update."""
    later = {document.id for versions in in_versions(documents) for document in versions[1:]}
    since = {d.id: (d.id in later and d.updated) or d.published for d in documents}
    return [d for d in documents if (known := since[d.id]) is not None and known <= day]


def is_version(a: Document, b: Document) -> bool:
    """Whether two documents at one address are of one article."""
    if a.title and b.title and _folded(a.title) == _folded(b.title):
        return True
    x, y = ({_folded(words) for words, _ in _paragraphs(d)} for d in (a, b))
    return len(x & y) >= SHARED * min(len(x), len(y))


def same_words(a: Document, b: Document) -> bool:
    """Whether the articles are the same, whatever stands around them."""
    return [words for words, _ in _paragraphs(a)] == [words for words, _ in _paragraphs(b)]


def earlier_of(a: Document, b: Document) -> Document | None:
    """Which of two documents is the earlier version, where both are of one article and their days tell."""
    if not is_one_address(a.url, b.url) or _when(a) == _when(b) or not is_version(a, b):
        return None
    return min(a, b, key=_when)


# ---------------------------------------------------------------- statements


def repeated(versions: Sequence[Document], said: Mapping[str, Sequence[Statement]]) -> frozenset[str]:
    """The ids of those statements of earlier versions that a later one repeats, perhaps in slightly other words."""
    found: set[str] = set()
    later: list[Statement] = []
    for document in reversed(versions):
        own = said.get(document.id, ())
        found.update(s.id for s in own if any(_says_again(s, other) for other in later))
        later += own
    return frozenset(found)


def _says_again(a: Statement, b: Statement) -> bool:
    """Whether two statements differ in no more than wording: one source, act and certainty, the same numbers, names,
    times and places."""
    if (_folded(a.source.name), a.act, a.factuality) != (_folded(b.source.name), b.act, b.factuality):
        return False
    x, y = _folded(a.content.text), _folded(b.content.text)
    return x == y or (fuzz.ratio(x, y) >= REWORDED and _told(a) == _told(b))


def _told(statement: Statement) -> tuple[object, ...]:
    """What a statement tells besides its wording."""
    return (
        sorted(_NAME_OR_NUMBER.findall(statement.content.text)),
        [
            (
                e.predicate,
                e.polarity,
                e.quantity and (e.quantity.min, e.quantity.max, e.quantity.counted),
                e.time and (e.time.earliest, e.time.latest),
                e.place and e.place.name,
            )
            for e in statement.events
        ],
    )


# ---------------------------------------------------------------- words


def article_of(versions: Sequence[Document], said: Mapping[str, Sequence[Statement]]) -> Article:
    """An article with what each version changed in the one before it: words, statements, and correction notes."""
    made = [_version(versions[0], (), said, None)]
    made += [_version(late, edits(early, late), said, early) for early, late in pairwise(versions)]
    return Article(url=versions[-1].url or "", title=versions[-1].title, versions=tuple(made))


def _version(
    document: Document, changed: tuple[Edit, ...], said: Mapping[str, Sequence[Statement]], before: Document | None
) -> Version:
    own, old = said.get(document.id, ()), said.get(before.id, ()) if before else ()
    return Version(
        document=document.id,
        published=document.published,
        updated=document.updated,
        retrieved=document.retrieved,
        edits=changed,
        added=tuple(s.id for s in own if before and not any(_says_again(s, o) for o in old)),
        removed=tuple(o.id for o in old if not any(_says_again(o, s) for s in own)),
        corrections=tuple(b.span for b in document.blocks if b.kind is BlockKind.CORRECTION),
    )


def edits(early: Document, late: Document) -> tuple[Edit, ...]:
    """The paragraphs in which two documents differ, in order, each with the words that were taken out and put in."""
    old, new = _paragraphs(early), _paragraphs(late)
    return tuple(
        _edit(early, a and a[1], late, b and b[1])
        for equal, (i, j), (k, m) in _runs([_folded(w) for w, _ in old], [_folded(w) for w, _ in new])
        if not equal
        for a, b in _side_by_side(old[i:j], new[k:m])
    )


_Paragraph = tuple[str, Span]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """What two sequences have in common and in what they differ, in turn: whether equal, and from where to where."""
    for equal, steps in groupby(Indel.opcodes(old, new), key=lambda step: step.tag == "equal"):
        several = list(steps)
        first, last = several[0], several[-1]
        yield equal, (first.src_start, last.src_end), (first.dest_start, last.dest_end)


def _side_by_side(
    gone: Sequence[_Paragraph], come: Sequence[_Paragraph]
) -> Iterator[tuple[_Paragraph | None, _Paragraph | None]]:
    """Paragraphs that may be each other's successors, in order; whichever stands alone has None beside it."""
    i = j = 0
    while i < len(gone) or j < len(come):
        if i < len(gone) and j < len(come) and fuzz.ratio(gone[i][0], come[j][0]) >= 100 * LIKE:
            yield gone[i], come[j]
            i, j = i + 1, j + 1
        elif i < len(gone) and (
            j == len(come) or not any(fuzz.ratio(gone[i][0], w) >= 100 * LIKE for w, _ in come[j:])
        ):
            yield gone[i], None
            i += 1
        else:
            yield None, come[j]
            j += 1


def _edit(early: Document, a: Span | None, late: Document, b: Span | None) -> Edit:
    return Edit(old=a, new=b, passages=tuple(_passages(early.text, a, late.text, b)))


def _passages(old: str, a: Span | None, new: str, b: Span | None) -> Iterator[Passage]:
    """The words of a paragraph: kept and added ones by their place in the later text, removed ones in the earlier."""
    x, y = ([Span(s.start + m.start(), s.start + m.end()) for m in _TOKEN.finditer(s.words(t))] if s else []
            for t, s in ((old, a), (new, b)))  # fmt: skip
    if a is None or b is None or max(len(x), len(y)) > MOST_WORDS:
        yield from (_passage(kind, text, s) for kind, text, s in
                    ((EditKind.REMOVED, old, a), (EditKind.ADDED, new, b)) if s)  # fmt: skip
        return
    for equal, (i, j), (k, m) in _runs([s.words(old) for s in x], [s.words(new) for s in y]):
        if j > i and not equal:
            yield _passage(EditKind.REMOVED, old, x[i].hull(x[j - 1]))
        if m > k:
            yield _passage(EditKind.KEPT if equal else EditKind.ADDED, new, y[k].hull(y[m - 1]))


def _passage(kind: EditKind, text: str, span: Span) -> Passage:
    return Passage(kind=kind, text=span.words(text), span=span)


def _paragraphs(document: Document) -> list[_Paragraph]:
    return [(b.span.words(document.text), b.span) for b in document.blocks if b.kind is not BlockKind.METADATA]


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
