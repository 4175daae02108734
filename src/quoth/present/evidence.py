"""A case, or a part of it, put together for somebody who trusts nobody: an archive that can be checked without Quoth.

The archive is the same, byte for byte, whenever it is made of the same case on the same day.  Every name in it is
fixed, a number or a hash: nothing that a document says becomes a path.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from quoth.errors import NotFound
from quoth.ledger import check_case
from quoth.model import Head, Question, Statement
from quoth.present.brief import brief_html
from quoth.present.evidence_readme import readme
from quoth.present.layout import build_view
from quoth.present.moments import timeline
from quoth.present.part import Part, part_of

if TYPE_CHECKING:
    from quoth.case import Case

Content = bytes | Path | Callable[[], bytes]
"""Of a file in the archive: as it is, out of a file, or made when its turn comes."""

MANIFEST = "MANIFEST.sha256"
CASE = "case.db"
TIME = (1980, 1, 1, 0, 0, 0)
"""Of every file: the earliest that an archive can name."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is in an archive that was written."""

    head: Head
    statements: int
    documents: int
    hashes: tuple[str, ...]
    """Of the bytes of the documents."""
    originals: int
    """How many of these are there."""
    anchors: int


def write_evidence(
    case: Case,
    path: Path,
    *,
    questions: Sequence[Question] = (),
    statements: Sequence[Statement] = (),
    authorities: bytes | None = None,
    title: str,
    made: datetime.date,
    version: str,
) -> Told:
    """Write the archive to `path`, which takes its place when it is whole.

    Without `questions` and `statements` it holds the whole case, otherwise only what these rest on, with proofs that
    it is in the case.  `authorities`: certificates (PEM) by which time stamps can be checked.  Raises OSError, and
    LedgerError where the whole of a case cannot be handed on as a file.
    """
    whole = not questions and not statements
    folder = f"{CASE}-originals" if whole else "originals"
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
        copy, archive = Path(scratch) / CASE, Path(scratch) / "archive"
        with case.copy(copy) if whole else contextlib.nullcontext(case) as of_one_moment:
            part = None if whole else _part(case, questions, statements)
            contents, told = _contents(of_one_moment, part, title, made, version)
            originals = _originals(case, told.hashes, folder)
            told = dataclasses.replace(told, originals=len(originals))
            contents |= {**originals, **({CASE: copy} if whole else {})}
            _write(archive, _with_readme(contents, told, authorities, folder, whole))
        archive.replace(path)
    return told


# ---------------------------------------------------------------- what goes into it


def _part(case: Case, questions: Sequence[Question], statements: Sequence[Statement]) -> Part:
    return part_of(case.comparison(), case.known()[0], case.documents(), questions, statements)


def _contents(
    case: Case, part: Part | None, title: str, made: datetime.date, version: str
) -> tuple[dict[str, Content], Told]:
    """Everything but the case file, the originals and what tells of it all."""
    head = case.head()
    if part is None:
        statements, documents = case.known()
        part = Part(case.comparison(), statements, documents)
    view = build_view(
        part.comparison, part.statements, part.documents, title=title, made=made, version=version, head=str(head),
        assessments=case.assessments(part.comparison),
    )  # fmt: skip
    anchors = list(case.anchors())
    stamps = {f"anchors/{n:04}.tsr": anchor.response for n, anchor in enumerate(anchors, 1)}
    stamped = {f"anchors/{n:04}.txt": anchor.head.line for n, anchor in enumerate(anchors, 1)}
    texts = {f"texts/{_sha256(d.text.encode())}.txt": d.text.encode() for d in part.documents}
    contents: dict[str, Content] = {
        "brief.html": brief_html(view, timeline(part.comparison, part.statements, part.documents)).encode(),
        "check_case.py": Path(check_case.__file__),
        "head.txt": head.line,
        "proofs.json": partial(_proofs, case, head, part),
        **stamps,
        **stamped,
        **texts,
    }
    return contents, Told(
        head=head,
        statements=len(part.statements),
        documents=len(part.documents),
        hashes=tuple(dict.fromkeys(d.sha256 for d in part.documents)),
        originals=0,
        anchors=len(anchors),
    )


def _proofs(case: Case, head: Head, part: Part) -> bytes:
    """The rows of the documents and of the statements, each with its path to the head; documents first."""
    rows = [("documents", d.id) for d in part.documents] + [("statements", s.id) for s in part.statements]
    proofs = [case.ledger.inclusion(table, id_, head) for table, id_ in rows]
    plain = [{"number": proof.number, "entry": proof.entry, "path": list(proof.path)} for proof in proofs]
    return json.dumps({"head": str(head), "rows": plain}, ensure_ascii=False, indent=1).encode()


def _originals(case: Case, hashes: Sequence[str], folder: str) -> dict[str, Content]:
    """The bytes of these hashes, as far as they are kept."""
    found: dict[str, Content] = {}
    for sha256 in hashes:
        if case.ledger.original(sha256) is not None:
            found[f"{folder}/{sha256[:2]}/{sha256}"] = partial(_original, case, sha256)
    return found


def _original(case: Case, sha256: str) -> bytes:
    data = case.ledger.original(sha256)
    if data is None:
        raise NotFound(f"the original {sha256} was taken away meanwhile", where=case.path)
    return data


def _with_readme(
    contents: dict[str, Content], told: Told, authorities: bytes | None, folder: str, whole: bool
) -> dict[str, Content]:
    if authorities is not None:
        contents = {**contents, "anchors/authorities.pem": authorities}
    text = readme(
        told.head,
        whole=whole,
        statements=told.statements,
        documents=told.documents,
        originals=folder if told.originals else None,
        stamps=[name.removesuffix(".tsr") for name in sorted(contents) if name.endswith(".tsr")],
        authorities=authorities is not None,
    )
    return {**contents, "README.txt": text.encode()}


# ---------------------------------------------------------------- the archive


def _write(path: Path, contents: dict[str, Content]) -> None:
    hashes = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            hashes.append(f"{_put(archive, name, contents[name])}  {name}\n")
        _put(archive, MANIFEST, "".join(hashes).encode())


def _put(archive: zipfile.ZipFile, name: str, content: Content) -> str:
    """Put a file into the archive; its SHA-256 (hex)."""
    entry = zipfile.ZipInfo(name, TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    found = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as file:
        for piece in _pieces(content):
            found.update(piece)
            file.write(piece)
    return found.hexdigest()


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, Path):
        with content.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece
    else:
        yield content if isinstance(content, bytes) else content()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
