"""A mend that the check offers is done by a press of its button, in whichever file of the draft it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Conflict, NotFound
from engine.procedure import Bundle
from engine.procedure.findings import Mending
from engine.procedure.writing.mends import mended
from engine.storage.work import Work

_NO_FILE = Text("这份草稿里没有这个文件。", "The draft has no such file.")
_GONE = Text("这一处已经改过了。", "That place was changed meanwhile.")


@dataclass(frozen=True, slots=True)
class Mend(Edit):
    """What a finding's mending says, done to its file; Conflict where that no longer stands as it was found."""

    mending: Mending


def handle(command: Mend, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands now."""
    return edit(command, lambda bundle: _mended(command, bundle), work, procedures, actor, now)


def _mended(command: Mend, bundle: Bundle) -> Files:
    if command.path not in bundle.files:
        raise NotFound(_NO_FILE)
    content = mended(command.path, bundle.files[command.path], command.mending)
    if content is None:
        raise Conflict(_GONE)
    return {command.path: content}
