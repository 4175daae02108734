"""Bytes to documents: files, folders, standard input and the web; text, Markdown, HTML, JSON and tables."""

from quoth.acquire.contents import Failure
from quoth.acquire.files import Article, acquire, acquire_at, articles_in, holds_articles
from quoth.acquire.metadata import Given
from quoth.acquire.parts import Part, cut, documents_of_part
from quoth.acquire.places import Place
from quoth.acquire.web import Terms, Web, together

__all__ = [
    "Article",
    "Failure",
    "Given",
    "Part",
    "Place",
    "Terms",
    "Web",
    "acquire",
    "acquire_at",
    "articles_in",
    "cut",
    "documents_of_part",
    "holds_articles",
    "together",
]
