"""``redress procedure list|show|propose|sign|waive|withdraw|export|import|diff``: versions from their proposal to their files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from engine.bootstrap import Application, build
from engine.cli.procedure.findings import as_words
from engine.commands.access import SignIn
from engine.commands.versions import (
    HasFindings,
    HasObstacles,
    ProposeVersion,
    SignVersion,
    TakeUpload,
    WaiveObstacles,
    WithdrawProposal,
)
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle, load_folder
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.diff import Comparison, compare
from engine.procedure.diff.losses import Evidence, Obstacle
from engine.procedure.exchange.examining import kept
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.release import write_files
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.safe_yaml import read_yaml
from engine.queries import procedure as queries

_PATH = click.Path(exists=True, path_type=Path)
_TERMINAL = "terminal"
_GONE = Text("这个人已不能登录。", "This person can no longer sign in.")
_STATES = {
    "proposed": Text("待签署", "proposed"),
    "taken_back": Text("已撤回", "taken back"),
    "coming": Text("待生效", "coming"),
    "in_force": Text("现行", "in force"),
    "past": Text("已被取代", "past"),
}


@click.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_versions(as_json: bool) -> None:
    """Every version of every procedure, the newest first."""
    application = build()
    with application.read() as reader:
        keys = application.catalogue.procedure_keys()
        found = [version for key in keys for version in queries.versions(reader, SYSTEM, key)]
    if as_json:
        click.echo(json.dumps([_data(version, application.zone) for version in found], ensure_ascii=False))
        return
    for version in found:
        state, since = _STATES[version.state], _local(version.effective_at, application.zone)
        place = f"{version.procedure_key} {version.number} {version.provenance} {version.digest[:12]}"
        click.echo(f"{place} {since:%Y-%m-%d %H:%M} {state.zh} {state.en} {version.reason.zh}")


@click.command()
@click.argument("version")
@click.option("--json", "as_json", is_flag=True)
def show(version: str, as_json: bool) -> None:
    """The record of a version, KEY@N or KEY for the one in force, and how it differs from the one before."""
    application = build()
    key, number = _named(application, version)
    with application.read() as reader:
        found = queries.recorded(reader, SYSTEM, key, number)
        differs = queries.differences(reader, SYSTEM, key, number)
    data = _data(found, application.zone)
    if as_json:
        click.echo(json.dumps({**data, **_told(differs or Comparison((), ()))}, ensure_ascii=False))
        return
    for name, value in data.items():
        click.echo(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    _say(differs)


@click.command()
@click.argument("path", type=_PATH)
@click.option("--reason", required=True, help="Why it is changed.")
@click.option("--reason-en", default=None, help="The same in English; left out, the reason as it stands.")
@click.option("--effective", required=True, help="When it comes into force: a date, or a date and time, in the company's zone.")
@click.option("--ask-waiver", is_flag=True, help="Propose it although stories fail: the approver has to waive each.")
def propose(path: Path, reason: str, reason_en: str | None, effective: str, ask_waiver: bool) -> None:
    """Propose a folder or zip archive as the next version; status 1 with all that stands against it.

    What the check finds is to be mended; stories that fail and clauses that are lost may be waived by the approver.
    """
    application = build()
    bundle = _bundle(path)
    moment = _moment(effective, application.zone)
    try:
        words = Text(reason, reason_en or reason)
        proposed = application.execute(ProposeVersion(bundle, words, moment, ask_waiver=ask_waiver), SYSTEM)
    except HasFindings as problem:
        for finding in problem.findings:
            click.echo(as_words(finding), err=True)
        raise
    except HasObstacles as problem:
        _tell(problem.obstacles)
        raise
    with application.read() as reader:
        differs = queries.differences(reader, SYSTEM, proposed.procedure_key, proposed.number)
    _say(differs)
    click.echo(f"{proposed.procedure_key}@{proposed.number} 待三人签署 waits for three signatures, {moment.isoformat()}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
@click.option("--as", "login", required=True, help="The login of the person who signs.")
@click.option("--part", type=click.Choice(list(PARTS)), default=None, help="Left out, the part whose turn it is.")
@click.option("--password", prompt=True, hide_input=True)
def sign(key: str, number: int, login: str, part: str | None, password: str) -> None:
    """Sign a proposal as one of three people; the last signature publishes it and writes the release."""
    application = build()
    actor = _signed_in(application, login, password)
    try:
        signed = application.execute(SignVersion(key, number, part), actor)
    except HasObstacles as problem:
        _tell(problem.obstacles)
        raise
    said = PARTS[signed.part]
    click.echo(f"{key}@{number} {actor.name} {said.zh} {said.en}")
    if signed.published:
        click.echo(f"已发布 published: {application.settings.release_dir / key}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
@click.argument("obstacle", required=False)
@click.option("--as", "login", required=True, help="The login of the person who approves.")
@click.option("--reason", required=True, help="Why it may stand.")
@click.option("--password", prompt=True, hide_input=True)
def waive(key: str, number: int, obstacle: str | None, login: str, reason: str, password: str) -> None:
    """Waive what stands against a proposal, as its approver: one thing by its name, or everything that is left."""
    application = build()
    actor = _signed_in(application, login, password)
    with application.read() as reader:
        left = queries.recorded(reader, actor, key, number).to_waive
    wanted = [obstacle] if obstacle else [one.key for one in left]
    application.execute(WaiveObstacles(key, number, {name: reason for name in wanted}), actor)
    for name in wanted:
        click.echo(f"{key}@{number} {name}: {reason}")


@click.command("import")
@click.argument("path", type=_PATH)
@click.option("--as", "login", required=True, help="The login of the owner who goes on with it.")
@click.option("--password", prompt=True, hide_input=True)
def take_in(path: Path, login: str, password: str) -> None:
    """Take a folder or zip archive that was edited elsewhere in as a draft, to be looked at in the studio."""
    application = build()
    actor = _signed_in(application, login, password)
    bundle = _bundle(path)
    key = str(read_yaml(bundle.files.get(MANIFEST), MANIFEST, Findings()).mapping().get("key") or "")
    draft_id = application.execute(TakeUpload(key, f"{key}.zip", bundle.to_bytes()), actor)
    with application.read() as reader:
        _say(queries.draft(reader, actor, draft_id).comparison)
    click.echo(f"{key} 草稿 draft {draft_id}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
def withdraw(key: str, number: int) -> None:
    """Take a proposal back."""
    build().execute(WithdrawProposal(key, number), SYSTEM)
    click.echo(f"ok {key}@{number}")


@click.command()
@click.argument("version")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None, help="Left out, the folder of the procedure.")
def export(version: str, folder: Path | None) -> None:
    """Write a version, KEY@N or KEY for the one in force, back as files."""
    application = build()
    key, number = _named(application, version)
    with application.read() as reader:
        bundle = Bundle.from_bytes(queries.archive(reader, SYSTEM, key, number))
    target = folder or application.settings.release_dir / key
    if _holds(target, bundle):
        click.echo(f"{key}@{number} = {target}")
        return
    write_files(target, bundle)
    click.echo(f"{key}@{number} → {target}")


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True)
def diff(before: str, after: str, as_json: bool) -> None:
    """What differs, in words, between two folders, zip archives or versions KEY@N."""
    differs = compare(kept(_side(before)), kept(_side(after)))
    if as_json:
        click.echo(json.dumps(_told(differs), ensure_ascii=False))
    else:
        _say(differs)


def _signed_in(application: Application, login: str, password: str) -> Actor:
    actor = application.actor(application.execute(SignIn(login, password, _TERMINAL), SYSTEM))
    if actor is None:
        raise NotFound(_GONE)
    return actor


def _tell(obstacles: Iterable[Obstacle]) -> None:
    for one in obstacles:
        click.echo(f"{one.key}\n  {one.text.zh}\n  {one.text.en}", err=True)


def _holds(folder: Path, bundle: Bundle) -> bool:
    """Whether the folder holds exactly these files; the record of the version is none of them where it never was written."""
    if not folder.is_dir() or (folder / VERSION_FILE).exists():
        return False
    return load_folder(folder).digest == bundle.digest


def _side(name: str) -> Bundle:
    path = Path(name)
    if path.exists():
        return _bundle(path)
    key, _, number = name.partition("@")
    if not number.isdigit():
        raise click.BadParameter(f"{name} is neither a path nor KEY@N")
    application = build()
    with application.read() as reader:
        return Bundle.from_bytes(queries.archive(reader, SYSTEM, key, int(number)))


def _bundle(path: Path) -> Bundle:
    return load_folder(path) if path.is_dir() else Bundle.from_bytes(path.read_bytes())


def _named(application: Application, version: str) -> tuple[str, int]:
    key, _, number = version.partition("@")
    if number and not number.isdigit():
        raise click.BadParameter(f"{version} is not KEY@N")
    return key, int(number) if number else application.catalogue.in_force(key, application.clock.now()).number


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise click.BadParameter(f"{text} is no date", param_hint="--effective") from problem
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


def _data(version: queries.Recorded, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "procedure": version.procedure_key,
        "number": version.number,
        "state": version.state,
        "provenance": version.provenance,
        "reason_zh": version.reason.zh,
        "reason_en": version.reason.en,
        "effective_at": _local(version.effective_at, zone).isoformat(),
        "digest": version.digest,
        "base": version.base_number,
        "signatures": [
            {"part": one.part.en, "name": one.name, "at": _local(one.at, zone).isoformat()} for one in version.signatures
        ],
        "open_cases": version.open_cases,
        "evidence": None if version.evidence is None else _evidence(version.evidence),
        "waivers": [
            {"zh": one.text.zh, "name": one.name, "at": _local(one.at, zone).isoformat(), "reason": one.reason}
            for one in version.waivers
        ],
    }


def _evidence(found: Evidence) -> dict[str, Any]:
    names = ("doubts", "stories", "held", "clauses", "carried")
    return {**{name: getattr(found, name) for name in names}, "obstacles": [one.key for one in found.obstacles], "replays": [one.run_id for one in found.replays]}


def _told(differs: Comparison) -> dict[str, Any]:
    kinds = {"changes": differs.changes, "layout": differs.layout}
    return {
        name: [{"file": one.file, "about": one.about, "zh": one.text.zh, "en": one.text.en} for one in found]
        for name, found in kinds.items()
    }


def _say(differs: Comparison | None) -> None:
    for change in (*differs.changes, *differs.layout) if differs else ():
        click.echo(f"{change.text.zh}\n  {change.text.en}")
