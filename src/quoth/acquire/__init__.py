"""Bytes to documents: files, folders, standard input and the web; text, Markdown, HTML, JSON and tables."""

from quoth.acquire.contents import Failure
from quoth.acquire.files import acquire
from quoth.acquire.metadata import Given
from quoth.acquire.web import Terms, Web, together

__all__ = ["Failure", "Given", "Terms", "Web", "acquire", "together"]
