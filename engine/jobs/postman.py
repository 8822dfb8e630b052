"""Delivers in a thread of its own, so that a slow mail server holds up no timer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
_AFTER_A_FAULT = 5.0


class Postman:
    """Goes when told to, and says when the round is over; one round at a time."""

    def __init__(self, deliver: Callable[[], int], done: Callable[[], None], after_a_fault: float = _AFTER_A_FAULT) -> None:
        self._deliver = deliver
        self._done = done
        self._after_a_fault = after_a_fault
        self._told = threading.Event()
        self._stopping = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether a round is under way or about to begin."""
        return self._told.is_set()

    def go(self) -> None:
        """Begin a round, unless one is under way."""
        self._told.set()

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process alive."""
        thread = threading.Thread(target=self.run, name="redress-postman", daemon=True)
        thread.start()
        return thread

    def run(self) -> None:
        """Wait for the word and deliver, until ``stop``."""
        while not self._stopping.is_set():
            self._told.wait()
            if not self._stopping.is_set():
                self._round()
            self._told.clear()
            self._done()

    def stop(self) -> None:
        """End ``run`` once the parcel in hand is done."""
        self._stopping.set()
        self._told.set()

    def _round(self) -> None:
        try:
            self._deliver()
        except Exception:
            # Whatever went wrong with one parcel: its lease runs out, it comes again, and after so many times it is given up.
            _log.exception("delivering messages")
            self._stopping.wait(self._after_a_fault)
