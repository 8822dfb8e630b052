"""Comparing what a story expects with what is: the first difference, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure.answers import as_value
from engine.rehearsal.scenario import parts_shown, yaml_line
from engine.rehearsal.stage import Stage
from engine.rehearsal.values import story_values


@dataclass(frozen=True)
class Difference:
    """What was expected and what is, each as one line; ``parts`` are the single ones, by what each is about."""

    expected: str
    actual: str
    parts: tuple[tuple[str, str, str], ...] = ()


def differences(expected: Mapping[str, Any], stage: Stage, refusal: Text | None) -> list[Difference]:
    """Every expectation that does not hold."""
    found = []
    for key, wanted in expected.items():
        actual = _refused(wanted, refusal) if key == "refused" else CHECKS[key](wanted, stage)
        if actual is not None:
            line = _line(wanted, stage)
            found.append(Difference(f"{key}: {line}", f"{key}: {actual}", ((key, line, actual),)))
    return found


def _open(wanted: Any, stage: Stage) -> str | None:
    return None if sorted(_names(wanted)) == stage.open else yaml_line(stage.open)


def _includes(wanted: Any, stage: Stage) -> str | None:
    return None if set(_names(wanted)) <= set(stage.open) else yaml_line(stage.open)


def _not_open(wanted: Any, stage: Stage) -> str | None:
    return yaml_line(stage.open) if set(_names(wanted)) & set(stage.open) else None


def _at_least(found: Callable[[Stage], list[str]]) -> Callable[[Any, Stage], str | None]:
    return lambda wanted, stage: None if set(_names(wanted)) <= set(found(stage)) else yaml_line(found(stage))


def _none_of(found: Callable[[Stage], list[str]]) -> Callable[[Any, Stage], str | None]:
    return lambda wanted, stage: yaml_line(found(stage)) if set(_names(wanted)) & set(found(stage)) else None


def _value(wanted: Any, stage: Stage) -> str | None:
    typed = story_values(stage.procedure, wanted, {}, stage.now)
    values = stage.values
    actual = {key: values.get(key) for key in typed}
    return None if actual == typed else _shown(actual, stage)


def _due(wanted: Any, stage: Stage) -> str | None:
    typed = story_values(stage.procedure, wanted, {}, stage.now)
    running = {run.key: run.due_at for run in stage.instance.limit_runs if run.running}
    actual = {key: running.get(key) for key in typed}
    return None if actual == typed else _shown(actual, stage)


def _path(wanted: Any, stage: Stage) -> str | None:
    passed = iter(stage.path)
    return None if all(name in passed for name in _names(wanted)) else yaml_line(stage.path)


def _not_path(wanted: Any, stage: Stage) -> str | None:
    return yaml_line(stage.path) if set(_names(wanted)) & set(stage.path) else None


def _decided(wanted: Any, stage: Stage) -> str | None:
    """Each decision's latest answer since the last look; of a context only the outputs that are named."""
    actual = {key: stage.seen.decided.get(key) for key in wanted}
    holds = all(_answered(expected, actual[key], stage) for key, expected in wanted.items())
    return None if holds else _shown(actual, stage)


def _answered(expected: Any, actual: Value, stage: Stage) -> bool:
    if not isinstance(expected, dict):
        return bool(actual == as_value(expected))
    typed = story_values(stage.procedure, expected, {}, stage.now)
    return isinstance(actual, dict) and all(actual.get(key) == value for key, value in typed.items())


def _shows(wanted: Any, stage: Stage) -> str | None:
    missing = {task: lacking for task, parts in wanted.items() if (lacking := _shown_parts(parts, task, stage, False))}
    return None if not missing else yaml_line({"not shown": missing, "open": stage.open})


def _hides(wanted: Any, stage: Stage) -> str | None:
    """Only on an open task: what is not open hides nothing."""
    shown = {
        task: found if task in stage.open else "not open"
        for task, parts in wanted.items()
        if (found := _shown_parts(parts, task, stage, True)) or task not in stage.open
    }
    return None if not shown else yaml_line({"shown": shown, "open": stage.open})


def _shown_parts(parts: Any, task: str, stage: Stage, shown: bool) -> list[str]:
    """Those of the named parts that the task's form shows, or does not."""
    names, typed = parts_shown(parts)
    return [name for name in names if stage.shows(task, name, typed) is shown]


def _closed(wanted: Any, stage: Stage) -> str | None:
    return None if stage.instance.ended is wanted else yaml_line(stage.instance.ended)


def _outcome(wanted: Any, stage: Stage) -> str | None:
    actual = stage.instance.values.get(stage.procedure.register.get("outcome", ""))
    return None if actual == wanted else yaml_line(actual)


def _refused(wanted: Any, refusal: Text | None) -> str | None:
    holds = wanted is True if refusal else wanted is False
    if isinstance(wanted, str) and refusal:
        holds = wanted in refusal.zh or wanted in refusal.en
    return None if holds else str(refusal) if refusal else "false"


def _names(wanted: Any) -> list[str]:
    return [str(name) for name in wanted] if isinstance(wanted, list) else [str(wanted)]


def _line(wanted: Any, stage: Stage) -> str:
    return _shown(wanted, stage) if isinstance(wanted, dict) else yaml_line(wanted)


def _shown(values: Mapping[str, Value], stage: Stage) -> str:
    zone = stage.procedure.day_rules.tz
    local = {key: value.astimezone(zone) if isinstance(value, datetime) else value for key, value in values.items()}
    return "{" + ", ".join(f"{key}: {_plain(value)}" for key, value in local.items()) + "}"


def _plain(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return WORDS[value] if value is None or isinstance(value, bool) else str(value)


WORDS = {None: "null", True: "true", False: "false"}
CHECKS: Mapping[str, Callable[[Any, Stage], str | None]] = {
    "open": _open,
    "includes": _includes,
    "not_open": _not_open,
    "value": _value,
    "due": _due,
    "breached": _at_least(lambda stage: stage.seen.breached),
    "not_breached": _none_of(lambda stage: stage.seen.breached),
    "told": _at_least(lambda stage: stage.seen.told),
    "not_told": _none_of(lambda stage: stage.seen.told),
    "drafted": _at_least(lambda stage: stage.seen.drafted),
    "not_drafted": _none_of(lambda stage: stage.seen.drafted),
    "called": _at_least(lambda stage: stage.seen.called),
    "decided": _decided,
    "shows": _shows,
    "hides": _hides,
    "path": _path,
    "not_path": _not_path,
    "closed": _closed,
    "outcome": _outcome,
}
