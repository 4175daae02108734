"""What a hostile article, its metadata, or a stranger's file can do: SECURITY.md names these tests."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sqlite3
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import quoth
from quoth import compared
from quoth.acquire import Given
from quoth.cli import cli
from quoth.present.escape import one_line

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "packages").rglob("*.py")])

# ---------------------------------------------------------------- the code itself

RUN_DATA = {"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "jsonpickle"}
"""Modules that make code run when they read a file."""
READ_XML = {"xml.etree.ElementTree", "xml.dom.minidom", "xml.sax", "xml.dom.pulldom"}
"""Parsers that expand what a file declares."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_hostile_files_make_no_code_run(path: Path) -> None:
    """Nothing that is read is unpickled, evaluated, or given to a shell or to an unsafe loader."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} & RUN_DATA == set()
    if not path.is_relative_to(ROOT / "src" / "quoth" / "measure"):  # figures, from files of one's own
        assert imported & READ_XML == set()
    for name, call in calls(tree):
        options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert name not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, name
        assert options.get("shell", "False") == "False", ast.unparse(call)
        if name in {"yaml.load", "yaml.load_all"}:
            assert options.get("Loader") in {"yaml.BaseLoader", "yaml.SafeLoader"}, ast.unparse(call)
        assert name not in {"yaml.unsafe_load", "yaml.full_load", "torch.load"}, name
        if name in {"np.load", "numpy.load"}:
            assert options.get("allow_pickle") == "False", ast.unparse(call)
        assert not name.endswith(".extractall"), name


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        yield " ".join((*path, name)), command


def test_hostile_no_option_takes_a_secret() -> None:
    """What stands on a command line is seen by whoever lists the processes of the machine."""
    options = [(name, p.name or "") for name, command in commands(cli) for p in command.params]
    assert len(options) > 80
    assert [o for o in options if re.search(r"password|passwd|secret|token|credential|api_?key", o[1])] == []


# ---------------------------------------------------------------- an article and its metadata

FRONT_MATTER = {
    "aliases": "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
    ) + "authors: *m\noutlet: The Quay\n",
    "a cycle": "a: &a [*a]\nauthors: *a\n",
    "deep": "outlet: " + "[" * 20_000 + "\n",
    "a Python object": "outlet: !!python/object/apply:os.system ['echo no']\n",
    "a merge": "a: &a {outlet: x}\n<<: [*a, *a]\n",
    "many keys": "".join(f"k{n}: v\n" for n in range(5_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_hostile_front_matter_costs_little(tmp_path: Path, name: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text(f"---\n{FRONT_MATTER[name]}---\nNothing new at the quay.\n")
    with quoth.open(":memory:", profile="rules") as case:
        begun = time.process_time()
        added = case.add(article, given=Given(language="xx"))
        assert time.process_time() - begun < 5
        assert len(added.items) == 1
        assert [document.outlet for document in case.documents()] in ([None], ["The Quay"], ["x"])


EVIL = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "＋1", "－1",
    "＠x", "\x1b]0;x\x07\x1b[2J", "\u202egnp.exe", "<script>alert(1)</script>", "](javascript:alert(1))",
    '"><img src=x onerror=y>',
)  # fmt: skip
"""Words that mean something to a spreadsheet, a terminal, a browser, a Markdown reader."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which everything that a stranger writes is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "case.db"
    records = [
        {
            "text": f"Tomas Arden said on 1 March 2021 that the bridge would be built by May {2022 + n}. {evil}\n",
            "outlet": evil, "title": evil, "author": [evil], "url": f"javascript:alert({n})//{evil}",
            "date": "2021-03-02",
        }
        for n, evil in enumerate(EVIL)
    ]  # fmt: skip
    (folder / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    (folder / "=1+1;\x1b[2J.txt").write_bytes(b"")
    with quoth.open(path, profile="rules") as case:
        case.add(folder)
        for evil in EVIL:
            case.ledger.rate(evil, quoth.Reliability.USUALLY, topic=evil, by=evil, note=evil)
            case.review("same", evil, f"x{evil}", by=evil, note=evil)
    return path


TABLES = (
    "statements", "documents", "questions", "questions --list", "origins", "agents", "rate", "review list", "weigh",
    "anchors", "versions", "changes --since 2020-01-01",
)  # fmt: skip


def printed(path: Path, *command: str) -> str:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["--case", str(path), *command])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", TABLES)
def test_hostile_words_are_no_formulas_in_csv(path: Path, command: str) -> None:
    cells = [
        cell for row in csv.reader(io.StringIO(printed(path, *command.split(), "--format", "csv"))) for cell in row
    ]
    for cell in cells:
        if not re.fullmatch(r"-?\d+(\.\d+)?", cell):
            assert not cell.strip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")), cell
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", cell), cell


@pytest.mark.parametrize("command", TABLES)
def test_hostile_words_do_nothing_to_a_terminal(path: Path, command: str) -> None:
    shown = printed(path, *command.split())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_hostile_words_are_words_in_a_brief(path: Path) -> None:
    page = printed(path, "brief")
    assert "<script" not in page
    assert "<img" not in page
    tags = " ".join(re.findall("<[^>]*>", page))
    links = re.findall(r"""(?:href|src)\s*=\s*["']?([^"'>\s]*)""", tags)
    assert [link for link in links if not link.startswith(("#", "http://", "https://"))] == []
    assert not re.search(r"\son\w+\s*=", tags)
    markdown = printed(path, "brief", "--format", "md")
    assert not re.search(r"(?<!\\)\]\((?!#)", markdown)
    assert not re.search(r"(?<!\\)<(script|img)", markdown)


def test_hostile_blanks_cost_no_more_than_they_are_long() -> None:
    begun = time.process_time()
    assert one_line("a" + " " * 200_000 + "b") == "a" + " " * 200_000 + "b"
    assert one_line("a" + " \r\n\t" * 50_000 + "b") == "a b"
    assert time.process_time() - begun < 3


# ---------------------------------------------------------------- a stranger's file beside a case


@pytest.mark.parametrize(
    "payload",
    [
        zlib.compress(b" " * 300_000_000, 9),
        zlib.compress(b"[" * 2_000_000, 1),
        zlib.compress(b'["a"]')[:-3],
        b"",
    ],
    ids=["a bomb", "depth", "cut off", "nothing"],
)
def test_hostile_comparison_beside_a_case_is_not_unpacked(tmp_path: Path, payload: bytes) -> None:
    beside = compared.Compared(tmp_path / "case.db")
    beside.path.touch()
    with sqlite3.connect(beside.path) as file:
        for sql in compared._SCHEMA.split(";\n"):
            file.execute(sql)
        file.execute("INSERT INTO made VALUES ('right')")
        file.execute("INSERT INTO headings VALUES (?)", (payload,))
        file.execute("INSERT INTO questions VALUES (1, 'ab', ?)", (payload,))
    begun = time.process_time()
    assert beside.headings("right") is None
    assert beside.comparison("right") is None
    assert beside.beginning("right", quoth.Question, "ab") is None
    assert time.process_time() - begun < 3
