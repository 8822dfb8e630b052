"""Bring a database up to date; the migrations lie beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.storage.database import Database

_FOLDER = str(Path(__file__).parent)


def config_for(database: Database) -> Config:
    """Alembic's configuration without a file: the scripts' folder and an open database."""
    config = Config()
    config.set_main_option("script_location", _FOLDER)
    config.attributes["database"] = database
    return config


def upgrade(database: Database) -> None:
    """Run every migration that this database has not had."""
    # Most starts find nothing to do, and need not read every script to see it.
    if _reached(database) != _newest():
        command.upgrade(config_for(database), "head")


def _reached(database: Database) -> tuple[str, ...]:
    with database.read() as connection:
        return tuple(MigrationContext.configure(connection).get_current_heads())


@lru_cache(1)
def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory(_FOLDER).get_heads())
