"""Long work in a thread of its own, so that no timer waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Aside:
    """Works when it is kicked, one round at a time; ``finished`` is called after each, whatever came of it."""

    def __init__(self, name: str, work: Callable[[], int], finished: Callable[[], None]) -> None:
        self._name = name
        self._work = work
        self._finished = finished
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None and self._thread.is_alive()

    def kick(self) -> None:
        """Begin, unless at work already; what fails is tried again when its lease is over."""
        if not self.busy:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._finished()
