"""Versions put into a database as they are, without proposal, check and signatures: also such as would be refused."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.catalogue import describe
from engine.domain.ids import new_id
from engine.procedure import Bundle
from engine.storage import tables as t


def publish(application: Application, key: str, change: Callable[[dict[str, str]], dict[str, str]]) -> str:
    """The id of a new version, in force from now: the latest one's files with those that ``change`` gives in their place."""
    now = application.clock.now()
    number = t.procedure_version.c.number
    with application.database.read() as connection:
        query = sa.select(t.procedure_version).where(t.procedure_version.c.procedure_key == key).order_by(number.desc())
        latest = dict(connection.execute(query).mappings().first() or {})
    files = dict(Bundle.from_bytes(latest["bundle"]).files)
    changed = change({path: content.decode() for path, content in files.items() if not path.endswith(".png")})
    bundle = Bundle({**files, **{path: text.encode() for path, text in changed.items()}})
    procedure, model = describe(bundle)
    row = {
        **latest,
        "id": new_id(now),
        "number": latest["number"] + 1,
        "digest": procedure.digest,
        "bundle": bundle.to_bytes(),
        "model": model,
        "effective_at": now,
        "published_at": now,
    }
    with application.database.write() as connection:
        connection.execute(t.procedure_version.insert().values(row))
    return str(row["id"])


def replacing(path: str, old: str, new: str) -> Callable[[dict[str, str]], dict[str, str]]:
    """A change of one text in one file."""

    def change(files: dict[str, str]) -> dict[str, str]:
        assert old in files[path], f"{old} does not stand in {path}"
        return {path: files[path].replace(old, new)}

    return change
