"""``redress run`` and ``redress worker``."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

import click
from waitress.server import create_server

from engine.bootstrap import build
from engine.demo import PASSWORD, furnish
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.settings import Settings
from engine.worker import Worker

# A form's other fields, posted along with an uploaded file.
_BESIDE_THE_FILE = 1024 * 1024


@click.command()
@click.option("--port", type=int, default=None, help="Where to listen; REDRESS_PORT or 8000.")
@click.option("--demo", is_flag=True, help="Fill an empty installation with demo people and places.")
def run(port: int | None, demo: bool) -> None:
    """Serve the pages and fire the timers, in one process."""
    _log_to_terminal()
    settings = Settings()
    settings = settings.model_copy(update={"port": port or settings.port, "demo": demo or settings.demo})
    application = build(settings)
    if settings.demo:
        furnish(application)
        click.echo(f"演示账号 demo accounts: reception, supervisor, engineer, manager, director …   密码 password: {PASSWORD}")
    # The pages are the one thing that the engine does not know; they are found by name when they are to be served.
    pages = import_module("webforms").create_app(application)
    server = _listen(pages, settings)
    Worker(application).start()
    click.echo(f"诉结 Redress: http://{settings.host}:{settings.port}/")
    server.run()


def _log_to_terminal() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Libraries that report every step of every case at this level.
    for name in ("spiff", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _listen(pages: Any, settings: Settings) -> Any:
    most_bytes = settings.max_upload_bytes + _BESIDE_THE_FILE
    try:
        return create_server(
            pages, host=settings.host, port=settings.port, threads=8, ident="redress", max_request_body_size=most_bytes
        )
    except OSError as problem:
        port = settings.port
        text = Text(
            f"端口 {port} 已被占用。请换一个:make run PORT={port + 1}",
            f"Port {port} is taken. Choose another: make run PORT={port + 1}",
        )
        raise Misconfigured(text) from problem


@click.command()
def worker() -> None:
    """Fire the timers in a process of its own."""
    _log_to_terminal()
    Worker(build()).run()
