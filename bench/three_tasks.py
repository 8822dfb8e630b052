"""Cases of the three-task procedure, given as the pages would: a subject, then three steps with two answers each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.commands import intake, work
from engine.commands.receipt import Receipt
from engine.domain.actor import Actor
from engine.storage import tables as t

_STEPS = 3
_ANSWERS = {"finding": "三号楼电梯厅照明已更换,现场复核正常,住户已确认。", "result": "done"}


class Desk:
    """One clerk who records and completes."""

    def __init__(self, application: Application) -> None:
        self._application = application
        with application.database.read() as connection:
            person_id = connection.execute(sa.select(t.person.c.id).where(t.person.c.login == "reception")).scalar_one()
            self._estate_id = connection.execute(sa.select(t.estate.c.id).where(t.estate.c.code == "YH")).scalar_one()
        actor = application.actor(person_id)
        assert actor is not None
        self.actor: Actor = actor

    def record(self, subject: str = "电梯厅照明损坏") -> Receipt:
        """A new case, at its first step."""
        return self._do(intake.Register(self._estate_id, {"subject": subject}, uuid4().hex))

    def step(self, item_id: str) -> Receipt:
        """Complete a step."""
        return self._do(work.Complete(item_id, _ANSWERS, uuid4().hex))

    def steps(self, receipt: Receipt) -> Iterator[str]:
        """The id of each step's item, as the one before is completed by whoever asks for it."""
        for _ in range(_STEPS):
            yield receipt.next_items[0].item_id
            receipt = self.last

    def whole_case(self) -> None:
        """From recording to the end."""
        for item_id in self.steps(self.record()):
            self.step(item_id)

    def _do(self, command: Any) -> Receipt:
        receipt: Receipt = self._application.execute(command, self.actor)
        self.last = receipt
        return receipt
