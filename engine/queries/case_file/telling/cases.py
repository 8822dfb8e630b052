"""What the journal says of a case as a whole."""

from __future__ import annotations

from typing import Any

from engine.domain import events as ev
from engine.domain.text import Text
from engine.queries.case_file.telling.teller import DONE, LATE, Line, Teller, Telling


def _registered(teller: Teller, event: ev.CaseRegistered) -> Line:
    if not teller.procedure.intake.task:
        return Line(Text(f"开始办理，编号 {event.number}", f"began the case as {event.number}"), tone=DONE)
    return Line(Text(f"登记投诉，编号 {event.number}", f"recorded the complaint as {event.number}"), True, DONE)


def _values(teller: Teller, event: ev.ValuesChanged) -> Line | None:
    found = (teller.pair(key, value) for key, value in event.values.items() if value is not None)
    pairs = tuple(pair for pair in found if pair)
    return Line(Text("写入", "set"), pairs=pairs) if pairs else None


def _step(teller: Teller, event: ev.StepTaken) -> Line | None:
    named = [
        element.label
        for key in event.passed
        if key not in teller.apart and (element := teller.procedure.elements.get(key)) and _is_named(element)
    ]
    if not named:
        return None
    return Line(Text("走过 " + " → ".join(label.zh for label in named), "passed " + " → ".join(label.en for label in named)))


def _is_named(element: Any) -> bool:
    return not element.kind.endswith("Gateway") and element.label.zh != element.id


def _parked(teller: Teller, event: ev.IncidentParked) -> Line:
    label = teller.procedure.label(event.element_id) if event.element_id in teller.procedure.elements else None
    at = (f"在“{label.zh}”", f" at “{label.en}”") if label else ("", "")
    return Line(Text(f"{at[0]}遇到系统故障，已转运行管理处理", f"a technical fault{at[1]} waits for an operator"), tone=LATE)


def _resolved(teller: Teller, event: ev.IncidentResolved) -> Line:
    return Line(Text("处理了一次系统故障", "dealt with a technical fault"), True)


def _migrated(teller: Teller, event: ev.CaseMigrated) -> Line:
    was, is_now = event.from_number, event.to_number
    return Line(Text(f"从规程第 {was} 版换到第 {is_now} 版", f"moved the case from version {was} to version {is_now}"), True)


def _erased(teller: Teller, event: ev.PersonalDataErased) -> Line:
    return Line(Text(f"删除了个人信息 {event.count} 项", f"erased {event.count} personal values"), True)


def _closed(teller: Teller, event: ev.CaseClosed) -> Line:
    return Line(Text("办结", "the case is closed"), tone=DONE)


#: How each is told.
TELLING: Telling = {
    ev.CaseRegistered: _registered,
    ev.ValuesChanged: _values,
    ev.StepTaken: _step,
    ev.IncidentParked: _parked,
    ev.IncidentResolved: _resolved,
    ev.CaseMigrated: _migrated,
    ev.PersonalDataErased: _erased,
    ev.CaseClosed: _closed,
}
