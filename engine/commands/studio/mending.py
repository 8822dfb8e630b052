"""A slip of the pen that the check has found in a file that is no drawing is written right, and nothing else of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Conflict, NotFound
from engine.procedure import Bundle
from engine.storage.work import Work

_NO_FILE = Text("这份草稿里没有这个文件。", "The draft has no such file.")
_GONE = Text("这一处已经改过了。", "That place was changed meanwhile.")


@dataclass(frozen=True, slots=True)
class MendLine(Edit):
    """In the line of that number (from one) ``right`` stands for the word ``wrong``; Conflict where it is not there."""

    line: int
    wrong: str
    right: str


def handle(command: MendLine, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands now."""
    return edit(command, lambda bundle: _mended(command, bundle), work, procedures, actor, now)


def _mended(command: MendLine, bundle: Bundle) -> Files:
    if command.path not in bundle.files:
        raise NotFound(_NO_FILE)
    lines = bundle.files[command.path].decode().split("\n")
    word = re.compile(rf"(?<![\w.]){re.escape(command.wrong)}(?!\w)")
    if not 1 <= command.line <= len(lines) or not word.search(lines[command.line - 1]):
        raise Conflict(_GONE)
    lines[command.line - 1] = word.sub(lambda _: command.right, lines[command.line - 1])
    return {command.path: "\n".join(lines).encode()}
