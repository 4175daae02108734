"""The front door, with small rooms of the test's own: lines of a file are documents, "X: words" is a statement."""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import quoth
from quoth.acquire import Failure
from quoth.case import Case
from quoth.errors import LedgerError, NoReader, NotFound, UnreadableInput
from quoth.evidence import identified
from quoth.identity import content_id
from quoth.ledger import Counts, open_ledger
from quoth.model import (
    Agent,
    Block,
    BlockKind,
    Comparison,
    Document,
    EventFrame,
    Mention,
    Origin,
    Question,
    Reading,
    Remark,
    Slot,
    Span,
    Statement,
)
from quoth.outcomes import Item, Outcome
from quoth.shelving import Shelving


def document(line, file):
    language, _, text = line.partition("|")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    id_ = content_id("document", sha256)
    return Document(id=id_, sha256=sha256, text=text, blocks=blocks, file=file, language=language)


def acquire(source, *, stdin=None, given=None, shelf=None):
    """Each line "en|Text" of the source is a document; "!" is a record that cannot become one; "!!" a bug."""
    if source == "nowhere":
        raise UnreadableInput("there is no such file", where=source)
    for i, line in enumerate(source.splitlines()):
        if line == "!!":
            raise ZeroDivisionError("in acquire")
        if line == "!":
            yield Failure(f"line {i}", UnreadableInput("is empty", where=f"line {i}"))
        else:
            yield dataclasses.replace(document(line, f"line {i}"), outlet=given)


@dataclass
class LineReader:
    """Reads "Speaker: words"; words "crash" are a bug, "refuse" an error, "lie" gives bad evidence."""

    name: str = "lines/1"
    read_: list[str] = field(default_factory=list)

    def read(self, document):
        self.read_.append(document.text)
        speaker, _, words = document.text.partition(": ")
        if words == "crash":
            raise KeyError("in the reader")
        if words == "refuse":
            raise NoReader("cannot be parsed")
        end = len(document.text)
        statement = identified(
            Statement(
                id="",
                document_id=document.id,
                source=Agent.of(document.text, Span(0, len(speaker)), name=speaker),
                content=Mention.of(document.text, Span(end - len(words), end)),
                context=Span(0, end),
                pattern="colon",
            )
        )
        if words == "lie":
            statement = dataclasses.replace(statement, content=Mention(text="truth", spans=statement.content.spans))
        return Reading(document_id=document.id, reader=self.name, statements=(statement,))

    def read_all(self, documents):
        for document in documents:
            try:
                yield document, self.read(document)
            except NoReader as error:
                yield document, error


def compare(statements, documents, roster, agenda):
    """A question and an origin a statement, but none for what Nobody says."""
    known = [s for s in statements if s.source.name != "Nobody"]
    origins = {s.id: content_id("origin", s.id) for s in known}
    return Comparison(
        questions=tuple(
            Question(
                id=content_id("question", s.id),
                text="Did it?",
                event=EventFrame(predicate=s.content.text),
                slot=Slot.POLARITY,
                values=(),
            )
            for s in statements
        ),
        origins=tuple(
            Origin(id=origins[s.id], voice=s.source.name, said=None, statements=(s.id,), documents=(s.document_id,))
            for s in known
        ),
        origin_of=origins,
    )


class House:
    """A case file whose rooms are watched: what was read, how often it was compared."""

    def __init__(self, path):
        self.path, self.reader, self.compared, self.languages = path, LineReader(), 0, []

    def reader_for(self, language):
        self.languages.append(language)
        if language == "xx":
            raise NoReader("no reader for the language 'xx'")
        if language == "yy":
            raise OSError("the model file is gone")
        return self.reader

    def compare(self, statements, documents, roster, agenda):
        self.compared += 1
        return compare(statements, documents, roster, agenda)

    def open(self):
        return Case(open_ledger(self.path), acquire=acquire, reader_for=self.reader_for, compare=self.compare)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "case.db")


@pytest.fixture
def case(house):
    with house.open() as case:
        yield case


def outcomes(added):
    return [str(item.outcome) for item in added.items]


