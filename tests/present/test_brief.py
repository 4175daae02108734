from __future__ import annotations

import datetime
import html.parser
import re
from collections import Counter

import pytest

from quoth.present.brief import brief_html, brief_markdown
from quoth.present.layout import build_view, shortener
from quoth.present.moments import timeline

MADE = datetime.date(2031, 5, 1)


@pytest.fixture(scope="module")
def view(story):
    unread = [("notes/<b>.bin", "no text \x1b[2J")]
    return build_view(
        story.comparison,
        story.statements,
        story.documents,
        title="The <i>Heron</i> ferries",
        made=MADE,
        version="9",
        unread=unread,
    )


@pytest.fixture(scope="module")
def page(view, story):
    return brief_html(view, timeline(story.comparison, story.statements, story.documents))


class Page(html.parser.HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.tags, self.ids, self.links, self.attributes, self.text = Counter(), [], [], set(), []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)

    def handle_data(self, data):
        self.text.append(data)


def test_view_counts_reports_origins_voices_and_unknown_lineage(view):
    whether, many, when = view.questions
    assert [q.number for q in view.questions] == [1, 2, 3]
    assert whether.contested
    assert not many.contested
    assert [a.standing for a in many.answers] == ["1 report, 1 origin, 1 voice", "2 reports, 1 origin, 1 voice"]
    assert [a.standing for a in when.answers][1] == "1 report, 0 origins, lineage unknown"
    [utterance] = many.answers[1].utterances
    assert utterance.outlets == "Harbour Wire and Morning Tide (through Harbour Wire)"
    [passage] = utterance.passages
    assert (passage.lead.document.outlet, [e.document.outlet for e in passage.also]) == (
        "Harbour Wire",
        ["Morning Tide"],
    )
    assert (view.statements, view.origins, view.voices, view.unknown, view.undated) == (10, 4, 3, 2, 1)
    assert view.period == "3 March to 10 April 2031"


def test_sources_in_order_of_time_and_the_outlet_s_own_voice_last(view):
    assert view.sources[0].name == "Karl Mende"
    assert [e.said for e in view.sources[0].evidence] == ["4 March 2031"] * 3 + ["10 April 2031"]
    assert view.sources[-1].kind == "the outlet in its own voice"
    assert sum(len(s.evidence) for s in view.sources) == 10


def test_spelled_out_only_where_that_adds_something(view):
    when = view.questions[2]
    assert [(a.text, a.spelled) for a in when.answers] == [
        ("second half of 2031", ""),
        ("in 2031", ""),
        ("by the end of 2032", "by 31 December 2032"),
    ]


def test_offsets_lead_to_the_words(view, story):
    texts = {d.id: d.text for d in story.documents}
    for source in view.sources:
        for e in source.evidence:
            start, end = map(int, re.fullmatch(r"\[(\d+)–(\d+)\)", e.offsets).groups())
            marked = "".join(piece.text for piece in e.snippet if piece.mark == "content")
            assert texts[e.document.id][start:end] == marked


def test_page_is_one_file_that_fetches_and_runs_nothing(page):
    read = Page(page)
    assert not read.tags.keys() & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "i2"}
    assert not read.attributes & {"src", "srcset", "onload", "onerror", "onclick", "data", "action"}
    assert not re.search(r"@import|url\(", page)
    assert [link for link in read.links if not link.startswith("#")] == []
    assert "default-src 'none'" in page


def test_every_link_in_the_page_has_its_target_and_every_id_is_one(page):
    read = Page(page)
    assert max(Counter(read.ids).values()) == 1
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert len([i for i in read.ids if i.startswith("s-")]) == 10
    assert len([i for i in read.ids if i.startswith("d-")]) == 5


