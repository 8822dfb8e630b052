"""The dry run: sample cases walk through a procedure, so that what cannot run is known before anybody relies on it."""

from engine.rehearsal.dry_run.examination import Examination, examine
from engine.rehearsal.dry_run.search import MOST_STEPS, DryRun, dry_run

__all__ = ["MOST_STEPS", "DryRun", "Examination", "dry_run", "examine"]
