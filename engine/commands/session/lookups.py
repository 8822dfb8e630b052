"""Answers that name a person, department, household or unit must name one that exists and belongs to the estate."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure import Procedure
from engine.storage import tables as t

EVIDENCE = "evidence"
NOT_OURS = Text("附件不属于这件投诉。请重新上传。", "A file does not belong to this case. Upload it again.")
UNKNOWN = Text("请从列表中选择。", "Choose one from the list.")


def unknown_references(
    connection: Connection, procedure: Procedure, values: Mapping[str, Value], estate_id: str
) -> dict[str, Text]:
    """A sentence for each answer that names nobody, or somebody of another estate."""
    queries = {
        key: exists(str(value), estate_id)
        for key, value in values.items()
        if value is not None and (exists := _EXISTS.get(procedure.vocabulary[key].type))
    }
    if not queries:
        return {}
    # All questions at once: a form may name several people and departments.
    found = connection.execute(sa.select(*(query.limit(1).scalar_subquery().label(key) for key, query in queries.items())))
    return {key: UNKNOWN for key, answer in found.mappings().one().items() if answer is None}


def foreign_files(connection: Connection, procedure: Procedure, values: Mapping[str, Value], case_id: str) -> dict[str, Text]:
    """A sentence for each answer that shows a file which was not put to this case."""
    named = {key: set(map(str, value)) for key, value in values.items() if value and procedure.vocabulary[key].type == EVIDENCE}
    if not named:
        return {}
    files = t.attachment.c
    own = sa.select(files.id).where(files.case_id == case_id, files.id.in_(set().union(*named.values())))
    known = set(connection.execute(own).scalars())
    return {key: NOT_OURS for key, ids in named.items() if ids - known}


def _person(value: str, estate_id: str) -> sa.Select[tuple[str]]:
    return sa.select(t.person.c.id).where(t.person.c.id == value, t.person.c.active)


def _department(value: str, estate_id: str) -> sa.Select[tuple[str]]:
    here = sa.or_(t.department.c.estate_id.is_(None), t.department.c.estate_id == estate_id)
    return sa.select(t.department.c.id).where(t.department.c.code == value, t.department.c.active, here)


def _household(value: str, estate_id: str) -> sa.Select[tuple[str]]:
    return sa.select(t.household.c.id).where(t.household.c.id == value, t.household.c.estate_id == estate_id)


def _unit(value: str, estate_id: str) -> sa.Select[tuple[str]]:
    return sa.select(t.unit.c.id).where(t.unit.c.id == value, t.unit.c.estate_id == estate_id)


#: By field type, as fields.yaml writes it.
_EXISTS = {"person": _person, "department": _department, "household": _household, "unit": _unit}
