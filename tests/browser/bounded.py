"""No call to the browser lasts for ever: Playwright awaits some of its answers without a limit, so each is given one here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from playwright._impl._sync_base import SyncBase

#: Longer than any call is given where it is made.
LONGEST = 100


class Stuck(Exception):
    """The browser has not answered; what is wrong is the page that it shows."""


@contextmanager
def bounded(seconds: float = LONGEST) -> Iterator[None]:
    """Meanwhile Stuck is raised by whatever the browser does not answer in time: evaluating, a key, a size, closing.

    Limits of contexts and pages hold for what waits for an element or an address alone.
    """
    answered = SyncBase._sync

    def within(self: SyncBase, awaitable: Awaitable[Any]) -> Any:
        try:
            return answered(self, asyncio.wait_for(awaitable, seconds))
        except TimeoutError as late:
            raise Stuck(f"the browser has not answered for {seconds} seconds") from late

    with patch.object(SyncBase, "_sync", within):
        yield
