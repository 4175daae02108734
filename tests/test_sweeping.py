from __future__ import annotations

import gc

import pytest

from quoth.sweeping import unswept


def test_nothing_is_swept_meanwhile_and_things_are_as_they_were_afterwards():
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(RuntimeError), unswept():
        raise RuntimeError
    assert gc.isenabled()
