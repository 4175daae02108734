from __future__ import annotations

from pathlib import Path

from desks import client_of
from fastapi.testclient import TestClient
from lxml import html

import quoth


def board(client: TestClient, query: str = "") -> html.HtmlElement:
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def asked(tree: html.HtmlElement) -> list[str]:
    return [" ".join(h.text_content().split()) for h in tree.xpath('//ol[@class="questions"]/li//h2/a')]


def test_the_board_has_every_question_in_the_order_of_the_case(client: TestClient, ferries: Path) -> None:
    tree = board(client)
    with quoth.open(ferries) as case:
        headings = case.headings()
    assert asked(tree) == [heading.text for heading in headings]
    assert [li.get("class") for li in tree.xpath('//ol[@class="questions"]/li')] == [
        "disputed" if h.disputes else "tension" if h.tensions else "moved" if h.replaced else "calm" for h in headings
    ]


def test_a_box_stands_for_an_origin(client: TestClient, ferries: Path) -> None:
    with quoth.open(ferries) as case:
        question = case.question(case.headings()[0].id)
    tree = board(client)
    values = tree.xpath('(//ol[@class="questions"]/li)[1]//ul[@class="values"]/li')
    filled = [len(v.xpath(".//i[not(@class)]")) for v in values]
    assert sorted(filled, reverse=True) == sorted((len(v.origins) for v in question.values), reverse=True)[:4]


def test_filters_choose_questions_and_pale_other_answers(client: TestClient) -> None:
    tree = board(client, "?source=Dorn")
    assert asked(tree)
    assert all(" of " in " ".join(p.text_content().split()) for p in tree.xpath('//ol//p[@class="meta"]'))
    assert tree.xpath('//ul[@class="chips"]/li[1]')[0].text_content().strip().startswith("said by Dorn")
    assert board(client, "?text=submarine").xpath('//p[@class="empty"]')
    assert len(asked(board(client, "?dispute=disputed"))) < len(asked(board(client)))


def test_words_are_also_looked_for_in_the_question(client: TestClient) -> None:
    some = asked(board(client, "?text=injured"))
    assert some
    assert all("injured" in text for text in some)


def test_as_of_goes_back_and_every_link_keeps_the_day(client: TestClient) -> None:
    tree = board(client, "?as_of=2031-03-06")
    assert "2 articles" in tree.xpath('//p[@class="sum"]')[0].text_content()
    assert "as_of=2031-03-06" in tree.xpath('//ol[@class="questions"]/li//h2/a/@href')[0]
    assert tree.xpath('//p[contains(@class, "past")]')


def test_what_changed_since_the_reader_last_looked(own_ferries: Path) -> None:
    with client_of(own_ferries) as client:
        assert not board(client).xpath('//span[@class="new"]')
        with quoth.open(own_ferries) as case:
            (own_ferries.parent / "post.txt").write_text(
                "---\noutlet: Post\npublished: 2031-03-09\n---\nFerries\n\n"
                "Ana Dorn said on Sunday that 7 ferries will be delivered to Port Vell by May 2033.\n"
            )
            case.add(own_ferries.parent / "post.txt")
        client.app.state.desk.wait(30)  # type: ignore[attr-defined]
        tree = board(client, "?changed=1")
        marks = [mark.text_content() for mark in tree.xpath('//span[@class="new"]')]
        assert marks
        assert set(marks) <= {"new", "new dispute", "new answer", "moved on", "more origins", "more reports", "changed"}
        word = tree.xpath('//form[@action="/seen"]//input[@name="csrf"]/@value')[0]
        assert client.post("/seen").status_code == 403
        assert client.post("/seen", data={"csrf": word}).status_code == 303
        assert not board(client).xpath('//span[@class="new"]')


def test_what_is_wrong_in_an_address_is_told(client: TestClient) -> None:
    for query, told in (("?since=soon", "not a day"), ("?text=!", "othing to search for"), ("?page=x", None)):
        answer = client.get(f"/{query}")
        assert answer.status_code == (400 if told else 200)
        assert told is None or told in html.fromstring(answer.text).text_content()
    assert client.get("/nothing").status_code == 404
