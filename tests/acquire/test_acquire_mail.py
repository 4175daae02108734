"""Mails and newsletters to documents: every story of them, what is attached, and bounds on hostile ones."""

from __future__ import annotations

import datetime
import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from archives import page

from quoth.acquire import Failure, acquire, mail, mailbox
from quoth.acquire.html_blocks import read_blocks
from quoth.model import BlockKind, Document

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman Odo Brann said."
STORIES = {
    "Quay to close": PROSE,
    "Ferry late again": "The ferry from Lodia was three hours late on Monday, its master Ilse Brandt told passengers.",
    "Bridge opens": "The Dravik bridge will open in June, the ministry of transport announced in a statement.",
}


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    known = {
        "Subject": "The week at the harbour",
        "From": "Harbour Letter <news@harbour.example>",
        "Date": "Tue, 04 Mar 2031 23:30:00 +0200",
        "Message-ID": "<1@harbour.example>",
        "To": "ana@example.org",
    }
    for name, value in {**known, **headers}.items():
        message[name.replace("_", "-")] = value
    return message


def newsletter() -> str:
    more = "<br><br><a href='https://t.example/1'>Read more</a>"
    stories = "".join(
        f"<tr><td><h2>{title}</h2></td></tr><tr><td style='padding:9px'>{words}{more}</td></tr>"
        for title, words in STORIES.items()
    )
    return (
        "<html><head><style>td { color: red }</style></head><body>"
        "<div style='display:none'>Preview of it\u200c\u200c</div>"
        f"<table><tr><td>View in browser</td></tr>{stories}<tr><td>You are receiving this email because you signed up."
        "<br><br>Unsubscribe</td></tr></table></body></html>"
    )


def read(data: bytes | EmailMessage, folder: Path) -> list[Document | Failure]:
    path = folder / "a.eml"
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    return list(acquire(path))  # type: ignore[arg-type]


def one(data: bytes | EmailMessage, folder: Path) -> Document:
    (document,) = read(data, folder)
    assert isinstance(document, Document)
    return document


def spoken(document: Document) -> str:
    return " ".join(b.span.words(document.text) for b in document.blocks if b.kind is BlockKind.PARAGRAPH)


def test_a_mail_of_text_is_an_article_of_its_sender(tmp_path: Path) -> None:
    message = letter()
    message.set_content(f"{PROSE}\n\n-- \nUnsubscribe: https://harbour.example/u\n")
    document = one(message, tmp_path)
    assert (document.title, document.outlet) == ("The week at the harbour", "Harbour Letter")
    assert document.published == datetime.date(2031, 3, 4), "the sender's own day, though it is the next one elsewhere"
    assert PROSE in spoken(document)
    assert "Unsubscribe" not in spoken(document)


def test_a_newsletter_keeps_every_story_and_its_footer_is_furniture(tmp_path: Path) -> None:
    message = letter()
    message.set_content("Your program cannot show this mail.")
    message.add_alternative(newsletter(), subtype="html")
    document = one(message, tmp_path)
    for title, words in STORIES.items():
        assert title in document.text
        assert words in spoken(document)
    assert "Preview" not in document.text
    assert "cannot show" not in document.text
    for furniture in ("You are receiving", "Unsubscribe", "View in browser", "Read more"):
        assert furniture not in spoken(document)


def test_blocks_of_a_page_are_told_by_its_markup() -> None:
    found = read_blocks(
        "<p>One <b>two</b></p>three<br>four<br/><br/>five<script>no</script><h2>Six</h2><!-- no --> seven"
    )
    assert found.text == "One two\n\nthree four\n\nfive\n\nSix\n\nseven"
    assert found.headings == {found.text.index("Six")}


