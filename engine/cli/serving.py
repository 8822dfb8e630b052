"""``redress run`` and ``redress worker``."""

from __future__ import annotations

import logging
import signal
from importlib import import_module
from typing import Any

import click
from sqlalchemy import make_url
from waitress.server import create_server

from engine.bootstrap import Application, build
from engine.cli.processes import serve_from_processes
from engine.demo import PASSWORD, begin, furnish
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.settings import Settings
from engine.worker import Worker

ONE_PROCESS = Text(
    "多进程需要 PostgreSQL。请设置 REDRESS_DATABASE_URL,或去掉 --processes。",
    "Several processes need PostgreSQL. Set REDRESS_DATABASE_URL, or leave out --processes.",
)
FILLING = "第一次启动：正在写入演示资料，几秒钟就好 …   First start: filling in the demonstration, some seconds …"


@click.command()
@click.option("--port", type=int, default=None, help="Where to listen; REDRESS_PORT or 8000.")
@click.option("--demo", is_flag=True, help="Fill an empty installation with demo people, places and a quarter's complaints.")
@click.option("--past/--no-past", default=True, help="Whether a new demo has complaints already; it has, unless told not to.")
@click.option("--processes", type=click.IntRange(min=1), default=None, help="Serve from so many processes, on PostgreSQL.")
def run(port: int | None, demo: bool, past: bool, processes: int | None) -> None:
    """Serve the pages; from one process the timers too, from several beside ``redress worker``."""
    _log_to_standard_error()
    configured = Settings()
    settings = configured.model_copy(update={"port": port or configured.port, "demo": demo or configured.demo})
    if processes is not None and make_url(settings.url).get_backend_name() == "sqlite":
        raise Misconfigured(ONE_PROCESS)
    if settings.demo and past:
        begin(settings, anywhere=configured.demo, say=lambda: click.echo(FILLING))
    application = build(settings)
    if settings.demo:
        furnish(application, anywhere=configured.demo)
        click.echo(f"演示账号 demo accounts: reception, supervisor, engineer, manager, director …   密码 password: {PASSWORD}")
    if processes is None:
        _serve(application, settings)
    else:
        application.close()
        serve_from_processes(settings, processes)


def _serve(application: Application, settings: Settings) -> None:
    # The pages are the one thing that the engine does not know; they are found by name when they are to be served.
    pages = import_module("webforms").create_app(application)
    server = _listen(pages, settings)
    application.settle()
    Worker(application).start()
    click.echo(f"诉结 Redress: http://{settings.host}:{settings.port}/")
    server.run()


def _listen(pages: Any, settings: Settings) -> Any:
    # The pages refuse what is too large with a sentence; the server must not cut it off before they can.
    most_bytes = pages.config["MAX_CONTENT_LENGTH"] * 2
    try:
        return create_server(
            pages,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident="redress",
            max_request_body_size=most_bytes,
            # What proxies of our own say is for the pages to judge; what others say is thrown away.
            clear_untrusted_proxy_headers=not settings.proxies,
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
    """Fire the timers and deliver the messages in a process of its own; start as many as you like."""
    _log_to_standard_error()
    loop = Worker(build())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()


def _log_to_standard_error() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Libraries that tell every job, step and migration at this level.
    for name in ("procrastinate", "spiff", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
