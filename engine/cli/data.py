"""``redress db``, ``redress user`` and ``redress import``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import Progress

from engine.bootstrap import Application, build
from engine.commands import access, directory
from engine.commands.access import passwords
from engine.commands.imports import BadRow, Row, read_mapping, read_rows
from engine.commands.imports.store_records import Record, StoreRecords
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Misconfigured, NotFound
from engine.settings import Settings
from engine.storage.database import Database
from engine.storage.migrations.upgrading import upgrade
from engine.storage.tables import estate, person

_PER_TRANSACTION = 200
NOBODY = Text("没有这个用户名。", "There is no such user name.")
NO_ESTATE = Text("请用 --estate 指明小区代码。", "Say with --estate which estate the records belong to.")


_OWN = click.option("--own", is_flag=True, help="The person chose the password; it need not be changed.")


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables up to date."""
    database = Database(Settings().url)
    upgrade(database)
    click.echo("ok")


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option("--phone", default="")
@click.option("--administrator", is_flag=True)
@click.option("--role", "roles", multiple=True, help="A role in every estate; may be given more than once.")
@_OWN
@click.password_option()
def user_add(login: str, name: str, phone: str, administrator: bool, roles: tuple[str, ...], own: bool, password: str) -> None:
    """Add a person; the password is asked for, and has to be changed at the first sign-in."""
    application = build()
    passwords.require_good(password, login, "password")
    person_id = application.execute(directory.SavePerson(login, name, phone, administrator=administrator), SYSTEM)
    application.execute(access.SetPassword(person_id, password, own_choice=own), SYSTEM)
    for role in roles:
        application.execute(directory.GrantRole(person_id, role), SYSTEM)
    click.echo(f"ok {login}")


@user.command("password")
@click.argument("login")
@_OWN
@click.password_option()
def user_password(login: str, own: bool, password: str) -> None:
    """Set a password; it has to be changed at the next sign-in, and all sessions of the person end."""
    application = build()
    application.execute(access.SetPassword(_person(application, login).id, password, own_choice=own), SYSTEM)
    click.echo(f"ok {login}")


@user.command("deactivate")
@click.argument("login")
def user_deactivate(login: str) -> None:
    """Let a person sign in no more, at once; what they did stays theirs."""
    application = build()
    found = _person(application, login)
    known = (found.login, found.name, found.phone or "", found.email or "")
    application.execute(directory.SavePerson(*known, person_id=found.id, active=False), SYSTEM)
    click.echo(f"ok {login}")


def _person(application: Application, login: str) -> Any:
    with application.database.read() as connection:
        found = connection.execute(sa.select(person).where(person.c.login == login.strip().lower())).first()
    if found is None:
        raise NotFound(NOBODY)
    return found


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Which column fills which field.",
)
@click.option("--estate", "code", default=None, help="The estate's code; else the mapping's, else the only one there is.")
def import_records(file: Path, mapping: Path, code: str | None) -> None:
    """Keep past complaints as historic records; a second import of the same file changes nothing."""
    application = build()
    wanted = read_mapping(mapping)
    estate_id = _estate(application, code or wanted.estate)
    bad: list[BadRow] = []
    read = stored = 0
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("import", total=None)
        for rows in _portions(_good(read_rows(file, wanted), bad)):
            records = tuple(Record(row.source_key, row.values) for row in rows)
            stored += application.execute(StoreRecords(estate_id, records), SYSTEM)
            read += len(rows)
            progress.update(bar, completed=read)
    for row in bad:
        click.echo(f"第 {row.line} 行 line {row.line}: {row.reason.zh} {row.reason.en}", err=True)
    click.echo(f"新增 new {stored} · 已有 known {read - stored} · 未收 refused {len(bad)}")
    sys.exit(1 if bad else 0)


def _good(rows: Iterable[Row | BadRow], bad: list[BadRow]) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            yield row


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while portion := list(islice(rows, _PER_TRANSACTION)):
        yield portion


def _estate(application: Application, code: str | None) -> str:
    query = sa.select(estate.c.id)
    with application.database.read() as connection:
        found = list(connection.execute(query.where(estate.c.code == code) if code else query).scalars())
    if len(found) != 1:
        raise Misconfigured(NO_ESTATE)
    return str(found[0])
