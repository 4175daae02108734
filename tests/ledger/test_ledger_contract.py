"""What every store behind the Ledger protocol does; parametrised over the stores in conftest."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import itertools
from pathlib import Path

import pytest

from quoth.errors import LedgerError, NotFound, SpanMismatch
from quoth.evidence import BadEvidence, identified
from quoth.ledger import Counts
from quoth.model import (
    Act,
    Block,
    BlockKind,
    EventFrame,
    Factuality,
    Fetch,
    JudgedQuestion,
    JudgementKind,
    Mention,
    Note,
    Reading,
    Relay,
    Reliability,
    Slot,
    Span,
    Statement,
)


def ids(found):
    return [statement.id for statement in found]


def test_what_is_added_comes_back_equal(store, harbour, canal):
    for document, reading in (harbour, canal):
        assert store.add(document, reading) is True
    assert list(store.documents()) == [harbour[0], canal[0]]
    assert list(store.statements()) == [*harbour[1].statements, *canal[1].statements]
    assert store.document(canal[0].id[:8]) == canal[0]
    assert store.statement(canal[1].statements[0].id[:8]) == canal[1].statements[0]
    assert list(store.verify()) == []


def test_adding_twice_changes_nothing(store, harbour):
    store.add(*harbour)
    before = (store.counts(), store.revision(), list(store.readings()))
    assert store.add(*harbour) is False
    assert store.add(harbour[0]) is False
    assert (store.counts(), store.revision(), list(store.readings())) == before


def test_a_document_without_a_reading_is_kept_unread(store, harbour):
    document, reading = harbour
    assert store.add(document) is True
    assert store.has(document.id)
    assert not store.has_reading(document.id, reading.reader)
    assert store.counts() == Counts(documents=1, unread=1, readings=0, statements=0, failures=0)
    assert store.add(document, reading) is True
    assert store.has_reading(document.id, reading.reader)
    assert not store.has_reading(document.id, "another/1")
    assert store.counts() == Counts(documents=1, unread=0, readings=1, statements=2, failures=0)


def test_the_latest_reading_is_shown_and_the_earlier_one_kept(store, harbour):
    document, old = harbour
    corrected = identified(dataclasses.replace(old.statements[1], factuality=Factuality.CERTAINLY_NOT))
    new = Reading(
        document_id=document.id,
        reader="by-hand/2",
        statements=(old.statements[0], corrected),
        notes=(Note(code="N1", message="the mayor's denial", span=Span(66, 75)),),
    )
    store.add(document, old)
    revision = store.revision()
    assert store.add(document, new) is True
    assert store.revision() != revision
    assert list(store.statements()) == list(new.statements)
    assert store.statement(old.statements[1].id) == old.statements[1]
    first, second = store.readings(document=document.id)
    assert (first.reader, first.current, first.previous) == ("by-hand/1", False, None)
    assert (second.reader, second.current, second.previous) == ("by-hand/2", True, first.id)
    assert second.statement_ids == (old.statements[0].id, corrected.id)
    assert second.notes == new.notes
    assert store.counts().statements == 2
    assert list(store.verify()) == []


def test_a_reader_may_return_to_what_it_read_before(store, harbour):
    document, whole = harbour
    half = dataclasses.replace(whole, statements=whole.statements[:1])
    assert [store.add(document, reading) for reading in (whole, half, half, whole)] == [True, True, False, True]
    assert ids(store.statements()) == ids(whole.statements)
    assert list(store.verify()) == []


def test_a_statement_given_twice_is_kept_once_and_order_is_the_readings(store, harbour):
    document, reading = harbour
    a, b = reading.statements
    store.add(document, dataclasses.replace(reading, statements=(b, a, b)))
    assert ids(store.statements()) == [b.id, a.id]


def test_recorded_at_is_the_moment_in_utc(open_store, tmp_path, harbour):
    noon = datetime.datetime(2031, 3, 4, 14, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    with open_store(tmp_path / "case.db", now=lambda: noon) as store:
        store.add(*harbour)
        (reading,) = store.readings()
    assert reading.recorded_at == datetime.datetime(2031, 3, 4, 12, tzinfo=datetime.UTC)
    assert reading.recorded_at.utcoffset() == datetime.timedelta(0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"source": "réka"}, [0]),
        ({"source": "Reka"}, [0]),
        ({"source": "ANA REKA"}, [0]),
        ({"source": "Réka Ana"}, []),
        ({"source": "minister"}, [0]),
        ({"source": "mayo"}, []),
        ({"text": "barges lodia"}, [0]),
        ({"text": '"lodia barges"'}, []),
        ({"text": '"would send"'}, [0]),
        ({"text": "would"}, [0, 1]),
        ({"text": "МЫ"}, [2]),
        ({"text": "tug*"}, [2]),
        ({"text": "tug"}, []),
        ({"text": "minister"}, []),
        ({"text": "would NOT send"}, []),
        ({"text": 'would" OR "tugs'}, []),
        ({"text": "content:would ("}, []),
        ({"outlet": "quay"}, [0, 1]),
        ({"outlet": "%"}, []),
        ({"act": Act.DENY}, [1]),
        ({"act": Act.PLAN, "source": "the mayor"}, []),
        ({"source": "mazur", "text": "tugs", "outlet": "canal"}, [2]),
        ({"factuality": Factuality.PROBABLE}, [0]),
        ({"since": datetime.date(2031, 3, 3)}, [0, 2]),
        ({"since": datetime.date(2031, 3, 4)}, [2]),
        ({"until": datetime.date(2031, 3, 3)}, [0]),
        ({"until": datetime.date(2031, 3, 2)}, []),
        ({"since": datetime.date(2031, 3, 4), "until": datetime.date(2031, 5, 9)}, []),
    ],
)
def test_filters(store, harbour, canal, filters, expected):
    store.add(*harbour)
    store.add(*canal)
    everything = [*harbour[1].statements, *canal[1].statements]
    assert ids(store.statements(**filters)) == [everything[i].id for i in expected]


def test_statements_of_a_document_by_the_beginning_of_its_id(store, harbour, canal):
    store.add(*harbour)
    store.add(*canal)
    assert ids(store.statements(document=canal[0].id[:10].upper())) == ids(canal[1].statements)
    with pytest.raises(NotFound, match="no document"):
        store.statements(document="zz")


def test_documents_are_searched_by_outlet_and_words(store, harbour, canal):
    store.add(*harbour)
    store.add(*canal)
    assert list(store.documents(outlet="QUAY")) == [harbour[0]]
    assert list(store.documents(text="monday")) == [harbour[0]]
    assert list(store.documents(text="Barges for")) == [harbour[0]]
    assert list(store.documents(text="olena", outlet="quay")) == []


@pytest.mark.parametrize("nothing", ["", "  ", "—", '"', "*", "\0"])
def test_a_search_for_no_word_is_refused(store, nothing):
    with pytest.raises(LedgerError, match="nothing to search for"):
        store.statements(text=nothing)
    with pytest.raises(LedgerError, match="nothing to search for"):
        store.statements(source=nothing)


def test_a_lone_surrogate_from_the_shell_is_an_error_not_a_traceback(store, harbour):
    store.add(*harbour)
    for look in (
        lambda: store.document("\udce9"),
        lambda: store.statements(source="a\udce9"),
        lambda: store.statements(outlet="\udce9"),
        lambda: store.documents(text="a\udce9"),
    ):
        with pytest.raises(LedgerError, match="lone surrogate"):
            look()


def test_a_search_word_with_nul_finds_what_it_can(store, harbour):
    store.add(*harbour)
    assert ids(store.statements(text="bar\0ges")) == []


def test_prefixes_that_name_nothing_or_several(store, article):
    documents = [article(f"Notice {i}.") for i in range(40)]
    for document in documents:
        store.add(document)
    shared = next(a.id[0] for a, b in itertools.combinations(documents, 2) if a.id[0] == b.id[0])
    with pytest.raises(NotFound, match="several documents"):
        store.document(shared)
    with pytest.raises(NotFound, match="no document"):
        store.document("")
    with pytest.raises(NotFound, match="no document"):
        store.document("f" * 40)
    with pytest.raises(NotFound, match="no statement"):
        store.statement("%")
    assert store.document(documents[7].id) == documents[7]


def test_failures_are_kept_once(store):
    assert store.record_failure("a.txt", "Q100", "is empty") is True
    assert store.record_failure("a.txt", "Q100", "is empty") is False
    assert store.record_failure("a.txt", "Q100", "is\0 \ud800 binary") is True
    assert [(f.where, f.code, f.message) for f in store.failures()] == [
        ("a.txt", "Q100", "is empty"),
        ("a.txt", "Q100", "is\ufffd ? binary"),
    ]
    assert store.counts().failures == 2
    assert list(store.verify()) == []


def test_a_long_article(store, article):
    document = article("Ferries 🙂 are late. " * 250_000)
    store.add(document)
    (found,) = store.documents(text="ferries late")
    assert found == document
    assert list(store.verify()) == []


def test_iterating_while_adding(store, harbour, canal):
    store.add(*harbour)
    found = store.statements()
    first = next(found)
    store.add(*canal)
    assert [first.id, *ids(found)] == ids(harbour[1].statements)


# ---------------------------------------------------------------- what is refused, and leaves nothing behind


def refused(store, document, reading, error, words):
    with pytest.raises(error, match=words):
        store.add(document, reading)
    assert store.counts() == Counts(documents=0, unread=0, readings=0, statements=0, failures=0)


def test_a_statement_with_other_words_than_the_text(store, harbour):
    document, reading = harbour
    good = reading.statements[0]
    bad = identified(dataclasses.replace(good, cue=dataclasses.replace(good.cue, text="swore")))
    whole = dataclasses.replace(reading, statements=(reading.statements[1], bad))
    refused(store, document, whole, SpanMismatch, r"harbour.txt: .*cue: the words under \[18, 22\) are 'said'")


def test_a_statement_with_another_id(store, harbour):
    document, reading = harbour
    bad = dataclasses.replace(reading.statements[0], id=reading.statements[1].id)
    refused(store, document, dataclasses.replace(reading, statements=(bad,)), BadEvidence, "has the id")


def test_a_reading_of_another_document(store, harbour, canal):
    refused(store, harbour[0], canal[1], BadEvidence, "the reading is of document")
    mixed = dataclasses.replace(harbour[1], statements=canal[1].statements)
    refused(store, harbour[0], mixed, BadEvidence, "belongs to document")


@pytest.mark.parametrize(
    ("text", "words"), [("A\0B", "NUL character at code point 1"), ("A \ud800", "lone surrogate at code point 2")]
)
def test_text_that_no_ledger_can_keep(store, article, text, words):
    refused(store, article(text), None, BadEvidence, words)


def test_metadata_that_no_ledger_can_keep(store, article):
    refused(store, article("A", title="x\0"), None, BadEvidence, "NUL")
    refused(store, article("A", title="\ud800"), None, BadEvidence, "surrogate")


def test_a_backslash_that_looks_like_nul_is_kept(store, article):
    document = article("A", title="\\u0000 and \\\\u0000")
    store.add(document)
    assert store.document(document.id).title == "\\u0000 and \\\\u0000"


def test_a_block_or_relay_outside_the_text(store, article):
    refused(store, article("A", blocks=(Block(Span(0, 2), BlockKind.PARAGRAPH),)), None, SpanMismatch, r"blocks\[0\]")
    relays = (Relay(name="Wire", text="Wire", spans=(Span(0, 1),)),)
    refused(store, article("A", relays=relays), None, SpanMismatch, r"relays\[0\].*'Wire' was stored")


def test_one_id_cannot_have_two_texts(store, article):
    document = article("One.")
    store.add(document)
    with pytest.raises(BadEvidence, match="with another text"):
        store.add(article("Two.", id=document.id))
    assert list(store.documents()) == [document]


def test_a_refused_reading_of_a_known_document_leaves_it_as_it_was(store, harbour):
    document, reading = harbour
    store.add(document)
    bad = dataclasses.replace(reading.statements[1], pattern="altered")
    with pytest.raises(BadEvidence):
        store.add(document, dataclasses.replace(reading, statements=(reading.statements[0], bad)))
    assert store.counts() == Counts(documents=1, unread=1, readings=0, statements=0, failures=0)
    assert store.add(document, reading) is True


def test_what_was_written_is_there_after_opening_again(open_store, tmp_path, harbour):
    with open_store(tmp_path / "case.db") as store:
        store.add(*harbour)
        revision = store.revision()
    with open_store(tmp_path / "case.db") as store:
        assert store.revision() == revision
        assert list(store.statements()) == list(harbour[1].statements)


def test_two_connections_see_each_others_work(open_store, tmp_path, harbour, canal):
    path: Path = tmp_path / "case.db"
    with open_store(path) as one, open_store(path) as two:
        one.add(*harbour)
        assert two.add(*harbour) is False
        two.add(*canal)
        assert one.revision() == two.revision()
        assert list(one.statements()) == list(two.statements())


def test_a_read_only_store_reads_and_refuses_to_write(open_store, tmp_path, harbour, canal):
    path: Path = tmp_path / "case.db"
    with open_store(path) as store:
        store.add(*harbour)
    with open_store(path, read_only=True) as store:
        assert list(store.statements(text="barges")) == [harbour[1].statements[0]]
        assert list(store.verify()) == []
        with pytest.raises(LedgerError, match="read-only"):
            store.add(*canal)
        with pytest.raises(LedgerError, match="read-only"):
            store.record_failure("a", "b", "c")


def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(LedgerError, match="open the case again"):
        store.counts()


# ---------------------------------------------------------------- judgements


def doubted(reading: Reading) -> Statement:
    """The mayor's denial, as somebody corrects it."""
    return identified(dataclasses.replace(reading.statements[1], factuality=Factuality.CERTAINLY_NOT))


