"""What the panel of the diagram's editor knows beyond names: what each limit asks now, departments, messages and signals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diagrams.markup import BPMN
from engine.procedure.reading import Reading
from engine.queries.studio.options import Option
from engine.queries.studio.tables import asked_in, columns

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: The file in which limits are changed.
LIMITS = limits.FILE
#: What elements of other diagrams call each other by.
NAMED = ("message", "signal")


@dataclass(frozen=True, slots=True)
class LimitSaid:
    """What the table says of a limit, row by row, and the id and number of its first row."""

    words: Text
    row: str
    number: int


def limits_said(reading: Reading) -> dict[str, LimitSaid]:
    """By key every limit that the table of limits has."""
    table = reading.decisions.get(limits.DECISION)
    rows: dict[str, list[Rule]] = defaultdict(list)
    for rule in table.rules if table else ():
        for key in QUOTED.findall(rule.cells[0]) if rule.cells else ():
            rows[key].append(rule)
    return {key: _said(reading, table, rules) for key, rules in rows.items() if table}


def departments(reader: Reader, actor: Actor, reading: Reading) -> tuple[Option, ...]:
    """The company's departments as an expression names them; none where the vocabulary has no department."""
    found = next((one.choices for one in columns(reader, actor, reading, "") if one.kind == "department"), ())
    return tuple(Option(f'"{one.value}"', one.label) for one in found)


def names_used(reading: Reading) -> dict[str, tuple[str, ...]]:
    """The names of messages and signals in all diagrams."""
    return {kind: tuple(sorted(_names(reading, kind))) for kind in NAMED}


def files_of(reading: Reading) -> dict[str, dict[str, str]]:
    """By kind of option where each is changed: the path of its file by key."""
    return {
        "forms": {key: form.file for key, form in reading.forms.items()},
        "decisions": {key: decision.file for key, decision in reading.decisions.items()},
        "processes": {key: diagram.file for key, diagram in reading.diagrams.items()},
    }


def _names(reading: Reading, kind: str) -> set[str]:
    nodes = (node for sheet in reading.sheets for node in sheet.root.iter(f"{{{BPMN}}}{kind}"))
    return {str(node.get("name")) for node in nodes if node.get("name")}


def _said(reading: Reading, table: Decision, rules: list[Rule]) -> LimitSaid:
    said = [_row(reading, table, rule) for rule in rules]
    words = Text("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    return LimitSaid(words, rules[0].id or "", rules[0].index)


def _row(reading: Reading, table: Decision, rule: Rule) -> Text:
    given = {column.name: cell.strip().strip('"') for column, cell in zip(table.outputs, rule.outputs, strict=True)}
    unit, amount = given.get("unit", ""), given.get("amount", "")
    long = limits.length_in_words(amount, unit)
    asked = asked_in(reading, table, rule, 1)
    zh = "、".join(f"{label.zh}{words.zh}" for label, words in asked)
    en = ", ".join(f"{label.en} {words.en}" for label, words in asked)
    return Text(long.zh + (f"（{zh}）" if zh else ""), long.en + (f" ({en})" if en else ""))