def contents(case):
    return [(s.source.name, s.content.text) for s in case.statements()]


def test_what_is_added_is_read_and_kept(case):
    added = case.add("en|Ada: yes\nen|Bo: no")
    assert (added.new, added.known, added.read_again, added.failed, added.statements) == (2, 0, 0, (), 2)
    assert contents(case) == [("Ada", "yes"), ("Bo", "no")]
    assert [d.file for d in case.documents()] == ["line 0", "line 1"]
    assert contents_of_filter(case) == ["no"]
    assert list(case.verify()) == []


def test_what_another_program_adds_meanwhile_is_there_already(house, case):
    """Each finds that the document is not there, and reads it; one is first."""

    class SlowReader(LineReader):
        def read(self, document):
            reading = super().read(document)
            with open_ledger(house.path) as other:
                other.add(document, reading)
            return reading

    house.reader = SlowReader()
    added = case.add("en|Ada: yes")
    assert (outcomes(added), added.statements) == (["already there"], 0)
    assert contents(case) == [("Ada", "yes")]
    assert len(list(case.readings())) == 1
    assert list(case.verify()) == []


def contents_of_filter(case):
    return [s.content.text for s in case.statements(source="bo")]


def test_given_is_handed_to_acquire(case):
    case.add("en|Ada: yes", given="The Post")
    assert [d.outlet for d in case.documents()] == ["The Post"]


def test_adding_twice_reads_once(house, case):
    case.add("en|Ada: yes\nen|Ada: yes")
    revision = case.ledger.revision()
    again = case.add("en|Ada: yes", "en|Ada: yes\nen|Bo: no")
    assert outcomes(again) == ["already there", "already there", "new"]
    assert house.reader.read_ == ["Ada: yes", "Bo: no"]
    assert case.ledger.revision() != revision


def test_a_new_reader_reads_again_the_text_that_is_stored(house, case):
    case.add("en|Ada: yes")
    house.reader.name = "lines/2"
    assert outcomes(case.add("en|Ada: yes")) == ["read again"]
    assert [r.reader for r in case.readings()] == ["lines/1", "lines/2"]
    assert case.counts() == Counts(documents=1, unread=0, readings=2, statements=1, failures=0)


def test_a_known_document_is_read_as_stored_even_if_acquired_otherwise(house):
    with house.open() as case:
        case.add("en|Ada: yes")
    house.reader.name = "lines/2"
    ledger = open_ledger(house.path)

    def newer(source, *, stdin=None, shelf=None):
        yield dataclasses.replace(document("en|Ada: yes", "a"), text="ADA, YES", blocks=())

    with Case(ledger, acquire=newer, reader_for=house.reader_for) as case:
        assert outcomes(case.add("x")) == ["read again"]
        assert contents(case) == [("Ada", "yes")]


def test_one_bad_document_stops_no_other(house, case):
    added = case.add(
        "en|Ada: yes\n!\nen|Bo: crash\nen|Cy: no\nen|Di: refuse\nen|Ed: lie\nxx|Fa: da\nyy|Gu: ya\nen|Hy: so"
    )
    assert contents(case) == [("Ada", "yes"), ("Cy", "no"), ("Hy", "so")]
    assert {item.where: item.error.code for item in added.failed} == {
        "line 1": "Q100",
        "line 2": "Q900",
        "line 4": "Q200",
        "line 5": "Q301",
        "line 6": "Q200",
        "line 7": "Q900",
    }
    recorded = {failure.where: failure.message for failure in case.failures()}
    assert recorded["line 1"] == "is empty"
    assert recorded["line 2"] == "Quoth failed while reading it (lines/1): KeyError: 'in the reader'"
    assert recorded["line 7"] == "Quoth failed while loading the reader of 'yy': OSError: the model file is gone"
    assert case.counts() == Counts(documents=8, unread=5, readings=3, statements=3, failures=6)
    assert list(case.verify()) == []


