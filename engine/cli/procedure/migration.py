"""``redress procedure migrate``: the open cases of older versions move to a newer one, each on its own, with a receipt."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.commands.incidents import KEEP, TIMERS, BeginMigration, Going, MigrateCase, Moved, Mover, carry_through
from engine.commands.incidents.bulk import MOST
from engine.commands.incidents.migrate_case import MOVED
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import EngineError, NotFound
from engine.storage.tables import cases, incident, migrated_case, procedure_version, register_entry
from engine.workflow import Migration

FROM_THE_CONSOLE = "redress procedure migrate"
NO_SUCH_VERSION = Text("没有这个规程版本。", "There is no such version of the procedure.")


@click.command()
@click.argument("key")
@click.option("--to", "number", type=int, required=True, help="The number of the version to move to.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--timers", type=click.Choice(TIMERS), default=KEEP, help="Keep the deadlines that run, or recompute them.")
@click.option("--reason", default=FROM_THE_CONSOLE, help="Why; kept in each case's journal.")
@click.option("--json", "as_json", is_flag=True)
def migrate(key: str, number: int, dry_run: bool, timers: str, reason: str, as_json: bool) -> None:
    """Move every open case of an older version; status 1 when any had to stay.

    What came of it is kept as a receipt, whose number leads to its page: there cases go back, too.
    """
    application = build()
    version_id, waiting = _open_cases(application, key, number)
    tried = [_tried(application, case, version_id, timers) for case in waiting]
    receipts: list[str] = []
    results = tried if dry_run else []
    for start in range(0, 0 if dry_run else len(waiting), MOST):
        some = waiting[start : start + MOST]
        order = BeginMigration(key, number, tuple(case.id for case in some), timers, reason)
        receipts.append(str(application.execute(order, SYSTEM)))
        going = Going(receipts[-1], version_id, timers, reason)
        movers = [Mover(case.id, incidents=_incidents(application, case.id)) for case in some]
        carry_through(lambda command: application.execute(command, SYSTEM), going, movers)
        results += _answered(application, receipts[-1], tried[start : start + MOST])
    _tell(key, number, dry_run, receipts, results, as_json)


def _tell(key: str, number: int, dry_run: bool, receipts: list[str], results: list[dict[str, Any]], as_json: bool) -> None:
    refused = sum("zh" in result for result in results)
    if as_json:
        moved = {"from": key, "to": number, "dry_run": dry_run, "moved": len(results) - refused, "refused": refused}
        click.echo(json.dumps({**moved, "receipts": receipts, "cases": results}, ensure_ascii=False))
    else:
        for result in results:
            click.echo(_as_words(result))
        click.echo(f"{'可换 would move' if dry_run else '已换 moved'} {len(results) - refused} · 未换 refused {refused}")
        for receipt in receipts:
            click.echo(f"回执 receipt {receipt}: /procedure/migrations/{receipt}")
    sys.exit(1 if refused else 0)


def _open_cases(application: Application, key: str, number: int) -> tuple[str, list[Any]]:
    version = procedure_version.c
    entry = register_entry.c
    with application.database.read() as connection:
        there = sa.select(version.id).where(version.procedure_key == key, version.number == number)
        version_id = connection.execute(there).scalar()
        if version_id is None:
            raise NotFound(NO_SUCH_VERSION)
        older = sa.select(cases.c.id, entry.number.label("case"), version.number.label("version"))
        older = older.join(register_entry, entry.case_id == cases.c.id).join(procedure_version, version.id == cases.c.version_id)
        older = older.where(version.procedure_key == key, version.number < number, sa.not_(cases.c.closed))
        return str(version_id), list(connection.execute(older.order_by(entry.number)))


def _tried(application: Application, case: Any, version_id: str, timers: str) -> dict[str, Any]:
    """What moving the case would mean; nothing is changed."""
    found = {"case": case.case, "from_version": case.version}
    try:
        moved: Moved = application.execute(MigrateCase(case.id, version_id, "", True, timers), SYSTEM)
    except EngineError as problem:
        return {**found, "zh": problem.text.zh, "en": problem.text.en, "element": getattr(problem, "element_id", None)}
    return {**found, **_as_data(moved.migration)}


def _incidents(application: Application, case_id: str) -> tuple[str, ...]:
    open_there = sa.select(incident.c.id).where(incident.c.case_id == case_id, incident.c.resolved_at.is_(None))
    with application.database.read() as connection:
        return tuple(connection.execute(open_there.order_by(incident.c.id)).scalars())


def _answered(application: Application, receipt: str, tried: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was tried, with what the receipt says of those that stayed."""
    case = migrated_case.c
    with application.database.read() as connection:
        rows = connection.execute(sa.select(migrated_case).where(case.run_id == receipt)).mappings()
        stayed = {row["number"]: row for row in rows if row["state"] != MOVED}
    said = {number: {"zh": row["problem_zh"], "en": row["problem_en"]} for number, row in stayed.items()}
    return [{"element": None, **found, **said[found["case"]]} if found["case"] in said else found for found in tried]


def _as_data(migration: Migration) -> dict[str, Any]:
    data: dict[str, Any] = {
        "moved_items": len(migration.moved_items),
        "gone_items": len(migration.gone_items),
        "moved_dues": [
            {
                "element": due.element_id,
                "limit": due.limit_key,
                "before": due.before.isoformat() if due.before else None,
                "after": due.after.isoformat() if due.after else None,
            }
            for due in migration.moved_dues
        ],
    }
    if migration.impossible is not None:
        data |= {"zh": migration.impossible.zh, "en": migration.impossible.en, "element": migration.element_id}
    return data


def _as_words(result: dict[str, Any]) -> str:
    if "zh" in result:
        return f"{result['case']}: {result['zh']}\n  {result['en']}"
    changed = (
        f"{result['moved_items']} items changed, {result['gone_items']} taken away, {len(result['moved_dues'])} moments moved"
    )
    return f"{result['case']}: ok ({changed})"
