"""Versions of an article: one address, other words; what was dropped stays on record, what is repeated counts once."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoth
from quoth.acquire import Given
from quoth.errors import NotFound
from quoth.model import Block, BlockKind, Document, EditKind, RelationType, Span
from quoth.outcomes import Outcome
from quoth.versions import address, earlier_of, edits, in_versions
from quoth.versions import path as path_of

URL = "https://courier.example/news/dam-bursts"
FIRST = """Dam bursts above Korsal

The dam above Korsal burst on Monday night, and twelve people were killed, Mayor Ana Dorn said on Tuesday.

Interior Minister Pavel Rusk said that the army would send four bridges by Friday.

The valley was evacuated in 1974.
"""
SECOND = """Dam bursts above Korsal

The dam above Korsal burst on Monday night, and two people were killed, Mayor Ana Dorn said on Tuesday.

Interior Minister Pavel Rusk said that the army would send four bridges by Friday.

Rusk denied that the spillway had been closed.

Correction: An earlier version of this article said that twelve people were killed.
"""


def document(id: str, *paragraphs: str, url: str | None = URL, **fields: object) -> Document:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for words in paragraphs:
        blocks.append(Block(Span(start, start + len(words)), BlockKind.PARAGRAPH))
        start += len(words) + 2
    return Document(id=id, sha256=id * 64, text=text, blocks=tuple(blocks), url=url, **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A case with an article that was corrected a day later, and another that stands in one version."""
    folder = tmp_path_factory.mktemp("versions")
    for name, text, url, updated in (
        ("first.txt", FIRST, f"{URL}?utm_source=feed", ""),
        ("second.txt", SECOND, URL, "updated: 2021-03-05\n"),
        ("other.txt", "Quay closes\n\nThe quay was closed in May, Ana Dorn said.\n", "https://gazette.example/q", ""),
    ):
        head = f"---\noutlet: The Courier\nurl: {url}\npublished: 2021-03-04\n{updated}---\n"
        (folder / name).write_text(head + text)
    with quoth.open(folder / "case.db") as case:
        case.add(*(folder / name for name in ("first.txt", "second.txt", "other.txt")))
    return folder / "case.db"


def said(case, **filters):
    return {(s.source.name, s.content.text) for s in case.statements(**filters)}


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://www.courier.example/a/b/?utm_source=x&id=3#top", "http://courier.example/a/b?id=3"),
        ("https://courier.example/a?fbclid=9", "https://courier.example/a/"),
        ("https://COURIER.example:443/a", "https://courier.example/a"),
    ],
)
def test_one_address_however_it_is_put(a, b):
    assert address(a) == address(b) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://courier.example/a?id=3", "https://courier.example/a?id=4"),
        ("https://courier.example/a", "https://gazette.example/a"),
        ("https://courier.example/a", "https://courier.example/b"),
    ],
)
def test_addresses_of_two_articles(a, b):
    assert address(a) != address(b)


@pytest.mark.parametrize("front", [None, "", "https://courier.example", "https://www.courier.example/"])
def test_a_front_page_is_no_articles_address(front):
    assert address(front) is None


