"""``redress procedure rehearse|clauses``: the stories played and put to the test, and the clauses that a procedure proves."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from engine.procedure import Bundle, load_folder
from engine.procedure.answers import FILE as ANSWERS
from engine.procedure.exchange.cover import Cover, clause_cover, together
from engine.procedure.manifest import FILE
from engine.rehearsal import Failure, Report
from engine.rehearsal import rehearse as play_stories
from engine.rehearsal.crew import cores
from engine.rehearsal.mutation.mutant import PARTS
from engine.rehearsal.mutation.mutating import Mutator, Survivor
from engine.rehearsal.mutation.proving import Prover, Proving
from engine.rehearsal.mutation.verdicts import Verdict, verdicts
from engine.settings import Settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
#: So many changes in a hundred must be noticed.
NOTICED = 95
_MARKS = {True: "✓", False: "✗"}


@click.command()
@click.argument("path", type=_FOLDER)
@click.option("--scenarios", "folder", type=_FOLDER, default=None, help="Other stories than the procedure's own.")
@click.option("--mutate", is_flag=True, help="Change limits, rows and conditions in turn and see whether a story fails.")
@click.option("--only", multiple=True, help=f"With --mutate: only {', '.join(PARTS)}, or a file; may be given several times.")
@click.option("--json", "as_json", is_flag=True)
def rehearse(path: Path, folder: Path | None, mutate: bool, only: tuple[str, ...], as_json: bool) -> None:
    """Play the stories of a procedure on a virtual clock; status 1 when any does not hold.

    With --mutate, status 1 when stories notice less than 95 in a hundred changes.
    """
    if mutate:
        _mutate(load_folder(path), path.name, only, as_json)
    report = play_stories(load_folder(path), None if folder is None else _stories(folder), cores())
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False))
    else:
        _say(report)
    sys.exit(1 if report.failed else 0)


@click.command()
@click.argument("paths", nargs=-1, type=_FOLDER)
@click.option("--prove", is_flag=True, help="Take every carrier away and see whether a story of its clause fails.")
@click.option("--clause", "only", multiple=True, help="Only this clause; may be given several times.")
@click.option("--json", "as_json", is_flag=True)
def clauses(paths: tuple[Path, ...], prove: bool, only: tuple[str, ...], as_json: bool) -> None:
    """Which clauses the procedures carry, by what, and which stories show them; left out, all procedures.

    With --prove, status 1 when a clause that is carried has no carrier that counts.
    """
    folders = list(paths or _shipped())
    every = together(cover for path in folders for cover in clause_cover(load_folder(path)))
    if strange := set(only).difference(cover.id for cover in every):
        raise click.BadParameter(f"no clause {', '.join(sorted(strange))}", param_hint="--clause")
    if prove:
        _prove(folders, only, as_json)
    covers = [cover for cover in every if not only or cover.id in only]
    if as_json:
        click.echo(json.dumps({**_counts(covers), "clauses": [_as_data(cover) for cover in covers]}, ensure_ascii=False))
        return
    for cover in covers:
        _say_cover(cover)
        for carrier in cover.carriers:
            click.echo(f"  {carrier}")
    _say_counts(covers)


def _mutate(bundle: Bundle, name: str, only: tuple[str, ...], as_json: bool) -> None:
    mutator = Mutator(bundle, only)
    if not mutator.size:
        raise click.BadParameter(f"nothing to change in {', '.join(only) or name}", param_hint="--only")
    with _progress(mutator.size, name) as done:
        found = mutator.run(cores(), done)
    if as_json:
        click.echo(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        for survivor in found.survivors:
            _say_survivor(survivor)
        for failure in found.failures:
            _say_failure(failure)
        click.echo(f"{found.mutants} mutants, {found.killed} killed, {len(found.survivors)} survived, {found.seconds:.0f} s")
    sys.exit(1 if found.failures or not found.keeps(NOTICED) else 0)


def _prove(folders: list[Path], only: tuple[str, ...], as_json: bool) -> None:
    found = [_proving(Prover(load_folder(folder), only), folder.name) for folder in folders]
    judged = verdicts(found)
    covers = [verdict.cover for verdict in judged]
    unproven = sum(not verdict.proven for verdict in judged if verdict.cover.carriers)
    failing = [failure.as_data() for proving in found for failure in proving.failures]
    if as_json:
        more = {"proven": sum(verdict.proven for verdict in judged), "unproven": unproven, "failing": failing}
        seconds = round(sum(proving.seconds for proving in found), 1)
        data = [{**_as_data(verdict.cover), **verdict.as_data()} for verdict in judged]
        click.echo(json.dumps({**_counts(covers), **more, "seconds": seconds, "clauses": data}, ensure_ascii=False))
    else:
        for verdict in judged:
            _say_verdict(verdict)
        for proving in found:
            for failure in proving.failures:
                _say_failure(failure)
        _say_counts(covers)
        click.echo(f"{unproven} unproven, {sum(proving.seconds for proving in found):.0f} s")
    sys.exit(1 if unproven or failing else 0)


def _proving(prover: Prover, name: str) -> Proving:
    with _progress(prover.size, name) as done:
        return prover.prove(cores(), done)


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, nothing elsewhere."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


def _stories(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.yaml")) if file.name != Path(ANSWERS).name}


def _shipped() -> list[Path]:
    return sorted(manifest.parent for manifest in Settings().processes_dir.glob(f"*/{FILE}"))


def _counts(covers: list[Cover]) -> dict[str, int]:
    carried = sum(bool(cover.carriers) for cover in covers)
    return {"total": len(covers), "carried": carried, "open": len(covers) - carried}


def _as_data(cover: Cover) -> dict[str, Any]:
    reason = cover.reason if cover.reason and not cover.carriers else None
    return {
        "id": cover.id,
        "status": cover.status,
        "carriers": list(map(str, cover.carriers)),
        "scenarios": list(cover.scenarios),
        "zh": cover.text.zh,
        "en": cover.text.en,
        "reason": {"zh": reason.zh, "en": reason.en} if reason else None,
    }


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


def _say_survivor(survivor: Survivor) -> None:
    mutant, stories = survivor.mutant, survivor.stories
    click.echo(f"{mutant.file} {mutant.element}: {mutant.change.zh}（{stories} 个故事经过）")
    click.echo(f"  {mutant.change.en} ({stories} stories come to it)")


def _say_cover(cover: Cover) -> None:
    click.echo(f"{cover.id} {cover.status} {cover.text.zh} {cover.text.en}")
    if cover.reason and not cover.carriers:
        click.echo(f"  {cover.reason.zh} {cover.reason.en}")


def _say_verdict(verdict: Verdict) -> None:
    _say_cover(verdict.cover)
    for proof in verdict.proofs:
        said = f"{proof.story} [{proof.step}]" if proof.counts else f"{proof.why.zh} {proof.why.en}" if proof.why else ""
        click.secho(f"  {_MARKS[proof.counts]} {proof.carrier}: {said}", fg="green" if proof.counts else None)


def _say_counts(covers: list[Cover]) -> None:
    counts = _counts(covers)
    click.echo(f"{counts['carried']} carried, {counts['open']} open")
