"""The stage on which a draft is tried: its stories rehearsed, a case walked through by hand, tokens run on a diagram."""

from webforms.blueprints.studio.trying import rehearsing, running, walking

__all__ = ["rehearsing", "running", "walking"]
