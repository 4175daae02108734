"""Pages, feeds and sitemaps of the network to documents, politely and with care."""

from quoth.acquire.web.pages import Known
from quoth.acquire.web.sources import Found, Web, acquire_addresses, acquire_table
from quoth.acquire.web.terms import Terms
from quoth.acquire.web.urls import looks_like_url, together

__all__ = ["Found", "Known", "Terms", "Web", "acquire_addresses", "acquire_table", "looks_like_url", "together"]