def test_a_rejected_statement_is_not_shown_and_not_gone(store, harbour):
    document, reading = harbour
    store.add(document, reading)
    revision = store.revision()
    judged = store.judge(JudgementKind.REJECT, reading.statements[1].id[:8], by="ana", note="no statement")
    assert (judged.subject, judged.by, judged.note, judged.standing) == (
        reading.statements[1].id, "ana", "no statement", True
    )  # fmt: skip
    assert list(store.statements()) == [reading.statements[0]]
    assert list(store.statements(act=Act.DENY)) == []
    assert store.statement(reading.statements[1].id) == reading.statements[1]
    assert (store.counts().statements, store.revision() != revision) == (1, True)
    assert list(store.verify()) == []


def test_what_is_current_and_its_fingerprint_follow_readings_and_judgements(store, harbour, canal):
    seen = [store.fingerprint()]

    def fingerprint_is_new():
        seen.append(store.fingerprint())
        return len(set(seen)) == len(seen)

    (document, reading), (other, _) = harbour, canal
    store.add(other)
    assert fingerprint_is_new()
    store.add(document, reading)
    assert fingerprint_is_new()
    ids = tuple(s.id for s in reading.statements)
    assert store.current() == {other.id: (), document.id: ids}
    assert list(store.current()) == [other.id, document.id]
    store.add(document, reading)
    store.record_failure("a file", "Q1", "was not read")
    assert store.fingerprint() == seen[-1]
    judged = store.judge(JudgementKind.REJECT, ids[0], by="ana")
    assert fingerprint_is_new()
    assert store.current()[document.id] == ids[1:]
    store.judge(JudgementKind.WITHDRAW, judged.id, by="ana")
    assert fingerprint_is_new()
    corrected = doubted(reading)
    store.judge(JudgementKind.CORRECT, ids[1], by="ana", correction=corrected)
    assert store.current()[document.id] == (ids[0], corrected.id)
    store.add(document, dataclasses.replace(reading, reader="by-hand/2", statements=reading.statements[:1]))
    assert fingerprint_is_new()
    assert store.current()[document.id] == ids[:1]


