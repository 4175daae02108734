"""What is installed: every pinned package has hashes, is no look-alike of one, and has a licence that fits."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

import pytest

LISTS = sorted((Path(__file__).parents[1] / "requirements").glob("*.txt"))

LICENCES = re.compile(
    r"\b(MIT|MIT-0|MIT-CMU|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public License|Unlicense|"
    r"Public Domain|Zlib|HPND|LGPL|Lesser General Public)\b",
    re.IGNORECASE,
)
"""Licences that a package may have beside Quoth's Apache-2.0; LGPL and MPL bind the library alone."""


def pinned(path: Path) -> dict[str, tuple[str, int]]:
    """Name → version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8")):
        match = re.match(r"([a-z0-9._-]+)==([^\s;\\]+)", block)
        if match:
            found[match[1]] = (match[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block)))
    return found


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes(path: Path) -> None:
    packages = pinned(path)
    assert packages
    assert [name for name, (_, hashes) in packages.items() if not hashes] == []
    assert [name for name, (version, _) in packages.items() if version.startswith("999")] == []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"[a-z0-9]", line)]
    assert [line for line in lines if "==" not in line] == []
    assert not re.search(
        r"^\s*(-e|-i|--index|--extra|--find|git\+|https?:)", path.read_text(encoding="utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_requirements_have_licences_that_fit(path: Path) -> None:
    """Of those that are installed here, by what they say of themselves."""
    wrong = {}
    for name in pinned(path):
        try:
            about = metadata(name)
        except PackageNotFoundError:  # for another platform
            continue
        said = [about.get("License-Expression") or "", about.get("License") or ""]
        said += [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
        if not "".join(said).strip():  # some bring the text alone
            said += [distribution(name).read_text(f"licenses/{f}") or "" for f in about.get_all("License-File") or []]
        if not LICENCES.search(" ".join(said)):
            wrong[name] = " ".join(said)[:200]
    assert wrong == {}