@pytest.mark.parametrize("url", ["http://[::1", "https://[x]y/a", "http://a.example:99999999999/b", "//[", "a b"])
def test_what_is_no_url_stops_nothing(url, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Quay\n\nThe quay was closed, Ana Dorn said in {name}.\n")
    with quoth.open(":memory:") as case:
        added = case.add(tmp_path, given=Given(url=url, title="Quay"))
        assert added.new == 2
        assert len(list(case.statements())) >= 1


@given(st.text(max_size=30))
def test_any_text_has_a_path_and_an_address_or_none(words):
    for url in (words, f"https://{words}", f"https://a.example/{words}"):
        assert isinstance(path_of(url), str)
        assert address(url) is None or isinstance(address(url), str)


# ---------------------------------------------------------------- which documents are versions


def test_versions_are_ordered_by_the_day_of_their_last_change_then_by_when_they_were_retrieved():
    day = datetime.date(2021, 3, 4)
    late = document("a", "One.", "Two.", updated=datetime.date(2021, 3, 6), published=day)
    early = document("b", "One.", "Two.", published=day)
    noon = datetime.datetime(2021, 3, 4, 12, tzinfo=datetime.UTC)
    second = document("c", "One.", "Two.", published=day, retrieved=noon)
    assert [[d.id for d in v] for v in in_versions([late, second, early])] == [["b", "c", "a"]]
    assert earlier_of(late, early) is early
    assert earlier_of(second, early) is early


def test_two_articles_that_were_given_one_address_are_no_versions():
    a = document("a", "The dam burst.", "Twelve died.", title="Dam bursts")
    b = document("b", "The quay was closed.", "Nobody said why.", title="Quay closes")
    assert list(in_versions([a, b])) == []
    assert earlier_of(a, b) is None


def test_documents_without_an_address_are_no_versions():
    a, b = (document(id, "The dam burst.", "Twelve died.", url=None) for id in "ab")
    assert list(in_versions([a, b])) == []
    assert earlier_of(a, b) is None


# ---------------------------------------------------------------- words


def test_edits_show_the_words_that_went_and_came():
    early = document("a", "Dam bursts", "Twelve people were killed.", "The valley was empty.", "It rained.")
    late = document("b", "Dam bursts", "Two people were killed.", "It rained.", "An inquiry begins in May.")
    changed, gone, new = edits(early, late)
    assert [(p.kind, p.text) for p in changed.passages] == [
        (EditKind.REMOVED, "Twelve"),
        (EditKind.ADDED, "Two"),
        (EditKind.KEPT, " people were killed."),
    ]
    assert (gone.new, [p.text for p in gone.passages]) == (None, ["The valley was empty."])
    assert (new.old, [p.text for p in new.passages]) == (None, ["An inquiry begins in May."])


paragraphs = st.lists(st.text("ab 1.\u0301ж", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6)


@given(paragraphs, paragraphs)
def test_edits_take_one_text_to_the_other(old, new):
    early, late = document("a", *old), document("b", *new)
    found = edits(early, late)
    for edit in found:
        kept_or_gone = "".join(p.text for p in edit.passages if p.kind is not EditKind.ADDED)
        kept_or_new = "".join(p.text for p in edit.passages if p.kind is not EditKind.REMOVED)
        assert kept_or_gone == (edit.old.words(early.text) if edit.old else "")
        assert kept_or_new == (edit.new.words(late.text) if edit.new else "")
        for p in edit.passages:
            assert p.text == p.span.words(early.text if p.kind is EditKind.REMOVED else late.text)
    gone = {edit.old for edit in found if edit.old}
    come = {edit.new for edit in found if edit.new}
    kept = [[" ".join(b.span.words(d.text).casefold().split()) for b in d.blocks if b.span not in changed]
            for d, changed in ((early, gone), (late, come))]  # fmt: skip
    assert kept[0] == kept[1]


# ---------------------------------------------------------------- in a case


def test_what_a_later_version_repeats_counts_once_and_what_it_dropped_stays(case):
    everything = said(case)
    assert ("Ana Dorn", "twelve people were killed") in everything
    assert ("Ana Dorn", "two people were killed") in everything
    bridges = [s for s in case.statements() if "bridges" in s.content.text]
    assert [case.document(s.document_id).updated for s in bridges] == [datetime.date(2021, 3, 5)]


@pytest.mark.parametrize(
    ("early", "late", "again"),
    [
        ("the army would send four bridges by Friday", "the army would send five bridges by Friday", False),
        ("the army would send 41 bridges by Friday", "the army would send 47 bridges by Friday", False),
        ("the army would send four bridges to Korsal", "the army would send four bridges to Karsal", False),
        ("the army would send four bridges on 4 March", "the army would send four bridges on 5 March", False),
        ("the army would send the four bridges by Friday", "the army would send four bridges by Friday", True),
        ("the army would send four bridges by Friday", "the  army would send four bridges by Friday", True),
    ],
)
def test_another_number_name_or_day_is_no_repetition(early, late, again, tmp_path):
    for name, words, updated in (("a", early, ""), ("b", late, "updated: 2021-03-05\n")):
        head = f"---\noutlet: The Courier\nurl: {URL}\npublished: 2021-03-04\n{updated}---\n"
        (tmp_path / f"{name}.txt").write_text(
            f"{head}Bridges\n\nMinister Pavel Rusk said that {words}.\n\nIt rained.\n"
        )
    with quoth.open(":memory:") as case:
        case.add(tmp_path)
        assert sum("bridges" in words for _, words in said(case)) == (1 if again else 2)


def test_a_document_that_is_named_shows_all_that_it_says(case):
    first = next(d for d in case.documents() if d.updated is None and "Dam" in d.text)
    assert any("bridges" in words for _, words in said(case, document=first.id))


def test_the_article_tells_what_was_dropped_and_corrected(case):
    [article] = case.articles()
    first, second = article.versions
    dropped = [case.statement(id).content.text for id in second.removed]
    assert dropped == ["twelve people were killed", "The valley was evacuated in 1974"]
    assert "two people were killed" in [case.statement(id).content.text for id in second.added]
    text = case.document(second.document).text
    assert [span.words(text).split(":")[0] for span in second.corrections] == ["Correction"]
    assert (first.edits, first.added, first.removed, first.corrections) == ((), (), (), ())


def test_the_article_is_found_by_any_form_of_its_address_and_by_its_documents(case):
    [article] = case.articles()
    assert case.article("http://www.courier.example/news/dam-bursts/") == article
    assert case.article(article.versions[0].document[:12]) == article
    with pytest.raises(NotFound, match="one version only"):
        case.article(next(d.id for d in case.documents() if "Quay" in d.text))
    with pytest.raises(NotFound, match="nothing that was published at"):
        case.article("https://courier.example/elsewhere")


def test_a_later_version_supersedes_and_the_earlier_version_is_nobodys_voice(case):
    [question] = [q for q in case.questions() if "killed" in q.text]
    words = {id: s.content.text for s in case.statements() for id in [s.id]}
    [changed] = [r for r in question.relations if r.rule == "new-version"]
    assert changed.type is RelationType.SUPERSEDE
    assert (words[changed.a], words[changed.b]) == ("twelve people were killed", "two people were killed")
    twelve = next(v for v in question.values if v.text == "twelve")
    assert (len(twelve.origins), twelve.voices) == (1, ("Ana Dorn",))


def test_before_the_correction_was_recorded_the_first_version_stands(tmp_path):
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(f"---\nurl: {URL}\npublished: 2021-03-04\n---\n{FIRST}")
    second.write_text(f"---\nurl: {URL}\npublished: 2021-03-04\nupdated: 2021-03-06\n---\n{SECOND}")
    with quoth.open(":memory:") as case:
        case.add(first, second)
        then, now = case.known(as_of=datetime.date(2021, 3, 5))[0], case.known()[0]
    assert [s.content.text for s in then if "bridges" in s.content.text] == [bridges(now)]
    assert not any("two people" in s.content.text for s in then)


def bridges(statements):
    """The one statement about the bridges, in its words."""
    [words] = [s.content.text for s in statements if "bridges" in s.content.text]
    return words


def test_a_page_that_changed_around_its_article_is_no_new_version(tmp_path):
    page = "<html><head><title>Dam</title></head><body><article><h1>Dam bursts</h1>{}</article>{}</body></html>"
    article = "".join(f"<p>{words}</p>" for words in FIRST.split("\n\n")[1:])
    file = tmp_path / "page.html"
    given = Given(url=URL, published=datetime.date(2021, 3, 4))
    with quoth.open(":memory:") as case:
        file.write_text(page.format(article, "<!-- 1 -->"))
        assert case.add(file, given=given).new == 1
        file.write_text(page.format(article, "<!-- 2 -->"))
        [item] = case.add(file, given=given).items
        assert item.outcome is Outcome.KNOWN
        assert case.counts().documents == 1
        file.write_text(page.format(article.replace("twelve", "thirteen"), "<!-- 3 -->"))
        [item] = case.add(file, given=given).items
        assert item.outcome is Outcome.NEW
        assert item.remarks[0].startswith("another version of document")
        assert len(case.articles()) == 1


def test_two_copies_of_a_page_added_together_are_one_document(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"---\nurl: {URL}\n---\n{FIRST}" + "\n" * (name == "b.txt"))
    with quoth.open(":memory:") as case:
        added = case.add(tmp_path)
        assert [item.outcome for item in added.items] == [Outcome.KNOWN, Outcome.NEW]
        assert case.counts().documents == 1


# ---------------------------------------------------------------- the command


def test_the_command_marks_words_without_relying_on_colour(run):
    listed = run("versions")
    assert (listed.exit_code, "2 dropped, 3 new" in listed.output) == (0, True)
    shown = run("versions", URL).output
    assert "and [-twelve-]{+two+} people were killed" in shown
    assert "paragraph gone: [-The valley was evacuated in 1974.-]" in shown
    assert "its note: Correction: An earlier version" in shown
    assert "dropped statement" in shown


def test_the_command_speaks_json_and_csv(run):
    [line] = [json.loads(text) for text in run("versions", "--format", "jsonl").stdout.splitlines()]
    assert list(line) == ["url", "title", "versions"]
    assert list(line["versions"][1]) == [
        "document", "published", "updated", "retrieved", "edits", "added", "removed", "corrections"
    ]  # fmt: skip
    head, first, second = run("versions", "--format", "csv").stdout.splitlines()
    assert head.startswith("url,title,version,document,published")
    assert ",twelve … The valley was evacuated in 1974.," in second
    assert first.endswith(",0")


def test_nothing_to_show_for_one_version(run):
    other = run("versions", "https://gazette.example/q")
    assert other.exit_code == 2
    assert "is there in several versions" in other.stderr


def test_the_brief_shows_what_a_version_changed(run, tmp_path):
    assert run("brief", "-o", str(tmp_path / "brief.html")).exit_code == 0
    page = (tmp_path / "brief.html").read_text()
    assert "version 2 of 2" in page
    assert "What this version changed: 4 paragraphs" in page
    assert "<del>twelve</del><ins>two</ins>" in page
    text = run("brief", "--format", "md").stdout
    assert r"\[-twelve-\]\{+two+\}" in text


def test_a_brief_as_of_an_earlier_day_knows_of_one_version(run):
    for day, told in (("2021-03-04", False), ("2021-03-05", True)):
        assert ("version 1 of 2" in run("brief", "--format", "md", "--as-of", day).stdout) == told
