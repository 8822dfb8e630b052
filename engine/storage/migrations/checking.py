"""``python -m engine.storage.migrations.checking``: fails when the tables say something that no migration does."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.storage.database import Database
from engine.storage.migrations.upgrading import upgrade
from engine.storage.tables import metadata


def differences(database: Database) -> list[object]:
    """What an up-to-date database lacks or has too much of."""
    upgrade(database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _ours})
        return list(compare_metadata(context, metadata))


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    # Procrastinate keeps its own tables beside ours.
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def main() -> int:
    """Print each difference; 1 when there is any."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'check.sqlite'}")
        found = differences(database)
        database.close()
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
