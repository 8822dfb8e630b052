"""Everything that can be read of a bundle, for opening it and for checking it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from engine.procedure import answers, clauses, documents, manifest
from engine.procedure.answers import Answers
from engine.procedure.bundle import Bundle
from engine.procedure.clauses import Clause, read_clauses
from engine.procedure.decisions import Decision, DecisionModel, read_decisions
from engine.procedure.diagrams import Diagram, Element, Sheet, read_diagrams, read_sheet
from engine.procedure.diagrams.reader import SUFFIX
from engine.procedure.documents import Document, read_documents
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings
from engine.procedure.forms import Form, read_form
from engine.procedure.manifest import Action, Intake, Manifest, read_actions, read_intake, read_manifest
from engine.procedure.reading.memory import Memory
from engine.procedure.safe_yaml import YamlFile, read_yaml
from engine.procedure.vocabulary import Field, read_vocabulary

T = TypeVar("T")
FIELDS_FILE = "fields.yaml"
FORMS_FOLDER = "forms"
#: What this process has read, whoever asked for it.
_SHARED = Memory()


@dataclass(frozen=True)
class Reading:
    """What could be read of a bundle, with the parsed sheets and tables that the check looks into."""

    bundle: Bundle
    manifest: Manifest
    fields: YamlFile
    vocabulary: Mapping[str, Field]
    sheets: list[Sheet]
    diagrams: Mapping[str, Diagram]
    elements: Mapping[str, Element]
    forms: Mapping[str, Form]
    tables: Mapping[str, DecisionModel]
    actions: Mapping[str, Action]
    intake: Intake
    answers: Answers
    answers_file: YamlFile
    clauses: Mapping[str, Clause]
    clauses_file: YamlFile
    documents: Mapping[str, Document]
    documents_file: YamlFile
    names: frozenset[str]

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """Every decision of every table file, by id."""
        return {key: decision for model in self.tables.values() for key, decision in model.decisions.items()}


def read_all(bundle: Bundle, findings: Findings, memory: Memory | None = None) -> Reading:
    """Every part of the bundle; whatever cannot be read is left out and noted.

    What has been read before is not read again. Parsed drawings are kept in a memory that is given, and in no other: they are
    large, and no two threads should walk through one.
    """
    return _Reader(bundle, findings, memory or _SHARED, memory or Memory()).read()


class _Reader:
    """Reads one bundle; each part is kept by the file it stands in and by what else it depends on."""

    def __init__(self, bundle: Bundle, findings: Findings, memory: Memory, sheets: Memory) -> None:
        self._bundle, self._findings, self._memory, self._kept_sheets = bundle, findings, memory, sheets
        self._names: frozenset[str] = frozenset()

    def read(self) -> Reading:
        source = self._yaml(manifest.FILE)
        head = read_manifest(source, self._findings)
        fields = self._yaml(FIELDS_FILE)
        vocabulary = self._part("vocabulary", FIELDS_FILE, lambda noted: read_vocabulary(fields, noted))
        self._names = frozenset({*vocabulary, *head.facts, *head.moments})
        compiler = Compiler(self._names, self._findings)
        usual, asked, printed = (self._yaml(file, b"{}") for file in (answers.FILE, clauses.FILE, documents.FILE))
        sheets = self._sheets()
        diagrams, elements = self._diagrams(sheets)
        return Reading(
            bundle=self._bundle,
            manifest=head,
            fields=fields,
            vocabulary=vocabulary,
            sheets=sheets,
            diagrams=diagrams,
            elements=elements,
            forms=self._forms(vocabulary),
            tables=self._tables(),
            actions=read_actions(source, compiler),
            intake=read_intake(source, compiler),
            answers=answers.read_answers(usual, compiler),
            answers_file=usual,
            clauses=read_clauses(asked),
            clauses_file=asked,
            documents=self._documents(printed),
            documents_file=printed,
            names=self._names,
        )

    def _part(self, kind: str, file: str, work: Callable[[Findings], T], *more: Hashable) -> T:
        return self._memory.read((kind, file, self._bundle.files.get(file), *more), self._findings, work)

    def _yaml(self, file: str, otherwise: bytes | None = None) -> YamlFile:
        data = self._bundle.files.get(file, otherwise)
        return self._part("yaml", file, lambda noted: read_yaml(data, file, noted))

    def _sheets(self) -> list[Sheet]:
        sheets = []
        for file, data in self._bundle.named(SUFFIX).items():
            sheets.append(self._kept_sheets.read(("sheet", file, data), self._findings, partial(read_sheet, file, data)))
        return [sheet for sheet in sheets if sheet is not None]

    def _diagrams(self, sheets: list[Sheet]) -> tuple[dict[str, Diagram], dict[str, Element]]:
        """By id; of two with one id the first stands, the check names the second."""
        diagrams: dict[str, Diagram] = {}
        elements: dict[str, Element] = {}
        for sheet in sheets:
            drawn, nodes = self._part("diagrams", sheet.file, partial(self._drawn, sheet), self._names)
            for diagram in drawn:
                diagrams.setdefault(diagram.process_id, diagram)
            for element in nodes:
                elements.setdefault(element.id, element)
        return diagrams, elements

    def _drawn(self, sheet: Sheet, noted: Findings) -> tuple[list[Diagram], list[Element]]:
        return read_diagrams(sheet, Compiler(self._names, noted))

    def _forms(self, vocabulary: Mapping[str, Field]) -> dict[str, Form]:
        depends, forms = (self._bundle.files.get(FIELDS_FILE), self._names), []
        for file, data in self._bundle.named(".form", FORMS_FOLDER).items():
            read = partial(self._form, file, data, vocabulary)
            forms.append(self._part("form", file, read, *depends))
        return {form.name: form for form in forms}

    def _form(self, file: str, data: bytes, vocabulary: Mapping[str, Field], noted: Findings) -> Form:
        return read_form(file, data, vocabulary, Compiler(self._names, noted), noted)

    def _tables(self) -> dict[str, DecisionModel]:
        files = self._bundle.named(".dmn").items()
        read = {file: self._part("table", file, partial(read_decisions, data, file)) for file, data in files}
        return {file: table for file, table in read.items() if table is not None}

    def _documents(self, printed: YamlFile) -> dict[str, Document]:
        def read(noted: Findings) -> dict[str, Document]:
            return read_documents(printed, Compiler(self._names, noted), noted)

        return self._part("documents", documents.FILE, read, self._names)
