"""The reader of a language, as a case uses it: keeping what it read, in as many processes as it may, and loaded only
when there is something to read."""

from __future__ import annotations

from functools import partial

from quoth.model import DEFAULT_PROFILE, Profile
from quoth.read import Reader, check_language, reader_for
from quoth.read.english.version import check_installed, packages_with_models, reader_name
from quoth.read.fingerprint import fingerprint
from quoth.read.kept import KeptReader, store_of_user
from quoth.read.workers import PooledReader


def frugal_reader_for(
    language: str, profile: Profile = DEFAULT_PROFILE, *, jobs: int = 1, cache: bool = True
) -> Reader:
    """Reads exactly as `quoth.read.reader_for(language, profile)` does.  `jobs`: how many processes read; `cache`:
    whether readings are kept and taken from where they are kept.  Raises NoReader as that does."""
    check_language(language)
    check_installed(profile)
    name = reader_name(profile)
    here = partial(reader_for, profile=profile)
    pool = PooledReader(name, here, language, jobs) if jobs > 1 else None
    store = store_of_user(cache)
    if store is None:
        return pool or here(language)
    return KeptReader(name, lambda: pool or here(language), fingerprint(*packages_with_models(profile)), store)
