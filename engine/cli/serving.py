"""``redress run`` and ``redress worker``."""

from __future__ import annotations

import logging
from importlib import import_module

import click
from waitress import serve

from engine.bootstrap import build
from engine.demo import PASSWORD, furnish
from engine.settings import Settings
from engine.worker import Worker


@click.command()
@click.option("--port", type=int, default=None, help="Where to listen; REDRESS_PORT or 8000.")
@click.option("--demo", is_flag=True, help="Fill an empty installation with demo people and places.")
def run(port: int | None, demo: bool) -> None:
    """Serve the pages and fire the timers, in one process."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings()
    settings = settings.model_copy(update={"port": port or settings.port, "demo": demo or settings.demo})
    application = build(settings)
    if settings.demo:
        furnish(application)
        click.echo(f"演示账号 demo accounts: reception, supervisor, engineer, manager, director …   密码 password: {PASSWORD}")
    Worker(application).start()
    # The pages are the one thing that the engine does not know; they are found by name when they are to be served.
    pages = import_module("webforms").create_app(application)
    click.echo(f"诉结 Redress: http://{settings.host}:{settings.port}/")
    serve(
        pages,
        host=settings.host,
        port=settings.port,
        threads=8,
        ident="redress",
        max_request_body_size=settings.max_upload_bytes + 1_048_576,
    )


@click.command()
def worker() -> None:
    """Fire the timers in a process of its own."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    Worker(build()).run()
