"""Topics: what names one, what is told of a table that cannot be read, and what becomes of articles that name none."""

from __future__ import annotations

from pathlib import Path

import pytest

import quoth
from quoth.agenda import read_agenda
from quoth.outcomes import Outcome
from quoth.topics import BadTopics, Topics, read_topics

TABLE = """
[[ask]]
ask = "How many?"
slot = "quantity"
event = { theme = "ferries" }

[topics]
names = ["Oreshnik", "Alexander Lukashenko", "Георгій Гонгадзе"]
words = ["missile*", "warhead"]
[topics.aliases]
Belarus = ["Minsk", "Republic of Belarus"]
"""


def topics(folder: Path, text: str) -> Topics:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    found = read_topics(path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The ORESHNIK was shown.", "Oreshnik"),
        ("Oreshnik’s range is known.", "Oreshnik"),
        ("Об «Орешнике» и Орешник.", "Oreshnik"),
        ("Talks with Aleksandr Lukashenko", None),
        ("Talks with Alexander\nLukashenko ended.", "Alexander Lukashenko"),
        ("Lukashenko, Alexander", None),
        ("Alexander met Lukashenko.", None),
        ("The case of Heorhii Honhadze", "Георгій Гонгадзе"),
        ("справа «Георгій Гонгадзе»", "Георгій Гонгадзе"),
        ("Missiles fell.", "missile*"),
        ("A cruise-missile", "missile*"),
        ("dismissiles", None),
        ("warheads", None),
        ("one warhead.", "warhead"),
        ("In Mínsk it rained.", "Minsk"),
        ("the Republic of Belarus", "Republic of Belarus"),
        ("the Republic", None),
        ("", None),
    ],
)
def test_what_names_a_topic(tmp_path: Path, text: str, named: str | None) -> None:
    assert topics(tmp_path, TABLE).named_in(text) == named


def test_topics_stand_beside_questions(tmp_path: Path) -> None:
    topics(tmp_path, TABLE)
    assert [ask.text for ask in read_agenda(tmp_path / "case.toml")] == ["How many?"]
    (tmp_path / "case.toml").write_text("[[ask]]\nask = 'x'\nslot = 'polarity'\nevent = { theme = 'ferries' }\n")
    assert read_topics(tmp_path / "case.toml") is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("topics = 3", "topics: is no table (begin it with [topics])"),
        ("[[topics]]", "topics: is no table (begin it with [topics])"),
        ("[topics]", "has no names and no words"),
        ("[topics]\nname = ['x']", "has no field 'name'"),
        ("[topics]\nnames = 'Minsk'", "names is no list: 'Minsk'"),
        ("[topics]\nnames = ['!?']", "names has no words: '!?'"),
        ("[topics]\nnames = [3]", "names has no words: 3"),
        ("[topics]\nwords = ['mi*']", "'mi*' begins too many words"),
        ("[topics]\nwords = ['cruise missile*']", "begins too many words"),
        ("[topics]\naliases = ['x']", "aliases are no table"),
        ("[topics.aliases]\nBelarus = 'Minsk'", "aliases.Belarus is no list"),
        ("[topics", "is not TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(BadTopics) as raised:
        topics(tmp_path, table)
    assert told in str(raised.value)
    assert str(tmp_path / "case.toml") in str(raised.value)
    assert raised.value.code == "Q104"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "near.txt").write_text("Mayor Arden said that Minsk had agreed.\n\nHe denied that it was late.")
    (folder / "far.txt").write_text("Mayor Arden said that the bridge was closed.")
    (tmp_path / "case.toml").write_text(TABLE, encoding="utf-8")
    return folder


def test_an_article_that_names_no_topic_is_kept_unread(articles: Path, tmp_path: Path) -> None:
    with quoth.open(tmp_path / "case.db") as case:
        added = case.add(articles)
        assert {Path(item.where).name: item.outcome for item in added.items} == {
            "near.txt": Outcome.NEW,
            "far.txt": Outcome.OFF_TOPIC,
        }
        assert (added.new, added.off_topic) == (1, 1)
        assert not added.is_in_vain
        [far] = [d for d in case.documents() if "bridge" in d.text]
        [note] = [note for note in far.notes if note.code == "off-topic"]
        assert note.message.startswith("names none of the case's topics, and was kept without being read: Oreshnik, ")
        assert case.counts().unread == 1
        assert list(case.statements(document=far.id)) == []
        assert list(case.failures()) == []
        assert list(case.verify()) == []


def test_what_names_a_topic_is_read_whole(articles: Path, tmp_path: Path) -> None:
    with quoth.open(tmp_path / "case.db") as case:
        case.add(articles)
        gated = list(case.ledger.statements())
    (tmp_path / "case.toml").unlink()
    with quoth.open(tmp_path / "whole.db") as case:
        case.add(articles)
        whole = list(case.ledger.statements())
    assert len(gated) == 2
    assert gated == [s for s in whole if s.document_id == gated[0].document_id]
    assert len(whole) == 3


def test_what_was_kept_unread_can_be_read_later(articles: Path, tmp_path: Path) -> None:
    with quoth.open(tmp_path / "case.db") as case:
        case.add(articles)
    with quoth.open(tmp_path / "case.db") as case:
        again = case.add(articles)
        assert (again.known, again.off_topic, again.statements) == (1, 1, 0)
        later = case.add(articles, all=True)
        assert (later.known, later.read_again, later.statements) == (1, 1, 1)
        assert case.counts().unread == 0
        assert case.add(articles).known == 2
        assert list(case.verify()) == []


def test_topics_that_change_let_in_what_they_left_out(articles: Path, tmp_path: Path) -> None:
    with quoth.open(tmp_path / "case.db") as case:
        case.add(articles)
        (tmp_path / "case.toml").write_text("[topics]\nwords = ['bridge']\n")
        assert (case.add(articles).read_again, case.counts().unread) == (1, 0)


def test_the_title_counts(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text("[topics]\nwords = ['bridge']\n")
    (tmp_path / "a.md").write_text("---\ntitle: The bridge\n---\n\nMayor Arden said that it was closed.\n")
    with quoth.open(tmp_path / "case.db") as case:
        assert case.add(tmp_path / "a.md").statements == 1


def test_wrong_topics_stop_before_anything_is_added(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text("[topics]\n")
    with quoth.open(tmp_path / "case.db") as case:
        with pytest.raises(BadTopics):
            case.add(articles)
        assert case.add(articles, all=True).new == 2
