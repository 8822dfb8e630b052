"""Decision tables and expressions in DMN: read, checked, evaluated, with the rows that matched."""

from engine.procedure.decisions.analysis.checks import TableFinding, gaps, overlaps
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
    "overlaps",
    "parse_decisions",
    "read_decisions",
]
