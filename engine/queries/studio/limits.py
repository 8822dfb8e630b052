"""The limits of a draft as an owner thinks of them: how long, from when, who is told, and where it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from engine.calendar import Unit
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.procedure import Bundle, limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diagrams import Element
from engine.procedure.exchange.answering import alone_in
from engine.procedure.findings import Findings
from engine.procedure.manifest import names_of
from engine.procedure.reading import Reading, read_all
from engine.procedure.writing.figures import Length, Stale, stale
from engine.queries.procedure.drafts import draft_row
from engine.queries.studio.desk import Desk
from engine.queries.studio.options import Option
from engine.queries.studio.tables import asked_in

if TYPE_CHECKING:
    from engine.queries.reader import Reader

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
    """One row of the table of limits, by its number; ``ids`` are the row and all its cells, for findings.

    ``called`` tells it apart from the others of its name; ``behind`` is there when its note still states the old length;
    ``whole`` says that the limit goes with the line.
    """

    row: int
    ids: tuple[str, ...]
    name: Text
    called: Text
    note: Text
    behind: Stale | None
    conditions: tuple[tuple[Text, Text], ...]
    cells: Mapping[str, Cell]
    uses: tuple[Use, ...]
    whole: bool

    @property
    def reminder(self) -> tuple[str, str]:
        """How long before it is reminded, in hours where that is a whole number, and the unit."""
        minutes = self.cells["warn_before"].value
        if (count := count_in(minutes)) and count % _HOUR == 0:
            return str(count // _HOUR), Unit.HOURS.value
        return minutes, Unit.MINUTES.value

    def told(self, name: str) -> tuple[str, ...]:
        """The roles that a result names."""
        return names_of(self.cells[name].value)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of a table of limits, and what may be chosen in them; ``tasks`` for a new one, diagram by diagram."""

    decision: str
    lines: tuple[Line, ...]
    units: tuple[Option, ...]
    bare: frozenset[str]
    anchors: tuple[Option, ...]
    roles: tuple[Option, ...]
    tasks: tuple[tuple[Text, tuple[Option, ...]], ...]


def limits_of(reader: Reader, actor: Actor, desk: Desk) -> Limits | None:
    """The table of limits as far as it can be read; None without one that has the columns of limits."""
    reading = desk.reading
    table = _table(reading)
    if table is None:
        return None
    base = Bundle.from_bytes(draft_row(reader, actor, desk.draft_id)["base"])
    before = _lengths(_table(read_all(base, Findings())))
    head = reading.manifest
    times = {field.key: field.label for field in reading.vocabulary.values() if field.type == "datetime"}
    anchors = {key: moment.label for key, moment in head.moments.items()} | times
    return Limits(
        table.id,
        _told_apart(_line(reading, table, rule, before.get(rule.id)) for rule in table.rules),
        tuple(Option(unit.value, limits.UNITS_IN_WORDS[unit.value]) for unit in Unit),
        frozenset(unit.value for unit in limits.BARE_UNITS),
        tuple(Option(key, label) for key, label in anchors.items()),
        tuple(Option(key, role.label) for key, role in head.roles.items()),
        tuple(_tasks(reading)),
    )


def _tasks(reading: Reading) -> Iterator[tuple[Text, tuple[Option, ...]]]:
    for diagram in reading.diagrams.values():
        tasks = [one for one in reading.elements.values() if one.process_id == diagram.process_id and one.kind == "userTask"]
        if tasks:
            yield diagram.name, tuple(Option(one.id, one.label) for one in tasks)


def _table(reading: Reading) -> Decision | None:
    """The table of limits, if it has the columns of one."""
    table = reading.decisions.get(limits.DECISION)
    whole = table is not None and {column.name for column in table.outputs} >= set(limits.OUTPUTS)
    return table if whole else None


def _lengths(table: Decision | None) -> dict[str, tuple[Text, Length]]:
    """The note of each row and how long its limit is, by the row's id."""
    rules = table.rules if table else ()
    found = {rule.id: (Text(rule.annotation, rule.annotation_en), _length(table, rule)) for rule in rules if table}
    return {key: (note, length) for key, (note, length) in found.items() if length is not None}


def _length(table: Decision, rule: Rule) -> Length | None:
    names = [column.name for column in table.outputs]
    amount, unit = (rule.outputs[names.index(name)].strip() for name in ("amount", "unit"))
    plain = QUOTED.fullmatch(unit)
    counted = plain is not None and plain[1] in {one.value for one in Unit} - {one.value for one in limits.BARE_UNITS}
    return Length(Decimal(amount), plain[1]) if plain and counted and _is_number(amount) else None


def _told_apart(lines: Iterator[Line]) -> tuple[Line, ...]:
    """Each with a name that no other has: by what it asks, else by its number."""
    found = list(lines)
    for tell in (_with_conditions, _with_number):
        names = Counter(line.called.zh for line in found)
        found = [replace(line, called=tell(line)) if names[line.called.zh] > 1 else line for line in found]
    return tuple(found)


def _with_conditions(line: Line) -> Text:
    if not line.conditions:
        return line.name
    zh = "，".join(f"{label.zh}：{words.zh}" for label, words in line.conditions)
    en = ", ".join(f"{label.en}: {words.en}" for label, words in line.conditions)
    return Text(f"{line.name.zh}（{zh}）", f"{line.name.en} ({en})")


def _with_number(line: Line) -> Text:
    return Text(f"{line.called.zh}（第 {line.row} 行）", f"{line.called.en} (row {line.row})")


def _line(reading: Reading, table: Decision, rule: Rule, before: tuple[Text, Length] | None) -> Line:
    keys = QUOTED.findall(rule.cells[0]) if rule.cells else []
    names = [reading.manifest.limits.get(key, Text(key, key)) for key in keys] or [Text(rule.cells[0], rule.cells[0])]
    name = Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))
    note, length = Text(rule.annotation, rule.annotation_en), _length(table, rule)
    return Line(
        row=rule.index,
        ids=tuple(filter(None, (rule.id, *rule.entries))),
        name=name,
        called=name,
        note=note,
        behind=stale(*before, note, length) if before and length else None,
        conditions=asked_in(reading, table, rule, 1),
        cells={
            column.name: _cell(rule.outputs[number], rule.entries[len(rule.cells) + number])
            for number, column in enumerate(table.outputs)
        },
        uses=tuple(use for element in reading.elements.values() for use in _uses(element, set(keys))),
        whole=bool(alone_in(rule.index, reading)),
    )


def _cell(feel: str, cell_id: str) -> Cell:
    text = feel.strip()
    if text in ("", "-", "null"):
        return Cell("", "", cell_id)
    plain = QUOTED.fullmatch(text)
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
