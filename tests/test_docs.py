"""The documentation says what is true: commands with their help, links, the tour's commands, Python and SQL.

`python tests/test_docs.py` writes the help texts of docs/commands.md anew.
"""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import quoth
from quoth.cli import cli
from quoth.compare.credibility import RULES

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ROOT / "docs" / "commands.md"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
HELP = re.compile(r"<!-- help: ?(?P<name>[a-z-]*) -->(?:\n\n```text\n.*?\n```)?", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)


def help_of(name: str) -> str:
    """The help of a command as a terminal of 100 columns shows it; of the whole program for ""."""
    arguments = [name, "--help"] if name else ["--help"]
    shown = CliRunner(env={"QUOTH_CASE": None}).invoke(cli, arguments, prog_name="quoth", terminal_width=100)
    assert shown.exit_code == 0, shown.output
    return "\n".join(line.rstrip() for line in shown.output.rstrip().splitlines())


def with_help(page: str) -> str:
    """The page with the help of each command that it names."""
    return HELP.sub(
        lambda m: f"<!-- help:{' ' if m['name'] else ''}{m['name']} -->\n\n```text\n{help_of(m['name'])}\n```", page
    )


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind, in order."""
    return [m["body"] for m in FENCE.finditer(page.read_text(encoding="utf-8")) if m["kind"] == kind]


def shown_commands(page: Path) -> Iterator[list[str]]:
    """The arguments of every `quoth …` command of the page's console and sh blocks."""
    for kind, prompt in (("console", "$ "), ("sh", "")):
        for block in blocks(page, kind):
            for line in block.splitlines():
                if line.startswith(f"{prompt}quoth "):
                    yield shlex.split(line.removeprefix(f"{prompt}quoth "), comments=True)


def anchors(page: Path) -> set[str]:
    """The fragments by which a page's headings are linked to."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_docs_every_command_is_documented() -> None:
    named = {m["name"] for m in HELP.finditer(COMMANDS.read_text(encoding="utf-8"))}
    assert named == {"", *cli.commands}


def test_docs_help_texts_are_the_programs_own() -> None:
    page = COMMANDS.read_text(encoding="utf-8")
    assert page == with_help(page), "write them anew with: python tests/test_docs.py"


def test_docs_every_command_has_help() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        assert command.short_help, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_docs_links_lead_somewhere(page: Path) -> None:
    for match in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target, _, fragment = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), match[0]
        assert not fragment or file.suffix != ".md" or fragment in anchors(file), match[0]


def test_docs_tour_shows_commands_that_parse() -> None:
    found = list(shown_commands(ROOT / "README.md"))
    assert len(found) > 8
    for arguments in found:
        parses(arguments)


def parses(arguments: list[str]) -> None:
    """Click takes the arguments; nothing is run."""
    group = cli.make_context("quoth", list(arguments), resilient_parsing=False)
    name, command, rest = cli.resolve_command(group, [*group._protected_args, *group.args])
    assert name is not None, arguments
    assert command is not None, arguments
    with click.Context(group.command, info_name="quoth") as above, command.make_context(name, rest, parent=above):
        pass


def test_docs_map_names_what_is_there() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where things are")[2]
    paths = re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
    assert len(paths) > 10
    for path in paths:
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_docs_name_files_that_are_there(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for path in re.findall(r"`((?:[\w-]+/)+(?:[\w.-]+\.(?:py|tsv|toml|sql|md))?)`", text):
        if path.split("/")[0] not in {"articles", "demo"}:
            found = (ROOT / path).exists() or any((ROOT / "src" / "quoth").glob(f"**/{path.rstrip('/')}"))
            assert found, path


def test_docs_python_of_the_readme_runs() -> None:
    (snippet,) = blocks(ROOT / "README.md", "python")
    ran = subprocess.run([sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("16 documents,")


def test_docs_rules_of_credibility_are_the_program_s_in_its_order() -> None:
    page = (ROOT / "docs" / "credibility.md").read_text(encoding="utf-8").partition("## The figure")[2]
    figures = re.findall(r"^\| (\d) \|", page, re.MULTILINE)
    assert figures == [of.value for of, _, _ in RULES]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the two articles of the tour, with the tour's judgements and ratings."""
    path = tmp_path_factory.mktemp("tour") / "case.db"
    tell = ["--source", "Ministry of Transport", "--note", "its proper name"]
    for arguments in (
        ["add", str(ROOT / "docs" / "tour")],
        ["review", "correct", "30178785", *tell, "--by", "ana"],
        ["review", "undo", "30178785", "--by", "ana"],
        ["rate", "Dravik Courier", "B", "--note", "corrects its errors", "--by", "ana"],
        ["rate", "Brandt", "F", "--topic", "bridge", "--by", "ana"],
    ):
        done = CliRunner().invoke(cli, ["--case", str(path), *arguments])
        assert done.exit_code == 0, done.output
    return path


@pytest.mark.parametrize("sql", blocks(ROOT / "docs" / "ledger.md", "sql"))
def test_docs_sql_works(tour: Path, sql: str) -> None:
    connection = sqlite3.connect(f"{tour.as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute(sql).fetchall()
    finally:
        connection.close()
    assert found or "'deny'" in sql


def test_docs_tour_comes_out_as_told(tour: Path) -> None:
    """What the README shows of the two articles: two questions, one contradiction, two reports of one origin."""
    text = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["--case", str(tour), "questions"]).output
    assert "When was the Lowland Agreement signed?" in text
    assert text.count("Contradiction:") == 1
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    with quoth.open(tour) as case:
        known = {thing.id[:8] for thing in (*case.statements(), *case.questions(), *case.origins())}
        assert [q.text for q in case.questions() if q.text not in page] == []
    assert {*re.findall(r"\b[0-9a-f]{8}\b", page)} - known == set(), "the README's ids are not those of the tour"
    assert "2 reports, 1 origin, 1 voice" in text
    assert "withheld" in text


if __name__ == "__main__":
    COMMANDS.write_text(with_help(COMMANDS.read_text(encoding="utf-8")), encoding="utf-8")
