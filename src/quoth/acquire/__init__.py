"""Bytes to documents: files, folders, standard input and the web; text, Markdown, HTML, JSON and tables."""

from quoth.acquire.contents import Failure
from quoth.acquire.files import Article, acquire, articles_in, holds_articles
from quoth.acquire.metadata import Given
from quoth.acquire.parts import Part, documents_of_part, parts_of, sha256_of
from quoth.acquire.web import Terms, Web, together

__all__ = [
    "Article",
    "Failure",
    "Given",
    "Part",
    "Terms",
    "Web",
    "acquire",
    "articles_in",
    "documents_of_part",
    "holds_articles",
    "parts_of",
    "sha256_of",
    "together",
]
