"""``redress procedure export|import|diff``: versions as files, files as a draft, and what differs between two of either."""

from __future__ import annotations

import json
from pathlib import Path

import click

from engine.bootstrap import build
from engine.cli.procedure.naming import PATH, bundle_at, named, say, signed_in, told
from engine.commands.versions import TakeUpload
from engine.domain.actor import SYSTEM
from engine.procedure import Bundle, load_folder
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.diff import compare
from engine.procedure.exchange.examining import kept
from engine.procedure.exchange.release import write_files
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.safe_yaml import read_yaml
from engine.queries import procedure as queries


@click.command()
@click.argument("version")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None, help="Left out, the folder of the procedure.")
def export(version: str, folder: Path | None) -> None:
    """Write a version, KEY@N or KEY for the one in force, back as files."""
    application = build()
    key, number = named(application, version)
    with application.read() as reader:
        bundle = Bundle.from_bytes(queries.archive(reader, SYSTEM, key, number))
    target = folder or application.settings.release_dir / key
    if _holds(target, bundle):
        click.echo(f"{key}@{number} = {target}")
        return
    write_files(target, bundle)
    click.echo(f"{key}@{number} → {target}")


@click.command("import")
@click.argument("path", type=PATH)
@click.option("--as", "login", required=True, help="The login of the owner who goes on with it.")
@click.option("--password", prompt=True, hide_input=True)
def take_in(path: Path, login: str, password: str) -> None:
    """Take a folder or zip archive that was edited elsewhere in as a draft, to be looked at in the studio."""
    application = build()
    actor = signed_in(application, login, password)
    bundle = bundle_at(path)
    key = str(read_yaml(bundle.files.get(MANIFEST), MANIFEST, Findings()).mapping().get("key") or "")
    draft_id = application.execute(TakeUpload(key, f"{key}.zip", bundle.to_bytes()), actor)
    with application.read() as reader:
        say(queries.draft(reader, actor, draft_id).comparison)
    click.echo(f"{key} 草稿 draft {draft_id}")


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True)
def diff(before: str, after: str, as_json: bool) -> None:
    """What differs, in words, between two folders, zip archives or versions KEY@N."""
    differs = compare(kept(_side(before)), kept(_side(after)))
    if as_json:
        click.echo(json.dumps(told(differs), ensure_ascii=False))
    else:
        say(differs)


def _holds(folder: Path, bundle: Bundle) -> bool:
    """Whether the folder holds exactly these files; the record of the version is none of them where it never was written."""
    if not folder.is_dir() or (folder / VERSION_FILE).exists():
        return False
    return load_folder(folder).digest == bundle.digest


def _side(name: str) -> Bundle:
    path = Path(name)
    if path.exists():
        return bundle_at(path)
    key, _, number = name.partition("@")
    if not number.isdigit():
        raise click.BadParameter(f"{name} is neither a path nor KEY@N")
    application = build()
    with application.read() as reader:
        return Bundle.from_bytes(queries.archive(reader, SYSTEM, key, int(number)))
