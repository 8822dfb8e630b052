"""Decision tables and expressions in DMN: read, checked, evaluated, with the rows that matched."""

from engine.procedure.decisions.analysis.checks import gaps, overlaps
from engine.procedure.decisions.analysis.findings import TableFinding
from engine.procedure.decisions.analysis.idle import hidden, without_result
from engine.procedure.decisions.columns import InputColumn, OutputColumn, Rule
from engine.procedure.decisions.model import Decision, DecisionModel, Outcome
from engine.procedure.decisions.reading.reader import parse_decisions, read_decisions

__all__ = [
    "Decision",
    "DecisionModel",
    "InputColumn",
    "Outcome",
    "OutputColumn",
    "Rule",
    "TableFinding",
    "gaps",
    "hidden",
    "overlaps",
    "parse_decisions",
    "read_decisions",
    "without_result",
]
