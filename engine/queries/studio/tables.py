"""What the editor of a decision table needs beside the file: what may be asked and answered, with the names people know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.calendar import Unit
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED, TRUTH
from engine.procedure.reading import Reading
from engine.procedure.vocabulary import Field
from engine.queries.procedure.reading import in_words
from engine.queries.studio.options import Option
from engine.storage.tables import department

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_LIST = re.compile(r'"[^"]*"(?:\s*,\s*"[^"]*")*')
_NOT = re.compile(r"not\s*\((.*)\)")
_DEPARTMENT = "department"
_NOTHING = ("", "-", "null")
#: So many rows stand on a page.
AT_ONCE = 100
#: Of more rows a file is drawn as a sheet only for whoever asks for it: drawing them keeps its reader waiting.
DRAWN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be changed, by its place from the left: what may be chosen in it, and its FEEL text where that says more.

    ``relation`` is "" where it is written and not chosen, else ``any``, ``in`` or ``not`` of ``values``; an answer has one value.
    """

    place: int
    label: Text
    text: str
    asks: bool
    choices: tuple[Option, ...] = ()
    relation: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what is asked of which column, what is answered, and the author's note; by its id and number, with its cells."""

    id: str
    number: int
    asked: tuple[tuple[Text, Text], ...]
    answered: tuple[tuple[Text, Text], ...]
    note: Text
    own_note: Text
    cells: tuple[Cell, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are looked at: those with these words in them, and of a great table a page, or the page of a place.

    A ``place`` is ``place_of`` a row, or an id of the row or of one of its cells; ``page`` is meant of the table named.
    """

    words: str = ""
    place: str = ""
    table: str = ""
    page: int = 1


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Readable:
    """A table in words: ``rows`` are those of a page, ``matching`` how many have what was looked for, ``total`` all of them.

    ``ids`` are those of all its rows and cells.
    """

    id: str
    label: Text
    hit_policy: str
    rows: tuple[Row, ...]
    total: int
    matching: int
    page: int
    ids: frozenset[str]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.matching // AT_ONCE))

    @property
    def before(self) -> int:
        """How many of the matching rows stand on the pages before."""
        return (self.page - 1) * AT_ONCE


def columns(reader: Reader, actor: Actor, reading: Reading, path: str) -> tuple[Option, ...]:
    """What a column of the tables of a file may be about: every field that is not personal, and results that name roles."""
    departments = _departments(reader)
    known = {field.key: _field(field, departments) for field in reading.vocabulary.values() if not field.personal}
    if path == limits.FILE:
        known |= _columns_of_limits(reading)
    named = {column for decision in _decisions(reading, path) for column in _role_columns(reading, decision)}
    roles = tuple(Option(key, role.label) for key, role in reading.manifest.roles.items())
    for key in named:
        label = known[key].label if key in known else Text(key, key)
        known[key] = Option(key, label, choices=roles, kind="choice")
    return tuple(known.values())


def asked_in(reading: Reading, decision: Decision, rule: Rule, first: int = 0) -> tuple[tuple[Text, Text], ...]:
    """What a row asks in words, from that column on; columns of which it asks nothing are left out."""
    known = {field.key: _field(field, {}) for field in reading.vocabulary.values()}
    heads = [(column.source.strip(), column.label) for column in decision.inputs]
    return _said(known, heads[first:], rule.cells[first:])


def readable(reader: Reader, actor: Actor, reading: Reading, path: str, wanted: Wanted = ALL) -> tuple[Readable, ...]:
    """The tables of a file in words, as they could be read."""
    known = {option.value: option for option in columns(reader, actor, reading, path)}
    decisions = (decision for decision in _decisions(reading, path) if decision.rules or decision.inputs)
    return tuple(_readable(decision, known, wanted) for decision in decisions)


def place_of(decision_id: str, number: int) -> str:
    """What a row is called in an address."""
    return f"row-{decision_id}-{number}"


def _decisions(reading: Reading, path: str) -> list[Decision]:
    return [decision for decision in reading.decisions.values() if decision.file == path]


def _readable(decision: Decision, known: Mapping[str, Option], wanted: Wanted) -> Readable:
    asked, answered = _heads(decision)
    at = next((rule for rule in decision.rules if wanted.place and _stands_at(decision, rule, wanted.place)), None)
    words = wanted.words.strip().casefold()
    matching = [rule for rule in decision.rules if not words or rule is at or words in _all_words(known, decision, rule)]
    last = max(1, -(-len(matching) // AT_ONCE))
    page = wanted.page if wanted.table == decision.id else 1
    page = matching.index(at) // AT_ONCE + 1 if at is not None else min(max(1, page), last)
    rows = tuple(
        Row(
            id=rule.id,
            number=rule.index,
            asked=_said(known, asked, rule.cells),
            answered=_said(known, answered, rule.outputs),
            note=rule.note,
            own_note=Text(rule.annotation, rule.annotation_en),
            cells=tuple(_cells(known, [*asked, *answered], rule)),
            ids=_ids(rule),
        )
        for rule in matching[(page - 1) * AT_ONCE : page * AT_ONCE]
    )
    ids = frozenset(one for rule in decision.rules for one in _ids(rule))
    counts = (len(decision.rules), len(matching), page)
    return Readable(decision.id, decision.label, decision.hit_policy, rows, *counts, ids)


def _heads(decision: Decision) -> tuple[list[tuple[str, Text]], list[tuple[str, Text]]]:
    """The columns by what they read and write, with their names."""
    asked = [(column.source.strip(), column.label) for column in decision.inputs]
    return asked, [(column.name, column.label) for column in decision.outputs]


def _ids(rule: Rule) -> tuple[str, ...]:
    return tuple(filter(None, (rule.id, *rule.entries)))


def _stands_at(decision: Decision, rule: Rule, place: str) -> bool:
    return place in _ids(rule) or place == place_of(decision.id, rule.index)


def _all_words(known: Mapping[str, Option], decision: Decision, rule: Rule) -> str:
    """Whatever may be looked for in a row: its cells as written and as said in both languages, and its note."""
    asked, answered = _heads(decision)
    said = [words for _, words in (*_said(known, asked, rule.cells), *_said(known, answered, rule.outputs))]
    texts = [part for text in (*said, rule.note) for part in (text.zh, text.en)]
    return "\n".join((*rule.cells, *rule.outputs, *texts)).casefold()


def _cells(known: Mapping[str, Option], heads: list[tuple[str, Text]], rule: Rule) -> Iterator[Cell]:
    """From the left: what is asked, then what is answered."""
    for place, ((key, label), text) in enumerate(zip(heads, (*rule.cells, *rule.outputs), strict=True)):
        yield _cell(place, label, text.strip(), known.get(key), asks=place < len(rule.cells))


def _cell(place: int, label: Text, text: str, field: Option | None, *, asks: bool) -> Cell:
    """Chosen where the field has choices and the cell names nothing else; an answer takes one of them."""
    choices = field.choices if field else ()
    if field and field.kind == "boolean" and text in ("true", "false", *_NOTHING):
        return Cell(place, label, text, asks, tuple(Option(key, words) for key, words in TRUTH.items()), "is", (text,))
    negated = _NOT.fullmatch(text) if asks else None
    named = negated[1] if negated else text
    values = tuple(QUOTED.findall(named))
    plain = _says(text) and _LIST.fullmatch(named) is not None and (asks or len(values) == 1)
    known = {choice.value for choice in choices}
    if choices and (not _says(text) or (plain and known >= set(values))):
        relation = "any" if not _says(text) else "not" if negated else "in"
        return Cell(place, label, text, asks, choices, relation, values)
    return Cell(place, label, text, asks)


def _said(known: Mapping[str, Option], heads: list[tuple[str, Text]], cells: tuple[str, ...]) -> tuple[tuple[Text, Text], ...]:
    pairs = zip(heads, cells, strict=True)
    return tuple((label, in_words(known.get(key), cell.strip())) for (key, label), cell in pairs if _says(cell))


def _says(cell: str) -> bool:
    return cell.strip() not in _NOTHING


def _role_columns(reading: Reading, decision: Decision) -> Iterator[str]:
    """The results that are roles in every row that gives one."""
    for number, column in enumerate(decision.outputs):
        given = [QUOTED.fullmatch(rule.outputs[number].strip()) for rule in decision.rules if _says(rule.outputs[number])]
        if given and all(one and one[1] in reading.manifest.roles for one in given):
            yield column.name


def _columns_of_limits(reading: Reading) -> dict[str, Option]:
    head = reading.manifest
    times = {field.key: field.label for field in reading.vocabulary.values() if field.type == "datetime"}
    anchors = {key: moment.label for key, moment in head.moments.items()} | times
    roles = {key: role.label for key, role in head.roles.items()}
    lists: dict[str, Mapping[str, Text]] = {
        limits.INPUT: head.limits,
        "unit": {unit.value: limits.UNITS_IN_WORDS[unit.value] for unit in Unit},
        "anchor": anchors,
        "told_first": roles,
        "told_on_breach": roles,
        "clause": {key: Text(key, key) for key in reading.clauses},
    }
    table = reading.decisions.get(limits.DECISION)
    heads = {key: label for key, label in (pair for part in (_heads(table) if table else ()) for pair in part)}
    chosen = {key: tuple(Option(value, label) for value, label in values.items()) for key, values in lists.items()}
    return {key: Option(key, heads.get(key, Text(key, key)), choices=given, kind="choice") for key, given in chosen.items()}


def _field(field: Field, departments: Mapping[str, Text]) -> Option:
    choices = tuple(Option(choice.value, choice.label) for choice in field.choices)
    if field.type == _DEPARTMENT:
        choices = tuple(Option(code, label) for code, label in departments.items())
    return Option(field.key, field.label, None, choices, field.type)


def _departments(reader: Reader) -> dict[str, Text]:
    """What the company calls its departments, by the codes that tables write; the company's own before those of one estate."""
    column = department.c
    query = sa.select(column.code, column.name_zh, column.name_en).order_by(column.estate_id.is_(None))
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}
