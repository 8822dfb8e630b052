"""What a walk is asked and what was posted to it: when it begins, which task is meant, and its form as everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import request

from engine import errors
from engine.domain.text import Text
from engine.queries import people
from engine.queries.studio import trying as queries
from webforms import filling, visit
from webforms.rendering import Rendering, raw_of, render

BEGIN = ""
COMPLETE = "complete"
#: Between a task and which of several it is, in an address.
WHICH = "~"
_MORNING = time(9)
_YEARS, _MOST_DIGITS = range(2000, 2100), 6
WHEN = Text("请选 2000 年到 2099 年之间的一个时间。", "Choose a time between the years 2000 and 2099.")


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken: why, at which entries, for which task it was typed and what was to be done with it."""

    text: Text
    fields: dict[str, Text]
    task: str = BEGIN
    verb: str = COMPLETE


def asks(trial: queries.Trial, question: dict[str, Any]) -> dict[str, Any]:
    """The answer, in which the company's departments go by their names."""
    places = {option.value: {"zh": option.label.zh, "en": option.label.en} for option in departments()}
    return trial.ask({**question, "places": places})


def place_posted() -> str:
    """For which task something was posted: its element, and of several open at once which one."""
    given, which = request.form.get("_given", BEGIN), request.form.get("_which", "")
    return f"{given}{WHICH}{which}" if which else given


def which_of(written: str) -> int | str | None:
    """Of several tasks of one name the number, department or person that was posted."""
    return int(written) if is_count(written) else written or None


def form_of(trial: queries.Trial, task: str) -> dict[str, Any]:
    """The form of a task, or the one with which a walk begins."""
    if task == BEGIN:
        return heard(trial.ask({"ask": "intake", **beginning(trial)}))
    given, _, which = task.partition(WHICH)
    return heard(trial.ask({"ask": "form", "walk": trial.walk, "task": given, "which": which_of(which)}))


def heard(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer; InvalidState when there is none."""
    if "refused" in answer:
        raise errors.InvalidState(answer["refused"])
    return answer


def beginning(trial: queries.Trial) -> dict[str, Any]:
    """When and how it begins: as posted or chosen, else this morning with a usual call."""
    given = request.form if request.method == "POST" else request.args
    facts = {key.partition(".")[2]: value for key, value in given.items() if key.startswith("fact.") and is_count(value)}
    begins = given.get("_begins") or None
    return {
        "starts": _starts(given.get("_starts", "")),
        "begins": begins,
        "facts": facts,
        "emergency": bool(given.get("_emergency")),
    }


def _starts(written: str) -> str:
    zone = visit.reader().zone
    moment = moment_of(written)
    if moment is not None:
        return moment.replace(tzinfo=zone).isoformat()
    today = visit.now().astimezone(zone).date()
    # A working day, so that limits in hours show themselves the same day.
    day = today + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[today.weekday()])
    return datetime.combine(day, _MORNING, zone).isoformat()


def moment_of(written: str) -> datetime | None:
    """What was entered; None for what is no moment, or lies where no calendar reaches."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def is_count(written: str) -> bool:
    """Whether it can be a number of times."""
    return written.isdecimal() and len(written) <= _MOST_DIGITS


def drawing(trial: queries.Trial, asked: dict[str, Any], task: str, refused: Refused | None) -> Rendering | None:
    """The form by the renderer of every form; people and places are only those that a procedure itself knows."""
    entered = queries.entered(trial.procedure, asked)
    if entered is None:
        return None
    zone = trial.procedure.day_rules.tz
    typed = request.method == "POST" and place_posted() == task and request.form.get("_verb", COMPLETE) == COMPLETE
    raw = filling.typed() if typed else raw_of(entered.given, sorted(entered.form.keys), zone)
    left_out = (trial.procedure.register.get("household", ""),) if task == BEGIN else ()
    faults = refused.fields if refused and refused.task == task and refused.verb == COMPLETE else None
    return render(entered.form, raw, entered.scope, zone=zone, lookup=_lookup(trial), errors=faults, left_out=left_out)


def _lookup(trial: queries.Trial) -> Any:
    def options(kind: str) -> tuple[people.Option, ...]:
        if kind == "person":
            return tuple(people.Option(key, role.label) for key, role in trial.procedure.roles.items())
        return departments() if kind == "department" else ()

    return options


def known(trial: queries.Trial) -> Mapping[str, Text]:
    """What departments and persons of a walk are called, by what stands for them in its forms."""
    roles = {key: role.label for key, role in trial.procedure.roles.items()}
    return {**roles, **{option.value: option.label for option in departments()}}


def departments() -> tuple[people.Option, ...]:
    """Those of the first estate stand for all."""
    reader, actor = visit.reader(), visit.actor()
    places = people.estates(reader, actor)
    return people.departments(reader, actor, places[0].value if places else "")