def test_a_corrected_statement_stands_in_place_of_what_was_read(store, harbour):
    document, reading = harbour
    store.add(document, reading)
    right = doubted(reading)
    judged = store.judge(JudgementKind.CORRECT, reading.statements[1].id, by="ana", correction=right)
    assert judged.object == right.id
    assert list(store.statements()) == [reading.statements[0], right]
    assert list(store.statements(factuality=Factuality.CERTAINLY_NOT)) == [right]
    again = identified(dataclasses.replace(right, act=Act.ASSERT))
    store.judge(JudgementKind.CORRECT, right.id, by="bo", correction=again)
    assert list(store.statements()) == [reading.statements[0], again]
    store.judge(JudgementKind.REJECT, again.id, by="bo")
    assert list(store.statements()) == [reading.statements[0]]
    assert list(store.verify()) == []


def test_a_judgement_is_withdrawn_by_another_row(store, harbour):
    document, reading = harbour
    store.add(document, reading)
    rejected = store.judge(JudgementKind.REJECT, reading.statements[0].id, by="ana")
    undone = store.judge(JudgementKind.WITHDRAW, rejected.id[:8], by="bo")
    assert list(store.statements()) == list(reading.statements)
    assert list(store.judgements()) == [dataclasses.replace(rejected, standing=False), undone]
    assert (undone.previous, undone.standing, rejected.previous) == (rejected.id, False, None)
    for again in (rejected.id, undone.id):
        with pytest.raises(BadEvidence, match="withdrawn before, or is itself a withdrawal"):
            store.judge(JudgementKind.WITHDRAW, again, by="bo")
    assert list(store.verify()) == []


