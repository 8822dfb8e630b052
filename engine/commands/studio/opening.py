"""A diagram that was drawn in another tool is opened in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.saving import NEW, Edit, Files, edit
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues, Misconfigured
from engine.procedure import Bundle
from engine.procedure.bundle import MAX_FILE_BYTES
from engine.procedure.exchange.foreign import Opened, opened
from engine.storage.work import Work

__all__ = ["MOST_MEGABYTES", "OpenForeign", "Opened", "handle"]

MOST_MEGABYTES = MAX_FILE_BYTES // 10**6

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
        done.append(_opened(bundle, command))
        return {done[0].path: done[0].content}

    # There is no file yet that it could have been made from.
    edit(Edit(command.draft_id, NEW, "", command.take_over), make, work, procedures, actor, now)
    return done[0]


def _opened(bundle: Bundle, command: OpenForeign) -> Opened:
    """The way out is said with what is wrong: the page shows one sentence at the field."""
    try:
        return opened(bundle, command.file_name, command.content, command.tasks_are_people)
    except Misconfigured as problem:
        mend = problem.mend or _CHOOSE
        raise InvalidValues(Text(f"{problem.text.zh}{mend.zh}", f"{problem.text.en} {mend.en}")) from problem
