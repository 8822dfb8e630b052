"""The settings or the papers of a draft as the words that people read in them, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Finding
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE, SCOPES
from engine.procedure.safe_yaml import YamlFile, read_yaml
from engine.procedure.writing.called import section
from engine.procedure.writing.words import GROWING, Said, said_at
from engine.queries.studio.desk import Desk
from engine.queries.studio.editors.texts import findings_in

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: How far a role reaches, in the order in which it is offered.
REACHES = tuple(sorted(SCOPES, key=("estate", "department", "company", "external").index))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file with its words; ``grows`` tells whether names can be added, ``reaches`` whether with a scope."""

    key: str
    name: Text
    words: tuple[Said, ...]
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
    holds = next((one.key for one in shown for said in one.words if element and element in said.path.split("/")), "")
    return SettingsPage(shown, holds or element, tuple(one for one in found if one not in placed), bool(source.mapping()))


def _section(key: str, desk: Desk, source: YamlFile, found: tuple[Finding, ...]) -> Section:
    content = source.mapping().get(key)
    document = desk.reading.documents.get(key) if desk.path != FILE else None
    grows = desk.path == FILE and key in GROWING
    lines = sorted(line for path, line in source.lines.items() if len(path) == 1)
    start = source.lines.get((key,), 0)
    end = next((line for line in lines if line > start), 1_000_000)
    return Section(
        key=key,
        name=document.title if document else section(key) if desk.path == FILE else Text(key, key),
        words=tuple(said_at(content, (key,))),
        findings=tuple(one for one in found if one.line and start <= one.line < end),
        grows=grows,
        reaches=grows and GROWING[key],
    )
