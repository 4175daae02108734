"""A code names one error: whoever looks it up finds what they met."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict

import quoth
from quoth.errors import QuothError


def test_each_code_is_of_one_error() -> None:
    for module in pkgutil.walk_packages(quoth.__path__, "quoth."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    named: defaultdict[str, set[str]] = defaultdict(set)
    waiting = [QuothError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if "code" in vars(error) and error.__module__.startswith("quoth."):
            named[error.code].add(f"{error.__module__}.{error.__qualname__}")
    assert len(named) > 40
    assert {code: errors for code, errors in named.items() if len(errors) > 1} == {}
    assert [code for code in named if not re.fullmatch(r"Q\d{3}", code)] == []
