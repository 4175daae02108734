"""One question laid out alone, at the cost of its own statements."""

from __future__ import annotations

from quoth.present.answers import question_view, spoken, utterance
from quoth.present.layout import build_view, laying
from quoth.present.standing import standings


def lay_of(story, counted=None):
    comparison = story.comparison
    statements = {s.id: s for s in story.statements}
    lay = laying(statements, {d.id: d for d in story.documents}, comparison.origin_of, {}, lambda id: id[:8])

    def counting(id):
        counted.append(id)
        return lay(id)

    return lay if counted is None else counting


def view_of(story, lay, **more):
    comparison = story.comparison
    statements = {s.id: s for s in story.statements}
    origins = {o.id: o for o in comparison.origins}
    return question_view(
        1,
        comparison.questions[0],
        lay,
        lambda id: statements[id].document_id,
        origins,
        comparison.origin_of,
        lambda id: id[:8],
        None,
        **more,
    )


def test_alone_it_says_what_it_says_in_the_brief(story):
    whole = build_view(story.comparison, story.statements, story.documents)
    [brief] = [q for q in whole.questions if q.id == story.comparison.questions[0].id]

    alone = view_of(story, lay_of(story))

    told = [(a.text, a.standing, [(u.voice, u.said, u.outlets) for u in a.utterances]) for a in alone.answers]
    assert told == [(a.text, a.standing, [(u.voice, u.said, u.outlets) for u in a.utterances]) for a in brief.answers]
    assert [(r.sentence, r.reasons) for r in alone.relations] == [(r.sentence, r.reasons) for r in brief.relations]


def test_only_what_is_shown_is_laid_out_and_all_is_counted(story):
    counted: list[str] = []

    view = view_of(story, lay_of(story, counted), most=0, related=[])

    assert counted == []
    assert [(a.origins, a.reports, a.utterances) for a in view.answers] == [(1, 1, ()), (1, 2, ())]
    assert view.relations == ()


def test_of_the_relations_those_asked_for_are_told(story):
    [first, *_] = found = standings(story.comparison.questions[0])
    assert len(found) > 1

    [told] = view_of(story, lay_of(story), related=[first]).relations

    assert told.type is first.type


def test_what_an_answer_has_of_each_origin_is_kept_apart_from_what_has_none(story):
    [_, six] = story.comparison.questions[0].values
    [origin] = six.origins
    a, b = six.statements

    assert spoken(six, story.comparison.origin_of) == [(origin, (a, b))]
    assert spoken(six, {a: origin}) == [(origin, (a,)), (None, (b,))]
    assert spoken(six, {a: origin, b: "of another question"}) == [(origin, (a,)), (None, (b,))]


def test_reports_of_unknown_lineage_are_told_by_who_is_named_in_them(story):
    lay = lay_of(story)

    told = utterance(None, None, [lay(id) for id in story.comparison.questions[0].values[1].statements])

    assert (told.origin, told.voice, told.reports) == (None, "Karl Mende", 2)
