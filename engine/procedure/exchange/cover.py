"""Which clauses a procedure carries: every element, row and form part that names one, and the stories that show it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.domain.text import Text
from engine.procedure.bundle import Bundle
from engine.procedure.diagrams.markup import properties
from engine.procedure.findings import Findings
from engine.procedure.manifest import names_of
from engine.procedure.reading import FORMS_FOLDER, Reading, read_all
from engine.procedure.safe_yaml import read_yaml

_CLAUSE = "clause"
_STORIES = "scenarios"


@dataclass(frozen=True, slots=True)
class Cover:
    """One clause: what it asks, which elements and rows carry it (file and id), and which stories show it."""

    id: str
    text: Text
    carriers: tuple[str, ...]
    scenarios: tuple[str, ...]

    @property
    def status(self) -> str:
        """``carried`` when anything names it, else ``open``."""
        return "carried" if self.carriers else "open"


def clause_cover(bundle: Bundle) -> list[Cover]:
    """Every clause of the procedure, in the order of its file."""
    reading = read_all(bundle, Findings())
    carriers: dict[str, list[str]] = defaultdict(list)
    for key, carrier in (*_drawn(reading), *_decided(reading), *_asked(bundle)):
        carriers[key].append(carrier)
    stories: dict[str, list[str]] = defaultdict(list)
    for key, story in _told(bundle):
        stories[key].append(story)
    return [
        Cover(clause.id, clause.text, tuple(dict.fromkeys(carriers[clause.id])), tuple(stories[clause.id]))
        for clause in reading.clauses.values()
    ]


def _drawn(reading: Reading) -> Iterator[tuple[str, str]]:
    for sheet in reading.sheets:
        for element in sheet.root.iter(etree.Element):
            for key in names_of(properties(element).get(_CLAUSE)) if element.get("id") else ():
                yield key, f"{sheet.file} {element.get('id')}"


def _decided(reading: Reading) -> Iterator[tuple[str, str]]:
    for decision in reading.decisions.values():
        columns = [place for place, output in enumerate(decision.outputs) if output.name == _CLAUSE]
        for rule in decision.rules:
            for cell in (rule.outputs[place] for place in columns):
                yield from ((key, f"{decision.file} {rule.id}") for key in names_of(cell.strip().strip('"')))


def _asked(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for file, data in bundle.named(".form", FORMS_FOLDER).items():
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            continue
        for part in _parts(content):
            held = part.get("properties")
            for key in names_of(held.get(_CLAUSE)) if isinstance(held, dict) else ():
                yield key, f"{file} {part.get('key') or part.get('id')}"


def _parts(holder: Any) -> Iterator[dict[str, Any]]:
    parts = holder.get("components") if isinstance(holder, dict) else None
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict):
            yield part
            yield from _parts(part)


def _told(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for file, data in bundle.named(".yaml", _STORIES).items():
        for key in names_of(read_yaml(data, file, Findings()).mapping().get("clauses")):
            yield key, file.rpartition("/")[2].removesuffix(".yaml")
