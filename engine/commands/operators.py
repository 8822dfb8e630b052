"""What service tasks ask for beyond their own case: one handler an operator, called when the step that asked is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.commands.session import CaseSession
    from engine.workflow.happenings import Called

#: By the operator's name in the diagram; dispatch fills it. A handler works within the transaction of the step.
OPERATORS: dict[str, Callable[[CaseSession, Called], None]] = {}