def test_a_judgement_holds_for_the_same_words_in_a_later_reading(store, harbour):
    document, old = harbour
    store.add(document, old)
    store.judge(JudgementKind.REJECT, old.statements[1].id, by="ana")
    second = identified(dataclasses.replace(old.statements[1], pattern="another rule"))
    words = Mention(text="Minister Ana Réka", spans=(Span(0, 17),))
    third = identified(dataclasses.replace(old.statements[0], content=words, pattern="other words"))
    store.add(document, Reading(document_id=document.id, reader="by-hand/2", statements=(second, third)))
    assert list(store.statements()) == [third]


def test_the_latest_judgement_counts_and_an_accepted_statement_is_shown(store, harbour):
    document, reading = harbour
    store.add(document, reading)
    store.judge(JudgementKind.REJECT, reading.statements[0].id, by="ana")
    store.judge(JudgementKind.ACCEPT, reading.statements[0].id, by="bo")
    assert list(store.statements()) == list(reading.statements)


def test_judgements_of_names_keep_both(store, harbour):
    store.add(*harbour)
    same = store.judge(JudgementKind.SAME, " the  mayor ", "Réka", by="ana")
    assert (same.subject, same.object) == ("the mayor", "Réka")
    assert list(store.statements()) == list(harbour[1].statements)


