"""Who may keep the company's records, as the procedure in force says in its actions, and the journal they are written to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import NEEDED, note_all
from engine.commands.session import permits, sentences
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidValues
from engine.procedure.manifest import ANY_ROLE
from engine.storage import tables as t
from engine.storage.work import Work

LATEST = date(2200, 1, 1)
UNKNOWN_PERSON = Text("请从列表中选择在职的人。", "Choose an active person from the list.")
BACKWARDS = Text("最后一天不能早于第一天。", "The last day cannot be before the first.")


def require_anywhere(actor: Actor, procedures: Procedures, action: str, now: datetime) -> None:
    """Forbidden unless the actor holds, in any estate, a role to which the procedure gives the action."""
    rule = procedures.catalogue.intake(now).procedure.actions.get(action)
    roles = rule.roles if rule else ()
    if not (actor.system or actor.roles & set(roles) or (ANY_ROLE in roles and actor.roles)):
        raise Forbidden(sentences.ACTION_NOT_YOURS)


def require_in(actor: Actor, procedures: Procedures, action: str, estate_id: str, now: datetime) -> None:
    """Forbidden unless the actor holds such a role in the estate."""
    permits.require_action(actor, procedures.catalogue.intake(now).procedure, action, estate_id)


def refuse(faults: Mapping[str, Text]) -> None:
    """InvalidValues when there are any."""
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, dict(faults))


def texts(most: int, **typed: str) -> tuple[dict[str, str], dict[str, Text]]:
    """The texts without surrounding space, and a sentence for each that is missing or too long."""
    cleaned = {name: value.strip() for name, value in typed.items()}
    faults = {name: NEEDED for name, value in cleaned.items() if not value}
    faults |= {name: sentences.too_long(sentences.WORDS, most) for name, value in cleaned.items() if len(value) > most}
    return cleaned, faults


def optional(most: int, **typed: str) -> tuple[dict[str, str], dict[str, Text]]:
    """The same for texts that may be missing."""
    cleaned, faults = texts(most, **typed)
    return cleaned, {name: fault for name, fault in faults.items() if cleaned[name]}


def active(work: Work, person_ids: set[str]) -> set[str]:
    """Those of the people who are active."""
    query = sa.select(t.person.c.id).where(t.person.c.id.in_(person_ids), t.person.c.active)
    return set(work.connection.execute(query).scalars())


def journal(
    work: Work, table: sa.Table, row_id: str, change: str, content: Mapping[str, Any], words: Mapping[str, str] | None = None
) -> None:
    """Write what was done to the journal of the administration; free ``words``, which may name people, are sealed beside it."""
    said = {name: value for name, value in content.items() if value not in (None, "")}
    note_all(work, f"company_{table.name}", [DirectoryChanged(table.name, row_id, change, said)], words)
