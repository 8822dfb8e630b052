"""The diagram's editor in a real browser: how soon it is ready and checked, and what it keeps of strangers' diagrams."""

from bench.studio.keeping import run as keep
from bench.studio.waiting import run as wait

__all__ = ["keep", "wait"]
