"""What decides whether an element is reached: the conditions before it, what works their keys out, the trigger of an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from engine.feel import BUILTIN_NAMES, EvaluationContext, Expression, compile_assignments
from engine.procedure import Procedure
from engine.procedure.check.drawing.events import timer_source
from engine.procedure.check.expressions import LITERAL_CALL
from engine.procedure.check.subject import Graph, Node
from engine.procedure.diagrams.markup import ACTIVITIES, LIMIT_ASKED, children, find, local, text_of
from engine.procedure.limits import DECISION, INPUT
from engine.rehearsal.dry_run.deciding import Choice, Maker, Scope, Trigger, after, running

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
OPEN_ASKED = LITERAL_CALL["is_open"]
CATCHING = frozenset({"boundaryEvent", "intermediateCatchEvent"})


class Routes:
    """The ways of a procedure, from its drawings as graphs."""

    def __init__(self, graphs: Iterable[Graph], procedure: Procedure) -> None:
        self._procedure = procedure
        self.graphs = [graph for graph in graphs if graph.process_id in self._run_from(procedure.main)]
        self.ids = [node_id for graph in self.graphs for node_id in graph.nodes]
        self.everything = frozenset(self.ids)
        self._at = {node_id: graph for graph in self.graphs for node_id in graph.nodes}

    @property
    def starts(self) -> tuple[str, ...]:
        """The start events of the main process, when it has several."""
        own = [graph for graph in self.graphs if graph.process_id == self._procedure.main and local(graph.container) == "process"]
        starts = [start for graph in own for start in graph.starts]
        return tuple(starts) if len(starts) > 1 else ()

    @cached_property
    def gateways_before(self) -> Mapping[str, list[str]]:
        """The gateways that choose whether an element is entered."""
        return {
            own: [flow.source for flow in graph.into(own) if local(graph.nodes[flow.source]) in CHOOSING]
            for own, graph in self._at.items()
        }

    def activities_before(self, element_id: str) -> frozenset[str]:
        """The activities from which a flow leads to the element."""
        graph = self._at[element_id]
        return frozenset(flow.source for flow in graph.into(element_id) if local(graph.nodes[flow.source]) in ACTIVITIES)

    def processes_before(self, element_id: str) -> frozenset[str]:
        """The process of the element, and those that the calls before it run."""
        found = {self._at[element_id].process_id}
        for own in self.activities_before(element_id):
            called = self._procedure.elements[own].called
            found |= self._run_from(called) if called else set()
        return frozenset(found)

    def waits_at(self, element_id: str) -> str:
        """The element at which a case waits for the event: itself, or the event gateway before it."""
        graph = self._at[element_id]
        before = [flow.source for flow in graph.into(element_id) if local(graph.nodes[flow.source]) == "eventBasedGateway"]
        return before[0] if before else element_id

    def trigger_of(self, element_id: str) -> Trigger | None:
        """The trigger of a catching event, as far as it comes from outside."""
        return self._triggers.get(element_id)

    def choice(self, gateway: str, target: str, passed: Collection[str]) -> Choice:
        """The way from a gateway to an element, for a case that has passed these elements on the way there.

        A key that a script or decision has worked out on the way stands for what that has read.
        """
        condition = self._conditions.get((gateway, target))
        others = [other for (source, way), other in self._conditions.items() if source == gateway and way != target]
        asked = [condition] if condition else others
        keys = list(dict.fromkeys(key for one in asked for key in sorted(one.variables)))
        sources, makers = [one.source for one in asked], list[Maker]()
        for key in keys:
            fresh = [maker for maker in self._makers.get(key, ()) if maker.element_id in passed and maker not in makers]
            makers.extend(fresh)
            sources.extend(maker.source for maker in fresh)
            keys.extend(one for maker in fresh for one in sorted(maker.reads) if one not in keys)
        made = {key for key in keys if any(maker in makers and key not in maker.reads for maker in self._makers.get(key, ()))}
        settable = tuple(key for key in keys if key not in made)
        return Choice(settable, "\n".join(sources), after(makers, condition, others))

    def tasks_asked(self, gateway: str, target: str) -> frozenset[str]:
        """The tasks of which the way from a gateway to an element asks whether they are open."""
        condition = self._conditions.get((gateway, target))
        return frozenset(OPEN_ASKED.findall(condition.source) if condition else ())

    def limits_of(self, element_id: str) -> list[str]:
        """The limits whose due moments the event waits for."""
        timers = children(self._at[element_id].nodes[element_id], "timerEventDefinition")
        return LIMIT_ASKED.findall(" ".join(map(timer_source, timers)))

    def opening(self, limit: str) -> frozenset[str]:
        """The elements that begin to count a limit."""
        elements = self._procedure.elements.values()
        return frozenset(element.id for element in elements if limit in (*element.opens, *element.limit))

    def rows_of(self, limit: str) -> Choice:
        """What the rows of a limit depend on beside the limit itself, and whether one of them holds."""
        table = self._procedure.decisions.get(DECISION)
        rules = [rule for rule in table.rules if f'"{limit}"' in rule.cells[0]] if table else []
        columns = {column for rule in rules for column, cell in enumerate(rule.cells) if column and cell.strip() != "-"}
        keys = sorted({key for column in columns for key in table.inputs[column].reads}) if table else []

        def holds(scope: Scope, context: EvaluationContext) -> bool:
            return table is not None and bool(table.decide({**scope, INPUT: limit}, context).matched)

        return Choice(tuple(keys), "\n".join(cell for rule in rules for cell in rule.cells), holds)

    def lead_on(self, active: Iterable[str], reached: Collection[str]) -> bool:
        """Whether going on from these activities may reach something new; a way that a gateway has never taken does not count."""
        seen, pending = set[str](), [own for own in active if own in self._at]
        while pending:
            own = pending.pop()
            if own not in reached:
                return True
            if own not in seen:
                seen.add(own)
                pending.extend(self._onward(own, reached))
        return False

    def _onward(self, own: str, reached: Collection[str]) -> list[str]:
        graph = self._at[own]
        following = [flow.target for flow in graph.out(own)]
        if local(graph.nodes[own]) in CHOOSING:
            return [target for target in following if target in reached]
        return following

    def _run_from(self, process_id: str) -> set[str]:
        calls: dict[str, set[str]] = defaultdict(set)
        for element in self._procedure.elements.values():
            if element.called:
                calls[element.process_id].add(element.called)
        found, pending = set[str](), [process_id]
        while pending:
            current = pending.pop()
            if current not in found:
                found.add(current)
                pending.extend(calls[current])
        return found

    @cached_property
    def _triggers(self) -> dict[str, Trigger]:
        found = {}
        for graph in self.graphs:
            messages = {message.get("id"): message.get("name") or "" for message in children(graph.sheet.root, "message")}
            for node in graph.of_kind(*CATCHING):
                for definition in node:
                    trigger = self._trigger(definition, messages)
                    if trigger is not None:
                        found[str(node.get("id"))] = trigger
        return found

    def _trigger(self, definition: Node, messages: Mapping[str | None, str]) -> Trigger | None:
        kind = local(definition)
        if kind == "timerEventDefinition":
            return Trigger()
        if kind == "messageEventDefinition":
            return Trigger(message=messages.get(definition.get("messageRef"), ""))
        conditions = children(definition, "condition") if kind == "conditionalEventDefinition" else []
        source = text_of(conditions[0]) if conditions else ""
        if not source:
            return None
        condition = self._procedure.compile(source)
        sure = condition.functions <= BUILTIN_NAMES
        return Trigger(choice=Choice(tuple(sorted(condition.variables)), source, after([], condition, []), sure))

    @cached_property
    def _conditions(self) -> dict[tuple[str, str], Expression]:
        """Gateway and target to the condition between them."""
        return {
            (flow.source, flow.target): self._procedure.compile(flow.condition)
            for graph in self.graphs
            for flow in graph.flows
            if flow.condition
        }

    @cached_property
    def _makers(self) -> Mapping[str, list[Maker]]:
        """Key to the scripts and decisions that work it out."""
        found: dict[str, list[Maker]] = defaultdict(list)
        for graph in self.graphs:
            for node in graph.of_kind("scriptTask"):
                source = "\n".join(text_of(script) for script in children(node, "script"))
                script = compile_assignments(source, self._procedure.names)
                maker = Maker(str(node.get("id")), script.variables, source, running(script.items))
                for key in script.targets:
                    found[key].append(maker)
            for node in graph.of_kind("businessRuleTask"):
                self._note_decided(node, found)
        return found

    def _note_decided(self, node: Node, found: dict[str, list[Maker]]) -> None:
        own = str(node.get("id"))
        decision = self._procedure.decisions.get(self._procedure.elements[own].decision or "")
        if decision is None:
            return
        asked = [decision, *decision.requires]
        reads = frozenset[str]().union(*(column.reads for one in asked for column in one.inputs))
        cells = "\n".join(cell for one in asked for rule in one.rules for cell in rule.cells)
        result = next(map(text_of, find(node, "./b:extensionElements/s:resultVariable")), "")

        def work_out(scope: Scope, context: EvaluationContext) -> Scope:
            value = decision.decide(scope, context).value
            return {result: value} if result else dict(value) if isinstance(value, dict) else {}

        for key in [result] if result else [column.name for column in decision.outputs]:
            found[key].append(Maker(own, reads, cells, work_out))
