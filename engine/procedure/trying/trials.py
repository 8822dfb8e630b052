"""What takes too long for a transaction is done before it: files are checked and their stories played, and that is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from engine.procedure.bundle import Bundle
from engine.procedure.trying.program import Played, Stopped

Play = Callable[[Bundle], tuple[Played, ...]]
#: So many drafts are proposed at a time, and more.
_MOST = 16


class NotTried(Exception):
    """A transaction needs to know how the stories of ``bundle`` go and is to be undone until they were played."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle.digest)
        self.bundle = bundle


class Trials:
    """How the stories of each bundle went, by its files; ``prepare`` checks them, ``play`` gives what plays the stories now.

    Safe to share between threads.
    """

    def __init__(self, prepare: Callable[[Bundle], None], play: Callable[[], Play]) -> None:
        self._prepare, self._play = prepare, play
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Play, str], tuple[Played, ...] | Stopped] = OrderedDict()

    def make(self, bundle: Bundle) -> None:
        """Check the files and play their stories, unless that was done; what is wrong with them is said by ``played``."""
        play = self._play()
        self._prepare(bundle)
        if (play, bundle.digest) in self._known:
            return
        try:
            self._keep(play, bundle, play(bundle))
        except Stopped as problem:
            self._keep(play, bundle, problem)

    def played(self, bundle: Bundle) -> tuple[Played, ...]:
        """How the stories went; NotTried when nobody has made the trial yet, Stopped when they could not be played."""
        known = self._known.get((self._play(), bundle.digest))
        if known is None:
            raise NotTried(bundle)
        if isinstance(known, Stopped):
            raise known
        return known

    def _keep(self, play: Play, bundle: Bundle, found: tuple[Played, ...] | Stopped) -> None:
        with self._lock:
            self._known[play, bundle.digest] = found
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
