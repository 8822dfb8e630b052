"""Bring a database up to date; the migrations lie beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from engine.storage.database import Database


def config_for(database: Database) -> Config:
    """Alembic's configuration without a file: the scripts' folder and an open database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["database"] = database
    return config


def upgrade(database: Database) -> None:
    """Run every migration that this database has not had."""
    command.upgrade(config_for(database), "head")
