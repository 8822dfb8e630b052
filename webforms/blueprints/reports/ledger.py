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
from webforms.blueprints.reports.door import blueprint, shown, typed_day
from webforms.blueprints.reports.files import EXCEL, taken_away
from webforms.taking import carried_out, text

LONGEST_AMOUNT = 20


@blueprint.get("/ledger")
def ledger() -> Response:
    """The lines that the reader may see, and the form for those who keep it."""
    return _ledger()


@blueprint.post("/ledger")
def enter() -> Response:
    """Enter a line."""
    return carried_out(_posted, _ledger, lambda _: url_for("reports.ledger"), "ledger.entered")


@blueprint.post("/ledger/<entry_id>/counter")
def counter(entry_id: str) -> Response:
    """Take a line back by another."""

    def again(faults: dict[str, Any], **more: Any) -> Response:
        return _ledger(faults={f"counter-{entry_id}": next(iter(faults.values()))}, **more)

    reason = text(f"counter-{entry_id}")
    return carried_out(
        lambda: commands.CounterEntry(entry_id, reason), again, lambda _: url_for("reports.ledger"), "ledger.countered"
    )


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
        kind=text("kind"),
        estate_id=text("estate"),
        person_id=text("person") or None,
        department=text("department") or None,
        level=text("level") or None,
        amount=_amount(text("amount").strip()),
        measure=text("measure"),
        reason=text("reason"),
        decided_by=text("decided_by"),
        decided_on=typed_day("decided_on"),
        case_number=text("case"),
    )


def _amount(text: str) -> Decimal | None:
    """What was typed as an amount; not a number where it is none, which the command answers for."""
    if not text:
        return None
    try:
        return Decimal(text.replace(",", "")) if len(text) <= LONGEST_AMOUNT and text.isascii() else Decimal("NaN")
    except InvalidOperation:
        return Decimal("NaN")
