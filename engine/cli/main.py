"""The commands of ``redress``; exit status 0 = fine, 1 = findings or refusals, 2 = wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import click

from engine.errors import EngineError, InvalidValues

#: The module here and the command in it, and the name it is called by where that differs. None is loaded before it is asked
#: for: a check takes no database.
COMMANDS = (
    "serving:run", "serving:worker", "data:db", "data:user", "data:import_records as import", "incidents:incident",
    "decisions:decision", "register:register",
)  # fmt: skip
OF_PROCEDURES = (
    "procedure.checking:check", "procedure.records:list_versions as list", "procedure.records:show",
    "procedure.proposing:propose", "procedure.proposing:sign", "procedure.proposing:waive", "procedure.proposing:withdraw",
    "procedure.files:export", "procedure.files:take_in as import", "procedure.files:diff",
    "procedure.migration:migrate", "procedure.rehearsal:rehearse", "procedure.rehearsal:clauses",
    "procedure.replaying:replay",
)  # fmt: skip


class Loading(click.Group):
    """A group whose commands are loaded when they are asked for."""

    def __init__(self, *given: Any, table: Iterable[str], **named: Any) -> None:
        super().__init__(*given, **named)
        parted = (entry.partition(" as ") for entry in table)
        self.table = {name or place.partition(":")[2]: place for place, _, name in parted}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, those of the table among them."""
        return sorted({*super().list_commands(ctx), *self.table})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        module, _, name = self.table.get(cmd_name, "").partition(":")
        if not module:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f"engine.cli.{module}"), name)
        return command


@click.group(cls=Loading, table=COMMANDS)
def cli() -> None:
    """诉结 Redress: complaint handling as the procedure says."""


@cli.group(cls=Loading, table=OF_PROCEDURES)
def procedure() -> None:
    """Procedures as files and as published versions."""


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
