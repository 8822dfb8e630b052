"""The commands of ``redress``; exit status 0 = fine, 1 = findings or refusals, 2 = wrong usage."""

from __future__ import annotations

import sys

import click

from engine.cli.data import db, import_records, user
from engine.cli.decisions import decision
from engine.cli.incidents import incident
from engine.cli.migration import migrate
from engine.cli.procedures import procedure
from engine.cli.register import register
from engine.cli.rehearsal import clauses, rehearse
from engine.cli.serving import run, worker
from engine.errors import EngineError, InvalidValues


@click.group()
def cli() -> None:
    """诉结 Redress: complaint handling as the procedure says."""


for command in (run, worker, db, user, import_records, procedure, incident, decision, register):
    cli.add_command(command)
for part in (migrate, rehearse, clauses):
    procedure.add_command(part)


def main() -> None:
    """The console script's entry; a refusal is printed in both languages and ends with status 1."""
    try:
        cli()
    except EngineError as problem:
        click.echo("\n".join(_sentences(problem)), err=True)
        sys.exit(1)


def _sentences(problem: EngineError) -> list[str]:
    fields = problem.fields.items() if isinstance(problem, InvalidValues) else ()
    return [problem.text.zh, problem.text.en, *(f"{field}: {text.zh} {text.en}" for field, text in fields)]
