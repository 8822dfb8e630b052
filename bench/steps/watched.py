"""The tests' office at work while somebody measures: every command goes through the hands of whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import work
from tests.office import Office

#: Given the command's name and what carries it out; has to call it once.
Watch = Callable[[str, Callable[[], None]], None]


class WatchedOffice(Office):
    """People are looked up and answers thought of before the watch begins."""

    def __init__(self, application: Application, clock: ManualClock, watch: Watch) -> None:
        super().__init__(application, clock)
        self._watch = watch

    def execute(self, command: Any, login: str) -> Any:
        """A command, as that person, seen by the watch when it completes a task."""
        actor, answer = self.actor(login), []

        def carry_out() -> None:
            answer.append(self.application.execute(command, actor))

        if isinstance(command, work.Complete):
            self._watch(type(command).__name__, carry_out)
        else:
            carry_out()
        return answer[0]

    def request_id(self) -> str:
        """A request that was never made before, by another office on the same database either."""
        return uuid4().hex
