"""What the commands about versions share: versions and files as they are named, moments, and what differs in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from engine.bootstrap import Application
from engine.commands.access import SignIn
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle, load_folder
from engine.procedure.diff import Comparison
from engine.procedure.diff.losses import Obstacle

PATH = click.Path(exists=True, path_type=Path)
_TERMINAL = "terminal"
_GONE = Text("这个人已不能登录。", "This person can no longer sign in.")


def signed_in(application: Application, login: str, password: str) -> Actor:
    """Who signs in with that password; NotFound for somebody who no longer may."""
    actor = application.actor(application.execute(SignIn(login, password, _TERMINAL), SYSTEM))
    if actor is None:
        raise NotFound(_GONE)
    return actor


def tell(obstacles: Iterable[Obstacle]) -> None:
    """What stands against a version, by the name under which it is waived."""
    for one in obstacles:
        click.echo(f"{one.key}\n  {one.text.zh}\n  {one.text.en}", err=True)


def bundle_at(path: Path) -> Bundle:
    """The files of a folder or zip archive."""
    return load_folder(path) if path.is_dir() else Bundle.from_bytes(path.read_bytes())


def named(application: Application, version: str) -> tuple[str, int]:
    """The procedure's key and the version's number, that of the one in force where none is written."""
    key, _, number = version.partition("@")
    if number and not number.isdigit():
        raise click.BadParameter(f"{version} is not KEY@N")
    return key, int(number) if number else application.catalogue.in_force(key, application.clock.now()).number


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A date, or a date and time, in the company's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise click.BadParameter(f"{text} is no date", param_hint="--effective") from problem
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment in the company's zone."""
    return moment.astimezone(zone)


def told(differs: Comparison) -> dict[str, Any]:
    """What differs, as data."""
    kinds = {"changes": differs.changes, "layout": differs.layout}
    return {
        name: [{"file": one.file, "about": one.about, "zh": one.text.zh, "en": one.text.en} for one in found]
        for name, found in kinds.items()
    }


def say(differs: Comparison | None) -> None:
    """What differs, in words, a line a language."""
    for change in (*differs.changes, *differs.layout) if differs else ():
        click.echo(f"{change.text.zh}\n  {change.text.en}")