def asked(reading: Reading, letter: str = "a", slot: Slot = Slot.TIME) -> JudgedQuestion:
    """A question that all statements of a reading answer."""
    return JudgedQuestion(id=letter * 32, text="When?", slot=slot, event=EventFrame(predicate="send", theme="barges"),
                          statements=tuple(s.id for s in reading.statements))  # fmt: skip


def test_judgements_of_questions_come_back_as_they_were_made(store, harbour, canal):
    store.add(*harbour)
    store.add(*canal)
    revision = store.revision()
    one, other = asked(harbour[1]), asked(canal[1], "b")
    merged = store.judge_question(JudgementKind.MERGE, one, other, by=" ana ", note="the same barges")
    rejected = store.judge(JudgementKind.REJECT, harbour[1].statements[1].id, by="ana")
    parted = store.judge_question(JudgementKind.SPLIT, one, by="bo", parted=one.statements[:1])
    named = store.judge_question(JudgementKind.NAME, one, by="bo", words=" When do  they sail? ")
    assert (merged.subject, merged.object, merged.questions, merged.by, merged.note, merged.previous) == (
        one.id, other.id, (one, other), "ana", "the same barges", None
    )  # fmt: skip
    assert (parted.object, parted.parted, parted.previous) == (None, one.statements[:1], merged.id)
    assert (named.object, named.questions, named.parted) == ("When do they sail?", (one,), ())
    assert list(store.judgements()) == [merged, rejected, parted, named]
    assert store.revision() != revision
    undone = store.judge(JudgementKind.WITHDRAW, parted.id[:9], by="ana")
    assert (undone.subject, undone.standing, undone.previous) == (parted.id, False, named.id)
    assert [j.standing for j in store.judgements()] == [True, True, False, True, False]
    with pytest.raises(BadEvidence, match="withdrawn before"):
        store.judge(JudgementKind.WITHDRAW, parted.id, by="ana")
    assert list(store.verify()) == []


