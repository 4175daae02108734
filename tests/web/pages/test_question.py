"""The page of a question, as a client that runs no script has it."""

from __future__ import annotations

import re

import lxml.html
import pytest
from fastapi.testclient import TestClient

from quoth.web.guard import Forbidden, Reader, Role

FERRIES = "How many ferries will be delivered to Port Vell?"
INJURED = "How many people were injured in Port Vell?"
WHEN = "When will ferries be delivered to Port Vell?"


@pytest.fixture(scope="module")
def questions(client: TestClient) -> dict[str, str]:
    """Text → the address of its page, as the board links it."""
    return addresses(client)


def addresses(client: TestClient, **query: str) -> dict[str, str]:
    tree = page(client, "/", **query)
    return {a.text_content().strip(): a.get("href") for a in tree.xpath('//ol[@class="questions"]//h2/a')}


def page(client: TestClient, address: str, *, status: int = 200, **query: str) -> lxml.html.HtmlElement:
    answer = client.get(address, params=query or None)
    assert answer.status_code == status, answer.text[:400]
    return lxml.html.fromstring(answer.text)


def text(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    """The words of elements, with a blank wherever one ends that is more than a few words in a line."""
    for small in tree.xpath("//small"):
        small.text = " " + (small.text or "")
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def csrf(tree: lxml.html.HtmlElement) -> str:
    return str(tree.xpath('//input[@name="csrf"]/@value')[0])


def test_the_heading_says_how_the_answers_stand(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[FERRIES])

    assert text(tree, "//h1") == [FERRIES]
    assert text(tree, '//p[contains(@class, "verdict")]') == [
        "Moved on: 2 answers, a later one takes the place of an earlier one."
    ]


def test_every_mark_is_a_link_with_a_name_to_words_that_are_there(
    client: TestClient, questions: dict[str, str]
) -> None:
    tree = page(client, questions[FERRIES])
    marks = tree.xpath('//div[@class="wide"]//a')

    assert [mark.get("aria-label") for mark in marks] == [
        "Ana Dorn, 4 March 2031: 12 (planned); plans; probable; superseded",
        "Ana Dorn, 6 March 2031: 9 (planned); plans; probable",
    ]
    for mark in marks:
        assert mark.get("href")[0] == "#"
        assert tree.xpath("//blockquote[@id=$id]", id=mark.get("href")[1:])
    assert len(tree.xpath('//div[@class="narrow"]//a')) == 2


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(client: TestClient, questions: dict[str, str]) -> None:
    for address in questions.values():
        tree = page(client, address)
        ids = tree.xpath("//@id")

        assert len(set(ids)) == len(ids)
        assert {href[1:] for href in tree.xpath('//a[starts-with(@href, "#")]/@href')} <= set(ids)


def test_the_table_has_answers_with_what_they_stand_on(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[INJURED])
    rows = text(tree, '//table[@class="answers"]/tbody/tr')

    assert rows[0].startswith(
        "1 three 3 1 report, 1 origin, 1 voice Coast Watch 6 March 2031; in Port Herald certain CT+"
    )
    assert rows[1].startswith("2 five 5 1 report, 1 origin, 1 voice Coast Watch 7 March 2031; in Gazette certain CT+")
    assert "a later word has taken its place" in rows[0]


def test_beyond_the_first_answers_the_table_folds(
    client: TestClient, questions: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quoth.web.pages.question.ANSWERS", 1)
    tree = page(client, questions[INJURED])

    assert text(tree, '//section/table[@class="answers"]/tbody/tr/th') == ["1 three 3"]
    assert text(tree, '//details[@class="further"]/summary') == ["1 further answer"]
    assert text(tree, '//details[@class="further"]/table/tbody/tr/th') == ["2 five 5"]


def test_how_answers_stand_to_each_other_is_told_in_words(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[INJURED])

    assert text(tree, '//table[@class="matrix"]/tbody/tr') == ["1 three ↷is superseded by;", "2 five ↶supersedes;"]
    [relation] = text(tree, '//ul[@class="relations"]/li')
    assert relation.startswith("Superseded “three” (3) is superseded by “five” (5). “five” (Coast Watch)")
    assert "the count grew" in relation
    for href in tree.xpath('//ul[@class="relations"]//a/@href'):
        assert tree.xpath("//blockquote[@id=$id]", id=href[1:])


def test_the_words_lead_to_the_article_the_origin_and_the_source_page(
    client: TestClient, questions: dict[str, str]
) -> None:
    tree = page(client, questions[FERRIES])
    [first, second] = tree.xpath('//div[@class="utterance"]')

    assert text(first, ".//mark") == ["that 9 ferries will be delivered to Port Vell by the end of June 2032"]
    links = first.xpath(".//a/@href")
    assert re.fullmatch(r"/origins/[0-9a-f]{8}", links[0])
    assert re.fullmatch(r"/articles/[0-9a-f]{8}\?statement=[0-9a-f]{8}", links[1])
    assert links[2] == "https://herald.example/herald.txt"
    assert re.fullmatch(r"#s-[0-9a-f]{8}", links[3])
    assert text(second, ".//mark") == ["that 12 ferries will be delivered to Port Vell by the end of 2031"]


def test_filters_dim_what_does_not_fit(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[FERRIES], outlet="The Courier")

    assert text(tree, '//tr[@class="dim"]/th') == ["1 9 planned"]
    assert len(tree.xpath('//blockquote[@class="dim"]')) == 1
    marks = tree.xpath('//div[@class="wide"]//a')
    assert [("dim" in mark.get("class"), mark.get("aria-label")[:22]) for mark in marks] == [
        (False, "Ana Dorn, 4 March 2031"),
        (True, "Ana Dorn, 6 March 2031"),
    ]
    assert "1 of 2 statements fit" in text(tree, '//details[@class="fit"]/summary')[0]


def test_on_an_earlier_day_it_has_the_answers_of_that_day(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[INJURED], as_of="2031-03-07")

    assert text(tree, '//table[@class="answers"]/tbody/tr/th') == ["1 three 3", "2 five 5"]
    assert not tree.xpath('//form[@method="post"]')
    assert tree.xpath('//a[@rel="prev"]/@href') == [f"{questions[INJURED]}?as_of=2031-03-06"]


def test_when_too_little_had_been_said_for_a_question_its_words_are_shown(
    client: TestClient, questions: dict[str, str]
) -> None:
    tree = page(client, questions[FERRIES], as_of="2031-03-05")

    assert text(tree, "//h1") == [FERRIES]
    assert text(tree, '//p[@class="verdict"]')[0].startswith("By the end of 5 March 2031 only this had been said")
    assert text(tree, "//mark") == ["that 12 ferries will be delivered to Port Vell by the end of 2031"]
    assert tree.xpath('//a[@rel="next"]/@href') == [f"{questions[FERRIES]}?as_of=2031-03-06"]


def test_before_anybody_answered_the_page_says_so(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[FERRIES], as_of="2031-03-01")

    assert text(tree, "//h1") == [FERRIES]
    assert text(tree, '//p[@class="verdict"]') == ["Nobody had answered this by the end of 1 March 2031."]
    assert tree.xpath('//a[@rel="next"]/@href') == [f"{questions[FERRIES]}?as_of=2031-03-04"]


def test_the_days_on_which_something_was_added_are_steps(client: TestClient, questions: dict[str, str]) -> None:
    tree = page(client, questions[FERRIES])

    assert text(tree, '//div[@class="days"]//li') == [
        "4 March 2031 1 report; first answer “12”",
        "6 March 2031 1 report; new answer “9”",
    ]
    assert tree.xpath('//a[@rel="prev"]/@href') == [f"{questions[FERRIES]}?as_of=2031-03-06"]


def test_by_the_clock_of_recording_the_steps_are_those_of_recording(
    client: TestClient, questions: dict[str, str]
) -> None:
    [step] = text(page(client, questions[FERRIES], clock="recorded"), '//div[@class="days"]//li')

    assert step.endswith("2 reports; new answers “9”, “12”")


@pytest.mark.parametrize("id", ["ffffffff", "zz", "%00"])
def test_what_is_no_question_is_not_found(client: TestClient, id: str) -> None:
    page(client, f"/questions/{id}", status=404)


def test_a_day_that_is_none_is_told(client: TestClient, questions: dict[str, str]) -> None:
    page(client, questions[FERRIES], status=400, as_of="yesterday")


def test_whoever_may_not_judge_sees_no_form(
    client: TestClient, questions: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quoth.web.rendering.known_reader", lambda request: Reader("rea", Role.READER))

    tree = page(client, questions[FERRIES])

    assert not tree.xpath('//section[@class="hand"]//form')
    assert not tree.xpath('//input[@name="part"]')


@pytest.mark.parametrize("action", ["name", "merge", "split", "undo"])
def test_nothing_is_judged_without_the_role_of_a_reviewer(
    client: TestClient, questions: dict[str, str], monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    def refused(request: object, role: Role) -> None:
        raise Forbidden(f"needs a {role.name}")

    monkeypatch.setattr("quoth.web.pages.question_change.require", refused)
    answer = post(client, questions[FERRIES], action, words="Mine", other="ff", answer="1", judgement="ff")

    assert answer.status_code == 403
    assert "REVIEWER" in answer.text


# ---------------------------------------------------------------- the analyst's hand


@pytest.fixture
def own(own_client: TestClient) -> tuple[TestClient, dict[str, str]]:
    return own_client, addresses(own_client)


def post(client: TestClient, address: str, action: str, **fields: str | list[str]) -> object:
    return client.post(f"{address}/{action}", data={"csrf": csrf(page(client, address)), **fields})


def test_a_question_is_named_and_the_name_undone(own: tuple[TestClient, dict[str, str]]) -> None:
    client, at = own
    answer = post(client, at[FERRIES], "name", words="Ferries for <Port Vell>", note="shorter")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{at[FERRIES]}#hand")

    tree = page(client, at[FERRIES])
    assert text(tree, "//h1") == ["Ferries for <Port Vell>"]
    [judged] = text(tree, '//ul[@class="judged"]/li/p')
    assert judged.startswith(f"“{FERRIES}” is called “Ferries for <Port Vell>” ana, ")
    assert ": shorter · " in judged

    undone = client.post(
        f"{at[FERRIES]}/undo",
        data={"csrf": csrf(tree), "judgement": tree.xpath('//input[@name="judgement"]/@value')[0]},
    )
    assert undone.status_code == 303
    assert text(page(client, at[FERRIES]), "//h1") == [FERRIES]


def test_a_name_without_words_is_refused_beside_the_form_and_nothing_is_lost(
    own: tuple[TestClient, dict[str, str]],
) -> None:
    client, at = own
    answer = post(client, at[FERRIES], "name", words="  ", note="a long note")
    assert answer.status_code == 422

    tree = lxml.html.fromstring(answer.text)
    assert len(tree.xpath('//form[@id="name"]//p[@id="wrong"]')) == 1
    assert len(tree.xpath('//p[@role="alert"]')) == 1
    assert tree.xpath('//form[@id="name"]//input[@name="note"]/@value') == ["a long note"]
    assert text(tree, "//h1") == [FERRIES]


def test_two_questions_are_merged(own: tuple[TestClient, dict[str, str]]) -> None:
    client, at = own
    tree = page(client, at[FERRIES], merge="people injured")
    assert text(tree, '//div[@id="merge"]//label[@class="offer"]//bdi') == [INJURED]

    other = tree.xpath('//input[@name="other"]/@value')[0]
    answer = post(client, at[FERRIES], "merge", other=other)
    assert answer.status_code == 303

    merged = page(client, answer.headers["location"].partition("#")[0])
    assert len(merged.xpath('//table[@class="answers"]/tbody/tr')) == 4
    assert "are one question" in text(merged, '//ul[@class="judged"]/li/p')[0]


def test_merging_with_nothing_or_another_kind_is_refused(own: tuple[TestClient, dict[str, str]]) -> None:
    client, at = own
    nothing = post(client, at[FERRIES], "merge")
    another = post(client, at[FERRIES], "merge", other=at[WHEN].rpartition("/")[2], note="kept")

    assert (nothing.status_code, another.status_code) == (422, 422)
    assert text(lxml.html.fromstring(nothing.text), '//p[@id="wrong"]') == ["Choose the question to merge with."]
    tree = lxml.html.fromstring(another.text)
    assert "their answers cannot be laid side by side" in text(tree, '//p[@id="wrong"]')[0]
    assert tree.xpath('//input[@id="note-merge"]/@value') == ["kept"]


def test_statements_or_whole_answers_are_split_off(own: tuple[TestClient, dict[str, str]]) -> None:
    client, at = own
    tree = page(client, at[FERRIES])
    part = tree.xpath('//input[@name="part"]/@value')
    assert len(part) == 2

    answer = post(client, at[FERRIES], "split", answer="1")
    assert answer.status_code == 303
    rest = page(client, at[FERRIES])
    assert text(rest, '//table[@class="answers"]/tbody/tr/th') == ["1 12 planned"]
    assert len(page(client, "/").xpath('//ol[@class="questions"]/li')) == 5


def test_splitting_nothing_or_everything_is_refused_and_the_choice_kept(
    own: tuple[TestClient, dict[str, str]],
) -> None:
    client, at = own
    part = page(client, at[FERRIES]).xpath('//input[@name="part"]/@value')

    nothing = post(client, at[FERRIES], "split")
    everything = post(client, at[FERRIES], "split", part=part)

    assert (nothing.status_code, everything.status_code) == (422, 422)
    tree = lxml.html.fromstring(everything.text)
    assert "without answers" in text(tree, '//p[@id="wrong"]')[0]
    assert len(tree.xpath('//input[@name="part" and @checked]')) == 2


def test_without_the_field_of_the_session_nothing_is_done(own: tuple[TestClient, dict[str, str]]) -> None:
    client, at = own

    assert client.post(f"{at[FERRIES]}/name", data={"words": "Taken over"}).status_code == 403
    assert text(page(client, at[FERRIES]), "//h1") == [FERRIES]
