"""What compiling one file needs at hand: its findings, its types, and the names its expressions may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression, FeelError, UnaryTests, compile_expression, compile_unary_tests
from engine.procedure.decisions.reading.elements import Element, place_of, type_of
from engine.procedure.decisions.types import MISMATCH, Types
from engine.procedure.findings import Findings

MEND_EXPRESSION = Text("请在决策编辑器里改正这一格。", "Correct this cell in the decision editor.")


@dataclass(frozen=True, slots=True)
class Workshop:
    """Compiles the texts of one file; what does not compile becomes a finding and the answer null."""

    file: str
    findings: Findings
    types: Types = field(default_factory=Types)
    names: frozenset[str] = frozenset()

    def knowing(self, names: Iterable[str]) -> Workshop:
        """The same workshop with further names in scope."""
        return replace(self, names=self.names | frozenset(names))

    def expression(self, source: str, element: Element) -> Expression | None:
        """The compiled FEEL expression; an empty one is null."""
        try:
            return compile_expression(source or "null", self.names)
        except FeelError as error:
            self._unreadable(source, element, error)
            return None

    def tests(self, source: str, element: Element) -> UnaryTests | None:
        """The compiled cell; None for an empty one, which allows everything, and after a finding."""
        if source in ("", "-"):
            return None
        try:
            return compile_unary_tests(source, self.names)
        except FeelError as error:
            self._unreadable(source, element, error)
            return None

    def conformer(self, wanted: str, element: Element, what: str) -> Callable[[Value, EvaluationContext], Value]:
        """Turns a value that is not of the type into null, with a warning that names ``what``."""
        types = self.types
        if not types.known(wanted):
            self.error(
                "decision-type",
                element,
                Text(f"没有名为“{wanted}”的数据类型。", f"There is no data type named “{wanted}”."),
                Text("请在决策编辑器里选择已有的类型。", "Choose an existing type in the decision editor."),
            )
        if not types.restricts(wanted):
            return lambda value, context: value

        def conform(value: Value, context: EvaluationContext) -> Value:
            found = types.conform(value, wanted, context)
            if found is not MISMATCH:
                return found
            context.warnings.append(
                Text(f"“{what}”的值 {value} 不是 {wanted}。", f"The value {value} of “{what}” is no {wanted}.")
            )
            return None

        return conform

    def of_type(self, element: Element | None, owner: Element, what: str) -> Callable[[Value, EvaluationContext], Value]:
        """The conformer for the type that an element refers to."""
        return self.conformer(type_of(element), owner if element is None else element, what)

    def error(self, rule: str, element: Element, text: Text, mend: Text) -> None:
        """Note a fault at an element."""
        self.findings.error(rule, place_of(element, self.file), text, mend)

    def warning(self, rule: str, element: Element, text: Text, mend: Text) -> None:
        """Note a doubt at an element."""
        self.findings.warning(rule, place_of(element, self.file), text, mend)

    def _unreadable(self, source: str, element: Element, error: FeelError) -> None:
        text = Text(f"“{source}”读不懂：{error.text.zh}", f"“{source}” cannot be read: {error.text.en}")
        self.error("decision-expression", element, text, MEND_EXPRESSION)
