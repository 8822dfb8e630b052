"""The limits of a draft as an owner thinks of them: how long, from when, who is told, and where it matters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from engine.calendar import Unit
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.diagrams import Element
from engine.procedure.manifest import names_of
from engine.procedure.reading import Reading
from engine.queries.procedure.reading import UNITS_IN_WORDS
from engine.queries.studio.options import Option
from engine.queries.studio.tables import asked_in

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_QUOTED = re.compile(r'"([^"]*)"')
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Use:
    """An element of a diagram that a limit is about: it begins there, ends there, both, or its passing is drawn on it."""

    way: str
    file: str
    element: str
    label: Text


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a result: its plain value, "" for none; ``feel`` is its text where it is no plain value; its id."""

    value: str
    feel: str
    id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table of limits, by its number; ``ids`` are the row and all its cells, for findings."""

    row: int
    ids: tuple[str, ...]
    name: Text
    note: Text
    conditions: tuple[tuple[Text, Text], ...]
    cells: Mapping[str, Cell]
    uses: tuple[Use, ...]

    @property
    def reminder(self) -> tuple[str, str]:
        """How long before it is reminded, in hours where that is a whole number, and the unit."""
        minutes = self.cells["warn_before"].value
        if minutes.isdecimal() and int(minutes) and int(minutes) % _HOUR == 0:
            return str(int(minutes) // _HOUR), Unit.HOURS.value
        return minutes, Unit.MINUTES.value

    def told(self, name: str) -> tuple[str, ...]:
        """The roles that a result names."""
        return names_of(self.cells[name].value)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of a table of limits, and what may be chosen in them."""

    decision: str
    lines: tuple[Line, ...]
    units: tuple[Option, ...]
    bare: frozenset[str]
    anchors: tuple[Option, ...]
    roles: tuple[Option, ...]


def limits_of(reader: Reader, actor: Actor, reading: Reading) -> Limits | None:
    """The table of limits as far as it can be read; None without one that has the columns of limits."""
    table = reading.decisions.get(limits.DECISION)
    if table is None or {column.name for column in table.outputs} < set(limits.OUTPUTS):
        return None
    head = reading.manifest
    times = {field.key: field.label for field in reading.vocabulary.values() if field.type == "datetime"}
    anchors = {key: moment.label for key, moment in head.moments.items()} | times
    return Limits(
        table.id,
        tuple(_line(reading, table, rule) for rule in table.rules),
        tuple(Option(unit.value, UNITS_IN_WORDS[unit.value]) for unit in Unit),
        frozenset(unit.value for unit in limits.BARE_UNITS),
        tuple(Option(key, label) for key, label in anchors.items()),
        tuple(Option(key, role.label) for key, role in head.roles.items()),
    )


def _line(reading: Reading, table: Decision, rule: Rule) -> Line:
    keys = _QUOTED.findall(rule.cells[0]) if rule.cells else []
    names = [reading.manifest.limits.get(key, Text(key, key)) for key in keys] or [Text(rule.cells[0], rule.cells[0])]
    return Line(
        row=rule.index,
        ids=tuple(filter(None, (rule.id, *rule.entries))),
        name=Text("、".join(one.zh for one in names), ", ".join(one.en for one in names)),
        note=Text(rule.annotation, rule.annotation_en),
        conditions=asked_in(reading, table, rule, 1),
        cells={
            column.name: _cell(rule.outputs[number], rule.entries[len(rule.cells) + number])
            for number, column in enumerate(table.outputs)
        },
        uses=tuple(use for element in reading.elements.values() for use in _uses(element, set(keys))),
    )


def _cell(feel: str, cell_id: str) -> Cell:
    text = feel.strip()
    if text in ("", "-", "null"):
        return Cell("", "", cell_id)
    plain = _QUOTED.fullmatch(text)
    if plain or _is_number(text):
        return Cell(plain[1] if plain else text, "", cell_id)
    return Cell("", text, cell_id)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _uses(element: Element, keys: set[str]) -> Iterator[Use]:
    ways = {"whole": element.limit, "opens": element.opens, "stops": element.stops, "drawn": element.drawn_limits}
    for way, named in ways.items():
        if keys & set(named):
            yield Use(way, element.file, element.id, element.label)
