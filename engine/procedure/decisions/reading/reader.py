"""Reads a decision file: its types, inputs, knowledge models and decisions, linked by what they require."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, Function
from engine.procedure.decisions.hit_policies import answer
from engine.procedure.decisions.model import Decision, DecisionModel, Logic, Rows, Scope
from engine.procedure.decisions.reading.boxed import function_of, logic_of
from engine.procedure.decisions.reading.elements import NAMESPACES, Element, children, first, name_of, tag, target_of
from engine.procedure.decisions.reading.item_definitions import read_types
from engine.procedure.decisions.reading.table_reader import read_table
from engine.procedure.decisions.reading.workshop import Workshop
from engine.procedure.decisions.table import Table
from engine.procedure.findings import Findings, Place
from engine.procedure.safe_xml import parse_xml

_MEND_LINK = Text("请在决策图里重新画这条连线。", "Draw this connection again in the decision diagram.")
_MEND_CYCLE = Text("请删去其中一条连线。", "Delete one of these connections.")
_MEND_FILE = Text("请用本系统的决策编辑器保存这个文件。", "Save this file with the decision editor of this system.")
_REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")


def parse_decisions(xml: bytes, file: str, names: Collection[str] = ()) -> DecisionModel:
    """The decisions of a file; ``Misconfigured`` with place and mend for the first error in it."""
    findings = Findings()
    model = read_decisions(xml, file, findings, names)
    findings.refuse()
    if model is None:
        raise AssertionError("a file that cannot be read has a finding")
    return model


def read_decisions(xml: bytes, file: str, findings: Findings, names: Collection[str] = ()) -> DecisionModel | None:
    """The same for a check that goes on: all faults are noted; None when nothing can be read at all."""
    own = Findings()
    root = parse_xml(xml, file, own)
    if root is not None and (tag(root) != "definitions" or root.tag[1 : -len("}definitions")] not in NAMESPACES):
        text = Text("这不是 DMN 1.1 至 1.5 的决策文件。", "This is no decision file of DMN 1.1 to 1.5.")
        own.error("decision-file", Place(file, 1), text, _MEND_FILE)
        root = None
    model = None if root is None else _Reader(root, file, own, names).model()
    findings.extend(own)
    return model


class _Reader:
    """Links the elements of one file; each decision is made once, after those it requires."""

    def __init__(self, root: Element, file: str, findings: Findings, names: Collection[str]) -> None:
        self.file, self.findings = file, findings
        self.elements = {str(child.get("id") or name_of(child)): child for child in children(root)}
        workshop = read_types(root, Workshop(file, findings, names=frozenset(names)))
        self.workshop = workshop.knowing(workshop.types.names() | {_variable(one) for one in self.elements.values()})
        self.made: dict[str, Decision] = {}
        self.functions: dict[str, Function] = {}
        self.under_way: list[str] = []

    def model(self) -> DecisionModel:
        """All decisions, by id."""
        for key, element in self.elements.items():
            if tag(element) == "decision":
                self._decision(key, element)
        inputs = tuple(_variable(one) for one in self.elements.values() if tag(one) == "inputData")
        order = [key for key in self.elements if key in self.made]
        return DecisionModel(self.file, {key: self.made[key] for key in order}, inputs, tuple(self.findings))

    def _decision(self, key: str, element: Element) -> Decision:
        if key not in self.made:
            self.under_way.append(key)
            self.made[key] = self._make(key, element)
            self.under_way.pop()
        return self.made[key]

    def _make(self, key: str, element: Element) -> Decision:
        name, variable = name_of(element), first(element, "variable")
        required = list(self._required(element))
        typed = self.workshop.of_type(variable, element, name)
        decision = Decision(key, name, Text(name, name), self.file, "none", _no_logic, typed, variable=_variable(element))
        decision.requires = tuple(self._decision(one, self.elements[one]) for one in required if self._is(one, "decision"))
        decision.given = self._knowledge(one for one in required if self._is(one, "businessKnowledgeModel"))
        decision.input_checks = tuple(self._checks(one for one in required if self._is(one, "inputData")))
        self._give_logic(decision, element, name)
        return decision

    def _give_logic(self, decision: Decision, element: Element, name: str) -> None:
        table = first(element, "decisionTable")
        if table is not None:
            _fill(decision, read_table(table, name, self.workshop))
            return
        boxed = logic_of(element, name, self.workshop)
        if boxed is None:
            text = Text(f"决策“{name}”没有内容。", f"The decision “{name}” has neither a table nor an expression.")
            self.workshop.warning(
                "decision-empty", element, text, Text("请填写决策表或表达式。", "Fill in a table or an expression.")
            )
            return
        decision.kind = "expression"
        decision.logic = lambda scope, context: (boxed(scope, context), ())

    def _required(self, element: Element) -> Iterable[str]:
        for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
            for link in children(requirement, *_REQUIRED):
                target = target_of(link)
                if target in self.under_way:
                    self._refuse_cycle(element, target)
                elif target not in self.elements or tag(self.elements[target]) not in _LINKED:
                    text = Text(
                        f"“{name_of(element)}”连到了不存在的“{target}”。",
                        f"“{name_of(element)}” is connected to “{target}”, which is not there.",
                    )
                    self.workshop.error("decision-link", element, text, _MEND_LINK)
                else:
                    yield target

    def _refuse_cycle(self, element: Element, target: str) -> None:
        around = [name_of(self.elements[key]) for key in self.under_way[self.under_way.index(target) :]]
        self.workshop.error(
            "decision-cycle",
            element,
            Text(
                f"决策互相依赖：{' → '.join([*around, around[0]])}。",
                f"Decisions require each other: {' → '.join([*around, around[0]])}.",
            ),
            _MEND_CYCLE,
        )

    def _knowledge(self, keys: Iterable[str]) -> Mapping[str, Any]:
        return {_variable(self.elements[key]): self._function(key) for key in keys}

    def _function(self, key: str) -> Function:
        if key not in self.functions:
            element = self.elements[key]
            self.under_way.append(key)
            scope = self._knowledge([one for one in self._required(element) if self._is(one, "businessKnowledgeModel")])
            self.under_way.pop()
            body = first(element, "encapsulatedLogic")
            self.functions[key] = function_of(element if body is None else body, name_of(element), self.workshop)(scope)
        return self.functions[key]

    def _checks(self, keys: Iterable[str]) -> Iterable[tuple[str, Any]]:
        for key in keys:
            element = self.elements[key]
            variable = first(element, "variable")
            wanted = "" if variable is None else str(variable.get("typeRef") or "")
            if self.workshop.types.restricts(wanted.rpartition(":")[2]):
                yield _variable(element), self.workshop.of_type(variable, element, name_of(element))

    def _is(self, key: str, kind: str) -> bool:
        return tag(self.elements[key]) == kind


_LINKED = ("decision", "inputData", "businessKnowledgeModel")


def _variable(element: Element) -> str:
    variable = first(element, "variable")
    return name_of(element) if variable is None or not variable.get("name") else name_of(variable)


def _fill(decision: Decision, table: Table) -> None:
    decision.kind = "table"
    decision.hit_policy, decision.aggregation = table.hit_policy, table.aggregation
    decision.inputs = tuple(one.column for one in table.inputs)
    decision.outputs = tuple(one.column for one in table.outputs)
    decision.rules = tuple(one.rule for one in table.rules)
    decision.logic = _of_table(table)


def _of_table(table: Table) -> Logic:
    return lambda scope, context: answer(table, scope, context)


def _no_logic(scope: Scope, context: EvaluationContext) -> tuple[Value, Rows]:
    return None, ()
