"""A walk: the steps that somebody took by hand, which are also the steps of a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from engine.domain.codec import dumps, loads
from engine.domain.values import Value
from engine.procedure import Procedure
from engine.procedure.vocabulary import TEXT_TYPES, Field
from engine.rehearsal.performance import perform
from engine.rehearsal.scenario import DETAILS, EXPECT, Scenario, Step
from engine.rehearsal.seen import Seen
from engine.rehearsal.stage import Stage
from engine.rehearsal.values import usual_answers
from engine.workflow import Model

CLOCK = frozenset({"after", "at"})
COMPLETE = "complete"
#: What people write themselves; persons and departments of a walk are made up.
SPOKEN = TEXT_TYPES - {"person", "department"}
NO_WORDS, NO_NUMBER = "示例", "10000000"


@dataclass(frozen=True, slots=True)
class Walk:
    """When and with what a case began, and the steps taken since, as a story writes them."""

    starts: datetime
    begins: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def read(cls, written: str) -> Walk:
        """The walk whose ``written`` this is."""
        plain = cast(dict[str, Any], loads(written))
        return cls(plain["starts"], plain["begins"], plain["facts"], plain["with"], tuple(plain["steps"]))

    def written(self) -> str:
        """As text; equal walks give equal texts."""
        plain = {"starts": self.starts, "begins": self.begins, "facts": dict(self.facts), "with": dict(self.values)}
        return dumps({**plain, "steps": [dict(step) for step in self.steps]})

    def on(self, step: Step) -> Walk:
        """The walk with one more step."""
        return replace(self, steps=(*self.steps, _as_written(step)))

    def cut(self, steps: int) -> Walk:
        """Its first steps."""
        return replace(self, steps=self.steps[: max(0, steps)])

    def story(self, procedure: Procedure) -> Scenario:
        """The walk as the stage plays it."""
        steps = tuple(_as_step(number, step) for number, step in enumerate(self.steps, 1))
        return Scenario("", "", (), self.starts, self.facts, self.values, steps, self.begins)

    def as_story(self, name: str, model: Model) -> dict[str, Any]:
        """The walk as a story file says it, with what is to be expected: what was passed whenever time went on, and its end.

        A story is kept for ever and given to others: of names, telephones and whatever people said it has the usual answers.
        """
        procedure, zone = model.procedure, model.procedure.day_rules.tz
        first = _nameless(self.values, _usual_at_first(procedure, self.starts), procedure)
        story = replace(self, values=first).story(procedure)
        stage = Stage(model, story)
        written: list[dict[str, Any]] = []
        for taken in story.steps:
            step = replace(taken, values=_nameless(taken.values, _usual_at(taken, stage), procedure))
            perform(step, stage)
            written.append(_local(_as_written(step), zone))
            if step.verb in CLOCK and stage.seen.breached:
                written.append({EXPECT: _passed(stage)})
                stage.seen = Seen()
        ends = {**(_passed(stage) if stage.seen.breached else {}), **_end(stage)}
        if written and EXPECT in written[-1]:
            written[-1][EXPECT].update(ends)
        else:
            written.append({EXPECT: ends})
        head = {"begins": self.begins, "facts": dict(self.facts), "with": dict(first)}
        said = {key: value for key, value in head.items() if value}
        return {"scenario": name, "starts": self.starts.astimezone(zone), **said, "story": written}


def _usual_at_first(procedure: Procedure, starts: datetime) -> Mapping[str, Value]:
    """What a case is begun with when a story does not say."""
    form = procedure.form_of(procedure.intake.task)
    return usual_answers(procedure, form.name, dict.fromkeys(procedure.names), starts) if form is not None else {}


def _usual_at(step: Step, stage: Stage) -> Mapping[str, Value]:
    """What the stage would answer by itself."""
    asked = stage.asked(stage.item(step.given, step.which)) if step.verb == COMPLETE and step.values else None
    return asked.given if asked is not None else {}


def _nameless(values: Mapping[str, Any], usual: Mapping[str, Value], procedure: Procedure) -> dict[str, Any]:
    """The values without what is personal: the usual answer stands for it, or words that say nothing."""
    told = {key: _without(value, procedure.vocabulary.get(key), procedure.vocabulary) for key, value in values.items()}
    kept = {key for key, value in told.items() if value == values[key] or isinstance(value, list) or usual.get(key) is None}
    return {key: value for key, value in told.items() if key in kept}


def _without(value: Any, field: Field | None, fields: Mapping[str, Field]) -> Any:
    if isinstance(value, list):
        return [_without(row, field, fields) for row in value]
    if isinstance(value, Mapping):
        return {key: _without(part, fields.get(key), fields) for key, part in value.items()}
    if field is None or not field.personal or field.type not in SPOKEN or not isinstance(value, str):
        return value
    return NO_NUMBER if field.type == "phone" else NO_WORDS


def _passed(stage: Stage) -> dict[str, Any]:
    """Which limits were passed, and who was told."""
    told = list(dict.fromkeys(role for role in stage.seen.told if role))
    breached = list(dict.fromkeys(stage.seen.breached))
    return {"breached": breached, **({"told": told} if told else {})}


def _end(stage: Stage) -> dict[str, Any]:
    """Where the case stands."""
    if not stage.instance.ended:
        return {"open": stage.open}
    outcome = stage.instance.values.get(stage.procedure.register.get("outcome", ""))
    return {"closed": True, **({"outcome": outcome} if outcome is not None else {})}


def _as_written(step: Step) -> dict[str, Any]:
    details = {"as": step.role, "by": step.person, "to": step.to, "which": step.which, "with": dict(step.values)}
    return {step.verb: step.given, **{key: value for key, value in details.items() if value}}


def _as_step(number: int, written: Mapping[str, Any]) -> Step:
    verb, which = next(key for key in written if key not in DETAILS), written.get("which")
    who, values = (written.get("as"), written.get("by")), written.get("with") or {}
    which = which if which is None or isinstance(which, str) else int(which)
    return Step(number, verb, written[verb], *who, values, to=written.get("to"), which=which)


def _local(step: dict[str, Any], zone: Any) -> dict[str, Any]:
    return {key: value.astimezone(zone) if isinstance(value, datetime) else value for key, value in step.items()}
