"""The procedures in force, read only: version, diagrams, and the time limits in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.catalogue import holds_from
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure.decisions.spoken import QUOTED, TRUTH
from engine.procedure.limits import length_in_words
from engine.storage.tables import cases, person, procedure_version

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_PROCEDURE = Text("没有这一份规程。", "There is no such procedure.")
LIMITS = "limits"
_PLAIN = {**TRUTH, "null": Text("未填", "not given")}
_PLAIN_WORD = re.compile(r"\b(?:true|false|null)\b")
_BETWEEN, _OR = re.compile(r"\s*,\s*"), Text("或", " or ")
_COMMA = Text("、", ", ")


@dataclass(frozen=True, slots=True)
class Version:
    """The version of a procedure that a new case takes; ``signed`` only when all three signatures are there."""

    procedure: Any
    number: int
    provenance: str
    reason: Text
    effective_at: datetime
    digest: str
    signed: bool
    author: str | None
    open_cases: int
    later: datetime | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One row of the table of limits: what it asks, under which conditions, and who is told."""

    name: Text
    what: Text | None
    conditions: tuple[tuple[Text, Text], ...]
    amount: Text
    anchor: Text
    told_first: tuple[Text, ...]
    told_on_breach: tuple[Text, ...]
    clause: str


def in_force(reader: Reader, actor: Actor) -> tuple[Version, ...]:
    """The version in force of every procedure; all staff may read them."""
    return tuple(
        _version(reader, reader.catalogue.in_force(key, reader.now)) for key in reader.catalogue.keys_in_force(reader.now)
    )


def procedure_of(reader: Reader, actor: Actor, key: str) -> Any:
    """The procedure in force under a key; NotFound for an unknown one."""
    if key not in reader.catalogue.keys_in_force(reader.now):
        raise NotFound(NO_SUCH_PROCEDURE)
    return reader.catalogue.in_force(key, reader.now).procedure


def diagrams(procedure: Any) -> tuple[Any, ...]:
    """Its diagrams in the order in which they are reached from the frame, those that nothing calls last."""
    reached, pending = {procedure.main: None}, [procedure.main]
    while pending:
        process_id = pending.pop(0)
        called = [one.called for one in procedure.elements.values() if one.process_id == process_id and one.called]
        new = [key for key in dict.fromkeys(called) if key not in reached and key in procedure.diagrams]
        reached.update(dict.fromkeys(new))
        pending += new
    return tuple(procedure.diagrams[key] for key in (reached | dict.fromkeys(procedure.diagrams)))


def limit_rows(procedure: Any) -> tuple[LimitRow, ...]:
    """The rows of its table of limits as their author wrote them."""
    table = procedure.decisions.get(LIMITS)
    return tuple(_rows(procedure, table)) if table else ()


def _version(reader: Reader, published: Any) -> Version:
    columns = procedure_version.c
    query = sa.select(procedure_version, person.c.name).outerjoin(person, person.c.id == columns.author_id)
    row = reader.connection.execute(query.where(columns.id == published.version_id)).one()
    later = sa.select(sa.func.min(holds_from)).where(columns.procedure_key == published.procedure_key, reader.now < holds_from)
    running = sa.select(sa.func.count()).select_from(cases).where(cases.c.version_id == row.id, sa.not_(cases.c.closed))
    return Version(
        procedure=published.procedure,
        number=row.number,
        provenance=row.provenance,
        reason=Text(row.reason_zh, row.reason_en),
        effective_at=max(row.effective_at, row.published_at),
        digest=row.digest,
        signed=bool(row.signatures),
        author=row.name,
        open_cases=reader.connection.execute(running).scalar_one(),
        later=reader.connection.execute(later).scalar(),
    )


def _rows(procedure: Any, table: Any) -> Iterator[LimitRow]:
    names = [output.name for output in table.outputs]
    for rule in table.rules:
        given = dict(zip(names, rule.outputs, strict=True))
        keys = QUOTED.findall(rule.cells[0])
        limits = [procedure.limits.get(key, Text(key, key)) for key in keys]
        asked = zip(table.inputs[1:], rule.cells[1:], strict=True)
        yield LimitRow(
            name=Text("、".join(label.zh for label in limits), ", ".join(label.en for label in limits)),
            what=rule.note if rule.annotation else None,
            conditions=tuple(_condition(procedure, column, cell) for column, cell in asked if cell.strip() not in ("", "-")),
            amount=length_in_words(_plain(given.get("amount")), _plain(given.get("unit"))),
            anchor=_anchor(procedure, _plain(given.get("anchor"))),
            told_first=_roles(procedure, given.get("told_first")),
            told_on_breach=_roles(procedure, given.get("told_on_breach")),
            clause=_plain(given.get("clause")),
        )


def _condition(procedure: Any, column: Any, cell: str) -> tuple[Text, Text]:
    key = column.source.strip()
    field = procedure.vocabulary.get(key)
    return (field.label if field else column.label, cell_in_words(procedure, key, cell))


def cell_in_words(procedure: Any, key: str, cell: str) -> Text:
    """A cell about the field of this key, if it is one, with the field's values by name, truth values and null in words."""
    return in_words(procedure.vocabulary.get(key), cell)


def in_words(field: Any, cell: str) -> Text:
    """A cell about something that tells its values by ``choice``, or about nothing known, in words."""
    return Text(_named(field, cell, "zh"), _named(field, cell, "en"))


def _named(field: Any, cell: str, language: str) -> str:
    """A cell with its values by name, truth values and null in words."""
    said = _PLAIN_WORD.sub(lambda found: _PLAIN[found[0]].in_language(language), cell)

    def name(found: re.Match[str]) -> str:
        # A text may name several: commas have become words by now.
        parts = [found[1], *found[1].split(_OR.in_language(language))] if field else []
        choices = [field.choice(part.strip()) for part in parts]
        known = choices[:1] if choices and choices[0] else choices[1:]
        return (
            _COMMA.in_language(language).join(one.label.in_language(language) for one in known)
            if known and all(known)
            else found[1]
        )

    return QUOTED.sub(name, _BETWEEN.sub(_OR.in_language(language), said))


def _anchor(procedure: Any, key: str) -> Text:
    named = procedure.moments.get(key) or procedure.vocabulary.get(key)
    return named.label if named else Text(key, key)


def _roles(procedure: Any, cell: str | None) -> tuple[Text, ...]:
    keys = [key.strip() for key in _plain(cell).split(",") if key.strip()]
    return tuple(procedure.roles[key].label if key in procedure.roles else Text(key, key) for key in keys)


def _plain(cell: str | None) -> str:
    text = (cell or "").strip()
    return "" if text in ("null", "-") else text.strip('"')
