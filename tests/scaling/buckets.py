"""A store of objects that is reached as S3 is: moto, in a process and an environment of its own."""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyarrow import fs

PYTHON = Path(sys.prefix) / "s3" / "bin" / "python"
"""Of the environment that `make test` makes of requirements/s3.txt."""
KEY = "AKIAQUOTH"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Server:
    port: int
    log: Path

    def bucket(self) -> Bucket:
        """A new one, empty."""
        bucket = Bucket(self, f"news-{next(_NUMBERS)}")
        bucket.files.create_dir(bucket.name)
        return bucket


@dataclass(frozen=True)
class Bucket:
    server: Server
    name: str
    files: fs.S3FileSystem = field(init=False)

    def __post_init__(self) -> None:
        files, _ = fs.FileSystem.from_uri(f"{self.at('')}&allow_bucket_creation=true")
        object.__setattr__(self, "files", files)

    def at(self, path: str, key: str | None = KEY) -> str:
        """What reaches it, with the key in it."""
        signed = "" if key is None else f"{key}:secret@"
        place = f"endpoint_override=127.0.0.1:{self.server.port}&scheme=http&region=us-east-1"
        return f"s3://{signed}{self.name}/{path}?{place}"

    def put(self, name: str, data: bytes) -> None:
        with self.files.open_output_stream(f"{self.name}/{name}", compression=None) as file:
            file.write(data)

    def put_files(self, folder: Path) -> None:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                self.put(file.relative_to(folder).as_posix(), file.read_bytes())

    def remove(self, name: str) -> None:
        self.files.delete_file(f"{self.name}/{name}")

    def objects(self, folder: str) -> dict[str, bytes]:
        """By their names in the folder."""
        root = f"{self.name}/{folder}"
        found = self.files.get_file_info(fs.FileSelector(root, recursive=True))
        return {info.path.removeprefix(f"{root}/"): self._read(info.path) for info in found if info.is_file}

    def names(self, folder: str) -> set[str]:
        """Of what is in the folder now; nothing where there is none."""
        found = self.files.get_file_info(fs.FileSelector(f"{self.name}/{folder}", allow_not_found=True))
        return {info.base_name for info in found}

    def asked(self) -> list[dict[str, Any]]:
        """The requests about it until now: method, path, range."""
        found = map(json.loads, self.server.log.read_text(encoding="utf-8").splitlines())
        return [one for one in found if one["path"].startswith(f"/{self.name}")]

    def _read(self, path: str) -> bytes:
        with self.files.open_input_stream(path, compression=None) as file:
            data: bytes = file.read()
        return data


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The server, as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "asked.jsonl"
    log.touch()
    program = Path(__file__).with_name("s3_server.py")
    with (folder / "told").open("wb") as told:
        process = subprocess.Popen([PYTHON, program, str(port), KEY, log], stdout=told, stderr=told)
        try:
            _wait_for(process, port, folder / "told")
            yield Server(port, log)
        finally:
            process.terminate()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, told: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, told.read_text()
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
