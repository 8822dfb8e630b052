"""Rules about cases of decisions: a file of cases lies beside its table, and every case holds."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.feel import EvaluationContext
from engine.procedure.check.subject import Subject
from engine.procedure.decisions.cases import check_cases
from engine.procedure.findings import Place

SUFFIX = ".cases.yaml"
#: Cases are worked out on a fixed day, so that they hold tomorrow too; those that mean a day give it.
TODAY = datetime(2026, 9, 2, 2, tzinfo=UTC)


def check_decision_cases(subject: Subject) -> None:
    """Every file of cases of the procedure."""
    reading = subject.reading
    context = EvaluationContext(now=TODAY, zone=reading.manifest.day_rules.tz)
    for file, data in reading.bundle.files.items():
        table = file.removesuffix(SUFFIX) + ".dmn"
        if not file.endswith(SUFFIX):
            continue
        if table in reading.tables:
            check_cases(reading.tables[table], data, file, context, subject.findings)
        elif table not in reading.bundle.files:
            subject.error(
                "decision-cases", Place(file, 1), f"旁边没有决策表 {table}。", f"There is no table {table} beside it.",
                "请按决策表的文件名改名，或删去。", "Name it after its table, or remove it.",
            )  # fmt: skip
