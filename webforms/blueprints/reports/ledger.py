"""The ledger of rewards and sanctions: read by few, each line by whom it concerns, never changed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response as Answer
from flask import url_for
from werkzeug.wrappers import Response

from engine.commands import sanctions as commands
from engine.outbound import reports as outbound
from engine.queries import improvement
from webforms import visit
from webforms.blueprints.reports.door import blueprint, shown, taken, typed, typed_day
from webforms.blueprints.reports.files import EXCEL, taken_away

LONGEST_AMOUNT = 20


@blueprint.get("/ledger")
def ledger() -> Response:
    """The lines that the reader may see, and the form for those who keep it."""
    return _ledger()


@blueprint.post("/ledger")
def enter() -> Response:
    """Enter a line."""
    return taken(_posted, _ledger, lambda _: url_for("reports.ledger"), "ledger.entered")


@blueprint.post("/ledger/<entry_id>/counter")
def counter(entry_id: str) -> Response:
    """Take a line back by another."""

    def again(faults: dict[str, Any], **more: Any) -> Response:
        return _ledger(faults={f"counter-{entry_id}": next(iter(faults.values()))}, **more)

    reason = typed(f"counter-{entry_id}")
    return taken(lambda: commands.CounterEntry(entry_id, reason), again, lambda _: url_for("reports.ledger"), "ledger.countered")


@blueprint.post("/ledger/export")
def export_ledger() -> Answer:
    """The lines as a workbook; that it was taken away is journaled first."""
    found = improvement.ledger(visit.reader(), visit.actor())
    visit.execute(commands.NoteLedgerExport(len(found.lines)))
    made = outbound.ledger_workbook(found, visit.language(), visit.reader().zone, visit.now())
    return taken_away(made, EXCEL, "ledger.xlsx")


def _ledger(**more: Any) -> Response:
    return shown("ledger", ledger=improvement.ledger(visit.reader(), visit.actor()), **more)


def _posted() -> commands.EnterConduct:
    return commands.EnterConduct(
        kind=typed("kind"),
        estate_id=typed("estate"),
        person_id=typed("person") or None,
        department=typed("department") or None,
        level=typed("level") or None,
        amount=_amount(typed("amount").strip()),
        measure=typed("measure"),
        reason=typed("reason"),
        decided_by=typed("decided_by"),
        decided_on=typed_day("decided_on"),
        case_number=typed("case"),
    )


def _amount(text: str) -> Decimal | None:
    """What was typed as an amount; not a number where it is none, which the command answers for."""
    if not text:
        return None
    try:
        return Decimal(text.replace(",", "")) if len(text) <= LONGEST_AMOUNT and text.isascii() else Decimal("NaN")
    except InvalidOperation:
        return Decimal("NaN")
