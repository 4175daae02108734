"""What is counted over a whole case: of sources, outlets, places and deadlines; each once for a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quoth.web.snapshot import Snapshot


def tallied() -> Sequence[Callable[[Snapshot], object]]:
    """All that takes long enough in a large case for a desk to do it ahead."""
    from quoth.web.tallies.deadlines import deadlines
    from quoth.web.tallies.places import places
    from quoth.web.tallies.press import outlets
    from quoth.web.tallies.voices import sources, unnamed

    return sources, outlets, unnamed, places, deadlines
