"""Links the parts of a decision file: each decision is made once, after what it requires."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engine.domain.text import Text, named
from engine.domain.values import Value
from engine.feel import EvaluationContext, Function
from engine.procedure.decisions.hit_policies import answer
from engine.procedure.decisions.instances import instances_of
from engine.procedure.decisions.model import Decision, DecisionModel, Logic
from engine.procedure.decisions.reading.boxed import function_of, logic_of
from engine.procedure.decisions.reading.elements import Element, children, english_of, first, name_of, tag, target_of, type_of
from engine.procedure.decisions.reading.item_definitions import read_types
from engine.procedure.decisions.reading.services import asked_with, service
from engine.procedure.decisions.reading.table_reader import read_table
from engine.procedure.decisions.reading.workshop import Workshop
from engine.procedure.decisions.table import Table
from engine.procedure.findings import Findings

_MEND_LINK = Text("请在决策图里重新画这条连线。", "Draw this connection again in the decision diagram.")
_MEND_CYCLE = Text("请删去其中一条连线。", "Delete one of these connections.")
_MEND_EMPTY = Text("请填写决策表或表达式。", "Fill in a table or an expression.")
_MEND_ID = Text("请给其中一个换一个编号。", "Give one of them another id.")
_REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")
_LINKED = ("decision", "inputData", "businessKnowledgeModel", "decisionService")
_DEEPEST = 50


class Linker:
    """Makes the decisions of one file; what does not fit together becomes a finding."""

    def __init__(self, root: Element, file: str, findings: Findings, names: Collection[str]) -> None:
        self.file, self.findings = file, findings
        self.elements: dict[str, Element] = {}
        workshop = read_types(root, Workshop(file, findings, names=frozenset(names)))
        for child in children(root):
            self._take(child, workshop)
        self.workshop = workshop.knowing(workshop.types.names() | {_variable(one) for one in self.elements.values()})
        self.types = instances_of(workshop.types.definitions())
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
        offered = {key: self._offered(key, one) for key, one in self.elements.items() if tag(one) == "decisionService"}
        return DecisionModel(self.file, {key: self.made[key] for key in order}, inputs, tuple(self.findings), offered)

    def _offered(self, key: str, element: Element) -> Decision:
        """A decision service as something that can be asked from outside."""
        function, name = self._function(key), name_of(element)
        logic = asked_with(function)
        return Decision(key, name, Text(name, name), self.file, "decision service", logic, _as_it_is, name, types=self.types)

    def _take(self, element: Element, workshop: Workshop) -> None:
        key = str(element.get("id") or name_of(element))
        if key in self.elements and tag(element) in _LINKED:
            workshop.error("decision-id", element, Text(f"编号“{key}”出现两次。", f"The id “{key}” is used twice."), _MEND_ID)
        self.elements[key] = element

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
        own = _variable(element)
        label = named(name, english_of(element))
        decision = Decision(key, name, label, self.file, "none", _as_given(own), typed, own, types=self.types)
        decision.requires = tuple(self._decision(one, self.elements[one]) for one in required if self._is(one, "decision"))
        decision.given = self._knowledge(required)
        decision.input_checks = tuple(self._checks(one for one in required if self._restricted(one)))
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
            self.workshop.warning("decision-empty", element, text, _MEND_EMPTY)
            return
        decision.kind = "expression"
        decision.logic = lambda scope, context: (boxed(scope, context), ())

    def _required(self, element: Element) -> list[str]:
        requirements = children(element, "informationRequirement", "knowledgeRequirement")
        links = [target_of(link) for requirement in requirements for link in children(requirement, *_REQUIRED)]
        return [target for target in links if self._there(element, target)]

    def _there(self, element: Element, target: str) -> bool:
        """Whether a link leads to something that can be asked now; if not, that is noted."""
        if target in self.under_way:
            self._refuse_cycle(element, target)
            return False
        if len(self.under_way) > _DEEPEST:
            text = Text(f"决策的连线超过 {_DEEPEST} 层。", f"Decisions require each other more than {_DEEPEST} levels deep.")
            self.workshop.error("decision-link", element, text, _MEND_CYCLE)
            return False
        if target in self.elements and tag(self.elements[target]) in _LINKED:
            return True
        name = name_of(element)
        text = Text(f"“{name}”连到了不存在的“{target}”。", f"“{name}” is connected to “{target}”, which is not there.")
        self.workshop.error("decision-link", element, text, _MEND_LINK)
        return False

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
        functions = (key for key in keys if self._is(key, "businessKnowledgeModel") or self._is(key, "decisionService"))
        return {_variable(self.elements[key]): self._function(key) for key in functions}

    def _function(self, key: str) -> Function:
        if key not in self.functions:
            element = self.elements[key]
            self.under_way.append(key)
            made = self._service(element) if self._is(key, "decisionService") else self._model(element)
            self.functions[key] = made
            self.under_way.pop()
        return self.functions[key]

    def _model(self, element: Element) -> Function:
        body = first(element, "encapsulatedLogic")
        scope = self._knowledge(self._required(element))
        return function_of(element if body is None else body, name_of(element), self.workshop)(scope)

    def _service(self, element: Element) -> Function:
        outputs, inputs = self._decisions(element, "outputDecision"), self._decisions(element, "inputDecision")
        data = self._checks(target for link in children(element, "inputData") if (target := target_of(link)) in self.elements)
        wanted = type_of(first(element, "variable"))
        function = self.workshop.types.definition(wanted)
        # A service's type may be that of the function it is, instead of that of its answer.
        answered = wanted if function is None or function.base != "function" else function.result
        typed = self.workshop.conformer(answered, element, name_of(element))
        return service(name_of(element), outputs, inputs, tuple(data), typed)

    def _decisions(self, element: Element, kind: str) -> tuple[Decision, ...]:
        targets = [target for link in children(element, kind) if self._there(element, target := target_of(link))]
        return tuple(self._decision(one, self.elements[one]) for one in targets if self._is(one, "decision"))

    def _checks(self, keys: Iterable[str]) -> Iterable[tuple[str, Any]]:
        for key in keys:
            element = self.elements[key]
            yield _variable(element), self.workshop.of_type(first(element, "variable"), element, name_of(element))

    def _restricted(self, key: str) -> bool:
        variable = first(self.elements[key], "variable")
        return self._is(key, "inputData") and bool(type_of(variable)) and self.workshop.types.restricts(type_of(variable))

    def _is(self, key: str, kind: str) -> bool:
        return tag(self.elements[key]) == kind


def _variable(element: Element) -> str:
    variable = first(element, "variable")
    return name_of(element) if variable is None or not variable.get("name") else name_of(variable)


def _fill(decision: Decision, table: Table) -> None:
    decision.kind, decision.table = "table", table
    decision.hit_policy, decision.aggregation = table.hit_policy, table.aggregation
    decision.inputs = tuple(one.column for one in table.inputs)
    decision.outputs = tuple(one.column for one in table.outputs)
    decision.rules = tuple(one.rule for one in table.rules)
    decision.logic = _of_table(table)


def _of_table(table: Table) -> Logic:
    return lambda scope, context: answer(table, scope, context)


def _as_it_is(value: Value, context: EvaluationContext) -> Value:
    return value


def _as_given(variable: str) -> Logic:
    """A decision without content is made elsewhere, so its value is the one that the scope gives."""
    return lambda scope, context: (scope.get(variable), ())