def test_attachments_that_are_articles_become_documents_and_others_are_told(tmp_path: Path) -> None:
    message = letter()
    message.set_content(PROSE)
    message.add_attachment(page("Quay to close"), maintype="text", subtype="html", filename="story.html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="ph\u00f6to.png")
    forwarded = letter(Subject="Fwd: the ferry")
    forwarded.set_content(STORIES["Ferry late again"])
    message.add_attachment(forwarded)
    documents = read(message, tmp_path)
    assert [d.title for d in documents if isinstance(d, Document)] == [
        "The week at the harbour", "Quay to close", "Fwd: the ferry",
    ]  # fmt: skip
    assert [d.file for d in documents if isinstance(d, Document)][1] == "a.eml/story.html"
    (note,) = [n for n in documents[0].notes if n.code == "attachments"]  # type: ignore[union-attr]
    assert note.message == "attachments that were not read: ph\u00f6to.png"
    assert documents[1].published is None, "the day of the mail is not that of what is attached"  # type: ignore[union-attr]


def test_pictures_within_the_text_are_no_attachments(tmp_path: Path) -> None:
    message = letter()
    message.set_content(f"<p>{PROSE}</p><img src='cid:1@b'>", subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<1@b>")
    assert "attachments" not in [note.code for note in one(message, tmp_path).notes]


def test_a_mail_that_is_only_its_attachment(tmp_path: Path) -> None:
    message = letter()
    message.set_content("")
    message.add_attachment(PROSE, filename="a.txt")
    assert one(message, tmp_path).file == "a.eml/a.txt"


def test_names_of_attachments_lead_nowhere(tmp_path: Path) -> None:
    message = letter()
    message.set_content(PROSE)
    message.add_attachment(PROSE + " More.", filename="../../etc/x.txt")
    data = message.as_bytes().replace(b"etc/x", b"etc/x%0A\x00")
    assert read(data, tmp_path)[1].file == "a.eml/.._.._etc_x%0A\ufffd.txt"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("header", "outlet"),
    [
        ("=?utf-8?q?H=C3=A4fen?= <a@b.example>", "Häfen"),
        ("=?broken?x?? <a@b.example>", "=?broken?x??"),
        ("a@b.example", "b.example"),
        ("", None),
        ('"Quay, The" <a@b.example>', "Quay, The"),
    ],
)
def test_the_outlet_is_the_sender_s_name_or_domain(tmp_path: Path, header: str, outlet: str | None) -> None:
    data = f"From: {header}\nSubject: Quay\nDate: yesterday\nMIME-Version: 1.0\n\n{PROSE}\n"
    document = one(data.encode(), tmp_path)
    assert document.outlet == outlet
    assert document.published is None


@pytest.mark.parametrize(
    ("charset", "encoding"), [("koi8-r", "koi8-r"), ("no-such", "utf-8"), ("utf-8", "cp1251"), ("", "cp1251")]
)
def test_charsets_right_wrong_and_unknown(tmp_path: Path, charset: str, encoding: str) -> None:
    text = "Совет порта решил закрыть северный причал, сообщил его председатель. " * 4
    head = f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    assert "Совет порта" in one(head.encode() + text.encode(encoding), tmp_path).text


def nested(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"From: a@b.example\nMIME-Version: 1.0\n{head}Content-Type: text/plain\n\n{PROSE}\n".encode()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no header"),
        (b"just words without a header", "no header"),
        (nested(100), "nested too deeply"),
        (nested(3_000), "nested too deeply"),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 4_000, "too many parts"),
        (
            b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 400_000,
            "too many parts",
        ),
        (b"From: a@b.example\n" + b"X: y\n" * 300_000 + b"\nx", "header does not end"),
        (b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\n--b--\n", "encrypted"),
        (b"From: a@b.example\nMIME-Version: 1.0\n\n \n", "no words"),
    ],
)
def test_hostile_mails_are_clear_failures(tmp_path: Path, data: bytes, what: str) -> None:
    (failed,) = read(data, tmp_path)
    assert isinstance(failed, Failure)
    assert what in failed.error.what
    assert "a.eml" in str(failed.error)


def test_mails_within_mails_end(tmp_path: Path) -> None:
    inner = letter()
    inner.set_content(PROSE)
    for number in range(9):
        outer = letter(Subject=f"Fwd {number}")
        outer.set_content(f"{PROSE} {number}")
        outer.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="a.eml")
        inner = outer
    found = read(inner, tmp_path)
    assert len(found) == 7
    assert isinstance(found[-1], Failure)


def test_a_mail_is_known_by_its_beginning_and_a_text_is_no_mail() -> None:
    message = letter()
    message.set_content(PROSE)
    (document,) = acquire("-", stdin=io.BytesIO(message.as_bytes()))
    assert isinstance(document, Document)
    assert document.outlet == "Harbour Letter"
    for text in ("From: the quay\nDate: Monday\n\nWords.", "Subject: to change\n\nWords", PROSE, "\n\n"):
        assert not mail.looks_like_mail(text.encode())


def test_a_mailbox_is_read_mail_by_mail(tmp_path: Path) -> None:
    several = []
    for title, words in STORIES.items():
        message = letter(Subject=title)
        message.set_content(f"{words}\n\nFrom here on it is quoted.\n")
        several.append(
            b"From news@harbour.example Tue Mar 04 12:00:00 2031\n"
            + message.as_bytes().replace(b"\nFrom h", b"\n>From h")
            + b"\n"
        )
    (tmp_path / "a.mbox").write_bytes(b"".join(several))
    found = list(acquire(tmp_path / "a.mbox"))
    assert [d.title for d in found if isinstance(d, Document)] == list(STORIES)
    assert [d.file for d in found if isinstance(d, Document)][1] == f"a.mbox@{len(several[0])}"
    assert all("\nFrom here" in d.text for d in found if isinstance(d, Document))
    (piped, *_) = acquire("-", stdin=io.BytesIO(b"".join(several)))
    assert isinstance(piped, Document)


def test_a_mail_that_is_too_large_is_told_and_the_others_go_on() -> None:
    line = b"From a@b.example Tue Mar 04 12:00:00 2031\n"
    data = line + b"A: b\n\n" + b"x" * 500 + b"\n\n" + line + b"C: d\n\nshort\n"
    assert list(mailbox.mails(io.BytesIO(data), 100)) == [
        (0, None),
        (len(data) // 1 - len(line) - 12, b"C: d\n\nshort\n"),
    ]


def test_a_mailbox_without_mails_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(b"words")
    (failed,) = acquire(tmp_path / "a.mbox")
    assert isinstance(failed, Failure)
    assert "no mail begins" in failed.error.what
