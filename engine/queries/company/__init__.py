"""What the company keeps beside its cases: training, knowledge, inspections."""

from engine.queries.company import knowledge, rights, supervision, training
from engine.queries.company.knowledge import notes_for

__all__ = ["knowledge", "notes_for", "rights", "supervision", "training"]
