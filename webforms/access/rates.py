"""How often one person or one address may ask for what is costly or easily abused; counted in this process alone."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, current_app, request

from engine.errors import TooManyAttempts
from webforms import refusals, visit
from webforms.wording import WORDS

_MOST_KEPT = 20_000
#: More than a form full of words: files are being sent.
_LARGE = 256 * 1024
_SEARCHES = {"register.book": "q", "record.household": "_q"}
_PASSWORDS = frozenset({"sign_in.enter", "sign_in.enter_as", "person.change_password"})


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once; after that so many a second."""

    at_once: int
    a_second: float


def _tries_password() -> bool:
    return request.method == "POST" and request.endpoint in _PASSWORDS


def _searches() -> bool:
    field = _SEARCHES.get(request.endpoint or "")
    return field is not None and bool(request.args.get(field, "").strip())


def _sends_files() -> bool:
    return request.method == "POST" and (request.content_length or 0) > _LARGE


#: A whole office may come from one address in the morning.
RATES: dict[str, tuple[Callable[[], bool], Rate]] = {
    "password": (_tries_password, Rate(60, 1)),
    "search": (_searches, Rate(60, 2)),
    "upload": (_sends_files, Rate(40, 0.5)),
}


class Buckets:
    """Token buckets by key; those unused longest are forgotten, and those are full again anyhow."""

    def __init__(self) -> None:
        self._levels: OrderedDict[tuple[str, str], tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, who: str, rate: Rate, now: datetime) -> float:
        """0 when there was a token, else after how many seconds there will be one."""
        with self._lock:
            level, since = self._levels.pop((name, who), (float(rate.at_once), now))
            level = min(float(rate.at_once), level + max(0.0, (now - since).total_seconds()) * rate.a_second)
            granted = level >= 1
            self._levels[name, who] = (level - granted, now)
            if len(self._levels) > _MOST_KEPT:
                self._levels.popitem(last=False)
        return 0.0 if granted else (1 - level) / rate.a_second


def init_app(app: Flask) -> None:
    """Count before a form is even read."""
    app.extensions["redress-rates"] = Buckets()
    app.before_request(_limit)


def _limit() -> Response | None:
    wait = max(_waits(), default=0.0) if visit.application().settings.rate_limits else 0.0
    if not wait:
        return None
    answer = refusals.page(429, TooManyAttempts(WORDS["access.too_often"]))
    answer.headers["Retry-After"] = str(math.ceil(wait))
    return answer  # type: ignore[return-value]


def _waits() -> Iterator[float]:
    buckets: Buckets = current_app.extensions["redress-rates"]
    who = visit.actor().person_id if visit.signed_in() else f"at {request.remote_addr}"
    for name, (applies, rate) in RATES.items():
        if applies():
            yield buckets.take(name, who, rate, visit.now())
