"""What each complaint of the story is to go through, and so what people enter into the forms they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")
#: Repeated over the complaints: severity, validity, rounds of rework, steps to sit idle before (lateness).
_KINDS = (
    ("minor", "valid", 0, 0),
    ("important", "valid", 0, 0),
    ("major", "valid", 0, 0),
    ("minor", "valid", 1, 0),
    ("important", "valid", 0, 40),
    ("major", "valid", 1, 0),
    ("minor", "to_improve", 0, 0),
    ("important", "valid", 0, 0),
    ("minor", "invalid", 0, 0),
    ("major", "valid", 0, 40),
)
#: What is entered where a form shows the control and nothing of the plan decides it.
_USUAL: dict[str, Any] = {
    "channel": "message_board",
    "complainant_name": "住户代表",
    "category": "facility",
    "grounds_sufficient": "sufficient",
    "demand_reasonable": "reasonable",
    "acknowledgement": "date_accepted",
    "cause_origin": "own_work",
    "demand_answer": "granted",
    "plan_reply": "agreed",
    "approval": "approved",
    "completion": "done_in_full",
    "verification": "check_passed",
    "joint_result": "joint_passed",
    "explanation_result": "accepted",
    "head_result": "accepted",
    "site_head_decision": "can_solve",
    "site_head_reached": "reached",
    "leader_decision": "can_solve",
    "clarification_kind": "home_visit",
    "satisfaction": "5",
    "review_decision": "review_granted",
    "next_step": "handle_again",
    "hearing_conclusion": "proposal_upheld",
}
_TICKED = frozenset(
    {"talked_to_owner", "site_viewed", "thanked", "papers_complete", "apologised", "follow_up_told", "notice_redacted"}
)
_WORDS = "已按规程办理,情况属实,详见记录。"


@dataclass(slots=True)
class Plan:
    """One complaint of the story; ``case_id`` is known once it is recorded."""

    subject: str
    text: str
    severity: str
    validity: str
    rework: int
    idle: int
    case_id: str = ""
    steps: int = 0
    now: datetime = datetime(2026, 9, 7, 9, 0, tzinfo=_ZONE)
    visits: int = 0

    def pauses(self) -> bool:
        """Whether this complaint is left lying for a turn, so that it becomes late."""
        if self.steps == 3 and self.idle > 0:
            self.idle -= 1
            return True
        return False

    def begin(self, element_id: str, now: datetime) -> None:
        """A task is about to be done."""
        self.now = now.astimezone(_ZONE)
        self.visits += element_id == "visit_complainant"

    def answer(self, name: str, kind: str, choices: list[str]) -> Any:
        """What to enter into a control, judged by its last name, its kind and its choices."""
        key = name.rsplit(".", 1)[-1]
        decided = self._decided(key)
        if kind == "checkbox" and len(choices) == 1:
            return True if key in _TICKED else None
        if choices:
            return self._choice(key, kind, decided, choices)
        if key.startswith("_"):
            return None
        return decided or _USUAL.get(key) or self._typed(kind, key)

    def _decided(self, key: str) -> Any:
        return {
            "subject": self.subject,
            "description": self.text,
            "severity": self.severity,
            "validity": self.validity,
            "cause_validity": self.validity,
            "visit_result": self._visit_result(),
        }.get(key)

    def _visit_result(self) -> str:
        if self.visits and self.visits <= self.rework:
            return "dissatisfied"
        return "satisfied" if self.validity == "valid" else "understood"

    def _choice(self, key: str, kind: str, decided: Any, choices: list[str]) -> Any:
        wanted = decided or _USUAL.get(key)
        chosen = wanted if wanted in choices else choices[0]
        return [chosen] if kind == "checkbox" else chosen

    def _typed(self, kind: str, key: str) -> str | None:
        if kind == "date":
            return (self.now + timedelta(days=5)).strftime("%Y-%m-%d")
        if kind == "datetime-local":
            return None if key in ("heard_at", "occurred_at", "agreed_reply_at") else self.now.strftime("%Y-%m-%dT%H:%M")
        return {"textarea": _WORDS, "text": "见记录", "number": "1", "tel": "13800000000"}.get(kind)


def plans(texts: list[tuple[str, str]]) -> Iterator[Plan]:
    """A plan for each message: three paths, all validities, three in ten with rework or lateness."""
    for number, (subject, text) in enumerate(texts):
        yield Plan(subject, text, *_KINDS[number % len(_KINDS)])
