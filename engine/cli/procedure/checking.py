"""``redress procedure check``: what is found in a procedure's files, or in one file by itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from pathlib import Path

import click

from engine.cli.procedure.findings import as_data, as_words
from engine.errors import Misconfigured
from engine.procedure import load_folder
from engine.procedure.exchange.apart import Found, examined_apart
from engine.procedure.exchange.foreign import examined_alone
from engine.procedure.findings import refused
from engine.procedure.manifest import FILE as MANIFEST

_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--json", "as_json", is_flag=True)
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Every finding: file, element, rule, what is wrong and how to mend it; a path is a folder, a zip archive or one file."""
    found = [_examined(path) for path in paths]
    findings = [finding for one in found for finding in one.findings]
    errors = sum(finding.level == "error" for finding in findings)
    if as_json:
        document = {"errors": errors, "warnings": len(findings) - errors, "findings": [as_data(finding) for finding in findings]}
        click.echo(json.dumps({**document, "work_ms": [one.work_ms for one in found]}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(as_words(finding))
        click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    sys.exit(1 if errors else 0)


def _examined(path: Path) -> Found:
    """What is found in a folder or archive; in one file, what concerns it, within its procedure if it lies in one."""
    try:
        if path.is_dir():
            return examined_apart(load_folder(path))
        folder = next((parent for parent in path.resolve().parents[:2] if (parent / MANIFEST).is_file()), None)
        if folder is not None:
            return _about(examined_apart(load_folder(folder)), {path.resolve().relative_to(folder).as_posix()})
        return examined_alone(path.name, path.read_bytes())
    except Misconfigured as problem:
        return Found((refused(problem, path.name),))


def _about(found: Found, files: Collection[str]) -> Found:
    return Found(tuple(finding for finding in found.findings if finding.file in files), found.work_ms)
