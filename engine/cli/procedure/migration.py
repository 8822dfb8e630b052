"""``redress procedure migrate``: the open cases of older versions move to a newer one, each on its own."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.commands.incidents import MigrateCase, Moved
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import EngineError, NotFound
from engine.storage.tables import cases, procedure_version, register_entry
from engine.workflow import Migration

FROM_THE_CONSOLE = "redress procedure migrate"
NO_SUCH_VERSION = Text("没有这个规程版本。", "There is no such version of the procedure.")


@click.command()
@click.argument("key")
@click.option("--to", "number", type=int, required=True, help="The number of the version to move to.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--reason", default=FROM_THE_CONSOLE, help="Why; kept in each case's journal.")
@click.option("--json", "as_json", is_flag=True)
def migrate(key: str, number: int, dry_run: bool, reason: str, as_json: bool) -> None:
    """Move every open case of an older version; status 1 when any had to stay."""
    application = build()
    version_id, waiting = _open_cases(application, key, number)
    results = [_one(application, case, version_id, reason, dry_run) for case in waiting]
    refused = sum("zh" in result for result in results)
    if as_json:
        moved = {"from": key, "to": number, "dry_run": dry_run, "moved": len(results) - refused, "refused": refused}
        click.echo(json.dumps({**moved, "cases": results}, ensure_ascii=False))
    else:
        for result in results:
            click.echo(_as_words(result))
        click.echo(f"{'可换 would move' if dry_run else '已换 moved'} {len(results) - refused} · 未换 refused {refused}")
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


def _one(application: Application, case: Any, version_id: str, reason: str, dry_run: bool) -> dict[str, Any]:
    found = {"case": case.case, "from_version": case.version}
    try:
        moved: Moved = application.execute(MigrateCase(case.id, version_id, reason, dry_run), SYSTEM)
    except EngineError as problem:
        return {**found, "zh": problem.text.zh, "en": problem.text.en, "element": getattr(problem, "element_id", None)}
    return {**found, **_as_data(moved.migration)}


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
