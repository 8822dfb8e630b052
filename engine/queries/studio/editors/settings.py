"""The settings or the papers of a draft as the words that people read in them, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Finding
from engine.procedure.diff.kinds import ENTRY_PARTS
from engine.procedure.diff.names import Names
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE, SCOPES, label_of
from engine.procedure.safe_yaml import YamlFile, read_yaml
from engine.procedure.writing.called import section
from engine.procedure.writing.words import GROWING, Said, said_at
from engine.queries.studio.desk import Desk
from engine.queries.studio.editors.texts import findings_in

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: How far a role reaches, in the order in which it is offered.
REACHES = tuple(sorted(SCOPES, key=("estate", "department", "company", "external").index))

#: Words of a file that say nothing to its reader.
_OWN = frozenset({"blocks"})
_SAY = "say"
_TITLE = Text("名称", "Name")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file with its words, each with what it is called there.

    ``grows`` tells whether names can be added, ``reaches`` whether with a scope.
    """

    key: str
    name: Text
    words: tuple[tuple[Said, Text], ...]
    findings: tuple[Finding, ...]
    grows: bool
    reaches: bool


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The sections that hold words, the one that is open, and what the check finds elsewhere in the file."""

    sections: tuple[Section, ...]
    opened: str
    findings: tuple[Finding, ...]
    readable: bool


def settings_page(reader: Reader, actor: Actor, desk: Desk, element: str = "") -> SettingsPage:
    """In the order of the file; ``element`` is the key of a section, or of an entry in one."""
    source = read_yaml(desk.content, desk.path, Findings())
    found = findings_in(desk.bundle, desk.path)
    sections = tuple(_section(key, desk, source, found) for key in source.mapping())
    shown = tuple(one for one in sections if one.words or one.grows)
    placed = {finding for one in shown for finding in one.findings}
    holds = next((one.key for one in shown for said, _ in one.words if element and element in said.path.split("/")), "")
    return SettingsPage(shown, holds or element, tuple(one for one in found if one not in placed), bool(source.mapping()))


def _section(key: str, desk: Desk, source: YamlFile, found: tuple[Finding, ...]) -> Section:
    content = source.mapping().get(key)
    names = Names(desk.reading)
    document = desk.reading.documents.get(key) if desk.path != FILE else None
    grows = desk.path == FILE and key in GROWING
    lines = sorted(line for path, line in source.lines.items() if len(path) == 1)
    start = source.lines.get((key,), 0)
    end = next((line for line in lines if line > start), 1_000_000)
    return Section(
        key=key,
        name=document.title if document else section(key) if desk.path == FILE else Text(key, key),
        words=tuple((one, _called(one, content, names)) for one in said_at(content, (key,))),
        findings=tuple(one for one in found if one.line and start <= one.line < end),
        grows=grows,
        reaches=grows and GROWING[key],
    )


def _called(said: Said, content: Any, names: Names) -> Text:
    """What words are in their section: an entry by its name, what they say of it, a paper's blocks by number."""
    steps: list[Text] = []
    path = said.path.split("/")
    for before, step in pairwise(path):
        listed = isinstance(content, list)
        content = content[int(step)] if listed else next(part for key, part in content.items() if str(key) == step)
        if listed:
            steps.append(_numbered(int(step) + 1))
        elif step in ENTRY_PARTS and step not in _OWN:
            steps.append(ENTRY_PARTS[step])
        elif step not in _OWN:
            steps.append(label_of(content, step) if _has_name(content) and before != _SAY else _known(step, names))
    return Text(" · ".join(one.zh for one in steps), " · ".join(one.en for one in steps)) if steps else _TITLE


def _numbered(number: int) -> Text:
    return Text(f"第 {number} 段", f"part {number}")


def _has_name(content: Any) -> bool:
    return isinstance(content, dict) and bool(content.get("zh"))


def _known(step: str, names: Names) -> Text:
    known = names.choice(step)
    return known if known.zh != step else names.known(step)
