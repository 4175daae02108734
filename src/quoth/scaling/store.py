"""A folder here, or at an address that pyarrow knows (s3://, gs://, hdfs://, file://), where a dataset lies."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path
from typing import Any

from pyarrow import fs

from quoth.scaling.faults import BadDataset
from quoth.scaling.places import OBJECTS, Address, asking, place_of, reached

UNFINISHED = "_unfinished"
"""The folder of what is being written; whoever reads datasets passes over names that begin so."""


class Store:
    """Files of a dataset by their names in it.  Every method raises BadPlace where the system refuses."""

    def __init__(self, where: str) -> None:
        place = place_of(where)
        self.where = str(place)
        if isinstance(place, Address):
            self._files, root = reached(place.base)
            self._root = posixpath.join(root, place.path)
        else:
            self._files, self._root = fs.LocalFileSystem(), str(Path(self.where).absolute())

    def sizes(self, *names: str) -> dict[str, int]:
        """Of those of the files that are there."""
        with asking(self.where):
            found = self._files.get_file_info([self._path(name) for name in names])
        return {name: info.size for name, info in zip(names, found, strict=True) if info.is_file}

    def listed(self, folder: str) -> dict[str, int]:
        """The files in a folder with their sizes, in order of their names."""
        with asking(self.where):
            found = self._files.get_file_info(fs.FileSelector(self._path(folder), allow_not_found=True))
        return dict(sorted((posixpath.join(folder, info.base_name), info.size) for info in found if info.is_file))

    def read(self, name: str) -> bytes:
        with asking(self.where), self._files.open_input_stream(self._path(name), compression=None) as file:
            data: bytes = file.read()
        return data

    def write(self, name: str, data: bytes) -> None:
        """Straight away: for what nobody looks for under this name yet."""
        with asking(self.where):
            self._make_folder_of(name)
            with self._files.open_output_stream(self._path(name), compression=None) as file:
                file.write(data)

    def move(self, name: str, to: str) -> None:
        """Under another name, in place of what is there."""
        with asking(self.where):
            self._make_folder_of(to)
            self._files.move(self._path(name), self._path(to))

    def remove(self, name: str) -> None:
        """A file that may be gone already."""
        if name in self.sizes(name):
            with asking(self.where):
                self._files.delete_file(self._path(name))

    def read_json(self, name: str) -> Any:
        """Raises BadDataset for what is no JSON."""
        try:
            return json.loads(self.read(name))
        except ValueError:
            raise BadDataset("this is no valid JSON", where=f"{self.where}/{name}", remedy="read it again") from None

    def write_json(self, name: str, value: Any, by: str) -> None:
        """Whole or not at all; `by` tells apart who writes."""
        waiting = f"{UNFINISHED}/{by}.json"
        self.write(waiting, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
        self.move(waiting, name)

    def _make_folder_of(self, name: str) -> None:
        if self._files.type_name not in OBJECTS:
            self._files.create_dir(self._path(posixpath.dirname(name)))

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name) if name else self._root
