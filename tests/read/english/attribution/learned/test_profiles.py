"""What a profile takes: no network, the one that comes along, or one that may be missing."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from articles import article  # type: ignore[import-not-found]
from click.testing import CliRunner, Result

import quoth
from quoth.cli import cli
from quoth.errors import NoReader
from quoth.model import DEFAULT_PROFILE, Profile
from quoth.outcomes import Outcome
from quoth.read import reader_for
from quoth.read.english.attribution.learned import network_for
from quoth.read.english.reader import english_reader
from quoth.read.english.version import NEEDED, VERSION

SAID = "The mayor said that the bridge would reopen in May.\n"
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
accurate = pytest.mark.skipif(bool(MISSING), reason=f"quoth[accurate] is not installed: {', '.join(MISSING)}")


@pytest.fixture
def without() -> Iterator[Callable[..., None]]:
    """Makes packages as if they were not installed, and what was loaded with them forgotten."""
    with pytest.MonkeyPatch.context() as patch:
        known = importlib.util.find_spec

        def hide(*names: str) -> None:
            def find(name: str, *rest: Any) -> Any:
                return None if name in names else known(name, *rest)

            patch.setattr(importlib.util, "find_spec", find)
            network_for.cache_clear()
            english_reader.cache_clear()

        yield hide
    network_for.cache_clear()
    english_reader.cache_clear()


def test_the_rules_need_no_network() -> None:
    assert network_for(Profile.RULES) is None


def test_the_small_network_is_loaded_once() -> None:
    network = network_for(Profile.FAST)
    assert network is not None
    assert network.encoder is None
    assert network_for(Profile.FAST) is network
    assert DEFAULT_PROFILE is Profile.FAST


@accurate
def test_the_larger_network_brings_its_encoder() -> None:
    network = network_for(Profile.ACCURATE)
    assert network is not None
    assert network.encoder is not None
    assert network_for(Profile.ACCURATE) is network


@pytest.mark.parametrize("names", [("onnxruntime",), ("quoth_accurate", "tokenizers"), NEEDED])
def test_what_the_larger_network_misses_is_named(without: Callable[..., None], names: tuple[str, ...]) -> None:
    without(*NEEDED, "numpy") if names == NEEDED else without(*names, *MISSING)
    with pytest.raises(NoReader) as raised:
        network_for(Profile.ACCURATE)
    assert raised.value.what.startswith('the profile "accurate" is not installed: ')
    assert raised.value.what.endswith(f"{', '.join(names)} is missing") or MISSING
    assert raised.value.remedy == "install quoth[accurate], or read with --profile fast"


def test_nothing_is_asked_of_packages_that_other_profiles_do_without(without: Callable[..., None]) -> None:
    without(*NEEDED)
    assert network_for(Profile.RULES) is None
    assert network_for(Profile.FAST) is not None


def test_a_reader_is_refused_at_once_where_its_network_is_missing(without: Callable[..., None]) -> None:
    without(*NEEDED)
    with pytest.raises(NoReader, match="accurate"):
        reader_for("en", Profile.ACCURATE)


@pytest.mark.parametrize("profile", [Profile.RULES, Profile.FAST, pytest.param(Profile.ACCURATE, marks=accurate)])
def test_a_reader_is_named_for_its_profile(profile: Profile) -> None:
    reader = reader_for("en", profile)
    assert reader.name == f"english-{profile.value}/{VERSION}"
    assert reader_for("en-GB", profile) is reader
    reading = reader.read(article(SAID))
    assert reading.reader == reader.name
    assert [s.source.name for s in reading.statements if s.source] == ["mayor"]


def test_a_reader_without_a_profile_is_the_default() -> None:
    assert reader_for("en").name.startswith(f"english-{DEFAULT_PROFILE.value}/")


@pytest.mark.parametrize("profile", ["rules", Profile.RULES, "fast"])
def test_a_case_reads_with_its_profile(profile: Profile | str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(SAID, encoding="utf-8")
    with quoth.open(":memory:", profile=profile) as case:
        assert case.add(tmp_path / "x.txt").new == 1
        [reading] = case.ledger.readings()
        assert reading.reader == f"english-{Profile(profile).value}/{VERSION}"


def test_a_case_of_another_profile_reads_its_documents_again(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(SAID, encoding="utf-8")
    outcomes = []
    for profile in ("rules", "rules", "fast"):
        with quoth.open(tmp_path / "case.db", profile=profile) as case:
            outcomes += [item.outcome for item in case.add(tmp_path / "x.txt").items]
    assert outcomes == [Outcome.NEW, Outcome.KNOWN, Outcome.READ]


def test_a_case_has_no_other_profiles() -> None:
    with pytest.raises(NoReader, match="'slow'"):
        quoth.open(":memory:", profile="slow")


# ---------------------------------------------------------------- the shell


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTH_PROFILE", raising=False)
    Path("x.txt").write_text(SAID, encoding="utf-8")

    def invoke(*arguments: str, **environment: str) -> Result:
        return CliRunner(env={"COLUMNS": "160", **environment}).invoke(cli, [*arguments])

    return invoke


def readers() -> set[str]:
    with quoth.open("case.db", read_only=True) as case:
        return {reading.reader for reading in case.ledger.readings()}


@pytest.mark.parametrize(
    ("arguments", "environment", "name"),
    [
        ([], {}, "english-fast"),
        (["--profile", "rules"], {}, "english-rules"),
        ([], {"QUOTH_PROFILE": "rules"}, "english-rules"),
        (["--profile", "fast"], {"QUOTH_PROFILE": "rules"}, "english-fast"),
    ],
)
def test_add_reads_with_the_profile_that_it_is_given(
    run: Callable[..., Result], arguments: list[str], environment: dict[str, str], name: str
) -> None:
    result = run("add", "x.txt", *arguments, **environment)
    assert result.exit_code == 0, result.stderr
    assert readers() == {f"{name}/{VERSION}"}
    [statement] = [json.loads(line) for line in run("statements", "--format", "jsonl").stdout.splitlines()]
    assert statement["content"]["text"] == "that the bridge would reopen in May"


@pytest.mark.parametrize("command", [["add", "x.txt"], ["demo"]])
def test_another_profile_is_refused_and_the_profiles_are_named(run: Callable[..., Result], command: list[str]) -> None:
    for result in (run(*command, "--profile", "slow"), run(*command, QUOTH_PROFILE="slow")):
        assert result.exit_code == 2
        assert "'--profile'" in result.stderr
        assert "'slow' is not one of 'rules', 'fast', 'accurate'" in result.stderr
    assert [p.name for p in Path.cwd().iterdir()] == ["x.txt"]


def test_add_says_how_to_get_a_profile_that_is_missing(
    run: Callable[..., Result], without: Callable[..., None]
) -> None:
    without(*NEEDED)
    result = run("add", "x.txt", "--profile", "accurate")
    assert result.exit_code == 2
    assert 'the profile "accurate" is not installed' in result.stderr
    assert "install quoth[accurate], or read with --profile fast" in " ".join(result.stderr.split())


@pytest.mark.filterwarnings("error:The parameter")
@pytest.mark.parametrize(
    "command",
    [["add"], ["demo"], ["eval", "attribution"], ["eval", "statements"], ["eval", "questions"]],
)
def test_every_command_that_reads_takes_a_profile_once(run: Callable[..., Result], command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.count("--profile") == 1
    assert "QUOTH_PROFILE" in result.stdout
