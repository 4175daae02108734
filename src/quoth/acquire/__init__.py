"""Bytes to documents: files, folders and standard input; text, Markdown, HTML and JSON."""

from quoth.acquire.files import Failure, acquire
from quoth.acquire.metadata import Given

__all__ = ["Failure", "Given", "acquire"]
