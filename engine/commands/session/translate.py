"""What a workflow step says happened, put into the events that journal and pages know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.commands.session.notices import Notice
from engine.domain import events as ev
from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure import Procedure
from engine.workflow import happenings as hp


@dataclass(slots=True)
class Translation:
    """The events of a step, the notices it asks for, the items that it leaves open, and the calls for others to carry out.

    ``submissions`` gives the submission's id and digest by item; ``opening`` makes the event of an opened item.
    """

    procedure: Procedure
    number: str
    now: datetime
    submissions: Mapping[str, tuple[str, str]]
    opening: Callable[[hp.OpenItem], ev.Event]
    events: list[ev.Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    opened: list[hp.OpenItem] = field(default_factory=list)
    called: list[hp.Called] = field(default_factory=list)
    breaches: int = 0
    ended: bool = False
    passed: list[str] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)

    def take(self, happened: hp.Happening) -> None:
        """Add one happening."""
        getattr(self, f"_{type(happened).__name__}")(happened)

    def _ItemOpened(self, happened: hp.ItemOpened) -> None:
        self.opened.append(happened.item)
        self.events.append(self.opening(happened.item))

    def _ItemCompleted(self, happened: hp.ItemCompleted) -> None:
        # An item that is done without a submission was waived.
        item_id, submitted = happened.item_id, self.submissions.get(happened.item_id)
        ended = ev.WorkItemCompleted if submitted else ev.WorkItemWaived
        self.events.append(ended(item_id, happened.element_id, happened.by, self.now, *(submitted or ())))
        self._no_longer_open(item_id)

    def _ItemCancelled(self, happened: hp.ItemCancelled) -> None:
        self._no_longer_open(happened.item_id)
        self.events.append(ev.WorkItemCancelled(happened.item_id, happened.element_id, self.now))

    def _no_longer_open(self, item_id: str) -> None:
        self.opened = [item for item in self.opened if item.id != item_id]

    def _Passed(self, happened: hp.Passed) -> None:
        self.passed.append(happened.element_id)

    def _Decided(self, happened: hp.Decided) -> None:
        rows = {"element": happened.element_id, "decision": happened.decision_id, "rows": list(happened.rows)}
        self.decisions.append(rows)

    def _ValuesSet(self, happened: hp.ValuesSet) -> None:
        self.values.update(happened.values)

    def _TimerFired(self, happened: hp.TimerFired) -> None:
        self.events.append(ev.TimerFired(happened.element_id, happened.due_at))

    def _LimitOpened(self, happened: hp.LimitOpened) -> None:
        self.events.append(limit_opened(self.procedure, happened.run))

    def _LimitWarned(self, happened: hp.LimitWarned) -> None:
        self.events.append(ev.LimitWarned(happened.run.id, self.now))
        self._tell(Kind.WARNING, happened.run.told_first, happened.run, "即将到期", "is about to run out")

    def _LimitBreached(self, happened: hp.LimitBreached) -> None:
        self.breaches += 1
        self.events.append(ev.LimitBreached(happened.run.id, self.now))
        self._tell(Kind.BREACH, happened.run.told_on_breach, happened.run, "已超时", "has run out")

    def _tell(self, kind: Kind, roles: tuple[str, ...], run: hp.LimitRun, zh: str, en: str) -> None:
        if roles:
            # A run goes on under a version that may not know its limit any more.
            label = self.procedure.limits.get(run.key, Text(run.key, run.key))
            text = Text(f"{self.number}：{label.zh}时限{zh}。", f"{self.number}: the time limit for “{label.en}” {en}.")
            self.notices.append(Notice(roles, text, kind, urgent=kind is Kind.BREACH, run=run))

    def _LimitStopped(self, happened: hp.LimitStopped) -> None:
        self.events.append(ev.LimitStopped(happened.run.id, happened.run.stopped_at or self.now))

    def _Called(self, happened: hp.Called) -> None:
        given = happened.parameters
        if happened.operator == "notify":
            zh = str(given.get("text_zh") or "")
            text = Text(f"{self.number}：{zh}", f"{self.number}: {given.get('text_en') or zh}")
            self.notices.append(Notice(_roles(given.get("role")), text, Kind.ESCALATION))
        elif happened.operator == "draft_document":
            self.events.append(ev.DocumentDrafted(str(given.get("kind") or ""), str(given.get("title") or "")))
        else:
            self.called.append(happened)

    def _Ended(self, happened: hp.Ended) -> None:
        self.ended = True


def limit_opened(procedure: Procedure, run: hp.LimitRun) -> ev.LimitOpened:
    """The event with which a run began."""
    label = procedure.limits[run.key]
    return ev.LimitOpened(
        run.id,
        run.key,
        run.round,
        label.zh,
        label.en,
        run.anchor,
        run.due_at,
        run.opened_at,
        run.derivation,
        run.warn_at,
        run.element_id,
        run.clause,
    )


def _roles(value: Value) -> tuple[str, ...]:
    named = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(str(role).strip() for role in named if str(role).strip())
