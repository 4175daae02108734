"""Attributions read by trained networks, beside the rules."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from quoth.model import Profile
from quoth.read.english.attribution.learned.network import Network
from quoth.read.english.version import ACCURATE, check_installed

FAST = Path(__file__).with_name("fast.npz")


@cache
def network_for(profile: Profile) -> Network | None:
    """The network of a profile, loaded once; None for the rules alone.

    Raises NoReader where what the profile needs is not installed.
    """
    if profile is Profile.RULES:
        return None
    if profile is Profile.FAST:
        return Network.load(FAST)
    check_installed(profile)
    from quoth.read.english.attribution.learned.encoder import OnnxEncoder

    folder = Path(import_module(ACCURATE).__file__ or "").parent
    return Network.load(folder / "accurate.npz", OnnxEncoder(folder))
