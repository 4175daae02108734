"""What can go wrong with shards and datasets, and the packages that they need."""

from __future__ import annotations

from importlib.util import find_spec

from quoth.errors import QuothError


class MissingExtra(QuothError):
    """A package that is needed here and not installed."""

    code = "Q740"


class BadDataset(QuothError):
    """A folder or a file of it that is not what `quoth read` writes, or is no longer."""

    code = "Q741"


class LostShard(QuothError):
    """A shard that could not be read whole, however often it was begun."""

    code = "Q742"


class BadPlace(QuothError):
    """A folder or address that cannot be written to or read from."""

    code = "Q743"


def need(package: str, extra: str, what: str) -> None:
    """Raises MissingExtra where a package is not installed."""
    if not there_is(package):
        raise MissingExtra(f"{what} needs {package}", remedy=f"pip install 'quoth[{extra}]'")


def there_is(package: str) -> bool:
    return find_spec(package) is not None
