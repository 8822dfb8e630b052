"""``redress procedure``: check files and count the clauses they carry; versions stand beside this."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from engine.cli.findings import as_data, as_words
from engine.cli.versions import COMMANDS
from engine.procedure import load_folder
from engine.procedure.check import check as check_bundle
from engine.procedure.exchange.cover import Cover, clause_cover
from engine.procedure.manifest import FILE
from engine.settings import Settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def procedure() -> None:
    """Procedures as files and as published versions."""


@procedure.command()
@click.argument("paths", nargs=-1, required=True, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True)
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Every finding: file, element, rule, what is wrong and how to mend it."""
    findings = [finding for path in paths for finding in check_bundle(load_folder(path))]
    errors = sum(finding.level == "error" for finding in findings)
    if as_json:
        document = {"errors": errors, "warnings": len(findings) - errors, "findings": [as_data(finding) for finding in findings]}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(as_words(finding))
        click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    sys.exit(1 if errors else 0)


@procedure.command()
@click.argument("paths", nargs=-1, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True)
def clauses(paths: tuple[Path, ...], as_json: bool) -> None:
    """Which clauses the procedures carry, by element or row, and which stories show them; left out, all procedures."""
    found = [cover for path in paths or _shipped() for cover in clause_cover(load_folder(path))]
    carried = sum(bool(cover.carriers) for cover in found)
    if as_json:
        counts = {"total": len(found), "carried": carried, "open": len(found) - carried}
        click.echo(json.dumps({**counts, "clauses": [_as_data(cover) for cover in found]}, ensure_ascii=False))
        return
    for cover in found:
        click.echo(f"{cover.id} {cover.status} {cover.text.zh} {cover.text.en}")
        for carrier in cover.carriers:
            click.echo(f"  {carrier}")
    click.echo(f"{carried} carried, {len(found) - carried} open")


def _shipped() -> list[Path]:
    return sorted(manifest.parent for manifest in Settings().processes_dir.glob(f"*/{FILE}"))


def _as_data(cover: Cover) -> dict[str, object]:
    return {
        "id": cover.id,
        "status": cover.status,
        "carriers": list(cover.carriers),
        "scenarios": list(cover.scenarios),
        "zh": cover.text.zh,
        "en": cover.text.en,
    }


for command in COMMANDS:
    procedure.add_command(command)
