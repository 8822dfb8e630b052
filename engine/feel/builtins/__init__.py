"""The standard's functions, a module for each subject; importing this package declares them all."""

from __future__ import annotations

from engine.feel.builtins import contexts, conversion, listing, lists, numeric, patterns, ranges, relations, strings, temporal
from engine.feel.builtins.registry import BUILTINS

__all__ = [
    "BUILTINS",
    "contexts",
    "conversion",
    "listing",
    "lists",
    "numeric",
    "patterns",
    "ranges",
    "relations",
    "strings",
    "temporal",
]
