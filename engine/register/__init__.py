"""The register as evidence: whether it is whole and unchanged, and a copy of it as a table."""

from engine.register.exporting import COLUMNS, export_rows
from engine.register.verifying import Flaw, Verdict, verify_register

__all__ = ["COLUMNS", "Flaw", "Verdict", "export_rows", "verify_register"]
