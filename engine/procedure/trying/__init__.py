"""Trying a draft in programs of their own: its stories, and cases played by hand."""

from engine.procedure.trying.program import Played, Stopped, all_played, rehearsed, rules_of, story_files
from engine.procedure.trying.standing import asked

__all__ = ["Played", "Stopped", "all_played", "asked", "rehearsed", "rules_of", "story_files"]
