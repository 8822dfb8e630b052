"""Complaints handled in many ways, copied, and replayed through a draft as an owner orders it; and an event file, if named."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from click.testing import CliRunner
from lxml import etree

from bench.crowd import multiply
from bench.ground import COMPLAINT, ground, kind_of
from engine.clock import ManualClock
from engine.commands.studio import BeginReplay
from engine.commands.versions import BeginDraft, SaveFile
from engine.commands.versions.editing import digest_of
from engine.procedure import Bundle
from engine.storage import tables as t
from tests.office import Office

START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
#: How long each of the originals lies before it is judged, and before its plan is made, in hours.
WAITS = (0.2, 1, 3, 9, 14, 0.5, 30, 2.5, 0.1, 5)
KINDS = ("facility", "service", "charge", "developer")
MAPPING = Path(__file__).parents[1] / "housing-events.yaml"
TABLES = (t.cases, t.register_entry, t.work_item, t.limit_run, t.journal, t.submission)


def run(cases: int, database_url: str = "", events: Path | None = None) -> dict[str, Any]:
    """So many cases through a draft whose limit for the dispatch is shorter."""
    with ground(database_url) as place:
        clock = ManualClock(START)
        application = place.application(COMPLAINT, clock)
        office = Office(application, clock)
        originals = [handled(office, number, hours) for number, hours in enumerate(WAITS * 2)]
        multiply(application, originals, -(-cases // len(originals)) - 1, timedelta(), TABLES)
        run_id = office.execute(BeginReplay(_draft(office), None, None, "all"), "owner")
        began, busy = time.perf_counter(), _processor()
        finished = application.run_replays(run_id)
        seconds, busy = time.perf_counter() - began, _processor() - busy
        (row,) = office.rows(sa.select(t.replay_run).where(t.replay_run.c.id == run_id))
        result = {"database": kind_of(application), "finished": finished, **_told(json.loads(row["totals"]), seconds, busy)}
        application.close()
    return result if events is None else {**result, "events": _events(events, cases)}


def handled(office: Office, number: int, hours: float) -> str:
    """A case that waits here and there; every fifth is not finished, every seventh is an emergency."""
    case = office.register_emergency() if number % 7 == 6 else office.register(category=KINDS[number % len(KINDS)])
    office.let_pass(hours=hours)
    case.reach("propose_plan")
    office.let_pass(hours=hours)
    if number % 5 != 4:
        case.finish()
    return case.id


def _draft(office: Office) -> str:
    draft_id = str(office.execute(BeginDraft("complaint"), "owner"))
    (row,) = office.rows(sa.select(t.procedure_draft.c.bundle).where(t.procedure_draft.c.id == draft_id))
    content = Bundle.from_bytes(row["bundle"]).files["limits.dmn"]
    root = etree.fromstring(content)
    (cell,) = root.xpath("//*[@id='limits_row_11_out_amount']/*[local-name()='text']")
    cell.text = "2"
    office.execute(SaveFile(draft_id, "limits.dmn", etree.tostring(root), digest_of(content)), "owner")
    return draft_id


def _processor() -> float:
    """Seconds of the processor that this process and the programs which it has ended have had."""
    return sum(os.times()[:4])


def _told(totals: dict[str, Any], seconds: float, busy: float) -> dict[str, Any]:
    names = ("cases", "same", "newly_missed", "newly_kept", "added", "gone", "stuck")
    pace = {"seconds": round(seconds, 1), "processor_s": round(busy, 1), "cases_per_s": round(totals["cases"] / seconds, 1)}
    return {**{name: totals[name] for name in names}, **pace}


def _events(path: Path, cases: int) -> dict[str, Any]:
    from engine.cli.main import cli  # the console's own way, which a measurement of the database does not need

    asked = ["procedure", "replay", str(COMPLAINT / "complaint"), "--events", str(path), "--mapping", str(MAPPING)]
    done = CliRunner().invoke(cli, [*asked, "--limit", str(cases), "--json"])
    told = json.loads(done.stdout)
    return {name: told[name] for name in ("cases", "without_beginning", "stuck", "seconds", "cases_per_s")}
