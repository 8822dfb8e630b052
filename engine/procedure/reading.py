"""Reading all files of a bundle once, for opening it and for checking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.procedure import answers, clauses, documents, manifest
from engine.procedure.answers import Answers
from engine.procedure.bundle import Bundle
from engine.procedure.clauses import Clause, read_clauses
from engine.procedure.decisions import Decision, DecisionModel, read_decisions
from engine.procedure.diagrams import Diagram, Element, Sheet, read_diagrams, read_sheets
from engine.procedure.documents import Document, read_documents
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings
from engine.procedure.forms import Form, read_form
from engine.procedure.manifest import Action, Intake, Manifest, read_actions, read_intake, read_manifest
from engine.procedure.safe_yaml import YamlFile, read_yaml
from engine.procedure.vocabulary import Field, read_vocabulary

FIELDS_FILE = "fields.yaml"
FORMS_FOLDER = "forms"


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

    @property
    def decisions(self) -> dict[str, Decision]:
        """Every decision of every table file, by id."""
        return {key: decision for model in self.tables.values() for key, decision in model.decisions.items()}


def read_all(bundle: Bundle, findings: Findings) -> Reading:
    """Every part of the bundle; whatever cannot be read is left out and noted."""
    source = read_yaml(bundle.files.get(manifest.FILE), manifest.FILE, findings)
    head = read_manifest(source, findings)
    fields = read_yaml(bundle.files.get(FIELDS_FILE), FIELDS_FILE, findings)
    vocabulary = read_vocabulary(fields, findings)
    names = frozenset({*vocabulary, *head.facts, *head.moments})
    compiler = Compiler(names, findings)
    usual, asked, printed = (_optional(bundle, file, findings) for file in (answers.FILE, clauses.FILE, documents.FILE))
    sheets = read_sheets(bundle, findings)
    diagrams, elements = read_diagrams(sheets, compiler)
    return Reading(
        bundle=bundle,
        manifest=head,
        fields=fields,
        vocabulary=vocabulary,
        sheets=sheets,
        diagrams=diagrams,
        elements=elements,
        forms=_forms(bundle, vocabulary, compiler, findings),
        tables=_tables(bundle, findings),
        actions=read_actions(source, compiler),
        intake=read_intake(source, compiler),
        answers=answers.read_answers(usual, compiler),
        answers_file=usual,
        clauses=read_clauses(asked),
        clauses_file=asked,
        documents=read_documents(printed, compiler, findings),
        documents_file=printed,
        names=names,
    )


def _optional(bundle: Bundle, file: str, findings: Findings) -> YamlFile:
    return read_yaml(bundle.files.get(file, b"{}"), file, findings)


def _forms(bundle: Bundle, vocabulary: Mapping[str, Field], compiler: Compiler, findings: Findings) -> dict[str, Form]:
    files = bundle.named(".form", FORMS_FOLDER)
    forms = (read_form(file, data, vocabulary, compiler, findings) for file, data in files.items())
    return {form.name: form for form in forms}


def _tables(bundle: Bundle, findings: Findings) -> dict[str, DecisionModel]:
    read = {file: read_decisions(data, file, findings) for file, data in bundle.named(".dmn").items()}
    return {file: table for file, table in read.items() if table is not None}
