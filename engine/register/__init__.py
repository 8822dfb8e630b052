"""The register as evidence: whether it is whole and unchanged, a copy of it as a table, a year of it sealed."""

from engine.register.exporting import COLUMNS, export_rows
from engine.register.sealing import Sealed, write_volume
from engine.register.verifying import Flaw, Verdict, verify_register

__all__ = ["COLUMNS", "Flaw", "Sealed", "Verdict", "export_rows", "verify_register", "write_volume"]
