"""PDFs to documents, parsed apart; hostile ones to clear failures."""

from __future__ import annotations

import datetime
import io
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from quoth.acquire import Failure, acquire, pdf
from quoth.model import BlockKind, Document

SENTENCES = [
    "The harbour board voted on Tuesday to close the northern quay, its chairman",
    "Odo Brann said. Mayor Ilse Brandt regretted the decision and called for an",
    "inquiry into the delays of the last two years.",
]


def made(pages: int = 1, draw: bool = True, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, **options)  # type: ignore[arg-type]
    canvas.setTitle("The quay will close")
    canvas.setAuthor("Ada Lunt")
    for number in range(1, pages + 1):
        if draw:
            canvas.setFont("Helvetica", 18)
            canvas.drawString(60, 760, f"Part {number} of the story of the quay")
            canvas.setFont("Helvetica", 11)
            for row, words in enumerate(["By Ada Lunt, 1 January 2000", "", *SENTENCES]):
                canvas.drawString(60, 730 - 14 * row, words)
        else:
            canvas.rect(10, 10, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def one(folder: Path, data: bytes) -> Document | Failure:
    path = folder / "a.pdf"
    path.write_bytes(data)
    (found,) = acquire(path)
    assert isinstance(found, Document | Failure)
    return found


def test_a_pdf_is_an_article_with_title_author_and_the_day_that_it_has_itself(tmp_path: Path) -> None:
    document = one(tmp_path, made())
    assert isinstance(document, Document)
    assert (document.title, document.authors) == ("The quay will close", ("Ada Lunt",))
    assert document.published == datetime.date(2000, 1, 1), "the day on which it was made stands in it too"
    assert " ".join(SENTENCES) in document.text
    kinds = {block.span.words(document.text)[:6]: block.kind for block in document.blocks}
    assert kinds["Part 1"] is BlockKind.HEADLINE
    assert kinds["The ha"] is BlockKind.PARAGRAPH


def test_the_day_on_which_the_file_was_made_is_told_and_not_taken(tmp_path: Path) -> None:
    document = one(tmp_path, made().replace(b"D:20000101", b"D:20000102"))
    assert isinstance(document, Document)
    assert document.published is None
    assert any("was made on 2000-01-02" in note.message for note in document.notes)


@pytest.mark.parametrize("title", ["Microsoft Word - x7.docx", "untitled", "final.indd", "...", "(unspecified)"])
def test_titles_that_programs_give_are_none(title: str) -> None:
    given, _ = pdf._metadata({"Title": title, "Author": "admin"}, "")
    assert (given.title, given.authors) == (None, ())


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    failed = one(tmp_path, made(encrypt=StandardEncryption("secret", canPrint=0)))
    assert isinstance(failed, Failure)
    assert failed.error.what == "the PDF is locked with a password"


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    assert isinstance(one(tmp_path, made(encrypt=StandardEncryption("", "owner", canPrint=0))), Document)


def test_a_scan_says_so(tmp_path: Path) -> None:
    failed = one(tmp_path, made(draw=False))
    assert isinstance(failed, Failure)
    assert "its pages are pictures" in failed.error.what
    assert "ocrmypdf" in str(failed.error)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"%PDF-1.7\n",
        lambda data: b"%PDF-1.7\n" + b"\x00\xff" * 5_000,
        lambda data: data.replace(b"/Type /Page\n", b"/Type /Pag_\n").replace(b"/Pages", b"/Pagez"),
    ],
)
def test_a_damaged_pdf_is_a_clear_failure_or_read_all_the_same(tmp_path: Path, damage: object) -> None:
    found = one(tmp_path, damage(made()))  # type: ignore[operator]
    if isinstance(found, Failure):
        assert found.error.code == "Q100"
        assert found.error.remedy
    else:
        assert "harbour board" in found.text


def test_a_broken_cross_reference_table_is_mended(tmp_path: Path) -> None:
    data = made()
    at = data.rindex(b"startxref")
    assert isinstance(one(tmp_path, data[:at] + b"startxref\n99999999\n%%EOF"), Document)


def raw_pdf(*objects: bytes) -> bytes:
    body = b"%PDF-1.7\n"
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def test_a_tree_of_pages_that_leads_back_to_itself(tmp_path: Path) -> None:
    failed = one(tmp_path, raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"))
    assert isinstance(failed, Failure)
    assert failed.error.code == "Q100"


def test_a_bomb_is_a_clear_failure_and_costs_no_memory_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY", 300_000_000)
    packing = zlib.compressobj(9)
    begun = packing.compress(bytes(10_000_000)) + packing.flush(zlib.Z_FULL_FLUSH)
    inner = begun + (packing.compress(bytes(10_000_000)) + packing.flush(zlib.Z_FULL_FLUSH)) * 60
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(inner), inner)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    failed = one(tmp_path, raw_pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream))
    assert isinstance(failed, Failure)
    assert failed.error.code == "Q100"


def test_a_parser_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(pdf, "_PROGRAM", endless)
    monkeypatch.setattr(pdf, "SECONDS", 0.05)
    failed = one(tmp_path, made())
    assert isinstance(failed, Failure)
    assert "takes too much time" in failed.error.what


def test_a_pdf_without_a_suffix_is_known_by_its_beginning() -> None:
    (found,) = acquire("-", stdin=io.BytesIO(made()))
    assert isinstance(found, Document)
