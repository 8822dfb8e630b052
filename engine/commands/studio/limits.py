"""A limit of a draft as its owner wants it: how long, from when, who is reminded and who is told when it is late."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from engine.calendar import Unit
from engine.commands.context import Procedures
from engine.commands.studio.editors.given import Given, Raw
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.procedure import Bundle, limits
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diagrams.markup import ACTIVITIES
from engine.procedure.exchange.answering import STEP_BEFORE, Limit, alone_in, limited, unlimited
from engine.procedure.exchange.questions import may_be_marked
from engine.procedure.findings import Findings
from engine.procedure.manifest import names_of
from engine.procedure.reading import Reading, read_all
from engine.procedure.writing import tables
from engine.storage.work import Work

_MOST = Decimal(10_000)
_NULL = "null"
#: What is counted by the day or month has no parts.
_WHOLE = frozenset({Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS})
_MINUTES = {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.DAYS: 24 * 60}
_AMOUNT = Text("请写一个大于 0 的数，例如 8。", "Write a number above 0, such as 8.")
_NO_PARTS = Text("按天、工作日或月计的，请写整数。", "Days, working days and months are whole numbers.")
_UNIT = Text("请选单位。", "Choose a unit.")
_ANCHOR = Text("请选从何时算起。", "Choose from when it counts.")
_WHOSE = Text("从上一步算起，要先选给哪个任务用；或者另选从何时算起。", "Choose the task that it is for, or another beginning.")
_NOT_BEFORE = Text(
    "这个任务前面没有能记下时刻的步骤，请另选从何时算起。",
    "No step before this task can note its moment: choose another beginning.",
)
_TASK = Text("请在单子里选一个任务，或者先不选。", "Choose a task of the list, or none yet.")
_THERE = Text(
    "已有时限“{name}”：请直接改它那一行，或换个名字。", "There is a limit “{name}”: change its line, or use another name."
)
#: Stands for the moment at which the step before is done.
BEFORE = "(before)"
_WARN = Text("请写提前多久提醒，或者留空。", "Write how long before it is reminded, or leave it empty.")
_WARN_LONG = Text("提醒不能早于开始计时，请写短一些。", "The reminder would come before the limit begins: make it shorter.")
_AT_LEAST = Text("请写整数的分钟，或者留空。", "Write whole minutes, or leave it empty.")
_ROLE = Text("规程里没有“{name}”这个角色。", "The procedure has no role “{name}”.")
_CLAUSE = Text("条款清单里没有“{name}”。", "There is no clause “{name}”.")


@dataclass(frozen=True, slots=True)
class ChangeLimit:
    """A row (counted from 1) of the table of limits as it is to be; ``given`` as posted, what is not posted stays."""

    at: Edit
    row: int
    given: Raw


@dataclass(frozen=True, slots=True)
class AddLimit:
    """A limit of its own name with its first row, and the task that it is for, if one is; ``given`` as posted."""

    at: Edit
    given: Raw


@dataclass(frozen=True, slots=True)
class CopyLimit:
    """A row once more below itself, for another condition."""

    at: Edit
    row: int


@dataclass(frozen=True, slots=True)
class DropLimit:
    """A row goes; with the last row of a limit its name, and the limit of the tasks that have it."""

    at: Edit
    row: int


def handle_change(command: ChangeLimit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues by the name of what was posted; Conflict and HeldByOther as SaveFile."""

    def make(bundle: Bundle) -> Files:
        given = Given(command.given)
        outputs = _outputs(given, command.given, read_all(bundle, Findings()), command.row)
        note = given.both("note", 500) if "note" in command.given else None
        given.refuse()
        path = command.at.path
        return {path: tables.with_row(_content(bundle, path), limits.DECISION, command.row, outputs, note)}

    return edit(command.at, make, work, procedures, actor, now)


