"""``redress procedure rehearse|clauses``: the stories played, and which clauses a procedure carries."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from engine.procedure import load_folder
from engine.procedure.answers import FILE as ANSWERS
from engine.procedure.exchange.cover import Cover, clause_cover
from engine.procedure.manifest import FILE
from engine.rehearsal import Failure, Report
from engine.rehearsal import rehearse as play_stories
from engine.rehearsal.crew import cores
from engine.settings import Settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=_FOLDER)
@click.option("--scenarios", "folder", type=_FOLDER, default=None, help="Other stories than the procedure's own.")
@click.option("--json", "as_json", is_flag=True)
def rehearse(path: Path, folder: Path | None, as_json: bool) -> None:
    """Play the stories of a procedure on a virtual clock; status 1 when any does not hold."""
    report = play_stories(load_folder(path), None if folder is None else _stories(folder), cores())
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False))
    else:
        _say(report)
    sys.exit(1 if report.failed else 0)


@click.command()
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


def _stories(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.yaml")) if file.name != Path(ANSWERS).name}


def _say(report: Report) -> None:
    for name in report.held:
        click.secho(f"✓ {name}", fg="green")
    for failure in report.failures:
        _say_failure(failure)
    click.echo(f"{report.passed} passed, {report.failed} failed, {report.seconds:.1f} s")


def _say_failure(failure: Failure) -> None:
    click.secho(f"✗ {failure.scenario} ({failure.file})", fg="red")
    click.echo(f"  步骤 step: {failure.step}")
    click.echo(f"  应为 expected: {failure.expected}")
    click.echo(f"  实际 actual: {failure.actual}")
    click.echo(f"  经过 path: {' → '.join(failure.path)}")


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
