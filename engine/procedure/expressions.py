"""Compiling the expressions of a procedure's files: what does not compile becomes a finding with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import Assignments, EvaluationContext, Expression, FeelError, compile_assignments, compile_expression
from engine.procedure.findings import Findings, Place

ISO_DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
ISO_CYCLE = re.compile(r"R(\d*)/(.+)")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")
MEND = Text(
    "请在表达式编辑器里改正，保存前会再检查。", "Correct it in the expression editor, which checks it again before saving."
)

#: How other engines write: the beginning of an expression or a part of it, and how it is written here.
_ELSEWHERE = (
    (re.compile(r"^\s*[$#]\{"), Text(
        "这是别的引擎的写法；请改写成 FEEL，例如 approved = true。",
        "This is how another engine writes; write it in FEEL, such as approved = true.",
    )),
    (re.compile(r"^\s*="), Text("请删去开头的等号。", "Delete the equals sign at the beginning.")),
    (re.compile(r"==|&&|\|\|"), Text(
        "FEEL 里相等只写一个 =，“并且”写 and，“或者”写 or。", 'FEEL writes = for "equal", "and" and "or" as words.',
    )),
)  # fmt: skip


class Compiler:
    """Compiles FEEL with a procedure's names in scope, and notes what does not compile."""

    def __init__(self, names: Collection[str], findings: Findings) -> None:
        self.names = frozenset(names)
        self._findings = findings

    def compile(self, source: str, place: Place, rule: str = "expression") -> Expression | None:
        """The compiled expression, or None after a finding that quotes it and names the position."""
        try:
            return compile_expression(source, self.names)
        except FeelError as problem:
            self._note(problem, source, place, rule)
            return None

    def compile_script(self, source: str, place: Place) -> Assignments | None:
        """The compiled script of a script task, or None after a finding."""
        try:
            return compile_assignments(source, self.names)
        except FeelError as problem:
            self._note(problem, source, place, "expression")
            return None

    def _note(self, problem: FeelError, source: str, place: Place, rule: str) -> None:
        text = Text(f"表达式“{source}”读不懂：{problem.text.zh}", f'The expression "{source}" cannot be read: {problem.text.en}')
        mend = next((mend for written, mend in _ELSEWHERE if written.search(source)), MEND)
        self._findings.error(rule, place, text, mend)


def is_iso_time(source: str) -> bool:
    """Whether a timer is written as bare ISO 8601 (``PT2H``, ``R/P3D``, a date), as other editors write it."""
    text = source.strip()
    cycle = ISO_CYCLE.fullmatch(text)
    period = cycle.group(2) if cycle else text
    return bool(ISO_DURATION.fullmatch(period) or (not cycle and ISO_DATE.fullmatch(text)))


def evaluate_all(
    expressions: Mapping[str, Expression], scope: Mapping[str, Value], now: datetime, zone: tzinfo
) -> dict[str, Value]:
    """The values of the expressions by key, as actions and intake set them."""
    context = EvaluationContext(now=now, zone=zone)
    return {key: expression.evaluate(scope, context) for key, expression in expressions.items()}
