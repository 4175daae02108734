"""Files and folders at addresses that pyarrow knows (s3://, gs://, hdfs:// …), looked at as paths are."""

from __future__ import annotations

import fnmatch
import io
import posixpath
import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Literal
from urllib.parse import unquote

from pyarrow import fs

from quoth.acquire import Place
from quoth.acquire.streams import PIECE
from quoth.scaling.faults import BadPlace

BLOCK = 1 << 20
"""Bytes that are asked for at a time."""
KEPT = 2
"""Blocks of an open file in memory: whoever goes through it looks back a little."""

OBJECTS = frozenset({"s3", "gcs", "abfs"})
"""Stores that have no folders: there names have slashes in them."""

PATIENCE = 30
"""Seconds for which a store of Google is asked again, unless its address says `retry_limit_seconds`: pyarrow would for
a quarter of an hour, also where there is no key."""

_FILE = "file://"
_NO_BUCKET = "NO_SUCH_BUCKET"
_REFUSED = ("ACCESS_DENIED", "INVALID_ACCESS_KEY", "SIGNATURE_DOES_NOT_MATCH", "EXPIRED_TOKEN", "INVALID_CLIENT_TOKEN",
            "HTTP status 401", "HTTP status 403", "PERMISSION_DENIED", "UNAUTHENTICATED", "Permission denied",
            "does not have storage.", "Could not create a OAuth2 access token", "AuthenticationFailed",
            "AuthorizationFailure")  # fmt: skip
_UNREACHED = ("NETWORK_CONNECTION", "curlCode", "UNAVAILABLE", "Could not resolve", "Connection refused", "timed out")
_KEYS = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile of AWS",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS; gs://anonymous@BUCKET for what is public",
    "gcs": "GOOGLE_APPLICATION_CREDENTIALS; gs://anonymous@BUCKET for what is public",
}


def is_address(where: str) -> bool:
    """Whether it is an address, and no path; file:// addresses are other names of paths."""
    return "://" in where and not where.lower().startswith(_FILE)


def from_anywhere(where: str) -> str:
    """The same place as other processes call it, which run in other folders, and as it is called from there too."""
    if "://" in where:
        return where
    path = Path(where).absolute()
    return str(path.resolve() if ".." in path.parts else path)


def place_of(where: str) -> Place:
    """The path, or what is at the address.  Raises BadPlace."""
    if is_address(where):
        return Address.of(where)
    return Path(unquote(where[len(_FILE) :])) if where.lower().startswith(_FILE) else Path(where)


def places_of(source: str) -> tuple[Place, ...]:
    """What a source names: all that fit, in order of their names, where it is an address with * or [ ] in it.

    * stands for anything within a name, ** for folders, however many; a shell does that for paths.  Raises BadPlace.
    """
    path, mark, query = source.partition("?")
    if "://" not in path or not re.search(r"[*[]", path):
        return (place_of(source),)
    fixed, *patterns = re.split(r"/(?=[^/]*[*[])", path, maxsplit=1)
    if not patterns or fixed.endswith(":/"):
        raise BadPlace("no pattern can stand for a bucket", where=_shown(source), remedy="name the bucket")
    shown = _shown(source)
    try:
        with asking(shown):
            below = place_of(fixed + mark + query)
            found = tuple(sorted(_matching(below, patterns[0].strip("/").split("/")), key=str))
    except BadPlace as problem:
        problem.where = shown
        raise
    if not found:
        raise BadPlace("nothing there fits", where=shown, remedy="look what is there; * stays within a folder")
    return found


@lru_cache(maxsize=64)
def reached(base: str) -> tuple[fs.FileSystem, str]:
    """The file system whose address begins so, and the path of its root.  Raises BadPlace."""
    shown, asked = _shown(base), _patient(base)
    with asking(shown):
        try:
            files, root = fs.FileSystem.from_uri(asked)
        except (OSError, ValueError, NotImplementedError) as problem:
            raise OSError(str(problem).replace(asked, shown)) from None
    return files, root


def _patient(base: str) -> str:
    """With a bound to how long the store is asked again, where pyarrow's is too long."""
    if not base.startswith(("gs://", "gcs://")) or "retry_limit_seconds=" in base:
        return base
    return f"{base}{'&' if '?' in base else '?'}retry_limit_seconds={PATIENCE}"


@contextmanager
def asking(where: str) -> Iterator[None]:
    """Raises BadPlace, with what a person can do, for whatever the system or the store answers."""
    try:
        yield
    except OSError as problem:
        raise _refused(problem, where) from None


