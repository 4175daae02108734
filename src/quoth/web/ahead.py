"""What takes long in a large case, so that a desk works it out before anybody asks."""

from __future__ import annotations

from quoth.web.relating import largest
from quoth.web.tallies.deadlines import deadlines
from quoth.web.tallies.places import places
from quoth.web.tallies.press import outlets
from quoth.web.tallies.voices import sources, unnamed

AHEAD = (largest, sources, outlets, unnamed, places, deadlines)
