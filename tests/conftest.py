"""A case file that a module makes (its fixture `path`), opened from Python and looked into from the shell; a server
that cases are kept on; an authority that stamps times, on this machine."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

import quoth
from quoth.case import Case
from quoth.cli import cli

os.environ["QUOTH_CACHE"] = "off"  # what is tested is reading, not what was read before

settings.register_profile("quoth", deadline=None)  # how long an example takes says nothing where others run beside it
settings.load_profile("quoth")

if TYPE_CHECKING:
    from postgres_server import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Started once, by the first test that needs it."""
    from postgres_server import Server

    with Server() as server:
        yield server


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    with quoth.open(path) as case:
        yield case


@pytest.fixture
def run(path: Path) -> Callable[..., Result]:
    """Runs the program on the case as the reviewer ana."""

    def invoke(*arguments: str, **environment: str) -> Result:
        runner = CliRunner(env={"COLUMNS": "200", "QUOTH_REVIEWER": "ana", **environment})
        return runner.invoke(cli, ["--case", str(path), *arguments])

    return invoke


class Authority:
    """A time-stamping authority: a CA made anew, certificates under it, and OpenSSL's own `ts -reply` behind HTTP."""

    CONFIGURATION = """[tsa]
default_tsa = {name}
[{name}]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/{name}.pem
signer_key = {folder}/{name}.key
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
"""

    def __init__(self, folder: Path) -> None:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        self.folder = folder
        self.ca = folder / "ca.pem"
        (folder / "serial").write_text("01\n")
        now = datetime.datetime.now(datetime.UTC)
        day = datetime.timedelta(1)

        def certificate(name: str, issuer: str, key, signed_by, purposes, first, last) -> None:  # type: ignore[no-untyped-def]
            names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, n)]) for n in (name, issuer)]
            built = (
                x509.CertificateBuilder()
                .subject_name(names[0])
                .issuer_name(names[1])
                .public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(first)
                .not_valid_after(last)
                .add_extension(x509.BasicConstraints(ca=not purposes, path_length=None), critical=True)
            )
            if purposes:
                built = built.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
            made = built.sign(signed_by, hashes.SHA256())
            (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
            (folder / f"{name}.key").write_bytes(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )

        stamping = [x509.ExtendedKeyUsageOID.TIME_STAMPING]
        root, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        certificate("ca", "ca", root, root, [], now - 400 * day, now + 400 * day)
        certificate("other", "other", other, other, [], now - 400 * day, now + 400 * day)
        for name, first, last in (("tsa", -100, 100), ("expired", -100, -50)):
            key = ec.generate_private_key(ec.SECP256R1())
            certificate(name, "ca", key, root, stamping, now + first * day, now + last * day)

    def answer(self, request: bytes, name: str = "tsa", chain: tuple[str, ...] = ()) -> bytes:
        """What OpenSSL answers, signed by the certificate of that name; with those of a chain, as they come."""
        configuration, asked, answered = (self.folder / part for part in ("tsa.cnf", "asked.tsq", "answered.tsr"))
        certificates = self.folder / "chain.pem"
        certificates.write_bytes(b"".join((self.folder / f"{one}.pem").read_bytes() for one in chain))
        told = self.CONFIGURATION.format(name=name, folder=self.folder) + (f"certs = {certificates}\n" if chain else "")
        configuration.write_text(told)
        asked.write_bytes(request)
        self.openssl("ts", "-reply", "-config", configuration, "-queryfile", asked, "-out", answered)
        return answered.read_bytes()

    def openssl(self, *arguments: str | Path) -> str:
        done = subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, text=True)
        return done.stdout


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl on this machine, whose time-stamping authority this test asks")
    return Authority(tmp_path_factory.mktemp("authority"))


class Answering:
    """A server on this machine; `answer` makes of what is posted the status, the body and its kind."""

    def __init__(self) -> None:
        self.answer: Callable[[bytes], tuple[int, bytes]] = lambda body: (500, b"")
        self.kind = "application/timestamp-reply"
        self.asked: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append(body)
                status, answered = outer.answer(body)
                self.send_response(status)
                self.send_header("Content-Type", outer.kind)
                self.send_header("Content-Length", str(len(answered)))
                self.end_headers()
                self.wfile.write(answered)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/tsa"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def answering() -> Iterator[Answering]:
    server = Answering()
    yield server
    server.close()
