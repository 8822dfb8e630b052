"""Failed attempts slow the next ones down; they never lock a name, an address or the office out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import TooManyAttempts
from engine.storage import tables as t
from engine.storage.work import Work

WAIT = Text(
    "尝试次数太多。请 5 分钟后再试，或联系管理员。", "Too many attempts. Try again in 5 minutes, or ask the administrator."
)
SLOWER = Text(
    "刚才有太多次登录失败。请等几秒再试；您以前登录过的电脑不受影响。",
    "Too many attempts have failed just now. Try again in a few seconds; machines you signed in from before are not affected.",
)

#: One name from one address: so many failures, then a pause.
_MOST_HERE, _PAUSE = 8, timedelta(minutes=5)
#: Where somebody has signed in within this time, others' failures change nothing for them.
_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Pace:
    """Above ``most`` failures in ``within``, a stranger is heard only once in ``every``."""

    most: int
    within: timedelta
    every: timedelta


_OF_A_NAME = _Pace(30, timedelta(hours=1), timedelta(seconds=15))
_FROM_AN_ADDRESS = _Pace(100, timedelta(hours=1), timedelta(seconds=5))


def place(address: str) -> str:
    """The address as it counts: of an IPv6 address its network, because one line has billions of them."""
    try:
        known = ip_address(address.strip())
    except ValueError:
        return address.strip()[:64]
    return str(ip_network((known, 64), strict=False)) if isinstance(known, IPv6Address) else str(known)


def require_patience(connection: Connection, now: datetime, login: str, address: str) -> None:
    """TooManyAttempts when this name has failed too often from here, or when strangers try too fast.

    A guess spread over many addresses is slowed by the name, one spread over many names by the address.
    """
    tried = t.sign_in_attempt.c
    here = sa.and_(tried.login == login, tried.address == place(address))
    if _failed(connection, here, now - _PAUSE)[0] >= _MOST_HERE:
        raise TooManyAttempts(WAIT)
    if not _is_known(connection, here, now):
        _require_pace(connection, tried.login == login, _OF_A_NAME, now)
        _require_pace(connection, tried.address == place(address), _FROM_AN_ADDRESS, now)


def note(work: Work, login: str, address: str, *, succeeded: bool) -> None:
    """Remember an attempt; what is too old to matter goes."""
    attempt = {"id": new_id(work.now), "login": login, "address": place(address), "at": work.now, "succeeded": succeeded}
    work.batch.insert(t.sign_in_attempt, attempt)
    if succeeded:
        work.batch.delete(t.sign_in_attempt, t.sign_in_attempt.c.at < work.now - _REMEMBERED)


def _require_pace(connection: Connection, whose: Any, pace: _Pace, now: datetime) -> None:
    count, last = _failed(connection, whose, now - pace.within)
    if count >= pace.most and last is not None and now - last < pace.every:
        raise TooManyAttempts(SLOWER)


def _failed(connection: Connection, whose: Any, since: datetime) -> tuple[int, datetime | None]:
    tried = t.sign_in_attempt.c
    query = sa.select(sa.func.count(), sa.func.max(tried.at)).where(whose, tried.at > since, tried.succeeded.is_(False))
    count, last = connection.execute(query).one()
    return int(count), last


def _is_known(connection: Connection, here: Any, now: datetime) -> bool:
    tried = t.sign_in_attempt.c
    query = sa.select(tried.id).where(here, tried.succeeded, tried.at > now - _REMEMBERED).limit(1)
    return connection.execute(query).first() is not None
