"""What stands in an archive of evidence to tell, in plain words, what is in it and how it is checked."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.model import Head
from quoth.present.words import count


def readme(
    head: Head,
    *,
    whole: bool,
    statements: int,
    documents: int,
    originals: str | None,
    stamps: Sequence[str],
    authorities: bool,
) -> str:
    """`originals`: the folder of the original bytes, where there are any; `stamps`: names of time stamps."""
    parts = [
        _beginning(head, whole, count(statements, "statement"), count(documents, "document"), originals, stamps),
        _checks(head, whole, originals),
        _stamps(head, stamps, authorities),
        _ending(whole),
    ]
    return "\n".join(parts)


def _beginning(
    head: Head, whole: bool, statements: str, documents: str, originals: str | None, stamps: Sequence[str]
) -> str:
    what = "a case" if whole else "a part of a case"
    lines = [
        f"This is {what} of Quoth: a ledger of who said what, with the exact words as evidence.",
        f"It holds {statements} of {documents}. Nothing in it needs Quoth, or a network, to be",
        "read or checked: Python 3.11 or later, sha256sum and OpenSSL are enough.",
        "",
        "  brief.html       for reading: the questions, who answered what, and the words",
        *(["  case.db          the whole case, a SQLite database"] if whole else []),
        "  texts/           the text of each document, under its SHA-256",
        *(
            [f"  {originals + '/':<16} the bytes that the documents were made of, under their SHA-256"]
            if originals
            else []
        ),
        "  proofs.json      the rows of these documents and statements, each with its proof",
        "  head.txt         the head of the case: one hash that covers every row in it",
        *(["  anchors/         time stamps of an authority over heads (RFC 3161)"] if stamps else []),
        "  check_case.py    the check: 200 lines of plain Python, to be read before they are run",
        "  MANIFEST.sha256  the SHA-256 of every other file here",
        "",
        "The head of the case, when this was made:",
        "",
        f"  {head}",
        "",
    ]
    return "\n".join(lines)


def _checks(head: Head, whole: bool, originals: str | None) -> str:
    option = f" --originals {originals}" if originals else ""
    lines = [
        "",
        "HOW TO CHECK IT",
        "",
        "Unpack it, go into the folder, and type:",
        "",
        "$ sha256sum --strict -c MANIFEST.sha256",
        "",
        "  Proves that no file was damaged or changed since the manifest was written. It does not",
        "  prove who wrote the manifest: whoever changes a file can change it as well. So compare",
        "  the head above with one that you got in another way: in a mail, on paper, in print.",
        "",
    ]
    if whole:
        lines += [
            f"$ python3 -I check_case.py case.db --head {head}{option}",
            "",
            "  Proves that the case is the one that had this head: every row of it, in its order,",
            "  none changed, left out or put in; that the texts have their hashes; and that the",
            "  words of every statement stand in its text.",
            "",
        ]
    lines += [
        f"$ python3 -I check_case.py proofs.json --head {head}{option}",
        "",
        "  Proves of each statement and document that it is a row of the case that had this head,"
        + ("" if whole else "\n  though the rest of the case is not here;"),
        "  and that the words stand in the text. A single row can be checked without the others.",
        "",
    ]
    return "\n".join(lines)


def _stamps(head: Head, stamps: Sequence[str], authorities: bool) -> str:
    if not stamps:
        return "\n".join(
            [
                "",
                "There is no time stamp over this case. Nothing here proves when it was made, but the",
                "word of whoever made it.",
                "",
            ]
        )
    file = "anchors/authorities.pem"
    lines = [""]
    for name in stamps:
        lines.append(f"$ openssl ts -verify -data {name}.txt -in {name}.tsr -CAfile {file}")
    lines += [
        "",
        "  Proves that the head in the .txt file was there when the authority stamped it. To see",
        "  when that was: openssl ts -reply -text -in " + stamps[-1] + ".tsr",
        "  A head in anchors/ with a smaller number than the one above is an earlier state of",
        "  the case; check_case.py with --head and that head proves that the case begins with it"
        "\n  (where the whole case is here).",
    ]
    if authorities:
        lines += [
            "  The certificates in authorities.pem were put there by whoever made this archive:",
            "  compare them with those that the authority publishes, or use those.",
        ]
    else:
        lines += [
            f"  The file {file} is not here: put the certificates there that the",
            "  authority publishes for its time stamps.",
        ]
    return "\n".join([*lines, ""])


def _ending(whole: bool) -> str:
    lines = [
        "",
        "WHAT NONE OF THIS PROVES",
        "",
        "That an article is genuine, or was not written by whoever made the case; that a speaker",
        "said what an article reports; that a statement was read rightly by the program, or that",
        "what was said is true. Read the words.",
        "brief.html is derived: only the manifest covers it. Each line in it names the statement",
        "that it rests on, and that is in proofs.json.",
    ]
    if not whole:
        lines.append("What other articles in the case say of the same matter is not here.")
    return "\n".join([*lines, ""])
