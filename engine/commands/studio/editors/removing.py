"""A form or a story of a draft goes, unless something would miss it; the file's undo brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.saving import Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.procedure import Bundle
from engine.procedure.answers import FILE, FOLDER
from engine.procedure.writing.usage import clauses_shown_only_by, form_usages
from engine.storage.work import Work

_USED = Text("这张表单还在用，不能删去：见列出的 {n} 处。", "The form is in use and cannot go: see the {n} places listed.")
_ALONE = Text(
    "只有这个演练证明这些条款：{names}。确要删去，请勾选“仍然删去”。",
    "No other scenario shows these clauses: {names}. To remove it all the same, tick “Remove all the same”.",
)
_NOT_HERE = Text("这个文件不能在这里删去。", "This file cannot be removed here.")


@dataclass(frozen=True, slots=True)
class RemoveForm:
    """A form that nothing uses goes; its fields stay in the vocabulary."""

    at: Edit


@dataclass(frozen=True, slots=True)
class RemoveStory:
    """A story goes; ``sure`` when clauses lose the only story that shows them."""

    at: Edit
    sure: bool = False


def handle_form(command: RemoveForm, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues while anything uses it."""
    path = command.at.path

    def make(bundle: Bundle) -> Files:
        if path not in bundle.named(".form", "forms"):
            raise InvalidState(_NOT_HERE)
        places = form_usages(bundle, path)
        if places:
            said = Text(_USED.zh.format(n=len(places)), _USED.en.format(n=len(places)))
            raise InvalidValues(said, {"delete": said})
        return {path: None}

    return edit(command.at, make, work, procedures, actor, now)


def handle_story(command: RemoveStory, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues while clauses lose their only story, unless that is wanted."""
    path = command.at.path

    def make(bundle: Bundle) -> Files:
        if path not in bundle.named(".yaml", FOLDER) or path == FILE:
            raise InvalidState(_NOT_HERE)
        alone = () if command.sure else clauses_shown_only_by(bundle, path)
        if alone:
            said = Text(_ALONE.zh.format(names="、".join(alone)), _ALONE.en.format(names=", ".join(alone)))
            raise InvalidValues(said, {"delete": said})
        return {path: None}

    return edit(command.at, make, work, procedures, actor, now)
