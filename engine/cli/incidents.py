"""``redress incident``: what failed technically and waits, and giving it again."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from engine.bootstrap import build
from engine.commands import incidents
from engine.commands.receipt import Receipt
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import EngineError
from engine.queries.incidents import Row, open_incidents

_ALL = 100_000
_JSON = click.option("--json", "as_json", is_flag=True)
FROM_THE_CONSOLE = "redress incident retry"
NOT_A_PAIR = "expected --set FIELD=VALUE"


@click.group()
def incident() -> None:
    """Steps that failed technically and wait for an operator."""


@incident.command("list")
@_JSON
def list_incidents(as_json: bool) -> None:
    """All open incidents, the longest waiting first."""
    application = build()
    with application.read() as reader:
        rows = open_incidents(reader, SYSTEM, _ALL)
    if as_json:
        click.echo(json.dumps({"open": len(rows), "incidents": [_as_data(row) for row in rows]}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_as_words(row))
    click.echo(f"待处理 open {len(rows)}")


@incident.command("retry")
@click.argument("ids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every open incident of a case or registration.")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="Give the case this value first; needs --reason.")
@click.option("--reason", default="", help="Why; kept in the journal.")
@_JSON
def retry(ids: tuple[str, ...], every: bool, values: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Give what failed again, as the person who gave it; status 1 when any fails again."""
    if bool(ids) == every or len(values) > 1:
        raise click.UsageError("expected incident ids, or --all, and at most one --set")
    application = build()
    if every:
        with application.read() as reader:
            ids = tuple(row.id for row in open_incidents(reader, SYSTEM, _ALL) if row.estate)
    done = [_retried(application, _command(incident_id, values, reason)) for incident_id in ids]
    failed = sum("error" in result for result in done)
    if as_json:
        document = {"retried": len(done) - failed, "failed": failed, "results": done}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        for result in done:
            click.echo(f"{result['id']} {result.get('error') or result['number'] or 'ok'}")
    sys.exit(1 if failed else 0)


def _command(incident_id: str, values: tuple[str, ...], reason: str) -> incidents.Retry | incidents.SetValue:
    if not values:
        return incidents.Retry(incident_id, reason or FROM_THE_CONSOLE)
    field, equals, value = values[0].partition("=")
    if not equals:
        raise click.UsageError(NOT_A_PAIR)
    return incidents.SetValue(incident_id, field.strip(), value.strip(), reason)


def _retried(application: Any, command: incidents.Retry | incidents.SetValue) -> dict[str, Any]:
    try:
        receipt: Receipt = application.execute(command, SYSTEM)
    except EngineError as problem:
        at_fields = getattr(problem, "fields", {})
        said = Text.__str__(next(iter(at_fields.values()), problem.text))
        return {"id": command.incident_id, "error": said}
    return {"id": command.incident_id, "number": receipt.number}


def _as_words(row: Row) -> str:
    place = (
        f"{row.id} {row.number or '—'} {row.action} {row.element_id or ''} ×{row.count} {row.last_at:%Y-%m-%d %H:%M} {row.person}"
    )
    return f"{place}\n  {row.text.zh}\n  {row.text.en}"


def _as_data(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "case": row.number,
        "action": row.action,
        "element": row.element_id,
        "name": row.where.zh if row.where else None,
        "person": row.person,
        "at": row.at.isoformat(),
        "last_at": row.last_at.isoformat(),
        "count": row.count,
        "kept": row.kept,
        "zh": row.text.zh,
        "en": row.text.en,
    }
