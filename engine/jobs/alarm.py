"""Hears from PostgreSQL that a timer was set, whichever process set it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from sqlalchemy import URL

from engine.jobs.connecting import conninfo

_log = logging.getLogger(__name__)
#: Sent by a trigger in the transaction that set the timer; the payload is the moment in seconds.
CHANNEL = "redress_due"
_LOOK_UP_SECONDS = 2.0


class Alarm:
    """Listens on a connection of its own; ``ring`` is told each moment at which something will be due."""

    def __init__(self, url: URL, ring: Callable[[datetime], None]) -> None:
        self._conninfo = conninfo(url, "redress alarm")
        self._ring = ring
        self._stopping = threading.Event()

    def run(self) -> None:
        """Listen until ``stop``, also through a time without the database."""
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as problem:
                _log.warning("the alarm could not reach the database: %s", problem)
                self._stopping.wait(1.0)

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process alive."""
        thread = threading.Thread(target=self.run, name="redress-alarm", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End ``run`` soon."""
        self._stopping.set()

    def _listen(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # What was set while nobody listened is found by looking.
            self._ring(datetime.fromtimestamp(0, UTC))
            while not self._stopping.is_set():
                for notice in connection.notifies(timeout=_LOOK_UP_SECONDS):
                    self._ring(datetime.fromtimestamp(float(notice.payload), UTC))