def test_what_could_not_be_read_is_tried_again(house, case):
    case.add("en|Bo: crash\nen|Ada: yes")
    case.add("en|Bo: crash\nen|Ada: yes")
    assert case.counts().failures == 1
    house.reader.read = lambda document: Reading(document_id=document.id, reader="lines/1", statements=())
    assert outcomes(case.add("en|Bo: crash\nen|Ada: yes")) == ["already there", "read again"]
    assert case.counts().unread == 0


def test_a_reader_that_breaks_off_leaves_no_document_out(house, case):
    house.reader.read_all = lambda documents: iter([(documents[0], house.reader.read(documents[0]))])
    assert case.add("en|Ada: yes\nen|Bo: no\nen|Cy: so").new == 3
    assert [name for name, _ in contents(case)] == ["Ada", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("nowhere", "Q100", "there is no such file"),
        ("en|Ada: yes\n!!", "Q900", "Quoth failed while acquiring it: ZeroDivisionError: in acquire"),
    ],
)
def test_a_bad_source_stops_no_other(case, source, code, message):
    added = case.add(source, "en|Bo: no")
    assert [(item.error.code, item.error.what) for item in added.failed] == [(code, message)]
    assert ("Bo", "no") in contents(case)


def test_a_remark_is_no_document_and_no_failure(house):
    def remarking(source, **_):
        yield from acquire("en|Ada: yes" if source == "crawl" else "!")
        yield Remark(where=source, message="passed over in this archive: 2 × image")

    with Case(open_ledger(house.path), acquire=remarking, reader_for=house.reader_for) as case:
        added = case.add("crawl")
        assert outcomes(added) == ["remark", "new"], "a document is told of once it is written down"
        assert added.items[0].remarks == ("passed over in this archive: 2 × image",)
        assert (added.new, added.failed, added.is_in_vain) == (1, (), False)
        in_vain = case.add("nothing")
        assert outcomes(in_vain) == ["failed", "remark"]
        assert in_vain.is_in_vain


def test_a_document_that_cannot_even_be_kept(case):
    def hostile(source, *, stdin=None, shelf=None):
        yield dataclasses.replace(document("en|Ada: yes", "a.txt"), text="A\0", blocks=())
        yield document("en|Bo: no", "b.txt")

    case._acquire = hostile
    assert [(i.where, i.error.code) for i in case.add("x").failed] == [("a.txt", "Q302")]
    assert [d.file for d in case.documents()] == ["b.txt"]


def test_a_ledger_that_cannot_be_written_to_stops_the_run(house):
    house.open().close()
    with Case(open_ledger(house.path, read_only=True), acquire=acquire, reader_for=house.reader_for) as case:
        for source in ("en|Ada: yes", "!", "nowhere"):
            with pytest.raises(LedgerError, match="read-only"):
                case.add(source)


def test_progress_is_told_of_each_document_once_it_is_there(case):
    seen = []
    lines = "\n".join(f"en|Ada: {i}" for i in range(40))
    added = case.add(lines, "!", progress=lambda item: seen.append((item, case.counts().documents)))
    assert [item for item, _ in seen] == list(added.items)
    assert [count for item, count in seen if item.outcome is Outcome.NEW] == list(range(1, 41))
    assert len(added.failed) == 1
    first = document("en|Ada: 0", "").id
    assert seen[0][0] == Item(where="line 0", outcome=Outcome.NEW, document_id=first, statements=1)


def test_a_run_that_is_stopped_keeps_what_it_told_of(house):
    def stop(item):
        if item.where == "line 1":
            raise KeyboardInterrupt

    with house.open() as case, pytest.raises(KeyboardInterrupt):
        case.add("en|Ada: yes\nen|Bo: no\nen|Cy: so", progress=stop)
    with house.open() as case:
        assert contents(case) == [("Ada", "yes"), ("Bo", "no")]
        assert outcomes(case.add("en|Ada: yes\nen|Bo: no\nen|Cy: so")) == ["already there", "already there", "new"]


def test_a_reader_is_made_once_a_language(house, case):
    case.add("en|Ada: yes", "en|Bo: no\nde|Cy: ja")
    assert house.languages == ["en", "de"]


