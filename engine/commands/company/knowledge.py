"""Knowledge notes: law, company rules and good practice, each revision kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.commands.company import rights
from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import require_row
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.storage import tables as t
from engine.storage.blind import grams
from engine.storage.work import Work

ACTION = "keep_knowledge"
KINDS = ("statute", "rule", "practice")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_SOURCE = 120, 20_000, 300
NO_KIND = Text("请选择种类。", "Choose a kind.")
NO_CATEGORY = Text("规程里没有这个类别。", "The procedure has no such category.")
MEANWHILE = Text(
    "这条知识刚才有人改过。请打开最新的一版，把您的修改再填一次。",
    "Somebody has just changed this note. Open the latest revision and enter your change again.",
)


@dataclass(frozen=True, slots=True)
class SaveNote:
    """A note as it should stand; with ``note_id`` it follows on ``revision``, the one that was looked at."""

    kind: str
    title: str
    text: str
    source: str
    category: str
    valid_from: date | None
    valid_until: date | None
    reason: str = ""
    retired: bool = False
    note_id: str | None = None
    revision: int = 0


def save_note(command: SaveNote, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The note's id; a change needs its reason, and InvalidState answers one that comes after somebody else's."""
    rights.require_anywhere(actor, procedures, ACTION, now)
    before = require_row(work, t.knowledge_note, command.note_id) if command.note_id else None
    if before is not None and before["revision"] != command.revision:
        raise InvalidState(MEANWHILE)
    row, reason = _checked(command, procedures, now)
    note_id, revision = command.note_id or new_id(now), command.revision + 1 if before else 1
    whole = {**row, "revision": revision, "changed_at": now, "changed_by": actor.person_id}
    if before is None:
        work.batch.insert(t.knowledge_note, {**whole, "id": note_id})
    else:
        work.batch.update(t.knowledge_note, (note_id,), whole)
        work.batch.delete(t.knowledge_gram, t.knowledge_gram.c.note_id == note_id)
    work.batch.insert(t.knowledge_revision, {**whole, "note_id": note_id, "reason": reason})
    for gram in sorted(grams(f"{row['title']}\n{row['text']}\n{row['source']}")):
        work.batch.insert(t.knowledge_gram, {"gram": gram, "note_id": note_id})
    change = "retired" if command.retired else "changed" if before else "added"
    said = {"revision": revision, "title": row["title"], "kind": row["kind"]}
    rights.journal(work, t.knowledge_note, note_id, change, said, {"text": row["text"], "reason": reason})
    return note_id


def _checked(command: SaveNote, procedures: Procedures, now: datetime) -> tuple[dict[str, Any], str]:
    title, faults = rights.texts(LONGEST_TITLE, title=command.title)
    for most, typed in ((LONGEST_TEXT, {"text": command.text}), (LONGEST_SOURCE, {"source": command.source})):
        cleaned, wrong = rights.texts(most, **typed)
        title |= cleaned
        faults |= wrong
    reason, wrong = (rights.texts if command.note_id else rights.optional)(LONGEST_SOURCE, reason=command.reason)
    faults |= wrong
    if command.kind not in KINDS:
        faults["kind"] = NO_KIND
    if command.category and command.category not in categories(procedures, now):
        faults["category"] = NO_CATEGORY
    if command.valid_from and command.valid_until and command.valid_until < command.valid_from:
        faults["valid_until"] = rights.BACKWARDS
    rights.refuse(faults)
    span = {"valid_from": _day(command.valid_from), "valid_until": _day(command.valid_until)}
    return {**title, **span, "kind": command.kind, "category": command.category or None, "retired": command.retired}, reason[
        "reason"
    ]


def categories(procedures: Procedures, now: datetime) -> set[str]:
    """The values of the register's category in the procedure that takes complaints."""
    procedure = procedures.catalogue.intake(now).procedure
    field = procedure.vocabulary.get(procedure.register.get("category", ""))
    return {choice.value for choice in field.choices} if field else set()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


HANDLERS: dict[type, Handler] = {SaveNote: save_note}
