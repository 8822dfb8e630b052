"""The product's pages served to browsers of this machine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.server import create_server

from engine.bootstrap import Application
from webforms import create_app

_THREADS = 4
_PATIENCE = 5.0


@contextmanager
def served(application: Application, *, settled: bool = False) -> Iterator[str]:
    """The address at which the pages are while the block runs; ``settled`` as the product's own server does it."""
    if settled:
        application.settle()
    # A browser asks for many files at once: that some wait for a thread is what is measured, not worth a line each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(create_app(application), host="127.0.0.1", port=0, threads=_THREADS)
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Only its own loop may take the server down: from outside, its sockets would vanish under it.
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: server.asyncore.close_all(map=server._map, ignore_all=True))
        loop.join(_PATIENCE)
