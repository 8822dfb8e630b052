"""A slip of the pen that the check has found in a file that is no drawing is written right, and nothing else of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

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
class MendWords(Edit):
    """Wherever the file says ``wrong`` it says ``right``; Conflict where it does not say it."""

    wrong: str
    right: str


def handle(command: MendWords, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands now."""
    return edit(command, lambda bundle: _mended(command, bundle), work, procedures, actor, now)


def _mended(command: MendWords, bundle: Bundle) -> Files:
    if command.path not in bundle.files:
        raise NotFound(_NO_FILE)
    before = bundle.files[command.path].decode()
    for wrong, right in zip(_written(command.wrong), _written(command.right), strict=True):
        if command.wrong and wrong in before:
            return {command.path: before.replace(wrong, right).encode()}
    raise Conflict(_GONE)


def _written(words: str) -> Iterator[str]:
    """As a form, a table or a plain file would write it."""
    yield json.dumps(words, ensure_ascii=False)[1:-1]
    yield escape(words, {'"': "&quot;"})
    yield escape(words)
    yield words
