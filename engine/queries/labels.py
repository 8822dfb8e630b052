"""What the columns of the register are called in the case's own version, and the personal ones that go with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.payloads import latest

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.queries.reader import Reader

SEVERITY = "severity"
COMPANY_NAME = Text("全公司", "Whole company")


@dataclass(frozen=True, slots=True)
class Severity:
    """A severity with its name and its place from 0, the mildest, to 1, the gravest of its version."""

    value: str
    label: Text
    gravity: float


def estate_name(row: Any) -> Text:
    """The name of a row's estate (``estate_zh`` and ``estate_en``); the company's, where what it is about has no estate."""
    return Text(row.estate_zh, row.estate_en) if row.estate_zh else COMPANY_NAME


def severity_of(catalogue: Catalogue, version_id: str | None, value: str | None) -> Severity | None:
    """The severity as its version names it; None without one or on a historic record."""
    if value is None:
        return None
    values = [choice.value for choice in choices_of(catalogue, version_id, SEVERITY)]
    gravity = values.index(value) / max(1, len(values) - 1) if value in values else 0.0
    return Severity(value, label_of(catalogue, version_id, SEVERITY, value), gravity)


def role_of(catalogue: Catalogue, version_id: str | None, key: str | None) -> Text | None:
    """What the version, or the company, calls a role; None without one, or where the version has none such."""
    role = catalogue.get(version_id).procedure.roles.get(key) if version_id and key else None
    return role.label if role else None


def label_of(catalogue: Catalogue, version_id: str | None, column: str, value: str) -> Text:
    """What a register column's value is called; the value itself when its version does not know it."""
    named: dict[str, Text] = {choice.value: choice.label for choice in choices_of(catalogue, version_id, column)}
    return named.get(value, Text(value, value))


def choices_of(catalogue: Catalogue, version_id: str | None, column: str) -> tuple[Any, ...]:
    """The choices of a register column, in their order, each with ``value`` and ``label``."""
    if version_id is None:
        return ()
    procedure = catalogue.get(version_id).procedure
    field = procedure.vocabulary.get(procedure.register.get(column, ""))
    return tuple(field.choices) if field else ()


def personal_columns(
    reader: Reader, actor: Actor, versions: Mapping[str, str | None], columns: Collection[str]
) -> dict[str, dict[str, str]]:
    """The personal register columns of cases that the actor was shown already, by case and column, in one statement."""
    keys = {case_id: _keys(reader, version_id, columns) for case_id, version_id in versions.items()}
    fields = {field for mapping in keys.values() for field in mapping.values()}
    values = latest(reader.connection, set(versions), fields) if fields else {}
    return {
        case_id: {
            column: str(value) for column, field in mapping.items() if (value := values.get(case_id, {}).get(field)) is not None
        }
        for case_id, mapping in keys.items()
    }


def _keys(reader: Reader, version_id: str | None, columns: Collection[str]) -> dict[str, str]:
    if version_id is None:
        return {column: column for column in columns}
    register = reader.catalogue.get(version_id).procedure.register
    return {column: register[column] for column in columns if column in register}
