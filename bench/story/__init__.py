"""The whole story through the served pages, from receipt to closing."""

from bench.story.telling import run

__all__ = ["run"]