def test_hostile_text_is_shown_and_does_nothing(page):
    assert "<script>" not in page
    assert page.count("</style>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "\\u202egnp.exe" in page
    assert "<i>Heron" not in page
    shown = "".join(Page(page).text)
    assert "The <i>Heron</i> ferries" in shown
    assert "notes/<b>.bin" in shown


def test_document_text_stands_isolated(page):
    assert page.count("<bdi>") > 50
    assert 'dir="auto"' in page


def test_page_says_unknown_lineage_and_what_was_not_read(page):
    shown = " ".join("".join(Page(page).text).split())
    assert "lineage unknown, counted as no origin" in shown
    assert "1 source could not be read. Which, and why" in shown
    assert "Word for word also in Morning Tide, 5 March 2031, characters [22–73), through Harbour Wire" in shown


def test_links_to_articles_are_web_links_alone(story):
    from dataclasses import replace

    hostile = replace(story.documents[0], url="javascript:alert(1)")
    web = replace(story.documents[1], url='https://example.org/?a="b"&c')
    documents = [hostile, web, *story.documents[2:]]
    page = brief_html(build_view(story.comparison, story.statements, documents))
    assert 'href="javascript' not in page
    assert 'href="https://example.org/?a=&#34;b&#34;&amp;c"' in page


def test_markdown_has_the_same_content_and_no_html(view, page):
    told = brief_markdown(view).replace("Characters [a–b)", "")
    assert not re.search(r"(?<!\\)<", told)
    assert not re.search(r"(?<!\\)\[", told)
    assert "\x1b" not in told
    shown = "".join(Page(page).text)
    for source in view.sources:
        for e in source.evidence:
            assert f"`{e.short}`" in told
            assert e.short in shown
            assert e.offsets in shown
            assert "\\" + e.offsets in told
    for question in view.questions:
        assert f"## {question.number} · {question.text}" in told
    assert "**We will receive the first boats in the second half of 2031**,” she said." in told


def test_a_case_without_anything_has_a_brief(story):
    from quoth.model import Comparison

    empty = build_view(Comparison(questions=(), origins=()), [], [])
    assert "No question is answered" in brief_html(empty)
    assert brief_markdown(empty).startswith("# Who said what\n")


def test_many_reasons_are_folded_and_none_is_left_out(story):
    from dataclasses import replace

    question = story.comparison.questions[0]
    relations = tuple(replace(question.relations[2], why=f"reason number {n}") for n in range(9))
    comparison = replace(story.comparison, questions=(replace(question, relations=relations),))
    page = brief_html(build_view(comparison, story.statements, story.documents))
    assert all(f"reason number {n}" in page for n in range(9))
    assert "and 5 more</summary>" in page
    assert page.count("<details>") == page.count("</details>") == 1


def test_the_first_pairs_of_statements_are_listed_and_the_others_folded(story):
    from dataclasses import replace

    question = story.comparison.questions[0]
    one = question.relations[2]
    ids = [s.id for s in story.statements]
    pairs = [(a, b) for a in question.values[0].statements for b in ids if b not in question.values[0].statements]
    values = (question.values[0], replace(question.values[1], statements=tuple(dict.fromkeys(b for _, b in pairs))))
    relations = tuple(replace(one, a=a, b=b) for a, b in pairs)
    comparison = replace(story.comparison, questions=(replace(question, values=values, relations=relations),))
    view = build_view(comparison, story.statements, story.documents)
    [relation] = view.questions[0].relations
    assert (sum(len(p) for _, p in relation.first), relation.more, relation.pairs) == (4, len(pairs) - 4, len(pairs))
    page = brief_html(view)
    assert f"and {len(pairs) - 4} more</summary>" in page
    for id in ids:
        assert page.count(f'href="#s-{id[:8]}"') >= 2
    assert "<script" not in page


def test_relations_that_only_repeat_and_the_sixth_of_a_type_are_folded(view):
    from dataclasses import replace

    from quoth.model import RelationType
    from quoth.present.view import MOST

    many = view.questions[1]
    [tension] = many.divided
    assert (tension.type, {r.type for r in many.folded}) == (RelationType.TENSION, {RelationType.SAME})
    tensions = tuple(replace(tension, pairs=n) for n in range(MOST + 3))
    later = replace(tension, type=RelationType.SUPERSEDE)
    asked = replace(many, relations=(*tensions, later, *many.folded))
    assert asked.divided == (*tensions[:MOST], later)
    assert set(asked.folded) == {*tensions[MOST:], *many.folded}


def test_a_question_with_one_statement_stands_in_the_list_of_those(story):
    from dataclasses import replace

    question = story.comparison.questions[1]
    alone = replace(question, values=question.values[:1], relations=())
    page = brief_html(build_view(replace(story.comparison, questions=(alone,)), story.statements, story.documents))
    assert "Answered once" in page
    assert 'id="q-e2e2e2e2"' in page
    late = replace(question, values=question.values[2:], relations=())
    view = build_view(replace(story.comparison, questions=(late,)), story.statements, story.documents)
    assert "by the end of 2032</bdi><small><bdi>by 31 December 2032" in brief_html(view)
    assert "| by the end of 2032 (by 31 December 2032) (planned) |" in brief_markdown(view)


def test_how_a_source_is_named_is_told_where_the_words_do_not_show_it(view):
    told = {(e.source, e.named) for s in view.sources for e in s.evidence}
    assert {("Ida Solberg", "she"), ("Ida Solberg", ""), ("Karl Mende", "Mende")} <= told
    assert not any(source in named for source, named in told)


def test_no_row_of_a_grid_is_wider_than_the_page(page):
    assert not re.search(r"grid-template-columns: (2|5\.6)rem 1fr", page)


def test_short_ids_grow_until_they_differ():
    short = shortener(["aaaaaaaaaa1", "aaaaaaaaaa2", "b" * 11])
    assert short("aaaaaaaaaa1") != short("aaaaaaaaaa2")
    assert len(short("b" * 11)) == 11
    assert shortener(["a" * 32, "b" * 32])("a" * 32) == "a" * 8


def test_a_report_that_gives_no_answer_is_told_as_such(story):
    from dataclasses import replace

    from quoth.model import Relation, RelationType

    question = story.comparison.questions[0]
    aside = Relation(a="0" * 32, b=question.values[1].statements[0], type=RelationType.SAME, why="one day", rule="day")
    comparison = replace(story.comparison, questions=(replace(question, relations=(aside,)),))
    [asked] = build_view(comparison, story.statements, story.documents).questions
    [relation] = asked.relations
    told = "“6 ferries” (planned) has a further report of its utterance, one that gives no answer of its own"
    assert " ".join(relation.sentence) == told
    assert relation.reasons == (("one day", ("0" * 8,), ("5" * 8,)),)
