"""Past complaints through a draft: how many in a second, journals read and outcomes kept."""

from bench.replay.run import run

__all__ = ["run"]
