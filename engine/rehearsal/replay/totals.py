"""What many replayed cases come to together: the same way or another, by limit, by role, by element, and where they got stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.rehearsal.replay.outcome import NEWLY_KEPT, NEWLY_MISSED

Data = Mapping[str, Any]


@dataclass
class Totals:
    """Sums over outcomes; adding one more, or the sums of others, is cheap."""

    cases: int = 0
    compared: int = 0
    same: int = 0
    assumed: int = 0
    stuck: Counter[str] = field(default_factory=Counter)
    limits: dict[str, Counter[str]] = field(default_factory=dict)
    roles: dict[str, Counter[str]] = field(default_factory=dict)
    elements: dict[str, Counter[str]] = field(default_factory=dict)
    cases_missed: int = 0
    cases_kept: int = 0

    def add(self, outcome: Data) -> None:
        """One more case."""
        self.cases += 1
        self.compared += outcome["same"] is not None
        self.same += outcome["same"] is True
        self.assumed += bool(outcome["assumed"])
        if outcome["stuck"]:
            self.stuck[f"{outcome['stuck']['element'] or ''} {outcome['stuck']['kind']}"] += 1
        changes = {limit["change"] for limit in outcome["limits"]}
        self.cases_missed += NEWLY_MISSED in changes
        self.cases_kept += NEWLY_KEPT in changes
        for limit in outcome["limits"]:
            self._add_limit(limit)
        for task in outcome["tasks"]:
            self._count(self.roles, task["role"], {"added" if task["more"] > 0 else "gone": abs(task["more"])})
        for side, path in outcome["path"].items():
            for element, times in Counter(path or ()).items():
                self._count(self.elements, element, {side: times})

    def add_all(self, outcomes: Iterable[Data]) -> None:
        """Several more cases."""
        for outcome in outcomes:
            self.add(outcome)

    def as_data(self) -> dict[str, Any]:
        """The sums as plain data."""
        return {
            "cases": self.cases,
            "compared": self.compared,
            "same": self.same,
            "changed": self.compared - self.same,
            "assumed": self.assumed,
            "stuck": sum(self.stuck.values()),
            "stuck_at": [_place(name, times) for name, times in self.stuck.most_common()],
            "cases_newly_missed": self.cases_missed,
            "cases_newly_kept": self.cases_kept,
            "newly_missed": sum(one[NEWLY_MISSED] for one in self.limits.values()),
            "newly_kept": sum(one[NEWLY_KEPT] for one in self.limits.values()),
            "limits": {key: dict(one) for key, one in self.limits.items()},
            "added": sum(one["added"] for one in self.roles.values()),
            "gone": sum(one["gone"] for one in self.roles.values()),
            "roles": {role: {"added": one["added"], "gone": one["gone"]} for role, one in self.roles.items()},
            "elements": {element: {"before": one["before"], "after": one["after"]} for element, one in self.elements.items()},
        }

    def _add_limit(self, limit: Data) -> None:
        told = {limit["change"]: 1}
        for side in ("before", "after"):
            if limit[side]:
                told[f"{limit[side]['standing']}_{side}"] = 1
        self._count(self.limits, limit["key"], told)

    def _count(self, counts: dict[str, Counter[str]], key: str, more: Mapping[str, int]) -> None:
        counts.setdefault(key, Counter()).update(more)


def _place(name: str, times: int) -> dict[str, Any]:
    element, _, kind = name.rpartition(" ")
    return {"element": element or None, "kind": kind, "cases": times}
