"""Products of matrices on one thread.

Those of reading are small: over several threads they take longer, and their last bits depend on how many there are.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

import numpy as np  # noqa: F401  (the library whose threads are counted comes with it)
from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Within it, numpy multiplies on the thread that asks."""
    limits: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limits


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()
