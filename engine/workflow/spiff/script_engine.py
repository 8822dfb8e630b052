"""What SpiffWorkflow asks to evaluate, answered in FEEL against the values of the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import EngineError, Incident
from engine.feel import EvaluationContext, Expression, FeelError
from engine.feel.values import in_chinese, kind
from engine.workflow.case import Case
from engine.workflow.functions import Functions
from engine.workflow.happenings import Called, Decided

if TYPE_CHECKING:
    from engine.procedure.limits import LimitRow


class ScriptEngine:
    """One a command, never shared: it holds the case, and the id of the one timer that may fire now."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.firing: str | None = None
        self.functions = Functions(case)
        self.context = EvaluationContext(
            now=case.occasion.now, zone=case.occasion.calendar.rules.tz, functions=self.functions.table()
        )

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Value:
        """The value of an expression as the task sees the case; what cannot be evaluated is an Incident."""
        return self.guard(task, expression, lambda: self.run(task, self.case.model.expression(expression)))

    def run(self, task: Any, expression: Expression) -> Value:
        """The value of a compiled expression as the task sees the case."""
        return self.guard(task, expression.source, partial(expression.evaluate, self.case.names(task), self.context))

    def limit_rows(self, task: Any, key: str) -> list[LimitRow]:
        """The rows of a limit that hold for the case as the task sees it."""
        rows = self.case.model.procedure.limit_rows
        return list(self.guard(task, key, partial(rows, key, self.case.names(task), self.context)))

    def holds(self, task: Any, expression: str) -> bool:
        """Whether a condition is true; null is false, anything else but true and false is an Incident."""
        value = self.evaluate(task, expression)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise incident(task, unfit(f"条件“{expression}”应得出真或假", f"Expected true or false of “{expression}”", value))

    def execute(self, task: Any, script: str, external_context: Any = None, *, outward: bool = False) -> bool:
        """Run ``key = FEEL`` lines, each seeing what those before it have set; ``outward`` writes past the task's own scope."""
        names = self.case.names(task)
        written: dict[str, Value] = {}
        for key, expression in self.guard(task, script, lambda: self.case.model.assignments(script)).items:
            names[key] = written[key] = self.guard(task, script, partial(expression.evaluate, names, self.context))
        self.case.write(task, written, outward=outward)
        return True

    def call_service(self, task: Any, *, operation_name: str, operation_params: dict[str, Any]) -> None:
        """Note the call with its evaluated parameters; the caller carries it out after the step."""
        parameters = {name: parameter["value"] for name, parameter in operation_params.items()}
        self.case.happen(Called(task.task_spec.bpmn_id, operation_name, parameters))

    def decide(self, task: Any, decision_id: str, result_key: str | None) -> None:
        """Ask a decision and write its result: under one key, or a context spread over its keys."""
        decision = self.case.model.decision(decision_id, element_of(task))
        outcome = self.guard(task, decision_id, lambda: decision.decide(self.case.names(task), self.context))
        self.case.happen(Decided(element_of(task), decision_id, tuple(outcome.matched), outcome.value))
        if not (outcome.matched or outcome.value is not None or decision.hit_policy.startswith("C")) and decision.rules:
            # To the standard that is null; a case that goes on with nothing decided would go wrong somewhere else.
            name = decision.label
            raise incident(task, Text(f"决策表“{name.zh}”没有一行适用", f"Expected a row of “{name.en}” to apply, but none does"))
        if result_key is None and not isinstance(outcome.value, dict):
            raise incident(
                task,
                Text(f"决策“{decision_id}”没有给出可写入的结果", f"Decision “{decision_id}” gave no result that can be written"),
            )
        self.case.write(task, {result_key: outcome.value} if result_key else outcome.value)

    def guard(self, task: Any, source: str, work: Callable[[], Any]) -> Any:
        """Do the work; whatever goes wrong in it becomes an Incident at the task's element."""
        try:
            return work()
        except Incident as problem:
            if problem.element_id is None:
                raise Incident(problem.text, element_of(task)) from problem
            raise
        except (FeelError, EngineError) as problem:
            raise incident(
                task, Text(f"“{source}”无法计算:{problem.text.zh}", f"“{source}” cannot be evaluated: {problem.text.en}")
            ) from problem


def element_of(task: Any) -> str:
    """The id of the drawn element that a task belongs to."""
    spec = task.task_spec
    return str(spec.bpmn_id or spec.name.split(".")[0])


def unfit(zh: str, en: str, value: Value) -> Text:
    """What was expected and the kind of what was found: never the value, which is of a case and not for all who read the text."""
    return Text(f"{zh}，得到的是{in_chinese(value)}", f"{en}, but found a value of kind {kind(value)}")


def incident(task: Any, text: Text) -> Incident:
    """An Incident at the task's element."""
    return Incident(text, element_of(task))
