"""A store of objects that speaks as much of S3 as a dataset needs, in memory, on this machine."""

from __future__ import annotations

import hashlib
import itertools
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Bucket:
    """`objects` by "bucket/name"; `address` is what reaches a folder in a bucket."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.numbers = itertools.count(1)
        bucket = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_: object) -> None:
                pass

            def do_HEAD(self) -> None:
                self._serve()

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD  # noqa: N815

            def _serve(self) -> None:
                asked = urlsplit(self.path)
                query = {key: values[0] for key, values in parse_qs(asked.query, keep_blank_values=True).items()}
                name = unquote(asked.path).strip("/")
                status, data, headers = bucket.answer(self.command, name, query, dict(self.headers), self._body())
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "") != "chunked":
                    data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                else:
                    data = b"".join(iter(self._chunk, b""))
                return unchunked(data) if "aws-chunked" in self.headers.get("Content-Encoding", "") else data

            def _chunk(self) -> bytes:
                data = self.rfile.read(int(self.rfile.readline().split(b";")[0], 16))
                self.rfile.readline()
                return data

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        place = f"127.0.0.1:{self.server.server_port}"
        return f"s3://key:secret@news/read?endpoint_override={place}&scheme=http&region=us-east-1"

    def answer(
        self, method: str, name: str, query: dict[str, str], headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        xml = {"Content-Type": "application/xml"}
        if method == "POST" and "uploads" in query:
            upload = str(next(self.numbers))
            self.parts[upload] = {}
            return 200, whole("InitiateMultipartUpload", f"<UploadId>{upload}</UploadId>"), xml
        if method == "POST":
            self.objects[name] = b"".join(data for _, data in sorted(self.parts.pop(query["uploadId"]).items()))
            return 200, whole("CompleteMultipartUpload", "<ETag>whole</ETag>"), xml
        if method == "PUT" and "partNumber" in query:
            self.parts[query["uploadId"]][int(query["partNumber"])] = body
            return 200, b"", {"ETag": tag(body)}
        if method == "PUT":
            lowered = {key.lower(): value for key, value in headers.items()}
            copied = unquote(lowered.get("x-amz-copy-source", "")).strip("/")
            self.objects[name] = self.objects[copied] if copied else body
            return 200, whole("CopyObject", "<ETag>whole</ETag>") if copied else b"", {**xml, "ETag": tag(body)}
        if method == "DELETE":
            self.objects.pop(name, None)
            return 204, b"", {}
        if "list-type" in query:
            return 200, self._listed(name, query.get("prefix", ""), int(query.get("max-keys", 1_000))), xml
        if "/" not in name:
            return 200, b"", {}
        if name not in self.objects:
            return 404, b"<Error><Code>NoSuchKey</Code></Error>", xml
        return self._object(self.objects[name], method, headers.get("Range") or headers.get("range"))

    def _object(self, data: bytes, method: str, wanted: str | None) -> tuple[int, bytes, dict[str, str]]:
        about = {"ETag": tag(data), "Last-Modified": "Mon, 01 Mar 2021 00:00:00 GMT"}
        if method == "HEAD":
            return 200, b"", {**about, "Content-Length": str(len(data))}
        if wanted is None:
            return 200, data, about
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        piece = data[int(first) : int(last) + 1 if last else None]
        return 206, piece, {**about, "Content-Range": f"bytes {first}-{int(first) + len(piece) - 1}/{len(data)}"}

    def _listed(self, bucket: str, prefix: str, most: int) -> bytes:
        """What lies directly under a prefix, and the prefixes below it."""
        beginning = f"{bucket}/{prefix}"
        below = sorted(name for name in self.objects if name.startswith(beginning))
        direct = [name for name in below if "/" not in name.removeprefix(beginning)][:most]
        folders = {name.removeprefix(beginning).partition("/")[0] for name in below if name not in direct}
        contents = "".join(
            f"<Contents><Key>{escape(name.partition('/')[2])}</Key><Size>{len(self.objects[name])}</Size>"
            "<LastModified>2021-03-01T00:00:00Z</LastModified></Contents>"
            for name in direct
        )
        common = "".join(f"<CommonPrefixes><Prefix>{prefix}{f}/</Prefix></CommonPrefixes>" for f in sorted(folders))
        count = len(direct) + len(folders)
        return whole("ListBucket", f"<KeyCount>{count}</KeyCount><IsTruncated>false</IsTruncated>{contents}{common}")


def whole(what: str, inside: str) -> bytes:
    namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
    return f'<?xml version="1.0"?><{what}Result xmlns="{namespace}">{inside}</{what}Result>'.encode()


def tag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def unchunked(data: bytes) -> bytes:
    """What AWS's own coding of pieces holds."""
    pieces = []
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if not length:
            break
        pieces.append(data[:length])
        data = data[length + 2 :]
    return b"".join(pieces)