@dataclass(frozen=True, slots=True)
class Address:
    """See `quoth.acquire.Place`.  `base` is what reaches the store, with keys and options if there are any; `path` is
    what follows it.  `known` is what a listing has told.  Methods raise BadPlace where the store refuses,
    and where it has no such bucket.
    """

    base: str = field(repr=False)
    path: str
    known: Literal["file", "folder"] | None = field(default=None, compare=False)

    @classmethod
    def of(cls, where: str) -> Address:
        """Raises BadPlace where it cannot be reached."""
        beginning, mark, query = where.partition("?")
        scheme, _, rest = beginning.partition("://")
        host, _, path = rest.partition("/")
        made = cls(f"{scheme.lower()}://{host}/{mark}{query}", unquote(path).strip("/"))
        reached(made.base)
        return made

    def __str__(self) -> str:
        return _shown(self.base).removesuffix("/") + (f"/{self.path}" if self.path else "")

    def __lt__(self, other: Address) -> bool:
        return self.path.split("/") < other.path.split("/")

    def __truediv__(self, name: str) -> Address:
        return Address(self.base, posixpath.join(self.path, name) if name != "." else self.path)

    @property
    def name(self) -> str:
        return posixpath.basename(self.path)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @property
    def parent(self) -> Address:
        return Address(self.base, posixpath.dirname(self.path))

    @property
    def parents(self) -> tuple[Address, ...]:
        above = [self.parent] if self.path else []
        while above and above[-1].path:
            above.append(above[-1].parent)
        return tuple(above)

    def relative_to(self, other: Address) -> PurePosixPath:
        return PurePosixPath(self.path).relative_to(other.path)

    def resolve(self) -> Address:
        return self

    def is_symlink(self) -> bool:
        return False

    def is_dir(self) -> bool:
        return self._kind() == "folder"

    def is_file(self) -> bool:
        return self._kind() == "file"

    def exists(self) -> bool:
        return self._kind() is not None

    def stat(self) -> object:
        """Raises FileNotFoundError."""
        if (kind := self._kind()) is None:
            raise FileNotFoundError(f"no such file: {self}")
        return kind

    def iterdir(self) -> Iterator[Address]:
        files, path = self._reached()
        with asking(str(self)):
            for info in files.get_file_info(fs.FileSelector(path)):
                kind: Literal["file", "folder"] = "folder" if info.type == fs.FileType.Directory else "file"
                yield Address(self.base, posixpath.join(self.path, info.base_name), kind)

    def open(self, mode: Literal["rb"] = "rb") -> BinaryIO:
        """To be read in blocks, from wherever it is sought.  Raises FileNotFoundError."""
        self.stat()
        files, path = self._reached()
        with asking(str(self)):
            return io.BufferedReader(_Blocks(files.open_input_file(path), str(self)), PIECE)

    def _kind(self) -> str | None:
        if self.known is not None:
            return self.known
        files, path = self._reached()
        with asking(str(self)):
            found = files.get_file_info(path).type
            if found == fs.FileType.NotFound and files.type_name in OBJECTS:
                bucket = reached(self.base)[1]
                if files.get_file_info(bucket).type == fs.FileType.NotFound:
                    raise OSError(_NO_BUCKET)
        return {fs.FileType.File: "file", fs.FileType.Directory: "folder"}.get(found)

    def _reached(self) -> tuple[fs.FileSystem, str]:
        files, root = reached(self.base)
        return files, posixpath.join(root, self.path) if self.path else root


class _Blocks(io.RawIOBase):
    """A file of a store, asked for a block at a time."""

    def __init__(self, file: Any, where: str) -> None:
        self._file = file
        self._where = where
        with asking(where):
            self._size = file.size()
        self._position = 0
        self._blocks: OrderedDict[int, memoryview] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._position >= self._size:
            return 0
        number, inside = divmod(self._position, BLOCK)
        piece = self._block(number)[inside : inside + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _block(self, number: int) -> memoryview:
        if number not in self._blocks:
            begin = number * BLOCK
            length = min(BLOCK, self._size - begin)
            with asking(self._where):
                data = self._file.read_at(length, begin)
                if len(data) < length:
                    raise OSError("it is shorter than it was")
            self._blocks[number] = memoryview(data)
            while len(self._blocks) > KEPT:
                self._blocks.popitem(last=False)
        return self._blocks[number]

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _matching(folder: Place, patterns: list[str]) -> Iterator[Place]:
    """What lies below a folder, if there is one, under names that fit, one pattern for each level."""
    if not folder.is_dir():
        return
    pattern, rest = patterns[0], patterns[1:]
    if pattern == "**" and not rest:
        yield folder
        return
    if pattern == "**":
        yield from _matching(folder, rest)
    for place in folder.iterdir():
        if place.name.startswith("."):
            continue
        if pattern == "**" and place.is_dir():
            yield from _matching(place, patterns)
        elif pattern != "**" and fnmatch.fnmatchcase(place.name, unquote(pattern)):
            if rest and place.is_dir():
                yield from _matching(place, rest)
            elif not rest:
                yield place


def _shown(address: str) -> str:
    """An address without keys and options, for people and for what is written down."""
    return re.sub(r"(?<=://)[^/?@]*@", "", address.partition("?")[0])


def _refused(problem: OSError, where: str) -> BadPlace:
    what = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
    if _NO_BUCKET in what:
        return BadPlace("there is no such bucket", where=where, remedy="check its name, region and endpoint_override")
    if any(sign in what for sign in _REFUSED):
        scheme = where.partition("://")[0]
        remedy = f"have a key that may do this, on every machine: {_KEYS.get(scheme, 'see the manual of the store')}"
        return BadPlace("access is refused", where=where, remedy=remedy)
    if any(sign in what for sign in _UNREACHED):
        return BadPlace("it cannot be reached", where=where, remedy="check the network, the name and endpoint_override")
    if "libjvm" in what or "libhdfs" in what:
        return BadPlace(
            "hdfs:// needs Java and libhdfs", where=where, remedy="set JAVA_HOME, HADOOP_HOME and CLASSPATH"
        )
    if "Unrecognized filesystem type" in what:
        return BadPlace("such addresses are not known", where=where, remedy="s3://, gs://, hdfs://, abfs:// or file://")
    return BadPlace(f"this cannot be read or written ({what})", where=where, remedy="check the address")
