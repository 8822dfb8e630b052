"""Trying a draft in programs of their own: its stories, and cases played by hand."""

from engine.procedure.trying.program import Played, Stopped, all_played, rehearsed, rules_of, story_files
from engine.procedure.trying.standing import asked
from engine.procedure.trying.trials import NotTried, Trials

__all__ = ["NotTried", "Played", "Stopped", "Trials", "all_played", "asked", "rehearsed", "rules_of", "story_files"]
