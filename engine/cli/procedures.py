"""``redress procedure``: check and rehearse a folder, list what is published."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from engine.bootstrap import build
from engine.procedure import Finding, load_folder
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
        document = {"errors": errors, "warnings": len(findings) - errors, "findings": [_as_data(finding) for finding in findings]}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(_as_words(finding))
        click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    sys.exit(1 if errors else 0)


def _as_words(finding: Finding) -> str:
    place = f"{finding.level} {finding.file}:{finding.line} {finding.element or ''} [{finding.rule}]"
    said = f"  {finding.text.zh}\n  {finding.text.en}"
    return f"{place}\n{said}\n  → {finding.mend.zh} {finding.mend.en}"


def _as_data(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "element": finding.element,
        "name": finding.name,
        "rule": finding.rule,
        "level": finding.level,
        "line": finding.line,
        "zh": finding.text.zh,
        "en": finding.text.en,
        "mend_zh": finding.mend.zh,
        "mend_en": finding.mend.en,
    }


@procedure.command("list")
def list_versions() -> None:
    """The version in force of each procedure."""
    application = build()
    for key in application.catalogue.procedure_keys():
        published = application.catalogue.in_force(key, application.clock.now())
        click.echo(
            f"{key} {published.number} {published.provenance} {published.procedure.digest[:12]} {published.effective_at:%Y-%m-%d}"
        )
