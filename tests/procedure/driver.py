"""A case of the shipped procedure in a test: real forms, usual answers, saved and loaded between steps, on a manual clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.calendar import Calendar
from engine.feel import EvaluationContext
from engine.procedure import Procedure, load_folder, open_procedure
from engine.workflow import (
    Called,
    Happening,
    Instance,
    LimitBreached,
    LimitRun,
    LimitWarned,
    Occasion,
    OpenItem,
    Passed,
    build_model,
)

PROCEDURE: Procedure = open_procedure(load_folder(Path(__file__).parents[2] / "processes" / "complaint"))
ZONE = PROCEDURE.day_rules.tz
#: A Monday without a holiday near it, 09:00 in Shanghai.
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZONE)


def local(*parts: int) -> datetime:
    """A moment in Shanghai."""
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type, misc]


class Story:
    """One complaint; what fell due is fired, moment by moment, whenever the clock moves."""

    def __init__(self, *, at: datetime = MONDAY, facts: Mapping[str, Any] | None = None, **values: Any) -> None:
        self.now = at
        self.facts = dict(facts or {})
        self._model = build_model(PROCEDURE)
        self._calendar = Calendar(PROCEDURE.day_rules)
        self._happened: list[Happening] = []
        given = {"heard_at": at, "registered_at": at, **values}
        instance = Instance.start(self._model, self._occasion(), given)
        self._blob = self._save(instance)

    # --- what is --------------------------------------------------------------------------------------------------------

    @property
    def open(self) -> list[str]:
        """The ids of the open tasks, sorted."""
        return sorted(item.element_id for item in self._load().open_items)

    @property
    def handling(self) -> list[str]:
        """The open tasks beside those of the urgency ladder, sorted."""
        return [element_id for element_id in self.open if _process(element_id) != "urgency"]

    def deadline(self, element_id: str) -> tuple[str | None, datetime | None]:
        """The limit that an open task shows, and its due moment."""
        item = next(item for item in self._load().open_items if item.element_id == element_id)
        return item.due_key, item.due_at

    @property
    def values(self) -> Mapping[str, Any]:
        """The current values."""
        return self._load().values

    @property
    def ended(self) -> bool:
        """Whether the case is over."""
        return self._load().ended

    @property
    def path(self) -> list[str]:
        """The elements passed so far, in order."""
        return [happening.element_id for happening in self._happened if isinstance(happening, Passed)]

    @property
    def breached(self) -> list[str]:
        """The limits breached so far, in order."""
        return [happening.run.key for happening in self._happened if isinstance(happening, LimitBreached)]

    @property
    def told(self) -> list[tuple[str, ...]]:
        """Whom breaches and the diagrams' own messages told, in order."""
        return [who for happening in self._happened if (who := _told(happening))]

    @property
    def warned(self) -> list[str]:
        """The limits whose warning moment came, in order."""
        return [happening.run.key for happening in self._happened if isinstance(happening, LimitWarned)]

    def item(self, element_id: str) -> OpenItem:
        """The open task with this id."""
        return next(item for item in self._load().open_items if item.element_id == element_id)

    def run(self, key: str) -> LimitRun:
        """The latest run of a limit."""
        return next(run for run in self._load().limit_runs if run.key == key)

    def running(self) -> list[str]:
        """The limits that run, sorted."""
        return sorted(run.key for run in self._load().limit_runs if run.running)

    def due(self, key: str) -> datetime:
        """When the latest run of a limit is due, in local time."""
        return self.run(key).due_at.astimezone(ZONE)

    def passed(self, element_id: str) -> int:
        """How often an element was passed."""
        return self.path.count(element_id)

    # --- what people do -------------------------------------------------------------------------------------------------

    def complete(self, element_id: str, *, by: str | None = None, **values: Any) -> None:
        """Hand in an open task through its form: the usual answers, except what the story says."""
        instance = self._load()
        item = self.item(element_id)
        answer = self._answer(element_id, instance, values)
        instance.complete(item.id, answer, by or item.assignee or item.role or "somebody")
        self._blob = self._save(instance)

    def reach(self, *element_ids: str) -> None:
        """Complete what is open with the usual answers until one of these tasks is open; the ladder is left alone."""
        for _ in range(60):
            if set(self.open) & set(element_ids):
                return
            self.complete(self.handling[0])
        raise AssertionError(f"{element_ids} not reached, open: {self.open}")

    def finish(self) -> None:
        """Complete everything with the usual answers until the case is over."""
        for _ in range(60):
            if self.ended:
                return
            self.complete(self.open[0])
        raise AssertionError(f"not finished, open: {self.open}")

    def set(self, **values: Any) -> None:
        """Change values of the case, as a command does."""
        instance = self._load()
        instance.set_values(values)
        self._blob = self._save(instance)

    def deliver(self, message: str) -> None:
        """Hand a message to the case."""
        instance = self._load()
        instance.deliver(message)
        self._blob = self._save(instance)

    # --- time -------------------------------------------------------------------------------------------------------------

    def advance(self, **span: float) -> None:
        """Let time pass."""
        self.at(self.now + timedelta(**span))

    def at(self, moment: datetime) -> None:
        """Let time pass until a moment, firing on the way what falls due, each at its own moment."""
        while (due := next(iter(self._load().due()), None)) and due.due_at <= moment:
            self.now = max(self.now, due.due_at)
            instance = self._load()
            instance.fire(due.id)
            self._blob = self._save(instance)
        self.now = moment

    # --- machinery --------------------------------------------------------------------------------------------------------

    def _occasion(self) -> Occasion:
        return Occasion(self.now.astimezone(UTC), self._calendar, self.facts, "east")

    def _load(self) -> Instance:
        return Instance.load(self._model, self._blob, self._occasion())

    def _save(self, instance: Instance) -> bytes:
        self._happened += instance.drain()
        return instance.dump()

    def _answer(self, element_id: str, instance: Instance, said: Mapping[str, Any]) -> dict[str, Any]:
        form = PROCEDURE.form_of(element_id)
        assert form is not None, element_id
        scope = {**dict.fromkeys(PROCEDURE.vocabulary), **self.facts, **instance.values}
        context = EvaluationContext(now=self.now, zone=ZONE)
        usual = {key: answer.evaluate(scope, context) for key, answer in PROCEDURE.answers.get(form.name, {}).items()}
        prefilled = {key: instance.values[key] for key in form.keys if instance.values.get(key) is not None}
        answer = form.read({**prefilled, **usual, **said}, scope, zone=ZONE)
        assert not answer.errors, (element_id, {key: text.en for key, text in answer.errors.items()})
        assert not answer.unknown, (element_id, answer.unknown)
        return {key: value for key, value in answer.values.items() if not PROCEDURE.vocabulary[key].personal}


def _told(happening: Happening) -> tuple[str, ...]:
    if isinstance(happening, LimitBreached):
        return happening.run.told_on_breach
    if isinstance(happening, Called) and happening.operator == "notify":
        role = happening.parameters["role"]
        return tuple(role) if isinstance(role, list) else (str(role),)
    return ()


def _process(element_id: str) -> str:
    return PROCEDURE.element(element_id).process_id
