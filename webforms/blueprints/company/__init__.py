"""Training and its checks, knowledge notes, inspections."""

from webforms.blueprints.company import knowledge, supervision, training
from webforms.blueprints.company.door import blueprint

__all__ = ["blueprint", "knowledge", "supervision", "training"]
