"""Collecting every expression of a procedure with its place and its use, for the rules about names and kept values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from engine.feel import Assignments, Expression, FeelError, compile_assignments
from engine.procedure.check.drawing.events import timer_source
from engine.procedure.check.subject import Graph, Subject
from engine.procedure.decisions import Decision
from engine.procedure.decisions.columns import Rule
from engine.procedure.diagrams.markup import SPIFF, children, find, is_bpmn, local, parameters_of, text_of
from engine.procedure.expressions import Compiler, is_iso_time
from engine.procedure.findings import Place
from engine.procedure.forms import Component

Purpose = Literal[
    "condition", "timer", "event", "script", "parameter", "person", "form", "manifest", "table", "cell", "anchor", "answer",
    "document",
]  # fmt: skip


@dataclass(frozen=True)
class Use:
    """One compiled expression: where it stands, what for, in which process, and what it reads and calls."""

    place: Place
    purpose: Purpose
    source: str
    variables: frozenset[str]
    functions: frozenset[str]
    process_id: str | None = None


def collect_uses(subject: Subject) -> list[Use]:
    """Every expression of diagrams, forms, tables, documents and procedure.yaml; those that do not compile become findings."""
    files = (_form_uses(subject), _table_uses(subject), _manifest_uses(subject), _document_uses(subject))
    return [*_Diagrams(subject).uses(), *(use for uses in files for use in uses)]


def item_names(subject: Subject) -> frozenset[str]:
    """The names under which multi-instances hand out one item."""
    items = (find(sheet.root, "//b:inputDataItem | //b:outputDataItem") for sheet in subject.reading.sheets)
    return frozenset(str(item.get("name") or item.get("id")) for found in items for item in found)


class _Diagrams:
    """The expressions of the drawings."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._compiler = Compiler(subject.reading.names | item_names(subject), subject.findings)

    def uses(self) -> Iterator[Use]:
        for graph in self._subject.graphs:
            for flow in graph.drawn:
                if flow.condition:
                    yield from self._compile(graph, flow.element, flow.condition, "condition")
            for node in graph.nodes.values():
                yield from self._node(graph, node)

    def _node(self, graph: Graph, node: etree._Element) -> Iterator[Use]:
        yield from self._element(graph, node)
        for timer in children(node, "timerEventDefinition"):
            source = timer_source(timer)
            if source and not is_iso_time(source):
                yield from self._compile(graph, node, source, "timer")
        for definition in children(node, "conditionalEventDefinition"):
            for condition in children(definition, "condition"):
                yield from self._compile(graph, node, text_of(condition), "event")
        for value in parameters_of(node).values():
            yield from self._compile(graph, node, value, "parameter")
        for script in [
            *children(node, "script"),
            *find(node, "./b:extensionElements/s:preScript | ./b:extensionElements/s:postScript"),
        ]:
            yield from self._script(graph, node, text_of(script))
        for payload in find(node, f".//*[namespace-uri()='{SPIFF}' and local-name()='messagePayload']"):
            yield from self._compile(graph, node, text_of(payload), "parameter")
        for loop in children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
            yield from self._loop(graph, node, loop)

    def _element(self, graph: Graph, node: etree._Element) -> Iterator[Use]:
        element = self._subject.reading.elements.get(str(node.get("id")))
        for expression in (element.department, element.assignee) if element else ():
            if expression is not None:
                yield _use(graph.sheet.place(node), "person", expression, graph.process_id)

    def _loop(self, graph: Graph, node: etree._Element, loop: etree._Element) -> Iterator[Use]:
        for part in loop:
            if is_bpmn(part) and local(part) in ("loopCardinality", "loopCondition", "loopDataInputRef"):
                yield from self._compile(graph, node, text_of(part), "condition")

    def _compile(self, graph: Graph, node: etree._Element, source: str, purpose: Purpose) -> Iterator[Use]:
        place = graph.sheet.place(node)
        expression = self._compiler.compile(source, place) if source.strip() else None
        if expression is not None:
            yield _use(place, purpose, expression, graph.process_id)

    def _script(self, graph: Graph, node: etree._Element, source: str) -> Iterator[Use]:
        place = graph.sheet.place(node)
        script = self._compiler.compile_script(source, place)
        if script is not None:
            yield _use(place, "script", script, graph.process_id)


def script_of(node: etree._Element) -> tuple[str, ...]:
    """The keys that a script task assigns; none when it does not compile."""
    try:
        return tuple(key for script in children(node, "script") for key in compile_assignments(text_of(script)).targets)
    except FeelError:
        return ()


def _use(place: Place, purpose: Purpose, compiled: Expression | Assignments, process_id: str | None = None) -> Use:
    return Use(place, purpose, compiled.source, compiled.variables, compiled.functions, process_id)


def _form_uses(subject: Subject) -> Iterator[Use]:
    for form in subject.reading.forms.values():
        yield from _component_uses(form.file, form.components)


def _component_uses(file: str, components: tuple[Component, ...]) -> Iterator[Use]:
    for component in components:
        if component.hide is not None:
            place = Place(file, None, component.key or component.id, component.label.zh, component.label.en)
            yield _use(place, "form", component.hide)
        yield from _component_uses(file, component.children)


def _table_uses(subject: Subject) -> Iterator[Use]:
    for decision in subject.reading.decisions.values():
        for column in decision.inputs:
            place = Place(decision.file, None, decision.id, column.label.zh, column.label.en)
            yield Use(place, "table", column.source, column.reads, frozenset())
        for rule in decision.rules:
            yield from _cell_uses(decision, rule)


def _cell_uses(decision: Decision, rule: Rule) -> Iterator[Use]:
    """The cells of a row that read anything beside their column."""
    labels = [*(column.label for column in decision.inputs), *(column.label for column in decision.outputs)]
    for label, source, entry, reads in zip(labels, (*rule.cells, *rule.outputs), rule.entries, rule.reads, strict=True):
        if reads:
            place = Place(decision.file, None, entry or rule.id or decision.id, label.zh, label.en)
            yield Use(place, "cell", source, reads, frozenset())


def _document_uses(subject: Subject) -> Iterator[Use]:
    for document in subject.reading.documents.values():
        place = subject.reading.documents_file.place(document.key, "blocks")
        for block in document.blocks:
            if block.when is not None:
                yield _use(place, "document", block.when)


def _manifest_uses(subject: Subject) -> Iterator[Use]:
    source = subject.reading.manifest.source
    for key, expression in subject.reading.intake.emergency_sets.items():
        yield _use(source.place("intake", "emergency_sets", key), "manifest", expression)
    for name, action in subject.reading.actions.items():
        for key, expression in action.sets.items():
            yield _use(source.place("actions", name, "sets", key), "manifest", expression)
    for form, answers in subject.reading.answers.items():
        for key, expression in answers.items():
            yield _use(subject.reading.answers_file.place(form, key), "answer", expression)
