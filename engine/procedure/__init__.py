"""A procedure as an object: its bundle and digest, diagrams, decisions, forms, limits, and the check of all of them."""

from engine.procedure.bundle import Bundle, load_folder
from engine.procedure.check import check
from engine.procedure.diagrams import Diagram, Element
from engine.procedure.expressions import evaluate_all
from engine.procedure.findings import Finding
from engine.procedure.forms import Component, Form, FormAnswer, FormField
from engine.procedure.limits import LimitRow
from engine.procedure.manifest import Action, Intake, Moment, Role
from engine.procedure.procedure import Procedure, open_procedure
from engine.procedure.vocabulary import Choice, Field

__all__ = [
    "Action",
    "Bundle",
    "Choice",
    "Component",
    "Diagram",
    "Element",
    "Field",
    "Finding",
    "Form",
    "FormAnswer",
    "FormField",
    "Intake",
    "LimitRow",
    "Moment",
    "Procedure",
    "Role",
    "check",
    "evaluate_all",
    "load_folder",
    "open_procedure",
]
