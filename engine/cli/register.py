"""``redress register``: whether the register is whole and unchanged, a copy of it as a table, a year of it sealed."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from engine.bootstrap import build
from engine.register import COLUMNS, Flaw, Verdict, export_rows, standalone, verify_register, write_volume
from engine.register.verifying import MEANINGS
from engine.storage.database import Database


@click.group()
def register() -> None:
    """All complaints, as evidence."""


@register.command()
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> None:
    """Chains verify, numbers have no gap, pages show what the journal says; status 1 when anything does not.

    Nothing is locked or changed: the projections are made anew in memory and held against the ones that stand.
    """
    verdict = _verified()
    if as_json:
        problems = [{"case": flaw.case, "row": flaw.row, "what": flaw.what} for flaw in verdict.flaws]
        counts = {"cases": verdict.cases, "rows": verdict.rows, "ok": not problems}
        click.echo(json.dumps({**counts, "problems": problems}, ensure_ascii=False))
    else:
        for flaw in verdict.flaws:
            click.echo(_as_words(flaw))
        click.echo(f"案件 cases {verdict.cases} · 日志 entries {verdict.rows} · 问题 problems {len(verdict.flaws)}")
    sys.exit(1 if verdict.flaws else 0)


def _verified() -> Verdict:
    application = build()
    scratch = Database("sqlite:///:memory:")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("verify", total=None)
        with application.database.read() as connection, scratch.read() as made:
            return verify_register(
                connection,
                made,
                application.settings.secret_key,
                lambda done, of: progress.update(bar, completed=done, total=of),
            )


def _as_words(flaw: Flaw) -> str:
    meaning = MEANINGS[flaw.what]
    return f"{flaw.case} {flaw.row} [{flaw.what}]\n  {meaning.zh}。\n  {meaning.en.capitalize()}."


@register.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A new file; else standard output.")
@click.option("--year", type=int, help="Only the numbers of this year.")
def export(output: Path | None, year: int | None) -> None:
    """The whole register as CSV, of all estates: an operator's command, it asks for no person's permission.

    Personal in it are the dwelling (building and room) and the colleague who registered (user name). It holds no complainant's
    name, telephone, address or words. Keep the file as you keep the register.
    """
    application = build()
    if output is not None and output.exists():
        raise click.BadParameter(f"{output} exists already", param_hint="--output")
    count = 0
    with application.database.read() as connection, click.open_file(str(output or "-"), "w", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in export_rows(connection, application.zone, year):
            writer.writerow(row)
            count += 1
    click.echo(f"{count} 条 rows", err=True)


@register.command()
@click.argument("year", type=int)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A new file; else volumes/YEAR.jsonl beside the data."
)
def seal(year: int, output: Path | None) -> None:
    """Bind the complaints closed in a year into one signed file, which a stand-alone script verifies offline.

    The file holds every entry of their journals; of personal values only digests. Keep the public key that is printed elsewhere.
    """
    application = build()
    path = output or application.settings.var_dir / "volumes" / f"{year}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with application.database.read() as connection:
            sealed = write_volume(connection, year, application.zone, application.settings.var_dir, path)
    except FileExistsError:
        raise click.BadParameter(f"{path} exists already", param_hint="--output") from None
    shutil.copy(Path(standalone.__file__), path.parent / "verify_volume.py")
    click.echo(f"{path}\n案卷 complaints {sealed.cases}\n校验值 digest {sealed.digest}\n公钥 public key {sealed.public_key}")
