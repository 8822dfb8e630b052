"""The clauses that a procedure carries: what the source documents ask, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text
from engine.procedure.manifest import label_of, names_of
from engine.procedure.safe_yaml import YamlFile

FILE = "clauses.yaml"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause by id and what it asks; ``open`` says why nothing carries it yet, ``pages`` and ``reports`` carry it in code."""

    id: str
    text: Text
    open: Text | None = None
    pages: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def read_clauses(source: YamlFile) -> dict[str, Clause]:
    """Clause id to clause."""
    return {key: _clause(key, source) for key in source.mapping()}


def _clause(key: str, source: YamlFile) -> Clause:
    entry = source.mapping(key)
    reason = entry.get("open")
    return Clause(
        key,
        label_of(entry, key),
        label_of(reason, str(reason)) if reason else None,
        names_of(entry.get("pages")),
        names_of(entry.get("reports")),
    )
