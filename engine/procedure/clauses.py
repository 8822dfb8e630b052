"""The clauses that a procedure carries: what the source documents ask, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text
from engine.procedure.manifest import label_of
from engine.procedure.safe_yaml import YamlFile

FILE = "clauses.yaml"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause by id and what it asks."""

    id: str
    text: Text


def read_clauses(source: YamlFile) -> dict[str, Clause]:
    """Clause id to clause."""
    return {key: Clause(key, label_of(entry, key)) for key, entry in source.mapping().items()}
