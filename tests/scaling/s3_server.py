"""moto as a store of objects that asks for a key, in a process of its own; run by an environment that has moto.

    python s3_server.py PORT KEY LOG

Whoever signs with another key, or with none, is refused, as S3 does it.  LOG gets a line of JSON for each request.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

Answer = Callable[..., Any]


def main(port: int, key: str, log: Path) -> None:
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
        asked = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "range": environ.get("HTTP_RANGE")}
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asked) + "\n")
        signed = re.search(r"Credential=([^/]*)/", environ.get("HTTP_AUTHORIZATION", ""))
        if signed is None:
            return refused(start_response, "AccessDenied")
        if signed[1] != key:
            return refused(start_response, "InvalidAccessKeyId")
        answered: Iterable[bytes] = moto(environ, start_response)
        return answered

    run_simple("127.0.0.1", port, application, threaded=True)


def refused(start_response: Answer, code: str) -> list[bytes]:
    body = f"<Error><Code>{code}</Code><Message>You may not.</Message></Error>".encode()
    start_response("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
