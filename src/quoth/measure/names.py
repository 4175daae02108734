"""Whether two names may be one: titles, case, accents and the alphabet do not tell them apart."""

from __future__ import annotations

import unicodedata

# What is left of Cyrillic once accents are folded away (й is и, ё is е).
_LATIN = str.maketrans(
    dict(zip("абвгдезиклмнопрстуфыэіґ", "abvgdeziklmnoprstufyeig", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
    | {"є": "ye"}
)
_TITLES = frozenset(
    {"the", "a", "an", "mr", "mrs", "ms", "president", "minister", "prime", "foreign", "defense", "defence"}
    | {"secretary", "general", "state", "leader", "chief", "spokesman", "spokeswoman", "spokesperson"}
)
_ALIKE = 5
"""So many first letters of the last word have to agree: endings and transcriptions differ."""


def words(name: str) -> list[str]:
    """`President Лукашенко` → `["lukashenko"]`; titles stay where there is nothing else."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LATIN)
    tokens = "".join(c if c.isalnum() else " " for c in text).split()
    return [token for token in tokens if token not in _TITLES] or tokens


def same_name(wanted: str, got: str) -> bool:
    """The last words begin alike, or one name's words are all in the other's."""
    a, b = words(wanted), words(got)
    if not a or not b:
        return False
    return a[-1][:_ALIKE] == b[-1][:_ALIKE] or set(a) <= set(b) or set(b) <= set(a)
