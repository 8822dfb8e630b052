"""What a procedure says about things beside its cases: figures that improvement plans may aim at, and the ledger of conduct."""

from engine.procedure.beside.conduct import ConductKind, FromCases, conduct_kinds
from engine.procedure.beside.figures import PlanFigure, plan_figures

__all__ = ["ConductKind", "FromCases", "PlanFigure", "conduct_kinds", "plan_figures"]
