"""Marked times are read out of a text with their offsets, and what the reader makes of them is compared by days."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quoth.cli import cli
from quoth.measure.inline_times import MarkedText, MarkedTime, MarkedTimesError, load_marked, load_phrases
from quoth.measure.times import Paired, ReadTime, paired, read_times, time_figures
from quoth.measure.timex import days_of
from quoth.model import Span, When

TIMEML = """<?xml version="1.0" ?>
<TimeML><DOCID>boats</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2031-05-07" functionInDocument="CREATION_TIME">May 7, 2031</TIMEX3></DCT>
<TEXT>The boat &amp; its crew <EVENT eid="e1" class="OCCURRENCE">left</EVENT> on
<TIMEX3 tid="t1" type="DATE" value="2031-05-03">May 3, 2031</TIMEX3> and stayed for
<TIMEX3 tid="t2" type="DURATION" value="P3D">three days</TIMEX3>.</TEXT></TimeML>"""

TIMEX2 = """<DOC><DATETIME> <TIMEX2 val="2031-05-07T10:00:00">2031-05-07T10:00:00</TIMEX2> </DATETIME>
<TEXT>The pier closed <TIMEX2 val="2031-04">the month before <TIMEX2 val="2031-05">May 2031</TIMEX2></TIMEX2>.</TEXT>
</DOC>"""


def file(folder: Path, content: str) -> Path:
    path = folder / "marked.xml"
    path.write_text(content, encoding="utf-8")
    return path


def test_timeml_is_read_without_its_marks(tmp_path: Path) -> None:
    text = load_marked(file(tmp_path, TIMEML))
    assert text.text == "The boat & its crew left on\nMay 3, 2031 and stayed for\nthree days."
    assert text.written == datetime.date(2031, 5, 7)
    assert [(t.span.words(text.text), t.value) for t in text.times] == [
        ("May 3, 2031", "2031-05-03"),
        ("three days", "P3D"),
    ]


def test_of_nested_marks_the_outermost_counts(tmp_path: Path) -> None:
    text = load_marked(file(tmp_path, TIMEX2))
    assert text.written == datetime.date(2031, 5, 7)
    assert [(t.span.words(text.text), t.value) for t in text.times] == [("the month before May 2031", "2031-04")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<DOC>no text</DOC>", "no <TEXT>"),
        ("<TEXT>on\n<TIMEX3 value='2031'>2031</TEXT>", "does not end"),
        ("<TEXT>2031</TIMEX3></TEXT>", "did not begin"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(MarkedTimesError, match=said):
        load_marked(file(tmp_path, content))
    result = CliRunner().invoke(cli, ["eval", "time", str(file(tmp_path, content))])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def days(earliest: str | None, latest: str | None) -> When:
    ends = (datetime.date.fromisoformat(end) if end else None for end in (earliest, latest))
    return When(earliest=next(ends), latest=next(ends))


@pytest.mark.parametrize(
    ("value", "modified", "when", "right"),
    [
        ("2031-05", None, days("2031-05-01", "2031-05-31"), True),
        ("2031-05", None, days("2030-05-01", "2030-05-31"), False),
        ("2031-05", "START", days("2031-05-01", "2031-05-10"), True),
        ("2031-05", None, days("2031-05-01", "2031-05-10"), False),
        ("2031-05", "START", days(None, "2031-06-10"), False),
        ("2031", None, days(None, "2031-12-31"), True),
        ("2031", None, None, False),
        ("P3D", None, None, None),
    ],
)
def test_days_are_compared(value: str, modified: str | None, when: When | None, right: bool | None) -> None:
    text = MarkedText("a", "in May", (), None)
    span = Span(3, 6)
    assert Paired(text, MarkedTime(span, value, modified, days_of(value)), ReadTime(span, when)).right is right


def test_pairs_are_one_to_one(tmp_path: Path) -> None:
    text = load_marked(file(tmp_path, TIMEML))
    read = [ReadTime(text.times[0].span, None), ReadTime(Span(0, 3), None)]
    pairs = paired(text, read)
    assert [(p.gold is not None, p.read is not None) for p in pairs] == [(True, True), (True, False), (False, True)]


def test_the_command_reads_and_measures(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cli, ["eval", "time", str(file(tmp_path, TIMEML)), "--format", "json", "--at-least", "value=1"]
    )
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    figures = (line[0] if isinstance(line, list) else line)["figures"]
    assert figures["times_r"]["value"] == 1.0
    assert figures["value"] == {**figures["value"], "value": 1.0, "n": 1}


RANGE = (
    '<TEXT>It stood from <TIMEX2 val="2031-05-03">May 3, 2031</TIMEX2> to '
    '<TIMEX2 val="2031-05-09">May 9, 2031</TIMEX2>.</TEXT>'
)


def test_a_range_that_is_read_as_one_finds_both_its_ends(tmp_path: Path) -> None:
    [(text, read)] = list(read_times([load_marked(file(tmp_path, RANGE))]))
    pairs = paired(text, read)
    assert [(p.end, p.right) for p in pairs] == [(0, True), (1, True)]
    figures = {f.name: (f.value, f.n) for f in time_figures([pairs])}
    assert figures["times_p"] == (1.0, 1)
    assert figures["times_r"] == (1.0, 2)
    assert figures["value"] == (1.0, 2)


PHRASES = [
    {"dim": "Time", "text": "in the third quarter", "value": "2031-07-01T00:00:00", "grain": "quarter"},
    {"dim": "Time", "text": "May 5 to 7", "from": "2031-05-05T00:00:00", "to": "2031-05-08T00:00:00", "grain": "day"},
    {"dim": "Time", "text": "at 3pm", "value": "2031-02-12T15:00:00", "grain": "hour"},
    {"dim": "Duration", "text": "two days"},
    {"dim": "Time", "text": "laughing out loud", "negative": True},
]


def test_phrases_are_read_for_what_is_to_come(tmp_path: Path) -> None:
    path = tmp_path / "phrases.jsonl"
    path.write_text("\n".join(json.dumps(p | {"reference": "2031-02-12T04:30:00-02:00"}) for p in PHRASES))
    texts = load_phrases(path)
    assert [(t.name, [str(day) for day in t.times[0].days or ()]) for t in texts[:2]] == [
        ("phrases.jsonl, line 1", ["2031-07-01", "2031-09-30"]),
        ("phrases.jsonl, line 2", ["2031-05-05", "2031-05-07"]),
    ]
    assert [t.text for t in texts[2:]] == ["laughing out loud"]
    assert [[p.right for p in paired(t, read)] for t, read in read_times(texts)] == [[True], [True], []]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"dim": "Time"}', "line 1: it holds no phrase"),
        ("\nnot json", "line 2: it holds no phrase"),
        ('{"dim": "Time", "text": "x", "grain": "day", "value": "soon"}', "line 1: it holds no phrase"),
        ("", "no time of a day or longer"),
    ],
)
def test_phrases_that_do_not_fit_are_told(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "phrases.jsonl"
    path.write_text(content)
    result = CliRunner().invoke(cli, ["eval", "time", str(path)])
    assert (result.exit_code, said in result.stderr, "Traceback" in result.output) == (2, True, False)
