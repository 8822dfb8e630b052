"""Scenarios played on a virtual clock, without a database: the stories that must hold before a version is published."""

from engine.procedure.trying import story_files
from engine.rehearsal.player import Failure, Report, rehearse
from engine.rehearsal.scenario import Scenario, Step, read_scenario

__all__ = ["Failure", "Report", "Scenario", "Step", "read_scenario", "rehearse", "story_files"]
