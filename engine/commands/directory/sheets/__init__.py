"""Households and staff from Excel or CSV: tried row by row before anything is written, then taken over in one command."""

from engine.commands.context import Check, Handler
from engine.commands.directory.sheets import confirm, stage
from engine.commands.directory.sheets.columns import KINDS, SheetKind
from engine.commands.directory.sheets.confirm import ConfirmImport
from engine.commands.directory.sheets.stage import DropImport, StageImport

HANDLERS: dict[type, Handler] = {**stage.HANDLERS, **confirm.HANDLERS}
CHECKS: dict[type, Check] = stage.CHECKS

__all__ = ["CHECKS", "HANDLERS", "KINDS", "ConfirmImport", "DropImport", "SheetKind", "StageImport"]
