"""Every reader of bytes, on all that fuzzing ever found wrong and on what small damage makes of good input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import READERS

FUZZ = Path(__file__).resolve().parent.parent / "fuzz"
INPUTS = sorted((FUZZ / "corpus").glob("*/*"))
TELLING = [b"\x00", b"\xff", b"\r\n\r\n", b"9" * 11, b"-1", b"<", b'"', b"\xef\xbb\xbf", b"\xed\xa0\x80"]
SLOW = frozenset({"pdf", "any", "html", "mail", "mailbox", "warc", "csv", "json", "jsonl"})


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.relative_to(FUZZ / "corpus").as_posix())
def test_the_corpus_is_read_or_refused(path: Path) -> None:
    READERS[path.parent.name](path.read_bytes())


def test_every_reader_has_something_to_begin_with() -> None:
    assert {path.parent.name for path in INPUTS} == set(READERS)


@st.composite
def damaged(draw: st.DrawFn, reader: str) -> bytes:
    """A good input with a few stretches cut out, doubled, turned round, or replaced by bytes or by parts of another."""
    several = [path.read_bytes() for path in INPUTS if path.parent.name == reader]
    data = draw(st.sampled_from(several))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        stretch = data[start:end]
        other = draw(st.sampled_from(several))
        at = draw(st.integers(0, len(other)))
        instead = draw(
            st.one_of(
                st.just(b""), st.just(stretch * 2), st.just(stretch[::-1]), st.binary(max_size=8),
                st.just(other[at : at + 40]),
                st.sampled_from(TELLING),
            )
        )  # fmt: skip
        data = data[:start] + instead + data[end:]
    return data


@pytest.mark.parametrize("reader", sorted(READERS))
def test_damage_is_read_or_refused(reader: str) -> None:
    @settings(
        max_examples=12 if reader in SLOW else 60, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(damaged(reader))
    def read(data: bytes) -> None:
        READERS[reader](data)

    read()


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(set(READERS) - {"pdf"})))
def test_any_bytes_are_read_or_refused(data: bytes, reader: str) -> None:
    READERS[reader](data)
