"""A decision table of a draft changed without drawing: its rows by choosing, and a column more for a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.editors.given import HELP, Given, Raw
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure import Bundle
from engine.procedure.decisions import Decision
from engine.procedure.findings import Findings
from engine.procedure.reading import FIELDS_FILE, Reading, read_all
from engine.procedure.vocabulary import Field
from engine.procedure.writing import tables
from engine.procedure.writing.merging import content_of, rewritten
from engine.storage.work import Work

ANYTHING, IN, NOT = "any", "in", "not"
COPY, NEW, DROP, UP, DOWN = "copy", "new", "drop", "up", "down"
ROW_WAYS = frozenset({COPY, NEW, DROP, UP, DOWN})
_TYPES = {"boolean": "boolean", "number": "number", "money": "number", "date": "date", "datetime": "dateTime", "time": "time"}
_NO_TABLE = Text("请选一张决策表。", "Choose a table.")
_PERSONAL = Text("“{name}”是个人信息，决策表不能看它。", "“{name}” is personal: no table may look at it.")
_ASKS = Text("这张表已经在看“{name}”。", "The table looks at “{name}” already.")
_LIST = Text("“{name}”是表格或附件，决策表不能看它。", "“{name}” is a list or files: no table can look at it.")
_UNREAD = Text("这一格读不懂：{why}", "This cell cannot be read: {why}")


@dataclass(frozen=True, slots=True)
class AddColumn:
    """A column for a field in a table that is named as "file#decision"; the field is kept for it."""

    at: Edit
    key: str
    table: str


@dataclass(frozen=True, slots=True)
class SayRow:
    """A row (counted from 1) of a table of the file as it is to be; ``given`` as posted, cells by place, the rest stays."""

    at: Edit
    decision: str
    row: int
    given: Raw


@dataclass(frozen=True, slots=True)
class PutRow:
    """A row copied, moved up or down, or gone, or with ``new`` an empty one below it (0: on top)."""

    at: Edit
    decision: str
    row: int
    way: str


def handle_column(command: AddColumn, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> tuple[str, str]:
    """The table's file and the id of the column."""
    made: list[tuple[str, str]] = []

    def make(bundle: Bundle) -> Files:
        reading = read_all(bundle, Findings())
        file, _, decision = command.table.partition("#")
        field, table = _required(command, reading, decision)
        kind = _TYPES.get(field.type, "string")
        content, column = tables.with_column(bundle.files[file], table.id, field.key, field.label, kind)
        made.append((file, column))
        return {file: content, **_kept(bundle, field)}

    edit(command.at, make, work, procedures, actor, now)
    return made[0]


def handle_row(command: SayRow, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues by the name of what was posted."""

    def make(bundle: Bundle) -> Files:
        given, reading = Given(command.given), read_all(bundle, Findings())
        cells = _cells(given, reading, reading.decisions.get(command.decision))
        note = given.both("note", HELP) if given.posted("note") else None
        given.refuse()
        path = command.at.path
        return {path: tables.with_cells(bundle.files[path], command.decision, command.row, cells, note)}

    return edit(command.at, make, work, procedures, actor, now)


def handle_put(command: PutRow, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The number of the row that is looked at next."""
    ways: dict[str, Callable[[bytes], bytes]] = {
        COPY: lambda content: tables.with_copy(content, command.decision, command.row),
        NEW: lambda content: tables.with_new_row(content, command.decision, command.row),
        DROP: lambda content: tables.without_row(content, command.decision, command.row),
        UP: lambda content: tables.with_row_moved(content, command.decision, command.row, -1),
        DOWN: lambda content: tables.with_row_moved(content, command.decision, command.row, 1),
    }
    path = command.at.path
    edit(command.at, lambda bundle: {path: ways[command.way](bundle.files[path])}, work, procedures, actor, now)
    step = {COPY: 1, NEW: 1, DOWN: 1, UP: -1}.get(command.way, 0)
    return str(max(1, command.row + step))


def _required(command: AddColumn, reading: Reading, decision: str) -> tuple[Field, Decision]:
    table, field = reading.decisions.get(decision), reading.vocabulary.get(command.key)
    if table is None or table.file != command.table.partition("#")[0] or field is None:
        raise InvalidValues(_NO_TABLE, {"table": _NO_TABLE})
    why = _PERSONAL if field.personal else _LIST if field.type in ("list", "evidence") else None
    if why is None and any(column.source.strip() == field.key for column in table.inputs):
        why = _ASKS
    if why is not None:
        said = Text(why.zh.format(name=field.label.zh), why.en.format(name=field.label.en))
        raise InvalidValues(said, {"table": said})
    return field, table


def _kept(bundle: Bundle, field: Field) -> Files:
    """What a table looks at outlives the form that it was filled in on."""
    data = content_of(bundle.files.get(FIELDS_FILE))
    if field.keep or not isinstance(data.get(field.key), dict):
        return {}
    return {FIELDS_FILE: rewritten(bundle.files[FIELDS_FILE], {**data, field.key: {**data[field.key], "keep": True}})}


def _cells(given: Given, reading: Reading, table: Decision | None) -> dict[int, str]:
    """The FEEL text of every cell that was posted: as chosen, or as written."""
    asked = len(table.inputs) if table else 0
    whole = asked + (len(table.outputs) if table else 0)
    found: dict[int, str] = {}
    for place in range(whole):
        name = f"c{place}"
        if given.posted(f"{name}_is"):
            found[place] = _chosen(given, name)
        elif given.posted(name):
            found[place] = given.one(name) or ("-" if place < asked else "")
            _refuse_unread(given, name, found[place], reading, asks=place < asked)
    return found


def _chosen(given: Given, name: str) -> str:
    """Some of the choices or none of them; nothing ticked asks nothing."""
    values = ", ".join(tables.quoted(value) for value in given.many(f"{name}_v"))
    if not values or given.one(f"{name}_is") not in (IN, NOT):
        return "-"
    return f"not({values})" if given.one(f"{name}_is") == NOT else values


def _refuse_unread(given: Given, name: str, text: str, reading: Reading, *, asks: bool) -> None:
    why = tables.unread(text, reading.names, asks=asks)
    if why is not None:
        given.fault(name, Text(_UNREAD.zh.format(why=why.zh), _UNREAD.en.format(why=why.en)))
