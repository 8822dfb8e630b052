"""What the company calls the roles and forms of its procedures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import NOT_FOUND, note, require_administrator
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.errors import InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.aliases import FORM, ROLE
from engine.storage.work import Work

LONGEST = 40
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class SetAlias:
    """The company's name of a role or form in Chinese and English; an empty one is lent by the other, both empty take it away."""

    kind: str
    key: str
    zh: str
    en: str
    reason: str = ""


def set_alias(command: SetAlias, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for what no procedure in force has and nobody has named; InvalidValues for names that are too long."""
    require_administrator(actor)
    named = t.alias.c
    here = (named.kind == command.kind) & (named.key == command.key)
    present = work.connection.execute(sa.select(named.name_zh, named.name_en).where(here)).first()
    if present is None and command.key not in _known(command.kind, procedures, now):
        raise NotFound(NOT_FOUND)
    zh, en, reason = _short(name_zh=(command.zh, LONGEST), name_en=(command.en, LONGEST), reason=(command.reason, LONGEST_REASON))
    if (zh, en) == (tuple(present) if present else ("", "")):
        return
    work.batch.delete(t.alias, here)
    if zh or en:
        work.batch.insert(t.alias, {"kind": command.kind, "key": command.key, "name_zh": zh, "name_en": en})
    change = "removed" if not (zh or en) else "changed" if present else "added"
    content = {"kind": command.kind, "key": command.key, "name_zh": zh, "name_en": en, "reason": reason}
    note(work, t.alias, f"{command.kind}:{command.key}", change, {name: said for name, said in content.items() if said})


def _known(kind: str, procedures: Procedures, now: datetime) -> set[str]:
    catalogue = procedures.catalogue
    in_force = [catalogue.in_force(key, now).procedure for key in catalogue.keys_in_force(now)]
    if kind == ROLE:
        return {key for procedure in in_force for key in procedure.roles}
    return {key for procedure in in_force for key in procedure.forms} if kind == FORM else set()


def _short(**fields: tuple[str, int]) -> list[str]:
    """Each on one line, without what cannot be seen; InvalidValues names those that are too long."""
    cleaned = {name: " ".join("".join(_seen(sign) for sign in typed).split()) for name, (typed, _) in fields.items()}
    wrong = {name: sentences.too_long(sentences.WORDS, most) for name, (_, most) in fields.items() if len(cleaned[name]) > most}
    if wrong:
        raise InvalidValues(sentences.FORM_REFUSED, wrong)
    return list(cleaned.values())


def _seen(sign: str) -> str:
    return sign if sign.isprintable() else " "


HANDLERS: dict[type, Handler] = {SetAlias: set_alias}
