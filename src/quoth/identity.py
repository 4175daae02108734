"""Content-addressed ids: the same content has the same id, on every machine and in every language.

An id is the first 32 hex digits of the SHA-256 of a canonical JSON array whose first item says what is
identified.  JSON delimits and escapes its fields, so that no two different lists of fields encode alike.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

ID_DIGITS = 32

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no white space, UTF-8, no NaN.  Raises ValueError on what JSON lacks."""
    return _ENCODER.encode(value).encode()


def content_id(kind: str, *fields: Any) -> str:
    """The id of a thing of this kind with these JSON-ready fields."""
    return hashlib.sha256(canonical([kind, *fields])).hexdigest()[:ID_DIGITS]
