"""Files of attributions: what does not fit is named by file, line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quoth.measure.attribution import (
    AttributionFileError,
    check_writable,
    load_gold,
    load_predictions,
    read_attributions,
    write_predictions,
)
from quoth.measure.attribution.files import Annotated
from quoth.measure.attribution.marked import Attribution
from quoth.measure.attribution.reading import plain_document
from quoth.model import BlockKind, Profile, QuoteType, Span

TEXT = "Berg said it."
ROW = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 12]], "type": "indirect"}
LINE = {"doc_id": "a", "text": TEXT, "attributions": [ROW]}


def file(folder: Path, *lines: Any, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    other = {"doc_id": "0", "text": "x\u2028y", "attributions": [{"content": None, "cue": [], "type": None}]}
    raw = json.dumps(other, ensure_ascii=False)
    gold = load_gold(file(tmp_path, "\ufeff" + json.dumps(LINE), "", raw))
    attribution = Attribution(source=(Span(0, 4),), cue=(Span(5, 9),), content=(Span(10, 12),), type=QuoteType.INDIRECT)
    assert gold == (
        Annotated(id="a", text=TEXT, attributions=(attribution,)),
        Annotated(id="0", text="x\u2028y", attributions=(Attribution(),)),
    )


@pytest.mark.parametrize(
    ("lines", "where", "what"),
    [
        (["{nope"], "line 1", "it is no JSON"),
        (["[" * 100_000], "line 1", "it is no JSON"),
        ([LINE, "[1]"], "line 2", "a JSON object"),
        ([{**LINE, "doc_id": 7}], "line 1, doc_id", "text that names the document"),
        ([{"doc_id": "a", "attributions": []}], "line 1 (a), text", "the document's text"),
        ([{"doc_id": "a", "text": TEXT}], "line 1 (a), attributions", "a list"),
        ([{**LINE, "attributions": [ROW, "x"]}], "line 1 (a), attribution 2", 'an object, not "x"'),
        ([{**LINE, "attributions": [{**ROW, "cue": "said"}]}], "attribution 1, cue", "a list of spans"),
        ([{**LINE, "attributions": [{**ROW, "cue": [[5, 9.0]]}]}], "attribution 1, cue", "not [5, 9.0]"),
        ([{**LINE, "attributions": [{**ROW, "cue": [[False, True]]}]}], "attribution 1, cue", "not [false, true]"),
        (
            [{**LINE, "attributions": [{**ROW, "content": [[10, 14]]}]}],
            "content",
            "a text of 13 characters, not [10, 14]",
        ),
        ([{**LINE, "attributions": [{**ROW, "content": [[10, 10]]}]}], "content", "not [10, 10]"),
        ([{**LINE, "attributions": [{**ROW, "content": [[-1, 3]]}]}], "content", "not [-1, 3]"),
        (
            [{**LINE, "attributions": [{**ROW, "type": "none"}]}],
            "attribution 1, type",
            '"direct" or "indirect" or "mixed"',
        ),
        ([LINE, "", LINE], "line 3 (a)", "on line 1 (leave one of them out)"),
        ([""], "gold.jsonl", "no document"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, lines: list[Any], where: str, what: str) -> None:
    with pytest.raises(AttributionFileError) as error:
        load_gold(file(tmp_path, *lines))
    assert where in str(error.value.where)
    assert "gold.jsonl" in str(error.value.where)
    assert what in str(error.value)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(AttributionFileError, match="directory"):
            load_gold(path)
    (tmp_path / "latin.jsonl").write_bytes(b'{"doc_id": "\xe9"}')
    with pytest.raises(AttributionFileError, match="UTF-8"):
        load_gold(tmp_path / "latin.jsonl")


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([{"doc_id": "a", "attributions": []}], "1 of 2 documents are missing, the first is 'b'"),
        ([{"doc_id": "c", "attributions": []}], "the gold file has no such document"),
        ([{**LINE, "text": "Berg said so."}], "the text is not that of the gold file"),
        ([{"doc_id": "a", "attributions": [{"content": [[0, 99]]}]}], "a text of 13 characters"),
    ],
)
def test_predictions_answer_to_the_gold_file(tmp_path: Path, lines: list[Any], what: str) -> None:
    gold = load_gold(file(tmp_path, LINE, {**LINE, "doc_id": "b"}))
    with pytest.raises(AttributionFileError) as error:
        load_predictions(file(tmp_path, *lines, name="predicted.jsonl"), gold)
    assert what in str(error.value)
    assert "predicted.jsonl" in str(error.value.where)


def test_predictions_come_back_as_written(tmp_path: Path) -> None:
    gold = load_gold(file(tmp_path, LINE, {**LINE, "doc_id": "\ud800"}))
    found = {"a": (Attribution(source=(Span(0, 4),), content=(Span(5, 9), Span(10, 12))),), "\ud800": ()}
    path = tmp_path / "predicted.jsonl"
    write_predictions(path, found)
    assert load_predictions(path, gold) == found


def test_types_of_predictions_are_not_read(tmp_path: Path) -> None:
    gold = load_gold(file(tmp_path, LINE))
    (attribution,) = load_predictions(file(tmp_path, {**LINE, "attributions": [{**ROW, "type": "?"}]}), gold)["a"]
    assert attribution.type is None


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "x.jsonl"):
        with pytest.raises(AttributionFileError, match="folder"):
            check_writable(path)
        with pytest.raises(AttributionFileError, match="directory"):
            write_predictions(path, {})
    check_writable(tmp_path / "x.jsonl")


# ---------------------------------------------------------------- reading


def test_the_first_line_is_the_headline() -> None:
    text = "\nBerg wins\n\n She won, he said.\n"
    blocks = plain_document("d", text).blocks
    assert [(block.kind, block.span.words(text)) for block in blocks] == [
        (BlockKind.HEADLINE, "Berg wins"),
        (BlockKind.PARAGRAPH, "She won, he said."),
    ]
    assert plain_document("d", " \n").blocks == ()
    assert plain_document("d", "a\ud800b").text == "a?b"


def test_quoth_reads_source_cue_and_content() -> None:
    text = (
        "The ferry\n\nThe owner of the ferry, who had never been there, said on Monday that it would sail again.\n\n"
        "“We will sail again,” Ida Berg, the mayor, said. “We have to.”"
    )
    documents = [Annotated(id="d", text=text, attributions=()), Annotated(id="\ud800", text="\ud800 ", attributions=())]
    found = dict(read_attributions(documents, Profile.RULES))
    assert found["\ud800"] == ()
    read = [
        tuple(" … ".join(span.words(text) for span in spans) for spans in (a.source, a.cue, a.content))
        for a in found["d"]
    ]
    assert ("The owner of the ferry", "said", "that it would sail again") in read
    sources = {(source, cue) for source, cue, content in read if "We will sail again" in content}
    assert sources == {("Ida Berg", "said")}
