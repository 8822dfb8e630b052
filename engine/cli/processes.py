"""``redress run --processes``: the pages from several processes, through gunicorn."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from engine.bootstrap import build
from engine.settings import Settings

_THREADS = 8


class Pages(BaseApplication):
    """Gunicorn told by our settings; each process builds the product for itself, with connections of its own."""

    def __init__(self, settings: Settings, processes: int) -> None:
        self._settings = settings
        self._processes = processes
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn would read from its command line."""
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._processes,
            "worker_class": "gthread",
            "threads": _THREADS,
            "timeout": 60,
            "proc_name": "redress",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The pages of one process."""
        application = build(self._settings)
        pages = import_module("webforms").create_app(application)
        application.settle()
        return pages


def serve_from_processes(settings: Settings, processes: int) -> None:
    """Serve until stopped; the timers are the business of ``redress worker``."""
    click.echo(f"诉结 Redress: http://{settings.host}:{settings.port}/")
    click.echo("时限由 redress worker 触发，请另外启动。The timers are fired by `redress worker`: start it beside this.")
    Pages(settings, processes).run()
