"""The console script ``redress``: run, worker, database, users, procedures, import."""

from engine.cli.main import main

__all__ = ["main"]
