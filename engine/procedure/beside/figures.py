"""The figures that an improvement plan may aim at: where each stands among the figures of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.domain.text import Text
from engine.procedure.manifest import label_of
from engine.procedure.procedure import Procedure

#: In procedure.yaml: name to ``{zh, en, draw: kind of figures, of: [way to it], unit: …, better: fewer|more, none: 0}``.
SECTION = "plan_figures"
#: In a way: the plan's category; a step with ``=`` chooses the entry of a list that has this value.
CATEGORY = "$category"


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """``draw`` is the kind of figures it is found in, ``fewer`` says that less of it is better."""

    key: str
    label: Text
    draw: str
    way: tuple[str, ...]
    unit: str
    fewer: bool
    none: Decimal | None

    @property
    def needs_category(self) -> bool:
        """Whether it is counted within one category of complaints."""
        return any(CATEGORY in step for step in self.way)

    def value_in(self, figures: Mapping[str, Any], category: str | None) -> Decimal | None:
        """The figure among those of a period; what the period has nothing of is ``none``."""
        found: Any = figures
        for step in self.way:
            name, chosen, wanted = step.partition("=")
            wanted = (category or "") if wanted == CATEGORY else wanted
            if chosen:
                found = next((entry for entry in found or () if str(entry.get(name)) == wanted), None)
            else:
                found = found.get(step) if isinstance(found, Mapping) else None
        return self.none if found is None else Decimal(str(found))


def plan_figures(procedure: Procedure) -> dict[str, PlanFigure]:
    """The figures by name, in the order of the file; none where the procedure names none."""
    section = procedure.manifest.source.mapping(SECTION)
    return {str(key): _figure(str(key), dict(entry)) for key, entry in section.items()}


def _figure(key: str, entry: Mapping[str, Any]) -> PlanFigure:
    none = entry.get("none")
    way = tuple(str(step) for step in entry.get("of") or ())
    unit, fewer = str(entry.get("unit") or ""), entry.get("better") != "more"
    return PlanFigure(
        key, label_of(entry, key), str(entry.get("draw") or ""), way, unit, fewer, None if none is None else Decimal(none)
    )
