"""``redress procedure replay``: complaints that were, from the database or from an event file, through a procedure's files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from engine.bootstrap import Application, build
from engine.cli.procedure.findings import as_data, as_words
from engine.domain.actor import SYSTEM
from engine.procedure import Procedure, load_folder, open_procedure
from engine.queries.studio.replaying import Which, choose, days_of, done_tasks, material, versions_of
from engine.rehearsal.replay.briefing import brief_for
from engine.rehearsal.replay.crew import Brief, Crew, crew_for, in_batches
from engine.rehearsal.replay.customs import Customs
from engine.rehearsal.replay.events import read_cases, read_mapping, records_of
from engine.rehearsal.replay.totals import Totals
from engine.settings import Settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
MOST = 1_000


@click.command()
@click.argument("path", type=_FOLDER)
@click.option("--since", type=_DAY, default=None, help="Registered on this day or later.")
@click.option("--until", type=_DAY, default=None, help="Registered on this day or earlier.")
@click.option("--which", type=click.Choice([str(one) for one in Which]), default=str(Which.ALL), show_default=True)
@click.option("--limit", type=click.IntRange(1), default=MOST, show_default=True, help="At most so many cases.")
@click.option("--database", "url", default="", help="Another database than the installation's.")
@click.option("--events", type=_FILE, default=None, help="A file of events (CSV, also .gz) instead of the database.")
@click.option("--mapping", type=_FILE, default=None, help="With --events: what its columns and events mean.")
@click.option("--against", type=_FOLDER, default=None, help="With --events: another procedure's files to compare with.")
@click.option("--json", "as_json", is_flag=True)
def replay(
    path: Path, since: datetime | None, until: datetime | None, which: str, limit: int, url: str,
    events: Path | None, mapping: Path | None, against: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Play recorded complaints through the files of a procedure; status 1 when any would get stuck."""
    if (events is None) != (mapping is None):
        raise click.UsageError("--events needs --mapping, and the other way round")
    if against is not None and events is None:
        raise click.UsageError("--against goes with --events; cases of the database are compared with what they were")
    procedure = open_procedure(load_folder(path))
    if events is not None and mapping is not None:
        told = _from_events(procedure, events, mapping, against, limit, as_json)
    else:
        application = build(Settings(database_url=url) if url else None)
        days = (since.date() if since else None, until.date() if until else None)
        told = _from_database(application, procedure, days, Which(which), limit)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _say(told, procedure)
    sys.exit(1 if told["stuck"] else 0)


def _from_database(
    application: Application, procedure: Procedure, days: tuple[date | None, date | None], which: Which, limit: int
) -> dict[str, Any]:
    begun = perf_counter()
    with application.read() as reader:
        chosen = choose(reader, SYSTEM, procedure.key, *days, which, limit)
        done, versions = done_tasks(reader, SYSTEM, chosen.ids), versions_of(reader, SYSTEM, procedure.key)
        brief = brief_for(procedure.bundle, versions, done, days_of(reader, SYSTEM))
        found = (material(reader, SYSTEM, ids) for ids in in_batches(chosen.ids))
        totals = _totals(brief, found, len(chosen.ids))
    return _told(totals, begun)


def _from_events(
    procedure: Procedure, events: Path, mapping: Path, against: Path | None, limit: int, as_json: bool
) -> dict[str, Any]:
    begun = perf_counter()
    read, findings = read_mapping(mapping.name, mapping.read_bytes(), procedure)
    if read is None:
        _refuse(findings, as_json)
    assert read is not None
    cases = read_cases(events, read, limit)
    records = [record for record in records_of(cases, read, procedure) if record is not None]
    # Of what such a file does not tell it is only known that it was done by the next thing that it tells.
    customs = Customs(unknown=timedelta())
    brief = Brief(procedure.bundle, customs=customs, against=None if against is None else load_folder(against))
    totals = _totals(brief, in_batches(records), len(records))
    return {**_told(totals, begun), "without_beginning": len(cases) - len(records)}


def _totals(brief: Brief, batches: Iterable[Sequence[Any]], count: int) -> Totals:
    totals = Totals()
    bar = click.progressbar(length=count, file=sys.stderr, hidden=not sys.stderr.isatty())
    with Crew(brief, crew_for(count)) as crew, bar:
        for outcomes in crew.outcomes(batches):
            totals.add_all(outcome for outcome in outcomes if outcome)
            bar.update(len(outcomes))
    return totals


def _told(totals: Totals, begun: float) -> dict[str, Any]:
    seconds = perf_counter() - begun
    data = totals.as_data()
    return {**data, "seconds": round(seconds, 2), "cases_per_s": round(data["cases"] / seconds, 1)}


def _refuse(findings: list[Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"findings": [as_data(finding) for finding in findings]}, ensure_ascii=False))
    else:
        click.echo("\n".join(map(as_words, findings)), err=True)
    sys.exit(1)


def _say(told: dict[str, Any], procedure: Procedure) -> None:
    for line in (*_heading(told), *_limits(told, procedure), *_roles(told, procedure), *_stuck(told, procedure)):
        click.echo(line)


def _heading(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['cases']} 件 cases, {told['seconds']} s, {told['cases_per_s']} 件/秒 per second"
    if told["compared"]:
        yield f"走法不变 same way {told['same']} · 不同 another way {told['changed']} · 含假定 with assumptions {told['assumed']}"
        yield f"新超时 newly missed {told['newly_missed']} · 新按时 newly kept {told['newly_kept']} · 卡住 stuck {told['stuck']}"
    else:
        yield f"卡住 stuck {told['stuck']}"
    if told.get("without_beginning"):
        yield f"没有开始、没有回放 without a beginning, left out: {told['without_beginning']}"


def _limits(told: dict[str, Any], procedure: Procedure) -> Iterator[str]:
    for key, counts in told["limits"].items():
        label = procedure.limits.get(key)
        name = f"{label.zh} {label.en}" if label else key
        sides = " → ".join(_standings(counts, side) for side in ("before", "after") if side == "after" or told["compared"])
        changed = [f"{zh} {en} {counts[kind]}" for kind, zh, en in _CHANGES if counts.get(kind)]
        yield "  ".join([f"时限 limit {name}:", sides, *changed])


def _standings(counts: dict[str, int], side: str) -> str:
    found = [f"{zh} {en} {counts[f'{kind}_{side}']}" for kind, zh, en in _STANDINGS if counts.get(f"{kind}_{side}")]
    return ", ".join(found) or "无 none"


def _roles(told: dict[str, Any], procedure: Procedure) -> Iterator[str]:
    for role, counts in told["roles"].items():
        known = procedure.roles.get(role)
        name = f"{known.label.zh} {known.label.en}" if known else role
        yield f"任务 tasks {name}: 多 more {counts['added']}, 少 fewer {counts['gone']}"


def _stuck(told: dict[str, Any], procedure: Procedure) -> Iterator[str]:
    for place in told["stuck_at"]:
        label = procedure.label(place["element"] or "")
        yield f"卡在 stuck at {label.zh} {label.en} ({place['kind']}): {place['cases']}"


_STANDINGS = (("kept", "按时", "kept"), ("missed", "超时", "missed"), ("running", "未到期", "running"))
_CHANGES = (
    ("newly_missed", "新超时", "newly missed"),
    ("newly_kept", "新按时", "newly kept"),
    ("eased", "不再超时，还没到期", "no longer late, not due yet"),
    ("gone", "不再有", "gone"),
)
