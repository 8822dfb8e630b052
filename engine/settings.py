"""What an operator may set, from the environment, with defaults that work."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every variable starts with ``REDRESS_``; the defaults run the product on SQLite under ``var/``."""

    model_config = SettingsConfigDict(env_prefix="REDRESS_")

    var_dir: Path = Path("var")
    database_url: str = ""
    processes_dir: Path = Path("processes")
    export_dir: Path | None = None
    zone: str = "Asia/Shanghai"
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    max_upload_bytes: int = Field(default=20 * 1024 * 1024, gt=0)
    session_minutes: int = Field(default=12 * 60, gt=0)  # after signing in
    session_idle_minutes: int = Field(default=2 * 60, gt=0)  # after the last page
    https: bool = False  # people reach the pages over https, as they must save on one machine
    proxies: int = Field(default=0, ge=0)  # so many of our own stand before the server and say who really asks
    rate_limits: bool = True
    public_url: str = ""  # what people type to come here; links in messages begin with it
    mail_url: SecretStr = SecretStr("")
    wecom_url: SecretStr = SecretStr("")  # a group's robot
    wecom_corp: str = ""  # with agent and secret: an application, which writes to each person
    wecom_agent: int = 0
    wecom_secret: SecretStr = SecretStr("")
    wecom_api: str = ""
    channels: SecretStr = SecretStr("")  # name=address for apprise, parted by spaces

    @property
    def url(self) -> str:
        """The database to use: the one set, else a SQLite file under ``var_dir``."""
        return self.database_url or f"sqlite:///{self.var_dir / 'redress.sqlite'}"

    @property
    def release_dir(self) -> Path:
        """Where a version is written when it has its last signature: the folder set, else the shipped procedures'.

        What is signed for practice changes nothing that is shipped.
        """
        return self.export_dir or (self.var_dir / "released" if self.demo else self.processes_dir)

    @property
    def attachments_dir(self) -> Path:
        """Where attached files lie, named by their content."""
        return self.var_dir / "attachments"

    @property
    def secret_key(self) -> bytes:
        """The installation's secret, made on first use and readable by its owner alone."""
        path = self.var_dir / "secret.key"
        if not path.exists():
            self.var_dir.mkdir(parents=True, exist_ok=True)
            _write_private(path, secrets.token_bytes(32))
        return path.read_bytes()


def _write_private(path: Path, content: bytes) -> None:
    # Two processes that start together must agree on one key, and never read half of it: the first whole file stays.
    handle, unfinished = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(unfinished, path)
    os.unlink(unfinished)
