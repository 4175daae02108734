"""CAT XML: tokens to a text with their offsets, what is marked in it, and files that do not fit."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import QuothError
from quoth.measure.cat import CatFileError, Participant, load_cat, read_cat
from quoth.model import Span

WORDS = (
    (0, "Ferry sails"), (1, "May 3 , 2031"),
    (2, "`` We ca n't wait , '' said Berg ( 40 ) for # 5 m ."), (3, "It left ."),
)  # fmt: skip
MARKABLES = """
<EVENT_MENTION m_id="1" pred="sail" pos="VERB" certainty="CERTAIN" polarity="POS" time="NON_FUTURE" special_cases="NONE"
  tense="PRESENT" aspect="NONE" modality=""><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="2" pred="wait" pos="VERB" modality="can" polarity="NEG"><token_anchor t_id="11"/>
  <token_anchor t_id="9"/></EVENT_MENTION>
<ENTITY_MENTION m_id="3" head="" syntactic_type="NAM"><token_anchor t_id="15"/></ENTITY_MENTION>
<TIMEX3 m_id="4" type="DATE" value="2031-05-03" functionInDocument="CREATION_TIME"><token_anchor t_id="3"/></TIMEX3>
<TIMEX3 m_id="5" type="DURATION" value="P2Y" functionInDocument="NONE"/>
<VALUE m_id="6" type="MONEY"><token_anchor t_id="20"/><token_anchor t_id="21"/><token_anchor t_id="22"/></VALUE>
<ENTITY m_id="7" TAG_DESCRIPTOR="Berg"/>
"""
RELATIONS = """
<HAS_PARTICIPANT r_id="8" sem_role="Arg0"><source m_id="2"/><target m_id="3"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT r_id="9" sem_role="Arg1"><source m_id="2"/><target m_id="77"/></HAS_PARTICIPANT>
"""


def tokens(words: tuple[tuple[int, str], ...] = WORDS) -> str:
    split = [(sentence, word) for sentence, line in words for word in line.split()]
    return "".join(
        f'<token t_id="{k}" number="{k - 1}" sentence="{s}">{word}</token>' for k, (s, word) in enumerate(split, 1)
    )


def file(folder: Path, content: str | None = None, name: str = "a.xml") -> Path:
    if content is None:
        content = f"{tokens()}<Markables>{MARKABLES}</Markables><Relations>{RELATIONS}</Relations>"
    path = folder / name
    path.write_text(f'<Document doc_id="7" doc_name="ferry" lang="en">{content}</Document>', encoding="utf-8")
    return path


def test_the_text_is_put_together_as_it_would_be_printed(tmp_path: Path) -> None:
    document = read_cat(file(tmp_path))
    lines = ["Ferry sails", "May 3, 2031", "“We can't wait,” said Berg (40) for £5 m.", "It left."]
    assert document.text == "\n".join(lines)
    assert (document.id, document.name, document.language) == ("7", "ferry", "en")
    assert document.tokens[1].span == Span(6, 11)
    assert document.words([17, 19]) == ") … £"
    assert document.words([18, 19, 20]) == "for £5"


def test_what_is_marked(tmp_path: Path) -> None:
    document = read_cat(file(tmp_path))
    sail, wait = document.events
    assert (sail.pred, sail.pos, sail.certainty, sail.special_cases, sail.modality) == (
        "sail", "VERB", "CERTAIN", "NONE", None,
    )  # fmt: skip
    assert (wait.tokens, wait.polarity, wait.modality, wait.time) == ((8, 10), "NEG", "can", None)
    assert document.created == datetime.date(2031, 5, 3)
    assert [(time.value, time.tokens) for time in document.times] == [("2031-05-03", (2,)), ("P2Y", ())]
    assert [document.words(value.tokens) for value in document.values] == ["£5 m"]
    assert document.participants == (Participant(event="2", participant="3", role="Arg0"),)
    assert document.notes == ("relation 9 left out: there is no markable '77'",)
    assert document.markables["3"] == document.entities[0]


def test_nothing_after_the_last_event_or_entity_was_annotated(tmp_path: Path) -> None:
    document = read_cat(file(tmp_path))
    assert document.last_sentence == 2
    assert document.annotated.words(document.text).endswith("£5 m.")


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("<Markables/>", "<Document>", "no <token>"),
        (tokens(), "<Document>", "no <Markables>"),
        ('<token sentence="0">a</token><Markables/>', "<token>", "no attribute t_id"),
        ('<token t_id="1">a</token><Markables/>', "<token 1>", "no attribute sentence"),
        ('<token t_id="1" sentence="x">a</token><Markables/>', "<token 1>", "no number: 'x'"),
        ('<token t_id="1" sentence="0"> </token><Markables/>', "<token 1>", "no word"),
        (tokens() + tokens() + "<Markables/>", "<token 1>", "another token"),
        (tokens(((2, "a"), (1, "b"))) + "<Markables/>", "<token 2>", "comes before"),
        (
            tokens() + '<Markables><VALUE m_id="1"><token_anchor t_id="99"/></VALUE></Markables>',
            "<VALUE 1>",
            "names token '99'",
        ),
        (tokens() + "<Markables><VALUE/></Markables>", "<VALUE>", "no attribute m_id"),
        (tokens() + '<Markables><VALUE m_id="1"/><TIMEX3 m_id="1"/></Markables>', "<TIMEX3 1>", "another markable"),
        (
            tokens() + "<Markables/><Relations><HAS_PARTICIPANT r_id='4'><source m_id='1'/></HAS_PARTICIPANT>"
            "</Relations>",
            "<HAS_PARTICIPANT 4>",
            "no <target>",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(tmp_path: Path, content: str, where: str, what: str) -> None:
    with pytest.raises(CatFileError) as raised:
        read_cat(file(tmp_path, content))
    assert raised.value.where == f"{tmp_path / 'a.xml'}, {where}"
    assert what in raised.value.what


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text("<Text/>")
    (tmp_path / "c.xml").write_text("<Document>")
    (tmp_path / "d.xml").write_bytes(b"\xff\xfe\x00")
    for name in ("b.xml", "c.xml", "d.xml", "e.xml"):
        with pytest.raises(QuothError, match=name):
            read_cat(tmp_path / name)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    file(tmp_path, name="x/b.xml")
    file(tmp_path, name="x/a.xml")
    assert [Path(document.where).name for document in load_cat([tmp_path])] == ["a.xml", "b.xml"]
    with pytest.raises(CatFileError, match=r"no \.xml file"):
        load_cat([tmp_path / "y"])


@given(st.lists(st.tuples(st.booleans(), st.text("a1.,'`“(%$-", min_size=1, max_size=4)), min_size=1, max_size=12))
def test_every_token_stands_in_the_text(
    tmp_path_factory: pytest.TempPathFactory, words: list[tuple[bool, str]]
) -> None:
    sentence, listed = 0, []
    for breaks, word in words:
        sentence += breaks
        listed.append((sentence, word))
    path = file(tmp_path_factory.mktemp("cat"), tokens(tuple(listed)) + "<Markables/>")
    document = read_cat(path)
    printed = {"``": "“", "''": "”"}
    assert [t.span.words(document.text) for t in document.tokens] == [printed.get(w, w) for _, w in listed]
    assert [t.sentence for t in document.tokens] == [s for s, _ in listed]
    assert document.text.count("\n") == len({s for s, _ in listed}) - 1