def test_comparing_happens_once_for_each_state_of_the_ledger(house, case):
    case.add("en|Ada: yes")
    case.questions(), case.origins(), case.comparison()
    assert house.compared == 1
    case.add("en|Ada: yes\n!")
    assert len(case.questions()) == 1
    assert house.compared == 1
    with house.open() as other:
        other.add("en|Bo: no")
    assert len(case.questions()) == 2
    assert house.compared == 2


def test_things_are_found_by_the_beginning_of_their_ids(case):
    case.add("en|Ada: yes\nen|Nobody: no")
    ada, nobody = case.statements()
    question, _ = case.questions()
    (origin,) = case.origins()
    assert case.statement(ada.id[:12]) == ada
    assert case.document(ada.document_id[:12]).text == "Ada: yes"
    assert case.question(question.id[:12].upper()) == question
    assert case.origin(origin.id[:12]) == origin
    assert case.origin(ada.id[:12]) == origin
    with pytest.raises(NotFound, match=r"unknown, so that it counts as no origin"):
        case.origin(nobody.id[:12])
    for method, what in (
        (case.question, "question"),
        (case.origin, "origin or statement"),
        (case.statement, "statement"),
    ):
        for prefix in ("xyz", "", " "):
            with pytest.raises(NotFound, match=f"no {what} has an id that begins with"):
                method(prefix)


def test_a_beginning_of_several_ids_is_refused(case):
    case.add("\n".join(f"en|Ada: {i}" for i in range(20)))
    ids = [q.id for q in case.questions()]
    shared = next(a[0] for a in ids for b in ids if a != b and a[0] == b[0])
    with pytest.raises(NotFound, match="several questions"):
        case.question(shared)


def test_quoth_open_makes_a_case(tmp_path):
    with quoth.open(tmp_path / "case.db") as case:
        assert isinstance(case, quoth.Case)
        assert case.counts().documents == 0
        assert case.path == str(tmp_path / "case.db")
    with pytest.raises(quoth.LedgerError, match="no such case file"):
        quoth.open(tmp_path / "none.db", read_only=True)


def test_every_public_name_is_there():
    for name in quoth.__all__:
        assert getattr(quoth, name).__module__.startswith("quoth.")
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        quoth.nothing_of_the_kind  # noqa: B018
    assert set(quoth.__all__) <= set(dir(quoth))


def test_the_version_is_that_of_the_package():
    pyproject = Path(__file__).parents[1] / "pyproject.toml"
    assert quoth.__version__ == tomllib.loads(pyproject.read_text())["project"]["version"]


def test_importing_quoth_imports_nothing_heavy():
    heavy = ("quoth", "msgspec", "pydantic", "spacy")
    code = f"import sys, quoth; print(*sorted(m for m in sys.modules if m.split('.')[0] in {heavy}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(Path(quoth.__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["quoth"], done.stderr


def test_a_new_case_is_made_for_the_first_document_and_not_before(tmp_path, monkeypatch):
    monkeypatch.setattr("quoth.case._own_acquire", lambda: acquire)
    monkeypatch.setattr("quoth.case._own_reader_for", lambda: lambda *_, **__: LineReader())
    path = tmp_path / "new.db"
    with quoth.open(path) as case:
        assert len(case.add("nowhere", "!").failed) == 2
        assert not case.is_made
    assert not path.exists()
    with quoth.open(path) as case:
        assert len(case.add("nowhere", "!\nen|Ada: yes").items) == 3
        assert case.is_made
        assert case.path == str(path)
        assert {failure.where for failure in case.failures()} == {"nowhere", "line 0"}
    with quoth.open(path) as case:
        case.add("!!")
        assert case.counts().failures == 3