def handle_add(command: AddLimit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """The number of its row, the last; InvalidValues by the name of what was posted."""
    rows: list[int] = []

    def make(bundle: Bundle) -> Files:
        given, reading = Given(command.given), read_all(bundle, Findings())
        name, length, task = given.both("name", needed=True), _length(given), given.one("task")
        _refuse_name(given, name, reading)
        _refuse_task(given, task, reading)
        anchor = _since(given, task, reading)
        given.refuse()
        limit = Limit(Decimal(length["amount"]), json.loads(length["unit"]), anchor)
        whole, _ = limited(bundle, name, limit, task or None)
        rows.append(len(read_all(whole, Findings()).decisions[limits.DECISION].rules))
        return {path: content for path, content in whole.files.items() if bundle.files.get(path) != content}

    edit(command.at, make, work, procedures, actor, now, together=True)
    return rows[0]


def handle_copy(command: CopyLimit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """Refusals as ChangeLimit."""

    def make(bundle: Bundle) -> Files:
        return {command.at.path: tables.with_copy(_content(bundle, command.at.path), limits.DECISION, command.row)}

    return edit(command.at, make, work, procedures, actor, now)


def handle_drop(command: DropLimit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """Refusals as ChangeLimit."""

    def make(bundle: Bundle) -> Files:
        path, whole = command.at.path, alone_in(command.row, read_all(bundle, Findings()))
        left = Bundle({**bundle.files, path: tables.without_row(_content(bundle, path), limits.DECISION, command.row)})
        for key in whole:
            left = unlimited(left, key)
        return {path: content for path, content in left.files.items() if bundle.files.get(path) != content}

    return edit(command.at, make, work, procedures, actor, now, together=True)


def _content(bundle: Bundle, path: str) -> bytes:
    return bundle.files.get(path, b"")


def _refuse_name(given: Given, name: Text, reading: Reading) -> None:
    table = reading.decisions.get(limits.DECISION)
    rows = {key for rule in table.rules if rule.cells for key in QUOTED.findall(rule.cells[0])} if table else set()
    if any(label.zh == name.zh for key, label in reading.manifest.limits.items() if key in rows):
        given.fault("name", Text(_THERE.zh.format(name=name.zh), _THERE.en.format(name=name.en or name.zh)))


def _refuse_task(given: Given, task: str, reading: Reading) -> None:
    found = reading.elements.get(task)
    if task and (found is None or found.kind not in ACTIVITIES):
        given.fault("task", _TASK)


def _since(given: Given, task: str, reading: Reading) -> str:
    """From when it counts; from the step before only where there is one that can note when it is done."""
    anchor = given.one("anchor")
    if anchor != BEFORE:
        if anchor not in {*reading.manifest.moments, *_times(reading)}:
            given.fault("anchor", _ANCHOR)
        return anchor
    if not task:
        given.fault("anchor", _WHOSE)
    elif not may_be_marked(task, reading):
        given.fault("anchor", _NOT_BEFORE)
    return STEP_BEFORE


def _times(reading: Reading) -> set[str]:
    return {field.key for field in reading.vocabulary.values() if field.type == "datetime"}


def _outputs(given: Given, raw: Raw, reading: Reading, row: int) -> dict[str, str]:
    """The FEEL text of every result that was posted."""
    found: dict[str, str] = {}
    if "unit" in raw:
        found |= _length(given)
    if "anchor" in raw:
        if given.one("anchor") not in {*reading.manifest.moments, *_times(reading)}:
            given.fault("anchor", _ANCHOR)
        found["anchor"] = _text(given.one("anchor"))
    if "warn" in raw:
        found["warn_before"] = _reminder(given, found)
    if "at_least" in raw:
        found["at_least"] = _minutes(given)
    for name in ("told_first", "told_on_breach"):
        if f"{name}_shown" in raw:
            told = sorted(given.many(name), key=_order(reading, row, name))
            found[name] = _named(given, name, told, set(reading.manifest.roles), _ROLE)
    if "clause" in raw:
        found["clause"] = _named(given, "clause", names_of(given.one("clause")), set(reading.clauses), _CLAUSE)
    return found


def _order(reading: Reading, row: int, name: str) -> Callable[[str], int]:
    """Those who were named already keep their order, whoever is new comes after them."""
    table = reading.decisions.get(limits.DECISION)
    rule = next((one for one in table.rules if one.index == row), None) if table else None
    columns = [column.name for column in table.outputs] if table else []
    cell = rule.outputs[columns.index(name)] if rule and name in columns else ""
    standing = names_of(cell.strip().strip('"'))
    return lambda role: standing.index(role) if role in standing else len(standing)


def _length(given: Given) -> dict[str, str]:
    unit = next((one for one in Unit if one.value == given.one("unit")), None)
    if unit is None:
        given.fault("unit", _UNIT)
        return {}
    if unit in limits.BARE_UNITS:
        return {"amount": "0", "unit": _text(unit.value)}
    amount = _number(given.one("amount"))
    if amount is None or not 0 < amount < _MOST:
        given.fault("amount", _AMOUNT)
        return {}
    if unit in _WHOLE and amount != amount.to_integral_value():
        given.fault("amount", _NO_PARTS)
    return {"amount": _plain(amount), "unit": _text(unit.value)}


def _reminder(given: Given, found: dict[str, str]) -> str:
    """In minutes, as the table keeps it; shorter than the limit itself where both run by the clock."""
    if not given.one("warn"):
        return _NULL
    unit = Unit.HOURS if given.one("warn_unit") == Unit.HOURS.value else Unit.MINUTES
    amount = _number(given.one("warn"))
    minutes = amount * _MINUTES[unit] if amount is not None else Decimal(-1)
    if not 0 < minutes < _MOST * 60 or minutes != minutes.to_integral_value():
        given.fault("warn", _WARN)
        return _NULL
    length = next((one for one in _MINUTES if found.get("unit") == _text(one.value)), None)
    if length is not None and "amount" in found and minutes >= Decimal(found["amount"]) * _MINUTES[length]:
        given.fault("warn", _WARN_LONG)
    return _plain(minutes)


def _minutes(given: Given) -> str:
    written = given.one("at_least")
    if written and ((count := count_in(written)) is None or count >= _MOST):
        given.fault("at_least", _AT_LEAST)
        return _NULL
    return str(int(written)) if written else _NULL


def _named(given: Given, name: str, values: list[str] | tuple[str, ...], known: set[str], wrong: Text) -> str:
    for value in values:
        if known and value not in known:
            given.fault(name, Text(wrong.zh.format(name=value), wrong.en.format(name=value)))
    return _text(", ".join(dict.fromkeys(values)))


def _number(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(number: Decimal) -> str:
    """Without the zeros that say nothing."""
    return format(number.normalize(), "f")


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
