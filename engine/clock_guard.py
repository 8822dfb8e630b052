"""Whether the host's clock is to be believed: held against the boot clock and, on PostgreSQL, against the database's."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.domain.text import Text

_MOST_SECONDS = 2.0
_AGREEMENT_SECONDS = 60.0


def boot_seconds() -> float:
    """Seconds since the machine started, time asleep included; nobody can set it."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class Reading:
    """The clocks at one moment; ``apart`` says by how many seconds the host is certainly ahead of the database."""

    host: datetime
    boot: float
    apart: float = 0.0

    @property
    def offset(self) -> float:
        """The host's time less the boot clock's: constant unless somebody sets the host's."""
        return self.host.timestamp() - self.boot


def read_clocks(clock: Clock, asked_at: datetime, database_now: datetime | None) -> Reading:
    """The host's and the boot clock read together, and what the database said to a question put at ``asked_at``."""
    host, boot = _together(clock)
    if database_now is None or asked_at <= database_now <= host:
        return Reading(host, boot)
    nearest = asked_at if database_now < asked_at else host
    return Reading(host, boot, (nearest - database_now).total_seconds())


def _together(clock: Clock) -> tuple[datetime, float]:
    # A process that was halted between two readings would take its own sleep for a step: it reads again.
    while True:
        before = boot_seconds()
        host = clock.now()
        if boot_seconds() - before < _MOST_SECONDS / 10:
            return host, before


class ClockGuard:
    """Judges one reading after the other; it doubts at once and trusts again after a minute of agreement.

    ``doubt`` is told what is wrong when a doubt begins, ``trust`` when it has settled by itself.
    """

    def __init__(self, doubt: Callable[[Text], object], trust: Callable[[], object]) -> None:
        self._doubt = doubt
        self._trust = trust
        self._offset: float | None = None
        self._doubting = False
        self._agreed_since: float | None = None

    def allows(self, reading: Reading, *, doubted: bool) -> bool:
        """Whether timers may fire now; ``doubted`` says whether an unsettled doubt is on record, of this worker or another."""
        if self._doubting and not doubted:
            # An operator has confirmed the clock as it stands: the step was meant.
            self._offset, self._doubting = None, False
        if self._offset is None:
            self._offset = reading.offset
        wrong = self._disagreement(reading)
        if wrong is not None:
            self._agreed_since = None
            if not (self._doubting and doubted):
                self._doubt(wrong)
            self._doubting = True
            return False
        self._offset = reading.offset
        return not doubted or self._settled(reading.boot)

    def _disagreement(self, reading: Reading) -> Text | None:
        step = reading.offset - (self._offset or 0.0)
        if abs(reading.apart) > _MOST_SECONDS:
            return _sentence("本机时钟与数据库时钟相差", "The host's clock and the database's differ by", reading.apart)
        if abs(step) > _MOST_SECONDS:
            return _sentence("本机时钟被拨动了", "The host's clock was moved by", step)
        return None

    def _settled(self, boot: float) -> bool:
        if self._agreed_since is None:
            self._agreed_since = boot
        if boot - self._agreed_since < _AGREEMENT_SECONDS:
            return False
        self._doubting, self._agreed_since = False, None
        self._trust()
        return True


def _sentence(zh: str, en: str, seconds: float) -> Text:
    return Text(
        f"{zh} {seconds:.0f} 秒。所有时限已暂停，请管理员核对时钟；一致一分钟后自动恢复。",
        f"{en} {seconds:.0f} seconds. All timers are paused: check the clock; they go on after a minute of agreement.",
    )
