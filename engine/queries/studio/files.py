"""The files of a procedure as its owner looks for them: by kind, each with a name that says what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from engine.domain.text import Text
from engine.procedure import answers, clauses, documents, limits, manifest
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.reading import FIELDS_FILE, Reading
from engine.procedure.writing.called import titles_of_forms
from engine.procedure.writing.stories import title_of


class Kind(StrEnum):
    """What an owner takes a file for; the order is that of the list beside the desk."""

    DIAGRAM = "diagrams"
    TABLE = "tables"
    LIMITS = "limits"
    FORM = "forms"
    VOCABULARY = "vocabulary"
    CLAUSES = "clauses"
    SCENARIO = "scenarios"
    DOCUMENTS = "documents"
    MANIFEST = "manifest"


_BY_NAME = {
    limits.FILE: Kind.LIMITS,
    FIELDS_FILE: Kind.VOCABULARY,
    clauses.FILE: Kind.CLAUSES,
    documents.FILE: Kind.DOCUMENTS,
    manifest.FILE: Kind.MANIFEST,
}
_BY_SUFFIX = {".bpmn": Kind.DIAGRAM, ".dmn": Kind.TABLE, ".form": Kind.FORM}
_NAMES = {
    limits.FILE: Text("时限表", "Limits"),
    FIELDS_FILE: Text("词汇", "Vocabulary"),
    clauses.FILE: Text("条款", "Clauses"),
    documents.FILE: Text("文书", "Documents"),
    manifest.FILE: Text("规程设置", "Settings of the procedure"),
    answers.FILE: Text("通常的填法", "Usual answers"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in the list beside the desk."""

    path: str
    kind: Kind
    name: Text


def kind_of(path: str) -> Kind | None:
    """The kind of a file by its place; None for what no owner edits."""
    if path == VERSION_FILE:
        return None
    if PurePosixPath(path).parent.name == answers.FOLDER:
        return Kind.SCENARIO
    return _BY_NAME.get(path) or _BY_SUFFIX.get(PurePosixPath(path).suffix)


def listed(reading: Reading) -> dict[Kind, tuple[Listed, ...]]:
    """The files by kind, every kind in its order: diagrams as they are reached from the main one, the rest by path."""
    names = _names(reading)
    found: dict[Kind, list[Listed]] = {kind: [] for kind in Kind}
    for path in dict.fromkeys([*_reached_files(reading), *reading.bundle.files]):
        if kind := kind_of(path):
            stem = PurePosixPath(path).stem
            found[kind].append(Listed(path, kind, names.get(path, Text(stem, stem))))
    return {kind: tuple(files) for kind, files in found.items()}


def reached(reading: Reading) -> list[str]:
    """The ids of the processes in the order in which they are called from the main one."""
    found, pending = dict.fromkeys([reading.manifest.main]), [reading.manifest.main]
    while pending:
        process = pending.pop(0)
        called = [one.called for one in reading.elements.values() if one.process_id == process and one.called]
        new = [key for key in dict.fromkeys(called) if key in reading.diagrams and key not in found]
        found.update(dict.fromkeys(new))
        pending += new
    return [key for key in found if key in reading.diagrams]


def _reached_files(reading: Reading) -> Iterable[str]:
    return (reading.diagrams[key].file for key in reached(reading))


def _names(reading: Reading) -> Mapping[str, Text]:
    titles = titles_of_forms(reading)
    names = {diagram.file: diagram.name for diagram in reading.diagrams.values()}
    names |= {decision.file: decision.label for decision in reversed(reading.decisions.values())}
    names |= {form.file: titles[name] for name, form in reading.forms.items() if name in titles}
    for path, content in reading.bundle.named(".yaml", answers.FOLDER).items():
        if title := title_of(content):
            names[path] = title
    return names | _NAMES
