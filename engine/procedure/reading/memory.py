"""What was worked out from files is kept by all that it was worked out from, so that only what has changed is read again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from engine.procedure.findings import Finding, Findings

T = TypeVar("T")
#: Some four procedures with all their files, and what was read of some hundred changes to them.
MOST = 1_000


class Memory:
    """Values by what they depend on, never changed by those who recall them; what was not asked for longest goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def recall(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` makes; ``key`` names it with all that it depends on."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        # Two threads may both do it, to the same end: nobody waits for another's work.
        made = work()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def read(self, key: Hashable, findings: Findings, work: Callable[[Findings], T]) -> T:
        """The same of a reader that notes what is wrong: that is noted each time."""

        def noted() -> tuple[T, tuple[Finding, ...]]:
            own = Findings()
            return work(own), tuple(own)

        value, found = self.recall(key, noted)
        findings.extend(found)
        return value
