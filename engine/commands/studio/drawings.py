"""A diagram of a draft as a whole: a new one, another name for it, or none any more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.studio.editors.given import Given
from engine.commands.studio.saving import NEW, Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure import Bundle
from engine.procedure.findings import Findings
from engine.procedure.reading import read_all
from engine.procedure.writing.drawings import begun, removed, renamed
from engine.storage.work import Work

_NAME = Text("请写名称。", "Write its name.")
_ROLE = Text("请选谁来做。", "Choose who does it.")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class NewDiagram:
    """A diagram of that name with a lane of the role; an empty English name is the other one."""

    draft_id: str
    name: str
    name_en: str
    role: str
    take_over: bool = False


@dataclass(frozen=True, slots=True)
class RenameDiagram(Edit):
    """Another name for the diagram in the file."""

    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class DropDiagram(Edit):
    """The diagram in the file is no more part of the procedure."""


def handle_new(command: NewDiagram, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The path of the new file; InvalidValues where the name or the role is missing."""
    name = _name(command.name, command.name_en)
    made: list[str] = []

    def make(bundle: Bundle) -> Files:
        if command.role not in read_all(bundle, Findings()).manifest.roles:
            raise InvalidValues(_ROLE, {"role": _ROLE})
        path, content = begun(bundle, name, command.role)
        made.append(path)
        return {path: content}

    edit(Edit(command.draft_id, NEW, "", command.take_over), make, work, procedures, actor, now)
    return made[0]


def handle_rename(command: RenameDiagram, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """What stands now."""
    name = _name(command.name, command.name_en)
    return edit(command, lambda bundle: {command.path: renamed(bundle.files[command.path], name)}, work, procedures, actor, now)


def handle_drop(command: DropDiagram, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """Nothing stands there; InvalidValues while the procedure begins with it or another diagram calls it."""

    def make(bundle: Bundle) -> Files:
        return removed(read_all(bundle, Findings()), command.path)

    return edit(command, make, work, procedures, actor, now)


def _name(name: str, name_en: str) -> Text:
    given = Given({"name": [re.sub(r"[ \t\r\n\u3000]+", " ", name)], "name_en": [re.sub(r"[ \t\r\n\u3000]+", " ", name_en)]})
    zh, en = given.words("name", _LONGEST), given.words("name_en", _LONGEST)
    if not zh:
        given.fault("name", _NAME)
    given.refuse()
    return Text(zh, en or zh)