def test_judgements_of_questions_that_make_no_sense_are_refused_and_write_nothing(store, harbour, canal):
    store.add(*harbour)
    one, other, where = asked(harbour[1]), asked(canal[1], "b"), asked(harbour[1], "c", Slot.PLACE)
    merge, split, name = JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME
    revision = store.revision()
    for kind, questions, fields, what in (
        (merge, (one,), {}, "1 questions make no judgement of the kind merge"),
        (JudgementKind.ACCEPT, (one,), {}, "no judgement of the kind accept"),
        (merge, (one, where), {}, "different slots"),
        (split, (one,), {}, "takes statements out of a question"),
        (split, (one,), {"parted": ["f" * 32]}, "takes statements out of a question"),
        (name, (one,), {"words": " "}, "lacks the words of the name"),
        (name, (one,), {"words": "When?", "by": ""}, "lacks who judges"),
    ):
        with pytest.raises(BadEvidence, match=what):
            store.judge_question(kind, *questions, **{"by": "ana", **fields})
    with pytest.raises(NotFound, match="no statement has the id"):
        store.judge_question(merge, one, other, by="ana")
    with pytest.raises(BadEvidence, match="needs the questions"):
        store.judge(name, one.id, "When?", by="ana")
    assert (store.revision(), list(store.judgements())) == (revision, [])


def test_judgements_that_make_no_sense_are_refused_and_write_nothing(store, harbour):
    document, reading = harbour
    store.add(document, reading)
    first, second = reading.statements
    other_words = identified(dataclasses.replace(second, content=first.content))
    unsealed = dataclasses.replace(doubted(reading), id=second.id)
    revision = store.revision()
    for kind, subject, fields, what in (
        (JudgementKind.REJECT, first.id, {"by": " "}, "lacks who judges"),
        (JudgementKind.SAME, "Réka", {"by": "ana"}, "lacks the other name"),
        (JudgementKind.CORRECT, second.id, {"by": "ana"}, "needs the statement"),
        (JudgementKind.CORRECT, second.id, {"by": "ana", "correction": second}, "changes nothing"),
        (JudgementKind.CORRECT, second.id, {"by": "ana", "correction": other_words}, "keeps the words of the content"),
        (JudgementKind.CORRECT, second.id, {"by": "ana", "correction": unsealed}, "not that of what it says"),
    ):
        with pytest.raises(BadEvidence, match=what):
            store.judge(kind, subject, **fields)
    with pytest.raises(NotFound, match="no statement"):
        store.judge(JudgementKind.REJECT, "ffff", by="ana")
    with pytest.raises(NotFound, match="no judgement"):
        store.judge(JudgementKind.WITHDRAW, "ffff", by="ana")
    assert (store.revision(), list(store.judgements())) == (revision, [])


# ---------------------------------------------------------------- fetches


