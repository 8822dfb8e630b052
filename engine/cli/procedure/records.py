"""``redress procedure list|show``: the history of the versions, each with its record."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import click

from engine.bootstrap import build
from engine.cli.procedure.naming import local, named, say, told
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.procedure.diff import Comparison
from engine.procedure.diff.losses import Evidence
from engine.queries import procedure as queries

_STATES = {
    "proposed": Text("待签署", "proposed"),
    "taken_back": Text("已撤回", "taken back"),
    "coming": Text("待生效", "coming"),
    "in_force": Text("现行", "in force"),
    "past": Text("已被取代", "past"),
}


@click.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_versions(as_json: bool) -> None:
    """Every version of every procedure, the newest first."""
    application = build()
    with application.read() as reader:
        keys = application.catalogue.procedure_keys()
        found = [version for key in keys for version in queries.versions(reader, SYSTEM, key)]
    if as_json:
        click.echo(json.dumps([_data(version, application.zone) for version in found], ensure_ascii=False))
        return
    for version in found:
        state, since = _STATES[version.state], local(version.effective_at, application.zone)
        place = f"{version.procedure_key} {version.number} {version.provenance} {version.digest[:12]}"
        click.echo(f"{place} {since:%Y-%m-%d %H:%M} {state.zh} {state.en} {version.reason.zh}")


@click.command()
@click.argument("version")
@click.option("--json", "as_json", is_flag=True)
def show(version: str, as_json: bool) -> None:
    """The record of a version, KEY@N or KEY for the one in force, and how it differs from the one before."""
    application = build()
    key, number = named(application, version)
    with application.read() as reader:
        found = queries.recorded(reader, SYSTEM, key, number)
        differs = queries.differences(reader, SYSTEM, key, number)
    data = _data(found, application.zone)
    if as_json:
        click.echo(json.dumps({**data, **told(differs or Comparison((), ()))}, ensure_ascii=False))
        return
    for name, value in data.items():
        click.echo(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    say(differs)


def _data(version: queries.Recorded, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "procedure": version.procedure_key,
        "number": version.number,
        "state": version.state,
        "provenance": version.provenance,
        "reason_zh": version.reason.zh,
        "reason_en": version.reason.en,
        "effective_at": local(version.effective_at, zone).isoformat(),
        "digest": version.digest,
        "base": version.base_number,
        "signatures": [
            {"part": one.part.en, "name": one.name, "at": local(one.at, zone).isoformat()} for one in version.signatures
        ],
        "open_cases": version.open_cases,
        "evidence": None if version.evidence is None else _evidence(version.evidence),
        "waivers": [
            {"zh": one.text.zh, "name": one.name, "at": local(one.at, zone).isoformat(), "reason": one.reason}
            for one in version.waivers
        ],
    }


def _evidence(found: Evidence) -> dict[str, Any]:
    names = ("doubts", "stories", "held", "clauses", "carried")
    return {
        **{name: getattr(found, name) for name in names},
        "obstacles": [one.key for one in found.obstacles],
        "replays": [one.run_id for one in found.replays],
    }
