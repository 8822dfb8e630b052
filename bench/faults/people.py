"""People at browsers who press again until they are answered, and remember what they were answered."""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from bench.browse import Page, Person, Times
from engine.demo import PASSWORD

_PATIENCE = 90.0
_TASK = re.compile(r"/tasks/([0-9a-f]{32})$")
_DONE_BEFORE = ("已由", "Already done")
_RECORDS = 0.4


@dataclass(slots=True)
class Promises:
    """What was answered as done: subjects recorded and items completed; ``asked`` counts everything that was sent."""

    recorded: set[str] = field(default_factory=set)
    completed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    refused_kindly: int = 0
    unexplained: list[str] = field(default_factory=list)


class Clerk(threading.Thread):
    """Records and completes at random until told to stop; every request is repeated as it was until it is answered."""

    def __init__(self, number: int, address: str, seed: int) -> None:
        super().__init__(name=f"clerk-{number}", daemon=True)
        self.promises = Promises()
        self._person = Person(address, ("reception", "reception2")[number % 2], PASSWORD, Times())
        self._chance = random.Random(seed + number)
        self._number = number
        self._recorded = 0
        self._to_do: list[str] = []
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._stopping.set()

    def run(self) -> None:
        """Until stopped."""
        while not self._stopping.is_set():
            if self._to_do and self._chance.random() > _RECORDS:
                self._complete(self._to_do.pop(self._chance.randrange(len(self._to_do))))
            else:
                self._record()
            self._stopping.wait(self._chance.random() / 10)

    def _record(self) -> None:
        self._recorded += 1
        subject = f"clerk {self._number} case {self._recorded}"
        if self._send("/record", "/record", {"subject": subject}, subject, "_open"):
            self.promises.recorded.add(subject)

    def _complete(self, item_id: str) -> None:
        path = f"/tasks/{item_id}"
        if self._send(path, path, {"finding": "现场已处理", "result": "done"}, item_id, "_complete"):
            self.promises.completed.add(item_id)

    def _send(self, path: str, action: str, answers: dict[str, str], name: str, button: str) -> bool:
        """Whether the request was answered as done, at once or after it was repeated."""
        given_up = time.monotonic() + _PATIENCE
        served = self._get(path, given_up)
        if served is None or served.status != 200:
            return False
        form = served.form(action)
        self.promises.asked.add(name)
        while time.monotonic() < given_up:
            page = self._try(lambda: self._person.submit(form, lambda key, *_: answers.get(key), served, "sent", button))
            if page is not None and self._is_done(page):
                self._note_tasks(page)
                return True
            self._stopping.wait(self._chance.random() / 2)
        return False

    def _get(self, path: str, given_up: float) -> Page | None:
        while time.monotonic() < given_up:
            page = self._try(lambda: self._person.get(path, "page"))
            if page is not None and page.status in (200, 404):
                return page
            self._stopping.wait(self._chance.random() / 2)
        return None

    def _is_done(self, page: Page) -> bool:
        if page.status == 200:
            return True
        if page.status == 409 and any(words in page.words() for words in _DONE_BEFORE):
            return True
        if page.status == 503:
            self.promises.refused_kindly += 1
        elif page.status >= 500:
            self.promises.unexplained.append(f"{page.status} {page.words()[:120]}")
        return False

    def _try(self, ask: Any) -> Page | None:
        try:
            page: Page = ask()
        except (OSError, HTTPException):
            return None
        return page

    def _note_tasks(self, page: Page) -> None:
        found = {hit[1] for link in page.content.xpath("//a/@href") if (hit := _TASK.search(link))}
        self._to_do += sorted(found - self.promises.completed - set(self._to_do))