def test_what_is_given_now_and_stored_otherwise_is_told(tmp_path):
    import datetime

    @dataclass
    class Given:
        published: datetime.date | None = None
        title: str | None = None

    def dated(source, *, stdin=None, given=None, shelf=None):
        for found in acquire(source):
            given = given or Given()
            yield dataclasses.replace(found, published=given.published, title=given.title or "By the headline")

    path = tmp_path / "case.db"
    reader = LineReader()
    with Case(open_ledger(path), acquire=dated, reader_for=lambda _: reader) as case:
        assert [item.remarks for item in case.add("en|Ada: yes").items] == [()]
        assert [item.remarks for item in case.add("en|Ada: yes").items] == [()]
        day = datetime.date(2024, 3, 4)
        [item] = case.add("en|Ada: yes", given=Given(published=day, title="Mine")).items
        [remark] = item.remarks
        assert item.outcome is Outcome.KNOWN
        assert "published stays unknown, 2024-03-04 was given now" in remark
        assert "title stays By the headline, Mine was given now" in remark
        assert "fresh case" in remark
        reader.name = "lines/2"
        [item] = case.add("en|Ada: yes", given=Given(published=day)).items
        assert (item.outcome, len(item.remarks)) == (Outcome.READ, 1)


def test_originals_are_kept_beside_the_case_and_given_back(tmp_path):
    article = tmp_path / "a.txt"
    article.write_bytes(b"\xef\xbb\xbfAda said yes.\r\n")
    with quoth.open(tmp_path / "case.db", profile="rules") as case:
        assert case.add(article).new == 1
        (document,) = case.documents()
        assert case.original(document.id[:8]) == article.read_bytes()
        kept = tmp_path / "case.db-originals" / document.sha256[:2] / document.sha256
        assert kept.read_bytes() == article.read_bytes()
        assert list(case.verify()) == []
        kept.unlink()
        with pytest.raises(NotFound, match="is not kept with this case"):
            case.original(document.id)
        assert case.add(article).known == 1
        assert case.original(document.id) == article.read_bytes(), "added again, it is kept again"


def test_a_case_can_do_without_originals(tmp_path):
    with quoth.open(tmp_path / "case.db", profile="rules") as case:
        article = tmp_path / "a.txt"
        article.write_text("Ada said yes.")
        assert case.add(article, originals=False).new == 1
        with pytest.raises(NotFound):
            case.original(next(case.documents()).id)
    assert not (tmp_path / "case.db-originals").exists()


def test_what_became_no_document_is_kept_once_there_is_a_case(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"12345")
    (tmp_path / "good.txt").write_bytes(b"Ada said yes.")
    with quoth.open(tmp_path / "case.db", profile="rules") as case:
        case.add(tmp_path / "bad.txt")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "good.txt"]
        case.add(tmp_path / "good.txt")
        assert case.ledger.original(hashlib.sha256(b"12345").hexdigest()) == b"12345"


def test_many_bytes_do_not_wait_in_memory_for_a_case(tmp_path, monkeypatch):
    monkeypatch.setattr("quoth.shelving.MOST_WAITING", 10)
    with open_ledger(tmp_path / "case.db") as ledger:
        made = []

        def opened():
            made.append(ledger)
            return ledger

        shelf = Shelving(opened, lambda: bool(made))
        first = shelf.keep(b"1234567")
        assert (shelf.kept(first), made) == (b"1234567", [])
        assert shelf.keep(b"1234567") == first
        assert made == []
        shelf.keep(b"7654321")
        assert made == [ledger]
        assert ledger.original(first) == shelf.kept(first) == b"1234567"


def test_the_same_bytes_of_another_outlet_are_a_second_document_and_that_is_told(tmp_path):
    def of_outlet(source, *, stdin=None, given=None, shelf=None):
        for found in acquire(source):
            id_ = content_id("document", found.sha256, given)
            yield dataclasses.replace(found, id=id_, outlet=given)

    with Case(open_ledger(tmp_path / "case.db"), acquire=of_outlet, reader_for=lambda _: LineReader()) as case:
        [first] = case.add("en|Ada: yes").items
        assert first.remarks == ()
        [second] = case.add("en|Ada: yes", given="The Courier").items
        [remark] = second.remarks
        assert second.outcome is Outcome.NEW
        assert f"also there as document {first.document_id[:8]} of an outlet not named" in remark
        assert "of The Courier, and its statements count as a copy" in remark
        assert case.counts().documents == 2
