"""Stories put on record as they are played: what people did and what followed, as the journal of a case would hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from engine.rehearsal import Scenario, stage
from engine.rehearsal.performance import Performance
from engine.rehearsal.replay.record import Deed, Known, Record, Run, Task
from engine.workflow import (
    Instance,
    ItemCancelled,
    ItemCompleted,
    ItemOpened,
    LimitBreached,
    LimitOpened,
    LimitStopped,
    Model,
    Occasion,
    Passed,
)


class Recorder:
    """Gathers what an instance is told and what it tells."""

    def __init__(self, model: Model) -> None:
        self.begun: Occasion | None = None
        self.first: dict[str, Any] = {}
        self.begins_at: str | None = None
        self.tasks: dict[str, Task] = {}
        self.deeds: list[Deed] = []
        self.facts: list[Known] = []
        self.path: list[str] = []
        self.runs: dict[str, Run] = {}
        self.now = datetime.max
        self.given: dict[str, dict[str, Any]] = {}
        self.skipped: set[str] = set()
        self._actions = {action.message: key for key, action in model.procedure.actions.items() if action.message}
        self._order = 0

    def occasion(self, occasion: Occasion) -> None:
        self.begun = self.begun or occasion
        self.now = occasion.now
        self.facts.append(Known(occasion.now, self._order, occasion.facts))

    def next(self) -> int:
        self._order += 1
        return self._order

    def deed(self, values: Mapping[str, Any], message: str | None = None) -> None:
        self.deeds.append(Deed(self.now, self.next(), dict(values), self._actions[message] if message else None))

    def hear(self, happening: Any) -> None:
        if isinstance(happening, Passed):
            self.path.append(happening.element_id)
        elif isinstance(happening, ItemOpened):
            item = happening.item
            self.tasks[item.id] = Task(item.element_id, item.role, self.now)
        elif isinstance(happening, ItemCompleted):
            how = "waived" if happening.item_id in self.skipped else "done"
            ended = {"how": how, "ended_at": self.now, "by": happening.by, "order": self._order}
            answers = self.given.get(happening.item_id, {})
            self.tasks[happening.item_id] = replace(self.tasks[happening.item_id], **ended, answers=answers)
        elif isinstance(happening, ItemCancelled):
            self.tasks[happening.item_id] = replace(self.tasks[happening.item_id], how="cancelled", ended_at=self.now)
        elif isinstance(happening, LimitOpened | LimitBreached | LimitStopped):
            run = happening.run
            self.runs[run.id] = Run(run.key, run.opened_at, run.due_at, run.breached_at, run.stopped_at)

    def record(self, name: str, closed: bool) -> Record:
        assert self.begun is not None
        return Record(
            case_id=name, number=name, estate=self.begun.estate, version="", begun_at=self.begun.now, until=self.now,
            closed=closed, begins_at=self.begins_at, first=self.first, tasks=tuple(self.tasks.values()),
            deeds=tuple(self.deeds), facts=tuple(self.facts), path=tuple(self.path), runs=tuple(self.runs.values()),
        )  # fmt: skip


def recorded(model: Model, story: Scenario, monkeypatch: pytest.MonkeyPatch) -> Record:
    """The story on record, as far as it can be played."""
    recorder = Recorder(model)

    class Recorded(Instance):
        @classmethod
        def start(cls, model: Model, occasion: Occasion, values: Any, moments: Any = None, begins_at: str | None = None) -> Any:
            recorder.occasion(occasion)
            recorder.first, recorder.begins_at = dict(values), begins_at
            return super().start(model, occasion, values, moments or {}, begins_at)

        @classmethod
        def load(cls, model: Model, blob: bytes, occasion: Occasion) -> Any:
            recorder.occasion(occasion)
            return super().load(model, blob, occasion)

        def complete(self, item_id: str, values: Mapping[str, Any], by: str) -> None:
            recorder.given[item_id] = dict(values)
            recorder.next()
            super().complete(item_id, values, by)

        def skip(self, item_id: str, by: str) -> None:
            recorder.skipped.add(item_id)
            recorder.next()
            super().skip(item_id, by)

        def set_values(self, values: Mapping[str, Any]) -> None:
            recorder.deed(values)
            super().set_values(values)

        def deliver(self, message_name: str, payload: Any = None) -> None:
            recorder.deed({}, message_name)
            super().deliver(message_name, payload)

        def drain(self) -> list[Any]:
            happened = super().drain()
            for happening in happened:
                recorder.hear(happening)
            return happened

    with monkeypatch.context() as patched:
        patched.setattr(stage, "Instance", Recorded)
        performance = Performance(model, story)
        assert next(performance.stumbles(), None) is None
    return recorder.record(story.name, performance.stage.instance.ended)


def on_record(model: Model, stories: Mapping[str, Scenario], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Record]]:
    """Every story that can be put on record, by file."""
    for file, story in stories.items():
        yield file, recorded(model, story, monkeypatch)
