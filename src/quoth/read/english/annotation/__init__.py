"""What spaCy's small English pipeline says of words, at a fraction of its cost.

Its tokenizer, tagger and parser are run as they are.  Its two encoders of words and its recogniser of names are run on
numpy (`vectors`, `entities`), and what its tables say of a word is kept by what they look at (`attributes`).  Every
annotation is spaCy's own: a test compares all of them.  A Doc's annotations do not depend on the Docs beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from threading import Lock
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quoth.errors import NoReader
from quoth.read.english.annotation.attributes import Attributes
from quoth.read.english.annotation.entities import Recogniser
from quoth.read.english.annotation.vectors import ByText, Encoder, Lexicon
from quoth.read.english.one_thread import one_thread

__all__ = ["Annotator"]

DOCS_A_BATCH = 64
"""Docs that the tagger and the parser take together."""

COMPONENTS = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "ner")
"""The components of the pipeline that this stands in for."""


class Annotator:
    """`nlp` is en_core_web_sm.  Raises NoReader for a pipeline that is built otherwise."""

    def __init__(self, nlp: Language) -> None:
        if tuple(nlp.component_names) != COMPONENTS:
            raise NoReader(
                f"the English model has other components: {', '.join(nlp.component_names)}",
                where="reading English",
                remedy="install the model that requirements/run.txt names",
            )
        pipes: dict[str, Any] = dict(nlp.components)
        self.tagger, self.parser = pipes["tagger"], pipes["parser"]
        self.products = ByText()
        for node in self.parser.model.walk():
            node.ops = self.products
        self.words = Encoder(pipes["tok2vec"].model)
        self.recogniser = Recogniser(pipes["ner"])
        self.lexicon = Lexicon((self.words, self.recogniser.encoder))
        self.attributes = Attributes(pipes["attribute_ruler"], pipes["lemmatizer"])
        self.alone = Lock()

    def annotate(self, docs: Iterable[Doc], *, entities: bool = True) -> None:
        """Fill in tensors, tags, dependencies, parts of speech, morphology, lemmas and, if asked for, entities."""
        stream = (doc for doc in docs if len(doc))
        while batch := list(islice(stream, DOCS_A_BATCH)):
            with self.alone, one_thread():
                self._annotate(batch, entities)

    def _annotate(self, docs: Sequence[Doc], entities: bool) -> None:
        words, names = self.lexicon.rows(docs)
        tensors: list[Any] = self.words.encode(words)
        for doc, tensor in zip(docs, tensors, strict=True):
            doc.tensor = tensor
        self.tagger.set_annotations(docs, self.tagger.predict(docs))
        self.products.lengths = [len(doc) for doc in docs]
        try:
            self.parser.set_annotations(docs, self.parser.predict(docs))
        finally:
            self.products.lengths = ()
        for doc in docs:
            self.attributes.assign(doc)
        if entities:
            self.recogniser.assign(docs, names)
