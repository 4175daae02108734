"""The page of an utterance."""

from __future__ import annotations

import re

import lxml.html
from fastapi.testclient import TestClient


def page(client: TestClient, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:400]
    return lxml.html.fromstring(answer.text)


def text(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def origin_of(client: TestClient, voice: str, outlet: str) -> str:
    """The address of the one utterance of that voice that the outlet reported."""
    snapshot = client.app.state.desk.snapshot()  # type: ignore[attr-defined]
    [found] = [
        o
        for o in snapshot.origins.values()
        if o.voice == voice and outlet in {snapshot.documents[d].outlet for d in o.documents}
    ]
    return f"/origins/{snapshot.short(found.id)}"


def test_the_way_of_an_utterance_is_drawn_and_each_name_leads_somewhere(client: TestClient) -> None:
    tree = page(client, origin_of(client, "Piet Marsh", "Gazette"))
    boxes = tree.xpath('//div[@class="wide"]//a')

    assert text(tree, "//h1") == ["Piet Marsh, 7 March 2031"]
    assert {a.xpath("string(text[1])"): a.get("aria-label") for a in boxes} == {
        "Piet Marsh": "Piet Marsh, who said it: 7 March 2031",
        "Port Herald": "Port Herald, 7 March 2031: the article",
        "Gazette": "Gazette, 7 March 2031: the article",
    }
    leads = {a.xpath("string(text[1])"): a.get("href") for a in boxes}
    assert re.fullmatch(r"/sources/[0-9a-f]{8}", leads["Piet Marsh"])
    assert re.fullmatch(r"/articles/[0-9a-f]{8}\?statement=[0-9a-f]{8}", leads["Gazette"])


def test_its_steps_are_a_list_with_links_to_outlets_and_articles(client: TestClient) -> None:
    tree = page(client, origin_of(client, "Piet Marsh", "Gazette"))

    assert [text(row, "td/a") for row in tree.xpath("//tbody/tr")] == [
        ["Piet Marsh", "Port Herald", "Gazette, 7 March 2031"],
        ["Port Herald", "Gazette", "Gazette, 7 March 2031"],
    ]
    links = tree.xpath("//tbody/tr[2]//a/@href")
    assert links[:2] == ["/outlets/Port%20Herald", "/outlets/Gazette"]


def test_the_words_of_its_reports_stand_under_it(client: TestClient) -> None:
    tree = page(client, origin_of(client, "Ana Dorn", "The Courier"))

    assert text(tree, "//blockquote//mark") == ["that 12 ferries will be delivered to Port Vell by the end of 2031"]
    assert "How many ferries will be delivered to Port Vell?" in text(tree, '//div[@class="head"]/p/a')


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(client: TestClient) -> None:
    tree = page(client, origin_of(client, "Piet Marsh", "Gazette"))
    ids = tree.xpath("//@id")

    assert len(set(ids)) == len(ids)
    assert {href[1:] for href in tree.xpath('//a[starts-with(@href, "#")]/@href')} <= set(ids)


def test_what_is_no_utterance_is_not_found(client: TestClient) -> None:
    assert client.get("/origins/ffffffff").status_code == 404
