"""What stands on the first page of a case: demands, who has what, and what the forms say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.values import Value
from engine.queries.case_file.drafts import Unfinished, unfinished
from engine.queries.case_file.gathered.sheets import NOTHING, Sheet, newest_sheets, pairs_of
from engine.queries.case_file.head import Head
from engine.queries.case_values import values_of
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.queries.task.afterwards import NextItem, open_items

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Table:
    """A list that the intake asks for, such as the demands, a column a part, with its present rows."""

    field: Any
    columns: tuple[Any, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the first page beside the head."""

    tables: tuple[Table, ...]
    essentials: tuple[tuple[Any, Value], ...]
    open_items: tuple[NextItem, ...]
    sheets: tuple[Sheet, ...]
    unfinished: tuple[Unfinished, ...]
    names: Names


def overview(reader: Reader, actor: Actor, case: Head) -> Overview:
    """The first page of a case that the actor was shown."""
    hidden = withheld(actor, case.procedure, case.estate_id)
    present = values_of(reader.catalogue, case.state, case.apart.latest())
    values = {key: value for key, value in present.items() if key not in hidden}
    sheets = newest_sheets(reader, actor, case, hidden)
    tables = tuple(tables_in(case.procedure, values))
    essentials = tuple(_essentials(case, values))
    return Overview(
        tables=tables,
        essentials=essentials,
        open_items=open_items(reader, actor, case.case_id, case.version_id) if case.version_id else (),
        sheets=sheets,
        unfinished=unfinished(reader, actor, case),
        names=named(reader, actor, [*essentials, *_pairs(sheets, tables, case.procedure)]),
    )


def tables_in(procedure: Any, values: dict[str, Value]) -> Iterator[Table]:
    """The lists that the intake asks for, with what later forms added to their rows."""
    form = procedure.form_of(procedure.intake.task)
    for entry in form.fields if form else ():
        rows = [row for row in values.get(entry.key) or () if isinstance(row, dict)] if entry.field.type == "list" else []
        used = [key for key in entry.field.of if any(row.get(key) not in NOTHING for row in rows)]
        if used:
            columns = tuple(procedure.vocabulary[key] for key in used)
            yield Table(entry.field, columns, tuple(tuple(row.get(key) for key in used) for row in rows))


def _essentials(case: Head, values: dict[str, Value]) -> Iterator[tuple[Any, Value]]:
    """The register's columns in the order of procedure.yaml; of a historic record everything that was taken over."""
    procedure = case.procedure
    keys = list(procedure.register.values())
    keys += [key for key in values if key not in keys] if case.is_historic else []
    for key in dict.fromkeys(keys):
        if key in procedure.vocabulary and values.get(key) not in NOTHING:
            yield procedure.vocabulary[key], values[key]


def _pairs(sheets: Iterable[Sheet], tables: Iterable[Table], procedure: Any) -> Iterator[tuple[Any, Value]]:
    yield from pairs_of(sheets, procedure)
    for table in tables:
        yield from ((column, value) for row in table.rows for column, value in zip(table.columns, row, strict=True))
