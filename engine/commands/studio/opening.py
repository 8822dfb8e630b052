"""A diagram that was drawn in another tool is opened in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.saving import Edit, Files, edit
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure import Bundle
from engine.procedure.exchange.foreign import Opened, opened
from engine.storage.work import Work

__all__ = ["OpenForeign", "Opened", "handle"]

_CHOOSE = Text("请选一个文件。", "Choose a file.")


@dataclass(frozen=True, slots=True)
class OpenForeign:
    """A file of another tool; ``tasks_are_people`` makes user tasks of those that were drawn without a type."""

    draft_id: str
    file_name: str
    content: bytes
    tasks_are_people: bool
    take_over: bool = False


def handle(command: OpenForeign, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Opened:
    """The new diagram with what was filled in; InvalidValues for what is no diagram, HeldByOther as for every change."""
    if not command.content and not command.file_name:
        raise InvalidValues(_CHOOSE)
    done: list[Opened] = []

    def make(bundle: Bundle) -> Files:
        done.append(opened(bundle, command.file_name, command.content, command.tasks_are_people))
        return {done[0].path: done[0].content}

    # There is no file yet that it could have been made from.
    edit(Edit(command.draft_id, "", "", command.take_over), make, work, procedures, actor, now)
    return done[0]
