"""What happened to a case since a story last looked."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.values import Value
from engine.workflow import Called, Decided, Happening, LimitBreached, LimitWarned

NOTIFY, DRAFT = "notify", "draft_document"


@dataclass
class Seen:
    """Limits passed, roles told, documents drafted, operators called, and the latest answer of each decision."""

    breached: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    decided: dict[str, Value] = field(default_factory=dict)

    def note(self, happening: Happening) -> None:
        """Take in what happened."""
        if isinstance(happening, LimitWarned):
            self.told.extend(happening.run.told_first)
        elif isinstance(happening, LimitBreached):
            self.breached.append(happening.run.key)
            self.told.extend(happening.run.told_on_breach)
        elif isinstance(happening, Decided):
            self.decided[happening.decision_id] = happening.value
        elif isinstance(happening, Called):
            self._note_call(happening)

    def _note_call(self, call: Called) -> None:
        self.called.append(call.operator)
        if call.operator == NOTIFY:
            role = call.parameters.get("role")
            self.told.extend(map(str, role) if isinstance(role, list) else str(role or "").replace(" ", "").split(","))
        elif call.operator == DRAFT:
            self.drafted.append(str(call.parameters.get("kind")))
