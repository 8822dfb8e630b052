"""``redress procedure``: check files; versions and rehearsals stand beside this."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from engine.cli.findings import as_data, as_words
from engine.cli.versions import COMMANDS
from engine.procedure import load_folder
from engine.procedure.check import check as check_bundle

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


for command in COMMANDS:
    procedure.add_command(command)
