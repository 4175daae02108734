"""What spaCy's small English pipeline says of words, at a fraction of its cost.

Its tokenizer and tagger are run as they are, its parser step by step (`dependencies`).  Its two encoders of words and
its recogniser of names are run on numpy (`vectors`, `entities`), and what its tables say of a word is kept by what they
look at (`attributes`).  Every annotation is spaCy's own: a test compares all of them.  A Doc's annotations do not
depend on the Docs beside it.
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
from quoth.read.english.annotation.dependencies import Parser
from quoth.read.english.annotation.entities import Recogniser
from quoth.read.english.annotation.vectors import Encoder, Lexicon
from quoth.read.english.one_thread import one_thread
from quoth.read.english.version import MODELS

__all__ = ["Annotator"]

DOCS_A_BATCH = 64
"""Docs that are annotated together, of about one length: each step of the parser is one for all that are not done."""

BUILD = "3.8.0"
"""The build of the model that this knows; the network's weights are made for its rows, too."""


class Annotator:
    """`nlp` is en_core_web_sm.  Raises NoReader for another model, or another build of it."""

    def __init__(self, nlp: Language) -> None:
        name, build = f"{nlp.meta['lang']}_{nlp.meta['name']}", nlp.meta["version"]
        if name not in MODELS or build != BUILD:
            raise NoReader(
                f"the English model is {name} {build}, and not {MODELS[0]} {BUILD}",
                where="reading English",
                remedy="install the one that requirements/run.txt names",
            )
        pipes: dict[str, Any] = dict(nlp.components)
        self.tagger, self.parser = pipes["tagger"], Parser(pipes["parser"])
        self.words = Encoder(pipes["tok2vec"].model)
        self.recogniser = Recogniser(pipes["ner"])
        self.lexicon = Lexicon(self.words)
        self.attributes = Attributes(pipes["attribute_ruler"], pipes["lemmatizer"])
        self.alone = Lock()

    def annotate(self, docs: Iterable[Doc], *, entities: bool = True) -> None:
        """Fill in tensors, tags, dependencies, parts of speech, morphology, lemmas and, if asked for, entities."""
        stream = iter(sorted((doc for doc in docs if len(doc)), key=len))
        while batch := list(islice(stream, DOCS_A_BATCH)):
            with self.alone, one_thread():
                self._annotate(batch, entities)

    def _annotate(self, docs: Sequence[Doc], entities: bool) -> None:
        tensors: list[Any] = self.words.encode(self.lexicon.rows(docs))
        for doc, tensor in zip(docs, tensors, strict=True):
            doc.tensor = tensor
        self.tagger.set_annotations(docs, self.tagger.predict(docs))
        self.parser.assign(docs)
        for doc in docs:
            self.attributes.assign(doc)
        if entities:
            self.recogniser.assign(docs)
