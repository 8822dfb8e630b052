"""What the company says in mails and chats instead of the shipped words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import NOT_FOUND, note_all, require_administrator
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.events import DirectoryChanged
from engine.domain.text import Text
from engine.errors import InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.wordings import PLACES, unknown_places
from engine.storage.work import Work

LONGEST = 500


@dataclass(frozen=True, slots=True)
class SetMessageWording:
    """The words for a kind of message, with places in braces; one language lends the other, both empty take them away."""

    kind: str
    zh: str
    en: str
    reason: str = ""


def set_wording(command: SetMessageWording, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues for words that are too long, or have a place that this kind does not know, named."""
    require_administrator(actor)
    if command.kind not in PLACES:
        raise NotFound(NOT_FOUND)
    words = {"text_zh": " ".join(command.zh.split()), "text_en": " ".join(command.en.split())}
    faults = {name: fault for name, text in words.items() if (fault := fault_of(command.kind, text))}
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    work.batch.delete(t.message_wording, t.message_wording.c.kind == command.kind)
    if any(words.values()):
        work.batch.insert(t.message_wording, {"kind": command.kind, **words})
    change = DirectoryChanged(t.message_wording.name, command.kind, "changed" if any(words.values()) else "reset", words)
    note_all(work, "directory_message_wording", [change], {"reason": command.reason.strip()[:LONGEST]})


def fault_of(kind: str, text: str) -> Text | None:
    """Why the words cannot be taken; None when they can."""
    if len(text) > LONGEST:
        return sentences.too_long(sentences.WORDS, LONGEST)
    unknown = unknown_places(kind, text)
    if not unknown:
        return None
    known = " ".join(f"{{{name}}}" for name in PLACES[kind])
    named = "、".join(f"{{{name}}}" if name not in "{}" or not name else name for name in unknown)
    return Text(f"不认识 {named}。这里可用：{known}。", f"{named} is unknown. Use {known}.")


HANDLERS: dict[type, Handler] = {SetMessageWording: set_wording}
