"""Bytes to documents: files, folders and standard input; text, Markdown, HTML and JSON."""

from quoth.acquire.contents import Failure
from quoth.acquire.files import acquire
from quoth.acquire.metadata import Given

__all__ = ["Failure", "Given", "acquire"]
