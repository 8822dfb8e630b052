"""The public test kit of DMN held against our reader: a checkout of it is read, nothing of it is kept."""

from bench.tck.run import LEVELS, run

__all__ = ["LEVELS", "run"]
