"""Pages as tests look at them: elements by simple selectors, words in one line, forms sent as a browser would."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient
from httpx import Response
from lxml import html

Element = html.HtmlElement

_STEP = re.compile(
    r"(?P<tag>^[a-z0-9]+)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:(?P<how>~?=)'(?P<value>[^']*)')?\]"
    r"|:nth-child\((?P<nth>\d+)\)"
)


def every(element: Element, selector: str) -> list[Element]:
    """The elements of a selector: `tag.class#id[name='value'][name~='word']:nth-child(2)`, one within another."""
    return list(element.xpath("|".join("." + "".join(map(_step, one.split())) for one in selector.split(","))))


def _step(words: str) -> str:
    tag, tests, end = "*", "", 0
    for found in _STEP.finditer(words):
        assert found.start() == end, words
        end, part = found.end(), found.groupdict()
        if part["tag"]:
            tag = part["tag"]
        elif part["nth"]:
            tests += f"[count(preceding-sibling::*)={int(part['nth']) - 1}]"
        else:
            name = part["name"] or ("class" if part["class"] else "id")
            value = part["value"] if part["name"] else part["class"] or part["id"]
            if value is None:
                tests += f"[@{name}]"
            elif part["class"] or part["how"] == "~=":
                tests += f"[contains(concat(' ', normalize-space(@{name}), ' '), ' {value} ')]"
            else:
                tests += f"[@{name}='{value}']"
    assert end == len(words), words
    return f"//{tag}{tests}"


def one(element: Element, selector: str) -> Element:
    [found] = every(element, selector)
    return found


def words(element: Element, selector: str = "") -> list[str]:
    """What the elements say, each in one line."""
    return [" ".join(e.text_content().split()) for e in (every(element, selector) if selector else [element])]


def seen(response: Response, status: int = 200) -> Element:
    """The page that came."""
    assert response.status_code == status, response.text[-800:]
    return html.document_fromstring(response.text)


def followed(client: TestClient, response: Response) -> Element:
    """The page to which an answer leads."""
    assert response.status_code == 303, response.text[-800:]
    assert response.headers["location"].startswith("/")
    answer = client.get(response.headers["location"])
    return followed(client, answer) if answer.status_code == 303 else seen(answer)


def post(client: TestClient, address: str, **fields: str) -> Response:
    """A form, sent with the field of this session."""
    page = html.document_fromstring(client.get("/").text)
    page = page if every(page, "input[name='csrf']") else html.document_fromstring(client.get("/review?below=1").text)
    return client.post(address, data={"csrf": every(page, "input[name='csrf']")[0].get("value"), **fields})
