"""Attributions read by trained networks, beside the rules."""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib import import_module
from pathlib import Path

from quoth.errors import NoReader
from quoth.model import Profile
from quoth.read.english.attribution.learned.network import Network

FAST = Path(__file__).with_name("fast.npz")
NEEDED = ("quoth_accurate", "onnxruntime", "tokenizers")
"""Packages of the extra `accurate`."""


@cache
def network_for(profile: Profile) -> Network | None:
    """The network of a profile, loaded once; None for the rules alone.

    Raises NoReader where what the profile needs is not installed.
    """
    if profile is Profile.RULES:
        return None
    if profile is Profile.FAST:
        return Network.load(FAST)
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise NoReader(
            f'the profile "accurate" is not installed: {", ".join(missing)} is missing',
            where="reading English",
            remedy="install quoth[accurate], or read with --profile fast",
        )
    from quoth.read.english.attribution.learned.encoder import OnnxEncoder

    folder = Path(import_module("quoth_accurate").__file__ or "").parent
    return Network.load(folder / "accurate.npz", OnnxEncoder(folder))
