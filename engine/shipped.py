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

_log = logging.getLogger(__name__)
_DIFFERS = (
    "the files in %s are not the version of %s in force (%s, %s), nor one that is coming; nothing is published by itself: "
    "`redress procedure propose %s` proposes them, `redress procedure export %s` writes the version back"
)
_NEW = "%s holds the procedure %s, which this database does not know; `redress procedure propose %s` proposes it"


def publish_or_compare(application: Application) -> None:
    """Publish on an empty database; on any other say which files differ from the version in force, and change nothing."""
    folders = sorted(path for path in application.settings.processes_dir.iterdir() if (path / FILE).exists())
    known = application.catalogue.procedure_keys()
    for folder in folders:
        if known:
            _compare(application, folder)
        else:
            # Of several processes that start together on an empty database, one publishes.
            with suppress(Conflict):
                application.execute(PublishShipped(load_folder(folder)), SYSTEM)


def _compare(application: Application, folder: Path) -> None:
    try:
        bundle = load_folder(folder)
    except Misconfigured as problem:
        _log.warning("%s: %s", folder, problem.text.en)
        return
    key = str(read_yaml(bundle.files[FILE], FILE, Findings()).mapping().get("key") or folder.name)
    standing = _standing(application, key)
    if not standing:
        _log.warning(_NEW, folder, key, folder)
    elif bundle.digest not in {digest for _, digest in standing}:
        number, digest = standing[0]
        _log.warning(_DIFFERS, folder, key, number, digest[:12], folder, key)


def _standing(application: Application, key: str) -> list[tuple[int, str]]:
    """Number and digest of the version in force, and of those that are coming."""
    version, now = procedure_version.c, application.clock.now()
    query = (
        sa.select(version.number, version.digest)
        .where(version.procedure_key == key)
        .order_by(holds_from.desc(), version.number.desc())
    )
    with application.database.read() as connection:
        in_force = connection.execute(query.where(holds_from <= now).limit(1)).all()
        coming = connection.execute(query.where(holds_from > now)).all()
    return [(row.number, row.digest) for row in (*in_force, *coming)]
