"""The shipped files at every start: version 1 on an empty database, afterwards only held against what is in force."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.catalogue import holds_from
from engine.commands.versions import PublishShipped
from engine.domain.actor import SYSTEM
from engine.errors import Conflict, Misconfigured
from engine.procedure import load_folder
from engine.procedure.findings import Findings
from engine.procedure.manifest import FILE
from engine.procedure.safe_yaml import read_yaml
from engine.storage.tables import procedure_version

if TYPE_CHECKING:
    from engine.bootstrap import Application

#: By procedure, number and digest of its versions, the one in force first.
Standing = dict[str, list[tuple[int, str]]]

_log = logging.getLogger(__name__)
_DIFFERS = (
    "the files in %s are not the version of %s in force (%s, %s), nor one that is coming; nothing is published by itself: "
    "`redress procedure propose %s` proposes them, `redress procedure export %s` writes the version back"
)
_NEW = "%s holds the procedure %s, which this database does not know; `redress procedure propose %s` proposes it"


def publish_or_compare(application: Application) -> None:
    """Publish on an empty database; on any other say which files differ from the version in force, and change nothing."""
    folders = sorted(path for path in application.settings.processes_dir.iterdir() if (path / FILE).exists())
    standing = _standing(application)
    for folder in folders:
        if standing:
            _compare(folder, standing)
        else:
            # Of several processes that start together on an empty database, one publishes.
            with suppress(Conflict):
                application.execute(PublishShipped(load_folder(folder)), SYSTEM)


def _compare(folder: Path, standing: Standing) -> None:
    try:
        bundle = load_folder(folder)
    except Misconfigured as problem:
        _log.warning("%s: %s", folder, problem.text.en)
        return
    if any(bundle.digest == digest for versions in standing.values() for _, digest in versions):
        return
    key = str(read_yaml(bundle.files[FILE], FILE, Findings()).mapping().get("key") or folder.name)
    if key not in standing:
        _log.warning(_NEW, folder, key, folder)
    else:
        number, digest = standing[key][0]
        _log.warning(_DIFFERS, folder, key, number, digest[:12], folder, key)


def _standing(application: Application) -> Standing:
    """Of each procedure the version in force, then those that are coming."""
    version, now = procedure_version.c, application.clock.now()
    named = (version.procedure_key, version.number, version.digest)
    query = sa.select(*named, (holds_from <= now).label("holds")).where(holds_from.is_not(None))
    with application.database.read() as connection:
        rows = connection.execute(query.order_by(holds_from.desc(), version.number.desc())).all()
    standing: Standing = {row.procedure_key: [] for row in rows}
    for row in sorted(rows, key=lambda row: not row.holds):
        versions = standing[row.procedure_key]
        if not (row.holds and versions):
            versions.append((row.number, row.digest))
    return standing
