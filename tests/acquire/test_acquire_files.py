"""Files, folders and standard input to documents; hostile input to clear failures."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest

from quoth.acquire import Failure, Given, acquire, contents, document
from quoth.errors import BadMetadata, UnreadableInput
from quoth.model import BlockKind, Document, words_of

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman said."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(source: str | Path, **options: object) -> Document:
    (document,) = acquire(source, **options)  # type: ignore[arg-type]
    assert isinstance(document, Document)
    return document


def failure(source: str | Path) -> Failure:
    (failed,) = acquire(source)
    assert isinstance(failed, Failure)
    return failed


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_text_is_the_file_character_for_character(tmp_path: Path) -> None:
    data = "\ufeffQuay to close\r\n\r\n  It “will” go, 📣 she said.\n".encode()
    document = one(write(tmp_path, "a.txt", data))
    assert document.text == "Quay to close\r\n\r\n  It “will” go, 📣 she said.\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.file, document.title, document.published) == ("a.txt", "Quay to close", None)
    assert codes(document) == ["no-date"]


def test_the_same_bytes_are_the_same_document_and_another_outlets_copy_is_another(tmp_path: Path) -> None:
    a, b = write(tmp_path, "a.txt", PROSE), write(tmp_path, "b.txt", PROSE)
    assert one(a).id == one(b).id
    assert one(a, given=Given(outlet="Harbour Post")).id != one(b, given=Given(outlet="Quay Times")).id


def test_a_folder_is_read_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".hidden.txt", ".git/x.txt", "style.css"):
        write(tmp_path, name, PROSE)
    assert [d.file for d in acquire(tmp_path) if isinstance(d, Document)] == ["b.txt", "a/z.md"]


def test_precedence_options_side_file_front_matter(tmp_path: Path) -> None:
    side = [{"file": "a.txt", "outlet": "Side", "published": "2025-05-28", "relays": "Northern Wire"}]
    write(tmp_path, "documents.json", json.dumps(side))
    front = "---\noutlet: Front\npublished: 2020-01-01\ntitle: Quay\nlanguage: no\n---\n"
    document = one(write(tmp_path, "a.txt", front + PROSE), given=Given(outlet="Option"))
    assert document.outlet == "Option"
    assert document.published == datetime.date(2025, 5, 28)
    assert (document.title, document.language) == ("Quay", "no")
    assert [relay.name for relay in document.relays] == ["Northern Wire"]
    assert document.blocks[0].kind is BlockKind.METADATA
    assert document.text == front + PROSE


def test_a_side_file_above_describes_articles_below(tmp_path: Path) -> None:
    write(tmp_path, "documents.json", json.dumps([{"file": "in/a.txt", "outlet": "Side"}]))
    write(tmp_path, "in/a.txt", PROSE)
    assert one(tmp_path).outlet == "Side"


@pytest.mark.parametrize(
    "side", ["{not json", '{"file": "a.txt"}', "[1, 2]", "[" * 100_000, '[{"file": "gone.txt"}]', ""]
)
def test_a_broken_side_file_is_told_once_and_the_articles_are_read(tmp_path: Path, side: str) -> None:
    write(tmp_path, "documents.json", side)
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "b.txt", PROSE)
    results = list(acquire(tmp_path))
    failures = [result for result in results if isinstance(result, Failure)]
    assert len(results) == 3
    assert [type(failed.error) for failed in failures] == [BadMetadata]
    assert "documents.json" in str(failures[0].error)


def test_the_side_file_itself_is_no_article(tmp_path: Path) -> None:
    assert isinstance(failure(write(tmp_path, "documents.json", "[]")).error, BadMetadata)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", b"1234 -- 5678", "no letters"),
        ("a.txt", b"%PDF-1.7 words", "PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.txt", b"PK\x03\x04rest", "zip"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.docx", b"words", ".docx"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.json", b"{broken", "JSON"),
        ("a.json", b"[" * 200_000, "deep"),
        ("a.json", b'{"title": null, "n": 3}', "no text"),
        ("a.json", b"[]", "empty"),
        ("a.json", b'"words"', "object"),
        ("a.md", b"---\noutlet: X\n---\n", "front matter"),
    ],
)
def test_what_cannot_be_an_article_is_a_clear_failure(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    failed = failure(write(tmp_path, name, content))
    assert isinstance(failed.error, UnreadableInput)
    assert name in failed.where
    assert name in str(failed.error)
    assert what in failed.error.what
    assert failed.error.remedy


@pytest.mark.parametrize("source", ["ftp://x.example/a", "file:///etc/passwd"])
def test_addresses_of_other_schemes_are_not_fetched(source: str) -> None:
    assert "not fetched" in str(failure(source).error)


def test_missing_files_and_empty_folders_are_failures(tmp_path: Path) -> None:
    assert "no such file" in str(failure(tmp_path / "gone.txt").error)
    assert "no article" in str(failure(tmp_path).error)
    assert isinstance(failure("a\x00b").error, UnreadableInput)


def test_links_that_lead_back_and_links_to_nothing(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", PROSE)
    (tmp_path / "in" / "back").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "nothing.txt").symlink_to(tmp_path / "gone")
    results = list(acquire(tmp_path))
    assert [result.file for result in results if isinstance(result, Document)] == ["in/a.txt"]
    assert sorted(Path(f.where).name for f in results if isinstance(f, Failure)) == ["loop.txt", "nothing.txt"]


def test_a_file_that_may_not_be_read_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "b.txt", PROSE)
    original = Path.open

    def refuse(path: Path, *arguments: str) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return original(path, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    failed, read = acquire(tmp_path)
    assert isinstance(failed, Failure)
    assert "may not be read" in str(failed.error)
    assert isinstance(read, Document)


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST_FILE", 20)
    assert "larger than" in str(failure(write(tmp_path, "a.txt", PROSE)).error)


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (PROSE.encode(), [PROSE]),
        (f"<!doctype html><html><body><p>{PROSE}</p></body></html>".encode(), [PROSE]),
        (json.dumps({"text": PROSE}).encode(), [PROSE]),
        (
            json.dumps({"text": PROSE}).encode() + b"\n" + json.dumps({"body": "She left."}).encode(),
            [PROSE, "She left."],
        ),
    ],
)
def test_standard_input_shows_what_it_is(data: bytes, texts: list[str]) -> None:
    assert [d.text for d in acquire("-", stdin=io.BytesIO(data)) if isinstance(d, Document)] == texts


def test_jsonl_with_broken_lines(tmp_path: Path) -> None:
    good = {
        "content_original": PROSE,
        "headline": "Quay",
        "source": {"name": "Post"},
        "date": "Wed, 28 May 2025 10:00:00 GMT",
    }
    lines = [json.dumps(good), "{broken", "", "3", json.dumps({"text": "\ud800 said it"}), '{"text": "a", "n": 1e999}']
    results = list(acquire(write(tmp_path, "x.jsonl", "\n".join(lines))))
    assert [r.file if isinstance(r, Document) else Path(r.where).name for r in results] == [
        "x.jsonl#1", "x.jsonl#2", "x.jsonl#4", "x.jsonl#5", "x.jsonl#6",
    ]  # fmt: skip
    first, _, _, surrogate, _ = results
    assert isinstance(first, Document)
    assert isinstance(surrogate, Document)
    assert (first.text, first.title, first.outlet, first.published) == (
        PROSE,
        "Quay",
        "Post",
        datetime.date(2025, 5, 28),
    )
    assert surrogate.text == "\ufffd said it"
    assert "replaced-characters" in codes(surrogate)


def test_a_record_without_text_is_read_by_its_title_with_a_note(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.json", json.dumps({"title": "Quay to close", "description": PROSE})))
    assert document.text == f"Quay to close\n\n{PROSE}"
    assert "no-text" in codes(document)


def test_bad_metadata_becomes_notes(tmp_path: Path) -> None:
    record = {
        "text": PROSE,
        "date": "yesterday",
        "url": 3,
        "language": "Klingon language",
        "author": ["Jane Doe", {"name": "J. Roe"}],
        "modified": "9" * 5000,
    }
    document = one(write(tmp_path, "a.json", json.dumps(record)))
    assert (document.published, document.url, document.language) == (None, None, "en")
    assert document.authors == ("Jane Doe", "J. Roe")
    assert codes(document) == ["bad-metadata"] * 4 + ["no-date"]


def test_huge_numbers_in_json_and_dates(tmp_path: Path) -> None:
    data = f'{{"text": "{PROSE}", "date": {"9" * 10_000}, "updated": "99999-99-99"}}'
    document = one(write(tmp_path, "a.json", data))
    assert (document.published, document.updated) == (None, None)
    assert codes(document).count("bad-metadata") == 2


def test_a_future_date_is_kept_with_a_note(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.txt", PROSE), given=Given(published=datetime.date(2999, 1, 1)))
    assert document.published == datetime.date(2999, 1, 1)
    assert codes(document) == ["future-date"]


def test_nul_and_controls_are_replaced_one_for_one(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.txt", PROSE + "\x00She\x07 left, and\tthat was it. " * 2))
    assert len(document.text) == len(PROSE + "\x00She\x07 left, and\tthat was it. " * 2)
    note = next(note for note in document.notes if note.code == "replaced-characters")
    assert "4 control characters" in note.message
    assert note.span is not None
    assert note.span.start == len(PROSE)


def test_right_to_left_and_emoji_text(tmp_path: Path) -> None:
    text = "قال الوزير إن الاتفاق سيوقع غدا 📣.\n\u202eقالت الشركة إنها لن توقع.\n"
    document = one(write(tmp_path, "a.txt", text))
    assert document.text == text
    assert document.language == "und"
    assert "language-guessed" in codes(document)


def test_html_with_script_in_text_and_metadata(tmp_path: Path) -> None:
    page = f"""<html lang="en-GB"><head><title>x</title>
    <meta property="og:title" content="Quay &lt;script&gt;alert(1)&lt;/script&gt;">
    <meta property="og:site_name" content="Harbour Post">
    <meta property="article:published_time" content="2025-05-28T23:30:00-05:00">
    <meta property="article:modified_time" content="yesterday"></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Quay to close</h1><script>alert(2)</script>
    <p>{PROSE}</p><h2>What comes next</h2><p>She said: &lt;script&gt;a()&lt;/script&gt; was her <b>word</b>.</p>
    <p>Read more: <a href="/b">Quay rents</a></p></article></body></html>"""
    document = one(write(tmp_path, "a.html", page))
    assert [(block.kind, block.span.words(document.text)) for block in document.blocks] == [
        (BlockKind.HEADLINE, "Quay to close"),
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.SUBHEADING, "What comes next"),
        (BlockKind.PARAGRAPH, "She said: <script>a()</script> was her word."),
        (BlockKind.LINK, "Read more: Quay rents"),
    ]
    assert (document.outlet, document.language) == ("Harbour Post", "en")
    assert document.published == datetime.date(2025, 5, 28)
    assert codes(document) == ["bad-metadata"]


@pytest.mark.parametrize(
    "piece",
    ["a", "the board said so ", "(", "a [", "**a", "Read more: ", "A, ", "a.b.", "http://a ", "- a ", "“a” ", "said,"],
)
def test_five_megabytes_in_one_line_take_seconds(tmp_path: Path, piece: str) -> None:
    path = write(tmp_path, "a.txt", "Words. " + piece * (5_000_000 // len(piece)))
    begin = time.process_time()
    document = one(path)
    assert time.process_time() - begin < 5
    assert len(document.blocks) >= 1


def test_spans_of_relays_cover_their_words(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.txt", f"Quay to close\nKYIV (AP) — {PROSE}\nRead more @ harbourpost.example["))
    assert [relay.name for relay in document.relays] == ["AP", "harbourpost.example"]
    assert all(relay.text == words_of(document.text, relay.spans) for relay in document.relays)


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(PROSE.encode())
    assert one(tmp_path).file == "\ufffd.txt"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
def test_a_text_that_is_too_long_to_be_an_article_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(document, "LONGEST_TEXT", 1_000)
    text = " ".join([PROSE] * 20)
    contents = {
        "a.html": f"<html><body><article><p>{text}</p></article></body></html>",
        "a.json": json.dumps({"text": text}),
    }
    failed = failure(write(tmp_path, name, contents.get(name, text)))
    assert "characters long; an article may have 1,000" in failed.error.what
    assert "split it" in str(failed.error)


def test_acquiring_a_long_text_takes_memory_in_proportion_to_it(tmp_path: Path) -> None:
    peaks = []
    for paragraphs in (100, 1_500, 3_000):
        path = write(tmp_path, "a.txt", "\n\n".join(f"{PROSE} It was item {n}." for n in range(paragraphs)))
        tracemalloc.start()
        assert len(one(path).blocks) == paragraphs
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 2.3 * peaks[1]


def test_a_page_saved_as_one_file_is_read_for_all_the_pictures_in_it(tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo+/" * 500_000
    page = f'<html><body><article><h1>Quay</h1><img src="{picture}"><p>{PROSE}</p></article></body></html>'
    (tmp_path / "saved.html").write_text(page)
    [document] = acquire(tmp_path / "saved.html")
    assert isinstance(document, Document)
    assert PROSE in document.text


def test_a_page_that_would_take_minutes_is_refused(tmp_path: Path) -> None:
    page = f"<html><body><article>{f'<p>{PROSE}</p>' * 60_000}</article></body></html>"
    (tmp_path / "large.html").write_text(page)
    [failure] = acquire(tmp_path / "large.html")
    assert isinstance(failure, Failure)
    assert "larger than 5 MB" in failure.error.what