def test_fetches_are_kept_in_order_and_the_latest_that_gave_bytes_is_found(store, harbour):
    store.add(*harbour)
    revision = store.revision()
    moment = datetime.datetime(2031, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    address = "https://quay.example/a?x=1"
    first = Fetch(
        url=address, answered="https://www.quay.example/a", status=200, retrieved=moment, sha256="ab" * 32,
        etag='"1"', last_modified="Tue, 06 May 2031 07:00:00 GMT", content_type="text/html",
    )  # fmt: skip
    second = dataclasses.replace(first, sha256="cd" * 32, etag=None, last_modified=None, content_type=None)
    unchanged = dataclasses.replace(second, status=304, sha256=None)
    other = dataclasses.replace(first, url="https://quay.example/b", status=404, sha256=None)
    for fetch in (first, second, unchanged, other):
        assert store.record_fetch(fetch) is True
    assert store.record_fetch(first) is False, "an archive of pages may be added twice"
    assert list(store.fetches()) == [first, second, unchanged, other]
    assert store.latest_fetch(address) == second
    assert store.latest_fetch("https://quay.example/b") is None
    assert store.latest_fetch("https://www.quay.example/a") is None, "it goes by what was asked for"
    assert store.revision() == revision, "no comparison depends on a fetch"
    assert list(store.verify()) == []


def test_a_fetch_keeps_hostile_headers_as_they_can_be_kept(store):
    moment = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
    address = "https://quay.example/a"
    store.record_fetch(
        Fetch(url=address, answered=address, status=200, retrieved=moment, sha256="ab" * 32, etag="é\0\ud800")
    )
    latest = store.latest_fetch(address)
    assert latest is not None
    assert latest.etag == "é\ufffd?"
    assert list(store.verify()) == []


# ---------------------------------------------------------------- ratings


def test_ratings_are_kept_in_order_and_chained(store, harbour):
    store.add(*harbour)
    revision = store.revision()
    first = store.rate("  The   Quay ", Reliability.USUALLY, by="ana", note="a paper of record")
    second = store.rate("Ana Réka", Reliability.CANNOT_BE_JUDGED, topic="barges", by="bo")
    third = store.rate("The Quay", None, by="ana")
    assert list(store.ratings()) == [first, second, third]
    assert (first.name, first.grade, first.topic, first.by, first.note) == (
        "The Quay", Reliability.USUALLY, None, "ana", "a paper of record"
    )  # fmt: skip
    assert (second.topic, second.grade, third.grade) == ("barges", Reliability.CANNOT_BE_JUDGED, None)
    assert [r.previous for r in (first, second, third)] == [None, first.id, second.id]
    assert store.revision() == revision, "no comparison depends on a rating"
    assert list(store.verify()) == []


def test_ratings_that_make_no_sense_are_refused_and_write_nothing(store):
    for name, fields, what in (
        (" ", {"by": "ana"}, "lacks a name"),
        ("The Quay", {"by": " "}, "lacks who judges"),
        ("The Quay", {"by": "ana", "topic": " "}, "lacks words for its topic"),
    ):
        with pytest.raises(BadEvidence, match=what):
            store.rate(name, Reliability.FAIRLY, **fields)
    assert list(store.ratings()) == []


def test_originals_come_back_byte_for_byte_and_are_no_evidence(store, harbour):
    data = b"<p>as it came\xff\x00\r\n</p>"
    before = (store.counts(), store.revision(), store.fingerprint())
    sha256 = store.keep_original(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.keep_original(data) == sha256
    assert store.original(sha256) == data
    assert store.keep_original(b"") == hashlib.sha256(b"").hexdigest()
    assert store.original(hashlib.sha256(b"").hexdigest()) == b""
    assert (store.counts(), store.revision(), store.fingerprint()) == before
    assert list(store.verify()) == []


@pytest.mark.parametrize("name", ["", "ab", "0" * 64, "A" * 64, "../" * 21 + "x", "\x00" * 64, "é" * 64])
def test_what_is_no_hash_and_what_is_not_kept_are_no_originals(store, name):
    store.keep_original(b"another")
    assert store.original(name) is None


def test_originals_outlast_the_program_and_are_not_written_read_only(open_store, tmp_path):
    with open_store(tmp_path / "case.db") as store:
        sha256 = store.keep_original(b"bytes")
    with open_store(tmp_path / "case.db", read_only=True) as store:
        assert store.original(sha256) == b"bytes"
        with pytest.raises(LedgerError, match="read-only"):
            store.keep_original(b"more")
        assert store.original(hashlib.sha256(b"more").hexdigest()) is None
